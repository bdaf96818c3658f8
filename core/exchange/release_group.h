// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/crop.h"
#include "core/decisions/row.h"
#include "core/exchange/export_request.h"
#include "core/imaging/image_types.h"
#include "core/library/project_folders.h"

#include <optional>
#include <string>
#include <vector>

namespace ps {

/// What an image is to the decision about its group.
enum class ImageRole : std::uint8_t {
    Winner,   ///< the selected image of an approval or crop
    Loser,    ///< another image of such a group
    Rejected, ///< any image of a rejected group
};

/// A box that is no decision: it came with an imported dataset or from a person.
struct ReleaseBox {
    std::string className;
    Crop box; ///< half-open, fractions of the upright, full-size image
};

/// One image of a release. Formats without images leave what they do not need empty (see ReleasePlan).
struct ReleaseImage {
    int slot = 0; ///< 0-based in the row's `images`
    ImageRole role = ImageRole::Winner;
    std::string sourceName; ///< file name as in the row, raw bytes
    /// Where the file is now, wherever finalize put it. Nothing when it is gone (then the format needs no files).
    std::optional<Place> place;
    FileIdentity identity;
    /// Folder of the original beneath the folder with the project's images, raw bytes, wherever finalize put the file.
    std::string folder;
    std::string sha256; ///< of the original file, 64 hex digits; "" when it was not needed
    ImageFormat format = ImageFormat::Png;
    ImageSize size;      ///< upright, full size
    int orientation = 1; ///< EXIF, of the file
    /// Name in the release without folder: portable, unique in the whole release also on file systems that ignore case, with the
    /// extension of the true format.
    std::string name;
    std::optional<Crop> crop;         ///< of the winner of a cropped group
    std::vector<ReleaseBox> boxes;    ///< besides the crop, in their stored order
    std::vector<std::string> classes; ///< of the whole image, as an imported dataset gave them; sorted
};

/// The class of the box that a crop is.
constexpr std::string_view kCropClass = "crop";

/// What ties an image to the images of other releases; see ps_release_sides.
struct ReleaseTie {
    std::string key;  ///< see releaseImageKey()
    std::string name; ///< its path in the workspace, or as the row has it
    std::optional<std::uint64_t> perceptualHash;
};

/// What the images of a group are tied by: its key, or the id of a row without a group.
inline const std::string& groupLink(const std::string& groupKey, const std::string& groupId)
{
    return groupKey.empty() ? groupId : groupKey;
}

/// One decided group of a release, as every format writer gets it: only the images that the format takes.
struct ReleaseGroup {
    std::string groupKey; ///< "" for a row without a group
    std::string groupId;
    std::string projectId;
    DecisionRow row;
    Action action = Action::Approve;
    int selectedIndex = 0;
    std::optional<ReleaseSide> side;    ///< nothing without a split
    std::vector<ReleaseImage> images;   ///< by slot
    std::vector<ReleaseTie> ties;       ///< with a split: of `images`, then of the others of the group
    std::vector<std::string> tiedNames; ///< preferences: images that a person called equally good
    std::string provenance;             ///< who decided: "human", "backfilled", "inferred"; "" when it is not known
};

} // namespace ps
