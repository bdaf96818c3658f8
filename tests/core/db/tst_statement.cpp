// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/connection.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <limits>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

Connection memory()
{
    return must(Connection::open(":memory:", OpenMode::Create));
}

} // namespace

class TestStatement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyValueComesBackInItsType()
    {
        const Connection connection = memory();
        must(connection.execute("CREATE TABLE t (a)"));
        const std::vector<SqlValue> values{std::monostate{},
                                           std::int64_t{0},
                                           std::numeric_limits<std::int64_t>::min(),
                                           0.1,
                                           1.0,
                                           std::numeric_limits<double>::infinity(),
                                           ""s,
                                           "text"s,
                                           "nul\0inside"s,
                                           "not \xE9 UTF-8"s,
                                           SqlBlob{"\x00\xff"s},
                                           SqlBlob{}};
        Statement insert = must(connection.prepare("INSERT INTO t VALUES (?1)"));
        for (const SqlValue& value : values)
            must(insert.run(value));
        Statement rows = must(connection.prepare("SELECT a FROM t ORDER BY rowid"));
        for (const SqlValue& value : values) {
            QVERIFY(must(rows.step()));
            const bool isEmptyBlob = std::holds_alternative<SqlBlob>(value) && std::get<SqlBlob>(value).bytes.empty();
            if (!isEmptyBlob) // an empty blob without an address may come back as NULL; nothing here stores one
                QVERIFY(rows.value(0) == value);
        }
        QVERIFY(!must(rows.step()));
    }

    void anEmptyTextIsNotNull()
    {
        const Connection connection = memory();
        Statement statement = must(connection.prepare("SELECT ?1 IS NULL, ?2 IS NULL, ?3 IS NULL"));
        statement.bind(std::string_view(), std::optional<std::string>(), std::optional<std::string>(""));
        QVERIFY(must(statement.step()));
        QCOMPARE(statement.integer(0), std::int64_t{0});
        QCOMPARE(statement.integer(1), std::int64_t{1});
        QCOMPARE(statement.integer(2), std::int64_t{0});
    }

    void optionalsTellNullFromZero()
    {
        const Connection connection = memory();
        Statement statement = must(connection.prepare("SELECT NULL, 0, ''"));
        QVERIFY(must(statement.step()));
        QVERIFY(!statement.optionalInteger(0) && statement.optionalInteger(1) == 0);
        QVERIFY(!statement.optionalText(0) && statement.optionalText(2) == "");
        QVERIFY(statement.isNull(0) && statement.isInteger(1) && statement.isText(2) && !statement.isReal(1));
        QCOMPARE(std::string(statement.text(0)), ""s);
    }

    void bindingAgainForgetsTheEarlierValues()
    {
        const Connection connection = memory();
        Statement statement = must(connection.prepare("SELECT ?1, ?2"));
        statement.bind(1, 2);
        QVERIFY(must(statement.step()));
        statement.bind(3);
        QVERIFY(must(statement.step()));
        QCOMPARE(statement.integer(0), std::int64_t{3});
        QVERIFY(statement.isNull(1));
    }

    void tooManyValuesAreAnErrorAndNotIgnored()
    {
        const Connection connection = memory();
        Statement statement = must(connection.prepare("SELECT ?1"));
        statement.bind(1, 2);
        QVERIFY(!statement.step());
        statement.bind(1); // and the statement is not spoilt by it
        QVERIFY(must(statement.step()));
    }

    void runResetsSoThatItCanRunAgain()
    {
        const Connection connection = memory();
        must(connection.execute("CREATE TABLE t (a UNIQUE)"));
        Statement insert = must(connection.prepare("INSERT INTO t VALUES (?1)"));
        PS_CHECK_OK(insert.run(1));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, insert.run(1));
        PS_CHECK_OK(insert.run(2));
        QCOMPARE(connection.lastInsertRowId(), std::int64_t{2});
        QCOMPARE(connection.changeCount(), std::int64_t{1});
    }

    void unsignedNumbersKeepTheirBits()
    {
        const Connection connection = memory();
        Statement statement = must(connection.prepare("SELECT ?1"));
        statement.bind(std::numeric_limits<std::uint64_t>::max());
        QVERIFY(must(statement.step()));
        QCOMPARE(static_cast<std::uint64_t>(statement.integer(0)), std::numeric_limits<std::uint64_t>::max());
    }

    void textOfAnyEncodingIsReadAsUtf8_data()
    {
        QTest::addColumn<QByteArray>("encoding");
        for (const char* encoding : {"UTF-8", "UTF-16le", "UTF-16be"})
            QTest::newRow(encoding) << QByteArray(encoding);
    }
    void textOfAnyEncodingIsReadAsUtf8()
    {
        QFETCH(const QByteArray, encoding);
        const Connection connection = memory();
        must(connection.execute(("PRAGMA encoding='" + encoding.toStdString() + "'; CREATE TABLE t (a, b)").c_str()));
        Statement insert = must(connection.prepare("INSERT INTO t VALUES (?1, ?2)"));
        must(insert.run("caf\xC3\xA9 \xF0\x9F\x98\x80", SqlBlob{"caf\xC3\xA9"}));
        Statement rows = must(connection.prepare("SELECT a, b FROM t"));
        QVERIFY(must(rows.step()));
        QCOMPARE(std::string(rows.text(0)), "caf\xC3\xA9 \xF0\x9F\x98\x80"s);
        QVERIFY(rows.value(0) == SqlValue("caf\xC3\xA9 \xF0\x9F\x98\x80"s));
        QVERIFY(rows.value(1) == SqlValue(SqlBlob{"caf\xC3\xA9"}));
    }
};

QTEST_GUILESS_MAIN(TestStatement)
#include "tst_statement.moc"
