// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/near_duplicates.h"

#include "core/imaging/hash_pairs.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace ps {

namespace {

constexpr std::uint32_t kNoSlot = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kLooseSlots = 16'384; ///< so many are compared one by one before the tables are made again
constexpr int kQuarterBits = 16;

std::uint32_t quarterOf(std::uint64_t hash, std::size_t quarter)
{
    return static_cast<std::uint32_t>(hash >> (kQuarterBits * quarter)) & 0xffff;
}

/// Spreads every bit over the whole word, because near hashes must not stand near each other in the directory.
std::size_t mixed(std::uint64_t hash)
{
    hash = (hash ^ (hash >> 32)) * 0xd6e8feb86659fd93;
    hash = (hash ^ (hash >> 32)) * 0xd6e8feb86659fd93;
    return hash ^ (hash >> 32);
}

/// How near some quarter must be: of radius = 4 * q + s, one of the first s + 1 is within q bits, or one of the others
/// within q - 1; otherwise all four together differ in more. -1 for a quarter that need not be looked at.
int quarterRadius(int radius, std::size_t quarter)
{
    const int q = radius / 4;
    const auto s = static_cast<std::size_t>(radius % 4);
    return quarter <= s ? q : q - 1;
}

/// How many values differ from one in at most `radius` of 16 bits.
std::size_t neighbourCount(int radius)
{
    std::size_t count = 0;
    std::size_t combinations = 1;
    for (int k = 0; k <= radius && k <= kQuarterBits; ++k) {
        count += combinations;
        combinations = combinations * static_cast<std::size_t>(kQuarterBits - k) / static_cast<std::size_t>(k + 1);
    }
    return count;
}

/// Calls visit(key) for every key within `radius` bits, flipping bits below `below` only so that none comes twice.
template <typename Visit>
void forEachNeighbour(std::uint32_t key, int radius, int below, Visit&& visit)
{
    visit(key);
    if (radius == 0)
        return;
    for (int bit = 0; bit < below; ++bit)
        forEachNeighbour(key ^ (1U << bit), radius - 1, bit, visit);
}

/// Sets of slots that grow together.
class Components
{
public:
    explicit Components(std::size_t count) : m_parents(count) { std::iota(m_parents.begin(), m_parents.end(), 0U); }
    std::uint32_t rootOf(std::uint32_t slot)
    {
        while (m_parents[slot] != slot)
            slot = m_parents[slot] = m_parents[m_parents[slot]];
        return slot;
    }
    void join(std::uint32_t a, std::uint32_t b)
    {
        a = rootOf(a);
        b = rootOf(b);
        m_parents[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::uint32_t> m_parents;
};

} // namespace

// ---- putting in and taking out -------------------------------------------------------------------------------------

const NearDuplicates::Slot* NearDuplicates::findSlot(std::uint64_t hash) const
{
    if (m_directory.empty())
        return nullptr;
    const std::size_t mask = m_directory.size() - 1;
    for (std::size_t i = mixed(hash) & mask; m_directory[i] != kNoSlot; i = (i + 1) & mask) {
        if (m_hashes[m_directory[i]] == hash)
            return &m_directory[i];
    }
    return nullptr;
}

void NearDuplicates::growDirectory()
{
    m_directory.assign(std::max<std::size_t>(1024, m_directory.size() * 2), kNoSlot);
    const std::size_t mask = m_directory.size() - 1;
    for (std::size_t slot = 0; slot < m_hashes.size(); ++slot) {
        std::size_t i = mixed(m_hashes[slot]) & mask;
        while (m_directory[i] != kNoSlot)
            i = (i + 1) & mask;
        m_directory[i] = static_cast<Slot>(slot);
    }
}

NearDuplicates::Slot NearDuplicates::slotOf(std::uint64_t hash)
{
    if (const Slot* known = findSlot(hash))
        return *known;
    if (m_hashes.size() * 3 >= m_directory.size() * 2)
        growDirectory();
    const auto slot = static_cast<Slot>(m_hashes.size());
    const std::size_t mask = m_directory.size() - 1;
    std::size_t i = mixed(hash) & mask;
    while (m_directory[i] != kNoSlot)
        i = (i + 1) & mask;
    m_directory[i] = slot;
    m_hashes.push_back(hash);
    m_firstItems.push_back(0);
    m_hasItem.push_back(false);
    return slot;
}

void NearDuplicates::putItem(Item item)
{
    const Slot slot = slotOf(item.hash);
    ++m_itemCount;
    if (m_hasItem[slot]) {
        m_moreItems[slot].push_back(item.id);
    } else {
        m_hasItem[slot] = true;
        m_firstItems[slot] = item.id;
    }
}

void NearDuplicates::addAll(std::span<const Item> items)
{
    for (const Item& item : items)
        putItem(item);
    buildTables();
}

void NearDuplicates::add(Item item)
{
    putItem(item);
    if (m_hashes.size() - m_tabledCount > kLooseSlots + m_tabledCount / 32)
        buildTables();
}

bool NearDuplicates::remove(Item item)
{
    const Slot* slot = findSlot(item.hash);
    if (!slot || !m_hasItem[*slot])
        return false;
    const auto more = m_moreItems.find(*slot);
    if (m_firstItems[*slot] == item.id) {
        if (more == m_moreItems.end()) {
            m_hasItem[*slot] = false;
        } else {
            m_firstItems[*slot] = more->second.back();
            more->second.pop_back();
        }
    } else if (more == m_moreItems.end() || std::erase(more->second, item.id) == 0) {
        return false;
    }
    if (more != m_moreItems.end() && more->second.empty())
        m_moreItems.erase(more);
    --m_itemCount;
    return true;
}

void NearDuplicates::buildTables()
{
    for (std::size_t quarter = 0; quarter < kQuarters; ++quarter) {
        Table& table = m_tables[quarter];
        table.begins.assign(kKeys + 1, 0);
        for (const std::uint64_t hash : m_hashes)
            ++table.begins[quarterOf(hash, quarter) + 1];
        for (std::size_t key = 0; key < kKeys; ++key)
            table.begins[key + 1] += table.begins[key];
        table.slots.resize(m_hashes.size());
        std::vector<std::uint32_t> next(table.begins.begin(), table.begins.end() - 1);
        for (std::size_t slot = 0; slot < m_hashes.size(); ++slot)
            table.slots[next[quarterOf(m_hashes[slot], quarter)]++] = static_cast<Slot>(slot);
    }
    m_tabledCount = m_hashes.size();
}

// ---- looking up ----------------------------------------------------------------------------------------------------

bool NearDuplicates::forEachItem(Slot slot, const std::function<bool(ItemId)>& visit) const
{
    if (!m_hasItem[slot])
        return true;
    if (!visit(m_firstItems[slot]))
        return false;
    const auto more = m_moreItems.find(slot);
    return more == m_moreItems.end() || std::ranges::all_of(more->second, visit);
}

void NearDuplicates::appendItems(Slot slot, int distance, std::vector<Match>& matches) const
{
    forEachItem(slot, [&](ItemId item) {
        matches.push_back({item, distance});
        return true;
    });
}

void NearDuplicates::collectByScan(std::uint64_t hash, int radius, std::size_t first, std::vector<Match>& matches) const
{
    for (std::size_t slot = first; slot < m_hashes.size(); ++slot) {
        const int distance = std::popcount(m_hashes[slot] ^ hash);
        if (distance <= radius)
            appendItems(static_cast<Slot>(slot), distance, matches);
    }
}

void NearDuplicates::collectFromTables(std::uint64_t hash, int radius, std::vector<Match>& matches) const
{
    // A hash that an earlier quarter has led to already is not reported again.
    const auto isFoundBefore = [&](std::uint64_t other, std::size_t quarter) {
        for (std::size_t i = 0; i < quarter; ++i) {
            const std::uint32_t difference = quarterOf(other, i) ^ quarterOf(hash, i);
            if (std::popcount(difference) <= quarterRadius(radius, i))
                return true;
        }
        return false;
    };
    for (std::size_t quarter = 0; quarter < kQuarters; ++quarter) {
        const Table& table = m_tables[quarter];
        const int near = quarterRadius(radius, quarter);
        if (near < 0)
            continue;
        forEachNeighbour(quarterOf(hash, quarter), near, kQuarterBits, [&](std::uint32_t key) {
            for (std::uint32_t i = table.begins[key]; i < table.begins[key + 1]; ++i) {
                const Slot slot = table.slots[i];
                const int distance = std::popcount(m_hashes[slot] ^ hash);
                if (distance <= radius && !isFoundBefore(m_hashes[slot], quarter))
                    appendItems(slot, distance, matches);
            }
        });
    }
}

std::vector<NearDuplicates::Match> NearDuplicates::within(std::uint64_t hash, int radius) const
{
    std::vector<Match> matches;
    if (isScanCheaper(hash, radius)) {
        collectByScan(hash, radius, 0, matches);
    } else {
        collectFromTables(hash, radius, matches);
        collectByScan(hash, radius, m_tabledCount, matches);
    }
    std::ranges::sort(matches, [](const Match& a, const Match& b) {
        return a.distance != b.distance ? a.distance < b.distance : a.item < b.item;
    });
    return matches;
}

/// Reading a list jumps about in memory; comparing with every hash in turn does not.
bool NearDuplicates::isScanCheaper(std::uint64_t hash, int radius) const
{
    constexpr std::size_t kJumpCost = 4;
    if (m_tabledCount == 0)
        return true;
    const std::size_t limit = m_tabledCount / kJumpCost;
    std::size_t steps = 0;
    for (std::size_t quarter = 0; quarter < kQuarters; ++quarter) {
        const int near = quarterRadius(radius, quarter);
        if (near >= 0)
            steps += neighbourCount(near);
    }
    if (steps > limit)
        return true;
    for (std::size_t quarter = 0; quarter < kQuarters; ++quarter) {
        const std::vector<std::uint32_t>& begins = m_tables[quarter].begins;
        const int near = quarterRadius(radius, quarter);
        if (near >= 0)
            forEachNeighbour(quarterOf(hash, quarter), near, kQuarterBits,
                             [&](std::uint32_t key) { steps += begins[key + 1] - begins[key]; });
    }
    return steps > limit;
}

// ---- pairs ---------------------------------------------------------------------------------------------------------

bool NearDuplicates::reportPairs(Slot a, Slot b, int distance, const std::function<bool(const Pair&)>& found) const
{
    return forEachItem(a, [&](ItemId first) {
        return forEachItem(
            b, [&](ItemId second) { return found({std::min(first, second), std::max(first, second), distance}); });
    });
}

void NearDuplicates::forEachPair(int radius, const std::function<bool(const Pair&)>& found, std::stop_token stop) const
{
    if (radius < 0)
        return;
    for (const auto& [slot, more] : m_moreItems) { // those under one hash
        for (std::size_t i = 0; i < more.size(); ++i) {
            if (stop.stop_requested() ||
                !found({std::min(m_firstItems[slot], more[i]), std::max(m_firstItems[slot], more[i]), 0}))
                return;
            for (std::size_t k = 0; k < i; ++k) {
                if (!found({std::min(more[k], more[i]), std::max(more[k], more[i]), 0}))
                    return;
            }
        }
    }
    forEachNearPair(
        m_hashes, radius, [&](Slot a, Slot b, int distance) { return reportPairs(a, b, distance, found); }, stop);
}

std::vector<std::vector<NearDuplicates::ItemId>> NearDuplicates::clusters(int radius, std::stop_token stop) const
{
    Components components(m_hashes.size());
    forEachNearPair(
        m_hashes, radius,
        [&](Slot a, Slot b, int) {
            if (m_hasItem[a] && m_hasItem[b])
                components.join(a, b);
            return true;
        },
        stop);
    std::unordered_map<Slot, std::vector<ItemId>> members;
    for (std::size_t i = 0; i < m_hashes.size() && !stop.stop_requested(); ++i) {
        const auto slot = static_cast<Slot>(i);
        forEachItem(slot, [&](ItemId item) {
            members[components.rootOf(slot)].push_back(item);
            return true;
        });
    }
    std::vector<std::vector<ItemId>> result;
    if (stop.stop_requested())
        return result;
    for (auto& [root, items] : members) {
        if (items.size() < 2)
            continue;
        std::ranges::sort(items);
        result.push_back(std::move(items));
    }
    std::ranges::sort(result);
    return result;
}

} // namespace ps
