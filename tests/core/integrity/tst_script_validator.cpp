// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/viewing.h"
#include "tests/core/integrity/planted.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/python.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

std::vector<std::string> messagesAbout(const std::string& path, bool verbose = false)
{
    return must(validateAsScripts(must(openForViewing(path)), verbose));
}

const std::string kId = "p1_group_20251021T170444198868_batch001_img001";

} // namespace

// formats/decisions_v3.md 2.1.
class TestScriptValidator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSoundDatabaseGivesNoMessage()
    {
        const TempFolder folder;
        QCOMPARE(messagesAbout(makeDatabase(folder, {unconstrainedTable(), rowSql()}), true),
                 std::vector<std::string>{});
    }

    void oneProblemGivesItsSentence_data()
    {
        QTest::addColumn<std::string>("insert");
        QTest::addColumn<std::string>("expected");
        const auto add = [](const char* name, const Cells& cells, const std::string& expected) {
            QTest::newRow(name) << rowSql(cells) << expected;
        };
        add("time NULL", {{"timestamp", "NULL"}}, "Found 1 rows with missing timestamps");
        add("time empty", {{"timestamp", "''"}}, "Found 1 rows with missing timestamps");
        add("no selection", {{"user_selected_index", "NULL"}}, "Found 1 rows with missing user decisions");
        add("open crop", {{"final_crop_coords", "NULL"}}, "Found 1 images marked for crop but not yet cropped");
        add("crop of three", {{"final_crop_coords", "'[0.1, 0.2, 0.3]'"}},
            "Invalid crop coords in " + kId + ": wrong length");
        add("crop swapped", {{"final_crop_coords", "'[0.9, 0.1, 0.1, 0.9]'"}},
            "Invalid crop coords in " + kId + ": [0.9, 0.1, 0.1, 0.9]");
        add("integers keep their form", {{"final_crop_coords", "'[0, 0, 2, 1]'"}},
            "Invalid crop coords in " + kId + ": [0, 0, 2, 1]");
        add("tiny numbers as Python prints them", {{"final_crop_coords", "'[0.5, 0.0, 0.0000001, 1.0]'"}},
            "Invalid crop coords in " + kId + ": [0.5, 0.0, 1e-07, 1.0]");
        add("crop not JSON", {{"final_crop_coords", "'[broken'"}}, "Invalid JSON in " + kId + ": [broken");
        add("width zero", {{"image_width", "0"}}, "Found 1 rows with invalid image dimensions");
        add("height below zero", {{"image_height", "-1"}}, "Found 1 rows with invalid image dimensions");
        add("AI pick behind the list", {{"ai_selected_index", "2"}},
            "Invalid ai_selected_index in " + kId + ": 2 (num_images=2)");
        add("selection behind the list", {{"user_selected_index", "3"}},
            "Invalid user_selected_index in " + kId + ": 3 (num_images=2)");
        add("selection below zero", {{"user_selected_index", "-1"}},
            "Invalid user_selected_index in " + kId + ": -1 (num_images=2)");
    }
    void oneProblemGivesItsSentence()
    {
        QFETCH(const std::string, insert);
        QFETCH(const std::string, expected);
        const TempFolder folder;
        QCOMPARE(messagesAbout(makeDatabase(folder, {unconstrainedTable(), insert})),
                 std::vector<std::string>{expected});
    }

    void manyProblemsComeInTheOrderOfTheChecks()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(
            folder,
            {unconstrainedTable(),
             rowSql(
                 {{"timestamp", "'2025-10-22T00:00:00Z'"}, {"final_crop_coords", "NULL"}, {"ai_selected_index", "7"}},
                 1),
             rowSql({{"timestamp", "'2025-10-21T00:00:00Z'"}, {"final_crop_coords", "NULL"}, {"image_width", "0"}}, 2),
             rowSql({{"timestamp", "NULL"}, {"user_selected_index", "NULL"}, {"final_crop_coords", "'[1, 2]'"}}, 3),
             rowSql({{"timestamp", "''"}, {"final_crop_coords", "'{'"}}, 4)});
        const auto id = [](int number) { return kId.substr(0, kId.size() - 1) + std::to_string(number); };
        const std::vector<std::string> expected{"Found 2 rows with missing timestamps",
                                                "Found 1 rows with missing user decisions",
                                                "Found 2 images marked for crop but not yet cropped",
                                                "  - Incomplete: " + id(2) + " (created 2025-10-21T00:00:00Z)",
                                                "  - Incomplete: " + id(1) + " (created 2025-10-22T00:00:00Z)",
                                                "Invalid crop coords in " + id(3) + ": wrong length",
                                                "Invalid JSON in " + id(4) + ": {",
                                                "Found 1 rows with invalid image dimensions",
                                                "Invalid ai_selected_index in " + id(1) + ": 7 (num_images=2)"};
        QCOMPARE(messagesAbout(path, true), expected);
        std::vector<std::string> brief = expected;
        std::erase_if(brief, [](const std::string& line) { return line.starts_with("  - "); });
        QCOMPARE(messagesAbout(path, false), brief);
    }

    void whatWouldStopTheScriptsStopsNothingHere_data()
    {
        QTest::addColumn<std::string>("insert");
        for (const char* value : {"NULL", "'not json'", "'5'", "'null'", "'{\"a\": 1}'"})
            QTest::newRow((std::string("images ") + value).c_str())
                << rowSql({{"images", value}, {"ai_selected_index", "NULL"}, {"user_selected_index", "0"}});
        for (const char* value : {"'5'", "'null'", "'\"abcd\"'", "'{}'", "'[null, null, null, null]'"})
            QTest::newRow((std::string("crop ") + value).c_str()) << rowSql({{"final_crop_coords", value}});
    }
    void whatWouldStopTheScriptsStopsNothingHere()
    {
        QFETCH(const std::string, insert);
        const TempFolder folder;
        const std::string path = makeDatabase(folder,
                                              {unconstrainedTable(), insert, rowSql({{"image_width", "0"}}, 2)});
        const auto messages = messagesAbout(path);
        QVERIFY(std::ranges::find(messages, "Found 1 rows with invalid image dimensions") != messages.end());
    }

    void everyVariantIsValidatedWithoutAByteChanged()
    {
        for (const SchemaVariant& variant : schemaVariants()) {
            const TempFolder folder;
            const std::string path = makeVariant(folder, variant, "p1.db");
            const std::string before = folder.read("p1.db");
            messagesAbout(path, true);
            QVERIFY2(folder.read("p1.db") == before, variant.name.c_str());
        }
    }

    // The sentences once more, as Python builds them from values that it reads itself.
    void theBracketsAreThoseOfPython()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(
            folder,
            {unconstrainedTable(), rowSql({{"final_crop_coords", "'[0.30000000000000004, 0.1, 0.2, 1e400]'"}}, 1),
             rowSql({{"final_crop_coords", "'[1e16, 12345678901234567890, -0.0, 0.1]'"}}, 2),
             rowSql({{"final_crop_coords", R"('["it''s", null, true, {"k": [1.50]}]')"}}, 3)});
        const std::string theirs = runPython(
            "import json, sqlite3, sys\n"
            "rows = sqlite3.connect(sys.argv[1]).execute('SELECT group_id, final_crop_coords FROM ai_decisions')\n"
            "for group, text in rows.fetchall():\n"
            "    print(f'Invalid crop coords in {group}: {json.loads(text)}')\n",
            {path});
        QCOMPARE(join(messagesAbout(path), "\n") + "\n", theirs);
    }
};

QTEST_GUILESS_MAIN(TestScriptValidator)
#include "tst_script_validator.moc"
