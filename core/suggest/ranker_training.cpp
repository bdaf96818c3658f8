// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/ranker_training.h"
#include "core/suggest/training_epochs.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ps {

std::size_t RankerSamples::pairCount() const
{
    std::size_t count = 0;
    for (const Group& group : groups)
        count += group.rowCount - 1;
    return count;
}

namespace {

bool isOfHighestStage(const CandidateGroup& group, std::size_t index)
{
    return std::ranges::all_of(group.candidates, [stage = group.candidates[index].stage](const Candidate& candidate) {
        return candidate.stage <= stage;
    });
}

} // namespace

RankerSamples rankerSamples(std::span<const LabelledGroup> groups, RankerFeatures features, bool normalizes)
{
    RankerSamples samples;
    for (const LabelledGroup& labelled : groups) {
        const auto selected = static_cast<std::size_t>(labelled.selectedIndex);
        const auto inputs = rankerInputs(labelled.group, features, normalizes);
        const auto usable = std::ranges::count_if(inputs, [](const auto& input) { return input.has_value(); });
        if (selected >= inputs.size() || !inputs[selected] || usable < 2)
            continue;
        if (samples.columns == 0)
            samples.columns = inputs[selected]->size();
        if (inputs[selected]->size() != samples.columns)
            continue;
        RankerSamples::Group group{samples.rows.size() / samples.columns, 0, 0,
                                   isOfHighestStage(labelled.group, selected)};
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (!inputs[i])
                continue;
            if (i == selected)
                group.winner = group.rowCount;
            samples.rows.insert(samples.rows.end(), inputs[i]->begin(), inputs[i]->end());
            ++group.rowCount;
        }
        samples.groups.push_back(group);
    }
    return samples;
}

Standard standardOf(const std::vector<float>& rows, std::size_t columns, std::size_t count)
{
    constexpr double kSmallestDeviation = 1e-6;
    Standard standard;
    const std::size_t rowCount = columns == 0 ? 0 : rows.size() / columns;
    for (std::size_t column = columns - count; column < columns && rowCount > 0; ++column) {
        double sum = 0;
        double squares = 0;
        for (std::size_t row = 0; row < rowCount; ++row) {
            const double value = rows[row * columns + column];
            sum += value;
            squares += value * value;
        }
        const double mean = sum / static_cast<double>(rowCount);
        const double deviation = std::sqrt(std::max(0.0, squares / static_cast<double>(rowCount) - mean * mean));
        standard.mean.push_back(static_cast<float>(mean));
        standard.scale.push_back(deviation > kSmallestDeviation ? static_cast<float>(deviation) : 1.0F);
    }
    return standard;
}

Standard dampedStandard(const std::vector<float>& rows, std::size_t columns, std::size_t embeddingCount)
{
    Standard standard = standardOf(rows, columns, columns);
    const float factor = std::sqrt(static_cast<float>(embeddingCount));
    for (std::size_t i = 0; i < std::min(embeddingCount, standard.scale.size()); ++i)
        standard.scale[i] *= factor;
    return standard;
}

namespace {

void standardizeRows(RankerSamples& samples, const Standard& standard)
{
    for (std::size_t start = 0; start < samples.rows.size() && !standard.mean.empty(); start += samples.columns)
        standardize(std::span(samples.rows).subspan(start, samples.columns), standard.mean, standard.scale);
}

/// What makes "the highest stage" and "another one" equally heavy.
double balancedWeight(const RankerSamples& samples)
{
    constexpr double kLargest = 10;
    const auto highest = std::ranges::count(samples.groups, true, &RankerSamples::Group::isHighestStage);
    const auto other = std::ssize(samples.groups) - highest;
    if (highest == 0 || other == 0)
        return 1;
    return std::clamp(static_cast<double>(highest) / static_cast<double>(other), 1.0, kLargest);
}

/// Runs the epochs over one set of samples.
class RankerLoop
{
public:
    RankerLoop(const RankerSamples& samples, const RankerTrainingOptions& options, double notHighestWeight,
               NetworkTrainer& trainer)
        : m_samples(samples), m_options(options), m_notHighestWeight(notHighestWeight), m_trainer(trainer),
          m_random(options.seed ^ 0x5DEECE66DULL), m_order(samples.groups.size())
    {
        std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    }

