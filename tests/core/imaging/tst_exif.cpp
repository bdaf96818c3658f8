// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/exif.h"

#include "tests/support/images.h"

#include <QTest>

#include <random>

using namespace ps;

class TestExif : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orientationIsReadInBothByteOrders()
    {
        for (int orientation = 1; orientation <= 8; ++orientation) {
            QCOMPARE(exifOrientation(test::exifWith(orientation)), orientation);
            QCOMPARE(exifOrientation(test::exifWith(orientation, true)), orientation);
            QCOMPARE(exifOrientation(std::string("Exif\0\0", 6) + test::exifWith(orientation)), orientation);
        }
    }

    void valuesOutOfRangeCountAsUpright()
    {
        for (const int orientation : {0, 9, 255, 65535})
            QCOMPARE(exifOrientation(test::exifWith(orientation)), 1);
    }

    void damageCountsAsUpright()
    {
        const std::string good = test::exifWith(6);
        for (std::size_t length = 0; length < good.size() - 6;
             ++length) // the last 6 bytes are padding and the next link
            QCOMPARE(exifOrientation(std::string_view(good).substr(0, length)), 1);
        QCOMPARE(exifOrientation("not EXIF at all, but long enough to be"), 1);
    }

    void wrongTypeOrCountIsIgnored()
    {
        std::string asLong = test::exifWith(6);
        asLong[12] = 4; // LONG instead of SHORT
        QCOMPARE(exifOrientation(asLong), 1);
        std::string asTwo = test::exifWith(6);
        asTwo[14] = 2;
        QCOMPARE(exifOrientation(asTwo), 1);
    }

    void offsetsFarOutsideAreIgnored()
    {
        for (const char* offset : {"\xff\xff\xff\xff", "\xfe\xff\xff\x7f", "\x00\x00\x00\x80"}) {
            std::string exif = test::exifWith(6);
            exif.replace(4, 4, offset, 4);
            QCOMPARE(exifOrientation(exif), 1);
        }
    }

    void directoryWithTooManyEntriesEndsAtTheBytes()
    {
        std::string exif = test::exifWith(6);
        exif.replace(8, 2, "\xff\xff");
        QCOMPARE(exifOrientation(exif), 6); // the tag comes first
        exif[10] = 0x13;                    // another tag: the search runs to the end
        QCOMPARE(exifOrientation(exif), 1);
    }

    void directoryThatPointsAtItselfIsNoLoop()
    {
        std::string exif = test::exifWith(6);
        exif[10] = 0x13;
        exif.replace(exif.size() - 4, 4, std::string("\x08\0\0\0", 4)); // next directory = this one
        QCOMPARE(exifOrientation(exif), 1);
    }

    void randomBytesNeverCrash()
    {
        std::mt19937 random(17);
        const std::string good = test::exifWith(6) + std::string(40, '\x12');
        for (int round = 0; round < 20'000; ++round) {
            std::string exif = good;
            for (int i = 0; i < 5; ++i)
                exif[random() % exif.size()] = static_cast<char>(random());
            const int orientation = exifOrientation(std::string_view(exif).substr(0, random() % (exif.size() + 1)));
            QVERIFY(orientation >= 1 && orientation <= 8);
        }
    }
};

QTEST_GUILESS_MAIN(TestExif)
#include "tst_exif.moc"
