// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/unpacking/tar_header.h"

#include "core/base/text.h"

#include <limits>

namespace ps {

namespace {

Error corrupt(std::string what)
{
    return {ErrorCode::Corrupt, std::move(what), {}, 0};
}

/// A field up to its first NUL.
std::string_view field(std::string_view block, std::size_t at, std::size_t bytes)
{
    const std::string_view whole = block.substr(at, bytes);
    return whole.substr(0, whole.find('\0'));
}

/// Octal digits, or the base-256 form of GNU tar for large numbers.
Result<std::int64_t> number(std::string_view block, std::size_t at, std::size_t bytes)
{
    const std::string_view whole = block.substr(at, bytes);
    if ((static_cast<unsigned char>(whole[0]) & 0x80U) != 0) {
        std::int64_t value = static_cast<unsigned char>(whole[0]) & 0x7F;
        for (const char c : whole.substr(1)) {
            if (value > (std::numeric_limits<std::int64_t>::max() >> 9))
                return corrupt("a number in a header is out of range");
            value = (value << 8) | static_cast<unsigned char>(c);
        }
        return value;
    }
    const std::string_view digits = trimmed(whole.substr(0, whole.find('\0')));
    std::int64_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '7')
            return corrupt("a number in a header is damaged");
        value = value * 8 + (c - '0'); // at most 12 digits
    }
    return value;
}

bool isChecksumRight(std::string_view block, std::int64_t stored)
{
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < kTarBlockBytes; ++i)
        sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(block[i]);
    return sum == stored;
}

} // namespace

bool isZeroBlock(std::string_view block)
{
    return block.find_first_not_of('\0') == std::string_view::npos;
}

Result<TarHeader> parseTarHeader(std::string_view block)
{
    PS_TRY(const std::int64_t checksum, number(block, 148, 8));
    if (!isChecksumRight(block, checksum))
        return corrupt("the checksum of a header is wrong");
    TarHeader header;
    header.type = block[156];
    PS_TRY(header.sizeBytes, number(block, 124, 12));
    header.name = field(block, 0, 100);
    // "ustar" and NUL is POSIX with a prefix; "ustar" and a blank is GNU, which has other things in that place.
    const std::string_view prefix = field(block, 345, 155);
    if (block.substr(257, 6) == std::string_view("ustar\0", 6) && !prefix.empty())
        header.name = std::string(prefix) + '/' + header.name;
    return header;
}

Result<PaxFacts> parsePax(std::string_view records)
{
    PaxFacts facts;
    while (!records.empty()) {
        const std::size_t blank = records.find(' ');
        const auto length = blank == std::string_view::npos ? std::nullopt : parseInteger(records.substr(0, blank));
        if (!length || *length < 0 || static_cast<std::size_t>(*length) > records.size() ||
            static_cast<std::size_t>(*length) < blank + 3 || records[static_cast<std::size_t>(*length) - 1] != '\n')
            return corrupt("a pax header is damaged");
        const auto end = static_cast<std::size_t>(*length);
        const std::string_view record = records.substr(blank + 1, end - blank - 2);
        records.remove_prefix(end);
        const std::size_t equals = record.find('=');
        if (equals == std::string_view::npos)
            return corrupt("a pax header is damaged");
        const std::string_view key = record.substr(0, equals);
        const std::string_view value = record.substr(equals + 1);
        if (key.starts_with("GNU.sparse"))
            return Error{ErrorCode::Refused, "a sparse file", {}, 0};
        if (key == "linkpath")
            return Error{ErrorCode::Refused, "a link", {}, 0};
        if ((key == "path" && facts.path) || (key == "size" && facts.sizeBytes))
            return Error{ErrorCode::Refused, "a pax header says the " + std::string(key) + " twice", {}, 0};
        if (key == "path")
            facts.path = value;
        if (key == "size") {
            facts.sizeBytes = parseInteger(value);
            if (!facts.sizeBytes || *facts.sizeBytes < 0)
                return corrupt("the size in a pax header is damaged");
        }
    }
    return facts;
}

} // namespace ps
