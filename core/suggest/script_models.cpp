// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/script_models.h"

#include "core/base/text.h"
#include "core/inference/model_spec.h"

#include <algorithm>
#include <array>

namespace ps {

namespace {

// A state dictionary numbers every layer of nn.Sequential: Linear 0, ReLU 1, Dropout 2, and so on.
constexpr std::array kRankerV1{0, 3, 6};  // a second dropout before the last layer
constexpr std::array kRankerV2{0, 3, 5};  // none there
constexpr std::array kCropV1{0, 3, 6, 9}; // three dropouts
constexpr std::array kCropV2{0, 3, 6, 8}; // two
constexpr std::array<std::size_t, 4> kRankerWidths{512, 256, 64, 1};
constexpr std::array<std::size_t, 5> kCropWidths{514, 512, 256, 128, 4};

constexpr std::array kScriptModels{
    ScriptModel{"ranker_v1", SuggestionTask::Pick, kRankerV1, kRankerWidths, 2048, false,
                "imported; it is documented to take the highest stage: 2.8 % right where that was not the pick"},
    ScriptModel{"ranker_v2*", SuggestionTask::Pick, kRankerV2, kRankerWidths, 2048, false,
                "imported; its pairs mixed projects, and it is documented with 54.5 % of the pairs right"},
    ScriptModel{"ranker_v3*", SuggestionTask::Pick, kRankerV2, kRankerWidths, 2048, false,
                "imported; it is documented with 66.8 % of the pairs right, the same groups being in both halves"},
    ScriptModel{"crop_proposer_v1", SuggestionTask::Crop, kCropV1, kCropWidths, 2048, false,
                "imported; it is documented to have divided some crops by the width of the image twice"},
    ScriptModel{"crop_proposer_v2", SuggestionTask::Crop, kCropV2, kCropWidths, 2048, false,
                "imported; it is documented with a mean IoU of 0.71 on an unshuffled part of its own list"},
};

bool isNamed(const ScriptModel& model, std::string_view stem)
{
    return endsWith(model.stem, "*") ? startsWith(stem, model.stem.substr(0, model.stem.size() - 1))
                                     : stem == model.stem;
}

} // namespace

std::span<const ScriptModel> scriptModels()
{
    return kScriptModels;
}

const ScriptModel* findScriptModel(std::string_view stem)
{
    const auto* const found = std::ranges::find_if(kScriptModels,
                                                   [&](const ScriptModel& model) { return isNamed(model, stem); });
    return found == kScriptModels.end() ? nullptr : found;
}

Preprocessing preprocessingOf(const ScriptModel& model, std::string_view embedderId)
{
    Preprocessing preprocessing = embedderId == kBuiltinEmbedderName ? Preprocessing::builtin() : Preprocessing::clip();
    preprocessing.normalizesOutput = model.normalizesEmbedding;
    preprocessing.sizeDivisor = model.sizeDivisor;
    return preprocessing;
}

Result<Ranker> makeScriptRanker(const ScriptModel& model, std::string id, std::string embedderId,
                                const std::vector<NamedTensor>& tensors)
{
    Ranker ranker;
    PS_TRY(ranker.net, Mlp::fromTensors(tensors, model.numbers, model.widths));
    ranker.id = std::move(id);
    ranker.preprocessing = preprocessingOf(model, embedderId);
    ranker.embedderId = std::move(embedderId);
    ranker.features = RankerFeatures::Embedding;
    return ranker;
}

Result<CropProposer> makeScriptCropProposer(const ScriptModel& model, std::string id, std::string embedderId,
                                            const std::vector<NamedTensor>& tensors)
{
    CropProposer proposer;
    PS_TRY(proposer.net, Mlp::fromTensors(tensors, model.numbers, model.widths));
    proposer.id = std::move(id);
    proposer.preprocessing = preprocessingOf(model, embedderId);
    proposer.embedderId = std::move(embedderId);
    proposer.head = CropHead::Corners;
    return proposer;
}

Result<ModelRecord> scriptModelRecord(std::string_view fileName, std::string_view sha256, std::string_view createdAt,
                                      std::string_view embedderId, const std::vector<NamedTensor>& tensors)
{
    const std::string_view stem = endsWith(fileName, ".pt") ? fileName.substr(0, fileName.size() - 3) : fileName;
    const ScriptModel* model = findScriptModel(stem);
    if (!model)
        return Error{ErrorCode::NotFound,
                     "this is none of the known models of the scripts, and no metadata of ours says how it was trained",
                     displayText(fileName), 0};
    const auto net = Mlp::fromTensors(tensors, model->numbers, model->widths);
    if (!net)
        return net.error().in(displayText(fileName));
    ModelRecord record;
    record.id = stem;
    record.task = model->task;
    record.file = fileName;
    record.sha256 = sha256;
    record.embedderId = embedderId;
    record.preprocessing = preprocessingOf(*model, embedderId);
    record.createdAt = createdAt;
    record.source = "imported";
    record.isProposed = false;
    record.verdict = model->verdict;
    return record;
}

} // namespace ps
