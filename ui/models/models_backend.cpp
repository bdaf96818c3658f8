// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/models_backend.h"

#include "core/inference/embedding_cache.h"
#include "core/library/filename.h"
#include "core/library/suggestions.h"
#include "core/suggest/active_models.h"
#include "core/suggest/embedding_items.h"
#include "core/suggest/embedding_map.h"
#include "core/suggest/model_writing.h"
#include "ui/models/quality_names.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ps {

namespace {

constexpr std::int64_t kPage = 512;
constexpr std::size_t kMostPoints = 200'000;
constexpr double kLoadingShare = 0.2; ///< of the progress: reading the vectors
constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

constexpr std::array kTasks{SuggestionTask::Pick, SuggestionTask::Crop};

Result<ModelRegistry> openRegistry(const ProjectSession& session)
{
    return ModelRegistry::open(ModelRegistry::folderOf(session.workspace()));
}

/// The project shows the suggestions of its active models at once; while it is only viewed, from the next work on.
Result<void> note(const ProjectSession& session, const ModelRegistry& registry)
{
    return session.isWorking() ? noteActiveModels(session, registry) : Result<void>();
}

Error stopped()
{
    return {ErrorCode::Cancelled, "stopped", {}, 0};
}

/// Which embeddings the suggestions of a project are made from.
struct EmbedderChoice {
    std::string modelId = std::string(kBuiltinEmbedderName);
    std::string preprocessingId = ModelSpec().preprocessing.id();
};

Result<EmbedderChoice> embedderOf(const ProjectSession& session)
{
    PS_TRY(const ModelRegistry registry, openRegistry(session));
    const ModelRecord* const active = registry.active(session.projectId(), SuggestionTask::Pick);
    if (!active || active->embedderId.empty())
        return EmbedderChoice{};
    return EmbedderChoice{active->embedderId, active->preprocessing.id()};
}

/// Calls `take(entry, images)` for every group and single of the project.
template <typename Take>
Result<void> forEachGroup(const ProjectSession& session, const std::stop_token& stop, Take take)
{
    for (std::int64_t first = 0;; first += kPage) {
        if (stop.stop_requested())
            return stopped();
        PS_TRY(const std::vector<GroupEntry> entries, session.page(first, kPage));
        if (entries.empty())
            return {};
        PS_TRY(const auto images, session.imagesOf(entries));
        for (std::size_t i = 0; i < entries.size(); ++i)
            take(entries[i], images[i]);
    }
}

const EmbeddingCache::Entry* findEmbedding(const EmbeddingCache& cache, const GroupImage& image,
                                           const EmbedderChoice& embedder)
{
    for (const std::string* path : {&image.path, &image.currentPath}) {
        if (const auto* const entry = cache.findByPath(*path, image.identity, embedder.modelId,
                                                       embedder.preprocessingId))
            return entry;
    }
    return nullptr;
}

class DiskBackend : public ModelsBackend
{
public:
    Result<ModelListing> list(const ProjectSession& session) override
    {
        PS_TRY(const ModelRegistry registry, openRegistry(session));
        ModelListing listing;
        listing.records = registry.records();
        std::ranges::stable_sort(listing.records, std::ranges::greater{}, &ModelRecord::createdAt);
        for (const SuggestionTask task : kTasks) {
            const auto place = static_cast<std::size_t>(task);
            if (const ModelRecord* const active = registry.active(session.projectId(), task))
                listing.activeIds[place] = active->id;
            const std::vector<std::string> history = registry.history(session.projectId(), task);
            if (!history.empty() || !listing.activeIds[place].empty())
                listing.previousIds[place] = history.empty() ? std::string() : history.back();
            PS_TRY(listing.nextIds[place],
                   nextModelId(registry.folder(), task == SuggestionTask::Pick ? TrainingReport::Kind::Ranker
                                                                               : TrainingReport::Kind::Crop));
        }
        PS_TRY(const std::vector<std::string> ids, session.workspace().projectIds());
        for (const std::string& id : ids)
            listing.projects.push_back({id, session.workspace().databasePath(id)});
        return listing;
    }

    Result<void> activate(const ProjectSession& session, const std::string& id, bool overridesGate) override
    {
        PS_TRY(ModelRegistry registry, openRegistry(session));
        PS_TRY_VOID(registry.activate(session.projectId(), id, overridesGate));
        return note(session, registry);
    }

