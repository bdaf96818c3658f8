// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/exchange/release_path.h"
#include "core/exchange/tar_writer.h"
#include "tests/core/exchange/sink_helpers.h"
#include "tests/support/python.h"
#include "tests/support/small_disk.h"

#include <QObject>

#include <sys/stat.h>
#include <unistd.h>

using namespace ps;
using namespace ps::test;

namespace {

constexpr const char* kTarListing = R"(
import json, sys, tarfile
rows = []
with tarfile.open(sys.argv[1]) as archive:
    for entry in archive:
        data = archive.extractfile(entry).read()
        rows.append([entry.name, entry.size, entry.mode, entry.mtime, entry.uid, len(data), data[:4].decode("latin-1")])
print(json.dumps(rows))
)";

/// The bytes of a tar archive that holds these.
std::string tarOf(const TempFolder& folder, const std::function<Result<void>(TarWriter&)>& fill)
{
    const auto sink = folderSinkIn(folder);
    must(sink->beginFile("shard.tar"));
    TarWriter writer(*sink);
    must(fill(writer));
    must(writer.finish());
    must(sink->finish());
    return folder.read("shard.tar");
}

} // namespace

class TestReleaseSink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesFilesAndTellsTheirHashes();
    void copiesWholeFiles();
    void linksOnlyWhenAskedTo();
    void refusesPathsThatAreNotPortable_data();
    void refusesPathsThatAreNotPortable();
    void refusesNamesThatMeetWhereCaseIsIgnored();
    void neverReplacesAFile();
    void fullDiskIsAnErrorThatStays();
    void aStoppedCopyIsNoFileOfTheRelease();
    void aFileThatShrinksIsAConflict();
    void tarIsReadByPython();
    void tarIsTheSameTwice();
};

void TestReleaseSink::writesFilesAndTellsTheirHashes()
{
    const TempFolder folder;
    const auto sink = folderSinkIn(folder);
    std::vector<ReleaseFile> files;
    recordFiles(*sink, files);
    const std::string large(3'000'001, 'x');
    PS_CHECK_OK(sink->beginFile("labels/train/a.txt"));
    PS_CHECK_OK(sink->write("0 0.5 "));
    PS_CHECK_OK(sink->write("0.5\n"));
    PS_CHECK_OK(sink->beginFile("large.bin")); // ends the first
    PS_CHECK_OK(sink->write("head"));
    PS_CHECK_OK(sink->write(large));
    PS_CHECK_OK(sink->write("tail"));
    PS_CHECK_OK(addText(*sink, "empty.txt", ""));
    PS_CHECK_OK(sink->finish());
    QCOMPARE(files.size(), 3U);
    QCOMPARE(files[0].path, std::string("labels/train/a.txt"));
    QCOMPARE(folder.read("labels/train/a.txt"), std::string("0 0.5 0.5\n"));
    QCOMPARE(folder.read("large.bin"), "head" + large + "tail");
    for (const ReleaseFile& file : files) {
        QCOMPARE(file.sizeBytes, static_cast<std::int64_t>(folder.read(file.path).size()));
        QCOMPARE(file.sha256, sha256Hex(folder.read(file.path)));
    }
    PS_CHECK_ERROR(ErrorCode::Internal, sink->beginFile("late.txt"));
}

