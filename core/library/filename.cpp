// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/filename.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace ps {

namespace {

constexpr std::size_t kTimestampLength = 15; // YYYYMMDD_HHMMSS

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool startsWithTimestamp(std::string_view name)
{
    if (name.size() < kTimestampLength || name[8] != '_')
        return false;
    const auto allDigits = [](std::string_view part) { return std::ranges::all_of(part, isDigit); };
    return allDigits(name.substr(0, 8)) && allDigits(name.substr(9, 6));
}

std::optional<std::int64_t> toSeconds(std::string_view timestamp)
{
    using namespace std::chrono;
    const auto number = [timestamp](std::size_t at, std::size_t count) {
        return static_cast<int>(parseInteger(timestamp.substr(at, count)).value_or(-1));
    };
    const year_month_day date(year(number(0, 4)), month(static_cast<unsigned>(number(4, 2))),
                              day(static_cast<unsigned>(number(6, 2))));
    const int hour = number(9, 2);
    const int minute = number(11, 2);
    const int second = number(13, 2);
    if (!date.ok() || number(0, 4) < 1 || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    const auto whole = sys_seconds(sys_days(date)) + hours(hour) + minutes(minute) + seconds(second);
    return whole.time_since_epoch().count();
}

/// The number behind the first "stage" that has one: 1.5 in "stage1.5_face_swapped".
double stageNumber(std::string_view name)
{
    const std::string lower = toLowerAscii(name);
    for (std::size_t at = lower.find("stage"); at != std::string::npos; at = lower.find("stage", at + 1)) {
        const std::size_t begin = at + 5;
        std::size_t end = begin;
        while (end < lower.size() && isDigit(lower[end]))
            ++end;
        if (end == begin)
            continue;
        if (end + 1 < lower.size() && lower[end] == '.' && isDigit(lower[end + 1])) {
            ++end;
            while (end < lower.size() && isDigit(lower[end]))
                ++end;
        }
        return parseDouble(std::string_view(lower).substr(begin, end - begin)).value_or(0);
    }
    return 0;
}

} // namespace

ImageName parseImageName(std::string_view name)
{
    ImageName parsed;
    if (startsWithTimestamp(name)) {
        parsed.timestamp = name.substr(0, kTimestampLength);
        parsed.timeSeconds = toSeconds(parsed.timestamp);
    }
    parsed.stage = stageNumber(name);
    return parsed;
}

bool isImageFile(std::string_view name)
{
    static constexpr std::array<std::string_view, 7> suffixes{".png", ".jpg", ".jpeg", ".webp",
                                                              ".bmp", ".tif", ".tiff"};
    return std::ranges::find(suffixes, toLowerAscii(fileSuffix(name))) != suffixes.end();
}

std::string_view fileStem(std::string_view name)
{
    return name.substr(0, name.size() - fileSuffix(name).size());
}

std::string_view fileSuffix(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == name.size())
        return {};
    return name.substr(dot);
}

std::string_view groupStem(std::string_view stem)
{
    return stem.substr(0, stem.find("_stage"));
}

std::string stageText(std::string_view name)
{
    const std::string_view stem = fileStem(name);
    const std::size_t first = stem.find('_');
    const std::size_t second = first == std::string_view::npos ? first : stem.find('_', first + 1);
    return std::string(second == std::string_view::npos ? stem : stem.substr(second + 1));
}

bool pythonLess(std::string_view a, std::string_view b)
{
    const auto codePoint = [](const DecodedChar& c) { return c.isRawByte ? 0xDC00 + c.codePoint : c.codePoint; };
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        const DecodedChar x = decodeUtf8(a, i);
        const DecodedChar y = decodeUtf8(b, j);
        if (codePoint(x) != codePoint(y))
            return codePoint(x) < codePoint(y);
        i += x.length;
        j += y.length;
    }
    return i == a.size() && j < b.size();
}

} // namespace ps
