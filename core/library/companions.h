// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// Finds what travels with an image among the names of its folder. Source: formats/decisions_v3.md 5.4.
class CompanionFinder
{
public:
    /// `names` are all names in one folder, in any order.
    explicit CompanionFinder(std::span<const std::string> names);

    /// Files of the same stem that are no images themselves, and the group-level sidecar {stem before _stage}.decision.
    /// A twin (X.png beside X.jpg) is an image of its own and never a companion.
    std::vector<std::string> companionsOf(std::string_view imageName) const;

    /// All images that a companion belongs to; more than one for twins, and for a group-level sidecar whose stages share
    /// a timestamp.
    std::vector<std::string> imagesOf(std::string_view companionName) const;

private:
    std::vector<std::string> m_names; ///< sorted
};

} // namespace ps
