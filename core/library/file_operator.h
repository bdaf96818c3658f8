// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/library/file_moves.h"
#include "core/library/operation.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace ps {

/// Cuts `box` out of the image at `source` into the open, empty file `outputFd`, and proves by decoding it again that the file
/// holds these pixels. Implemented over the worker pool.
using CropCutter = std::function<Result<void>(const Place& source, PixelBox box, int outputFd)>;

/// Carries out single operations on the disk, forward and back. Every call may be repeated: what a crash left half done is
/// completed, what is done already stays. Knows nothing of the database.
class FileOperator
{
public:
    FileOperator(const ProjectFolders& folders, std::string_view projectId, CropCutter cutter)
        : m_folders(folders), m_projectId(projectId), m_cutter(std::move(cutter))
    {
    }

    /// Goes forward and sets state, identity and hash. `group` holds all operations of the same unit.
    /// Errors: NotFound, Conflict (the file is not the one that was planned), AlreadyExists, NoSpace, Io.
    Result<void> carryOut(Operation& operation, std::span<const Operation> group, ChangedFolders& changed) const;

    /// Goes back and sets the state. A file of ours that was altered since is not removed: Conflict.
    Result<void> takeBack(Operation& operation, ChangedFolders& changed) const;

private:
    Result<void> makeFolder(Operation& operation) const;
    Result<void> removeFolder(Operation& operation) const;
    Result<void> moveForward(Operation& operation, ChangedFolders& changed) const;
    Result<void> moveBack(Operation& operation, ChangedFolders& changed) const;
    Result<void> copyBack(const Operation& operation, const Place& source, const Place& target,
                          ChangedFolders& changed) const;
    Result<void> cut(Operation& operation, std::span<const Operation> group, ChangedFolders& changed) const;
    Result<void> write(Operation& operation, ChangedFolders& changed) const;
    Result<void> removeMadeFile(Operation& operation, ChangedFolders& changed) const;
    std::string temporaryNameOf(const Operation& operation) const;

    const ProjectFolders& m_folders;
    std::string m_projectId;
    CropCutter m_cutter;
};

/// The note of a folder operation: the folders, from the outermost on, that were missing and that undo removes again when they
/// are empty. Paths as in Place::path.
std::string folderNote(const std::vector<std::string>& missingFolders);

/// The four numbers in the payload of a cut. Errors: Corrupt.
Result<PixelBox> cutBox(const Operation& operation);

} // namespace ps
