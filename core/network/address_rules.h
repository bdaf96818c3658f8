// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// An IPv6 address in network order; an IPv4 one is mapped (::ffff:a.b.c.d).
using NetworkAddress = std::array<std::uint8_t, 16>;

/// The numeric form that a connection can be made to: "192.0.2.7", "2001:db8::1".
std::string addressText(const NetworkAddress& address);

/// True for addresses of the public internet. False for this machine, private and shared networks, link-local, multicast,
/// documentation and reserved ranges, and for IPv6 addresses that carry such an IPv4 one (mapped, NAT64, 6to4, Teredo).
/// Source: IANA special-purpose address registries.
bool isPublicAddress(const NetworkAddress& address);

/// Every address that the system gives for a host name or a number in whatever spelling. Blocks on the network.
/// Errors: NotFound.
Result<std::vector<NetworkAddress>> resolveHost(const std::string& host);

} // namespace ps
