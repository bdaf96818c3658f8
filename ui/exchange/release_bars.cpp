// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/release_bars.h"

#include "ui/exchange/count_bars.h"
#include "ui/exchange/exchange_words.h"

#include <QGridLayout>

#include <algorithm>
#include <functional>

namespace ps {

namespace {

constexpr std::size_t kShownBars = 12;

} // namespace

ReleaseBars::ReleaseBars(const Theme& theme, QWidget* parent) : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(16);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    m_actions = new CountBars(tr("By decision"), theme, this);
    m_excluded = new CountBars(tr("Left out, and why"), theme, this);
    m_sides = new CountBars(tr("By side"), theme, this);
    m_classes = new CountBars(tr("By class"), theme, this);
    m_images = new CountBars(tr("Images left out of exported groups"), theme, this);
    grid->addWidget(m_actions, 0, 0, Qt::AlignTop);
    grid->addWidget(m_excluded, 0, 1, Qt::AlignTop);
    grid->addWidget(m_sides, 1, 0, Qt::AlignTop);
    grid->addWidget(m_classes, 1, 1, Qt::AlignTop);
    grid->addWidget(m_images, 2, 0, 1, 2, Qt::AlignTop);
}

void ReleaseBars::show(const ReleasePreview& counts)
{
    const auto barsOf = [](const std::map<std::string, std::int64_t>& named, auto words) {
        std::vector<CountBars::Bar> bars;
        for (const auto& [name, count] : named)
            bars.push_back({words(name), count});
        std::ranges::stable_sort(bars, std::ranges::greater{}, &CountBars::Bar::count);
        if (bars.size() > kShownBars) {
            CountBars::Bar rest{tr("Others"), 0};
            for (std::size_t i = kShownBars; i < bars.size(); ++i)
                rest.count += bars[i].count;
            bars.resize(kShownBars);
            bars.push_back(rest);
        }
        return bars;
    };
    m_actions->setBars(barsOf(counts.byAction, [](std::string_view name) { return classText(name); }));
    m_excluded->setBars(barsOf(counts.excluded, [](std::string_view name) { return exclusionText(name); }));
    m_images->setBars(barsOf(counts.leftOutImages, [](std::string_view name) { return exclusionText(name); }));
    m_classes->setBars(barsOf(counts.byClass, [](std::string_view name) { return classText(name); }));
    std::vector<CountBars::Bar> sides;
    for (std::size_t i = 0; i < counts.bySide.size(); ++i)
        sides.push_back({sideText(static_cast<ReleaseSide>(i)), counts.bySide.at(i)});
    const bool hasSides = std::ranges::any_of(sides, [](const CountBars::Bar& bar) { return bar.count > 0; });
    m_sides->setBars(hasSides ? std::move(sides) : std::vector<CountBars::Bar>());
}

} // namespace ps
