// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/row_matcher.h"

#include "core/base/sha256.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

namespace ps {

namespace {

constexpr std::size_t kHashDigits = 32; // 128 bits
constexpr std::size_t kMinFilterBits = std::size_t{1} << 16;
constexpr std::size_t kMaxFilterBits = std::size_t{1} << 28; // 32 MiB
constexpr std::int64_t kItemsBetweenChecks = 4096;

enum class Side : std::uint64_t { Group, Row };

std::string hashOf(const std::vector<std::string_view>& names)
{
    std::string all;
    for (const std::string_view name : names)
        all.append(name).append(1, '\0');
    return sha256Hex(all).substr(0, kHashDigits);
}

std::string joinKey(std::string_view what, Side side, std::uint64_t sequence)
{
    std::string key(what);
    key += static_cast<char>(side);
    appendOrdered(key, sequence);
    return key;
}

void writeOptional(RecordWriter& out, const std::optional<bool>& value)
{
    out.number(value ? (*value ? 2 : 1) : 0);
}

std::optional<bool> readOptional(RecordReader& in)
{
    const std::uint64_t value = in.number();
    return value == 0 ? std::nullopt : std::optional(value == 2);
}

void writeRow(RecordWriter& out, const RowSummary& row)
{
    const RowFacts& facts = row.facts;
    out.text(facts.groupId).text(facts.fingerprint).number(static_cast<std::uint64_t>(facts.state));
    out.signedNumber(facts.coverSlot).number(facts.decidedAtUs ? 1 : 0).signedNumber(facts.decidedAtUs.value_or(0));
    writeOptional(out, facts.selectionMatch);
    writeOptional(out, facts.cropMatch);
    out.text(row.directory).text(row.name).signedNumber(row.imageCount);
}

RowSummary readRow(RecordReader& in)
{
    RowSummary row;
    row.facts.groupId = in.text();
    row.facts.fingerprint = in.text();
    row.facts.state = static_cast<GroupState>(in.number());
    row.facts.coverSlot = static_cast<int>(in.signedNumber());
    const bool hasTime = in.number() != 0;
    const std::int64_t time = in.signedNumber();
    if (hasTime)
        row.facts.decidedAtUs = time;
    row.facts.selectionMatch = readOptional(in);
    row.facts.cropMatch = readOptional(in);
    row.directory = in.text();
    row.name = in.text();
    row.imageCount = static_cast<int>(in.signedNumber());
    return row;
}

/// The stored directory may be relative to somewhere else, or absolute: one of both ends with the other.
bool isEndOf(std::string_view a, std::string_view b)
{
    const std::string_view shorter = a.size() < b.size() ? a : b;
    const std::string_view longer = a.size() < b.size() ? b : a;
    return !shorter.empty() && longer.size() > shorter.size() && endsWith(longer, shorter) &&
           longer[longer.size() - shorter.size() - 1] == '/';
}

std::uint64_t hexNumber(std::string_view digits)
{
    std::uint64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
}

Error cancelled()
{
    return Error{ErrorCode::Cancelled, "stopped while matching the rows", {}, 0};
}

} // namespace

RowMatcher::RowMatcher(std::string folder, std::int64_t groupCount, bool hasLinks)
    : m_hasLinks(hasLinks),
      m_filter(std::clamp(std::bit_ceil(static_cast<std::size_t>(groupCount) * 16), kMinFilterBits, kMaxFilterBits) /
               64),
      m_byKey(folder), m_byNames(folder), m_matches(folder), m_unmatched(folder)
{
}

void RowMatcher::remember(std::string_view hash)
{
    for (const std::string_view part : {hash.substr(0, 16), hash.substr(16, 16)}) {
        const std::uint64_t bit = hexNumber(part) & (m_filter.size() * 64 - 1);
        m_filter[bit / 64] |= std::uint64_t{1} << bit % 64;
    }
}

bool RowMatcher::mayBeKnown(std::string_view hash) const
{
    return std::ranges::all_of(std::array{hash.substr(0, 16), hash.substr(16, 16)}, [this](std::string_view part) {
        const std::uint64_t bit = hexNumber(part) & (m_filter.size() * 64 - 1);
        return (m_filter[bit / 64] >> bit % 64 & 1) != 0;
    });
}

Result<void> RowMatcher::addGroup(std::int64_t ordinal, const std::vector<std::string_view>& names,
                                  std::string_view directory, std::string_view key)
{
    RecordWriter record;
    record.signedNumber(ordinal).text(directory);
    const std::string hash = hashOf(names);
    remember(hash);
    PS_TRY_VOID(m_byNames.add(joinKey(hash, Side::Group, static_cast<std::uint64_t>(ordinal)), record.bytes()));
    if (!m_hasLinks)
        return {};
    return m_byKey.add(joinKey(key, Side::Group, static_cast<std::uint64_t>(ordinal)), record.bytes());
}

Result<void> RowMatcher::addRow(const RowSummary& row, const Result<std::vector<std::string>>& names,
                                std::string_view linkedKey)
{
    const std::uint64_t sequence = m_sequence++;
    RecordWriter record;
    writeRow(record, row);
    std::string hash;
    if (names) {
        std::vector<std::string_view> bareNames; // careless scripts have stored paths
        for (const std::string& name : *names)
            bareNames.push_back(fileName(name));
        hash = hashOf(bareNames);
    }
    if (!linkedKey.empty()) {
        RecordWriter linked; // with what is tried when no group has the key
        linked.text(hash).text(names ? std::string_view() : std::string_view(names.error().message));
        linked.text(record.bytes());
        return m_byKey.add(joinKey(linkedKey, Side::Row, sequence), linked.bytes());
    }
    if (!names)
        return addUnmatched(record.bytes(), names.error().message);
    if (!mayBeKnown(hash))
        return addUnmatched(record.bytes(), "no image matches");
    return m_byNames.add(joinKey(hash, Side::Row, sequence), record.bytes());
}

Result<void> RowMatcher::match(std::stop_token stop)
{
    PS_TRY_VOID(joinByKey(stop));
    return joinByNames(stop);
}

Result<void> RowMatcher::joinByKey(std::stop_token stop)
{
    PS_TRY(ExternalSorter::Cursor cursor, m_byKey.sorted());
    std::string knownKey;
    std::int64_t knownOrdinal = 0;
    for (std::int64_t count = 1;; ++count) {
        PS_TRY(const bool hasRecord, cursor.next());
        if (!hasRecord)
            return {};
        if (count % kItemsBetweenChecks == 0 && stop.stop_requested())
            return cancelled();
        const std::string_view groupKey = cursor.key().substr(0, cursor.key().size() - 1 - sizeof(std::uint64_t));
        const auto side = static_cast<Side>(cursor.key()[groupKey.size()]);
        RecordReader record(cursor.payload());
        if (side == Side::Group) {
            if (knownKey != groupKey) {
                knownKey = groupKey;
                knownOrdinal = record.signedNumber();
            }
            continue;
        }
        std::uint64_t sequence = 0;
        for (const char byte : cursor.key().substr(groupKey.size() + 1))
            sequence = sequence << 8 | static_cast<unsigned char>(byte);
        const std::string_view hash = record.text();
        const std::string_view problem = record.text();
        const std::string_view row = record.text();
        if (knownKey == groupKey)
            PS_TRY_VOID(addMatch(knownOrdinal, sequence, row));
        else if (hash.empty())
            PS_TRY_VOID(addUnmatched(row, problem));
        else
            PS_TRY_VOID(m_byNames.add(joinKey(hash, Side::Row, sequence), row));
    }
}

Result<void> RowMatcher::joinByNames(std::stop_token stop)
{
    PS_TRY(ExternalSorter::Cursor cursor, m_byNames.sorted());
    std::string hash;
    std::vector<Candidate> candidates;
    for (std::int64_t count = 1;; ++count) {
        PS_TRY(const bool hasRecord, cursor.next());
        if (!hasRecord)
            return {};
        if (count % kItemsBetweenChecks == 0 && stop.stop_requested())
            return cancelled();
        if (const std::string_view now = cursor.key().substr(0, kHashDigits); now != hash) {
            hash = now;
            candidates.clear();
        }
        RecordReader record(cursor.payload());
        if (static_cast<Side>(cursor.key()[kHashDigits]) == Side::Group) {
            const std::int64_t ordinal = record.signedNumber();
            candidates.push_back({ordinal, std::string(record.text())});
            continue;
        }
        if (candidates.empty()) {
            PS_TRY_VOID(addUnmatched(cursor.payload(), "no image matches"));
            continue;
        }
        // The folder that is the same, else the one that shares the longest end with the stored one.
        const Candidate* best = candidates.size() == 1 ? &candidates.front() : nullptr;
        if (!best) {
            const std::string directory = readRow(record).directory;
            for (const Candidate& candidate : candidates) {
                if (candidate.directory == directory) {
                    best = &candidate;
                    break;
                }
                if (isEndOf(candidate.directory, directory) &&
                    (!best || candidate.directory.size() > best->directory.size()))
                    best = &candidate;
            }
        }
        if (!best) {
            PS_TRY_VOID(addUnmatched(cursor.payload(),
                                     "several groups have these file names, and the directory is of none of them"));
            continue;
        }
        std::uint64_t sequence = 0;
        for (const char byte : cursor.key().substr(kHashDigits + 1))
            sequence = sequence << 8 | static_cast<unsigned char>(byte);
        PS_TRY_VOID(addMatch(best->ordinal, sequence, cursor.payload()));
    }
}

Result<void> RowMatcher::addMatch(std::int64_t ordinal, std::uint64_t sequence, std::string_view row)
{
    std::string key;
    appendOrdered(key, static_cast<std::uint64_t>(ordinal));
    appendOrdered(key, sequence);
    return m_matches.add(key, row);
}

Result<void> RowMatcher::addUnmatched(std::string_view row, std::string_view reason)
{
    RecordWriter record;
    record.text(reason).text(row);
    return m_unmatched.add(RecordReader(row).text(), record.bytes()); // the id is the first of a row
}

Result<std::optional<RowSummary>> RowMatcher::takeRowOf(std::int64_t ordinal)
{
    if (!m_nextMatch) {
        PS_TRY(m_nextMatch, m_matches.sorted());
        PS_TRY(m_hasMatch, m_nextMatch->next());
    }
    std::string wanted;
    appendOrdered(wanted, static_cast<std::uint64_t>(ordinal));
    std::optional<RowSummary> found;
    while (m_hasMatch && m_nextMatch->key().substr(0, wanted.size()) == wanted) {
        if (found) {
            PS_TRY_VOID(addUnmatched(m_nextMatch->payload(), "another row decides the same group"));
        } else {
            RecordReader record(m_nextMatch->payload());
            found = readRow(record);
        }
        PS_TRY(m_hasMatch, m_nextMatch->next());
    }
    return found;
}

Result<void>
RowMatcher::forEachUnmatched(const std::function<Result<void>(const RowSummary& row, std::string_view reason)>& take)
{
    PS_TRY(ExternalSorter::Cursor cursor, m_unmatched.sorted());
    for (;;) {
        PS_TRY(const bool hasRecord, cursor.next());
        if (!hasRecord)
            return {};
        RecordReader record(cursor.payload());
        const std::string_view reason = record.text();
        RecordReader row(record.text());
        PS_TRY_VOID(take(readRow(row), reason));
    }
}

} // namespace ps
