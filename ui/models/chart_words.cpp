// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/chart_words.h"

#include <QCoreApplication>

namespace ps {

namespace {

class Charts
{
    Q_DECLARE_TR_FUNCTIONS(Charts)
};

} // namespace

QString stageText(double stage)
{
    return numberText(stage);
}

QString groupsText(std::int64_t count)
{
    return Charts::tr("%Ln group(s)", nullptr, static_cast<int>(count));
}

QString imagesText(std::int64_t count)
{
    return Charts::tr("%Ln image(s)", nullptr, static_cast<int>(count));
}

QString denominator(std::int64_t count, TrainingReport::Kind kind)
{
    return Charts::tr("Hold-out: %1").arg(kind == TrainingReport::Kind::Ranker ? groupsText(count) : imagesText(count));
}

QString intervalText(const std::array<double, 2>& interval)
{
    return Charts::tr("95 % interval: %1 to %2").arg(percentText(interval[0], 1), percentText(interval[1], 1));
}

ChartAxis shareAxis(const QString& label, int ticks)
{
    ChartAxis axis{label, 0, 1, {}, true};
    for (const double at : niceTicks(0, 1, ticks))
        axis.ticks.push_back({at, percentText(at)});
    return axis;
}

} // namespace ps
