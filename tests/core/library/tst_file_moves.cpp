// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/file_moves.h"
#include "tests/support/census.h"
#include "tests/support/checks.h"
#include "tests/support/small_disk.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

Place placeIn(const std::string& folder, const std::string& path)
{
    return {std::make_shared<const UniqueFd>(must(openFolder(folder))), path};
}

void writeFile(const std::string& path, const std::string& bytes, int mode = 0644)
{
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    must(writeAll(file.get(), bytes));
    const timespec times[2] = {{1'600'000'000, 5}, {1'600'000'001, 123'456'789}};
    QVERIFY(::fchmod(file.get(), static_cast<mode_t>(mode)) == 0 && ::futimens(file.get(), times) == 0);
}

FileIdentity identityAt(const Place& place)
{
    return must(identifyBeneath(place.rootFd(), place.path));
}

int modeOf(const std::string& path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? static_cast<int>(status.st_mode & 07777) : -1;
}

} // namespace

class TestFileMoves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(!m_other.path().empty(), "no second file system: neither /dev/shm is one nor may a tmpfs be mounted");
    }

    void init()
    {
        m_folder.emplace();
        m_second.emplace(m_other.path() + "/run");
        std::filesystem::create_directories(*m_second);
    }
    void cleanup() { std::filesystem::remove_all(*m_second); }

    void filesMoveWithModeAndTime_data() { eachDevice(); }
    void filesMoveWithModeAndTime()
    {
        const auto [from, to] = twoFolders();
        writeFile(from + "/caf\xE9.png", "bytes", 0640);
        std::filesystem::create_directories(to + "/deep");
        const Place source = placeIn(from, "caf\xE9.png");
        const Place target = placeIn(to, "deep/new.png");
        const FileIdentity before = identityAt(source);
        ChangedFolders changed;
        PS_CHECK_OK(moveFile(source, target, before, ".temporary", changed));
        PS_CHECK_OK(changed.sync());
        QVERIFY(takeCensus(from).empty() || from == to);
        QVERIFY(!std::filesystem::exists(from + "/caf\xE9.png"));
        QVERIFY(isUnchanged(before, identityAt(target)));
        QCOMPARE(modeOf(to + "/deep/new.png"), 0640);
        QCOMPARE(must(sha256At(target)).size(), std::size_t{64});
        QCOMPARE(takeCensus(to).size(), std::size_t{2}); // the folder and the file, no temporary one
    }

    void largeAndEmptyFilesMoveWhole_data() { eachDevice(); }
    void largeAndEmptyFilesMoveWhole()
    {
        const auto [from, to] = twoFolders();
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, (std::size_t{5} << 20U) + 3}) {
            writeFile(from + "/a", std::string(size, 'x') + (size > 1 ? "end" : ""));
            const Place source = placeIn(from, "a");
            const Place target = placeIn(to, "b");
            const std::string hash = must(sha256At(source));
            ChangedFolders changed;
            PS_CHECK_OK(moveFile(source, target, identityAt(source), ".temporary", changed));
            QCOMPARE(must(sha256At(target)), hash);
            std::filesystem::remove(to + "/b");
        }
    }

    void whatIsThereIsNeverReplaced_data() { eachDevice(); }
    void whatIsThereIsNeverReplaced()
    {
        const auto [from, to] = twoFolders();
        writeFile(from + "/a", "mine");
        writeFile(to + "/b", "theirs");
        std::filesystem::create_directories(to + "/folder");
        std::filesystem::create_symlink("nowhere", to + "/link");
        const Census beforeFrom = takeCensus(from);
        const Census beforeTo = takeCensus(to);
        const Place source = placeIn(from, "a");
        for (const char* name : {"b", "folder", "link"}) {
            ChangedFolders changed;
            PS_CHECK_ERROR(ErrorCode::AlreadyExists,
                           moveFile(source, placeIn(to, name), identityAt(source), ".temporary", changed));
        }
        QCOMPARE(differences(beforeFrom, takeCensus(from)), ""s);
        QCOMPARE(differences(beforeTo, takeCensus(to)), ""s);
    }

    void aChangedOrMissingSourceStaysWhereItIs_data() { eachDevice(); }
    void aChangedOrMissingSourceStaysWhereItIs()
    {
        const auto [from, to] = twoFolders();
        writeFile(from + "/a", "mine");
        const Place source = placeIn(from, "a");
        const Place target = placeIn(to, "b");
        FileIdentity expected = identityAt(source);
        expected.sizeBytes += 1;
        ChangedFolders changed;
        PS_CHECK_ERROR(ErrorCode::Conflict, moveFile(source, target, expected, ".temporary", changed));
        PS_CHECK_ERROR(ErrorCode::NotFound, moveFile(placeIn(from, "absent"), target, expected, ".temporary", changed));
        QVERIFY(!moveFile(source, placeIn(to, "no/folder/b"), identityAt(source), ".temporary", changed));
        QVERIFY(std::filesystem::exists(from + "/a"));
        QVERIFY(takeCensus(to).empty() || from == to);
    }

    void linksAndPipesAreNotMoved_data() { eachDevice(); }
    void linksAndPipesAreNotMoved()
    {
        const auto [from, to] = twoFolders();
        writeFile(from + "/a", "mine");
        std::filesystem::create_symlink("a", from + "/link");
        QCOMPARE(::mkfifo((from + "/pipe").c_str(), 0600), 0);
        ChangedFolders changed;
        const FileIdentity any = identityAt(placeIn(from, "a"));
        PS_CHECK_ERROR(ErrorCode::Refused,
                       moveFile(placeIn(from, "link"), placeIn(to, "b"), any, ".temporary", changed));
        PS_CHECK_ERROR(ErrorCode::Refused,
                       moveFile(placeIn(from, "pipe"), placeIn(to, "b"), any, ".temporary", changed));
        PS_CHECK_ERROR(ErrorCode::Refused, identifyIfThere(placeIn(from, "link")));
        QVERIFY(!std::filesystem::exists(to + "/b"));
    }

    void aLeftoverOfAnEarlierAttemptIsReplaced_data() { eachDevice(); }
    void aLeftoverOfAnEarlierAttemptIsReplaced()
    {
        const auto [from, to] = twoFolders();
        writeFile(from + "/a", "mine");
        writeFile(to + "/.temporary", "half of something");
        const Place source = placeIn(from, "a");
        ChangedFolders changed;
        PS_CHECK_OK(copyFile(source, placeIn(to, "copy"), ".temporary", changed));
        QVERIFY(!std::filesystem::exists(to + "/.temporary"));
        QCOMPARE(must(sha256At(placeIn(to, "copy"))), must(sha256At(source)));
        QVERIFY(isUnchanged(identityAt(source), identityAt(placeIn(to, "copy"))));
    }

    void aFullTargetLeavesTheSourceWhole()
    {
        const SmallDisk disk(1 << 20U);
        if (!disk.isMounted())
            QSKIP("only root can mount a small disk");
        const std::string from = m_folder->path();
        writeFile(from + "/a", std::string(3 << 20U, 'x'));
        const Census before = takeCensus(from);
        ChangedFolders changed;
        const Place source = placeIn(from, "a");
        PS_CHECK_ERROR(ErrorCode::NoSpace,
                       moveFile(source, placeIn(disk.path(), "b"), identityAt(source), ".temporary", changed));
        QCOMPARE(differences(before, takeCensus(from)), ""s);
        QVERIFY(takeCensus(disk.path()).empty());
    }

    void onlyTheExpectedFileIsRemoved()
    {
        const std::string from = m_folder->path();
        writeFile(from + "/a", "mine");
        const Place place = placeIn(from, "a");
        const FileIdentity identity = identityAt(place);
        FileIdentity other = identity;
        other.modifiedNs += 1;
        ChangedFolders changed;
        PS_CHECK_ERROR(ErrorCode::Conflict, removeFileIfSame(place, other, changed));
        QVERIFY(std::filesystem::exists(from + "/a"));
        PS_CHECK_OK(removeFileIfSame(place, identity, changed));
        QVERIFY(!std::filesystem::exists(from + "/a"));
        PS_CHECK_OK(removeFileIfSame(place, identity, changed)); // absent is no error
        PS_CHECK_OK(changed.sync());
    }

private:
    void eachDevice()
    {
        QTest::addColumn<bool>("isAcross");
        QTest::newRow("within a file system") << false;
        QTest::newRow("across file systems") << true;
    }

    std::pair<std::string, std::string> twoFolders()
    {
        QFETCH(const bool, isAcross);
        std::filesystem::create_directories(m_folder->pathOf("from"));
        std::filesystem::create_directories(m_folder->pathOf("to"));
        return {m_folder->pathOf("from"), isAcross ? *m_second : m_folder->pathOf("to")};
    }

    OtherFileSystem m_other;
    std::optional<TempFolder> m_folder;
    std::optional<std::string> m_second;
};

QTEST_GUILESS_MAIN(TestFileMoves)
#include "tst_file_moves.moc"
