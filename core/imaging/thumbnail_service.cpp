// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/thumbnail_service.h"

#include "core/base/cache_folder.h"
#include "core/base/log.h"
#include "core/imaging/desktop_thumbnails.h"
#include "core/imaging/survey_protocol.h"

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kMaxRound = 2 * kMaxThumbnailBatch;

Error cancelledError()
{
    return {ErrorCode::Cancelled, "the work was cancelled", {}, 0};
}

/// A token whose stop was requested: what waits is taken, nothing is waited for.
std::stop_token atOnce()
{
    std::stop_source source;
    source.request_stop();
    return source.get_token();
}

std::string desktopCacheFolder()
{
    std::string folder = userCacheFolder() + "/thumbnails";
    return ::access(folder.c_str(), R_OK | X_OK) == 0 ? folder : std::string();
}

} // namespace

ThumbnailService::ThumbnailService(ImageService& images, Options options)
    : m_images(images), m_options(std::move(options)), m_budget(m_options.cache.budgetBytes),
      m_desktopCache(m_options.usesDesktopCache ? desktopCacheFolder() : std::string()),
      m_store(std::make_unique<ThumbnailStore>(m_options.cache)),
      m_thread([this](std::stop_token stop) { lookUpAll(std::move(stop)); })
{
}

ThumbnailService::~ThumbnailService()
{
    m_queue.close();
    m_thread.request_stop();
    m_thread.join();
    for (const Priority priority : {Priority::Visible, Priority::Ahead, Priority::Background})
        cancelFlights(priority);
    std::unique_lock lock(m_mutex);
    m_landed.wait(lock, [&] { return m_flights.empty(); });
}

JobId ThumbnailService::request(ImageSource source, FileIdentity identity, ThumbnailClass size, Priority priority,
                                Callback<Pixels> done, std::string path)
{
    Request request{std::move(source), {identity, {}}, size, priority, std::move(done), std::move(path), 0};
    return m_queue.push(priority, std::make_shared<Request>(std::move(request)));
}

bool ThumbnailService::cancel(JobId id)
{
    if (m_queue.cancel(id))
        return true;
    std::optional<JobId> poolJob;
    {
        const std::lock_guard lock(m_mutex);
        const auto flight = m_flights.find(id);
        if (flight == m_flights.end())
            return false;
        flight->second.isCancelled = true;
        poolJob = flight->second.poolJob;
    }
    if (poolJob)
        m_images.cancel(*poolJob);
    return true;
}

std::size_t ThumbnailService::cancelAll(Priority priority)
{
    return m_queue.cancelAll(priority) + cancelFlights(priority);
}

std::size_t ThumbnailService::cancelFlights(Priority priority)
{
    std::vector<JobId> poolJobs;
    std::size_t count = 0;
    {
        const std::lock_guard lock(m_mutex);
        for (auto& [id, flight] : m_flights) {
            if (flight.priority != priority)
                continue;
            ++count;
            flight.isCancelled = true;
            if (flight.poolJob)
                poolJobs.push_back(*flight.poolJob);
        }
    }
    for (const JobId job : poolJobs)
        m_images.cancel(job);
    return count;
}

void ThumbnailService::keep(ThumbnailCache::Entry entry)
{
    m_store->put(std::move(entry));
}

void ThumbnailService::setCacheBudget(std::int64_t bytes)
{
    m_budget = bytes;
    m_store->run([bytes](ThumbnailCache* cache) {
        if (cache)
            cache->setBudget(bytes);
    });
}

void ThumbnailService::requestCacheFigures(Callback<ThumbnailCache::Figures> done)
{
    m_store->run([done = std::move(done)](ThumbnailCache* cache) {
        done(cache ? cache->figures()
                   : Result<ThumbnailCache::Figures>(Error{ErrorCode::Io, "there is no thumbnail cache", {}, 0}));
    });
}

void ThumbnailService::emptyCache(Callback<ThumbnailCache::Figures> done)
{
    m_store->run([done = std::move(done)](ThumbnailCache* cache) {
        const auto cleared = cache ? cache->clear()
                                   : Result<void>(Error{ErrorCode::Io, "there is no thumbnail cache", {}, 0});
        done(cleared ? cache->figures() : Result<ThumbnailCache::Figures>(cleared.error()));
    });
}

void ThumbnailService::waitUntilStored()
{
    m_store->waitUntilIdle();
}

// ---- the thread of the look-ups ------------------------------------------------------------------------------------

void ThumbnailService::lookUpAll(std::stop_token stop)
{
    std::optional<ThumbnailCache> cache;
    if (auto opened = ThumbnailCache::open(m_options.cache))
        cache = *std::move(opened);
    else
        qCWarning(logStore, "no thumbnail cache: %s", opened.error().describe().c_str());
    for (;;) {
        std::vector<Queue::Entry> entries = takeSome(stop);
        if (entries.empty())
            break;
        serve(std::move(entries), cache);
    }
    if (cache) {
        cache->setBudget(m_budget);
        discard(cache->flushUses(), "the uses of the last minutes only make eviction a little better");
    }
}

std::vector<ThumbnailService::Queue::Entry> ThumbnailService::takeSome(const std::stop_token& stop)
{
    std::vector<Queue::Entry> entries;
    for (auto entry = m_queue.pop(stop); entry; entry = m_queue.pop(atOnce())) {
        entries.push_back(*std::move(entry));
        if (entries.size() == kMaxRound)
            break;
    }
    return entries;
}

