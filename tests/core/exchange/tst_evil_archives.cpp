// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/unpack_archive.h"
#include "tests/support/census.h"
#include "tests/support/checks.h"
#include "tests/support/processes.h"
#include "tests/support/python.h"
#include "tests/support/temp_folder.h"

#include <QObject>

#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <stdexcept>
#include <unistd.h>

using namespace ps;
using namespace ps::test;

namespace {

/// The limits of the tests: small ones, so that small bombs go off.
ArchiveLimits testLimits()
{
    ArchiveLimits limits;
    limits.maxEntries = 1000;
    limits.maxTotalBytes = std::int64_t{1} << 30;
    limits.maxEntryBytes = std::int64_t{1} << 29;
    limits.reserveBytes = 0;
    return limits;
}

/// A folder to unpack into, with things around it that must stay as they are.
class Scene
{
public:
    Scene()
    {
        m_folder.write("canary", "alive");
        m_folder.write("x", "an x that must stay");
        m_folder.write("target/.keep", "");
        ::unlink(m_folder.pathOf("target/.keep").c_str());
        m_before = takeCensus(m_folder.path());
    }

    Result<std::int64_t>
    unpack(const std::string& archivePath, const ArchiveLimits& limits = testLimits(),
           const UnpackWorker& worker = {programPath("proofsheet-worker"), {}, std::chrono::seconds(30)},
           std::stop_token stop = {})
    {
        const UniqueFd archive(::open(archivePath.c_str(), O_RDONLY | O_CLOEXEC));
        const UniqueFd target = must(openFolder(m_folder.pathOf("target")));
        return unpackArchiveWith(worker, archive.get(), target.get(), limits, {}, stop);
    }

    /// "" when nothing was written anywhere.
    std::string changes() const { return differences(m_before, takeCensus(m_folder.path())); }
    std::string read(const std::string& path) const { return m_folder.read("target/" + path); }
    const TempFolder& folder() const { return m_folder; }

private:
    TempFolder m_folder;
    Census m_before;
};

std::string program(const std::string& name)
{
    return must(readFile(std::string(std::getenv("PS_SOURCE_DIR")) + "/tests/core/exchange/" + name, 1 << 20));
}

UnpackWorker fake(const std::string& mode, std::chrono::milliseconds timeLimit = std::chrono::seconds(30))
{
    return {testProgramPath("ps_fake_archive_worker"), {"PS_FAKE=" + mode}, timeLimit};
}

} // namespace

