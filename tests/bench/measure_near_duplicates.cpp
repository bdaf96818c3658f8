// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/near_duplicates.h"
#include "tests/bench/observation.h"

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
    Figure build{"build", "ms", 0, {}, {"scan"}};
    Figure pairs{"all_pairs", "ms", 0, {}, {"all_with_all"}};
    Figure query{"query", "ms", 0, {}, {"scan"}};
    std::int64_t pairCount = 0;
    std::int64_t matchCount = 0;
};

void stop(const Stopwatch& watch, double count, Figure& figure)
{
    figure.value = watch.wallMs() / count;
    figure.cpuMs = watch.cpuMs() / count;
}

Outcome measure(const std::vector<NearDuplicates::Item>& items)
{
    Outcome outcome;
    NearDuplicates index;
    const Stopwatch building;
    index.addAll(items);
    stop(building, 1, outcome.build);
    const Stopwatch pairing;
    index.forEachPair(kPairRadius, [&](const NearDuplicates::Pair&) {
        ++outcome.pairCount;
        return true;
    });
    stop(pairing, 1, outcome.pairs);
    std::mt19937_64 random(8);
    const Stopwatch asking;
    for (int i = 0; i < kQueries; ++i)
        outcome.matchCount += std::ssize(
            index.within(flipped(items[random() % items.size()].hash, 2, random), kQueryRadius));
    stop(asking, kQueries, outcome.query);
    return outcome;
}

/// One comparison with every hash.
Figure measureScan(const std::vector<NearDuplicates::Item>& items, std::int64_t& matchCount)
{
    constexpr int kScans = 20;
    Figure scan{"scan", "ms", 0, {}, {}};
    const Stopwatch watch;
    for (std::uint64_t query = 1; query <= kScans; ++query) {
        for (const NearDuplicates::Item& item : items)
            matchCount += std::popcount(item.hash ^ (query * 0x9e3779b97f4a7c15)) <= kQueryRadius ? 1 : 0;
    }
    stop(watch, kScans, scan);
    return scan;
}

Figure skewed(Figure figure)
{
    figure.name += "_skewed";
    return figure;
}

} // namespace

Result<Observation> measureNearDuplicates(const Settings& settings)
{
    const std::vector<NearDuplicates::Item> items = sampleHashes(settings.rows, false);
    const Outcome even = measure(items);
    const Outcome uneven = measure(sampleHashes(settings.rows, true));
    std::int64_t scanned = 0;
    const Figure scan = measureScan(items, scanned);
    // Comparing all with all is as many scans as there are hashes, half of each.
    const double scansOfAll = static_cast<double>(settings.rows) / 2;
    Observation seen;
    seen.memory = memoryUse();
    seen.facts = Json::object({{"hashes", settings.rows},
                               {"pairs_within_bits", kPairRadius},
                               {"query_within_bits", kQueryRadius},
                               {"pairs", even.pairCount},
                               {"pairs_skewed", uneven.pairCount},
                               {"matches", even.matchCount},
                               {"matches_skewed", uneven.matchCount},
                               {"matches_of_the_scans", scanned}});
    seen.figures = {even.build, even.pairs, even.query, skewed(uneven.pairs), skewed(uneven.query)};
    seen.baselines = {scan, {"all_with_all", "ms", scan.value * scansOfAll, *scan.cpuMs * scansOfAll, {}}};
    return seen;
}

} // namespace ps::bench
