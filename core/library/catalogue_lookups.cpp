// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that is only read from the catalogue.
#include "core/library/catalogue.h"

#include "core/base/text.h"

#include <limits>

namespace ps {

namespace {

/// Where the file of a row without a group would be, for its card.
GroupImage absentCover(const GroupEntry& entry, std::string_view name)
{
    GroupImage image;
    image.path = joinPath(entry.directory, name);
    image.currentPath = image.path;
    image.isMissing = true;
    return image;
}

constexpr std::string_view kEntryColumns =
    "SELECT g.ordinal, g.key, g.kind, g.directory, g.image_count, g.state, g.is_finalized, g.group_id, g.cover_slot, "
    "g.missing_count, g.decided_at, g.annotator, g.selection_match, g.crop_match, g.sharpness, g.outcome, g.flag, "
    "g.note, g.reason, g.name, g.confidence";
constexpr int kEntryColumnCount = 21;

std::optional<bool> optionalBool(const Statement& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.integer(column) != 0);
}

GroupEntry readEntry(const Statement& row)
{
    GroupEntry entry;
    entry.ordinal = row.integer(0);
    entry.key = row.text(1);
    entry.kind = static_cast<GroupKind>(row.integer(2));
    entry.directory = row.text(3);
    entry.imageCount = static_cast<int>(row.integer(4));
    entry.state = static_cast<GroupState>(row.integer(5));
    entry.isFinalized = row.integer(6) != 0;
    entry.groupId = row.text(7);
    entry.coverSlot = static_cast<int>(row.integer(8));
    entry.missingCount = static_cast<int>(row.integer(9));
    entry.decidedAtUs = row.optionalInteger(10);
    entry.annotator = row.text(11);
    entry.selectionMatch = optionalBool(row, 12);
    entry.cropMatch = optionalBool(row, 13);
    entry.sharpness = row.isNull(14) ? std::nullopt : std::optional(row.real(14));
    entry.confidence = row.isNull(20) ? std::nullopt : std::optional(row.real(20));
    entry.outcome = row.text(15);
    entry.flag = row.text(16);
    entry.note = row.text(17);
    entry.unmatchedReason = row.text(18);
    return entry;
}

/// The image columns of a query, from `first` on.
GroupImage readImage(const Statement& row, int first)
{
    GroupImage image;
    image.path = row.text(first);
    image.currentPath = row.text(first + 1);
    image.stage = row.real(first + 2);
    image.identity = {static_cast<std::uint64_t>(row.integer(first + 5)),
                      static_cast<std::uint64_t>(row.integer(first + 6)), row.integer(first + 3),
                      row.integer(first + 4)};
    image.isMissing = row.integer(first + 7) != 0;
    return image;
}

constexpr std::string_view kImageColumns =
    "i.path, i.current_path, i.stage, i.size, i.modified_ns, i.device, i.inode, i.is_missing";

Result<std::optional<GroupEntry>> findEntry(const Connection& connection, std::string_view condition,
                                            std::string_view value)
{
    PS_TRY(const auto query,
           connection.borrow(std::string(kEntryColumns) + " FROM groups g " + std::string(condition)));
    query->bind(value);
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? std::optional(readEntry(*query)) : std::optional<GroupEntry>();
}

Result<std::optional<std::int64_t>> findOrdinal(BorrowedStatement query)
{
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? query->optionalInteger(0) : std::optional<std::int64_t>();
}

/// Entry and cover of a row of kEntryColumns and kImageColumns.
GroupEntry readEntryWithCover(const Statement& row)
{
    GroupEntry entry = readEntry(row);
    entry.cover = entry.canBeDecided() ? readImage(row, kEntryColumnCount) : absentCover(entry, row.text(19));
    return entry;
}

/// "... WHERE" may follow.
std::string entriesWithCovers()
{
    return std::string(kEntryColumns) + ", " + std::string(kImageColumns) +
           " FROM groups g LEFT JOIN images i ON i.ordinal=g.ordinal AND i.slot=g.cover_slot ";
}

} // namespace

