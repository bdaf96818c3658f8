// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/suggest/network_trainer.h"
#include "core/suggest/ranker_training.h"

#include <functional>
#include <vector>

namespace ps {

/// How good a network is on images that it does not learn from.
struct Evaluation {
    double loss = 0;
    double score = 0; ///< 0 to 1, higher is better
};

struct EpochPlan {
    int epochs = 1;
    int patience = 0; ///< epochs without a better score after which it ends; 0: never
};

/// What the epochs came to: the network of the one with the best score, and of equal ones with the smallest loss.
struct EpochOutcome {
    Mlp net;
    std::vector<TrainingEpoch> epochs;
    int bestEpoch = 0;
};

/// Runs epoch after epoch. `runEpoch` gives the loss on the training images; `judge` the evaluation, or nothing to judge by: then
/// the last epoch counts. Blocks. Errors: those of `runEpoch`; Refused when a figure is not finite.
Result<EpochOutcome> runEpochs(const EpochPlan& plan, NetworkTrainer& trainer,
                               const std::function<Result<double>()>& runEpoch,
                               const std::function<Evaluation()>& judge, const EpochCallback& onEpoch);

} // namespace ps
