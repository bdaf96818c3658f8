// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ps {

constexpr std::size_t kTarBlockBytes = 512;

/// One header block of a tar: v7, ustar, or as GNU tar writes it.
struct TarHeader {
    std::string name;
    std::int64_t sizeBytes = 0;
    char type = '0';
};
/// Errors: Corrupt (checksum, numbers).
Result<TarHeader> parseTarHeader(std::string_view block);
bool isZeroBlock(std::string_view block);

/// What the records of a pax header say about the next entry. What would make it something else than a plain file is refused.
struct PaxFacts {
    std::optional<std::string> path;
    std::optional<std::int64_t> sizeBytes;
};
/// Errors: Corrupt; Refused for link targets, sparse files and names that stand twice.
Result<PaxFacts> parsePax(std::string_view records);

} // namespace ps
