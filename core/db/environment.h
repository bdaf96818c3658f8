// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <vector>

namespace ps {

/// True for file systems on which WAL is safe: local ones from a known list. Network and unknown ones give false.
Result<bool> isOnLocalFileSystem(const std::string& path);

/// Process ids of other processes of this user that have the file open right now, as far as /proc shows them. Finds a file
/// by its device and inode without opening it: closing a descriptor of our own would drop SQLite's locks.
std::vector<int> otherProcessesHolding(const std::string& path);

} // namespace ps
