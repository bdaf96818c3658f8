// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/wire.h"

#include <QTest>

#include <limits>

using namespace ps;

class TestWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTypeComesBack()
    {
        ByteWriter writer;
        writer.u8(0xfe);
        writer.u16(0xfedc);
        writer.u32(0xfedcba98);
        writer.u64(0xfedcba9876543210);
        writer.i32(-5);
        writer.i64(std::numeric_limits<std::int64_t>::min());
        writer.f64(-0.1);
        writer.boolean(true);
        writer.text(std::string_view("a\0b", 3));
        writer.raw("tail");
        const std::string bytes = writer.take();

        ByteReader reader(bytes);
        QCOMPARE(reader.u8(), std::uint8_t{0xfe});
        QCOMPARE(reader.u16(), std::uint16_t{0xfedc});
        QCOMPARE(reader.u32(), 0xfedcba98U);
        QCOMPARE(reader.u64(), 0xfedcba9876543210ULL);
        QCOMPARE(reader.i32(), -5);
        QCOMPARE(reader.i64(), std::numeric_limits<std::int64_t>::min());
        QCOMPARE(reader.f64(), -0.1);
        QVERIFY(reader.boolean());
        QCOMPARE(reader.text(16), std::string("a\0b", 3));
        QCOMPARE(std::string(reader.rest()), std::string("tail"));
        QVERIFY(reader.finish("test"));
    }

    void numbersAreLittleEndian()
    {
        ByteWriter writer;
        writer.u32(0x01020304);
        QCOMPARE(writer.take(), std::string("\x04\x03\x02\x01"));
    }

    void readingPastTheEndIsRemembered()
    {
        ByteReader reader("abc");
        QCOMPARE(reader.u32(), 0U);
        QCOMPARE(reader.u8(), std::uint8_t{0}); // also what would still have fitted
        QVERIFY(!reader.isGood());
        const auto outcome = reader.finish("the thing");
        QVERIFY(!outcome);
        QVERIFY(outcome.error().code == ErrorCode::Corrupt);
        QVERIFY(outcome.error().message.find("the thing") != std::string::npos);
    }

    void leftoverBytesAreAnError()
    {
        ByteReader reader("abc");
        reader.u16();
        QVERIFY(reader.isGood());
        const auto outcome = reader.finish("the thing");
        QVERIFY(!outcome);
        QVERIFY(outcome.error().message.find("1 bytes too many") != std::string::npos);
    }

    void textLongerThanItsLimitIsDamage()
    {
        ByteWriter writer;
        writer.text("12345");
        const std::string bytes = writer.take();
        ByteReader reader(bytes);
        QVERIFY(reader.text(4).empty());
        QVERIFY(!reader.isGood());
    }

    void textWithHugeLengthAllocatesNothing()
    {
        ByteWriter writer;
        writer.u32(0xffffffff);
        writer.raw("xy");
        const std::string bytes = writer.take();
        ByteReader reader(bytes);
        QVERIFY(reader.text(std::numeric_limits<std::size_t>::max()).empty());
        QVERIFY(!reader.isGood());
    }

    void booleanTakesOnlyZeroAndOne()
    {
        ByteReader reader("\x02");
        reader.boolean();
        QVERIFY(!reader.finish("x"));
    }
};

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
