// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

namespace ps {

/// Calls `found` with the positions (the smaller one first) of every two of these distinct hashes that differ in at most
/// `radius` bits (0 to 64), each pair once; false from it, or a stop, ends the search.
///
/// Of radius + 1 parts of the bits two such hashes agree in one, so only hashes that agree in a part are compared; groups
/// that are still large are divided again by the bits that vary in them. What does not get smaller that way is compared
/// all with all. Threads: any.
void forEachNearPair(std::span<const std::uint64_t> hashes, int radius,
                     const std::function<bool(std::uint32_t, std::uint32_t, int)>& found, const std::stop_token& stop);

} // namespace ps
