// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/processes.h"

#include "core/base/files.h"
#include "core/base/text.h"

#include <cerrno>
#include <filesystem>
#include <sys/wait.h>
#include <unistd.h>

namespace ps::test {

namespace {

/// The fields of /proc/<pid>/stat behind the name: state, parent ...
std::vector<std::string> statFields(const std::string& pid)
{
    const auto stat = readFile("/proc/" + pid + "/stat", 4096);
    if (!stat)
        return {};
    const std::size_t nameEnd = stat->rfind(") ");
    return nameEnd == std::string::npos ? std::vector<std::string>() : split(stat->substr(nameEnd + 2), ' ');
}

} // namespace

std::vector<pid_t> childProcesses()
{
    const std::string own = std::to_string(::getpid());
    std::vector<pid_t> children;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const auto pid = parseInteger(entry.path().filename().string());
        if (!pid)
            continue;
        const auto fields = statFields(entry.path().filename().string());
        if (fields.size() > 1 && fields[0] != "Z" && fields[1] == own)
            children.push_back(static_cast<pid_t>(*pid));
    }
    return children;
}

bool hasNoChildren()
{
    return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

std::size_t residentBytes(pid_t pid)
{
    const auto statm = readFile("/proc/" + std::to_string(pid) + "/statm", 4096);
    if (!statm)
        return 0;
    const auto fields = split(*statm, ' ');
    const auto pages = fields.size() > 1 ? parseInteger(fields[1]) : std::nullopt;
    return pages ? static_cast<std::size_t>(*pages) * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

} // namespace ps::test
