// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/schema.h"
#include "core/exchange/backfill.h"
#include "core/library/history.h"
#include "core/library/image_tools.h"
#include "tests/core/exchange/bitmaps.h"
#include "tests/core/exchange/import_fixture.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// A database beside the workspace.
std::string makeDatabase(const ImportFixture& fixture, const std::string& name, const std::string& sql)
{
    const std::string path = fixture.folder().pathOf(name);
    const Connection database = must(Connection::open(path, OpenMode::Create));
    must(database.execute(sql.c_str()));
    return path;
}

constexpr const char* kVariantE =
    "CREATE TABLE ai_decisions (group_id TEXT PRIMARY KEY, project_id TEXT, images TEXT NOT "
    "NULL, ai_selected_index INTEGER, ai_crop_coords TEXT, ai_confidence REAL);";
constexpr const char* kVariantD =
    "CREATE TABLE ai_decisions (group_id TEXT PRIMARY KEY, timestamp TEXT, project_id TEXT, directory TEXT, "
    "batch_number "
    "INTEGER, images TEXT, ai_selected_index INTEGER, ai_crop_coords TEXT, ai_confidence REAL, user_selected_index "
    "INTEGER, "
    "user_action TEXT, final_crop_coords TEXT, crop_timestamp TEXT, image_width INTEGER, image_height INTEGER, "
    "selection_match BOOLEAN, crop_match BOOLEAN, ai_crop_accepted BOOLEAN);";

std::string row(const std::string& id, const std::string& images, int selected, const std::string& action,
                const std::string& crop = "NULL")
{
    return "INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, user_action, "
           "final_crop_coords, image_width, image_height) VALUES ('" +
           id + "', '2025-10-21T17:04:44Z', 'p1', '" + images + "', " + std::to_string(selected) + ", '" + action +
           "', " + crop + ", 1000, 800);";
}

std::vector<std::string> outcomesOf(const ImportPlan& plan)
{
    std::vector<std::string> outcomes;
    for (const auto& item : must(plan.items({}, 0, 100)))
        outcomes.push_back(std::string(importOutcomeName(item.outcome)) + " " + item.groupId);
    return outcomes;
}

std::string columnsOf(const ImportFixture& fixture, const std::string& groupId)
{
    return fixture.ask("p1",
                       "SELECT coalesce(ai_selected_index, '-') || ' ' || coalesce(ai_crop_coords, '-') || ' ' || "
                       "coalesce(selection_match, '-') || ' ' || coalesce(crop_match, '-') || ' ' || "
                       "coalesce(final_crop_coords, '-') FROM ai_decisions WHERE group_id='" +
                           groupId + "'");
}

} // namespace

class TestImportDatabases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void predictionsFillRowsAndMatches();
    void predictionsGoByFileName();
    void backfillDatabasesFollowTheRules();
    void rowsThatVersionThreeCannotHold();
    void aWholeDatabaseComesOver();
    void rawScoresAreLeftOut();
    void whatIsUndecidedStillFillsPredictions();
    void rowsAreStoredByTheRulesForWriting();
    void measuredCropsCorrectFinely();
    void cropsAreReconstructed();
};

