// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/embedding_run.h"

#include "core/base/sha256.h"
#include "core/base/text.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace ps {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kBatchesPerWorker = 2; ///< one that is worked on and one that waits
constexpr auto kReportEvery = std::chrono::milliseconds(200);
constexpr std::size_t kShardDigits = 15; ///< of the hash of a path: 60 bits

/// How fast it went lately: an average over the last few seconds, so that one slow image does not make it jump.
class RateMeter
{
public:
    void note(std::int64_t computed)
    {
        const auto now = SteadyClock::now();
        m_samples.emplace_back(now, computed);
        while (m_samples.size() > 2 && now - m_samples.front().first > std::chrono::seconds(10))
            m_samples.pop_front();
    }
    double perSecond() const
    {
        const std::chrono::duration<double> time = m_samples.back().first - m_samples.front().first;
        return time.count() > 0 ? static_cast<double>(m_samples.back().second - m_samples.front().second) / time.count()
                                : 0;
    }

private:
    std::deque<std::pair<SteadyClock::time_point, std::int64_t>> m_samples;
};

class EmbeddingRun
{
public:
    EmbeddingRun(InferenceService& service, EmbeddingCache& cache, const EmbeddingRunOptions& options,
                 std::stop_token stop)
        : m_service(service), m_cache(cache), m_options(options), m_stop(std::move(stop)),
          m_modelId(options.model.id()), m_preprocessingId(options.model.preprocessing.id()),
          m_batch(std::clamp<std::size_t>(options.batch, 1, InferenceService::kMaxBatch))
    {
    }

    /// Waits for what is with the workers: their answers come here.
    ~EmbeddingRun()
    {
        std::unique_lock lock(m_mutex);
        for (const auto& [id, items] : m_open)
            m_service.cancel(id);
        m_changed.wait(lock, [&] { return m_openCount == 0; });
    }

    Result<EmbeddingProgress> run(const std::vector<EmbeddingItem>& items)
    {
        for (const EmbeddingItem& item : items) {
            if (m_options.shard.contains(item.imagePath))
                m_mine.push_back(&item);
        }
        m_progress.total = static_cast<std::int64_t>(m_mine.size());
        countSizes();
        auto outcome = goThrough();
        // What is done stays done, whatever stopped the rest.
        PS_TRY_VOID(m_cache.flush());
        PS_TRY_VOID(std::move(outcome));
        report(true);
        return m_progress;
    }

private:
    using Answer = Result<std::vector<Result<Embedding>>>;
    struct Work {
        const EmbeddingItem* item = nullptr;
        std::string sha256; ///< known beforehand when another file has the same size
    };
    struct Finished {
        std::vector<Work> works;
        Answer answer;
    };

    /// Only files of equal size can have equal content, so only they are hashed beforehand.
    void countSizes()
    {
        for (const EmbeddingCache::Entry* entry : m_cache.entriesOf(m_modelId, m_preprocessingId))
            ++m_sizeCounts[entry->identity.sizeBytes];
        for (const EmbeddingItem* item : m_mine)
            ++m_sizeCounts[item->identity.sizeBytes];
    }

    Result<void> goThrough()
    {
        for (const EmbeddingItem* item : m_mine) {
            PS_TRY_VOID(checkStop());
            PS_TRY_VOID(consider(*item));
            PS_TRY_VOID(takeFinished());
            report(false);
        }
        PS_TRY_VOID(launch());
        PS_TRY_VOID(waitForRoom(0));
        // Twins of images that were with the workers when they were met.
        std::vector<Work> twins;
        twins.swap(m_twins);
        for (Work& twin : twins) {
            PS_TRY(const bool isCopied, copyKnown(twin));
            if (!isCopied) // the first of them failed
                PS_TRY_VOID(enqueue(std::move(twin)));
        }
        PS_TRY_VOID(launch());
        return waitForRoom(0);
    }

