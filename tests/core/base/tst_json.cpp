// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/base/text.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

std::string nested(std::size_t depth, const std::string& core)
{
    return std::string(depth, '[') + core + std::string(depth, ']');
}

} // namespace

// Measured against Python itself in tst_json_python; here is what must hold without it.
class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void documentedTextsAreWrittenLetterByLetter_data()
    {
        QTest::addColumn<QByteArray>("text");
        // formats/decisions_v3.md 1.1 and 11(3): the scripts compare these as text.
        for (const char* text : {"[0.0, 0.0, 1.0, 1.0]",
                                 "1e-07",
                                 "0.30000000000000004",
                                 "1e+16",
                                 "1e+22",
                                 "-0.0",
                                 "0.0001",
                                 "1e-05",
                                 "123456789012345.6",
                                 "1234567890123456.0",
                                 "5e-324",
                                 "1.7976931348623157e+308",
                                 "[\"caf\\u00e9.png\", \"\\ud83d\\ude00\"]",
                                 "{}",
                                 "[]",
                                 "{\"a\": [], \"b\": {}}",
                                 "123456789012345678901234567890",
                                 "-9223372036854775809",
                                 "[NaN, Infinity, -Infinity]",
                                 "\"\\u007f\\u0000\\b\\f\\n\\r\\t\\\"\\\\/\""})
            QTest::newRow(text) << QByteArray(text);
    }
    void documentedTextsAreWrittenLetterByLetter()
    {
        QFETCH(const QByteArray, text);
        const auto value = parseJson(text.toStdString());
        PS_CHECK_OK(value);
        QCOMPARE(dumpJson(*value), text.toStdString());
    }

    void wholeFloatsKeepTheirPoint()
    {
        QCOMPARE(dumpJson(Json::array({0.0, 1.0, 2, std::int64_t{3}})), "[0.0, 1.0, 2, 3]"s);
        QCOMPARE(pythonFloatRepr(1e22), "1e+22"s);
        QCOMPARE(pythonFloatRepr(9999999999999998.0), "9999999999999998.0"s);
        QCOMPARE(pythonFloatRepr(std::numeric_limits<double>::quiet_NaN()), "nan"s);
        QCOMPARE(pythonFloatRepr(-std::numeric_limits<double>::infinity()), "-inf"s);
    }

    void indentedTextLooksLikePythons()
    {
        const Json value = Json::object(
            {{"a", Json::array({1, Json::array({})})}, {"b", Json::object({})}, {"c", nullptr}});
        QCOMPARE(dumpJsonIndented(value), "{\n  \"a\": [\n    1,\n    []\n  ],\n  \"b\": {},\n  \"c\": null\n}"s);
    }

    void everyFloatReadsBackAsItself()
    {
        SeededRandom random(11);
        for (int i = 0; i < 100'000; ++i) {
            const std::uint64_t bits = random.bits();
            double value = 0;
            static_assert(sizeof value == sizeof bits);
            std::memcpy(&value, &bits, sizeof value);
            if (!std::isfinite(value))
                continue;
            const Json again = must(parseJson(dumpJson(Json(value))));
            const double found = again.toDouble();
            QVERIFY2(again.isFloat() && std::memcmp(&found, &value, sizeof value) == 0,
                     (random.note() + ": " + pythonFloatRepr(value)).c_str());
        }
    }

    void negativeZeroKeepsItsSign()
    {
        const Json value = must(parseJson("-0.0"));
        QVERIFY(std::signbit(value.toDouble()));
        QCOMPARE(dumpJson(value), "-0.0"s);
        QCOMPARE(dumpJson(must(parseJson("-0"))), "0"s); // Python's int has no negative zero
    }

    void fileNamesOfAnyBytesSurvive()
    {
        SeededRandom random(12);
        for (int i = 0; i < 20'000; ++i) {
            const std::string name = random.bytes(random.below(24));
            const std::string text = dumpJson(Json(name));
            for (const char c : text)
                QVERIFY2(c >= 0x20 && c < 0x7F, random.note().c_str());
            QVERIFY2(must(parseJson(text)).toString() == name, (random.note() + ": " + hexEncode(name)).c_str());
        }
    }

    void rawBytesAreSurrogateEscapes()
    {
        QCOMPARE(dumpJson(Json("caf\xE9")), "\"caf\\udce9\""s);
        QCOMPARE(must(parseJson("\"caf\\udce9\"")).toString(), "caf\xE9"s);
        QCOMPARE(pythonStringRepr("caf\xE9"), "'caf\\udce9'"s);
    }

    void malformedTextIsRefusedWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"",
                                 " ",
                                 "{",
                                 "[",
                                 "]",
                                 "}",
                                 "[1",
                                 "[1,",
                                 "[1,]",
                                 "[,1]",
                                 "[1 2]",
                                 "{\"a\"",
                                 "{\"a\":",
                                 "{\"a\":1",
                                 "{\"a\":1,}",
                                 "{a:1}",
                                 "{'a':1}",
                                 "{1:2}",
                                 "{,}",
                                 "{\"a\" 1}",
                                 "\"",
                                 "\"a",
                                 "\"a\\",
                                 "\"\\x\"",
                                 "\"\\u12\"",
                                 "\"\\u123g\"",
                                 "\"\\u+123\"",
                                 "\"\\u-123\"",
                                 "\"\\u 123\"",
                                 "\"a\nb\"",
                                 "\"\t\"",
                                 "tru",
                                 "True",
                                 "None",
                                 "nul",
                                 "nan",
                                 "inf",
                                 "-",
                                 "+1",
                                 "01",
                                 "-01",
                                 "1.",
                                 ".5",
                                 "1.e3",
                                 "1e",
                                 "1e+",
                                 "0x10",
                                 "1_0",
                                 "1 1",
                                 "null null",
                                 "[1]]",
                                 "{}{}",
                                 "// c\n1",
                                 "\xEF\xBB\xBF{}",
                                 "\"\\ud800\"",
                                 "\"\\udc00\"",
                                 "\"\\ud800\\u0041\"",
                                 "\"\\udbff\\udbff\"",
                                 "\"\\udfff\"",
                                 "--1",
                                 "-Infinit",
                                 "Infinityx",
                                 "\x0B"
                                 "1",
                                 "\xC2\xA0"
                                 "1"})
            QTest::newRow(text) << QByteArray(text);
        QTest::newRow("NUL behind the value") << QByteArray("1\0", 2);
        QTest::newRow("NUL in a string") << QByteArray("\"a\0b\"", 5);
    }
    void malformedTextIsRefusedWithItsPlace()
    {
        QFETCH(const QByteArray, text);
        const auto value = parseJson(text.toStdString());
        PS_CHECK_ERROR(ErrorCode::InvalidInput, value);
        QVERIFY2(value.error().message.find(" at byte ") != std::string::npos, value.error().message.c_str());
    }

    void nestingHasALimit()
    {
        PS_CHECK_OK(parseJson(nested(256, "1")));
        PS_CHECK_OK(parseJson(nested(256, "")));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, parseJson(nested(257, "1")));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, parseJson(nested(257, "")));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, parseJson(std::string(10'000'000, '[')));
    }

    void theLastOfRepeatedKeysWinsInThePlaceOfTheFirst()
    {
        QCOMPARE(dumpJson(must(parseJson(R"({"a": 1, "b": 2, "a": 3})"))), R"({"a": 3, "b": 2})"s);
    }

    void membersKeepTheirOrder()
    {
        Json value = must(parseJson(R"({"z": 1, "a": 2, "m": 3})"));
        value.set("a", 20);
        value.set("new", nullptr);
        value.remove("z");
        value.remove("not there");
        QCOMPARE(dumpJson(value), R"({"a": 20, "m": 3, "new": null})"s);
        QVERIFY(value.contains("new"));
        QVERIFY(!value.contains("z"));
    }

    void askingForTheWrongTypeGivesAnEmptyValue()
    {
        const Json text("5");
        QCOMPARE(text.toInteger(), std::int64_t{0});
        QCOMPARE(text.toBool(), false);
        QVERIFY(text.items().empty() && text.members().empty());
        QVERIFY(text["a"].isNull());
        QVERIFY(Json(5)["a"]["b"].isNull());
        QCOMPARE(Json(5).toString(), ""s);
        QCOMPARE(Json(5).toDouble(), 5.0);
        QCOMPARE(Json(5.0).toInteger(), std::int64_t{0}); // a float is no integer, as in Python
    }

    void integersAndFloatsDiffer()
    {
        QVERIFY(must(parseJson("1")).isInteger());
        QVERIFY(must(parseJson("1.0")).isFloat());
        QVERIFY(must(parseJson("1e0")).isFloat());
        QVERIFY(!(Json(1) == Json(1.0)));
        QVERIFY(must(parseJson("9223372036854775807")).isInteger());
        QVERIFY(must(parseJson("9223372036854775808")).isBigInteger());
        QCOMPARE(must(parseJson("1e400")).toDouble(), std::numeric_limits<double>::infinity());
        QCOMPARE(must(parseJson("1e-400")).toDouble(), 0.0);
        // Out of range by its digits, with an exponent of the other sign.
        QCOMPARE(dumpJson(must(parseJson("0." + std::string(400, '0') + "1e+5"))), "0.0"s);
        QCOMPARE(dumpJson(must(parseJson(std::string(400, '9') + "e-5"))), "Infinity"s);
    }

    void manyMembersAreReadInLinearTime()
    {
        // One record of an export holds a few hundred members, a hostile file as many as fit. No clock: this takes minutes
        // when each member is searched among all before it.
        std::string text = "{";
        for (int i = 0; i < 300'000; ++i)
            text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":0";
        const auto value = parseJson(text + "}");
        PS_CHECK_OK(value);
        QCOMPARE(value->members().size(), std::size_t{300'000});
    }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
