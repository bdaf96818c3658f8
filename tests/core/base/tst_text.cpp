// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"

#include <QStringDecoder>
#include <QTest>

#include <clocale>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// What Qt thinks of the bytes: an independent decoder.
bool isValidForQt(std::string_view bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decoder.decode(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return !text.isNull() && !decoder.hasError();
}

std::string decodedAgain(std::string_view bytes)
{
    std::string again;
    for (std::size_t offset = 0; offset < bytes.size();) {
        const DecodedChar decoded = decodeUtf8(bytes, offset);
        if (decoded.isRawByte)
            again.push_back(static_cast<char>(decoded.codePoint));
        else
            appendUtf8(again, decoded.codePoint);
        offset += decoded.length;
    }
    return again;
}

/// Bytes that are nearly UTF-8: valid characters, cut ones, bytes thrown in.
std::string nearlyUtf8(SeededRandom& random)
{
    std::string text;
    for (std::size_t i = random.below(12); i > 0; --i) {
        std::string character;
        appendUtf8(character, static_cast<char32_t>(random.below(0x110000)));
        if (random.oneIn(4))
            character.resize(random.below(character.size()) + 1);
        text += random.oneIn(5) ? random.bytes(1) : character;
    }
    return text;
}

} // namespace

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodePointIsDecodedAsItWasEncoded()
    {
        for (char32_t c = 0; c < 0x110000; ++c) {
            std::string bytes;
            appendUtf8(bytes, c);
            const DecodedChar decoded = decodeUtf8(bytes, 0);
            const bool isSurrogate = c >= 0xD800 && c <= 0xDFFF;
            if (decoded.isRawByte != isSurrogate ||
                (!isSurrogate && (decoded.codePoint != c || decoded.length != bytes.size())))
                QFAIL(("code point " + std::to_string(c)).c_str());
        }
    }

    void whatIsNoUtf8IsTakenByteByByte_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("continuation alone") << QByteArray("\x80");
        QTest::newRow("overlong slash") << QByteArray("\xC0\xAF");
        QTest::newRow("overlong of three") << QByteArray("\xE0\x80\xAF");
        QTest::newRow("overlong of four") << QByteArray("\xF0\x80\x80\xAF");
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80");
        QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80");
        QTest::newRow("five bytes") << QByteArray("\xF8\x88\x80\x80\x80");
        QTest::newRow("cut short") << QByteArray("\xE2\x82");
        QTest::newRow("0xFF") << QByteArray("\xFF");
    }
    void whatIsNoUtf8IsTakenByteByByte()
    {
        QFETCH(const QByteArray, bytes);
        const std::string text = bytes.toStdString();
        QVERIFY(!isValidUtf8(text));
        QVERIFY(decodeUtf8(text, 0).isRawByte);
        QCOMPARE(decodeUtf8(text, 0).length, std::size_t{1});
        QCOMPARE(decodedAgain(text), text);
    }

    void randomBytesAreJudgedAsQtJudgesThem()
    {
        SeededRandom random(3);
        for (int i = 0; i < 50'000; ++i) {
            const std::string text = nearlyUtf8(random);
            QVERIFY2(isValidUtf8(text) == isValidForQt(text), (random.note() + ": " + hexEncode(text)).c_str());
            QCOMPARE(decodedAgain(text), text);
        }
    }

    void peopleSeeWhatIsHidden_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char* name, const char* bytes, const char* shown) {
            QTest::newRow(name) << QByteArray(bytes) << QByteArray(shown);
        };
        row("plain", "photo 1.png", "photo 1.png");
        row("umlaut and emoji stay", "\xC3\xA4\xF0\x9F\x98\x80", "\xC3\xA4\xF0\x9F\x98\x80");
        row("Latin-1 byte", "caf\xE9.png", "caf\\xe9.png");
        row("newline", "a\nb", "a\\u{000a}b");
        row("tab and escape", "\t\x1B", "\\u{0009}\\u{001b}");
        row("right-to-left override", "\xE2\x80\xAEgnp.exe", "\\u{202e}gnp.exe");
        row("zero width space",
            "a\xE2\x80\x8B"
            "b",
            "a\\u{200b}b");
        row("soft hyphen",
            "a\xC2\xAD"
            "b",
            "a\\u{00ad}b");
        row("byte order mark",
            "\xEF\xBB\xBF"
            "a",
            "\\u{feff}a");
        row("word joiner",
            "a\xE2\x81\xA0"
            "b",
            "a\\u{2060}b");
        row("Hangul filler",
            "a\xE3\x85\xA4"
            "b",
            "a\\u{3164}b");
        row("tag character", "a\xF3\xA0\x81\x81", "a\\u{e0041}");
        row("line separator", "\xE2\x80\xA8", "\\u{2028}");
        row("C1 control", "\xC2\x85", "\\u{0085}");
    }
    void peopleSeeWhatIsHidden()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, shown);
        QCOMPARE(displayText(bytes.toStdString()), shown.toStdString());
    }

    void shownTextIsAlwaysOneLineOfUtf8()
    {
        SeededRandom random(4);
        for (int i = 0; i < 20'000; ++i) {
            const std::string shown = displayText(nearlyUtf8(random));
            QVERIFY2(isValidUtf8(shown), random.note().c_str());
            QVERIFY(shown.find('\n') == std::string::npos && shown.find('\r') == std::string::npos);
        }
    }

    void shownTextOfPlainNamesIsTheName()
    {
        for (const char* name : {"=SUM(A1).png", "a'b\"c.png", "caf\xC3\xA9.png", "\xE5\x9B\xBE.png", "50% #1?.png"})
            QCOMPARE(displayText(name), std::string(name));
    }

    void splitAndJoinAreInverse()
    {
        QCOMPARE(split("a/b//c", '/'), (std::vector<std::string>{"a", "b", "", "c"}));
        QCOMPARE(split("", '/'), std::vector<std::string>{""});
        QCOMPARE(join(split("/x/", '/'), "/"), "/x/"s);
        QCOMPARE(join({}, ", "), ""s);
    }

    void trimmingTakesBlanksOnly()
    {
        QCOMPARE(std::string(trimmed(" \t\r\n a b \n")), "a b"s);
        QCOMPARE(std::string(trimmed("  ")), ""s);
        QCOMPARE(std::string(trimmed("\xC2\xA0x")), "\xC2\xA0x"s);
    }

    void lowerCaseTouchesOnlyAscii() { QCOMPARE(toLowerAscii("STAGE2_\xC3\x84.PNG"), "stage2_\xC3\x84.png"s); }

    void hexGoesBothWays()
    {
        SeededRandom random(5);
        for (int i = 0; i < 500; ++i) {
            const std::string bytes = random.bytes(random.below(40));
            QVERIFY(hexDecode(hexEncode(bytes)) == bytes);
        }
        QCOMPARE(hexEncode("\x00\xff\x10"s), "00ff10"s);
        for (const char* text : {"0", "0g", "x0", "0 ", "123"})
            QVERIFY2(!hexDecode(text), text);
        std::string padded;
        appendHex(padded, 0x1F600, 4);
        appendHex(padded, 0, 2);
        QCOMPARE(padded, "1f60000"s);
    }

    void integersAreWholeOrNothing()
    {
        QVERIFY(parseInteger("0") == 0);
        QVERIFY(parseInteger("-17") == -17);
        QVERIFY(parseInteger("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
        QVERIFY(parseInteger("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
        for (const char* text :
             {"", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "9223372036854775808", "1_000", "\xD9\xA1"})
            QVERIFY2(!parseInteger(text), text);
    }

    void numbersNeverUseTheLocale()
    {
        std::setlocale(LC_ALL, "de_DE.UTF-8"); // where it is not installed the test is as good
        QVERIFY(parseDouble("0.5") == 0.5);
        QVERIFY(parseDouble("-1e-07") == -1e-07);
        for (const char* text : {"", "0,5", "+1", " 1", "1 ", ".", "1.0f", "0x1p3"})
            QVERIFY2(!parseDouble(text), text);
        std::setlocale(LC_ALL, "C");
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
