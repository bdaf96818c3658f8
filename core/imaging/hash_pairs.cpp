// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/hash_pairs.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace ps {

namespace {

constexpr std::size_t kSmallGroup = 40; ///< comparing all with all is cheaper than dividing again
constexpr int kMaxBucketBits = 18;
constexpr std::uint64_t kSpread = 0x9e3779b97f4a7c15; // 2^64 / golden ratio: spreads the bits of a part upwards

struct Entry {
    std::uint64_t hash;
    std::uint32_t position;
};

/// How a group came about: all its members shall agree in `part`, and pairs that agree in an earlier part were found there.
struct Level {
    std::uint64_t part = 0;
    std::span<const std::uint64_t> earlier;
};

[[gnu::always_inline]] inline std::uint32_t collectNear(const Entry* others, std::uint32_t count, std::uint64_t hash,
                                                        int radius, std::uint32_t* out)
{
    std::uint32_t found = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        out[found] = i;
        found += std::popcount(others[i].hash ^ hash) <= radius ? 1U : 0U;
    }
    return found;
}

std::uint32_t collectNearAnywhere(const Entry* others, std::uint32_t count, std::uint64_t hash, int radius,
                                  std::uint32_t* out)
{
    return collectNear(others, count, hash, radius, out);
}

#if defined(__x86_64__)
[[gnu::target("popcnt")]] std::uint32_t collectNearPopcnt(const Entry* others, std::uint32_t count, std::uint64_t hash,
                                                          int radius, std::uint32_t* out)
{
    return collectNear(others, count, hash, radius, out);
}
#endif

using Collect = std::uint32_t (*)(const Entry*, std::uint32_t, std::uint64_t, int, std::uint32_t*);

Collect bestCollect()
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("popcnt"))
        return collectNearPopcnt;
#endif
    return collectNearAnywhere;
}

class PairSearch
{
public:
    PairSearch(int radius, const std::function<bool(std::uint32_t, std::uint32_t, int)>& found,
               const std::stop_token& stop)
        : m_radius(radius), m_found(found), m_stop(stop)
    {
    }

    /// False when the search was ended.
    bool search(std::span<const Entry> group)
    {
        if (group.size() <= kSmallGroup)
            return compareAll(group);
        if (m_stop.stop_requested())
            return false;
        const std::vector<std::uint64_t> parts = partsOf(group);
        return parts.empty() ? compareAll(group) : divide(group, parts);
    }

private:
    /// The bits that vary in the group, dealt to radius + 1 parts; none when there are too few of them.
    std::vector<std::uint64_t> partsOf(std::span<const Entry> group) const
    {
        std::uint64_t all = group[0].hash;
        std::uint64_t any = group[0].hash;
        for (const Entry& entry : group) {
            all &= entry.hash;
            any |= entry.hash;
        }
        const std::uint64_t varying = any & ~all;
        const int width = std::popcount(varying);
        const int partCount = m_radius + 1;
        if (width <= m_radius)
            return {};
        std::vector<std::uint64_t> parts(static_cast<std::size_t>(partCount));
        std::uint64_t rest = varying;
        for (int i = 0; i < width; ++i, rest &= rest - 1)
            parts[static_cast<std::size_t>(std::int64_t{i} * partCount / width)] |= rest & (~rest + 1);
        return parts;
    }

    static std::size_t bucketOf(std::uint64_t hash, std::uint64_t part, int bits)
    {
        return ((hash & part) * kSpread) >> (64 - bits);
    }

