// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/finalize_plan.h"

#include "core/base/text.h"
#include "core/decisions/crop_record.h"
#include "core/library/companions.h"
#include "core/library/file_operator.h"
#include "core/library/filename.h"
#include "core/library/sidecar.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace ps {

namespace {

constexpr std::size_t kMaxSidecarBytes = 1024 * 1024;
constexpr int kMaxNameSuffix = 9999;

std::optional<Crop> acceptedCrop(const DecisionRow& row)
{
    const auto text = row.text("ai_crop_coords");
    const auto crop = text ? parseCrop(*text) : Result<Crop>(Error{});
    const bool isOfSelected = row.integer("ai_selected_index") == row.integer("user_selected_index");
    if (!crop || !isOfSelected || row.integer("ai_crop_accepted") != 1)
        return std::nullopt;
    return *crop;
}

/// A file of a group and what it is to it.
struct GroupFile {
    std::string path;
    OperationRole role;
    FileIdentity identity;
};

/// Collects the operations of one plan: picks free names, keeps a picture and its companions under one stem, and lists
/// every folder once.
class Planner
{
public:
    Planner(const ProjectFolders& folders, std::string_view projectId) : m_folders(folders), m_projectId(projectId) {}

    /// Adds one group whole, or not at all: an error leaves the plan as it was.
    Result<void> addGroup(const DecidedGroup& group, bool acceptChanged)
    {
        const std::size_t operationCount = m_operations.size();
        const FinalizeSummary earlier = summary;
        auto outcome = addGroupFiles(group, acceptChanged);
        if (!outcome)
            rollBack(operationCount, earlier);
        return outcome;
    }

    Result<void> addConfirmedCrop(const DecidedGroup& group, std::string_view currentPath)
    {
        m_groupKey = group.groupKey;
        PS_TRY(const GroupFile original, examine(currentPath, OperationRole::Original));
        PS_TRY_VOID(archiveSidecar(original.path));
        return addCut(group.row, original);
    }

    Result<void> addConfirmedApproval(const DecidedGroup& group, std::string_view currentPath)
    {
        m_groupKey = group.groupKey;
        PS_TRY(const GroupFile winner, examine(currentPath, OperationRole::Winner));
        PS_TRY_VOID(archiveSidecar(winner.path));
        PS_TRY_VOID(addUnit(winner, m_folders.stagingFolder(kSelectedFolder)));
        return {};
    }

    FinalizePlan take()
    {
        std::vector<Operation> all;
        for (const std::string& folder : m_targetFolders) {
            Operation make;
            make.kind = OperationKind::Folder;
            make.role = OperationRole::Folder;
            make.target = folder;
            make.note = folderNote(missingFolders(folder));
            all.push_back(std::move(make));
        }
        all.insert(all.end(), m_operations.begin(), m_operations.end());
        return {std::move(all), std::move(summary), {}};
    }

    FinalizeSummary summary;

private:
    void rollBack(std::size_t operationCount, const FinalizeSummary& earlier)
    {
        for (const std::string& target : m_groupTargets)
            m_targets.erase(target);
        for (const std::string& path : m_groupLeaving)
            m_leaving.erase(path);
        m_operations.resize(operationCount);
        summary = earlier;
    }

    Result<void> addGroupFiles(const DecidedGroup& group, bool acceptChanged)
    {
        m_groupKey = group.groupKey;
        m_groupTargets.clear();
        m_groupLeaving.clear();
        const auto selected = static_cast<std::size_t>(group.row.integer("user_selected_index").value_or(-1));
        if (selected >= group.members.size())
            return Error{ErrorCode::InvalidInput, "the selected image is not one of the group", group.groupKey, 0};
        std::vector<GroupFile> files;
        for (const GroupMember& member : group.members) {
            PS_TRY(GroupFile file, examine(member.path, OperationRole::Loser));
            if (group.hasRecordedIdentities && !acceptChanged && !isUnchanged(member.identity, file.identity))
                return Error{ErrorCode::Conflict, "the file was changed since it was decided", displayText(member.path),
                             0};
            files.push_back(std::move(file));
        }
        const Route route = routeOf(group.row);
        ++summary.groupsByRoute[route];
        // The winner last: a companion that several stages share goes with the last of them.
        const std::string staging = m_folders.stagingFolder(kDeleteStagingFolder);
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (i == selected && route != Route::Rejected)
                continue;
            PS_TRY_VOID(addUnit(files[i], staging));
            ++(route == Route::Rejected ? summary.rejectedStaged : summary.losersStaged);
        }
        if (route == Route::Rejected)
            return {};
        files[selected].role = OperationRole::Winner;
        return addWinner(group.row, files[selected], route);
    }

