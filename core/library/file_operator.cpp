// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/file_operator.h"

#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/base/text.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

namespace {

Error missing(const std::string& path)
{
    return {ErrorCode::NotFound, "the file is missing", displayText(path), 0};
}

Error changedSince(const std::string& path)
{
    return {ErrorCode::Conflict, "the file was changed since", displayText(path), 0};
}

Error taken(const std::string& path)
{
    return {ErrorCode::AlreadyExists, "another file has the name meanwhile", displayText(path), 0};
}

bool isSameInode(const FileIdentity& a, const FileIdentity& b)
{
    return a.device == b.device && a.inode == b.inode;
}

Result<bool> holdSameBytes(const Place& a, const Place& b)
{
    PS_TRY(const std::string hashOfA, sha256At(a));
    PS_TRY(const std::string hashOfB, sha256At(b));
    return hashOfA == hashOfB;
}

Result<void> setModificationTime(const Place& place, std::int64_t modifiedNs)
{
    PS_TRY(const UniqueFd fd, openFileBeneath(place.rootFd(), place.path));
    const timespec modified{modifiedNs / 1'000'000'000, modifiedNs % 1'000'000'000};
    const timespec times[2] = {{0, UTIME_OMIT}, modified};
    if (::futimens(fd.get(), times) != 0)
        return errnoError("cannot set the time of the file", place.path, errno);
    return syncFile(fd.get());
}

/// Identity of a file that was just made. One that is made again, by a redo, gets the time of the first time: a later plan
/// that moves it has recorded that.
Result<FileIdentity> identifyMade(const Place& place, const std::optional<FileIdentity>& earlier)
{
    if (earlier) {
        PS_TRY_VOID(setModificationTime(place, earlier->modifiedNs));
    }
    return identifyBeneath(place.rootFd(), place.path);
}

} // namespace

Result<PixelBox> cutBox(const Operation& operation)
{
    const auto json = parseJson(operation.payload);
    if (!json || json->items().size() != 4)
        return Error{ErrorCode::Corrupt, "the plan holds no box to cut", displayText(operation.target), 0};
    const auto value = [&](std::size_t i) { return static_cast<int>(json->items()[i].toInteger()); };
    return PixelBox{value(0), value(1), value(2), value(3)};
}

std::string folderNote(const std::vector<std::string>& missingFolders)
{
    if (missingFolders.empty())
        return {};
    Json::Array names;
    for (const std::string& path : missingFolders)
        names.emplace_back(path);
    return dumpJson(Json(std::move(names)));
}

std::string FileOperator::temporaryNameOf(const Operation& operation) const
{
    // Known beforehand, so that the next run finds and replaces what a crash left.
    return ".proofsheet-" + m_projectId + "-" + std::to_string(operation.planId) + "-" +
           std::to_string(operation.ordinal);
}

Result<void> FileOperator::carryOut(Operation& operation, std::span<const Operation> group,
                                    ChangedFolders& changed) const
{
    Result<void> outcome;
    switch (operation.kind) {
    case OperationKind::Folder: outcome = makeFolder(operation); break;
    case OperationKind::Move: outcome = moveForward(operation, changed); break;
    case OperationKind::Cut: outcome = cut(operation, group, changed); break;
    case OperationKind::Write: outcome = write(operation, changed); break;
    }
    if (outcome)
        operation.state = OperationState::Done;
    return outcome;
}

Result<void> FileOperator::takeBack(Operation& operation, ChangedFolders& changed) const
{
    Result<void> outcome;
    switch (operation.kind) {
    case OperationKind::Folder: outcome = removeFolder(operation); break;
    case OperationKind::Move: outcome = moveBack(operation, changed); break;
    case OperationKind::Cut:
    case OperationKind::Write: outcome = removeMadeFile(operation, changed); break;
    }
    if (outcome)
        operation.state = OperationState::Undone;
    return outcome;
}

// ---- folders -------------------------------------------------------------------------------------------------------

Result<void> FileOperator::makeFolder(Operation& operation) const
{
    PS_TRY(const Place place, m_folders.locate(operation.target));
    std::vector<std::string> created;
    PS_TRY_VOID(makeFoldersBeneath(place.rootFd(), place.path, &created));
    // The plan has noted which of the folders on the way were missing, so that undo can remove exactly those; noted there and
    // not here, because a crash between making one and recording it would lose it.
    if (operation.note.empty())
        operation.note = folderNote(created);
    return {};
}

