// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_reader.h"

#include "core/base/files.h"
#include "core/base/json.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

struct Seen {
    std::int64_t line = 0;
    std::vector<std::string> fields;
    std::string problem;
    std::string raw;
};

std::vector<Seen> readAllRecords(const std::string& path, CsvReader::Options options = {})
{
    const UniqueFd folder = must(openFolder(std::string(parentPath(path))));
    const UniqueFd file = must(openFileBeneath(folder.get(), fileName(path)));
    CsvReader reader(file.get(), options);
    std::vector<Seen> seen;
    while (must(reader.next()))
        seen.push_back({reader.record().line, reader.record().fields, reader.record().problem, reader.record().raw});
    return seen;
}

std::vector<Seen> readText(std::string_view text, CsvReader::Options options = {})
{
    const TempFolder folder;
    return readAllRecords(folder.write("a.csv", text), options);
}

std::string csvField(const std::string& value, SeededRandom& random)
{
    const bool mustQuote = value.find_first_of(",\"\r\n") != std::string::npos || value.empty();
    if (!mustQuote && !random.oneIn(4))
        return value;
    std::string out = "\"";
    for (const char c : value)
        out += c == '"' ? "\"\""s : std::string(1, c);
    return out + "\"";
}

} // namespace

class TestCsvReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsQuotesAndLineEnds();
    void countsLines();
    void keepsBytesThatAreNotUtf8();
    void whatIsBadTakesOneLineOnly();
    void aLineBeyondTheLimitIsPassedOver();
    void knowsByteOrderMarks();
    void goesOnWhereItStopped();
    void randomRecordsComeBack();
    void memoryStaysSmall();
    void listsOfPython();
    void listsOfPythonAreThoseOfPython();
    void wrongLists();
};

void TestCsvReader::readsQuotesAndLineEnds()
{
    const auto seen = readText("a,\"b,\"\"c\"\"\",d\r\ne,,\"x\r\ny\"\nlast,\"\"\rend,1,2");
    QCOMPARE(seen.size(), std::size_t{4});
    QCOMPARE(seen[0].fields, (std::vector<std::string>{"a", "b,\"c\"", "d"}));
    QCOMPARE(seen[0].raw, "a,\"b,\"\"c\"\"\",d"s);
    QCOMPARE(seen[1].fields, (std::vector<std::string>{"e", "", "x\r\ny"}));
    QCOMPARE(seen[2].fields, (std::vector<std::string>{"last", ""}));
    QCOMPARE(seen[3].fields, (std::vector<std::string>{"end", "1", "2"}));
    const auto inside = readText("5\" wide,x\n");
    QCOMPARE(inside[0].fields, (std::vector<std::string>{"5\" wide", "x"}));
    CsvReader::Options options;
    options.separator = '\t';
    QCOMPARE(readText("a,b\tc\n", options)[0].fields, (std::vector<std::string>{"a,b", "c"}));
}

void TestCsvReader::countsLines()
{
    const auto seen = readText("h\n\n\"a\nb\r\nc\",2\r\n\r\nz\n");
    QCOMPARE(seen.size(), std::size_t{3});
    QCOMPARE(seen[0].line, std::int64_t{1});
    QCOMPARE(seen[1].line, std::int64_t{3});
    QCOMPARE(seen[1].fields, (std::vector<std::string>{"a\nb\r\nc", "2"}));
    QCOMPARE(seen[2].line, std::int64_t{7});
}

void TestCsvReader::keepsBytesThatAreNotUtf8()
{
    const auto seen = readText("caf\xe9,\"\xff\xfe\"\n");
    QCOMPARE(seen[0].fields, (std::vector<std::string>{"caf\xe9", "\xff\xfe"}));
}

void TestCsvReader::whatIsBadTakesOneLineOnly()
{
    const auto seen = readText("a,\0b\nok,1\n\"x\"y,2\nok,2\nq,\"never closed\nok,3\n"s);
    std::vector<std::string> problems;
    std::vector<std::string> good;
    for (const Seen& record : seen) {
        if (record.problem.empty())
            good.push_back(record.fields[1]);
        else
            problems.push_back(std::to_string(record.line) + " " + record.problem);
    }
    QCOMPARE(problems, (std::vector<std::string>{"1 a NUL byte", "3 text behind a closing quote",
                                                 "5 a quoted field that is not closed"}));
    QCOMPARE(good, (std::vector<std::string>{"1", "2", "3"}));
    CsvReader::Options options;
    options.maxFields = 3;
    QCOMPARE(readText("1,2,3,4\n", options)[0].problem, "more than 3 fields"s);
    QCOMPARE(readText("1,2,3\n", options)[0].problem, ""s);
}

