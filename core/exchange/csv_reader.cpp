// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_reader.h"

#include "core/base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxRawBytes = std::size_t{64} << 10;

/// Bytes of the line end at `offset`: 0 when there is none, and when it is not known yet whether a CR is one half of it.
struct LineEnd {
    std::size_t bytes = 0;
    bool needsMore = false;
};
LineEnd lineEndAt(std::string_view text, std::size_t offset, bool isAtEnd)
{
    if (text[offset] == '\n')
        return {1, false};
    if (text[offset] != '\r')
        return {};
    if (offset + 1 < text.size())
        return {text[offset + 1] == '\n' ? 2U : 1U, false};
    return isAtEnd ? LineEnd{1, false} : LineEnd{0, true};
}

} // namespace

CsvReader::CsvReader(int fd, Options options) : m_fd(fd), m_options(options) {}

void CsvReader::seek(std::int64_t offset, std::int64_t line)
{
    m_buffer.clear();
    m_begin = 0;
    m_readOffset = offset;
    m_offset = offset;
    m_line = line;
    m_isAtEnd = false;
    m_isStarted = offset > 0;
}

Result<bool> CsvReader::fill()
{
    if (m_isAtEnd)
        return false;
    if (m_begin > 0) {
        m_buffer.erase(0, m_begin);
        m_begin = 0;
    }
    const std::size_t before = m_buffer.size();
    m_buffer.resize(before + kReadBytes);
    ssize_t count = 0;
    do
        count = ::pread(m_fd, m_buffer.data() + before, kReadBytes, m_readOffset);
    while (count < 0 && errno == EINTR);
    const int error = errno;
    m_buffer.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0)
        return errnoError("cannot read the text", {}, error);
    m_readOffset += count;
    m_isAtEnd = count == 0;
    return count > 0;
}

Result<void> CsvReader::checkStart()
{
    m_isStarted = true;
    while (available().size() < 3) {
        PS_TRY(const bool hasMore, fill());
        if (!hasMore)
            break;
    }
    const std::string_view start = available();
    if (startsWith(start, "\xff\xfe") || startsWith(start, "\xfe\xff"))
        return Error{ErrorCode::Unsupported, "the text is UTF-16; only UTF-8 is read", {}, 0};
    if (startsWith(start, "\xef\xbb\xbf"))
        consume(3, 0);
    return {};
}

void CsvReader::consume(std::size_t byteCount, std::int64_t lineEnds)
{
    m_begin += byteCount;
    m_offset += static_cast<std::int64_t>(byteCount);
    m_line += lineEnds;
}

bool CsvReader::addField(std::size_t& count, std::string_view bytes)
{
    if (count == m_options.maxFields)
        return false;
    // The strings of the record before are used again.
    if (count < m_record.fields.size())
        m_record.fields[count].assign(bytes);
    else
        m_record.fields.emplace_back(bytes);
    ++count;
    return true;
}

/// The usual line: it ends in the buffer and has no quote, NUL or lone CR.
bool CsvReader::splitPlainLine(Parsed& parsed)
{
    const std::string_view text = available();
    const std::size_t end = text.substr(0, m_options.maxRecordBytes + 2).find('\n');
    if (end == std::string_view::npos)
        return false;
    const std::size_t rawEnd = end > 0 && text[end - 1] == '\r' ? end - 1 : end;
    const std::string_view line = text.substr(0, rawEnd);
    const auto has = [line](char c) { return line.find(c) != std::string_view::npos; };
    if (line.size() > m_options.maxRecordBytes || has('"') || has('\r') || has('\0'))
        return false;
    std::size_t count = 0;
    for (std::size_t start = 0;;) {
        const std::size_t stop = std::min(line.find(m_options.separator, start), line.size());
        if (!addField(count, line.substr(start, stop - start)))
            return false;
        if (stop == line.size())
            break;
        start = stop + 1;
    }
    m_record.fields.resize(count);
    parsed = {end + 1, rawEnd, 1};
    return true;
}

