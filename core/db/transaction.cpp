// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/transaction.h"

namespace ps {

namespace {

/// Compiled once: every decision begins, marks and ends something.
Result<void> run(const Connection& connection, std::string_view sql)
{
    PS_TRY(const auto statement, connection.borrow(sql));
    return statement->run();
}

} // namespace

Result<Transaction> Transaction::beginImmediate(const Connection& connection)
{
    PS_TRY_VOID(run(connection, "BEGIN IMMEDIATE"));
    return Transaction(&connection);
}

Transaction::~Transaction()
{
    // After a full disk SQLite has rolled back already; then there is nothing to do.
    if (m_connection && m_connection->isInTransaction())
        discard(m_connection->execute("ROLLBACK"), "nothing was acknowledged, and closing rolls back as well");
}

Result<void> Transaction::commit()
{
    PS_TRY_VOID(run(*m_connection, "COMMIT"));
    m_connection = nullptr;
    return {};
}

Result<Savepoint> Savepoint::begin(const Connection& connection)
{
    PS_TRY_VOID(run(connection, "SAVEPOINT ps"));
    return Savepoint(&connection);
}

Savepoint::~Savepoint()
{
    if (m_connection && m_connection->isInTransaction())
        discard(m_connection->execute("ROLLBACK TO ps; RELEASE ps"), "the surrounding transaction reports the failure");
}

Result<void> Savepoint::release()
{
    PS_TRY_VOID(run(*m_connection, "RELEASE ps"));
    m_connection = nullptr;
    return {};
}

} // namespace ps