void TestCsvReader::aLineBeyondTheLimitIsPassedOver()
{
    CsvReader::Options options;
    options.maxRecordBytes = 100'000;
    const std::string longLine(5'000'000, 'x');
    const auto seen = readText("a,1\n" + longLine + "\nb,2\n\"" + longLine + "\nc,3\n", options);
    QCOMPARE(seen.size(), std::size_t{5});
    QCOMPARE(seen[1].problem, "the record is longer than 100000 bytes"s);
    QCOMPARE(seen[1].line, std::int64_t{2});
    QCOMPARE(seen[1].raw.size(), std::size_t{65'536});
    QCOMPARE(seen[2].fields[1], "2"s);
    QCOMPARE(seen[3].line, std::int64_t{4});
    QVERIFY(!seen[3].problem.empty());
    QCOMPARE(seen[4].fields[1], "3"s);
    // The control: at the limit it is a good line.
    const std::string allowed(100'000, 'y');
    QCOMPARE(readText(allowed + "\n", options)[0].fields[0], allowed);
}

void TestCsvReader::knowsByteOrderMarks()
{
    QCOMPARE(readText("\xef\xbb\xbf\"a\",b\n")[0].fields, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(readText("").size(), std::size_t{0});
    const TempFolder folder;
    folder.write("wide.csv", "\xff\xfe"
                             "a\0,\0"s);
    const UniqueFd file = must(openFileBeneath(folder.handle()->get(), "wide.csv"));
    PS_CHECK_ERROR(ErrorCode::Unsupported, CsvReader(file.get()).next());
}

void TestCsvReader::goesOnWhereItStopped()
{
    const TempFolder folder;
    folder.write("a.csv", "\xef\xbb\xbfone,1\r\n\"t\nwo\",2\r\nthree,3\r\n");
    const UniqueFd file = must(openFileBeneath(folder.handle()->get(), "a.csv"));
    CsvReader first(file.get());
    QVERIFY(must(first.next()));
    QVERIFY(must(first.next()));
    CsvReader second(file.get());
    second.seek(first.nextOffset(), first.nextLine());
    QVERIFY(must(second.next()));
    QCOMPARE(second.record().fields[0], "three"s);
    QCOMPARE(second.record().line, std::int64_t{4});
    QVERIFY(!must(second.next()));
}

void TestCsvReader::randomRecordsComeBack()
{
    SeededRandom random(12);
    const std::string letters = "ab,\"\r\n\xc3\xa9 x";
    for (int round = 0; round < 300; ++round) {
        std::vector<std::vector<std::string>> records;
        std::string text;
        for (std::size_t i = random.below(8) + 1; i > 0; --i) {
            std::vector<std::string> fields;
            for (std::size_t j = random.below(5) + 1; j > 0; --j) {
                std::string value;
                for (std::size_t k = random.below(7); k > 0; --k)
                    value += letters[random.below(letters.size())];
                text += (fields.empty() ? "" : ",") + csvField(value, random);
                fields.push_back(value);
            }
            text += random.oneIn(2) ? "\r\n" : "\n";
            records.push_back(fields);
        }
        const auto seen = readText(text);
        QCOMPARE(seen.size(), records.size());
        for (std::size_t i = 0; i < seen.size(); ++i)
            QCOMPARE(seen[i].fields, records[i]);
    }
}

void TestCsvReader::memoryStaysSmall()
{
    // A line of 256 MiB in a file that takes no room on the disk.
    const TempFolder folder;
    const std::string path = folder.write("huge.csv", "a,b\n");
    const UniqueFd file = openReadWrite(path);
    QVERIFY(::ftruncate(file.get(), std::int64_t{1} << 28) == 0);
    rusage before{};
    ::getrusage(RUSAGE_SELF, &before);
    const auto seen = readAllRecords(path);
    rusage after{};
    ::getrusage(RUSAGE_SELF, &after);
    QCOMPARE(seen.size(), std::size_t{2});
    QCOMPARE(seen[1].problem, "a NUL byte"s);
    QVERIFY(after.ru_maxrss - before.ru_maxrss < 50'000); // KiB
}

void TestCsvReader::listsOfPython()
{
    using Texts = std::vector<std::string>;
    QCOMPARE(must(parseTextList("['a.png', \"it's.png\"]")), (Texts{"a.png", "it's.png"}));
    QCOMPARE(must(parseTextList("[\"/a/b.png\"]")), Texts{"/a/b.png"});
    QCOMPARE(must(parseTextList("")), Texts{});
    QCOMPARE(must(parseTextList(" [ ] ")), Texts{});
    QCOMPARE(must(parseTextList(R"(['a\\b', '\'', '\xe9', '\u20ac', '\U0001f600', '\udcff',])")),
             (Texts{"a\\b", "'", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xff"}));
    QCOMPARE(must(parseTextList(R"(["\ud83d\ude00", "\/"])")), (Texts{"\xf0\x9f\x98\x80", "/"}));
}

void TestCsvReader::listsOfPythonAreThoseOfPython()
{
    const auto texts = std::vector<std::string>{"plain.png",        "it's \"both\".png", "tab\there",   "caf\xc3\xa9",
                                                "\xf0\x9f\x98\x80", "line\nend",         "back\\slash", "raw\xff"};
    Json list = Json(Json::Array());
    for (const std::string& text : texts)
        list.append(text);
    QCOMPARE(must(parseTextList(pythonRepr(list))), texts);
    QCOMPARE(must(parseTextList(dumpJson(list))), texts);
}

void TestCsvReader::wrongLists()
{
    for (const char* text : {"[", "['a'", "['a' 'b']", "a", "[1]", "['a'] x", "['\\q']", "['\\xz1']", "['\\ud800']",
                             "[['a']]", "['a", "[None]"})
        PS_CHECK_ERROR(ErrorCode::InvalidInput, parseTextList(text));
}

QTEST_GUILESS_MAIN(TestCsvReader)
#include "tst_csv_reader.moc"
