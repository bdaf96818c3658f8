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
    bool speaksFor = true;             ///< false: speaks against the pick
    std::optional<FractionBox> region; ///< where it is seen
    bool operator==(const Reason&) const = default;
};
/// One line of text for storage, which fromText() reads back: "subject-sharpness + 12.3 8.1 1 [0.1,0.2,0.5,0.6]".
std::string toText(const Reason& reason);
std::optional<Reason> reasonFromText(std::string_view text);

/// What the models say about one group.
struct RankedSuggestion {
    Suggestion suggestion;                    ///< reasons as toText()
    std::vector<std::optional<float>> scores; ///< one for each candidate
};

/// The models that are active together. Pure: same models and embeddings give the same bytes. Threads: any, const.
class Suggester
{
public:
    Suggester(std::optional<Ranker> ranker, std::optional<CropProposer> cropProposer);

    /// Nothing when no candidate has an embedding or there is no ranker and more than one image. A single gets only a crop.
    /// The crop is left out when it covers 95 % of the picture or more.
    std::optional<RankedSuggestion> suggest(const CandidateGroup& group) const;
    /// "ranker_v4+crop_proposer_v3": the model id that is stored.
    const std::string& modelId() const { return m_modelId; }
    const std::optional<Ranker>& ranker() const { return m_ranker; }
    const std::optional<CropProposer>& cropProposer() const { return m_cropProposer; }

private:
    std::optional<Ranker> m_ranker;
    std::optional<CropProposer> m_cropProposer;
    std::string m_modelId;
};

/// The measures in which `picked` differs most from `other`, strongest first, at most three.
std::vector<Reason> reasonsFor(const CandidateGroup& group, int picked, int other);

} // namespace ps
