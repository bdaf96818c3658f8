// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_clock.h"

#include <QTest>

#include <ctime>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

UtcTime atMicroseconds(std::int64_t microseconds)
{
    return UtcTime(std::chrono::microseconds(microseconds));
}

/// The same through the C library, with or without the signs between the numbers.
std::string libcFormat(std::int64_t microseconds, bool hasSigns)
{
    const std::time_t seconds = microseconds / 1'000'000;
    std::tm calendar{};
    gmtime_r(&seconds, &calendar);
    char text[64];
    const std::size_t size = hasSigns ? std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &calendar)
                                      : std::strftime(text, sizeof text, "%Y%m%dT%H%M%S", &calendar);
    return {text, size};
}

std::string sixDigits(std::int64_t microseconds)
{
    const std::string digits = std::to_string(1'000'000 + microseconds % 1'000'000);
    return digits.substr(1);
}

} // namespace

class TestClockText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDocumentedInstantIsWrittenAsDocumented()
    {
        const UtcTime time = atMicroseconds(1'761'066'284'198'868);
        QCOMPARE(formatTimestamp(time), "2025-10-21T17:04:44.198868Z"s);
        QCOMPARE(formatGroupStamp(time), "20251021T170444198868"s);
        QCOMPARE(formatFileStamp(time), "20251021T170444Z"s);
    }

    void microsecondsAreWrittenEvenWhenTheyAreZero()
    {
        QCOMPARE(formatTimestamp(atMicroseconds(0)), "1970-01-01T00:00:00.000000Z"s);
        QCOMPARE(formatGroupStamp(atMicroseconds(7)), "19700101T000000000007"s);
    }

    void randomInstantsAgreeWithTheCLibraryAndReadBack()
    {
        SeededRandom random(1);
        for (int i = 0; i < 20'000; ++i) {
            const std::int64_t microseconds = random.between(0, 4'000'000'000'000'000); // to the year 2096
            const UtcTime time = atMicroseconds(microseconds);
            const std::string text = formatTimestamp(time);
            QCOMPARE(text, libcFormat(microseconds, true) + "." + sixDigits(microseconds) + "Z");
            QCOMPARE(formatGroupStamp(time), libcFormat(microseconds, false) + sixDigits(microseconds));
            QCOMPARE(formatFileStamp(time), libcFormat(microseconds, false) + "Z");
            QVERIFY2(parseTimestamp(text) == time, text.c_str());
        }
    }

    void everyFormOfTheDataIsRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("meaning");
        const auto row = [](const char* text, const char* meaning) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(meaning);
        };
        row("2025-10-21T17:04:44.198868Z", "2025-10-21T17:04:44.198868Z");
        row("2025-10-21T17:04:44Z", "2025-10-21T17:04:44.000000Z");
        row("2025-10-21T17:04:44.5Z", "2025-10-21T17:04:44.500000Z");
        row("2025-10-21T17:04:44.123456789Z", "2025-10-21T17:04:44.123456Z");
        row("2025-10-08 14:46:56", "2025-10-08T14:46:56.000000Z");
        row("2025-10-21T17:04:44.198868+00:00", "2025-10-21T17:04:44.198868Z");
        row("2025-10-21T17:04:44+02:00", "2025-10-21T15:04:44.000000Z");
        row("2025-10-21T00:04:44-0530", "2025-10-21T05:34:44.000000Z");
        row("2024-02-29T12:00:00Z", "2024-02-29T12:00:00.000000Z");
        row("2025-12-31T23:59:59.999999Z", "2025-12-31T23:59:59.999999Z");
    }
    void everyFormOfTheDataIsRead()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, meaning);
        const auto time = parseTimestamp(text.toStdString());
        QVERIFY(time.has_value());
        QCOMPARE(formatTimestamp(*time), meaning.toStdString());
    }

    void whatIsNoTimestampIsNotGuessed_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"",
                                 "x",
                                 "2025",
                                 "10/1/2025T12:00:00Z",
                                 "10/11/2025",
                                 "2025-13-01T00:00:00Z",
                                 "2025-02-29T00:00:00Z",
                                 "2025-00-10T00:00:00Z",
                                 "2025-10-21T24:00:00Z",
                                 "2025-10-21T17:60:00Z",
                                 "2025-10-21T17:04:61Z",
                                 "2025-10-21X17:04:44Z",
                                 "2025-10-21T17:04:44.Z",
                                 "2025-10-21T17:04:44Zz",
                                 "2025-10-21T17:04:44 Z",
                                 "2025-10-21T17:04",
                                 "20251021_170444",
                                 "2025-10-21T17:04:44+2",
                                 "2025-10-21T17:04:44+99:00",
                                 "2025-10-21T17:04:44+01:75",
                                 " 2025-10-21T17:04:44Z",
                                 "2025-10-21T-7:04:44Z",
                                 "2025-1o-21T17:04:44Z"})
            QTest::newRow(text) << QByteArray(text);
    }
    void whatIsNoTimestampIsNotGuessed()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(!parseTimestamp(text.toStdString()));
    }

    void anyCutAndAnyChangedByteIsSafe()
    {
        SeededRandom random(2);
        const std::string whole = "2025-10-21T17:04:44.198868+02:00";
        for (std::size_t length = 0; length <= whole.size(); ++length)
            parseTimestamp(std::string_view(whole).substr(0, length));
        for (int i = 0; i < 5'000; ++i) {
            std::string changed = whole;
            changed[random.below(changed.size())] = static_cast<char>(random.below(256));
            if (const auto time = parseTimestamp(changed))
                QVERIFY2(parseTimestamp(formatTimestamp(*time)) == time, (random.note() + ": " + changed).c_str());
        }
    }

    void theSystemClockIsInUtc()
    {
        const auto before = std::chrono::system_clock::now();
        const UtcTime now = systemClock().now();
        QVERIFY(now >= std::chrono::floor<std::chrono::microseconds>(before));
    }

    void theTestClockStandsStill()
    {
        test::TestClock clock;
        QCOMPARE(formatTimestamp(clock.now()), "2026-03-01T10:00:00.000000Z"s);
        clock.advance(std::chrono::minutes(15));
        QCOMPARE(formatTimestamp(clock.now()), "2026-03-01T10:15:00.000000Z"s);
    }
};

QTEST_GUILESS_MAIN(TestClockText)
#include "tst_clock.moc"
