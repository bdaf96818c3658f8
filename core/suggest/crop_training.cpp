// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/crop_training.h"
#include "core/suggest/training_epochs.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ps {

CropSamples cropSamples(std::span<const LabelledGroup> groups, const Preprocessing& preprocessing, bool usesMeasures)
{
    CropSamples samples;
    for (const LabelledGroup& labelled : groups) {
        const auto& image = labelled.group.candidates[static_cast<std::size_t>(labelled.selectedIndex)];
        const auto inputs = cropInputs(*image.embedding, preprocessing, usesMeasures);
        if (samples.columns == 0)
            samples.columns = inputs.size();
        if (inputs.size() != samples.columns)
            continue;
        samples.rows.insert(samples.rows.end(), inputs.begin(), inputs.end());
        samples.crops.push_back(*labelled.crop);
    }
    return samples;
}

// ---- the loss ------------------------------------------------------------------------------------------------------

namespace {

constexpr double kSmoothWidth = 0.1; ///< below it the distance counts by its square

std::array<double, 4> edgesOf(const Crop& crop)
{
    return {crop.x1, crop.y1, crop.x2, crop.y2};
}

double sigmoid(double value)
{
    return 1 / (1 + std::exp(-value));
}

double iouOf(const Crop& a, const Crop& b)
{
    const double width = std::max(0.0, std::min(a.x2, b.x2) - std::max(a.x1, b.x1));
    const double height = std::max(0.0, std::min(a.y2, b.y2) - std::max(a.y1, b.y1));
    const double shared = width * height;
    const double both = (a.x2 - a.x1) * (a.y2 - a.y1) + (b.x2 - b.x1) * (b.y2 - b.y1) - shared;
    return both > 0 ? shared / both : 0;
}

/// Adds the part of the IoU; boxes that do not meet, or whose edges are swapped, have none to follow.
void addOverlap(const Crop& a, const Crop& b, BoxLoss& loss)
{
    const double width = std::min(a.x2, b.x2) - std::max(a.x1, b.x1);
    const double height = std::min(a.y2, b.y2) - std::max(a.y1, b.y1);
    const double ownWidth = a.x2 - a.x1;
    const double ownHeight = a.y2 - a.y1;
    if (width <= 0 || height <= 0 || ownWidth <= 0 || ownHeight <= 0) {
        loss.value += 1;
        return;
    }
    const double shared = width * height;
    const double both = ownWidth * ownHeight + (b.x2 - b.x1) * (b.y2 - b.y1) - shared;
    loss.value += 1 - shared / both;
    const std::array<double, 4> sharedBy{a.x1 > b.x1 ? -height : 0, a.y1 > b.y1 ? -width : 0, a.x2 < b.x2 ? height : 0,
                                         a.y2 < b.y2 ? width : 0};
    const std::array<double, 4> ownBy{-ownHeight, -ownWidth, ownHeight, ownWidth};
    for (std::size_t i = 0; i < 4; ++i)
        loss.gradient[i] -= (sharedBy[i] * both - shared * (ownBy[i] - sharedBy[i])) / (both * both);
}

} // namespace

BoxLoss boxLoss(const Crop& proposed, const Crop& wanted)
{
    BoxLoss loss;
    const auto from = edgesOf(proposed);
    const auto to = edgesOf(wanted);
    for (std::size_t i = 0; i < 4; ++i) {
        const double distance = from[i] - to[i];
        const bool isNear = std::abs(distance) < kSmoothWidth;
        loss.value += isNear ? distance * distance / (2 * kSmoothWidth) : std::abs(distance) - kSmoothWidth / 2;
        loss.gradient[i] = isNear ? distance / kSmoothWidth : std::copysign(1.0, distance);
    }
    addOverlap(proposed, wanted, loss);
    return loss;
}

Crop boxOfOutputs(CropHead head, std::span<const float> outputs)
{
    if (head == CropHead::Corners) // not sorted: what is learned are the scripts' four numbers
        return {sigmoid(outputs[0]), sigmoid(outputs[1]), sigmoid(outputs[2]), sigmoid(outputs[3])};
    return cropFromOutputs(head, outputs);
}

std::array<double, 4> gradientByOutputs(CropHead head, std::span<const float> outputs,
                                        const std::array<double, 4>& gradientByEdges)
{
    std::array<double, 4> value{};
    std::array<double, 4> slope{};
    for (std::size_t i = 0; i < 4; ++i) {
        value[i] = sigmoid(outputs[i]);
        slope[i] = value[i] * (1 - value[i]);
    }
    std::array<double, 4> gradient{};
    if (head == CropHead::Corners) {
        for (std::size_t i = 0; i < 4; ++i)
            gradient[i] = gradientByEdges[i] * slope[i];
        return gradient;
    }
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const double extent = std::lerp(kSmallestCropSide, 1.0, value[axis + 2]);
        const double low = gradientByEdges[axis];
        const double high = gradientByEdges[axis + 2];
        gradient[axis] = (low + high) * slope[axis] * (1 - extent);
        gradient[axis + 2] = (high * (1 - value[axis]) - low * value[axis]) * (1 - kSmallestCropSide) * slope[axis + 2];
    }
    return gradient;
}

