// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/near_duplicates.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <map>
#include <random>
#include <tuple>

using namespace ps;
using Item = NearDuplicates::Item;
using Match = NearDuplicates::Match;
using PairSet = std::vector<std::tuple<std::uint64_t, std::uint64_t, int>>; // sorted

namespace {

enum class Kind { Random, Planted, Flat, OneHash, FewBits, OneQuarter };

std::uint64_t flipped(std::uint64_t hash, int bits, std::mt19937_64& random)
{
    for (int i = 0; i < bits; ++i)
        hash ^= std::uint64_t{1} << (random() % 64);
    return hash;
}

/// A hash as pictures of this kind have it.
std::uint64_t hashOf(Kind kind, std::size_t i, const std::vector<Item>& before, std::mt19937_64& random)
{
    switch (kind) {
    case Kind::Random: return random();
    case Kind::Planted:
        return i % 3 == 2 ? flipped(before[random() % i].hash, static_cast<int>(random() % 9), random) : random();
    case Kind::Flat: // nearly all bits are zero in most pictures
        return i % 4 == 0 ? random() : flipped(0, static_cast<int>(random() % 6), random);
    case Kind::OneHash: return i % 2 == 0 ? 0x1234567812345678 : random();
    case Kind::FewBits: return random() & 0x00000000000003ff;
    case Kind::OneQuarter: return (random() & 0xffffffffffff0000) | 0xabcd;
    }
    return 0;
}

std::vector<Item> itemsOf(Kind kind, std::size_t count, unsigned seed = 1)
{
    std::mt19937_64 random(seed);
    std::vector<Item> items;
    for (std::size_t i = 0; i < count; ++i)
        items.push_back({hashOf(kind, i, items, random), 1000 + i});
    return items;
}

PairSet pairsByForce(const std::vector<Item>& items, int radius)
{
    PairSet pairs;
    for (std::size_t i = 0; i < items.size(); ++i) {
        for (std::size_t k = i + 1; k < items.size(); ++k) {
            const int distance = std::popcount(items[i].hash ^ items[k].hash);
            if (distance <= radius)
                pairs.emplace_back(items[i].id, items[k].id, distance);
        }
    }
    std::ranges::sort(pairs);
    return pairs;
}

PairSet pairsOf(const NearDuplicates& index, int radius)
{
    PairSet pairs;
    index.forEachPair(radius, [&](const NearDuplicates::Pair& pair) {
        pairs.emplace_back(pair.first, pair.second, pair.distance);
        return true;
    });
    std::ranges::sort(pairs);
    return pairs;
}

std::vector<Match> matchesByForce(const std::vector<Item>& items, std::uint64_t hash, int radius)
{
    std::vector<Match> matches;
    for (const Item& item : items) {
        const int distance = std::popcount(item.hash ^ hash);
        if (distance <= radius)
            matches.push_back({item.id, distance});
    }
    std::ranges::sort(matches, {}, [](const Match& match) { return std::pair(match.distance, match.item); });
    return matches;
}

void addRowsOfKindsAndRadii()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("radius");
    const std::pair<Kind, const char*> kinds[] = {{Kind::Random, "random"},    {Kind::Planted, "planted"},
                                                  {Kind::Flat, "flat"},        {Kind::OneHash, "one hash"},
                                                  {Kind::FewBits, "few bits"}, {Kind::OneQuarter, "one quarter"}};
    for (const auto& [kind, name] : kinds) {
        for (const int radius : {0, 1, 2, 3, 4, 5, 7, 8, 11, 20, 64})
            QTest::addRow("%s, %d bits", name, radius) << static_cast<int>(kind) << radius;
    }
}

} // namespace

