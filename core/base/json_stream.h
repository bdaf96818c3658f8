// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace ps {

/// How much JSON from strangers may ask for. Source: engineering/reliability_anchors Z5.
struct JsonLimits {
    int maxDepth = 64;
    std::size_t maxStringBytes = std::size_t{1} << 20;
    std::size_t maxItemBytes = std::size_t{16} << 20; ///< of one item of a JsonStream
};

/// parseJson() for text of strangers. Errors: InvalidInput; also for a name that stands twice in one object, of which nobody can
/// say which one was meant; TooLarge beyond a limit.
Result<Json> parseForeignJson(std::string_view text, const JsonLimits& limits = {});

/// The JSON values that stand one behind the other in a text, as the glued lines of some exporters do; views into `text`.
/// A text that is not even balanced comes back as one piece.
std::vector<std::string_view> splitJsonValues(std::string_view text);

/// Walks a JSON text of any length without holding it: the members of its object one by one, and the elements of members that
/// are arrays one by one; or the elements of its array. Memory: one item.
class JsonStream
{
public:
    /// Reads from the current position of `fd`, which stays the caller's.
    explicit JsonStream(int fd, const JsonLimits& limits = {});
    ~JsonStream();
    JsonStream(const JsonStream&) = delete;
    JsonStream& operator=(const JsonStream&) = delete;

    struct Item {
        std::string key;        ///< of the member; "" for elements of an array at the top
        bool isElement = false; ///< of an array
        std::int64_t line = 0;  ///< where it begins, from 1
        std::string raw;        ///< as it stands; "" when it is too long
        bool isTooLong = false; ///< beyond maxItemBytes
    };
    /// False behind the last one. The item is balanced but not parsed yet, so that one bad item spoils no other.
    /// Errors: InvalidInput with line() where the text stops being JSON, or ends before its end; TooLarge (depth); Io.
    Result<bool> next(Item& item);

    std::int64_t line() const;
    std::int64_t doneBytes() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace ps
