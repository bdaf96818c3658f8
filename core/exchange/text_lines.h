// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ps {

/// Reads a text line by line in bounded memory, however long its lines are.
class TextLines
{
public:
    static constexpr std::size_t kMaxLineBytes = std::size_t{1} << 20;

    /// Reads from the current position of `fd`, which stays the caller's.
    explicit TextLines(int fd) : m_fd(fd) {}

    /// False behind the last line. Errors: Io.
    Result<bool> next();

    /// The line without its line break and, for the first, without a byte order mark; of one that is too long the beginning.
    /// Valid until the next call.
    std::string_view text() const { return m_text; }
    std::int64_t number() const { return m_number; } ///< from 1
    bool isTooLong() const { return m_isTooLong; }
    std::int64_t doneBytes() const { return m_doneBytes; }

private:
    Result<bool> fill();

    int m_fd;
    std::string m_buffer;
    std::size_t m_at = 0;
    std::string_view m_text;
    std::string m_long; ///< the beginning of a line that is too long
    std::int64_t m_number = 0;
    bool m_isTooLong = false;
    bool m_isAtEnd = false;
    std::int64_t m_doneBytes = 0;
};

} // namespace ps
