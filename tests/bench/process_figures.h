// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <chrono>

namespace ps::bench {

/// Resident memory of this process. Units: KiB, as the kernel counts them.
struct MemoryUse {
    std::int64_t currentKib = 0;
    std::int64_t peakKib = 0; ///< the most since the process began
};

/// Source: VmRSS and VmHWM of /proc/self/status.
MemoryUse memoryUse();
Json memoryJson(const MemoryUse& use);

/// Load of the machine over the last minute: what others do meanwhile blurs every time.
double loadAverage();

/// Processor time that the calling thread has used so far.
double threadCpuMs();

/// Wall time, and the processor time of the whole process, since it was made.
class Stopwatch
{
public:
    Stopwatch();

    double wallMs() const;
    double cpuMs() const;

private:
    std::chrono::steady_clock::time_point m_start;
    double m_cpuAtStartMs;
};

} // namespace ps::bench
