// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "tests/core/exchange/bitmaps.h"
#include "tests/core/exchange/crop_rows.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// The lines of the file that a report names.
std::vector<Json> refusedLines(const ImportFixture& fixture, const std::string& reportPath)
{
    const Json report = must(parseJson(fixture.folder().read("ws/" + reportPath)));
    const std::string& name = report["lines_file"].toString();
    std::vector<Json> lines;
    for (const std::string& line : split(fixture.folder().read("ws/" + joinPath(parentPath(reportPath), name)), '\n')) {
        if (!line.empty())
            lines.push_back(must(parseJson(line)));
    }
    return lines;
}

} // namespace

class TestImportLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesWithoutAProjectAreKept();
    void everyRefusedLineIsKept();
    void theProjectOfTheCallerTakesWhatHasNone();
    void sizesComeFromOriginals();
    void timesOfColumnMapsAreLocal();
};

void TestImportLines::linesWithoutAProjectAreKept()
{
    const ImportFixture fixture;
    const std::string row = cropRow("1.0,2.0,500.0,600.0", "1000,800", "crop/b.png", "2024-01-01T00:00:00Z");
    const auto plan = fixture.plan("log.csv", kCropHeader + row + "1,2,3\r\n");
    QCOMPARE(countsText(*plan), "quarantined 2"s);
    const auto applied = must(fixture.apply(*plan));
    QVERIFY(applied.importIds.empty());
    QVERIFY(!applied.reportPath.empty());
    const auto lines = refusedLines(fixture, applied.reportPath);
    QCOMPARE(lines.size(), std::size_t{2});
    QCOMPARE(dumpJson(lines[0]), dumpJson(Json::object({{"outcome", "quarantined"},
                                                        {"project", ""},
                                                        {"file", "log.csv"},
                                                        {"line", 2},
                                                        {"raw", row.substr(0, row.size() - 2)},
                                                        {"reason", "neither a path nor a date names the project"}})));
    QCOMPARE(lines[1]["raw"].toString(), "1,2,3"s);
    QVERIFY(must(fixture.apply(*plan)).reportPath.empty()); // it was told
    // The control: nothing wrong, no file of lines.
    const auto good = must(fixture.apply(*fixture.plan("good.csv", kCropHeader + cropRow("1.0,2.0,500.0,600.0"))));
    QVERIFY(must(parseJson(fixture.folder().read("ws/" + good.reportPath)))["lines_file"].isNull());
}