Result<GroupCounts> Catalogue::counts() const
{
    PS_TRY(const auto query, m_connection.borrow("SELECT kind, state, is_finalized, count FROM counters"));
    GroupCounts counts;
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return counts;
        const auto kind = static_cast<GroupKind>(query->integer(0));
        const auto state = static_cast<std::size_t>(query->integer(1));
        const std::int64_t count = query->integer(3);
        if (kind == GroupKind::UnmatchedRow) {
            counts.unmatchedRows += count;
            if (state < kGroupStateCount)
                counts.unmatchedByState[state] += count;
            continue;
        }
        (kind == GroupKind::Single ? counts.singles : counts.groups) += count;
        if (state < kGroupStateCount)
            counts.byState[state] += count;
        if (query->integer(2) != 0)
            counts.finalized += count;
    }
}

Result<std::int64_t> Catalogue::decidableCount() const
{
    return m_connection.queryInteger("SELECT coalesce(sum(count), 0) FROM counters WHERE kind <> 3");
}

Result<std::vector<GroupEntry>> Catalogue::page(std::int64_t first, std::int64_t count) const
{
    PS_TRY(const std::int64_t end, decidableCount());
    PS_TRY(const auto query,
           m_connection.borrow(entriesWithCovers() +
                               "WHERE g.ordinal >= ?1 AND g.ordinal < ?3 ORDER BY g.ordinal LIMIT ?2"));
    query->bind(first, count, end);
    std::vector<GroupEntry> entries;
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return entries;
        entries.push_back(readEntryWithCover(*query));
    }
}

Result<std::vector<GroupEntry>> Catalogue::entriesAt(std::span<const std::int64_t> ordinals) const
{
    PS_TRY(const auto query, m_connection.borrow(entriesWithCovers() + "WHERE g.ordinal = ?1"));
    std::vector<GroupEntry> entries;
    entries.reserve(ordinals.size());
    for (const std::int64_t ordinal : ordinals) {
        query->reset();
        query->bind(ordinal);
        PS_TRY(const bool isThere, query->step());
        if (isThere)
            entries.push_back(readEntryWithCover(*query));
    }
    return entries;
}

Result<std::optional<GroupEntry>> Catalogue::findByKey(std::string_view key) const
{
    return findEntry(m_connection, "WHERE g.key=?1", key);
}

Result<std::optional<GroupEntry>> Catalogue::findByGroupId(std::string_view groupId) const
{
    return findEntry(m_connection, "WHERE g.group_id=?1 AND g.group_id <> '' AND g.kind <> 3", groupId);
}

Result<std::optional<std::int64_t>> Catalogue::nextInState(GroupState state, std::int64_t afterOrdinal) const
{
    // The one behind, or else the first of all; rows without a group lie behind everything else.
    PS_TRY(const std::int64_t end, decidableCount());
    PS_TRY(auto query,
           m_connection.borrow(
               "SELECT coalesce((SELECT min(ordinal) FROM groups WHERE state=?1 AND ordinal>?2 AND ordinal<?3),"
               "(SELECT min(ordinal) FROM groups WHERE state=?1 AND ordinal<?3))"));
    query->bind(static_cast<int>(state), afterOrdinal, end);
    return findOrdinal(std::move(query));
}

Result<std::optional<std::int64_t>> Catalogue::previousInState(GroupState state, std::int64_t beforeOrdinal) const
{
    PS_TRY(const std::int64_t end, decidableCount());
    PS_TRY(auto query, m_connection.borrow(
                           "SELECT coalesce((SELECT max(ordinal) FROM groups WHERE state=?1 AND ordinal<min(?2, ?3)),"
                           "(SELECT max(ordinal) FROM groups WHERE state=?1 AND ordinal<?3))"));
    query->bind(static_cast<int>(state), beforeOrdinal, end);
    return findOrdinal(std::move(query));
}

