// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The charts of a training report that are bars: scores beside their baselines, and the histograms of crops.
#include "ui/models/chart_words.h"
#include "ui/models/report_charts.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ps {

namespace {

class Charts
{
    Q_DECLARE_TR_FUNCTIONS(Charts)
};

constexpr double kBarShare = 0.62; ///< of the room that a bar has

} // namespace

// ---- bars ----------------------------------------------------------------------------------------------------------

namespace {

/// Lying bars with names on the left, the first on top.
void addScoreBars(ChartContent& chart, std::span<const Score> scores, TrainingReport::Kind kind)
{
    chart.barsLieDown = true;
    chart.x = shareAxis({});
    chart.x.max = 1.12; // room for the numbers behind the bars
    chart.y = ChartAxis{{}, 0, static_cast<double>(scores.size()), {}, false};
    chart.columns = {QStringLiteral("name"), QStringLiteral("value"), QStringLiteral("low"), QStringLiteral("high"),
                     QStringLiteral("count")};
    QStringList described;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const Score& score = scores[i];
        const double middle = static_cast<double>(scores.size() - i) - 0.5;
        const QString name = baselineName(score.name);
        chart.bars.push_back({QRectF(0, middle - kBarShare / 2, score.value, kBarShare),
                              i == 0 ? ChartTone::Main : ChartTone::Quiet, score.interval,
                              percentText(score.value, 1)});
        chart.y.ticks.push_back({middle, name});
        const QString count = kind == TrainingReport::Kind::Ranker ? groupsText(score.count) : imagesText(score.count);
        chart.items.push_back({{score.value, middle},
                               QRectF(0, middle - 0.5, chart.x.max, 1),
                               QStringLiteral("%1\n%2\n%3\n%4")
                                   .arg(name, percentText(score.value, 1), intervalText(score.interval), count)});
        chart.rows.push_back({QString::fromStdString(score.name), plainNumber(score.value),
                              plainNumber(score.interval[0]), plainNumber(score.interval[1]),
                              QString::number(score.count)});
        described.append(QStringLiteral("%1: %2").arg(name, percentText(score.value, 1)));
    }
    chart.description = described.join(QStringLiteral("; ")) + QLatin1Char('.');
}

} // namespace

ChartContent baselineChart(const TrainingReport& report)
{
    const bool isRanker = report.kind == TrainingReport::Kind::Ranker;
    ChartContent chart;
    chart.title = isRanker ? Charts::tr("Accuracy of the pick") : Charts::tr("Overlap of the crop (mean IoU)");
    chart.subtitle = Charts::tr("%1, with 95 % intervals").arg(denominator(report.model.count, report.kind));
    if (report.model.count == 0) {
        chart.emptyText = Charts::tr("No data, because the hold-out has no groups.");
        return chart;
    }
    std::vector<Score> scores{report.model};
    scores.front().name = "model";
    scores.insert(scores.end(), report.baselines.begin(), report.baselines.end());
    addScoreBars(chart, scores, report.kind);
    return chart;
}

ChartContent anomalyChart(const TrainingReport& report)
{
    ChartContent chart;
    chart.title = Charts::tr("Is it more than \"the highest stage\"?");
    chart.subtitle = Charts::tr("Accuracy by what the person chose");
    std::vector<Score> scores;
    const auto add = [&scores](const std::optional<Score>& score, const QString& name) {
        if (score && score->count > 0) {
            scores.push_back(*score);
            scores.back().name = name.toStdString();
        }
    };
    add(report.notHighestStage, Charts::tr("not the highest"));
    add(report.highestStage, Charts::tr("the highest"));
    if (scores.empty()) {
        chart.emptyText = Charts::tr("No data, because the hold-out has no groups with several stages.");
        return chart;
    }
    addScoreBars(chart, scores, report.kind);
    chart.rows[0][0] = report.notHighestStage && report.notHighestStage->count > 0 ? QStringLiteral("not highest stage")
                                                                                   : QStringLiteral("highest stage");
    if (chart.rows.size() > 1)
        chart.rows[1][0] = QStringLiteral("highest stage");
    return chart;
}

