// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <atomic>

namespace ps::test {

/// A clock that stands still until the test moves it. Threads: any.
class TestClock final : public Clock
{
public:
    /// Starts at 2026-03-01T10:00:00Z.
    TestClock() : m_microseconds(1'772'359'200'000'000) {}

    UtcTime now() const override { return UtcTime(std::chrono::microseconds(m_microseconds.load())); }
    void advance(std::chrono::microseconds step) { m_microseconds += step.count(); }
    void set(UtcTime time) { m_microseconds = time.time_since_epoch().count(); }

private:
    std::atomic<std::int64_t> m_microseconds;
};

} // namespace ps::test
