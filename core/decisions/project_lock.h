// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/files.h"

#include <string>

namespace ps {

/// Held while a project is worked on; one holder per file at a time. The kernel drops it when the holder dies, however it
/// dies, so that a stale lock cannot exist.
class ProjectLock
{
public:
    /// Errors: Locked; the context then names the holder ("anna on studio-3, process 4711, since 2026-11-20T...").
    static Result<ProjectLock> acquire(const std::string& path, const std::string& holder, UtcTime now);

    ProjectLock(ProjectLock&&) noexcept = default;
    ProjectLock& operator=(ProjectLock&&) noexcept = default;
    ~ProjectLock();

private:
    explicit ProjectLock(UniqueFd fd) : m_fd(std::move(fd)) {}

    UniqueFd m_fd;
};

} // namespace ps
