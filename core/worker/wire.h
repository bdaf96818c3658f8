// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace ps {

/// Appends numbers and texts in the byte order of the worker protocol: little-endian, texts as a 32-bit length and
/// bytes.
class ByteWriter
{
public:
    void u8(std::uint8_t value) { m_bytes.push_back(static_cast<char>(value)); }
    void u16(std::uint16_t value) { append(value); }
    void u32(std::uint32_t value) { append(value); }
    void u64(std::uint64_t value) { append(value); }
    void i32(std::int32_t value) { append(static_cast<std::uint32_t>(value)); }
    void i64(std::int64_t value) { append(static_cast<std::uint64_t>(value)); }
    void f64(double value) { append(std::bit_cast<std::uint64_t>(value)); }
    void boolean(bool value) { u8(value ? 1 : 0); }
    void text(std::string_view value)
    {
        u32(static_cast<std::uint32_t>(value.size()));
        m_bytes.append(value);
    }
    void raw(std::string_view bytes) { m_bytes.append(bytes); }

    std::string take() { return std::move(m_bytes); }

private:
    template <typename Unsigned>
    void append(Unsigned value)
    {
        for (std::size_t i = 0; i < sizeof value; ++i)
            u8(static_cast<std::uint8_t>(value >> (8 * i)));
    }

    std::string m_bytes;
};

/// Reads what ByteWriter wrote. Reading past the end gives zeros and "" and is remembered, so that a parser reads all
/// its fields in a row and asks once, with finish(). Does not own the bytes.
class ByteReader
{
public:
    explicit ByteReader(std::string_view bytes) : m_rest(bytes) {}

    std::uint8_t u8() { return read<std::uint8_t>(); }
    std::uint16_t u16() { return read<std::uint16_t>(); }
    std::uint32_t u32() { return read<std::uint32_t>(); }
    std::uint64_t u64() { return read<std::uint64_t>(); }
    std::int32_t i32() { return static_cast<std::int32_t>(u32()); }
    std::int64_t i64() { return static_cast<std::int64_t>(u64()); }
    double f64() { return std::bit_cast<double>(u64()); }
    /// Anything but 0 and 1 counts as damage.
    bool boolean()
    {
        const std::uint8_t value = u8();
        m_isGood = m_isGood && value <= 1;
        return value == 1;
    }
    /// A text of at most `maxBytes`; a longer one counts as damage.
    std::string text(std::size_t maxBytes)
    {
        const std::uint32_t length = u32();
        if (length > maxBytes || length > m_rest.size()) {
            fail();
            return {};
        }
        std::string value(m_rest.substr(0, length));
        m_rest.remove_prefix(length);
        return value;
    }
    /// Everything that has not been read yet.
    std::string_view rest() { return std::exchange(m_rest, {}); }

    /// False after the first read past the end; for loops whose count comes from the bytes.
    bool isGood() const { return m_isGood; }
    void fail()
    {
        m_isGood = false;
        m_rest = {};
    }

    /// Success when every read was inside the bytes and nothing is left. Errors: Corrupt, naming `what`.
    Result<void> finish(std::string_view what) const
    {
        if (!m_isGood)
            return Error{ErrorCode::Corrupt, std::string(what) + " is too short or has a value out of range", {}, 0};
        if (!m_rest.empty())
            return Error{ErrorCode::Corrupt,
                         std::string(what) + " has " + std::to_string(m_rest.size()) + " bytes too many",
                         {},
                         0};
        return {};
    }

private:
    template <typename Unsigned>
    Unsigned read()
    {
        if (m_rest.size() < sizeof(Unsigned)) {
            fail();
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < sizeof(Unsigned); ++i)
            value |= std::uint64_t{static_cast<std::uint8_t>(m_rest[i])} << (8 * i);
        m_rest.remove_prefix(sizeof(Unsigned));
        return static_cast<Unsigned>(value);
    }

    std::string_view m_rest;
    bool m_isGood = true;
};

} // namespace ps
