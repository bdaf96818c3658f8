// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

#include "core/base/text.h"

#include <array>
#include <cstdio>

namespace ps {

namespace {

class SystemClock final : public Clock
{
public:
    UtcTime now() const override
    {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

struct CalendarTime {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    long hour = 0;
    long minute = 0;
    long second = 0;
    long microsecond = 0;
};

CalendarTime toCalendar(UtcTime time)
{
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(midnight);
    const std::chrono::hh_mm_ss clock(time - midnight);
    return {int(date.year()),        unsigned(date.month()),  unsigned(date.day()),      clock.hours().count(),
            clock.minutes().count(), clock.seconds().count(), clock.subseconds().count()};
}

std::optional<long> digitsAt(std::string_view text, std::size_t offset, std::size_t count)
{
    if (offset + count > text.size())
        return std::nullopt;
    long value = 0;
    for (const char c : text.substr(offset, count)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Microseconds from the fraction ".123456..." at `offset`; moves `offset` behind it, and stays when there is none.
long parseFraction(std::string_view text, std::size_t& offset)
{
    if (offset >= text.size() || text[offset] != '.' || !digitsAt(text, offset + 1, 1))
        return 0;
    ++offset;
    long value = 0;
    int digitCount = 0;
    while (offset < text.size() && text[offset] >= '0' && text[offset] <= '9') {
        if (digitCount < 6)
            value = value * 10 + (text[offset] - '0');
        ++digitCount;
        ++offset;
    }
    for (; digitCount < 6; ++digitCount)
        value *= 10;
    return value;
}

/// The zone suffix in minutes east of UTC; nothing when the rest is not a zone.
std::optional<long> parseZone(std::string_view zone)
{
    if (zone.empty() || zone == "Z" || zone == "z")
        return 0;
    if (zone[0] != '+' && zone[0] != '-')
        return std::nullopt;
    const bool hasColon = zone.size() == 6 && zone[3] == ':';
    const auto hours = digitsAt(zone, 1, 2);
    const auto minutes = digitsAt(zone, hasColon ? 4 : 3, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59 || zone.size() != (hasColon ? 6U : 5U))
        return std::nullopt;
    return (zone[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
}

} // namespace

const Clock& systemClock()
{
    static const SystemClock clock;
    return clock;
}

std::string formatTimestamp(UtcTime time)
{
    const CalendarTime c = toCalendar(time);
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02ld:%02ld:%02ld.%06ldZ", c.year, c.month, c.day,
                  c.hour, c.minute, c.second, c.microsecond);
    return buffer.data();
}

std::string formatGroupStamp(UtcTime time)
{
    const CalendarTime c = toCalendar(time);
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d%02u%02uT%02ld%02ld%02ld%06ld", c.year, c.month, c.day, c.hour,
                  c.minute, c.second, c.microsecond);
    return buffer.data();
}

std::string formatFileStamp(UtcTime time)
{
    const CalendarTime c = toCalendar(time);
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d%02u%02uT%02ld%02ld%02ldZ", c.year, c.month, c.day, c.hour,
                  c.minute, c.second);
    return buffer.data();
}

std::optional<UtcTime> parseTimestamp(std::string_view text)
{
    using namespace std::chrono;
    const auto year = digitsAt(text, 0, 4);
    const auto month = digitsAt(text, 5, 2);
    const auto day = digitsAt(text, 8, 2);
    const auto hour = digitsAt(text, 11, 2);
    const auto minute = digitsAt(text, 14, 2);
    const auto second = digitsAt(text, 17, 2);
    if (!year || !month || !day || !hour || !minute || !second)
        return std::nullopt;
    const bool hasSeparators = text[4] == '-' && text[7] == '-' && (text[10] == 'T' || text[10] == ' ') &&
                               text[13] == ':' && text[16] == ':';
    const year_month_day date(std::chrono::year(static_cast<int>(*year)),
                              std::chrono::month(static_cast<unsigned>(*month)),
                              std::chrono::day(static_cast<unsigned>(*day)));
    if (!hasSeparators || !date.ok() || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    std::size_t offset = 19;
    const long fraction = parseFraction(text, offset);
    const auto zoneMinutes = parseZone(text.substr(offset));
    if (!zoneMinutes)
        return std::nullopt;
    return UtcTime(sys_days(date)) + hours(*hour) + minutes(*minute - *zoneMinutes) + seconds(*second) +
           microseconds(fraction);
}

} // namespace ps
