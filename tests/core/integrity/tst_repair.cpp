// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/repair.h"
#include "core/library/sidecar.h"
#include "tests/core/integrity/planted.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/project_fixture.h"
#include "tests/support/python.h"

#include <QTest>

#include <algorithm>
#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

namespace fs = std::filesystem;

std::string image(int number, const std::string& stage = "2", std::size_t slot = 1)
{
    return ProjectFixture::imageName(number, stage, slot);
}

std::string names(int number)
{
    return "'[\"" + image(number, "1", 0) + "\", \"" + image(number) + "\"]'";
}

/// A project whose rows a script has written, one with these cells.
void makeProject(const ProjectFixture& fixture, const Cells& cells)
{
    fixture.addGroup(1, {"1", "2"});
    fixture.addGroup(2, {"1", "2"});
    Cells first = cells;
    first.try_emplace("images", names(1));
    // The checks of the full schema would not take every odd value; the backfill tools make tables without them.
    runSqlElsewhere(fixture.databasePath(), {"DROP TABLE ai_decisions", unconstrainedTable(), rowSql(first, 1),
                                             rowSql({{"images", names(2)}}, 2)});
}

std::string findingsOf(ProjectSession& session)
{
    must(session.refresh({}, {}));
    return found(must(inspectProject(session, {}, {})).findings);
}

std::string cellOf(const ProjectFixture& fixture, const std::string& columns, int number = 1)
{
    return runSqlElsewhere(fixture.databasePath(), {},
                           "SELECT " + columns + " FROM ai_decisions WHERE group_id LIKE '%img00" +
                               std::to_string(number) + "'");
}

struct Case {
    const char* name;
    Cells cells;
    const char* check;   ///< what is found before
    const char* after;   ///< what is found afterwards
    const char* columns; ///< what to look at
    const char* values;
};

const Cells kReject{{"user_action", "'reject'"},
                    {"final_crop_coords", "NULL"},
                    {"crop_timestamp", "NULL"},
                    {"crop_match", "NULL"},
                    {"selection_match", "NULL"}};

Cells with(Cells cells, const Cells& more)
{
    for (const auto& [column, value] : more)
        cells[column] = value;
    return cells;
}

std::vector<Case> repairable()
{
    return {
        {"names with paths",
         {{"images", "'[\"photos/" + image(1, "1", 0) + "\", \"/somewhere/else/" + image(1) + "\"]'"}},
         "images_not_bare 1",
         "",
         "images",
         "[[\"[\\\"20250705_100100_stage1_x.png\\\", \\\"20250705_100101_stage2_x.png\\\"]\"]]"},
        {"size of nothing",
         {{"image_width", "0"}},
         "size_invalid 1",
         "",
         "image_width, image_height",
         "[[2000, 1000]]"},
        {"guessed size",
         {{"image_width", "2048"}, {"image_height", "2048"}},
         "size_differs 1",
         "",
         "image_width, image_height",
         "[[2000, 1000]]"},
        {"swapped crop",
         {{"final_crop_coords", "'[0.9, 0.1, 0.1, 0.9]'"}},
         "final_crop_range 1",
         "crop_open 1",
         "user_action, final_crop_coords, crop_timestamp, crop_match",
         "[[\"crop\", null, null, null]]"},
        {"crop that is no JSON",
         {{"final_crop_coords", "'[broken'"}},
         "final_crop_json 1",
         "crop_open 1",
         "user_action, final_crop_coords, crop_timestamp, crop_match",
         "[[\"crop\", null, null, null]]"},
        {"crop of everything",
         {{"final_crop_coords", "'[0.0, 0.0, 1.0, 1.0]'"}, {"crop_match", "0"}},
         "crop_full_frame 1",
         "",
         "user_action, final_crop_coords, crop_timestamp, crop_match",
         "[[\"approve\", null, null, null]]"},
        {"reject with a crop", with(kReject, {{"final_crop_coords", "'[0.1, 0.1, 0.9, 0.9]'"}}), "reject_with_crop 1",
         "", "user_action, final_crop_coords", "[[\"reject\", null]]"},
        {"reject as a hit", with(kReject, {{"selection_match", "1"}}), "reject_counts_as_match 1", "",
         "selection_match", "[[null]]"},
        {"match that is none", {{"selection_match", "0"}}, "selection_match_wrong 1", "", "selection_match", "[[1]]"},
        {"match not stored",
         {{"selection_match", "NULL"}},
         "selection_match_missing 1",
         "",
         "selection_match",
         "[[1]]"},
        {"crop match that is none", {{"crop_match", "0"}}, "crop_match_wrong 1", "", "crop_match", "[[1]]"},
    };
}

