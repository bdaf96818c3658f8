// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/export_request.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

using F = ExportFormat;
constexpr std::array<ExportFormatInfo, 13> kFormats{{
    {.format = F::V3, .name = "v3"},
    {.format = F::Jsonl, .name = "jsonl", .hasSides = true},
    {.format = F::Preferences, .name = "preferences", .hasSides = true, .takesLosers = true},
    {.format = F::Crops, .name = "crops", .hasSides = true},
    {.format = F::Yolo, .name = "yolo", .hasImages = true, .hasBoxes = true, .hasSides = true},
    {.format = F::YoloClassification, .name = "yolo-cls", .hasImages = true, .hasSides = true, .takesLosers = true},
    {.format = F::Coco, .name = "coco", .hasImages = true, .hasBoxes = true, .hasSides = true},
    {.format = F::Voc, .name = "voc", .hasImages = true, .hasBoxes = true, .hasSides = true},
    {.format = F::Cvat, .name = "cvat", .hasImages = true, .hasBoxes = true, .hasSides = true},
    {.format = F::ImageFolder, .name = "imagefolder", .hasImages = true, .hasBoxes = true, .hasSides = true},
    {.format = F::WebDataset, .name = "webdataset", .hasImages = true, .hasBoxes = true, .hasSides = true},
    {.format = F::Csv, .name = "csv"},
    {.format = F::Delivery, .name = "delivery", .hasImages = true},
}};
constexpr std::array<std::string_view, kReleaseSideCount> kSideNames{"train", "val", "test"};
constexpr double kShareTolerance = 1e-6;

std::string_view ruleName(CheckRule rule)
{
    switch (rule) {
    case CheckRule::Block: return "block";
    case CheckRule::Warn: return "warn";
    case CheckRule::Allow: return "allow";
    }
    return "";
}

} // namespace

std::span<const ExportFormatInfo> allExportFormats()
{
    return kFormats;
}

const ExportFormatInfo& exportFormatInfo(ExportFormat format)
{
    return *std::ranges::find(kFormats, format, &ExportFormatInfo::format);
}

Result<ExportFormat> parseExportFormat(std::string_view name)
{
    const auto found = std::ranges::find(kFormats, name, &ExportFormatInfo::name);
    if (found != kFormats.end())
        return found->format;
    if (name == "parquet")
        return Error{ErrorCode::Unsupported,
                     "parquet waits until the base platform has a maintained C++ writer; use imagefolder or jsonl", "",
                     0};
    std::vector<std::string> names;
    for (const ExportFormatInfo& info : kFormats)
        names.emplace_back(info.name);
    return Error{ErrorCode::InvalidInput, "no such format; formats are " + join(names, ", "), displayText(name), 0};
}

std::string_view sideName(ReleaseSide side)
{
    return kSideNames.at(static_cast<std::size_t>(side));
}

std::optional<ReleaseSide> parseSide(std::string_view name)
{
    const auto found = std::ranges::find(kSideNames, name);
    if (found == kSideNames.end())
        return std::nullopt;
    return static_cast<ReleaseSide>(found - kSideNames.begin());
}

Result<SplitShares> parseSplitShares(std::string_view text)
{
    const auto parts = split(text, ',');
    SplitShares shares{{0, 0, 0}};
    double sum = 0;
    for (std::size_t i = 0; i < parts.size() && parts.size() <= kReleaseSideCount; ++i) {
        const auto share = parseDouble(trimmed(parts[i]));
        if (!share || !(*share >= 0 && *share <= 1))
            return Error{ErrorCode::InvalidInput, "a share is a number from 0 to 1", displayText(text), 0};
        shares.share.at(i) = *share;
        sum += *share;
    }
    if (parts.size() < 2 || parts.size() > kReleaseSideCount || std::abs(sum - 1) > kShareTolerance)
        return Error{ErrorCode::InvalidInput, "a split is two or three shares that add up to 1, as 0.7,0.2,0.1",
                     displayText(text), 0};
    return shares;
}

Json exportRequestJson(const ExportRequest& request)
{
    Json json(Json::Object{{"format", exportFormatInfo(request.format).name}, {"query", request.query}});
    if (request.split) {
        Json::Array shares;
        for (const double share : request.split->share)
            shares.emplace_back(share);
        json.set("split", std::move(shares));
    } else {
        json.set("split", nullptr);
    }
    json.set("seed", request.seed <= INT64_MAX ? Json(static_cast<std::int64_t>(request.seed))
                                               : Json(Json::BigInteger{std::to_string(request.seed)}));
    json.set("crops", request.crops == CropMode::Applied ? "applied" : "boxes");
    json.set("includes_losers", request.includesLosers);
    json.set("keeps_metadata", request.keepsMetadata);
    json.set("spreadsheet_safe", request.isSpreadsheetSafe);
    json.set("batch_size", request.batchSize);
    json.set("allow_list", request.allowList);
    Json::Object rules;
    for (const auto& [check, rule] : request.checkRules)
        rules.emplace_back(check, ruleName(rule));
    json.set("check_rules", std::move(rules));
    return json;
}

} // namespace ps
