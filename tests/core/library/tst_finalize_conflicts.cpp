// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/decisions/ledger.h"
#include "core/library/finalize.h"
#include "core/library/sidecar.h"
#include "tests/core/library/finalize_helpers.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/project_fixture.h"
#include "tests/support/python.h"
#include "tests/support/small_disk.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

class TestFinalizeConflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNameThatIsTakenGetsARecordedSuffixWithItsCompanions()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const std::string stem = stemOf(image(1, "2", 1));
        fixture.addFile(stem + ".yaml", "mine");
        fixture.folder().write("ws/__crop/" + stem + ".png", "another picture");
        fixture.folder().write("ws/__delete_staging/" + image(1, "1", 0), "another loser");
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), crop({}, 1));
        const Census before = fixture.census();
        finalizeAll(*session);
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__crop")),
                 (std::vector<std::string>{stem + ".png", stem + "_2.decision", stem + "_2.png", stem + "_2.yaml"}));
        QCOMPARE(fixture.folder().read("ws/__crop/" + stem + ".png"), "another picture"s);
        QCOMPARE(fixture.folder().read("ws/__delete_staging/" + stemOf(image(1, "1", 0)) + "_2.png"),
                 "image " + image(1, "1", 0));
        QCOMPARE(groupWith(*session, stamp(1)).images[1].currentPath, "__crop/" + stem + "_2.png");
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }

    void aSidecarOrCompanionInTheWayMovesTheWholeUnitAside()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        const std::string one = stemOf(image(1, "2", 1));
        const std::string two = stemOf(image(2, "2", 1));
        fixture.addFile(two + ".yaml", "mine");
        fixture.folder().write("ws/__crop/" + one + ".decision", "of somebody else");
        fixture.folder().write("ws/__selected/" + two + ".yaml", "of somebody else");
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), crop({}, 1));
        decideGroup(*session, stamp(2), approve(1));
        finalizeAll(*session);
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__crop")),
                 (std::vector<std::string>{one + ".decision", one + "_2.decision", one + "_2.png"}));
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__selected")),
                 (std::vector<std::string>{two + ".yaml", two + "_2.png", two + "_2.yaml"}));
        QCOMPARE(fixture.folder().read("ws/__crop/" + one + ".decision"), "of somebody else"s);
    }

    void theSameBytesUnderTheNameAreDoneAndComeBackOnUndo()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const std::string name = image(1, "2", 1);
        fixture.folder().write("ws/__selected/" + name, "image " + name); // copied there by somebody
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve(1));
        const Census before = fixture.census();
        finalizeAll(*session);
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__selected")), std::vector<std::string>{name});
        QVERIFY(!std::filesystem::exists(fixture.pathInImages(name)));
        const Census after = fixture.census();
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);                   // theirs stays, ours is back
        QVERIFY(prepareFinalize(*session, false, {})->summary.skipped.empty()); // with its time
        PS_CHECK_OK(redo(*session));
        QCOMPARE(differences(after, fixture.census()), ""s);
    }

    void otherBytesAreNeverBroughtBackInPlaceOfAnImage()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const std::string name = image(1, "2", 1);
        fixture.folder().write("ws/__selected/" + name, "image " + name);
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve(1));
        finalizeAll(*session);
        fixture.folder().write("ws/__selected/" + name, "something else now");
        const Census after = fixture.census();
        PS_CHECK_ERROR(ErrorCode::Conflict, undo(*session));
        QCOMPARE(differences(after, fixture.census()), ""s);
        std::filesystem::remove(fixture.folder().pathOf("ws/__selected/" + name));
        QVERIFY(!undo(*session));
        fixture.folder().write("ws/__selected/" + name, "image " + name);
        PS_CHECK_OK(undo(*session)); // the control
        QCOMPARE(must(readFile(fixture.pathInImages(name), 1000)), "image " + name);
    }

    void twoGroupsWithTheSameNamesBothFindAPlace()
    {
        const ProjectFixture fixture;
        for (const char* folder : {"a", "b"}) {
            fixture.addGroup(1, {"1", "2"}, folder);
            fixture.addFile(joinPath(folder, stamp(1) + "00.decision"),
                            "group-level sidecar of "s + folder); // S1, of the first image
        }
        ProjectManifest manifest = must(
            ProjectManifest::read(must(Workspace::open(fixture.folder().pathOf("ws"))), "p1"));
        manifest.setGroupedPerFolder(true);
        must(manifest.save(must(Workspace::open(fixture.folder().pathOf("ws")))));
        const auto session = fixture.open();
        QCOMPARE(must(session->counts()).groups, std::int64_t{2});
        const Census before = fixture.census();
        for (std::int64_t ordinal = 0; ordinal < 2; ++ordinal)
            must(decide(*session, must(makeRequest(*session, must(session->groupAt(ordinal)), approve(1)))));
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        for (const SkippedGroup& skipped : plan.summary.skipped)
            QFAIL(skipped.reason.c_str());
        must(finalize(*session, plan, {}, {}));
        QVERIFY(contentCounts(fixture.census()) == contentCounts(before)); // nothing lost, nothing doubled
        QVERIFY(takeCensus(fixture.imagesPath()).size() == 2);             // the two folders, empty
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__selected")).size(), std::size_t{2});
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }

    // ---- companions and sidecars -----------------------------------------------------------------------------------

    void aCompanionOfTwoGoesWithTheLastOfThem()
    {
        const ProjectFixture fixture;
        fixture.addFile("X.png", "png");
        fixture.addFile("X.jpg", "jpg");
        fixture.addFile("X.yaml", "shared");
        const auto session = fixture.open();
        const auto ordinalOf = [&](const std::string& name) { return *must(session->find(name, 0)); };
        const auto decideSingle = [&](const std::string& name) {
            must(decide(*session, must(makeRequest(*session, must(session->groupAt(ordinalOf(name))), approve()))));
        };
        decideSingle("X.png");
        finalizeAll(*session);
        QVERIFY(std::filesystem::exists(fixture.pathInImages("X.yaml"))); // X.jpg still needs it
        decideSingle("X.jpg");
        finalizeAll(*session);
        QVERIFY(!std::filesystem::exists(fixture.pathInImages("X.yaml")));
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__selected")),
                 (std::vector<std::string>{"X.jpg", "X.png", "X.yaml"}));
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
        QVERIFY(std::filesystem::exists(fixture.pathInImages("X.yaml")) &&
                std::filesystem::exists(fixture.pathInImages("X.png")));
    }

    void anEarlierSidecarIsArchivedAndItsUnknownMembersLiveOn()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const std::string stem = stemOf(image(1, "2", 1));
        fixture.addFile(stem + ".decision", "{\"group_id\": \"old\", \"note\": \"theirs\"}");
        const auto session = fixture.open();
        const auto receipt = decideGroup(*session, stamp(1), crop({}, 1));
        const Census before = fixture.census();
        finalizeAll(*session);
        const Json written = must(parseJson(fixture.folder().read("ws/__crop/" + stem + ".decision")));
        QCOMPARE(written["group_id"].toString(), receipt.groupId);
        QCOMPARE(written["note"].toString(), "theirs"s);
        QCOMPARE(fixture.folder().read("ws/data/sidecars/p1/" + stem + ".decision"),
                 "{\"group_id\": \"old\", \"note\": \"theirs\"}"s);
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }

    // ---- trouble ---------------------------------------------------------------------------------------------------

    void missingAndChangedFilesSkipOnlyTheirGroup()
    {
        const ProjectFixture fixture;
        for (int number = 1; number <= 4; ++number)
            fixture.addGroup(number, {"1", "2"});
        const auto session = fixture.open();
        for (int number = 1; number <= 4; ++number)
            decideGroup(*session, stamp(number), approve(1));
        std::filesystem::rename(fixture.pathInImages(image(1, "1", 0)),
                                fixture.folder().pathOf("hidden.png")); // a loser is gone
        fixture.addFile(image(2, "2", 1), "touched up since");          // a winner is another
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        QCOMPARE(plan.summary.skipped.size(), std::size_t{2});
        QVERIFY2(plan.summary.skipped[0].reason.find(image(1, "1", 0)) != std::string::npos,
                 plan.summary.skipped[0].reason.c_str());
        QVERIFY2(plan.summary.skipped[1].reason.find(image(2, "2", 1)) != std::string::npos,
                 plan.summary.skipped[1].reason.c_str());
        const FinalizeOutcome outcome = must(finalize(*session, plan, {}, {}));
        QCOMPARE(outcome.report.doneGroups, std::int64_t{2});
        QVERIFY(std::filesystem::exists(fixture.pathInImages(image(1, "2", 1))));
        QVERIFY(std::filesystem::exists(fixture.pathInImages(image(2, "1", 0))));

        std::filesystem::rename(fixture.folder().pathOf("hidden.png"), fixture.pathInImages(image(1, "1", 0)));
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{1}); // retried
        const FinalizePlan accepted = must(prepareFinalize(*session, true, {}));
        QVERIFY(accepted.summary.skipped.empty() && accepted.summary.groupCount() == 1);
        must(finalize(*session, accepted, {}, {}));
        QCOMPARE(fixture.folder().read("ws/__selected/" + image(2, "2", 1)), "touched up since"s);
    }

    void aFileThatVanishesAfterPlanningPutsItsGroupBack()
    {
        const ProjectFixture fixture;
        for (int number = 1; number <= 3; ++number) {
            fixture.addGroup(number, {"1", "1.5", "2"});
            fixture.addFile(stemOf(image(number, "1", 0)) + ".yaml", "y" + std::to_string(number));
        }
        const auto session = fixture.open();
        for (int number = 1; number <= 3; ++number)
            decideGroup(*session, stamp(number), approve(2));
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        std::filesystem::rename(fixture.pathInImages(image(2, "2", 2)),
                                fixture.folder().pathOf("hidden.png")); // moves last
        const Census before = fixture.census();
        const FinalizeOutcome outcome = must(finalize(*session, plan, {}, {}));
        QCOMPARE(outcome.report.doneGroups, std::int64_t{2});
        QCOMPARE(outcome.report.failed.size(), std::size_t{1});
        QCOMPARE(outcome.report.failed[0].groupKey, groupWith(*session, stamp(2)).entry.key);
        QVERIFY2(outcome.report.failed[0].reason.find(image(2, "2", 2)) != std::string::npos,
                 outcome.report.failed[0].reason.c_str());
        for (const auto& [path, what] : before) {
            if (path.find(stamp(2)) != std::string::npos)
                QVERIFY2(fixture.census().contains(path), path.c_str()); // all of it is where it was
        }
        QVERIFY(!groupWith(*session, stamp(2)).entry.isFinalized);
        std::filesystem::rename(fixture.folder().pathOf("hidden.png"), fixture.pathInImages(image(2, "2", 2)));
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{1});
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
    }

    void aNameTakenAfterPlanningPutsItsGroupBack()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve(1));
        decideGroup(*session, stamp(2), crop(kBox, 1));
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        fixture.folder().write("ws/__selected/" + image(1, "2", 1), "just arrived");
        fixture.folder().write("ws/__cropped/" + image(2, "2", 1), "just arrived, too");
        const Census before = fixture.census();
        const FinalizeOutcome outcome = must(finalize(*session, plan, {}, {}));
        QCOMPARE(outcome.report.failed.size(), std::size_t{2});
        QVERIFY(contentCounts(fixture.census()) == contentCounts(before));
        QCOMPARE(fixture.folder().read("ws/__selected/" + image(1, "2", 1)), "just arrived"s);
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{2}); // under another name
        QCOMPARE(fixture.folder().read("ws/__selected/" + stemOf(image(1, "2", 1)) + "_2.png"),
                 "image " + image(1, "2", 1));
    }

    void aCutThatFailsLeavesItsGroupWhereItIs()
    {
        ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        bool isFailing = true;
        const CropCutter works = fixture.tools().cut;
        fixture.tools().cut = [&](const Place& source, PixelBox box, int output) -> Result<void> {
            if (!isFailing)
                return works(source, box, output);
            discard(writeAll(output, "half a picture"), "as when the worker dies in the middle");
            return Error{ErrorCode::WorkerCrashed, "the worker died", source.path, 0};
        };
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), crop(kBox, 1));
        decideGroup(*session, stamp(2), approve(1));
        const Census before = fixture.census();
        const FinalizeOutcome outcome = finalizeAll(*session);
        QCOMPARE(outcome.report.failed.size(), std::size_t{1});
        QCOMPARE(outcome.report.doneGroups, std::int64_t{1});
        QVERIFY(filesIn(fixture.folder().pathOf("ws/__cropped")).empty());
        QVERIFY(contentCounts(fixture.census()) == contentCounts(before));
        QCOMPARE(cropStates(fixture), "[[\"pending\", null]]"s);
        isFailing = false;
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{1});
        QVERIFY(cropStates(fixture).starts_with("[[\"verified\""));
    }

    void stoppingIsSafeBetweenGroups()
    {
        const ProjectFixture fixture;
        for (int number = 1; number <= 6; ++number)
            fixture.addGroup(number, {"1", "2"});
        const auto session = fixture.open();
        for (int number = 1; number <= 6; ++number)
            decideGroup(*session, stamp(number), approve(1));
        const Census before = fixture.census();
        std::stop_source stop;
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        const FinalizeOutcome outcome = must(
            finalize(*session, plan, stop.get_token(), [&](const ExecutionProgress& progress) {
                if (progress.doneGroups == 2)
                    stop.request_stop();
            }));
        QVERIFY(outcome.report.isCancelled);
        QCOMPARE(outcome.report.doneGroups, std::int64_t{2});
        QCOMPARE(must(session->counts()).finalized, std::int64_t{2});
        QVERIFY(contentCounts(fixture.census()) == contentCounts(before));
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{4});
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
        PS_CHECK_ERROR(ErrorCode::Cancelled, prepareFinalize(*session, false, stop.get_token()));
    }

    void undoIsRefusedWhenAFileIsNotAsItWasLeft()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve(1));
        decideGroup(*session, stamp(2), crop(kBox, 1));
        finalizeAll(*session);
        const std::string winner = fixture.folder().pathOf("ws/__selected/" + image(1, "2", 1));
        std::filesystem::rename(winner, winner + ".away");
        Census changed = fixture.census();
        PS_CHECK_ERROR(ErrorCode::NotFound, undo(*session));
        QCOMPARE(differences(changed, fixture.census()), ""s);
        std::filesystem::rename(winner + ".away", winner);
        fixture.addFile(image(2, "1", 0), "a new file under the old name");
        changed = fixture.census();
        PS_CHECK_ERROR(ErrorCode::AlreadyExists, undo(*session));
        QCOMPARE(differences(changed, fixture.census()), ""s);
        std::filesystem::remove(fixture.pathInImages(image(2, "1", 0)));
        fixture.folder().write("ws/__cropped/" + image(2, "2", 1), "retouched by hand");
        changed = fixture.census();
        PS_CHECK_ERROR(ErrorCode::Conflict, undo(*session));
        QCOMPARE(differences(changed, fixture.census()), ""s);
        QCOMPARE(must(nextUndo(*session))->kind, std::string(ledger_kind::kFinalize));
    }

    void rowsOfScriptsAreFinalizedAndFrozen()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        runSqlElsewhere(fixture.databasePath(),
                        {"INSERT INTO ai_decisions (group_id, timestamp, project_id, directory, images, "
                         "user_selected_index, user_action, "
                         "image_width, image_height) VALUES ('theirs', 't', 'p1', 'photos', '[\"" +
                         image(1, "1", 0) + "\", \"" + image(1, "2", 1) + "\"]', 1, 'approve', 9, 9)"});
        auto session = fixture.open();
        const Census before = fixture.census();
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{1});
        session.reset();
        std::filesystem::remove_all(fixture.folder().pathOf("cache"));
        session = fixture.open();
        QCOMPARE(groupWith(*session, stamp(1)).entry.groupId, "theirs"s);
        QVERIFY(groupWith(*session, stamp(1)).entry.isFinalized);
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }

    void aNewFileUnderAnOldNameIsReported()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve(1));
        finalizeAll(*session);
        fixture.addFile(image(1, "2", 1), "generated again");
        const RefreshReport report = must(session->refresh({}, {}));
        QCOMPARE(report.skipped.size(), std::size_t{1});
        QVERIFY(report.skipped[0].reason == SkippedEntry::Reason::NameOfFinalized);
        QCOMPARE(groupWith(*session, stamp(1)).images[1].currentPath, "__selected/" + image(1, "2", 1));
    }

    void originalsGoToAnotherFileSystemWhole()
    {
        const OtherFileSystem other;
        QVERIFY2(!other.path().empty(), "no second file system: neither /dev/shm is one nor may a tmpfs be mounted");
        const ProjectFixture fixture(other.path() + "/photos"); // originals go to the workspace, which is elsewhere
        fixture.addGroup(1, {"1", "2"});
        fixture.addFile(stemOf(image(1, "2", 1)) + ".yaml", "companion");
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), crop(kBox, 1));
        const Census before = fixture.census();
        QVERIFY(finalizeAll(*session).report.failed.empty());
        QCOMPARE(fixture.folder().read("ws/data/originals/p1/" + image(1, "2", 1)), "image " + image(1, "2", 1));
        QCOMPARE(filesIn(other.path() + "/__cropped").begin()->second, fakeCut(kPixels, "image " + image(1, "2", 1)));
        const Census after = fixture.census();
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
        PS_CHECK_OK(redo(*session));
        QCOMPARE(differences(after, fixture.census()), ""s);
    }

    void aStoreThatFailsInTheMiddleIsReportedAndResumed()
    {
        const ProjectFixture fixture;
        for (int number = 1; number <= 30; ++number)
            fixture.addGroup(number, {"1", "2"});
        auto session = fixture.open();
        for (int number = 1; number <= 30; ++number)
            decideGroup(*session, stamp(number), approve(1));
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        // From now on nothing can be recorded as done.
        runSqlElsewhere(fixture.databasePath(), {"CREATE TRIGGER broken BEFORE UPDATE OF state ON ps_operations WHEN "
                                                 "NEW.state='done' BEGIN SELECT RAISE(ABORT, 'no'); END"});
        QVERIFY(!finalize(*session, plan, {}, {}));
        session.reset();
        runSqlElsewhere(fixture.databasePath(), {"DROP TRIGGER broken"});
        session = fixture.open(); // rolls forward
        QCOMPARE(must(session->counts()).finalized, std::int64_t{30});
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__selected")).size(), std::size_t{30});
    }

    void hundredsOfGroupsReportTheirProgress()
    {
        const ProjectFixture fixture;
        for (int number = 0; number < 200; ++number)
            fixture.addGroup(number, {"1", "2"});
        const auto session = fixture.open();
        for (int number = 0; number < 200; ++number)
            decideGroup(*session, stamp(number), number % 3 == 0 ? reject() : approve(1));
        const Census before = fixture.census();
        std::vector<std::int64_t> seen;
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        must(finalize(*session, plan, {}, [&](const ExecutionProgress& progress) {
            seen.push_back(progress.doneGroups);
            QVERIFY(progress.totalGroups == 200);
        }));
        QVERIFY(std::ranges::is_sorted(seen) && seen.back() == 200 && seen.size() >= 200);
        QVERIFY(contentCounts(fixture.census()) == contentCounts(before));
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }
};

QTEST_GUILESS_MAIN(TestFinalizeConflicts)
#include "tst_finalize_conflicts.moc"
