// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/group_id.h"

#include "core/base/sha256.h"

#include <algorithm>

namespace ps {

namespace {

std::string atLeastThreeDigits(std::int64_t number)
{
    std::string digits = std::to_string(number);
    if (digits.size() < 3)
        digits.insert(0, 3 - digits.size(), '0');
    return digits;
}

} // namespace

std::string makeGroupId(std::string_view projectId, UtcTime time, std::int64_t batch, std::int64_t position)
{
    return std::string(projectId) + "_group_" + formatGroupStamp(time) + "_batch" + atLeastThreeDigits(batch) + "_img" +
           atLeastThreeDigits(position);
}

std::optional<GroupIdParts> parseGroupId(std::string_view groupId)
{
    // The last one behind which something stands, because a project's own id may hold these words.
    for (std::size_t at = groupId.size(); at-- > 1;) {
        for (const std::string_view kind : {"group", "legacy"}) {
            const std::string_view rest = groupId.substr(at);
            const std::size_t length = kind.size() + 2;
            if (rest.size() > length && rest[0] == '_' && rest.substr(1, kind.size()) == kind &&
                rest[length - 1] == '_')
                return GroupIdParts{std::string(groupId.substr(0, at)), std::string(kind),
                                    std::string(rest.substr(length))};
        }
    }
    return std::nullopt;
}

std::string makeGroupKey(std::span<const std::string> memberPaths)
{
    Sha256 hash;
    for (std::size_t i = 0; i < memberPaths.size(); ++i) {
        if (i > 0)
            hash.add(std::string_view("\0", 1));
        hash.add(memberPaths[i]);
    }
    return "g_" + hash.hex().substr(0, 16);
}

bool isGroupKey(std::string_view text)
{
    return text.size() == 18 && text.starts_with("g_") &&
           std::ranges::all_of(text.substr(2), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isValidProjectId(std::string_view projectId)
{
    return !projectId.empty() && projectId.size() <= 128 && std::ranges::all_of(projectId, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    });
}

} // namespace ps