class TestNearDuplicates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairsAreThoseOfComparingAllWithAll_data() { addRowsOfKindsAndRadii(); }
    void pairsAreThoseOfComparingAllWithAll()
    {
        QFETCH(int, kind);
        QFETCH(int, radius);
        const std::vector<Item> items = itemsOf(static_cast<Kind>(kind), radius > 8 ? 300 : 1500);
        NearDuplicates index;
        index.addAll(items);
        QVERIFY(pairsOf(index, radius) == pairsByForce(items, radius));
    }

    void matchesAreThoseOfComparingWithAll_data() { addRowsOfKindsAndRadii(); }
    void matchesAreThoseOfComparingWithAll()
    {
        QFETCH(int, kind);
        QFETCH(int, radius);
        const std::vector<Item> items = itemsOf(static_cast<Kind>(kind), 6000);
        NearDuplicates index;
        index.addAll(items);
        std::mt19937_64 random(5);
        for (int i = 0; i < 40; ++i) {
            const std::uint64_t hash = flipped(items[random() % items.size()].hash, i % 10, random);
            QVERIFY(index.within(hash, radius) == matchesByForce(items, hash, radius));
        }
    }

    void largeSetsAreExactToo_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("count");
        QTest::newRow("planted") << static_cast<int>(Kind::Planted) << 20'000;
        QTest::newRow("flat") << static_cast<int>(Kind::Flat) << 5'000;
        QTest::newRow("one quarter") << static_cast<int>(Kind::OneQuarter) << 20'000;
    }
    void largeSetsAreExactToo()
    {
        QFETCH(int, kind);
        QFETCH(int, count);
        const std::vector<Item> items = itemsOf(static_cast<Kind>(kind), static_cast<std::size_t>(count));
        NearDuplicates index;
        index.addAll(items);
        for (const int radius : {3, 6})
            QVERIFY(pairsOf(index, radius) == pairsByForce(items, radius));
    }

    void itemsComeAndGo()
    {
        std::mt19937_64 random(3);
        std::vector<Item> items = itemsOf(Kind::Planted, 3000);
        for (std::size_t i = 0; i < 300; ++i) // some under one hash
            items.push_back({items[random() % 20].hash, 50'000 + i});
        NearDuplicates index;
        index.addAll(std::span(items).first(1000));
        for (std::size_t i = 1000; i < items.size(); ++i)
            index.add(items[i]);
        std::ranges::shuffle(items, random);
        for (int i = 0; i < 1500; ++i) {
            QVERIFY(index.remove(items.back()));
            QVERIFY(!index.remove(items.back()));
            items.pop_back();
        }
        QVERIFY(!index.remove({~items[0].hash, items[0].id}));
        QCOMPARE(index.size(), items.size());
        std::ranges::sort(items, {}, &Item::id);
        QVERIFY(pairsOf(index, 5) == pairsByForce(items, 5));
        for (int i = 0; i < 30; ++i) {
            const std::uint64_t hash = items[random() % items.size()].hash;
            QVERIFY(index.within(hash, 6) == matchesByForce(items, hash, 6));
        }
    }

    void newestItemsAreFoundBeforeTheTablesAreMadeAgain()
    {
        NearDuplicates index;
        QVERIFY(index.within(5, 64).empty());
        index.add({0xff, 1});
        index.add({0xfe, 2});
        QCOMPARE(index.within(0xff, 1), (std::vector<Match>{{1, 0}, {2, 1}}));
    }

    void clustersHangTogetherByPairs()
    {
        NearDuplicates index;
        const std::uint64_t chain[] = {0, 0x3, 0xf, 0x3f}; // each within 2 bits of the next, the ends 6 apart
        std::vector<Item> items = {{~std::uint64_t{0}, 90}};
        for (std::size_t i = 0; i < 4; ++i)
            items.push_back({chain[i], 10 - i});
        items.push_back({~std::uint64_t{0}, 80});
        items.push_back({0xaaaaaaaaaaaaaaaa, 1});
        index.addAll(items);
        const std::vector<std::vector<NearDuplicates::ItemId>> expected = {{7, 8, 9, 10}, {80, 90}};
        QVERIFY(index.clusters(2) == expected);
        QVERIFY(index.clusters(0) == (std::vector<std::vector<NearDuplicates::ItemId>>{{80, 90}}));
        // An item that left holds nothing together.
        QVERIFY(index.remove({0x3, 9}));
        QVERIFY(index.clusters(2) == (std::vector<std::vector<NearDuplicates::ItemId>>{{7, 8}, {80, 90}}));
    }

    void manyPicturesWithOneHashAreOneCluster()
    {
        std::vector<Item> items;
        for (std::uint64_t i = 0; i < 200'000; ++i)
            items.push_back({0x77, i});
        NearDuplicates index;
        index.addAll(items);
        const auto clusters = index.clusters(8);
        QCOMPARE(clusters.size(), std::size_t{1});
        QCOMPARE(clusters[0].size(), items.size());
    }

    void searchEndsWhenAsked()
    {
        NearDuplicates index;
        index.addAll(itemsOf(Kind::FewBits, 3000));
        int count = 0;
        index.forEachPair(10, [&](const NearDuplicates::Pair&) { return ++count < 5; });
        QCOMPARE(count, 5);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(index.clusters(3, stop.get_token()).empty());
    }
};

QTEST_GUILESS_MAIN(TestNearDuplicates)
#include "tst_near_duplicates.moc"
