// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/data_yaml.h"

#include "core/base/json.h"
#include "core/base/text.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace ps {

namespace {

constexpr std::int64_t kMaxClasses = 100'000;
using Names = std::map<std::int64_t, std::string>;

/// Reads scalars and the punctuation between them from one text.
class YamlScanner
{
public:
    YamlScanner(std::string_view text, std::int64_t line) : m_text(text), m_line(line) {}

    Error failure(std::string_view what) const
    {
        return {ErrorCode::InvalidInput, std::string(what) + " in line " + std::to_string(m_line), {}, 0};
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    void take()
    {
        m_line += peek() == '\n' ? 1 : 0;
        ++m_at;
    }

    /// Blanks, line breaks and comments.
    void skipBlanks()
    {
        for (; !atEnd(); take()) {
            if (peek() == '#') {
                while (!atEnd() && peek() != '\n')
                    take();
            }
            if (atEnd() || std::string_view(" \t\r\n").find(peek()) == std::string_view::npos)
                return;
        }
    }

    bool takeIf(char wanted)
    {
        skipBlanks();
        if (peek() != wanted || atEnd())
            return false;
        take();
        return true;
    }

    /// A plain scalar ends at one of `ends`, at a comment and at the end of the line.
    Result<std::string> scalar(std::string_view ends)
    {
        skipBlanks();
        if (peek() == '"')
            return doubleQuoted();
        if (peek() == '\'')
            return singleQuoted();
        if (std::string_view("&*!|>@`%").find(peek()) != std::string_view::npos && !atEnd())
            return failure("YAML that is not understood");
        const std::size_t begin = m_at;
        while (!atEnd() && peek() != '\n' && !endsPlain(ends))
            take();
        return std::string(trimmed(m_text.substr(begin, m_at - begin)));
    }

private:
    bool endsPlain(std::string_view ends) const
    {
        const char c = peek();
        if (c == '#')
            return m_at > 0 && (m_text[m_at - 1] == ' ' || m_text[m_at - 1] == '\t');
        if (c == ':' && ends.find(':') != std::string_view::npos) // "a:b" is one scalar
            return m_at + 1 >= m_text.size() ||
                   std::string_view(" \t\r\n").find(m_text[m_at + 1]) != std::string_view::npos;
        return ends.find(c) != std::string_view::npos;
    }

    Result<std::string> singleQuoted()
    {
        std::string value;
        for (take(); !atEnd(); take()) {
            if (peek() != '\'') {
                value.push_back(peek());
                continue;
            }
            if (m_at + 1 >= m_text.size() || m_text[m_at + 1] != '\'') {
                take();
                return value;
            }
            take();
            value.push_back('\'');
        }
        return failure("a quoted text without an end");
    }

    /// The escapes of JSON, and those for single bytes that YAML has beyond them.
    Result<std::string> doubleQuoted()
    {
        const std::size_t begin = m_at;
        for (take(); !atEnd() && peek() != '"'; take()) {
            if (peek() == '\n')
                return failure("a quoted text over several lines");
            if (peek() == '\\')
                take();
        }
        if (atEnd())
            return failure("a quoted text without an end");
        take();
        const auto parsed = parseJson(asJson(m_text.substr(begin, m_at - begin)));
        return parsed ? Result<std::string>(parsed->toString()) : failure("a bad escape");
    }

    static std::string asJson(std::string_view literal)
    {
        std::string json;
        for (std::size_t i = 0; i < literal.size(); ++i) {
            const char c = literal[i];
            if (c == '\t') {
                json += "\\t";
            } else if (c != '\\' || i + 1 >= literal.size()) {
                json.push_back(c);
            } else if (const char next = literal[++i]; next == 'x') {
                json += "\\u00";
            } else if (next == '0') {
                json += "\\u0000";
            } else if (next == 'U') { // eight digits, which JSON does not have
                const auto digits = hexDecode(literal.substr(i + 1, 8));
                char32_t codePoint = 0;
                for (const char byte : digits.value_or(""))
                    codePoint = codePoint << 8 | static_cast<unsigned char>(byte);
                if (!digits || digits->size() != 4 || codePoint < 0x20 || codePoint > 0x10FFFF)
                    return {}; // no JSON
                appendUtf8(json, codePoint);
                i += 8;
            } else {
                json.push_back('\\');
                json.push_back(next);
            }
        }
        return json;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::int64_t m_line;
};

Result<void> put(Names& names, const YamlScanner& scanner, std::optional<std::int64_t> number, std::string name)
{
    if (!number || *number < 0 || *number >= kMaxClasses)
        return scanner.failure("a class number is out of range");
    if (!names.emplace(*number, std::move(name)).second)
        return scanner.failure("class " + std::to_string(*number) + " stands twice");
    return {};
}

Result<Names> flowList(YamlScanner& scanner)
{
    Names names;
    while (!scanner.takeIf(']')) {
        if (scanner.atEnd())
            return scanner.failure("a list without an end");
        PS_TRY(std::string name, scanner.scalar(",]"));
        PS_TRY_VOID(put(names, scanner, static_cast<std::int64_t>(names.size()), std::move(name)));
        if (!scanner.takeIf(',')) {
            if (scanner.takeIf(']'))
                break;
            return scanner.failure("a ',' is missing");
        }
    }
    return names;
}

Result<Names> flowMap(YamlScanner& scanner)
{
    Names names;
    while (!scanner.takeIf('}')) {
        PS_TRY(const std::string number, scanner.scalar(":,}"));
        if (!scanner.takeIf(':'))
            return scanner.failure("a ':' is missing");
        PS_TRY(std::string name, scanner.scalar(",}"));
        PS_TRY_VOID(put(names, scanner, parseInteger(number), std::move(name)));
        if (!scanner.takeIf(',')) {
            if (scanner.takeIf('}'))
                break;
            return scanner.failure("a ',' is missing");
        }
    }
    return names;
}

bool isBlankOrComment(std::string_view line)
{
    const std::string_view content = trimmed(line);
    return content.empty() || content.starts_with('#');
}

/// Lines of the form "- name" or "0: name".
Result<Names> block(const std::vector<std::string>& lines, std::size_t at)
{
    Names names;
    for (; at < lines.size(); ++at) {
        std::string_view line = lines[at];
        if (isBlankOrComment(line))
            continue;
        const bool isIndented = line.starts_with(' ') || line.starts_with('\t');
        line = trimmed(line);
        const bool isListed = line == "-" || line.starts_with("- ");
        if (!isIndented && !isListed)
            break;
        YamlScanner scanner(isListed ? line.substr(1) : line, static_cast<std::int64_t>(at) + 1);
        std::optional<std::int64_t> number = static_cast<std::int64_t>(names.size());
        if (!isListed) {
            PS_TRY(const std::string key, scanner.scalar(":"));
            number = parseInteger(key);
            if (!scanner.takeIf(':'))
                return scanner.failure("a ':' is missing");
        }
        PS_TRY(std::string name, scanner.scalar(""));
        PS_TRY_VOID(put(names, scanner, number, std::move(name)));
        scanner.skipBlanks();
        if (!scanner.atEnd())
            return scanner.failure("something stands behind a name");
    }
    return names;
}

} // namespace

Result<Names> classNamesOfYaml(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    const std::vector<std::string> lines = split(text, '\n');
    std::size_t offset = 0;
    for (std::size_t i = 0; i < lines.size(); offset += lines[i].size() + 1, ++i) {
        constexpr std::string_view kKey = "names:";
        if (!lines[i].starts_with(kKey))
            continue;
        if (isBlankOrComment(std::string_view(lines[i]).substr(kKey.size())))
            return block(lines, i + 1);
        YamlScanner scanner(text.substr(offset + kKey.size()), static_cast<std::int64_t>(i) + 1);
        if (scanner.takeIf('['))
            return flowList(scanner);
        if (scanner.takeIf('{'))
            return flowMap(scanner);
        return scanner.failure("names is neither a list nor a map");
    }
    return Error{ErrorCode::NotFound, "there is no \"names\"", {}, 0};
}

} // namespace ps
