// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/survey_handler.h"

#include "core/base/sha256.h"
#include "core/imaging/codecs/canvas.h"
#include "core/imaging/codecs/describe.h"
#include "core/imaging/codecs/encoders.h"
#include "core/imaging/codecs/request_handling.h"
#include "core/imaging/codecs/survey.h"
#include "core/imaging/codecs/view.h"
#include "core/imaging/survey_protocol.h"

#include <opencv2/imgproc.hpp>

namespace ps {

namespace {

/// A thumbnail that claims more than this was not made by us.
constexpr ImageLimits kThumbnailLimits{1 << 20, static_cast<std::int64_t>(kMaxThumbnailBytes), 1};
/// What a PNG of the desktop's cache may be: 1024 x 1024 pixels at most.
constexpr ImageLimits kSharedLimits{1 << 20, std::int64_t{16} << 20, 1};

/// Puts the picture at the start of the program's memory.
Result<PixelLayout> present(const Raster& picture, int memory)
{
    const ImageSize size = picture.size();
    const auto stride = static_cast<std::size_t>(rowBytes(size.width));
    Canvas canvas;
    PS_TRY(const std::span<std::uint8_t> bytes, canvas.map(memory, stride * static_cast<std::size_t>(size.height)));
    cv::Mat target(size.height, size.width, CV_8UC4, bytes.data(), stride);
    if (hasAlpha(picture.model))
        picture.pixels.copyTo(target);
    else
        cv::cvtColor(picture.pixels, target, cv::COLOR_BGR2BGRA);
    return PixelLayout{size, static_cast<std::int32_t>(stride), hasAlpha(picture.model)};
}

bool isInside(const ThumbnailSlot& slot, std::int64_t memoryBytes)
{
    return slot.sourceOffset >= 0 && slot.sourceBytes > 0 && slot.targetOffset >= 0 && slot.targetBytes > 0 &&
           slot.targetOffset % 4 == 0 && slot.targetOffset <= memoryBytes &&
           slot.targetBytes <= memoryBytes - slot.targetOffset;
}

Result<PixelLayout> decodeThumbnail(int source, const ThumbnailSlot& slot, ThumbnailClass size,
                                    std::span<std::uint8_t> target, ColourConverter& converter)
{
    FileReader file(source, slot.sourceOffset, slot.sourceBytes);
    PS_TRY(const ImageHeader header, readHeader(file, kThumbnailLimits));
    const auto own = target.subspan(static_cast<std::size_t>(slot.targetOffset),
                                    static_cast<std::size_t>(slot.targetBytes));
    return drawView(file, header, boxOf(size), converter, [&](ImageSize drawn) -> Result<std::span<std::uint8_t>> {
        if (rowBytes(drawn.width) * drawn.height > slot.targetBytes)
            return Error{ErrorCode::Corrupt, "the thumbnail is larger than its picture can be", {}, 0};
        return own;
    });
}

} // namespace

void SurveyHandler::warmUp()
{
    Sha256().add("OpenSSL looks for its settings at the first use");
    Raster sample = makeRaster({24, 16}, ColourModel::Bgra, false);
    sample.pixels.setTo(cv::Scalar(1, 2, 3, 4));
    sample.isPremultiplied = true;
    discard(encodeThumbnail(sample, m_converter), "only the side effects matter");
}

bool SurveyHandler::handles(std::uint16_t operation) const
{
    return operation >= kFirstSurveyOperation && operation <= kLastSurveyOperation;
}

Result<std::string> SurveyHandler::handle(const IncomingRequest& request, RequestContext& context)
{
    return answerOf([&] { return dispatch(request, context); });
}

Result<std::string> SurveyHandler::dispatch(const IncomingRequest& request, RequestContext& context)
{
    switch (static_cast<SurveyOperation>(request.operation)) {
    case SurveyOperation::Survey: return survey(request);
    case SurveyOperation::DecodeThumbnails: return decodeThumbnails(request, context);
    case SurveyOperation::AdoptThumbnail: return adoptThumbnail(request);
    }
    return Error{ErrorCode::Unsupported, "unknown thumbnail operation", {}, 0};
}

Result<std::string> SurveyHandler::survey(const IncomingRequest& request)
{
    PS_TRY_VOID(expectDescriptors(request, 2));
    PS_TRY(const SurveyRequest message, decodeSurveyRequest(request.body));
    FileReader file(request.descriptors[0].get(), message.fileBytes);
    PS_TRY(const ImageHeader header, readHeader(file, message.limits));
    PS_TRY(SurveyedPicture surveyed, surveyPicture(file, header, message.thumbnail, m_converter));
    if (message.isOpaque && hasAlpha(surveyed.thumbnail.model))
        flatten(surveyed.thumbnail);
    SurveyAnswer answer;
    answer.info = describe(header, message.fileBytes, m_converter);
    answer.measures = std::move(surveyed.measures);
    if (message.wantsHash) {
        PS_TRY(answer.measures.sha256, sha256OfFile(request.descriptors[0].get()));
    }
    PS_TRY(answer.layout, present(surveyed.thumbnail, request.descriptors[1].get()));
    PS_TRY(answer.thumbnail, encodeThumbnail(std::move(surveyed.thumbnail), m_converter));
    return encode(answer);
}

Result<std::string> SurveyHandler::decodeThumbnails(const IncomingRequest& request, RequestContext& context)
{
    PS_TRY_VOID(expectDescriptors(request, 2));
    PS_TRY(const DecodeThumbnailsRequest message, decodeDecodeThumbnailsRequest(request.body));
    Canvas canvas;
    PS_TRY(const std::span<std::uint8_t> target,
           canvas.map(request.descriptors[1].get(), static_cast<std::size_t>(message.memoryBytes)));
    DecodeThumbnailsAnswer answer;
    for (const ThumbnailSlot& slot : message.slots) {
        if (context.isCancelled())
            return Error{ErrorCode::Cancelled, "the work was cancelled", {}, 0};
        if (!isInside(slot, message.memoryBytes))
            return Error{ErrorCode::InvalidInput, "a thumbnail does not lie inside its memory", {}, 0};
        answer.layouts.push_back(
            decodeThumbnail(request.descriptors[0].get(), slot, message.thumbnail, target, m_converter));
    }
    return encode(answer);
}

Result<std::string> SurveyHandler::adoptThumbnail(const IncomingRequest& request)
{
    PS_TRY_VOID(expectDescriptors(request, 3));
    PS_TRY(const AdoptThumbnailRequest message, decodeAdoptThumbnailRequest(request.body));
    FileReader original(request.descriptors[0].get(), message.fileBytes);
    PS_TRY(const ImageHeader originalHeader, readHeader(original, message.limits));
    FileReader png(request.descriptors[1].get(), message.thumbnailFileBytes);
    PS_TRY_VOID(checkSharedThumbnail(png, message.uri, message.modifiedSeconds));
    PS_TRY(const ImageHeader header, readHeader(png, kSharedLimits));
    const ImageSize wanted = fittedSize(originalHeader.upright(), boxOf(message.thumbnail));
    if (header.upright().width < wanted.width * 19 / 20 || header.upright().height < wanted.height * 19 / 20)
        return Error{ErrorCode::NotFound, "the desktop's thumbnail is too small", {}, 0};
    PS_TRY(SurveyedPicture surveyed, surveyPicture(png, header, message.thumbnail, m_converter));
    SurveyAnswer answer;
    answer.info = describe(originalHeader, message.fileBytes, m_converter);
    PS_TRY(answer.layout, present(surveyed.thumbnail, request.descriptors[2].get()));
    PS_TRY(answer.thumbnail, encodeThumbnail(std::move(surveyed.thumbnail), m_converter));
    return encode(answer);
}

} // namespace ps