void TestReleaseSink::copiesWholeFiles()
{
    const TempFolder folder;
    const TempFolder originals;
    const OtherFileSystem other;
    QVERIFY(!other.path().empty());
    const std::string bytes = std::string(5'000'000, 'p') + "end";
    originals.write("a.jpg", bytes);
    const std::string elsewhere = other.path() + "/ps-sink-original.jpg";
    {
        const UniqueFd file = openReadWrite(elsewhere);
        must(writeAll(file.get(), bytes));
    }
    const auto sink = folderSinkIn(folder);
    std::vector<ReleaseFile> files;
    recordFiles(*sink, files);
    const UniqueFd near = must(openFileBeneath(originals.handle()->get(), "a.jpg"));
    QVERIFY(::lseek(near.get(), 17, SEEK_SET) == 17); // no copy depends on the position
    PS_CHECK_OK(sink->copyFile("images/train/a.jpg", near.get(), {}));
    const UniqueFd far = openReadWrite(elsewhere);
    PS_CHECK_OK(sink->copyFile("images/train/b.jpg", far.get(), {}));
    const UniqueFd scratch = must(sink->scratchFile());
    must(writeAll(scratch.get(), "scratch"));
    PS_CHECK_OK(sink->copyFile("images/train/c.jpg", scratch.get(), {}));
    const UniqueFd empty = must(sink->scratchFile());
    PS_CHECK_OK(sink->copyFile("images/train/d.jpg", empty.get(), {}));
    PS_CHECK_OK(sink->finish());
    ::unlink(elsewhere.c_str());

    QCOMPARE(files.size(), 4U);
    QVERIFY(folder.read("images/train/a.jpg") == bytes);
    QVERIFY(folder.read("images/train/b.jpg") == bytes);
    QCOMPARE(files[0].sha256, sha256Hex(bytes));
    QCOMPARE(files[1].sha256, sha256Hex(bytes));
    QCOMPARE(files[2].sha256, sha256Hex("scratch"));
    QCOMPARE(files[3].sizeBytes, std::int64_t{0});
    QCOMPARE(::lseek(near.get(), 0, SEEK_CUR), off_t{17});
}

void TestReleaseSink::linksOnlyWhenAskedTo()
{
    const TempFolder originals;
    originals.write("a.jpg", "picture");
    const UniqueFd original = must(openFileBeneath(originals.handle()->get(), "a.jpg"));
    const auto inode = [](const std::string& path) {
        struct stat status{};
        return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
    };
    const TempFolder copies;
    const auto copying = folderSinkIn(copies);
    PS_CHECK_OK(copying->copyFile("a.jpg", original.get(), {}));
    QVERIFY(inode(copies.pathOf("a.jpg")) != inode(originals.pathOf("a.jpg")));

    const TempFolder links;
    const auto linking = folderSinkIn(links, {.hardLinks = true});
    std::vector<ReleaseFile> files;
    recordFiles(*linking, files);
    PS_CHECK_OK(linking->copyFile("x/a.jpg", original.get(), {}));
    QCOMPARE(inode(links.pathOf("x/a.jpg")), inode(originals.pathOf("a.jpg")));
    QCOMPARE(files.at(0).sha256, sha256Hex("picture"));
    // What a worker wrote has no name and is copied: the worker may hold it open.
    const UniqueFd scratch = must(linking->scratchFile());
    must(writeAll(scratch.get(), "upright"));
    PS_CHECK_OK(linking->copyFile("x/b.jpg", scratch.get(), {}));
    must(writeAll(scratch.get(), " and later"));
    QCOMPARE(links.read("x/b.jpg"), std::string("upright"));
}

void TestReleaseSink::refusesPathsThatAreNotPortable_data()
{
    QTest::addColumn<QByteArray>("path");
    const std::vector<QByteArray> paths{"",          "/a",       "../a",
                                        "a/../b",    "a//b",     "./a",
                                        "a/",        "CON",      "con.txt",
                                        "a/NUL.jpg", "lpt1",     "COM9.tar.gz",
                                        "a:b",       "a\\b",     "what?.jpg",
                                        "a*",        "pipe|",    "a\nb",
                                        "a.",        "a ",       " a",
                                        "a./b",      "\xff.jpg", QByteArray("a\0b", 3),
                                        "<b>",       "a\"b",     QByteArray(256, 'x')};
    for (std::size_t i = 0; i < paths.size(); ++i)
        QTest::addRow("%zu", i) << paths[i];
}

