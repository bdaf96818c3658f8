// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/embedding_care.h"

#include "core/base/sha256.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <unordered_set>

namespace ps {

namespace {

constexpr std::string_view kVectorSuffix = ".npy";

/// The largest difference of two vectors, relative to the largest number of the first; nothing when the lengths differ.
std::optional<double> differenceOf(const std::vector<float>& stored, const std::vector<float>& computed)
{
    if (stored.size() != computed.size())
        return std::nullopt;
    double largest = 0;
    double difference = 0;
    for (std::size_t i = 0; i < stored.size(); ++i) {
        largest = std::max(largest, std::abs(static_cast<double>(stored[i])));
        difference = std::max(difference, std::abs(static_cast<double>(stored[i]) - static_cast<double>(computed[i])));
    }
    return largest > 0 ? difference / largest : difference;
}

/// The items with a current embedding in an order that depends on nothing but their paths.
std::vector<const EmbeddingItem*> sampleOf(const EmbeddingCache& cache, const std::vector<EmbeddingItem>& items,
                                           const ModelSpec& model, std::size_t count)
{
    std::vector<std::pair<std::string, const EmbeddingItem*>> ordered;
    for (const EmbeddingItem& item : items) {
        if (cache.findByPath(item.imagePath, item.identity, model.id(), model.preprocessing.id()))
            ordered.emplace_back(sha256Hex(item.imagePath), &item);
    }
    std::ranges::sort(ordered);
    std::vector<const EmbeddingItem*> sample;
    for (std::size_t i = 0; i < std::min(count, ordered.size()); ++i)
        sample.push_back(ordered[i].second);
    return sample;
}

void compare(const EmbeddingCache& cache, const EmbeddingItem& item, const ModelSpec& model,
             const Result<Embedding>& computed, VerifyReport& report)
{
    ++report.checked;
    const auto differs = [&](ErrorCode code, std::string message) {
        report.differences.push_back({code, std::move(message), item.imagePath, 0});
    };
    if (!computed)
        return differs(computed.error().code, computed.error().message);
    const auto* entry = cache.findByPath(item.imagePath, item.identity, model.id(), model.preprocessing.id());
    const auto stored = cache.load(*entry);
    if (!stored)
        return differs(stored.error().code, stored.error().message);
    if (!entry->sha256.empty() && entry->sha256 != computed->sha256)
        return differs(ErrorCode::Corrupt, "the content of the image is another one than that of the entry");
    const auto difference = differenceOf(*stored, computed->values);
    if (!difference)
        return differs(ErrorCode::Corrupt, "the stored embedding has another length");
    report.largestDifference = std::max(report.largestDifference, *difference);
    if (*difference > kVerifyTolerance)
        return differs(ErrorCode::Corrupt, "the stored embedding differs by " + std::to_string(*difference));
    ++report.equal;
}

} // namespace

Result<CacheReport> reportOnCache(const EmbeddingCache& cache, const std::vector<EmbeddingItem>& items,
                                  const ModelSpec& model)
{
    const std::string modelId = model.id();
    const std::string preprocessingId = model.preprocessing.id();
    CacheReport report;
    report.images = static_cast<std::int64_t>(items.size());
    report.skippedLines = cache.skippedLines();
    std::unordered_set<std::string> paths;
    for (const EmbeddingItem& item : items) {
        paths.insert(item.imagePath);
        if (cache.findByPath(item.imagePath, item.identity, modelId, preprocessingId))
            ++report.current;
        else if (cache.findByPath(item.imagePath, std::nullopt, modelId, preprocessingId))
            report.stale.push_back(item.imagePath);
        else
            report.missing.push_back(item.imagePath);
    }
    std::unordered_set<std::string> files;
    std::error_code problem;
    for (const auto& found : std::filesystem::directory_iterator(cache.vectorFolder(), problem)) {
        if (endsWith(found.path().filename().string(), kVectorSuffix))
            files.insert(found.path().filename().string());
    }
    if (problem && problem != std::errc::no_such_file_or_directory)
        return errnoError("cannot list the folder", cache.vectorFolder(), problem.value());
    for (const EmbeddingCache::Entry* entry : cache.entriesOf(modelId, preprocessingId)) {
        if (!paths.contains(entry->imagePath))
            report.orphans.push_back(entry->imagePath);
        if (!files.contains(entry->embeddingFile))
            report.lostVectors.push_back(entry->imagePath);
    }
    for (const std::string& file : files) {
        if (!cache.findByFile(file))
            report.strayVectors.push_back(file);
    }
    std::ranges::sort(report.strayVectors);
    return report;
}

Result<VerifyReport> verifyCache(InferenceService& service, const EmbeddingCache& cache,
                                 const std::vector<EmbeddingItem>& items, const ModelSpec& model, std::size_t sample)
{
    const std::vector<const EmbeddingItem*> chosen = sampleOf(cache, items, model, sample);
    std::vector<ImageSource> sources;
    for (const EmbeddingItem* item : chosen)
        sources.push_back(item->source);
    PS_TRY(const std::vector<Result<Embedding>> computed, service.embed(model, std::move(sources)));
    VerifyReport report;
    for (std::size_t i = 0; i < chosen.size(); ++i)
        compare(cache, *chosen[i], model, computed[i], report);
    return report;
}

} // namespace ps
