// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace ps {

/// Who is compared with whom, and how. Positions are those of the candidates in their group, from 0; they never change, so
/// the keys that decide mean the same whatever is compared.
class CompareState
{
public:
    /// What the focused pane shows instead of its picture alone.
    enum class Mode {
        None,
        Swipe,      ///< the champion left of a divider
        Difference, ///< how much it differs from the champion
    };

    /// A group of `count` candidates comes, with the one that is best so far.
    void start(int count, int champion);

    int count() const { return m_count; }
    int champion() const { return m_champion; }
    int challenger() const { return m_challenger; }
    int focused() const { return m_focused; }
    /// Somebody crowned it, or compares by twos: then it is marked.
    bool isChampionChosen() const { return m_isChosen || m_isTwoUp; }
    /// The one that the focused candidate is compared with; itself when it is alone.
    int partner() const;

    /// The candidates that have a pane, from left to right.
    std::vector<int> visible() const;
    bool isTwoUp() const { return m_isTwoUp; }
    void setTwoUp(bool twoUp);

    void setFocused(int index);
    /// The frame goes on by one; by twos the next challenger comes.
    void step(int by);
    /// The focused candidate becomes the champion; the next one that it has not beaten challenges it.
    void crown();

    Mode mode() const { return m_count > 1 ? m_mode : Mode::None; }
    void setMode(Mode mode) { m_mode = mode; }

    double divider() const { return m_divider; }
    void setDivider(double place);
    double gain() const { return m_gain; }
    /// Doubled for +1, halved for -1.
    void stepGain(int by);

private:
    int otherThan(int index, int by) const;

    int m_count = 0;
    int m_champion = 0;
    int m_challenger = 0;
    int m_focused = 0;
    bool m_isChosen = false;
    bool m_isTwoUp = false;
    Mode m_mode = Mode::None;
    double m_divider = 0.5; ///< fraction of the pane
    double m_gain = 8;
};

} // namespace ps
