// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/decide.h"
#include "core/decisions/decision_store.h"
#include "core/decisions/group_id.h"
#include "core/decisions/ledger.h"
#include "core/decisions/schema.h"
#include "tests/core/decisions/store_helpers.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/python.h"
#include "tests/support/small_disk.h"

#include <QTest>

#include <future>
#include <latch>
#include <mutex>
#include <thread>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

class TestDecisionStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAcknowledgedDecisionIsSeenByAnotherProcessAtOnce()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        for (int i = 0; i < 5; ++i) {
            const auto receipt = decideIn(*store, decisionAbout(i));
            PS_CHECK_OK(receipt);
            const std::string seen = runSqlElsewhere(fixture.databasePath(), {},
                                                     "SELECT user_action FROM ai_decisions WHERE group_id='" +
                                                         receipt->groupId + "'");
            QCOMPARE(seen, "[[\"approve\"]]"s);
        }
    }

    void theAcknowledgementComesAfterTheCommitAndOnce()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        std::atomic<int> acknowledged = 0;
        std::atomic<int> visible = 0;
        std::promise<void> done;
        for (int i = 0; i < 20; ++i) {
            store->submit(
                [i](StoreTransaction& t) -> Result<void> {
                    PS_TRY_VOID(applyDecision(t, decisionAbout(i)));
                    return {};
                },
                [&](Result<void> outcome) {
                    const Connection reader = must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly));
                    if (outcome && must(reader.queryInteger("SELECT count(*) FROM ai_decisions")) > acknowledged)
                        ++visible;
                    if (++acknowledged == 20)
                        done.set_value();
                });
        }
        done.get_future().wait();
        QCOMPARE(acknowledged.load(), 20);
        QCOMPARE(visible.load(), 20);
    }

    void listenersHearOfEveryRowBeforeTheAcknowledgement()
    {
        const StoreFixture fixture;
        StoreOptions options = fixture.options();
        std::vector<std::string> heard;
        options.onCommitted = [&](const std::vector<RowChange>& changes) {
            for (const RowChange& change : changes)
                heard.push_back(change.groupId + " " + change.groupKey + " " + (change.row ? "row" : "none"));
        };
        const auto store = DecisionStore::start(options);
        const DecisionRequest request = decisionAbout(1);
        const auto receipt = decideIn(*store, request);
        PS_CHECK_OK(receipt);
        QCOMPARE(heard, std::vector<std::string>{receipt->groupId + " " + request.groupKey + " row"});
        PS_CHECK_ERROR(ErrorCode::InvalidInput, decideIn(*store, decisionAbout(2, 5)));
        QCOMPARE(heard.size(), std::size_t{1});
    }

    void aJobThatChangesTooMuchToListSaysSo()
    {
        const StoreFixture fixture;
        StoreOptions options = fixture.options();
        std::size_t listed = 0;
        int unlistedCommits = 0;
        options.onCommitted = [&](const std::vector<RowChange>& changes) { listed += changes.size(); };
        options.onUnlistedCommit = [&] { ++unlistedCommits; };
        const auto store = DecisionStore::start(options);
        const auto change = [&](std::size_t count) {
            PS_CHECK_OK(store->run([&](StoreTransaction& transaction) -> Result<void> {
                for (std::size_t i = 0; i < count; ++i)
                    transaction.noteSuggestion("g_" + std::to_string(i), 0.5);
                return {};
            }));
        };
        change(StoreTransaction::kMaxListedChanges);
        QCOMPARE(listed, StoreTransaction::kMaxListedChanges);
        QCOMPARE(unlistedCommits, 0);
        change(StoreTransaction::kMaxListedChanges + 1);
        QCOMPARE(listed, StoreTransaction::kMaxListedChanges); // none of them, rather than some
        QCOMPARE(unlistedCommits, 1);
    }

    void aFailingJobTakesNothingElseWithIt()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        Gate gate(*store);
        auto first = submitDecision(*store, decisionAbout(1));
        std::promise<Result<void>> failed;
        store->submit(
            [](StoreTransaction& transaction) -> Result<void> {
                PS_TRY_VOID(applyDecision(transaction, decisionAbout(2))); // written, and then taken back
                return Error{ErrorCode::Refused, "changed my mind", {}, 0};
            },
            [&failed](Result<void> outcome) { failed.set_value(std::move(outcome)); });
        auto broken = submitDecision(*store, decisionAbout(3, 5));
        auto last = submitDecision(*store, decisionAbout(4));
        gate.open();
        PS_CHECK_OK(first.get());
        PS_CHECK_ERROR(ErrorCode::Refused, failed.get_future().get());
        PS_CHECK_ERROR(ErrorCode::InvalidInput, broken.get());
        PS_CHECK_OK(last.get());
        QCOMPARE(rowCount(fixture.databasePath()), "[[2]]"s);
        QCOMPARE(ledgerKinds(fixture.databasePath()), (std::vector<std::string>{"baseline:", "decide", "decide"}));
        expectSoundLedger(fixture.databasePath());
    }

    void jobsThatComeBeforeItIsReadyAreKept()
    {
        const StoreFixture fixture;
        const auto store = fixture.start();
        auto decision = submitDecision(*store, decisionAbout(1)); // no waiting for the backup
        PS_CHECK_OK(decision.get());
    }

    void whatIsQueuedAtTheEndIsFinished()
    {
        const StoreFixture fixture;
        std::vector<std::future<Result<DecisionReceipt>>> decisions;
        {
            const auto store = fixture.start();
            for (int i = 0; i < 1000; ++i)
                decisions.push_back(submitDecision(*store, decisionAbout(i)));
        }
        for (auto& decision : decisions)
            PS_CHECK_OK(decision.get());
        QCOMPARE(rowCount(fixture.databasePath()), "[[1000]]"s);
        expectSoundLedger(fixture.databasePath());
    }

    void manyThreadsMaySubmit()
    {
        const StoreFixture fixture;
        const auto store = fixture.start();
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t) {
                threads.emplace_back([&, t] {
                    for (int i = 0; i < 100; ++i)
                        failures += decideIn(*store, decisionAbout(t * 1000 + i)) ? 0 : 1;
                });
            }
        }
        QCOMPARE(failures.load(), 0);
        QCOMPARE(rowCount(fixture.databasePath()), "[[400]]"s);
        expectSoundLedger(fixture.databasePath());
    }

    void timesNeverRepeatAndNeverGoBack()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        std::vector<std::string> ids;
        std::vector<std::string> times;
        for (int i = 0; i < 6; ++i) {
            if (i == 3)
                fixture.clock().advance(std::chrono::hours(-5)); // somebody sets the clock
            DecisionRequest request = decisionAbout(i);
            request.position = 1;
            const auto receipt = must(decideIn(*store, request));
            ids.push_back(receipt.groupId);
            times.push_back(*receipt.row.text("timestamp"));
        }
        QVERIFY(std::ranges::is_sorted(times));
        QVERIFY(std::ranges::adjacent_find(times) == times.end());
        QVERIFY(std::ranges::adjacent_find(ids) == ids.end());
        QVERIFY(ids.front().starts_with("p1_group_20260301T100000"));
        QVERIFY(ids.front().ends_with("_batch001_img001"));
    }

    void anIdThatIsTakenIsNotTakenAgain()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const auto receipt = must(decideIn(*store, decisionAbout(1)));
        const UtcTime next = *parseTimestamp(*receipt.row.text("timestamp"));
        std::vector<std::string> taken;
        for (int i = 1; i <= 3; ++i)
            taken.push_back(
                insertStatement(makeGroupId("p1", next + std::chrono::microseconds(i), 1, 3), decisionAbout(100 + i)));
        runSqlElsewhere(fixture.databasePath(), taken);
        PS_CHECK_OK(decideIn(*store, decisionAbout(2)));
        QCOMPARE(rowCount(fixture.databasePath()), "[[5]]"s);
    }

    void theBatchOfAnIdCountsTheFinalizes()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(store->run([](StoreTransaction& t) {
            return t.connection().execute(
                "INSERT INTO ps_plans (kind, created_at) VALUES ('finalize', 't'), ('confirm crop', 't')");
        }));
        const auto receipt = must(decideIn(*store, decisionAbout(1)));
        QVERIFY2(receipt.groupId.ends_with("_batch002_img002"), receipt.groupId.c_str());
        QVERIFY(receipt.row.integer("batch_number") == 2);
    }

    void aChangeOfMindChangesOneRow()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const DecisionRequest request = decisionAbout(1);
        const auto first = must(decideIn(*store, request));
        DecisionRequest again = request;
        again.action = Action::Crop;
        again.crop = Crop{0.1, 0.1, 0.9, 0.9};
        fixture.clock().advance(std::chrono::seconds(9));
        const auto second = must(decideIn(*store, again)); // known by its key alone
        QCOMPARE(second.groupId, first.groupId);
        QVERIFY(*second.row.text("timestamp") > *first.row.text("timestamp"));
        again.groupId = first.groupId;
        again.expectedFingerprint = rowFingerprint(second.row);
        again.action = Action::Reject;
        again.crop = {};
        PS_CHECK_OK(decideIn(*store, again));
        QCOMPARE(rowCount(fixture.databasePath()), "[[1]]"s);
        QCOMPARE(runSqlElsewhere(fixture.databasePath(), {}, "SELECT user_action, final_crop_coords FROM ai_decisions"),
                 "[[\"reject\", null]]"s);
        QCOMPARE(ledgerKinds(fixture.databasePath()),
                 (std::vector<std::string>{"baseline:", "decide", "decide", "decide"}));
    }

    void aFullDiskRefusesAndWorksAgainWithRoom()
    {
        const SmallDisk disk(2 << 20U);
        if (!disk.isMounted())
            QSKIP("only root can mount a small disk");
        const StoreFixture fixture;
        StoreOptions options = fixture.options();
        options.databasePath = disk.pathOf("p1.db");
        must(createDecisionDatabase(options.databasePath));
        const auto store = DecisionStore::start(options);
        PS_CHECK_OK(decideIn(*store, decisionAbout(1)));
        disk.fillUpTo(8'000);
        bool isRefused = false;
        std::size_t accepted = 1;
        for (int i = 2; i < 40 && !isRefused; ++i) {
            const auto outcome = decideIn(*store, decisionAbout(i));
            isRefused = !outcome;
            if (outcome)
                ++accepted;
            else
                QVERIFY2(outcome.error().code == ErrorCode::NoSpace, outcomeText(outcome).c_str());
        }
        QVERIFY(isRefused);
        QVERIFY(store->status().state == StoreState::Working); // no restart is needed
        QCOMPARE(rowTexts(options.databasePath).size(), accepted);
        disk.makeRoom();
        PS_CHECK_OK(decideIn(*store, decisionAbout(50)));
        QCOMPARE(rowTexts(options.databasePath).size(), accepted + 1);
        expectSoundLedger(options.databasePath);
    }

    void aFailingDiskStopsTheWriting()
    {
        const StoreFixture fixture;
        StoreOptions options = fixture.options();
        std::vector<StoreState> states;
        options.onStatus = [&states](const StoreStatus& status) { states.push_back(status.state); };
        auto store = DecisionStore::start(options);
        PS_CHECK_OK(decideIn(*store, decisionAbout(1)));
        {
            Gate gate(*store);
            auto before = submitDecision(*store, decisionAbout(2));
            std::promise<Result<void>> failing;
            store->submit(
                [](StoreTransaction&) -> Result<void> { return Error{ErrorCode::Io, "disk I/O error", {}, 10}; },
                [&failing](Result<void> outcome) { failing.set_value(std::move(outcome)); });
            auto waiting = submitDecision(*store, decisionAbout(3));
            gate.open();
            PS_CHECK_ERROR(ErrorCode::Io, failing.get_future().get());
            QVERIFY(!before.get()); // of the same batch: not acknowledged
            QVERIFY(!waiting.get());
        }
        PS_CHECK_ERROR(ErrorCode::ReadOnly, decideIn(*store, decisionAbout(4)));
        PS_CHECK_ERROR(ErrorCode::ReadOnly, store->snapshotBeforeBulk());
        QVERIFY(store->status().state == StoreState::ReadOnly);
        QVERIFY(store->status().error && store->status().error->code == ErrorCode::Io);
        QVERIFY(std::ranges::find(states, StoreState::ReadOnly) != states.end());
        store.reset();
        QCOMPARE(rowCount(fixture.databasePath()), "[[1]]"s);
        PS_CHECK_OK(decideIn(*fixture.startReady(), decisionAbout(5))); // a new start looks again
    }

    void aRefusalThatLooksLikeADiskFailureStopsNothing()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        // No native code: a rule said so, not the system.
        PS_CHECK_ERROR(ErrorCode::ReadOnly, store->run([](StoreTransaction&) -> Result<void> {
            return Error{ErrorCode::ReadOnly, "a rule", {}, 0};
        }));
        PS_CHECK_OK(decideIn(*store, decisionAbout(1)));
    }

    void everyJobIsAnsweredAtTheEnd()
    {
        for (int round = 0; round < 6; ++round) {
            const StoreFixture fixture;
            std::vector<std::future<Result<DecisionReceipt>>> decisions;
            {
                const auto store = fixture.start();
                for (int i = 0; i < 5; ++i)
                    decisions.push_back(submitDecision(*store, decisionAbout(i)));
                if (round % 2 == 0)
                    PS_CHECK_OK(store->waitUntilReady());
            }
            for (auto& decision : decisions)
                PS_CHECK_OK(decision.get());
        }
    }
};

QTEST_GUILESS_MAIN(TestDecisionStore)
#include "tst_decision_store.moc"
