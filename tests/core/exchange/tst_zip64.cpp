// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/exchange/sink_helpers.h"
#include "tests/support/python.h"

#include <QObject>
#include <QStandardPaths>

#include <unistd.h>

using namespace ps;
using namespace ps::test;

/// Entries of more than 4 GiB, and entries that begin behind them. Slow: ten gigabytes go over the disk.
class TestZip64 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void largeEntriesAreRead();
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
        PS_CHECK_OK(sink->copyFile("large.jpg", sparse.get(), {})); // stored
        PS_CHECK_OK(addText(*sink, "behind.txt", "small"));
        PS_CHECK_OK(sink->finish());
    }
    QCOMPARE(files.at(0).sizeBytes, std::int64_t{kBytes});
    const std::string found = runPython("import sys, zipfile\n"
                                        "with zipfile.ZipFile(sys.argv[1]) as z:\n"
                                        "    print(z.testzip(), [(i.filename, i.file_size, i.header_offset > 2**32,\n"
                                        "          i.extract_version) for i in z.infolist()], z.read('behind.txt'))",
                                        {folder.pathOf("a.zip")});
    // Readers that refuse newer versions of the format than they know read it too.
    if (!QStandardPaths::findExecutable(QStringLiteral("unzip")).isEmpty())
        runPython(
            "import subprocess, sys\nsubprocess.run([\"unzip\", \"-tqq\", sys.argv[1], \"behind.txt\"], check=True)",
            {folder.pathOf("a.zip")});
    QCOMPARE(std::string(trimmed(found)),
             std::string("None [('large.jpg', 4400000000, False, 45), ('behind.txt', 5, True, 45)] b'small'"));
}

QTEST_GUILESS_MAIN(TestZip64)
#include "tst_zip64.moc"
