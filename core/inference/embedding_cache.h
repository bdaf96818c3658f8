// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/inference/embedding.h"
#include "core/inference/model_spec.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// The embeddings of a workspace on disk: `.npy` files and `processed_images.jsonl` as the scripts write and read them
/// (decisions_v3 7.1), and beside them our index, `proofsheet_index.jsonl`, keyed by content hash, model and preprocessing.
/// Threads: one at a time. Several processes may append (each its own shard file, see embed).
class EmbeddingCache
{
public:
    /// `cacheFolder` is usually WORKSPACE/data/ai_data/cache; the vectors are in ../embeddings beside it.
    /// Cost: reads the index once. Errors: Io; a torn or wrong line is skipped and counted.
    /// With `shard` ("shard-0-of-4") what is added goes to files of its own, so that several machines can write; all files are
    /// read in either case.
    static Result<EmbeddingCache> open(std::string cacheFolder, std::string_view shard = {});
    EmbeddingCache(EmbeddingCache&&) noexcept;
    EmbeddingCache& operator=(EmbeddingCache&&) noexcept;
    ~EmbeddingCache();

    struct Entry {
        std::string sha256;          ///< of the image
        std::string modelId;         ///< ModelSpec::id()
        std::string preprocessingId; ///< Preprocessing::id()
        std::string imagePath;       ///< as it was given: workspace-relative
        std::string embeddingFile;   ///< "ab12....npy", beneath the folder of vectors
        FileIdentity identity;       ///< of the image when it was embedded
        ImageSize size;
        QualityMeasures measures;
    };

    std::size_t size() const;
    std::size_t skippedLines() const;
    const Entry* findByContent(std::string_view sha256, std::string_view modelId,
                               std::string_view preprocessingId) const;
    /// The newest entry of this path; when `identity` is given, only if the file is still in that state.
    const Entry* findByPath(std::string_view imagePath, const std::optional<FileIdentity>& identity,
                            std::string_view modelId, std::string_view preprocessingId) const;
    /// The entry whose numbers are in this file.
    const Entry* findByFile(std::string_view embeddingFile) const;
    /// The vector of an entry. Errors: NotFound, Corrupt (no 1-d little-endian float32 .npy, values not finite).
    Result<std::vector<float>> load(const Entry& entry) const;
    Result<Embedding> loadEmbedding(const Entry& entry) const;

    /// Adds vector and lines to what the next flush() writes, which happens by itself every few hundred entries; from then on
    /// they are durable. Errors: NoSpace, ReadOnly, Io.
    /// With ScriptLine::Skip the scripts are not told, because they know it already.
    enum class ScriptLine { Write, Skip };
    Result<void> add(const ModelSpec& model, std::string_view imagePath, const FileIdentity& identity,
                     const Embedding& embedding, ScriptLine scriptLine = ScriptLine::Write);
    Result<void> flush();

    /// Every entry of one model, sorted by path.
    std::vector<const Entry*> entriesOf(std::string_view modelId, std::string_view preprocessingId) const;
    /// Every entry of every model, the oldest first.
    std::vector<const Entry*> allEntries() const;

    /// The absolute paths of the folder and of that with the vectors.
    const std::string& cacheFolder() const;
    const std::string& vectorFolder() const;

private:
    struct State;
    explicit EmbeddingCache(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace ps
