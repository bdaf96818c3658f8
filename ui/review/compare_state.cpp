// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/compare_state.h"

#include <algorithm>

namespace ps {

void CompareState::start(int count, int champion)
{
    m_count = count;
    m_champion = champion >= 0 && champion < count ? champion : 0;
    m_challenger = otherThan(m_champion, 1);
    m_isChosen = false;
    m_focused = m_isTwoUp ? m_challenger : m_champion;
}

int CompareState::otherThan(int index, int by) const
{
    if (m_count < 2)
        return index;
    int other = (index + by + m_count) % m_count;
    if (other == m_champion)
        other = (other + by + m_count) % m_count;
    return other;
}

int CompareState::partner() const
{
    return m_focused == m_champion ? m_challenger : m_champion;
}

std::vector<int> CompareState::visible() const
{
    std::vector<int> all;
    if (m_isTwoUp && m_count > 1)
        return {m_champion, m_challenger};
    for (int i = 0; i < m_count; ++i)
        all.push_back(i);
    return all;
}

void CompareState::setTwoUp(bool twoUp)
{
    m_isTwoUp = twoUp;
    if (twoUp && m_focused == m_champion)
        m_focused = m_challenger;
}

void CompareState::setFocused(int index)
{
    if (index < 0 || index >= m_count)
        return;
    m_focused = index;
    if (index != m_champion)
        m_challenger = index;
}

void CompareState::step(int by)
{
    if (m_count < 2)
        return;
    if (m_isTwoUp)
        setFocused(otherThan(m_challenger, by));
    else
        setFocused((m_focused + by + m_count) % m_count);
}

void CompareState::crown()
{
    if (m_count < 2)
        return;
    const int beaten = m_champion;
    m_champion = m_focused == m_champion ? m_challenger : m_focused;
    m_isChosen = true;
    int next = otherThan(m_champion, 1);
    if (next == beaten && m_count > 2)
        next = otherThan(next, 1);
    m_challenger = next;
    m_focused = m_isTwoUp ? m_challenger : m_champion;
}

void CompareState::setDivider(double place)
{
    m_divider = std::clamp(place, 0.02, 0.98);
}

void CompareState::stepGain(int by)
{
    constexpr double kMaxGain = 64;
    m_gain = std::clamp(by > 0 ? m_gain * 2 : m_gain / 2, 1.0, kMaxGain);
}

} // namespace ps
