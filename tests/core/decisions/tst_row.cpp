// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/row.h"
#include "core/decisions/schema.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <set>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

SqlValue randomCell(SeededRandom& random)
{
    switch (random.below(5)) {
    case 0: return std::monostate{};
    case 1: return random.between(-5, 5);
    case 2: return static_cast<double>(random.between(-5, 5)) / 4;
    case 3: return random.bytes(random.below(4));
    default: return SqlBlob{random.bytes(random.below(4))};
    }
}

DecisionRow rowOf(std::vector<SqlValue> values)
{
    std::vector<DecisionRow::Cell> cells;
    for (std::size_t i = 0; i < values.size(); ++i)
        cells.emplace_back("c" + std::to_string(i), std::move(values[i]));
    return DecisionRow(std::move(cells));
}

} // namespace

class TestRow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordedRowsReadBackExactly()
    {
        SeededRandom random(61);
        for (int i = 0; i < 20'000; ++i) {
            std::vector<SqlValue> values(random.below(5));
            for (SqlValue& value : values)
                value = randomCell(random);
            const DecisionRow row = rowOf(std::move(values));
            const auto again = rowFromJson(must(parseJson(rowText(row))));
            PS_CHECK_OK(again);
            QVERIFY2(*again == row, (random.note() + ": " + rowText(row)).c_str());
            QCOMPARE(rowText(*again), rowText(row));
        }
    }

    void everyChangeOfAnyCellChangesTheFingerprint()
    {
        const std::vector<SqlValue> values{
            std::monostate{}, std::int64_t{0}, 0.0, ""s,     SqlBlob{}, "0"s, SqlBlob{"0"},
            "0.0"s,           std::int64_t{1}, 1.0, "NULL"s, "a"s,      "ab"s};
        std::set<std::string> seen;
        for (const SqlValue& a : values) {
            for (const SqlValue& b : values)
                seen.insert(rowFingerprint(rowOf({a, b})));
        }
        QCOMPARE(seen.size(), values.size() * values.size());
        QCOMPARE(rowFingerprint(rowOf({"ab"s, "c"s})).size(), std::size_t{16});
        QVERIFY(rowFingerprint(rowOf({"ab"s, "c"s})) != rowFingerprint(rowOf({"a"s, "bc"s})));
    }

    void oddValuesGiveNothingAndStayWhatTheyAre()
    {
        const DecisionRow row({{"group_id", std::int64_t{5}},
                               {"images", SqlBlob{"[\"a.png\"]"}},
                               {"user_action", "skip"s},
                               {"user_selected_index", "1"s},
                               {"image_width", 100.0}});
        QVERIFY(!row.action());
        QVERIFY(!row.imageNames());
        QVERIFY(!row.integer("user_selected_index"));
        QVERIFY(!row.integer("image_width"));
        QVERIFY(row.number("image_width") == 100.0);
        QVERIFY(row.isNull("no such column") && !row.has("no such column"));
        QVERIFY(row.value("user_selected_index") == SqlValue("1"s));
    }

    void imageNamesAreAListOfTexts_data()
    {
        QTest::addColumn<QByteArray>("images");
        QTest::addColumn<bool>("isFine");
        const auto row = [](const char* images, bool isFine) { QTest::newRow(images) << QByteArray(images) << isFine; };
        row("[\"a.png\", \"b.png\"]", true);
        row("[]", true);
        row("[\"caf\\u00e9.png\", \"\\udce9.png\"]", true);
        row("not json", false);
        row("{\"a\": 1}", false);
        row("null", false);
        row("5", false);
        row("\"a.png\"", false);
        row("[\"a.png\", 5]", false);
        row("[null]", false);
        row("", false);
    }
    void imageNamesAreAListOfTexts()
    {
        QFETCH(const QByteArray, images);
        QFETCH(const bool, isFine);
        const DecisionRow row({{"group_id", "g"s}, {"images", images.toStdString()}});
        const auto names = row.imageNames();
        QCOMPARE(names.has_value(), isFine);
        if (!isFine)
            QVERIFY(names.error().code == ErrorCode::InvalidInput);
    }

    void rowsOfAnyVariantAreReadWhateverTheyHold_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < schemaVariants().size(); ++i)
            QTest::newRow(schemaVariants()[i].name.c_str()) << static_cast<int>(i);
    }
    void rowsOfAnyVariantAreReadWhateverTheyHold()
    {
        QFETCH(const int, index);
        const SchemaVariant& variant = schemaVariants()[static_cast<std::size_t>(index)];
        const TempFolder folder;
        const Connection connection = must(Connection::open(makeVariant(folder, variant, "v.db"), OpenMode::ReadOnly));
        const DecisionTable table = must(readDecisionTable(connection));
        QCOMPARE(table.isComplete(), variant.canBeWorkedOn);
        QCOMPARE(table.missingColumns().empty(), variant.canBeWorkedOn);
        QCOMPARE(rowTexts(connection).size(), static_cast<std::size_t>(variant.rowCount));
        Statement rows = must(connection.prepare(selectRows(table)));
        while (must(rows.step())) {
            const DecisionRow row = readRow(rows, table);
            QCOMPARE(row.cells().size(), table.columns.size());
            const auto found = must(findRow(connection, table, row.groupId()));
            QVERIFY(found == row);
            QVERIFY(must(rowFromJson(rowToJson(row))) == row);
        }
        QVERIFY(!must(findRow(connection, table, "absent")));
    }

    void columnsAreFoundByNameInAnyOrder()
    {
        const Connection connection = must(Connection::open(":memory:", OpenMode::Create));
        must(connection.execute(
            "CREATE TABLE ai_decisions (images TEXT, \"odd \"\"name\"\"\" TEXT, group_id TEXT PRIMARY KEY);"
            "INSERT INTO ai_decisions VALUES ('[]', 'x', 'g1')"));
        const DecisionTable table = must(readDecisionTable(connection));
        const auto row = must(findRow(connection, table, "g1"));
        QVERIFY(row && row->groupId() == "g1" && row->text("odd \"name\"") == "x");
        QVERIFY(!table.isComplete());
        QVERIFY(table.missingColumns().front() == "timestamp");
    }

    void aFileWithoutTheTableIsNotSupported()
    {
        const Connection connection = must(Connection::open(":memory:", OpenMode::Create));
        PS_CHECK_ERROR(ErrorCode::Unsupported, readDecisionTable(connection));
    }

    void damagedRecordsAreRefused()
    {
        for (const char* text : {"[]", "5", "{\"a\": [1]}", "{\"a\": true}", "{\"a\": {\"blob\": \"xyz\"}}",
                                 "{\"a\": {\"blob\": 5}}", "{\"a\": {}}"})
            QVERIFY2(!rowFromJson(must(parseJson(text))), text);
    }

    void actionsHaveTheirNames()
    {
        for (const Action action : {Action::Approve, Action::Crop, Action::Reject})
            QVERIFY(parseAction(actionName(action)) == action);
        for (const char* text : {"", "skip", "Approve", "approve "})
            QVERIFY2(!parseAction(text), text);
    }
};

QTEST_GUILESS_MAIN(TestRow)
#include "tst_row.moc"
