// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/external_sort.h"
#include "core/decisions/provenance.h"
#include "core/exchange/release_group.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// An image of a group on its way into a release, with what the catalogue knows of its file.
struct ReleaseCandidateImage {
    int slot = 0;
    ImageRole role = ImageRole::Winner;
    std::string sourceName;
    bool isKnown = false;    ///< the catalogue has the file
    bool isMissing = false;  ///< and did not find it
    std::string path;        ///< where it was scanned
    std::string currentPath; ///< where it is
    FileIdentity identity;   ///< as the catalogue has it, then as it was found
    std::optional<Crop> crop;
    std::vector<ReleaseBox> boxes;    ///< that an imported dataset gave the image, in their stored order
    std::vector<std::string> classes; ///< that an imported dataset gave the image; sorted

    // What the look at the file found:
    std::string sha256; ///< 64 hex digits
    ImageFormat format = ImageFormat::Png;
    ImageSize size;
    int orientation = 1;
    std::optional<std::uint64_t> perceptualHash;
};

/// A decided group on its way into a release; it goes through files as bytes.
struct ReleaseCandidate {
    std::string groupKey;
    std::string groupId;
    std::string projectId;
    DecisionRow row;
    Action action = Action::Approve;
    int selectedIndex = 0;
    Provenance provenance = Provenance::Human;
    std::vector<ReleaseCandidateImage> images; ///< only those that the format takes
    /// With a split: the other images of the group. They are not in the release, but what hangs together with them does so with
    /// the group.
    std::vector<ReleaseCandidateImage> relatives;
    std::vector<std::string> tiedNames;
};

/// For files that this process alone reads, and only while it runs. The names of the row's columns are not in the bytes.
std::string candidateBytes(const ReleaseCandidate& candidate);
ReleaseCandidate candidateFromBytes(std::string_view bytes, const std::vector<std::string>& columns);

} // namespace ps
