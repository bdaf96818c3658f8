// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"

#include <string>

namespace ps {

/// Waits until nobody else holds the lock file `name` in an open folder, and holds it as long as the descriptor lives. For short
/// work on one small file: the kernel drops it when the holder dies. The file stays. Errors: ReadOnly, Io.
Result<UniqueFd> lockFile(int folderFd, const std::string& name);

} // namespace ps
