// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/process_figures.h"

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <sys/resource.h>

namespace ps::bench {

namespace {

double processCpuMs()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto milliseconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

} // namespace

MemoryUse memoryUse()
{
    MemoryUse use;
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        std::istringstream words(line);
        std::string key;
        std::int64_t kib = 0;
        words >> key >> kib;
        if (key == "VmRSS:")
            use.currentKib = kib;
        else if (key == "VmHWM:")
            use.peakKib = kib;
    }
    return use;
}

Json memoryJson(const MemoryUse& use)
{
    return Json::object({{"current_kib", use.currentKib}, {"peak_kib", use.peakKib}});
}

double loadAverage()
{
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : 0;
}

double threadCpuMs()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

Stopwatch::Stopwatch() : m_start(std::chrono::steady_clock::now()), m_cpuAtStartMs(processCpuMs()) {}

double Stopwatch::wallMs() const
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start).count();
}

double Stopwatch::cpuMs() const
{
    return processCpuMs() - m_cpuAtStartMs;
}

} // namespace ps::bench
