// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integrity/row_view.h"

#include <array>
#include <cstdint>
#include <vector>

namespace ps {

/// Tells whether any two rows may decide the same images of the same folder, so that the search for them, which has SQLite
/// sort the whole table, is made only when there is something to find. Never misses a pair of equal bytes.
/// Cost: 8 bytes of memory for each row.
class RepeatedImages
{
public:
    void add(const RowView& row);

    /// Sorts what was added. O(n log n), without further memory.
    bool mayHaveAny();

private:
    /// By the first byte of the hash: each list is short enough to be grown and sorted within the cache of the processor.
    std::array<std::vector<std::uint64_t>, 256> m_hashes;
};

} // namespace ps
