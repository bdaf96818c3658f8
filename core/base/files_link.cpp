// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files_link.h"

#include <cerrno>
#include <cstdio>
#include <unistd.h>

namespace ps {

Result<void> replaceByLink(const std::string& path, const std::string& target)
{
    const std::string link = joinPath(parentPath(path), target + "-link");
    ::unlink(link.c_str()); // of a program that died here
    if (::symlink(target.c_str(), link.c_str()) != 0)
        return errnoError("cannot make a link", link, errno);
    if (::rename(link.c_str(), path.c_str()) != 0) {
        const Error error = errnoError("cannot put a link into its place", path, errno);
        ::unlink(link.c_str());
        return error;
    }
    return {};
}

} // namespace ps
