// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json_stream.h"

#include <array>
#include <cerrno>
#include <optional>
#include <unistd.h>
#include <unordered_set>
#include <vector>

namespace ps {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool isBlank(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Error tooLarge(std::string what)
{
    return {ErrorCode::TooLarge, std::move(what), {}, 0};
}

/// Looks at a well-formed text once more: how deep it goes, how long its strings are, whether a name stands twice.
class Inspector
{
public:
    Inspector(std::string_view text, const JsonLimits& limits) : m_text(text), m_limits(limits) {}

    /// Depth and strings only; runs before the parser does, on any text.
    Result<void> checkSize()
    {
        int depth = 0;
        for (std::size_t at = 0; at < m_text.size(); ++at) {
            const char c = m_text[at];
            if (c == '"') {
                const std::size_t end = stringEnd(at);
                if (end - at > m_limits.maxStringBytes + 2)
                    return tooLarge("a string is longer than " + std::to_string(m_limits.maxStringBytes) + " bytes");
                at = end - 1;
            } else if (c == '{' || c == '[') {
                if (++depth > m_limits.maxDepth)
                    return tooLarge("nested deeper than " + std::to_string(m_limits.maxDepth));
            } else if (c == '}' || c == ']') {
                --depth;
            }
        }
        return {};
    }

    /// On text that the parser has accepted.
    Result<void> checkNames()
    {
        std::vector<std::unordered_set<std::string>> open;
        std::vector<bool> isObject;
        for (std::size_t at = 0; at < m_text.size(); ++at) {
            const char c = m_text[at];
            if (c == '{' || c == '[') {
                isObject.push_back(c == '{');
                open.emplace_back();
            } else if (c == '}' || c == ']') {
                isObject.pop_back();
                open.pop_back();
            } else if (c == '"') {
                const std::size_t end = stringEnd(at);
                if (!isObject.empty() && isObject.back() && isName(end)) {
                    std::string name = nameOf(m_text.substr(at, end - at));
                    if (!open.back().insert(name).second)
                        return Error{ErrorCode::InvalidInput, "the name \"" + name + "\" stands twice", {}, 0};
                }
                at = end - 1;
            }
        }
        return {};
    }

private:
    /// Behind the closing quote of the string that begins at `at`.
    std::size_t stringEnd(std::size_t at) const
    {
        for (++at; at < m_text.size(); ++at) {
            if (m_text[at] == '\\')
                ++at;
            else if (m_text[at] == '"')
                return at + 1;
        }
        return m_text.size();
    }

    bool isName(std::size_t behind) const
    {
        while (behind < m_text.size() && isBlank(m_text[behind]))
            ++behind;
        return behind < m_text.size() && m_text[behind] == ':';
    }

    static std::string nameOf(std::string_view literal)
    {
        if (literal.find('\\') != std::string_view::npos) {
            if (const auto parsed = parseJson(literal))
                return parsed->toString();
        }
        return std::string(literal.substr(1, literal.size() - 2));
    }

    std::string_view m_text;
    const JsonLimits& m_limits;
};

} // namespace

Result<Json> parseForeignJson(std::string_view text, const JsonLimits& limits)
{
    Inspector inspector(text, limits);
    PS_TRY_VOID(inspector.checkSize());
    PS_TRY(Json value, parseJson(text));
    PS_TRY_VOID(inspector.checkNames());
    return value;
}

std::vector<std::string_view> splitJsonValues(std::string_view text)
{
    std::vector<std::string_view> pieces;
    std::size_t begin = 0;
    int depth = 0;
    bool isInString = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (isInString) {
            at += c == '\\' ? 1 : 0;
            isInString = c != '"';
            continue;
        }
        isInString = c == '"';
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        if (depth == 0 && (c == '}' || c == ']')) {
            pieces.push_back(text.substr(begin, at + 1 - begin));
            begin = at + 1;
            while (begin < text.size() && isBlank(text[begin]))
                ++begin;
            at = begin - 1;
        }
    }
    if (begin < text.size() || pieces.empty())
        return {text};
    return pieces;
}

// ---- the stream ----------------------------------------------------------------------------------------------------

struct JsonStream::State {
    enum class Place { Start, Object, Array, MemberArray, End };

    State(int source, const JsonLimits& most) : fd(source), limits(most) {}

    /// The next byte without taking it; -1 at the end or after a failure of the disk.
    int peek()
    {
        if (at == filled && !fill())
            return -1;
        return static_cast<unsigned char>(buffer[at]);
    }

    bool fill()
    {
        if (isAtEnd)
            return false;
        ssize_t count = 0;
        do {
            count = ::read(fd, buffer.data(), buffer.size());
        } while (count < 0 && errno == EINTR);
        if (count < 0)
            problem = errnoError("cannot read the file", {}, errno);
        isAtEnd = count <= 0;
        at = 0;
        filled = count > 0 ? static_cast<std::size_t>(count) : 0;
        doneBytes += static_cast<std::int64_t>(filled);
        return filled > 0;
    }

    void take()
    {
        line += buffer[at] == '\n' ? 1 : 0;
        ++at;
    }

    int skipBlanks()
    {
        int c = peek();
        for (; isBlank(c); c = peek())
            take();
        return c;
    }

