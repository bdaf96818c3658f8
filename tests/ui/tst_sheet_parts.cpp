// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the contact sheet is made of: ranges, selection and geometry, without a widget.
#include "tests/support/seeded_random.h"
#include "ui/browse/sheet_layout.h"
#include "ui/browse/sheet_selection.h"

#include <QSignalSpy>
#include <QTest>

#include <set>

using namespace ps;
using namespace ps::test;

namespace {

constexpr std::int64_t kMany = 20'000'000;

std::set<std::int64_t> membersOf(const RangeSet& ranges)
{
    std::set<std::int64_t> members;
    for (const PositionRange& range : ranges.ranges()) {
        for (std::int64_t position = range.first; position < range.end; ++position)
            members.insert(position);
    }
    return members;
}

/// Ranges in ascending order with at least one position between them.
bool isTidy(const RangeSet& ranges)
{
    std::int64_t last = -2;
    for (const PositionRange& range : ranges.ranges()) {
        if (range.first <= last || range.size() <= 0)
            return false;
        last = range.end;
    }
    return true;
}

std::int64_t below(SeededRandom& random, std::int64_t end)
{
    return random.between(0, end - 1);
}

SheetLayout layoutOf(std::int64_t count, std::vector<std::int64_t> sections, int width)
{
    SheetLayout layout;
    layout.setSizes({width, 100, 120, 10, 30});
    layout.setContent(count, std::move(sections));
    return layout;
}

} // namespace

class TestSheetParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rangesAreASet()
    {
        SeededRandom random(17);
        RangeSet ranges;
        std::set<std::int64_t> expected;
        constexpr std::int64_t kEnd = 60;
        for (int step = 0; step < 3000; ++step) {
            const std::int64_t first = below(random, kEnd);
            const std::int64_t end = first + below(random, 9);
            switch (below(random, 8)) {
            case 0:
                ranges.toggle(first);
                if (!expected.erase(first))
                    expected.insert(first);
                break;
            case 1: {
                ranges.invert(kEnd + 10);
                std::set<std::int64_t> inverse;
                for (std::int64_t i = 0; i < kEnd + 10; ++i) {
                    if (!expected.contains(i))
                        inverse.insert(i);
                }
                expected = inverse;
                break;
            }
            case 2:
            case 3:
            case 4:
                ranges.remove({first, end});
                for (std::int64_t i = first; i < end; ++i)
                    expected.erase(i);
                break;
            default:
                ranges.add({first, end});
                for (std::int64_t i = first; i < end; ++i)
                    expected.insert(i);
            }
            QVERIFY(isTidy(ranges));
            QCOMPARE(membersOf(ranges), expected);
            QCOMPARE(ranges.count(), std::ssize(expected));
            for (std::int64_t i = -1; i < kEnd + 12; ++i)
                QCOMPARE(ranges.contains(i), expected.contains(i));
        }
    }

    void everythingOfTwentyMillionIsOneRange()
    {
        SheetSelection selection;
        selection.reset(kMany, 0);
        selection.selectAll();
        QCOMPARE(selection.selected().count(), kMany);
        QCOMPARE(selection.selected().rangeCount(), std::size_t{1});
        selection.toggle(kMany / 2);
        QCOMPARE(selection.selected().rangeCount(), std::size_t{2});
        selection.invert();
        QCOMPARE(selection.selected().ranges(), (std::vector<PositionRange>{{kMany / 2, kMany / 2 + 1}}));
    }

    void shiftStartsAtTheAnchor()
    {
        SheetSelection selection;
        selection.reset(100, 0);
        selection.selectOnly(10);
        selection.extendTo(20);
        selection.extendTo(5);
        QCOMPARE(selection.selected().ranges(), (std::vector<PositionRange>{{5, 11}}));
        QCOMPARE(selection.current(), 5);
        selection.toggle(50);
        selection.extendKeeping(60);
        QCOMPARE(selection.selected().ranges(), (std::vector<PositionRange>{{5, 11}, {50, 61}}));
        selection.moveCurrent(70);
        QCOMPARE(selection.current(), 70);
        QCOMPARE(selection.selected().count(), 17);
    }

    void thereIsACurrentCellWhileThereAreCells()
    {
        SheetSelection selection;
        QSignalSpy moved(&selection, &SheetSelection::currentChanged);
        QCOMPARE(selection.current(), -1);
        selection.selectOnly(3);
        QCOMPARE(selection.current(), -1);
        selection.reset(5, 80);
        QCOMPARE(selection.current(), 4);
        selection.selectOnly(-7);
        QCOMPARE(selection.current(), 0);
        selection.reset(0, 3);
        QCOMPARE(selection.current(), -1);
        QCOMPARE(moved.count(), 3);
    }

    void cellsAreFoundWhereTheyAre_data()
    {
        QTest::addColumn<qint64>("count");
        QTest::addColumn<QList<qint64>>("sections");
        QTest::addColumn<int>("width");
        QTest::newRow("a few") << qint64{7} << QList<qint64>{} << 500;
        QTest::newRow("narrower than a cell") << qint64{7} << QList<qint64>{} << 60;
        QTest::newRow("sections") << qint64{100} << QList<qint64>{0, 1, 7, 8, 50} << 500;
        QTest::newRow("twenty million") << qint64{kMany} << QList<qint64>{} << 1600;
        QTest::newRow("twenty million in one column") << qint64{kMany} << QList<qint64>{} << 150;
        QTest::newRow("twenty million in sections") << qint64{kMany} << QList<qint64>{0, 13, 9'999'999} << 1600;
    }

    void cellsAreFoundWhereTheyAre()
    {
        QFETCH(const qint64, count);
        QFETCH(const QList<qint64>, sections);
        QFETCH(const int, width);
        const SheetLayout layout = layoutOf(count, {sections.begin(), sections.end()}, width);
        SeededRandom random(5);
        for (int round = 0; round < 500; ++round) {
            const std::int64_t position = round == 0 ? count - 1 : below(random, count);
            const SheetLayout::Cell cell = layout.cell(position);
            QCOMPARE(layout.positionAt(cell.left, cell.top), position);
            QCOMPARE(layout.positionAt(cell.left + cell.width - 1, cell.top + cell.height - 1), position);
            QVERIFY(layout.positionAt(cell.left - 1, cell.top) != position);
            QCOMPARE(layout.positionAt(cell.left, cell.top + cell.height), -1);
            QVERIFY(cell.top + cell.height <= layout.height());
            const PositionRange lines = layout.positionsIn(cell.top, cell.top + 1);
            QCOMPARE(lines.first, layout.lineStart(position));
            QVERIFY(lines.size() <= layout.columns() && position < lines.end);
        }
        QVERIFY(layout.positionsIn(0, layout.height()) == (PositionRange{0, count}));
    }

    void aLineDownIsTheCellBelow()
    {
        // Four columns: sections of 1, 6 and 3 cells.
        const SheetLayout layout = layoutOf(10, {0, 1, 7}, 460);
        QCOMPARE(layout.columns(), 4);
        QCOMPARE(layout.moved(0, 1), 1);  // into the next section
        QCOMPARE(layout.moved(3, 1), 6);  // the line below is shorter: its last cell
        QCOMPARE(layout.moved(6, 1), 8);  // the same column
        QCOMPARE(layout.moved(9, 1), 9);  // the end
        QCOMPARE(layout.moved(9, -2), 3); // two lines up
        QCOMPARE(layout.moved(2, -9), 0);
    }

    void aBandTakesTheCellsThatItTouches()
    {
        const SheetLayout layout = layoutOf(10, {0, 1, 7}, 460);
        SeededRandom random(9);
        for (int round = 0; round < 400; ++round) {
            const int left = static_cast<int>(below(random, 460));
            const int right = left + 1 + static_cast<int>(below(random, 300));
            const std::int64_t top = below(random, layout.height());
            const std::int64_t bottom = top + 1 + below(random, 400);
            std::set<std::int64_t> expected;
            for (std::int64_t position = 0; position < 10; ++position) {
                const SheetLayout::Cell cell = layout.cell(position);
                if (cell.left < right && cell.left + cell.width > left && cell.top < bottom &&
                    cell.top + cell.height > top)
                    expected.insert(position);
            }
            QCOMPARE(membersOf(layout.positionsIn(SheetLayout::Area{left, right, top, bottom})), expected);
        }
    }

    void aSectionIsKnownByItsHeight()
    {
        const SheetLayout layout = layoutOf(10, {0, 1, 7}, 460);
        for (std::size_t section = 0; section < layout.sectionCount(); ++section) {
            QCOMPARE(layout.sectionAt(layout.headerTop(section)), section);
            QCOMPARE(layout.sectionOf(layout.sectionRange(section).first), section);
        }
        QCOMPARE(layout.sectionAt(layout.headerTop(2) - 1), std::size_t{1});
        QCOMPARE(layoutOf(10, {}, 460).sectionCount(), std::size_t{0});
        QCOMPARE(layoutOf(0, {}, 460).positionAt(20, 20), -1);
    }
};

QTEST_GUILESS_MAIN(TestSheetParts)
#include "tst_sheet_parts.moc"
