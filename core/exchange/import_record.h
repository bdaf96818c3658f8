// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/decisions/crop.h"
#include "core/decisions/row.h"
#include "core/exchange/export_request.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// Where something stood in what is imported.
struct ImportOrigin {
    std::string file;      ///< relative to what was chosen, raw bytes
    std::int64_t line = 0; ///< from 1; the number of the item in files without lines
    std::string raw;       ///< as it stood, at most 64 KiB
};

/// A crop in the pixels of an image, as logs write it: floats that are whole as a rule.
struct PixelCrop {
    double x1 = 0;
    double y1 = 0;
    double x2 = 0;
    double y2 = 0;
    bool operator==(const PixelCrop&) const = default;
};

/// A decision as an old log or database gives it: what is known, and what was assumed.
struct ImportedDecision {
    ImportOrigin origin;
    std::string projectId; ///< "" when the source does not say and no rule gave one
    std::string groupId;   ///< "" when the source has none
    std::string directory;
    std::vector<std::string> images; ///< file names
    std::optional<Action> action;
    std::optional<int> selectedIndex; ///< 0-based
    ImageSize size;                   ///< empty: not known
    std::optional<Crop> crop;
    std::optional<PixelCrop>
        pixels; ///< the same as the log has it, when it is in pixels; without a size there is only this
    std::optional<UtcTime> time;
    std::optional<DecisionRow> row; ///< of another decision database: taken over column by column
    bool isPlaceholder = false;     ///< full-frame crops that an extraction made up: kept, never trained on
    bool isSelectionOnly = false;   ///< the source does not say whether the image was cropped
    bool isRecrop = false;          ///< several rows about one image may be crops of crops: decisions_v3.md 6.2
    bool isGroupKnown = false;      ///< groupId names its row in the project; "" when it has none there
    bool isMeasured = false;        ///< the crop was found in the pixels, at their own scale
    std::string timeText;           ///< a time whose zone is still to be told by the rules; then there is no time yet
    std::vector<std::string> notes; ///< what was assumed: "assumed zone", "project from date", "composed with line 12"
    std::string kind;               ///< of row, for the counts: "19 fields, pixels"
};

/// A box or class label that a dataset gives an image.
struct ImportedBox {
    std::string className;
    Crop box; ///< half-open, fractions of the upright image
    std::optional<double> confidence;
};

/// An image of a dataset with all that is said about it.
struct ImportedImage {
    ImportOrigin origin;
    std::string path; ///< relative to the folder of the dataset, raw bytes
    std::string name; ///< the file's own name, decoded from what the export made of it
    ImageSize size;   ///< as the dataset says, empty when it does not
    std::vector<ImportedBox> boxes;
    std::vector<std::string> classes; ///< of the whole image; "approve", "crop", "reject" are decisions
    std::optional<Action> action;     ///< of our own releases
    std::optional<ReleaseSide> side;
    std::string groupId; ///< of our own releases
    Json attributes;     ///< what else stood there, kept
};

/// Something that could not be read.
struct QuarantinedItem {
    ImportOrigin origin;
    std::string reason;         ///< "needs dimensions", "9 fields, expected 19", ...
    std::string kind = {};      ///< of row, for the counts; "" for what has no known shape
    std::string projectId = {}; ///< "" when it is not known
    bool isPlaceholder = false;
};

/// Who takes what a reader finds; called in the order of the source.
struct ImportTaker {
    std::function<Result<void>(ImportedDecision)> decision;
    std::function<Result<void>(ImportedImage)> image;
    std::function<Result<void>(QuarantinedItem)> quarantined;
    std::function<void(std::int64_t doneBytes, std::int64_t totalBytes)> progress;
};

/// The formats that are recognised; allImportFormats() has their names.
enum class ImportFormat {
    DecisionLog,      ///< any of the legacy CSV logs, row by row
    DecisionDatabase, ///< v3 in any variant, prediction and backfill temp databases
    Yolo,
    YoloClassification,
    Coco,
    Voc,
    Cvat,
    LabelMe,
    ImageFolder,
    WebDataset,
    Jsonl, ///< our own jsonl, preferences and crops
    Csv,   ///< with a column map
    ClassFolders,
};
struct ImportFormatInfo {
    ImportFormat format;
    std::string_view name;  ///< of --format
    bool hasImages = false; ///< image files come with it
};
std::span<const ImportFormatInfo> allImportFormats();
Result<ImportFormat> parseImportFormat(std::string_view name);

} // namespace ps
