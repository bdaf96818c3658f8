// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/grouping.h"
#include "tests/bench/observation.h"
#include "tests/bench/sample_names.h"
#include "tests/bench/series.h"

#include <algorithm>

namespace ps::bench {

namespace {

constexpr int kRepetitions = 5;

} // namespace

Result<Observation> measureGrouping(const Settings& settings)
{
    const std::vector<std::string> paths = shuffledSamplePaths(settings.names);
    Observation seen;
    const MemoryUse before = memoryUse();
    Series grouping;
    Series groupingCpu;
    for (int i = 0; i < kRepetitions; ++i) {
        const Stopwatch watch;
        PS_TRY(const GroupingResult result, groupImages(paths, {}, {}, false));
        grouping.add(watch.wallMs());
        groupingCpu.add(watch.cpuMs());
        seen.memory = memoryUse();
        seen.facts = Json::object({{"names", std::ssize(paths)},
                                   {"groups", std::ssize(result.groups)},
                                   {"leftovers", std::ssize(result.leftovers)},
                                   {"repetitions_in_a_run", kRepetitions},
                                   {"memory_of_the_names_kib", before.currentKib}});
    }
    Series sorting;
    Series sortingCpu;
    for (int i = 0; i < kRepetitions; ++i) {
        std::vector<std::string> copy = paths;
        const Stopwatch watch;
        std::sort(copy.begin(), copy.end());
        sorting.add(watch.wallMs());
        sortingCpu.add(watch.cpuMs());
    }
    const double count = static_cast<double>(paths.size()) * 1e3;
    seen.figures.push_back({"group", "ms", grouping.median(), groupingCpu.median(), {"std_sort"}});
    seen.figures.push_back({"group_rate", "1/s", count / grouping.median(), {}, {"std_sort_rate"}});
    seen.baselines.push_back({"std_sort", "ms", sorting.median(), sortingCpu.median(), {}});
    seen.baselines.push_back({"std_sort_rate", "1/s", count / sorting.median(), {}, {}});
    return seen;
}

} // namespace ps::bench
