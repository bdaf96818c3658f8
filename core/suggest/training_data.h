// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/embedding_cache.h"
#include "core/suggest/candidate.h"
#include "core/suggest/training_report.h"

#include <map>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

/// Finds the embedding of an image of a decision: by its path, else by its bare name when that is the name of one content only,
/// as the scripts join them. Loads each vector once. Threads: one at a time; the cache must outlive it.
class EmbeddingFinder
{
public:
    EmbeddingFinder(const EmbeddingCache& cache, std::string modelId, std::string preprocessingId);

    std::size_t size() const { return m_byPath.size(); }
    /// `directory` as the row names it, workspace-relative or not, or "". NotFound when there is none, or when several images of
    /// that name differ; Corrupt and Io of the vector itself.
    Result<Embedding> find(std::string_view directory, std::string_view name) const;

private:
    const EmbeddingCache& m_cache;
    std::map<std::string, const EmbeddingCache::Entry*, std::less<>> m_byPath;
    std::map<std::string, const EmbeddingCache::Entry*, std::less<>> m_byName; ///< nullptr: more than one content
};

/// What is in the decision databases for one kind of training.
struct TrainingData {
    std::vector<LabelledGroup> groups;              ///< by project and id
    std::map<std::string, std::int64_t> excluded;   ///< reason -> number of rows
    std::map<std::string, std::int64_t> provenance; ///< "human", "backfilled", "inferred" -> number of groups
    std::int64_t rows = 0;                          ///< that were looked at: groups and excluded rows
    std::set<std::string> projects;

    std::vector<std::pair<std::string, std::int64_t>> excludedList() const
    {
        return {excluded.begin(), excluded.end()};
    }
};

/// Reads the decisions of one database of any variant and joins embeddings; the project is the name of the file. Only what
/// people chose is read: the columns of suggestions never count as labels. For Kind::Ranker rejects, singles, and groups with
/// fewer than two embeddings or without that of the pick are left out (R78); for Kind::Crop everything without a cut of its
/// own, whole frames above all (R59). Nothing is left out without being counted.
/// Threads: any; blocks. The database is only read. Errors: Refused for a temporary database or a backup; those of
/// openForViewing(); Cancelled.
Result<void> readTrainingData(const std::string& databasePath, TrainingReport::Kind kind, const EmbeddingFinder& finder,
                              TrainingData& into, std::stop_token stop);

/// 64 hex digits over project, id, pick, crop and content of every group, in order.
std::string fingerprintOf(std::span<const LabelledGroup> groups);

} // namespace ps
