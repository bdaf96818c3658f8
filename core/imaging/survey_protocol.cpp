// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/survey_protocol.h"

#include "core/imaging/image_protocol.h"
#include "core/imaging/wire_values.h"
#include "core/worker/messages.h"

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr std::size_t kMaxInfoBytes = std::size_t{64} << 10;
constexpr std::size_t kMaxUriBytes = 16 * 1024;
constexpr std::size_t kMaxErrorBytes = std::size_t{64} << 10;
constexpr std::size_t kShaDigits = 64;

void put(ByteWriter& writer, ThumbnailClass size)
{
    writer.u8(static_cast<std::uint8_t>(size));
}

ThumbnailClass takeClass(ByteReader& reader)
{
    const auto size = static_cast<ThumbnailClass>(reader.u8());
    if (size != ThumbnailClass::Small && size != ThumbnailClass::Large)
        reader.fail();
    return size;
}

void put(ByteWriter& writer, const ImageMeasures& measures)
{
    writer.text(measures.sha256);
    writer.u64(measures.perceptualHash);
    for (const double value : {measures.sharpness, measures.noise, measures.exposure, measures.darkShare,
                               measures.brightShare, measures.contrast})
        writer.f64(value);
}

bool isSha256(std::string_view text)
{
    const auto isDigit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == kShaDigits && std::all_of(text.begin(), text.end(), isDigit);
}

ImageMeasures takeMeasures(ByteReader& reader)
{
    ImageMeasures measures;
    measures.sha256 = reader.text(kShaDigits);
    measures.perceptualHash = reader.u64();
    for (double* value : {&measures.sharpness, &measures.noise, &measures.exposure, &measures.darkShare,
                          &measures.brightShare, &measures.contrast}) {
        *value = reader.f64();
        if (!std::isfinite(*value) || *value < 0)
            reader.fail();
    }
    if (!measures.sha256.empty() && !isSha256(measures.sha256))
        reader.fail();
    return measures;
}

/// A body inside a body.
template <typename T>
T takeNested(ByteReader& reader, std::size_t maxBytes, Result<T> (*decode)(std::string_view))
{
    auto nested = decode(reader.text(maxBytes));
    if (!nested) {
        reader.fail();
        return {};
    }
    return *std::move(nested);
}

} // namespace

std::string encode(const SurveyRequest& request)
{
    ByteWriter writer;
    put(writer, request.limits);
    writer.i64(request.fileBytes);
    put(writer, request.thumbnail);
    writer.boolean(request.wantsHash);
    writer.boolean(request.isOpaque);
    return writer.take();
}

Result<SurveyRequest> decodeSurveyRequest(std::string_view body)
{
    ByteReader reader(body);
    SurveyRequest request;
    request.limits = takeLimits(reader);
    request.fileBytes = reader.i64();
    request.thumbnail = takeClass(reader);
    request.wantsHash = reader.boolean();
    request.isOpaque = reader.boolean();
    PS_TRY_VOID(reader.finish("the survey request"));
    return request;
}

std::string encode(const SurveyAnswer& answer)
{
    ByteWriter writer;
    put(writer, answer.layout);
    writer.text(encode(answer.info));
    put(writer, answer.measures);
    writer.text(answer.thumbnail);
    return writer.take();
}

Result<SurveyAnswer> decodeSurveyAnswer(std::string_view body)
{
    ByteReader reader(body);
    SurveyAnswer answer;
    answer.layout = takeLayout(reader);
    answer.info = takeNested(reader, kMaxInfoBytes, decodeImageInfo);
    answer.measures = takeMeasures(reader);
    answer.thumbnail = reader.text(kMaxThumbnailBytes);
    PS_TRY_VOID(reader.finish("the survey answer"));
    return answer;
}

std::string encode(const DecodeThumbnailsRequest& request)
{
    ByteWriter writer;
    put(writer, request.thumbnail);
    writer.i64(request.memoryBytes);
    writer.u16(static_cast<std::uint16_t>(request.slots.size()));
    for (const ThumbnailSlot& slot : request.slots) {
        for (const std::int64_t value : {slot.sourceOffset, slot.sourceBytes, slot.targetOffset, slot.targetBytes})
            writer.i64(value);
    }
    return writer.take();
}

Result<DecodeThumbnailsRequest> decodeDecodeThumbnailsRequest(std::string_view body)
{
    ByteReader reader(body);
    DecodeThumbnailsRequest request;
    request.thumbnail = takeClass(reader);
    request.memoryBytes = reader.i64();
    const std::size_t count = reader.u16();
    if (count > kMaxThumbnailBatch)
        reader.fail();
    for (std::size_t i = 0; i < count && reader.isGood(); ++i) {
        ThumbnailSlot slot;
        for (std::int64_t* value : {&slot.sourceOffset, &slot.sourceBytes, &slot.targetOffset, &slot.targetBytes})
            *value = reader.i64();
        request.slots.push_back(slot);
    }
    PS_TRY_VOID(reader.finish("the request for thumbnails"));
    return request;
}

std::string encode(const DecodeThumbnailsAnswer& answer)
{
    ByteWriter writer;
    writer.u16(static_cast<std::uint16_t>(answer.layouts.size()));
    for (const Result<PixelLayout>& layout : answer.layouts) {
        writer.boolean(layout.has_value());
        if (layout)
            put(writer, *layout);
        else
            writer.text(encodeFailed(layout.error()));
    }
    return writer.take();
}

Result<DecodeThumbnailsAnswer> decodeDecodeThumbnailsAnswer(std::string_view body)
{
    ByteReader reader(body);
    DecodeThumbnailsAnswer answer;
    const std::size_t count = reader.u16();
    if (count > kMaxThumbnailBatch)
        reader.fail();
    for (std::size_t i = 0; i < count && reader.isGood(); ++i) {
        if (reader.boolean())
            answer.layouts.emplace_back(takeLayout(reader));
        else
            answer.layouts.emplace_back(decodeFailed(reader.text(kMaxErrorBytes)));
    }
    PS_TRY_VOID(reader.finish("the answer with thumbnails"));
    return answer;
}

std::string encode(const AdoptThumbnailRequest& request)
{
    ByteWriter writer;
    put(writer, request.limits);
    writer.i64(request.fileBytes);
    writer.i64(request.thumbnailFileBytes);
    put(writer, request.thumbnail);
    writer.text(request.uri);
    writer.i64(request.modifiedSeconds);
    return writer.take();
}

Result<AdoptThumbnailRequest> decodeAdoptThumbnailRequest(std::string_view body)
{
    ByteReader reader(body);
    AdoptThumbnailRequest request;
    request.limits = takeLimits(reader);
    request.fileBytes = reader.i64();
    request.thumbnailFileBytes = reader.i64();
    request.thumbnail = takeClass(reader);
    request.uri = reader.text(kMaxUriBytes);
    request.modifiedSeconds = reader.i64();
    PS_TRY_VOID(reader.finish("the request for a thumbnail of the desktop"));
    return request;
}

} // namespace ps
