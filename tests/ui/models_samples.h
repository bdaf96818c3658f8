// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/model_registry.h"

namespace ps::test {

/// A report of a ranker with numbers that are easy to recognize: 312 groups in the hold-out, 273 right (87.5 %), the highest
/// stage 71.2 %; 30 epochs, the 24th is kept.
TrainingReport rankerReport();
/// Of a crop proposer: 180 images, mean IoU 0.83.
TrainingReport cropReport();
/// One that learned only the highest stage and is not proposed.
TrainingReport refusedReport();

/// A record about such a report.
ModelRecord recordOf(std::string id, std::string createdAt, std::optional<TrainingReport> report,
                     SuggestionTask task = SuggestionTask::Pick);

} // namespace ps::test