void ThumbnailService::serve(std::vector<Queue::Entry> entries, std::optional<ThumbnailCache>& cache)
{
    std::vector<Hit> hits;
    for (Queue::Entry& entry : entries) {
        const SharedRequest request = std::move(entry.job);
        request->id = entry.id;
        {
            const std::lock_guard lock(m_mutex);
            m_flights.emplace(request->id, Flight{request->priority, std::nullopt, false});
        }
        if (entry.isCancelled) {
            answer(request, cancelledError());
            continue;
        }
        const bool isKnown = request->identity.file != FileIdentity{};
        auto thumbnail = cache && isKnown ? cache->find(request->identity, request->size) : std::nullopt;
        if (thumbnail)
            hits.push_back({request, *std::move(thumbnail)});
        else
            make(request);
    }
    decodeHits(std::move(hits));
}

/// Batches of requests that are alike, small enough that two workers share what there is.
void ThumbnailService::decodeHits(std::vector<Hit> hits)
{
    std::ranges::stable_sort(hits, {},
                             [](const Hit& hit) { return std::pair(hit.request->priority, hit.request->size); });
    const std::size_t most = std::clamp<std::size_t>((hits.size() + 1) / 2, 1, kMaxThumbnailBatch);
    std::vector<Hit> batch;
    for (Hit& hit : hits) {
        const bool isAlike = batch.empty() || (batch.front().request->priority == hit.request->priority &&
                                               batch.front().request->size == hit.request->size);
        if (batch.size() == most || !isAlike)
            decodeBatch(std::exchange(batch, {}));
        batch.push_back(std::move(hit));
    }
    if (!batch.empty())
        decodeBatch(std::move(batch));
}

void ThumbnailService::decodeBatch(std::vector<Hit> hits)
{
    const Priority priority = hits.front().request->priority;
    const ThumbnailClass size = hits.front().request->size;
    std::vector<SharedRequest> requests;
    std::vector<CachedThumbnail> thumbnails;
    for (Hit& hit : hits) {
        thumbnails.push_back({std::move(hit.thumbnail), hit.request->source});
        requests.push_back(std::move(hit.request));
    }
    m_images.requestThumbnails(std::move(thumbnails), size, priority,
                               [this, requests = std::move(requests)](Result<std::vector<Result<Pixels>>> outcome) {
                                   for (std::size_t i = 0; i < requests.size(); ++i)
                                       finishHit(requests[i],
                                                 outcome ? std::move((*outcome)[i]) : Result<Pixels>(outcome.error()));
                               });
}

/// A thumbnail that is of no use is made anew.
void ThumbnailService::finishHit(const SharedRequest& request, Result<Pixels> outcome)
{
    const ErrorCode code = outcome ? ErrorCode::Internal : outcome.error().code;
    const bool isOutdated = !outcome && code == ErrorCode::Conflict;
    const bool isDamaged = !outcome && (code == ErrorCode::Corrupt || code == ErrorCode::Unsupported ||
                                        code == ErrorCode::TooLarge || code == ErrorCode::WorkerCrashed ||
                                        code == ErrorCode::Timeout || code == ErrorCode::InvalidInput);
    if (isOutdated || isDamaged) {
        m_store->remove(request->identity);
        survey(request);
    } else {
        answer(request, std::move(outcome));
    }
}

// ---- pictures that are not in the cache ----------------------------------------------------------------------------

void ThumbnailService::make(const SharedRequest& request)
{
    // What runs in the background wants the measures, which the desktop's thumbnail does not have.
    const bool mayAdopt = !m_desktopCache.empty() && request->priority != Priority::Background;
    if (!mayAdopt || !adopt(request))
        survey(request);
}

bool ThumbnailService::adopt(const SharedRequest& request)
{
    const std::string uri = fileUri(request->source.absolutePath());
    UniqueFd png = openDesktopThumbnail(m_desktopCache, uri, request->size);
    if (!png.isOpen())
        return false;
    launched(request, m_images.requestAdoption(request->source, std::move(png), uri, request->size, request->priority,
                                               [this, request](Result<SurveyResult> outcome) {
                                                   if (outcome)
                                                       finishSurvey(request, std::move(outcome), false);
                                                   else
                                                       survey(request);
                                               }));
    return true;
}

void ThumbnailService::survey(const SharedRequest& request)
{
    launched(request, m_images.requestSurvey(request->source, {request->size, false, false}, request->priority,
                                             [this, request](Result<SurveyResult> outcome) {
                                                 finishSurvey(request, std::move(outcome), true);
                                             }));
}

void ThumbnailService::finishSurvey(const SharedRequest& request, Result<SurveyResult> outcome, bool isMeasured)
{
    if (!outcome) {
        answer(request, std::move(outcome).error());
        return;
    }
    const ImageInfo& info = outcome->pixels.info();
    m_store->put({{info.identity, outcome->measures.sha256}, request->size, {std::move(outcome->thumbnail), info}});
    if (isMeasured && m_options.onSurveyed)
        m_options.onSurveyed({request->path, info, std::move(outcome->measures)});
    answer(request, std::move(outcome->pixels));
}

/// Notes which job of the pool a request waits for; it may be over by now, or nobody may want it any more.
void ThumbnailService::launched(const SharedRequest& request, JobId poolJob)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto flight = m_flights.find(request->id);
        if (flight == m_flights.end())
            return;
        flight->second.poolJob = poolJob;
        if (!flight->second.isCancelled)
            return;
    }
    m_images.cancel(poolJob);
}

void ThumbnailService::answer(const SharedRequest& request, Result<Pixels> outcome)
{
    request->done(std::move(outcome));
    const std::lock_guard lock(m_mutex);
    m_flights.erase(request->id);
    m_landed.notify_all();
}

} // namespace ps
