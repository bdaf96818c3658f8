// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/base/text.h"
#include "tests/support/checks.h"
#include "tests/support/python.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <cstring>

using namespace ps;
using namespace ps::test;

namespace {

// Python's own json module is the judge. Texts travel as hex, one line each.

/// Makes random documents and prints: the document as text, json.dumps, json.dumps(indent=2), repr.
constexpr const char* kMakeDocuments = R"PY(
import json, random, struct, sys
r = random.Random(int(sys.argv[1]))
def number():
    kind = r.randrange(7)
    if kind == 0:
        return r.randrange(-10, 1000)
    if kind == 1:
        return r.randrange(-2**200, 2**200)
    if kind == 2:
        return r.choice([2**63 - 1, 2**63, -2**63, -2**63 - 1, 0])
    if kind == 3:
        return r.choice([1e-07, 0.30000000000000004, 1e16, 1e22, -0.0, 0.0, 1e-05, 0.0001, 1e15, 123456789012345680.0,
                         5e-324, 1.7976931348623157e308, float('nan'), float('inf'), -float('inf'), 1e23, 9007199254740993.0])
    if kind == 4:
        return struct.unpack('<d', struct.pack('<Q', r.getrandbits(64)))[0]
    if kind == 5:
        return r.random()
    return float(r.randrange(0, 5000)) / r.choice([1, 3, 7, 100, 4096])
def character():
    kind = r.randrange(8)
    if kind < 3:
        return chr(r.randrange(32, 127))
    if kind == 3:
        return chr(r.randrange(0, 32))
    if kind == 4:
        return r.choice('"\'\\/\u007f\u0080\u00a0\u00ad\u2028\u200b\ufeff\uffff')
    if kind == 5:
        return chr(r.choice([r.randrange(0x80, 0xD800), r.randrange(0xE000, 0x10000)]))
    if kind == 6:
        return chr(r.randrange(0x10000, 0x110000))
    return bytes([r.randrange(128, 256)]).decode('utf-8', 'surrogateescape')
def string():
    text = ''.join(character() for _ in range(r.randrange(0, 12)))
    return text.encode('utf-8', 'surrogateescape').decode('utf-8', 'surrogateescape')
def value(depth):
    kind = r.randrange(10 if depth < 6 else 7)
    if kind == 0:
        return r.choice([None, True, False])
    if kind < 4:
        return number()
    if kind < 7:
        return string()
    if kind == 7:
        return {string(): value(depth + 1) for _ in range(r.randrange(0, 5))}
    return [value(depth + 1) for _ in range(r.randrange(0, 6))]
def spell(document):
    kind = r.randrange(4)
    if kind == 0:
        return json.dumps(document)
    if kind == 1:
        return json.dumps(document, ensure_ascii=False)
    if kind == 2:
        return json.dumps(document, indent=r.choice(['\t', 1, ' \r\n']))
    return ' \n' + json.dumps(document, separators=(',', ' :\t')) + '\r '
def line(text):
    return text.encode('utf-8', 'surrogateescape').hex()
for _ in range(int(sys.argv[2])):
    document = value(0)
    text = spell(document)
    document = json.loads(text)
    print(line(text), line(json.dumps(document)), line(json.dumps(document, indent=2)), line(repr(document)))
)PY";

/// Reads texts; for each: "refused", "surrogates" where the strings are none that bytes can give, or json.dumps and repr.
constexpr const char* kJudgeTexts = R"PY(
import json, sys
def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings(item)
def is_of_bytes(text):
    try:
        return text.encode('utf-8', 'surrogateescape').decode('utf-8', 'surrogateescape') == text
    except UnicodeEncodeError:
        return False
for line in sys.stdin:
    text = bytes.fromhex(line.strip()).decode('utf-8', 'surrogateescape')
    try:
        document = json.loads(text)
    except ValueError:
        print('refused')
        continue
    if not all(is_of_bytes(string) for string in strings(document)):
        print('surrogates')
        continue
    print(json.dumps(document).encode().hex(), repr(document).encode('utf-8', 'surrogateescape').hex())
)PY";

std::string fromHex(const std::string& hex)
{
    const auto bytes = hexDecode(hex);
    if (!bytes)
        throw std::runtime_error("python gave no hex: " + hex);
    return *bytes;
}

std::vector<std::string> lines(const std::string& output)
{
    std::vector<std::string> list = split(output, '\n');
    if (!list.empty() && list.back().empty())
        list.pop_back();
    return list;
}

Json randomNumber(SeededRandom& random)
{
    switch (random.below(3)) {
    case 0: return Json(random.between(-1000, 1000));
    case 1: return Json(static_cast<std::int64_t>(random.bits()));
    default: {
        const std::uint64_t bits = random.bits();
        double value = 0;
        std::memcpy(&value, &bits, sizeof value);
        return Json(value);
    }
    }
}

Json randomDocument(SeededRandom& random, int depth)
{
    switch (random.below(depth < 5 ? 7 : 5)) {
    case 0: return {};
    case 1: return Json(random.oneIn(2));
    case 2: return randomNumber(random);
    case 3:
    case 4: return Json(random.bytes(random.below(10)));
    case 5: {
        Json list{Json::Array{}};
        for (std::size_t i = random.below(5); i > 0; --i)
            list.append(randomDocument(random, depth + 1));
        return list;
    }
    default: {
        Json object{Json::Object{}};
        for (std::size_t i = random.below(5); i > 0; --i)
            object.set(random.bytes(random.below(4)), randomDocument(random, depth + 1));
        return object;
    }
    }
}

