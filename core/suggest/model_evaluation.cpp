// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/model_evaluation.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

namespace ps {

namespace {

constexpr std::array<std::string_view, 6> kTrivialBaselines{"highest stage", "first",       "random",
                                                            "full frame",    "centre crop", "mean crop"};

constexpr double kRightByChance = 0.2; // of the groups whose pick is of another stage

double highestStageOf(const CandidateGroup& group)
{
    double highest = 0;
    for (const Candidate& candidate : group.candidates)
        highest = std::max(highest, candidate.stage);
    return highest;
}

double shareOfHighest(const CandidateGroup& group)
{
    const double highest = highestStageOf(group);
    return 1 / static_cast<double>(std::ranges::count(group.candidates, highest, &Candidate::stage));
}

bool haveStagesThatDiffer(const CandidateGroup& group)
{
    return std::ranges::any_of(group.candidates, [stage = group.candidates.front().stage](const Candidate& candidate) {
        return candidate.stage != stage;
    });
}

/// Counts while the hold-out goes by.
struct RankerTally {
    double correct = 0;
    double highest = 0;
    double first = 0;
    double random = 0;
    std::array<double, 2> correctBy{}; ///< chosen not of the highest stage, and of it
    std::array<std::int64_t, 2> countBy{};
    std::map<double, TrainingReport::StageRow> stages;
    std::map<std::pair<double, double>, std::int64_t> confusion;
    std::vector<JudgedPick> picks;
    std::int64_t count = 0;

