// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"

#include <functional>
#include <string>
#include <string_view>

namespace ps {

// Files of lines that only ever grow, to which several processes may append.

/// Calls `take` for each line that ends with a newline. Returns whether something without one is left at the end: a line that
/// was torn by a crash. An absent file has no lines. Errors: Io.
Result<bool> readLines(int folderFd, const std::string& name, const std::function<void(std::string_view)>& take);

/// Appends whole lines in one write and makes them durable. A torn line at the end of the file is ended first, so that it
/// stays alone.
Result<void> appendLines(int folderFd, const std::string& name, std::string_view lines);

} // namespace ps
