// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/decisions/imported.h"
#include "core/decisions/viewing.h"
#include "core/exchange/import_images.h"
#include "core/exchange/import_merge.h"
#include "core/exchange/import_plan_state.h"

#include <algorithm>

namespace ps {

namespace {

/// What makes two imports the same one: the source and how it was read.
std::string optionsText(const ImportPlan::State& state)
{
    const ImportOptions& options = state.options;
    return dumpJson(Json::object({{"into", options.projectId},
                                  {"columns", options.columnMap},
                                  {"rules", options.projectRules},
                                  {"corrects_crops", options.correctsCrops},
                                  {"rejects_unmatched", options.rejectsUnmatched}}));
}

/// True when this very import stands in the database already.
Result<bool> isRecorded(const ImportPlan::State& state, const Connection& database)
{
    PS_TRY(const bool hasImports, hasTable(database, "ps_imports"));
    if (!hasImports)
        return false;
    PS_TRY(const auto query, database.borrow("SELECT 1 FROM ps_imports WHERE source_sha256=?1 AND options=?2 AND "
                                             "is_standing=1"));
    query->bind(state.sourceSha256, optionsText(state));
    return query->step();
}

/// How many of the planned rows are not in the database yet.
Result<std::int64_t> openChanges(const ImportPlan::State& state, const std::string& projectId,
                                 const std::optional<Connection>& database)
{
    std::int64_t open = 0;
    std::optional<DecisionTable> table;
    if (database) {
        PS_TRY(table, readDecisionTable(*database));
    }
    PS_TRY_VOID(state.store->forEachChange(projectId, [&](const PlanTarget& target) -> Result<void> {
        std::optional<DecisionRow> found;
        if (table) {
            PS_TRY(found, findRow(*database, *table, target.groupId));
        }
        open += found == target.after ? 0 : 1;
        return {};
    }));
    return open;
}

Result<std::optional<Connection>> openIfThere(const std::string& path)
{
    auto database = openForViewing(path);
    if (database)
        return std::optional<Connection>(*std::move(database));
    if (database.error().code == ErrorCode::NotFound)
        return std::optional<Connection>();
    return database.error();
}

/// The writing of one project: runs as a job of its store.
class ProjectWriter
{
public:
    ProjectWriter(const ImportPlan::State& state, const std::string& projectId, std::string reportPath,
                  std::stop_token stop)
        : m_state(state), m_projectId(projectId), m_reportPath(std::move(reportPath)), m_stop(std::move(stop))
    {
    }

    Result<std::int64_t> write(StoreTransaction& transaction, const ImportedImages& images)
    {
        PS_TRY(m_importId, transaction.connection().queryInteger("SELECT 1 + coalesce(max(import_id), 0) "
                                                                 "FROM ps_imports"));
        PS_TRY_VOID(writeImport(transaction));
        PS_TRY_VOID(writeLines(transaction.connection()));
        const Json head = Json::object({{"import", m_importId}, {"source", m_state.sourceName}});
        PS_TRY(const std::int64_t first, append(transaction, head));
        m_last = first;
        PS_TRY_VOID(m_state.store->forEachChange(
            m_projectId, [&](const PlanTarget& target) { return writeRow(transaction, target); }));
        PS_TRY_VOID(images.write(transaction, m_importId, [&](Json detail) -> Result<void> {
            PS_TRY_VOID(putImported(transaction.connection(), detail));
            PS_TRY(m_last, append(transaction, std::move(detail)));
            return {};
        }));
        PS_TRY_VOID(transaction.addStep(ledger_kind::kImport, {}, first, m_last));
        return m_importId;
    }

private:
    Result<std::int64_t> append(StoreTransaction& transaction, Json detail) const
    {
        return transaction.appendLedger({std::string(ledger_kind::kImport), {}, {}, {}, {}, std::move(detail)});
    }

    Result<void> writeImport(const StoreTransaction& transaction) const
    {
        PS_TRY(const auto counts, m_state.store->counts());
        const auto found = counts.find(m_projectId);
        const auto count = [&](ImportOutcome outcome) {
            return found == counts.end() ? 0 : found->second.at(static_cast<std::size_t>(outcome));
        };
        PS_TRY(const auto insert,
               transaction.connection().borrow("INSERT INTO ps_imports VALUES "
                                               "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,1)"));
        return insert->run(m_importId, transaction.stamp().sessionId, transaction.stamp().timestamp,
                           m_state.formatText(), displayText(m_state.sourceName), m_state.sourceSha256,
                           optionsText(m_state), count(ImportOutcome::Added), count(ImportOutcome::Filled),
                           count(ImportOutcome::Corrected), count(ImportOutcome::Skipped),
                           count(ImportOutcome::Conflict), count(ImportOutcome::Quarantined), m_reportPath);
    }

