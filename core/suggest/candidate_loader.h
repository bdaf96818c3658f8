// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/embedding_cache.h"
#include "core/inference/inference_service.h"
#include "core/library/project_session.h"
#include "core/suggest/candidate.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// What models need of a group before its embeddings are there.
struct GroupToPredict {
    std::string groupKey;           ///< or the group id for a row without a group
    std::string groupId;            ///< of its row, "" without one
    std::int64_t ordinal = 0;       ///< position in the project, from 0
    std::vector<GroupImage> images; ///< in the order of the stored row: a missing one keeps its slot (R68)
};

/// An embedding that is known already, or nothing. Errors: those of a damaged cache.
using FindEmbedding = std::function<Result<std::optional<Embedding>>(const GroupImage&)>;
/// Makes embeddings: one answer for each image, in order. Blocks.
using ComputeEmbeddings = std::function<std::vector<Result<Embedding>>(const std::vector<GroupImage>&)>;

/// Where embeddings come from. What `find` does not know is asked of `compute`, all missing ones of a call at once, unless that
/// is empty. Threads: as the two functions; those of cachedEmbeddings() are for one thread at a time.
struct EmbeddingSource {
    FindEmbedding find;
    ComputeEmbeddings compute;
};

/// Looks embeddings up by path and state of the file, as far as a model can use them: those that were made with the same
/// preprocessing, apart from the divisor of the size, which is applied later; a model that divides embeddings by their length
/// takes those that are not divided, too. `cache` must outlive the function.
FindEmbedding cachedEmbeddings(const EmbeddingCache& cache, std::string embedderId, const Preprocessing& preprocessing);

/// Has workers compute embeddings, and keeps them in `cache`. Everything must outlive the function, but for the spec.
ComputeEmbeddings embeddingsByService(const ProjectSession& session, InferenceService& service, EmbeddingCache& cache,
                                      ModelSpec spec);

struct LoadedCandidates {
    std::vector<CandidateGroup> groups; ///< as many as were asked for, in order
    std::int64_t withoutEmbedding = 0;  ///< images that keep an empty slot
    std::vector<Error> problems;        ///< why, where there is a reason beside "not computed", each with its file
};

/// The groups as models see them. An image that is missing or cannot be read keeps its slot, without an embedding.
LoadedCandidates loadCandidates(std::string_view projectId, std::span<const GroupToPredict> groups,
                                const EmbeddingSource& source);

/// What models need of these entries, without the ones that they cannot say anything about: sets of more than four images and
/// rows whose images are not known. Blocks for look-ups in the catalogue.
Result<std::vector<GroupToPredict>> groupsToPredict(const ProjectSession& session, std::span<const GroupEntry> entries);
/// The same for one group that was looked up already.
GroupToPredict groupToPredict(const GroupDetail& group);

} // namespace ps
