// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/embedding_cache.h"
#include "core/inference/embedding_run.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

// What keeps a cache of embeddings sound: reports, checks, imports and the joining of shards.

/// How the cache and the images stand to each other, for one model.
struct CacheReport {
    std::int64_t images = 0;
    std::int64_t current = 0;              ///< images with an embedding of their present state
    std::vector<std::string> stale;        ///< images that changed since; paths
    std::vector<std::string> missing;      ///< images without an embedding
    std::vector<std::string> orphans;      ///< paths of entries whose image is not among the images
    std::vector<std::string> lostVectors;  ///< paths of entries whose file is gone
    std::vector<std::string> strayVectors; ///< files that belong to no entry of any model
    std::size_t skippedLines = 0;

    /// 1 when there are no images.
    double coverage() const { return images > 0 ? static_cast<double>(current) / static_cast<double>(images) : 1; }
    bool isClean() const { return current == images && orphans.empty() && lostVectors.empty() && skippedLines == 0; }
};
/// Cost: one look-up for each image and entry, and one look at the folder of vectors. Errors: Io.
Result<CacheReport> reportOnCache(const EmbeddingCache& cache, const std::vector<EmbeddingItem>& items,
                                  const ModelSpec& model);

struct VerifyReport {
    std::int64_t checked = 0;
    std::int64_t equal = 0;         ///< within kVerifyTolerance
    double largestDifference = 0;   ///< relative to the largest number of its vector
    std::vector<Error> differences; ///< one for each image that differs or cannot be computed
};
constexpr double kVerifyTolerance = 1e-4;
/// Computes a sample of the current embeddings again and compares. The same sample for the same images.
/// Errors: those of the model as a whole.
Result<VerifyReport> verifyCache(InferenceService& service, const EmbeddingCache& cache,
                                 const std::vector<EmbeddingItem>& items, const ModelSpec& model, std::size_t sample);

struct ImportReport {
    std::int64_t imported = 0;
    std::int64_t known = 0;        ///< ours, or imported before
    std::int64_t withoutImage = 0; ///< imported, but their image is not there: found by path only
    std::vector<Error> problems;   ///< lines and files that could not be read
};
/// The embeddings that the scripts wrote: CLIP ViT-B-32 as open_clip has it, with the numbers as the model gave them, or
/// divided by their length.
ModelSpec scriptClip(bool isNormalized);
/// Takes the entries of the scripts' caches in the folder of this one: processed_images.jsonl of both writers and
/// processed_files.jsonl. `sourceOf` says where the image of a stored path is. Can be repeated. Errors: those of the cache;
/// Cancelled.
Result<ImportReport> importScriptCache(EmbeddingCache& cache,
                                       const std::function<std::optional<ImageSource>(const std::string&)>& sourceOf,
                                       std::stop_token stop);

struct MergeReport {
    std::int64_t files = 0; ///< of shards
    std::int64_t lines = 0; ///< that were added to the main files
};
/// Adds what the files of shards say to the main files. Needs no lock and can be repeated: a line is added once. The files of
/// the shards stay. Errors: Io.
Result<MergeReport> mergeShards(const std::string& cacheFolder);

} // namespace ps