Result<void> FileOperator::removeFolder(Operation& operation) const
{
    const auto created = parseJson(operation.note);
    if (!created)
        return {};
    PS_TRY(const Place place, m_folders.locate(operation.target));
    for (auto path = created->items().rbegin(); path != created->items().rend(); ++path) {
        const auto parent = openFolderBeneath(place.rootFd(), parentPath(path->toString()));
        if (!parent && parent.error().code == ErrorCode::NotFound)
            continue; // an earlier run got this far
        if (!parent)
            return parent.error();
        const std::string name(fileName(path->toString()));
        if (::unlinkat(parent->get(), name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT)
            return {}; // it holds something by now; then it stays
        PS_TRY_VOID(syncFolder(parent->get()));
    }
    return {};
}

// ---- moves ---------------------------------------------------------------------------------------------------------

Result<void> FileOperator::moveForward(Operation& operation, ChangedFolders& changed) const
{
    PS_TRY(const Place source, m_folders.locate(operation.source));
    PS_TRY(const Place target, m_folders.locate(operation.target));
    PS_TRY(const auto atSource, identifyIfThere(source));
    PS_TRY(const auto atTarget, identifyIfThere(target));
    const FileIdentity planned = operation.identity.value_or(FileIdentity{});
    const bool isAtTarget = atTarget && isUnchanged(planned, *atTarget);
    if (!atSource && (isAtTarget || (atTarget && operation.note == kNoteSameBytes)))
        return {}; // an earlier run got this far
    if (!atSource)
        return missing(operation.source);
    if (!isUnchanged(planned, *atSource))
        return changedSince(operation.source);
    if (!atTarget) {
        PS_TRY_VOID(moveFile(source, target, planned, temporaryNameOf(operation), changed));
        PS_TRY(operation.identity, identifyBeneath(target.rootFd(), target.path));
        return {};
    }
    // The target is there: a hard link that stood in for a rename, a copy whose source had not gone yet, or a file of
    // the same bytes. In all three the source may go; anything else keeps its name.
    PS_TRY(const bool isSame, isSameInode(*atSource, *atTarget) ? Result<bool>(true) : holdSameBytes(source, target));
    if (!isSame)
        return taken(operation.target);
    if (!isAtTarget)
        operation.note = kNoteSameBytes;
    if (operation.note == kNoteSameBytes) {
        PS_TRY(operation.sha256, sha256At(target)); // undo copies it back only if it is still the same
    }
    return removeFileIfSame(source, planned, changed);
}

Result<void> FileOperator::moveBack(Operation& operation, ChangedFolders& changed) const
{
    PS_TRY(const Place source, m_folders.locate(operation.source));
    PS_TRY(const Place target, m_folders.locate(operation.target));
    if (operation.note == kNoteSameBytes)
        return copyBack(operation, source, target, changed);
    PS_TRY(const auto atSource, identifyIfThere(source));
    PS_TRY(const auto atTarget, identifyIfThere(target));
    const FileIdentity recorded = operation.identity.value_or(FileIdentity{});
    if (!atTarget && atSource && isUnchanged(recorded, *atSource))
        return {};
    if (!atTarget)
        return missing(operation.target);
    if (!isUnchanged(recorded, *atTarget))
        return changedSince(operation.target);
    if (!atSource) {
        PS_TRY(const Place parent, m_folders.locate(operation.source));
        PS_TRY_VOID(makeFoldersBeneath(parent.rootFd(), parentPath(parent.path)));
        PS_TRY_VOID(moveFile(target, source, recorded, temporaryNameOf(operation), changed));
        PS_TRY(operation.identity, identifyBeneath(source.rootFd(), source.path));
        return {};
    }
    PS_TRY(const bool isSame, isSameInode(*atSource, *atTarget) ? Result<bool>(true) : holdSameBytes(source, target));
    if (!isSame)
        return taken(operation.source);
    return removeFileIfSame(target, recorded, changed);
}

Result<void> FileOperator::copyBack(const Operation& operation, const Place& source, const Place& target,
                                    ChangedFolders& changed) const
{
    PS_TRY(const auto atSource, identifyIfThere(source));
    if (!atSource) {
        PS_TRY(const auto atTarget, identifyIfThere(target));
        if (!atTarget)
            return missing(operation.target);
        PS_TRY(const std::string hash, sha256At(target));
        if (!operation.sha256.empty() && hash != operation.sha256)
            return changedSince(operation.target);
        PS_TRY_VOID(copyFile(target, source, temporaryNameOf(operation), changed));
    } else {
        PS_TRY(const bool isSame, holdSameBytes(source, target));
        if (!isSame)
            return taken(operation.source);
    }
    return operation.identity ? setModificationTime(source, operation.identity->modifiedNs) : Result<void>();
}

// ---- files that we make --------------------------------------------------------------------------------------------

Result<void> FileOperator::cut(Operation& operation, std::span<const Operation> group, ChangedFolders& changed) const
{
    PS_TRY(const PixelBox box, cutBox(operation));
    PS_TRY(Place source, m_folders.locate(operation.source));
    PS_TRY(const auto atSource, identifyIfThere(source));
    if (!atSource) {
        // After a crash the original may have moved on already.
        const auto mover = std::ranges::find_if(group, [&](const Operation& other) {
            return other.kind == OperationKind::Move && other.source == operation.source;
        });
        if (mover == group.end())
            return missing(operation.source);
        PS_TRY(source, m_folders.locate(mover->target));
    }
    PS_TRY(const Place target, m_folders.locate(operation.target));
    PS_TRY(const UniqueFd folder, openFolderBeneath(target.rootFd(), parentPath(target.path)));
    const std::string temporary = temporaryNameOf(operation);
    PS_TRY_VOID(removeFile(folder.get(), temporary));
    const auto make = [&]() -> Result<void> {
        UniqueFd output(
            ::openat(folder.get(), temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
        if (!output.isOpen())
            return errnoError("cannot create the cut", displayText(operation.target), errno);
        PS_TRY_VOID(m_cutter(source, box, output.get()));
        PS_TRY_VOID(syncFile(output.get()));
        PS_TRY(operation.sha256, sha256OfFile(output.get()));
        const auto renamed = renameNoReplace(folder.get(), temporary, folder.get(), fileName(target.path));
        if (renamed || renamed.error().code != ErrorCode::AlreadyExists)
            return renamed;
        // Cutting is deterministic: an earlier run that got this far has left the very same bytes.
        PS_TRY(const std::string existing, sha256At(target));
        return existing == operation.sha256 ? removeFile(folder.get(), temporary)
                                            : Result<void>(taken(operation.target));
    };
    if (auto made = make(); !made) {
        discard(removeFile(folder.get(), temporary), "the first failure is the one to report");
        return made;
    }
    changed.add(target);
    PS_TRY(operation.identity, identifyMade(target, operation.identity));
    return {};
}

Result<void> FileOperator::write(Operation& operation, ChangedFolders& changed) const
{
    PS_TRY(const Place target, m_folders.locate(operation.target));
    PS_TRY(const UniqueFd folder, openFolderBeneath(target.rootFd(), parentPath(target.path)));
    operation.sha256 = sha256Hex(operation.payload);
    const auto written = writeFileDurably(folder.get(), fileName(target.path), operation.payload, Replace::Never,
                                          temporaryNameOf(operation));
    if (!written && written.error().code == ErrorCode::AlreadyExists) {
        PS_TRY(const std::string existing, sha256At(target));
        if (existing != operation.sha256)
            return taken(operation.target);
    } else if (!written) {
        return written;
    }
    changed.add(target);
    PS_TRY(operation.identity, identifyMade(target, operation.identity));
    return {};
}

Result<void> FileOperator::removeMadeFile(Operation& operation, ChangedFolders& changed) const
{
    PS_TRY(const Place target, m_folders.locate(operation.target));
    PS_TRY(const auto atTarget, identifyIfThere(target));
    if (!atTarget)
        return {};
    PS_TRY(const std::string hash, sha256At(target));
    if (hash != operation.sha256)
        return changedSince(operation.target);
    return removeFileIfSame(target, *atTarget, changed);
}

} // namespace ps
