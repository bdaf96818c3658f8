// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/thumbnail_cache.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace ps {

/// Puts thumbnails into the cache on a thread of its own, many in one transaction. When they come faster than the disk
/// takes them, the newest are dropped: they are made again another time.
class ThumbnailStore
{
public:
    explicit ThumbnailStore(ThumbnailCache::Options options);
    /// Stores what waits.
    ~ThumbnailStore();
    ThumbnailStore(const ThumbnailStore&) = delete;
    ThumbnailStore& operator=(const ThumbnailStore&) = delete;

    void put(ThumbnailCache::Entry entry);
    void remove(ContentIdentity identity);
    /// Does something else with the cache, on the thread of the store and behind what came before; with nullptr when there
    /// is none.
    void run(std::function<void(ThumbnailCache*)> task);
    /// Waits until everything that came before is stored or dropped.
    void waitUntilIdle();

private:
    struct Work {
        std::deque<ThumbnailCache::Entry> entries;
        std::deque<ContentIdentity> removals;
        std::deque<std::function<void(ThumbnailCache*)>> tasks;
        bool isEmpty() const { return entries.empty() && removals.empty() && tasks.empty(); }
    };

    void serve(std::stop_token stop);
    static void write(ThumbnailCache& cache, Work& work);

    ThumbnailCache::Options m_options;
    std::mutex m_mutex; ///< guards the next four
    std::condition_variable_any m_changed;
    Work m_waiting;
    std::size_t m_waitingBytes = 0;
    bool m_isWriting = false;
    std::jthread m_thread; // last: it uses everything above
};

} // namespace ps
