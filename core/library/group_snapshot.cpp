// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/group_snapshot.h"

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/library/rank_columns.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <limits>
#include <ranges>
#include <sqlite3.h>

namespace ps {

GroupSnapshot GroupSnapshot::everything(std::int64_t count, bool isDescending)
{
    GroupSnapshot snapshot;
    snapshot.m_isEverything = true;
    snapshot.m_isDescending = isDescending;
    snapshot.m_count = count;
    return snapshot;
}

GroupSnapshot GroupSnapshot::of(std::deque<std::uint32_t> ordinals)
{
    GroupSnapshot snapshot;
    snapshot.m_ordinals = std::move(ordinals);
    snapshot.m_isAscending = std::ranges::is_sorted(snapshot.m_ordinals);
    return snapshot;
}

std::int64_t GroupSnapshot::ordinalAt(std::int64_t position) const
{
    if (!m_isEverything)
        return m_ordinals[static_cast<std::size_t>(position)];
    return m_isDescending ? m_count - 1 - position : position;
}

std::optional<std::int64_t> GroupSnapshot::positionOf(std::int64_t ordinal) const
{
    if (ordinal < 0 || ordinal > std::numeric_limits<std::uint32_t>::max())
        return std::nullopt;
    if (m_isEverything) {
        if (ordinal >= m_count)
            return std::nullopt;
        return m_isDescending ? m_count - 1 - ordinal : ordinal;
    }
    const auto wanted = static_cast<std::uint32_t>(ordinal);
    const auto found = m_isAscending ? std::ranges::lower_bound(m_ordinals, wanted)
                                     : std::ranges::find(m_ordinals, wanted);
    if (found == m_ordinals.end() || *found != wanted)
        return std::nullopt;
    return found - m_ordinals.begin();
}

GroupSnapshot among(const GroupSnapshot& list, std::span<const std::uint32_t> ordinals)
{
    std::deque<std::uint32_t> kept;
    std::vector<GroupSection> sections;
    const std::vector<GroupSection>& all = list.sections();
    std::size_t section = 0; // of those that begin at or before the position, how many were looked at
    const GroupSection* open = nullptr;
    for (std::int64_t position = 0; position < list.count(); ++position) {
        for (; section < all.size() && all[section].first <= position; ++section)
            open = &all[section];
        const auto ordinal = static_cast<std::uint32_t>(list.ordinalAt(position));
        if (!std::ranges::binary_search(ordinals, ordinal))
            continue;
        if (open)
            sections.push_back({std::ssize(kept), open->label});
        open = nullptr;
        kept.push_back(ordinal);
    }
    GroupSnapshot snapshot = GroupSnapshot::of(std::move(kept));
    snapshot.setSections(std::move(sections));
    return snapshot;
}

namespace {

constexpr std::int64_t kRowsBetweenChecks = 4096;

/// What a list is sorted by.
struct SortColumn {
    std::string_view column; ///< SQL; "" for the order of the project
    bool mayBeNull = false;
};

SortColumn sortColumn(GroupSort::By by)
{
    switch (by) {
    case GroupSort::By::Project: return {};
    case GroupSort::By::Name: return {"g.name"};
    case GroupSort::By::Decided: return {"g.decided_at", true};
    case GroupSort::By::State: return {"g.state"};
    case GroupSort::By::Stage: return {"g.stage"};
    case GroupSort::By::Sharpness: return {"g.sharpness", true};
    case GroupSort::By::Images: return {"g.image_count"};
    case GroupSort::By::Uncertain: return {"g.confidence", true};
    case GroupSort::By::Disagreeing: return {"g.agreement", true};
    case GroupSort::By::Representative: return {"g.representative", true};
    case GroupSort::By::Duplicates: return {"g.duplicate_set", true};
    case GroupSort::By::Similar: return {kSimilarRankSql, true};
    }
    return {};
}

constexpr std::int64_t kUsPerDay = 86'400'000'000;

/// 0 to 9 for a share of 0 to 1.
std::int64_t tenthOf(const Statement& row)
{
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(10 * row.real(1)), 0, 9);
}

/// The section that a row with this sort value (column 1) belongs to, as a number.
std::int64_t bandOf(GroupSort::By by, const Statement& row)
{
    switch (by) {
    case GroupSort::By::Name: return row.text(1).empty() ? 0 : decodeUtf8(row.text(1), 0).codePoint;
    case GroupSort::By::Decided: return row.integer(1) / kUsPerDay;
    case GroupSort::By::Stage: return std::bit_cast<std::int64_t>(row.real(1));
    case GroupSort::By::State:
    case GroupSort::By::Images:
    case GroupSort::By::Duplicates: return row.integer(1);
    case GroupSort::By::Uncertain: return tenthOf(row);
    case GroupSort::By::Disagreeing: return row.real(1) < 1 ? 0 : 1;
    case GroupSort::By::Project:
    case GroupSort::By::Representative:
    case GroupSort::By::Similar:
    case GroupSort::By::Sharpness: return 0;
    }
    return 0;
}

std::string bandLabel(GroupSort::By by, const Statement& row)
{
    switch (by) {
    case GroupSort::By::Name: {
        const std::string_view name = row.text(1);
        return name.empty() ? std::string() : displayText(name.substr(0, decodeUtf8(name, 0).length));
    }
    case GroupSort::By::Decided:
        return formatTimestamp(UtcTime(std::chrono::microseconds(row.integer(1)))).substr(0, 10);
    case GroupSort::By::State: return std::string(groupStateWord(static_cast<GroupState>(row.integer(1))));
    case GroupSort::By::Stage: return dumpJson(Json(row.real(1)));
    case GroupSort::By::Duplicates:
    case GroupSort::By::Images: return std::to_string(row.integer(1));
    case GroupSort::By::Uncertain: return std::to_string(10 * tenthOf(row));
    case GroupSort::By::Disagreeing: return row.real(1) < 1 ? "pick" : "crop";
    case GroupSort::By::Representative: return "ranked";
    case GroupSort::By::Similar: return "similar";
    case GroupSort::By::Sharpness: return "measured";
    case GroupSort::By::Project: return {};
    }
    return {};
}

/// While it lives, ps_collect(ordinal) is an aggregate that sets the bit of every ordinal: a walk that never leaves SQLite
/// takes half the time of one that fetches every row.
class OrdinalCollector
{
public:
    OrdinalCollector(const Connection& connection, std::vector<bool>& isFound) : m_connection(connection)
    {
        declare(&isFound, &collect, &finish);
    }
    ~OrdinalCollector() { declare(nullptr, nullptr, nullptr); }
    OrdinalCollector(const OrdinalCollector&) = delete;
    OrdinalCollector& operator=(const OrdinalCollector&) = delete;

private:
    using Step = void (*)(sqlite3_context*, int, sqlite3_value**);
    using Final = void (*)(sqlite3_context*);

