// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace ps {

/// The folder for what can be made again, shared with other programs: $XDG_CACHE_HOME, or ~/.cache where that is not set to an
/// absolute path. Source: XDG Base Directory Specification.
std::string userCacheFolder();

} // namespace ps
