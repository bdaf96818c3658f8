// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ps {

/// How the value of a protobuf field lies in the bytes; groups (3 and 4) are no longer in use and count as damage.
enum class WireType : std::uint8_t { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

/// One field of a protobuf message. The views point into the message.
struct ProtobufField {
    std::uint32_t number = 0;
    WireType wire = WireType::Varint;
    std::uint64_t value = 0; ///< of numbers
    std::string_view bytes;  ///< of WireType::Bytes
    std::string_view whole;  ///< tag, length and value, to be copied elsewhere
};

/// Reads the fields of one message in their order, never beyond its end; embedded messages are read by another reader.
/// Source: protobuf.dev, "Encoding".
class ProtobufReader
{
public:
    explicit ProtobufReader(std::string_view message) : m_message(message) {}

    /// False at the end and at damage.
    bool next(ProtobufField& field);
    /// True when the bytes stopped making sense.
    bool isDamaged() const { return m_isDamaged; }

private:
    bool fail();
    bool readVarint(std::uint64_t& value);
    bool readValue(ProtobufField& field);

    std::string_view m_message;
    std::size_t m_position = 0;
    bool m_isDamaged = false;
};

/// Number of values in a packed field of varints.
std::size_t packedVarintCount(std::string_view bytes);

/// Writes fields of a message one behind the other.
class ProtobufWriter
{
public:
    void addNumber(std::uint32_t number, std::uint64_t value);
    void addFloat(std::uint32_t number, float value);
    void addBytes(std::uint32_t number, std::string_view bytes);
    /// Bytes that are fields already.
    void addWhole(std::string_view fields) { m_bytes += fields; }
    const std::string& bytes() const { return m_bytes; }
    std::string take() { return std::move(m_bytes); }

private:
    void addVarint(std::uint64_t value);
    void addTag(std::uint32_t number, WireType wire);

    std::string m_bytes;
};

} // namespace ps
