// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/exchange/import_plan.h"

#include <map>

namespace ps {

/// One item with what becomes of it, as the plan keeps it.
struct PlannedItem {
    ImportPlan::Item item;
    std::string kind; ///< of row, for the counts
    bool isPlaceholder = false;
};

/// A row that an import looks at: as it is in the project, and as it will be.
struct PlanTarget {
    std::string projectId;
    std::string groupId;
    std::optional<DecisionRow> before;
    std::optional<DecisionRow> after; ///< nothing: it stays as it is
    bool isSelectionOnly = false;     ///< made by a row of this import that says nothing of a crop
    Json chain;                       ///< what rows of logs said about its image so far: [x1, y1, x2, y2, w, h] or null

    const std::optional<DecisionRow>& now() const { return after ? after : before; }
};

/// The temporary database of one import, in the cache folder: everything that was read, and where reading stands.
/// Threads: one at a time. Memory: a page cache, whatever the import.
class PlanStore
{
public:
    /// Opens or makes the plan of this key. One that was read to its end, or is damaged, is thrown away first; one that was
    /// interrupted is gone on with. Errors: Locked while another process works on the same import.
    static Result<PlanStore> open(const std::string& folder, const std::string& key);
    /// Takes the name from the file, which goes when the store does.
    void remove();

    /// What commitBatch() was last given; null for a new plan.
    Result<Json> position() const;
    /// Makes everything so far permanent and goes on.
    Result<void> commitBatch(const Json& position);
    /// Reading is over.
    Result<void> finish();

    Result<void> setMeta(std::string_view key, std::string_view value) const;
    Result<std::string> meta(std::string_view key) const;

    Result<void> addItem(const PlannedItem& item);
    Result<std::vector<ImportPlan::Item>> items(std::optional<ImportOutcome> outcome, std::int64_t first,
                                                std::int64_t count) const;
    /// Of one project ("" for those that have none), in source order.
    Result<void> forEachItem(const std::string& projectId,
                             const std::function<Result<void>(const PlannedItem&)>& take) const;
    /// What was quarantined or is in conflict, of all projects, in source order.
    Result<void> forEachRefused(const std::function<Result<void>(const PlannedItem&)>& take) const;
    Result<ImportPlan::Counts> counts() const;
    Result<std::vector<std::pair<std::string, std::int64_t>>> classes() const;

    /// Rows of the project that have an image of this name.
    Result<std::vector<std::string>> groupsWithName(const std::string& projectId, const std::string& name) const;
    Result<void> addName(const std::string& projectId, const std::string& name, const std::string& groupId) const;
    Result<std::optional<PlanTarget>> findTarget(const std::string& projectId, const std::string& groupId) const;
    Result<void> putTarget(const PlanTarget& target) const;
    /// Those that change, by group id.
    Result<void> forEachChange(const std::string& projectId,
                               const std::function<Result<void>(const PlanTarget&)>& take) const;

    /// A number from 1 that was not given for this text yet.
    Result<std::int64_t> nextNumber(const std::string& text) const;

    /// True when a standing import of the project took this text already.
    Result<bool> wasImported(const std::string& projectId, std::string_view raw) const;
    Result<void> noteImported(const std::string& projectId, std::string_view raw) const;

    const Connection& connection() const { return m_connection; }
    const std::string& path() const { return m_connection.path(); }

private:
    explicit PlanStore(Connection connection) : m_connection(std::move(connection)) {}
    static Result<PlanStore> openFile(const std::string& path);
    Result<void> readCounters();

    Connection m_connection;
    std::int64_t m_itemCount = 0;
    std::array<std::int64_t, kImportOutcomeCount> m_outcomeCounts{};
};

} // namespace ps