    /// A failure shows when the statement is compiled.
    void declare(std::vector<bool>* isFound, Step step, Final final) const
    {
        sqlite3_create_function_v2(m_connection.handle(), "ps_collect", 1, SQLITE_UTF8, isFound, nullptr, step, final,
                                   nullptr);
    }

    static void collect(sqlite3_context* context, int, sqlite3_value** values)
    {
        auto& isFound = *static_cast<std::vector<bool>*>(sqlite3_user_data(context));
        const auto ordinal = static_cast<std::size_t>(sqlite3_value_int64(values[0]));
        if (ordinal >= isFound.size())
            isFound.resize(ordinal + 1); // a row came in since it was counted
        isFound[ordinal] = true;
    }
    static void finish(sqlite3_context* context) { sqlite3_result_null(context); }

    const Connection& m_connection;
};

/// Collects one list from one or two statements.
class Selection
{
public:
    Selection(const Catalogue& catalogue, const ParsedQuery& query, GroupSort sort, std::stop_token stop)
        : m_connection(catalogue.connection()), m_query(query), m_sort(sort), m_stop(std::move(stop))
    {
    }

    Result<GroupSnapshot> run(const GroupCounts& counts)
    {
        // A walk that finds nothing, and the sorting in SQLite, stop as well.
        const std::stop_callback interrupt(m_stop, [this] { m_connection.interrupt(); });
        if (m_stop.stop_requested())
            return cancelled();
        const SortColumn column = sortColumn(m_sort.by);
        if (column.column.empty()) {
            PS_TRY_VOID(collectInProjectOrder({}, counts.entries(), m_sort.isDescending));
            GroupSnapshot snapshot = GroupSnapshot::of(std::move(m_ordinals));
            snapshot.setSections(kindSections(snapshot, counts));
            return snapshot;
        }
        PS_TRY_VOID(collectSorted(column));
        if (column.mayBeNull) {
            const std::size_t before = m_ordinals.size();
            PS_TRY_VOID(collectTheRest(counts.entries()));
            if (m_ordinals.size() > before)
                m_sections.push_back({static_cast<std::int64_t>(before), {}});
        }
        GroupSnapshot snapshot = GroupSnapshot::of(std::move(m_ordinals));
        snapshot.setSections(std::move(m_sections));
        return snapshot;
    }