    Result<void> addWinner(const DecisionRow& row, GroupFile winner, Route route)
    {
        switch (route) {
        case Route::Selected: {
            PS_TRY_VOID(addUnit(winner, m_folders.stagingFolder(kSelectedFolder)));
            return {};
        }
        case Route::CropAuto: return addWithSidecar(row, winner, kCropAutoFolder, acceptedCrop(row));
        case Route::Crop: return addWithSidecar(row, winner, kCropFolder, std::nullopt);
        case Route::Cropped: winner.role = OperationRole::Original; return addCut(row, winner);
        case Route::Rejected: break;
        }
        return {};
    }

    /// S6 beside the image. One that is there already is archived, and what only it knows is carried over.
    Result<void> addWithSidecar(const DecisionRow& row, const GroupFile& winner, std::string_view folderName,
                                const std::optional<Crop>& suggested)
    {
        Sidecar sidecar = Sidecar::make(row.groupId(), row.text("project_id").value_or(m_projectId), suggested);
        if (const auto existing = readOwnSidecar(winner.path); existing)
            sidecar = existing->updatedWith(sidecar);
        PS_TRY_VOID(archiveSidecar(winner.path));
        const std::string folder = m_folders.stagingFolder(folderName);
        PS_TRY(const std::string target, addUnit(winner, folder, {".decision"}));
        Operation write = newOperation(OperationKind::Write, OperationRole::Sidecar);
        write.target = joinPath(folder, std::string(fileStem(fileName(target))) + ".decision");
        write.payload = sidecar.text();
        claim(write.target);
        m_operations.push_back(std::move(write));
        ++summary.sidecarsWritten;
        return {};
    }

    Result<void> addCut(const DecisionRow& row, const GroupFile& original)
    {
        const auto crop = cropOfRow(row);
        if (!crop)
            return Error{ErrorCode::InvalidInput, "the row holds no crop that can be cut", row.groupId(), 0};
        Operation cut = newOperation(OperationKind::Cut, OperationRole::Crop);
        cut.source = original.path;
        cut.payload = dumpJson(Json::array({crop->box.x1, crop->box.y1, crop->box.x2, crop->box.y2}));
        const std::string folder = m_folders.stagingFolder(kCroppedFolder);
        PS_TRY(cut.target, freeTarget(folder, fileName(original.path)));
        useFolder(folder);
        claim(cut.target);
        m_operations.push_back(std::move(cut));
        PS_TRY_VOID(addUnit(original, joinPath(kOriginalsFolder, m_projectId)));
        return {};
    }

    /// A picture and its companions into one folder under one stem. Returns the new path of the picture.
    /// `alsoFree` are suffixes that must be free beside it.
    Result<std::string> addUnit(const GroupFile& image, const std::string& folder,
                                const std::vector<std::string>& alsoFree = {})
    {
        m_leaving.insert(image.path);
        m_groupLeaving.insert(image.path);
        PS_TRY(std::vector<GroupFile> files, companionsThatGo(image));
        files.insert(files.begin(), image);
        PS_TRY(const std::string newStem, freeStem(files, folder, fileStem(fileName(image.path)), alsoFree));
        useFolder(folder);
        std::string imageTarget;
        for (const GroupFile& file : files) {
            Operation move = newOperation(OperationKind::Move, file.role);
            move.source = file.path;
            move.identity = file.identity;
            move.target = joinPath(folder, renamed(file, image, newStem));
            PS_TRY(const bool hasSame, holdsSameBytes(file, move.target));
            if (hasSame)
                move.note = kNoteSameBytes;
            claim(move.target);
            if (imageTarget.empty())
                imageTarget = move.target;
            m_operations.push_back(std::move(move));
        }
        summary.companionsMoved += std::ssize(files) - 1;
        return imageTarget;
    }

    /// The name of a file of the unit when its picture gets the stem `newStem`: a group-level sidecar, whose stem is shorter,
    /// gets the same suffix.
    static std::string renamed(const GroupFile& file, const GroupFile& image, const std::string& newStem)
    {
        const std::string_view name = fileName(file.path);
        const std::string_view addition = std::string_view(newStem).substr(fileStem(fileName(image.path)).size());
        return std::string(fileStem(name)).append(addition).append(fileSuffix(name));
    }

