// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/report_charts.h"

#include "ui/common/error_text.h"
#include "ui/models/chart_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace ps {

namespace {

class Charts
{
    Q_DECLARE_TR_FUNCTIONS(Charts)
};

ChartAxis epochAxis(std::span<const TrainingEpoch> epochs)
{
    const int last = std::max(epochs.back().epochs, epochs.back().epoch);
    ChartAxis axis{Charts::tr("Epoch"), 1, std::max(2.0, static_cast<double>(last)), {}, false};
    for (const double at : niceTicks(1, axis.max, 6)) {
        if (at == std::round(at))
            axis.ticks.push_back({at, countText(static_cast<std::int64_t>(at))});
    }
    return axis;
}

/// An axis of numbers about these values, with a little air.
ChartAxis numberAxis(const QString& label, double low, double high)
{
    if (!(high > low))
        high = low + std::max(1e-3, std::abs(low) * 0.1);
    const double air = (high - low) * 0.08;
    ChartAxis axis{label, low >= 0 ? std::max(0.0, low - air) : low - air, high + air, {}, true};
    for (const double at : niceTicks(axis.min, axis.max, 4))
        axis.ticks.push_back({at, numberText(at)});
    return axis;
}

QString noEpochs()
{
    return Charts::tr("The epochs of this training were not kept.");
}

void markBest(ChartContent& chart, int bestEpoch)
{
    if (bestEpoch > 0)
        chart.markers.push_back(
            {static_cast<double>(bestEpoch), true, Charts::tr("kept: %1").arg(countText(bestEpoch))});
}

} // namespace

// ---- while training ------------------------------------------------------------------------------------------------

std::span<const TrainingEpoch> epochsOfLastNetwork(std::span<const TrainingEpoch> epochs)
{
    std::size_t first = epochs.size();
    while (first > 0 && epochs[first - 1].variant == epochs.back().variant)
        --first;
    return epochs.subspan(first);
}

ChartContent lossChart(std::span<const TrainingEpoch> all, int bestEpoch)
{
    const std::span<const TrainingEpoch> epochs = epochsOfLastNetwork(all);
    ChartContent chart;
    chart.title = Charts::tr("Loss by epoch");
    chart.subtitle = Charts::tr("Mean over the pairs or images; less is better");
    chart.columns = {QStringLiteral("epoch"), QStringLiteral("train_loss"), QStringLiteral("hold_out_loss")};
    if (epochs.empty()) {
        chart.emptyText = noEpochs();
        return chart;
    }
    ChartLine train{Charts::tr("training"), ChartTone::Other, true, false, {}};
    ChartLine holdOut{Charts::tr("validation"), ChartTone::Main, false, false, {}};
    double low = epochs.front().trainLoss;
    double high = low;
    for (const TrainingEpoch& epoch : epochs) {
        train.points.emplace_back(epoch.epoch, epoch.trainLoss);
        holdOut.points.emplace_back(epoch.epoch, epoch.holdOutLoss);
        low = std::min({low, epoch.trainLoss, epoch.holdOutLoss});
        high = std::max({high, epoch.trainLoss, epoch.holdOutLoss});
        chart.items.push_back({{static_cast<double>(epoch.epoch), epoch.holdOutLoss},
                               {},
                               Charts::tr("Epoch %1 of %2\nTraining: %3\nValidation: %4")
                                   .arg(countText(epoch.epoch), countText(epoch.epochs), numberText(epoch.trainLoss),
                                        numberText(epoch.holdOutLoss))});
        chart.rows.push_back(
            {QString::number(epoch.epoch), plainNumber(epoch.trainLoss), plainNumber(epoch.holdOutLoss)});
    }
    chart.lines = {train, holdOut};
    chart.x = epochAxis(epochs);
    chart.y = numberAxis(Charts::tr("Loss"), low, high);
    markBest(chart, bestEpoch);
    chart.description = Charts::tr("Over %1 epochs the loss went from %2 to %3 on the training data and from %4 to %5 "
                                   "in validation.")
                            .arg(countText(std::ssize(epochs)), numberText(epochs.front().trainLoss),
                                 numberText(epochs.back().trainLoss), numberText(epochs.front().holdOutLoss),
                                 numberText(epochs.back().holdOutLoss));
    return chart;
}

