// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/sniff.h"

#include "tests/support/images.h"

#include <QTest>

using namespace ps;

class TestSniff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ourFormatsAreRecognised()
    {
        const Raster raster = test::patternRaster({16, 12});
        for (const ImageFormat format :
             {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp}) {
            test::MemoryFile file(test::encodedAs(format, raster));
            const auto sniffed = sniffFormat(file.reader());
            QVERIFY(sniffed);
            QVERIFY(*sniffed == format);
        }
    }

    void modernFormatsAreRecognisedByTheirBrands_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("format");
        const auto row = [](const char* name, const QByteArray& bytes, ImageFormat format) {
            QTest::newRow(name) << bytes << static_cast<int>(format);
        };
        const auto box = [](const char* brands, char size) { return QByteArray("\0\0\0", 3) + size + "ftyp" + brands; };
        row("AVIF", box("avif", 12), ImageFormat::Avif);
        row("HEIC", box("heic", 12), ImageFormat::Heif);
        row("AVIF that says HEIF first", box("mif1....mif1avif", 24), ImageFormat::Avif);
        row("HEIF by a later brand", box("mif1....heic", 20), ImageFormat::Heif);
        row("JPEG XL", QByteArray("\xff\x0a\x00", 3), ImageFormat::Jxl);
        row("JPEG XL in boxes", QByteArray("\0\0\0\x0cJXL \x0d\x0a\x87\x0a", 12), ImageFormat::Jxl);
    }
    void modernFormatsAreRecognisedByTheirBrands()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, format);
        test::MemoryFile file(bytes.toStdString());
        const auto sniffed = sniffFormat(file.reader());
        QVERIFY(sniffed);
        QCOMPARE(static_cast<int>(*sniffed), format);
    }

    void othersAreNamed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::newRow("HTML") << QByteArray("<!DOCTYPE html>\n<html><body>404</body></html>") << "an HTML page";
        QTest::newRow("HTML in capitals") << QByteArray("\n  <HTML>\n") << "an HTML page";
        QTest::newRow("SVG") << QByteArray("<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"/>") << "an SVG drawing";
        QTest::newRow("bare SVG") << QByteArray("<svg width=\"1\"></svg>") << "an SVG drawing";
        QTest::newRow("XML") << QByteArray("<?xml version=\"1.0\"?><Error/>") << "an XML document";
        QTest::newRow("JSON") << QByteArray("{\"error\": 404}") << "JSON text";
        QTest::newRow("text") << QByteArray("Not found") << "plain text";
        QTest::newRow("GIF") << QByteArray("GIF89a\1\0\1\0", 10) << "a GIF image";
        QTest::newRow("MP4") << QByteArray("\0\0\0\x1c"
                                           "ftypisom",
                                           12)
                             << "an MP4 file";
        QTest::newRow("PDF") << QByteArray("%PDF-1.7") << "a PDF document";
        QTest::newRow("Photoshop") << QByteArray("8BPS\0\1", 6) << "a Photoshop document";
        QTest::newRow("ZIP") << QByteArray("PK\x03\x04") << "a ZIP archive";
        QTest::newRow("SQLite") << QByteArray("SQLite format 3\0", 16) << "an SQLite database";
        QTest::newRow("ELF") << QByteArray("\x7f"
                                           "ELF\2\1")
                             << "a program";
        QTest::newRow("RIFF but no WebP") << QByteArray("RIFF\x10\0\0\0WAVEfmt ", 16) << "5249464610000000";
        QTest::newRow("unknown") << QByteArray("\x01\x02\x03\x04\x05\x06\x07\x08\x09") << "0102030405060708";
        QTest::newRow("one byte") << QByteArray("\xff") << "ff";
    }
    void othersAreNamed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        test::MemoryFile file(bytes.toStdString());
        const auto sniffed = sniffFormat(file.reader());
        QVERIFY(!sniffed);
        QVERIFY(sniffed.error().code == ErrorCode::Unsupported);
        QVERIFY2(QString::fromStdString(sniffed.error().message).endsWith(name), sniffed.error().message.c_str());
    }

    void emptyFileIsCorrupt()
    {
        test::MemoryFile file("");
        const auto sniffed = sniffFormat(file.reader());
        QVERIFY(!sniffed);
        QVERIFY(sniffed.error().code == ErrorCode::Corrupt);
        QCOMPARE(sniffed.error().message, std::string("the file is empty"));
    }

    void fileThatBecameShorterIsAConflict()
    {
        test::MemoryFile file("x");
        UniqueFd fd = file.takeFd();
        FileReader reader(fd.get(), 100);
        const auto sniffed = sniffFormat(reader);
        QVERIFY(!sniffed);
        QVERIFY(sniffed.error().code == ErrorCode::Conflict);
    }
};

QTEST_GUILESS_MAIN(TestSniff)
#include "tst_sniff.moc"