class TestEvilArchives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEvilArchiveIsRefusedAndWritesNothing()
    {
        const TempFolder archives;
        const std::string list = runPython(program("evil_archives.py"), {archives.path()});
        std::vector<std::string> wrong;
        int count = 0;
        for (const std::string& line : split(trimmed(list), '\n')) {
            const std::size_t tab = line.find('\t');
            const std::string name = line.substr(0, tab);
            Scene scene;
            const auto outcome = scene.unpack(archives.pathOf(name));
            const std::string got = outcome ? "unpacked" : std::string(errorCodeName(outcome.error().code));
            if (got != line.substr(tab + 1))
                wrong.push_back(name + ": " + outcomeText(outcome) + ", expected " + line.substr(tab + 1));
            if (const std::string changes = scene.changes(); !changes.empty())
                wrong.push_back(name + " left " + changes);
            ++count;
        }
        QVERIFY2(wrong.empty(), join(wrong, "\n").c_str());
        QVERIFY(count >= 200);
        QVERIFY(hasNoChildren());
    }

    /// The control: what is refused above is not refused because everything is.
    void goodArchivesUnpack()
    {
        const TempFolder archives;
        const std::string list = runPython(program("good_archives.py"), {archives.path()});
        for (const std::string& line : split(trimmed(list), '\n')) {
            Scene scene;
            const auto outcome = scene.unpack(archives.pathOf(line));
            QVERIFY2(outcome.has_value(), (line + ": " + outcomeText(outcome)).c_str());
            QCOMPARE(scene.read("a.txt"), "first");
            QCOMPARE(scene.read("folder/\xC3\xA4 b.txt"), "second");
            QCOMPARE(scene.read("folder/deep/big.bin").size(), std::size_t{300'000});
            QCOMPARE(scene.read("inner.zip").substr(0, 2), "PK"); // is not opened
            QCOMPARE(*outcome, std::int64_t{5 + 6 + 300'000} + std::ssize(scene.read("inner.zip")));
        }
    }

    /// More than a zip can count without zip64.
    void manyEntriesUnpack()
    {
        constexpr const char* kProgram = "import sys, zipfile\n"
                                         "with zipfile.ZipFile(sys.argv[1], 'w') as archive:\n"
                                         "    for i in range(66000):\n"
                                         "        archive.writestr(f'{i // 1000}/{i}', b'x')\n";
        const TempFolder archives;
        runPython(kProgram, {archives.pathOf("many.zip")});
        Scene scene;
        ArchiveLimits limits;
        limits.reserveBytes = 0;
        const auto outcome = scene.unpack(archives.pathOf("many.zip"), limits);
        QVERIFY2(outcome.has_value(), outcomeText(outcome).c_str());
        QCOMPARE(*outcome, std::int64_t{66'000});
        QCOMPARE(scene.read("65/65999"), "x");
    }

    void aSecondUnpackingIntoTheSameFolderIsRefused()
    {
        const TempFolder archives;
        runPython(program("good_archives.py"), {archives.path()});
        Scene scene;
        PS_CHECK_OK(scene.unpack(archives.pathOf("deflated.zip")));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, scene.unpack(archives.pathOf("deflated.zip")));
        QCOMPARE(scene.read("a.txt"), "first");
    }

    void theNameOfTheBadEntryIsInTheError()
    {
        const TempFolder archives;
        runPython(program("evil_archives.py"), {archives.path()});
        Scene scene;
        const auto outcome = scene.unpack(archives.pathOf("zip-name-00.zip"));
        QVERIFY(!outcome && outcome.error().describe().find("../x") != std::string::npos);
    }

    void budgetsHold()
    {
        const TempFolder archives;
        runPython(program("good_archives.py"), {archives.path()});
        for (const char* name : {"deflated.zip", "pax.tar", "gnu.tar.gz"}) {
            const auto refusedBy = [&](auto change) {
                ArchiveLimits limits = testLimits();
                change(limits);
                Scene scene;
                const auto outcome = scene.unpack(archives.pathOf(name), limits);
                return !outcome && scene.changes().empty() ? std::string(errorCodeName(outcome.error().code)) : "no";
            };
            QCOMPARE(refusedBy([](ArchiveLimits& limits) { limits.maxEntries = 3; }), "TooLarge");
            QCOMPARE(refusedBy([](ArchiveLimits& limits) { limits.maxTotalBytes = 300'000; }), "TooLarge");
            QCOMPARE(refusedBy([](ArchiveLimits& limits) { limits.maxEntryBytes = 299'999; }), "TooLarge");
            QCOMPARE(refusedBy([](ArchiveLimits& limits) { limits.reserveBytes = std::int64_t{1} << 61; }), "NoSpace");
        }
    }

    void aLyingWorkerGetsNothingThrough_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<int>("code");
        const auto add = [](const char* mode, ErrorCode code) { QTest::newRow(mode) << QByteArray(mode) << int(code); };
        for (const char* mode :
             {"name:../x", "name:/tmp/x", "name:a//b", "name:..", "name:a\\b", "name:C:x", "name:", "name:a/../../x",
              "name:x\n", "folder:../x", "folder:/", "folder:.", "twice", "case", "file-folder"})
            add(mode, ErrorCode::Refused);
        for (const char* mode : {"more", "fewer", "fewer-then-next", "no-file", "into-folder", "folder-with-size",
                                 "behind-end", "nothing", "empty-piece", "endless-bytes"})
            add(mode, ErrorCode::Corrupt);
        for (const char* mode : {"huge", "sum", "endless-entries"})
            add(mode, ErrorCode::TooLarge);
        add("crash", ErrorCode::WorkerCrashed);
    }
    void aLyingWorkerGetsNothingThrough()
    {
        QFETCH(const QByteArray, mode);
        QFETCH(const int, code);
        Scene scene;
        const std::string archive = scene.folder().pathOf("canary");
        const auto outcome = scene.unpack(archive, testLimits(), fake(mode.toStdString()));
        PS_CHECK_ERROR(static_cast<ErrorCode>(code), outcome);
        QCOMPARE(scene.changes(), "");
    }

    void anHonestFakeIsBelieved()
    {
        Scene scene;
        PS_CHECK_OK(scene.unpack(scene.folder().pathOf("canary"), testLimits(), fake("good")));
        QCOMPARE(scene.read("a/b"), "abcd");
        QCOMPARE(scene.read("c"), "");
    }

    void aWorkerThatHangsIsKilled()
    {
        Scene scene;
        const auto outcome = scene.unpack(scene.folder().pathOf("canary"), testLimits(),
                                          fake("hang", std::chrono::milliseconds(300)));
        PS_CHECK_ERROR(ErrorCode::Timeout, outcome);
        QCOMPARE(scene.changes(), "");
        QVERIFY(hasNoChildren());
    }

    void randomAnswersWriteNothingOutside()
    {
        for (int round = 0; round < 40; ++round) {
            Scene scene;
            const auto outcome = scene.unpack(scene.folder().pathOf("canary"), testLimits(), fake("random-bytes"));
            if (!outcome)
                QCOMPARE(scene.changes(), "");
            QCOMPARE(scene.folder().read("canary"), "alive");
            QCOMPARE(scene.folder().read("x"), "an x that must stay");
        }
    }

    void cancellingLeavesNothing()
    {
        Scene scene;
        std::stop_source stop;
        stop.request_stop();
        const auto outcome = scene.unpack(scene.folder().pathOf("canary"), testLimits(), fake("good"),
                                          stop.get_token());
        PS_CHECK_ERROR(ErrorCode::Cancelled, outcome);
        QCOMPARE(scene.changes(), "");
    }

    void shardsAreUnpackedAndRead()
    {
        constexpr const char* kProgram =
            "import io, json, sys, tarfile\n"
            "for shard in range(2):\n"
            "    with tarfile.open(f'{sys.argv[1]}/train-00000{shard}.tar', 'w') as archive:\n"
            "        for i in range(3):\n"
            "            for name, data in ((f'k{i}.jpg', b'x'), (f'k{i}.json', json.dumps({'label': "
            "f'c{shard}{i}'}).encode())):\n"
            "                info = tarfile.TarInfo(name if i < int(sys.argv[2]) else '../' + name)\n"
            "                info.size = len(data)\n"
            "                archive.addfile(info, io.BytesIO(data))\n";
        const auto unpackAll = [&](const TempFolder& target, const std::string& goodCount) {
            const TempFolder dataset;
            runPython(kProgram, {dataset.path(), goodCount});
            if (must(recogniseDataset(dataset.handle()->get())) != ImportFormat::WebDataset)
                throw std::runtime_error("not recognised");
            if (!must(hasShards(dataset.handle()->get())))
                throw std::runtime_error("no shards");
            return unpackShards(programPath("proofsheet-worker"), dataset.handle()->get(), target.handle()->get(),
                                testLimits(), {}, {});
        };
        const TempFolder target;
        PS_CHECK_OK(unpackAll(target, "3"));
        std::vector<std::string> classes;
        ImportTaker taker;
        taker.image = [&](ImportedImage image) -> Result<void> {
            classes.push_back(image.path + " " + join(image.classes, ","));
            return {};
        };
        PS_CHECK_OK(readDataset(target.handle()->get(), ImportFormat::WebDataset, {}, taker, {}));
        QCOMPARE(classes.size(), std::size_t{6});
        QCOMPARE(classes[4], "train-000001/k1.jpg c11");

        const TempFolder other;
        const Census before = takeCensus(other.path());
        PS_CHECK_ERROR(ErrorCode::Refused, unpackAll(other, "2"));
        QCOMPARE(differences(before, takeCensus(other.path())), "");
    }

    void theWorkerForArchivesDoesNothingElse()
    {
        const UnpackWorker worker{programPath("proofsheet-worker"), {}, std::chrono::seconds(30)};
        WorkerProgram program;
        program.path = worker.path;
        program.environment = {std::string(kWorkerRoleVariable) + "=archives"};
        const auto process = must(WorkerProcess::start(program));
        QCOMPARE(process->hello().capabilities, std::vector<std::string>{"archives"});
    }
};

QTEST_GUILESS_MAIN(TestEvilArchives)
#include "tst_evil_archives.moc"
