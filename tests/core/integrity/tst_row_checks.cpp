// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/integrity/planted.h"
#include "tests/support/checks.h"

#include <QTest>

#include <algorithm>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

struct Case {
    const char* name;
    Cells cells;
    std::string expected; ///< as found() says it; "" = clean
};

const Cells kReject{{"user_action", "'reject'"},
                    {"final_crop_coords", "NULL"},
                    {"crop_timestamp", "NULL"},
                    {"crop_match", "NULL"},
                    {"selection_match", "NULL"}};
const Cells kWithoutAi{{"ai_selected_index", "NULL"},
                       {"ai_crop_coords", "NULL"},
                       {"ai_confidence", "NULL"},
                       {"selection_match", "NULL"},
                       {"crop_match", "NULL"}};

Cells with(Cells cells, const Cells& more)
{
    for (const auto& [column, value] : more)
        cells[column] = value;
    return cells;
}

std::vector<Case> cleanCases()
{
    return {
        {"crop near the suggestion", {}, ""},
        {"approval", {{"user_action", "'approve'"}, {"final_crop_coords", "NULL"}, {"crop_match", "NULL"}}, ""},
        {"approval that was filled in with the full frame and no time",
         with(kWithoutAi, {{"user_action", "'approve'"},
                           {"final_crop_coords", "'[0.0, 0.0, 1.0, 1.0]'"},
                           {"crop_timestamp", "NULL"}}),
         ""},
        {"approval that got a crop later", {{"user_action", "'approve'"}}, ""},
        {"reject", kReject, ""},
        {"reject without AI", with(kWithoutAi, kReject), ""},
        {"single", with(kWithoutAi, {{"images", "'[\"a.png\"]'"}, {"user_selected_index", "0"}}), ""},
        {"another image than the AI's",
         {{"user_selected_index", "0"}, {"selection_match", "0"}, {"crop_match", "NULL"}},
         ""},
        {"crop far from the suggestion", {{"final_crop_coords", "'[0.5, 0.5, 0.9, 0.9]'"}, {"crop_match", "0"}}, ""},
        {"time without microseconds", {{"timestamp", "'2025-10-21T17:04:44Z'"}}, ""},
        {"escaped names", {{"images", R"('["\u00e4.png", "\ud83d\ude00.png"]')"}}, ""},
        {"backslash as part of a name", {{"images", R"('["a.png", "b\\b.png"]')"}}, ""},
        {"coordinates as integers",
         {{"final_crop_coords", "'[0,0,1,0.5]'"}, {"ai_crop_coords", "'[0, 0, 1, 0.5]'"}},
         ""},
    };
}

