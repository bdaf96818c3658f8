// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/zip_walk.h"
#include "tests/core/exchange/sink_helpers.h"
#include "tests/support/python.h"

#include <QObject>
#include <QStandardPaths>

#include <unistd.h>

using namespace ps;
using namespace ps::test;

namespace {

/// What is wrong with the entries of an archive by the reader of verifyRelease(), and how many there are.
std::vector<std::string> problemsOf(const std::string& path, std::int64_t& entryCount)
{
    std::vector<std::string> problems;
    std::string name;
    const ZipTaker taker{[&](const std::string& entry, std::int64_t) {
                             name = entry;
                             ++entryCount;
                             return Result<void>();
                         },
                         [](std::string_view) { return Result<void>(); },
                         [&](const std::string& problem) {
                             if (!problem.empty())
                                 problems.push_back(name + ": " + problem);
                             return Result<void>();
                         }};
    const UniqueFd file = openReadWrite(path);
    must(walkZip(file.get(), taker, {}));
    return problems;
}

} // namespace

/// Entries of more than 4 GiB, and entries that begin behind them. Slow: ten gigabytes go over the disk.
class TestZip64 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void largeEntriesAreRead();
    void numbersOfEntriesAroundTheLimit_data();
    void numbersOfEntriesAroundTheLimit();
};

void TestZip64::largeEntriesAreRead()
{
    constexpr off_t kBytes = off_t{4'400'000'000};
    const TempFolder folder;
    std::vector<ReleaseFile> files;
    {
        const auto sink = zipSinkAt(folder.pathOf("a.zip"));
        recordFiles(*sink, files);
        const UniqueFd sparse = must(sink->scratchFile());
        QVERIFY(::ftruncate(sparse.get(), kBytes) == 0);
        QVERIFY(::pwrite(sparse.get(), "end", 3, kBytes - 3) == 3);
        PS_CHECK_OK(addText(*sink, "before.txt", "first"));
        PS_CHECK_OK(sink->copyFile("large.jpg", sparse.get(), {})); // stored
        PS_CHECK_OK(addText(*sink, "behind.txt", "small"));
        PS_CHECK_OK(sink->finish());
    }
    QCOMPARE(files.at(1).sizeBytes, std::int64_t{kBytes});
    const std::string found = runPython("import sys, zipfile\n"
                                        "with zipfile.ZipFile(sys.argv[1]) as z:\n"
                                        "    print(z.testzip(), [(i.filename, i.file_size, i.header_offset > 2**32,\n"
                                        "          i.extract_version, i.create_version, i.create_system,\n"
                                        "          oct(i.external_attr >> 16)) for i in z.infolist()],\n"
                                        "          z.read('behind.txt'))",
                                        {folder.pathOf("a.zip")});
    // Readers that refuse newer versions of the format than they know read it too.
    if (!QStandardPaths::findExecutable(QStringLiteral("unzip")).isEmpty())
        runPython(
            "import subprocess, sys\nsubprocess.run([\"unzip\", \"-tqq\", sys.argv[1], \"behind.txt\"], check=True)",
            {folder.pathOf("a.zip")});
    QCOMPARE(std::string(trimmed(found)), std::string("None [('before.txt', 5, False, 20, 30, 3, '0o100644'), "
                                                      "('large.jpg', 4400000000, False, 45, 30, 3, '0o100644'), "
                                                      "('behind.txt', 5, True, 45, 30, 3, '0o100644')] b'small'"));
    std::int64_t entryCount = 0; // and what an export reads back must be sound to it
    QCOMPARE(problemsOf(folder.pathOf("a.zip"), entryCount), std::vector<std::string>());
    QCOMPARE(entryCount, std::int64_t{3});
}

void TestZip64::numbersOfEntriesAroundTheLimit_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {65534, 65535, 65536})
        QTest::addRow("%d", count) << count;
}

/// The end of an archive has 16 bits for the number, and its largest value has two meanings.
void TestZip64::numbersOfEntriesAroundTheLimit()
{
    QFETCH(const int, count);
    const TempFolder folder;
    {
        const auto sink = zipSinkAt(folder.pathOf("a.zip"));
        for (int i = 0; i < count; ++i)
            must(addText(*sink, std::to_string(i), "x"));
        must(sink->finish());
    }
    std::int64_t entryCount = 0;
    QCOMPARE(problemsOf(folder.pathOf("a.zip"), entryCount), std::vector<std::string>());
    QCOMPARE(entryCount, std::int64_t{count});
    QCOMPARE(std::string(trimmed(runPython("import sys, zipfile\nprint(len(zipfile.ZipFile(sys.argv[1]).infolist()))",
                                           {folder.pathOf("a.zip")}))),
             std::to_string(count));
}

QTEST_GUILESS_MAIN(TestZip64)
#include "tst_zip64.moc"
