// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/inference/embedding_cache.h"

#include <optional>
#include <string>
#include <string_view>

namespace ps {

/// One line of proofsheet_index.jsonl; see docs/formats/embeddings.md.
struct IndexLine {
    EmbeddingCache::Entry entry;
    std::string embeddedAt; ///< formatTimestamp(): sorts by time
};

/// With the newline.
std::string formatIndexLine(const IndexLine& line);
/// Nothing for a line that is torn or has a value out of range.
std::optional<IndexLine> parseIndexLine(std::string_view text);

} // namespace ps