std::vector<Case> plantedCases()
{
    return {
        {"id empty", {{"group_id", "''"}}, "group_id_empty 1"},
        {"id NULL", {{"group_id", "NULL"}}, "group_id_empty 1"},
        {"time NULL", {{"timestamp", "NULL"}}, "timestamp_missing 1"},
        {"time empty", {{"timestamp", "''"}}, "timestamp_missing 1"},
        {"time of a time sheet", {{"timestamp", "'10/1/2025T12:00:00Z'"}}, "timestamp_form 1"},
        {"local time", {{"timestamp", "'2025-10-08 14:46:56'"}}, "timestamp_form 1"},
        {"time as file names have it", {{"timestamp", "'20250705_230713'"}}, "timestamp_form 1"},
        {"project empty", {{"project_id", "''"}}, "project_id_empty 1"},
        {"project NULL", {{"project_id", "NULL"}}, "project_id_empty 1"},
        {"absolute folder", {{"directory", "'/Users/x/photos'"}}, "directory_absolute 1"},
        {"skip", {{"user_action", "'skip'"}}, "action_unknown 1"},
        {"action NULL", {{"user_action", "NULL"}}, "action_unknown 1"},
        {"action in capitals", {{"user_action", "'APPROVE'"}}, "action_unknown 1"},
        {"images not JSON", {{"images", "'not json'"}}, "images_invalid 1"},
        {"images a number", {{"images", "'5'"}}, "images_invalid 1"},
        {"images null", {{"images", "'null'"}}, "images_invalid 1"},
        {"images NULL", {{"images", "NULL"}}, "images_invalid 1"},
        {"images an object", {{"images", R"('{"a": 1}')"}}, "images_invalid 1"},
        {"images not all texts", {{"images", R"('["a.png", 3]')"}}, "images_invalid 1"},
        {"five images", {{"images", R"('["a", "b", "c", "d", "e"]')"}}, "images_invalid 1"},
        {"no images", with(kWithoutAi, {{"images", "'[]'"}}), "images_invalid 1, selected_index_range 1"},
        {"image with a path", {{"images", R"('["photos/a.png", "b.png"]')"}}, "images_not_bare 1"},
        {"no selection", {{"user_selected_index", "NULL"}}, "selected_index_missing 1"},
        {"selection behind the list", with(kWithoutAi, {{"user_selected_index", "2"}}), "selected_index_range 1"},
        {"selection below zero", with(kWithoutAi, {{"user_selected_index", "-1"}}), "selected_index_range 1"},
        {"selection between two", with(kWithoutAi, {{"user_selected_index", "0.5"}}), "selected_index_range 1"},
        {"selection a text", with(kWithoutAi, {{"user_selected_index", "'x'"}}), "selected_index_range 1"},
        {"width zero", {{"image_width", "0"}}, "size_invalid 1"},
        {"height below zero", {{"image_height", "-5"}}, "size_invalid 1"},
        {"width NULL", {{"image_width", "NULL"}}, "size_invalid 1"},
        {"width a text", {{"image_width", "'wide'"}}, "size_invalid 1"},
        {"width beyond all images", {{"image_width", "99999999999"}}, "size_invalid 1"},
        {"crop not JSON", {{"final_crop_coords", "'[broken'"}}, "final_crop_json 1"},
        {"crop a number", {{"final_crop_coords", "'5'"}}, "final_crop_json 1"},
        {"crop null", {{"final_crop_coords", "'null'"}}, "final_crop_json 1"},
        {"crop empty", {{"final_crop_coords", "''"}}, "final_crop_json 1"},
        {"crop of three", {{"final_crop_coords", "'[0.1, 0.2, 0.3]'"}}, "final_crop_json 1"},
        {"crop of texts", {{"final_crop_coords", R"('["0", "0", "1", "1"]')"}}, "final_crop_json 1"},
        {"crop swapped", {{"final_crop_coords", "'[0.9, 0.1, 0.1, 0.9]'"}}, "final_crop_range 1"},
        {"crop a hair too wide", {{"final_crop_coords", "'[0.0, 0.0, 1.0000001, 1.0]'"}}, "final_crop_range 1"},
        {"crop below zero", {{"final_crop_coords", "'[-0.1, 0.0, 0.5, 1.0]'"}}, "final_crop_range 1"},
        {"crop without width", {{"final_crop_coords", "'[0.5, 0.0, 0.5, 1.0]'"}}, "final_crop_range 1"},
        {"crop not a number", {{"final_crop_coords", "'[NaN, 0.0, 1.0, 1.0]'"}}, "final_crop_range 1"},
        {"crop still open",
         {{"final_crop_coords", "NULL"}, {"crop_timestamp", "NULL"}, {"crop_match", "NULL"}},
         "crop_open 1"},
        {"crop of everything", with(kWithoutAi, {{"final_crop_coords", "'[0.0, 0.0, 1.0, 1.0]'"}}),
         "crop_full_frame 1"},
        {"crop of every pixel", with(kWithoutAi, {{"final_crop_coords", "'[0.0004, 0.0, 1.0, 1.0]'"}}),
         "crop_full_frame 1"},
        {"crop without time", {{"crop_timestamp", "NULL"}}, "crop_time_missing 1"},
        {"reject with a crop", with(kReject, {{"final_crop_coords", "'[0.1, 0.1, 0.9, 0.9]'"}}), "reject_with_crop 1"},
        {"AI pick behind the list", {{"ai_selected_index", "2"}}, "ai_index_range 1"},
        {"AI pick below zero", {{"ai_selected_index", "-1"}}, "ai_index_range 1"},
        {"AI crop broken", {{"ai_crop_coords", "'[broken'"}, {"crop_match", "NULL"}}, "ai_crop_invalid 1"},
        {"AI crop broken and compared all the same", {{"ai_crop_coords", "'[broken'"}}, "ai_crop_invalid 1"},
        {"AI crop out of range",
         {{"ai_crop_coords", "'[0.1, 0.1, 1.9, 0.9]'"}, {"crop_match", "NULL"}},
         "ai_crop_invalid 1"},
        {"confidence above one", {{"ai_confidence", "1.5"}}, "confidence_range 1"},
        {"confidence below zero", {{"ai_confidence", "-0.25"}}, "confidence_range 1"},
        {"fabricated pick",
         {{"ai_selected_index", "0"},
          {"ai_confidence", "NULL"},
          {"ai_crop_coords", "NULL"},
          {"selection_match", "0"},
          {"crop_match", "NULL"}},
         "ai_pick_fabricated 1"},
        {"match that is none", {{"user_selected_index", "0"}, {"crop_match", "NULL"}}, "selection_match_wrong 1"},
        {"match not seen", {{"selection_match", "0"}}, "selection_match_wrong 1"},
        {"match not stored", {{"selection_match", "NULL"}}, "selection_match_missing 1"},
        {"crop match that is none", {{"final_crop_coords", "'[0.5, 0.5, 0.9, 0.9]'"}}, "crop_match_wrong 1"},
        {"crop match not seen", {{"crop_match", "0"}}, "crop_match_wrong 1"},
        {"crops of two images", {{"user_selected_index", "0"}, {"selection_match", "0"}}, "crop_match_other_image 1"},
        {"reject as a hit", with(kReject, {{"selection_match", "1"}}), "reject_counts_as_match 1"},
    };
}

