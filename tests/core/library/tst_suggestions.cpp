// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/viewing.h"
#include "core/library/suggestions.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

class TestSuggestions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStoredSuggestionComesBackAndIsReplaced()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const auto put = [&](const Suggestion& suggestion) {
            must(store->run([&](StoreTransaction& transaction) {
                return storeSuggestion(transaction, "g_0123456789abcdef", suggestion);
            }));
        };
        const auto get = [&] {
            return must(findSuggestion(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)),
                                       "g_0123456789abcdef"));
        };
        QVERIFY(!get());
        put({"model-1", 2, Crop{0.1, 0.2, 0.8, 0.9}, 0.75, {"sharper", "caf\xC3\xA9"}});
        auto found = get();
        QVERIFY(found && found->modelId == "model-1" && found->imageIndex == 2 && found->confidence == 0.75);
        QVERIFY((found->crop == Crop{0.1, 0.2, 0.8, 0.9}));
        QCOMPARE(found->reasons, (std::vector<std::string>{"sharper", "caf\xC3\xA9"}));
        put({"model-1", 0, {}, {}, {}});
        found = get();
        QVERIFY(found && found->imageIndex == 0 && !found->crop && !found->confidence && found->reasons.empty());
        QVERIFY(rowTexts(fixture.databasePath()).empty()); // a suggestion decides nothing
    }

    void aDatabaseOfTheScriptsHasNone()
    {
        const TempFolder folder;
        const Connection connection = must(
            Connection::open(makeVariant(folder, schemaVariants().front(), "v.db"), OpenMode::ReadOnly));
        QVERIFY(!must(findSuggestion(connection, "g_0123456789abcdef")));
    }

    void predictionsOfTheScriptsAreReadFromTheirTemporaryDatabase()
    {
        const TempFolder folder;
        const auto& variant = *std::ranges::find(schemaVariants(), "E", &SchemaVariant::name);
        const Connection connection = must(openForViewing(makeVariant(folder, variant, "p1_ai_predictions_temp.db")));
        const auto found = must(findPrediction(connection, {"a.png", "b.png"}));
        QVERIFY(found && found->imageIndex == 1 && found->confidence == 0.75);
        QVERIFY((found->crop == Crop{0.1, 0.1, 0.9, 0.9}));
        QVERIFY(!must(findPrediction(connection, {"b.png", "a.png"})));
        QVERIFY(!must(findPrediction(connection, {})));
    }

    void theAiColumnsOfARowAreASuggestionWhenTheyCanBeUsed()
    {
        const auto rowWith = [](SqlValue index, SqlValue crop, SqlValue confidence) {
            return DecisionRow({{"group_id", "g"s},
                                {"images", "[\"a.png\", \"b.png\"]"s},
                                {"ai_selected_index", std::move(index)},
                                {"ai_crop_coords", std::move(crop)},
                                {"ai_confidence", std::move(confidence)}});
        };
        const auto good = suggestionOfRow(rowWith(std::int64_t{1}, "[0.1, 0.1, 0.9, 0.9]"s, std::int64_t{1}));
        QVERIFY(good && good->imageIndex == 1 && good->crop && good->confidence == 1.0);
        const auto bare = suggestionOfRow(rowWith(std::int64_t{0}, "[broken"s, 7.0));
        QVERIFY(bare && !bare->crop && !bare->confidence);
        QVERIFY(!suggestionOfRow(rowWith({}, {}, {})));
        QVERIFY(!suggestionOfRow(rowWith(std::int64_t{2}, {}, {})));
        QVERIFY(!suggestionOfRow(rowWith(std::int64_t{-1}, {}, {})));
        QVERIFY(!suggestionOfRow(rowWith("1"s, {}, {})));
    }
};

QTEST_GUILESS_MAIN(TestSuggestions)
#include "tst_suggestions.moc"
