// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/model_registry.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// The embeddings that the scripts' models were trained on: open_clip ViT-B-32 of OpenAI, not divided by their length. Imported
/// caches of the scripts carry this id; an ONNX export of the same network can be named instead when a model is imported.
constexpr std::string_view kScriptEmbedderId = "clip-vit-b-32-openai";

/// What is documented about one of the scripts' models, which carry no such facts themselves. Source: formats/decisions_v3.md
/// 7.2, 7.3, 7.5.
struct ScriptModel {
    std::string_view stem; ///< of the file; with a '*' at the end, what it begins with
    SuggestionTask task;
    std::span<const int> numbers; ///< of the layers: where dropout and ReLU lie between them differs
    std::span<const std::size_t> widths;
    double sizeDivisor;       ///< of width and height; crop proposers only
    bool normalizesEmbedding; ///< during training, which is what counts
    std::string_view verdict; ///< what is known of its quality
};
std::span<const ScriptModel> scriptModels();
/// By the name of the file without ".pt"; nothing for other files.
const ScriptModel* findScriptModel(std::string_view stem);

/// The preprocessing of such a model: that of CLIP, or of the built-in embedder when it is to serve instead, with the model's own
/// normalize flag and divisor.
Preprocessing preprocessingOf(const ScriptModel& model, std::string_view embedderId);

/// The models themselves. Errors: Refused with the expected and the actual tensors (R77); Corrupt.
Result<Ranker> makeScriptRanker(const ScriptModel& model, std::string id, std::string embedderId,
                                const std::vector<NamedTensor>& tensors);
Result<CropProposer> makeScriptCropProposer(const ScriptModel& model, std::string id, std::string embedderId,
                                            const std::vector<NamedTensor>& tensors);

/// The record of such a model for the registry, after its tensors were compared with what is documented. It is not proposed:
/// nothing was measured here. Errors: as above; NotFound for a name that is none of theirs.
Result<ModelRecord> scriptModelRecord(std::string_view fileName, std::string_view sha256, std::string_view createdAt,
                                      std::string_view embedderId, const std::vector<NamedTensor>& tensors);

} // namespace ps
