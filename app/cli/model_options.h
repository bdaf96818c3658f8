// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/context.h"
#include "core/inference/embedding_run.h"

#include <string>
#include <vector>

namespace ps::cli {

// What the verbs about embeddings have in common.

/// The model of --model, --preprocessing and --engine; without them the built-in embedder. A file is looked at by a worker and
/// gets its hash. Errors: InvalidInput for options that make no sense; those of InferenceService::inspect().
Result<ModelSpec> modelOption(Context& context);

/// The detector of --model, with the names of --classes; --preprocessing is that of YOLO without the option, at the size that
/// the model wants. Errors: as modelOption(); Corrupt for a file of classes that is none.
struct DetectorOption {
    ModelSpec spec;
    ModelFacts facts;
};
Result<DetectorOption> detectorOption(Context& context);

/// --out, or the folder of the workspace.
Result<std::string> embeddingCacheFolder(const Context& context);

/// The images of --input or of --project.
Result<std::vector<EmbeddingItem>> embeddingItems(Context& context);

} // namespace ps::cli
