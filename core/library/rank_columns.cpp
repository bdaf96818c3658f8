// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/rank_columns.h"

#include "core/db/transaction.h"

namespace ps {

namespace {

constexpr std::string_view kAnchorNote = "similar_anchor";
constexpr int kKeptSearches = 50;

Result<void> noteAnchor(const Connection& catalogue, std::string_view anchorKey)
{
    PS_TRY(const auto upsert, catalogue.borrow("INSERT OR REPLACE INTO meta VALUES (?1, ?2)"));
    return upsert->run(kAnchorNote, anchorKey);
}

} // namespace

Result<void> storeRepresentatives(const Connection& catalogue, std::span<const std::string> groupKeys)
{
    PS_TRY(Transaction transaction, Transaction::beginImmediate(catalogue));
    PS_TRY_VOID(catalogue.execute("UPDATE groups SET representative=NULL WHERE representative IS NOT NULL"));
    PS_TRY(Statement update, catalogue.prepare("UPDATE groups SET representative=?2 WHERE key=?1 AND key <> ''"));
    std::int64_t number = 0;
    for (const std::string& key : groupKeys)
        PS_TRY_VOID(update.run(key, ++number));
    return transaction.commit();
}

Result<void> storeDuplicateSets(const Connection& catalogue, std::span<const std::vector<std::string>> groupKeys)
{
    PS_TRY(Transaction transaction, Transaction::beginImmediate(catalogue));
    PS_TRY_VOID(catalogue.execute("UPDATE groups SET duplicate_set=NULL WHERE duplicate_set IS NOT NULL"));
    PS_TRY(Statement update,
           catalogue.prepare("UPDATE groups SET duplicate_set=coalesce(duplicate_set, ?2) WHERE key=?1 AND key <> ''"));
    std::int64_t number = 0;
    for (const std::vector<std::string>& set : groupKeys) {
        ++number;
        for (const std::string& key : set)
            PS_TRY_VOID(update.run(key, number));
    }
    return transaction.commit();
}

Result<void> storeSimilar(const Connection& catalogue, std::string_view anchorKey, std::span<const SimilarGroup> groups)
{
    PS_TRY(Transaction transaction, Transaction::beginImmediate(catalogue));
    PS_TRY(Statement remove, catalogue.prepare("DELETE FROM similar WHERE anchor=?1"));
    PS_TRY_VOID(remove.run(anchorKey));
    PS_TRY(const std::int64_t searches, catalogue.queryInteger("SELECT count(DISTINCT anchor) FROM similar"));
    if (searches >= kKeptSearches)
        PS_TRY_VOID(catalogue.execute("DELETE FROM similar"));
    PS_TRY(Statement insert, catalogue.prepare("INSERT OR IGNORE INTO similar VALUES (?1,?2,?3,?4)"));
    std::int64_t rank = 0;
    for (const SimilarGroup& group : groups)
        PS_TRY_VOID(insert.run(anchorKey, group.groupKey, ++rank, group.cosine));
    PS_TRY_VOID(noteAnchor(catalogue, anchorKey));
    return transaction.commit();
}

Result<bool> useSimilar(const Connection& catalogue, std::string_view anchorKey)
{
    PS_TRY(const auto query, catalogue.borrow("SELECT EXISTS (SELECT 1 FROM similar WHERE anchor=?1)"));
    query->bind(anchorKey);
    PS_TRY_VOID(query->step());
    if (query->integer(0) == 0)
        return false;
    PS_TRY_VOID(noteAnchor(catalogue, anchorKey));
    return true;
}

Result<void> carryRanks(const Connection& previous, const Connection& next)
{
    PS_TRY(Statement ranked,
           previous.prepare("SELECT key, representative, duplicate_set FROM groups WHERE key <> '' AND ordinal IN "
                            "(SELECT ordinal FROM groups WHERE representative IS NOT NULL UNION "
                            "SELECT ordinal FROM groups WHERE duplicate_set IS NOT NULL)"));
    PS_TRY(Statement update,
           next.prepare("UPDATE groups SET representative=?2, duplicate_set=?3 WHERE key=?1 AND key <> ''"));
    for (;;) {
        PS_TRY(const bool hasRow, ranked.step());
        if (!hasRow)
            break;
        PS_TRY_VOID(update.run(ranked.text(0), ranked.optionalInteger(1), ranked.optionalInteger(2)));
    }
    PS_TRY(Statement similar, previous.prepare("SELECT anchor, group_key, rank, cosine FROM similar"));
    PS_TRY(Statement insert, next.prepare("INSERT OR REPLACE INTO similar VALUES (?1,?2,?3,?4)"));
    for (;;) {
        PS_TRY(const bool hasRow, similar.step());
        if (!hasRow)
            break;
        PS_TRY_VOID(insert.run(similar.text(0), similar.text(1), similar.integer(2), similar.real(3)));
    }
    PS_TRY(Statement anchor, previous.prepare("SELECT value FROM meta WHERE key='similar_anchor'"));
    PS_TRY(const bool hasAnchor, anchor.step());
    return hasAnchor ? noteAnchor(next, anchor.text(0)) : Result<void>();
}

} // namespace ps
