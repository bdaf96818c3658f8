// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a training report says in words.
#include "ui/common/error_text.h"
#include "ui/models/report_charts.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Charts)
};

} // namespace

QString baselineName(const std::string& name)
{
    const std::pair<std::string_view, QString> names[] = {
        {"model", Words::tr("this model")},         {"highest stage", Words::tr("highest stage")},
        {"first", Words::tr("first image")},        {"random", Words::tr("random image")},
        {"full frame", Words::tr("whole picture")}, {"centre crop", Words::tr("crop about the centre")},
        {"mean crop", Words::tr("mean crop")},
    };
    const auto found = std::ranges::find(names, name, &std::pair<std::string_view, QString>::first);
    return found == std::end(names) ? fromCore(name) : found->second;
}

QString scoreText(const Score& score, TrainingReport::Kind kind)
{
    const QString count = kind == TrainingReport::Kind::Ranker
                              ? Words::tr("%Ln group(s)", nullptr, static_cast<int>(score.count))
                              : Words::tr("%Ln image(s)", nullptr, static_cast<int>(score.count));
    return Words::tr("%1 (%2 to %3, %4)")
        .arg(percentText(score.value, 1), percentText(score.interval[0]), percentText(score.interval[1]), count);
}

QString verdictText(const TrainingReport& report)
{
    if (report.isProposed)
        return Words::tr("It is better than everything that needs no model, so it is proposed.");
    if (report.isHighestStageOnly)
        return Words::tr("It learned nothing but to choose the highest stage, which needs no model.");
    const auto best = std::ranges::max_element(report.baselines, {}, &Score::value);
    if (best != report.baselines.end() && report.model.value <= best->value)
        return Words::tr("With %1 it is not better than \"%2\" with %3.")
            .arg(percentText(report.model.value, 1), baselineName(best->name), percentText(best->value, 1));
    return report.verdict.empty() ? Words::tr("It did not pass the test on the hold-out.") : fromCore(report.verdict);
}

std::array<double, 2> wilsonInterval(std::int64_t correct, std::int64_t count)
{
    constexpr double z = 1.959963984540054;
    if (count <= 0)
        return {0, 1};
    const double n = static_cast<double>(count);
    const double share = static_cast<double>(correct) / n;
    const double scale = 1 + z * z / n;
    const double centre = (share + z * z / (2 * n)) / scale;
    const double half = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

} // namespace ps
