// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <unordered_map>
#include <vector>

namespace ps {

/// Finds 64-bit hashes that differ in few bits: perceptual hashes of pictures that look alike. Every answer is exact.
///
/// Multi-index hashing: each hash stands in four tables, by each of its 16-bit quarters. Of two hashes within r bits some
/// quarters are within r / 4 bits of each other, so only lists of that neighbourhood are read. Equal hashes stand in the
/// tables once, so that thousands of pictures with one hash cost no more than one of them; where the lists are over-full,
/// because many pictures are nearly flat, everything is compared in one pass instead.
/// Source of the idea: Norouzi, Punjani and Fleet, Fast Exact Search in Hamming Space with Multi-Index Hashing (2014).
/// Threads: one writer, or any number of readers.
class NearDuplicates
{
public:
    using ItemId = std::uint64_t; ///< whatever the caller wants to get back

    struct Item {
        std::uint64_t hash = 0;
        ItemId id = 0;
    };
    struct Match {
        ItemId item = 0;
        int distance = 0;
        bool operator==(const Match&) const = default;
    };
    struct Pair {
        ItemId first = 0;
        ItemId second = 0;
        int distance = 0;
        bool operator==(const Pair&) const = default;
    };

    /// Puts many items in and the tables in order. Cost: 0.1 s for a million.
    void addAll(std::span<const Item> items);
    /// Puts one in. Cost: small; the tables are put in order now and then, and until then the newest are compared one by one.
    void add(Item item);
    /// False when this item does not stand under this hash.
    bool remove(Item item);

    std::size_t size() const { return m_itemCount; }

    /// All items within `radius` bits (0 to 64) of `hash`, nearest first, then by id. Cost: about 0.01 ms within 7 bits of a
    /// million; at most a comparison with every hash.
    std::vector<Match> within(std::uint64_t hash, int radius) const;

    /// Calls `found` for every pair within `radius` bits, once, in no particular order; false from it, or a stop, ends the
    /// search. Cost: 0.1 s within 3 bits of a million hashes that are spread evenly; at most a comparison of all with all.
    void forEachPair(int radius, const std::function<bool(const Pair&)>& found, std::stop_token stop = {}) const;

    /// The items that hang together by pairs within `radius` bits, in groups of at least two: members by id, groups by their
    /// first member. Many items under one hash cost nothing extra. An empty answer after a stop.
    std::vector<std::vector<ItemId>> clusters(int radius, std::stop_token stop = {}) const;

private:
    using Slot = std::uint32_t; ///< number of a distinct hash
    static constexpr std::size_t kQuarters = 4;
    static constexpr std::size_t kKeys = 1 << 16;

    /// Which hashes have a quarter of this value: slots[begins[key]] to slots[begins[key + 1] - 1].
    struct Table {
        std::vector<std::uint32_t> begins;
        std::vector<Slot> slots;
    };

    Slot slotOf(std::uint64_t hash); ///< of an old or a new hash
    const Slot* findSlot(std::uint64_t hash) const;
    void growDirectory();
    void putItem(Item item);
    void buildTables();
    bool isScanCheaper(std::uint64_t hash, int radius) const;
    void collectFromTables(std::uint64_t hash, int radius, std::vector<Match>& matches) const;
    void collectByScan(std::uint64_t hash, int radius, std::size_t first, std::vector<Match>& matches) const;
    void appendItems(Slot slot, int distance, std::vector<Match>& matches) const;
    bool forEachItem(Slot slot, const std::function<bool(ItemId)>& visit) const;
    bool reportPairs(Slot a, Slot b, int distance, const std::function<bool(const Pair&)>& found) const;

    std::vector<std::uint64_t> m_hashes; ///< by slot
    std::vector<ItemId> m_firstItems;    ///< by slot
    std::vector<bool> m_hasItem;         ///< by slot; one that lost its items stays for their return
    std::unordered_map<Slot, std::vector<ItemId>> m_moreItems; ///< of the slots that have several
    std::vector<Slot> m_directory;                             ///< hash to slot, open addressing
    std::array<Table, kQuarters> m_tables;
    std::size_t m_tabledCount = 0; ///< slots that stand in the tables; the others are compared one by one
    std::size_t m_itemCount = 0;
};

} // namespace ps
