// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/transaction.h"

namespace ps {

Result<Transaction> Transaction::beginImmediate(const Connection& connection)
{
    PS_TRY_VOID(connection.execute("BEGIN IMMEDIATE"));
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
    PS_TRY_VOID(m_connection->execute("COMMIT"));
    m_connection = nullptr;
    return {};
}

Result<Savepoint> Savepoint::begin(const Connection& connection)
{
    PS_TRY_VOID(connection.execute("SAVEPOINT ps"));
    return Savepoint(&connection);
}

Savepoint::~Savepoint()
{
    if (m_connection && m_connection->isInTransaction())
        discard(m_connection->execute("ROLLBACK TO ps; RELEASE ps"), "the surrounding transaction reports the failure");
}

Result<void> Savepoint::release()
{
    PS_TRY_VOID(m_connection->execute("RELEASE ps"));
    m_connection = nullptr;
    return {};
}

} // namespace ps
