// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/image_handler.h"

#include "core/imaging/codecs/canvas.h"
#include "core/imaging/codecs/cut_check.h"
#include "core/imaging/codecs/describe.h"
#include "core/imaging/codecs/encoders.h"
#include "core/imaging/codecs/find_template.h"
#include "core/imaging/codecs/render.h"
#include "core/imaging/codecs/request_handling.h"
#include "core/imaging/codecs/upright.h"
#include "core/imaging/codecs/view.h"
#include "core/imaging/image_protocol.h"

#include <cerrno>
#include <cstdint>
#include <unistd.h>

namespace ps {

namespace {

/// Gives the picture its place in the program's memory, of which there are `memoryBytes`.
MakeCanvas makerOf(Canvas& canvas, int fd, std::int64_t memoryBytes)
{
    return [&canvas, fd, memoryBytes](ImageSize size) -> Result<std::span<std::uint8_t>> {
        const std::int64_t byteCount = rowBytes(size.width) * size.height;
        if (byteCount > memoryBytes)
            return Error{ErrorCode::InvalidInput, "the memory is too small for the picture", {}, 0};
        return canvas.map(fd, static_cast<std::size_t>(byteCount));
    };
}

/// A whole picture in memory of this process.
struct HeldPicture {
    std::vector<std::uint8_t> bytes;
    PixelLayout layout;

