// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <string>

namespace ps {

/// A file whose bytes a worker may read: open for reading only, and known in its state at that moment.
struct OpenImage {
    std::shared_ptr<const UniqueFd> file;
    FileIdentity identity;
    std::string name; ///< for messages

    /// What is quarantined when it kills workers: this content, whatever its name.
    std::string itemKey() const;
    /// Errors: Conflict when the file is no longer in the state in which it was opened.
    Result<void> checkUnchanged() const;
};

/// Where an image comes from: a path beneath an open folder, or a file that the caller has opened.
class ImageSource
{
public:
    ImageSource(std::shared_ptr<const UniqueFd> folder, std::string relativePath)
        : m_handle(std::move(folder)), m_relativePath(std::move(relativePath))
    {
    }
    explicit ImageSource(UniqueFd file) : m_handle(std::make_shared<const UniqueFd>(std::move(file))) {}

    /// Opens the file contained in its folder, or makes sure that the caller's descriptor is only for reading (it is
    /// opened again if not) and a regular file. Threads: any, blocks on the disk.
    /// Errors: NotFound, Refused (leaves the folder, symbolic link, FIFO, device), TooLarge above `maxFileBytes`, Io.
    Result<OpenImage> open(std::int64_t maxFileBytes) const;

    /// The state of the file now, without opening it for reading. Errors: as open(), but for TooLarge.
    Result<FileIdentity> identify() const;
    /// Where the file is, as the system names it; "" when it cannot say. For looking things up under that name, not for
    /// opening.
    std::string absolutePath() const;

private:
    Result<OpenImage> openBeneathFolder() const;
    Result<OpenImage> adoptFile() const;

    std::shared_ptr<const UniqueFd> m_handle; ///< the folder, or the file when there is no path
    std::string m_relativePath;
};

} // namespace ps
