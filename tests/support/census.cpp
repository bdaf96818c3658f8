// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/census.h"

#include "core/base/files.h"
#include "core/base/sha256.h"
#include "core/base/text.h"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>

namespace ps::test {

namespace fs = std::filesystem;

namespace {

std::string describeEntry(const fs::directory_entry& entry)
{
    if (entry.is_symlink())
        return "link -> " + fs::read_symlink(entry.path()).string();
    if (entry.is_directory())
        return "folder";
    if (!entry.is_regular_file())
        return "other";
    const UniqueFd fd(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC));
    const auto hash = sha256OfFile(fd.get());
    if (!hash)
        throw std::runtime_error(hash.error().describe());
    return "file " + std::to_string(entry.file_size()) + " " + *hash;
}

} // namespace

Census takeCensus(const std::string& folder, const std::vector<std::string>& exceptions)
{
    Census census;
    for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::recursive_directory_iterator(); ++entry) {
        const std::string path = entry->path().lexically_relative(folder).string();
        if (std::ranges::find(exceptions, path) != exceptions.end()) {
            entry.disable_recursion_pending();
            continue;
        }
        census[path] = describeEntry(*entry);
    }
    return census;
}

std::string differences(const Census& before, const Census& after)
{
    std::string text;
    for (const auto& [path, what] : before) {
        const auto now = after.find(path);
        if (now == after.end())
            text += "\n  gone: " + displayText(path) + " (" + what + ")";
        else if (now->second != what)
            text += "\n  changed: " + displayText(path) + " (" + what + " -> " + now->second + ")";
    }
    for (const auto& [path, what] : after) {
        if (!before.contains(path))
            text += "\n  new: " + displayText(path) + " (" + what + ")";
    }
    return text;
}

std::map<std::string, int> contentCounts(const Census& census)
{
    std::map<std::string, int> counts;
    for (const auto& [path, what] : census) {
        if (what.starts_with("file "))
            ++counts[what.substr(5)];
    }
    return counts;
}

} // namespace ps::test
