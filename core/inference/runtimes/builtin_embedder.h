// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/quality_measures.h"
#include "core/inference/runtimes/picture_loader.h"

#include <vector>

namespace ps {

/// What the embedder that needs no file says about a picture: kBuiltinEmbeddingSize numbers, each described in
/// docs/formats/builtin_embedding.md, and the measures.
struct BuiltinEmbedding {
    std::vector<float> values; ///< finite
    QualityMeasures measures;
};

/// Deterministic for one build. Cost: see docs/benchmarks.md; about a tenth of a decode of 12 megapixels.
BuiltinEmbedding embedBuiltin(const LoadedPicture& picture);

/// The measures alone, for pictures that another model embeds.
QualityMeasures measureQuality(const LoadedPicture& picture);

} // namespace ps
