// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sha256.h"
#include "core/suggest/candidate.h"
#include "tests/support/seeded_random.h"

#include <algorithm>
#include <string>
#include <vector>

namespace ps::test {

/// Length of the embeddings of these samples.
constexpr std::size_t kSampleSize = 24;

inline Embedding sampleEmbedding(const std::string& name, SeededRandom& random)
{
    Embedding embedding;
    embedding.sha256 = sha256Hex(name);
    embedding.size = {1024, 768};
    for (std::size_t i = 0; i < kSampleSize; ++i)
        embedding.values.push_back(static_cast<float>(random.fraction() * 2 - 1));
    return embedding;
}

/// Groups of three in which the image with the largest first number is picked; stages are dealt out by lot.
inline std::vector<LabelledGroup> sampleGroups(int count, std::uint64_t seed = 1, const std::string& project = "p1")
{
    SeededRandom random(seed);
    std::vector<LabelledGroup> groups;
    for (int i = 0; i < count; ++i) {
        LabelledGroup labelled;
        labelled.group.projectId = project;
        labelled.group.groupKey = "group " + std::to_string(i);
        const int shift = static_cast<int>(random.fraction() * 3);
        for (int k = 0; k < 3; ++k) {
            const std::string name = project + "/" + std::to_string(seed) + "/" + std::to_string(i) + "-" +
                                     std::to_string(k);
            labelled.group.candidates.push_back({name, 1.0 + (k + shift) % 3, sampleEmbedding(name, random)});
        }
        const auto& candidates = labelled.group.candidates;
        const auto best = std::ranges::max_element(
            candidates, {}, [](const Candidate& candidate) { return candidate.embedding->values[0]; });
        labelled.selectedIndex = static_cast<int>(best - candidates.begin());
        groups.push_back(std::move(labelled));
    }
    return groups;
}

/// Every `one in` picks something else.
inline void flipPicks(std::vector<LabelledGroup>& groups, std::size_t oneIn)
{
    for (std::size_t i = 0; i < groups.size(); i += oneIn)
        groups[i].selectedIndex = (groups[i].selectedIndex + 1) % 3;
}

/// Images whose crop follows from their first two numbers.
inline std::vector<LabelledGroup> sampleCrops(int count, std::uint64_t seed = 1)
{
    SeededRandom random(seed);
    std::vector<LabelledGroup> groups;
    for (int i = 0; i < count; ++i) {
        LabelledGroup labelled;
        labelled.group.projectId = "p1";
        labelled.group.groupKey = "group " + std::to_string(i);
        labelled.action = Action::Crop;
        const std::string name = std::to_string(seed) + "/" + std::to_string(i);
        labelled.group.candidates.push_back({name, 2, sampleEmbedding(name, random)});
        const Embedding& seen = *labelled.group.candidates.front().embedding;
        const double x = seen.values[0] > 0 ? 0.35 : 0.05;
        const double y = seen.values[1] > 0 ? 0.3 : 0.1;
        labelled.crop = Crop{x, y, x + 0.6, y + 0.6};
        groups.push_back(std::move(labelled));
    }
    return groups;
}

} // namespace ps::test
