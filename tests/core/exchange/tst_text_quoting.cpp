// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/exchange/release_path.h"
#include "core/exchange/row_text.h"
#include "core/exchange/text_quoting.h"
#include "tests/support/checks.h"
#include "tests/support/python.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// Names of classes that somewhere broke an export.
const std::vector<std::string> kHardNames{"1/2",
                                          ".5",
                                          "CON",
                                          "con.txt",
                                          "BMW",
                                          "bmw",
                                          "Bmw",
                                          "a:b",
                                          "chef's mix",
                                          "\"quoted\"",
                                          "back\\slash",
                                          "tab\there",
                                          "line\nbreak",
                                          "\x01\x1f\x7f",
                                          "\\u{0001}\\u{001f}\\u{007f}",
                                          "",
                                          " ",
                                          "..",
                                          "trailing. ",
                                          "-rf",
                                          "yes",
                                          "null",
                                          "1e3",
                                          "# no comment",
                                          "key: value",
                                          "{a, b}",
                                          "& <tag> ]]>",
                                          "K\xC3\xA4se",
                                          "Ka\xCC\x88se",
                                          "\xF0\x9F\x8D\x85 tomato",
                                          "\xE2\x80\xAEgpj.exe",
                                          "100%",
                                          "%31",
                                          "~2",
                                          std::string(300, 'x'),
                                          std::string(300, 'y') + "/"};

std::string yaml(std::string_view text)
{
    std::string out;
    appendYamlString(out, text);
    return out;
}

std::string xml(std::string_view text)
{
    std::string out;
    appendXml(out, text);
    return out;
}

std::string pixels(double value)
{
    std::string out;
    appendPixels(out, value);
    return out;
}

} // namespace

