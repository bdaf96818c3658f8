// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/address_rules.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace ps {

namespace {

struct Range {
    NetworkAddress start;
    int bits;
};

constexpr int kMappedBits = 96;

constexpr Range v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d, int bits)
{
    return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d}, kMappedBits + bits};
}

constexpr Range v6(std::uint16_t a, std::uint16_t b, std::uint16_t c, int bits)
{
    const auto high = [](std::uint16_t word) { return static_cast<std::uint8_t>(word >> 8); };
    const auto low = [](std::uint16_t word) { return static_cast<std::uint8_t>(word & 0xFF); };
    return {{high(a), low(a), high(b), low(b), high(c), low(c), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, bits};
}

// https://www.iana.org/assignments/iana-ipv4-special-registry
constexpr std::array kClosedV4{
    v4(0, 0, 0, 0, 8),      v4(10, 0, 0, 0, 8),     v4(100, 64, 0, 0, 10), v4(127, 0, 0, 0, 8),
    v4(169, 254, 0, 0, 16), v4(172, 16, 0, 0, 12),  v4(192, 0, 0, 0, 24),  v4(192, 0, 2, 0, 24),
    v4(192, 88, 99, 0, 24), v4(192, 168, 0, 0, 16), v4(198, 18, 0, 0, 15), v4(198, 51, 100, 0, 24),
    v4(203, 0, 113, 0, 24), v4(224, 0, 0, 0, 4),    v4(240, 0, 0, 0, 4),
};
constexpr Range kMapped = v4(0, 0, 0, 0, 0);

// Only 2000::/3 is given out; within it these are special. https://www.iana.org/assignments/iana-ipv6-special-registry
constexpr Range kGlobalV6 = v6(0x2000, 0, 0, 3);
constexpr std::array kClosedV6{
    v6(0x2001, 0, 0, 23),      // protocol assignments, Teredo among them
    v6(0x2001, 0x0db8, 0, 32), // documentation
    v6(0x2002, 0, 0, 16),      // 6to4: whatever IPv4 address is in it
    v6(0x3fff, 0, 0, 20),      // documentation
};

bool contains(const Range& range, const NetworkAddress& address)
{
    const auto whole = static_cast<std::size_t>(range.bits / 8);
    const int rest = range.bits % 8;
    if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(whole), range.start.begin()))
        return false;
    const int mask = rest == 0 ? 0 : 0xFF & ~(0xFF >> rest);
    return rest == 0 || (address[whole] & mask) == (range.start[whole] & mask);
}

bool isInAny(std::span<const Range> ranges, const NetworkAddress& address)
{
    return std::ranges::any_of(ranges, [&](const Range& range) { return contains(range, address); });
}

NetworkAddress fromSocketAddress(const sockaddr& address)
{
    NetworkAddress result = kMapped.start;
    if (address.sa_family == AF_INET) {
        sockaddr_in v4Address{};
        std::memcpy(&v4Address, &address, sizeof v4Address);
        std::memcpy(result.data() + 12, &v4Address.sin_addr, 4);
    } else {
        sockaddr_in6 v6Address{};
        std::memcpy(&v6Address, &address, sizeof v6Address);
        std::memcpy(result.data(), &v6Address.sin6_addr, result.size());
    }
    return result;
}

} // namespace

std::string addressText(const NetworkAddress& address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool isV4 = contains(kMapped, address);
    inet_ntop(isV4 ? AF_INET : AF_INET6, isV4 ? address.data() + 12 : address.data(), text.data(), text.size());
    return text.data();
}

bool isPublicAddress(const NetworkAddress& address)
{
    if (contains(kMapped, address))
        return !isInAny(kClosedV4, address);
    return contains(kGlobalV6, address) && !isInAny(kClosedV6, address);
}

Result<std::vector<NetworkAddress>> resolveHost(const std::string& host)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const int outcome = getaddrinfo(host.c_str(), nullptr, &hints, &list);
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(list, &freeaddrinfo);
    if (outcome != 0)
        return Error{ErrorCode::NotFound, std::string("the host cannot be found: ") + gai_strerror(outcome),
                     displayText(host), 0};
    std::vector<NetworkAddress> addresses;
    for (const addrinfo* entry = list; entry; entry = entry->ai_next) {
        if (entry->ai_family != AF_INET && entry->ai_family != AF_INET6)
            continue;
        const NetworkAddress address = fromSocketAddress(*entry->ai_addr);
        if (std::ranges::find(addresses, address) == addresses.end())
            addresses.push_back(address);
    }
    if (addresses.empty())
        return Error{ErrorCode::NotFound, "the host has no address", displayText(host), 0};
    return addresses;
}

} // namespace ps