    Error failure(std::string what)
    {
        place = Place::End;
        if (problem)
            return *problem;
        if (peek() < 0)
            what = "the text ends early";
        return {ErrorCode::InvalidInput, what + " in line " + std::to_string(line), {}, 0};
    }

    void keep(Item& item, int c) const
    {
        if (item.raw.size() < limits.maxItemBytes)
            item.raw.push_back(static_cast<char>(c));
        else
            item.isTooLong = true;
    }

    Result<void> cutString(Item& item)
    {
        keep(item, '"');
        take();
        for (int c = peek(); c >= 0; c = peek()) {
            keep(item, c);
            take();
            if (c == '"')
                return {};
            if (c == '\\') {
                c = peek();
                if (c < 0)
                    break;
                keep(item, c);
                take();
            }
        }
        return failure("a string without an end");
    }

    /// Cuts out one value, whatever it is.
    Result<void> cutValue(Item& item)
    {
        item.line = line;
        item.raw.clear();
        item.isTooLong = false;
        int depth = 0;
        const int outside = place == Place::MemberArray ? 2 : 1;
        for (int c = peek();; c = peek()) {
            if (c < 0)
                return depth == 0 && !item.raw.empty() ? failure("the text ends early") : failure("no end of a value");
            if (c == '"') {
                PS_TRY_VOID(cutString(item));
                if (depth == 0)
                    return finishItem(item);
                continue;
            }
            const bool closes = c == '}' || c == ']';
            if (depth == 0 && (closes || c == ',' || isBlank(c)))
                return item.raw.empty() ? failure("a value is missing") : finishItem(item);
            depth += c == '{' || c == '[' ? 1 : closes ? -1 : 0;
            if (depth + outside > limits.maxDepth) {
                place = Place::End;
                return tooLarge("nested deeper than " + std::to_string(limits.maxDepth) + " in line " +
                                std::to_string(line));
            }
            keep(item, c);
            take();
            if (closes && depth == 0)
                return finishItem(item);
        }
    }

    static Result<void> finishItem(Item& item)
    {
        if (item.isTooLong)
            item.raw.clear();
        return {};
    }

    Result<std::string> takeKey()
    {
        Item name;
        if (skipBlanks() != '"')
            return failure("a name is missing");
        PS_TRY_VOID(cutString(name));
        if (name.isTooLong)
            return tooLarge("a name is too long in line " + std::to_string(line));
        auto parsed = parseJson(name.raw);
        if (!parsed)
            return failure("a bad name");
        if (skipBlanks() != ':')
            return failure("a ':' is missing");
        take();
        return parsed->toString();
    }

    Result<void> start()
    {
        for (const char c : kByteOrderMark) {
            if (peek() != static_cast<unsigned char>(c))
                break;
            take();
        }
        const int c = skipBlanks();
        if (c != '{' && c != '[')
            return failure("neither an object nor an array");
        take();
        place = c == '{' ? Place::Object : Place::Array;
        isFirst = true;
        return {};
    }

    /// Steps over the comma in front of what comes next. False when the object or array ends instead.
    Result<bool> toNext(int closing)
    {
        int c = skipBlanks();
        if (c == closing) {
            take();
            return false;
        }
        if (!isFirst) {
            if (c != ',')
                return failure("a ',' is missing");
            take();
            c = skipBlanks();
            if (c == closing)
                return failure("a ',' too many");
        }
        isFirst = false;
        return true;
    }

    Result<bool> finish()
    {
        place = Place::End;
        if (skipBlanks() >= 0)
            return failure("something stands behind the end");
        if (problem)
            return *problem;
        return false;
    }

    int fd;
    JsonLimits limits;
    std::array<char, 1 << 16> buffer{};
    std::size_t at = 0;
    std::size_t filled = 0;
    bool isAtEnd = false;
    std::optional<Error> problem;
    std::int64_t line = 1;
    std::int64_t doneBytes = 0;
    Place place = Place::Start;
    bool isFirst = true;
    std::string arrayKey;
};

JsonStream::JsonStream(int fd, const JsonLimits& limits) : m_state(std::make_unique<State>(fd, limits)) {}

JsonStream::~JsonStream() = default;

std::int64_t JsonStream::line() const
{
    return m_state->line;
}

std::int64_t JsonStream::doneBytes() const
{
    return m_state->doneBytes;
}

Result<bool> JsonStream::next(Item& item)
{
    State& state = *m_state;
    using Place = State::Place;
    if (state.place == Place::Start)
        PS_TRY_VOID(state.start());
    for (;;) {
        if (state.place == Place::End)
            return false;
        if (state.place == Place::Array || state.place == Place::MemberArray) {
            PS_TRY(const bool isThere, state.toNext(']'));
            if (isThere) {
                item.key = state.arrayKey;
                item.isElement = true;
                PS_TRY_VOID(state.cutValue(item));
                return true;
            }
            if (state.place == Place::Array)
                return state.finish();
            state.place = Place::Object;
            state.isFirst = false;
            continue;
        }
        PS_TRY(const bool isThere, state.toNext('}'));
        if (!isThere)
            return state.finish();
        PS_TRY(item.key, state.takeKey());
        if (state.skipBlanks() == '[') {
            state.take();
            state.place = Place::MemberArray;
            state.arrayKey = item.key;
            state.isFirst = true;
            continue;
        }
        item.isElement = false;
        PS_TRY_VOID(state.cutValue(item));
        return true;
    }
}

} // namespace ps