    void add(const LabelledGroup& labelled, const std::optional<Pick>& pick)
    {
        const auto& candidates = labelled.group.candidates;
        const double chosenStage = candidates[static_cast<std::size_t>(labelled.selectedIndex)].stage;
        const bool isHighest = chosenStage >= highestStageOf(labelled.group);
        const bool isCorrect = pick && pick->index == labelled.selectedIndex;
        ++count;
        correct += isCorrect ? 1 : 0;
        highest += isHighest ? shareOfHighest(labelled.group) : 0;
        first += labelled.selectedIndex == 0 ? 1 : 0;
        random += 1 / static_cast<double>(candidates.size());
        correctBy[isHighest ? 1 : 0] += isCorrect ? 1 : 0;
        ++countBy[isHighest ? 1 : 0];
        auto& row = stages[chosenStage];
        row.stage = chosenStage;
        ++row.count;
        row.correct += isCorrect ? 1 : 0;
        if (!pick)
            return;
        ++confusion[{chosenStage, candidates[static_cast<std::size_t>(pick->index)].stage}];
        picks.push_back({pick->confidence, isCorrect});
    }
};

} // namespace

std::vector<ScoredGroup> scoreGroups(const Ranker& ranker, std::span<const LabelledGroup> groups)
{
    std::vector<ScoredGroup> scored;
    scored.reserve(groups.size());
    for (const LabelledGroup& labelled : groups)
        scored.push_back({ranker.scores(labelled.group), static_cast<std::size_t>(labelled.selectedIndex)});
    return scored;
}

bool takesHighestStage(const Ranker& ranker, std::span<const LabelledGroup> groups)
{
    constexpr double kNearlyAll = 0.95;
    double highest = 0;
    double count = 0;
    for (const LabelledGroup& labelled : groups) {
        const auto pick = pickOf(ranker.scores(labelled.group), {});
        if (!pick || !haveStagesThatDiffer(labelled.group))
            continue;
        const double stage = labelled.group.candidates[static_cast<std::size_t>(pick->index)].stage;
        highest += stage >= highestStageOf(labelled.group) ? 1 : 0;
        ++count;
    }
    return count > 0 && highest >= kNearlyAll * count;
}

TrainingReport evaluateRanker(const Ranker& ranker, std::span<const LabelledGroup> holdOut)
{
    RankerTally tally;
    for (const LabelledGroup& labelled : holdOut)
        tally.add(labelled, pickOf(ranker.scores(labelled.group), ranker.calibration));
    TrainingReport report;
    report.kind = TrainingReport::Kind::Ranker;
    report.holdOutGroups = tally.count;
    report.model = shareScore("model", tally.correct, tally.count);
    report.baselines = {shareScore("highest stage", tally.highest, tally.count),
                        shareScore("first", tally.first, tally.count), shareScore("random", tally.random, tally.count)};
    if (tally.countBy[1] > 0)
        report.highestStage = shareScore("highest stage chosen", tally.correctBy[1], tally.countBy[1]);
    if (tally.countBy[0] > 0)
        report.notHighestStage = shareScore("another stage chosen", tally.correctBy[0], tally.countBy[0]);
    for (const auto& [stage, row] : tally.stages)
        report.byStage.push_back(row);
    for (const auto& [stages, count] : tally.confusion)
        report.confusion.push_back({stages.first, stages.second, count});
    report.calibration = calibrationBins(tally.picks);
    report.calibrationError = calibrationErrorOf(report.calibration);
    // Taking the highest stage may be right nearly always; whoever learned more than that is right in other groups too.
    report.isHighestStageOnly = takesHighestStage(ranker, holdOut) &&
                                (!report.notHighestStage || report.notHighestStage->value < kRightByChance);
    return report;
}

// ---- crops ---------------------------------------------------------------------------------------------------------

namespace {

constexpr std::size_t kHistogramBins = 10;
constexpr double kFarthest = 0.5; // of the distances of centres

const Embedding* imageOf(const LabelledGroup& labelled)
{
    const auto& candidate = labelled.group.candidates[static_cast<std::size_t>(labelled.selectedIndex)];
    return candidate.embedding && labelled.crop ? &*candidate.embedding : nullptr;
}

/// Unrounded, unlike cropSimilarity().
double overlapOf(const Crop& a, const Crop& b)
{
    const double width = std::max(0.0, std::min(a.x2, b.x2) - std::max(a.x1, b.x1));
    const double height = std::max(0.0, std::min(a.y2, b.y2) - std::max(a.y1, b.y1));
    const double both = (a.x2 - a.x1) * (a.y2 - a.y1) + (b.x2 - b.x1) * (b.y2 - b.y1) - width * height;
    return both > 0 ? width * height / both : 0;
}

double centreDistance(const Crop& a, const Crop& b)
{
    return std::hypot((a.x1 + a.x2 - b.x1 - b.x2) / 2, (a.y1 + a.y2 - b.y1 - b.y2) / 2);
}

std::size_t binOf(double share)
{
    return std::min(kHistogramBins - 1, static_cast<std::size_t>(std::max(0.0, share) * kHistogramBins));
}

Score baselineScore(const char* name, const Crop& crop, std::span<const LabelledGroup> groups)
{
    std::vector<double> overlaps;
    for (const LabelledGroup& labelled : groups) {
        if (imageOf(labelled))
            overlaps.push_back(overlapOf(crop, *labelled.crop));
    }
    return meanScore(name, overlaps);
}

} // namespace

Crop meanCropOf(std::span<const LabelledGroup> groups)
{
    Crop mean{0, 0, 0, 0};
    double count = 0;
    for (const LabelledGroup& labelled : groups) {
        if (!labelled.crop)
            continue;
        mean.x1 += labelled.crop->x1;
        mean.y1 += labelled.crop->y1;
        mean.x2 += labelled.crop->x2;
        mean.y2 += labelled.crop->y2;
        ++count;
    }
    return count == 0 ? Crop{} : Crop{mean.x1 / count, mean.y1 / count, mean.x2 / count, mean.y2 / count};
}

Crop centreCropOf(const Crop& meanCrop)
{
    const double width = meanCrop.x2 - meanCrop.x1;
    const double height = meanCrop.y2 - meanCrop.y1;
    return {(1 - width) / 2, (1 - height) / 2, (1 + width) / 2, (1 + height) / 2};
}

std::vector<double> overlapsOf(const CropProposer& proposer, std::span<const LabelledGroup> groups)
{
    std::vector<double> overlaps;
    for (const LabelledGroup& labelled : groups) {
        if (const Embedding* image = imageOf(labelled))
            overlaps.push_back(overlapOf(proposer.propose(*image, {}), *labelled.crop));
    }
    return overlaps;
}

TrainingReport evaluateCropProposer(const CropProposer& proposer, std::span<const LabelledGroup> holdOut,
                                    const Crop& meanCrop)
{
    TrainingReport report;
    report.kind = TrainingReport::Kind::Crop;
    report.iouHistogram.assign(kHistogramBins, 0);
    report.centreDistanceHistogram.assign(kHistogramBins, 0);
    std::vector<double> overlaps;
    for (const LabelledGroup& labelled : holdOut) {
        const Embedding* image = imageOf(labelled);
        if (!image)
            continue;
        const Crop crop = proposer.propose(*image, {});
        overlaps.push_back(overlapOf(crop, *labelled.crop));
        ++report.iouHistogram[binOf(overlaps.back())];
        ++report.centreDistanceHistogram[binOf(centreDistance(crop, *labelled.crop) / kFarthest)];
    }
    report.holdOutGroups = std::ssize(overlaps);
    report.model = meanScore("model", overlaps);
    report.baselines = {baselineScore("full frame", Crop{}, holdOut),
                        baselineScore("centre crop", centreCropOf(meanCrop), holdOut),
                        baselineScore("mean crop", meanCrop, holdOut)};
    return report;
}

// ---- the gate ------------------------------------------------------------------------------------------------------

namespace {

std::string percent(double share)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f %%", share * 100);
    return text.data();
}

std::string describe(const Score& score)
{
    return percent(score.value) + " (" + percent(score.interval[0]) + " to " + percent(score.interval[1]) + ")";
}

/// The best of what needs no model; a network beside it in the list is no such thing.
const Score* bestTrivial(const TrainingReport& report)
{
    const Score* best = nullptr;
    for (const Score& score : report.baselines) {
        if (std::ranges::find(kTrivialBaselines, score.name) != kTrivialBaselines.end() &&
            (!best || score.value > best->value))
            best = &score;
    }
    return best;
}

std::optional<Verdict> judgeAgainst(const TrainingReport& report, const Incumbent& incumbent)
{
    if (report.model.value < incumbent.holdOut.value)
        return Verdict{false, "not proposed: on the same hold-out " + incumbent.id + " reaches " +
                                  percent(incumbent.holdOut.value) + " and this one " + percent(report.model.value)};
    if (incumbent.promised && incumbent.recent.count > 0 &&
        incumbent.recent.interval[1] < incumbent.promised->interval[0])
        return Verdict{false, "not proposed: " + incumbent.id + " was right in " + describe(*incumbent.promised) +
                                  " of its hold-out, and agrees with these decisions in only " +
                                  describe(incumbent.recent) + ": they contradict the earlier ones"};
    return {};
}

} // namespace

Verdict judge(const TrainingReport& report, const std::optional<Incumbent>& incumbent)
{
    if (report.holdOutGroups < kFewestHoldOutGroups)
        return {false, "not proposed: a hold-out of " + std::to_string(report.holdOutGroups) +
                           " is too small to say how good it is; " + std::to_string(kFewestHoldOutGroups) +
                           " are needed"};
    if (report.isHighestStageOnly)
        return {false, "not proposed: it has learned nothing but to take the highest stage"};
    const Score* best = bestTrivial(report);
    if (best && report.model.interval[0] <= best->value)
        return {false, "not proposed: its " + describe(report.model) +
                           " on the hold-out is not surely better than the " + percent(best->value) + " of \"" +
                           best->name + "\""};
    if (incumbent) {
        if (auto verdict = judgeAgainst(report, *incumbent))
            return *verdict;
    }
    return {true, "proposed: " + describe(report.model) + " on a hold-out of " + std::to_string(report.holdOutGroups) +
                      (best ? ", against " + percent(best->value) + " of \"" + best->name + "\"" : std::string())};
}

} // namespace ps
