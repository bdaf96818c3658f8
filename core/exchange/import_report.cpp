// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/exchange/import_merge.h"
#include "core/exchange/import_plan_state.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>

namespace ps {

namespace {

constexpr std::int64_t kFirstRows = 50;
constexpr std::int64_t kMostFindings = 5'000; ///< of each outcome
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

Json countsJson(const std::array<std::int64_t, kImportOutcomeCount>& counts)
{
    Json json{Json::Object()};
    for (std::size_t i = 0; i < counts.size(); ++i)
        json.set(importOutcomeName(static_cast<ImportOutcome>(i)), counts.at(i));
    return json;
}

Json firstRowJson(const ImportPlan::Item& item)
{
    return Json::object({{"file", pythonStringRepr(item.origin.file)},
                         {"line", std::to_string(item.origin.line)},
                         {"raw", pythonStringRepr(item.origin.raw)},
                         {"project", pythonStringRepr(item.projectId)},
                         {"outcome", pythonStringRepr(importOutcomeName(item.outcome))},
                         {"before", pythonStringRepr(item.before)},
                         {"after", pythonStringRepr(item.after)},
                         {"notes", pythonStringRepr(join(item.notes, "; "))}});
}

Json findingJson(const ImportPlan::Item& item)
{
    const bool isQuarantined = item.outcome == ImportOutcome::Quarantined;
    return Json::object({{"check", isQuarantined ? "import_quarantined" : "import_conflict"},
                         {"severity", "warning"},
                         {"group_id", item.groupId.empty() ? Json() : Json(item.groupId)},
                         {"file", item.origin.file},
                         {"row", item.origin.line},
                         {"evidence", join(item.notes, "; ") + ": " + item.origin.raw},
                         {"fix", isQuarantined ? "correct the source and import it again" : "decide again"}});
}

Json lineJson(const ImportPlan::Item& item)
{
    return Json::object({{"outcome", importOutcomeName(item.outcome)},
                         {"project", item.projectId},
                         {"file", item.origin.file},
                         {"line", item.origin.line},
                         {"raw", item.origin.raw},
                         {"reason", join(item.notes, "; ")}});
}

/// Every line that was quarantined or is in conflict, as it stood, in source order. Memory: one block.
Result<void> writeLines(const PlanStore& store, int fd)
{
    std::string block;
    PS_TRY_VOID(store.forEachRefused([&](const PlannedItem& planned) -> Result<void> {
        block += dumpJson(lineJson(planned.item)) + "\n";
        if (block.size() < kBlockBytes)
            return {};
        PS_TRY_VOID(writeAll(fd, block));
        block.clear();
        return {};
    }));
    PS_TRY_VOID(writeAll(fd, block));
    return syncFile(fd);
}

Result<void> writeLinesFile(const PlanStore& store, int folderFd, const std::string& temporary)
{
    const UniqueFd file(
        ::openat(folderFd, temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (!file.isOpen())
        return errnoError("cannot create a file", temporary, errno);
    return writeLines(store, file.get());
}

/// Puts the lines, which are there under a temporary name, and the report in place, under the first name that is free for both.
Result<std::string> publishReport(int folderFd, const std::string& stem, Json report, const std::string& linesTemporary)
{
    for (int number = 1;; ++number) {
        const std::string name = stem + (number > 1 ? "_" + std::to_string(number) : "");
        const std::string lines = name + ".jsonl";
        if (!linesTemporary.empty()) {
            const auto renamed = renameNoReplace(folderFd, linesTemporary, folderFd, lines);
            if (!renamed && renamed.error().code == ErrorCode::AlreadyExists)
                continue;
            PS_TRY_VOID(renamed);
            report.set("lines_file", lines);
        }
        const auto written = writeFileDurably(folderFd, name + ".json", dumpJsonIndented(report) + "\n",
                                              Replace::Never);
        if (written)
            return joinPath(kReportFolder, name + ".json");
        if (!linesTemporary.empty())
            PS_TRY_VOID(renameNoReplace(folderFd, lines, folderFd, linesTemporary));
        if (written.error().code != ErrorCode::AlreadyExists)
            return written.error();
    }
}

} // namespace

Result<std::string> writeImportReport(const ImportPlan::State& state, Json report)
{
    PS_TRY(const UniqueFd folder, makeFoldersBeneath(state.workspace.folderFd(), kReportFolder));
    const std::string stem = "ai_training_import_" + formatFileStamp(state.clock().now());
    PS_TRY(const bool hasRefused, hasRefusedLines(state));
    if (!hasRefused)
        return publishReport(folder.get(), stem, std::move(report), {});
    const std::string temporary = temporaryName();
    const auto written = writeLinesFile(*state.store, folder.get(), temporary);
    auto path = written ? publishReport(folder.get(), stem, std::move(report), temporary)
                        : Result<std::string>(written.error());
    if (!path)
        discard(removeFile(folder.get(), temporary), "a leftover temporary file is harmless");
    return path;
}

Result<bool> hasRefusedLines(const ImportPlan::State& state)
{
    PS_TRY(const auto projects, state.store->counts());
    return std::ranges::any_of(projects, [](const auto& project) {
        const auto countOf = [&](ImportOutcome outcome) {
            return project.second.at(static_cast<std::size_t>(outcome));
        };
        return countOf(ImportOutcome::Quarantined) + countOf(ImportOutcome::Conflict) > 0;
    });
}

Result<Json> ImportPlan::report() const
{
    PS_TRY(const Counts projects, counts());
    PS_TRY(const auto kinds, classes());
    std::array<std::int64_t, kImportOutcomeCount> total{};
    Json byProject{Json::Object()};
    for (const auto& [project, numbers] : projects) {
        for (std::size_t i = 0; i < numbers.size(); ++i)
            total.at(i) += numbers.at(i);
        byProject.set(project, countsJson(numbers));
    }
    Json classesJson{Json::Object()};
    std::int64_t rows = 0;
    for (const auto& [kind, count] : kinds) {
        classesJson.set(kind, count);
        rows += count;
    }
    PS_TRY(const auto first, items({}, 0, kFirstRows));
    Json firstRows{Json::Array()};
    for (const Item& item : first)
        firstRows.append(firstRowJson(item));
    Json tolerances{Json::Object()};
    for (const NamedTolerance& tolerance : cropTolerances())
        tolerances.set(tolerance.name, tolerance.value);
    Json findings{Json::Array()};
    bool isTruncated = false;
    for (const ImportOutcome outcome : {ImportOutcome::Quarantined, ImportOutcome::Conflict}) {
        PS_TRY(const auto listed, items(outcome, 0, kMostFindings));
        for (const Item& item : listed)
            findings.append(findingJson(item));
        isTruncated = isTruncated || total.at(static_cast<std::size_t>(outcome)) > kMostFindings;
    }
    return Json::object({{"schema", "proofsheet/import-report/1"},
                         {"tool", m_state->options.tool},
                         {"generated_at", formatTimestamp(m_state->time)},
                         {"source", m_state->sourceName},
                         {"format", m_state->formatText()},
                         {"sha256", m_state->sourceSha256},
                         {"rows", rows},
                         {"counts", countsJson(total)},
                         {"by_project", byProject},
                         {"classes", classesJson},
                         {"tolerances", tolerances},
                         {"first_rows", firstRows},
                         {"findings", findings},
                         {"findings_truncated", isTruncated},
                         {"lines_file", Json()}});
}

} // namespace ps
