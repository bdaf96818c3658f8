// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/library/project_folders.h"

#include <set>
#include <string>

namespace ps {

/// Collects the folders whose entries changed, to make them durable together.
class ChangedFolders
{
public:
    void add(const Place& file);
    /// fsync of every folder that was added. Errors: Io; the caller must then not believe any of the changes.
    Result<void> sync();

private:
    std::set<std::pair<std::shared_ptr<const UniqueFd>, std::string>> m_folders;
};

/// Identity of the file at a place, or nothing when there is none. Errors: Refused for what is no regular file.
Result<std::optional<FileIdentity>> identifyIfThere(const Place& place);

/// SHA-256 of the file at a place.
Result<std::string> sha256At(const Place& place);

/// Moves one file and never replaces another. Within a file system it is one rename; across file systems the bytes are copied
/// under `temporaryName` in the target folder, made durable, compared by SHA-256, renamed into place, and only then does
/// the source go. Mode and modification time are kept. The target folder must exist.
/// The folders are added to `changed`; the move is durable after its sync().
/// Errors: AlreadyExists; NotFound; Conflict when the source is not the file of `expected`; NoSpace; Io. On failure the source
/// is whole and no temporary file is left.
Result<void> moveFile(const Place& source, const Place& target, const FileIdentity& expected,
                      const std::string& temporaryName, ChangedFolders& changed);

/// Copies one file with the same guarantees; the source stays.
Result<void> copyFile(const Place& source, const Place& target, const std::string& temporaryName,
                      ChangedFolders& changed);

/// Removes the file at a place when it is the one of `expected`. Absent is no error. Errors: Conflict.
Result<void> removeFileIfSame(const Place& place, const FileIdentity& expected, ChangedFolders& changed);

} // namespace ps
