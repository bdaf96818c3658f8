// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/suggest/model_registry.h"
#include "core/suggest/training_run.h"

#include <string>
#include <vector>

namespace ps {

/// The files of a model that was written.
struct WrittenModel {
    std::string modelPath;    ///< ranker_v4.pt
    std::string metadataPath; ///< ranker_v4_metadata.json
    std::string
        reportPath;     ///< data/daily_summaries/ranker_v4_training_20261121T100000Z.md; the same as .json beside it
    std::string sha256; ///< of the model
};

/// "ranker" and "crop_proposer", what the files are called.
std::string_view modelFileStem(TrainingReport::Kind kind);

/// "ranker_v5" when ranker_v4 is the highest version among the files of the folder. Cost: reads the folder.
Result<std::string> nextModelId(const std::string& modelsFolder, TrainingReport::Kind kind);

/// What earlier models of this kind in the folder held out: a group that was held out once stays it. Metadata of the scripts and
/// files that cannot be read say nothing. Cost: reads the metadata of each model.
Result<SplitIds> earlierSplits(const std::string& modelsFolder, TrainingReport::Kind kind);

/// Writes the metadata, the model and a short report, each whole or not at all; no model without metadata. Nothing that exists
/// is replaced. Errors: AlreadyExists naming the file; Io, NoSpace.
Result<WrittenModel> writeModel(const TrainedModel& model, const std::string& modelPath,
                                const std::string& reportFolder, UtcTime now);

/// The short report as Markdown.
std::string shortReport(const ModelMetadata& metadata);

/// Adds the model to the registry of the folder that it lies in.
Result<void> registerTrained(ModelRegistry& registry, const TrainedModel& model, const WrittenModel& written);

} // namespace ps
