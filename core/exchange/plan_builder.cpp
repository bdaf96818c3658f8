// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/plan_builder.h"

#include "core/base/text.h"
#include "core/decisions/group_id.h"
#include "core/decisions/viewing.h"
#include "core/exchange/decision_log.h"
#include "core/exchange/plan_projects.h"
#include "core/imaging/image_service.h"
#include "core/library/scan.h"

#include <algorithm>

namespace ps {

namespace {

/// The columns of a project that is made by the import. Source: formats/decisions_v3.md 1.2.
const std::vector<std::string>& canonicalColumns()
{
    static const std::vector<std::string> columns{
        "group_id",        "timestamp",         "project_id",      "directory",     "batch_number",
        "images",          "ai_selected_index", "ai_crop_coords",  "ai_confidence", "user_selected_index",
        "user_action",     "final_crop_coords", "crop_timestamp",  "image_width",   "image_height",
        "selection_match", "crop_match",        "ai_crop_accepted"};
    return columns;
}

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

/// Puts the files that a walk meets into the plan.
class FileCollector final : public ScanVisitor
{
public:
    FileCollector(const PlanStore& store, std::string projectId, std::string root)
        : m_store(store), m_projectId(std::move(projectId)), m_root(std::move(root))
    {
    }
    Result<void> onImage(const ScannedImage& image) override
    {
        PS_TRY(const auto insert, m_store.connection().borrow("INSERT OR IGNORE INTO files VALUES (?1,?2,?3,?4)"));
        return insert->run(m_projectId, fileName(image.path), m_root, image.path);
    }
    Result<void> onSkipped(const SkippedEntry&) override { return {}; }

private:
    const PlanStore& m_store;
    std::string m_projectId;
    std::string m_root;
};

} // namespace

PlanBuilder::PlanBuilder(const Workspace& workspace, ImageService& images, PlanStore& store,
                         const ImportOptions& options, const ImportRules& rules, UtcTime time, std::string targetFolder)
    : m_workspace(workspace), m_images(images), m_store(store),
      m_options{options.correctsCrops, false, options.rejectsUnmatched, crop_tolerance::kMerge},
      m_projectId(options.projectId), m_rules(rules), m_time(time), m_targetFolder(std::move(targetFolder))
{
}

PlanBuilder::~PlanBuilder() = default;

// ---- projects ------------------------------------------------------------------------------------------------------

Result<PlanBuilder::Project*> PlanBuilder::project(const std::string& projectId)
{
    auto& known = m_projects[projectId];
    if (known)
        return known.get();
    auto opened = std::make_unique<Project>();
    opened->id = projectId;
    opened->columns = canonicalColumns();
    const auto manifest = ProjectManifest::read(m_workspace, projectId);
    if (!manifest && manifest.error().code != ErrorCode::NotFound)
        return manifest.error();
    auto database = openForViewing(m_workspace.databasePath(projectId));
    if (!database && database.error().code != ErrorCode::NotFound)
        return database.error();
    if (database) {
        PS_TRY(opened->table, readDecisionTable(*database));
        if (!opened->table.isComplete())
            return Error{ErrorCode::Unsupported,
                         "the table of the project lacks " + join(opened->table.missingColumns(), ", "), projectId, 0};
        opened->columns = opened->table.columns;
        PS_TRY_VOID(loadRows(*opened, *database));
        PS_TRY_VOID(loadImported(*opened, *database));
        opened->database = std::make_unique<Connection>(*std::move(database));
    }
    opened->imagesPrefix = projectId; // the folder that is made for a new project
    if (manifest) {
        PS_TRY(opened->imagesPath, manifest->imagesPath(m_workspace));
        PS_TRY(const ProjectFolders folders, ProjectFolders::open(m_workspace, opened->imagesPath));
        opened->imagesPrefix = folders.imagesPrefix();
    }
    known = std::move(opened);
    return known.get();
}

Result<void> PlanBuilder::loadRows(Project& project, const Connection& database)
{
    const std::string note = "rows of " + project.id;
    PS_TRY(const std::string loaded, m_store.meta(note));
    if (!loaded.empty())
        return {};
    PS_TRY(Statement rows, database.prepare("SELECT group_id, images FROM ai_decisions"));
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            break;
        const std::string groupId(rows.text(0));
        if (const auto images = parseJson(rows.text(1))) { // a row without a list of names shares no image
            for (const Json& image : images->items())
                PS_TRY_VOID(m_store.addName(project.id, image.toString(), groupId));
        }
    }
    return m_store.setMeta(note, "read");
}

Result<void> PlanBuilder::loadImported(const Project& project, const Connection& database)
{
    PS_TRY(const bool hasImports, hasTable(database, "ps_import_lines"));
    if (!hasImports)
        return {};
    PS_TRY(Statement lines, database.prepare("SELECT l.raw FROM ps_import_lines l JOIN ps_imports i USING (import_id) "
                                             "WHERE i.is_standing=1 AND l.outcome IN ('added', 'filled', 'corrected', "
                                             "'skipped')"));
    for (;;) {
        PS_TRY(const bool hasRow, lines.step());
        if (!hasRow)
            return {};
        PS_TRY_VOID(m_store.noteImported(project.id, lines.text(0)));
    }
}

