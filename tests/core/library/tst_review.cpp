// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/ledger.h"
#include "core/library/review.h"
#include "core/library/staging.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/project_fixture.h"
#include "tests/support/python.h"

#include <QTest>

#include <filesystem>
#include <future>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

const Crop kBox{0.1, 0.2, 0.8, 0.9};
const Crop kOther{0.2, 0.2, 0.7, 0.7};

std::string stamp(int number)
{
    return ProjectFixture::stamp(number);
}

std::string image(int number, const std::string& stage, std::size_t slot)
{
    return ProjectFixture::imageName(number, stage, slot);
}

Result<DecisionReceipt> submitAndWait(ProjectSession& session, const DecisionRequest& request)
{
    std::promise<Result<DecisionReceipt>> promise;
    submitDecision(session, request,
                   [&promise](Result<DecisionReceipt> receipt) { promise.set_value(std::move(receipt)); });
    return promise.get_future().get();
}

bool isSound(const ProjectFixture& fixture)
{
    return must(verifyLedger(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), {})).isSound();
}

std::string cropRecords(const ProjectFixture& fixture)
{
    return runSqlElsewhere(fixture.databasePath(), {},
                           "SELECT x1, y1, x2, y2, state, CAST(file AS TEXT) FROM ps_crops");
}

bool exists(const ProjectFixture& fixture, const std::string& path)
{
    return std::filesystem::exists(fixture.folder().pathOf(path));
}

/// A group with companions that was decided and finalized, and the census at each point.
struct Finalized {
    explicit Finalized(const DecisionIntent& intent)
    {
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        fixture.addFile(image(1, "2", 1).substr(0, image(1, "2", 1).size() - 4) + ".yaml", "companion");
        session = fixture.open();
        decideGroup(*session, stamp(1), intent);
        decideGroup(*session, stamp(2), approve(0));
        decided = fixture.census();
        finalizeAll(*session);
        finalized = fixture.census();
        rows = rowTexts(fixture.databasePath());
    }

    ProjectFixture fixture;
    std::unique_ptr<ProjectSession> session;
    Census decided;
    Census finalized;
    std::vector<std::string> rows;
};

/// What of one census belongs to group 1.
Census ofGroupOne(const Census& census)
{
    Census part;
    for (const auto& [path, what] : census) {
        if (path.find(stamp(1)) != std::string::npos)
            part[path] = what;
    }
    return part;
}

} // namespace

