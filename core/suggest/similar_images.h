// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/embedding_cache.h"
#include "core/library/project_session.h"
#include "core/library/rank_columns.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

struct SimilarOptions {
    std::string cacheFolder; ///< of the embeddings; "" = that of the workspace
    std::string indexFolder; ///< where the index is kept; "" = proofsheet/similarity in the user's cache folder
    std::string modelId;     ///< "" = the one with the most embeddings
};

/// An image of the project that looks like another.
struct SimilarImage {
    std::string groupKey;
    std::string path; ///< workspace-relative, where it was scanned
    double cosine = 0;
    bool operator==(const SimilarImage&) const = default;
};

/// Similarity over the images of one project that have embeddings. The index (similarity_index.h) lies in the user's cache
/// folder, one for each model of a workspace; beside it are the hashes of the contents, one for each row, in a text file. Both
/// are brought up to date when this is opened, and made anew when they do not belong together.
/// Threads: one at a time; everything blocks.
class SimilarImages
{
public:
    /// Reads the index of the embeddings, adds what is not there yet, and walks over the images of the project. `progress` (may
    /// be empty) gets 0 to 1. Errors: NotFound when no image of the project has an embedding; Cancelled; those of the cache.
    static Result<SimilarImages> open(const ProjectSession& session, const SimilarOptions& options,
                                      const std::function<void(double)>& progress, std::stop_token stop);
    SimilarImages(SimilarImages&&) noexcept;
    SimilarImages& operator=(SimilarImages&&) noexcept;
    ~SimilarImages();

    /// Images of the project with an embedding.
    std::size_t size() const;
    const std::string& modelId() const;
    /// What the project was when this was opened: ProjectSession::contentVersion().
    std::uint64_t contentVersion() const;

    /// The images most similar to one, which may be given by path, SHA-256, or a group key or id (then its cover); it is not
    /// among them. At most `count`, best first. Errors: NotFound when it has no embedding.
    Result<std::vector<SimilarImage>> find(std::string_view imageOrGroup, std::size_t count) const;
    /// The same by groups, each once with its best image; the group itself comes first.
    Result<std::vector<SimilarGroup>> findGroups(std::string_view groupKey, std::size_t count) const;

    /// All groups with an embedding, representative ones first: groups of pictures that are alike take turns, the largest
    /// first, each with the picture next to its middle. The same for the same embeddings. Cost: 256 comparisons for each group.
    Result<std::vector<std::string>> representatives(std::stop_token stop) const;

    /// The embedding of each group's cover for a map, in project order: key and vector.
    struct Place {
        std::string groupKey;
        std::string path;
        std::vector<float> vector;
    };
    std::vector<Place> covers() const;

private:
    struct State;
    explicit SimilarImages(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace ps
