// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/near_duplicates.h"
#include "tests/bench/observation.h"
#include "tests/bench/series.h"

#include <bit>
#include <random>

namespace ps::bench {

namespace {

constexpr int kQueries = 1000;
constexpr int kPairRadius = 3;
constexpr int kQueryRadius = 7;

std::uint64_t flipped(std::uint64_t hash, std::uint64_t bits, std::mt19937_64& random)
{
    for (std::uint64_t i = 0; i < bits; ++i)
        hash ^= std::uint64_t{1} << (random() % 64);
    return hash;
}

/// Every tenth hash is within a few bits of an earlier one; with `isSkewed` a tenth are nearly flat pictures besides, and
/// another tenth share a quarter.
std::vector<NearDuplicates::Item> sampleHashes(std::int64_t count, bool isSkewed)
{
    std::mt19937_64 random(7);
    std::vector<NearDuplicates::Item> items;
    items.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i) {
        std::uint64_t hash = random();
        if (i % 10 == 9)
            hash = flipped(items[random() % i].hash, random() % 4, random);
        else if (isSkewed && i % 10 == 3)
            hash = flipped(0, 4 + random() % 12, random);
        else if (isSkewed && i % 10 == 6)
            hash &= 0xffffffffffff0000;
        items.push_back({hash, i});
    }
    return items;
}

struct Outcome {
    double buildMs = 0;
    double pairsMs = 0;
    double queryMs = 0;
    std::int64_t pairs = 0;
};

Outcome measure(const std::vector<NearDuplicates::Item>& items)
{
    Outcome outcome;
    NearDuplicates index;
    const Stopwatch building;
    index.addAll(items);
    outcome.buildMs = building.wallMs();
    const Stopwatch pairing;
    index.forEachPair(kPairRadius, [&](const NearDuplicates::Pair&) {
        ++outcome.pairs;
        return true;
    });
    outcome.pairsMs = pairing.wallMs();
    std::mt19937_64 random(8);
    std::size_t matches = 0;
    const Stopwatch asking;
    for (int i = 0; i < kQueries; ++i)
        matches += index.within(flipped(items[random() % items.size()].hash, 2, random), kQueryRadius).size();
    outcome.queryMs = asking.wallMs() / kQueries;
    outcome.pairs += matches == 0 ? 1 : 0; // the answers are used
    return outcome;
}

/// One comparison with every hash.
double scanMs(const std::vector<NearDuplicates::Item>& items)
{
    Series times;
    std::int64_t near = 0;
    for (std::uint64_t query = 0; query < 20; ++query) {
        const Stopwatch watch;
        for (const NearDuplicates::Item& item : items)
            near += std::popcount(item.hash ^ (query * 0x9e3779b97f4a7c15)) <= kQueryRadius ? 1 : 0;
        times.add(watch.wallMs());
    }
    return near < 0 ? 0 : times.median();
}

} // namespace

Result<Observation> measureNearDuplicates(const Settings& settings)
{
    const std::vector<NearDuplicates::Item> spread = sampleHashes(settings.rows, false);
    const std::vector<NearDuplicates::Item> skewed = sampleHashes(settings.rows, true);
    const Outcome even = measure(spread);
    const Outcome uneven = measure(skewed);
    const double scan = scanMs(spread);
    Observation seen;
    seen.memory = memoryUse();
    seen.facts = Json::object({{"hashes", settings.rows},
                               {"pairs_within_bits", kPairRadius},
                               {"query_within_bits", kQueryRadius},
                               {"pairs", even.pairs},
                               {"pairs_skewed", uneven.pairs}});
    // Comparing all with all is as many scans as there are hashes, half of each.
    const double allWithAll = scan * static_cast<double>(settings.rows) / 2;
    seen.figures.push_back({"build", "ms", even.buildMs, {}, {}});
    seen.figures.push_back({"all_pairs", "ms", even.pairsMs, {}, {"all_with_all"}});
    seen.figures.push_back({"all_pairs_skewed", "ms", uneven.pairsMs, {}, {"all_with_all"}});
    seen.figures.push_back({"query", "ms", even.queryMs, {}, {"scan"}});
    seen.figures.push_back({"query_skewed", "ms", uneven.queryMs, {}, {"scan"}});
    seen.baselines.push_back({"scan", "ms", scan, {}, {}});
    seen.baselines.push_back({"all_with_all", "ms", allWithAll, {}, {}});
    return seen;
}

} // namespace ps::bench