ChartContent stageChart(const TrainingReport& report)
{
    ChartContent chart;
    chart.title = Charts::tr("Accuracy by stage");
    std::int64_t total = 0;
    for (const TrainingReport::StageRow& row : report.byStage)
        total += row.count;
    chart.subtitle = Charts::tr("%1, with 95 % intervals").arg(denominator(total, report.kind));
    chart.columns = {QStringLiteral("stage"),    QStringLiteral("count"), QStringLiteral("correct"),
                     QStringLiteral("accuracy"), QStringLiteral("low"),   QStringLiteral("high")};
    if (total == 0) {
        chart.emptyText = Charts::tr("No data, because the file names of the hold-out tell no stages.");
        return chart;
    }
    chart.y = shareAxis({});
    chart.y.max = 1.1;
    chart.x = ChartAxis{Charts::tr("Chosen stage"), 0, static_cast<double>(report.byStage.size()), {}, false};
    QStringList described;
    double middle = 0.5;
    for (const TrainingReport::StageRow& row : report.byStage) {
        const double share = row.count > 0 ? static_cast<double>(row.correct) / static_cast<double>(row.count) : 0;
        const auto interval = wilsonInterval(row.correct, row.count);
        chart.bars.push_back({QRectF(middle - kBarShare / 2, 0, kBarShare, share), ChartTone::Main, interval,
                              QStringLiteral("n=%1").arg(countText(row.count))});
        chart.x.ticks.push_back({middle, stageText(row.stage)});
        chart.items.push_back({{middle, share},
                               QRectF(middle - 0.5, 0, 1, chart.y.max),
                               Charts::tr("Stage %1\n%2 of %3 right: %4\n%5")
                                   .arg(stageText(row.stage), countText(row.correct), countText(row.count),
                                        percentText(share, 1), intervalText(interval))});
        chart.rows.push_back({plainNumber(row.stage), QString::number(row.count), QString::number(row.correct),
                              plainNumber(share), plainNumber(interval[0]), plainNumber(interval[1])});
        described.append(
            Charts::tr("stage %1: %2 of %3").arg(stageText(row.stage), percentText(share), countText(row.count)));
        middle += 1;
    }
    chart.description = described.join(QStringLiteral("; ")) + QLatin1Char('.');
    return chart;
}

// ---- crops ---------------------------------------------------------------------------------------------------------

namespace {

ChartContent histogram(ChartContent chart, std::span<const std::int64_t> bins, double max)
{
    const std::int64_t total = std::accumulate(bins.begin(), bins.end(), std::int64_t{0});
    chart.columns = {QStringLiteral("from"), QStringLiteral("to"), QStringLiteral("count")};
    chart.subtitle = denominator(total, TrainingReport::Kind::Crop);
    if (total == 0) {
        chart.emptyText = Charts::tr("No data, because the hold-out has no crops.");
        return chart;
    }
    const double width = max / static_cast<double>(bins.size());
    const auto most = static_cast<double>(std::ranges::max(bins));
    chart.x.min = 0;
    chart.x.max = max;
    for (const double at : niceTicks(0, max, 5))
        chart.x.ticks.push_back({at, percentText(at)});
    chart.y = ChartAxis{Charts::tr("Images"), 0, most * 1.12, {}, true};
    for (const double at : niceTicks(0, most, 5)) {
        if (at == std::round(at))
            chart.y.ticks.push_back({at, countText(static_cast<std::int64_t>(at))});
    }
    for (std::size_t i = 0; i < bins.size(); ++i) {
        const double from = width * static_cast<double>(i);
        const auto height = static_cast<double>(bins[i]);
        chart.bars.push_back({QRectF(from + width * 0.05, 0, width * 0.9, height),
                              ChartTone::Main,
                              {},
                              bins[i] > 0 ? countText(bins[i]) : QString()});
        chart.items.push_back({{from + width / 2, height},
                               QRectF(from, 0, width, chart.y.max),
                               Charts::tr("%1 to %2\n%3, %4 of all")
                                   .arg(percentText(from), percentText(from + width), imagesText(bins[i]),
                                        percentText(height / static_cast<double>(total), 1))});
        chart.rows.push_back({plainNumber(from), plainNumber(from + width), QString::number(bins[i])});
    }
    const auto peak = static_cast<double>(std::ranges::max_element(bins) - bins.begin()) * width;
    chart.description = Charts::tr("%1; most of them between %2 and %3.")
                            .arg(imagesText(total), percentText(peak), percentText(peak + width));
    return chart;
}

} // namespace

ChartContent iouChart(const TrainingReport& report)
{
    ChartContent chart;
    chart.title = Charts::tr("Overlap of proposed and drawn crop");
    chart.x.label = Charts::tr("IoU; more is better");
    return histogram(std::move(chart), report.iouHistogram, 1);
}

ChartContent centreDistanceChart(const TrainingReport& report)
{
    ChartContent chart;
    chart.title = Charts::tr("Distance of the centres");
    chart.x.label = Charts::tr("Share of the picture; less is better");
    return histogram(std::move(chart), report.centreDistanceHistogram, 0.5);
}

} // namespace ps
