// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/provenance.h"

#include "core/base/text.h"
#include "core/decisions/group_id.h"

#include <algorithm>

namespace ps {

namespace {

/// "20250705_230713": the ids of rows that old backfills made have nothing behind the time.
bool isBareTime(std::string_view text)
{
    constexpr std::size_t kUnderscore = 8;
    constexpr std::size_t kLength = 15;
    if (text.size() != kLength || text[kUnderscore] != '_')
        return false;
    return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) == kLength - 1;
}

} // namespace

std::string_view provenanceName(Provenance provenance)
{
    switch (provenance) {
    case Provenance::Human: return "human";
    case Provenance::Backfilled: return "backfilled";
    case Provenance::Inferred: return "inferred";
    }
    return "";
}

Result<ProvenanceFinder> ProvenanceFinder::make(const Connection& database)
{
    ProvenanceFinder finder;
    for (const char* table : {"ps_imports", "ps_import_lines"}) {
        PS_TRY(const bool isThere, hasTable(database, table));
        if (!isThere)
            return finder;
    }
    PS_TRY(const std::int64_t stands,
           database.queryInteger("SELECT EXISTS (SELECT 1 FROM ps_imports WHERE format='backfill' AND is_standing=1)"));
    if (stands == 0)
        return finder;
    PS_TRY(Statement backfilled,
           database.prepare("SELECT 1 FROM ps_import_lines JOIN ps_imports USING (import_id) WHERE group_id=?1 "
                            "AND format='backfill' AND is_standing=1 AND outcome IN ('added', 'filled', 'corrected') "
                            "LIMIT 1"));
    finder.m_backfilled = std::move(backfilled);
    return finder;
}

Result<Provenance> ProvenanceFinder::of(const DecisionRow& row) const
{
    const std::string groupId = row.groupId();
    const auto parts = parseGroupId(groupId);
    if (parts && (parts->kind == "legacy" || isBareTime(parts->rest)))
        return Provenance::Backfilled;
    if (m_backfilled) {
        m_backfilled->bind(groupId);
        PS_TRY(const bool isNamed, m_backfilled->step());
        m_backfilled->reset();
        if (isNamed)
            return Provenance::Backfilled;
    }
    return endsWith(row.text("timestamp").value_or(""), "T12:00:00Z") ? Provenance::Inferred : Provenance::Human;
}

} // namespace ps
