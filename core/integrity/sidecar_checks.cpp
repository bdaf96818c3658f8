// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/sidecar_checks.h"

#include "core/base/text.h"
#include "core/integrity/file_checks.h"
#include "core/library/filename.h"
#include "core/library/sidecar.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::size_t kMaxSidecarBytes = 1024 * 1024;

/// Images by what a sidecar calls them: their stem, or the stem of their group.
class ImagesByStem
{
public:
    explicit ImagesByStem(const FileIndex& index)
    {
        for (const auto& [name, path] : index.imagePaths) {
            const std::string_view stem = fileStem(name);
            m_paths.emplace(stem, path);
            if (groupStem(stem) != stem)
                m_paths.emplace(groupStem(stem), path);
        }
    }

    /// Folders that hold an image of this stem, sorted.
    std::vector<std::string> foldersOf(std::string_view stem) const
    {
        std::vector<std::string> folders;
        const auto [begin, end] = m_paths.equal_range(std::string(stem));
        for (auto found = begin; found != end; ++found)
            folders.emplace_back(parentPath(found->second));
        std::ranges::sort(folders);
        folders.erase(std::ranges::unique(folders).begin(), folders.end());
        return folders;
    }

private:
    std::unordered_multimap<std::string, std::string> m_paths;
};

class SidecarChecker
{
public:
    SidecarChecker(const ProjectSession& session, const FileIndex& index, const Connection& connection)
        : m_session(session), m_images(index), m_connection(connection),
          m_archive(joinPath(kSidecarArchiveFolder, session.projectId()))
    {
    }

    Result<void> check(const std::string& path)
    {
        PS_TRY(const Place place, m_session.folders().locate(path));
        const auto text = readFileBeneath(place.rootFd(), place.path, kMaxSidecarBytes);
        const auto sidecar = text ? Sidecar::parse(*text) : Result<Sidecar>(text.error());
        if (!sidecar) {
            problems.push_back(
                {"sidecar_invalid", {}, displayText(path) + ": " + sidecar.error().message, path, m_archive});
            return {};
        }
        const std::vector<std::string> folders = m_images.foldersOf(fileStem(fileName(path)));
        const bool isBeside = std::ranges::find(folders, parentPath(path)) != folders.end();
        if (folders.empty()) {
            problems.push_back({"sidecar_orphan", sidecar->groupId(), displayText(path), path, m_archive});
        } else if (!isBeside) {
            problems.push_back({"sidecar_split", sidecar->groupId(),
                                displayText(path) + ", the image is in " + displayText(folders.front()), path,
                                folders.front()});
        } else if (sidecar->shape() != SidecarShape::GroupLevel) {
            return checkRow(path, *sidecar);
        }
        return {};
    }

    /// Files that finalize wrote beside an image and that are gone.
    Result<void> checkMissing()
    {
        PS_TRY(const std::vector<Operation> operations, readOperations(m_connection, {{}, {}, {OperationState::Done}}));
        for (const Operation& operation : operations) {
            if (operation.kind != OperationKind::Write)
                continue;
            const bool movedOn = std::ranges::any_of(operations, [&](const Operation& other) {
                return other.kind == OperationKind::Move && other.source == operation.target;
            });
            PS_TRY(const Place place, m_session.folders().locate(operation.target));
            PS_TRY(const auto identity, identifyIfThere(place));
            if (!identity && !movedOn)
                problems.push_back({"sidecar_missing", {}, displayText(operation.target), {}, {}});
        }
        return {};
    }

    std::vector<SidecarProblem> problems;

private:
    Result<void> checkRow(const std::string& path, const Sidecar& sidecar)
    {
        if (!sidecar.projectId().empty() && sidecar.projectId() != m_session.projectId())
            return {}; // of another project in the same workspace
        PS_TRY(const auto query, m_connection.borrow("SELECT 1 FROM ai_decisions WHERE group_id=?1"));
        query->bind(sidecar.groupId());
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            problems.push_back({"sidecar_unknown_row", sidecar.groupId(), displayText(path), path, m_archive});
        return {};
    }

    const ProjectSession& m_session;
    const ImagesByStem m_images;
    const Connection& m_connection;
    const std::string m_archive;
};

} // namespace

Result<std::vector<SidecarProblem>> findSidecarProblems(const ProjectSession& session, const FileIndex& index,
                                                        const Connection& connection)
{
    SidecarChecker checker(session, index, connection);
    for (const std::string& path : index.sidecars)
        PS_TRY_VOID(checker.check(path));
    PS_TRY_VOID(checker.checkMissing());
    return std::move(checker.problems);
}

} // namespace ps
