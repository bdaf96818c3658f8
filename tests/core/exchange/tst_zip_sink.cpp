// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "tests/core/exchange/sink_helpers.h"
#include "tests/support/python.h"
#include "tests/support/small_disk.h"

#include <QObject>

#include <sys/stat.h>
#include <unistd.h>

using namespace ps;
using namespace ps::test;

namespace {

constexpr const char* kListing = R"(
import hashlib, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    broken = archive.testzip()
    rows = [[i.filename, i.file_size, i.compress_type, i.external_attr >> 16, list(i.date_time), i.create_system,
             bool(i.flag_bits & 0x800), bool(i.flag_bits & 8), hashlib.sha256(archive.read(i)).hexdigest()]
            for i in archive.infolist()]
print(json.dumps({"broken": broken, "rows": rows}))
)";

Json listingOf(const std::string& path)
{
    return must(parseJson(runPython(kListing, {path})));
}

std::string noise(std::size_t count)
{
    std::string bytes(count, '\0');
    std::uint32_t state = 1;
    for (char& c : bytes) {
        state = state * 1664525 + 1013904223;
        c = static_cast<char>(state >> 24);
    }
    return bytes;
}

/// Writes the same release into a new archive; what it holds is in `files`.
void writeRelease(const TempFolder& folder, std::string_view name, std::vector<ReleaseFile>& files)
{
    const auto sink = zipSinkAt(folder.pathOf(name));
    recordFiles(*sink, files);
    must(addText(*sink, "data.yaml", "names: [crop]\n"));
    const UniqueFd picture = must(sink->scratchFile());
    must(writeAll(picture.get(), noise(2'500'000)));
    must(sink->copyFile("images/train/\xC3\xA4pfel.jpg", picture.get(), {}));
    must(sink->beginFile("labels/train/\xC3\xA4pfel.txt"));
    for (int i = 0; i < 40'000; ++i)
        must(sink->write("0 0.500000 0.500000 0.250000 0.250000\n"));
    const UniqueFd table = must(sink->scratchFile());
    must(writeAll(table.get(), std::string(1'500'000, ',')));
    must(sink->copyFile("decisions.csv", table.get(), {}));
    must(addText(*sink, "empty.txt", ""));
    must(sink->finish());
}

} // namespace

class TestZipSink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadByPython();
    void isTheSameTwice();
    void staysWithinItsMemory();
    void refusesPathsAndGoesOn();
    void oneBitIsNoticed();
    void fullDiskIsAnErrorThatStays();
    void aStoppedCopyEndsTheArchive();
    void nothingFollowsTheEnd();
};

void TestZipSink::isReadByPython()
{
    const TempFolder folder;
    std::vector<ReleaseFile> files;
    writeRelease(folder, "a.zip", files);
    const Json listing = listingOf(folder.pathOf("a.zip"));
    QVERIFY(listing["broken"].isNull());
    const Json::Array& rows = listing["rows"].items();
    QCOMPARE(rows.size(), files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        const Json::Array& row = rows[i].items();
        QCOMPARE(row[0].toString(), files[i].path);
        QCOMPARE(row[1].toInteger(), files[i].sizeBytes);
        QCOMPARE(row[8].toString(), files[i].sha256);
        QCOMPARE(row[2].toInteger(), std::int64_t{endsWith(files[i].path, ".jpg") ? 0 : 8});
        QCOMPARE(row[3].toInteger(), std::int64_t{0100644});
        QCOMPARE(dumpJson(row[4]), std::string("[1980, 1, 1, 0, 0, 0]"));
        QCOMPARE(row[5].toInteger(), std::int64_t{3}); // Unix, without which readers ignore the permissions
        QCOMPARE(row[6].toBool(), true);
        QCOMPARE(row[7].toBool(), false); // sizes stand in front
    }
    QCOMPARE(files[1].sha256, sha256Hex(noise(2'500'000)));
}

void TestZipSink::isTheSameTwice()
{
    const TempFolder folder;
    std::vector<ReleaseFile> files;
    writeRelease(folder, "a.zip", files);
    ::setenv("TZ", "Asia/Kolkata", 1);
    writeRelease(folder, "b.zip", files);
    ::unsetenv("TZ");
    QVERIFY(folder.read("a.zip") == folder.read("b.zip"));
}

