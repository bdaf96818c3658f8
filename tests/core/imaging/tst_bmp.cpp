// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/wire.h"
#include "tests/support/images.h"

#include <QTest>

#include <random>

using namespace ps;

namespace {

/// A BMP put together by hand.
struct Bmp {
    int width = 0;
    int height = 0; ///< negative: top row first
    int bits = 24;
    std::uint32_t compression = 0;
    std::uint32_t headerBytes = 40;
    std::uint32_t usedColours = 0;
    std::string behindHeader; ///< masks or the rest of a longer header
    std::string palette;
    std::string pixels;

    std::string bytes() const
    {
        ByteWriter info;
        info.u32(headerBytes);
        if (headerBytes == 12) {
            info.u16(static_cast<std::uint16_t>(width));
            info.u16(static_cast<std::uint16_t>(height));
            info.u16(1);
            info.u16(static_cast<std::uint16_t>(bits));
        } else {
            info.i32(width);
            info.i32(height);
            info.u16(1);
            info.u16(static_cast<std::uint16_t>(bits));
            info.u32(compression);
            for (int i = 0; i < 3; ++i)
                info.u32(0);
            info.u32(usedColours);
            info.u32(0);
        }
        const std::string header = info.take() + behindHeader;
        ByteWriter file;
        file.raw("BM");
        file.u32(static_cast<std::uint32_t>(14 + header.size() + palette.size() + pixels.size()));
        file.u32(0);
        file.u32(static_cast<std::uint32_t>(14 + header.size() + palette.size()));
        return file.take() + header + palette + pixels;
    }
};

std::string masks(std::initializer_list<std::uint32_t> values)
{
    ByteWriter writer;
    for (const std::uint32_t value : values)
        writer.u32(value);
    return writer.take();
}

/// Blue, green, red, white.
const std::string kFourColours("\xff\0\0\0"
                               "\0\xff\0\0"
                               "\0\0\xff\0"
                               "\xff\xff\xff\0",
                               16);

/// The picture as letters, one per pixel: B G R W K for the plain colours, ? for others; rows are separated by '/'.
std::string letters(const std::string& bytes)
{
    const auto view = test::viewOf(bytes);
    if (!view)
        return std::string(errorCodeName(view.error().code)) + ": " + view.error().message;
    std::string text;
    for (int y = 0; y < view->rows; ++y) {
        text += y > 0 ? "/" : "";
        for (int x = 0; x < view->cols; ++x) {
            const cv::Vec4b p = view->at<cv::Vec4b>(y, x);
            const int key = (p[0] == 255 ? 1
                             : p[0] == 0 ? 0
                                         : 8) +
                            (p[1] == 255 ? 2
                             : p[1] == 0 ? 0
                                         : 8) +
                            (p[2] == 255 ? 4
                             : p[2] == 0 ? 0
                                         : 8);
            text += key == 0 ? 'K' : key == 1 ? 'B' : key == 2 ? 'G' : key == 4 ? 'R' : key == 7 ? 'W' : '?';
        }
    }
    return text;
}

} // namespace

