// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/pool.h"
#include "core/worker/sandbox.h"
#include "core/worker/self_test.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <fcntl.h>
#include <future>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ps;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitizerBuild = true;
#else
constexpr bool kIsSanitizerBuild = false;
#endif

namespace {

constexpr std::uint32_t bit(SandboxPart part)
{
    return static_cast<std::uint32_t>(part);
}

/// Runs `attempt` in a child that has entered only these parts and returns the errno that it met, 0 for success, -1
/// when the parts could not be entered.
template <typename Attempt>
int errnoInSandbox(std::uint32_t parts, Attempt&& attempt)
{
    const pid_t child = ::fork();
    if (child == 0) {
        SandboxOptions options;
        options.parts = parts;
        if (enterSandbox(options).active != parts)
            ::_exit(255);
        ::_exit(attempt() >= 0 ? 0 : errno);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -2;
    return code == 255 ? -1 : code;
}

int openForeignFile()
{
    return ::open("/etc/passwd", O_RDONLY);
}

int mapFiveGigabytes()
{
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    return ::mmap(nullptr, std::size_t{5} << 30, PROT_READ, flags, -1, 0) == MAP_FAILED ? -1 : 0;
}

bool kernelHasLandlock()
{
    return ::syscall(444, nullptr, 0, 1) >= 1;
}

} // namespace

class TestSandbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        WorkerPool::Options options;
        options.program.path = test::programPath("proofsheet-worker");
        options.program.environment = {std::string(kSelfTestVariable) + "=1"};
        options.workerCount = 1;
        m_pool = std::make_unique<WorkerPool>(options);
        QCOMPARE(ask(SelfTest::Echo), std::string("echo 0"));
    }
    void cleanupTestCase() { m_pool.reset(); }

    void reportNamesEveryLayer()
    {
        const PoolHealth health = m_pool->health();
        const SandboxReport report{health.sandboxMask, health.sandbox};
        qInfo("sandbox: %s (mask %u)", report.text.c_str(), report.active);
        QVERIFY(report.has(SandboxPart::NoNewPrivileges));
        QVERIFY(report.text.find("Landlock") != std::string::npos);
        QVERIFY(report.text.find("system call filter") != std::string::npos);
        if (kIsSanitizerBuild) {
            QVERIFY(report.text.find("off (sanitizer build)") != std::string::npos);
            return;
        }
        QVERIFY(report.has(SandboxPart::Limits));
        QVERIFY(report.has(SandboxPart::SystemCalls)); // every kernel that we support has it: missing is a failure
        QCOMPARE(report.has(SandboxPart::Landlock), kernelHasLandlock());
    }

    void attemptsAreDenied_data()
    {
        QTest::addColumn<int>("attempt");
        QTest::newRow("open a file") << static_cast<int>(SelfTest::OpenFile);
        QTest::newRow("create a file") << static_cast<int>(SelfTest::CreateFile);
        QTest::newRow("read the environment") << static_cast<int>(SelfTest::ReadEnvironment);
        QTest::newRow("stat") << static_cast<int>(SelfTest::Stat);
        QTest::newRow("internet socket") << static_cast<int>(SelfTest::Socket);
        QTest::newRow("local socket") << static_cast<int>(SelfTest::UnixSocket);
        QTest::newRow("execve") << static_cast<int>(SelfTest::Execute);
        QTest::newRow("ptrace") << static_cast<int>(SelfTest::Trace);
        QTest::newRow("fork") << static_cast<int>(SelfTest::Fork);
        QTest::newRow("signal the program") << static_cast<int>(SelfTest::SignalParent);
        QTest::newRow("executable memory") << static_cast<int>(SelfTest::MapExecutable);
        QTest::newRow("memfd") << static_cast<int>(SelfTest::MakeMemfd);
        QTest::newRow("more memory") << static_cast<int>(SelfTest::RaiseLimits);
    }
    void attemptsAreDenied()
    {
        QFETCH(int, attempt);
        if (kIsSanitizerBuild)
            return; // reportNamesEveryLayer() has checked that the worker says so
        const std::string verdict = ask(static_cast<SelfTest>(attempt));
        QVERIFY2(verdict.starts_with("denied: "), verdict.c_str());
    }

    void everyLayerHoldsByItself()
    {
        if (kIsSanitizerBuild)
            return;
        QCOMPARE(errnoInSandbox(0, openForeignFile), 0); // the control: without a layer it succeeds
        const std::uint32_t locked = bit(SandboxPart::NoNewPrivileges);
        if (kernelHasLandlock()) {
            const std::uint32_t landlock = locked | bit(SandboxPart::Landlock);
            QCOMPARE(errnoInSandbox(landlock, openForeignFile), EACCES);
            QCOMPARE(errnoInSandbox(landlock, [] { return ::mkdir("/tmp/proofsheet-escape", 0700); }), EACCES);
            QCOMPARE(errnoInSandbox(landlock, [] { return ::execl("/bin/true", "true", nullptr); }), EACCES);
            QCOMPARE(errnoInSandbox(landlock, [] { return ::getpid(); }), 0);
        }
        const std::uint32_t calls = locked | bit(SandboxPart::SystemCalls);
        QCOMPARE(errnoInSandbox(calls, openForeignFile), EPERM);
        QCOMPARE(errnoInSandbox(calls, [] { return ::socket(AF_INET, SOCK_STREAM, 0); }), EPERM);
        const std::uint32_t limits = bit(SandboxPart::Limits);
        QCOMPARE(errnoInSandbox(limits, openForeignFile), 0);
        QCOMPARE(errnoInSandbox(limits, mapFiveGigabytes), ENOMEM);
        QCOMPARE(errnoInSandbox(limits, [] { return ::dup2(0, 64); }), EBADF);
    }

    void memoryIsLimited()
    {
        if (kIsSanitizerBuild)
            return;
        const auto answer = tryToAsk(SelfTest::RunOutOfMemory);
        QVERIFY(!answer);
        QVERIFY(answer.error().code == ErrorCode::TooLarge);
        QVERIFY(answer.error().message.find("memory") != std::string::npos);
        QCOMPARE(ask(SelfTest::Echo), std::string("echo 0"));
    }

    void sandboxedWorkerCanStillDie()
    {
        // abort() needs signals to itself; a worker that could not die properly would hang until its deadline.
        const auto answer = tryToAsk(SelfTest::Abort);
        QVERIFY(!answer);
        QVERIFY(answer.error().code == ErrorCode::WorkerCrashed);
        if (!kIsSanitizerBuild)
            QVERIFY2(answer.error().message.find("ABRT") != std::string::npos, answer.error().message.c_str());
        QVERIFY(!tryToAsk(SelfTest::Segfault));
        QCOMPARE(ask(SelfTest::Echo), std::string("echo 0"));
    }

    void selfTestsNeedTheirVariable()
    {
        WorkerPool::Options options;
        options.program.path = test::programPath("proofsheet-worker");
        options.workerCount = 1;
        qputenv(kSelfTestVariable, "1"); // in the program's own environment, which workers do not get
        WorkerPool pool(options);
        const auto answer = tryToAsk(SelfTest::Echo, pool);
        qunsetenv(kSelfTestVariable);
        QVERIFY(!answer);
        QVERIFY(answer.error().code == ErrorCode::Unsupported);
    }

private:
    static Result<std::string> tryToAsk(SelfTest test, WorkerPool& pool)
    {
        std::promise<Result<std::string>> promise;
        WorkerRequest request;
        request.operation = kSelfTestOperation;
        request.body = std::string(1, static_cast<char>(test));
        pool.submit(Priority::Visible, std::move(request), {},
                    [&](Result<std::string> answer) { promise.set_value(std::move(answer)); });
        return promise.get_future().get();
    }
    Result<std::string> tryToAsk(SelfTest test) { return tryToAsk(test, *m_pool); }
    std::string ask(SelfTest test)
    {
        const auto answer = tryToAsk(test);
        return answer ? *answer : answer.error().describe();
    }

    std::unique_ptr<WorkerPool> m_pool;
};

QTEST_GUILESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
