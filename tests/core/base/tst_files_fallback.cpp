// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <linux/openat2.h>
#include <seccomp.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// Makes one system call fail in this process from now on, as in a container whose filter does not know it.
bool refuseSystemCall(int number, int errnoValue)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    const bool isLoaded = filter &&
                          seccomp_rule_add(filter, SCMP_ACT_ERRNO(static_cast<unsigned>(errnoValue)), number, 0) == 0 &&
                          seccomp_load(filter) == 0;
    seccomp_release(filter);
    return isLoaded;
}

/// Runs `work` in a child process without the system call. Returns what it complained of, "" when it was satisfied.
std::string inChildWithout(int systemCall, int errnoValue, const std::function<std::string()>& work)
{
    int ends[2];
    if (::pipe(ends) != 0)
        return "no pipe";
    const pid_t child = ::fork();
    if (child == 0) {
        const std::string complaint = refuseSystemCall(systemCall, errnoValue) ? work()
                                                                               : "the filter could not be loaded";
        discard(writeAll(ends[1], complaint), "then the exit code tells");
        ::_exit(complaint.empty() ? 0 : 1);
    }
    ::close(ends[1]);
    const UniqueFd reading(ends[0]);
    const auto complaint = readAll(reading.get(), 10'000);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!complaint || !complaint->empty())
        return complaint.value_or("no answer");
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? "" : "the child died";
}

std::string complainUnless(bool isFine, const std::string& what)
{
    return isFine ? "" : what + "\n";
}

/// The promises of contained opening, in short.
std::string checkContainment(const TempFolder& folder)
{
    const int fd = folder.handle()->get();
    const auto isRefused = [fd](const char* path) {
        const auto opened = openFileBeneath(fd, path);
        return !opened && opened.error().code == ErrorCode::Refused;
    };
    std::string complaints;
    complaints += complainUnless(readFileBeneath(fd, "sub/deep/file", 10).value_or("") == "mine",
                                 "a file below does not open");
    complaints += complainUnless(openFolderBeneath(fd, "sub/deep").has_value(), "a folder below does not open");
    complaints += complainUnless(isRefused("at_the_end"), "a link at the end is followed");
    complaints += complainUnless(!openFileBeneath(fd, "in_the_middle/secret"), "a link in the middle is followed");
    complaints += complainUnless(!openFolderBeneath(fd, "in_the_middle"), "a link to a folder is followed");
    complaints += complainUnless(isRefused("../x"), "a path leaves the folder");
    complaints += complainUnless(isRefused("pipe"), "a FIFO opens");
    return complaints;
}

} // namespace

/// Kernels and containers that lack openat2 or RENAME_NOREPLACE get the same guarantees by other means.
class TestFilesFallback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_outside.write("secret", "secret");
        m_folder.write("sub/deep/file", "mine");
        m_folder.makeSymlink("at_the_end", m_outside.pathOf("secret"));
        m_folder.makeSymlink("in_the_middle", m_outside.path());
        m_folder.makeFifo("pipe");
    }

    void theFilterTakesHold()
    {
        const std::string complaint = inChildWithout(SCMP_SYS(openat2), ENOSYS, [this]() -> std::string {
            open_how how{};
            how.flags = O_RDONLY;
            const long fd = ::syscall(SYS_openat2, m_folder.handle()->get(), "sub", &how, sizeof how);
            return complainUnless(fd < 0 && errno == ENOSYS, "openat2 still works");
        });
        QCOMPARE(complaint, ""s);
    }

    void containmentHoldsWithoutOpenat2_data()
    {
        QTest::addColumn<int>("errnoValue");
        QTest::newRow("an old kernel") << ENOSYS;
        QTest::newRow("a container's filter") << EPERM;
    }
    void containmentHoldsWithoutOpenat2()
    {
        QFETCH(const int, errnoValue);
        QCOMPARE(inChildWithout(SCMP_SYS(openat2), errnoValue, [this] { return checkContainment(m_folder); }), ""s);
    }

    void descriptorsAreGivenBackWithoutOpenat2()
    {
        const std::string complaint = inChildWithout(SCMP_SYS(openat2), ENOSYS, [this]() -> std::string {
            const std::size_t before = openDescriptorCount();
            for (int i = 0; i < 20; ++i)
                discard(readFileBeneath(m_folder.handle()->get(), "sub/deep/file", 10), "only the descriptors matter");
            return complainUnless(openDescriptorCount() == before, "descriptors leak");
        });
        QCOMPARE(complaint, ""s);
    }

    void renamingNeverReplacesWithoutRenameat2()
    {
        m_folder.write("from", "from");
        m_folder.write("taken", "taken");
        const std::string complaint = inChildWithout(SCMP_SYS(renameat2), EINVAL, [this]() -> std::string {
            const int fd = m_folder.handle()->get();
            const auto refused = renameNoReplace(fd, "from", fd, "taken");
            return complainUnless(!refused && refused.error().code == ErrorCode::AlreadyExists,
                                  "a name that is taken is no error") +
                   complainUnless(renameNoReplace(fd, "from", fd, "free").has_value(), "renaming fails") +
                   complainUnless(writeFileDurably(fd, "written", "x", Replace::Never).has_value(), "writing fails");
        });
        QCOMPARE(complaint, ""s);
        QCOMPARE(m_folder.read("taken"), "taken"s);
        QCOMPARE(m_folder.read("free"), "from"s);
        QVERIFY(!identifyBeneath(m_folder.handle()->get(), "from"));
    }

    void anFsyncThatFailsIsReportedAndLeavesNothing()
    {
        const std::string complaint = inChildWithout(SCMP_SYS(fsync), EIO, [this]() -> std::string {
            const auto written = writeFileDurably(m_folder.handle()->get(), "unsafe", "x", Replace::Never);
            return complainUnless(!written && written.error().code == ErrorCode::Io, "a failed fsync is no error");
        });
        QCOMPARE(complaint, ""s);
        QVERIFY(!identifyBeneath(m_folder.handle()->get(), "unsafe"));
    }

private:
    TempFolder m_outside;
    TempFolder m_folder;
};

QTEST_GUILESS_MAIN(TestFilesFallback)
#include "tst_files_fallback.moc"
