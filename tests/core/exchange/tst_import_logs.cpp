// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/ledger.h"
#include "core/exchange/decision_log.h"
#include "core/library/history.h"
#include "tests/core/exchange/crop_rows.h"
#include "tests/support/legacy_logs.h"

#include <QTest>

#include <set>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

class TestImportLogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theMixedLogHasExactlyTheKnownRows();
    void theLogOfTodayIsImportedWhole();
    void anomaliesAndExtractions();
    void timesOfEveryForm();
    void projectsByPathAndDay();
    void coordinatesAndSizes();
    void repeatsAreComposed();
    void wrongRowsAreQuarantined();
    void importingTwiceChangesNothing();
    void undoTakesAllOfItBack();
    void logsMeetRowsThatAreThere();
    void sizesComeFromTheProjectsOwnImages();
    void anInterruptedImportGoesOn();
    void pagesOfThePlan();
};

void TestImportLogs::theMixedLogHasExactlyTheKnownRows()
{
    const ImportFixture fixture;
    const auto plan = fixture.plan("select_crop_log.csv", mixedSelectCropLog());
    QVERIFY(plan->format() == ImportFormat::DecisionLog);
    const Classes classes = classesOf(*plan);
    QCOMPARE(classes.at("19 fields, normalized"), std::int64_t{1});
    QCOMPARE(classes.at("15 fields, pixels, no size"), std::int64_t{7'193});
    QCOMPARE(classes.at("9 fields, placeholder"), std::int64_t{5'431});
    QCOMPARE(classes.size(), std::size_t{3});
    QCOMPARE(countsText(*plan), "added 1, quarantined 12624"s);
    std::map<std::string, std::int64_t> placeholders;
    std::set<std::string> reasons;
    for (std::int64_t first = 0; first < 12'624; first += 1000) {
        for (const auto& item : must(plan->items(ImportOutcome::Quarantined, first, 1000))) {
            reasons.insert(item.notes.front());
            if (item.origin.line > 7'195)
                ++placeholders[item.projectId];
        }
    }
    QCOMPARE(reasons, std::set<std::string>{"needs dimensions"});
    const std::map<std::string, std::int64_t> expected{{"jmlimages-random", 2714},
                                                       {"tattersail-0918", 1043},
                                                       {"1100", 764},
                                                       {"1101_Hailey", 233},
                                                       {"1013", 219},
                                                       {"1012", 145},
                                                       {"1011", 109},
                                                       {"Eleni", 61},
                                                       {"Kiara_Slender", 57},
                                                       {"agent-1002", 41},
                                                       {"agent-1003", 27},
                                                       {"agent-1001", 18}};
    QVERIFY(placeholders == expected);
    const auto last = must(plan->items(ImportOutcome::Quarantined, 12'623, 1)).at(0);
    QCOMPARE(last.origin.line, std::int64_t{12'626});
    QVERIFY(last.origin.raw.find("agent-1001_extraction") == 0);
    const Json report = must(plan->report());
    QCOMPARE(report["rows"].toInteger(), std::int64_t{12'625});
    QCOMPARE(report["first_rows"].items().size(), std::size_t{50});
    const auto applied = must(fixture.apply(*plan));
    QCOMPARE(applied.importIds.size(), std::size_t{1}); // mojo1; no project is made for what cannot be stored
    QCOMPARE(fixture.rows("mojo1").size(), std::size_t{1});
    QCOMPARE(fixture.ask("mojo1", "SELECT count(*) FROM ps_import_lines WHERE outcome='quarantined'"), "3978"s);
}

void TestImportLogs::theLogOfTodayIsImportedWhole()
{
    const ImportFixture fixture;
    const auto plan = fixture.plan("select_crop_log.csv", selectCropLog());
    const Classes classes = classesOf(*plan);
    QVERIFY((classes == Classes{{"19 fields, normalized", 1}, {"19 fields, pixels", 7'193}}));
    // 93 names come again in 95 rows: 17 the same and 69 full frames of what was left change nothing, 9 are composed.
    QCOMPARE(countsText(*plan), "added 7099, corrected 9, skipped 86"s);
    std::map<std::string, int> notes;
    for (const auto& item : must(plan->items(ImportOutcome::Skipped, 0, 100)))
        ++notes[item.notes.front().substr(0, 8)];
    QVERIFY((notes == std::map<std::string, int>{{"says the", 17}, {"the full", 69}}));
    must(fixture.apply(*plan));
    const std::int64_t mojo1 = std::stoll(fixture.ask("mojo1", "SELECT count(*) FROM ai_decisions"));
    const std::int64_t mojo2 = std::stoll(fixture.ask("mojo2", "SELECT count(*) FROM ai_decisions"));
    QCOMPARE(mojo1 + mojo2, std::int64_t{7'099});
    QCOMPARE(fixture.ask("mojo1", "SELECT count(*) FROM ps_import_lines"), "3979"s);
    QCOMPARE(fixture.ask("mojo2", "SELECT count(*) FROM ps_import_lines"), "3215"s);
    QCOMPARE(fixture.ask("mojo1", "SELECT count(*) FROM ai_decisions WHERE user_action='approve' AND "
                                  "final_crop_coords IS NULL AND crop_timestamp IS NULL"),
             "549"s);
    QCOMPARE(fixture.ask("mojo1", "SELECT count(*) FROM ai_decisions WHERE ai_selected_index IS NOT NULL OR "
                                  "selection_match IS NOT NULL OR batch_number IS NOT NULL"),
             "0"s);
    const auto session = fixture.open("mojo1");
    QVERIFY(must(verifyLedger(must(session->openReader()), {})).isSound());
}

void TestImportLogs::anomaliesAndExtractions()
{
    const ImportFixture fixture;
    const auto plan = fixture.plan("anomaly_cases.csv", anomalyLog());
    QVERIFY((classesOf(*plan) == Classes{{"8 fields, anomaly", 518}}));
    std::size_t pairs = 0;
    std::set<std::string> projects;
    for (const auto& item : must(plan->items({}, 0, 1000))) {
        pairs += item.images.size() - 1;
        projects.insert(item.projectId);
    }
    QCOMPARE(pairs, std::size_t{998});
    QCOMPARE(projects.size(), std::size_t{13});
    QCOMPARE(countsText(*plan), "quarantined 518"s); // no row says how large its image is
    const auto crops = fixture.plan("mojo1_crop_log.csv", extractionLog());
    QVERIFY((classesOf(*crops) == Classes{{"8 fields, no coordinates", 5'156}}));
    QCOMPARE(countsText(*crops), "quarantined 5156"s);
    // The historical log has another field than its sibling, and sessions that are no projects.
    const std::string path = "/Users/x/mojo1_final/a/20250728_040606_stage1.5_face_swapped.png";
    const std::string stamp = "20250728_040606";
    const auto historical = fixture.plan(
        "historical_crop_log.csv",
        "session_id,set_id,directory,chosen_path,chosen_stage,timestamp,time_diff_days,raw_mtime,final_mtime\r\n"
        "mojo1_historical," +
            stamp + ",mojo1," + path + ",1.5," + stamp +
            ",67.59,2025-07-28T04:06:06+00:00,2025-10-03T18:24:00+00:00\r\nmojo1_historical_extraction," + stamp + "," +
            path + ",[],2025-07-28T04:06:06Z\r\n");
    QVERIFY((classesOf(*historical) == Classes{{"9 fields, no coordinates", 1}, {"5 fields, selection", 1}}));
    for (const std::int64_t position : {0, 1}) {
        QCOMPARE(itemAt(*historical, position).projectId, "mojo1"s);
        QCOMPARE(firstNote(*historical, position), "quarantined: needs dimensions"s);
    }
}

void TestImportLogs::timesOfEveryForm()
{
    const ImportRules& rules = ImportRules::known();
    const auto read = [&](std::string_view text) {
        const auto time = rules.parseTime(text);
        return time ? formatTimestamp(time->time) + (time->isZoneAssumed ? " assumed" : "") : "none"s;
    };
    QCOMPARE(read("2025-10-08T18:46:56.123456Z"), "2025-10-08T18:46:56.123456Z"s);
    QCOMPARE(read("2025-10-08T18:46:56Z"), "2025-10-08T18:46:56.000000Z"s);
    QCOMPARE(read("2025-10-08T18:46:56+00:00"), "2025-10-08T18:46:56.000000Z"s);
    QCOMPARE(read("2025-10-08T14:46:56.5-04:00"), "2025-10-08T18:46:56.500000Z"s);
    QCOMPARE(read("2025-10-08 14:46:56"), "2025-10-08T18:46:56.000000Z assumed"s); // summer time
    QCOMPARE(read("2025-12-08 14:46:56"), "2025-12-08T19:46:56.000000Z assumed"s);
    QCOMPARE(read("2025-11-02 01:59:59"), "2025-11-02T05:59:59.000000Z assumed"s);
    QCOMPARE(read("2025-03-09 02:00:00"), "2025-03-09T06:00:00.000000Z assumed"s);
    QCOMPARE(read("20250705_230713"), "2025-07-06T03:07:13.000000Z assumed"s);
    QCOMPARE(read("10/1/2025T12:00:00Z"), "2025-10-01T12:00:00.000000Z"s);
    QCOMPARE(read("10/11/2025"), "2025-10-11T16:00:00.000000Z assumed"s);
    for (const char* wrong :
         {"", "yesterday", "20250705", "2025-13-01T00:00:00Z", "99/99/2025", "2025-10-08T18:46:56 EST"})
        QCOMPARE(read(wrong), "none"s);
    const ImportRules berlin = must(ImportRules::fromJson(Json::object({{"local_time", 120}})));
    QCOMPARE(formatTimestamp(berlin.parseTime("2025-10-08 14:46:56")->time), "2025-10-08T12:46:56.000000Z"s);
}

void TestImportLogs::projectsByPathAndDay()
{
    const ImportRules& rules = ImportRules::known();
    QCOMPARE(rules.projectOfPath("/Users/x/Eros Mate/Eleni_raw/a.png").value_or(""), "Eleni"s);
    QCOMPARE(rules.projectOfPath("training data/1101_hailey/a.png").value_or(""), "1101_Hailey"s);
    QCOMPARE(rules.projectOfPath("crop/hannah/a.png").value_or("none"), "none"s);
    QCOMPARE(rules.projectOfTime(*parseTimestamp("2025-10-11T23:59:59Z")).value_or(""), "mojo1"s);
    QCOMPARE(rules.projectOfTime(*parseTimestamp("2025-10-12T00:00:00Z")).value_or(""), "mojo2"s);
    QCOMPARE(rules.projectOfTime(*parseTimestamp("2025-10-21T00:00:00Z")).value_or("none"), "none"s);
    const auto path = [&](std::string_view text) {
        const auto normal = rules.normalised(text);
        return normal.directory + "|" + normal.name;
    };
    QCOMPARE(path("PROJECT_ROOT/training data/mojo1/a.png"), "training data/mojo1|a.png"s);
    QCOMPARE(path("/Users/x/Documents/mojo1_final/_bin name/a b.png"), "mojo1_final/_bin name|a b.png"s);
    QCOMPARE(path("crop\\hannah\\a.png"), "crop/hannah|a.png"s);
    QCOMPARE(path("/somewhere/else/a.png"), "else|a.png"s);
    PS_CHECK_ERROR(ErrorCode::InvalidInput, ImportRules::fromJson(Json::object({{"names", Json::array({1})}})));
    PS_CHECK_ERROR(ErrorCode::InvalidInput,
                   ImportRules::fromJson(Json::object({{"names", Json::object({{"a", "../x"}})}})));
    const ImportFixture fixture;
    const auto plan = fixture.plan(
        "log.csv", kCropHeader + cropRow("1.0,2.0,500.0,600.0", "1000,800", "crop/a.png") +
                       cropRow("1.0,2.0,500.0,600.0", "1000,800", "crop/b.png", "2024-01-01T00:00:00Z"));
    QCOMPARE(itemAt(*plan, 0).projectId, "mojo1"s);
    QVERIFY(std::ranges::count(itemAt(*plan, 0).notes, "project from date") == 1);
    QCOMPARE(firstNote(*plan, 1), "quarantined: neither a path nor a date names the project"s);
}

void TestImportLogs::coordinatesAndSizes()
{
    const ImportFixture fixture;
    const auto plan = fixture.plan("log.csv", kCropHeader +
                                                  cropRow("100.0,200.0,500.0,600.0", "1000,800", "mojo1/1.png") +
                                                  cropRow("0.1,0.25,0.5,0.75", "1000,800", "mojo1/2.png") +
                                                  cropRow("0.0,0.0,1000.0,800.0", "1000,800", "mojo1/3.png") +
                                                  cropRow(",,,", "1000,800", "mojo1/4.png") +
                                                  cropRow("0.0,0.0,0.9999,0.9995", "1000,800", "mojo1/5.png") +
                                                  cropRow("0.0,0.0,1001.0,800.0", "1000,800", "mojo1/6.png"));
    QCOMPARE(countsText(*plan), "added 5, quarantined 1"s);
    must(fixture.apply(*plan));
    const auto row = [&](const std::string& name) {
        return fixture.ask("mojo1", "SELECT user_action || ' ' || coalesce(final_crop_coords, '-') || ' ' || "
                                    "coalesce(crop_timestamp, '-') || ' ' || image_width || 'x' || image_height FROM "
                                    "ai_decisions WHERE images='[\"" +
                                        name + "\"]'");
    };
    QCOMPARE(row("1.png"), "crop [0.1, 0.25, 0.5, 0.75] 2025-10-08T12:00:00.000001Z 1000x800"s);
    QCOMPARE(row("2.png"), "crop [0.1, 0.25, 0.5, 0.75] 2025-10-08T12:00:00.000001Z 1000x800"s);
    QCOMPARE(row("3.png"), "approve - - 1000x800"s);
    QCOMPARE(row("4.png"), "reject - - 1000x800"s);
    QCOMPARE(row("5.png"), "approve - - 1000x800"s);
    QCOMPARE(row("6.png"), ""s);
    QCOMPARE(fixture.ask("mojo1", "SELECT count(DISTINCT group_id) FROM ai_decisions WHERE group_id LIKE "
                                  "'mojo1_group_20251008T120000000001_batch001_img00%'"),
             "5"s);
    QCOMPARE(fixture.ask("mojo1", "SELECT note FROM ps_import_lines WHERE line=7"),
             "the crop exceeds the size of the image"s);
}

void TestImportLogs::repeatsAreComposed()
{
    const ImportFixture fixture;
    const auto plan = fixture.plan("log.csv",
                                   kCropHeader + cropRow("100.0,200.0,500.0,600.0") + // leaves 400 x 400
                                       cropRow("10.0,20.0,310.0,220.0") +             // within these, 300 x 200
                                       cropRow("100.0,200.0,500.0,600.0") +           // said before
                                       cropRow("0.0,0.0,300.0,200.0") +               // all of it
                                       cropRow("0.0,0.0,300.0,100.0", "600,400") +    // of the same, enlarged twice
                                       cropRow("0.0,0.0,900.0,700.0"));               // fits nothing
    QCOMPARE(firstNote(*plan, 1).substr(0, 9), "corrected"s);
    QVERIFY(std::ranges::count(itemAt(*plan, 1).notes, "composed with line 2") == 1);
    QCOMPARE(firstNote(*plan, 2), "skipped: says the same as line 2"s);
    QCOMPARE(firstNote(*plan, 3), "skipped: the full frame of what line 2 left"s);
    QCOMPARE(firstNote(*plan, 4).substr(0, 9), "corrected"s);
    QCOMPARE(firstNote(*plan, 5).substr(0, 21), "conflict: superseded:"s);
    must(fixture.apply(*plan));
    // 100 + 10, 200 + 20; then half of 300 x 100 from there.
    QCOMPARE(fixture.ask("mojo1", "SELECT final_crop_coords FROM ai_decisions"), "[0.11, 0.275, 0.26, 0.3375]"s);
    QCOMPARE(fixture.rows("mojo1").size(), std::size_t{1});
}

void TestImportLogs::wrongRowsAreQuarantined()
{
    const ImportFixture fixture;
    const std::string good = cropRow("1.0,2.0,500.0,600.0");
    const std::string log = kCropHeader + cropRow("a,2.0,500.0,600.0") + cropRow("1e400,2.0,500.0,600.0") +
                            cropRow("500.0,2.0,1.0,600.0") + cropRow("-1.0,2.0,500.0,600.0") +
                            cropRow("1.0,,500.0,600.0") + "1,2,3\r\n" + "x\0y,1\r\n"s +
                            cropRow("1.0,2.0,500.0,600.0", "1000,800", "mojo1/a.png", "never") +
                            cropRow("1.0,2.0,500.0,600.0", "nan,inf") + "\"open,1,2\r\n" + good;
    const auto plan = fixture.plan("log.csv", log);
    QCOMPARE(countsText(*plan), "added 1, quarantined 10"s);
    QCOMPARE(itemAt(*plan, 10).outcome == ImportOutcome::Added, true);
    const std::vector<std::string> expected{"the crop value \"a\" is no number from 0",
                                            "the crop value \"1e400\" is no number from 0",
                                            "the crop has no area",
                                            "the crop value \"-1.0\" is no number from 0",
                                            "the crop value \"\" is no number from 0",
                                            "3 fields are no row of a known log",
                                            "a NUL byte",
                                            "the time \"never\" cannot be read",
                                            "needs dimensions",
                                            "a quoted field that is not closed"};
    std::vector<std::string> found;
    std::vector<std::int64_t> lines;
    for (const auto& item : must(plan->items(ImportOutcome::Quarantined, 0, 100))) {
        found.push_back(item.notes.front());
        lines.push_back(item.origin.line);
    }
    QCOMPARE(found, expected);
    QVERIFY((lines == std::vector<std::int64_t>{2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
    PS_CHECK_ERROR(ErrorCode::NotFound,
                   ImportPlan::make(fixture.workspace(), fixture.images(), fixture.options("/no/such/file"), {}));
    const std::string other = fixture.folder().write("notes.txt", "hello\nworld\n");
    PS_CHECK_ERROR(ErrorCode::Unsupported,
                   ImportPlan::make(fixture.workspace(), fixture.images(), fixture.options(other), {}));
}

void TestImportLogs::importingTwiceChangesNothing()
{
    const ImportFixture fixture;
    const std::string log = kCropHeader + cropRow("100.0,200.0,500.0,600.0") + cropRow("10.0,20.0,310.0,220.0") +
                            cropRow("1.0,2.0,3.0,4.0", "0,0", "mojo1/b.png");
    const auto first = fixture.plan("log.csv", log);
    must(fixture.apply(*first));
    const auto rows = fixture.rows("mojo1");
    const std::string ledger =
        "SELECT count(*) || ' ' || max(hash) FROM ps_ledger WHERE seq=(SELECT max(seq) FROM ps_ledger)";
    const std::string head = fixture.ask("mojo1", ledger);
    const auto again = must(fixture.apply(*first)); // the same plan
    QVERIFY(again.importIds.empty() && again.reportPath.empty());
    const auto second = fixture.plan("log.csv", log); // the same file
    QCOMPARE(countsText(*second), "skipped 2, quarantined 1"s);
    QVERIFY(must(fixture.apply(*second)).importIds.empty());
    QCOMPARE(fixture.rows("mojo1"), rows);
    QCOMPARE(fixture.ask("mojo1", ledger), head);
    // The control: one more line is one more row.
    const auto third = fixture.plan("log.csv", log + cropRow("1.0,2.0,500.0,600.0", "1000,800", "mojo1/c.png"));
    QCOMPARE(countsText(*third), "added 1, skipped 2, quarantined 1"s);
    must(fixture.apply(*third));
    QCOMPARE(fixture.rows("mojo1").size(), rows.size() + 1);
}

void TestImportLogs::undoTakesAllOfItBack()
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    const std::string log = kCropHeader + cropRow("100.0,200.0,500.0,600.0") +
                            cropRow("1.0,2.0,500.0,600.0", "1000,800", "mojo1/b.png");
    must(fixture.apply(*fixture.plan("log.csv", log)));
    const auto rows = fixture.rows("mojo1");
    QCOMPARE(rows.size(), std::size_t{2});
    {
        const auto session = fixture.open("mojo1");
        must(undo(*session));
    }
    QCOMPARE(fixture.rows("mojo1").size(), std::size_t{0});
    QCOMPARE(fixture.ask("mojo1", "SELECT is_standing FROM ps_imports"), "0"s);
    {
        const auto session = fixture.open("mojo1");
        must(redo(*session));
    }
    QCOMPARE(fixture.rows("mojo1"), rows);
    QCOMPARE(fixture.ask("mojo1", "SELECT is_standing FROM ps_imports"), "1"s);
    {
        const auto session = fixture.open("mojo1");
        must(undo(*session));
    }
    // What was undone can be imported again.
    const auto plan = fixture.plan("log.csv", log);
    QCOMPARE(countsText(*plan), "added 2"s);
    must(fixture.apply(*plan));
    QCOMPARE(fixture.rows("mojo1"), rows);
}

void TestImportLogs::logsMeetRowsThatAreThere()
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    const auto add = [&](const std::string& name, const std::string& action, const std::string& crop) {
        fixture.change("mojo1",
                       "INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, "
                       "user_action, final_crop_coords, image_width, image_height) VALUES ('" +
                           name + "', '2025-10-08T00:00:00Z', 'mojo1', '[\"" + name + "\"]', 0, '" + action + "', " +
                           crop + ", 1000, 800)");
    };
    add("1.png", "crop", "NULL");
    add("2.png", "crop", "'[0.1, 0.25, 0.5, 0.75]'");
    add("3.png", "crop", "'[0.3, 0.25, 0.5, 0.75]'");
    add("4.png", "approve", "NULL");
    add("5.png", "reject", "NULL");
    std::string log = kCropHeader;
    for (const char* name : {"1", "2", "3", "4", "5", "6"})
        log += cropRow("100.0,200.0,500.0,600.0", "1000,800", "mojo1/"s + name + ".png");
    const auto before = fixture.rows("mojo1");
    const auto plan = fixture.plan("log.csv", log);
    QCOMPARE(fixture.rows("mojo1"), before); // a plan touches nothing
    std::vector<std::string> outcomes;
    for (const auto& item : must(plan->items({}, 0, 10)))
        outcomes.emplace_back(importOutcomeName(item.outcome));
    QCOMPARE(outcomes, (std::vector<std::string>{"filled", "skipped", "conflict", "conflict", "conflict", "added"}));
    QVERIFY(itemAt(*plan, 0).before != itemAt(*plan, 0).after);
    must(fixture.apply(*plan));
    QCOMPARE(
        fixture.ask("mojo1", "SELECT final_crop_coords || crop_timestamp FROM ai_decisions WHERE group_id='1.png'"),
        "[0.1, 0.25, 0.5, 0.75]2025-10-08T12:00:00.000001Z"s);
    QCOMPARE(fixture.ask("mojo1", "SELECT final_crop_coords FROM ai_decisions WHERE group_id='3.png'"),
             "[0.3, 0.25, 0.5, 0.75]"s);
    // A row that changes between the plan and its application stops all of it.
    const auto late = fixture.plan("late.csv", kCropHeader + cropRow("1.0,2.0,500.0,600.0", "1000,800", "mojo1/7.png") +
                                                   cropRow("1.0,2.0,500.0,600.0", "1000,800", "mojo1/8.png"));
    const std::string groupId = itemAt(*late, 1).groupId;
    fixture.change("mojo1", "INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, "
                            "user_action, image_width, image_height) VALUES ('" +
                                groupId + "', 't', 'mojo1', '[\"x.png\"]', 0, 'approve', 9, 9)");
    const auto rows = fixture.rows("mojo1");
    PS_CHECK_ERROR(ErrorCode::Conflict, fixture.apply(*late));
    QCOMPARE(fixture.rows("mojo1"), rows);
}

void TestImportLogs::sizesComeFromTheProjectsOwnImages()
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    fixture.folder().write("ws/mojo1/plain.txt", "no image");
    const auto plan = fixture.plan("log.csv", kCropHeader + cropRow("1.0,2.0,5.0,6.0", "0,0", "mojo1/absent.png"));
    QCOMPARE(firstNote(*plan, 0), "quarantined: needs dimensions"s);
    fixture.folder().write("ws/mojo1/broken.png", "broken");
    const auto broken = fixture.plan("log2.csv", kCropHeader + cropRow("1.0,2.0,5.0,6.0", "0,0", "mojo1/broken.png"));
    QVERIFY(firstNote(*broken, 0).find("the image cannot be read") != std::string::npos);
}

void TestImportLogs::anInterruptedImportGoesOn()
{
    const ImportFixture fixture;
    std::string log = kCropHeader;
    for (int i = 0; i < 12'000; ++i)
        log += cropRow("1.0,2.0,500.0,600.0", "1000,800", "mojo1/" + std::to_string(i) + ".png");
    ImportOptions options = fixture.options(fixture.folder().write("log.csv", log));
    std::stop_source stop;
    std::int64_t progress = 0;
    options.onProgress = [&](std::int64_t, std::int64_t) {
        if (++progress == 1)
            stop.request_stop();
    };
    PS_CHECK_ERROR(ErrorCode::Cancelled,
                   ImportPlan::make(fixture.workspace(), fixture.images(), options, stop.get_token()));
    std::int64_t firstDone = 0;
    options.onProgress = [&](std::int64_t done, std::int64_t) {
        if (firstDone == 0)
            firstDone = done;
    };
    const auto plan = must(ImportPlan::make(fixture.workspace(), fixture.images(), options, {}));
    QVERIFY(firstDone > static_cast<std::int64_t>(log.size()) * 3 / 4); // 5,000 and one more were there already
    QCOMPARE(countsText(*plan), "added 12000"s);
    QCOMPARE(itemAt(*plan, 11'999).origin.line, std::int64_t{12'001});
}

void TestImportLogs::pagesOfThePlan()
{
    const ImportFixture fixture;
    std::string log = kCropHeader;
    for (int i = 0; i < 10; ++i)
        log += cropRow("1.0,2.0,500.0,600.0", i % 2 == 0 ? "1000,800" : "0,0", "mojo1/" + std::to_string(i) + ".png");
    const auto plan = fixture.plan("log.csv", log);
    const auto page = must(plan->items(ImportOutcome::Quarantined, 2, 2));
    QCOMPARE(page.size(), std::size_t{2});
    QCOMPARE(page[0].origin.line, std::int64_t{7});
    QCOMPARE(page[1].origin.line, std::int64_t{9});
    QCOMPARE(must(plan->items({}, 8, 5)).size(), std::size_t{2});
    QCOMPARE(must(plan->items(ImportOutcome::Conflict, 0, 5)).size(), std::size_t{0});
}

QTEST_GUILESS_MAIN(TestImportLogs)
#include "tst_import_logs.moc"
