// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/transaction.h"
#include "tests/support/checks.h"
#include "tests/support/python.h"
#include "tests/support/temp_folder.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

class TestTransaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        m_path = m_folder->pathOf("a.db");
        m_connection.emplace(must(Connection::open(m_path, OpenMode::Create)));
        must(m_connection->execute("CREATE TABLE t (a)"));
    }

    void nothingIsKeptWithoutCommit()
    {
        {
            const Transaction transaction = must(Transaction::beginImmediate(*m_connection));
            insert(1);
            QVERIFY(m_connection->isInTransaction());
        }
        QVERIFY(!m_connection->isInTransaction());
        QCOMPARE(rowsElsewhere(), "[[0]]"s);
    }

    void committedRowsAreSeenByOthersAtOnce()
    {
        Transaction transaction = must(Transaction::beginImmediate(*m_connection));
        insert(1);
        PS_CHECK_OK(transaction.commit());
        QCOMPARE(rowsElsewhere(), "[[1]]"s);
    }

    void aMovedTransactionEndsOnce()
    {
        {
            Transaction first = must(Transaction::beginImmediate(*m_connection));
            insert(1);
            Transaction second = std::move(first);
            PS_CHECK_OK(second.commit());
            insert(2); // outside; the end of `first` must not touch it
        }
        QCOMPARE(rowsElsewhere(), "[[2]]"s);
    }

    void aPartMayFailAlone()
    {
        Transaction transaction = must(Transaction::beginImmediate(*m_connection));
        for (int i = 0; i < 4; ++i) {
            Savepoint part = must(Savepoint::begin(*m_connection));
            insert(i);
            if (i % 2 == 0)
                PS_CHECK_OK(part.release());
        }
        PS_CHECK_OK(transaction.commit());
        QCOMPARE(rowsElsewhere(), "[[2]]"s);
    }

    void aSecondWriterIsLockedOut()
    {
        const Transaction transaction = must(Transaction::beginImmediate(*m_connection));
        const Connection other = must(Connection::open(m_path, OpenMode::ReadWrite));
        other.setBusyTimeout(std::chrono::milliseconds(10));
        PS_CHECK_ERROR(ErrorCode::Locked, Transaction::beginImmediate(other));
    }

    void aTransactionThatSqliteEndedItselfIsNoTrouble()
    {
        Transaction transaction = must(Transaction::beginImmediate(*m_connection));
        insert(1);
        must(m_connection->execute("ROLLBACK")); // as SQLite does by itself on a full disk
        QVERIFY(!transaction.commit());
    }

private:
    void insert(int value) const { must(must(m_connection->prepare("INSERT INTO t VALUES (?1)")).run(value)); }
    std::string rowsElsewhere() const { return runSqlElsewhere(m_path, {}, "SELECT count(*) FROM t"); }

    std::optional<TempFolder> m_folder;
    std::string m_path;
    std::optional<Connection> m_connection;
};

QTEST_GUILESS_MAIN(TestTransaction)
#include "tst_transaction.moc"
