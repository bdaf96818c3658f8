// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/batch_decide.h"
#include "tests/core/library/session_helpers.h"
#include "tests/support/decision_fixtures.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;

namespace {

constexpr BatchChoice kKeepSecond{Action::Approve, 1};
constexpr BatchChoice kRejectAll{Action::Reject, 0};

std::int64_t skippedFor(const BatchPlan& plan, BatchSkip reason)
{
    return plan.skipped[static_cast<std::size_t>(reason)];
}

std::int64_t before(const BatchPlan& plan, GroupState state)
{
    return plan.stateBefore[static_cast<std::size_t>(state)];
}

std::string keyOf(const ProjectSession& session, int number)
{
    return groupWith(session, stamp(number)).entry.key;
}

Result<BatchPlan> planOf(const ProjectSession& session, const BatchChoice& choice)
{
    return planBatch(session, keys(session), choice, {}, {});
}

} // namespace

class TestBatchDecide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePreviewIsWhatHappens()
    {
        const Mixed mixed;
        const BatchPlan plan = must(planOf(*mixed.session, kKeepSecond));
        QCOMPARE(plan.decided() + plan.skippedTotal(), std::ssize(keys(*mixed.session)));
        QCOMPARE(plan.firstDecisions(), 2);                    // 1 and 9
        QCOMPARE(plan.changesOfMind(), 2);                     // 2 and 3
        QCOMPARE(before(plan, GroupState::Rejected), 1);       // 2
        QCOMPARE(before(plan, GroupState::Approved), 1);       // 3, image 0
        QCOMPARE(skippedFor(plan, BatchSkip::AlreadySo), 1);   // 4
        QCOMPARE(skippedFor(plan, BatchSkip::Oversize), 1);    // 5
        QCOMPARE(skippedFor(plan, BatchSkip::Missing), 1);     // 6
        QCOMPARE(skippedFor(plan, BatchSkip::Unreadable), 1);  // 7
        QCOMPARE(skippedFor(plan, BatchSkip::Finalized), 1);   // 8
        QCOMPARE(skippedFor(plan, BatchSkip::NoSuchImage), 1); // the single
        const std::string untouched = namesOf(*mixed.session, 4);

        const BatchReceipt receipt = must(runBatch(*mixed.session, plan, {}, {}));
        QCOMPARE(receipt.decided, plan.decided());
        for (const int number : {1, 2, 3, 9}) {
            const GroupDetail group = groupWith(*mixed.session, stamp(number));
            QCOMPARE(group.entry.state, GroupState::Approved);
            QCOMPARE(group.row->integer("user_selected_index"), 1);
        }
        QCOMPARE(namesOf(*mixed.session, 4), untouched);
        QCOMPARE(groupWith(*mixed.session, stamp(6)).entry.state, GroupState::Undecided);
        QCOMPARE(must(planOf(*mixed.session, kKeepSecond)).decided(), 0);
    }

    void oneUndoTakesAllOfItBackToTheLastByte()
    {
        const Mixed mixed;
        const std::vector<std::string> rows = rowTexts(mixed.fixture.databasePath());
        must(runBatch(*mixed.session, must(planOf(*mixed.session, kRejectAll)), {}, {}));
        const std::vector<std::string> decided = rowTexts(mixed.fixture.databasePath());
        QVERIFY(decided != rows);
        QCOMPARE(must(nextUndo(*mixed.session))->kind, std::string(ledger_kind::kDecideMany));
        must(undo(*mixed.session));
        QCOMPARE(rowTexts(mixed.fixture.databasePath()), rows);
        QCOMPARE(groupWith(*mixed.session, stamp(2)).entry.state, GroupState::Rejected);
        QCOMPARE(groupWith(*mixed.session, stamp(1)).entry.state, GroupState::Undecided);
        must(redo(*mixed.session));
        QCOMPARE(rowTexts(mixed.fixture.databasePath()), decided);
        QVERIFY(verify(mixed.fixture.databasePath()).isSound());
    }

    void aRejectNeedsOneReadableImage()
    {
        const Mixed mixed;
        const BatchPlan plan = must(planOf(*mixed.session, kRejectAll));
        QCOMPARE(skippedFor(plan, BatchSkip::Missing), 0);
        QCOMPARE(skippedFor(plan, BatchSkip::NoSuchImage), 0);
        QCOMPARE(skippedFor(plan, BatchSkip::AlreadySo), 1); // 2
        must(runBatch(*mixed.session, plan, {}, {}));
        QCOMPARE(groupWith(*mixed.session, stamp(7)).entry.state, GroupState::Rejected);
    }

    void aRowThatChangedSinceThePreviewStopsEverything_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("a decided group is decided otherwise") << 3;
        QTest::newRow("an undecided group is decided") << 9;
    }

    void aRowThatChangedSinceThePreviewStopsEverything()
    {
        QFETCH(const int, number);
        const Mixed mixed;
        const BatchPlan plan = must(planOf(*mixed.session, kKeepSecond));
        decideGroup(*mixed.session, stamp(number), reject());
        const std::vector<std::string> rows = rowTexts(mixed.fixture.databasePath());
        const auto outcome = runBatch(*mixed.session, plan, {}, {});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Conflict);
        QCOMPARE(rowTexts(mixed.fixture.databasePath()), rows);
        QCOMPARE(must(nextUndo(*mixed.session))->groupKey, keyOf(*mixed.session, number));
    }

    void aFileThatChangedSinceThePreviewStopsEverything()
    {
        const Mixed mixed;
        const BatchPlan plan = must(planOf(*mixed.session, kKeepSecond));
        const std::vector<std::string> rows = rowTexts(mixed.fixture.databasePath());
        mixed.fixture.addFile(ProjectFixture::imageName(9, "1", 0), "other bytes, and more of them");
        const auto outcome = runBatch(*mixed.session, plan, {}, {});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Conflict);
        QCOMPARE(rowTexts(mixed.fixture.databasePath()), rows);
        QCOMPARE(skippedFor(must(planOf(*mixed.session, kKeepSecond)), BatchSkip::FileChanged), 1);
    }

    void aFinalizeSinceThePreviewStopsEverything()
    {
        const Mixed mixed;
        const BatchPlan plan = must(planOf(*mixed.session, kKeepSecond));
        finalizeAll(*mixed.session);
        const auto outcome = runBatch(*mixed.session, plan, {}, {});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Conflict);
        QCOMPARE(groupWith(*mixed.session, stamp(1)).entry.state, GroupState::Undecided);
    }

    void stoppingInTheMiddleChangesNothing()
    {
        const Mixed mixed;
        const BatchPlan plan = must(planOf(*mixed.session, kKeepSecond));
        const std::vector<std::string> rows = rowTexts(mixed.fixture.databasePath());
        std::stop_source stop;
        const auto stopAtTwo = [&stop](std::int64_t done) {
            if (done == 2)
                stop.request_stop();
        };
        const auto outcome = runBatch(*mixed.session, plan, stop.get_token(), stopAtTwo);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
        QCOMPARE(rowTexts(mixed.fixture.databasePath()), rows);
        QCOMPARE(planBatch(*mixed.session, keys(*mixed.session), kKeepSecond, stop.get_token(), {}).error().code,
                 ErrorCode::Cancelled);
    }

    void whatCannotBeABatchIsRefused()
    {
        const Mixed mixed;
        const std::vector<std::string> many(kMostBatchGroups + 1, keyOf(*mixed.session, 1));
        QCOMPARE(planBatch(*mixed.session, many, kKeepSecond, {}, {}).error().code, ErrorCode::Refused);
        QCOMPARE(planOf(*mixed.session, {Action::Crop, 0}).error().code, ErrorCode::Refused);
        QCOMPARE(runBatch(*mixed.session, {}, {}, {}).error().code, ErrorCode::Refused);
        const std::vector<std::string> unknown{"g_0000000000000000"};
        const BatchPlan plan = must(planBatch(*mixed.session, unknown, kKeepSecond, {}, {}));
        QCOMPARE(skippedFor(plan, BatchSkip::Gone), 1);
    }

private:
    /// One group for everything that can be the matter; see thePreviewIsWhatHappens().
    struct Mixed {
        Mixed()
        {
            for (const int number : {1, 2, 3, 4, 6, 8, 9})
                fixture.addGroup(number, {"1", "2"});
            fixture.addGroup(5, {"1", "1.5", "2", "2.5", "3"});
            fixture.addFile(ProjectFixture::imageName(7, "1", 0), "fine");
            fixture.addFile(ProjectFixture::imageName(7, "2", 1), "broken");
            fixture.addSingle("single.png");
            session = fixture.open();
            decideGroup(*session, stamp(8), approve(0));
            finalizeAll(*session);
            decideGroup(*session, stamp(2), reject());
            decideGroup(*session, stamp(3), approve(0));
            decideGroup(*session, stamp(4), approve(1));
            std::filesystem::remove(fixture.pathInImages(ProjectFixture::imageName(6, "2", 1)));
        }

        ProjectFixture fixture;
        std::unique_ptr<ProjectSession> session;
    };

    static std::string namesOf(const ProjectSession& session, int number)
    {
        return rowText(*groupWith(session, stamp(number)).row);
    }
};

QTEST_GUILESS_MAIN(TestBatchDecide)
#include "tst_batch_decide.moc"
