// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/quality_filters.h"

#include "core/library/catalogue.h"
#include "core/library/group_snapshot.h"
#include "core/library/rank_columns.h"
#include "tests/support/checks.h"

#include <QTest>

#include <algorithm>
#include <numeric>

using namespace ps;
using namespace ps::test;

namespace {

constexpr int kGroups = 10;

std::string keyOf(int number)
{
    return "g_" + std::to_string(number);
}

/// Singles g_0 to g_9 without measures.
Catalogue sampleCatalogue()
{
    std::vector<CatalogueItem> items(kGroups);
    for (int i = 0; i < kGroups; ++i) {
        CatalogueItem& item = items[static_cast<std::size_t>(i)];
        item.entry.ordinal = i;
        item.entry.key = keyOf(i);
        item.entry.kind = GroupKind::Single;
        item.entry.imageCount = 1;
        item.name = keyOf(i) + ".jpg";
    }
    Catalogue catalogue = must(Catalogue::openInMemory());
    must(catalogue.fill(items));
    return catalogue;
}

void set(const Catalogue& catalogue, const std::string& assignment, int first, int end)
{
    must(catalogue.connection().execute(("UPDATE groups SET " + assignment + " WHERE ordinal >= " +
                                         std::to_string(first) + " AND ordinal < " + std::to_string(end))
                                            .c_str()));
}

std::string listOf(const Catalogue& catalogue, const std::string& query, GroupSort sort = {})
{
    const GroupSnapshot snapshot = must(selectGroups(catalogue, {query, sort}, {}));
    std::string text;
    for (std::int64_t i = 0; i < snapshot.count(); ++i)
        text += std::to_string(snapshot.ordinalAt(i));
    return text;
}

std::string sectionsOf(const Catalogue& catalogue, GroupSort sort)
{
    const GroupSnapshot snapshot = must(selectGroups(catalogue, {"", sort}, {}));
    std::string text;
    for (const GroupSection& section : snapshot.sections())
        text += std::to_string(section.first) + " " + section.label + ",";
    return text;
}

GroupSort by(GroupSort::By order)
{
    return {order, false};
}

} // namespace

