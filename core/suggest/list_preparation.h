// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/group_query.h"
#include "core/library/project_session.h"
#include "core/suggest/similar_images.h"

#include <memory>
#include <stop_token>

namespace ps {

/// Works out what a list needs beside the catalogue, before ProjectSession::selectGroups(): "similar:KEY", the order
/// "representative", sets of pictures that look alike for "duplicate:yes" and the order "duplicates", and "upscaling". What is
/// there already is kept. Everything goes into the catalogue; see rank_columns.h.
/// Threads: one at a time; blocks. Keeps the open similarity index, which makes the second search quick.
class ListPreparation
{
public:
    explicit ListPreparation(SimilarOptions options = {}) : m_options(std::move(options)) {}

    /// Errors: NotFound when there are no embeddings, or none of the group; those of the parts; Cancelled. A query that cannot
    /// be read is left to selectGroups().
    Result<void> prepare(const ProjectSession& session, const GroupQuery& query, std::stop_token stop);

    /// How many groups a search for similar ones finds.
    static constexpr std::size_t kSimilarGroups = 500;
    /// Pictures whose perceptual hashes differ in at most so many bits look alike.
    static constexpr int kDuplicateBits = 6;

private:
    Result<SimilarImages*> similarImages(const ProjectSession& session, std::stop_token stop);
    Result<void> prepareSimilar(const ProjectSession& session, const std::string& anchor, std::stop_token stop);
    Result<void> prepareRepresentatives(const ProjectSession& session, std::stop_token stop);
    Result<void> prepareUpscaling(const ProjectSession& session, std::stop_token stop) const;

    SimilarOptions m_options;
    std::unique_ptr<SimilarImages> m_similar;
    std::string m_projectId; ///< of m_similar
};

} // namespace ps