class TestReview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void queuedDecisionsAreAcknowledgedWithTheirReceipt()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open();
        const DecisionRequest request = must(makeRequest(*session, groupWith(*session, stamp(1)), approve(1)));
        const auto receipt = submitAndWait(*session, request);
        PS_CHECK_OK(receipt);
        QCOMPARE(rowTexts(fixture.databasePath()), std::vector<std::string>{rowText(receipt->row)});
        const auto viewer = fixture.open(false);
        PS_CHECK_ERROR(ErrorCode::ReadOnly, submitAndWait(*viewer, request));
    }

    // ---- deciding again after finalize -----------------------------------------------------------------------------

    void aFinalizedGroupIsNotDecidedBehindItsFiles()
    {
        const Finalized state(approve(1));
        const DecisionRequest request = must(
            makeRequest(*state.session, groupWith(*state.session, stamp(1)), reject()));
        QVERIFY(!submitAndWait(*state.session, request));
        QVERIFY(rowTexts(state.fixture.databasePath()) == state.rows);
        QCOMPARE(differences(state.finalized, state.fixture.census()), ""s);
    }

    void decidingAgainTakesTheMovesBackFirst_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("selected") << 0;
        QTest::newRow("accepted suggestion") << 1;
        QTest::newRow("crop later") << 2;
        QTest::newRow("cropped") << 3;
        QTest::newRow("rejected") << 4;
    }
    void decidingAgainTakesTheMovesBackFirst()
    {
        QFETCH(const int, kind);
        const DecisionIntent intents[] = {approve(1), acceptSuggestion(kBox, 1), crop({}, 1), crop(kBox, 1), reject()};
        const Finalized state(intents[kind]);
        const std::string groupId = groupWith(*state.session, stamp(1)).entry.groupId;
        const auto receipt = tryDecideGroup(*state.session, stamp(1), crop(kOther, 0));
        PS_CHECK_OK(receipt);
        QCOMPARE(receipt->groupId, groupId);
        QCOMPARE(differences(ofGroupOne(state.decided), ofGroupOne(state.fixture.census())), ""s); // its files are back
        QVERIFY(!groupWith(*state.session, stamp(1)).entry.isFinalized);
        QVERIFY(groupWith(*state.session, stamp(2)).entry.isFinalized); // those of the other are not
        QCOMPARE(cropRecords(state.fixture), "[[400, 200, 1400, 700, \"pending\", null]]"s);

        PS_CHECK_OK(undo(*state.session)); // decision and moves are one step
        QCOMPARE(differences(state.finalized, state.fixture.census()), ""s);
        QVERIFY(rowTexts(state.fixture.databasePath()) == state.rows);
        QVERIFY(groupWith(*state.session, stamp(1)).entry.isFinalized);
        QCOMPARE(cropRecords(state.fixture),
                 kind == 3 ? "[[200, 200, 1600, 900, \"verified\", \"__cropped/" + image(1, "2", 1) + "\"]]" : "[]"s);

        PS_CHECK_OK(redo(*state.session));
        QCOMPARE(differences(ofGroupOne(state.decided), ofGroupOne(state.fixture.census())), ""s);
        finalizeAll(*state.session);
        QVERIFY(exists(state.fixture, "ws/__cropped/" + image(1, "1", 0)));
        PS_CHECK_OK(undo(*state.session));
        PS_CHECK_OK(undo(*state.session));
        QCOMPARE(differences(state.finalized, state.fixture.census()), ""s);
        PS_CHECK_OK(undo(*state.session));
        QCOMPARE(differences(state.decided, state.fixture.census()), ""s);
        QVERIFY(isSound(state.fixture));
    }

    void decidingAgainIsRefusedWhenAFileIsNotAsItWasLeft()
    {
        const Finalized state(approve(1));
        const std::string winner = state.fixture.folder().pathOf("ws/__selected/" + image(1, "2", 1));
        std::filesystem::rename(winner, winner + ".away");
        const Census changed = state.fixture.census();
        QVERIFY(!tryDecideGroup(*state.session, stamp(1), reject()));
        QCOMPARE(differences(changed, state.fixture.census()), ""s);
        QVERIFY(rowTexts(state.fixture.databasePath()) == state.rows);
        std::filesystem::rename(winner + ".away", winner);
        PS_CHECK_OK(tryDecideGroup(*state.session, stamp(1), reject())); // the control
    }

    void undoOfADecisionOnARestoredGroupRestoresThatStateAndNoOther()
    {
        // finalize, restore the loser from staging, decide again, undo: the loser stays restored, the winner selected.
        const Finalized state(approve(1));
        must(restoreStaging(*state.session, {groupWith(*state.session, stamp(1)).entry.key}));
        const Census restored = state.fixture.census();
        QVERIFY(exists(state.fixture, "ws/photos/" + image(1, "1", 0)) &&
                exists(state.fixture, "ws/__selected/" + image(1, "2", 1)));
        PS_CHECK_OK(tryDecideGroup(*state.session, stamp(1), reject()));
        PS_CHECK_OK(undo(*state.session));
        QCOMPARE(differences(restored, state.fixture.census()), ""s);
        PS_CHECK_OK(undo(*state.session)); // of the restore
        QCOMPARE(differences(state.finalized, state.fixture.census()), ""s);
        PS_CHECK_OK(undo(*state.session)); // of the finalize
        QCOMPARE(differences(state.decided, state.fixture.census()), ""s);
    }

    // ---- the crop queue --------------------------------------------------------------------------------------------

    void confirmingBeforeFinalizeFillsTheRowAndMovesNothing()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), crop({}, 1));
        const Census before = fixture.census();
        const auto receipt = confirmCrop(*session, groupWith(*session, stamp(1)), kBox);
        PS_CHECK_OK(receipt);
        QCOMPARE(differences(before, fixture.census()), ""s);
        QVERIFY(receipt->row.text("final_crop_coords") == cropText(kBox));
        QVERIFY(groupWith(*session, stamp(1)).entry.state == GroupState::Cropped);
        finalizeAll(*session);
        QVERIFY(exists(fixture, "ws/__cropped/" + image(1, "2", 1)));
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
        QVERIFY(groupWith(*session, stamp(1)).entry.state == GroupState::CropLater);
    }

    void confirmingAfterFinalizeCutsAndArchivesTheSidecar_data()
    {
        QTest::addColumn<bool>("isSuggestion");
        QTest::newRow("crop later") << false;
        QTest::newRow("accepted suggestion") << true;
    }
    void confirmingAfterFinalizeCutsAndArchivesTheSidecar()
    {
        QFETCH(const bool, isSuggestion);
        const Finalized state(isSuggestion ? acceptSuggestion(kBox, 1) : crop({}, 1));
        const std::string stem = image(1, "2", 1).substr(0, image(1, "2", 1).size() - 4);
        const std::string queue = isSuggestion ? "ws/__crop_auto/" : "ws/__crop/";
        QVERIFY(exists(state.fixture, queue + stem + ".decision"));
        const auto receipt = confirmCrop(*state.session, groupWith(*state.session, stamp(1)), kOther);
        PS_CHECK_OK(receipt);
        QVERIFY(receipt->row.text("user_action") == (isSuggestion ? "approve" : "crop"));
        QVERIFY(receipt->row.text("final_crop_coords") == cropText(kOther));
        QVERIFY(receipt->row.text("crop_timestamp").has_value());
        QCOMPARE(state.fixture.folder().read("ws/__cropped/" + stem + ".png"),
                 fakeCut({400, 200, 1400, 700}, "image " + image(1, "2", 1)));
        QCOMPARE(state.fixture.folder().read("ws/data/originals/p1/" + stem + ".png"), "image " + image(1, "2", 1));
        QCOMPARE(state.fixture.folder().read("ws/data/originals/p1/" + stem + ".yaml"), "companion"s);
        QVERIFY(exists(state.fixture, "ws/data/sidecars/p1/" + stem + ".decision"));
        QVERIFY(!exists(state.fixture, queue + stem + ".decision"));
        QVERIFY(!exists(state.fixture, queue + stem + ".png"));
        QCOMPARE(cropRecords(state.fixture), "[[400, 200, 1400, 700, \"verified\", \"__cropped/" + stem + ".png\"]]");
        QCOMPARE(groupWith(*state.session, stamp(1)).images[1].currentPath, "data/originals/p1/" + stem + ".png");
        const Census confirmed = state.fixture.census();

        PS_CHECK_OK(undo(*state.session));
        QCOMPARE(differences(state.finalized, state.fixture.census()), ""s);
        QVERIFY(rowTexts(state.fixture.databasePath()) == state.rows);
        PS_CHECK_OK(redo(*state.session));
        QCOMPARE(differences(confirmed, state.fixture.census()), ""s);
        PS_CHECK_OK(undo(*state.session));
        PS_CHECK_OK(undo(*state.session)); // of the finalize
        QCOMPARE(differences(state.decided, state.fixture.census()), ""s);
        QVERIFY(isSound(state.fixture));
    }

    void confirmingTheWholeFrameSendsTheImageOn()
    {
        const Finalized state(crop({}, 1));
        const std::string stem = image(1, "2", 1).substr(0, image(1, "2", 1).size() - 4);
        const auto receipt = confirmCrop(*state.session, groupWith(*state.session, stamp(1)), Crop{0, 0, 1, 1});
        PS_CHECK_OK(receipt);
        QVERIFY(receipt->row.text("user_action") == "approve" && receipt->row.isNull("final_crop_coords"));
        QVERIFY(exists(state.fixture, "ws/__selected/" + stem + ".png") &&
                exists(state.fixture, "ws/__selected/" + stem + ".yaml"));
        QVERIFY(!exists(state.fixture, "ws/__crop/" + stem + ".decision") && !exists(state.fixture, "ws/__cropped"));
        PS_CHECK_OK(undo(*state.session));
        QCOMPARE(differences(state.finalized, state.fixture.census()), ""s);
    }

    void decidingAgainAfterAConfirmedCropTakesBothBack()
    {
        const Finalized state(crop({}, 1));
        must(confirmCrop(*state.session, groupWith(*state.session, stamp(1)), kBox));
        const Census confirmed = state.fixture.census();
        PS_CHECK_OK(tryDecideGroup(*state.session, stamp(1), approve(0)));
        QCOMPARE(differences(ofGroupOne(state.decided), ofGroupOne(state.fixture.census())), ""s);
        PS_CHECK_OK(undo(*state.session));
        QCOMPARE(differences(confirmed, state.fixture.census()), ""s);
    }

    void aCropThatCannotBeCutAnyMoreIsNotPromised_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("cut already") << 0;
        QTest::newRow("selected without a crop") << 1;
    }
    void aCropThatCannotBeCutAnyMoreIsNotPromised()
    {
        // Its files are finalized, and no queue will ever cut it: the row must not say what is not on the disk.
        QFETCH(const int, kind);
        const Finalized state(kind == 0 ? crop(kBox, 1) : approve(1));
        PS_CHECK_ERROR(ErrorCode::Refused, confirmCrop(*state.session, groupWith(*state.session, stamp(1)), kOther));
        QVERIFY(rowTexts(state.fixture.databasePath()) == state.rows);
        QCOMPARE(differences(state.finalized, state.fixture.census()), ""s);
        PS_CHECK_OK(tryDecideGroup(*state.session, stamp(1), crop(kOther, 1))); // the way to do it
    }

    void onlyKeptGroupsAreConfirmed()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open();
        PS_CHECK_ERROR(ErrorCode::Refused, confirmCrop(*session, groupWith(*session, stamp(1)), kBox));
        decideGroup(*session, stamp(1), reject());
        PS_CHECK_ERROR(ErrorCode::Refused, confirmCrop(*session, groupWith(*session, stamp(1)), kBox));
        decideGroup(*session, stamp(1), crop({}, 1));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, confirmCrop(*session, groupWith(*session, stamp(1)), Crop{0, 0, 2, 1}));
        const GroupDetail shown = groupWith(*session, stamp(1));
        runSqlElsewhere(fixture.databasePath(), {"UPDATE ai_decisions SET ai_confidence=0.5"});
        PS_CHECK_ERROR(ErrorCode::Conflict, confirmCrop(*session, shown, kBox));
    }

    void aCutThatFailsCanBeTakenBackOrTriedAgain()
    {
        ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        auto session = fixture.open();
        decideGroup(*session, stamp(1), crop({}, 1));
        finalizeAll(*session);
        const Census finalized = fixture.census();
        session.reset();
        const CropCutter works = fixture.tools().cut;
        fixture.tools().cut = [](const Place&, PixelBox, int) -> Result<void> {
            return Error{ErrorCode::WorkerCrashed, "the worker died", {}, 0};
        };
        session = fixture.open();
        const auto receipt = confirmCrop(*session, groupWith(*session, stamp(1)), kBox);
        PS_CHECK_ERROR(ErrorCode::Conflict, receipt);
        QVERIFY(contentCounts(fixture.census()) == contentCounts(finalized));
        QVERIFY(exists(fixture, "ws/__crop/" + image(1, "2", 1))); // image and sidecar wait where they were
        QCOMPARE(cropRecords(fixture), "[[200, 200, 1600, 900, \"pending\", null]]"s);
        session.reset();
        fixture.tools().cut = works;
        session = fixture.open();
        PS_CHECK_OK(undo(*session)); // it can be taken back
        QCOMPARE(differences(finalized, fixture.census()), ""s);
        PS_CHECK_OK(redo(*session));
        PS_CHECK_OK(confirmCrop(*session, groupWith(*session, stamp(1)), kBox)); // or confirmed once more
        QVERIFY(exists(fixture, "ws/__cropped/" + image(1, "2", 1)));
        QCOMPARE(cropRecords(fixture), "[[200, 200, 1600, 900, \"verified\", \"__cropped/" + image(1, "2", 1) + "\"]]");
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(finalized, fixture.census()), ""s);
    }
};

QTEST_GUILESS_MAIN(TestReview)
#include "tst_review.moc"
