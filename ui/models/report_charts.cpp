// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/report_charts.h"

#include "ui/common/error_text.h"

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

constexpr double kBarShare = 0.62; ///< of the room that a bar has

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

ChartAxis shareAxis(const QString& label, int ticks = 5)
{
    ChartAxis axis{label, 0, 1, {}, true};
    for (const double at : niceTicks(0, 1, ticks))
        axis.ticks.push_back({at, percentText(at)});
    return axis;
}

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
