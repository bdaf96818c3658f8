// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/suggest/similarity_index.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ps {

/// A SimilarityIndex whose rows are known by the SHA-256 of their images: `NAME.vec` and, line by line, `NAME.ids`. The line is
/// written before the vector, so a crash leaves at most lines without one, which are taken away. Rebuildable: files that do not
/// belong together are thrown away. Threads: one at a time; one process at a time adds (a lock on `NAME.ids`).
class SimilarityRows
{
public:
    /// Makes the folder. Errors: Locked, NoSpace, Io.
    static Result<SimilarityRows> open(const std::string& folder, const std::string& name, std::size_t dimension);

    const SimilarityIndex& index() const { return m_index; }
    std::optional<std::int64_t> rowOf(std::string_view sha256) const;
    /// Errors: InvalidInput for a name that is none, a known one, or a vector without direction.
    Result<void> add(std::string_view sha256, std::span<const float> vector);

private:
    SimilarityRows(SimilarityIndex index, UniqueFd ids) : m_index(std::move(index)), m_ids(std::move(ids)) {}

    SimilarityIndex m_index;
    UniqueFd m_ids;
    std::unordered_map<std::string, std::int64_t> m_rows;
};

} // namespace ps