std::vector<Case> forPeople()
{
    return {
        {"selection behind the list",
         {{"user_selected_index", "3"}, {"selection_match", "0"}, {"crop_match", "NULL"}},
         "selected_index_range 1",
         "selected_index_range 1",
         "user_selected_index",
         "[[3]]"},
        {"images that are none",
         {{"images", "'not json'"}},
         "images_invalid 1, row_unmatched 1",
         "images_invalid 1, row_unmatched 1",
         "images",
         "[[\"not json\"]]"},
        {"time missing", {{"timestamp", "''"}}, "timestamp_missing 1", "timestamp_missing 1", "timestamp", "[[\"\"]]"},
        {"AI crop broken",
         {{"ai_crop_coords", "'[broken'"}, {"crop_match", "NULL"}},
         "ai_crop_invalid 1",
         "ai_crop_invalid 1",
         "ai_crop_coords",
         "[[\"[broken\"]]"},
        {"confidence above one",
         {{"ai_confidence", "1.5"}},
         "confidence_range 1",
         "confidence_range 1",
         "ai_confidence",
         "[[1.5]]"},
    };
}

void addCases(const std::vector<Case>& cases)
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < cases.size(); ++i)
        QTest::newRow(cases[i].name) << static_cast<int>(i);
}

} // namespace