/// Any record. Bad leaves the reason in the record.
CsvReader::Outcome CsvReader::parseRecord(Parsed& parsed)
{
    const std::string_view text = available();
    const auto bad = [this](std::string_view reason) {
        m_record.problem = reason;
        return Outcome::Bad;
    };
    enum class In { Start, Plain, Quoted, Closed } state = In::Start;
    std::size_t count = 0;
    std::size_t fieldStart = 0;
    std::int64_t lineEnds = 0;
    m_field.clear();
    const auto endField = [&](std::size_t offset) {
        const bool isQuoted = state == In::Closed;
        const bool fits = addField(count,
                                   isQuoted ? std::string_view(m_field) : text.substr(fieldStart, offset - fieldStart));
        m_field.clear();
        fieldStart = offset + 1;
        state = In::Start;
        return fits;
    };
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (at > m_options.maxRecordBytes)
            return bad("the record is longer than " + std::to_string(m_options.maxRecordBytes) + " bytes");
        const char c = text[at];
        if (c == '\0')
            return bad("a NUL byte");
        const LineEnd lineEnd = lineEndAt(text, at, m_isAtEnd);
        if (lineEnd.needsMore)
            return Outcome::NeedsMore;
        if (state == In::Quoted) {
            if (c == '"' && at + 1 == text.size() && !m_isAtEnd)
                return Outcome::NeedsMore;
            if (c == '"' && at + 1 < text.size() && text[at + 1] == '"')
                m_field += text[at++];
            else if (c == '"')
                state = In::Closed;
            else {
                m_field.append(text, at, std::max<std::size_t>(lineEnd.bytes, 1));
                lineEnds += lineEnd.bytes > 0 ? 1 : 0;
                at += lineEnd.bytes == 2 ? 1 : 0;
            }
        } else if (lineEnd.bytes > 0) {
            if (!endField(at))
                return bad("more than " + std::to_string(m_options.maxFields) + " fields");
            m_record.fields.resize(count);
            parsed = {at + lineEnd.bytes, at, lineEnds + 1};
            return Outcome::Done;
        } else if (c == m_options.separator) {
            if (!endField(at))
                return bad("more than " + std::to_string(m_options.maxFields) + " fields");
        } else if (state == In::Closed) {
            return bad("text behind a closing quote");
        } else if (state == In::Start && c == '"') {
            state = In::Quoted;
        } else {
            state = In::Plain;
        }
    }
    if (!m_isAtEnd)
        return Outcome::NeedsMore;
    if (state == In::Quoted)
        return bad("a quoted field that is not closed");
    if (!endField(at))
        return bad("more than " + std::to_string(m_options.maxFields) + " fields");
    m_record.fields.resize(count);
    parsed = {at, at, lineEnds};
    return Outcome::Done;
}

void CsvReader::finishRecord(const Parsed& parsed)
{
    m_record.line = m_line;
    m_record.offset = m_offset;
    m_record.raw.assign(available().substr(0, std::min(parsed.rawBytes, kMaxRawBytes)));
    consume(parsed.consumed, parsed.lineEnds);
}

/// Passes over the line at which a bad record begins; what stands on the next line is read again.
Result<void> CsvReader::skipBadLine()
{
    m_record.line = m_line;
    m_record.offset = m_offset;
    m_record.fields.clear();
    m_record.raw.clear();
    for (;;) {
        const std::string_view text = available();
        const std::size_t newline = std::min(text.find('\n'), text.size());
        const std::size_t end = std::min(text.substr(0, newline).find('\r'), newline);
        m_record.raw.append(text.substr(0, std::min(end, kMaxRawBytes - m_record.raw.size())));
        if (end < text.size()) {
            if (const LineEnd lineEnd = lineEndAt(text, end, m_isAtEnd); !lineEnd.needsMore) {
                consume(end + lineEnd.bytes, 1);
                return {};
            }
        }
        consume(end, 0);
        PS_TRY(const bool hasMore, fill());
        if (!hasMore && available().empty())
            return {};
    }
}

Result<bool> CsvReader::next()
{
    if (!m_isStarted) {
        PS_TRY_VOID(checkStart());
    }
    m_record.problem.clear();
    for (;;) {
        Parsed parsed;
        if (available().empty()) {
            PS_TRY(const bool hasMore, fill());
            if (!hasMore)
                return false;
        }
        Outcome outcome = splitPlainLine(parsed) ? Outcome::Done : parseRecord(parsed);
        if (outcome == Outcome::NeedsMore) {
            PS_TRY_VOID(fill());
            continue;
        }
        if (outcome == Outcome::Bad) {
            PS_TRY_VOID(skipBadLine());
            return true;
        }
        if (parsed.rawBytes == 0) { // an empty line
            consume(parsed.consumed, parsed.lineEnds);
            continue;
        }
        finishRecord(parsed);
        return true;
    }
}

} // namespace ps
