// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cache_folder.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/decisions/viewing.h"
#include "core/exchange/decision_log.h"
#include "core/exchange/import_dataset.h"
#include "core/exchange/import_plan_state.h"
#include "core/exchange/plan_projects.h"
#include "core/library/filename.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace ps {

namespace {

constexpr std::string_view kDatabaseMagic{"SQLite format 3\0", 16};
constexpr std::size_t kBatchRecords = 5'000;

/// What the first bytes of a file say; nothing for what has to be looked at more closely.
std::optional<ImportFormat> formatOfFile(int folderFd, const std::string& name)
{
    const auto file = openFileBeneath(folderFd, name);
    if (!file)
        return std::nullopt;
    std::array<char, 16> start{};
    const ssize_t count = ::pread(file->get(), start.data(), start.size(), 0);
    if (count == 16 && std::string_view(start.data(), start.size()) == kDatabaseMagic)
        return ImportFormat::DecisionDatabase;
    CsvReader reader(file->get());
    const auto hasRecord = reader.next();
    if (hasRecord && *hasRecord && DecisionLogParser::isKnownShape(reader.record()))
        return ImportFormat::DecisionLog;
    return std::nullopt;
}

Result<std::vector<std::string>> filesOfFormat(int folderFd, ImportFormat format)
{
    PS_TRY(const auto entries, folderEntries(folderFd));
    std::vector<std::string> files;
    for (const std::string& entry : entries) {
        if (formatOfFile(folderFd, entry) == format)
            files.push_back(entry);
    }
    return files;
}

/// A hash of the names, sizes and times in a folder and below it: enough to know an interrupted import again.
Result<std::string> listingSha256(const std::string& path)
{
    namespace fs = std::filesystem;
    std::vector<std::string> lines;
    std::error_code error;
    for (fs::recursive_directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
        std::error_code ignored;
        const auto size = it->is_regular_file(ignored) ? it->file_size(ignored) : 0;
        const auto time = it->last_write_time(ignored).time_since_epoch().count();
        lines.push_back(it->path().native() + " " + std::to_string(size) + " " + std::to_string(time));
    }
    if (error)
        return errnoError("cannot list the folder", path, error.value());
    std::ranges::sort(lines);
    return sha256Hex(join(lines, "\n"));
}

Result<void> openFileSource(ImportPlan::State& state, const std::string& path, const std::stop_token& stop)
{
    PS_TRY(UniqueFd folder, openFolder(std::string(parentPath(path)).empty() ? "/" : std::string(parentPath(path))));
    PS_TRY(const UniqueFd file, openFileBeneath(folder.get(), state.sourceName));
    PS_TRY(state.sourceSha256, sha256OfFile(file.get()));
    state.folder = std::make_shared<const UniqueFd>(std::move(folder));
    if (isArchive(file.get()))
        return openArchive(state, file.get(), stop);
    state.files = {state.sourceName};
    const auto found = state.options.format ? state.options.format
                                            : formatOfFile(state.folder->get(), state.sourceName);
    if (found) {
        state.format = *found;
        return {};
    }
    PS_TRY(state.format, recogniseDatasetFile(*state.folder, state.sourceName, state.options.columnMap));
    return {};
}

Result<void> openFolderSource(ImportPlan::State& state, const std::string& path)
{
    PS_TRY(UniqueFd folder, openFolder(path));
    PS_TRY(state.sourceSha256, listingSha256(path));
    state.folder = std::make_shared<const UniqueFd>(std::move(folder));
    const int fd = state.folder->get();
    std::optional<ImportFormat> format = state.options.format;
    for (const ImportFormat candidate : {ImportFormat::DecisionLog, ImportFormat::DecisionDatabase}) {
        if (format && format != candidate)
            continue;
        PS_TRY(state.files, filesOfFormat(fd, candidate));
        if (!state.files.empty() || format) {
            state.format = candidate;
            return {};
        }
    }
    if (!format) {
        PS_TRY(format, recogniseDatasetFolder(*state.folder));
    }
    state.format = *format;
    return {};
}

// ---- decision logs -------------------------------------------------------------------------------------------------

Result<void> readLog(ImportPlan::State& state, PlanBuilder& builder, std::size_t fileIndex, const Json& from,
                     std::stop_token stop)
{
    const std::string& name = state.files[fileIndex];
    PS_TRY(const UniqueFd file, openFileBeneath(state.folder->get(), name));
    PS_TRY(const FileIdentity identity, identify(file.get()));
    CsvReader reader(file.get());
    if (!from.isNull())
        reader.seek(from["offset"].toInteger(), from["line"].toInteger());
    const DecisionLogParser parser(state.rules, state.options.projectId, name);
    for (std::size_t count = 1;; ++count) {
        const auto hasRecord = reader.next();
        if (!hasRecord)
            return hasRecord.error().in(name);
        if (!*hasRecord)
            return {};
        DecisionLogParser::Row row = parser.parse(reader.record());
        if (auto* const decision = std::get_if<ImportedDecision>(&row)) {
            PS_TRY_VOID(builder.take(std::move(*decision)));
        } else if (auto* const item = std::get_if<QuarantinedItem>(&row)) {
            PS_TRY_VOID(builder.take(std::move(*item)));
        }
        const bool mustStop = stop.stop_requested();
        if (count % kBatchRecords == 0 || mustStop) {
            PS_TRY_VOID(state.store->commitBatch(
                Json::object({{"file", fileIndex}, {"offset", reader.nextOffset()}, {"line", reader.nextLine()}})));
            if (state.options.onProgress)
                state.options.onProgress(reader.nextOffset(), identity.sizeBytes);
        }
        if (mustStop)
            return Error{ErrorCode::Cancelled, "stopped; the next import of the same file goes on here", name, 0};
    }
}

Result<void> readLogs(ImportPlan::State& state, PlanBuilder& builder, std::stop_token stop)
{
    PS_TRY(const Json position, state.store->position());
    for (std::size_t i = static_cast<std::size_t>(position["file"].toInteger()); i < state.files.size(); ++i) {
        const bool isResumed = !position.isNull() && position["file"].toInteger() == static_cast<std::int64_t>(i);
        PS_TRY_VOID(readLog(state, builder, i, isResumed ? position : Json(), stop));
    }
    return {};
}

// ---- decision databases --------------------------------------------------------------------------------------------

bool isTemporaryDatabase(std::string_view name)
{
    return endsWith(fileStem(name), "_temp");
}

/// The project that a database is called after: "Eleni_ai_predictions_temp.db".
std::string projectOfDatabase(std::string_view name)
{
    std::string stem(fileStem(name));
    for (const std::string_view suffix : {"_ai_predictions_temp", "_backfill_temp", "_temp"}) {
        if (endsWith(stem, suffix))
            return stem.substr(0, stem.size() - suffix.size());
    }
    return stem;
}

Result<void> takeDatabaseRow(const ImportPlan::State& state, PlanBuilder& builder, DecisionRow row, ImportOrigin origin)
{
    ImportedDecision decision;
    std::string project = row.text("project_id").value_or("");
    if (project.empty())
        project = projectOfDatabase(origin.file);
    const bool isThere = ProjectManifest::read(state.workspace, project).has_value();
    decision.projectId = isThere ? project : state.rules.projectOfName(project).value_or(project);
    origin.raw = rowText(row).substr(0, std::size_t{64} << 10);
    const bool isPrediction = row.text("user_action").value_or("").empty();
    decision.kind = isPrediction ? "prediction" : "decision";
    const auto names = row.imageNames();
    if (!names)
        return builder.take(
            QuarantinedItem{std::move(origin), "images is no list of names", decision.kind, decision.projectId, false});
    decision.origin = std::move(origin);
    decision.images = *names;
    decision.row = std::move(row);
    return builder.take(std::move(decision));
}

Result<void> readDatabase(ImportPlan::State& state, PlanBuilder& builder, const std::string& name, std::stop_token stop)
{
    const std::string path = state.options.sourcePath;
    const std::string file = state.files.size() == 1 && fileName(path) == name ? path : joinPath(path, name);
    PS_TRY(const Connection database, openForViewing(file));
    PS_TRY(const DecisionTable table, readDecisionTable(database));
    builder.setCorrectsCrops(state.options.correctsCrops || isTemporaryDatabase(name));
    PS_TRY(const std::int64_t total, database.queryInteger("SELECT count(*) FROM ai_decisions"));
    PS_TRY(Statement rows, database.prepare(selectRows(table) + " ORDER BY group_id"));
    for (std::int64_t line = 1;; ++line) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return {};
        PS_TRY_VOID(takeDatabaseRow(state, builder, readRow(rows, table), {name, line, {}}));
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while reading the rows", name, 0};
        if (line % 1000 == 0 && state.options.onProgress)
            state.options.onProgress(line, total);
    }
}

} // namespace

