// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

namespace ps::test {

/// Everything beneath a folder: relative path -> "folder", "file <size> <SHA-256>", "link -> <target>" or "other".
using Census = std::map<std::string, std::string>;

/// `exceptions` are relative paths of files or folders that are left out with all they hold.
Census takeCensus(const std::string& folder, const std::vector<std::string>& exceptions = {});

/// One line for each difference; "" when both are the same.
std::string differences(const Census& before, const Census& after);

/// How many files have each content, wherever they are: "<size> <SHA-256>" -> count. What no move may change.
std::map<std::string, int> contentCounts(const Census& census);

} // namespace ps::test
