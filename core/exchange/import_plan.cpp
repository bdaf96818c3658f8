// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_plan.h"

#include "core/base/files_remove.h"
#include "core/exchange/import_dataset.h"
#include "core/exchange/import_plan_state.h"

#include <algorithm>

namespace ps {

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

} // namespace ps
