// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// One record of delimited text.
struct CsvRecord {
    std::int64_t line = 0;           ///< of its first byte, from 1; a field may go over several lines
    std::int64_t offset = 0;         ///< of its first byte in the file
    std::vector<std::string> fields; ///< bytes as they are, also where they are not UTF-8; empty for a bad record
    std::string raw;                 ///< as it stands without the line end, at most 64 KiB
    std::string problem;             ///< why it cannot be read, "" for a good record
};

/// Reads delimited text record by record: RFC 4180 with doubled quotes and line ends in quoted fields, CRLF, LF or CR, a byte
/// order mark at the start. Empty lines are no records. A quote inside an unquoted field is an ordinary character, as Python
/// reads it. What cannot be read comes as a record with a problem (a NUL, text behind a closing quote, a quote that is not
/// closed, a line beyond the limit), and the next record begins with the next line.
/// Threads: one at a time. Memory: about three times the limit, whatever the file. Cost: over 100,000 lines a second.
class CsvReader
{
public:
    struct Options {
        char separator = ',';
        std::size_t maxRecordBytes = std::size_t{1} << 20; ///< source: reliability_anchors Z5
        std::size_t maxFields = 4096;
    };

    /// `fd` stays the caller's and must outlive the reader; its position is not used.
    explicit CsvReader(int fd) : CsvReader(fd, Options()) {}
    CsvReader(int fd, Options options);

    /// Goes on with the record at `offset`, which is on line `line`; both were those of an earlier record or nextOffset().
    void seek(std::int64_t offset, std::int64_t line);

    /// False at the end; otherwise the record is in record() until the next call.
    /// Errors: Io; Unsupported for UTF-16, which starts with its own byte order mark.
    Result<bool> next();

    const CsvRecord& record() const { return m_record; }
    /// Where the next record begins.
    std::int64_t nextOffset() const { return m_offset; }
    std::int64_t nextLine() const { return m_line; }

private:
    enum class Outcome { Done, NeedsMore, Bad };
    struct Parsed {
        std::size_t consumed = 0;  ///< with the line end
        std::size_t rawBytes = 0;  ///< without it
        std::int64_t lineEnds = 0; ///< passed over
    };

    Result<bool> fill();
    Result<void> checkStart();
    std::string_view available() const { return std::string_view(m_buffer).substr(m_begin); }
    bool splitPlainLine(Parsed& parsed);
    Outcome parseRecord(Parsed& parsed);
    bool addField(std::size_t& count, std::string_view bytes);
    void finishRecord(const Parsed& parsed);
    Result<void> skipBadLine();
    void consume(std::size_t byteCount, std::int64_t lineEnds);

    int m_fd;
    Options m_options;
    std::string m_buffer; ///< of the file, from m_offset - m_begin on
    std::size_t m_begin = 0;
    std::int64_t m_readOffset = 0; ///< where the next read goes on
    bool m_isAtEnd = false;
    bool m_isStarted = false;
    std::int64_t m_offset = 0;
    std::int64_t m_line = 1;
    CsvRecord m_record;
    std::string m_field; ///< of a quoted field, without its quotes
};

/// The texts of a list as Python's repr() writes it or as JSON: "['a.png', \"it's.png\"]". "" and "[]" are the empty list.
/// Escapes of both are understood; \udc80 to \udcff stand for bytes, as in names that are not UTF-8.
/// Errors: InvalidInput with the byte offset; also for anything in the list that is no text.
Result<std::vector<std::string>> parseTextList(std::string_view text);

} // namespace ps