    /// One pass over all pairs; gives their mean loss.
    Result<double> runEpoch(std::stop_token stop)
    {
        m_random.shuffle(m_order);
        double loss = 0;
        double weight = 0;
        for (std::size_t next = 0; next < m_order.size();) {
            if (stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the training was stopped", {}, 0};
            next = collectBatch(next);
            const auto scores = m_trainer.forward(m_rows.data(), m_rowCount, true);
            loss += takeGradient(scores);
            weight += m_batchWeight;
            m_trainer.backward(m_rows.data(), m_gradient);
            m_trainer.step();
        }
        return weight > 0 ? loss / weight : 0;
    }

private:
    std::size_t collectBatch(std::size_t next)
    {
        m_batch.clear();
        m_rows.clear();
        m_rowCount = 0;
        m_batchWeight = 0;
        for (std::size_t pairs = 0; next < m_order.size() && pairs < static_cast<std::size_t>(m_options.batchSize);
             ++next) {
            const RankerSamples::Group& group = m_samples.groups[m_order[next]];
            const auto first = m_samples.rows.begin() + static_cast<std::ptrdiff_t>(group.firstRow * m_samples.columns);
            m_rows.insert(m_rows.end(), first, first + static_cast<std::ptrdiff_t>(group.rowCount * m_samples.columns));
            m_batch.push_back(group);
            m_batch.back().firstRow = m_rowCount;
            m_rowCount += group.rowCount;
            m_batchWeight += weightOf(group) * static_cast<double>(group.rowCount - 1);
            pairs += group.rowCount - 1;
        }
        return next;
    }

    double weightOf(const RankerSamples::Group& group) const { return group.isHighestStage ? 1 : m_notHighestWeight; }

    /// Fills the gradient of the mean loss of the batch, and gives its sum.
    double takeGradient(std::span<const float> scores)
    {
        m_gradient.assign(m_rowCount, 0.0F);
        double loss = 0;
        for (const RankerSamples::Group& group : m_batch) {
            const double weight = weightOf(group);
            const auto change = static_cast<float>(weight / m_batchWeight);
            const std::size_t winner = group.firstRow + group.winner;
            for (std::size_t row = group.firstRow; row < group.firstRow + group.rowCount; ++row) {
                const double shortfall = m_options.margin - (static_cast<double>(scores[winner]) - scores[row]);
                if (row == winner || shortfall <= 0)
                    continue;
                loss += weight * shortfall;
                m_gradient[winner] -= change;
                m_gradient[row] += change;
            }
        }
        return loss;
    }

    const RankerSamples& m_samples;
    const RankerTrainingOptions& m_options;
    double m_notHighestWeight;
    NetworkTrainer& m_trainer;
    TrainingRandom m_random;
    std::vector<std::size_t> m_order;
    std::vector<RankerSamples::Group> m_batch; ///< rows within the batch
    std::vector<float> m_rows;
    std::size_t m_rowCount = 0;
    double m_batchWeight = 0;
    std::vector<float> m_gradient;
};

Evaluation evaluate(const RankerSamples& samples, double margin, NetworkTrainer& trainer)
{
    constexpr std::size_t kRowsAtOnce = 1024;
    Evaluation result;
    const std::size_t rowCount = samples.columns == 0 ? 0 : samples.rows.size() / samples.columns;
    std::vector<float> scores;
    for (std::size_t row = 0; row < rowCount; row += kRowsAtOnce) {
        const auto some = trainer.forward(samples.rows.data() + row * samples.columns,
                                          std::min(kRowsAtOnce, rowCount - row), false);
        scores.insert(scores.end(), some.begin(), some.end());
    }
    for (const RankerSamples::Group& group : samples.groups) {
        const auto own = std::span(scores).subspan(group.firstRow, group.rowCount);
        const auto best = static_cast<std::size_t>(std::ranges::max_element(own) - own.begin());
        result.score += best == group.winner ? 1 : 0;
        for (std::size_t i = 0; i < own.size(); ++i)
            result.loss += i == group.winner ? 0 : std::max(0.0, margin - (double{own[group.winner]} - own[i]));
    }
    result.score /= std::max(1.0, static_cast<double>(samples.groups.size()));
    result.loss /= std::max(1.0, static_cast<double>(samples.pairCount()));
    return result;
}

} // namespace

Result<TrainedRanker> trainRanker(RankerSamples training, RankerSamples validation,
                                  const RankerTrainingOptions& options, const Blas& blas, const EpochCallback& onEpoch,
                                  std::stop_token stop)
{
    if (training.groups.empty())
        return Error{ErrorCode::InvalidInput, "there is no pair of images to learn from", {}, 0};
    TrainedRanker trained;
    trained.pairs = static_cast<std::int64_t>(training.pairCount());
    trained.notHighestWeight = options.notHighestWeight.value_or(balancedWeight(training));
    if (options.features == RankerFeatures::Context) {
        // Inputs are n + n + c for an embedding of n numbers; what it differs in from the others of the group is to the point.
        const std::size_t others = rankerInputCount(RankerFeatures::Context, 0);
        trained.standard = dampedStandard(training.rows, training.columns, (training.columns - others) / 2);
    }
    standardizeRows(training, trained.standard);
    standardizeRows(validation, trained.standard);

    const std::vector<std::size_t> sizes{training.columns, kRankerHidden[0], kRankerHidden[1], 1};
    NetworkTrainer trainer(blas, sizes, {options.dropout}, options.adam, options.seed);
    RankerLoop loop(training, options, trained.notHighestWeight, trainer);
    const auto judge = [&] { return evaluate(validation, options.margin, trainer); };
    PS_TRY(EpochOutcome outcome, runEpochs(
                                     {options.epochs, options.patience}, trainer, [&] { return loop.runEpoch(stop); },
                                     validation.groups.empty() ? std::function<Evaluation()>() : judge, onEpoch));
    trained.net = std::move(outcome.net);
    trained.epochs = std::move(outcome.epochs);
    trained.bestEpoch = outcome.bestEpoch;
    return trained;
}

} // namespace ps