    Result<void> checkStop() const
    {
        if (m_stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the work was cancelled", {}, 0};
        return {};
    }

    Result<void> consider(const EmbeddingItem& item)
    {
        const auto isKnown = m_cache.findByPath(item.imagePath, item.identity, m_modelId, m_preprocessingId);
        if (isKnown && !m_options.computesAnew) {
            ++m_progress.kept;
            return {};
        }
        Work work{&item, {}};
        if (m_sizeCounts[item.identity.sizeBytes] > 1 && !m_options.computesAnew) {
            work.sha256 = hashOf(item);
            PS_TRY(const bool isCopied, copyKnown(work));
            if (isCopied)
                return {};
            if (!work.sha256.empty() && !m_underway.insert(work.sha256).second) {
                m_twins.push_back(std::move(work));
                return {};
            }
        }
        return enqueue(std::move(work));
    }

    /// "" when it cannot be read, which the worker's answer will explain.
    static std::string hashOf(const EmbeddingItem& item)
    {
        const auto image = item.source.open(ImageLimits().maxFileBytes);
        if (!image || !isUnchanged(item.identity, image->identity))
            return {};
        auto hash = sha256OfFile(image->file->get());
        return hash && image->checkUnchanged() ? *std::move(hash) : std::string();
    }

    /// Takes the embedding of another file with the same content.
    Result<bool> copyKnown(const Work& work)
    {
        if (work.sha256.empty())
            return false;
        const EmbeddingCache::Entry* const entry = m_cache.findByContent(work.sha256, m_modelId, m_preprocessingId);
        if (!entry)
            return false;
        const auto embedding = m_cache.loadEmbedding(*entry);
        if (!embedding) // its file is gone or damaged: compute it again
            return false;
        PS_TRY_VOID(m_cache.add(m_options.model, work.item->imagePath, work.item->identity, *embedding));
        ++m_progress.copied;
        return true;
    }

    Result<void> enqueue(Work work)
    {
        m_next.push_back(std::move(work));
        return m_next.size() < m_batch ? Result<void>() : launch();
    }

    Result<void> launch()
    {
        if (m_next.empty())
            return {};
        PS_TRY_VOID(waitForRoom(kBatchesPerWorker * m_service.workerCount() - 1));
        auto works = std::make_shared<std::vector<Work>>(std::exchange(m_next, {}));
        std::vector<ImageSource> images;
        for (const Work& work : *works)
            images.push_back(work.item->source);
        const std::lock_guard lock(m_mutex); // the answer must not be noted before the question
        ++m_openCount;
        const JobId id = m_service.requestEmbeddings(m_options.model, std::move(images), m_options.priority,
                                                     [this, works](Answer answer) {
                                                         const std::lock_guard guard(m_mutex);
                                                         m_finished.push_back({std::move(*works), std::move(answer)});
                                                         --m_openCount;
                                                         m_changed.notify_all();
                                                     });
        m_open.emplace_back(id, works);
        while (m_open.size() > 4 * kBatchesPerWorker * m_service.workerCount())
            m_open.pop_front(); // long over
        return {};
    }

    /// Until at most so many requests are with the workers; puts away what has come meanwhile.
    Result<void> waitForRoom(std::size_t most)
    {
        for (;;) {
            {
                std::unique_lock lock(m_mutex);
                m_changed.wait_for(lock, m_stop, kReportEvery,
                                   [&] { return m_openCount <= most || !m_finished.empty(); });
                if (m_openCount <= most && m_finished.empty())
                    return {};
            }
            PS_TRY_VOID(checkStop());
            PS_TRY_VOID(takeFinished());
            report(false);
        }
    }

    Result<void> takeFinished()
    {
        std::deque<Finished> finished;
        {
            const std::lock_guard lock(m_mutex);
            finished.swap(m_finished);
        }
        for (Finished& batch : finished) {
            if (!batch.answer)
                return batch.answer.error();
            for (std::size_t i = 0; i < batch.works.size(); ++i)
                PS_TRY_VOID(put(*batch.works[i].item, (*batch.answer)[i]));
        }
        return {};
    }

    Result<void> put(const EmbeddingItem& item, const Result<Embedding>& embedding)
    {
        if (!embedding) {
            ++m_progress.failed;
            if (m_options.onProblem) {
                Error problem = embedding.error();
                problem.context = item.imagePath;
                m_options.onProblem(problem);
            }
            return {};
        }
        ++m_progress.computed;
        return m_cache.add(m_options.model, item.imagePath, item.identity, *embedding);
    }

    void report(bool isLast)
    {
        const auto now = SteadyClock::now();
        if (!isLast && now - m_reportedAt < kReportEvery)
            return;
        m_reportedAt = now;
        m_rate.note(m_progress.computed);
        m_progress.imagesPerSecond = m_rate.perSecond();
        const auto left = static_cast<double>(m_progress.total - m_progress.done());
        m_progress.secondsLeft = m_progress.imagesPerSecond > 0 ? left / m_progress.imagesPerSecond : 0;
        if (m_options.onProgress)
            m_options.onProgress(m_progress);
    }

    InferenceService& m_service;
    EmbeddingCache& m_cache;
    const EmbeddingRunOptions& m_options;
    std::stop_token m_stop;
    std::string m_modelId;
    std::string m_preprocessingId;
    std::size_t m_batch;

    std::vector<const EmbeddingItem*> m_mine;
    std::unordered_map<std::int64_t, std::int64_t> m_sizeCounts;
    std::unordered_set<std::string> m_underway; ///< hashes that somebody computes
    std::vector<Work> m_next;
    std::vector<Work> m_twins;
    EmbeddingProgress m_progress;
    RateMeter m_rate;
    SteadyClock::time_point m_reportedAt = SteadyClock::now() - kReportEvery;

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::size_t m_openCount = 0;                                             // guarded by m_mutex
    std::deque<std::pair<JobId, std::shared_ptr<std::vector<Work>>>> m_open; // guarded by m_mutex
    std::deque<Finished> m_finished;                                         // guarded by m_mutex
};

} // namespace

bool EmbeddingShard::contains(std::string_view imagePath) const
{
    if (count <= 1)
        return true;
    std::uint64_t number = 0;
    for (const char digit : sha256Hex(imagePath).substr(0, kShardDigits))
        number = number * 16 + static_cast<std::uint64_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    return number % count == index;
}

std::string EmbeddingShard::name() const
{
    return count <= 1 ? std::string() : "shard-" + std::to_string(index) + "-of-" + std::to_string(count);
}

std::optional<EmbeddingShard> EmbeddingShard::fromText(std::string_view text)
{
    const std::vector<std::string> parts = split(text, '/');
    if (parts.size() != 2)
        return std::nullopt;
    const auto index = parseInteger(parts[0]);
    const auto count = parseInteger(parts[1]);
    if (!index || !count || *index < 0 || *index >= *count)
        return std::nullopt;
    return EmbeddingShard{static_cast<std::uint64_t>(*index), static_cast<std::uint64_t>(*count)};
}

Result<EmbeddingProgress> embedImages(InferenceService& service, EmbeddingCache& cache,
                                      const std::vector<EmbeddingItem>& items, const EmbeddingRunOptions& options,
                                      std::stop_token stop)
{
    return EmbeddingRun(service, cache, options, std::move(stop)).run(items);
}

} // namespace ps
