// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/sidecar.h"
#include "tests/core/integrity/planted.h"
#include "tests/support/checks.h"
#include "tests/support/project_fixture.h"
#include "tests/support/python.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

namespace fs = std::filesystem;

const Crop kBox{0.1, 0.2, 0.8, 0.9};

std::string image(int number, const std::string& stage = "2", std::size_t slot = 1)
{
    return ProjectFixture::imageName(number, stage, slot);
}

std::string stem(int number)
{
    return image(number).substr(0, image(number).size() - 4);
}

/// A group for each way a decision can end, an undecided one and a single.
void makeProject(const ProjectFixture& fixture, bool isFinalized)
{
    for (int number = 1; number <= 6; ++number) {
        fixture.addGroup(number, {"1", "2"});
        fixture.addFile(stem(number) + ".yaml", "companion");
    }
    fixture.addSingle("holiday.jpg");
    const auto session = fixture.open();
    decideGroup(*session, ProjectFixture::stamp(1), approve(1));
    decideGroup(*session, ProjectFixture::stamp(2), acceptSuggestion(kBox, 1));
    decideGroup(*session, ProjectFixture::stamp(3), crop({}, 1));
    decideGroup(*session, ProjectFixture::stamp(4), crop(kBox, 1));
    decideGroup(*session, ProjectFixture::stamp(5), reject());
    decideGroup(*session, "holiday", approve(0));
    if (isFinalized)
        finalizeAll(*session);
}

InspectionReport inspectReport(const ProjectFixture& fixture)
{
    const auto session = must(ProjectSession::open(fixture.options(false)));
    must(session->makeReady({}, {}, true));
    InspectionOptions options;
    options.tool = "tests 1.0";
    return must(inspectProject(*session, options, {}));
}

FindingList inspectFindings(const ProjectFixture& fixture)
{
    return inspectReport(fixture).findings;
}

void sql(const ProjectFixture& fixture, const std::vector<std::string>& statements)
{
    runSqlElsewhere(fixture.databasePath(), statements);
}

using Plant = std::function<void(const ProjectFixture&)>;

struct Case {
    const char* name;
    bool isFinalized;
    Plant plant;
    const char* expected; ///< beside the open crop
};

const std::string kInWorkspace = "ws/";

std::string inWorkspace(const ProjectFixture& fixture, const std::string& path)
{
    return fixture.folder().pathOf(kInWorkspace + path);
}

