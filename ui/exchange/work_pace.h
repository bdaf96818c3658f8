// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QString>

#include <cstdint>

namespace ps {

/// How fast long work goes, and how long it will still take; one phase after the other.
/// Thread: UI.
class WorkPace
{
public:
    void begin();
    /// Starts anew when the phase is another one.
    void note(const QString& phase, std::int64_t done, std::int64_t total);
    /// 0 to 1000; -1 while the end is not known.
    int permille() const;
    /// "Writing: 1,204 of 5,000, 310/s, 0:12 left"
    QString text() const;

private:
    QString m_phase;
    std::int64_t m_done = 0;
    std::int64_t m_total = 0;
    std::int64_t m_firstDone = 0; ///< when the phase was first heard of: what was there already took no time
    QElapsedTimer m_time;
};

} // namespace ps
