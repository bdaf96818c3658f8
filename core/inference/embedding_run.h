// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/embedding_cache.h"
#include "core/inference/inference_service.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// An image that is to have an embedding.
struct EmbeddingItem {
    std::string imagePath; ///< under which the cache keeps it: workspace-relative
    ImageSource source;
    FileIdentity identity; ///< as it was found
};

/// One part of the work of an array job: the images whose path has this remainder. Stable: it depends on nothing but the path
/// and the number of shards.
struct EmbeddingShard {
    std::uint64_t index = 0; ///< from 0
    std::uint64_t count = 1;

    bool contains(std::string_view imagePath) const;
    /// "shard-0-of-4", for EmbeddingCache::open(); "" when there is only one.
    std::string name() const;
    /// From "0/4". Nothing when it is not of this form or the index is not below the count.
    static std::optional<EmbeddingShard> fromText(std::string_view text);
};

struct EmbeddingProgress {
    std::int64_t total = 0;
    std::int64_t computed = 0;
    std::int64_t copied = 0; ///< equal content had an embedding already
    std::int64_t kept = 0;   ///< were there already, of the present state of the file
    std::int64_t failed = 0;
    double imagesPerSecond = 0; ///< of those computed, lately
    double secondsLeft = 0;

    std::int64_t done() const { return computed + copied + kept + failed; }
};

struct EmbeddingRunOptions {
    ModelSpec model;
    std::size_t batch = 8; ///< images of one request, at most InferenceService::kMaxBatch
    Priority priority = Priority::Background;
    EmbeddingShard shard;
    bool computesAnew = false;                   ///< even what is there
    std::function<void(const Error&)> onProblem; ///< for each image without an embedding, named by the context
    std::function<void(const EmbeddingProgress&)> onProgress; ///< a few times a second at most
};

/// Embeds what the cache does not have yet. Images of equal content are computed once. What is done stays done: after a stop
/// (which is also how to pause) the next call goes on. Bounded memory. Blocks; both functions are called on this thread.
/// Errors: Cancelled; those of the cache; of the model as a whole (Refused, Unsupported and so on). An image that cannot be
/// read is a problem and no error.
Result<EmbeddingProgress> embedImages(InferenceService& service, EmbeddingCache& cache,
                                      const std::vector<EmbeddingItem>& items, const EmbeddingRunOptions& options,
                                      std::stop_token stop);

} // namespace ps