class TestTextQuoting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void yamlIsAsciiInDoubleQuotes()
    {
        QCOMPARE(yaml("chef's mix"), "\"chef's mix\""s);
        QCOMPARE(yaml("a \"b\" \\ c"), "\"a \\\"b\\\" \\\\ c\""s);
        QCOMPARE(yaml("1\n2\t3\r\x01"), "\"1\\n2\\t3\\r\\u0001\""s);
        QCOMPARE(yaml("K\xC3\xA4se \xF0\x9F\x8D\x85"), "\"K\\u00e4se \\U0001f345\""s);
    }

    void xmlKeepsWhatItCanHold()
    {
        QCOMPARE(xml("a & <b> \"c\""), "a &amp; &lt;b&gt; &quot;c&quot;"s);
        QCOMPARE(xml("1\n2\t3\r"), "1&#10;2&#9;3&#13;"s);
        QVERIFY(!isXmlText("\x01"));
        QVERIFY(!isXmlText("\xFF"));
        QVERIFY(!isXmlText("\xEF\xBF\xBE"));
        QCOMPARE(xml("\x01"), "\\u{0001}"s);
    }

    /// The names come back through Python's XML reader; those that XML cannot hold through the map.
    void xmlNamesSurvive()
    {
        EncodedNames names(EncodedNames::Kind::Xml);
        std::string document = "<names>";
        for (const std::string& name : kHardNames)
            document += "<n v=\"" + xml(names.of(name)) + "\"/>";
        document += "</names>";
        QVERIFY(names.hasChanges());
        const std::string read = runPython(
            "import json, sys\n"
            "import xml.etree.ElementTree as tree\n"
            "document, names = sys.stdin.buffer.read().decode().split(chr(0))\n"
            "names = json.loads(names)\n"
            "print(json.dumps([names[n.get('v')] for n in tree.fromstring(document)]))\n",
            {}, document + std::string(1, '\0') + names.mapText());
        Json::Array expected;
        for (const std::string& name : kHardNames)
            expected.emplace_back(name);
        QCOMPARE(read, dumpJson(Json(std::move(expected))) + "\n");
    }

    void foldersArePortableUniqueAndKnown()
    {
        EncodedNames names(EncodedNames::Kind::Folder);
        ReleasePathSet paths;
        std::map<std::string, std::string> real;
        for (const std::string& name : kHardNames) {
            const std::string& folder = names.of(name);
            PS_CHECK_OK(paths.add("train/" + folder + "/image.png"));
            QVERIFY2(real.emplace(toLowerAscii(folder), name).second, folder.c_str());
            QCOMPARE(names.of(name), folder);
        }
        const Json map = must(parseJson(names.mapText()));
        QCOMPARE(map.members().size(), kHardNames.size());
        for (const std::string& name : kHardNames)
            QCOMPARE(map[names.of(name)].toString(), name);
        QCOMPARE(names.of("1/2"), "1%2F2"s);
        QCOMPARE(names.of(".5"), "%2E5"s);
        QCOMPARE(names.of("CON"), "%43ON"s);
        QCOMPARE(names.of("BMW"), "BMW"s);
        QCOMPARE(names.of("bmw"), "bmw~2"s);
        QCOMPARE(names.of("chef's mix"), "chef%27s mix"s);
    }

    void plainNamesStayPlain()
    {
        EncodedNames names(EncodedNames::Kind::Folder);
        for (const char* name : {"approve", "crop", "reject", "brake disc 12", "v1.5_a-b"})
            QCOMPARE(names.of(name), std::string(name));
        QVERIFY(!names.hasChanges());
    }

    void numbers()
    {
        QCOMPARE(pixels(12), "12"s);
        QCOMPARE(pixels(10.5), "10.5"s);
        QCOMPARE(pixels(40.6 - 10.5), "30.1"s);
        std::string out;
        appendMillionths(out, 250'000);
        out += ' ';
        appendMillionths(out, 1'000'000);
        out += ' ';
        appendMillionths(out, 7);
        QCOMPARE(out, "0.250000 1.000000 0.000007"s);
    }

    void keysHaveNoDots()
    {
        QCOMPARE(webDatasetKey("a.b.c"), "a%2Eb%2Ec"s);
        QCOMPARE(webDatasetKey("a%2Eb"), "a%252Eb"s);
        QCOMPARE(std::string(stemOf("a.b.png")), "a.b"s);
        QCOMPARE(std::string(stemOf("noextension")), "noextension"s);
    }

    void jsonColumnsAreWrittenAsPythonWould_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<bool>("isDumped");
        QTest::addColumn<std::string>("written");
        const auto row = [](const char* name, std::string text, bool isDumped, std::string written) {
            QTest::newRow(name) << std::move(text) << isDumped << std::move(written);
        };
        const auto same = [&row](const char* name, const std::string& text) { row(name, text, true, text); };
        same("names", "[\"a.png\", \"b c.png\"]");
        same("crop", "[0.0, 0.125, 0.3333333333333333, 1.0]");
        same("empty", "[]");
        same("nested", "[[1, -2], [true, false, null]]");
        same("negative zero", "[-0.0]");
        row("no blanks", "[\"a\",\"b\"]", false, "[\"a\", \"b\"]");
        row("zeros behind", "[0.50, 1.00]", false, "[0.5, 1.0]");
        row("too many digits", "[0.12345678901234567890]", false, "[0.12345678901234568]");
        row("exponent", "[1e-5]", false, "[1e-05]");
        row("small", "[0.00001]", false, "[1e-05]");
        row("escapes", "[\"\\u00e4\"]", false, "[\"\\u00e4\"]");
        row("utf-8", "[\"K\xC3\xA4se\"]", false, "[\"K\\u00e4se\"]");
        row("object", "{\"x\": 1}", false, "{\"x\": 1}");
        row("negative integer zero", "[-0]", false, "[0]");
        row("leading zero is no JSON", "[01]", false, "\"[01]\"");
        row("broken", "[\"a", false, "\"[\\\"a\"");
        row("text", "a.png", false, "\"a.png\"");
        row("number as text", "12", false, "\"12\"");
        row("newline inside", "[1,\n2]", false, "[1, 2]");
    }
    void jsonColumnsAreWrittenAsPythonWould()
    {
        QFETCH(std::string, text);
        QFETCH(bool, isDumped);
        QFETCH(std::string, written);
        QCOMPARE(isDumpedJsonList(text), isDumped);
        std::string out;
        appendJsonCell(out, "images", SqlValue(text));
        QCOMPARE(out, written);
        // In any other column it is text.
        out.clear();
        appendJsonCell(out, "directory", SqlValue(text));
        QCOMPARE(must(parseJson(out)).toString(), text);
    }

    void otherCells()
    {
        std::string out;
        for (const SqlValue& value :
             {SqlValue(), SqlValue(std::int64_t{-3}), SqlValue(0.5), SqlValue(2.0), SqlValue(SqlBlob{"\x01\xFF"})}) {
            appendJsonCell(out, "images", value);
            out += ' ';
        }
        QCOMPARE(out, "null -3 0.5 2.0 {\"blob\": \"01ff\"} "s);
    }
};

QTEST_GUILESS_MAIN(TestTextQuoting)
#include "tst_text_quoting.moc"
