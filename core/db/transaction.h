// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

namespace ps {

/// BEGIN IMMEDIATE at construction, ROLLBACK at destruction unless commit() succeeded.
class Transaction
{
public:
    /// Errors: Locked when another process writes and the busy timeout has passed.
    static Result<Transaction> beginImmediate(const Connection& connection);

    Transaction(Transaction&& other) noexcept : m_connection(std::exchange(other.m_connection, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// Durable when it returns without an error, provided that the connection's journal settings are.
    /// Errors: NoSpace, Io; the transaction is then rolled back.
    Result<void> commit();

private:
    explicit Transaction(const Connection* connection) : m_connection(connection) {}

    const Connection* m_connection;
};

/// A part of a transaction that can fail by itself. Rolled back at destruction unless release() succeeded.
class Savepoint
{
public:
    static Result<Savepoint> begin(const Connection& connection);

    Savepoint(Savepoint&& other) noexcept : m_connection(std::exchange(other.m_connection, nullptr)) {}
    Savepoint& operator=(Savepoint&&) = delete;
    ~Savepoint();

    Result<void> release();

private:
    explicit Savepoint(const Connection* connection) : m_connection(connection) {}

    const Connection* m_connection;
};

} // namespace ps