void TestImportLines::everyRefusedLineIsKept()
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    fixture.change("mojo1", decidedRow("own", "[\"a.png\"]", "crop", "'[0.3, 0.25, 0.5, 0.75]'"));
    std::string log = kCropHeader + cropRow("100.0,200.0,500.0,600.0");
    for (int i = 0; i < 5'100; ++i)
        log += "1,2," + std::to_string(i) + "\r\n";
    const auto plan = fixture.plan("log.csv", log);
    QCOMPARE(countsText(*plan), "conflict 1, quarantined 5100"s);
    const auto applied = must(fixture.apply(*plan));
    const Json report = must(parseJson(fixture.folder().read("ws/" + applied.reportPath)));
    QCOMPARE(report["findings"].items().size(), std::size_t{5'001});
    QVERIFY(report["findings_truncated"].toBool());
    const auto lines = refusedLines(fixture, applied.reportPath);
    QCOMPARE(lines.size(), std::size_t{5'101});
    QCOMPARE(lines[0]["outcome"].toString(), "conflict"s);
    QCOMPARE(lines[0]["project"].toString(), "mojo1"s);
    QCOMPARE(lines[5'100]["raw"].toString(), "1,2,5099"s);
    QCOMPARE(lines[5'100]["line"].toInteger(), std::int64_t{5'102});
    // An import that stands has told of them.
    QVERIFY(must(fixture.apply(*fixture.plan("log.csv", log))).reportPath.empty());
}

void TestImportLines::theProjectOfTheCallerTakesWhatHasNone()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    ImportOptions options;
    options.projectId = "p1";
    const auto plan = fixture.plan(
        "log.csv", kCropHeader + "1,2,3\r\n" + cropRow("1.0,2.0,5.0,6.0", "1000,800", "mojo1/a.png", "never"), options);
    QCOMPARE(countsText(*plan, "p1"), "quarantined 2"s);
    must(fixture.apply(*plan));
    QCOMPARE(fixture.ask("p1", "SELECT group_concat(line || ' ' || outcome) FROM ps_import_lines"),
             "2 quarantined,3 quarantined"s);
    QCOMPARE(fixture.ask("p1", "SELECT raw FROM ps_import_lines WHERE line=2"), "1,2,3"s);
}

void TestImportLines::sizesComeFromOriginals()
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    const std::string whole = bmpOf(photographOf(1));
    const std::string cut = bmpOf(cutOf(photographOf(1), {0, 0, 300, 200}));
    fixture.folder().write("ws/mojo1/plain.bmp", whole);
    fixture.folder().write("ws/mojo1/kept.bmp", cut);
    fixture.folder().write("ws/data/originals/mojo1/kept.bmp", whole);
    const auto line = [](const std::string& box, const std::string& name) {
        return cropRow(box, "0,0", "mojo1/" + name);
    };
    const auto plan = fixture.plan("log.csv", kCropHeader + line("0.1,0.2,0.5,0.6", "plain.bmp") +
                                                  line("60.0,90.0,360.0,450.0", "plain.bmp") +
                                                  line("0.0,0.0,300.0,225.0", "kept.bmp"));
    // Fractions fit into any image, a cropped one too.
    QCOMPARE(firstNote(*plan, 0), "quarantined: needs dimensions: the image may have been cropped since"s);
    QCOMPARE(countsText(*plan), "added 2, quarantined 1"s);
    QVERIFY(std::ranges::count(itemAt(*plan, 2).notes, "size from the original") == 1);
    must(fixture.apply(*plan));
    const std::string sizes =
        "SELECT group_concat(final_crop_coords || image_width || 'x' || image_height) FROM (SELECT "
        "* FROM ai_decisions ORDER BY images DESC)";
    QCOMPARE(fixture.ask("mojo1", sizes),
             cropText(fromPixels({60, 90, 360, 450}, {600, 450})) + "600x450,[0.0, 0.0, 0.5, 0.5]600x450");
}

void TestImportLines::timesOfColumnMapsAreLocal()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    ImportOptions options;
    options.projectId = "p1";
    options.columnMap = Json::object({{"image", "picture"},
                                      {"user_action", "verdict"},
                                      {"timestamp", "when"},
                                      {"image_width", "w"},
                                      {"image_height", "h"}});
    std::string table = "picture,verdict,when,w,h\r\n";
    int number = 0;
    for (const char* time :
         {"20250705_230713", "10/1/2025", "2025-10-08 14:46:56", "2025-10-08T18:46:56Z", "yesterday"})
        table += std::to_string(++number) + ".png,approve," + time + ",10,10\r\n";
    const auto plan = fixture.plan("own.csv", table, options);
    QVERIFY(plan->format() == ImportFormat::Csv);
    QCOMPARE(countsText(*plan), "added 4, quarantined 1"s);
    for (const std::int64_t position : {0, 1, 2})
        QVERIFY(std::ranges::count(itemAt(*plan, position).notes, "assumed zone") == 1);
    QVERIFY(std::ranges::count(itemAt(*plan, 3).notes, "assumed zone") == 0);
    QVERIFY(std::ranges::count(itemAt(*plan, 4).notes, "the time \"yesterday\" cannot be read") == 1);
    must(fixture.apply(*plan));
    QCOMPARE(fixture.ask("p1", "SELECT group_concat(timestamp) FROM (SELECT * FROM ai_decisions ORDER BY images)"),
             "2025-07-06T03:07:13.000000Z,2025-10-01T16:00:00.000000Z,2025-10-08T18:46:56.000000Z,"
             "2025-10-08T18:46:56.000000Z"s);
    ImportOptions into;
    into.projectId = "p1";
    const std::string rest = "\", \"user_action\": \"approve\", \"image_width\": 10, \"image_height\": 10}\n";
    const auto lines = fixture.plan("own.jsonl",
                                    "{\"image\": \"6.png\", \"timestamp\": \"2025-10-08T18:46:56+00:00" + rest +
                                        "{\"image\": \"7.png\", \"timestamp\": \"2025-10-08 14:46:56" + rest,
                                    into);
    must(fixture.apply(*lines));
    QCOMPARE(fixture.ask("p1", "SELECT count(*) FROM ai_decisions WHERE timestamp='2025-10-08T18:46:56.000000Z'"),
             "4"s);
    QVERIFY(std::ranges::count(itemAt(*lines, 0).notes, "assumed zone") == 0);
}

QTEST_GUILESS_MAIN(TestImportLines)
#include "tst_import_lines.moc"
