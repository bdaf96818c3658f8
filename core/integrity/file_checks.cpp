// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/file_checks.h"

#include "core/base/text.h"
#include "core/integrity/row_view.h"
#include "core/integrity/sidecar_checks.h"
#include "core/library/filename.h"

#include <algorithm>
#include <array>
#include <set>

namespace ps {

namespace {

/// Names that the scripts used before they put "__" in front.
constexpr std::array<std::string_view, 11> kOlderFolders{
    "selected",          "crop",    "crop_auto",         "crop_cropped",
    "delete_staging",    "content", "character_group_1", "character_group_2",
    "character_group_3", "cropped", "crop_queued"};

Result<void> indexFolder(const ProjectSession& session, const std::string& workspacePath, FileIndex& index,
                         const std::vector<std::string>& excluded, std::stop_token stop)
{
    // locate() wants a file; any name in the folder gives its place.
    PS_TRY(const Place place, session.folders().locate(joinPath(workspacePath, "x")));
    const auto folder = openFolderBeneath(place.rootFd(), parentPath(place.path));
    if (!folder)
        return {};
    PS_TRY(ScanResult scan, scanImages(folder->get(), {excluded, {}}, stop));
    for (const ScannedImage& image : scan.images)
        index.imagePaths.emplace(fileName(image.path), joinPath(workspacePath, image.path));
    for (const std::string& sidecar : scan.sidecars)
        index.sidecars.push_back(joinPath(workspacePath, sidecar));
    for (SkippedEntry& entry : scan.skipped)
        index.skipped.push_back({joinPath(workspacePath, entry.path), entry.reason});
    return {};
}

/// The "__" and older folders of one parent folder, workspace-relative.
Result<std::vector<std::string>> stagingFolders(const ProjectSession& session)
{
    std::vector<std::string> folders;
    PS_TRY(const Place place, session.folders().locate(session.folders().stagingFolder("__x")));
    PS_TRY(const UniqueFd parent, openFolderBeneath(place.rootFd(), parentPath(place.path)));
    PS_TRY(const std::vector<std::string> names, folderEntries(parent.get()));
    for (const std::string& name : names) {
        const bool isOlder = std::ranges::find(kOlderFolders, name) != kOlderFolders.end();
        const std::string path = session.folders().stagingFolder(name);
        if ((startsWith(name, "__") || isOlder) && path != session.folders().imagesPrefix())
            folders.push_back(path);
    }
    return folders;
}

bool isOriginalOfCrop(std::string_view path)
{
    return startsWith(path, std::string(kOriginalsFolder) + "/");
}

} // namespace

Result<FileIndex> indexFiles(const ProjectSession& session, std::stop_token stop)
{
    FileIndex index;
    PS_TRY(const std::vector<std::string> staging, stagingFolders(session));
    std::vector<std::string> excluded = session.folders().excludedFolders();
    const std::string& images = session.folders().imagesPrefix();
    for (const std::string& folder : staging) {
        // An older folder may lie inside the images when these are the workspace itself.
        if (images.empty())
            excluded.push_back(folder);
        PS_TRY_VOID(indexFolder(session, folder, index, {}, stop));
    }
    PS_TRY_VOID(indexFolder(session, images, index, excluded, stop));
    PS_TRY_VOID(indexFolder(session, joinPath(kOriginalsFolder, session.projectId()), index, {}, stop));
    std::ranges::sort(index.sidecars);
    return index;
}

namespace {

class FileChecker
{
public:
    FileChecker(const ProjectSession& session, const FileIndex& index, const FileCheckOptions& options)
        : m_session(session), m_index(index), m_measuresLeft(options.maxMeasured)
    {
    }

