// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cache_folder.h"

#include "core/base/files.h"

#include <cstdlib>

namespace ps {

std::string userCacheFolder()
{
    const char* cacheHome = std::getenv("XDG_CACHE_HOME");
    if (cacheHome && *cacheHome == '/')
        return cacheHome;
    const char* home = std::getenv("HOME");
    return joinPath(home ? home : "/tmp", ".cache");
}

} // namespace ps
