// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/thumbnail_store.h"

#include "core/base/log.h"

#include <algorithm>
#include <vector>

namespace ps {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxWaitingBytes = std::size_t{64} << 20;
constexpr std::size_t kMaxBatch = 256;
constexpr auto kGatherTime = 100ms; ///< what comes within it shares a transaction

} // namespace

ThumbnailStore::ThumbnailStore(ThumbnailCache::Options options)
    : m_options(std::move(options)), m_thread([this](std::stop_token stop) { serve(std::move(stop)); })
{
}

ThumbnailStore::~ThumbnailStore()
{
    m_thread.request_stop();
    m_thread.join();
}

void ThumbnailStore::put(ThumbnailCache::Entry entry)
{
    const std::lock_guard lock(m_mutex);
    const std::size_t byteCount = entry.thumbnail.bytes.size();
    if (m_waitingBytes + byteCount > kMaxWaitingBytes)
        return;
    m_waitingBytes += byteCount;
    m_waiting.entries.push_back(std::move(entry));
    m_changed.notify_all();
}

void ThumbnailStore::remove(ContentIdentity identity)
{
    const std::lock_guard lock(m_mutex);
    m_waiting.removals.push_back(std::move(identity));
    m_changed.notify_all();
}

void ThumbnailStore::waitUntilIdle()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_waiting.isEmpty() && !m_isWriting; });
}

void ThumbnailStore::run(std::function<void(ThumbnailCache*)> task)
{
    const std::lock_guard lock(m_mutex);
    m_waiting.tasks.push_back(std::move(task));
    m_changed.notify_all();
}

void ThumbnailStore::serve(std::stop_token stop)
{
    std::optional<ThumbnailCache> cache;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, stop, [&] { return !m_waiting.isEmpty(); });
        if (m_waiting.isEmpty())
            return;
        m_changed.wait_for(lock, stop, kGatherTime, [&] { return m_waiting.entries.size() >= kMaxBatch; });
        Work work = std::exchange(m_waiting, {});
        m_waitingBytes = 0;
        m_isWriting = true;
        lock.unlock();
        if (!cache) {
            if (auto opened = ThumbnailCache::open(m_options))
                cache = *std::move(opened);
            else
                qCWarning(logStore, "no thumbnail cache: %s", opened.error().describe().c_str());
        }
        if (cache)
            write(*cache, work);
        for (const auto& task : work.tasks)
            task(cache ? &*cache : nullptr);
        lock.lock();
        m_isWriting = false;
        m_changed.notify_all();
    }
}

void ThumbnailStore::write(ThumbnailCache& cache, Work& work)
{
    const auto report = [](const Result<void>& outcome) {
        if (!outcome)
            qCWarning(logStore, "a thumbnail is not kept: %s", outcome.error().describe().c_str());
    };
    for (const ContentIdentity& identity : work.removals)
        report(cache.remove(identity));
    std::vector<ThumbnailCache::Entry> entries(std::make_move_iterator(work.entries.begin()),
                                               std::make_move_iterator(work.entries.end()));
    for (std::span<const ThumbnailCache::Entry> rest = entries; !rest.empty();) {
        const std::size_t count = std::min(rest.size(), kMaxBatch);
        report(cache.store(rest.first(count)));
        rest = rest.subspan(count);
    }
}

} // namespace ps
