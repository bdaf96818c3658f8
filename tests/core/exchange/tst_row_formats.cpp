// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/db/connection.h"
#include "core/exchange/csv_text.h"
#include "tests/support/checks.h"
#include "tests/support/python.h"
#include "tests/support/release_doubles.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

const Crop kHalf{0.25, 0.1, 0.75, 0.9};

/// Two approvals, a crop, a reject and a single.
std::vector<ReleaseGroup> someGroups()
{
    return {GroupMaker{.selected = 1}.make(1), GroupMaker{.action = Action::Crop, .crop = kHalf}.make(2),
            GroupMaker{.action = Action::Reject}.make(3), GroupMaker{.imageCount = 1}.make(4),
            GroupMaker{.imageCount = 2}.make(5)};
}

std::string rowsOf(const MemorySink& sink, const std::string& query)
{
    const TempFolder folder;
    return runSqlElsewhere(folder.write("p1.db", sink.at("p1.db")), {}, query);
}

/// Each cell of a CSV file as Python's csv reads it.
std::string readCsv(const std::string& bytes, const std::string& encoding, const std::string& delimiter)
{
    return runPython("import csv, io, json, sys\n"
                     "text = sys.stdin.buffer.read().decode(sys.argv[1], 'surrogateescape')\n"
                     "print(json.dumps(list(csv.reader(io.StringIO(text, newline=''), delimiter=sys.argv[2]))))\n",
                     {encoding, delimiter}, bytes);
}

/// How many cells a spreadsheet could take for a formula, where blanks of any kind and quotes may be dropped first.
constexpr const char* kCountDangerousCells =
    "import json, sys\n"
    "dropped = ' \\t\\r\\n' + chr(34) + chr(0xa0) + chr(0x200b) + chr(0x3000) + chr(0xfeff)\n"
    "begins = tuple('=+-@') + tuple(map(chr, (0xff1d, 0xff0b, 0xff0d, 0xff20, 0x2212)))\n"
    "print(sum(cell.lstrip(dropped)[:1] in begins for row in json.load(sys.stdin) for cell in row))\n";

