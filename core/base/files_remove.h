// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"

namespace ps {

/// Removes `name` in an open folder with everything beneath it: for what this program itself made as temporary. Symbolic links are
/// removed and never followed; other file systems that are mounted beneath are left alone. What is not there is no error. Blocks.
/// Errors: Refused for anything but one bare name; those of the first thing that could not be removed.
Result<void> removeTree(int folderFd, const std::string& name);

} // namespace ps
