// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/format_writer.h"

#include "core/base/text.h"
#include "core/exchange/delivery_writer.h"
#include "core/exchange/format_writers.h"

namespace ps {

namespace {

/// What a request asks for and its format cannot do.
Result<void> checkRequest(const FormatContext& context)
{
    const ExportFormatInfo& info = exportFormatInfo(context.request.format);
    if (context.sink == nullptr || (info.hasImages && context.media == nullptr))
        return Error{ErrorCode::Internal, "an export has nowhere to write to", std::string(info.name), 0};
    if (context.request.batchSize < 1)
        return Error{ErrorCode::InvalidInput, "a batch holds at least one line", std::string(info.name), 0};
    if (!info.hasImages || info.hasBoxes || context.media->crops() == CropMode::Applied)
        return {};
    std::vector<std::string> names;
    for (const ExportFormatInfo& other : allExportFormats()) {
        if (other.hasBoxes)
            names.emplace_back(other.name);
    }
    return Error{ErrorCode::InvalidInput,
                 "this format has no boxes; crops are applied in it, and are boxes in " + join(names, ", "),
                 std::string(info.name), 0};
}

} // namespace

Result<std::unique_ptr<FormatWriter>> makeFormatWriter(FormatContext context)
{
    PS_TRY_VOID(checkRequest(context));
    switch (context.request.format) {
    case ExportFormat::V3: return makeV3Writer(std::move(context));
    case ExportFormat::Jsonl: return makeJsonlWriter(std::move(context));
    case ExportFormat::Preferences: return makePreferencesWriter(std::move(context));
    case ExportFormat::Crops: return makeCropsWriter(std::move(context));
    case ExportFormat::Yolo: return makeYoloWriter(std::move(context));
    case ExportFormat::YoloClassification: return makeYoloClassificationWriter(std::move(context));
    case ExportFormat::Coco: return makeCocoWriter(std::move(context));
    case ExportFormat::Voc: return makeVocWriter(std::move(context));
    case ExportFormat::Cvat: return makeCvatWriter(std::move(context));
    case ExportFormat::ImageFolder: return makeImageFolderWriter(std::move(context));
    case ExportFormat::WebDataset: return makeWebDatasetWriter(std::move(context));
    case ExportFormat::Csv: return makeCsvWriter(std::move(context));
    case ExportFormat::Delivery: return makeDeliveryWriter(std::move(context));
    }
    return Error{ErrorCode::Internal, "an unknown format", "", 0};
}

} // namespace ps
