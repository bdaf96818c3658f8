// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/db/value.h"

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace ps {

/// An Error from the state of a connection; the extended code is in `native`.
Error sqliteError(sqlite3* handle, int resultCode, std::string_view doing);

/// One prepared SQL statement of one connection; belongs to the thread of its connection.
class Statement
{
public:
    Statement(sqlite3* handle, sqlite3_stmt* statement) : m_handle(handle), m_statement(statement) {}

    /// Binds the values to ?1, ?2 ... after clearing the earlier ones. Text and blobs are copied.
    template <typename... Values>
    Statement& bind(const Values&... values)
    {
        clear();
        int index = 0;
        (bindAt(++index, values), ...);
        return *this;
    }

    /// Moves to the next row: true with a row, false at the end.
    Result<bool> step();

    /// Runs a statement that gives no rows, and resets it.
    template <typename... Values>
    Result<void> run(const Values&... values)
    {
        bind(values...);
        return finish();
    }

    /// Steps to the end and resets.
    Result<void> finish();

    /// Makes the statement ready to be stepped again; bindings stay.
    void reset();

    int columnCount() const;
    std::string_view columnName(int column) const;
    bool isNull(int column) const;
    bool isInteger(int column) const;
    bool isReal(int column) const;
    bool isText(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    /// Bytes of a text or blob column, valid until the next step; "" for NULL.
    std::string_view text(int column) const;
    SqlValue value(int column) const;
    std::optional<std::string> optionalText(int column) const;
    std::optional<std::int64_t> optionalInteger(int column) const;

    void bindAt(int index, std::nullptr_t);
    void bindAt(int index, std::string_view text);
    void bindAt(int index, const char* text) { bindAt(index, std::string_view(text)); }
    void bindAt(int index, const std::string& text) { bindAt(index, std::string_view(text)); }
    void bindAt(int index, double number);
    void bindAt(int index, const SqlBlob& blob);
    void bindAt(int index, const SqlValue& value);
    void bindInteger(int index, std::int64_t number);
    template <std::integral Integer>
    void bindAt(int index, Integer number)
    {
        bindInteger(index, static_cast<std::int64_t>(number));
    }
    template <typename T>
    void bindAt(int index, const std::optional<T>& value)
    {
        if (value)
            bindAt(index, *value);
        else
            bindAt(index, nullptr);
    }

private:
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const;
    };

    void clear();

    sqlite3* m_handle;
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    int m_bindError = 0;
};

} // namespace ps
