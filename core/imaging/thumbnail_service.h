// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_service.h"
#include "core/imaging/thumbnail_cache.h"
#include "core/imaging/thumbnail_store.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace ps {

/// Small pictures: from the cache, or else from the desktop's cache, or else decoded, measured and stored. Look-ups run on a
/// thread of its own, many at once; pictures are decoded by the workers of the ImageService; storing has a thread of its
/// own too. Without a cache (a full disk, a read-only home) it works all the same, only slower.
/// Threads: every function may be called from any; the destructor not from a callback. The ImageService must live longer.
class ThumbnailService
{
public:
    template <typename T>
    using Callback = std::function<void(Result<T>)>;

    /// What the survey of a picture found out beside its thumbnail.
    struct Surveyed {
        std::string path; ///< what the request called the picture
        ImageInfo info;   ///< with the identity of the file that was read
        ImageMeasures measures;
    };

    struct Options {
        ThumbnailCache::Options cache;
        /// Called on a thread of the pool for every picture that had to be decoded; short, like every callback.
        std::function<void(const Surveyed&)> onSurveyed;
        bool usesDesktopCache = true; ///< reads $XDG_CACHE_HOME/thumbnails where it is valid; never writes there
    };

    ThumbnailService(ImageService& images, Options options);
    /// Cancels what is open, stores what was made, and joins. Every callback has been called when it returns.
    ~ThumbnailService();
    ThumbnailService(const ThumbnailService&) = delete;
    ThumbnailService& operator=(const ThumbnailService&) = delete;

    /// The picture within the box of the class; `identity` is the state of the file as the caller knows it: a thumbnail of
    /// any other state is never given, nor of a state that the file is no longer in. With an empty identity the cache is not
    /// asked. `path` is for onSurveyed only. `done` is called exactly once, on a thread of the pool or of the service.
    /// Errors: those of ImageService. Lifetime: pictures from the cache share memory with up to fifteen others that were
    /// asked for at the same time.
    JobId request(ImageSource source, FileIdentity identity, ThumbnailClass size, Priority priority,
                  Callback<Pixels> done, std::string path = {});

    /// Cancels a request that waits, or lets its work be dropped. False when it is neither. The callback still comes, with
    /// Cancelled or with the picture that was already on its way.
    bool cancel(JobId id);
    /// Cancels every open request of this priority and returns how many that were.
    std::size_t cancelAll(Priority priority);

    /// Keeps a thumbnail that a survey elsewhere has made. Dropped when too many wait.
    void keep(ThumbnailCache::Entry entry);
    /// How large the cache may be from now on; what is beyond it goes first when the next thumbnails come.
    void setCacheBudget(std::int64_t bytes);
    /// How much the cache holds. `done` is called on the thread of the store. Errors: Io when there is no cache.
    void requestCacheFigures(Callback<ThumbnailCache::Figures> done);
    /// Throws away what is in the cache, and says what is left.
    void emptyCache(Callback<ThumbnailCache::Figures> done);
    /// Waits until everything that was made is stored. For the end of a command and for tests.
    void waitUntilStored();

private:
    struct Request {
        ImageSource source;
        ContentIdentity identity;
        ThumbnailClass size = ThumbnailClass::Small;
        Priority priority = Priority::Visible;
        Callback<Pixels> done;
        std::string path;
        JobId id = 0;
    };
    using SharedRequest = std::shared_ptr<Request>;
    using Queue = JobQueue<SharedRequest>;
    /// A look-up that succeeded.
    struct Hit {
        SharedRequest request;
        EncodedThumbnail thumbnail;
    };

    void lookUpAll(std::stop_token stop);
    std::vector<Queue::Entry> takeSome(const std::stop_token& stop);
    void serve(std::vector<Queue::Entry> entries, std::optional<ThumbnailCache>& cache);
    void decodeHits(std::vector<Hit> hits);
    void decodeBatch(std::vector<Hit> hits);
    void finishHit(const SharedRequest& request, Result<Pixels> outcome);
    void make(const SharedRequest& request);
    bool adopt(const SharedRequest& request);
    void survey(const SharedRequest& request);
    void finishSurvey(const SharedRequest& request, Result<SurveyResult> outcome, bool isMeasured);
    void answer(const SharedRequest& request, Result<Pixels> outcome);
    std::size_t cancelFlights(Priority priority);
    void launched(const SharedRequest& request, JobId poolJob);

    ImageService& m_images;
    Options m_options;
    std::atomic<std::int64_t> m_budget; ///< of the cache, in bytes
    std::string m_desktopCache;         ///< "" when there is none
    Queue m_queue;

    /// A request that is in the pool, or about to be.
    struct Flight {
        Priority priority = Priority::Visible;
        std::optional<JobId> poolJob;
        bool isCancelled = false;
    };
    std::mutex m_mutex; ///< guards the next two
    std::condition_variable m_landed;
    std::unordered_map<JobId, Flight> m_flights;

    std::unique_ptr<ThumbnailStore> m_store;
    std::jthread m_thread; // last: it uses everything above
};

} // namespace ps
