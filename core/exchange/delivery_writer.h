// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/exchange/format_writer.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// The suffixes that go into a delivery when nobody said otherwise. Source: formats/decisions_v3.md 9.2.
constexpr std::string_view kUsualAllowList = "png,jpg,jpeg,webp,yaml,yml,caption,txt";

/// Which files may be in a delivery. Source: formats/decisions_v3.md 9.2 and R82.
class AllowList
{
public:
    /// `text` as a person writes it: suffixes with or without dot, separated by commas or spaces; "" is the usual one. A suffix
    /// may have several parts ("tar.gz"). Errors: InvalidInput for an empty list, for what is no suffix and for one of those
    /// that are never delivered.
    static Result<AllowList> parse(std::string_view text);

    /// The suffix of the list that the name ends with, in any case, the longest there is; "" without one.
    std::string suffixOf(std::string_view name) const;

    /// Why a file of this name is not delivered: "hidden", "banned_name", "banned_ext" (databases, sidecars and records of the
    /// work, whatever the list says), "not_allowed" or "no_extension"; "" when it is delivered.
    std::string_view refusalOf(std::string_view name) const;
    bool takes(std::string_view name) const { return refusalOf(name).empty(); }

    /// Lower case, without the first dot, the longest first.
    const std::vector<std::string>& suffixes() const { return m_suffixes; }

private:
    std::vector<std::string> m_suffixes;
};

/// The writer of `delivery`: winners and their companions in the folders of their originals, by the allow-list. Companions are
/// copied as they are and get the stem that their image has in the release.
///
/// Counts::details: "finalImages"; "extension:png" and so on for all files; "without:caption" images that lack a companion of
/// this suffix although others have one; "excluded:not_allowed" and so on for companions and "excludedImages:..." for images
/// that the list keeps back, by the reasons of AllowList::refusalOf().
/// Errors: those of AllowList::parse(); InvalidInput without media.
Result<std::unique_ptr<FormatWriter>> makeDeliveryWriter(FormatContext context);

} // namespace ps
