// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/candidate_loader.h"

#include "core/base/text.h"

#include <algorithm>

namespace ps {

namespace {

/// The ids under which embeddings that fit a model may have been stored, the best first.
std::vector<std::string> usablePreprocessings(Preprocessing preprocessing)
{
    std::vector<std::string> ids{preprocessing.id()};
    const auto add = [&] {
        if (std::string id = preprocessing.id(); std::ranges::find(ids, id) == ids.end())
            ids.push_back(std::move(id));
    };
    preprocessing.sizeDivisor = Preprocessing{}.sizeDivisor;
    add();
    preprocessing.normalizesOutput = false; // whoever wants unit length divides; nobody can undo a division
    add();
    return ids;
}

/// Where an image is waiting for its embedding.
struct Slot {
    std::size_t group = 0;
    std::size_t image = 0;
};

void computeMissing(std::span<const GroupToPredict> groups, const std::vector<Slot>& missing,
                    const ComputeEmbeddings& compute, LoadedCandidates& loaded)
{
    std::vector<GroupImage> images;
    images.reserve(missing.size());
    for (const Slot& slot : missing)
        images.push_back(groups[slot.group].images[slot.image]);
    auto results = compute(images);
    for (std::size_t i = 0; i < missing.size() && i < results.size(); ++i) {
        if (results[i])
            loaded.groups[missing[i].group].candidates[missing[i].image].embedding = *std::move(results[i]);
        else
            loaded.problems.push_back(results[i].error().in(displayText(images[i].path)));
    }
}

} // namespace

FindEmbedding cachedEmbeddings(const EmbeddingCache& cache, std::string embedderId, const Preprocessing& preprocessing)
{
    return [&cache, embedderId = std::move(embedderId),
            ids = usablePreprocessings(preprocessing)](const GroupImage& image) -> Result<std::optional<Embedding>> {
        const auto identity = image.identity == FileIdentity{} ? std::nullopt : std::optional(image.identity);
        for (const std::string& id : ids) {
            const EmbeddingCache::Entry* entry = cache.findByPath(image.path, identity, embedderId, id);
            if (!entry && image.currentPath != image.path)
                entry = cache.findByPath(image.currentPath, identity, embedderId, id);
            if (!entry)
                continue;
            PS_TRY(Embedding embedding, cache.loadEmbedding(*entry));
            return std::optional(std::move(embedding));
        }
        return std::optional<Embedding>();
    };
}

ComputeEmbeddings embeddingsByService(const ProjectSession& session, InferenceService& service, EmbeddingCache& cache,
                                      ModelSpec spec)
{
    return [&session, &service, &cache,
            spec = std::move(spec)](const std::vector<GroupImage>& images) -> std::vector<Result<Embedding>> {
        std::vector<Result<Embedding>> results(images.size(), Error{});
        std::vector<ImageSource> sources;
        std::vector<std::size_t> slots;
        for (std::size_t i = 0; i < images.size(); ++i) {
            if (auto place = session.folders().locate(images[i].currentPath); place) {
                sources.emplace_back(place->root, place->path);
                slots.push_back(i);
            } else {
                results[i] = place.error();
            }
        }
        auto made = service.embed(spec, std::move(sources));
        for (std::size_t k = 0; k < slots.size(); ++k) {
            Result<Embedding>& result = results[slots[k]];
            result = made ? (*made)[k] : Result<Embedding>(made.error());
            if (!result)
                continue;
            const GroupImage& image = images[slots[k]];
            if (const auto kept = cache.add(spec, image.path, image.identity, *result); !kept)
                result = kept.error();
        }
        return results;
    };
}

LoadedCandidates loadCandidates(std::string_view projectId, std::span<const GroupToPredict> groups,
                                const EmbeddingSource& source)
{
    LoadedCandidates loaded;
    std::vector<Slot> missing;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        CandidateGroup& out = loaded.groups.emplace_back();
        out.projectId = projectId;
        out.groupKey = groups[group].groupKey;
        for (const GroupImage& image : groups[group].images) {
            Candidate& candidate = out.candidates.emplace_back(Candidate{image.path, image.stage, std::nullopt});
            auto found = source.find ? source.find(image) : std::optional<Embedding>();
            if (!found)
                loaded.problems.push_back(found.error().in(displayText(image.path)));
            else
                candidate.embedding = *std::move(found);
            if (!candidate.embedding && !image.isMissing)
                missing.push_back({group, out.candidates.size() - 1});
        }
    }
    if (source.compute && !missing.empty())
        computeMissing(groups, missing, source.compute, loaded);
    for (const CandidateGroup& group : loaded.groups)
        loaded.withoutEmbedding += std::ranges::count_if(
            group.candidates, [](const Candidate& candidate) { return !candidate.embedding.has_value(); });
    return loaded;
}

Result<std::vector<GroupToPredict>> groupsToPredict(const ProjectSession& session, std::span<const GroupEntry> entries)
{
    std::vector<GroupEntry> usable;
    std::ranges::copy_if(entries, std::back_inserter(usable), [](const GroupEntry& entry) {
        return entry.kind == GroupKind::Group || entry.kind == GroupKind::Single;
    });
    PS_TRY(auto images, session.imagesOf(usable));
    std::vector<GroupToPredict> groups;
    for (std::size_t i = 0; i < usable.size(); ++i)
        groups.push_back({usable[i].key, usable[i].groupId, usable[i].ordinal, std::move(images[i])});
    return groups;
}

GroupToPredict groupToPredict(const GroupDetail& group)
{
    return {group.entry.key, group.entry.groupId, group.entry.ordinal, group.images};
}

} // namespace ps
