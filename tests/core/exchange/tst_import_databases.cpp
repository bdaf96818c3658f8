// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/schema.h"
#include "core/exchange/backfill.h"
#include "core/library/history.h"
#include "core/library/image_tools.h"
#include "tests/core/exchange/import_fixture.h"
#include "tests/core/imaging/scene.h"

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

/// A picture as a file of the plainest kind.
std::string bmpOf(const PixelSheet& sheet)
{
    const auto number = [](std::uint32_t value) {
        std::string bytes;
        for (int i = 0; i < 4; ++i)
            bytes.push_back(static_cast<char>(value >> (8 * i) & 0xff));
        return bytes;
    };
    const auto width = static_cast<std::uint32_t>(sheet.size.width);
    const auto height = static_cast<std::uint32_t>(sheet.size.height);
    const std::uint32_t stride = (width * 3 + 3) / 4 * 4;
    std::string bytes = "BM" + number(54 + stride * height) + number(0) + number(54) + number(40) + number(width) +
                        number(height) + "\x01\x00\x18\x00"s + number(0) + number(stride * height) + number(2835) +
                        number(2835) + number(0) + number(0);
    for (int y = sheet.size.height - 1; y >= 0; --y) {
        for (int x = 0; x < sheet.size.width; ++x) {
            const std::uint32_t pixel = sheet.view().pixel(x, y);
            bytes += {static_cast<char>(blueOf(pixel)), static_cast<char>(greenOf(pixel)),
                      static_cast<char>(redOf(pixel))};
        }
        bytes.append(stride - width * 3, '\0');
    }
    return bytes;
}

PixelSheet cutOf(const PixelSheet& sheet, const PixelBox& box)
{
    PixelSheet cut{{box.width(), box.height()}, {}};
    for (int y = box.y1; y < box.y2; ++y) {
        for (int x = box.x1; x < box.x2; ++x)
            cut.pixels.push_back(sheet.view().pixel(x, y));
    }
    return cut;
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
        must(database.execute("UPDATE ai_decisions SET selection_match=1, crop_match=0"));
    }
    const auto expected = rowTexts(source);
    must(fixture.apply(*fixture.planOf(fixture.options(source))));
    QCOMPARE(fixture.rows("p1"), expected); // the project is made, and every column is as it was
}

void TestImportDatabases::cropsAreReconstructed()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    const ImageSize size{600, 450};
    const PixelBox box{60, 45, 420, 360};
    const auto picture = [&](int number) {
        return Scene(static_cast<std::uint64_t>(number)).photograph(size, 0.5, 0.5, 1, 1, 0, 2);
    };
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
