// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ps {

/// What can be exported to. Names for --format stand in allExportFormats().
enum class ExportFormat {
    V3,          ///< a decision database with the rows of the query
    Jsonl,       ///< batch_NNNN.jsonl, one object per row
    Preferences, ///< ranker samples and chosen/rejected/tie pairs
    Crops,       ///< crop samples
    Yolo,
    YoloClassification,
    Coco,
    Voc,
    Cvat,
    ImageFolder, ///< of Hugging Face, with metadata.jsonl and card
    WebDataset,
    Csv,
    Delivery, ///< {id}_final.zip by allow-list
};

/// Facts of a format that selection, splits and the views need.
struct ExportFormatInfo {
    ExportFormat format;
    std::string_view name;    ///< of --format: "yolo-cls"
    bool hasImages = false;   ///< image files are part of it
    bool hasBoxes = false;    ///< a crop can be a box instead of being applied
    bool hasSides = false;    ///< train, val and test are folders or files of it
    bool takesLosers = false; ///< losers of kept groups and images of rejected groups can be in it
};
std::span<const ExportFormatInfo> allExportFormats();
const ExportFormatInfo& exportFormatInfo(ExportFormat format);
/// Errors: InvalidInput naming the formats; Unsupported for "parquet", saying that it waits for a maintained C++ writer in the
/// base platform.
Result<ExportFormat> parseExportFormat(std::string_view name);

/// On which side of a split an image is.
enum class ReleaseSide : std::uint8_t { Train = 0, Val = 1, Test = 2 };
constexpr std::size_t kReleaseSideCount = 3;
std::string_view sideName(ReleaseSide side); ///< "train", "val" or "test"
std::optional<ReleaseSide> parseSide(std::string_view name);

/// The parts of train, val and test; they add up to 1. A part of 0 leaves that side out.
struct SplitShares {
    std::array<double, kReleaseSideCount> share{0.7, 0.2, 0.1};
};
/// Reads "0.7,0.2,0.1", or two numbers for train and val. Errors: InvalidInput.
Result<SplitShares> parseSplitShares(std::string_view text);

enum class CropMode {
    Applied, ///< the pixels inside the crop are cut out
    Boxes,   ///< the whole image, and one box of class "crop"
};

/// What an integrity check that found something does to an export.
enum class CheckRule { Block, Warn, Allow };

/// Everything that a person chose; nothing of it depends on the machine.
struct ExportRequest {
    ExportFormat format = ExportFormat::Jsonl;
    std::string name;                 ///< of the release; "" makes one from project and format
    std::string query;                ///< the one query grammar; "" is every decided row
    std::optional<SplitShares> split; ///< nothing: no split
    std::uint64_t seed = 0;
    CropMode crops = CropMode::Boxes; ///< for formats without boxes: Applied
    bool includesLosers = false;      ///< losers of kept groups too, where the format takes them
    bool keepsMetadata = false;       ///< of images; else it is removed
    bool isSpreadsheetSafe = false;   ///< csv: cells that a spreadsheet would run are made harmless
    bool hardLinks = false;           ///< instead of copies, where no byte changes
    std::int64_t batchSize = 1000;    ///< jsonl: lines of one file; webdataset: samples of one shard
    std::map<std::string, CheckRule, std::less<>> checkRules; ///< check id -> rule; others by severity: Error blocks
    std::string allowList;                                    ///< delivery: "png,yaml,caption"; "" is the usual one
};
/// As it stands in the manifest of a release.
Json exportRequestJson(const ExportRequest& request);

} // namespace ps
