// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/image_files.h"

#include <cerrno>
#include <fcntl.h>

namespace ps::cli {

Result<ImageSource> sourceAt(const std::string& path)
{
    UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file.isOpen())
        return errnoError("cannot open the file", path, errno);
    return ImageSource(std::move(file));
}

} // namespace ps::cli
