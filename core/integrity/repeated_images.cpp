// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/repeated_images.h"

#include <algorithm>
#include <functional>

namespace ps {

namespace {

std::uint64_t hashOf(const RowView& row)
{
    constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15;
    const std::hash<std::string_view> hash;
    const std::uint64_t both = hash(row.images.bytes) * kOdd + hash(row.directory.bytes);
    return both ^ (both >> 32U);
}

} // namespace

void RepeatedImages::add(const RowView& row)
{
    const std::uint64_t hash = hashOf(row);
    m_hashes[hash >> 56U].push_back(hash);
}

bool RepeatedImages::mayHaveAny()
{
    return std::ranges::any_of(m_hashes, [](std::vector<std::uint64_t>& hashes) {
        std::ranges::sort(hashes);
        return std::ranges::adjacent_find(hashes) != hashes.end();
    });
}

} // namespace ps
