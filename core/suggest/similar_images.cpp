// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/similar_images.h"

#include "core/base/cache_folder.h"
#include "core/base/sha256.h"
#include "core/suggest/embedding_items.h"
#include "core/suggest/representative_order.h"
#include "core/suggest/similarity_index.h"
#include "core/suggest/similarity_rows.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace ps {

namespace {

constexpr std::size_t kEntriesBetweenChecks = 256;
constexpr double kIndexShare = 0.8; ///< of the progress
/// So many matches are asked for in place of one: several images may be of one group, or of other projects.
constexpr std::size_t kSpareMatches = 6;
constexpr std::size_t kMostMatches = 20'000;

struct ModelChoice {
    std::string modelId;
    std::string preprocessingId;
};

/// The wanted model, or the one with the most embeddings.
Result<ModelChoice> chooseModel(const EmbeddingCache& cache, const std::string& wanted)
{
    std::map<std::pair<std::string, std::string>, std::size_t> counts;
    for (const EmbeddingCache::Entry* entry : cache.allEntries()) {
        if (wanted.empty() || entry->modelId == wanted)
            ++counts[{entry->modelId, entry->preprocessingId}];
    }
    if (counts.empty())
        return Error{ErrorCode::NotFound,
                     wanted.empty() ? "there are no embeddings yet" : "there are no embeddings of the model " + wanted,
                     {},
                     0};
    const auto best = std::ranges::max_element(counts, {}, [](const auto& one) { return one.second; });
    return ModelChoice{best->first.first, best->first.second};
}

} // namespace

struct SimilarImages::State {
    struct ProjectImage {
        std::string groupKey;
        std::string path;
        std::int64_t row = 0; ///< of the index
        bool isCover = false;
    };

    explicit State(SimilarityRows opened) : rows(std::move(opened)) {}

    SimilarityRows rows;
    std::string modelId;
    std::uint64_t contentVersion = 0;
    std::vector<ProjectImage> images; ///< in project order
    std::unordered_map<std::int64_t, std::vector<std::size_t>> imagesOfRow;
    std::unordered_map<std::string, std::size_t> imageOfPath;
    std::unordered_map<std::string, std::size_t> coverOfGroup;

    Result<void> readProject(const ProjectSession& session, const EmbeddingCache& cache, const ModelChoice& model,
                             std::stop_token stop);
    std::optional<std::int64_t> rowOf(std::string_view imageOrGroup) const;
    Result<std::vector<SimilarImage>> around(std::int64_t row, std::size_t count) const;
};

