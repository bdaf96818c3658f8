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

class TestFinalize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // formats/decisions_v3.md 3.5 and design.md 4.6
    void everyRouteEndsInItsFolder_data()
    {
        QTest::addColumn<QByteArray>("images");
        QTest::addColumn<QByteArray>("staging"); // where the __ folders are
        QTest::newRow("images in the workspace") << QByteArray("ws/photos") << QByteArray("ws");
        QTest::newRow("the workspace is the folder of the images") << QByteArray("ws") << QByteArray("ws");
        QTest::newRow("images outside") << QByteArray("outside/photos") << QByteArray("outside");
    }
    void everyRouteEndsInItsFolder()
    {
        QFETCH(const QByteArray, images);
        QFETCH(const QByteArray, staging);
        const ProjectFixture fixture(images.toStdString());
        makeEveryRoute(fixture);
        const auto session = fixture.open();
        makeEveryRoute(fixture, session.get());
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        const Census before = fixture.census();
        QCOMPARE(differences(before, fixture.census()), ""s); // planning touches nothing
        QCOMPARE(dumpJson(summaryJson(plan.summary)),
                 "{\"groups\": 6, \"routes\": {\"selected\": 2, \"crop_auto\": 1, \"crop\": 1, \"cropped\": 1, "
                 "\"rejected\": 1}, "
                 "\"losers_staged\": 8, \"rejected_staged\": 3, \"companions_moved\": 20, \"sidecars_written\": 2, "
                 "\"undecided\": 1, "
                 "\"already_finalized\": 0, \"skipped\": []}"s);
        const FinalizeOutcome outcome = must(finalize(*session, plan, {}, {}));
        QVERIFY(outcome.report.failed.empty());
        QCOMPARE(outcome.report.doneGroups, std::int64_t{6});

        const std::string root = fixture.folder().pathOf(staging.toStdString()) + "/";
        const auto winner = [](int number) { return stemOf(image(number, "1.5", 1)); };
        QCOMPARE(namesIn(root + "__selected"), (std::vector<std::string>{winner(1) + ".caption", winner(1) + ".png",
                                                                         winner(1) + ".yaml", "single.jpg"}));
        QCOMPARE(namesIn(root + "__crop_auto"),
                 (std::vector<std::string>{winner(2) + ".caption", winner(2) + ".decision", winner(2) + ".png",
                                           winner(2) + ".yaml"}));
        QCOMPARE(namesIn(root + "__crop"), (std::vector<std::string>{winner(3) + ".caption", winner(3) + ".decision",
                                                                     winner(3) + ".png", winner(3) + ".yaml"}));
        QCOMPARE(namesIn(root + "__cropped"), std::vector<std::string>{winner(4) + ".png"}); // no sidecar
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/data/originals/p1")),
                 (std::vector<std::string>{winner(4) + ".caption", winner(4) + ".png", winner(4) + ".yaml"}));
        QCOMPARE(namesIn(root + "__delete_staging").size(), std::size_t{(8 + 8) + (3 + 3 + 1)});

        // The contents: a cut of the very pixels, an untouched original, sidecars of the form S6.
        const std::string original = before.at(
            std::filesystem::relative(fixture.pathInImages(winner(4) + ".png"), fixture.folder().path()).string());
        QCOMPARE(fixture.census().at("ws/data/originals/p1/" + winner(4) + ".png"), original);
        QCOMPARE(filesIn(root + "__cropped").begin()->second, fakeCut(kPixels, "image " + winner(4) + ".png"));
        const auto rowOf = [&](int number) { return groupWith(*session, stamp(number)).entry.groupId; };
        QCOMPARE(filesIn(root + "__crop_auto").at(winner(2) + ".decision"), Sidecar::make(rowOf(2), "p1", kBox).text());
        QCOMPARE(filesIn(root + "__crop").at(winner(3) + ".decision"), Sidecar::make(rowOf(3), "p1", {}).text());
        QCOMPARE(cropStates(fixture), "[[\"verified\", \"" + session->folders().stagingFolder(kCroppedFolder) + "/" +
                                          winner(4) + ".png\"]]");

        // What nobody decided stays where it is.
        std::vector<std::string> left;
        for (const std::string& name : namesIn(fixture.imagesPath())) {
            if (!name.starts_with("__") && !name.starts_with("data/"))
                left.push_back(name);
        }
        QCOMPARE(left.size(), std::size_t{3 + 3 + 1 + 1});
        for (const std::string& name : left)
            QVERIFY2(name.starts_with(stamp(6)) || name == "notes.txt", name.c_str());

        // And the lists know it.
        QCOMPARE(must(session->counts()).finalized, std::int64_t{6});
        QVERIFY(groupWith(*session, stamp(1)).entry.isFinalized && !groupWith(*session, stamp(6)).entry.isFinalized);
        QCOMPARE(groupWith(*session, stamp(1)).images[1].currentPath,
                 session->folders().stagingFolder(kSelectedFolder) + "/" + winner(1) + ".png");
        QVERIFY(isSound(fixture));
    }

    void undoPutsEveryFileBackAndRedoMovesItAgain_data() { everyRouteEndsInItsFolder_data(); }
    void undoPutsEveryFileBackAndRedoMovesItAgain()
    {
        QFETCH(const QByteArray, images);
        const ProjectFixture fixture(images.toStdString());
        makeEveryRoute(fixture);
        auto session = fixture.open();
        makeEveryRoute(fixture, session.get());
        const Census before = fixture.census();
        const auto rows = rowTexts(fixture.databasePath());
        const std::string crops = cropStates(fixture);
        finalizeAll(*session);
        const Census after = fixture.census();
        const std::string cropsAfter = cropStates(fixture);
        for (int round = 0; round < 2; ++round) {
            const auto undone = undo(*session);
            PS_CHECK_OK(undone);
            QVERIFY(undone->failed.empty());
            QCOMPARE(differences(before, fixture.census()), ""s); // no left-over folder either
            QVERIFY(rowTexts(fixture.databasePath()) == rows);
            QCOMPARE(cropStates(fixture), crops);
            QCOMPARE(must(session->counts()).finalized, std::int64_t{0});
            QCOMPARE(groupWith(*session, stamp(1)).images[1].currentPath, groupWith(*session, stamp(1)).images[1].path);
            session.reset();
            session = fixture.open(); // it survives a restart
            PS_CHECK_OK(redo(*session));
            QCOMPARE(differences(after, fixture.census()), ""s);
            QCOMPARE(cropStates(fixture), cropsAfter);
            QCOMPARE(must(session->counts()).finalized, std::int64_t{6});
        }
        QVERIFY(isSound(fixture));
    }

    void finalizedGroupsKeepTheirPlaceInTheLists()
    {
        const ProjectFixture fixture;
        makeEveryRoute(fixture);
        auto session = fixture.open();
        makeEveryRoute(fixture, session.get());
        const auto keys = [&] {
            std::vector<std::string> list;
            for (const GroupEntry& entry : must(session->page(0, 100)))
                list.push_back(entry.key + " " + entry.groupId + " " + std::to_string(static_cast<int>(entry.state)));
            return list;
        };
        const auto before = keys();
        finalizeAll(*session);
        QVERIFY(keys() == before);
        must(session->refresh({}, {})); // grouping runs over originals that were moved, too
        QVERIFY(keys() == before);
        session.reset();
        std::filesystem::remove_all(fixture.folder().pathOf("cache"));
        session = fixture.open();
        QVERIFY(keys() == before);
        QCOMPARE(must(session->counts()).finalized, std::int64_t{6});
        QVERIFY(groupWith(*session, stamp(4)).images[1].currentPath.starts_with("data/originals/p1/"));
    }

    void finalizingAgainTakesOnlyWhatIsNew()
    {
        const ProjectFixture fixture;
        makeEveryRoute(fixture);
        const auto session = fixture.open();
        makeEveryRoute(fixture, session.get());
        finalizeAll(*session);
        const Census after = fixture.census();
        QVERIFY(!finalizeAll(*session).planId);
        QCOMPARE(differences(after, fixture.census()), ""s);
        const auto receipt = decideGroup(*session, stamp(6), approve(0));
        QVERIFY2(receipt.groupId.find("_batch002_") != std::string::npos, receipt.groupId.c_str());
        const FinalizeOutcome outcome = finalizeAll(*session);
        QVERIFY(outcome.planId && outcome.report.doneGroups == 1);
        QVERIFY(std::filesystem::exists(fixture.folder().pathOf("ws/__selected/" + image(6, "1", 0))));
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(after, fixture.census()), ""s);
    }

    void nothingDecidedIsNothingToDo()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open();
        const Census before = fixture.census();
        const FinalizeOutcome outcome = finalizeAll(*session);
        QVERIFY(!outcome.planId);
        QCOMPARE(differences(before, fixture.census()), ""s);
        PS_CHECK_ERROR(ErrorCode::Refused, undo(*session)); // and no step either
    }

    void viewersPlanButDoNotMove()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        {
            decideGroup(*fixture.open(), stamp(1), approve());
        }
        const auto viewer = fixture.open(false);
        const Census before = fixture.census();
        const FinalizePlan plan = must(prepareFinalize(*viewer, false, {}));
        QCOMPARE(plan.summary.groupCount(), std::int64_t{1});
        auto session = must(ProjectSession::open(fixture.options(false)));
        PS_CHECK_ERROR(ErrorCode::ReadOnly, finalize(*session, plan, {}, {}));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }

    // ---- names -----------------------------------------------------------------------------------------------------
};

QTEST_GUILESS_MAIN(TestFinalize)
#include "tst_finalize.moc"
