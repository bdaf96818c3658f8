// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/plan_builder.h"

#include "core/base/text.h"
#include "core/decisions/group_id.h"
#include "core/exchange/decision_log.h"
#include "core/exchange/plan_projects.h"

#include <algorithm>

namespace ps {

namespace {

/// What no source may say, whatever its format.
std::string problemOf(const ImportedDecision& decision)
{
    if (decision.images.empty() || decision.images.size() > 4)
        return std::to_string(decision.images.size()) + " images; a row holds 1 to 4";
    if (std::ranges::find(decision.images, std::string()) != decision.images.end())
        return "an image without a name";
    const int selected = decision.selectedIndex.value_or(0);
    if (!decision.row && (selected < 0 || selected >= std::ssize(decision.images)))
        return "the selected image is none of the row";
    if (decision.crop && !isValid(*decision.crop))
        return "the crop is no part of the image";
    return {};
}

std::string selectedName(const DecisionRow& row)
{
    const auto names = row.imageNames();
    const auto index = row.integer("user_selected_index");
    const bool isThere = names && index && *index >= 0 && *index < std::ssize(*names);
    return isThere ? (*names)[static_cast<std::size_t>(*index)] : std::string();
}

} // namespace

PlanBuilder::PlanBuilder(const Workspace& workspace, ImageService& images, PlanStore& store,
                         const ImportOptions& options, const ImportRules& rules, UtcTime time, std::string targetFolder)
    : m_workspace(workspace), m_images(images), m_store(store),
      m_options{options.correctsCrops, false, options.rejectsUnmatched, false, crop_tolerance::kMerge},
      m_projectId(options.projectId), m_rules(rules), m_time(time), m_targetFolder(std::move(targetFolder))
{
}

PlanBuilder::~PlanBuilder() = default;

Result<std::vector<std::string>> PlanBuilder::groupsOf(const Project& project,
                                                       const std::vector<std::string>& names) const
{
    std::vector<std::string> groups;
    for (const std::string& name : names) {
        PS_TRY(const auto found, m_store.groupsWithName(project.id, name));
        for (const std::string& groupId : found) {
            if (std::ranges::find(groups, groupId) == groups.end())
                groups.push_back(groupId);
        }
    }
    return groups;
}

Result<std::optional<PlanTarget>> PlanBuilder::targetOf(const Project& project, const std::string& groupId) const
{
    PS_TRY(auto target, m_store.findTarget(project.id, groupId));
    if (target || !project.database)
        return target;
    PS_TRY(auto row, findRow(*project.database, project.table, groupId));
    if (row)
        target = PlanTarget{project.id, groupId, std::move(row), {}, false, {}};
    return target;
}

Result<std::string> PlanBuilder::newGroupId(const Project& project, const ImportedDecision& decision) const
{
    const UtcTime time = *decision.time;
    if (!decision.groupId.empty()) {
        PS_TRY(const auto taken, targetOf(project, decision.groupId));
        if (!taken)
            return decision.groupId;
    }
    for (;;) {
        const std::string stamp = project.id + " " + formatGroupStamp(time);
        PS_TRY(const std::int64_t position, m_store.nextNumber(stamp));
        std::string groupId = makeGroupId(project.id, time, 1, position);
        PS_TRY(const auto taken, targetOf(project, groupId));
        if (!taken)
            return groupId;
    }
}

Result<void> PlanBuilder::note(const ImportedDecision& decision, ImportOutcome outcome, const std::string& groupId,
                               const std::optional<DecisionRow>& before, const std::optional<DecisionRow>& after,
                               const std::string& reason)
{
    m_lastGroupId = groupId;
    PlannedItem planned;
    planned.item = {decision.origin,    outcome,           decision.projectId, groupId, decision.images,
                    rowSummary(before), rowSummary(after), decision.notes};
    if (!reason.empty())
        planned.item.notes.insert(planned.item.notes.begin(), reason);
    planned.kind = decision.kind;
    planned.isPlaceholder = decision.isPlaceholder;
    return m_store.addItem(planned);
}

Result<void> PlanBuilder::addRow(const Project& project, const DecisionRow& row, bool isSelectionOnly, Json chain)
{
    const auto names = row.imageNames();
    for (const std::string& name : names ? *names : std::vector<std::string>())
        PS_TRY_VOID(m_store.addName(project.id, name, row.groupId()));
    return m_store.putTarget({project.id, row.groupId(), {}, row, isSelectionOnly, std::move(chain)});
}

Result<void> PlanBuilder::take(QuarantinedItem item)
{
    PlannedItem planned;
    planned.item.origin = std::move(item.origin);
    planned.item.outcome = ImportOutcome::Quarantined;
    planned.item.projectId = m_projectId.empty() ? item.projectId : m_projectId;
    planned.item.notes = {item.reason};
    planned.kind = item.kind.empty() ? "unreadable" : item.kind;
    planned.isPlaceholder = item.isPlaceholder;
    return m_store.addItem(planned);
}

Result<void> PlanBuilder::take(ImportedDecision decision)
{
    if (decision.row && decision.images.empty())
        decision.images = decision.row->imageNames().value_or(std::vector<std::string>());
    if (!m_projectId.empty())
        decision.projectId = m_projectId;
    if (decision.projectId.empty())
        decision.projectId = m_imagesProjectId;
    if (const std::string problem = problemOf(decision); !problem.empty())
        return note(decision, ImportOutcome::Quarantined, {}, {}, {}, problem);
    if (decision.projectId.empty())
        return note(decision, ImportOutcome::Quarantined, {}, {}, {}, "neither a path nor a date names the project");
    if (!isValidProjectId(decision.projectId)) {
        const std::string named = std::exchange(decision.projectId, {});
        return note(decision, ImportOutcome::Quarantined, {}, {}, {}, "no project id: " + displayText(named));
    }
    PS_TRY(Project* const into, project(decision.projectId));
    return decision.row ? takeRow(*into, std::move(decision)) : takeDecision(*into, std::move(decision));
}

Result<void> PlanBuilder::takeRow(Project& project, ImportedDecision decision)
{
    const DecisionRow source = *decision.row;
    PS_TRY(auto groups, groupsOf(project, decision.images));
    // The row of the same id is the same row, even where groups share an image.
    if (std::ranges::find(groups, source.groupId()) != groups.end())
        groups = {source.groupId()};
    if (groups.size() > 1)
        return note(decision, ImportOutcome::Conflict, {}, {}, {}, "its images belong to several rows here");
    if (groups.empty()) {
        const Merged merged = adoptRow(source, project.columns, project.id, m_options);
        if (merged.outcome == ImportOutcome::Added) {
            PS_TRY(const auto taken, targetOf(project, source.groupId()));
            if (taken)
                return note(decision, ImportOutcome::Conflict, source.groupId(), taken->now(), taken->now(),
                            "the group id stands for other images here");
            PS_TRY_VOID(addRow(project, *merged.after, false, {}));
        }
        return note(decision, merged.outcome, source.groupId(), {}, merged.after, merged.note);
    }
    PS_TRY(auto target, targetOf(project, groups.front()));
    if (!target || !target->now())
        return Error{ErrorCode::Internal, "a row that has the image is gone", groups.front(), 0};
    const DecisionRow before = *target->now();
    const Merged merged = mergeRow(before, source, m_options);
    if (merged.after) {
        target->after = merged.after;
        PS_TRY_VOID(m_store.putTarget(*target));
    }
    return note(decision, merged.outcome, target->groupId, before, merged.after ? merged.after : before, merged.note);
}

Result<void> PlanBuilder::takeDecision(Project& project, ImportedDecision decision)
{
    if (!decision.time)
        return note(decision, ImportOutcome::Quarantined, {}, {}, {}, "no time");
    if (!decision.action)
        return note(decision, ImportOutcome::Quarantined, {}, {}, {}, "no action");
    const std::string selected = decision.images[static_cast<std::size_t>(decision.selectedIndex.value_or(0))];
    PS_TRY(auto groups, groupsOf(project, {selected}));
    if (groups.empty()) {
        PS_TRY(groups, groupsOf(project, decision.images));
    }
    if (decision.isGroupKnown)
        groups = decision.groupId.empty() ? std::vector<std::string>() : std::vector{decision.groupId};
    if (groups.size() > 1)
        return note(decision, ImportOutcome::Conflict, {}, {}, {}, "its images belong to several rows here");
    std::optional<PlanTarget> target;
    if (!groups.empty()) {
        PS_TRY(target, targetOf(project, groups.front()));
    }
    if (target && decision.isPlaceholder) // the row is not named: it would count as one that the placeholder made
        return note(decision, ImportOutcome::Skipped, {}, {}, {}, "a placeholder; the row here stays as it is");
    // What goes by the name alone needs no size of an image that has a row.
    const bool needsSize = !target || decision.isRecrop || decision.crop || decision.pixels;
    if (decision.size.isEmpty() && needsSize) {
        PS_TRY(std::string problem, findSize(project, decision));
        if (problem.empty())
            problem = settleCrop(decision);
        if (!problem.empty())
            return note(decision, ImportOutcome::Quarantined, {}, {}, {}, problem);
    }
    RepeatVerdict repeat;
    if (decision.isRecrop)
        repeat = composeRepeat(target ? target->chain : Json(), decision);
    const bool hasText = decision.isRecrop || decision.isSelectionOnly || decision.isPlaceholder;
    PS_TRY(const bool wasImported,
           hasText ? m_store.wasImported(project.id, decision.origin.raw) : Result<bool>(false));
    if (target)
        return takeInto(project, *std::move(target), decision, repeat, wasImported);
    if (wasImported)
        return note(decision, ImportOutcome::Skipped, {}, {}, {}, "imported before, and its row is gone since");
    PS_TRY(const std::string groupId, newGroupId(project, decision));
    const DecisionRow row = makeImportedRow(decision, project.columns, groupId);
    PS_TRY_VOID(addRow(project, row, decision.isSelectionOnly, repeat.chain));
    return note(decision, ImportOutcome::Added, groupId, {}, row, {});
}

/// Into a row that is there, or that this import made.
Result<void> PlanBuilder::takeInto(const Project& project, PlanTarget target, const ImportedDecision& decision,
                                   const RepeatVerdict& repeat, bool wasImported)
{
    const DecisionRow before = target.now().value_or(DecisionRow());
    MergeOptions options = m_options;
    options.isSelectionOnly = target.isSelectionOnly;
    if (decision.isMeasured && options.correctsCrops)
        options.sameCrop = crop_tolerance::kVerify;
    if (decision.isSelectionOnly && !wasImported) {
        PS_TRY(const auto groups, groupsOf(project, decision.images));
        PS_TRY(const bool isImported, isImportedRow(project, target));
        options.addsImages = isImported && groups.size() == 1;
    }
    const Merged merged = mergedInto(target, before, decision, repeat, wasImported, options);
    if (merged.after) {
        target.after = merged.after;
        target.isSelectionOnly = target.isSelectionOnly && decision.isSelectionOnly;
        for (const std::string& name : merged.after->imageNames().value_or(std::vector<std::string>()))
            PS_TRY_VOID(m_store.addName(project.id, name, target.groupId));
    }
    const bool isAboutPick = selectedName(before) ==
                             decision.images[static_cast<std::size_t>(decision.selectedIndex.value_or(0))];
    if (merged.outcome != ImportOutcome::Conflict && isAboutPick && !repeat.chain.isNull())
        target.chain = repeat.chain;
    PS_TRY_VOID(m_store.putTarget(target));
    return note(decision, merged.outcome, target.groupId, before, merged.after ? merged.after : before, merged.note);
}

Merged PlanBuilder::mergedInto(const PlanTarget& target, const DecisionRow& before, const ImportedDecision& decision,
                               const RepeatVerdict& repeat, bool wasImported, MergeOptions options)
{
    using Kind = RepeatVerdict::Kind;
    const auto line = target.chain.isNull() ? std::string() : std::to_string(target.chain["line"].toInteger());
    const Kind kind = decision.isRecrop ? repeat.kind : Kind::First;
    switch (kind) {
    case Kind::Same: return {ImportOutcome::Skipped, {}, "says the same as line " + line};
    case Kind::Nothing: return {ImportOutcome::Skipped, {}, "the full frame of what line " + line + " left"};
    case Kind::Unclear:
        return {
            ImportOutcome::Conflict, {}, "superseded: it cannot be told whether it is about the original or a crop"};
    case Kind::Composed:
        if (!wasImported && !isAsLeft(before, target.chain))
            return {ImportOutcome::Conflict, {}, "superseded: the crop here is not what line " + line + " left"};
        options.correctsCrops = true; // known to the pixel
        options.sameCrop = 0;
        break;
    case Kind::First: break;
    }
    return wasImported ? Merged{ImportOutcome::Skipped, {}, "imported before"}
                       : mergeDecision(before, decision, options);
}

} // namespace ps
