// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/imaging/image_measures.h"
#include "core/imaging/image_types.h"
#include "core/library/group_entry.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace ps {

// The table `measures` of the catalogue: what is known about the content of image files. A line is about one state of a
// file and worth nothing for any other; it outlives every refresh as long as the file is there and unchanged.
// docs/formats/catalogue.md

/// The CREATE statement.
extern const char* const kMeasuresTable;

/// Only the size, or why the file cannot be read; what a survey found out about the same state stays.
Result<void> putImageSize(const Connection& catalogue, const std::string& path, const FileIdentity& identity,
                          ImageSize size, std::string_view problem);

/// All that a survey found out. A known hash of the file stays when this survey has none.
Result<void> putImageSurvey(const Connection& catalogue, const std::string& path, const ImageInfo& info,
                            const ImageMeasures& measures);

/// Only the hash of the file (64 hex digits); what else is known about the same state stays.
Result<void> putImageHash(const Connection& catalogue, const std::string& path, const FileIdentity& identity,
                          std::string_view sha256);
/// The hash of this state of a file in hex, or "".
Result<std::string> findImageHash(const Connection& catalogue, const std::string& path, const FileIdentity& identity);

struct StoredMeasures {
    ImageInfo info;                        ///< without conversions, frames and identity
    std::string problem;                   ///< why the file cannot be read, "" otherwise
    std::optional<ImageMeasures> measures; ///< once it was surveyed
};
/// What is known about this state of a file; nothing when there is no line.
Result<std::optional<StoredMeasures>> findMeasures(const Connection& catalogue, const std::string& path,
                                                   const FileIdentity& identity);

/// Where an image stands in the catalogue.
struct ImagePlace {
    std::int64_t ordinal = -1;
    std::int64_t slot = 0;
    auto operator<=>(const ImagePlace&) const = default;
};
struct UnsurveyedImage {
    ImagePlace place;
    std::string path;
    std::string currentPath;
    FileIdentity identity;
};
/// The next images behind `after` that are there, are not known to be unreadable, and were not surveyed in their present
/// state (with `wantsHash`: or have no hash), up to the group at `lastOrdinal`. Cost: reads the images up to the last of
/// them, or all up to `lastOrdinal` when there are fewer.
Result<std::vector<UnsurveyedImage>>
unsurveyedImages(const Connection& catalogue, ImagePlace after, bool wantsHash, std::int64_t limit,
                 std::int64_t lastOrdinal = std::numeric_limits<std::int64_t>::max());

/// What a group has of the measures of its cover, as "SET" of an UPDATE of `groups`: columns sharpness to upscaling.
extern const std::string_view kCoverMeasuresSql;
/// Gives the group the measures of this image, if it is its cover.
Result<void> noteCoverMeasures(const Connection& catalogue, const ImagePlace& place, const std::string& path);
/// The same for all groups; for a catalogue that was just filled anew.
Result<void> restoreCoverMeasures(const Connection& catalogue);
/// The same for the groups of the ordinals `first` up to `end`, without it.
Result<void> restoreCoverMeasures(const Connection& catalogue, std::int64_t first, std::int64_t end);
/// How much an image looks like an enlarged one, 0 to 1 (QualityMeasure::Upscaling); beside what is there about this state of
/// the file, otherwise nothing happens. The groups get it by restoreCoverMeasures() or noteCoverMeasures().
Result<void> putImageUpscaling(const Connection& catalogue, const std::string& path, const FileIdentity& identity,
                               double upscaling);

/// One surveyed image.
struct HashedImage {
    ImagePlace place;
    std::uint64_t perceptualHash = 0;
    std::string_view sha256; ///< 32 bytes, or none; valid during the call
};
/// Every surveyed image of the project, in its order. Cost: reads all images; memory for one.
Result<void> forEachHashedImage(const Connection& catalogue,
                                const std::function<Result<void>(const HashedImage&)>& take);

} // namespace ps
