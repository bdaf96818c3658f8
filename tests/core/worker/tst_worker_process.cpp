// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/process.h"

#include "core/worker/exit_code.h"
#include "core/worker/self_test.h"
#include "tests/support/processes.h"
#include "tests/support/temp_folder.h"

#include <QLoggingCategory>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace ps;
using namespace std::chrono_literals;

namespace {

WorkerProgram fakeWorker(const std::string& mode)
{
    WorkerProgram program;
    program.path = test::testProgramPath("ps_fake_worker");
    program.environment = {"PS_FAKE=" + mode};
    program.helloTimeout = 2000ms;
    return program;
}

WorkerProgram realWorker()
{
    WorkerProgram program;
    program.path = test::programPath("proofsheet-worker");
    program.environment = {std::string(kSelfTestVariable) + "=1"};
    return program;
}

Result<std::string> ask(WorkerProcess& process, SelfTest test)
{
    PS_TRY_VOID(process.channel().send(
        {FrameType::Request, 1, encodeRequest({kSelfTestOperation, 0, std::string(1, static_cast<char>(test))})}, {},
        deadlineIn(5s)));
    PS_TRY(ReceivedFrame answer, process.channel().receive(deadlineIn(5s)));
    if (answer.frame.type == FrameType::Failed)
        return decodeFailed(answer.frame.payload);
    return answer.frame.payload;
}

bool exists(pid_t pid)
{
    return ::kill(pid, 0) == 0;
}

} // namespace

class TestWorkerProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_descriptorsBefore = test::openDescriptorCount(); }
    void cleanup()
    {
        QCOMPARE(test::openDescriptorCount(), m_descriptorsBefore);
        QVERIFY(test::hasNoChildren()); // no process and no zombie is left behind
    }

    void startsSaysHelloAndEnds()
    {
        pid_t pid = 0;
        {
            auto process = WorkerProcess::start(realWorker());
            QVERIFY2(process, process ? "" : process.error().describe().c_str());
            pid = (*process)->pid();
            QVERIFY(exists(pid));
            QCOMPARE(std::string((*process)->hello().buildId), std::string(buildId()));
            QVERIFY(!(*process)->hello().sandbox.empty());
            QCOMPARE(*ask(**process, SelfTest::Echo), std::string("echo 0"));
        }
        QVERIFY(!exists(pid));
    }

    void failuresToStart_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        const int io = static_cast<int>(ErrorCode::Io);
        const int version = static_cast<int>(ErrorCode::VersionMismatch);
        QTest::newRow("dies at once") << "exit-early" << io << "exit code 70";
        QTest::newRow("says nothing") << "silent" << io << "no answer within the limit";
        QTest::newRow("says garbage") << "hello-garbage" << io << "wrong magic";
        QTest::newRow("says something else") << "hello-missing" << io << "Ping instead of Hello";
        QTest::newRow("other build") << "hello-build" << version << "0.0.0-other";
        QTest::newRow("other protocol") << "hello-protocol" << version << "protocol 99";
    }
    void failuresToStart()
    {
        QFETCH(QString, mode);
        QFETCH(int, code);
        QFETCH(QString, part);
        const auto process = WorkerProcess::start(fakeWorker(mode.toStdString()));
        QVERIFY(!process);
        QCOMPARE(static_cast<int>(process.error().code), code);
        QVERIFY2(QString::fromStdString(process.error().message).contains(part), process.error().message.c_str());
    }

    void missingProgramIsReported()
    {
        WorkerProgram program;
        program.path = "/nonexistent/worker";
        const auto process = WorkerProcess::start(program);
        QVERIFY(!process);
        QVERIFY(process.error().code == ErrorCode::Io); // not NotFound: that would be read as a missing picture
        QVERIFY(process.error().describe().find("/nonexistent/worker") != std::string::npos);
    }

    void deathIsExplained()
    {
        auto process = WorkerProcess::start(realWorker());
        QVERIFY(process);
        QVERIFY(!ask(**process, SelfTest::Abort));
        const std::string ending = (*process)->reap(2s);
#ifndef __SANITIZE_ADDRESS__
        QCOMPARE(ending, std::string("killed by signal 6 (ABRT)"));
#endif
        QVERIFY(!ending.empty());
        QCOMPARE((*process)->reap(0ms), ending); // asking again is harmless
    }

    void killWorksFromAnotherThread()
    {
        auto process = WorkerProcess::start(realWorker());
        QVERIFY(process);
        std::jthread killer([&] {
            std::this_thread::sleep_for(30ms);
            (*process)->kill();
        });
        const auto answer = ask(**process, SelfTest::Hang);
        QVERIFY(!answer);
        QVERIFY(isGone(answer.error()));
        killer.join();
        QCOMPARE((*process)->reap(2s), std::string("killed by signal 9 (KILL)"));
        (*process)->kill(); // after the end: nobody else may be hit
    }

    void stoppedWorkerIsKilledAtTheEnd()
    {
        auto process = WorkerProcess::start(realWorker());
        QVERIFY(process);
        const pid_t pid = (*process)->pid();
        ::kill(pid, SIGSTOP);
        process->reset();
        QVERIFY(!exists(pid));
    }

    void workerDiesWithItsProgram()
    {
        // A child of ours starts a worker and is killed; the worker must follow although nobody tells it.
        int report[2];
        QCOMPARE(::pipe(report), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto process = WorkerProcess::start(realWorker());
            const pid_t worker = process ? (*process)->pid() : -1;
            (void)!::write(report[1], &worker, sizeof worker);
            for (;;)
                ::pause();
        }
        pid_t worker = -1;
        QCOMPARE(::read(report[0], &worker, sizeof worker), static_cast<ssize_t>(sizeof worker));
        QVERIFY(worker > 0);
        QVERIFY(exists(worker));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const auto isGoneOrZombie = [worker] {
            auto status = readFile("/proc/" + std::to_string(worker) + "/stat", 4096);
            return !status || status->find(") Z ") != std::string::npos;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isGoneOrZombie(), 2000);
        ::close(report[0]);
        ::close(report[1]);
    }

    void workerStartedByHandExplainsItself()
    {
        QProcess process;
        process.start(QString::fromStdString(test::programPath("proofsheet-worker")), {});
        QVERIFY(process.waitForFinished(5000));
        QCOMPARE(process.exitCode(), static_cast<int>(WorkerExit::NotAWorker));
        QVERIFY(process.readAllStandardError().contains("without a connection"));
    }

    void versionAnswersBeforeAnythingElse()
    {
        QProcess process;
        process.start(QString::fromStdString(test::programPath("proofsheet-worker")), {QStringLiteral("--version")});
        QVERIFY(process.waitForFinished(5000));
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardOutput().trimmed(),
                 QByteArray("proofsheet-worker ") + std::string(buildId()).c_str());
    }

    void standardErrorReachesTheLogCleaned()
    {
        QStringList lines;
        static QStringList* sink = nullptr;
        sink = &lines;
        QLoggingCategory::setFilterRules(QStringLiteral("proofsheet.worker.info=true"));
        const auto previous = qInstallMessageHandler(
            [](QtMsgType, const QMessageLogContext&, const QString& text) { sink->append(text); });
        {
            auto process = WorkerProcess::start(realWorker());
            QVERIFY(process);
            QVERIFY(ask(**process, SelfTest::WriteToLog));
            (*process)->drainLog();
        }
        qInstallMessageHandler(previous);
        QLoggingCategory::setFilterRules({});
        const QString text = lines.join(QLatin1Char('\n'));
        QVERIFY2(text.contains(QStringLiteral("first line")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("second line")));
        QVERIFY(!text.contains(QLatin1Char('\033')));
    }

    void everyExitCodeHasItsSentence()
    {
        for (const WorkerExit code :
             {WorkerExit::Done, WorkerExit::NotAWorker, WorkerExit::ParentGone, WorkerExit::VersionMismatch,
              WorkerExit::ProtocolError, WorkerExit::ConnectionLost, WorkerExit::Defect})
            QVERIFY(workerExitText(static_cast<int>(code)) != workerExitText(1));
    }

    void startAndEndHundredTimes()
    {
        for (int i = 0; i < 100; ++i)
            QVERIFY(WorkerProcess::start(fakeWorker({})));
    }

private:
    std::size_t m_descriptorsBefore = 0;
};

QTEST_GUILESS_MAIN(TestWorkerProcess)
#include "tst_worker_process.moc"
