// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/external_sort.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <algorithm>
#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

using Records = std::vector<std::pair<std::string, std::string>>;

Records walk(ExternalSorter& sorter)
{
    Records seen;
    ExternalSorter::Cursor cursor = must(sorter.sorted());
    while (must(cursor.next()))
        seen.emplace_back(cursor.key(), cursor.payload());
    return seen;
}

} // namespace

class TestExternalSort : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sortsLikeAStableSort_data()
    {
        QTest::addColumn<int>("memoryBytes");
        QTest::newRow("in memory") << (1 << 20);
        QTest::newRow("a few runs") << 20'000;
        QTest::newRow("hundreds of runs") << 500;
        QTest::newRow("a record is more than the memory") << 1;
    }
    void sortsLikeAStableSort()
    {
        QFETCH(const int, memoryBytes);
        const TempFolder folder;
        SeededRandom random(7);
        ExternalSorter sorter(folder.pathOf("deep/cache"), static_cast<std::size_t>(memoryBytes));
        Records records;
        for (int i = 0; i < 2000; ++i) {
            records.emplace_back(random.bytes(random.below(4)), random.bytes(random.below(60)));
            must(sorter.add(records.back().first, records.back().second));
        }
        std::ranges::stable_sort(records, {}, &Records::value_type::first);
        QVERIFY(walk(sorter) == records);
        QVERIFY(walk(sorter) == records); // as often as it is asked
        QCOMPARE(sorter.count(), std::int64_t{2000});
        // Nothing of it has a name in the folder.
        const bool hasFolder = std::filesystem::exists(folder.pathOf("deep/cache"));
        QVERIFY(!hasFolder || std::filesystem::is_empty(folder.pathOf("deep/cache")));
    }

    void nothingIsNothing()
    {
        const TempFolder folder;
        ExternalSorter sorter(folder.path());
        QVERIFY(walk(sorter).empty());
        must(sorter.add("", ""));
        QVERIFY((walk(sorter) == Records{{"", ""}}));
    }

    void longRecordsComeBackWhole()
    {
        const TempFolder folder;
        ExternalSorter sorter(folder.path(), 100'000);
        for (int i = 9; i >= 0; --i)
            must(sorter.add(std::to_string(i), std::string(700'000, static_cast<char>('a' + i))));
        const Records seen = walk(sorter);
        QCOMPARE(seen.size(), std::size_t{10});
        for (std::size_t i = 0; i < seen.size(); ++i)
            QVERIFY(seen[i].second == std::string(700'000, static_cast<char>('a' + i)));
    }

    void aFullPlaceIsAnError()
    {
        const TempFolder folder;
        folder.write("blocked", "a file");
        ExternalSorter sorter(folder.pathOf("blocked"), 10);
        must(sorter.add("b", "first"));
        QVERIFY(!sorter.add("a", "second"));
    }

    void numbersSortAsNumbers()
    {
        const std::vector<double> reals{-1e300, -2, -1.5, -0.5, 0, 0.25, 1, 1.5, 2, 1e300};
        for (std::size_t i = 0; i + 1 < reals.size(); ++i) {
            std::string a;
            std::string b;
            appendOrdered(a, reals[i]);
            appendOrdered(b, reals[i + 1]);
            QVERIFY(a < b);
        }
        std::string zero;
        std::string minusZero;
        appendOrdered(zero, 0.0);
        appendOrdered(minusZero, -0.0);
        QCOMPARE(zero, minusZero);
    }

    void recordsComeBackAsTheyWere()
    {
        RecordWriter out;
        out.text("caf\xE9\0x"s).real(-2.5).signedNumber(-7).number(9).text("");
        RecordReader in(out.bytes());
        QCOMPARE(std::string(in.text()), "caf\xE9\0x"s);
        QCOMPARE(in.real(), -2.5);
        QCOMPARE(in.signedNumber(), std::int64_t{-7});
        QCOMPARE(in.number(), std::uint64_t{9});
        QVERIFY(!in.atEnd());
        QCOMPARE(std::string(in.text()), ""s);
        QVERIFY(in.atEnd());
        QCOMPARE(in.number(), std::uint64_t{0}); // behind the end there is nothing
    }
};

QTEST_GUILESS_MAIN(TestExternalSort)
#include "tst_external_sort.moc"