namespace {

/// One line for each network that was trained, the last one in front.
std::vector<ChartLine> scoreLines(std::span<const TrainingEpoch> epochs, const QString& nameOfOne)
{
    std::vector<ChartLine> lines;
    const std::string* variant = nullptr;
    for (const TrainingEpoch& epoch : epochs) {
        if (!variant || epoch.variant != *variant)
            lines.push_back({fromCore(epoch.variant), ChartTone::Other, true, false, {}});
        variant = &epoch.variant;
        lines.back().points.emplace_back(epoch.epoch, epoch.holdOutScore);
    }
    lines.back().tone = ChartTone::Main;
    lines.back().isDashed = false;
    if (lines.size() == 1)
        lines.back().name = nameOfOne;
    return lines;
}

} // namespace

ChartContent scoreChart(std::span<const TrainingEpoch> all, int bestEpoch, TrainingReport::Kind kind)
{
    const bool isRanker = kind == TrainingReport::Kind::Ranker;
    ChartContent chart;
    chart.title = isRanker ? Charts::tr("Accuracy by epoch") : Charts::tr("Overlap by epoch");
    chart.subtitle = isRanker ? Charts::tr("Validation groups with the same pick as the person")
                              : Charts::tr("Mean IoU of proposed and drawn crop, validation");
    chart.columns = {QStringLiteral("network"), QStringLiteral("epoch"), QStringLiteral("hold_out_score")};
    if (all.empty()) {
        chart.emptyText = noEpochs();
        return chart;
    }
    double low = 1;
    double high = 0;
    for (const TrainingEpoch& epoch : all) {
        low = std::min(low, epoch.holdOutScore);
        high = std::max(high, epoch.holdOutScore);
        chart.rows.push_back({fromCore(epoch.variant), QString::number(epoch.epoch), plainNumber(epoch.holdOutScore)});
    }
    const std::span<const TrainingEpoch> epochs = epochsOfLastNetwork(all);
    for (const TrainingEpoch& epoch : epochs) {
        chart.items.push_back(
            {{static_cast<double>(epoch.epoch), epoch.holdOutScore},
             {},
             Charts::tr("Epoch %1 of %2\nValidation: %3")
                 .arg(countText(epoch.epoch), countText(epoch.epochs), percentText(epoch.holdOutScore, 1))});
    }
    chart.lines = scoreLines(all,
                             isRanker ? Charts::tr("accuracy in validation") : Charts::tr("mean IoU in validation"));
    chart.x = epochAxis(epochs);
    constexpr double kAir = 0.04;
    chart.y = ChartAxis{{}, std::max(0.0, low - kAir), std::min(1.0, high + kAir), {}, true};
    for (const double at : niceTicks(chart.y.min, chart.y.max, 4))
        chart.y.ticks.push_back({at, percentText(at)});
    markBest(chart, bestEpoch);
    chart.description = Charts::tr("Over %1 epochs it went from %2 to %3; the best was %4.")
                            .arg(countText(std::ssize(epochs)), percentText(epochs.front().holdOutScore, 1),
                                 percentText(epochs.back().holdOutScore, 1), percentText(high, 1));
    return chart;
}

// ---- calibration and confusion -------------------------------------------------------------------------------------

ChartContent calibrationChart(const TrainingReport& report)
{
    ChartContent chart;
    chart.title = Charts::tr("Is it as sure as it should be?");
    std::int64_t total = 0;
    std::int64_t most = 0;
    for (const TrainingReport::CalibrationBin& bin : report.calibration) {
        total += bin.count;
        most = std::max(most, bin.count);
    }
    chart.subtitle =
        Charts::tr("%1; mean gap %2").arg(denominator(total, report.kind), percentText(report.calibrationError, 1));
    chart.columns = {QStringLiteral("lower"), QStringLiteral("upper"), QStringLiteral("mean_confidence"),
                     QStringLiteral("accuracy"), QStringLiteral("count")};
    if (total == 0) {
        chart.subtitle.clear();
        chart.emptyText = Charts::tr("No data, because this model has no calibration.");
        return chart;
    }
    chart.x = shareAxis(Charts::tr("Confidence that it states"));
    chart.y = shareAxis(Charts::tr("How often it was right"));
    ChartLine perfect{Charts::tr("as sure as right"), ChartTone::Quiet, true, false, {{0, 0}, {1, 1}}};
    ChartLine curve{Charts::tr("this model"), ChartTone::Main, false, true, {}};
    constexpr double kCountHeight = 0.16; ///< of the plot: the bars of the counts at its foot
    for (const TrainingReport::CalibrationBin& bin : report.calibration) {
        const double width = bin.upper - bin.lower;
        chart.bars.push_back({QRectF(bin.lower + width * 0.1, 0, width * 0.8,
                                     kCountHeight * static_cast<double>(bin.count) / static_cast<double>(most)),
                              ChartTone::Quiet,
                              {},
                              bin.count > 0 ? countText(bin.count) : QString()});
        chart.rows.push_back({plainNumber(bin.lower), plainNumber(bin.upper), plainNumber(bin.meanConfidence),
                              plainNumber(bin.accuracy), QString::number(bin.count)});
        if (bin.count == 0)
            continue;
        curve.points.emplace_back(bin.meanConfidence, bin.accuracy);
        chart.items.push_back({{bin.meanConfidence, bin.accuracy},
                               QRectF(bin.lower, 0, width, 1),
                               Charts::tr("Confidence %1 to %2: %3\nOn average it says %4\nIt was right in %5")
                                   .arg(percentText(bin.lower), percentText(bin.upper), groupsText(bin.count),
                                        percentText(bin.meanConfidence, 1), percentText(bin.accuracy, 1))});
    }
    chart.lines = {perfect, curve};
    chart.description = Charts::tr("On average stated confidence and share of right picks are %1 apart.")
                            .arg(percentText(report.calibrationError, 1));
    return chart;
}