void TestImportDatabases::predictionsFillRowsAndMatches()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    fixture.change("p1", row("g1", "[\"a.png\", \"b.png\"]", 1, "crop", "'[0.1, 0.1, 0.5, 0.5]'") +
                             row("g2", "[\"c.png\", \"d.png\"]", 0, "approve"));
    const std::string source = makeDatabase(
        fixture, "p1_ai_predictions_temp.db",
        kVariantE +
            "INSERT INTO ai_decisions VALUES ('x1', 'p1', '[\"a.png\", \"b.png\"]', 1, '[0.12, 0.1, 0.5, 0.5]', 0.9);"
            "INSERT INTO ai_decisions VALUES ('x2', 'p1', '[\"c.png\", \"d.png\"]', 1, '[0.1, 0.1, 0.5, 0.5]', 0.8);"
            "INSERT INTO ai_decisions VALUES ('x3', 'p1', '[\"e.png\", \"f.png\"]', 1, NULL, 0.8);"s);
    const auto plan = fixture.planOf(fixture.options(source));
    QVERIFY(plan->format() == ImportFormat::DecisionDatabase);
    QCOMPARE(outcomesOf(*plan), (std::vector<std::string>{"filled g1", "filled g2", "skipped x3"}));
    must(fixture.apply(*plan));
    QCOMPARE(columnsOf(fixture, "g1"), "1 [0.12, 0.1, 0.5, 0.5] 1 1 [0.1, 0.1, 0.5, 0.5]"s);
    QCOMPARE(columnsOf(fixture, "g2"), "1 [0.1, 0.1, 0.5, 0.5] 0 - -"s);
    const auto again = fixture.planOf(fixture.options(source));
    QCOMPARE(outcomesOf(*again), (std::vector<std::string>{"skipped g1", "skipped g2", "skipped x3"}));
    QVERIFY(must(fixture.apply(*again)).importIds.empty());
}

void TestImportDatabases::predictionsGoByFileName()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    fixture.change("p1", row("g1", "[\"a.png\", \"b.png\", \"c.png\"]", 2, "approve") +
                             row("g2", "[\"d.png\", \"e.png\"]", 0, "approve"));
    const std::string source = makeDatabase(
        fixture, "p1_ai_predictions_temp.db",
        kVariantE + "INSERT INTO ai_decisions VALUES ('x1', 'p1', '[\"b.png\", \"c.png\"]', 1, NULL, 0.9);"
                    "INSERT INTO ai_decisions VALUES ('x2', 'p1', '[\"c.png\", \"d.png\"]', 1, NULL, 0.8);"s);
    const auto plan = fixture.planOf(fixture.options(source));
    QCOMPARE(outcomesOf(*plan), (std::vector<std::string>{"filled g1", "conflict "}));
    must(fixture.apply(*plan));
    QCOMPARE(columnsOf(fixture, "g1"), "2 - 1 - -"s); // c.png, whatever its number there
}

void TestImportDatabases::backfillDatabasesFollowTheRules()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    fixture.change("p1", row("g1", "[\"a.png\"]", 0, "crop") +
                             row("g2", "[\"b.png\", \"c.png\"]", 0, "crop", "'[0.1, 0.1, 0.5, 0.5]'") +
                             row("g3", "[\"d.png\"]", 0, "crop", "'[0.1, 0.1, 0.5, 0.5]'") +
                             row("g4", "[\"e.png\"]", 0, "crop", "'[0.1, 0.1, 0.5, 0.5]'") +
                             row("g5", "[\"f.png\"]", 0, "reject"));
    const std::string sql =
        kVariantD + row("t1", "[\"a.png\"]", 0, "crop", "'[0.2, 0.2, 0.8, 0.8]'") +
        row("t2", "[\"b.png\", \"c.png\"]", 1, "crop", "'[0.3, 0.3, 0.5, 0.5]'") +
        row("t3", "[\"d.png\"]", 0, "crop", "'[0.105, 0.1, 0.5, 0.5]'") +
        row("t4", "[\"e.png\"]", 0, "crop", "'[0.15, 0.1, 0.5, 0.5]'") +
        row("t5", "[\"f.png\"]", 0, "crop", "'[0.15, 0.1, 0.5, 0.5]'") +
        row("t6", "[\"g.png\"]", 0, "crop", "'[0.15, 0.1, 0.5, 0.5]'") +
        "INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_action, image_width, "
        "image_height) VALUES ('t7', 't', 'p1', '[\"h.png\"]', 'skip', 9, 9);";
    const std::string temporary = makeDatabase(fixture, "p1_backfill_temp.db", sql);
    const auto plan = fixture.planOf(fixture.options(temporary));
    QCOMPARE(outcomesOf(*plan), (std::vector<std::string>{"filled g1", "conflict g2", "skipped g3", "corrected g4",
                                                          "conflict g5", "added t6", "skipped t7"}));
    // A database that is no workspace of a backfill corrects nothing unasked.
    const std::string other = makeDatabase(fixture, "old.db", sql);
    QCOMPARE(outcomesOf(*fixture.planOf(fixture.options(other)))[3], "conflict g4"s);
    ImportOptions rejecting = fixture.options(temporary);
    rejecting.rejectsUnmatched = true;
    QCOMPARE(outcomesOf(*fixture.planOf(rejecting))[6], "added t7"s);
    const auto before = fixture.rows("p1");
    must(fixture.apply(*plan));
    QCOMPARE(columnsOf(fixture, "g1"), "- - - - [0.2, 0.2, 0.8, 0.8]"s);
    QCOMPARE(columnsOf(fixture, "g2"), "- - - - [0.1, 0.1, 0.5, 0.5]"s); // of another image: untouched
    QCOMPARE(columnsOf(fixture, "g4"), "- - - - [0.15, 0.1, 0.5, 0.5]"s);
    QCOMPARE(fixture.ask("p1", "SELECT crop_timestamp FROM ai_decisions WHERE group_id='g1'"), "2025-10-21T17:04:44Z"s);
    const auto session = fixture.open("p1");
    must(undo(*session));
    QCOMPARE(fixture.rows("p1"), before);
}

