// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/suggestions.h"
#include "core/suggest/candidate.h"
#include "core/suggest/model_files.h"

#include <optional>
#include <string>
#include <vector>

namespace ps {

/// One thing that speaks for the pick, tied to a stored measure: "sharper subject (+)".
struct Reason {
    QualityMeasure measure = QualityMeasure::Sharpness;
    int otherIndex = 0; ///< the candidate that it is compared with: the second best
    float pickedValue = 0;
    float otherValue = 0;
    bool speaksFor = true; ///< false: speaks against the pick
    /// Where it is seen: the subject of the pick for sharpness, the worst spot of the worse image for banding and blocks.
    std::optional<FractionBox> region;
    bool operator==(const Reason&) const = default;
};
/// One line of text for storage, which reasonFromText() reads back: "subject-sharpness + 12.3 8.1 1 [0.1,0.2,0.5,0.6]": the
/// measure, for or against, its value on the pick and on the other image, which one that is, and the region when there is one.
std::string toText(const Reason& reason);
std::optional<Reason> reasonFromText(std::string_view text);

/// What the models say about one group.
struct RankedSuggestion {
    Suggestion suggestion; ///< with everything that is known: reasons as toText(), scores, hashes of model and inputs
    std::vector<std::optional<float>> scores; ///< one for each candidate
};

/// The models that are active together. Pure: same models and embeddings give the same bytes. Threads: any, const.
class Suggester
{
public:
    /// `modelSha256` is over the files of both models, "" when it does not matter; it is stored with every suggestion.
    Suggester(std::optional<Ranker> ranker, std::optional<CropProposer> cropProposer, std::string modelSha256 = {});

    /// The pick among several images, with its crop; the crop alone for a single. Nothing when there is nothing to say: no
    /// ranker for several images, fewer than two of them with an embedding, or no crop for a single. The crop is left out when
    /// it covers 95 % of the picture or more. Images without an embedding keep their slot and are never the pick; the
    /// confidence is then that of the others times their share of the group, because the best one may be among the missing.
    std::optional<RankedSuggestion> suggest(const CandidateGroup& group) const;
    /// "ranker_v4+crop_proposer_v3": the model id that is stored.
    const std::string& modelId() const { return m_modelId; }
    const std::string& modelSha256() const { return m_modelSha256; }
    const std::optional<Ranker>& ranker() const { return m_ranker; }
    const std::optional<CropProposer>& cropProposer() const { return m_cropProposer; }

private:
    std::optional<Crop> cropOf(const Embedding* image) const;

    std::optional<Ranker> m_ranker;
    std::optional<CropProposer> m_cropProposer;
    std::string m_modelId;
    std::string m_modelSha256;
};

/// The measures in which `picked` differs noticeably from `other`, strongest first, at most three. How much is noticeable is
/// in one table beside the code: a ratio for sharpness, noise and size, a difference for shares. Nothing when one of them has
/// no embedding.
std::vector<Reason> reasonsFor(const CandidateGroup& group, int picked, int other);

} // namespace ps
