// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/decisions/row.h"

#include <optional>
#include <string>

namespace ps {

/// A crop that has coordinates: which pixels of which image, and whether they lie cut on the disk.
struct CropRecord {
    std::string groupId;
    std::string image; ///< bare file name
    PixelBox box;
    ImageSize imageSize;
    bool isVerified = false; ///< cut, read back and compared
    std::string file;        ///< workspace-relative path of the cut, "" while it is pending
};

/// The crop that a row asks to be cut: final coordinates that do not cover every pixel, with a usable image and size.
std::optional<CropRecord> cropOfRow(const DecisionRow& row);

/// Makes ps_crops agree with the row inside the caller's transaction: a pending record for a row with a crop, none
/// otherwise. A verified record of the same pixels stays.
Result<void> updateCropRecord(const Connection& connection, const std::string& groupId,
                              const std::optional<DecisionRow>& row);

} // namespace ps
