// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/image_protocol.h"

#include "core/imaging/wire_values.h"

#include <cmath>

namespace ps {

namespace {

constexpr std::size_t kMaxTextBytes = 1024;
constexpr std::uint16_t kMaxConversions = 16;

void put(ByteWriter& writer, const PixelBox& box)
{
    for (const int value : {box.x1, box.y1, box.x2, box.y2})
        writer.i32(value);
}

PixelBox takeBox(ByteReader& reader)
{
    PixelBox box;
    for (int* value : {&box.x1, &box.y1, &box.x2, &box.y2})
        *value = reader.i32();
    return box;
}

void put(ByteWriter& writer, ImageFormat format)
{
    writer.u8(static_cast<std::uint8_t>(format));
}

ImageFormat takeFormat(ByteReader& reader)
{
    const std::uint8_t value = reader.u8();
    if (value < static_cast<std::uint8_t>(ImageFormat::Jpeg) || value > static_cast<std::uint8_t>(kLastImageFormat))
        reader.fail();
    return static_cast<ImageFormat>(value);
}

void put(ByteWriter& writer, const ImageInfo& info)
{
    put(writer, info.format);
    put(writer, info.size);
    writer.i32(info.orientation);
    writer.i32(info.bitsPerChannel);
    writer.i32(info.channelCount);
    writer.boolean(info.hasAlpha);
    writer.boolean(info.isLossless);
    writer.text(info.chromaSubsampling);
    writer.i32(info.estimatedQuality);
    writer.boolean(info.isAnimated);
    writer.i32(info.frameCount);
    writer.text(info.profileDescription);
    writer.u16(static_cast<std::uint16_t>(info.conversions.size()));
    for (const std::string& conversion : info.conversions)
        writer.text(conversion);
    writer.i64(info.fileBytes);
}

ImageInfo takeInfo(ByteReader& reader)
{
    ImageInfo info;
    info.format = takeFormat(reader);
    info.size = takeSize(reader);
    info.orientation = reader.i32();
    info.bitsPerChannel = reader.i32();
    info.channelCount = reader.i32();
    info.hasAlpha = reader.boolean();
    info.isLossless = reader.boolean();
    info.chromaSubsampling = reader.text(kMaxTextBytes);
    info.estimatedQuality = reader.i32();
    info.isAnimated = reader.boolean();
    info.frameCount = reader.i32();
    info.profileDescription = reader.text(kMaxTextBytes);
    const std::uint16_t count = reader.u16();
    if (count > kMaxConversions)
        reader.fail();
    for (std::uint16_t i = 0; i < count && reader.isGood(); ++i)
        info.conversions.push_back(reader.text(kMaxTextBytes));
    info.fileBytes = reader.i64();
    const bool isPlausible = !info.size.isEmpty() && info.orientation >= 1 && info.orientation <= 8 &&
                             info.bitsPerChannel >= 1 && info.bitsPerChannel <= 16 && info.channelCount >= 1 &&
                             info.channelCount <= 4 && info.estimatedQuality >= 0 && info.estimatedQuality <= 100 &&
                             info.frameCount >= 1 && info.fileBytes >= 0;
    if (!isPlausible)
        reader.fail();
    return info;
}

// ---- recipes: one byte that is the index of the step's type, then its values ---------------------------------------

struct StepWriter {
    ByteWriter& writer;
    void operator()(const CropStep& step) const { put(writer, step.box); }
    void operator()(const ResizeStep& step) const
    {
        put(writer, step.size);
        writer.u8(static_cast<std::uint8_t>(step.filter));
    }
    void operator()(const BlurStep& step) const { writer.f64(step.sigma); }
    void operator()(const NoiseStep& step) const
    {
        writer.u64(step.seed);
        writer.f64(step.sigma);
    }
    void operator()(const SharpenStep& step) const
    {
        writer.f64(step.amount);
        writer.f64(step.sigma);
    }
    void operator()(const ExposureStep& step) const { writer.f64(step.stops); }
    void operator()(const JpegStep& step) const { writer.i32(step.quality); }
};

RecipeStep takeStep(ByteReader& reader)
{
    switch (reader.u8()) {
    case 0: return CropStep{takeBox(reader)};
    case 1: {
        const ImageSize size = takeSize(reader);
        return ResizeStep{size, static_cast<ResizeFilter>(reader.u8())};
    }
    case 2: return BlurStep{reader.f64()};
    case 3: {
        const std::uint64_t seed = reader.u64();
        return NoiseStep{seed, reader.f64()};
    }
    case 4: {
        const double amount = reader.f64();
        return SharpenStep{amount, reader.f64()};
    }
    case 5: return ExposureStep{reader.f64()};
    case 6: return JpegStep{reader.i32()};
    default: reader.fail(); return CropStep{};
    }
}

void put(ByteWriter& writer, const Recipe& recipe)
{
    writer.u16(static_cast<std::uint16_t>(recipe.steps.size()));
    for (const RecipeStep& step : recipe.steps) {
        writer.u8(static_cast<std::uint8_t>(step.index()));
        std::visit(StepWriter{writer}, step);
    }
    put(writer, recipe.encoding.format);
    writer.i32(recipe.encoding.quality);
    writer.boolean(recipe.encoding.halvesChroma);
    writer.boolean(recipe.encoding.isLossless);
    writer.i32(recipe.encoding.pngLevel);
}

Recipe takeRecipe(ByteReader& reader)
{
    Recipe recipe;
    const std::uint16_t count = reader.u16();
    if (count > kMaxRecipeSteps)
        reader.fail();
    for (std::uint16_t i = 0; i < count && reader.isGood(); ++i)
        recipe.steps.push_back(takeStep(reader));
    recipe.encoding.format = takeFormat(reader);
    recipe.encoding.quality = reader.i32();
    recipe.encoding.halvesChroma = reader.boolean();
    recipe.encoding.isLossless = reader.boolean();
    recipe.encoding.pngLevel = reader.i32();
    return recipe;
}

} // namespace

std::string encode(const ProbeRequest& request)
{
    ByteWriter writer;
    put(writer, request.limits);
    writer.i64(request.fileBytes);
    return writer.take();
}

Result<ProbeRequest> decodeProbeRequest(std::string_view body)
{
    ByteReader reader(body);
    ProbeRequest request;
    request.limits = takeLimits(reader);
    request.fileBytes = reader.i64();
    PS_TRY_VOID(reader.finish("the probe request"));
    return request;
}

std::string encode(const ImageInfo& info)
{
    ByteWriter writer;
    put(writer, info);
    return writer.take();
}

Result<ImageInfo> decodeImageInfo(std::string_view body)
{
    ByteReader reader(body);
    ImageInfo info = takeInfo(reader);
    PS_TRY_VOID(reader.finish("the image information"));
    return info;
}

std::string encode(const DecodeRequest& request)
{
    ByteWriter writer;
    put(writer, request.limits);
    writer.i64(request.fileBytes);
    put(writer, request.fitBox);
    writer.u8(static_cast<std::uint8_t>(request.mode));
    writer.i64(request.memoryBytes);
    return writer.take();
}

Result<DecodeRequest> decodeDecodeRequest(std::string_view body)
{
    ByteReader reader(body);
    DecodeRequest request;
    request.limits = takeLimits(reader);
    request.fileBytes = reader.i64();
    request.fitBox = takeSize(reader);
    const std::uint8_t mode = reader.u8();
    if (mode > static_cast<std::uint8_t>(FitMode::Class))
        reader.fail();
    request.mode = static_cast<FitMode>(mode);
    request.memoryBytes = reader.i64();
    PS_TRY_VOID(reader.finish("the decode request"));
    return request;
}

std::string encode(const RegionRequest& request)
{
    ByteWriter writer;
    put(writer, request.limits);
    writer.i64(request.fileBytes);
    put(writer, request.box);
    put(writer, request.fitBox);
    writer.i64(request.memoryBytes);
    return writer.take();
}

Result<RegionRequest> decodeRegionRequest(std::string_view body)
{
    ByteReader reader(body);
    RegionRequest request;
    request.limits = takeLimits(reader);
    request.fileBytes = reader.i64();
    request.box = takeBox(reader);
    request.fitBox = takeSize(reader);
    request.memoryBytes = reader.i64();
    PS_TRY_VOID(reader.finish("the region request"));
    return request;
}

std::string encode(const DecodeAnswer& answer)
{
    ByteWriter writer;
    put(writer, answer.layout);
    put(writer, answer.info);
    return writer.take();
}

Result<DecodeAnswer> decodeDecodeAnswer(std::string_view body)
{
    ByteReader reader(body);
    DecodeAnswer answer;
    answer.layout = takeLayout(reader);
    answer.info = takeInfo(reader);
    PS_TRY_VOID(reader.finish("the decode answer"));
    return answer;
}

std::string encode(const RenderRequest& request)
{
    ByteWriter writer;
    put(writer, request.limits);
    writer.i64(request.fileBytes);
    put(writer, request.recipe);
    return writer.take();
}

Result<RenderRequest> decodeRenderRequest(std::string_view body)
{
    ByteReader reader(body);
    RenderRequest request;
    request.limits = takeLimits(reader);
    request.fileBytes = reader.i64();
    request.recipe = takeRecipe(reader);
    PS_TRY_VOID(reader.finish("the render request"));
    return request;
}

std::string encode(const RenderReport& report)
{
    ByteWriter writer;
    put(writer, report.size);
    writer.i64(report.fileBytes);
    return writer.take();
}

Result<RenderReport> decodeRenderReport(std::string_view body)
{
    ByteReader reader(body);
    RenderReport report;
    report.size = takeSize(reader);
    report.fileBytes = reader.i64();
    PS_TRY_VOID(reader.finish("the render report"));
    return report;
}

std::string encode(const UprightRequest& request)
{
    ByteWriter writer;
    put(writer, request.limits);
    writer.i64(request.fileBytes);
    writer.boolean(request.keepsMetadata);
    return writer.take();
}

Result<UprightRequest> decodeUprightRequest(std::string_view body)
{
    ByteReader reader(body);
    UprightRequest request;
    request.limits = takeLimits(reader);
    request.fileBytes = reader.i64();
    request.keepsMetadata = reader.boolean();
    PS_TRY_VOID(reader.finish("the upright request"));
    return request;
}

std::string encode(const UprightReport& report)
{
    ByteWriter writer;
    put(writer, report.format);
    put(writer, report.size);
    writer.i64(report.fileBytes);
    for (const bool value : {report.isUnchanged, report.isTurned, report.isReencoded, report.lostMetadata})
        writer.boolean(value);
    return writer.take();
}

Result<UprightReport> decodeUprightReport(std::string_view body)
{
    ByteReader reader(body);
    UprightReport report;
    report.format = takeFormat(reader);
    report.size = takeSize(reader);
    report.fileBytes = reader.i64();
    for (bool* value : {&report.isUnchanged, &report.isTurned, &report.isReencoded, &report.lostMetadata})
        *value = reader.boolean();
    if (report.size.isEmpty() || report.fileBytes <= 0 || (report.isUnchanged && report.isTurned))
        reader.fail();
    PS_TRY_VOID(reader.finish("the upright report"));
    return report;
}

std::string encode(const CompareRequest& request)
{
    ByteWriter writer;
    put(writer, request.limits);
    writer.i64(request.originalBytes);
    writer.i64(request.cutBytes);
    put(writer, request.box);
    return writer.take();
}

Result<CompareRequest> decodeCompareRequest(std::string_view body)
{
    ByteReader reader(body);
    CompareRequest request;
    request.limits = takeLimits(reader);
    request.originalBytes = reader.i64();
    request.cutBytes = reader.i64();
    request.box = takeBox(reader);
    PS_TRY_VOID(reader.finish("the compare request"));
    return request;
}

std::string encode(const LocateRequest& request)
{
    ByteWriter writer;
    put(writer, request.limits);
    writer.i64(request.originalBytes);
    writer.i64(request.finishedBytes);
    return writer.take();
}

Result<LocateRequest> decodeLocateRequest(std::string_view body)
{
    ByteReader reader(body);
    LocateRequest request;
    request.limits = takeLimits(reader);
    request.originalBytes = reader.i64();
    request.finishedBytes = reader.i64();
    PS_TRY_VOID(reader.finish("the locate request"));
    return request;
}

std::string encode(const LocateReport& report)
{
    ByteWriter writer;
    put(writer, report.originalSize);
    put(writer, report.match.box);
    for (const double value :
         {report.match.scale, report.match.confidence, report.match.meanDifference, report.match.margin})
        writer.f64(value);
    return writer.take();
}

Result<LocateReport> decodeLocateReport(std::string_view body)
{
    ByteReader reader(body);
    LocateReport report;
    report.originalSize = takeSize(reader);
    TemplateMatch& match = report.match;
    match.box = takeBox(reader);
    bool isFinite = true;
    for (double* value : {&match.scale, &match.confidence, &match.meanDifference, &match.margin}) {
        *value = reader.f64();
        isFinite = isFinite && std::isfinite(*value);
    }
    const bool isInside = 0 <= match.box.x1 && match.box.x1 < match.box.x2 &&
                          match.box.x2 <= report.originalSize.width && 0 <= match.box.y1 &&
                          match.box.y1 < match.box.y2 && match.box.y2 <= report.originalSize.height;
    if (!isFinite || !isInside || match.scale <= 0 || std::abs(match.confidence) > 1.0001)
        reader.fail();
    PS_TRY_VOID(reader.finish("the report of a place"));
    return report;
}

} // namespace ps
