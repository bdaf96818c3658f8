// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/calibration.h"

#include "core/suggest/network_trainer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ps {

namespace {

constexpr std::size_t kBins = 10;

std::vector<const ScoredGroup*> usableGroups(std::span<const ScoredGroup> groups)
{
    std::vector<const ScoredGroup*> usable;
    for (const ScoredGroup& group : groups) {
        const auto scored = std::ranges::count_if(group.scores, [](const auto& score) { return score.has_value(); });
        if (scored >= 2 && group.winner < group.scores.size() && group.scores[group.winner])
            usable.push_back(&group);
    }
    return usable;
}

/// Mean surprise about the picks at this temperature.
double lossAt(double temperature, const std::vector<const ScoredGroup*>& groups)
{
    const double certain = (static_cast<double>(groups.size()) + 1) / (static_cast<double>(groups.size()) + 2);
    double loss = 0;
    for (const ScoredGroup* group : groups) {
        double highest = -INFINITY;
        std::size_t others = 0;
        for (const auto& score : group->scores) {
            if (score)
                highest = std::max(highest, double{*score});
            others += score ? 1U : 0U;
        }
        --others;
        double sum = 0;
        for (const auto& score : group->scores)
            sum += score ? std::exp((*score - highest) / temperature) : 0;
        for (std::size_t i = 0; i < group->scores.size(); ++i) {
            if (!group->scores[i])
                continue;
            const double wanted = i == group->winner ? certain : (1 - certain) / static_cast<double>(others);
            loss -= wanted * ((*group->scores[i] - highest) / temperature - std::log(sum));
        }
    }
    return loss / static_cast<double>(groups.size());
}

/// By golden section over the logarithm; the loss has one minimum.
double bestTemperature(const std::vector<const ScoredGroup*>& groups)
{
    constexpr double kGolden = 0.6180339887498949;
    constexpr int kSteps = 60;
    double low = std::log(0.01);
    double high = std::log(100.0);
    for (int i = 0; i < kSteps; ++i) {
        const double left = high - kGolden * (high - low);
        const double right = low + kGolden * (high - low);
        if (lossAt(std::exp(left), groups) < lossAt(std::exp(right), groups))
            high = right;
        else
            low = left;
    }
    return std::exp((low + high) / 2);
}

/// Neighbours that pool their values until those do not descend (pool adjacent violators).
std::vector<std::array<double, 2>> isotonicSteps(std::vector<JudgedPick> picks)
{
    struct Pool {
        double confidence = 0; ///< sums
        double correct = 0;
        double count = 0;
    };
    std::ranges::stable_sort(picks, {}, &JudgedPick::confidence);
    std::vector<Pool> pools;
    for (const JudgedPick& pick : picks) {
        pools.push_back({pick.confidence, pick.isCorrect ? 1.0 : 0.0, 1});
        while (pools.size() > 1) {
            const Pool& last = pools.back();
            Pool& before = pools[pools.size() - 2];
            if (before.correct / before.count < last.correct / last.count)
                break;
            before = {before.confidence + last.confidence, before.correct + last.correct, before.count + last.count};
            pools.pop_back();
        }
    }
    std::vector<std::array<double, 2>> steps;
    for (const Pool& pool : pools) // never wholly sure: as if one more had been right and one wrong
        steps.push_back({pool.confidence / pool.count, (pool.correct + 1) / (pool.count + 2)});
    for (std::size_t i = 1; i < steps.size(); ++i)
        steps[i][1] = std::max(steps[i][1], steps[i - 1][1]);
    return steps;
}

} // namespace

Calibration fitCalibration(std::span<const ScoredGroup> groups)
{
    Calibration calibration;
    const auto usable = usableGroups(groups);
    if (usable.empty())
        return calibration;
    calibration.temperature = bestTemperature(usable);
    if (usable.size() < kGroupsForSteps)
        return calibration;
    std::vector<JudgedPick> picks;
    for (const ScoredGroup* group : usable) {
        if (const auto pick = pickOf(group->scores, calibration))
            picks.push_back({pick->confidence, static_cast<std::size_t>(pick->index) == group->winner});
    }
    calibration.steps = isotonicSteps(std::move(picks));
    return calibration;
}

std::vector<TrainingReport::CalibrationBin> calibrationBins(std::span<const JudgedPick> picks)
{
    std::vector<TrainingReport::CalibrationBin> bins(kBins);
    for (std::size_t i = 0; i < kBins; ++i)
        bins[i] = {static_cast<double>(i) / kBins, static_cast<double>(i + 1) / kBins, 0, 0, 0};
    for (const JudgedPick& pick : picks) {
        auto& bin = bins[std::min(kBins - 1, static_cast<std::size_t>(pick.confidence * kBins))];
        bin.meanConfidence += pick.confidence;
        bin.accuracy += pick.isCorrect ? 1 : 0;
        ++bin.count;
    }
    for (auto& bin : bins) {
        const double count = std::max(1.0, static_cast<double>(bin.count));
        bin.meanConfidence /= count;
        bin.accuracy /= count;
    }
    return bins;
}

double calibrationErrorOf(std::span<const TrainingReport::CalibrationBin> bins)
{
    double error = 0;
    double count = 0;
    for (const auto& bin : bins) {
        error += static_cast<double>(bin.count) * std::abs(bin.meanConfidence - bin.accuracy);
        count += static_cast<double>(bin.count);
    }
    return count > 0 ? error / count : 0;
}

Score shareScore(std::string name, double successes, std::int64_t count)
{
    constexpr double kZ = 1.959963984540054;
    if (count <= 0)
        return {std::move(name), 0, 0, {0, 1}};
    const auto n = static_cast<double>(count);
    const double share = successes / n;
    const double centre = (share + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
    const double half = kZ * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n)) / (1 + kZ * kZ / n);
    return {std::move(name), share, count, {std::max(0.0, centre - half), std::min(1.0, centre + half)}};
}

Score meanScore(std::string name, std::span<const double> values)
{
    constexpr std::size_t kSamples = 2000;
    constexpr std::uint64_t kSeed = 20261121;
    if (values.empty())
        return {std::move(name), 0, 0, {0, 1}};
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    TrainingRandom random(kSeed);
    std::vector<double> means(kSamples);
    for (double& sampled : means) {
        for (std::size_t i = 0; i < values.size(); ++i)
            sampled += values[random.below(values.size())];
        sampled /= count;
    }
    std::ranges::sort(means);
    return {std::move(name), mean, std::ssize(values), {means[kSamples / 40], means[kSamples - 1 - kSamples / 40]}};
}

} // namespace ps
