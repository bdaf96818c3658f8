// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/ranker_training.h"

namespace ps {

struct CropTrainingOptions {
    CropHead head = CropHead::Corners;
    bool usesMeasures = false;
    Preprocessing preprocessing;
    int epochs = 50;
    int patience = 15; ///< epochs without a better validation score after which it ends; 0 = all epochs
    int batchSize = 32;
    std::vector<double> dropout{0.3, 0.2}; ///< of the first hidden layers
    AdamOptions adam;
    std::uint64_t seed = 42;
};

/// Images with the crop that a person gave them, in one matrix.
struct CropSamples {
    std::size_t columns = 0;
    std::vector<float> rows;
    std::vector<Crop> crops; ///< one for each row
};

/// The selected images with their crops. Precondition: every group has a crop and an embedding of the selected image.
CropSamples cropSamples(std::span<const LabelledGroup> groups, const Preprocessing& preprocessing, bool usesMeasures);

/// How far two boxes are from each other: the smooth distance of their edges and what their IoU lacks to 1, with the gradient by
/// the edges x1, y1, x2, y2 of the first.
struct BoxLoss {
    double value = 0;
    std::array<double, 4> gradient{};
};
BoxLoss boxLoss(const Crop& proposed, const Crop& wanted);

/// What the four outputs mean, and the gradient of a loss by the outputs from that by the edges. Outputs are finite.
Crop boxOfOutputs(CropHead head, std::span<const float> outputs);
std::array<double, 4> gradientByOutputs(CropHead head, std::span<const float> outputs,
                                        const std::array<double, 4>& gradientByEdges);

struct TrainedCropProposer {
    Mlp net;
    Standard standard;
    std::vector<TrainingEpoch> epochs;
    int bestEpoch = 0;
};

/// Learns where people cut. The weights are those of the epoch with the highest mean IoU on `validation`; without validation
/// images those of the last.
/// Blocks. Errors: InvalidInput without a crop; Cancelled within a batch.
Result<TrainedCropProposer> trainCropProposer(CropSamples training, CropSamples validation,
                                              const CropTrainingOptions& options, const Blas& blas,
                                              const EpochCallback& onEpoch, std::stop_token stop);

/// The layers between input and output of crop proposers; the scripts'.
constexpr std::size_t kCropHidden[] = {512, 256, 128};

} // namespace ps
