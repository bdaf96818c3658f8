// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/environment.h"

#include "core/base/text.h"
#include "tests/bench/bare_disk.h"
#include "tests/bench/process_figures.h"

#include <QSysInfo>

#include <fstream>
#include <sqlite3.h>
#include <thread>
#include <unistd.h>

namespace ps::bench {

namespace {

/// The value behind the first "model name : ..." line, or of the field that other processors have.
std::string processorModel()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const auto colon = line.find(':');
        if (colon != std::string::npos && (startsWith(line, "model name") || startsWith(line, "Model")))
            return std::string(trimmed(std::string_view(line).substr(colon + 1)));
    }
    return QSysInfo::currentCpuArchitecture().toStdString();
}

std::int64_t memoryKib()
{
    return ::sysconf(_SC_PHYS_PAGES) * (::sysconf(_SC_PAGESIZE) / 1024);
}

} // namespace

Json environmentJson(const Settings& settings)
{
    return Json::object(
        {{"processor", processorModel()},
         {"cores", static_cast<std::int64_t>(std::thread::hardware_concurrency())},
         {"memory_kib", memoryKib()},
         {"kernel", QSysInfo::kernelType().toStdString() + " " + QSysInfo::kernelVersion().toStdString()},
         {"system", QSysInfo::prettyProductName().toStdString()},
         {"file_system", fileSystemName(settings.folder)},
         {"sqlite", sqlite3_libversion()},
         {"qt", qVersion()},
         {"compiler", PS_COMPILER},
         {"build_type", PS_BUILD_TYPE},
         {"load_at_start", loadAverage()}});
}

} // namespace ps::bench