    PixelView view() const { return {bytes.data(), layout.size, layout.strideBytes}; }
};

Result<HeldPicture> readWhole(int fd, std::int64_t fileBytes, const ImageLimits& limits, ColourConverter& converter)
{
    FileReader file(fd, fileBytes);
    PS_TRY(const ImageHeader header, readHeader(file, limits));
    HeldPicture picture;
    const MakeCanvas makeCanvas = [&picture](ImageSize size) -> Result<std::span<std::uint8_t>> {
        picture.bytes.resize(static_cast<std::size_t>(rowBytes(size.width) * size.height));
        return std::span<std::uint8_t>(picture.bytes);
    };
    PS_TRY(picture.layout, drawView(file, header, {}, converter, makeCanvas));
    return picture;
}

/// Replaces what the file holds.
Result<void> writeOutput(int fd, std::string_view bytes)
{
    if (::ftruncate(fd, 0) != 0)
        return errnoError("cannot empty the output file", {}, errno);
    off_t offset = 0;
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(fd, bytes.data(), bytes.size(), offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errnoError("cannot write the output file", {}, errno);
        offset += count;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

} // namespace

bool ImageHandler::handles(std::uint16_t operation) const
{
    return operation >= kFirstImageOperation && operation <= kLastImageOperation;
}

Result<std::string> ImageHandler::handle(const IncomingRequest& request, RequestContext& context)
{
    return answerOf([&] { return dispatch(request, context); });
}

Result<std::string> ImageHandler::dispatch(const IncomingRequest& request, RequestContext& context)
{
    switch (static_cast<ImageOperation>(request.operation)) {
    case ImageOperation::Probe: return probe(request);
    case ImageOperation::Decode: return decode(request);
    case ImageOperation::Region: return region(request);
    case ImageOperation::Render: return render(request, context);
    case ImageOperation::Compare: return compare(request);
    case ImageOperation::Upright: return upright(request);
    case ImageOperation::Locate: return locate(request, context);
    }
    return Error{ErrorCode::Unsupported, "unknown image operation", {}, 0};
}

Result<std::string> ImageHandler::probe(const IncomingRequest& request)
{
    PS_TRY_VOID(expectDescriptors(request, 1));
    PS_TRY(const ProbeRequest message, decodeProbeRequest(request.body));
    FileReader file(request.descriptors[0].get(), message.fileBytes);
    PS_TRY(const ImageHeader header, readHeader(file, message.limits));
    return encode(describe(header, message.fileBytes, m_converter));
}

Result<std::string> ImageHandler::decode(const IncomingRequest& request)
{
    PS_TRY_VOID(expectDescriptors(request, 2));
    PS_TRY(const DecodeRequest message, decodeDecodeRequest(request.body));
    FileReader file(request.descriptors[0].get(), message.fileBytes);
    PS_TRY(const ImageHeader header, readHeader(file, message.limits));
    Canvas canvas;
    const MakeCanvas makeCanvas = makerOf(canvas, request.descriptors[1].get(), message.memoryBytes);
    PS_TRY(const PixelLayout layout, drawView(file, header, message.fitBox, m_converter, makeCanvas, message.mode));
    return encode(DecodeAnswer{layout, describe(header, message.fileBytes, m_converter)});
}

Result<std::string> ImageHandler::region(const IncomingRequest& request)
{
    PS_TRY_VOID(expectDescriptors(request, 2));
    PS_TRY(const RegionRequest message, decodeRegionRequest(request.body));
    FileReader file(request.descriptors[0].get(), message.fileBytes);
    PS_TRY(const ImageHeader header, readHeader(file, message.limits));
    Canvas canvas;
    const MakeCanvas makeCanvas = makerOf(canvas, request.descriptors[1].get(), message.memoryBytes);
    PS_TRY(const PixelLayout layout, drawRegion(file, header, message.box, message.fitBox, m_converter, makeCanvas));
    return encode(DecodeAnswer{layout, describe(header, message.fileBytes, m_converter)});
}

Result<std::string> ImageHandler::render(const IncomingRequest& request, RequestContext& context)
{
    PS_TRY_VOID(expectDescriptors(request, 2));
    PS_TRY(const RenderRequest message, decodeRenderRequest(request.body));
    FileReader file(request.descriptors[0].get(), message.fileBytes);
    PS_TRY(const ImageHeader header, readHeader(file, message.limits));
    PS_TRY(const RenderedFile rendered, renderRecipe(file, header, message.recipe, message.limits, m_converter,
                                                     [&] { return context.isCancelled(); }));
    PS_TRY_VOID(writeOutput(request.descriptors[1].get(), rendered.bytes));
    return encode(RenderReport{rendered.size, static_cast<std::int64_t>(rendered.bytes.size())});
}

Result<std::string> ImageHandler::upright(const IncomingRequest& request)
{
    PS_TRY_VOID(expectDescriptors(request, 2));
    PS_TRY(const UprightRequest message, decodeUprightRequest(request.body));
    FileReader file(request.descriptors[0].get(), message.fileBytes);
    PS_TRY(const ImageHeader header, readHeader(file, message.limits));
    PS_TRY(const UprightFile made, uprightCopy(file, header, message.keepsMetadata, m_converter));
    UprightReport report{header.format, header.upright(), message.fileBytes, made.isUnchanged,
                         made.isTurned, made.isReencoded, made.lostMetadata};
    if (!made.isUnchanged) {
        PS_TRY_VOID(writeOutput(request.descriptors[1].get(), made.bytes));
        report.fileBytes = static_cast<std::int64_t>(made.bytes.size());
    }
    return encode(report);
}

Result<std::string> ImageHandler::compare(const IncomingRequest& request)
{
    PS_TRY_VOID(expectDescriptors(request, 2));
    PS_TRY(const CompareRequest message, decodeCompareRequest(request.body));
    FileReader original(request.descriptors[0].get(), message.originalBytes);
    FileReader cut(request.descriptors[1].get(), message.cutBytes);
    PS_TRY(const ImageHeader originalHeader, readHeader(original, message.limits));
    PS_TRY(const ImageHeader cutHeader, readHeader(cut, message.limits));
    PS_TRY_VOID(checkCut(original, originalHeader, message.box, cut, cutHeader));
    return std::string();
}

Result<std::string> ImageHandler::locate(const IncomingRequest& request, RequestContext& context)
{
    PS_TRY_VOID(expectDescriptors(request, 2));
    PS_TRY(const LocateRequest message, decodeLocateRequest(request.body));
    PS_TRY(const HeldPicture original,
           readWhole(request.descriptors[0].get(), message.originalBytes, message.limits, m_converter));
    PS_TRY(const HeldPicture finished,
           readWhole(request.descriptors[1].get(), message.finishedBytes, message.limits, m_converter));
    PS_TRY(const TemplateMatch match,
           findTemplate(original.view(), finished.view(), {}, [&context] { return context.isCancelled(); }));
    return encode(LocateReport{original.layout.size, match});
}

} // namespace ps