void addCases(const std::vector<Case>& cases)
{
    QTest::addColumn<std::string>("insert");
    QTest::addColumn<std::string>("expected");
    for (const Case& one : cases)
        QTest::newRow(one.name) << rowSql(one.cells) << one.expected;
}

} // namespace

class TestRowChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void soundRowsAreClean_data() { addCases(cleanCases()); }
    void soundRowsAreClean()
    {
        QFETCH(const std::string, insert);
        const TempFolder folder;
        const InspectionReport report = inspectFile(makeDatabase(folder, {unconstrainedTable(), insert}));
        QCOMPARE(found(report.findings), ""s);
        QCOMPARE(report.rows, std::int64_t{1});
        QVERIFY(!report.hasProblems(true));
    }

    void plantedRowsAreFoundAndNothingElse_data() { addCases(plantedCases()); }
    void plantedRowsAreFoundAndNothingElse()
    {
        QFETCH(const std::string, insert);
        QFETCH(const std::string, expected);
        const TempFolder folder;
        // A sound neighbour in front, so that the number of the row says something.
        const InspectionReport report = inspectFile(
            makeDatabase(folder, {unconstrainedTable(), rowSql({}, 9), insert}));
        QCOMPARE(found(report.findings), expected);
        for (const Finding& finding : report.findings.kept()) {
            QCOMPARE(finding.row, std::int64_t{2});
            QVERIFY(!finding.evidence.empty());
            if (finding.check != "group_id_empty")
                QCOMPARE(finding.groupId, "p1_group_20251021T170444198868_batch001_img001"s);
        }
    }

    void everyCheckOfRowsIsPlantedHere()
    {
        const std::set<std::string> ofTheFile{"database_damaged", "columns_missing", "foreign_trigger",
                                              "row_duplicate"};
        std::set<std::string> expected;
        for (const CheckInfo& check : allChecks()) {
            if (!projectChecks().contains(check.id) && !ofTheFile.contains(std::string(check.id)))
                expected.insert(std::string(check.id));
        }
        std::set<std::string> planted;
        for (const Case& one : plantedCases()) {
            std::string rest = one.expected;
            for (std::size_t at = rest.find(' '); at != std::string::npos; at = rest.find(' ')) {
                planted.insert(rest.substr(0, at));
                const std::size_t next = rest.find(", ");
                rest = next == std::string::npos ? "" : rest.substr(next + 2);
            }
        }
        std::vector<std::string> missing;
        std::ranges::set_symmetric_difference(expected, planted, std::back_inserter(missing));
        QCOMPARE(missing, std::vector<std::string>{});
    }

    void theEvidenceShowsTheStoredValues()
    {
        const TempFolder folder;
        const InspectionReport report = inspectFile(
            makeDatabase(folder, {unconstrainedTable(), rowSql({{"final_crop_coords", "'[0.9, 0.1, 0.1, 0.9]'"},
                                                                {"image_width", "0"},
                                                                {"ai_confidence", "1.5"}})}));
        QCOMPARE(onlyFinding(report.findings, "final_crop_range").evidence, "[0.9, 0.1, 0.1, 0.9]"s);
        QCOMPARE(onlyFinding(report.findings, "size_invalid").evidence, "0 x 1000"s);
        QCOMPARE(onlyFinding(report.findings, "confidence_range").evidence, "1.5"s);
    }

    void twoRowsOfTheSameImagesAreDuplicates()
    {
        const TempFolder folder;
        const InspectionReport report = inspectFile(makeDatabase(
            folder, {unconstrainedTable(), rowSql({}, 1), rowSql({{"images", "'[\"a1.png\", \"b1.png\"]'"}}, 2),
                     rowSql({{"images", "'[\"a1.png\", \"b1.png\"]'"}, {"directory", "'elsewhere'"}}, 3)}));
        QCOMPARE(found(report.findings), "row_duplicate 1"s); // the same names in another folder are other images
        QVERIFY(report.hasProblems(false));
    }

    void aTriggerOfOthersIsTold()
    {
        const TempFolder folder;
        const std::string trigger = "CREATE TRIGGER sneaky AFTER INSERT ON ai_decisions BEGIN SELECT 1; END";
        const InspectionReport report = inspectFile(makeDatabase(folder, {unconstrainedTable(), rowSql(), trigger}));
        QCOMPARE(onlyFinding(report.findings, "foreign_trigger").evidence, "sneaky"s);
    }

    void anOpenCropCountsOnlyInTheFinalSet()
    {
        const TempFolder folder;
        const InspectionReport report = inspectFile(makeDatabase(
            folder, {unconstrainedTable(),
                     rowSql({{"final_crop_coords", "NULL"}, {"crop_timestamp", "NULL"}, {"crop_match", "NULL"}})}));
        QVERIFY(!report.hasProblems(false));
        QVERIFY(report.hasProblems(true));
    }

    void repeatedFindingsAreCountedWhenTheyAreNoLongerListed()
    {
        FindingList list;
        for (std::size_t i = 0; i < FindingList::kKeptPerCheck + 7; ++i)
            list.add("size_invalid", "g", 1, "0 x 0");
        list.add("crop_open", "g", 1, "NULL");
        QCOMPARE(list.countOf("size_invalid"), static_cast<std::int64_t>(FindingList::kKeptPerCheck + 7));
        QCOMPARE(list.kept().size(), FindingList::kKeptPerCheck + 1);
        QVERIFY(list.isTruncated());
        FindingList both;
        both.add("crop_open", "h", 2, "NULL");
        QVERIFY(!both.isTruncated());
        both.append(list);
        QVERIFY(both.isTruncated());
        QCOMPARE(both.countOf("crop_open"), std::int64_t{2});
        QCOMPARE(both.countOf(Severity::Todo), std::int64_t{2});
    }

    void everyCheckSaysWhatItMeansOnce()
    {
        std::set<std::string_view> ids;
        for (const CheckInfo& check : allChecks()) {
            QVERIFY2(ids.insert(check.id).second, std::string(check.id).c_str());
            QVERIFY2(check.meaning.ends_with('.'), std::string(check.id).c_str());
        }
        for (const std::string_view id : projectChecks())
            QVERIFY2(ids.contains(id), std::string(id).c_str());
    }
};

QTEST_GUILESS_MAIN(TestRowChecks)
#include "tst_row_checks.moc"
