// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/job_queue.h"
#include "core/worker/quarantine.h"

#include <QTest>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace ps;

class TestJobQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orderIsPriorityThenAge()
    {
        JobQueue<std::string> queue;
        queue.push(Priority::Background, "b1");
        queue.push(Priority::Ahead, "a1");
        queue.push(Priority::Visible, "v1");
        queue.push(Priority::Ahead, "a2");
        queue.push(Priority::Visible, "v2");
        std::string order;
        for (int i = 0; i < 5; ++i)
            order += queue.pop({})->job + ' ';
        QCOMPARE(order, std::string("v1 v2 a1 a2 b1 "));
    }

    void cancelledJobsComeMarkedAndFirst()
    {
        JobQueue<std::string> queue;
        queue.push(Priority::Visible, "stays");
        const JobId gone = queue.push(Priority::Background, "goes");
        QVERIFY(queue.cancel(gone));
        QVERIFY(!queue.cancel(gone));
        QVERIFY(!queue.cancel(12345));
        const auto first = queue.pop({});
        QCOMPARE(first->job, std::string("goes"));
        QVERIFY(first->isCancelled);
        QVERIFY(!queue.pop({})->isCancelled);
    }

    void cancelAllTakesOnePriority()
    {
        JobQueue<int> queue;
        for (int i = 0; i < 10; ++i)
            queue.push(i % 2 ? Priority::Ahead : Priority::Background, i);
        QCOMPARE(queue.cancelAll(Priority::Ahead), std::size_t{5});
        const auto counts = queue.waitingCounts();
        QCOMPARE(counts[1], std::size_t{0});
        QCOMPARE(counts[2], std::size_t{5});
        for (int i = 0; i < 5; ++i)
            QVERIFY(queue.pop({})->isCancelled);
        QVERIFY(!queue.pop({})->isCancelled);
    }

    void closedQueueRunsOut()
    {
        JobQueue<int> queue;
        queue.push(Priority::Visible, 1);
        queue.close();
        queue.push(Priority::Visible, 2);
        QVERIFY(queue.isClosed());
        QVERIFY(queue.pop({})->isCancelled);
        QVERIFY(queue.pop({})->isCancelled);
        QVERIFY(!queue.pop({}));
    }

    void stopWakesAWaitingThread()
    {
        JobQueue<int> queue;
        std::atomic<bool> gotNothing = false;
        {
            std::jthread waiting([&](std::stop_token stop) { gotNothing = !queue.pop(stop).has_value(); });
        }
        QVERIFY(gotNothing);
    }

    void everyJobIsHandedOutOnce()
    {
        JobQueue<std::unique_ptr<int>> queue; // moved, never copied
        constexpr int kCount = 20'000;
        std::vector<std::atomic<int>> seen(kCount);
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 3; ++t)
                threads.emplace_back([&] {
                    while (auto entry = queue.pop({}))
                        ++seen[static_cast<std::size_t>(*entry->job)];
                });
            for (int i = 0; i < kCount; ++i) {
                const JobId id = queue.push(static_cast<Priority>(i % 3), std::make_unique<int>(i));
                if (i % 7 == 0)
                    queue.cancel(id);
            }
            queue.close();
        }
        for (const auto& count : seen)
            QCOMPARE(count.load(), 1);
    }

    void quarantineStartsAtTheSecondDeath()
    {
        Quarantine quarantine;
        QVERIFY(!quarantine.reason("a"));
        QVERIFY(!quarantine.noteDeath("a", "first"));
        QVERIFY(!quarantine.reason("a"));
        QVERIFY(quarantine.noteDeath("a", "second"));
        QCOMPARE(*quarantine.reason("a"), std::string("second"));
        QCOMPARE(quarantine.count(), std::size_t{1});
        QVERIFY(!quarantine.reason("b"));
        quarantine.clear();
        QVERIFY(!quarantine.reason("a"));
    }

    void anAnswerForgivesOneDeath()
    {
        Quarantine quarantine;
        quarantine.noteDeath("a", "first");
        quarantine.noteAnswer("a");
        QVERIFY(!quarantine.noteDeath("a", "again"));
        QVERIFY(!quarantine.noteDeath("", "no key"));
        QVERIFY(!quarantine.noteDeath("", "no key"));
    }
};

QTEST_GUILESS_MAIN(TestJobQueue)
#include "tst_job_queue.moc"