Result<void> PlanBuilder::findFiles(Project& project)
{
    if (project.knowsFiles || project.imagesPath.empty())
        return {};
    project.knowsFiles = true;
    PS_TRY(const ProjectFolders folders, ProjectFolders::open(m_workspace, project.imagesPath));
    ScanOptions options;
    options.excludedFolders = folders.excludedFolders();
    const std::string originals = m_workspace.rootPath() + "/" + std::string(kOriginalsFolder) + "/" + project.id;
    for (const std::string& root : {project.imagesPath, originals}) {
        const auto folder = openFolder(root);
        if (!folder)
            continue; // no original was moved yet
        FileCollector collector(m_store, project.id, root);
        PS_TRY_VOID(walkImages(folder->get(), root == originals ? ScanOptions() : options, collector, {}));
    }
    return {};
}

/// The size of the project's own file of the selected image. Returns why it is not known. A file that may have been cropped in
/// place is no witness. Source: formats/decisions_v3.md 6.7, R60.
Result<std::string> PlanBuilder::findSize(Project& project, ImportedDecision& decision)
{
    constexpr const char* kNeeded = "needs dimensions";
    PS_TRY_VOID(findFiles(project));
    const std::string& name = decision.images[static_cast<std::size_t>(decision.selectedIndex.value_or(0))];
    PS_TRY(const auto query, m_store.connection().borrow("SELECT root, path FROM files WHERE project=?1 AND name=?2"));
    query->bind(project.id, name);
    PS_TRY(const bool hasFile, query->step());
    if (!hasFile)
        return std::string(kNeeded);
    const std::string root(query->text(0));
    const std::string path(query->text(1));
    PS_TRY(const bool hasSecond, query->step());
    if (hasSecond)
        return std::string(kNeeded) + ": the project has several images of that name";
    PS_TRY(UniqueFd folder, openFolder(root));
    const auto info = m_images.probe(ImageSource(std::make_shared<const UniqueFd>(std::move(folder)), path));
    if (!info)
        return std::string(kNeeded) + ": the image cannot be read: " + info.error().message;
    if (decision.pixels) {
        const PixelCrop& box = *decision.pixels;
        const bool exceeds = box.x2 > info->size.width || box.y2 > info->size.height;
        const bool isAsCropped = box.x2 - box.x1 == info->size.width && box.y2 - box.y1 == info->size.height;
        if (exceeds || isAsCropped)
            return std::string(kNeeded) + ": the image may have been cropped since";
    }
    decision.size = info->size;
    decision.notes.emplace_back("size from the image in the project");
    return std::string();
}

// ---- rows ----------------------------------------------------------------------------------------------------------

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
    planned.item.projectId = item.projectId;
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
    if (decision.size.isEmpty()) {
        PS_TRY(std::string problem, findSize(project, decision));
        if (problem.empty())
            problem = settleCrop(decision);
        if (!problem.empty())
            return note(decision, ImportOutcome::Quarantined, {}, {}, {}, problem);
    }
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
    RepeatVerdict repeat;
    if (decision.isRecrop) {
        repeat = composeRepeat(target ? target->chain : Json(), decision);
    }
    const bool hasText = decision.isRecrop || decision.isSelectionOnly || decision.isPlaceholder;
    PS_TRY(const bool wasImported,
           hasText ? m_store.wasImported(project.id, decision.origin.raw) : Result<bool>(false));
    if (!target) {
        if (wasImported)
            return note(decision, ImportOutcome::Skipped, {}, {}, {}, "imported before, and its row is gone since");
        PS_TRY(const std::string groupId, newGroupId(project, decision));
        const DecisionRow row = makeImportedRow(decision, project.columns, groupId);
        PS_TRY_VOID(addRow(project, row, decision.isSelectionOnly, repeat.chain));
        return note(decision, ImportOutcome::Added, groupId, {}, row, {});
    }
    const DecisionRow before = target->now().value_or(DecisionRow());
    Merged merged;
    MergeOptions options = m_options;
    options.isSelectionOnly = target->isSelectionOnly;
    const auto line = target->chain.isNull() ? std::string() : std::to_string(target->chain["line"].toInteger());
    using Kind = RepeatVerdict::Kind;
    if (decision.isRecrop && repeat.kind == Kind::Same)
        merged.note = "says the same as line " + line;
    else if (decision.isRecrop && repeat.kind == Kind::Nothing)
        merged.note = "the full frame of what line " + line + " left";
    else if (decision.isRecrop && repeat.kind == Kind::Unclear)
        merged = {
            ImportOutcome::Conflict, {}, "superseded: it cannot be told whether it is about the original or a crop"};
    else if (wasImported)
        merged.note = "imported before";
    else {
        if (repeat.kind == Kind::Composed) { // known to the pixel
            options.correctsCrops = true;
            options.sameCrop = 0;
        }
        merged = mergeDecision(before, decision, options);
    }
    const bool isNew = target->before == std::nullopt;
    if (merged.after) {
        target->after = merged.after;
        target->isSelectionOnly = isNew && decision.isSelectionOnly;
    }
    target->chain = repeat.chain.isNull() ? target->chain : repeat.chain;
    PS_TRY_VOID(m_store.putTarget(*target));
    return note(decision, merged.outcome, target->groupId, before, merged.after ? merged.after : before, merged.note);
}

} // namespace ps
