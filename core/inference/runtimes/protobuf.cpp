// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/protobuf.h"

#include <algorithm>
#include <bit>

namespace ps {

namespace {

constexpr std::uint32_t kLargestFieldNumber = (1U << 29) - 1;
constexpr int kLongestVarint = 10;

std::uint64_t littleEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
    return value;
}

} // namespace

bool ProtobufReader::fail()
{
    m_isDamaged = true;
    return false;
}

bool ProtobufReader::readVarint(std::uint64_t& value)
{
    value = 0;
    for (int i = 0; i < kLongestVarint && m_position < m_message.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(m_message[m_position++]);
        if (i == kLongestVarint - 1 && byte > 1)
            return fail(); // more than 64 bits
        value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
        if ((byte & 0x80) == 0)
            return true;
    }
    return fail();
}

bool ProtobufReader::readValue(ProtobufField& field)
{
    std::uint64_t length = field.wire == WireType::Fixed64 ? 8 : 4;
    if (field.wire == WireType::Varint)
        return readVarint(field.value);
    if (field.wire == WireType::Bytes && !readVarint(length))
        return false;
    if (length > m_message.size() - m_position)
        return fail();
    field.bytes = m_message.substr(m_position, length);
    if (field.wire != WireType::Bytes)
        field.value = littleEndian(field.bytes);
    m_position += length;
    return true;
}

bool ProtobufReader::next(ProtobufField& field)
{
    if (m_isDamaged || m_position == m_message.size())
        return false;
    const std::size_t start = m_position;
    std::uint64_t tag = 0;
    if (!readVarint(tag))
        return false;
    const std::uint64_t number = tag >> 3;
    const auto wire = static_cast<std::uint8_t>(tag & 7);
    if (number == 0 || number > kLargestFieldNumber || wire == 3 || wire == 4 || wire > 5)
        return fail();
    field = {static_cast<std::uint32_t>(number), static_cast<WireType>(wire), 0, {}, {}};
    if (!readValue(field))
        return false;
    field.whole = m_message.substr(start, m_position - start);
    return true;
}

std::size_t packedVarintCount(std::string_view bytes)
{
    const auto isLast = [](char byte) { return (static_cast<std::uint8_t>(byte) & 0x80) == 0; };
    return static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), isLast));
}

void ProtobufWriter::addVarint(std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        m_bytes.push_back(static_cast<char>((value & 0x7F) | 0x80));
    m_bytes.push_back(static_cast<char>(value));
}

void ProtobufWriter::addTag(std::uint32_t number, WireType wire)
{
    addVarint(static_cast<std::uint64_t>(number) << 3 | static_cast<std::uint64_t>(wire));
}

void ProtobufWriter::addNumber(std::uint32_t number, std::uint64_t value)
{
    addTag(number, WireType::Varint);
    addVarint(value);
}

void ProtobufWriter::addFloat(std::uint32_t number, float value)
{
    addTag(number, WireType::Fixed32);
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (int shift = 0; shift < 32; shift += 8)
        m_bytes.push_back(static_cast<char>(bits >> shift & 0xFF));
}

void ProtobufWriter::addBytes(std::uint32_t number, std::string_view bytes)
{
    addTag(number, WireType::Bytes);
    addVarint(bytes.size());
    m_bytes += bytes;
}

} // namespace ps