    bool divide(std::span<const Entry> group, const std::vector<std::uint64_t>& parts)
    {
        const int bits = std::clamp(static_cast<int>(std::bit_width(group.size())), 4, kMaxBucketBits);
        if (!isWorthDividing(group, parts, bits))
            return compareAll(group);
        std::vector<std::uint32_t> begins;
        std::vector<Entry> sorted(group.size());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            sortByPart(group, parts[i], bits, begins, sorted);
            m_levels.push_back({parts[i], std::span(parts).first(i)});
            for (std::size_t bucket = 0; bucket + 1 < begins.size(); ++bucket) {
                const std::size_t count = begins[bucket + 1] - begins[bucket];
                if (count >= 2 && !search(std::span(sorted).subspan(begins[bucket], count)))
                    return false;
            }
            m_levels.pop_back();
        }
        return true;
    }

    /// True when comparing within the buckets of all parts takes clearly less than comparing all with all.
    static bool isWorthDividing(std::span<const Entry> group, const std::vector<std::uint64_t>& parts, int bits)
    {
        const double limit = 0.5 * static_cast<double>(group.size()) * static_cast<double>(group.size());
        double comparisons = 0;
        std::vector<std::uint32_t> counts(std::size_t{1} << bits);
        for (const std::uint64_t part : parts) {
            std::ranges::fill(counts, 0U);
            for (const Entry& entry : group)
                ++counts[bucketOf(entry.hash, part, bits)];
            for (const std::uint32_t count : counts)
                comparisons += static_cast<double>(count) * count;
            if (comparisons > limit)
                return false;
        }
        return true;
    }

    static void sortByPart(std::span<const Entry> group, std::uint64_t part, int bits,
                           std::vector<std::uint32_t>& begins, std::vector<Entry>& sorted)
    {
        begins.assign((std::size_t{1} << bits) + 1, 0);
        for (const Entry& entry : group)
            ++begins[bucketOf(entry.hash, part, bits) + 1];
        for (std::size_t i = 1; i < begins.size(); ++i)
            begins[i] += begins[i - 1];
        std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
        for (const Entry& entry : group)
            sorted[next[bucketOf(entry.hash, part, bits)]++] = entry;
    }

    bool compareAll(std::span<const Entry> group)
    {
        m_candidates.resize(std::max(m_candidates.size(), group.size()));
        for (std::size_t i = 0; i + 1 < group.size(); ++i) {
            if (group.size() > kSmallGroup && m_stop.stop_requested())
                return false;
            const std::span<const Entry> others = group.subspan(i + 1);
            const std::uint32_t count = m_collect(others.data(), static_cast<std::uint32_t>(others.size()),
                                                  group[i].hash, m_radius, m_candidates.data());
            for (std::uint32_t k = 0; k < count; ++k) {
                if (!report(group[i], others[m_candidates[k]]))
                    return false;
            }
        }
        return true;
    }

    bool report(const Entry& a, const Entry& b)
    {
        const std::uint64_t difference = a.hash ^ b.hash;
        for (const Level& level : m_levels) {
            const bool isHere = (difference & level.part) == 0;
            const bool isElsewhere = std::ranges::any_of(level.earlier,
                                                         [&](std::uint64_t part) { return (difference & part) == 0; });
            if (!isHere || isElsewhere)
                return true;
        }
        return m_found(std::min(a.position, b.position), std::max(a.position, b.position), std::popcount(difference));
    }

    int m_radius;
    const std::function<bool(std::uint32_t, std::uint32_t, int)>& m_found;
    const std::stop_token& m_stop;
    Collect m_collect = bestCollect();
    std::vector<Level> m_levels;
    std::vector<std::uint32_t> m_candidates;
};

} // namespace

void forEachNearPair(std::span<const std::uint64_t> hashes, int radius,
                     const std::function<bool(std::uint32_t, std::uint32_t, int)>& found, const std::stop_token& stop)
{
    if (radius < 1 || hashes.size() < 2)
        return;
    std::vector<Entry> entries;
    entries.reserve(hashes.size());
    for (std::size_t i = 0; i < hashes.size(); ++i)
        entries.push_back({hashes[i], static_cast<std::uint32_t>(i)});
    PairSearch(std::min(radius, 64), found, stop).search(entries);
}

} // namespace ps
