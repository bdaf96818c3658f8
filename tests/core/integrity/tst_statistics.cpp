// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/statistics.h"
#include "tests/core/integrity/planted.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

DecisionStatistics statisticsOf(const std::vector<std::string>& inserts)
{
    const TempFolder folder;
    std::vector<std::string> statements{unconstrainedTable()};
    statements.insert(statements.end(), inserts.begin(), inserts.end());
    return must(decisionStatistics(must(Connection::open(makeDatabase(folder, statements), OpenMode::ReadOnly)), {}));
}

std::string text(const Share& share)
{
    return std::to_string(share.hits) + " of " + std::to_string(share.of);
}

} // namespace

class TestStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyTableHasNoShares()
    {
        const DecisionStatistics statistics = statisticsOf({});
        QCOMPARE(
            dumpJson(statisticsJson(statistics)),
            R"({"rows": 0, "by_action": {}, "by_project": {}, "by_image_count": {}, "open_crops": 0, )"
            R"("selection_accuracy": {"hits": 0, "of": 0, "percent": null}, "crop_accuracy": {"hits": 0, "of": 0, "percent": null}, )"
            R"("crop_acceptance": {"hits": 0, "of": 0, "percent": null}, "mean_crop_iou": null, "demonstration_rows": 0})"s);
    }

    void rejectsSinglesAndRowsWithoutAiCountForNoAccuracy()
    {
        const DecisionStatistics statistics = statisticsOf(
            {rowSql({}, 1),                                                       // a hit
             rowSql({{"user_selected_index", "0"}, {"selection_match", "0"}}, 2), // a miss
             rowSql({{"user_action", "'reject'"}, {"selection_match", "1"}}, 3),  // a compromise
             rowSql({{"images", "'[\"a.png\"]'"}, {"ai_selected_index", "0"}, {"user_selected_index", "0"}}, 4),
             rowSql({{"ai_selected_index", "NULL"}, {"selection_match", "NULL"}}, 5),
             rowSql({{"user_action", "'skip'"}}, 6)});
        QCOMPARE(text(statistics.selectionAccuracy), "1 of 2"s);
        QCOMPARE(statistics.rows, std::int64_t{6});
        QCOMPARE(statistics.byAction.at("skip"), std::int64_t{1});
        QCOMPARE(statistics.byImageCount.at(1), std::int64_t{1});
        QCOMPARE(statistics.byImageCount.at(2), std::int64_t{5});
    }

    void cropsAreComparedOnTheSameImageOnly()
    {
        const DecisionStatistics statistics = statisticsOf(
            {rowSql({}, 1), rowSql({{"final_crop_coords", "'[0.5, 0.5, 0.9, 0.9]'"}}, 2),
             rowSql({{"user_selected_index", "0"}}, 3), rowSql({{"final_crop_coords", "'[broken'"}}, 4),
             rowSql({{"final_crop_coords", "NULL"}}, 5)});
        QCOMPARE(text(statistics.cropAccuracy), "1 of 2"s);
        QCOMPARE(statistics.openCrops, std::int64_t{1});
        QVERIFY(statistics.meanCropIou > 0.25 && statistics.meanCropIou < 1);
    }

    void acceptanceIsAShareOfTheSuggestionsThatWereOnTheImage()
    {
        const Cells approval{{"user_action", "'approve'"}, {"final_crop_coords", "NULL"}};
        const auto accepted = [&](const char* value) {
            Cells cells = approval;
            cells["ai_crop_accepted"] = value;
            return cells;
        };
        const DecisionStatistics statistics = statisticsOf(
            {rowSql(accepted("1"), 1), rowSql(accepted("0"), 2), rowSql(accepted("NULL"), 3)});
        QCOMPARE(text(statistics.cropAcceptance), "1 of 2"s);
    }

    void suggestionsOfTheDemonstrationModelProveNothing()
    {
        const StoreFixture fixture;
        {
            const auto store = fixture.startReady();
            for (const auto& [number, model] :
                 {std::pair(1, kDemoModelId), std::pair(2, std::string_view("ranker-4"))}) {
                DecisionRequest request = decisionAbout(number);
                request.shown = ShownSuggestion{std::string(model), 0, Crop{0.1, 0.1, 0.9, 0.9}, 0.75, false};
                must(decideIn(*store, request));
            }
        }
        const auto statistics = must(
            decisionStatistics(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), {}));
        QCOMPARE(text(statistics.selectionAccuracy), "1 of 1"s);
        QCOMPARE(statistics.demonstrationRows, std::int64_t{1});
    }

    void everyVariantIsCounted()
    {
        for (const SchemaVariant& variant : schemaVariants()) {
            const TempFolder folder;
            const auto connection = must(Connection::open(makeVariant(folder, variant, "p1.db"), OpenMode::ReadOnly));
            QCOMPARE(must(decisionStatistics(connection, {})).rows, variant.rowCount);
        }
    }
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