    /// The companions that no other remaining picture needs.
    Result<std::vector<GroupFile>> companionsThatGo(const GroupFile& image)
    {
        std::vector<GroupFile> files;
        const std::string folder(parentPath(image.path));
        PS_TRY(const CompanionFinder* finder, finderOf(folder));
        for (const std::string& name : finder->companionsOf(fileName(image.path))) {
            const std::string path = joinPath(folder, name);
            const std::vector<std::string> owners = finder->imagesOf(name);
            const bool isNeeded = std::ranges::any_of(
                owners, [&](const std::string& owner) { return !m_leaving.contains(joinPath(folder, owner)); });
            if (isNeeded || m_leaving.contains(path))
                continue;
            auto companion = examine(path, OperationRole::Companion);
            if (!companion && companion.error().code == ErrorCode::Refused)
                continue; // a folder or a link of that name is no companion
            if (!companion)
                return std::move(companion).error();
            files.push_back(*std::move(companion));
        }
        return files;
    }

    /// The stem under which none of the files meets another file: the own one, else with _2, _3 ...
    Result<std::string> freeStem(const std::vector<GroupFile>& files, const std::string& folder, std::string_view stem,
                                 const std::vector<std::string>& alsoFree)
    {
        for (int number = 1; number <= kMaxNameSuffix; ++number) {
            const std::string candidate = std::string(stem) + (number > 1 ? "_" + std::to_string(number) : "");
            bool isFree = true;
            for (const GroupFile& file : files) {
                const std::string target = joinPath(folder, renamed(file, files.front(), candidate));
                PS_TRY(const bool isUsable, isFreeOrSame(file, target));
                isFree = isFree && isUsable;
            }
            for (const std::string& suffix : alsoFree) {
                PS_TRY(const bool isTaken, exists(joinPath(folder, candidate + suffix)));
                isFree = isFree && !isTaken;
            }
            if (isFree)
                return candidate;
        }
        return Error{ErrorCode::AlreadyExists, "no free name in the target folder", displayText(stem), 0};
    }

    Result<std::string> freeTarget(const std::string& folder, std::string_view name)
    {
        for (int number = 1; number <= kMaxNameSuffix; ++number) {
            const std::string stem = std::string(fileStem(name)) + (number > 1 ? "_" + std::to_string(number) : "");
            std::string target = joinPath(folder, stem + std::string(fileSuffix(name)));
            PS_TRY(const bool isTaken, exists(target));
            if (!isTaken)
                return target;
        }
        return Error{ErrorCode::AlreadyExists, "no free name in the target folder", displayText(name), 0};
    }

    Result<bool> isFreeOrSame(const GroupFile& file, const std::string& target)
    {
        PS_TRY(const bool isTaken, exists(target));
        return isTaken ? holdsSameBytes(file, target) : Result<bool>(true);
    }

    Result<bool> exists(const std::string& path)
    {
        if (m_targets.contains(path))
            return true;
        PS_TRY(const Place place, m_folders.locate(path));
        auto identity = identifyIfThere(place);
        if (!identity && identity.error().code == ErrorCode::Refused)
            return true; // something that is no file has the name
        if (!identity)
            return std::move(identity).error();
        return identity->has_value();
    }

    Result<bool> holdsSameBytes(const GroupFile& file, const std::string& target)
    {
        if (m_targets.contains(target))
            return false;
        PS_TRY(const Place there, m_folders.locate(target));
        const auto identity = identifyIfThere(there);
        if (!identity || !*identity || (*identity)->sizeBytes != file.identity.sizeBytes)
            return false;
        PS_TRY(const Place here, m_folders.locate(file.path));
        PS_TRY(const std::string thereHash, sha256At(there));
        PS_TRY(const std::string hereHash, sha256At(here));
        return thereHash == hereHash;
    }

    std::optional<Sidecar> readOwnSidecar(const std::string& imagePath)
    {
        const auto place = m_folders.locate(ownSidecarPath(imagePath));
        const auto text = place ? readFileBeneath(place->rootFd(), place->path, kMaxSidecarBytes)
                                : Result<std::string>(Error{});
        const auto sidecar = text ? Sidecar::parse(*text) : Result<Sidecar>(Error{});
        return sidecar ? std::optional(*sidecar) : std::nullopt;
    }

    static std::string ownSidecarPath(const std::string& imagePath)
    {
        return joinPath(parentPath(imagePath), std::string(fileStem(fileName(imagePath))) + ".decision");
    }

    Result<void> archiveSidecar(const std::string& imagePath)
    {
        const std::string path = ownSidecarPath(imagePath);
        auto file = examine(path, OperationRole::Archive);
        if (!file && (file.error().code == ErrorCode::NotFound || file.error().code == ErrorCode::Refused))
            return {};
        if (!file)
            return std::move(file).error();
        const std::string folder = joinPath(kSidecarArchiveFolder, m_projectId);
        Operation move = newOperation(OperationKind::Move, OperationRole::Archive);
        move.source = path;
        move.identity = file->identity;
        PS_TRY(move.target, freeTarget(folder, fileName(path)));
        useFolder(folder);
        claim(move.target);
        m_leaving.insert(path);
        m_groupLeaving.insert(path);
        m_operations.push_back(std::move(move));
        return {};
    }