std::vector<Case> cases()
{
    return {
        {"selected image gone", false, [](const auto& f) { fs::remove(f.pathInImages(image(1))); }, "file_missing 1"},
        {"selected image gone after finalize", true,
         [](const auto& f) { fs::remove(inWorkspace(f, "__selected/" + image(1))); }, "file_missing 1"},
        {"unselected image gone", false, [](const auto& f) { fs::remove(f.pathInImages(image(1, "1", 0))); }, ""},
        {"image of a reject gone", false, [](const auto& f) { fs::remove(f.pathInImages(image(5))); }, ""},
        {"selected image twice", false, [](const auto& f) { f.folder().write("ws/__selected/" + image(1), "another"); },
         "file_duplicate 1"},
        {"selected image also in a folder of the older scripts", false,
         [](const auto& f) { f.folder().write("ws/selected/" + image(1), "another"); }, "file_duplicate 1"},
        {"image that cannot be decoded", false, [](const auto& f) { f.addFile(image(6), "broken"); },
         "file_unreadable 1"},
        {"link instead of an image", false,
         [](const auto& f) { f.folder().makeSymlink("ws/photos/link.png", "/etc/passwd"); }, "file_skipped 1"},
        {"pipe instead of an image", false, [](const auto& f) { f.folder().makeFifo("ws/photos/pipe.jpg"); },
         "file_skipped 1"},
        {"guessed size", false,
         [](const auto& f) {
             sql(f, {"UPDATE ai_decisions SET image_width=2048, image_height=2048 WHERE images LIKE '%" + image(1) +
                     "%'"});
         },
         "row_changed_outside 1, size_differs 1"},
        {"cut gone", true, [](const auto& f) { fs::remove(inWorkspace(f, "__cropped/" + image(4))); }, "cut_missing 1"},
        {"cut replaced", true, [](const auto& f) { f.folder().write("ws/__cropped/" + image(4), "something else"); },
         "cut_differs 1"},
        {"row about images that nobody has", false,
         [](const auto& f) {
             sql(f, {rowSql({{"user_action", "'reject'"},
                             {"final_crop_coords", "NULL"},
                             {"crop_timestamp", "NULL"},
                             {"crop_match", "NULL"},
                             {"selection_match", "NULL"}})});
         },
         "row_changed_outside 1, row_unmatched 1"},
        {"second row about the same group", false,
         [](const auto& f) {
             sql(f, {"INSERT INTO ai_decisions SELECT 'zz_group_copy', timestamp, project_id, 'elsewhere', "
                     "batch_number, images, ai_selected_index, "
                     "ai_crop_coords, ai_confidence, user_selected_index, user_action, final_crop_coords, "
                     "crop_timestamp, image_width, image_height, "
                     "selection_match, crop_match, ai_crop_accepted FROM ai_decisions WHERE images LIKE '%" +
                     image(1) + "%'"});
         },
         "row_changed_outside 1, row_unmatched 1"},
        {"twins", false, [](const auto& f) { f.addFile(stem(6) + ".jpg", "twin"); }, "twin_image 1"},
        {"row that a script changed", false,
         [](const auto& f) {
             sql(f, {"UPDATE ai_decisions SET directory='x' WHERE images LIKE '%" + image(1) + "%'"});
         },
         "row_changed_outside 1"},
        {"row that a script took away", false,
         [](const auto& f) { sql(f, {"DELETE FROM ai_decisions WHERE images LIKE '%" + image(1) + "%'"}); },
         "row_changed_outside 1"},
        {"moves that were not carried out", true,
         [](const auto& f) { sql(f, {"UPDATE ps_operations SET state='planned' WHERE ordinal=1"}); },
         "plan_unfinished 1"},
        {"ledger entry that was changed", false,
         [](const auto& f) {
             sql(f, {"DROP TRIGGER ps_ledger_no_update",
                     "UPDATE ps_ledger SET timestamp='2020-01-01T00:00:00.000000Z' WHERE seq=3"});
         },
         "ledger_broken 1"},
        {"ledger entry that was taken out", false,
         [](const auto& f) { sql(f, {"DROP TRIGGER ps_ledger_no_delete", "DELETE FROM ps_ledger WHERE seq=3"}); },
         "ledger_broken 1, row_changed_outside 1"},
        {"sidecar that is no JSON", false, [](const auto& f) { f.addFile(stem(1) + ".decision", "{half"); },
         "sidecar_invalid 1"},
        {"sidecar that is a list", false, [](const auto& f) { f.addFile(stem(1) + ".decision", "[1, 2]"); },
         "sidecar_invalid 1"},
        {"sidecar without image", false,
         [](const auto& f) { f.addFile("gone.decision", Sidecar::make("x", "p1", {}).text()); }, "sidecar_orphan 1"},
        {"sidecar elsewhere than its image", true,
         [](const auto& f) {
             fs::create_directories(f.pathInImages("__crop_auto"));
             fs::rename(inWorkspace(f, "__crop_auto/" + stem(2) + ".decision"), f.pathInImages(stem(2) + ".decision"));
         },
         "sidecar_split 1, sidecar_missing 1"},
        {"sidecar of a row that is not there", false,
         [](const auto& f) { f.addFile(stem(6) + ".decision", Sidecar::make("p1_group_unknown", "p1", {}).text()); },
         "sidecar_unknown_row 1"},
        {"sidecar of another project", false,
         [](const auto& f) { f.addFile(stem(6) + ".decision", Sidecar::make("p9_group_unknown", "p9", {}).text()); },
         ""},
        {"sidecar that finalize wrote and that is gone", true,
         [](const auto& f) { fs::remove(inWorkspace(f, "__crop/" + stem(3) + ".decision")); }, "sidecar_missing 1"},
    };
}

} // namespace

class TestFileChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aProjectThatWasWorkedOnIsClean_data()
    {
        QTest::addColumn<bool>("isFinalized");
        QTest::addColumn<std::string>("images");
        for (const bool isFinalized : {false, true}) {
            for (const char* images : {"ws/photos", "ws", "outside/photos"})
                QTest::addRow("%s%s", images, isFinalized ? ", finalized" : "") << isFinalized << std::string(images);
        }
    }
    void aProjectThatWasWorkedOnIsClean()
    {
        QFETCH(const bool, isFinalized);
        QFETCH(const std::string, images);
        const ProjectFixture fixture(images);
        makeProject(fixture, isFinalized);
        const InspectionReport report = inspectReport(fixture);
        QCOMPARE(found(report.findings), "crop_open 1"s);
        QCOMPARE(report.rows, std::int64_t{6});
        QCOMPARE(report.database, "data/training/ai_training_decisions/p1.db"s);
        QVERIFY(report.includesFiles);
        QVERIFY(!report.hasProblems(false));
    }

    void whatIsPlantedIsFoundAndNothingElse_data()
    {
        QTest::addColumn<int>("index");
        const auto all = cases();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow(all[i].name) << static_cast<int>(i);
    }
    void whatIsPlantedIsFoundAndNothingElse()
    {
        QFETCH(const int, index);
        const Case one = cases()[static_cast<std::size_t>(index)];
        const ProjectFixture fixture;
        makeProject(fixture, one.isFinalized);
        one.plant(fixture);
        const Census before = fixture.census();
        const FindingList findings = inspectFindings(fixture);
        QCOMPARE(found(findings), withOpenCrop(one.expected));
        QCOMPARE(differences(before, fixture.census()), ""s); // looking changes nothing
        for (const Finding& finding : findings.kept())
            QVERIFY2(!finding.evidence.empty(), std::string(finding.check).c_str());
    }

    void everyCheckOfProjectsIsPlantedHere()
    {
        std::string all;
        for (const Case& one : cases())
            all += one.expected + ", "s;
        for (const std::string_view check : projectChecks())
            QVERIFY2(all.find(std::string(check) + " ") != std::string::npos, std::string(check).c_str());
    }

    void theEvidenceNamesTheFile()
    {
        const ProjectFixture fixture;
        makeProject(fixture, false);
        fs::remove(fixture.pathInImages(image(1)));
        fixture.addFile("gone\n.decision", Sidecar::make("x", "p1", {}).text());
        const FindingList findings = inspectFindings(fixture);
        QCOMPARE(onlyFinding(findings, "file_missing").evidence, image(1));
        QVERIFY(!onlyFinding(findings, "file_missing").groupId.empty() &&
                onlyFinding(findings, "file_missing").row > 0);
        QCOMPARE(onlyFinding(findings, "sidecar_orphan").evidence, "photos/gone\\u{000a}.decision"s);
    }

    void imagesBeyondTheLimitAreCountedAsNotMeasured()
    {
        const ProjectFixture fixture;
        makeProject(fixture, false);
        fs::remove(fixture.folder().pathOf("cache/p1.db")); // nothing is known about any size
        const auto session = must(ProjectSession::open(fixture.options(false)));
        must(session->makeReady({}, {}, true));
        InspectionOptions options;
        options.files.maxMeasured = 3;
        const InspectionReport limited = must(inspectProject(*session, options, {}));
        QCOMPARE(limited.unmeasuredImages, std::int64_t{10});
        QCOMPARE(reportJson(limited)["images_not_measured"].toInteger(), std::int64_t{10});
    }

    void viewingAnUnworkedDatabaseOfOthersNeedsNoTablesOfOurs()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        sql(fixture, {"INSERT INTO ai_decisions (group_id, timestamp, project_id, directory, images, "
                      "user_selected_index, user_action, image_width, "
                      "image_height) VALUES ('p1_group_20251021_234530', '2025-10-21T17:04:45Z', 'p1', 'photos', '[\"" +
                      image(1, "1", 0) + "\", \"" + image(1) + "\"]', 1, 'approve', 2000, 1000)"});
        const InspectionReport report = inspectReport(fixture);
        QCOMPARE(found(report.findings), ""s);
        QCOMPARE(report.rows, std::int64_t{1});
    }

private:
    static std::string withOpenCrop(const std::string& expected)
    {
        // found() lists the checks in report order: those about the file and the ledger come before those about crops.
        const std::size_t early = expected.rfind("row_changed_outside 1");
        const std::size_t split = early != std::string::npos                  ? early + 21
                                  : expected.starts_with("plan_unfinished 1") ? 17
                                  : expected.starts_with("ledger_broken 1")   ? 15
                                                                              : 0;
        const std::string before = expected.substr(0, split);
        const std::string behind = split == 0 && !expected.empty() ? ", " + expected : expected.substr(split);
        return before + (before.empty() ? "" : ", ") + "crop_open 1" + behind;
    }
};

QTEST_GUILESS_MAIN(TestFileChecks)
#include "tst_file_checks.moc"
