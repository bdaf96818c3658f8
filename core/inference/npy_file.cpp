// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/npy_file.h"

#include "core/base/text.h"

#include <bit>
#include <cstdint>
#include <cstring>

static_assert(std::endian::native == std::endian::little, "values are copied as they lie in memory");

namespace ps {

namespace {

constexpr std::string_view kMagic("\x93NUMPY", 6);
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kPreambleBytes = 10; ///< magic, version, length of the header: version 1.0
constexpr std::size_t kLongPreambleBytes = 12;
constexpr std::size_t kMostDigits = 21; ///< numpy leaves room for a length that grows

Error corrupt(std::string message)
{
    return {ErrorCode::Corrupt, "the .npy file " + std::move(message), {}, 0};
}

/// The text behind `key` in the header, which is the repr() of a dictionary.
std::string_view valueOf(std::string_view header, std::string_view key)
{
    const std::size_t at = header.find(key);
    return at == std::string_view::npos ? std::string_view() : trimmed(header.substr(at + key.size()));
}

/// The length of a 1-d array from "(512,), }".
std::optional<std::int64_t> lengthOf(std::string_view shape)
{
    const std::size_t comma = shape.find(',');
    const std::size_t end = shape.find(')');
    if (!startsWith(shape, "(") || comma == std::string_view::npos || end == std::string_view::npos || comma > end)
        return std::nullopt;
    if (!trimmed(shape.substr(comma + 1, end - comma - 1)).empty())
        return std::nullopt;
    return parseInteger(trimmed(shape.substr(1, comma - 1)));
}

} // namespace

std::string npyBytes(std::span<const float> values)
{
    const std::string length = std::to_string(values.size());
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + length + ",), }";
    header.append(kMostDigits - std::min(kMostDigits, length.size()), ' ');
    const std::size_t used = kPreambleBytes + header.size() + 1;
    header.append(kAlignment - used % kAlignment, ' ');
    header += '\n';

    std::string bytes(kMagic);
    bytes += '\x01';
    bytes += '\x00';
    bytes += static_cast<char>(header.size() & 0xFF);
    bytes += static_cast<char>(header.size() >> 8);
    bytes += header;
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    return bytes;
}

Result<std::vector<float>> readNpy(std::string_view bytes)
{
    if (bytes.size() < kLongPreambleBytes || !startsWith(bytes, kMagic))
        return corrupt("does not begin as one");
    const auto byteAt = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[i])); };
    const std::size_t version = byteAt(6);
    if (version < 1 || version > 3)
        return corrupt("has version " + std::to_string(version));
    const std::size_t preamble = version == 1 ? kPreambleBytes : kLongPreambleBytes;
    std::size_t headerBytes = byteAt(8) | byteAt(9) << 8;
    if (version > 1)
        headerBytes |= byteAt(10) << 16 | byteAt(11) << 24;
    if (headerBytes > bytes.size() - preamble)
        return corrupt("is shorter than its header");
    const std::string_view header = bytes.substr(preamble, headerBytes);
    if (!startsWith(valueOf(header, "'descr':"), "'<f4'"))
        return corrupt("does not hold little-endian 32-bit floats");
    if (!startsWith(valueOf(header, "'fortran_order':"), "False") &&
        !startsWith(valueOf(header, "'fortran_order':"), "True")) // the same for one dimension
        return corrupt("does not say how it is ordered");
    const auto length = lengthOf(valueOf(header, "'shape':"));
    if (!length || *length < 0)
        return corrupt("does not have one dimension");
    const std::string_view data = bytes.substr(preamble + headerBytes);
    if (data.size() % sizeof(float) != 0 || static_cast<std::uint64_t>(*length) != data.size() / sizeof(float))
        return corrupt("has " + std::to_string(data.size()) + " bytes for " + std::to_string(*length) + " values");
    std::vector<float> values(static_cast<std::size_t>(*length));
    std::memcpy(values.data(), data.data(), data.size());
    return values;
}

} // namespace ps