void TestReleaseSink::refusesPathsThatAreNotPortable()
{
    QFETCH(QByteArray, path);
    const TempFolder folder;
    const auto sink = folderSinkIn(folder);
    PS_CHECK_ERROR(ErrorCode::Refused, sink->beginFile({path.constData(), static_cast<std::size_t>(path.size())}));
    // The sink goes on: nothing was written.
    PS_CHECK_OK(addText(*sink, "console/comet/.hidden/\xC3\xA4.txt", "fine"));
    PS_CHECK_OK(sink->finish());
}

void TestReleaseSink::refusesNamesThatMeetWhereCaseIsIgnored()
{
    const TempFolder folder;
    const auto sink = folderSinkIn(folder);
    PS_CHECK_OK(addText(*sink, "BMW/a.jpg", "1"));
    PS_CHECK_ERROR(ErrorCode::InvalidInput, sink->beginFile("BMW/a.jpg"));
    PS_CHECK_ERROR(ErrorCode::InvalidInput, sink->beginFile("BMW/A.JPG"));
    PS_CHECK_ERROR(ErrorCode::InvalidInput, sink->beginFile("bmw/b.jpg"));
    PS_CHECK_ERROR(ErrorCode::InvalidInput, sink->beginFile("bmw"));
    PS_CHECK_ERROR(ErrorCode::InvalidInput, sink->beginFile("BMW/a.jpg/c.txt"));
    PS_CHECK_OK(addText(*sink, "BMW/b.jpg", "2"));
    // One letter as one character, and as a letter with an accent behind it.
    PS_CHECK_OK(addText(*sink, "\xC3\xA9.txt", "3"));
    PS_CHECK_ERROR(ErrorCode::InvalidInput, sink->beginFile("e\xCC\x81.txt"));
    PS_CHECK_OK(sink->finish());

    ReleasePathSet many;
    for (int i = 0; i < 20'000; ++i)
        PS_CHECK_OK(many.add("images/" + std::to_string(i) + ".jpg"));
    PS_CHECK_ERROR(ErrorCode::InvalidInput, many.add("images/19999.JPG"));
}

void TestReleaseSink::neverReplacesAFile()
{
    const TempFolder folder;
    folder.write("data.yaml", "somebody's");
    const auto sink = folderSinkIn(folder);
    PS_CHECK_ERROR(ErrorCode::AlreadyExists, sink->beginFile("data.yaml"));
    QCOMPARE(folder.read("data.yaml"), std::string("somebody's"));
    const TempFolder linked;
    const TempFolder elsewhere;
    linked.makeSymlink("images", elsewhere.path());
    QVERIFY(!folderSinkIn(linked)->beginFile("images/a.txt"));
    QVERIFY(::access(elsewhere.pathOf("a.txt").c_str(), F_OK) != 0);
}

void TestReleaseSink::fullDiskIsAnErrorThatStays()
{
    const SmallDisk disk(std::size_t{4} << 20);
    QVERIFY(disk.isMounted());
    const TempFolder originals;
    originals.write("large.jpg", std::string(8 << 20, 'x'));
    const UniqueFd original = must(openFileBeneath(originals.handle()->get(), "large.jpg"));
    const auto sink = must(openFolderSink(must(openFolder(disk.path()))));
    std::vector<ReleaseFile> files;
    recordFiles(*sink, files);
    PS_CHECK_OK(addText(*sink, "small.txt", "fits"));
    PS_CHECK_ERROR(ErrorCode::NoSpace, sink->copyFile("large.jpg", original.get(), {}));
    PS_CHECK_ERROR(ErrorCode::NoSpace, sink->beginFile("other.txt"));
    PS_CHECK_ERROR(ErrorCode::NoSpace, sink->finish());
    QCOMPARE(files.size(), 1U);
}

void TestReleaseSink::aStoppedCopyIsNoFileOfTheRelease()
{
    const TempFolder folder;
    const TempFolder originals;
    originals.write("a.jpg", std::string(3 << 20, 'x'));
    const UniqueFd original = must(openFileBeneath(originals.handle()->get(), "a.jpg"));
    const auto sink = folderSinkIn(folder);
    std::vector<ReleaseFile> files;
    recordFiles(*sink, files);
    std::stop_source source;
    source.request_stop();
    PS_CHECK_ERROR(ErrorCode::Cancelled, sink->copyFile("a.jpg", original.get(), source.get_token()));
    PS_CHECK_ERROR(ErrorCode::Cancelled, sink->finish());
    QVERIFY(files.empty());
}

void TestReleaseSink::aFileThatShrinksIsAConflict()
{
    const TempFolder folder;
    const auto sink = folderSinkIn(folder);
    const UniqueFd scratch = must(sink->scratchFile());
    must(writeAll(scratch.get(), "short"));
    PS_CHECK_OK(sink->beginFile("shard.tar"));
    TarWriter writer(*sink);
    PS_CHECK_ERROR(ErrorCode::Conflict, writer.addEntry("a.jpg", scratch.get(), 6));
}

void TestReleaseSink::tarIsReadByPython()
{
    const TempFolder folder;
    const std::string longName = std::string(90, 'a') + '/' + std::string(90, 'b') + ".jpg";
    const std::string veryLongName = std::string(120, 'c') + '/' + std::string(200, 'd') + ".jpg";
    const TempFolder originals;
    originals.write("a.jpg", "JFIF" + std::string(2'500'000, '\1'));
    const UniqueFd original = must(openFileBeneath(originals.handle()->get(), "a.jpg"));
    const std::string bytes = tarOf(folder, [&](TarWriter& writer) -> Result<void> {
        PS_TRY_VOID(writer.addEntry("0001.json", "{\"a\": 1}"));
        PS_TRY_VOID(writer.addEntry("0001.jpg", original.get(), 2'500'004));
        PS_TRY_VOID(writer.addEntry("empty.txt", ""));
        PS_TRY_VOID(writer.addEntry("gr\xC3\xBC\xC3\x9F.txt", "umlaut"));
        PS_TRY_VOID(writer.addEntry(longName, "long"));
        PS_TRY_VOID(writer.addEntry(veryLongName, "very long"));
        if (auto outcome = writer.addEntry("../out.txt", "x"); outcome || outcome.error().code != ErrorCode::Refused)
            return Error{ErrorCode::Internal, "a path that leaves the archive was taken", {}, 0};
        return {};
    });
    QCOMPARE(bytes.size() % 10'240, 0U);
    const std::string listing = runPython(kTarListing, {folder.pathOf("shard.tar")});
    const std::string facts = "420, 315532800, 0, ";
    QCOMPARE(trimmed(listing), "[[\"0001.json\", 8, " + facts + "8, \"{\\\"a\\\"\"], [\"0001.jpg\", 2500004, " + facts +
                                   "2500004, \"JFIF\"], [\"empty.txt\", 0, " + facts +
                                   "0, \"\"], [\"gr\\u00fc\\u00df.txt\", 6, " + facts + "6, \"umla\"], [\"" + longName +
                                   "\", 4, " + facts + "4, \"long\"], [\"" + veryLongName + "\", 9, " + facts +
                                   "9, \"very\"]]");
}

void TestReleaseSink::tarIsTheSameTwice()
{
    const TempFolder first;
    const TempFolder second;
    const auto fill = [](TarWriter& writer) { return writer.addEntry("k.cls", "1"); };
    QVERIFY(tarOf(first, fill) == tarOf(second, fill));
    QVERIFY(tarOf(TempFolder(), [](TarWriter& writer) { return writer.addEntry("k.cls", "2"); }) !=
            first.read("shard.tar"));
}

QTEST_GUILESS_MAIN(TestReleaseSink)
#include "tst_release_sink.moc"
