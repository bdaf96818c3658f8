// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/checkpoint.h"
#include "core/inference/zip_store.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <limits>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

std::vector<NamedTensor> sampleTensors()
{
    return {{"net.0.weight", {2, 3}, {1, 2, 3, 4, 5, -6.5F}},
            {"net.0.bias", {2}, {0.25F, std::numeric_limits<float>::denorm_min()}},
            {"step", {}, {8}}};
}

/// The same archive with another pickle.
std::string archiveWith(std::string_view pickle, std::string_view storage = "\0\0\x80\x3f"s,
                        std::string_view order = "little")
{
    ZipStoreWriter archive;
    archive.add("m/data.pkl", pickle, 64);
    archive.add("m/byteorder", order, 64);
    archive.add("m/data/0", storage, 64);
    return archive.finish();
}

/// The pickle of {"w": tensor} with this key, storage size, offset, shape and strides, each as pickle opcodes.
std::string tensorPickle(const std::string& count, const std::string& offset, const std::string& shape,
                         const std::string& strides)
{
    return "\x80\x02}X\1\0\0\0wctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0"s +
           "0X\3\0\0\0cpu"s + count + "tQ" + offset + shape + strides + "\x89" + "ccollections\nOrderedDict\n)RtRs.";
}

std::string mutated(std::string bytes, SeededRandom& random)
{
    for (int i = 0, count = random.intBetween(1, 6); i < count && !bytes.empty(); ++i) {
        const std::size_t at = random.below(bytes.size());
        switch (random.below(5)) {
        case 0: bytes.erase(at, 1 + random.below(8)); break;
        case 1: bytes.insert(at, random.bytes(1 + random.below(8))); break;
        case 2: bytes.replace(at, std::min<std::size_t>(4, bytes.size() - at), "\xff\xff\xff\x7f"); break;
        case 3: bytes.insert(at, bytes.substr(random.below(bytes.size()), 1 + random.below(40))); break;
        default: bytes[at] = static_cast<char>(random.bits()); break;
        }
    }
    return bytes;
}

} // namespace

class TestCheckpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsRead()
    {
        const std::string bytes = writeCheckpoint("ranker_v4", sampleTensors());
        QVERIFY(must(readCheckpoint(bytes)) == sampleTensors());
        QCOMPARE(writeCheckpoint("ranker_v4", sampleTensors()), bytes); // equal tensors, equal bytes
        QVERIFY(writeCheckpoint("ranker_v5", sampleTensors()) != bytes);
    }

    void theArchiveIsTheOneThatTheScriptsKnow()
    {
        const std::string bytes = writeCheckpoint("ranker_v4", sampleTensors());
        const auto entries = must(readZipStore(bytes));
        std::vector<std::string> names;
        for (const ZipStoreEntry& entry : entries) {
            names.emplace_back(entry.name);
            QCOMPARE((entry.bytes.data() - bytes.data()) % 64, std::ptrdiff_t{0});
        }
        QCOMPARE(names, (std::vector<std::string>{"ranker_v4/data.pkl", "ranker_v4/.format_version",
                                                  "ranker_v4/.storage_alignment", "ranker_v4/byteorder",
                                                  "ranker_v4/data/0", "ranker_v4/data/1", "ranker_v4/data/2",
                                                  "ranker_v4/version", "ranker_v4/.data/serialization_id"}));
        QCOMPARE(std::string(entries[1].bytes), "1"s);
        QCOMPARE(std::string(entries[2].bytes), "64"s);
        QCOMPARE(std::string(entries[3].bytes), "little"s);
        QCOMPARE(std::string(entries[7].bytes), "3\n"s);
        QCOMPARE(entries[8].bytes.size(), std::size_t{40});
    }

    void tensorsAreReadWhereverTheyLieInTheirStorage()
    {
        const std::string storage = "\0\0\x80\x3f\0\0\0\x40\0\0\x40\x40\0\0\x80\x40"s; // 1 2 3 4
        const auto read = [&](const std::string& offset, const std::string& shape, const std::string& strides) {
            return readCheckpoint(archiveWith(tensorPickle("K\4"s, offset, shape, strides), storage));
        };
        QVERIFY(must(read("K\0"s, "(K\2K\2t", "(K\2K\1t")).front().values == (std::vector<float>{1, 2, 3, 4}));
        QVERIFY(must(read("K\0"s, "(K\2K\2t", "(K\1K\2t")).front().values == (std::vector<float>{1, 3, 2, 4}));
        QVERIFY(must(read("K\1"s, "(K\3t", "(K\1t")).front().values == (std::vector<float>{2, 3, 4}));
        QVERIFY(must(read("K\3"s, ")", ")")).front().values == (std::vector<float>{4}));
        QVERIFY(must(read("K\0"s, "(K\4t", "(K\0t"s)).front().values == (std::vector<float>{1, 1, 1, 1}));
    }

    void tensorsThatReachBeyondTheirStorageAreDamage_data()
    {
        QTest::addColumn<QByteArray>("count");
        QTest::addColumn<QByteArray>("offset");
        QTest::addColumn<QByteArray>("shape");
        QTest::addColumn<QByteArray>("strides");
        const auto row = [](const char* name, const std::string& count, const std::string& offset,
                            const std::string& shape, const std::string& strides) {
            QTest::newRow(name) << QByteArray::fromStdString(count) << QByteArray::fromStdString(offset)
                                << QByteArray::fromStdString(shape) << QByteArray::fromStdString(strides);
        };
        row("storage smaller than it says", "K\2"s, "K\0"s, "(K\1t", "(K\1t");
        row("storage of a negative size", "J\xff\xff\xff\xff"s, "K\0"s, "(K\1t", "(K\1t");
        row("offset behind the end", "K\1"s, "K\1"s, "(K\1t", "(K\1t");
        row("negative offset", "K\1"s, "J\xff\xff\xff\xff"s, "(K\1t", "(K\1t");
        row("negative offset, no dimension", "K\1"s, "J\xff\xff\xff\xff"s, ")", ")");
        row("more elements than there are", "K\1"s, "K\0"s, "(K\2t", "(K\1t");
        row("repeated beyond the storage", "K\1"s, "K\0"s, "(K\xffK\xffK\xffK\xfft", "(K\0K\0K\0K\0t"s);
        row("negative stride", "K\1"s, "K\0"s, "(K\1t", "(J\xff\xff\xff\xfft");
        row("negative size", "K\1"s, "K\0"s, "(J\xff\xff\xff\xfft", "(K\1t");
        row("size of 62 bits", "K\1"s, "K\0"s, "(\x8a\x08\0\0\0\0\0\0\0\x3ft"s, "(K\1t");
        row("other number of strides", "K\1"s, "K\0"s, "(K\1t", "(K\1K\1t");
        row("size that is no integer", "K\1"s, "K\0"s, "(Nt", "(K\1t");
        row("nothing in it", "K\1"s, "K\0"s, "(K\0t"s, "(K\1t");
    }
    void tensorsThatReachBeyondTheirStorageAreDamage()
    {
        QFETCH(const QByteArray, count);
        QFETCH(const QByteArray, offset);
        QFETCH(const QByteArray, shape);
        QFETCH(const QByteArray, strides);
        const std::string pickle = tensorPickle(count.toStdString(), offset.toStdString(), shape.toStdString(),
                                                strides.toStdString());
        const auto tensors = readCheckpoint(archiveWith(pickle));
        if (QTest::currentDataTag() == "nothing in it"s) { // a tensor without elements needs none
            QVERIFY(must(tensors).front().values.empty());
            return;
        }
        PS_CHECK_ERROR(ErrorCode::Corrupt, tensors);
        PS_CHECK_OK(readCheckpoint(archiveWith(tensorPickle("K\1"s, "K\0"s, "(K\1t", "(K\1t")))); // the control
    }

    void otherFilesAreRefusedWithAReason()
    {
        const std::string good = tensorPickle("K\1"s, "K\0"s, "(K\1t", "(K\1t");
        PS_CHECK_OK(readCheckpoint(archiveWith(good)));
        PS_CHECK_ERROR(ErrorCode::Corrupt, readCheckpoint(""));
        PS_CHECK_ERROR(ErrorCode::Corrupt, readCheckpoint("\x93NUMPY\x01"));
        PS_CHECK_ERROR(ErrorCode::Refused, readCheckpoint(good)); // a pickle without an archive
        PS_CHECK_ERROR(ErrorCode::Corrupt, readCheckpoint("PK\5\6"));
        PS_CHECK_ERROR(ErrorCode::Unsupported, readCheckpoint(archiveWith(good, "\0\0\x80\x3f"s, "big")));
        PS_CHECK_ERROR(ErrorCode::TooLarge, readCheckpoint(std::string((64U << 20) + 1, 'P')));
        PS_CHECK_ERROR(ErrorCode::TooLarge, readCheckpoint(archiveWith(good + std::string(600'000, '0'))));
        ZipStoreWriter script;
        script.add("m/constants.pkl", "", 64);
        script.add("m/code/m.py", "", 64);
        script.add("m/data.pkl", good, 64);
        PS_CHECK_ERROR(ErrorCode::Refused, readCheckpoint(script.finish()));
        ZipStoreWriter stranger;
        stranger.add("m/data.pkl", good, 64);
        stranger.add("../../m/data/0", "\0\0\x80\x3f"s, 64);
        PS_CHECK_ERROR(ErrorCode::Refused, readCheckpoint(stranger.finish()));
        ZipStoreWriter twice;
        twice.add("m/data.pkl", good, 64);
        twice.add("m/data.pkl", good, 64);
        PS_CHECK_ERROR(ErrorCode::Corrupt, readCheckpoint(twice.finish()));
    }

    void aChangedByteOfAnEntryIsNoticed()
    {
        std::string bytes = writeCheckpoint("m", sampleTensors());
        const auto entries = must(readZipStore(bytes));
        const auto at = static_cast<std::size_t>(entries[4].bytes.data() - bytes.data());
        bytes[at + 1] = '\x55';
        PS_CHECK_ERROR(ErrorCode::Corrupt, readCheckpoint(bytes));
    }

    void mutationsNeverCrash()
    {
        SeededRandom random(20261121);
        const std::string file = writeCheckpoint("m", sampleTensors());
        const std::string pickle(must(readZipStore(file)).front().bytes);
        const std::string storage("\0\0\x80\x3f\0\0\0\x40\0\0\x40\x40\0\0\x80\x40\0\0\x80\x40\0\0\x80\x40", 24);
        int readCount = 0;
        for (int i = 0; i < 20'000; ++i) {
            const std::string bytes = i % 4 == 0 ? mutated(file, random)
                                                 : archiveWith(mutated(pickle, random), storage);
            if (const auto tensors = readCheckpoint(bytes); tensors) {
                ++readCount;
                QVERIFY(!tensors->empty());
            }
        }
        QVERIFY2(readCount > 0 && readCount < 10'000, random.note().c_str()); // both kinds were met
    }
};

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