void TestImportDatabases::rowsThatVersionThreeCannotHold()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    const std::string source = makeDatabase(
        fixture, "p1.db",
        kVariantD + row("ok", "[\"a.png\"]", 0, "approve") + row("index", "[\"b.png\"]", 3, "approve") +
            row("names", "5", 0, "approve") + row("crop", "[\"c.png\"]", 0, "crop", "'[0.9, 0, 0.1, 1]'") +
            "INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, "
            "user_action, image_width, image_height) VALUES ('size', 't', 'p1', '[\"d.png\"]', 0, "
            "'approve', 0, NULL);");
    const auto plan = fixture.planOf(fixture.options(source));
    QCOMPARE(countsText(*plan), "added 1, quarantined 4"s);
    must(fixture.apply(*plan));
    QCOMPARE(fixture.rows("p1").size(), std::size_t{1});
}

void TestImportDatabases::aWholeDatabaseComesOver()
{
    const ImportFixture fixture;
    const std::string source = fixture.folder().pathOf("mojo3.db");
    must(createDecisionDatabase(source));
    {
        const Connection database = must(Connection::open(source, OpenMode::ReadWrite));
        must(database.execute((row("g1", "[\"a.png\", \"b.png\"]", 1, "crop", "'[0.1, 0.1, 0.5, 0.5]'") +
                               row("g2", "[\"c.png\"]", 0, "approve"))
                                  .c_str()));
        must(database.execute("UPDATE ai_decisions SET selection_match=1, crop_match=0; "
                              "UPDATE ai_decisions SET crop_timestamp='2025-10-22' WHERE group_id='g1'"));
    }
    const auto expected = rowTexts(source);
    must(fixture.apply(*fixture.planOf(fixture.options(source))));
    QCOMPARE(fixture.rows("p1"), expected); // the project is made, and every column is as it was
}

void TestImportDatabases::rawScoresAreLeftOut()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    fixture.change("p1", row("g1", "[\"a.png\", \"b.png\"]", 1, "approve") +
                             row("g2", "[\"c.png\", \"d.png\"]", 0, "approve"));
    const std::string source = makeDatabase(
        fixture, "p1_ai_predictions_temp.db",
        kVariantE +
            "INSERT INTO ai_decisions VALUES ('x1', 'p1', '[\"a.png\", \"b.png\"]', 1, 'none', -0.03);"
            "INSERT INTO ai_decisions VALUES ('x2', 'p1', '[\"c.png\", \"d.png\"]', 1, '[0.1, 0.1, 0.5, 0.5]', 0.8);"s);
    const auto plan = fixture.planOf(fixture.options(source));
    QCOMPARE(outcomesOf(*plan), (std::vector<std::string>{"filled g1", "filled g2"}));
    QCOMPARE(must(plan->items({}, 0, 1)).at(0).notes.front(),
             "ai_crop_coords is no crop, left out; ai_confidence is not within 0 and 1, left out"s);
    must(fixture.apply(*plan)); // one bad value held up the whole project
    QCOMPARE(columnsOf(fixture, "g1"), "1 - 1 - -"s);
    QCOMPARE(fixture.ask("p1", "SELECT count(*) FROM ai_decisions WHERE ai_confidence IS NULL"), "1"s);
    QCOMPARE(columnsOf(fixture, "g2"), "1 [0.1, 0.1, 0.5, 0.5] 0 - -"s);
    // Nor does it keep a decision out.
    const std::string decided = makeDatabase(fixture, "old.db",
                                             kVariantD + row("g3", "[\"e.png\"]", 0, "approve") +
                                                 "UPDATE ai_decisions SET ai_selected_index=0, ai_confidence=7.5");
    must(fixture.apply(*fixture.planOf(fixture.options(decided))));
    QCOMPARE(fixture.ask("p1", "SELECT coalesce(ai_confidence, 'none') FROM ai_decisions WHERE group_id='g3'"),
             "none"s);
}