    /// Groups, singles and rows without a group lie one behind the other.
    static std::vector<GroupSection> kindSections(const GroupSnapshot& snapshot, const GroupCounts& counts)
    {
        std::vector<GroupSection> sections;
        const auto kindAt = [&](std::int64_t position) {
            const std::int64_t ordinal = snapshot.ordinalAt(position);
            return ordinal < counts.groups    ? GroupKind::Group
                   : ordinal < counts.total() ? GroupKind::Single
                                              : GroupKind::UnmatchedRow;
        };
        for (std::int64_t first = 0; first < snapshot.count();) {
            const GroupKind kind = kindAt(first);
            sections.push_back({first, std::string(groupKindWord(kind))});
            const auto rest = std::views::iota(first, snapshot.count());
            first = *std::ranges::partition_point(rest,
                                                  [&](std::int64_t position) { return kindAt(position) == kind; });
        }
        return sections;
    }

private:
    Result<Statement> prepare(std::string_view columns, std::string_view condition, std::string_view order) const
    {
        std::string sql = "SELECT " + std::string(columns) + " FROM groups g";
        std::string_view joint = " WHERE ";
        for (const std::string_view part : {std::string_view(m_query.condition), condition}) {
            if (part.empty())
                continue;
            sql += std::string(joint) + "(" + std::string(part) + ")";
            joint = " AND ";
        }
        PS_TRY(Statement statement, m_connection.prepare(sql + std::string(order)));
        for (std::size_t i = 0; i < m_query.values.size(); ++i)
            statement.bindAt(static_cast<int>(i) + 1, m_query.values[i]);
        return statement;
    }

    Error cancelled() const { return Error{ErrorCode::Cancelled, "the search was stopped", m_connection.path(), 0}; }

    Result<bool> step(Statement& statement)
    {
        if (++m_steps % kRowsBetweenChecks == 0 && m_stop.stop_requested())
            return cancelled();
        return statement.step();
    }

    /// Whatever index SQLite walks, a bit for each group puts them in order.
    Result<void> collectInProjectOrder(std::string_view condition, std::int64_t entryCount, bool isDescending)
    {
        std::vector<bool> isFound(static_cast<std::size_t>(entryCount));
        const OrdinalCollector collector(m_connection, isFound);
        PS_TRY(Statement statement, prepare("ps_collect(g.ordinal)", condition, ""));
        PS_TRY_VOID(statement.step());
        const auto take = [&](std::size_t ordinal) {
            if (isFound[ordinal])
                m_ordinals.push_back(static_cast<std::uint32_t>(ordinal));
        };
        if (isDescending) {
            for (std::size_t ordinal = isFound.size(); ordinal-- > 0;)
                take(ordinal);
        } else {
            for (std::size_t ordinal = 0; ordinal < isFound.size(); ++ordinal)
                take(ordinal);
        }
        return {};
    }

    /// What has no value to sort by: all that match but those that are there already. Without a condition nothing is read.
    Result<void> collectTheRest(std::int64_t entryCount)
    {
        std::vector<bool> isFound(static_cast<std::size_t>(entryCount), m_query.matchesAll());
        if (!m_query.matchesAll()) {
            const OrdinalCollector collector(m_connection, isFound);
            PS_TRY(Statement statement, prepare("ps_collect(g.ordinal)", {}, ""));
            PS_TRY_VOID(statement.step());
        }
        for (const std::uint32_t ordinal : m_ordinals) {
            if (ordinal < isFound.size())
                isFound[ordinal] = false;
        }
        for (std::size_t ordinal = 0; ordinal < isFound.size(); ++ordinal) {
            if (isFound[ordinal])
                m_ordinals.push_back(static_cast<std::uint32_t>(ordinal));
        }
        return {};
    }

    Result<void> collectSorted(const SortColumn& column)
    {
        const std::string direction = m_sort.isDescending ? " DESC" : "";
        const std::string order = " ORDER BY " + std::string(column.column) + direction + ", g.ordinal" + direction;
        const std::string isThere = m_sort.by == GroupSort::By::Similar ? std::string(kHasSimilarRankSql)
                                    : column.mayBeNull                  ? std::string(column.column) + " IS NOT NULL"
                                                                        : std::string();
        PS_TRY(Statement statement, prepare("g.ordinal, " + std::string(column.column), isThere, order));
        std::optional<std::int64_t> band;
        for (;;) {
            PS_TRY(const bool hasRow, step(statement));
            if (!hasRow)
                return {};
            if (const std::int64_t now = bandOf(m_sort.by, statement); now != band) {
                m_sections.push_back({std::ssize(m_ordinals), bandLabel(m_sort.by, statement)});
                band = now;
            }
            m_ordinals.push_back(static_cast<std::uint32_t>(statement.integer(0)));
        }
    }

    const Connection& m_connection;
    const ParsedQuery& m_query;
    GroupSort m_sort;
    std::stop_token m_stop;
    std::int64_t m_steps = 0;
    std::deque<std::uint32_t> m_ordinals;
    std::vector<GroupSection> m_sections;
};

} // namespace

Result<GroupSnapshot> selectGroups(const Catalogue& catalogue, const GroupQuery& query, std::stop_token stop)
{
    PS_TRY(const ParsedQuery parsed, parseGroupQuery(query.text));
    PS_TRY(const GroupCounts counts, catalogue.counts());
    if (parsed.matchesAll() && query.sort.by == GroupSort::By::Project) {
        GroupSnapshot everything = GroupSnapshot::everything(counts.entries(), query.sort.isDescending);
        everything.setSections(Selection::kindSections(everything, counts));
        return everything;
    }
    return Selection(catalogue, parsed, query.sort, std::move(stop)).run(counts);
}

} // namespace ps
