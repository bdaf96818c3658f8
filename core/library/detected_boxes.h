// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/crop.h"
#include "core/decisions/store_transaction.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// One box that a detector found in an image of a group. A suggestion like any other: it decides nothing.
struct DetectedBox {
    int imageIndex = 0; ///< 0-based
    std::string className;
    Crop box;                         ///< half-open, fractions of the upright image
    std::optional<double> confidence; ///< 0 to 1
    std::string modelId;
    std::string source; ///< which engine or service it came from: "onnxruntime", "http"
    bool operator==(const DetectedBox&) const = default;
};

/// The most boxes of one image that are kept and shown.
constexpr std::size_t kMostBoxesPerImage = 300;

/// The boxes of a group, by image, model and confidence as stored; an empty list without the table.
Result<std::vector<DetectedBox>> findBoxes(const Connection& connection, std::string_view groupKey);

/// Replaces what one model found in one image of a group.
/// Errors: InvalidInput for a box that is not valid, a confidence outside 0 to 1, or too many.
Result<void> storeBoxes(const StoreTransaction& transaction, std::string_view groupKey, int imageIndex,
                        std::string_view modelId, const std::vector<DetectedBox>& boxes);

} // namespace ps
