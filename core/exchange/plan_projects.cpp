// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/plan_projects.h"

#include "core/base/text.h"
#include "core/decisions/viewing.h"
#include "core/imaging/image_service.h"
#include "core/library/scan.h"

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

std::string originalsPath(const Workspace& workspace, const std::string& projectId)
{
    return workspace.rootPath() + "/" + std::string(kOriginalsFolder) + "/" + projectId;
}

/// Whether an image in the project can be the one that the crop was made on.
bool isWitness(ImageSize size, const ImportedDecision& decision)
{
    if (!decision.pixels)
        return false;
    const PixelCrop& box = *decision.pixels;
    const bool exceeds = box.x2 > size.width || box.y2 > size.height;
    const bool isAsCropped = box.x2 - box.x1 == size.width && box.y2 - box.y1 == size.height;
    return !exceeds && !isAsCropped;
}

constexpr std::string_view kStateNote = "state of "; ///< before the project id, in the notes of the plan
constexpr const char* kNoDatabase = "no database";

/// What changes whenever somebody decides, undoes or imports in the project, or adds a row with another program.
Result<std::string> stateOf(const Connection& database)
{
    PS_TRY(std::string state, database.queryText("SELECT CAST(count(*) AS TEXT) FROM ai_decisions"));
    PS_TRY(const bool hasLedger, hasTable(database, "ps_ledger"));
    if (hasLedger) {
        PS_TRY(const std::string head, database.queryText("SELECT coalesce((SELECT hash FROM ps_ledger ORDER BY seq "
                                                          "DESC LIMIT 1), '')"));
        state += " " + head;
    }
    return state;
}

} // namespace

Result<bool> haveProjectsChanged(const Workspace& workspace, const PlanStore& store)
{
    PS_TRY(const auto known, store.connection().borrow("SELECT substr(key, 1 + length(?1)), value FROM meta WHERE "
                                                       "substr(key, 1, length(?1))=?1"));
    known->bind(kStateNote);
    for (;;) {
        PS_TRY(const bool hasProject, known->step());
        if (!hasProject)
            return false;
        std::string state = kNoDatabase;
        const auto database = openForViewing(workspace.databasePath(std::string(known->text(0))));
        if (!database && database.error().code != ErrorCode::NotFound)
            return database.error();
        if (database) {
            PS_TRY(state, stateOf(*database));
        }
        if (state != known->text(1))
            return true;
    }
}

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
    } else {
        PS_TRY_VOID(m_store.setMeta(std::string(kStateNote) + projectId, kNoDatabase));
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
    const std::string note = std::string(kStateNote) + project.id;
    PS_TRY(const std::string loaded, m_store.meta(note));
    if (!loaded.empty())
        return {}; // by an attempt that was interrupted; the project is as it was then
    PS_TRY(const std::string state, stateOf(database));
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
    return m_store.setMeta(note, state);
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

/// Whether further images may come into the row: it is from an import, and no person has said anything about its group since.
Result<bool> PlanBuilder::isImportedRow(const Project& project, const PlanTarget& target)
{
    if (!target.before)
        return true; // of this one
    if (!project.database)
        return false;
    PS_TRY(const bool hasImports, hasTable(*project.database, "ps_import_lines"));
    if (!hasImports)
        return false;
    PS_TRY(const auto query,
           project.database->borrow("SELECT 1 FROM ps_import_lines l JOIN ps_imports i USING (import_id) WHERE "
                                    "l.group_id=?1 AND l.outcome='added' AND i.is_standing=1 AND NOT EXISTS (SELECT 1 "
                                    "FROM ps_groups g WHERE g.group_id=?1)"));
    query->bind(target.groupId);
    return query->step();
}

Result<void> PlanBuilder::findFiles(Project& project)
{
    if (project.knowsFiles || project.imagesPath.empty())
        return {};
    project.knowsFiles = true;
    PS_TRY(const ProjectFolders folders, ProjectFolders::open(m_workspace, project.imagesPath));
    ScanOptions options;
    options.excludedFolders = folders.excludedFolders();
    const std::string originals = originalsPath(m_workspace, project.id);
    PS_TRY(const auto forget, m_store.connection().borrow("DELETE FROM files WHERE project=?1"));
    PS_TRY_VOID(forget->run(project.id)); // of an attempt that was interrupted
    for (const std::string& root : {project.imagesPath, originals}) {
        const auto folder = openFolder(root);
        if (!folder)
            continue; // no original was moved yet
        FileCollector collector(m_store, project.id, root);
        PS_TRY_VOID(walkImages(folder->get(), root == originals ? ScanOptions() : options, collector, {}));
    }
    return {};
}

/// The size of the selected image by a file that is what it always was: the one that finalize put among the originals. A file in
/// the images folder may have been cropped in place; only a crop in pixels can speak for it, which it holds without being all of
/// it. Returns why the size is not known. Source: formats/decisions_v3.md 6.7, R60.
Result<std::string> PlanBuilder::findSize(Project& project, ImportedDecision& decision)
{
    constexpr const char* kNeeded = "needs dimensions";
    PS_TRY_VOID(findFiles(project));
    const std::string& name = decision.images[static_cast<std::size_t>(decision.selectedIndex.value_or(0))];
    std::vector<std::pair<std::string, std::string>> originals;
    std::vector<std::pair<std::string, std::string>> images;
    PS_TRY(const auto query, m_store.connection().borrow("SELECT root, path FROM files WHERE project=?1 AND name=?2"));
    query->bind(project.id, name);
    for (;;) {
        PS_TRY(const bool hasFile, query->step());
        if (!hasFile)
            break;
        auto& places = query->text(0) == originalsPath(m_workspace, project.id) ? originals : images;
        places.emplace_back(query->text(0), query->text(1));
    }
    const bool isOriginal = !originals.empty();
    const auto& places = isOriginal ? originals : images;
    if (places.empty())
        return std::string(kNeeded);
    if (places.size() > 1)
        return std::string(kNeeded) + ": the project has several images of that name";
    PS_TRY(UniqueFd folder, openFolder(places.front().first));
    const auto info = m_images.probe(
        ImageSource(std::make_shared<const UniqueFd>(std::move(folder)), places.front().second));
    if (!info)
        return std::string(kNeeded) + ": the image cannot be read: " + info.error().message;
    if (!isOriginal && !isWitness(info->size, decision))
        return std::string(kNeeded) + ": the image may have been cropped since";
    decision.size = info->size;
    decision.notes.emplace_back(isOriginal ? "size from the original" : "size from the image in the project");
    return std::string();
}

} // namespace ps