    Result<void> checkRows(const Connection& connection, std::stop_token stop)
    {
        PS_TRY(RowReader rows, RowReader::open(connection));
        for (;;) {
            PS_TRY(const bool hasRow, rows.next());
            if (!hasRow)
                return {};
            checkRow(rows.row());
            if (stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the inspection was stopped", {}, 0};
        }
    }

    /// Cuts that the database knows as verified.
    Result<void> checkCuts(const Connection& connection)
    {
        PS_TRY(const std::vector<Operation> operations, readOperations(connection, {{}, {}, {OperationState::Done}}));
        for (const Operation& operation : operations) {
            if (operation.kind != OperationKind::Cut)
                continue;
            PS_TRY(const Place place, m_session.folders().locate(operation.target));
            PS_TRY(const auto identity, identifyIfThere(place));
            if (!identity)
                result.findings.add("cut_missing", {}, 0, displayText(operation.target));
            else if (operation.identity && !isUnchanged(*operation.identity, *identity))
                result.findings.add("cut_differs", {}, 0, displayText(operation.target));
        }
        return {};
    }

    /// Images and rows as the catalogue knows them.
    Result<void> checkCatalogue(std::stop_token stop)
    {
        for (std::int64_t ordinal = 0;; ++ordinal) {
            auto group = m_session.groupAt(ordinal);
            if (!group && group.error().code == ErrorCode::NotFound)
                return {};
            if (!group)
                return std::move(group).error();
            if (stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the inspection was stopped", {}, 0};
            checkGroup(*group);
        }
    }

    /// Rows that no known images belong to.
    Result<void> checkUnmatchedRows()
    {
        PS_TRY(const auto unmatched, m_session.unmatchedRows(FindingList::kKeptPerCheck));
        for (const UnmatchedRow& row : unmatched.first)
            result.findings.add("row_unmatched", row.groupId, 0, row.reason);
        result.findings.addUnlisted("row_unmatched", unmatched.second - std::ssize(unmatched.first));
        return {};
    }

    FileCheckResult result;

private:
    void checkRow(const RowView& row)
    {
        const auto action = parseAction(row.action.bytes);
        if (!action || *action == Action::Reject)
            return;
        const auto images = parseJson(row.images.bytes);
        const std::size_t index = static_cast<std::size_t>(row.selectedIndex.integer);
        if (!images || !row.selectedIndex.isInteger || index >= images->items().size())
            return; // the row checks say so
        const std::string name(fileName(images->items()[index].toString()));
        std::vector<std::string> places;
        const auto [begin, end] = m_index.imagePaths.equal_range(name);
        for (auto found = begin; found != end; ++found)
            places.push_back(found->second);
        const std::string groupId(row.groupId.bytes);
        if (places.empty()) {
            result.findings.add("file_missing", groupId, row.position, displayText(name));
            return;
        }
        // The untouched original of a crop is kept beside its cut on purpose.
        std::erase_if(places, isOriginalOfCrop);
        if (places.size() > 1) {
            std::ranges::sort(places);
            result.findings.add("file_duplicate", groupId, row.position,
                                displayText(places[0]) + ", " + displayText(places[1]));
        }
    }

    void checkGroup(const GroupDetail& group)
    {
        std::vector<ImageSize> sizes;
        for (const GroupImage& image : group.images)
            sizes.push_back(measured(image));
        if (!group.row)
            return;
        const auto selected = static_cast<std::size_t>(group.row->integer("user_selected_index").value_or(-1));
        if (selected >= sizes.size() || sizes[selected].isEmpty())
            return;
        const ImageSize size = sizes[selected];
        const auto width = group.row->integer("image_width");
        const auto height = group.row->integer("image_height");
        if (width > 0 && height > 0 && (*width != size.width || *height != size.height)) {
            const auto text = [](std::int64_t w, std::int64_t h) {
                return std::to_string(w) + " x " + std::to_string(h);
            };
            result.findings.add("size_differs", group.entry.groupId, 0,
                                "stored " + text(*width, *height) + ", the image has " + text(size.width, size.height));
        }
    }

    /// The size of an image; empty when it is missing, cannot be read, or too many were measured already.
    ImageSize measured(const GroupImage& image)
    {
        if (image.isMissing)
            return {};
        if (image.size.isEmpty() && image.problem.empty() && m_measuresLeft-- <= 0) {
            ++result.unmeasuredImages;
            return {};
        }
        auto size = image.problem.empty() ? m_session.sizeOf(image)
                                          : Result<ImageSize>(Error{ErrorCode::Corrupt, image.problem, {}, 0});
        if (!size)
            result.findings.add("file_unreadable", {}, 0, displayText(image.path) + ": " + size.error().message);
        return size.value_or(ImageSize{});
    }

    const ProjectSession& m_session;
    const FileIndex& m_index;
    std::int64_t m_measuresLeft;
};

/// X.png beside X.jpg in one folder.
void checkTwins(const FileIndex& index, FindingList& findings)
{
    std::set<std::string> stems;
    for (const auto& [name, path] : index.imagePaths) {
        const std::string stem = joinPath(parentPath(path), fileStem(name));
        if (!stems.insert(stem).second)
            findings.add("twin_image", {}, 0, displayText(path));
    }
}

} // namespace

Result<FileCheckResult> checkFiles(const ProjectSession& session, const FileCheckOptions& options, std::stop_token stop)
{
    PS_TRY(const FileIndex index, indexFiles(session, stop));
    PS_TRY(const Connection reader, session.openReader());
    FileChecker checker(session, index, options);
    PS_TRY_VOID(checker.checkRows(reader, stop));
    PS_TRY_VOID(checker.checkCuts(reader));
    PS_TRY_VOID(checker.checkUnmatchedRows());
    PS_TRY_VOID(checker.checkCatalogue(stop));
    FindingList& findings = checker.result.findings;
    for (const SkippedEntry& entry : index.skipped)
        findings.add("file_skipped", {}, 0, displayText(entry.path) + ": " + std::string(skipReasonName(entry.reason)));
    checkTwins(index, findings);
    PS_TRY(const std::vector<SidecarProblem> problems, findSidecarProblems(session, index, reader));
    for (const SidecarProblem& problem : problems)
        findings.add(problem.check, problem.groupId, 0, problem.evidence);
    return std::move(checker.result);
}

} // namespace ps
