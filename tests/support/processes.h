// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <sys/types.h>
#include <vector>

namespace ps::test {

/// The processes that this one started and that still run (no zombies).
std::vector<pid_t> childProcesses();
/// True when there is neither a running child nor one that waits to be reaped.
bool hasNoChildren();
/// Memory in use by a process. Units: bytes; 0 when it is gone.
std::size_t residentBytes(pid_t pid);

} // namespace ps::test
