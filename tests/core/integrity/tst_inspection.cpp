// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/integrity/report_html.h"
#include "tests/core/integrity/planted.h"
#include "tests/support/census.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/python.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <numeric>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

std::vector<std::string> memberNames(const Json& object)
{
    std::vector<std::string> names;
    for (const auto& [name, value] : object.members())
        names.push_back(name);
    return names;
}

std::int64_t sumOf(const Json& counts)
{
    std::int64_t sum = 0;
    for (const auto& [key, count] : counts.members())
        sum += count.toInteger();
    return sum;
}

/// Several problems of several kinds, among sound rows of two projects.
std::string makeMixedDatabase(const TempFolder& folder)
{
    std::vector<std::string> statements{unconstrainedTable()};
    for (int number = 1; number <= 70; ++number) {
        Cells cells;
        if (number % 10 == 0)
            cells["user_action"] = "'skip'";
        if (number % 14 == 0)
            cells["image_width"] = "0";
        if (number % 3 == 0)
            cells["project_id"] = "'p2'";
        if (number == 5)
            cells["user_action"] = "NULL";
        statements.push_back(rowSql(cells, number));
    }
    return makeDatabase(folder, statements);
}

} // namespace

class TestInspection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theReportHasItsMembersInOrder()
    {
        const TempFolder folder;
        const std::string path = makeMixedDatabase(folder);
        const Json report = reportJson(inspectFile(path));
        QCOMPARE(memberNames(report),
                 (std::vector<std::string>{"schema", "tool", "generated_at", "database", "sha256", "rows", "columns",
                                           "first_rows", "by_action", "by_project", "checks", "findings",
                                           "findings_truncated", "files_checked", "images_not_measured", "outcomes"}));
        QVERIFY(report["outcomes"].members().empty()); // nobody has worked on it
        QCOMPARE(report["tool"].toString(), "tests 1.0"s);
        QCOMPARE(report["generated_at"].toString(), "2026-03-01T10:00:00.000000Z"s);
        QCOMPARE(report["database"].toString(), "odd.db"s);
        QCOMPARE(report["sha256"].toString(), sha256Hex(folder.read("odd.db")));
        QCOMPARE(report["rows"].toInteger(), std::int64_t{70});
        QVERIFY(!report["files_checked"].toBool());
        for (const Json& check : report["checks"].items())
            QCOMPARE(memberNames(check), (std::vector<std::string>{"check", "severity", "count", "passed", "meaning"}));
        for (const Json& finding : report["findings"].items())
            QCOMPARE(memberNames(finding),
                     (std::vector<std::string>{"check", "severity", "group_id", "row", "evidence", "fix"}));
    }

    void theNumbersReconcile()
    {
        const TempFolder folder;
        const InspectionReport inspected = inspectFile(makeMixedDatabase(folder));
        QCOMPARE(found(inspected.findings), "action_unknown 8, size_invalid 5"s);
        const Json report = reportJson(inspected);
        QCOMPARE(sumOf(report["by_action"]), report["rows"].toInteger());
        QCOMPARE(sumOf(report["by_project"]), report["rows"].toInteger());
        QCOMPARE(report["by_action"][""].toInteger(), std::int64_t{1}); // the NULL
        QCOMPARE(report["by_action"]["skip"].toInteger(), std::int64_t{7});
        QCOMPARE(report["by_project"]["p2"].toInteger(), std::int64_t{23});
        std::map<std::string, std::int64_t> listed;
        for (const Json& finding : report["findings"].items())
            ++listed[finding["check"].toString()];
        for (const Json& check : report["checks"].items()) {
            QCOMPARE(check["count"].toInteger(), listed[check["check"].toString()]);
            QCOMPARE(check["passed"].toBool(), check["count"].toInteger() == 0);
        }
        QCOMPARE(report["checks"].items().size(), allChecks().size());
        QVERIFY(!report["findings_truncated"].toBool());
    }

    void theFirstFiftyRowsAreShownAsPythonPrintsThem()
    {
        const TempFolder folder;
        std::vector<std::string> statements{
            unconstrainedTable(),
            rowSql({{"directory", "'it''s a \"folder\"'"}, {"ai_confidence", "1e-07"}, {"crop_match", "0.1"}}, 1),
            rowSql(
                {{"directory", "char(10, 9, 0x202e, 0x1f600)"}, {"ai_confidence", "NULL"}, {"image_width", "'wide'"}},
                2)};
        for (int number = 3; number <= 60; ++number)
            statements.push_back(rowSql({}, number));
        const std::string path = makeDatabase(folder, statements);
        const Json report = reportJson(inspectFile(path));
        QCOMPARE(report["first_rows"].items().size(), std::size_t{50});
        const std::string theirs = runPython(
            "import json, sqlite3, sys\n"
            "db = sqlite3.connect(sys.argv[1])\n"
            "db.row_factory = sqlite3.Row\n"
            "rows = db.execute('SELECT * FROM ai_decisions LIMIT 50').fetchall()\n"
            "sys.stdout.write(json.dumps([{k: repr(row[k]) for k in row.keys()} for row in rows]))\n",
            {path});
        QCOMPARE(dumpJson(report["first_rows"]), theirs);
    }

    void aBlobIsNotPrinted()
    {
        const TempFolder folder;
        const InspectionReport report = inspectFile(
            makeDatabase(folder, {unconstrainedTable(), rowSql({{"directory", "x'00ff'"}})}));
        QCOMPARE(report.firstRows.items().front()["directory"].toString(), "bytes of length 2"s);
    }

    void theReportIsSavedUnderItsStampAndReplacesNothing()
    {
        const TempFolder folder;
        const InspectionReport report = inspectFile(makeMixedDatabase(folder));
        const Workspace workspace = must(Workspace::open(folder.path()));
        const std::string first = must(saveReport(report, workspace));
        QCOMPARE(first, "data/daily_summaries/ai_training_inspection_20260301T100000Z.json"s);
        const std::string bytes = folder.read(first);
        QCOMPARE(must(saveReport(report, workspace)),
                 "data/daily_summaries/ai_training_inspection_20260301T100000Z_2.json"s);
        QCOMPARE(must(saveReport(report, workspace)),
                 "data/daily_summaries/ai_training_inspection_20260301T100000Z_3.json"s);
        QVERIFY(folder.read(first) == bytes);
        QCOMPARE(must(parseJson(bytes))["rows"].toInteger(), std::int64_t{70});
    }

    // ---- odd databases ---------------------------------------------------------------------------------------------

    void everyVariantIsInspectedWithoutAByteChanged_data()
    {
        QTest::addColumn<std::string>("variant");
        for (const SchemaVariant& variant : schemaVariants())
            QTest::newRow(variant.name.c_str()) << variant.name;
    }
    void everyVariantIsInspectedWithoutAByteChanged()
    {
        QFETCH(const std::string, variant);
        const auto& shape = *std::ranges::find(schemaVariants(), variant, &SchemaVariant::name);
        const TempFolder folder;
        const std::string path = makeVariant(folder, shape, "p1.db");
        const Census before = takeCensus(folder.path());
        const InspectionReport report = inspectFile(path);
        QCOMPARE(differences(before, takeCensus(folder.path())), ""s); // no byte, no -wal, no -shm, no -journal
        QCOMPARE(report.rows, shape.rowCount);
        QVERIFY(report.findings.countOf("images_invalid") > 0);
        QCOMPARE(report.findings.countOf("columns_missing"), std::int64_t{shape.canBeWorkedOn ? 0 : 1});
        QCOMPARE(sumOf(reportJson(report)["by_action"]), shape.rowCount);
    }

    void aDatabaseInWalModeThatNobodyHoldsIsInspectedWithoutAByteChanged()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(
            folder, {unconstrainedTable(), rowSql(), "PRAGMA journal_mode=WAL", rowSql({}, 2)});
        const Census before = takeCensus(folder.path());
        QCOMPARE(before.size(), std::size_t{1});
        QCOMPARE(inspectFile(path).rows, std::int64_t{2});
        QCOMPARE(differences(before, takeCensus(folder.path())), ""s);
    }

    void rowsThatAnotherProcessHasInItsWalAreSeen()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder, {unconstrainedTable(), rowSql()});
        const DatabaseHolder holder(path, {"PRAGMA journal_mode=WAL", rowSql({}, 2)});
        QCOMPARE(inspectFile(path).rows, std::int64_t{2});
    }

    void anotherProcessThatWritesIsNotInTheWay()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder, {unconstrainedTable(), rowSql(), "PRAGMA journal_mode=WAL"});
        const DatabaseHolder holder(path, {rowSql({}, 2), "BEGIN IMMEDIATE", rowSql({}, 3)});
        QCOMPARE(inspectFile(path).rows, std::int64_t{2}); // and nothing that is not committed
    }

    void whatIsNoDatabaseIsAnErrorThatNamesTheFile_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<int>("code");
        QTest::newRow("a text") << "This is not a database at all, it is only a text file.\n"s
                                << static_cast<int>(ErrorCode::Corrupt);
        QTest::newRow("a page of HTML") << ("<!doctype html>" + std::string(4096, ' '))
                                        << static_cast<int>(ErrorCode::Corrupt);
        QTest::newRow("an empty file") << ""s << static_cast<int>(ErrorCode::Unsupported);
    }
    void whatIsNoDatabaseIsAnErrorThatNamesTheFile()
    {
        QFETCH(const std::string, bytes);
        QFETCH(const int, code);
        const TempFolder folder;
        const std::string path = folder.write("odd.db", bytes);
        const auto report = inspectDatabase(path, {}, {});
        PS_CHECK_ERROR(static_cast<ErrorCode>(code), report);
        QVERIFY2(report.error().describe().find("odd.db") != std::string::npos, report.error().describe().c_str());
        QVERIFY(folder.read("odd.db") == bytes);
    }

    void aMissingFileIsNotMade()
    {
        const TempFolder folder;
        PS_CHECK_ERROR(ErrorCode::NotFound, inspectDatabase(folder.pathOf("none.db"), {}, {}));
        QVERIFY(takeCensus(folder.path()).empty());
    }

    void aDatabaseWithoutTheTableSaysSo()
    {
        const TempFolder folder;
        const auto report = inspectDatabase(makeDatabase(folder, {"CREATE TABLE decisions (id)"}), {}, {});
        PS_CHECK_ERROR(ErrorCode::Unsupported, report);
        QVERIFY2(report.error().describe().find("ai_decisions") != std::string::npos,
                 report.error().describe().c_str());
    }

    void aDamagedPageIsAFindingAndTheRestIsRead()
    {
        const TempFolder folder;
        std::vector<std::string> statements{"PRAGMA page_size=1024", unconstrainedTable(),
                                            "CREATE INDEX idx_timestamp ON ai_decisions(timestamp)"};
        for (int number = 1; number <= 60; ++number)
            statements.push_back(rowSql({}, number));
        const std::string path = makeDatabase(folder, statements);
        const std::string sound = folder.read("odd.db");
        QCOMPARE(found(inspectFile(path).findings), ""s); // the control
        int damaged = 0;
        for (std::size_t page = 1; page * 1024 < sound.size(); ++page) {
            std::string bytes = sound;
            std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(page * 1024), 64, '\xa5');
            folder.write("odd.db", bytes);
            const auto report = inspectDatabase(path, {}, {});
            if (!report) {
                PS_CHECK_ERROR(ErrorCode::Corrupt, report);
            } else {
                QVERIFY2(report->isDamaged(), std::to_string(page).c_str());
            }
            ++damaged;
            QVERIFY(folder.read("odd.db") == bytes);
        }
        QVERIFY(damaged > 20);
    }

    void stoppingStops()
    {
        const TempFolder folder;
        const std::string path = makeMixedDatabase(folder);
        std::stop_source stop;
        stop.request_stop();
        PS_CHECK_ERROR(ErrorCode::Cancelled, inspectDatabase(path, {}, stop.get_token()));
    }

    // ---- the page --------------------------------------------------------------------------------------------------

    void hostileNamesAreTextInThePage()
    {
        const TempFolder folder;
        const InspectionReport report = inspectFile(makeDatabase(
            folder, {unconstrainedTable(), rowSql({{"group_id", "'<script>alert(1)</script>'"},
                                                   {"project_id", "'\"><img src=x onerror=y>&amp;'"},
                                                   {"user_action", "'<b>'"},
                                                   {"final_crop_coords", "'</table>' || char(10) || '<svg>'"},
                                                   {"directory", "'/a' || char(0x202e) || 'b'"}})}));
        const std::string html = reportHtml(report);
        for (const char* hostile : {"<script", "<img", "<b>'", "<svg", "onerror=y>"})
            QVERIFY2(html.find(hostile) == std::string::npos, hostile);
        for (const char* shown :
             {"&lt;script&gt;alert(1)&lt;/script&gt;", "&quot;&gt;&lt;img src=x onerror=y&gt;&amp;amp;"})
            QVERIFY2(html.find(shown) != std::string::npos, shown);
        QVERIFY(html.find("\xe2\x80\xae") == std::string::npos); // a direction mark would turn the line round
        // A parser of Python sees only tags of ours, all closed.
        const std::string tags = runPython(
            "import html.parser, sys\n"
            "class P(html.parser.HTMLParser):\n"
            "    def __init__(self):\n"
            "        super().__init__(); self.open = []; self.seen = set(); self.text = ''\n"
            "    def handle_starttag(self, tag, attrs):\n"
            "        self.seen.add(tag)\n"
            "        if tag not in ('meta', 'br'): self.open.append(tag)\n"
            "    def handle_endtag(self, tag): assert self.open.pop() == tag, tag\n"
            "    def handle_data(self, data): self.text += data\n"
            "p = P(); p.feed(sys.stdin.read()); assert not p.open, p.open\n"
            "assert '<script>alert(1)</script>' in p.text\n"
            "print(' '.join(sorted(p.seen)))\n",
            {}, html);
        QCOMPARE(tags, "b body br caption h1 h2 head html meta p span style table tbody td th thead title tr\n"s);
    }

    void thePageSaysWhetherAllIsWell()
    {
        const TempFolder folder;
        const InspectionReport sound = inspectFile(makeDatabase(folder, {unconstrainedTable(), rowSql()}));
        QVERIFY(reportHtml(sound).find("No warnings and no errors.") != std::string::npos);
        const TempFolder other;
        const std::string html = reportHtml(
            inspectFile(makeDatabase(other, {unconstrainedTable(), rowSql({{"image_width", "0"}})})));
        QVERIFY(html.find("1 errors, 0 warnings.") != std::string::npos);
        QVERIFY(html.find("size_invalid") != std::string::npos && html.find("0 x 1000") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestInspection)
#include "tst_inspection.moc"