Result<std::optional<std::int64_t>> Catalogue::nextOpenCrop(std::int64_t from, bool isForward) const
{
    std::optional<std::int64_t> best;
    // Distance in the direction of travel; what lies behind counts as beyond the end.
    const auto distance = [&](std::int64_t ordinal) {
        const std::int64_t steps = isForward ? ordinal - from : from - ordinal;
        return steps > 0 ? steps : steps + std::numeric_limits<std::int32_t>::max();
    };
    for (const GroupState state : {GroupState::CropLater, GroupState::CropAccepted}) {
        PS_TRY(const auto found, isForward ? nextInState(state, from) : previousInState(state, from));
        if (found && (!best || distance(*found) < distance(*best)))
            best = found;
    }
    return best;
}

Result<std::optional<std::int64_t>> Catalogue::find(std::string_view text, std::int64_t fromOrdinal) const
{
    const std::string condition =
        "g.ordinal<?3 AND (g.key=?1 OR g.group_id=?1 OR EXISTS (SELECT 1 FROM images i WHERE i.ordinal=g.ordinal "
        "AND ps_text_has(i.path, ?4)))";
    PS_TRY(const std::int64_t end, decidableCount());
    PS_TRY(auto query,
           m_connection.borrow("SELECT coalesce((SELECT g.ordinal FROM groups g WHERE g.ordinal>=?2 AND " + condition +
                               " ORDER BY g.ordinal LIMIT 1), (SELECT g.ordinal FROM groups g WHERE " + condition +
                               " ORDER BY g.ordinal LIMIT 1))"));
    query->bind(text, fromOrdinal, end, toLowerAscii(text));
    return findOrdinal(std::move(query));
}

Result<std::vector<GroupImage>> Catalogue::images(std::int64_t ordinal) const
{
    PS_TRY(const auto query,
           m_connection.borrow("SELECT " + std::string(kImageColumns) +
                               ", coalesce(m.width, 0), coalesce(m.height, 0), coalesce(m.problem, '') FROM images i "
                               "LEFT JOIN measures m ON m.path=i.path AND m.size=i.size "
                               "AND m.modified_ns=i.modified_ns WHERE i.ordinal=?1 ORDER BY i.slot"));
    query->bind(ordinal);
    std::vector<GroupImage> images;
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return images;
        GroupImage image = readImage(*query, 0);
        image.size = {static_cast<int>(query->integer(8)), static_cast<int>(query->integer(9))};
        image.problem = query->text(10);
        images.push_back(std::move(image));
    }
}

Result<std::string> Catalogue::fingerprint(std::string_view groupId) const
{
    PS_TRY(const auto query,
           m_connection.borrow("SELECT fingerprint FROM groups WHERE group_id=?1 AND group_id <> ''"));
    query->bind(groupId);
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? std::string(query->text(0)) : std::string();
}

Result<void> Catalogue::forEachFingerprint(
    const std::function<Result<void>(std::string_view groupId, std::string_view fingerprint)>& take) const
{
    PS_TRY(Statement query, m_connection.prepare("SELECT group_id, fingerprint FROM groups WHERE group_id <> '' "
                                                 "ORDER BY group_id"));
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return {};
        PS_TRY_VOID(take(query.text(0), query.text(1)));
    }
}

Result<std::vector<UnmatchedRow>> Catalogue::unmatchedRows(std::int64_t limit) const
{
    PS_TRY(Statement query,
           m_connection.prepare("SELECT group_id, reason FROM groups WHERE kind=3 ORDER BY ordinal LIMIT ?1"));
    query.bind(limit);
    std::vector<UnmatchedRow> rows;
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return rows;
        rows.push_back({std::string(query.text(0)), std::string(query.text(1))});
    }
}

Result<std::int64_t> Catalogue::unmatchedRowCount() const
{
    PS_TRY(const GroupCounts counts, this->counts());
    return counts.unmatchedRows;
}

Result<std::vector<SkippedEntry>> Catalogue::skippedEntries() const
{
    PS_TRY(Statement query, m_connection.prepare("SELECT path, reason FROM skipped ORDER BY path"));
    std::vector<SkippedEntry> entries;
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return entries;
        entries.push_back({std::string(query.text(0)), static_cast<SkippedEntry::Reason>(query.integer(1))});
    }
}

} // namespace ps
