// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/group_query.h"

#include "core/base/text.h"
#include "core/library/query_fields.h"

#include <algorithm>
#include <array>

namespace ps {

namespace {

constexpr std::array<std::string_view, 12> kSortWords{"project",     "name",           "decided",    "state",
                                                      "stage",       "sharpness",      "images",     "uncertain",
                                                      "disagreeing", "representative", "duplicates", "similar"};
constexpr int kMaxDepth = 50;
constexpr std::size_t kMaxTextBytes = 10'000;

bool isSpace(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

/// Where a bare word ends.
bool isWordEnd(char letter)
{
    return isSpace(letter) || letter == '(' || letter == ')' || letter == '"';
}

bool isOperatorLetter(char letter)
{
    return letter == ':' || letter == '=' || letter == '<' || letter == '>';
}

/// Recursive descent over the text; every function leaves the position behind what it has read.
class Parser
{
public:
    explicit Parser(std::string_view text) : m_text(text) {}

    Result<ParsedQuery> parse()
    {
        if (m_text.size() > kMaxTextBytes)
            return Error{ErrorCode::InvalidInput, "the query is too long", {}, 0};
        skipSpaces();
        if (atEnd())
            return ParsedQuery{};
        PS_TRY(m_query.condition, alternatives(0));
        if (!atEnd())
            return expected("a term");
        return std::move(m_query);
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    char here() const { return atEnd() ? '\0' : m_text[m_at]; }
    void skipSpaces()
    {
        while (!atEnd() && isSpace(here()))
            ++m_at;
    }

    Error expected(std::string_view what) const { return expectedAt(m_at, what); }
    Error expectedAt(std::size_t at, std::string_view what) const
    {
        const std::string found = at >= m_text.size()
                                      ? "the end"
                                      : "'" + displayText(m_text.substr(at, m_text.find(' ', at) - at)) + "'";
        return Error{ErrorCode::InvalidInput,
                     "column " + std::to_string(at + 1) + " of the query: expected " + std::string(what) + ", found " +
                         found,
                     {},
                     0};
    }

    /// True when the word "or" stands here, which is then behind us.
    bool takesOr()
    {
        if (toLowerAscii(m_text.substr(m_at, 2)) != "or" || (m_at + 2 < m_text.size() && !isWordEnd(m_text[m_at + 2])))
            return false;
        m_at += 2;
        skipSpaces();
        return true;
    }

    Result<std::string> alternatives(int depth)
    {
        if (depth > kMaxDepth)
            return expected("fewer brackets inside each other");
        PS_TRY(std::string all, conjunction(depth));
        while (takesOr()) {
            PS_TRY(const std::string next, conjunction(depth));
            all = "(" + all + " OR " + next + ")";
        }
        return all;
    }

    Result<std::string> conjunction(int depth)
    {
        PS_TRY(std::string all, term(depth));
        for (;;) {
            const std::size_t before = m_at;
            if (atEnd() || here() == ')' || takesOr()) {
                m_at = before;
                return all;
            }
            PS_TRY(const std::string next, term(depth));
            all = "(" + all + " AND " + next + ")";
        }
    }

    Result<std::string> term(int depth)
    {
        if (here() == '-') {
            ++m_at;
            PS_TRY(const std::string denied,
                   depth < kMaxDepth ? term(depth + 1) : Result<std::string>(expected("a term")));
            return "(" + denied + ") IS NOT TRUE"; // what is unknown is not what was denied
        }
        if (here() == '(') {
            ++m_at;
            skipSpaces();
            PS_TRY(std::string inner, alternatives(depth + 1));
            if (here() != ')')
                return expected("a closing bracket");
            ++m_at;
            skipSpaces();
            return inner;
        }
        return leaf();
    }

    Result<std::string> leaf()
    {
        const std::size_t start = m_at;
        if (here() == '"') {
            PS_TRY(const std::string text, quoted());
            return anyTextCondition(text, m_query.values);
        }
        std::size_t end = m_at;
        while (end < m_text.size() && !isWordEnd(m_text[end]) && !isOperatorLetter(m_text[end]))
            ++end;
        const std::string_view word = m_text.substr(start, end - start);
        if (word.empty())
            return expected("a term");
        m_at = end;
        if (!isOperatorLetter(here())) {
            skipSpaces();
            return anyTextCondition(word, m_query.values);
        }
        const FieldRule* const field = findField(toLowerAscii(word));
        if (!field)
            return expectedAt(start, "one of the fields " + fieldNames());
        const std::size_t operatorStart = m_at;
        const QueryOperator comparison = takeOperator();
        if (comparison != QueryOperator::Is && !isOrdered(*field))
            return expectedAt(operatorStart, "':' behind '" + std::string(word) + "'");
        const std::size_t valueStart = m_at;
        PS_TRY(const std::string value, fieldValue());
        auto condition = fieldCondition(*field, comparison, value, m_query.values);
        if (!condition)
            return expectedAt(valueStart, condition.error().message);
        return condition;
    }

    QueryOperator takeOperator()
    {
        const char first = m_text[m_at++];
        const bool hasEqual = (first == '<' || first == '>') && here() == '=';
        if (hasEqual)
            ++m_at;
        switch (first) {
        case '<': return hasEqual ? QueryOperator::AtMost : QueryOperator::Less;
        case '>': return hasEqual ? QueryOperator::AtLeast : QueryOperator::Greater;
        default: return QueryOperator::Is;
        }
    }

    Result<std::string> fieldValue()
    {
        if (here() == '"')
            return quoted();
        const std::size_t start = m_at;
        while (!atEnd() && !isWordEnd(here()))
            ++m_at;
        const std::string value(m_text.substr(start, m_at - start));
        if (value.empty())
            return expected("a value");
        skipSpaces();
        return value;
    }

    /// A backslash keeps the letter behind it as it is.
    Result<std::string> quoted()
    {
        const std::size_t start = m_at++;
        std::string text;
        while (!atEnd() && here() != '"') {
            if (here() == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            text += m_text[m_at++];
        }
        if (atEnd())
            return expectedAt(start, "a closing quotation mark");
        ++m_at;
        skipSpaces();
        return text;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    ParsedQuery m_query;
};

} // namespace

std::string_view groupSortWord(GroupSort::By by)
{
    return kSortWords[static_cast<std::size_t>(by)];
}

Result<GroupSort> parseGroupSort(std::string_view text)
{
    GroupSort sort;
    sort.isDescending = startsWith(text, "-");
    const auto found = std::ranges::find(kSortWords, text.substr(sort.isDescending ? 1 : 0));
    if (found == kSortWords.end()) {
        const std::vector<std::string> words(kSortWords.begin(), kSortWords.end());
        return Error{ErrorCode::InvalidInput, "the order is one of " + join(words, ", "), std::string(text), 0};
    }
    sort.by = static_cast<GroupSort::By>(found - kSortWords.begin());
    return sort;
}

Result<ParsedQuery> parseGroupQuery(std::string_view text)
{
    return Parser(text).parse();
}

} // namespace ps