class TestQualityFilters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsFindWhatIsBeyondTheUsualThreshold()
    {
        const Catalogue catalogue = sampleCatalogue();
        set(catalogue, "sharpness=2", 0, 2);
        set(catalogue, "sharpness=30", 2, 5);
        set(catalogue, "exposure=0.05", 1, 3);
        set(catalogue, "exposure=0.95", 3, 4);
        set(catalogue, "megapixels=0.1, aspect=1.5", 4, 5);
        set(catalogue, "megapixels=12, aspect=4", 5, 6);
        set(catalogue, "megapixels=12, aspect=1.5", 6, 7);
        set(catalogue, "duplicate_set=1", 7, 9);
        set(catalogue, "upscaling=0.9, noise=20, contrast=0.01", 9, 10);
        QCOMPARE(listOf(catalogue, "quality:blurry"), std::string("01"));
        QCOMPARE(listOf(catalogue, "quality:dark"), std::string("12"));
        QCOMPARE(listOf(catalogue, "quality:bright"), std::string("3"));
        QCOMPARE(listOf(catalogue, "quality:odd-size"), std::string("45"));
        QCOMPARE(listOf(catalogue, "quality:duplicate"), std::string("78"));
        QCOMPARE(listOf(catalogue, "duplicate:yes"), std::string("78"));
        QCOMPARE(listOf(catalogue, "quality:noisy quality:low-contrast quality:upscaled"), std::string("9"));
        QCOMPARE(listOf(catalogue, "-quality:blurry sharpness:any"), std::string("234"));
        QCOMPARE(listOf(catalogue, "quality:blurry or megapixels<0.5"), std::string("014"));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, parseGroupQuery("quality:ugly"));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, parseGroupQuery("quality<3"));
    }

    void everyWordOfTheHelpIsUnderstood()
    {
        std::string words(kQualityWords);
        for (std::size_t begin = 0; begin < words.size();) {
            const std::size_t end = std::min(words.find(' ', begin), words.size());
            PS_CHECK_OK(parseGroupQuery("quality:" + words.substr(begin, end - begin)));
            begin = end + 1;
        }
        for (const QualityFilter& filter : qualityFilters()) {
            QVERIFY(filter.low < filter.usual && filter.usual < filter.high);
            PS_CHECK_OK(parseGroupQuery(filter.term(filter.usual)));
        }
        QCOMPARE(findQualityFilter("sharpness")->term(4.5), std::string("sharpness<4.5"));
        QCOMPARE(findQualityFilter("noise")->term(10), std::string("noise>10"));
        QVERIFY(findQualityFilter("stage") == nullptr);
    }

    void histogramCountsWhatTheQueryFinds()
    {
        const Catalogue catalogue = sampleCatalogue();
        const QualityFilter& filter = *findQualityFilter("sharpness");
        QCOMPARE(must(measureHistogram(catalogue.connection(), filter, 60, {})).total, std::int64_t{0});
        for (int i = 0; i < 8; ++i)
            set(catalogue, "sharpness=" + std::to_string(i * 10 - 5), i, i + 1); // -5, 5, ... 65
        const MeasureHistogram histogram = must(measureHistogram(catalogue.connection(), filter, 60, {}));
        QCOMPARE(histogram.total, std::int64_t{8});
        QCOMPARE(std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::int64_t{0}), histogram.total);
        QCOMPARE(histogram.counts.front(), std::int64_t{1}); // below the range
        QCOMPARE(histogram.counts.back(), std::int64_t{1});  // above it
        QCOMPARE(histogram.counts[25], std::int64_t{1});
        for (const int threshold : {1, 5, 6, 20, 59}) {
            const auto found = static_cast<std::int64_t>(listOf(catalogue, filter.term(threshold)).size());
            QCOMPARE(histogram.beyond(filter, threshold), found);
        }
        PS_CHECK_ERROR(ErrorCode::InvalidInput, measureHistogram(catalogue.connection(), filter, 0, {}));
        std::stop_source stop;
        stop.request_stop();
        PS_CHECK_ERROR(ErrorCode::Cancelled, measureHistogram(catalogue.connection(), filter, 60, stop.get_token()));
    }

    void histogramWalksAnIndex()
    {
        const Catalogue catalogue = sampleCatalogue();
        for (const QualityFilter& filter : qualityFilters()) {
            const std::string column(filter.column);
            Statement plan = must(catalogue.connection().prepare("EXPLAIN QUERY PLAN SELECT " + column +
                                                                 " FROM groups WHERE " + column +
                                                                 " IS NOT NULL ORDER BY " + column));
            QVERIFY(must(plan.step()));
            QVERIFY2(plan.text(3).find("COVERING INDEX groups_by_") != std::string_view::npos,
                     std::string(plan.text(3)).c_str());
            QVERIFY(!must(plan.step())); // nothing is sorted
        }
    }

    void ordersForWhoDecides()
    {
        const Catalogue catalogue = sampleCatalogue();
        must(catalogue.setConfidence(keyOf(4), 0.9));
        must(catalogue.setConfidence(keyOf(6), 0.55));
        must(catalogue.setConfidence(keyOf(2), 0.5));
        QCOMPARE(listOf(catalogue, "", by(GroupSort::By::Uncertain)), std::string("2640135789"));
        QCOMPARE(sectionsOf(catalogue, by(GroupSort::By::Uncertain)), std::string("0 50,2 90,3 ,"));
        QCOMPARE(listOf(catalogue, "confidence<0.6"), std::string("26"));
        QCOMPARE(listOf(catalogue, "confidence:none state:undecided -name:g_0", by(GroupSort::By::Uncertain)),
                 std::string("135789"));
        QCOMPARE(must(catalogue.page(2, 1)).at(0).confidence.value_or(-1), 0.5);

        set(catalogue, "selection_match=0, agreement=0.4", 1, 2);
        set(catalogue, "selection_match=0, agreement=0.1", 8, 9);
        set(catalogue, "crop_match=0, agreement=1.1", 3, 4);
        QCOMPARE(listOf(catalogue, "", by(GroupSort::By::Disagreeing)), std::string("8130245679"));
        QCOMPARE(sectionsOf(catalogue, by(GroupSort::By::Disagreeing)), std::string("0 pick,2 crop,3 ,"));
    }

    void ranksOutliveARefresh()
    {
        Catalogue catalogue = sampleCatalogue();
        must(storeRepresentatives(catalogue.connection(), std::vector<std::string>{keyOf(5), keyOf(0), keyOf(7)}));
        must(storeDuplicateSets(catalogue.connection(),
                                std::vector<std::vector<std::string>>{{keyOf(9), keyOf(1)}, {keyOf(1), keyOf(3)}}));
        must(storeSimilar(catalogue.connection(), keyOf(2),
                          std::vector<SimilarGroup>{{keyOf(2), 1}, {keyOf(8), 0.9}, {keyOf(4), 0.8}}));
        const auto check = [](const Catalogue& one) {
            QCOMPARE(listOf(one, "", by(GroupSort::By::Representative)), std::string("5071234689"));
            QCOMPARE(listOf(one, "duplicate:yes", by(GroupSort::By::Duplicates)), std::string("193"));
            QCOMPARE(listOf(one, "similar:g_2", by(GroupSort::By::Similar)), std::string("284"));
            QCOMPARE(listOf(one, "similar:g_3", by(GroupSort::By::Similar)), std::string());
        };
        check(catalogue);
        const Catalogue next = sampleCatalogue();
        QCOMPARE(listOf(next, "duplicate:yes"), std::string()); // the control
        must(carryRanks(catalogue.connection(), next.connection()));
        check(next);
        QVERIFY(must(useSimilar(next.connection(), keyOf(2))));
        QVERIFY(!must(useSimilar(next.connection(), keyOf(3))));
        must(storeRepresentatives(catalogue.connection(), std::vector<std::string>{keyOf(1)}));
        QCOMPARE(listOf(catalogue, "", by(GroupSort::By::Representative)), std::string("1023456789"));
    }

    void aStoredSuggestionReachesTheOrder()
    {
        const Catalogue catalogue = sampleCatalogue();
        RowChange change;
        change.groupKey = keyOf(3);
        change.confidence = 0.7;
        must(catalogue.applyRows(std::vector<RowChange>{change}, "ada"));
        QCOMPARE(listOf(catalogue, "confidence>0.6"), std::string("3"));
        const auto entry = must(catalogue.findByKey(keyOf(3)));
        QVERIFY(entry && entry->state == GroupState::Undecided && entry->annotator.empty());
    }
};

QTEST_GUILESS_MAIN(TestQualityFilters)
#include "tst_quality_filters.moc"
