// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ps {

/// An instant of true UTC, in microseconds since 1970.
using UtcTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

/// Where the time comes from; tests pass a clock that they move themselves.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual UtcTime now() const = 0;
};

/// The clock of the operating system. Threads: any.
const Clock& systemClock();

/// "2025-10-21T17:04:44.198868Z", always with six digits.
std::string formatTimestamp(UtcTime time);

/// "20251021T170444198868", the stamp inside a group id (form 2).
std::string formatGroupStamp(UtcTime time);

/// "20251021T170444Z", the stamp inside the names of reports and backups.
std::string formatFileStamp(UtcTime time);

/// Reads every timestamp form that is unambiguous: ISO with "T" or a space, with or without microseconds, "Z" or an
/// offset. A form without a zone is taken as UTC.
std::optional<UtcTime> parseTimestamp(std::string_view text);

} // namespace ps
