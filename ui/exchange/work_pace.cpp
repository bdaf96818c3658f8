// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/work_pace.h"

#include "ui/models/chart_content.h"
#include "ui/models/training.h"

#include <QCoreApplication>

#include <algorithm>

namespace ps {

namespace {

struct Text { // a class, so that the texts are collected for the translators
    Q_DECLARE_TR_FUNCTIONS(WorkPace)
};

constexpr qint64 kFirstGuessMs = 1000; ///< earlier, the rate says nothing
constexpr double kMsPerSecond = 1000;
constexpr int kWhole = 1000;

} // namespace

void WorkPace::begin()
{
    *this = {};
}

void WorkPace::note(const QString& phase, std::int64_t done, std::int64_t total)
{
    if (phase != m_phase || !m_time.isValid()) {
        m_phase = phase;
        m_firstDone = done;
        m_time.start();
    }
    m_done = done;
    m_total = total;
}

int WorkPace::permille() const
{
    if (m_total <= 0)
        return -1;
    return static_cast<int>(std::clamp<std::int64_t>(m_done * kWhole / m_total, 0, kWhole));
}

QString WorkPace::text() const
{
    if (m_phase.isEmpty())
        return {};
    if (m_total <= 0)
        return m_done > 0 ? Text::tr("%1: %2").arg(m_phase, countText(m_done)) : m_phase;
    QString text = Text::tr("%1: %2 of %3").arg(m_phase, countText(m_done), countText(m_total));
    const qint64 elapsed = m_time.elapsed();
    const std::int64_t done = m_done - m_firstDone;
    if (elapsed < kFirstGuessMs || done <= 0)
        return text;
    const double rate = static_cast<double>(done) * kMsPerSecond / static_cast<double>(elapsed);
    text += QStringLiteral(", ") +
            Text::tr("%1/s").arg(rate < 10 ? numberText(rate) : countText(static_cast<std::int64_t>(rate)));
    const auto left = static_cast<int>(static_cast<double>(m_total - m_done) / rate);
    return text + QStringLiteral(", ") + Text::tr("%1 left").arg(durationText(left));
}

} // namespace ps
