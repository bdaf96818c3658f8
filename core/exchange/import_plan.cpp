// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_plan.h"

#include "core/base/files_remove.h"
#include "core/base/text.h"
#include "core/exchange/import_dataset.h"
#include "core/exchange/import_merge.h"
#include "core/exchange/import_plan_state.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::int64_t kFirstRows = 50;
constexpr std::int64_t kMostFindings = 5'000; ///< of each outcome

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

} // namespace

std::string_view importOutcomeName(ImportOutcome outcome)
{
    switch (outcome) {
    case ImportOutcome::Added: return "added";
    case ImportOutcome::Filled: return "filled";
    case ImportOutcome::Corrected: return "corrected";
    case ImportOutcome::Skipped: return "skipped";
    case ImportOutcome::Conflict: return "conflict";
    case ImportOutcome::Quarantined: break;
    }
    return "quarantined";
}

std::string_view ImportPlan::State::formatText() const
{
    const auto formats = allImportFormats();
    return isBackfill ? "backfill" : std::ranges::find(formats, format, &ImportFormatInfo::format)->name;
}

std::string ImportPlan::State::imagesProjectId() const
{
    const bool isDataset = format != ImportFormat::DecisionLog && format != ImportFormat::DecisionDatabase;
    return options.projectId.empty() && isDataset ? projectIdOf(sourceName) : options.projectId;
}

ImportPlan::State::~State()
{
    if (unpackedFolder.empty())
        return;
    if (const auto cache = openFolder(std::string(parentPath(unpackedFolder))))
        discard(removeTree(cache->get(), std::string(fileName(unpackedFolder))), "a temporary folder of the cache");
}

ImportPlan::ImportPlan(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ImportPlan::~ImportPlan() = default;

Result<std::unique_ptr<ImportPlan>> ImportPlan::make(const Workspace& workspace, ImageService& images,
                                                     const ImportOptions& options, std::stop_token stop)
{
    auto state = std::make_unique<State>(workspace, options);
    PS_TRY(state->rules, ImportRules::fromJson(options.projectRules));
    PS_TRY_VOID(openImportSource(*state, stop));
    PS_TRY(const std::string madeAt, state->store->meta("made_at"));
    state->time = parseTimestamp(madeAt).value_or(state->clock().now());
    PS_TRY_VOID(state->store->setMeta("made_at", formatTimestamp(state->time)));
    PlanBuilder builder(state->workspace, images, *state->store, state->options, state->rules, state->time,
                        projectIdOf(state->sourceName));
    builder.setImagesProject(state->imagesProjectId());
    PS_TRY_VOID(readImportSource(*state, builder, stop));
    PS_TRY_VOID(state->store->finish());
    state->store->remove(); // it lives on as long as it is open, and is in nobody's way
    return std::unique_ptr<ImportPlan>(new ImportPlan(std::move(state)));
}

ImportFormat ImportPlan::format() const
{
    return m_state->format;
}

Result<ImportPlan::Counts> ImportPlan::counts() const
{
    return m_state->store->counts();
}

Result<std::vector<std::pair<std::string, std::int64_t>>> ImportPlan::classes() const
{
    return m_state->store->classes();
}

Result<std::vector<ImportPlan::Item>> ImportPlan::items(std::optional<ImportOutcome> outcome, std::int64_t first,
                                                        std::int64_t count) const
{
    return m_state->store->items(outcome, first, count);
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
                         {"findings_truncated", isTruncated}});
}

} // namespace ps
