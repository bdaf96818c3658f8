// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"

namespace ps {

/// Makes `path` a symbolic link to `target`, a name in the same folder, in one step: whoever opens the path meets what was
/// there before, or the target, never nothing. A file that was there loses its name. Not durable.
/// Errors: NoSpace, ReadOnly, Io.
Result<void> replaceByLink(const std::string& path, const std::string& target);

} // namespace ps
