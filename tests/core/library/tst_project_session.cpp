// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/decisions/ledger.h"
#include "core/library/project_session.h"
#include "tests/core/library/session_helpers.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/project_fixture.h"
#include "tests/support/python.h"

#include <QTest>

#include <atomic>
#include <filesystem>
#include <thread>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

class TestProjectSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void viewingChangesNothingInTheWorkspace()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addFile("broken.png", "broken");
        runSqlElsewhere(fixture.databasePath(), {insertRow("theirs", 1)});
        const Census before = takeCensus(fixture.folder().pathOf("ws"));
        {
            const auto session = fixture.open(false);
            QVERIFY(!session->isWorking());
            const GroupDetail group = groupWith(*session, stamp(1));
            QCOMPARE(group.entry.groupId, "theirs"s);
            QVERIFY(group.row.has_value());
            PS_CHECK_ERROR(ErrorCode::ReadOnly, session->store());
            PS_CHECK_ERROR(ErrorCode::ReadOnly, tryDecideGroup(*session, stamp(1), approve()));
            PS_CHECK_ERROR(ErrorCode::ReadOnly, undo(*session));
            QVERIFY(!must(nextUndo(*session)));
            PS_CHECK_OK(session->refresh({}, {}));
        }
        QCOMPARE(differences(before, takeCensus(fixture.folder().pathOf("ws"))), ""s);
    }

    void whatIsNotThereIsSaid()
    {
        const ProjectFixture fixture;
        SessionOptions options = fixture.options(false);
        options.projectId = "absent";
        PS_CHECK_ERROR(ErrorCode::NotFound, ProjectSession::open(options));
        options.projectId = "../p1";
        PS_CHECK_ERROR(ErrorCode::InvalidInput, ProjectSession::open(options));
        options = fixture.options(false);
        std::filesystem::remove(fixture.databasePath());
        PS_CHECK_ERROR(ErrorCode::NotFound, ProjectSession::open(options));
        QVERIFY(!std::filesystem::exists(fixture.databasePath()));
        std::filesystem::remove_all(fixture.imagesPath());
        PS_CHECK_ERROR(ErrorCode::NotFound, ProjectSession::open(options));
    }

    void groupsAndCountsAreThereWhenItIsReady()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "1.5", "2"});
        fixture.addGroup(2, {"1", "2"});
        fixture.addSingle("photo.jpg");
        const auto session = fixture.open();
        const GroupCounts counts = must(session->counts());
        QCOMPARE(counts.groups, std::int64_t{2});
        QCOMPARE(counts.singles, std::int64_t{1});
        QCOMPARE(counts.decided(), std::int64_t{0});
        const GroupDetail first = must(session->groupAt(0));
        QCOMPARE(first.images.size(), std::size_t{3});
        QCOMPARE(must(session->findGroup(first.entry.key)).entry.ordinal, std::int64_t{0});
        PS_CHECK_ERROR(ErrorCode::NotFound, session->findGroup("g_0000000000000000"));
        PS_CHECK_ERROR(ErrorCode::NotFound, session->groupAt(3));
    }

    void aDecisionIsSeenAtOnceInListsAndLookUps()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open();
        const auto receipt = decideGroup(*session, stamp(1), approve(1));
        QVERIFY(receipt.groupId.ends_with("_batch001_img001"));
        const GroupDetail group = groupWith(*session, stamp(1));
        QCOMPARE(group.entry.groupId, receipt.groupId);
        QVERIFY(group.entry.state == GroupState::Approved);
        QVERIFY(group.row == receipt.row);
        QCOMPARE(group.fingerprint, rowFingerprint(receipt.row));
        QCOMPARE(must(session->findGroup(receipt.groupId)).entry.key, group.entry.key);
        QCOMPARE(must(session->counts()).decided(), std::int64_t{1});
        QVERIFY(receipt.row.text("directory") == "photos");
        QVERIFY(receipt.row.integer("image_width") == 2000 && receipt.row.integer("image_height") == 1000);
    }

    void aStartWithoutChangesDoesNotWaitForTheDisk()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        {
            const auto session = fixture.open();
            decideGroup(*session, stamp(1), approve());
        }
        for (int round = 0; round < 4; ++round) {
            fixture.addGroup(10 + round, {"1", "2"}); // found by the reconciliation, not by the start
            {
                const auto session = fixture.open();
                QCOMPARE(must(session->counts()).total(), std::int64_t{1 + round});
                QCOMPARE(refresh(*session).counts.total(), std::int64_t{2 + round});
            }
            const auto viewer = fixture.open(false);
            QCOMPARE(must(viewer->counts()).total(), std::int64_t{2 + round});
        }
    }

    void newFilesFormNewGroupsOnly()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve());
        const std::string key = groupWith(*session, stamp(1)).entry.key;
        fixture.addFile(stamp(1) + "05_stage3_late.png", "late"); // would fit behind group 1
        fixture.addGroup(5, {"1", "3"});
        const RefreshReport report = refresh(*session);
        QCOMPARE(report.counts.groups, std::int64_t{3});
        QCOMPARE(report.counts.singles, std::int64_t{1});
        const GroupDetail group = must(session->findGroup(key));
        QCOMPARE(group.images.size(), std::size_t{2});
        QVERIFY(group.row.has_value());
        QVERIFY(groupWith(*session, "stage3_late").entry.kind == GroupKind::Single);
    }

    void filesThatAreGoneStayKnownWhenTheyAreDecided()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve());
        const auto before = keys(*session);
        std::filesystem::remove(fixture.pathInImages(ProjectFixture::imageName(1, "2", 1)));
        refresh(*session);
        QVERIFY(keys(*session) == before);
        QVERIFY(groupWith(*session, stamp(1)).images[1].isMissing);
    }

    // ---- other programs --------------------------------------------------------------------------------------------

    void whatScriptsDidBetweenSessionsIsNoticed()
    {
        const ProjectFixture fixture;
        for (int number = 1; number <= 4; ++number)
            fixture.addGroup(number, {"1", "2"});
        runSqlElsewhere(fixture.databasePath(), {insertRow("old1", 1), insertRow("old2", 2)});
        std::string ours;
        {
            const auto session = fixture.open();
            ours = decideGroup(*session, stamp(3), approve()).groupId;
            QCOMPARE(refresh(*session).externalChanges, std::int64_t{0});
        }
        runSqlElsewhere(fixture.databasePath(),
                        {insertRow("new4", 4),
                         "UPDATE ai_decisions SET final_crop_coords='[0.1, 0.1, 0.9, 0.9]', user_action='crop' WHERE "
                         "group_id='old1'",
                         "DELETE FROM ai_decisions WHERE group_id='old2'",
                         "UPDATE ai_decisions SET ai_confidence=0.5 WHERE group_id='" + ours + "'"});
        const auto session = fixture.open();
        QVERIFY(groupWith(*session, stamp(1)).entry.state == GroupState::Cropped);
        QVERIFY(groupWith(*session, stamp(2)).entry.state == GroupState::Undecided);
        QCOMPARE(groupWith(*session, stamp(4)).entry.groupId, "new4"s);
        const std::string noted = runSqlElsewhere(
            fixture.databasePath(), {},
            "SELECT group_id, row_before IS NULL, row_after IS NULL FROM ps_ledger "
            "WHERE kind='external change' ORDER BY group_id");
        QCOMPARE(noted, "[[\"new4\", 1, 0], [\"old1\", 0, 0], [\"old2\", 0, 1], [\"" + ours + "\", 0, 0]]");
        QCOMPARE(refresh(*session).externalChanges, std::int64_t{0}); // noticed once
        QVERIFY(verify(fixture.databasePath()).isSound());            // and what the ledger tells of is no damage
    }

    void whatScriptsDoMeanwhileIsNoticedAndNeverOverwritten()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve());
        const GroupDetail shown = groupWith(*session, stamp(1));
        const GroupDetail undecided = groupWith(*session, stamp(2));
        runSqlElsewhere(fixture.databasePath(), {"UPDATE ai_decisions SET ai_confidence=0.5", insertRow("theirs", 2)});
        PS_CHECK_ERROR(ErrorCode::Conflict, decide(*session, must(makeRequest(*session, shown, reject()))));
        PS_CHECK_ERROR(ErrorCode::Conflict, decide(*session, must(makeRequest(*session, undecided, reject()))));
        QCOMPARE(runSqlElsewhere(fixture.databasePath(), {}, "SELECT DISTINCT user_action FROM ai_decisions"),
                 "[[\"approve\"]]"s);
        refresh(*session);
        PS_CHECK_OK(tryDecideGroup(*session, stamp(1), reject())); // seen, it may be changed
        QCOMPARE(decideGroup(*session, stamp(2), reject()).groupId, "theirs"s);
        QCOMPARE(runSqlElsewhere(fixture.databasePath(), {}, "SELECT count(*), min(user_action) FROM ai_decisions"),
                 "[[2, \"reject\"]]"s);
        QVERIFY(verify(fixture.databasePath()).isSound());
    }

    void whatAViewerSawFirstIsNoticedAllTheSame_data()
    {
        QTest::addColumn<bool>("isCatalogueNew");
        QTest::newRow("with the catalogue of the last work") << false;
        QTest::newRow("with a catalogue that the viewer made") << true;
    }
    void whatAViewerSawFirstIsNoticedAllTheSame()
    {
        QFETCH(const bool, isCatalogueNew);
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        {
            decideGroup(*fixture.open(), stamp(1), approve());
        }
        runSqlElsewhere(fixture.databasePath(), {"UPDATE ai_decisions SET ai_confidence=0.5"});
        if (isCatalogueNew)
            std::filesystem::remove_all(fixture.folder().pathOf("cache"));
        {
            must(fixture.open(false)->refresh({}, {}));
        } // somebody only looks, and the catalogue learns of it
        QVERIFY(!verify(fixture.databasePath()).isSound());
        {
            const auto session = fixture.open();
        }
        QCOMPARE(
            runSqlElsewhere(fixture.databasePath(), {}, "SELECT count(*) FROM ps_ledger WHERE kind='external change'"),
            "[[1]]"s);
        QVERIFY(verify(fixture.databasePath()).isSound());
    }

    void aLostCatalogueMakesNoFalseAlarm()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        runSqlElsewhere(fixture.databasePath(), {insertRow("old1", 1)});
        {
            const auto session = fixture.open();
            decideGroup(*session, stamp(2), approve());
        }
        std::filesystem::remove_all(fixture.folder().pathOf("cache"));
        const auto session = fixture.open();
        QCOMPARE(refresh(*session).externalChanges, std::int64_t{0});
        QCOMPARE(must(session->counts()).decided(), std::int64_t{2});
        QCOMPARE(
            runSqlElsewhere(fixture.databasePath(), {}, "SELECT count(*) FROM ps_ledger WHERE kind='external change'"),
            "[[0]]"s);
    }

    void aDamagedCatalogueIsMadeAnewByARefresh()
    {
        const ProjectFixture fixture;
        for (int number = 0; number < 200; ++number)
            fixture.addGroup(number, {"1", "2"});
        {
            const auto session = fixture.open();
        }
        const std::string path = fixture.folder().pathOf("cache/p1.db");
        {
            const auto size = static_cast<off_t>(std::filesystem::file_size(path));
            const UniqueFd file = openReadWrite(path);
            for (off_t at = 4096 * 16; at < size; at += 4096) // the tables are damaged, the head is not
                QCOMPARE(::pwrite(file.get(), std::string(4096, '\x55').data(), 4096, at), ssize_t{4096});
        }
        auto session = must(ProjectSession::open(fixture.options()));
        discard(session->makeReady({}, {}), "it may notice or not");
        const auto report = session->refresh({}, {});
        PS_CHECK_OK(report);
        QCOMPARE(report->counts.groups, std::int64_t{200});
        QCOMPARE(must(session->groupAt(150)).images.size(), std::size_t{2});
        decideGroup(*session, stamp(7), approve());
        QCOMPARE(must(session->counts()).decided(), std::int64_t{1});
    }

    void withoutAPlaceForTheCatalogueItWorksFromMemory()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.folder().write("blocked", "a file");
        SessionOptions options = fixture.options();
        options.cataloguePath = fixture.folder().pathOf("blocked/c.db");
        const auto session = must(ProjectSession::open(options));
        must(session->makeReady({}, {}));
        decideGroup(*session, stamp(1), approve());
        QCOMPARE(must(session->counts()).decided(), std::int64_t{1});
    }

    void decisionsDuringARefreshAreNotLost()
    {
        const ProjectFixture fixture;
        for (int number = 0; number < 60; ++number)
            fixture.addGroup(number, {"1", "2"});
        const auto session = fixture.open();
        std::atomic<bool> isOver = false;
        std::atomic<int> refreshes = 0;
        std::jthread refresher([&] {
            while (!isOver) {
                if (session->refresh({}, {}))
                    ++refreshes;
            }
        });
        for (int number = 0; number < 60; ++number) {
            const auto decided = tryDecideGroup(*session, stamp(number), number % 2 == 0 ? approve() : reject());
            PS_CHECK_OK(decided);
        }
        isOver = true;
        refresher.join();
        QVERIFY(refreshes > 0);
        GroupCounts counts = must(session->counts());
        QCOMPARE(counts.decided(), std::int64_t{60});
        counts = refresh(*session).counts;
        QCOMPARE(counts.decided(), std::int64_t{60});
        QCOMPARE(
            runSqlElsewhere(fixture.databasePath(), {}, "SELECT count(*) FROM ps_ledger WHERE kind='external change'"),
            "[[0]]"s);
        QVERIFY(verify(fixture.databasePath()).isSound());
    }

    // ---- images ----------------------------------------------------------------------------------------------------

    void aDecisionThatFindsTheListsBusyIsSeenByTheNextLook()
    {
        const ProjectFixture fixture;
        for (int number = 0; number < 40; ++number)
            fixture.addGroup(number, {"1", "2"});
        const auto session = fixture.open();
        std::atomic<bool> isOver = false;
        std::jthread reader([&] { // holds the catalogue nearly all the time
            while (!isOver)
                must(session->page(0, 100));
        });
        for (int number = 0; number < 40; ++number) {
            decideGroup(*session, stamp(number), reject());
            QCOMPARE(must(session->counts()).decided(), std::int64_t{number + 1});
        }
        isOver = true;
    }

    void sizesAreMeasuredOnceForEachStateOfAFile()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        int measured = 0;
        const auto measure = fixture.tools().measure;
        fixture.tools().measure = [&](const Place& place) {
            ++measured;
            return measure(place);
        };
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve(0));
        decideGroup(*session, stamp(1), approve(0));
        QCOMPARE(measured, 1);
        decideGroup(*session, stamp(1), approve(1));
        QCOMPARE(measured, 2);
    }

    void anImageThatCannotBeReadBlocksItsDecision()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addFile(ProjectFixture::imageName(1, "1", 0), "broken");
        const auto session = fixture.open();
        PS_CHECK_ERROR(ErrorCode::Refused, tryDecideGroup(*session, stamp(1), approve(0)));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, tryDecideGroup(*session, stamp(1), approve(2)));
        QVERIFY(rowTexts(fixture.databasePath()).empty());
        // Rejecting the group is possible; it is stored against an image that can be read.
        QVERIFY(decideGroup(*session, stamp(1), reject()).row.integer("user_selected_index") == 1);
        PS_CHECK_OK(tryDecideGroup(*session, stamp(1), approve(1)));
        QVERIFY(!groupWith(*session, stamp(1)).images[0].problem.empty());
    }

    // formats/decisions_v3.md 1.8
    void aRejectKeepsTheIndexOfTheSuggestion()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "1.5", "2"});
        const auto session = fixture.open();
        DecisionIntent intent = reject();
        intent.selectedIndex = 1; // where the pointer happened to be
        intent.shown = ShownSuggestion{"m", 2, {}, 0.5, false};
        auto receipt = decideGroup(*session, stamp(1), intent);
        QVERIFY(receipt.row.integer("user_selected_index") == 2 && receipt.row.isNull("selection_match"));
        intent.shown = {};
        receipt = decideGroup(*session, stamp(1), intent); // the suggestion that was stored before
        QVERIFY(receipt.row.integer("user_selected_index") == 2);
    }

    void aFileThatChangedSinceItWasShownIsAConflict()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open();
        const GroupDetail shown = groupWith(*session, stamp(1));
        fixture.addFile(ProjectFixture::imageName(1, "2", 1), "another picture");
        PS_CHECK_ERROR(ErrorCode::Conflict, makeRequest(*session, shown, approve(0)));
        refresh(*session);
        PS_CHECK_OK(tryDecideGroup(*session, stamp(1), approve(0)));
    }

    // ---- splitting -------------------------------------------------------------------------------------------------

    void undoAndRedoWalkOverDecisionsAndSurviveARestart()
    {
        const ProjectFixture fixture;
        for (int number = 1; number <= 5; ++number)
            fixture.addGroup(number, {"1", "2"});
        auto session = fixture.open();
        for (int number = 1; number <= 5; ++number)
            decideGroup(*session, stamp(number), number % 2 == 0 ? reject() : crop(Crop{0.1, 0.1, 0.9, 0.9}));
        decideGroup(*session, stamp(1), approve(1));
        const auto end = rowTexts(fixture.databasePath());
        PS_CHECK_OK(undo(*session));
        QVERIFY(groupWith(*session, stamp(1)).entry.state == GroupState::Cropped);
        session.reset();
        session = fixture.open();
        QCOMPARE(must(nextUndo(*session))->kind, std::string(ledger_kind::kDecide));
        QCOMPARE(must(nextRedo(*session))->groupKey, groupWith(*session, stamp(1)).entry.key);
        for (int i = 0; i < 5; ++i)
            PS_CHECK_OK(undo(*session));
        QVERIFY(rowTexts(fixture.databasePath()).empty());
        QCOMPARE(must(session->counts()).decided(), std::int64_t{0});
        PS_CHECK_ERROR(ErrorCode::Refused, undo(*session));
        for (int i = 0; i < 6; ++i)
            PS_CHECK_OK(redo(*session));
        PS_CHECK_ERROR(ErrorCode::Refused, redo(*session));
        QVERIFY(rowTexts(fixture.databasePath()) == end);
    }

    void aSecondWorkingSessionIsRefused()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto first = fixture.open();
        const auto second = must(ProjectSession::open(fixture.options()));
        PS_CHECK_ERROR(ErrorCode::Locked, second->makeReady({}, {}));
        const auto viewer = must(ProjectSession::open(fixture.options(false))); // but it can be looked at
        PS_CHECK_OK(viewer->makeReady({}, {}));
        PS_CHECK_OK(tryDecideGroup(*first, stamp(1), approve()));
    }
};

QTEST_GUILESS_MAIN(TestProjectSession)
#include "tst_project_session.moc"