class TestBmp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pictures_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("picture");
        const auto row = [](const char* name, const Bmp& bmp, const char* picture) {
            QTest::newRow(name) << QByteArray::fromStdString(bmp.bytes()) << picture;
        };
        Bmp bmp;
        bmp.width = 3;
        bmp.height = 2;
        bmp.pixels = std::string("\0\0\xff\0\0\xff\0\0\xff\0\0\0", 12) +
                     std::string("\xff\0\0\0\xff\0\xff\xff\xff\0\0\0", 12);
        row("24 bits, bottom row first", bmp, "BGW/RRR");
        bmp.height = -2;
        row("24 bits, top row first", bmp, "RRR/BGW");

        Bmp indexed;
        indexed.width = 5;
        indexed.height = 1;
        indexed.palette = kFourColours;
        indexed.usedColours = 4;
        indexed.bits = 8;
        indexed.pixels = std::string("\0\1\2\3\0\0\0\0", 8);
        row("8 bits", indexed, "BGRWB");
        indexed.bits = 4;
        indexed.pixels = std::string("\x01\x23\x00\0", 4);
        row("4 bits", indexed, "BGRWB");
        indexed.bits = 1;
        indexed.pixels = std::string("\x50\0\0\0", 4);
        row("1 bit", indexed, "BGBGB");

        Bmp core;
        core.headerBytes = 12;
        core.width = 2;
        core.height = 1;
        core.bits = 1;
        core.palette = std::string("\0\0\0\xff\xff\xff", 6);
        core.pixels = std::string("\x40\0\0\0", 4);
        row("OS/2 header with three-byte palette", core, "KW");

        Bmp wide;
        wide.width = 2;
        wide.height = 1;
        wide.bits = 32;
        wide.pixels = std::string("\xff\0\0\x12"
                                  "\0\xff\0\0",
                                  8);
        row("32 bits, fourth byte ignored", wide, "BG");
        wide.compression = 3;
        wide.behindHeader = masks({0x000000ff, 0x0000ff00, 0x00ff0000});
        row("32 bits with masks, red and blue swapped", wide, "RG");

        Bmp high;
        high.width = 4;
        high.height = 1;
        high.bits = 16;
        high.pixels = std::string("\x1f\x00"
                                  "\xe0\x03"
                                  "\x00\x7c"
                                  "\xff\x7f",
                                  8);
        row("16 bits 5-5-5", high, "BGRW");
        high.compression = 3;
        high.behindHeader = masks({0xf800, 0x07e0, 0x001f});
        high.pixels = std::string("\x1f\x00"
                                  "\xe0\x07"
                                  "\x00\xf8"
                                  "\xff\xff",
                                  8);
        row("16 bits 5-6-5", high, "BGRW");

        Bmp runs;
        runs.width = 4;
        runs.height = 2;
        runs.bits = 8;
        runs.compression = 1;
        runs.palette = kFourColours;
        runs.usedColours = 4;
        runs.pixels = std::string("\x02\x01\x02\x02\0\0\0\x03\x01\x02\x03\0\x01\x00\0\1", 16);
        row("RLE8 with runs and literals", runs, "GRWB/GGRR");
        runs.pixels = std::string("\0\2\1\1\x02\x03\0\1", 8);
        row("RLE8 with a jump", runs, "BWWB/BBBB");
        runs.bits = 4;
        runs.compression = 2;
        runs.pixels = std::string("\x04\x12\0\0\0\x04\x01\x23\0\1", 10);
        row("RLE4 with runs and literals", runs, "BGRW/GRGR");
    }
    void pictures()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, picture);
        QCOMPARE(QString::fromStdString(letters(bytes.toStdString())), picture);
    }

    void alphaMaskGivesAlpha()
    {
        Bmp bmp;
        bmp.headerBytes = 56;
        bmp.width = 1;
        bmp.height = 1;
        bmp.bits = 32;
        bmp.compression = 3;
        bmp.behindHeader = masks({0xff0000, 0xff00, 0xff, 0xff000000});
        bmp.pixels = std::string("\xff\xff\xff\x80", 4);
        const auto view = test::viewOf(bmp.bytes());
        QVERIFY(view);
        QVERIFY(view->at<cv::Vec4b>(0, 0) == cv::Vec4b(128, 128, 128, 128));
        QVERIFY(hasAlpha(test::headerOf(bmp.bytes())->model));
    }

    void damage_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, const std::string& bytes, ErrorCode code, const char* part) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << static_cast<int>(code) << part;
        };
        Bmp good;
        good.width = 3;
        good.height = 2;
        good.pixels = std::string(24, 'x');
        const std::string bytes = good.bytes();
        row("header cut", bytes.substr(0, 20), ErrorCode::Corrupt, "inside its header");
        row("pixels cut", bytes.substr(0, bytes.size() - 1), ErrorCode::Corrupt, "before its last row");

        Bmp bmp = good;
        bmp.bits = 7;
        row("strange depth", bmp.bytes(), ErrorCode::Corrupt, "7 bits per pixel");
        bmp = good;
        bmp.headerBytes = 41;
        bmp.width = 0;
        row("no width", bmp.bytes(), ErrorCode::Corrupt, "out of range");
        bmp = good;
        bmp.height = std::numeric_limits<int>::min();
        row("smallest height", bmp.bytes(), ErrorCode::Corrupt, "out of range");
        bmp = good;
        bmp.compression = 4;
        row("embedded JPEG", bmp.bytes(), ErrorCode::Unsupported, "embedded JPEG");
        bmp.compression = 77;
        row("unknown compression", bmp.bytes(), ErrorCode::Corrupt, "does not exist");
        bmp.compression = 1;
        row("runs of 24 bits", bmp.bytes(), ErrorCode::Corrupt, "does not fit");
        bmp = good;
        bmp.width = 30'000;
        bmp.height = 30'000;
        row("huge", bmp.bytes(), ErrorCode::TooLarge, "30000 x 30000 exceeds the limit of 536870912 pixels");
        bmp = good;
        bmp.headerBytes = 1000;
        row("header of impossible length", bmp.bytes(), ErrorCode::Corrupt, "1000 bytes");

        Bmp indexed;
        indexed.width = 1;
        indexed.height = 1;
        indexed.bits = 8;
        indexed.palette = kFourColours;
        indexed.usedColours = 4;
        indexed.pixels = std::string("\4\0\0\0", 4);
        row("colour outside the palette", indexed.bytes(), ErrorCode::Corrupt, "outside the palette");
        indexed.usedColours = 256;
        row("palette cut", indexed.bytes(), ErrorCode::Corrupt, "palette");

        Bmp masked = good;
        masked.bits = 32;
        masked.compression = 3;
        masked.behindHeader = masks({0xff00ff, 0, 0});
        row("mask with a gap", masked.bytes(), ErrorCode::Corrupt, "mask");

        Bmp runs;
        runs.width = 4;
        runs.height = 2;
        runs.bits = 8;
        runs.compression = 1;
        runs.palette = kFourColours;
        runs.usedColours = 4;
        runs.pixels = std::string("\x05\x01\0\1", 4);
        row("run beyond the row", runs.bytes(), ErrorCode::Corrupt, "leaves the picture");
        runs.pixels = std::string("\0\0\0\0\x01\x01\0\1", 8);
        row("run beyond the last row", runs.bytes(), ErrorCode::Corrupt, "leaves the picture");
        runs.pixels = std::string("\0\2\xff\xff\0\1", 6);
        row("jump beyond the picture", runs.bytes(), ErrorCode::Corrupt, "leaves the picture");
        runs.pixels = std::string("\x04\x01", 2);
        row("no end of runs", runs.bytes(), ErrorCode::Corrupt, "before its pixels do");
        runs.pixels = std::string("\0\x04\x01", 3);
        row("literals cut", runs.bytes(), ErrorCode::Corrupt, "before its pixels do");
        runs.height = -2;
        row("runs from the top", runs.bytes(), ErrorCode::Corrupt, "does not fit");
    }
    void damage()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        QFETCH(QString, part);
        const auto view = test::viewOf(bytes.toStdString());
        QVERIFY(!view);
        QVERIFY2(QString::fromStdString(view.error().message).contains(part), view.error().message.c_str());
        QCOMPARE(static_cast<int>(view.error().code), code);
    }

    void mutationsNeverCrash()
    {
        std::mt19937 random(3);
        Bmp runs;
        runs.width = 16;
        runs.height = 8;
        runs.bits = 4;
        runs.compression = 2;
        runs.palette = kFourColours;
        runs.usedColours = 4;
        runs.pixels = std::string("\x10\x12\0\0\0\x06\x01\x23\x01\0\x08\x22\0\2\1\1\0\1", 18);
        const std::string seeds[] = {runs.bytes(), test::encodedAs(ImageFormat::Bmp, test::patternRaster({9, 7})),
                                     test::encodedAs(ImageFormat::Bmp, test::patternRaster({9, 7}, ColourModel::Bgra))};
        int drawnCount = 0;
        for (int round = 0; round < 20'000; ++round) {
            std::string bytes = seeds[round % 3];
            for (std::size_t i = 0, count = 1 + random() % 4; i < count; ++i)
                bytes[2 + random() % (bytes.size() - 2)] = static_cast<char>(random());
            test::MemoryFile file(bytes);
            ImageLimits limits;
            limits.maxPixels = 100'000;
            const auto header = readHeader(file.reader(), limits);
            drawnCount += header && test::decodedUpright(bytes) ? 1 : 0;
        }
        QVERIFY(drawnCount > 100);
    }
};

QTEST_GUILESS_MAIN(TestBmp)
#include "tst_bmp.moc"