    Result<GroupFile> examine(std::string_view path, OperationRole role)
    {
        PS_TRY(const Place place, m_folders.locate(path));
        auto identity = identifyBeneath(place.rootFd(), place.path);
        if (!identity && identity.error().code == ErrorCode::NotFound)
            return Error{ErrorCode::NotFound, "the file is missing", displayText(path), 0};
        if (!identity)
            return identity.error();
        return GroupFile{std::string(path), role, *identity};
    }

    Result<const CompanionFinder*> finderOf(const std::string& folder)
    {
        const auto known = m_finders.find(folder);
        if (known != m_finders.end())
            return &known->second;
        // locate() wants a file; any name in the folder gives its place.
        PS_TRY(const Place place, m_folders.locate(joinPath(folder, "x")));
        PS_TRY(const UniqueFd fd, openFolderBeneath(place.rootFd(), parentPath(place.path)));
        PS_TRY(const std::vector<std::string> names, folderEntries(fd.get()));
        return &m_finders.emplace(folder, CompanionFinder(names)).first->second;
    }

    /// The folders on the way to this one that are not there yet, outermost first.
    std::vector<std::string> missingFolders(const std::string& folder) const
    {
        std::vector<std::string> missing;
        const auto place = m_folders.locate(folder);
        std::string walked;
        for (const std::string& component : place ? split(place->path, '/') : std::vector<std::string>()) {
            walked = joinPath(walked, component);
            const auto opened = openFolderBeneath(place->rootFd(), walked);
            if (!opened && opened.error().code == ErrorCode::NotFound)
                missing.push_back(walked);
        }
        return missing;
    }

    Operation newOperation(OperationKind kind, OperationRole role) const
    {
        Operation operation;
        operation.groupKey = m_groupKey;
        operation.kind = kind;
        operation.role = role;
        return operation;
    }

    void claim(const std::string& target)
    {
        m_targets.insert(target);
        m_groupTargets.insert(target);
    }

    void useFolder(const std::string& folder)
    {
        if (std::ranges::find(m_targetFolders, folder) == m_targetFolders.end())
            m_targetFolders.push_back(folder);
    }

    const ProjectFolders& m_folders;
    const std::string m_projectId;
    std::string m_groupKey;
    std::vector<Operation> m_operations;
    std::vector<std::string> m_targetFolders;
    std::set<std::string> m_targets;      ///< names that the plan gives out
    std::set<std::string> m_leaving;      ///< files that the plan takes away
    std::set<std::string> m_groupTargets; ///< of the group at hand
    std::set<std::string> m_groupLeaving;
    std::map<std::string, CompanionFinder> m_finders;
};

} // namespace

Route routeOf(const DecisionRow& row)
{
    if (row.action() == Action::Reject)
        return Route::Rejected;
    if (cropOfRow(row))
        return Route::Cropped;
    if (row.action() == Action::Crop)
        return Route::Crop;
    return acceptedCrop(row) ? Route::CropAuto : Route::Selected;
}

std::int64_t FinalizeSummary::groupCount() const
{
    std::int64_t count = 0;
    for (const auto& [route, groups] : groupsByRoute)
        count += groups;
    return count;
}

Result<FinalizePlan> planFinalize(const ProjectFolders& folders, std::string_view projectId,
                                  const std::vector<DecidedGroup>& groups, bool acceptChanged, std::stop_token stop)
{
    Planner planner(folders, projectId);
    for (const DecidedGroup& group : groups) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while planning", {}, 0};
        if (auto added = planner.addGroup(group, acceptChanged); !added)
            planner.summary.skipped.push_back({group.groupKey, group.row.groupId(), added.error().describe()});
    }
    return planner.take();
}

Result<FinalizePlan> planConfirmedCrop(const ProjectFolders& folders, std::string_view projectId,
                                       const DecidedGroup& group, std::string_view currentPath)
{
    Planner planner(folders, projectId);
    PS_TRY_VOID(planner.addConfirmedCrop(group, currentPath));
    return planner.take();
}

Result<FinalizePlan> planConfirmedApproval(const ProjectFolders& folders, std::string_view projectId,
                                           const DecidedGroup& group, std::string_view currentPath)
{
    Planner planner(folders, projectId);
    PS_TRY_VOID(planner.addConfirmedApproval(group, currentPath));
    return planner.take();
}

} // namespace ps