void TestImportDatabases::whatIsUndecidedStillFillsPredictions()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    fixture.change("p1", row("g1", "[\"a.png\", \"b.png\"]", 0, "approve") +
                             row("g2", "[\"c.png\"]", 0, "crop", "'[0.1, 0.1, 0.5, 0.5]'"));
    const std::string source = makeDatabase(
        fixture, "p1_backfill_temp.db",
        kVariantD + ""s +
            "INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_action, ai_selected_index, "
            "ai_confidence, image_width, image_height) VALUES ('t1', 't', 'p1', '[\"a.png\", \"b.png\"]', "
            "'skip', 1, 0.5, 9, 9), ('t2', 't', 'p1', '[\"c.png\"]', 'skip', NULL, NULL, 9, 9);");
    const auto plan = fixture.planOf(fixture.options(source));
    QCOMPARE(outcomesOf(*plan), (std::vector<std::string>{"filled g1", "skipped g2"}));
    must(fixture.apply(*plan));
    QCOMPARE(columnsOf(fixture, "g1"), "1 - 0 - -"s);
    QCOMPARE(fixture.ask("p1", "SELECT user_action FROM ai_decisions WHERE group_id='g1'"), "approve"s);
}

void TestImportDatabases::rowsAreStoredByTheRulesForWriting()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    const std::string source = makeDatabase(
        fixture, "old.db",
        kVariantD + row("crop", "[\"a.png\"]", 0, "crop", "'[0.1, 0.1, 0.5, 0.5]'") +
            row("full", "[\"b.png\"]", 0, "crop", "'[0.0, 0.0, 1.0, 1.0]'") +
            row("no", "[\"c.png\", \"d.png\"]", 0, "reject") +
            "UPDATE ai_decisions SET ai_selected_index=0, selection_match=1, crop_match=1 WHERE group_id<>'crop';"
            "UPDATE ai_decisions SET crop_timestamp='2025-10-22T00:00:00Z' WHERE group_id='full'");
    must(fixture.apply(*fixture.planOf(fixture.options(source))));
    const auto stored = [&](const std::string& groupId) {
        return fixture.ask("p1", "SELECT user_action || ' ' || coalesce(final_crop_coords, '-') || ' ' || "
                                 "coalesce(crop_timestamp, '-') || ' ' || coalesce(selection_match, '-') || ' ' || "
                                 "coalesce(crop_match, '-') FROM ai_decisions WHERE group_id='" +
                                     groupId + "'");
    };
    QCOMPARE(stored("crop"), "crop [0.1, 0.1, 0.5, 0.5] 2025-10-21T17:04:44Z - -"s);
    QCOMPARE(stored("full"), "approve - - 1 -"s);
    QCOMPARE(stored("no"), "reject - - - -"s);
    QCOMPARE(countsText(*fixture.planOf(fixture.options(source))), "skipped 3"s);
}