/// What a spreadsheet could run. Every one stands in a name that a person chose.
std::vector<std::string> formulas()
{
    std::vector<std::string> payloads;
    const std::vector<std::string> beginnings{"=",
                                              "+",
                                              "-",
                                              "@",
                                              "\t=",
                                              "\r=",
                                              "\n=",
                                              " =",
                                              "  +",
                                              "\"=",
                                              "'=",
                                              "\xEF\xBC\x9D",
                                              "\xEF\xBC\x8B",
                                              "\xEF\xBC\x8D",
                                              "\xEF\xBC\xA0",
                                              "\xC2\xA0=",
                                              "\xE2\x80\x8B=",
                                              "\xEF\xBB\xBF=",
                                              "\xE2\x88\x92",
                                              "\xE3\x80\x80="};
    for (const std::string& beginning : beginnings) {
        for (const char* rest : {"1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"http://x/\";\"y\")"})
            payloads.push_back(beginning + rest);
    }
    for (const char* inner : {"a,=1+1", "a;=1+1", "a\t=1+1", "\",=1+1", "a\n=1+1", "a;\"=1+1\"", "x|=1", "a, \"+1"})
        payloads.emplace_back(inner);
    return payloads;
}

ReleaseGroup groupCalled(const std::string& directory, int number)
{
    ReleaseGroup group = GroupMaker{}.make(number);
    group.row.set("directory", directory);
    return group;
}

} // namespace

class TestRowFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // ---- jsonl -----------------------------------------------------------------------------------------------------

    void jsonlHasEveryColumnInTableOrder()
    {
        MemorySink sink;
        ReleaseGroup group =
            GroupMaker{.action = Action::Crop, .selected = 1, .crop = kHalf, .side = ReleaseSide::Val}.make(1);
        const auto counts = writeAll(contextFor(ExportFormat::Jsonl, sink), {group});
        QCOMPARE(counts.lines, std::int64_t{1});
        QCOMPARE(sink.paths(), std::vector<std::string>{"batch_0001.jsonl"});
        QCOMPARE(sink.at("batch_0001.jsonl"),
                 "{\"group_id\": \"p1_group_20250705T100000_batch001_img001\", "
                 "\"timestamp\": \"2025-07-05T10:00:00.000001Z\", \"project_id\": \"p1\", \"directory\": \"photos\", "
                 "\"batch_number\": 1, \"images\": [\"1_0.png\", \"1_1.png\", \"1_2.png\"], "
                 "\"ai_selected_index\": 0, \"ai_crop_coords\": null, \"ai_confidence\": 0.5, "
                 "\"user_selected_index\": 1, \"user_action\": \"crop\", "
                 "\"final_crop_coords\": [0.25, 0.1, 0.75, 0.9], \"crop_timestamp\": null, "
                 "\"image_width\": 1000, \"image_height\": 500, \"selection_match\": 0, \"crop_match\": null, "
                 "\"ai_crop_accepted\": null, \"group_key\": \"g_1000000000000001\", \"side\": \"val\", "
                 "\"selected_image\": \"1_1.png\"}\n"s);
    }

    void jsonlGoesOnInTheNextBatch()
    {
        MemorySink sink;
        FormatContext context = contextFor(ExportFormat::Jsonl, sink);
        context.request.batchSize = 2;
        writeAll(std::move(context), someGroups());
        QCOMPARE(sink.paths(), (std::vector<std::string>{"batch_0001.jsonl", "batch_0002.jsonl", "batch_0003.jsonl"}));
        std::string all;
        for (const std::string& path : sink.paths()) {
            QVERIFY(sink.at(path).ends_with("}\n"));
            all += sink.at(path);
        }
        // Python reads it, and writes the same bytes.
        QCOMPARE(runPython("import json, sys\n"
                           "for line in sys.stdin:\n"
                           "    print(json.dumps(json.loads(line)))\n",
                           {}, all),
                 all);
    }

    void jsonlKeepsOddRows()
    {
        MemorySink sink;
        ReleaseGroup group = GroupMaker{}.make(1);
        group.row.set("images", std::string("no list"));
        group.row.set("directory", std::string("caf\xE9\x01"));
        group.row.set("ai_confidence", SqlBlob{"\x01"});
        group.row.set("side", std::int64_t{7}); // a column that somebody added
        writeAll(contextFor(ExportFormat::Jsonl, sink), {group});
        const Json line = must(parseJson(sink.at("batch_0001.jsonl")));
        QCOMPARE(line["images"].toString(), "no list"s);
        QCOMPARE(line["directory"].toString(), "caf\xE9\x01"s);
        QCOMPARE(line["ai_confidence"]["blob"].toString(), "01"s);
        QCOMPARE(line["side"].toInteger(), std::int64_t{7});
        QVERIFY(line.contains("ps_side") && line["ps_side"].isNull());
    }

    void anEmptyReleaseHasAFileAllTheSame()
    {
        for (const auto& [format, path] :
             {std::pair{ExportFormat::Jsonl, "batch_0001.jsonl"}, std::pair{ExportFormat::Crops, "crops.jsonl"}}) {
            MemorySink sink;
            writeAll(contextFor(format, sink), {});
            QCOMPARE(sink.at(path), ""s);
        }
    }

    // ---- preferences and crops -------------------------------------------------------------------------------------

    void preferencesLeaveOutRejectsAndSingles()
    {
        MemorySink sink;
        writeAll(contextFor(ExportFormat::Preferences, sink), someGroups());
        QCOMPARE(runPython("import json, sys\n"
                           "for line in sys.stdin:\n"
                           "    d = json.loads(line)\n"
                           "    print(d['group_id'][-3:], d['images'], d['selected_index'], d['directory'])\n",
                           {}, sink.at("samples.jsonl")),
                 "001 ['1_0.png', '1_1.png', '1_2.png'] 1 photos\n"
                 "002 ['2_0.png', '2_1.png', '2_2.png'] 0 photos\n"
                 "005 ['5_0.png', '5_1.png'] 0 photos\n"s);
        QCOMPARE(runPython("import json, sys\n"
                           "for line in sys.stdin:\n"
                           "    d = json.loads(line)\n"
                           "    print(d['relation'], d['chosen'], d['rejected'])\n",
                           {}, sink.at("pairs.jsonl")),
                 "preferred 1_1.png 1_0.png\npreferred 1_1.png 1_2.png\n"
                 "preferred 2_0.png 2_1.png\npreferred 2_0.png 2_2.png\npreferred 5_0.png 5_1.png\n"s);
    }

    void equallyGoodImagesAreTies()
    {
        MemorySink sink;
        ReleaseGroup group = GroupMaker{.selected = 0}.make(1);
        group.tiedNames = {"1_0.png", "1_2.png"};
        group.provenance = "human";
        group.row.set("directory", std::string("/home/somebody/photos"));
        writeAll(contextFor(ExportFormat::Preferences, sink), {group});
        QCOMPARE(sink.at("pairs.jsonl"),
                 "{\"group_id\": \"p1_group_20250705T100000_batch001_img001\", \"project_id\": \"p1\", \"side\": null, "
                 "\"provenance\": \"human\", \"relation\": \"preferred\", \"chosen\": \"1_0.png\", \"rejected\": "
                 "\"1_1.png\", \"tied\": null}\n"
                 "{\"group_id\": \"p1_group_20250705T100000_batch001_img001\", \"project_id\": \"p1\", \"side\": null, "
                 "\"provenance\": \"human\", \"relation\": \"tie\", \"chosen\": null, \"rejected\": null, "
                 "\"tied\": [\"1_0.png\", \"1_2.png\"]}\n"s);
        QVERIFY(sink.at("samples.jsonl").find("somebody") == std::string::npos);
    }

    void aSelectionOutsideOfItsGroupIsAnError()
    {
        MemorySink sink;
        ReleaseGroup group = GroupMaker{}.make(1);
        group.selectedIndex = 3;
        const auto writer = must(makeFormatWriter(contextFor(ExportFormat::Preferences, sink)));
        must(writer->begin());
        PS_CHECK_ERROR(ErrorCode::InvalidInput, writer->add(group));
    }

    void cropsHaveTheirPixels()
    {
        MemorySink sink;
        std::vector<ReleaseGroup> groups = someGroups();
        // What an extraction made up, and a crop that nobody has drawn yet.
        groups.push_back(GroupMaker{.action = Action::Crop, .crop = Crop{0, 0, 1, 1}}.make(6));
        groups.push_back(GroupMaker{.action = Action::Crop}.make(7));
        // An approval that was cropped later.
        groups.push_back(GroupMaker{.action = Action::Approve, .selected = 1, .crop = Crop{0, 0.5, 0.3339, 1}}.make(8));
        const auto counts = writeAll(contextFor(ExportFormat::Crops, sink), groups);
        QCOMPARE(counts.boxes, std::int64_t{2});
        QCOMPARE(sink.at("crops.jsonl"),
                 "{\"group_id\": \"p1_group_20250705T100000_batch001_img002\", \"project_id\": \"p1\", \"side\": null, "
                 "\"provenance\": null, \"directory\": \"photos\", \"image\": \"2_0.png\", \"action\": \"crop\", "
                 "\"image_width\": 1000, \"image_height\": 500, \"final_crop_coords\": [0.25, 0.1, 0.75, 0.9], "
                 "\"pixel_box\": [250, 50, 750, 450]}\n"
                 "{\"group_id\": \"p1_group_20250705T100000_batch001_img008\", \"project_id\": \"p1\", \"side\": null, "
                 "\"provenance\": null, \"directory\": \"photos\", \"image\": \"8_1.png\", \"action\": \"approve\", "
                 "\"image_width\": 1000, \"image_height\": 500, \"final_crop_coords\": [0.0, 0.5, 0.3339, 1.0], "
                 "\"pixel_box\": [0, 250, 333, 500]}\n"s);
    }

    // ---- csv -------------------------------------------------------------------------------------------------------

    void csvLosesNothing()
    {
        MemorySink sink;
        std::vector<ReleaseGroup> groups;
        const std::vector<std::string> texts{"",         "a,b",  "say \"hi\"", "two\r\nlines",
                                             "\xFF raw", "=1+1", " blanks ",   "0012"};
        for (const std::string& text : texts)
            groups.push_back(groupCalled(text, static_cast<int>(groups.size())));
        groups.push_back(GroupMaker{.side = ReleaseSide::Test}.make(50));
        groups.back().row.set("directory", SqlValue());
        writeAll(contextFor(ExportFormat::Csv, sink), groups);
        const std::string& bytes = sink.at("decisions.csv");
        QVERIFY(bytes.starts_with("\"group_id\",\"timestamp\",\"project_id\",\"directory\","));
        QVERIFY(bytes.ends_with(",\"g_1000000000000050\",\"test\"\r\n"));
        // NULL is nothing, an empty text is two quotes, numbers are bare and texts that look like numbers are not.
        QVERIFY(bytes.find("\"p1\",,1,") != std::string::npos);
        QVERIFY(bytes.find("\"p1\",\"\",1,") != std::string::npos);
        QVERIFY(bytes.find("\"p1\",\"0012\",1,") != std::string::npos);
        const Json rows = must(parseJson(readCsv(bytes, "utf-8", ",")));
        QCOMPARE(rows.items().size(), groups.size() + 1);
        for (std::size_t i = 0; i < texts.size(); ++i)
            QCOMPARE(rows.items()[i + 1].items()[3].toString(), texts[i]);
        QCOMPARE(rows.items()[1].items()[5].toString(), "[\"0_0.png\", \"0_1.png\", \"0_2.png\"]"s);
        QCOMPARE(rows.items()[1].items().size(), std::size_t{20});
    }

    void spreadsheetsRunNothing()
    {
        std::vector<ReleaseGroup> groups;
        const std::vector<std::string> payloads = formulas();
        QVERIFY(payloads.size() >= 60);
        for (const std::string& payload : payloads) {
            groups.push_back(groupCalled(payload, static_cast<int>(groups.size())));
            groups.back().row.set("images", "[\"" + payload + "\"]");
        }
        const auto dangerousCells = [&](bool isSafe, const std::string& delimiter) {
            MemorySink sink;
            FormatContext context = contextFor(ExportFormat::Csv, sink);
            context.request.isSpreadsheetSafe = isSafe;
            writeAll(std::move(context), groups);
            return runPython(kCountDangerousCells, {},
                             readCsv(sink.at("decisions.csv"), isSafe ? "utf-8-sig" : "utf-8", delimiter));
        };
        for (const char* delimiter : {",", ";", "\t", "|"})
            QCOMPARE(dangerousCells(true, delimiter), "0\n"s);
        QVERIFY(dangerousCells(false, ",") != "0\n"); // what the other mode leaves alone
    }

    void theRawModeGivesEveryFormulaBack()
    {
        MemorySink sink;
        std::vector<ReleaseGroup> groups;
        for (const std::string& payload : formulas())
            groups.push_back(groupCalled(payload, static_cast<int>(groups.size())));
        writeAll(contextFor(ExportFormat::Csv, sink), groups);
        const Json rows = must(parseJson(readCsv(sink.at("decisions.csv"), "utf-8", ",")));
        for (std::size_t i = 0; i < groups.size(); ++i)
            QCOMPARE(rows.items()[i + 1].items()[3].toString(), formulas()[i]);
    }

    void harmlessTextStaysAsItIs()
    {
        for (const char* text : {"photos/a-b", "1+1=2", "x@y", "[0.1, 0.2]", "", "K\xC3\xA4se"})
            QCOMPARE(spreadsheetText(text), std::string(text));
        QCOMPARE(spreadsheetText("=1"), "'=1"s);
        QCOMPARE(spreadsheetText("\t=1"), "\\u{0009}=1"s);
        QCOMPARE(spreadsheetText("a;=1"), "a;'=1"s);
    }

    // ---- v3 --------------------------------------------------------------------------------------------------------

    void v3HoldsExactlyTheRows()
    {
        MemorySink sink;
        std::vector<ReleaseGroup> groups = someGroups();
        const auto counts = writeAll(contextFor(ExportFormat::V3, sink), groups);
        QCOMPARE(counts.lines, std::int64_t{5});
        QCOMPARE(rowsOf(sink, "SELECT group_concat(substr(group_id, -3)), sum(user_action = 'crop'), count(*), "
                              "group_concat(DISTINCT typeof(ai_confidence) || typeof(crop_match)) FROM ai_decisions"),
                 "[[\"001,002,003,004,005\", 1, 5, \"realnull\"]]"s);
        QCOMPARE(
            rowsOf(sink, "SELECT * FROM ai_decisions WHERE group_id LIKE '%002'"),
            "[[\"p1_group_20250705T100000_batch001_img002\", \"2025-07-05T10:00:00.000001Z\", \"p1\", \"photos\", 1, "
            "\"[\\\"2_0.png\\\", \\\"2_1.png\\\", \\\"2_2.png\\\"]\", 0, null, 0.5, 0, \"crop\", "
            "\"[0.25, 0.1, 0.75, 0.9]\", null, 1000, 500, 1, null, null]]"s);
        QCOMPARE(
            rowsOf(sink,
                   "SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE type != 'index' ORDER BY 1)"),
            "[[\"ai_decisions,ai_mistakes,ai_performance,incomplete_crops\"]]"s);
        QCOMPARE(rowsOf(sink, "SELECT * FROM pragma_integrity_check"), "[[\"ok\"]]"s);
    }

    void v3IsTheSameInWhateverOrderTheRowsCome()
    {
        std::vector<ReleaseGroup> groups = someGroups();
        MemorySink first;
        writeAll(contextFor(ExportFormat::V3, first), groups);
        std::ranges::reverse(groups);
        MemorySink second;
        const TempFolder scratch;
        FormatContext context = contextFor(ExportFormat::V3, second);
        context.scratchFolder = scratch.path();
        writeAll(std::move(context), groups);
        QVERIFY(first.at("p1.db") == second.at("p1.db"));
        groups.pop_back();
        MemorySink third; // a row less is another file
        writeAll(contextFor(ExportFormat::V3, third), groups);
        QVERIFY(first.at("p1.db") != third.at("p1.db"));
    }

    void v3KeepsColumnsThatSomebodyAdded()
    {
        MemorySink sink;
        std::vector<ReleaseGroup> groups = someGroups();
        groups[1].row.set("my \"note\"", std::string("=x"));
        writeAll(contextFor(ExportFormat::V3, sink), groups);
        QCOMPARE(rowsOf(sink, "SELECT count(*), max(\"my \"\"note\"\"\") FROM ai_decisions"), "[[5, \"=x\"]]"s);
    }

    void v3RefusesWhatTheTableForbids()
    {
        MemorySink sink;
        ReleaseGroup group = GroupMaker{}.make(1);
        const auto outcomeOf = [&sink](const std::vector<ReleaseGroup>& groups) -> Result<void> {
            PS_TRY(const auto writer, makeFormatWriter(contextFor(ExportFormat::V3, sink)));
            PS_TRY_VOID(writer->begin());
            for (const ReleaseGroup& one : groups)
                PS_TRY_VOID(writer->add(one));
            return writer->finish();
        };
        QVERIFY(!outcomeOf({group, group}).has_value()); // twice the same key
        group.row.set("image_width", std::int64_t{0});
        QVERIFY(!outcomeOf({group}).has_value());
    }

    // ---- all -------------------------------------------------------------------------------------------------------

    void aStoppedExportSaysSo()
    {
        for (const ExportFormat format : {ExportFormat::V3, ExportFormat::Jsonl, ExportFormat::Preferences,
                                          ExportFormat::Crops, ExportFormat::Csv}) {
            MemorySink sink;
            std::stop_source source;
            FormatContext context = contextFor(format, sink);
            context.stop = source.get_token();
            const auto writer = must(makeFormatWriter(std::move(context)));
            must(writer->begin());
            must(writer->add(GroupMaker{}.make(1)));
            source.request_stop();
            PS_CHECK_ERROR(ErrorCode::Cancelled, writer->add(GroupMaker{}.make(2)));
        }
    }
};

QTEST_GUILESS_MAIN(TestRowFormats)
#include "tst_row_formats.moc"