/// One small slip: a byte taken out, put in, changed, or doubled.
std::string withSlip(std::string text, SeededRandom& random)
{
    static constexpr std::string_view kTelling = "{}[]:,\"\\0123456789.eE+-utrfnalsNIy \n\t\x01\xE9";
    const std::size_t at = random.below(text.size() + 1);
    const char byte = kTelling[random.below(kTelling.size())];
    switch (random.below(4)) {
    case 0: return text.erase(std::min(at, text.size() - 1), 1);
    case 1: return text.insert(at, 1, byte);
    case 2: text[std::min(at, text.size() - 1)] = byte; return text;
    default: return text.insert(at, text.substr(std::min(at, text.size() - 1), 2));
    }
}

} // namespace

class TestJsonPython : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void documentsFromPythonAreWrittenAsPythonWritesThem()
    {
        const std::string seed = "20260301";
        const auto documents = lines(runPython(kMakeDocuments, {seed, "4000"}));
        QCOMPARE(documents.size(), std::size_t{4000});
        for (const std::string& document : documents) {
            const auto parts = split(document, ' ');
            const std::string text = fromHex(parts.at(0));
            const std::string note = "seed " + seed + ": " + displayText(text);
            const auto value = parseJson(text);
            QVERIFY2(value.has_value(), note.c_str());
            QVERIFY2(dumpJson(*value) == fromHex(parts.at(1)), note.c_str());
            QVERIFY2(dumpJsonIndented(*value) == fromHex(parts.at(2)), note.c_str());
            QVERIFY2(pythonRepr(*value) == fromHex(parts.at(3)),
                     (note + "\nrepr:   " + pythonRepr(*value) + "\npython: " + fromHex(parts.at(3))).c_str());
        }
    }

    void whatWeWriteIsWhatPythonWouldWrite()
    {
        SeededRandom random(21);
        std::vector<std::string> texts;
        std::vector<Json> documents;
        std::string input;
        for (int i = 0; i < 4'000; ++i) {
            documents.push_back(randomDocument(random, 0));
            texts.push_back(dumpJson(documents.back()));
            input += hexEncode(i % 2 == 0 ? texts.back() : dumpJsonIndented(documents.back())) + "\n";
        }
        const auto answers = lines(runPython(kJudgeTexts, {}, input));
        QCOMPARE(answers.size(), texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const auto parts = split(answers[i], ' ');
            QVERIFY2(parts.size() == 2, (random.note() + ": " + answers[i] + ": " + texts[i]).c_str());
            QCOMPARE(texts[i], fromHex(parts[0]));
            QCOMPARE(pythonRepr(documents[i]), fromHex(parts[1]));
        }
    }

    void textsWithASlipAreRefusedExactlyWhenPythonRefusesThem()
    {
        SeededRandom random(22);
        std::vector<std::string> texts;
        std::string input;
        for (int i = 0; i < 12'000; ++i) {
            const Json document = randomDocument(random, 1);
            texts.push_back(withSlip(i % 3 == 0 ? dumpJsonIndented(document) : dumpJson(document), random));
            input += hexEncode(texts.back()) + "\n";
        }
        const auto answers = lines(runPython(kJudgeTexts, {}, input));
        QCOMPARE(answers.size(), texts.size());
        int refused = 0;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const std::string note = random.note() + ": " + displayText(texts[i]) + " python: " + answers[i];
            const auto value = parseJson(texts[i]);
            if (answers[i] == "surrogates")
                continue; // strings that no file name gives: refused here, by decision
            if (answers[i] == "refused") {
                ++refused;
                QVERIFY2(!value, note.c_str());
                continue;
            }
            QVERIFY2(value.has_value(), note.c_str());
            QVERIFY2(dumpJson(*value) == fromHex(split(answers[i], ' ').at(0)), note.c_str());
        }
        QVERIFY(refused > 1000);                                  // the slips are no ornament
        QVERIFY(refused < static_cast<int>(texts.size()) - 1000); // and not all of them fatal
    }

    void reprHidesAndShowsTheSameCharacters()
    {
        // One digit for each code point: is it shown as itself?
        const std::string shown = runPython("import sys, unicodedata\n"
                                            "sys.stdout.write(''.join(\n"
                                            "    'x' if unicodedata.category(chr(c)) == 'Cn' else\n"
                                            "    '1' if chr(c).isprintable() else '0' for c in range(0x110000)))");
        QCOMPARE(shown.size(), std::size_t{0x110000});
        for (char32_t c = 0x80; c < 0x110000; ++c) {
            if (c >= 0xD800 && c <= 0xDFFF)
                continue;
            std::string bytes;
            appendUtf8(bytes, c);
            const bool isShown = pythonStringRepr(bytes) == "'" + bytes + "'";
            // What one Unicode version has assigned and the other has not may differ.
            const bool isNew = shown[c] == 'x' || QChar::unicodeVersion(c) >= QChar::Unicode_14_0;
            QVERIFY2(isNew || isShown == (shown[c] == '1'), ("code point " + std::to_string(c)).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestJsonPython)
#include "tst_json_python.moc"