Result<void> openImportSource(ImportPlan::State& state, std::stop_token stop)
{
    std::error_code error;
    const std::string path = std::filesystem::canonical(state.options.sourcePath, error).native();
    if (error)
        return errnoError("cannot be opened", state.options.sourcePath, error.value());
    state.options.sourcePath = path;
    state.sourceName = fileName(path);
    const bool isFolder = std::filesystem::is_directory(path, error);
    if (state.options.cacheFolder.empty())
        state.options.cacheFolder = userCacheFolder() + "/proofsheet/imports";
    PS_TRY_VOID(isFolder ? openFolderSource(state, path) : openFileSource(state, path, stop));
    const std::string& folder = state.options.cacheFolder;
    const Json key = Json::array({state.workspace.rootPath(), path, state.sourceSha256, static_cast<int>(state.format),
                                  state.options.projectId, state.options.columnMap, state.options.projectRules,
                                  state.options.correctsCrops, state.options.rejectsUnmatched});
    const std::string name = sha256Hex(dumpJson(key)).substr(0, 24);
    PS_TRY(state.store, PlanStore::open(folder, name));
    PS_TRY(const bool isStale, haveProjectsChanged(state.workspace, *state.store));
    if (isStale) { // what the interrupted attempt found out may be wrong by now
        state.store->remove();
        state.store.reset();
        PS_TRY(state.store, PlanStore::open(folder, name));
    }
    return {};
}

Result<void> readImportSource(ImportPlan::State& state, PlanBuilder& builder, std::stop_token stop)
{
    if (state.format == ImportFormat::DecisionLog)
        return readLogs(state, builder, stop);
    if (state.format != ImportFormat::DecisionDatabase)
        return readDatasetSource(state, builder, stop);
    for (const std::string& name : state.files)
        PS_TRY_VOID(readDatabase(state, builder, name, stop));
    return {};
}

} // namespace ps