    /// Two items of one place, such as an image and its label, become one line.
    Result<void> writeLines(const Connection& connection) const
    {
        return m_state.store->forEachItem(m_projectId, [&](const PlannedItem& planned) -> Result<void> {
            PS_TRY_VOID(checkStop());
            const ImportPlan::Item& item = planned.item;
            PS_TRY(const auto insert,
                   connection.borrow("INSERT INTO ps_import_lines VALUES (?1,?2,?3,?4,?5,?6,?7,?8) "
                                     "ON CONFLICT DO UPDATE SET raw = raw || char(10) || excluded.raw"));
            return insert->run(m_importId, item.origin.file, item.origin.line, item.origin.raw,
                               importOutcomeName(item.outcome),
                               item.groupId.empty() ? std::nullopt : std::optional(item.groupId), planned.isPlaceholder,
                               join(item.notes, "; "));
        });
    }

    Result<void> writeRow(StoreTransaction& transaction, const PlanTarget& target)
    {
        PS_TRY_VOID(checkStop());
        PS_TRY(const auto found, transaction.findRow(target.groupId));
        if (found == target.after)
            return {};
        if (found != target.before)
            return Error{ErrorCode::Conflict, "the row was changed since the import was planned", target.groupId, 0};
        PS_TRY(m_last, transaction.changeRow(ledger_kind::kImport, {}, found, target.after,
                                             Json::object({{"import_id", m_importId}})));
        return {};
    }

    Result<void> checkStop() const
    {
        if (m_stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped; nothing was imported", m_projectId, 0};
        return {};
    }

    const ImportPlan::State& m_state;
    const std::string& m_projectId;
    std::string m_reportPath;
    std::stop_token m_stop;
    std::int64_t m_importId = 0;
    std::int64_t m_last = 0;
};

Result<void> makeProject(const ImportPlan::State& state, const std::string& projectId)
{
    const auto manifest = ProjectManifest::read(state.workspace, projectId);
    if (manifest || manifest.error().code != ErrorCode::NotFound)
        return manifest ? Result<void>() : Result<void>(manifest.error());
    PS_TRY_VOID(makeFoldersBeneath(state.workspace.folderFd(), projectId));
    PS_TRY_VOID(createProject(state.workspace, projectId, joinPath(state.workspace.rootPath(), projectId),
                              state.clock().now()));
    return {};
}

/// The projects that have something to be written, each with whether it has rows or images to come.
Result<std::vector<std::string>> projectsToWrite(const ImportPlan::State& state)
{
    PS_TRY(const auto counts, state.store->counts());
    std::vector<std::string> projects;
    for (const auto& [projectId, numbers] : counts) {
        if (projectId.empty())
            continue;
        PS_TRY(const auto database, openIfThere(state.workspace.databasePath(projectId)));
        PS_TRY(const std::int64_t open, openChanges(state, projectId, database));
        PS_TRY(const bool wasRecorded, database ? isRecorded(state, *database) : Result<bool>(false));
        PS_TRY(const std::int64_t images, countPlannedImages(*state.store, projectId));
        const bool hasNews = open > 0 || (!wasRecorded && (database.has_value() || images > 0));
        if (hasNews)
            projects.push_back(projectId);
    }
    return projects;
}

/// Whether there are lines that no report tells of yet. Those of an import that stands were in its report.
Result<bool> isReportWanted(const ImportPlan::State& state)
{
    PS_TRY(const bool hasRefused, hasRefusedLines(state));
    if (!hasRefused || state.isTold)
        return false;
    PS_TRY(const auto counts, state.store->counts());
    for (const auto& [projectId, numbers] : counts) {
        if (projectId.empty())
            continue;
        PS_TRY(const auto database, openIfThere(state.workspace.databasePath(projectId)));
        PS_TRY(const bool wasRecorded, database ? isRecorded(state, *database) : Result<bool>(false));
        if (wasRecorded)
            return false;
    }
    return true;
}

} // namespace

Result<ImportPlan::Applied>
ImportPlan::apply(const std::function<Result<std::unique_ptr<ProjectSession>>(const std::string&)>& openForWork,
                  std::stop_token stop)
{
    Applied applied;
    PS_TRY(applied.counts, counts());
    PS_TRY(const auto projects, projectsToWrite(*m_state));
    PS_TRY(const bool isWanted, isReportWanted(*m_state));
    if (projects.empty() && !isWanted)
        return applied;
    PS_TRY(Json text, report());
    PS_TRY(applied.reportPath, writeImportReport(*m_state, std::move(text)));
    m_state->isTold = true;
    for (const std::string& projectId : projects) {
        PS_TRY_VOID(makeProject(*m_state, projectId));
        PS_TRY(const auto session, openForWork(projectId));
        PS_TRY(DecisionStore* const store, session->store());
        PS_TRY_VOID(store->waitUntilReady());
        PS_TRY_VOID(store->snapshotBeforeBulk());
        PS_TRY(ImportedImages images, ImportedImages::prepare(*m_state, *session, stop));
        ProjectWriter writer(*m_state, projectId, applied.reportPath, stop);
        PS_TRY(applied.importIds[projectId],
               runForValue<std::int64_t>(*store, [&](StoreTransaction& transaction) -> Result<std::int64_t> {
                   PS_TRY(const std::int64_t importId, writer.write(transaction, images));
                   PS_TRY_VOID(images.publish());
                   return importId;
               }));
        images.keep();
        // New rows and images find their groups now.
        discard(session->refresh(stop, {}), "all of it is stored; whoever opens the project next refreshes its lists");
    }
    return applied;
}

} // namespace ps