void TestImportDatabases::measuredCropsCorrectFinely()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    const PixelBox box{60, 45, 420, 360};
    fixture.folder().write("ws/p1/photo1.bmp", bmpOf(photographOf(1)));
    fixture.folder().write("finals/photo1.bmp", bmpOf(cutOf(photographOf(1), box)));
    fixture.change("p1", "INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, "
                         "user_action, final_crop_coords, image_width, image_height) VALUES ('g1', "
                         "'2025-10-21T17:04:44Z', 'p1', '[\"photo1.bmp\"]', 0, 'crop', '[0.104, 0.1, 0.7, 0.8]', 600, "
                         "450)");
    const auto outcome = [&](bool corrects) {
        const auto session = fixture.open("p1");
        BackfillOptions options;
        options.finalsPath = fixture.folder().pathOf("finals");
        options.correctsCrops = corrects;
        options.threadCount = 1;
        options.tool = "tests 1.0";
        options.cacheFolder = fixture.folder().pathOf("cache/imports");
        options.clock = &fixture.clock();
        return countsText(*must(ImportPlan::makeBackfill(*session, fixture.images(), options, {})));
    };
    QCOMPARE(outcome(false), "skipped 1"s); // 0.004 is the same crop
    QCOMPARE(outcome(true), "corrected 1"s);
    fixture.change("p1", "UPDATE ai_decisions SET final_crop_coords='[0.1005, 0.1, 0.7, 0.8]'");
    QCOMPARE(outcome(true), "skipped 1"s); // the control: within 0.001
}

void TestImportDatabases::cropsAreReconstructed()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    const ImageSize size{600, 450};
    const PixelBox box{60, 45, 420, 360};
    const auto picture = [&](int number) { return photographOf(number, size); };
    for (const int number : {1, 2, 3, 4, 5})
        fixture.folder().write("ws/p1/photo" + std::to_string(number) + ".bmp", bmpOf(picture(number)));
    fixture.folder().write("finals/photo1.bmp", bmpOf(cutOf(picture(1), box)));
    fixture.folder().write("finals/done/photo2.bmp", bmpOf(picture(2)));
    fixture.folder().write("finals/photo3.bmp", bmpOf(cutOf(picture(9), box))); // of something else
    const PixelSheet flat{{200, 100}, std::vector<std::uint32_t>(20'000, opaquePixel(9, 9, 9))};
    fixture.folder().write("finals/photo4.bmp", bmpOf(flat));
    const auto makePlan = [&](bool rejects) {
        const auto session = fixture.open("p1");
        BackfillOptions options;
        options.finalsPath = fixture.folder().pathOf("finals");
        options.rejectsUnmatched = rejects;
        options.threadCount = 2;
        options.tool = "tests 1.0";
        options.cacheFolder = fixture.folder().pathOf("cache/imports");
        options.clock = &fixture.clock();
        return must(ImportPlan::makeBackfill(*session, fixture.images(), options, {}));
    };
    const auto plan = makePlan(false);
    QVERIFY2(countsText(*plan) == "added 2, quarantined 2",
             (countsText(*plan) + " " + dumpJson(must(plan->report()))).c_str());
    must(fixture.apply(*plan));
    QCOMPARE(fixture.ask("p1", "SELECT final_crop_coords FROM ai_decisions WHERE images='[\"photo1.bmp\"]'"),
             cropText(fromPixels(box, size)));
    QCOMPARE(fixture.ask("p1", "SELECT user_action FROM ai_decisions WHERE images='[\"photo2.bmp\"]'"), "approve"s);
    QCOMPARE(fixture.rows("p1").size(), std::size_t{2}); // what has no finished image stays undecided
    const auto second = makePlan(true);
    QCOMPARE(countsText(*second), "added 1, skipped 2, quarantined 2"s);
    must(fixture.apply(*second));
    QCOMPARE(fixture.ask("p1", "SELECT user_action FROM ai_decisions WHERE images='[\"photo5.bmp\"]'"), "reject"s);
    const auto session = fixture.open("p1");
    must(undo(*session));
    must(undo(*session));
    QCOMPARE(fixture.rows("p1").size(), std::size_t{0});
}

QTEST_GUILESS_MAIN(TestImportDatabases)
#include "tst_import_databases.moc"
