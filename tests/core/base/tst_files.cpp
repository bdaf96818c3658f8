// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/base/text.h"
#include "tests/support/census.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// While it lives no file of this process may grow beyond `bytes`, as on a full disk.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes) : m_handler(std::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &m_earlier);
        const rlimit limit{bytes, m_earlier.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_earlier);
        std::signal(SIGXFSZ, m_handler);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit m_earlier{};
    void (*m_handler)(int);
};

} // namespace

class TestFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyPathsBelowTheFolderAreContained_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("isContained");
        const auto row = [](const QByteArray& path, bool isContained) { QTest::newRow(path) << path << isContained; };
        row("a", true);
        row("a/b/c.png", true);
        row("...", true);
        row(".hidden", true);
        row("a/..b", true);
        row("caf\xE9", true);
        row("a\nb", true);
        row("", false);
        row(".", false);
        row("..", false);
        row("../a", false);
        row("a/../b", false);
        row("a/..", false);
        row("./a", false);
        row("/", false);
        row("/a", false);
        row("a//b", false);
        row("a/", false);
        row(QByteArray("a\0b", 3), false);
    }
    void onlyPathsBelowTheFolderAreContained()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const bool, isContained);
        const std::string text = path.toStdString();
        QCOMPARE(isContainedPath(text), isContained);
        if (isContained)
            return;
        const TempFolder folder;
        folder.write("a", "outside");
        PS_CHECK_ERROR(ErrorCode::Refused, openFileBeneath(folder.handle()->get(), text));
        if (!text.empty()) {
            PS_CHECK_ERROR(ErrorCode::Refused, openFolderBeneath(folder.handle()->get(), text));
            PS_CHECK_ERROR(ErrorCode::Refused, makeFoldersBeneath(folder.handle()->get(), text));
        }
    }

    void pathsAreTakenApartAndPutTogether()
    {
        QCOMPARE(std::string(parentPath("a/b/c")), "a/b"s);
        QCOMPARE(std::string(parentPath("c")), ""s);
        QCOMPARE(std::string(fileName("a/b/c.png")), "c.png"s);
        QCOMPARE(std::string(fileName("c.png")), "c.png"s);
        QCOMPARE(joinPath("a", "b"), "a/b"s);
        QCOMPARE(joinPath("a/", "b"), "a/b"s);
        QCOMPARE(joinPath("", "b"), "b"s);
        QCOMPARE(joinPath("a", ""), "a"s);
        QCOMPARE(joinPath("/", "b"), "/b"s);
    }

    void aFileBelowIsOpened()
    {
        const TempFolder folder;
        folder.write("sub/caf\xE9\n.png", "bytes");
        QCOMPARE(must(readFileBeneath(folder.handle()->get(), "sub/caf\xE9\n.png", 100)), "bytes"s);
        PS_CHECK_ERROR(ErrorCode::NotFound, openFileBeneath(folder.handle()->get(), "sub/absent"));
        PS_CHECK_ERROR(ErrorCode::NotFound, openFileBeneath(folder.handle()->get(), "absent/absent"));
        PS_CHECK_ERROR(ErrorCode::NotFound, openFileBeneath(folder.handle()->get(), "sub/caf\xE9\n.png/below"));
    }

    void linksAreRefusedInEveryPlace()
    {
        const TempFolder outside;
        outside.write("secret", "secret");
        const TempFolder folder;
        folder.write("real/file", "mine");
        folder.makeSymlink("at_the_end", outside.pathOf("secret"));
        folder.makeSymlink("in_the_middle", outside.path());
        folder.makeSymlink("to_itself", "to_itself");
        folder.makeSymlink("inside", "real/file"); // harmless, but nobody can tell for long
        folder.makeSymlink("dangling", "nowhere");
        const int fd = folder.handle()->get();
        for (const char* path : {"at_the_end", "in_the_middle/secret", "to_itself", "inside", "dangling"}) {
            const auto opened = openFileBeneath(fd, path);
            QVERIFY2(!opened && opened.error().code == ErrorCode::Refused, path);
        }
        PS_CHECK_ERROR(ErrorCode::Refused, identifyBeneath(fd, "at_the_end"));
        QVERIFY(!identifyBeneath(fd, "in_the_middle/secret"));
        QVERIFY(!openFolderBeneath(fd, "in_the_middle"));
        QVERIFY(!makeFoldersBeneath(fd, "in_the_middle/new"));
        QVERIFY(!std::filesystem::exists(outside.pathOf("new")));
        QCOMPARE(must(readFileBeneath(fd, "real/file", 100)), "mine"s); // the control: without a link it opens
    }

    void whatIsNoFileIsRefusedAndNeverWaitedFor()
    {
        const TempFolder folder;
        folder.makeFifo("pipe.png");
        folder.write("folder.png/x", "");
        const int fd = folder.handle()->get();
        PS_CHECK_ERROR(ErrorCode::Refused, openFileBeneath(fd, "pipe.png"));
        PS_CHECK_ERROR(ErrorCode::Refused, openFileBeneath(fd, "folder.png"));
        PS_CHECK_ERROR(ErrorCode::Refused, identifyBeneath(fd, "pipe.png"));
        PS_CHECK_ERROR(ErrorCode::Refused, identifyBeneath(fd, "folder.png"));
    }

    void theChosenFolderMayBeALink()
    {
        const TempFolder folder;
        folder.write("real/file", "x");
        folder.makeSymlink("link", folder.pathOf("real"));
        PS_CHECK_OK(openFolder(folder.pathOf("link")));
        PS_CHECK_ERROR(ErrorCode::NotFound, openFolder(folder.pathOf("absent")));
        PS_CHECK_ERROR(ErrorCode::NotFound, openFolder(folder.pathOf("real/file")));
    }

    void missingFoldersAreMadeAndNamed()
    {
        const TempFolder folder;
        folder.write("a/file", "");
        std::vector<std::string> created;
        PS_CHECK_OK(makeFoldersBeneath(folder.handle()->get(), "a/b/c", &created));
        QCOMPARE(created, (std::vector<std::string>{"a/b", "a/b/c"}));
        created.clear();
        PS_CHECK_OK(makeFoldersBeneath(folder.handle()->get(), "a/b/c", &created));
        QVERIFY(created.empty());
        QVERIFY(std::filesystem::is_directory(folder.pathOf("a/b/c")));
        QVERIFY(!makeFoldersBeneath(folder.handle()->get(), "a/file/d"));
    }

    void identityTellsAFileFromItsSuccessor()
    {
        const TempFolder folder;
        folder.write("a", "one");
        const FileIdentity first = must(identifyBeneath(folder.handle()->get(), "a"));
        QCOMPARE(first.sizeBytes, std::int64_t{3});
        const UniqueFd fd = must(openFileBeneath(folder.handle()->get(), "a"));
        QVERIFY(must(identify(fd.get())) == first);

        folder.write("b", "longer");
        std::filesystem::rename(folder.pathOf("b"), folder.pathOf("a"));
        const FileIdentity second = must(identifyBeneath(folder.handle()->get(), "a"));
        QVERIFY(!(second == first));
        QVERIFY(!isUnchanged(first, second));

        FileIdentity copied = second; // a workspace that was copied with its times
        copied.device += 1;
        copied.inode += 1;
        QVERIFY(isUnchanged(second, copied));
        copied.modifiedNs += 1;
        QVERIFY(!isUnchanged(second, copied));
        PS_CHECK_ERROR(ErrorCode::NotFound, identifyBeneath(folder.handle()->get(), "absent"));
    }

    void readingStopsAtTheLimit()
    {
        const TempFolder folder;
        folder.write("a", std::string(100'000, 'x'));
        QCOMPARE(must(readFileBeneath(folder.handle()->get(), "a", 100'000)).size(), std::size_t{100'000});
        PS_CHECK_ERROR(ErrorCode::TooLarge, readFileBeneath(folder.handle()->get(), "a", 99'999));
        QCOMPARE(must(readFile(folder.pathOf("a"), 100'000)).size(), std::size_t{100'000});
        PS_CHECK_ERROR(ErrorCode::NotFound, readFile(folder.pathOf("absent"), 1));
    }

    void readingAnEndlessFileStopsAtTheLimit()
    {
        PS_CHECK_ERROR(ErrorCode::TooLarge, readFile("/dev/zero", 1'000'000));
    }

    void aFileIsWrittenWholeOrReplacedWhole()
    {
        const TempFolder folder;
        const int fd = folder.handle()->get();
        PS_CHECK_OK(writeFileDurably(fd, "a", "one", Replace::Never));
        QCOMPARE(folder.read("a"), "one"s);
        PS_CHECK_ERROR(ErrorCode::AlreadyExists, writeFileDurably(fd, "a", "two", Replace::Never));
        QCOMPARE(folder.read("a"), "one"s);
        PS_CHECK_OK(writeFileDurably(fd, "a", "two", Replace::Atomic));
        QCOMPARE(folder.read("a"), "two"s);
        PS_CHECK_OK(writeFileDurably(folder.pathOf("b"), std::string("\0x", 2), Replace::Never));
        QCOMPARE(folder.read("b"), std::string("\0x", 2));
        QCOMPARE(takeCensus(folder.path()).size(), std::size_t{2});
    }

    void aReaderKeepsTheOldContentWhileItIsReplaced()
    {
        const TempFolder folder;
        folder.write("a", "old");
        const UniqueFd reader = must(openFileBeneath(folder.handle()->get(), "a"));
        PS_CHECK_OK(writeFileDurably(folder.handle()->get(), "a", "new and longer", Replace::Atomic));
        QCOMPARE(must(readAll(reader.get(), 100)), "old"s);
    }

    void aLinkIsReplacedAndNotWrittenThrough()
    {
        const TempFolder outside;
        outside.write("target", "untouched");
        const TempFolder folder;
        folder.makeSymlink("a", outside.pathOf("target"));
        PS_CHECK_ERROR(ErrorCode::AlreadyExists, writeFileDurably(folder.handle()->get(), "a", "x", Replace::Never));
        PS_CHECK_OK(writeFileDurably(folder.handle()->get(), "a", "x", Replace::Atomic));
        QCOMPARE(outside.read("target"), "untouched"s);
        QVERIFY(!std::filesystem::is_symlink(folder.pathOf("a")));
    }

    void failedWritesLeaveNothingBehind_data()
    {
        QTest::addColumn<bool>("isAtomic");
        QTest::newRow("never replacing") << false;
        QTest::newRow("atomic") << true;
    }
    void failedWritesLeaveNothingBehind()
    {
        QFETCH(const bool, isAtomic);
        const Replace replace = isAtomic ? Replace::Atomic : Replace::Never;
        const TempFolder folder;
        folder.write("target/inside", "kept"); // the target is a folder
        folder.write("file", "kept");
        const Census before = takeCensus(folder.path());
        const int fd = folder.handle()->get();
        QVERIFY(!writeFileDurably(fd, "target", "x", replace));
        QVERIFY(!writeFileDurably(fd, std::string(300, 'n'), "x", replace));
        PS_CHECK_ERROR(ErrorCode::Refused, writeFileDurably(fd, "../x", "x", replace));
        PS_CHECK_ERROR(ErrorCode::Refused, writeFileDurably(fd, "target/x", "x", replace));
        PS_CHECK_ERROR(ErrorCode::Refused, writeFileDurably(fd, "", "x", replace));
        PS_CHECK_ERROR(ErrorCode::NotFound, writeFileDurably(folder.pathOf("absent/x"), "x", replace));
        {
            const FileSizeLimit fullDisk(1000);
            PS_CHECK_ERROR(ErrorCode::NoSpace,
                           writeFileDurably(fd, isAtomic ? "file" : "new", std::string(5000, 'x'), replace));
        }
        QCOMPARE(differences(before, takeCensus(folder.path())), ""s);
        PS_CHECK_OK(writeFileDurably(fd, "new", std::string(5000, 'x'), replace)); // the control: with room it works
    }

    void aRepeatedWriteReplacesWhatACrashLeft()
    {
        const TempFolder folder;
        folder.write(".mine", "half of somethi");
        PS_CHECK_OK(writeFileDurably(folder.handle()->get(), "a", "something", Replace::Never, ".mine"));
        QCOMPARE(folder.read("a"), "something"s);
        QCOMPARE(takeCensus(folder.path()).size(), std::size_t{1});
    }

    void renamingNeverReplaces()
    {
        const TempFolder folder;
        folder.write("a", "a");
        folder.write("b", "b");
        folder.write("sub/c", "c");
        const int fd = folder.handle()->get();
        const UniqueFd sub = must(openFolderBeneath(fd, "sub"));
        PS_CHECK_ERROR(ErrorCode::AlreadyExists, renameNoReplace(fd, "a", fd, "b"));
        PS_CHECK_ERROR(ErrorCode::AlreadyExists, renameNoReplace(fd, "a", sub.get(), "c"));
        PS_CHECK_ERROR(ErrorCode::NotFound, renameNoReplace(fd, "absent", fd, "d"));
        QCOMPARE(folder.read("b"), "b"s);
        PS_CHECK_OK(renameNoReplace(fd, "a", sub.get(), "a"));
        QCOMPARE(folder.read("sub/a"), "a"s);
    }

    void removingTwiceIsNoError()
    {
        const TempFolder folder;
        folder.write("a", "a");
        folder.write("folder/x", "x");
        PS_CHECK_OK(removeFile(folder.handle()->get(), "a"));
        PS_CHECK_OK(removeFile(folder.handle()->get(), "a"));
        QVERIFY(!removeFile(folder.handle()->get(), "folder"));
        QVERIFY(std::filesystem::exists(folder.pathOf("folder/x")));
    }

    void temporaryNamesDiffer()
    {
        const std::string first = temporaryName();
        QVERIFY(first.starts_with(".proofsheet-"));
        QCOMPARE(first.size(), std::size_t{12 + 16});
        QVERIFY(temporaryName() != first);
    }

    void descriptorsAreGivenBack()
    {
        const TempFolder folder;
        folder.write("sub/a", "a");
        folder.makeFifo("pipe");
        const std::size_t before = openDescriptorCount();
        for (int i = 0; i < 50; ++i) {
            discard(readFileBeneath(folder.handle()->get(), "sub/a", 10), "only the descriptors matter");
            discard(openFileBeneath(folder.handle()->get(), "pipe"), "likewise");
            discard(makeFoldersBeneath(folder.handle()->get(), "x/y/z"), "likewise");
            discard(writeFileDurably(folder.handle()->get(), "sub", "x", Replace::Atomic), "likewise");
            UniqueFd moved = must(openFolder(folder.path()));
            UniqueFd other = std::move(moved);
            other = must(openFolder(folder.path()));
        }
        QCOMPARE(openDescriptorCount(), before);
    }

    void freeSpaceIsKnown()
    {
        const TempFolder folder;
        QVERIFY(must(freeSpaceBytes(folder.handle()->get())) > 0);
    }
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
