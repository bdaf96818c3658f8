// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ps {

/// What kind of failure it was; callers branch on this and nothing else.
enum class ErrorCode {
    NotFound,        ///< the named thing does not exist
    AlreadyExists,   ///< it exists and must not be replaced
    InvalidInput,    ///< the caller's or the data's values are not acceptable
    Corrupt,         ///< the data is damaged or is not what it claims to be
    Unsupported,     ///< valid, but not something this program handles
    TooLarge,        ///< beyond a configured limit
    VersionMismatch, ///< written by a newer program, or the worker is not of this build
    Locked,          ///< another program or instance holds it
    ReadOnly,        ///< opened for viewing only, or the medium cannot be written
    NoSpace,         ///< disk or quota is full
    Io,              ///< the operating system reported a failure
    Conflict,        ///< changed meanwhile; nothing was done
    Refused,         ///< a rule of the project forbids it
    Cancelled,       ///< the caller asked to stop
    Timeout,         ///< no answer within the limit
    WorkerCrashed,   ///< the worker process died on this item
    Internal,        ///< a defect of this program
};

/// The identifier of `code` for logs and JSON, for example "NoSpace".
std::string_view errorCodeName(ErrorCode code);

/// One failure. `message` is developer English, lower case, with the numbers and without a full stop; `context` names the
/// file, table or item. Text for people is made from it in ui/ and app/.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string context;
    int native = 0; ///< errno or the extended SQLite code, 0 when neither applies

    /// The same failure with `place` put in front of the context, for callers that know more.
    [[nodiscard]] Error in(std::string_view place) const;
    /// "context: message (native N)" on one line.
    [[nodiscard]] std::string describe() const;
};

/// An Error from the current value of errno, classified (ENOSPC and EDQUOT are NoSpace, EACCES and EROFS ReadOnly ...).
Error errnoError(std::string message, std::string context, int errnoValue);

/// A value or the reason why there is none. Never ignored: the type is [[nodiscard]]; write discard(result, "reason") when
/// a failure truly does not matter.
template <typename T = void>
class [[nodiscard]] Result
{
public:
    using value_type = T;

    Result(T value) : m_state(std::move(value)) {}
    Result(Error error) : m_state(tl::make_unexpected(std::move(error))) {}

    bool has_value() const { return m_state.has_value(); }
    explicit operator bool() const { return has_value(); }

    T& operator*() & { return *m_state; }
    const T& operator*() const& { return *m_state; }
    T&& operator*() && { return *std::move(m_state); }
    T* operator->() { return &*m_state; }
    const T* operator->() const { return &*m_state; }

    const Error& error() const& { return m_state.error(); }
    Error&& error() && { return std::move(m_state).error(); }

    T value_or(T fallback) const& { return has_value() ? *m_state : std::move(fallback); }

private:
    tl::expected<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    using value_type = void;

    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    bool has_value() const { return !m_error; }
    explicit operator bool() const { return has_value(); }

    const Error& error() const& { return *m_error; }
    Error&& error() && { return *std::move(m_error); }

private:
    std::optional<Error> m_error;
};

/// Drops a result on purpose; `reason` is for the reader.
template <typename T>
void discard(const Result<T>&, [[maybe_unused]] std::string_view reason)
{
}

#define PS_CONCAT_INNER(a, b) a##b
#define PS_CONCAT(a, b) PS_CONCAT_INNER(a, b)

/// PS_TRY(auto value, expression): declares `value` from a Result, or returns its error from the enclosing function.
#define PS_TRY(declaration, ...) PS_TRY_NAMED(PS_CONCAT(psResult, __COUNTER__), declaration, __VA_ARGS__)
#define PS_TRY_NAMED(name, declaration, ...)                                                                           \
    auto name = (__VA_ARGS__);                                                                                         \
    if (!(name))                                                                                                       \
        return std::move(name).error();                                                                                \
    declaration = *std::move(name)

/// PS_TRY_VOID(expression): returns the error of a Result from the enclosing function.
#define PS_TRY_VOID(...) PS_TRY_VOID_NAMED(PS_CONCAT(psOutcome, __COUNTER__), __VA_ARGS__)
#define PS_TRY_VOID_NAMED(name, ...)                                                                                   \
    do {                                                                                                               \
        if (auto name = (__VA_ARGS__); !(name))                                                                        \
            return std::move(name).error();                                                                            \
    } while (false)

} // namespace ps