// ---- training ------------------------------------------------------------------------------------------------------

namespace {

Evaluation evaluate(const CropSamples& samples, CropHead head, NetworkTrainer& trainer)
{
    Evaluation result;
    const auto outputs = trainer.forward(samples.rows.data(), samples.crops.size(), false);
    for (std::size_t row = 0; row < samples.crops.size(); ++row) {
        const auto own = outputs.subspan(4 * row, 4);
        result.loss += boxLoss(boxOfOutputs(head, own), samples.crops[row]).value;
        result.score += iouOf(cropFromOutputs(head, own), samples.crops[row]);
    }
    const double count = std::max(1.0, static_cast<double>(samples.crops.size()));
    return {result.loss / count, result.score / count};
}

/// One pass over all samples in an order of its own; gives their mean loss.
class CropLoop
{
public:
    CropLoop(const CropSamples& samples, const CropTrainingOptions& options, NetworkTrainer& trainer)
        : m_samples(samples), m_options(options), m_trainer(trainer), m_random(options.seed ^ 0x5DEECE66DULL),
          m_order(samples.crops.size())
    {
        std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    }

    Result<double> runEpoch(std::stop_token stop)
    {
        m_random.shuffle(m_order);
        double loss = 0;
        const auto batch = static_cast<std::size_t>(m_options.batchSize);
        for (std::size_t start = 0; start < m_order.size(); start += batch) {
            if (stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the training was stopped", {}, 0};
            loss += learn(std::span(m_order).subspan(start, std::min(batch, m_order.size() - start)));
        }
        return loss / static_cast<double>(m_order.size());
    }

private:
    double learn(std::span<const std::size_t> batch)
    {
        m_rows.clear();
        for (const std::size_t index : batch) {
            const auto first = m_samples.rows.begin() + static_cast<std::ptrdiff_t>(index * m_samples.columns);
            m_rows.insert(m_rows.end(), first, first + static_cast<std::ptrdiff_t>(m_samples.columns));
        }
        const auto outputs = m_trainer.forward(m_rows.data(), batch.size(), true);
        m_gradient.assign(outputs.size(), 0.0F);
        double loss = 0;
        for (std::size_t row = 0; row < batch.size(); ++row) {
            const auto own = outputs.subspan(4 * row, 4);
            const BoxLoss seen = boxLoss(boxOfOutputs(m_options.head, own), m_samples.crops[batch[row]]);
            const auto gradient = gradientByOutputs(m_options.head, own, seen.gradient);
            loss += seen.value;
            for (std::size_t i = 0; i < 4; ++i)
                m_gradient[4 * row + i] = static_cast<float>(gradient[i] / static_cast<double>(batch.size()));
        }
        m_trainer.backward(m_rows.data(), m_gradient);
        m_trainer.step();
        return loss;
    }

    const CropSamples& m_samples;
    const CropTrainingOptions& m_options;
    NetworkTrainer& m_trainer;
    TrainingRandom m_random;
    std::vector<std::size_t> m_order;
    std::vector<float> m_rows;
    std::vector<float> m_gradient;
};

constexpr std::size_t kCropSizeCount = 2; // width and height

void standardizeRows(CropSamples& samples, const Standard& standard)
{
    for (std::size_t start = 0; start < samples.rows.size() && !standard.mean.empty(); start += samples.columns)
        standardize(std::span(samples.rows).subspan(start, samples.columns), standard.mean, standard.scale);
}

} // namespace

Result<TrainedCropProposer> trainCropProposer(CropSamples training, CropSamples validation,
                                              const CropTrainingOptions& options, const Blas& blas,
                                              const EpochCallback& onEpoch, std::stop_token stop)
{
    if (training.crops.empty())
        return Error{ErrorCode::InvalidInput, "there is no crop to learn from", {}, 0};
    TrainedCropProposer trained;
    if (options.usesMeasures)
        trained.standard = dampedStandard(training.rows, training.columns,
                                          training.columns - kCropSizeCount - kCropFeatureCount);
    standardizeRows(training, trained.standard);
    standardizeRows(validation, trained.standard);

    const std::vector<std::size_t> sizes{training.columns, kCropHidden[0], kCropHidden[1], kCropHidden[2], 4};
    NetworkTrainer trainer(blas, sizes, options.dropout, options.adam, options.seed);
    CropLoop loop(training, options, trainer);
    const auto judge = [&] { return evaluate(validation, options.head, trainer); };
    PS_TRY(EpochOutcome outcome, runEpochs(
                                     {options.epochs, options.patience}, trainer, [&] { return loop.runEpoch(stop); },
                                     validation.crops.empty() ? std::function<Evaluation()>() : judge, onEpoch));
    trained.net = std::move(outcome.net);
    trained.epochs = std::move(outcome.epochs);
    trained.bestEpoch = outcome.bestEpoch;
    return trained;
}

} // namespace ps