Result<void> SimilarImages::State::readProject(const ProjectSession& session, const EmbeddingCache& cache,
                                               const ModelChoice& model, std::stop_token stop)
{
    contentVersion = session.contentVersion();
    std::unordered_map<std::string_view, const EmbeddingCache::Entry*> entries;
    for (const EmbeddingCache::Entry* entry : cache.entriesOf(model.modelId, model.preprocessingId))
        entries[entry->imagePath] = entry;
    return session.withCatalogue([&](const Catalogue& catalogue) -> Result<void> {
        PS_TRY(Statement query,
               catalogue.connection().prepare("SELECT i.path, i.size, i.modified_ns, g.key, i.slot = g.cover_slot FROM "
                                              "images i JOIN groups g USING (ordinal) WHERE i.is_missing=0 AND "
                                              "g.key <> '' ORDER BY i.ordinal, i.slot"));
        for (std::size_t steps = 0;; ++steps) {
            PS_TRY(const bool hasRow, query.step());
            if (!hasRow)
                return {};
            if (steps % kEntriesBetweenChecks == 0 && stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the search was stopped", session.projectId(), 0};
            const auto entry = entries.find(query.text(0));
            if (entry == entries.end())
                continue;
            FileIdentity identity = entry->second->identity;
            if (identity.sizeBytes != query.integer(1) || identity.modifiedNs != query.integer(2))
                continue; // of another state of the file
            const auto row = rows.rowOf(entry->second->sha256);
            if (!row)
                continue;
            const std::size_t number = images.size();
            images.push_back({std::string(query.text(3)), std::string(query.text(0)), *row, query.integer(4) != 0});
            imagesOfRow[*row].push_back(number);
            imageOfPath[images.back().path] = number;
            const auto [place, isFirst] = coverOfGroup.emplace(images.back().groupKey, number);
            if (!isFirst && images.back().isCover)
                place->second = number;
        }
    });
}

std::optional<std::int64_t> SimilarImages::State::rowOf(std::string_view imageOrGroup) const
{
    const std::string name(imageOrGroup);
    if (const auto found = coverOfGroup.find(name); found != coverOfGroup.end())
        return images[found->second].row;
    if (const auto found = imageOfPath.find(name); found != imageOfPath.end())
        return images[found->second].row;
    return rows.rowOf(name);
}

Result<std::vector<SimilarImage>> SimilarImages::State::around(std::int64_t row, std::size_t count) const
{
    std::vector<SimilarImage> found;
    const auto total = static_cast<std::size_t>(rows.index().size());
    for (std::size_t asked = std::min(total, kSpareMatches * (count + 1));; asked = std::min(total, 8 * asked)) {
        found.clear();
        PS_TRY(const auto matches, rows.index().nearest(rows.index().vector(row), asked));
        for (const SimilarityIndex::Match& match : matches) {
            const auto members = imagesOfRow.find(match.row);
            if (members == imagesOfRow.end())
                continue; // of another project
            for (const std::size_t number : members->second)
                found.push_back({images[number].groupKey, images[number].path, match.cosine});
        }
        if (found.size() > count || asked >= std::min(total, kMostMatches))
            return found;
    }
}

SimilarImages::SimilarImages(std::unique_ptr<State> state) : m_state(std::move(state)) {}
SimilarImages::SimilarImages(SimilarImages&&) noexcept = default;
SimilarImages& SimilarImages::operator=(SimilarImages&&) noexcept = default;
SimilarImages::~SimilarImages() = default;

Result<SimilarImages> SimilarImages::open(const ProjectSession& session, const SimilarOptions& options,
                                          const std::function<void(double)>& progress, std::stop_token stop)
{
    const std::string cacheFolder = options.cacheFolder.empty()
                                        ? joinPath(session.workspace().rootPath(), kEmbeddingCacheFolder)
                                        : options.cacheFolder;
    PS_TRY(const EmbeddingCache cache, EmbeddingCache::open(cacheFolder));
    PS_TRY(const ModelChoice model, chooseModel(cache, options.modelId));
    const auto entries = cache.entriesOf(model.modelId, model.preprocessingId);
    PS_TRY(const std::vector<float> first, cache.load(*entries.front()));
    const std::string indexFolder = options.indexFolder.empty() ? userCacheFolder() + "/proofsheet/similarity"
                                                                : options.indexFolder;
    const std::string name = sha256Hex(cacheFolder + '\n' + model.modelId + '\n' + model.preprocessingId).substr(0, 24);
    PS_TRY(SimilarityRows rows, SimilarityRows::open(indexFolder, name, first.size()));
    std::size_t done = 0;
    for (const EmbeddingCache::Entry* entry : entries) {
        if (done++ % kEntriesBetweenChecks == 0) {
            if (stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the search was stopped", session.projectId(), 0};
            if (progress)
                progress(kIndexShare * static_cast<double>(done) / static_cast<double>(entries.size()));
        }
        if (rows.rowOf(entry->sha256))
            continue;
        const auto vector = cache.load(*entry);
        if (vector && vector->size() == first.size())
            discard(rows.add(entry->sha256, *vector), "one without direction is similar to nothing");
    }
    auto state = std::make_unique<State>(std::move(rows));
    state->modelId = model.modelId;
    PS_TRY_VOID(state->readProject(session, cache, model, stop));
    if (state->images.empty())
        return Error{ErrorCode::NotFound, "no image of the project has an embedding", session.projectId(), 0};
    PS_TRY_VOID(state->rows.index().tune());
    if (progress)
        progress(1);
    return SimilarImages(std::move(state));
}

std::size_t SimilarImages::size() const
{
    return m_state->images.size();
}

const std::string& SimilarImages::modelId() const
{
    return m_state->modelId;
}

std::uint64_t SimilarImages::contentVersion() const
{
    return m_state->contentVersion;
}

Result<std::vector<SimilarImage>> SimilarImages::find(std::string_view imageOrGroup, std::size_t count) const
{
    const auto row = m_state->rowOf(imageOrGroup);
    if (!row)
        return Error{ErrorCode::NotFound, "it has no embedding", std::string(imageOrGroup), 0};
    PS_TRY(std::vector<SimilarImage> found, m_state->around(*row, count));
    // Itself, whichever way it was named.
    const auto cover = m_state->coverOfGroup.find(std::string(imageOrGroup));
    const std::string path = cover == m_state->coverOfGroup.end() ? std::string(imageOrGroup)
                                                                  : m_state->images[cover->second].path;
    std::erase_if(found, [&](const SimilarImage& image) { return image.path == path; });
    found.resize(std::min(found.size(), count));
    return found;
}

Result<std::vector<SimilarGroup>> SimilarImages::findGroups(std::string_view groupKey, std::size_t count) const
{
    const auto row = m_state->rowOf(groupKey);
    if (!row)
        return Error{ErrorCode::NotFound, "it has no embedding", std::string(groupKey), 0};
    PS_TRY(const std::vector<SimilarImage> found, m_state->around(*row, kSpareMatches * count));
    std::vector<SimilarGroup> groups{{std::string(groupKey), 1}};
    std::unordered_set<std::string> known{std::string(groupKey)};
    for (const SimilarImage& image : found) {
        if (groups.size() < count && known.insert(image.groupKey).second)
            groups.push_back({image.groupKey, image.cosine});
    }
    return groups;
}

std::vector<SimilarImages::Place> SimilarImages::covers() const
{
    std::vector<Place> places;
    for (std::size_t i = 0; i < m_state->images.size(); ++i) {
        const State::ProjectImage& image = m_state->images[i];
        if (m_state->coverOfGroup.at(image.groupKey) == i)
            places.push_back({image.groupKey, image.path, m_state->rows.index().vector(image.row)});
    }
    return places;
}

Result<std::vector<std::string>> SimilarImages::representatives(std::stop_token stop) const
{
    std::vector<std::string> keys;
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < m_state->images.size(); ++i) {
        const State::ProjectImage& image = m_state->images[i];
        if (m_state->coverOfGroup.at(image.groupKey) != i)
            continue;
        keys.push_back(image.groupKey);
        rows.push_back(image.row);
    }
    PS_TRY(const std::vector<std::size_t> order, representativeOrder(m_state->rows.index(), rows, std::move(stop)));
    std::vector<std::string> ordered;
    ordered.reserve(order.size());
    for (const std::size_t number : order)
        ordered.push_back(std::move(keys[number]));
    return ordered;
}

} // namespace ps
