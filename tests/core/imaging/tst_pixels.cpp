// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/pixels.h"

#include "tests/support/temp_folder.h"

#include <QTest>

#include <cstring>
#include <fcntl.h>
#include <random>
#include <sys/mman.h>
#include <unistd.h>

using namespace ps;

namespace {

UniqueFd memoryWith(std::int64_t byteCount, std::string_view bytes)
{
    UniqueFd memory = *makePixelMemory(byteCount);
    if (::pwrite(memory.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        qFatal("cannot fill the memory");
    return memory;
}

bool isMapped(const void* address)
{
    unsigned char state = 0;
    const auto page = reinterpret_cast<std::uintptr_t>(address) & ~static_cast<std::uintptr_t>(4095);
    return ::mincore(reinterpret_cast<void*>(page), 1, &state) == 0;
}

} // namespace

class TestPixels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_descriptorsBefore = test::openDescriptorCount(); }
    void cleanup() { QCOMPARE(test::openDescriptorCount(), m_descriptorsBefore); }

    void nothingIsEmpty()
    {
        const Pixels pixels;
        QVERIFY(pixels.isNull());
        QCOMPARE(pixels.width(), 0);
        QCOMPARE(pixels.byteCount(), std::size_t{0});
        QVERIFY(pixels.data() == nullptr);
        QVERIFY(pixels.info() == ImageInfo());
    }

    void copiesShareTheMemoryUntilTheLastIsGone()
    {
        ImageInfo info;
        info.size = {20, 10};
        const std::uint8_t* address = nullptr;
        {
            Pixels copy;
            {
                const auto pixels = Pixels::fromMemory(
                    memoryWith(4096, std::string("\x01\x02\x03\xff\x04\x05\x06\xff", 8)), {{2, 1}, 8, false}, info);
                QVERIFY(pixels);
                QCOMPARE(pixels->pixel(0, 0), 0xff030201U);
                QCOMPARE(pixels->pixel(1, 0), 0xff060504U);
                QVERIFY(pixels->fullSize() == (ImageSize{20, 10}));
                copy = *pixels;
                QVERIFY(copy.data() == pixels->data());
            }
            address = copy.data();
            QCOMPARE(copy.pixel(0, 0), 0xff030201U);
            QVERIFY(isMapped(address));
        }
        QVERIFY(!isMapped(address));
    }

    void rowsMayHavePadding()
    {
        const auto pixels = Pixels::fromMemory(memoryWith(4096, std::string(16, '\0') + "\x01\x02\x03\x04"),
                                               {{1, 2}, 16, true}, {});
        QVERIFY(pixels);
        QVERIFY(pixels->hasAlpha());
        QCOMPARE(pixels->pixel(0, 1), 0x04030201U);
        QCOMPARE(pixels->byteCount(), std::size_t{32});
    }

    void layoutsThatDoNotFitAreRefused_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("stride");
        QTest::newRow("one row too many") << 16 << 65 << 64;
        QTest::newRow("overlapping rows") << 17 << 4 << 64;
        QTest::newRow("odd stride") << 4 << 4 << 18;
        QTest::newRow("no width") << 0 << 4 << 64;
        QTest::newRow("no height") << 4 << 0 << 64;
        QTest::newRow("negative width") << -4 << 4 << 64;
        QTest::newRow("negative stride") << 4 << 4 << -64;
        QTest::newRow("width that overflows") << 0x40000001 << 1 << 4;
        QTest::newRow("everything huge") << 0x7fffffff << 0x7fffffff << 0x7ffffffc;
    }
    void layoutsThatDoNotFitAreRefused()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, stride);
        const auto pixels = Pixels::fromMemory(memoryWith(4096, {}), {{width, height}, stride, false}, {});
        QVERIFY(!pixels);
        QVERIFY(pixels.error().code == ErrorCode::Corrupt);
    }

    void thousandRandomLayoutsAreEitherSafeOrRefused()
    {
        std::mt19937 random(31);
        int acceptedCount = 0;
        for (int round = 0; round < 1000; ++round) {
            const auto side = [&] { return static_cast<int>(random() % 4 == 0 ? random() : random() % 40); };
            const int stride = static_cast<int>(static_cast<unsigned>(side()) * (random() % 3 == 0 ? 1U : 4U));
            const PixelLayout layout{{side(), side()}, stride, random() % 2 == 0};
            const auto pixels = Pixels::fromMemory(memoryWith(8192, {}), layout, {});
            if (!pixels)
                continue;
            ++acceptedCount;
            std::uint32_t sum = 0; // reading every byte must be possible
            for (int y = 0; y < pixels->height(); ++y) {
                for (int x = 0; x < pixels->width(); ++x)
                    sum += pixels->pixel(x, y);
            }
            QCOMPARE(sum, 0U);
        }
        QVERIFY(acceptedCount > 50);
    }

    void memoryThatCanShrinkIsRefused()
    {
        UniqueFd memory(::memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
        QCOMPARE(::ftruncate(memory.get(), 4096), 0);
        const auto pixels = Pixels::fromMemory(std::move(memory), {{4, 4}, 16, false}, {});
        QVERIFY(!pixels);
        QVERIFY(pixels.error().message.find("shrink") != std::string::npos);
    }

    void ordinaryFilesAreRefused()
    {
        test::TempFolder folder;
        auto pixels = Pixels::fromMemory(test::openReadWrite(folder.write("file", std::string(4096, 'x'))),
                                         {{4, 4}, 16, false}, {});
        QVERIFY(!pixels);
        QVERIFY(pixels.error().code == ErrorCode::Corrupt);
    }

    void memoryThatSomebodyCanStillWriteIsRefused()
    {
        UniqueFd memory = memoryWith(4096, {});
        void* mapping = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0);
        QVERIFY(mapping != MAP_FAILED);
        const auto pixels = Pixels::fromMemory(std::move(memory), {{4, 4}, 16, false}, {});
        ::munmap(mapping, 4096);
        QVERIFY(!pixels);
        QVERIFY(pixels.error().code == ErrorCode::Corrupt);
        QVERIFY(pixels.error().message.find("write") != std::string::npos);
    }

    void nobodyCanChangeAcceptedPixels()
    {
        UniqueFd memory = memoryWith(4096, "\x01\x02\x03\x04");
        const UniqueFd keptByWorker(::fcntl(memory.get(), F_DUPFD_CLOEXEC, 0));
        const auto pixels = Pixels::fromMemory(std::move(memory), {{4, 4}, 16, false}, {});
        QVERIFY(pixels);
        QVERIFY(::pwrite(keptByWorker.get(), "xxxx", 4, 0) < 0);
        QVERIFY(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, keptByWorker.get(), 0) == MAP_FAILED);
        QVERIFY(::ftruncate(keptByWorker.get(), 0) != 0);
        QCOMPARE(pixels->pixel(0, 0), 0x04030201U);
    }

    void memoryIsSealedBeforeItLeaves()
    {
        const UniqueFd memory = *makePixelMemory(4096);
        QVERIFY(::ftruncate(memory.get(), 100) != 0);
        QVERIFY(::ftruncate(memory.get(), 8192) != 0);
        QVERIFY((::fcntl(memory.get(), F_GETFD) & FD_CLOEXEC) != 0);
    }

private:
    std::size_t m_descriptorsBefore = 0;
};

QTEST_GUILESS_MAIN(TestPixels)
#include "tst_pixels.moc"
