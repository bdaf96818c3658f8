// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/training_epochs.h"

#include <cmath>
#include <optional>

namespace ps {

Result<EpochOutcome> runEpochs(const EpochPlan& plan, NetworkTrainer& trainer,
                               const std::function<Result<double>()>& runEpoch,
                               const std::function<Evaluation()>& judge, const EpochCallback& onEpoch)
{
    EpochOutcome outcome;
    std::optional<Evaluation> best;
    for (int epoch = 1; epoch <= plan.epochs; ++epoch) {
        PS_TRY(const double loss, runEpoch());
        const Evaluation seen = judge ? judge() : Evaluation{loss, 0};
        if (!std::isfinite(loss) || !std::isfinite(seen.loss))
            return Error{ErrorCode::Refused,
                         "the training came to numbers that are not finite: an embedding or the learning rate is out "
                         "of range",
                         {},
                         0};
        outcome.epochs.push_back({epoch, plan.epochs, loss, seen.loss, seen.score, trainer.network().shapeText()});
        if (onEpoch)
            onEpoch(outcome.epochs.back());
        if (!best || !judge || seen.score > best->score || (seen.score == best->score && seen.loss < best->loss)) {
            best = seen;
            outcome.bestEpoch = epoch;
            outcome.net = trainer.network();
        }
        if (plan.patience > 0 && epoch - outcome.bestEpoch >= plan.patience)
            break;
    }
    return outcome;
}

} // namespace ps
