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

    /// True when the name ends with one of the suffixes, in any case, and is none of those that are never delivered.
    bool takes(std::string_view name) const;

    const std::vector<std::string>& suffixes() const { return m_suffixes; }

    /// True for what is never delivered, whatever the list says: databases, sidecars and caches of decisions, hidden files, what
    /// is made of file systems and of programs.
    static bool isBanned(std::string_view name);

private:
    std::vector<std::string> m_suffixes; ///< lower case, without the first dot, longest first
};

/// The writer of `delivery`: winners and their companions as they lie in their folders, by the allow-list.
/// Errors: those of AllowList::parse(); InvalidInput without media.
Result<std::unique_ptr<FormatWriter>> makeDeliveryWriter(FormatContext context);

} // namespace ps