ChartContent confusionChart(const TrainingReport& report)
{
    ChartContent chart;
    chart.title = Charts::tr("Chosen and proposed stage");
    chart.columns = {QStringLiteral("chosen_stage"), QStringLiteral("proposed_stage"), QStringLiteral("count")};
    std::set<double> stages;
    std::map<double, std::int64_t> rowTotals;
    std::int64_t total = 0;
    std::map<std::pair<double, double>, std::int64_t> counts;
    for (const TrainingReport::Confusion& one : report.confusion) {
        stages.insert({one.chosenStage, one.proposedStage});
        rowTotals[one.chosenStage] += one.count;
        counts[{one.chosenStage, one.proposedStage}] += one.count;
        total += one.count;
        chart.rows.push_back(
            {plainNumber(one.chosenStage), plainNumber(one.proposedStage), QString::number(one.count)});
    }
    chart.subtitle = Charts::tr("%1; colour: share of the row").arg(denominator(total, report.kind));
    if (total == 0) {
        chart.subtitle.clear();
        chart.emptyText = Charts::tr("No data, because the file names of the hold-out tell no stages.");
        return chart;
    }
    const auto size = static_cast<double>(stages.size());
    chart.x = ChartAxis{Charts::tr("Proposed stage"), 0, size, {}, false};
    chart.y = ChartAxis{Charts::tr("Chosen stage"), 0, size, {}, false};
    double row = size - 1; // the lowest stage stands on top, as one reads
    std::int64_t agreed = 0;
    for (const double chosen : stages) {
        chart.y.ticks.push_back({row + 0.5, stageText(chosen)});
        double column = 0;
        for (const double proposed : stages) {
            const std::int64_t count = counts.contains({chosen, proposed}) ? counts.at({chosen, proposed}) : 0;
            const std::int64_t rowTotal = rowTotals[chosen];
            const double share = rowTotal > 0 ? static_cast<double>(count) / static_cast<double>(rowTotal) : 0;
            agreed += chosen == proposed ? count : 0;
            const QRectF area(column, row, 1, 1);
            chart.cells.push_back({area, share, countText(count)});
            chart.items.push_back(
                {area.center(), area,
                 Charts::tr("Chosen: stage %1\nProposed: stage %2\n%3, %4 of the row")
                     .arg(stageText(chosen), stageText(proposed), groupsText(count), percentText(share, 1))});
            column += 1;
        }
        row -= 1;
    }
    for (std::size_t i = 0; const double stage : stages)
        chart.x.ticks.push_back({static_cast<double>(i++) + 0.5, stageText(stage)});
    chart.description =
        Charts::tr("In %1 of %2 the proposed stage is the chosen one.").arg(countText(agreed), groupsText(total));
    return chart;
}

std::vector<ChartContent> chartsOf(const TrainingReport& report)
{
    std::vector<ChartContent> charts{baselineChart(report)};
    if (report.kind == TrainingReport::Kind::Ranker) {
        charts.push_back(calibrationChart(report));
        charts.push_back(confusionChart(report));
        charts.push_back(anomalyChart(report));
        charts.push_back(stageChart(report));
    } else {
        charts.push_back(iouChart(report));
        charts.push_back(centreDistanceChart(report));
        charts.push_back(stageChart(report));
    }
    charts.push_back(scoreChart(report.epochs, report.bestEpoch, report.kind));
    charts.push_back(lossChart(report.epochs, report.bestEpoch));
    return charts;
}

} // namespace ps