    Result<std::string> rollBack(const ProjectSession& session, SuggestionTask task) override
    {
        PS_TRY(ModelRegistry registry, openRegistry(session));
        if (registry.history(session.projectId(), task).empty()) {
            PS_TRY_VOID(registry.deactivate(session.projectId(), task)); // before the first model there was none
            PS_TRY_VOID(note(session, registry));
            return std::string();
        }
        PS_TRY(std::string before, registry.rollBack(session.projectId(), task));
        PS_TRY_VOID(note(session, registry));
        return before;
    }

    Result<EmbeddingCoverage> coverage(const ProjectSession& session, const std::stop_token& stop) override
    {
        PS_TRY(const EmbedderChoice embedder, embedderOf(session));
        PS_TRY(const EmbeddingCache cache, EmbeddingCache::open(cacheFolder(session)));
        EmbeddingCoverage coverage;
        PS_TRY_VOID(forEachGroup(session, stop, [&](const GroupEntry&, const std::vector<GroupImage>& images) {
            for (const GroupImage& image : images) {
                if (image.isMissing)
                    continue;
                ++coverage.total;
                coverage.embedded += findEmbedding(cache, image, embedder) ? 1 : 0;
            }
        }));
        return coverage;
    }

    Result<MapSource> mapSource(const ProjectSession& session, const std::stop_token& stop) override
    {
        PS_TRY(const EmbedderChoice embedder, embedderOf(session));
        PS_TRY(const EmbeddingCache cache, EmbeddingCache::open(cacheFolder(session)));
        PS_TRY(const Connection reader, session.openReader());
        MapSource source{{}, cacheFolder(session), {}, embedder.modelId, embedder.preprocessingId};
        MapPoints& points = source.points;
        points.contentVersion = session.contentVersion();
        points.measures.push_back({confidenceName(), {}});
        for (std::size_t i = 0; i < kQualityMeasureCount; ++i)
            points.measures.push_back({qualityName(static_cast<QualityMeasure>(i)), {}});
        const auto take = [&](const GroupEntry& entry, const std::vector<GroupImage>& images) {
            const auto suggestion = findSuggestion(reader, entry.key);
            const bool isKnown = suggestion && *suggestion && (*suggestion)->confidence;
            const float confidence = isKnown ? static_cast<float>(*(*suggestion)->confidence) : kUnknown;
            for (std::size_t slot = 0; slot < images.size(); ++slot) {
                const auto* const found = findEmbedding(cache, images[slot], embedder);
                if (!found || points.ordinals.size() >= kMostPoints) {
                    points.missing += images[slot].isMissing ? 0 : 1;
                    continue;
                }
                source.sha256.push_back(found->sha256);
                points.ordinals.push_back(static_cast<std::uint32_t>(entry.ordinal));
                points.slots.push_back(static_cast<std::uint16_t>(slot));
                points.states.push_back(entry.state);
                points.names.emplace_back(fileName(images[slot].path));
                points.measures[0].values.push_back(confidence);
                for (std::size_t i = 0; i < kQualityMeasureCount; ++i)
                    points.measures[i + 1].values.push_back(found->measures.values[i]);
            }
        };
        PS_TRY_VOID(forEachGroup(session, stop, take));
        return source;
    }

    Result<MapPoints> layOutMap(MapSource source, const std::function<void(double)>& progress,
                                const std::stop_token& stop) override
    {
        PS_TRY(const EmbeddingCache cache, EmbeddingCache::open(source.cacheFolder));
        std::vector<std::vector<float>> vectors;
        for (const std::string& sha256 : source.sha256) {
            if (stop.stop_requested())
                return stopped();
            const auto* const entry = cache.findByContent(sha256, source.modelId, source.preprocessingId);
            if (!entry)
                return Error{ErrorCode::NotFound, "an embedding is gone since the map was begun", sha256, 0};
            PS_TRY(std::vector<float> vector, cache.load(*entry));
            vectors.push_back(std::move(vector));
            if (vectors.size() % static_cast<std::size_t>(kPage) == 0)
                progress(kLoadingShare * static_cast<double>(vectors.size()) /
                         static_cast<double>(source.sha256.size()));
        }
        PS_TRY(const std::vector<MapPoint> places,
               layOut(vectors, {}, [&](double share) { progress(kLoadingShare + (1 - kLoadingShare) * share); }, stop));
        for (const MapPoint& place : places) {
            source.points.x.push_back(place.x);
            source.points.y.push_back(place.y);
        }
        return std::move(source.points);
    }

private:
    static std::string cacheFolder(const ProjectSession& session)
    {
        return joinPath(session.workspace().rootPath(), kEmbeddingCacheFolder);
    }
};

} // namespace

std::shared_ptr<ModelsBackend> makeModelsBackend()
{
    return std::make_shared<DiskBackend>();
}

} // namespace ps
