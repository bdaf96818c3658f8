// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/read_ahead_plan.h"
#include "ui/common/scroll_ahead.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace ps;

namespace {

using Ordinals = std::vector<std::int64_t>;

constexpr std::int64_t kPlenty = 1'000'000;

std::int64_t oneByte(std::int64_t)
{
    return 1;
}

Ordinals firstOf(const ReadAheadPlan& plan, std::size_t count)
{
    const Ordinals& all = plan.groups();
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()))};
}

} // namespace

/// Which groups are had at hand, and in which order: pure values, no window.
class TstReadAhead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neighboursInTheDirectionOfTheLastMoveComeFirst();
    void whereADecisionLeadsComesBeforeTheNeighbours();
    void theEndsOfTheListAreRespected();
    void theBudgetCutsWhatIsLeastLikely();
    void theNextGroupIsPlannedEvenWhenItIsTooLarge();
    void everyGroupIsPlannedOnceAndInBounds();
    void anEmptyListHasNoPlan();
    void whatIsInSightComesFirstThenTwoScreensAhead();
    void scrollingBackLooksBack();
    void wishesOfAScrollStayInTheList();
};

void TstReadAhead::neighboursInTheDirectionOfTheLastMoveComeFirst()
{
    const auto forward = ReadAheadPlan::make({100, 1000, true, {}}, kPlenty, oneByte);
    QCOMPARE(firstOf(forward, 5), (Ordinals{100, 101, 99, 102, 103}));
    const auto back = ReadAheadPlan::make({100, 1000, false, {}}, kPlenty, oneByte);
    QCOMPARE(firstOf(back, 5), (Ordinals{100, 99, 101, 98, 97}));
    QVERIFY(forward.contains(100 + ReadAheadPlan::kMostAhead));
    QVERIFY(!forward.contains(100 + ReadAheadPlan::kMostAhead + 1));
    QVERIFY(forward.contains(100 - ReadAheadPlan::kMostBehind));
    QVERIFY(!forward.contains(100 - ReadAheadPlan::kMostBehind - 1));
}

void TstReadAhead::whereADecisionLeadsComesBeforeTheNeighbours()
{
    const auto plan = ReadAheadPlan::make({10, 1000, true, {50, 61, 62}}, kPlenty, oneByte);
    QCOMPARE(firstOf(plan, 8), (Ordinals{10, 50, 11, 9, 61, 12, 62, 13}));
    // Usually the next undecided groups are the neighbours.
    const auto usual = ReadAheadPlan::make({10, 1000, true, {11, 12, 13}}, kPlenty, oneByte);
    QCOMPARE(firstOf(usual, 5), (Ordinals{10, 11, 9, 12, 13}));
}

void TstReadAhead::theEndsOfTheListAreRespected()
{
    QCOMPARE(firstOf(ReadAheadPlan::make({0, 3, false, {}}, kPlenty, oneByte), 9), (Ordinals{0, 1, 2}));
    QCOMPARE(firstOf(ReadAheadPlan::make({2, 3, true, {}}, kPlenty, oneByte), 9), (Ordinals{2, 1, 0}));
    QCOMPARE(firstOf(ReadAheadPlan::make({0, 1, true, {}}, kPlenty, oneByte), 9), (Ordinals{0}));
    const std::int64_t last = 20'000'000'000 - 1;
    QCOMPARE(firstOf(ReadAheadPlan::make({last, last + 1, true, {}}, kPlenty, oneByte), 3),
             (Ordinals{last, last - 1, last - 2}));
}

void TstReadAhead::theBudgetCutsWhatIsLeastLikely()
{
    const auto tenBytes = [](std::int64_t) { return std::int64_t{10}; };
    QCOMPARE(ReadAheadPlan::make({100, 1000, true, {}}, 45, tenBytes).groups(), (Ordinals{100, 101, 99, 102}));
    // A large one ends the plan: smaller ones further away do not take its place.
    const auto growing = [](std::int64_t ordinal) { return std::int64_t{ordinal == 102 ? 1000 : 1}; };
    QCOMPARE(ReadAheadPlan::make({100, 1000, true, {}}, 500, growing).groups(), (Ordinals{100, 101, 99}));
}

void TstReadAhead::theNextGroupIsPlannedEvenWhenItIsTooLarge()
{
    const auto huge = [](std::int64_t) { return kPlenty; };
    QCOMPARE(ReadAheadPlan::make({100, 1000, true, {}}, 1, huge).groups(), (Ordinals{100, 101}));
    QCOMPARE(ReadAheadPlan::make({100, 1000, true, {400}}, 1, huge).groups(), (Ordinals{100, 400}));
}

void TstReadAhead::everyGroupIsPlannedOnceAndInBounds()
{
    for (std::int64_t current = 0; current < 40; ++current) {
        for (const bool isForward : {true, false}) {
            const auto plan = ReadAheadPlan::make({current, 40, isForward, {current + 1, current + 5, 39}}, kPlenty,
                                                  oneByte);
            const Ordinals& groups = plan.groups();
            QCOMPARE(std::set<std::int64_t>(groups.begin(), groups.end()).size(), groups.size());
            QVERIFY(std::ranges::all_of(groups, [](std::int64_t ordinal) { return ordinal >= 0 && ordinal < 40; }));
            QCOMPARE(groups.front(), current);
        }
    }
}

void TstReadAhead::anEmptyListHasNoPlan()
{
    QVERIFY(ReadAheadPlan::make({0, 0, true, {}}, kPlenty, oneByte).groups().empty());
}

void TstReadAhead::whatIsInSightComesFirstThenTwoScreensAhead()
{
    const auto wishes = scrollAhead({100, 3, 1000, true});
    Ordinals order;
    for (const ScrollWish& wish : wishes)
        order.push_back(wish.ordinal);
    QCOMPARE(order, (Ordinals{100, 101, 102, 103, 104, 105, 106, 107, 108, 99, 98, 97}));
    for (std::size_t i = 0; i < wishes.size(); ++i)
        QCOMPARE(wishes[i].priority, i < 3 ? Priority::Ahead : Priority::Background);
}

void TstReadAhead::scrollingBackLooksBack()
{
    const auto wishes = scrollAhead({100, 2, 1000, false});
    Ordinals order;
    for (const ScrollWish& wish : wishes)
        order.push_back(wish.ordinal);
    QCOMPARE(order, (Ordinals{100, 101, 99, 98, 97, 96, 102, 103}));
}

void TstReadAhead::wishesOfAScrollStayInTheList()
{
    QCOMPARE(scrollAhead({0, 10, 4, true}).size(), std::size_t{4});
    QCOMPARE(scrollAhead({2, 10, 4, false}).size(), std::size_t{4});
    QVERIFY(scrollAhead({0, 10, 0, true}).empty());
}

QTEST_APPLESS_MAIN(TstReadAhead)
#include "tst_read_ahead.moc"