class TestRepair : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatFollowsFromOtherValuesIsRepairedAndTakenBack_data() { addCases(repairable()); }
    void whatFollowsFromOtherValuesIsRepairedAndTakenBack()
    {
        QFETCH(const int, index);
        const Case one = repairable()[static_cast<std::size_t>(index)];
        const ProjectFixture fixture;
        makeProject(fixture, one.cells);
        const auto session = fixture.open();
        QCOMPARE(findingsOf(*session), std::string(one.check));
        const auto before = rowTexts(fixture.databasePath());
        const RepairPlan plan = must(planRepair(*session, {}, {}));
        QVERIFY(rowTexts(fixture.databasePath()) == before); // planning changes nothing
        QCOMPARE(plan.rows.size(), std::size_t{1});          // and the sound row is left out
        const RepairOutcome outcome = must(repair(*session, plan));
        QCOMPARE(outcome.changedRows, std::int64_t{1});
        QVERIFY(outcome.failed.empty());
        QCOMPARE(cellOf(fixture, one.columns), std::string(one.values));
        QCOMPARE(findingsOf(*session), std::string(one.after));
        const auto after = rowTexts(fixture.databasePath());
        QVERIFY(must(planRepair(*session, {}, {})).repairs.empty()); // once is enough
        PS_CHECK_OK(undo(*session));
        QVERIFY(rowTexts(fixture.databasePath()) == before);
        PS_CHECK_OK(redo(*session));
        QVERIFY(rowTexts(fixture.databasePath()) == after);
        QVERIFY(must(verifyLedger(must(session->openReader()), {})).isSound());
    }

    void whatOnlyAPersonKnowsIsLeftAlone_data() { addCases(forPeople()); }
    void whatOnlyAPersonKnowsIsLeftAlone()
    {
        QFETCH(const int, index);
        const Case one = forPeople()[static_cast<std::size_t>(index)];
        const ProjectFixture fixture;
        makeProject(fixture, one.cells);
        const auto session = fixture.open();
        QCOMPARE(findingsOf(*session), std::string(one.check));
        QVERIFY(must(planRepair(*session, {}, {})).repairs.empty());
        QCOMPARE(cellOf(fixture, one.columns), std::string(one.values));
    }

    void everyCheckThatRepairOffersIsRepairedHere()
    {
        const std::set<std::string_view> ofSidecars{"sidecar_invalid", "sidecar_orphan", "sidecar_split",
                                                    "sidecar_unknown_row"};
        for (const CheckInfo& check : allChecks()) {
            const bool isRepaired = ofSidecars.contains(check.id) ||
                                    std::ranges::any_of(repairable(), [&](const Case& one) {
                                        return std::string(one.check) == std::string(check.id) + " 1";
                                    });
            QVERIFY2(isRepaired == (check.fix == Fix::Repair), std::string(check.id).c_str());
        }
    }

    void onlyTheChecksThatWereAskedForAreRepaired()
    {
        const ProjectFixture fixture;
        makeProject(fixture, {{"selection_match", "0"}, {"image_width", "2048"}});
        const auto session = fixture.open();
        must(repair(*session, must(planRepair(*session, {"size_differs"}, {}))));
        QCOMPARE(cellOf(fixture, "image_width, selection_match"), "[[2000, 0]]"s);
        QCOMPARE(findingsOf(*session), "selection_match_wrong 1"s);
    }

    void severalProblemsOfOneRowAreRepairedTogether()
    {
        const ProjectFixture fixture;
        makeProject(fixture,
                    {{"selection_match", "0"}, {"image_width", "0"}, {"final_crop_coords", "'[0.0, 0.0, 1.0, 1.0]'"}});
        const auto session = fixture.open();
        const RepairPlan plan = must(planRepair(*session, {}, {}));
        QCOMPARE(plan.rows.size(), std::size_t{1});
        QCOMPARE(plan.repairs.size(), std::size_t{3});
        must(repair(*session, plan));
        QCOMPARE(findingsOf(*session), ""s); // the crop over every pixel is seen once the size is known
    }

    void aRowThatWasChangedMeanwhileIsNotOverwritten()
    {
        const ProjectFixture fixture;
        makeProject(fixture, {{"selection_match", "0"}});
        const auto session = fixture.open();
        const RepairPlan plan = must(planRepair(*session, {}, {}));
        runSqlElsewhere(fixture.databasePath(), {"UPDATE ai_decisions SET ai_confidence=0.125"});
        const auto rows = rowTexts(fixture.databasePath());
        PS_CHECK_ERROR(ErrorCode::Conflict, repair(*session, plan));
        QVERIFY(rowTexts(fixture.databasePath()) == rows);
    }

    void nothingToRepairChangesNothing()
    {
        const ProjectFixture fixture;
        makeProject(fixture, {});
        const auto session = fixture.open();
        const auto outcome = must(repair(*session, must(planRepair(*session, {}, {}))));
        QCOMPARE(outcome.changedRows, std::int64_t{0});
        PS_CHECK_ERROR(ErrorCode::Refused, undo(*session)); // and leaves no empty step
    }

    void viewersPlanAndCannotRepair()
    {
        const ProjectFixture fixture;
        makeProject(fixture, {{"selection_match", "0"}});
        const auto session = fixture.open(false);
        const RepairPlan plan = must(planRepair(*session, {}, {}));
        QCOMPARE(plan.repairs.size(), std::size_t{1});
        QCOMPARE(plan.repairs.front().change, "selection_match: 0 -> 1"s);
        PS_CHECK_ERROR(ErrorCode::ReadOnly, repair(*session, plan));
    }

    // ---- sidecars --------------------------------------------------------------------------------------------------

    void sidecarsAreMovedWhereTheyBelongAndBack()
    {
        const ProjectFixture fixture;
        makeProject(fixture, {});
        const std::string stem = image(1).substr(0, image(1).size() - 4);
        fixture.addFile("orphan.decision", Sidecar::make("x", "p1", {}).text());
        fixture.addFile("sub/orphan.decision", Sidecar::make("y", "p1", {}).text());
        fixture.addFile(image(2).substr(0, image(2).size() - 4) + ".decision", "{half");
        fixture.folder().write("ws/__crop_auto/" + stem + ".decision",
                               Sidecar::make("z", "p1", Crop{0.1, 0.1, 0.9, 0.9}).text());
        const Census before = fixture.census();
        const auto session = fixture.open();
        QCOMPARE(findingsOf(*session), "sidecar_invalid 1, sidecar_orphan 2, sidecar_split 1"s);
        const RepairPlan plan = must(planRepair(*session, {}, {}));
        QCOMPARE(plan.repairs.size(), std::size_t{4});
        QVERIFY(must(repair(*session, plan)).failed.empty());
        QVERIFY(fs::exists(fixture.pathInImages(stem + ".decision")));
        // Nothing is thrown away: the orphans lie in the archive, both of them.
        const Census after = fixture.census();
        QVERIFY(contentCounts(after) == contentCounts(before));
        QCOMPARE(findingsOf(*session), "sidecar_unknown_row 1"s); // the one that came home names no row
        must(repair(*session, must(planRepair(*session, {}, {}))));
        QCOMPARE(findingsOf(*session), ""s);
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(after, fixture.census()), ""s);
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }
};

QTEST_GUILESS_MAIN(TestRepair)
#include "tst_repair.moc"