void TestZipSink::staysWithinItsMemory()
{
    // Heads are completed after their data were written: once within the buffer, and once when it has left for the disk.
    const TempFolder folder;
    const std::string piece = noise(700'000);
    std::vector<ReleaseFile> files;
    {
        const auto sink = zipSinkAt(folder.pathOf("a.zip"));
        recordFiles(*sink, files);
        PS_CHECK_OK(sink->beginFile("large.bin"));
        for (int i = 0; i < 8; ++i)
            PS_CHECK_OK(sink->write(piece));
        for (int i = 0; i < 300; ++i)
            PS_CHECK_OK(addText(*sink, "small/" + std::to_string(i) + ".txt", std::to_string(i)));
        PS_CHECK_OK(sink->finish());
    }
    const Json listing = listingOf(folder.pathOf("a.zip"));
    QVERIFY(listing["broken"].isNull());
    QCOMPARE(listing["rows"].items().size(), 301U);
    QCOMPARE(listing["rows"].items()[0].items()[8].toString(), files[0].sha256);
    QCOMPARE(listing["rows"].items()[300].items()[8].toString(), sha256Hex("299"));
}

void TestZipSink::refusesPathsAndGoesOn()
{
    const TempFolder folder;
    const auto sink = zipSinkAt(folder.pathOf("a.zip"));
    PS_CHECK_OK(addText(*sink, "BMW/a.txt", "1"));
    PS_CHECK_ERROR(ErrorCode::Refused, sink->beginFile("../a.txt"));
    PS_CHECK_ERROR(ErrorCode::Refused, sink->beginFile("NUL"));
    PS_CHECK_ERROR(ErrorCode::InvalidInput, sink->beginFile("bmw/b.txt"));
    const UniqueFd scratch = must(sink->scratchFile());
    PS_CHECK_ERROR(ErrorCode::InvalidInput, sink->copyFile("BMW/A.txt", scratch.get(), {}));
    PS_CHECK_OK(addText(*sink, "BMW/b.txt", "2"));
    PS_CHECK_OK(sink->finish());
    QCOMPARE(listingOf(folder.pathOf("a.zip"))["rows"].items().size(), 2U);
}

void TestZipSink::oneBitIsNoticed()
{
    const TempFolder folder;
    std::vector<ReleaseFile> files;
    writeRelease(folder, "a.zip", files);
    std::string bytes = folder.read("a.zip");
    bytes[1'000'000] = static_cast<char>(bytes[1'000'000] ^ 4); // inside the picture
    folder.write("b.zip", bytes);
    const std::string broken = runPython("import sys, zipfile\nprint(zipfile.ZipFile(sys.argv[1]).testzip())",
                                         {folder.pathOf("b.zip")});
    QCOMPARE(std::string(trimmed(broken)), std::string("images/train/\xC3\xA4pfel.jpg"));
}

void TestZipSink::fullDiskIsAnErrorThatStays()
{
    const SmallDisk disk(std::size_t{8} << 20);
    QVERIFY(disk.isMounted());
    const TempFolder originals;
    originals.write("large.jpg", noise(12 << 20));
    const UniqueFd original = must(openFileBeneath(originals.handle()->get(), "large.jpg"));
    const auto sink = zipSinkAt(disk.pathOf("a.zip"));
    std::vector<ReleaseFile> files;
    recordFiles(*sink, files);
    PS_CHECK_OK(addText(*sink, "small.txt", "fits"));
    PS_CHECK_ERROR(ErrorCode::NoSpace, sink->copyFile("large.jpg", original.get(), {}));
    PS_CHECK_ERROR(ErrorCode::NoSpace, sink->beginFile("other.txt"));
    PS_CHECK_ERROR(ErrorCode::NoSpace, sink->finish());
    QCOMPARE(files.size(), 1U);

    // An archive that fits but for its end: only finish() can know.
    const SmallDisk tight(std::size_t{4} << 20);
    const auto last = zipSinkAt(tight.pathOf("b.zip"));
    PS_CHECK_OK(addText(*last, "a.txt", "fits in the buffer"));
    tight.fillUpTo(0);
    PS_CHECK_ERROR(ErrorCode::NoSpace, last->finish());
}

void TestZipSink::aStoppedCopyEndsTheArchive()
{
    const TempFolder folder;
    const auto sink = zipSinkAt(folder.pathOf("a.zip"));
    const UniqueFd scratch = must(sink->scratchFile());
    must(writeAll(scratch.get(), noise(3 << 20)));
    std::stop_source source;
    source.request_stop();
    PS_CHECK_ERROR(ErrorCode::Cancelled, sink->copyFile("a.jpg", scratch.get(), source.get_token()));
    PS_CHECK_ERROR(ErrorCode::Cancelled, sink->finish());
}

void TestZipSink::nothingFollowsTheEnd()
{
    const TempFolder folder;
    const auto sink = zipSinkAt(folder.pathOf("a.zip"));
    PS_CHECK_OK(sink->finish());
    PS_CHECK_ERROR(ErrorCode::Internal, sink->beginFile("late.txt"));
    QVERIFY(listingOf(folder.pathOf("a.zip"))["rows"].items().empty());
}

QTEST_GUILESS_MAIN(TestZipSink)
#include "tst_zip_sink.moc"
