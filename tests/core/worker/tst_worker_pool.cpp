// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/pool.h"

#include "core/worker/self_test.h"
#include "tests/support/processes.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <atomic>
#include <csignal>
#include <future>
#include <random>

using namespace ps;
using namespace std::chrono_literals;

namespace {

WorkerPool::Options fakePool(const std::string& mode, std::size_t workerCount = 1)
{
    WorkerPool::Options options;
    options.program.path = test::testProgramPath("ps_fake_worker");
    options.program.environment = {"PS_FAKE=" + mode};
    options.workerCount = workerCount;
    return options;
}

WorkerPool::Options realPool(std::size_t workerCount = 1)
{
    WorkerPool::Options options;
    options.program.path = test::programPath("proofsheet-worker");
    options.program.environment = {std::string(kSelfTestVariable) + "=1"};
    options.workerCount = workerCount;
    return options;
}

WorkerRequest request(std::string body, std::string itemKey = {}, std::chrono::milliseconds timeLimit = 5s)
{
    WorkerRequest request;
    request.itemKey = std::move(itemKey);
    request.body = std::move(body);
    request.timeLimit = timeLimit;
    return request;
}

WorkerRequest selfTest(SelfTest test, std::string itemKey = {}, std::chrono::milliseconds timeLimit = 5s)
{
    WorkerRequest result = request(std::string(1, static_cast<char>(test)), std::move(itemKey), timeLimit);
    result.operation = kSelfTestOperation;
    return result;
}

std::future<Result<std::string>> submit(WorkerPool& pool, WorkerRequest request, Priority priority = Priority::Visible,
                                        JobId* id = nullptr)
{
    auto promise = std::make_shared<std::promise<Result<std::string>>>();
    auto future = promise->get_future();
    const JobId job = pool.submit(priority, std::move(request), {},
                                  [promise](Result<std::string> answer) { promise->set_value(std::move(answer)); });
    if (id)
        *id = job;
    return future;
}

Result<std::string> ask(WorkerPool& pool, WorkerRequest request)
{
    return submit(pool, std::move(request)).get();
}

ErrorCode codeOf(const Result<std::string>& answer)
{
    return answer ? ErrorCode::Internal : answer.error().code;
}

} // namespace

class TestWorkerPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_descriptorsBefore = test::openDescriptorCount(); }
    void cleanup()
    {
        QCOMPARE(test::openDescriptorCount(), m_descriptorsBefore);
        QVERIFY(test::hasNoChildren());
    }

    void answersAndReportsItsHealth()
    {
        WorkerPool pool(fakePool({}, 2));
        QCOMPARE(pool.health().aliveCount, std::size_t{0}); // nothing is started before it is needed
        QCOMPARE(*ask(pool, request("hello")), std::string("hello"));
        const PoolHealth health = pool.health();
        QCOMPARE(health.workerCount, std::size_t{2});
        QCOMPARE(health.aliveCount, std::size_t{1});
        QCOMPARE(health.restartCount, std::uint64_t{0});
        QCOMPARE(health.sandbox, std::string("none (fake)"));
    }

    void eagerPoolStartsItsWorkers()
    {
        WorkerPool::Options options = fakePool({}, 2);
        options.startsEagerly = true;
        WorkerPool pool(options);
        QTRY_COMPARE(pool.health().aliveCount, std::size_t{2});
    }

    void manyJobsAreAllAnswered()
    {
        WorkerPool pool(fakePool({}, 2));
        std::vector<std::future<Result<std::string>>> answers;
        for (int i = 0; i < 1000; ++i)
            answers.push_back(submit(pool, request(std::to_string(i)), static_cast<Priority>(i % 3)));
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(*answers[static_cast<std::size_t>(i)].get(), std::to_string(i));
    }

    void aSingleDeathIsRetriedOnAFreshWorker()
    {
        test::TempFolder folder;
        WorkerPool pool(fakePool({}));
        const std::string body = "kill-once:" + folder.write("alive", "");
        QCOMPARE(*ask(pool, request(body, "item")), body);
        QCOMPARE(pool.health().restartCount, std::uint64_t{1});
        QCOMPARE(pool.health().quarantinedCount, std::size_t{0});
    }

    void twoDeathsQuarantineTheItemAndNothingElse()
    {
        WorkerPool pool(fakePool({}));
        const auto first = ask(pool, request("kill", "poison"));
        QVERIFY(codeOf(first) == ErrorCode::WorkerCrashed);
        QVERIFY2(first.error().message.find("signal 9") != std::string::npos, first.error().message.c_str());
        QCOMPARE(pool.health().quarantinedCount, std::size_t{1});

        const auto restartsBefore = pool.health().restartCount;
        const auto second = ask(pool, request("harmless now", "poison"));
        QVERIFY(codeOf(second) == ErrorCode::WorkerCrashed);
        QVERIFY(second.error().message.find("quarantine") != std::string::npos);
        QCOMPARE(pool.health().restartCount, restartsBefore); // it was not sent
        QCOMPARE(*ask(pool, request("fine", "other")), std::string("fine"));

        pool.clearQuarantine();
        QCOMPARE(*ask(pool, request("harmless now", "poison")), std::string("harmless now"));
    }

    void requestsWithoutAnItemAreNotRepeated()
    {
        WorkerPool pool(fakePool({}));
        QVERIFY(codeOf(ask(pool, request("kill"))) == ErrorCode::WorkerCrashed);
        QCOMPARE(pool.health().quarantinedCount, std::size_t{0});
        QCOMPARE(*ask(pool, request("next")), std::string("next"));
    }

    void deadlineKillsTheWorker()
    {
        WorkerPool pool(realPool());
        QVERIFY(ask(pool, selfTest(SelfTest::Echo)));
        const auto start = std::chrono::steady_clock::now();
        const auto answer = ask(pool, selfTest(SelfTest::Hang, "slow", 200ms));
        const auto took = std::chrono::steady_clock::now() - start;
        QVERIFY(codeOf(answer) == ErrorCode::Timeout);
        QVERIFY(answer.error().message.find("200 ms") != std::string::npos);
        QVERIFY(took >= 200ms);
        QVERIFY(took < 2s);
        QCOMPARE(*ask(pool, selfTest(SelfTest::Echo)), std::string("echo 0")); // the next one is answered at once
    }

    void twoTimeoutsQuarantineToo()
    {
        WorkerPool pool(realPool());
        QVERIFY(codeOf(ask(pool, selfTest(SelfTest::Hang, "slow", 50ms))) == ErrorCode::Timeout);
        QVERIFY(codeOf(ask(pool, selfTest(SelfTest::Hang, "slow", 50ms))) == ErrorCode::Timeout);
        QVERIFY(codeOf(ask(pool, selfTest(SelfTest::Echo, "slow"))) == ErrorCode::WorkerCrashed);
    }

    void stoppedWorkerMissesItsDeadline()
    {
        WorkerPool pool(fakePool({}));
        QVERIFY(codeOf(ask(pool, request("stop", "item", 200ms))) == ErrorCode::Timeout);
        QCOMPARE(*ask(pool, request("next")), std::string("next"));
    }

    void lyingWorkers_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("garbage") << "answer-garbage";
        QTest::newRow("another request's id") << "answer-wrong-id";
        QTest::newRow("a request") << "answer-request";
        QTest::newRow("descriptors") << "answer-descriptors";
    }
    void lyingWorkers()
    {
        QFETCH(QString, mode);
        WorkerPool pool(fakePool(mode.toStdString()));
        QVERIFY(codeOf(ask(pool, request("x", "item"))) == ErrorCode::WorkerCrashed);
        QVERIFY(codeOf(ask(pool, request("y", "other"))) == ErrorCode::WorkerCrashed);
    }

    void secondAnswerIsNeverTakenForTheNextRequest()
    {
        WorkerPool pool(fakePool("answer-twice"));
        QCOMPARE(*ask(pool, request("first")), std::string("first"));
        QTest::qWait(50); // the extra answer has arrived: that worker is done with
        QCOMPARE(*ask(pool, request("second")), std::string("second"));
        QCOMPARE(pool.health().restartCount, std::uint64_t{1});
    }

    void floodEndsAtTheDeadline()
    {
        WorkerPool pool(fakePool("flood"));
        QVERIFY(codeOf(ask(pool, request("x", "item", 300ms))) == ErrorCode::Timeout);
    }

    void idleDeathIsNobodysFault()
    {
        WorkerPool pool(fakePool("exit-when-idle"));
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(*ask(pool, request("x", "item")), std::string("x"));
            QTest::qWait(30);
        }
        QCOMPARE(pool.health().quarantinedCount, std::size_t{0});
        QCOMPARE(pool.health().restartCount, std::uint64_t{4});
    }

    void workerThatCannotStartGivesAnErrorEachTime()
    {
        WorkerPool pool(fakePool("hello-build"));
        QVERIFY(codeOf(ask(pool, request("x", "item"))) == ErrorCode::VersionMismatch);
        QVERIFY(codeOf(ask(pool, request("x", "item"))) == ErrorCode::VersionMismatch);
        QCOMPARE(pool.health().quarantinedCount, std::size_t{0});
    }

    void deathsInARowAreFollowedByPauses()
    {
        WorkerPool pool(fakePool("exit-early"));
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < 3; ++i) // each tries two starts
            QVERIFY(!ask(pool, request("x")));
        QVERIFY(std::chrono::steady_clock::now() - start >= 50ms + 100ms + 200ms + 400ms);
    }

    void failuresAreHandedThrough()
    {
        WorkerPool pool(realPool());
        const auto answer = ask(pool, selfTest(SelfTest::ThrowException));
        QVERIFY(codeOf(answer) == ErrorCode::Internal);
        QVERIFY(answer.error().message.find("planted exception") != std::string::npos);
        QCOMPARE(*ask(pool, selfTest(SelfTest::SendLogFrames)), std::string("done"));
        QCOMPARE(pool.health().restartCount, std::uint64_t{0});
    }

    void oversizedRequestIsRefusedBeforeItIsSent()
    {
        WorkerPool pool(fakePool({}));
        QVERIFY(codeOf(ask(pool, request(std::string(kMaxFrameBytes, 'x'), "item"))) == ErrorCode::TooLarge);
        QCOMPARE(pool.health().restartCount, std::uint64_t{0});
    }

    void descriptorsReachTheWorkerAndAreClosedHere()
    {
        test::TempFolder folder;
        WorkerPool pool(realPool());
        std::vector<UniqueFd> descriptors;
        descriptors.push_back(test::openReadWrite(folder.write("a", "")));
        descriptors.push_back(test::openReadWrite(folder.write("b", "")));
        std::promise<Result<std::string>> promise;
        pool.submit(Priority::Visible, selfTest(SelfTest::Echo), std::move(descriptors),
                    [&](Result<std::string> answer) { promise.set_value(std::move(answer)); });
        QCOMPARE(*promise.get_future().get(), std::string("echo 2"));
    }

    void waitingJobsCanBeCancelled()
    {
        WorkerPool pool(realPool());
        auto running = submit(pool, selfTest(SelfTest::Hang, {}, 300ms));
        JobId id = 0;
        auto one = submit(pool, selfTest(SelfTest::Echo), Priority::Visible, &id);
        auto two = submit(pool, selfTest(SelfTest::Echo), Priority::Ahead);
        auto three = submit(pool, selfTest(SelfTest::Echo), Priority::Ahead);
        auto four = submit(pool, selfTest(SelfTest::Echo), Priority::Background);
        QTRY_COMPARE(pool.health().busyCount, std::size_t{1});
        QVERIFY(pool.cancel(id));
        QCOMPARE(pool.cancelAll(Priority::Ahead), std::size_t{2});
        QCOMPARE(pool.health().queuedCounts[2], std::size_t{1});
        QVERIFY(codeOf(running.get()) == ErrorCode::Timeout);
        QVERIFY(codeOf(one.get()) == ErrorCode::Cancelled);
        QVERIFY(codeOf(two.get()) == ErrorCode::Cancelled);
        QVERIFY(codeOf(three.get()) == ErrorCode::Cancelled);
        QVERIFY(four.get());
        QVERIFY(!pool.cancel(id));
    }

    void runningJobIsToldToStop()
    {
        WorkerPool pool(realPool());
        JobId id = 0;
        auto running = submit(pool, selfTest(SelfTest::HangUntilCancelled), Priority::Visible, &id);
        QTRY_COMPARE(pool.health().busyCount, std::size_t{1});
        QTest::qWait(50);
        QVERIFY(pool.cancel(id));
        QVERIFY(codeOf(running.get()) == ErrorCode::Cancelled);
        QCOMPARE(*ask(pool, selfTest(SelfTest::Echo)), std::string("echo 0"));
        QCOMPARE(pool.health().restartCount, std::uint64_t{0}); // the worker lives on
    }

    void destructorAnswersEverythingAndIsQuick()
    {
        std::vector<std::future<Result<std::string>>> answers;
        const auto start = std::chrono::steady_clock::now();
        {
            WorkerPool pool(realPool(2));
            for (int i = 0; i < 2; ++i)
                answers.push_back(submit(pool, selfTest(SelfTest::Hang, "item", 60s)));
            for (int i = 0; i < 100; ++i)
                answers.push_back(submit(pool, selfTest(SelfTest::Echo), static_cast<Priority>(i % 3)));
            QTRY_COMPARE(pool.health().busyCount, std::size_t{2});
            QTest::qWait(20);
        }
        QVERIFY(std::chrono::steady_clock::now() - start < 5s);
        for (auto& answer : answers)
            QVERIFY(codeOf(answer.get()) == ErrorCode::Cancelled);
    }

    void jobsOfSeveralRequestsAndExceptions()
    {
        WorkerPool pool(fakePool({}));
        std::promise<std::string> texts;
        WorkerJob job;
        auto text = std::make_shared<std::string>();
        job.run = [text](WorkerClient& client) -> Result<void> {
            PS_TRY(const std::string first, client.call(request("one")));
            PS_TRY(const std::string second, client.call(request("two")));
            *text = first + second;
            throw std::runtime_error("thrown in run");
        };
        job.done = [&, text](Result<void> outcome) {
            texts.set_value(*text + ": " + (outcome ? std::string() : outcome.error().message));
            throw std::runtime_error("thrown in done");
        };
        pool.submit(std::move(job));
        QCOMPARE(texts.get_future().get(), std::string("onetwo: exception in a worker job: thrown in run"));
        QCOMPARE(*ask(pool, request("still there")), std::string("still there"));
    }

    void randomKillsLoseNothing()
    {
        // M-4 of the threat model in small: workers are killed or stopped from outside while many jobs run.
        WorkerPool pool(fakePool("work", 2));
        std::atomic<int> answered = 0;
        constexpr int kJobs = 1500;
        for (int i = 0; i < kJobs; ++i) {
            // Every item is its own, so that nothing ends in quarantine by coincidence.
            pool.submit(Priority::Visible, request(std::to_string(i), "item " + std::to_string(i), 2s), {},
                        [&, i](Result<std::string> answer) {
                            if (answer ? *answer == std::to_string(i) : answer.error().code == ErrorCode::WorkerCrashed)
                                ++answered;
                        });
        }
        std::mt19937 random(7);
        for (int kills = 0; kills < 60 && answered < kJobs; ++kills) {
            // Between two kills at least one job must get through, or a slow machine would never get anywhere.
            const int before = answered;
            QTRY_VERIFY_WITH_TIMEOUT(answered > before || answered == kJobs, 10'000);
            QTest::qWait(static_cast<int>(random() % 5));
            const std::vector<pid_t> children = test::childProcesses();
            if (!children.empty())
                ::kill(children[random() % children.size()], random() % 4 == 0 ? SIGSEGV : SIGKILL);
        }
        QTRY_COMPARE_WITH_TIMEOUT(answered.load(), kJobs, 20'000);
        QVERIFY(pool.health().restartCount > 20);
    }

private:
    std::size_t m_descriptorsBefore = 0;
};

QTEST_GUILESS_MAIN(TestWorkerPool)
#include "tst_worker_pool.moc"
