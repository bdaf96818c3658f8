// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/thumbnail_service.h"
#include "core/library/project_session.h"

#include <functional>
#include <mutex>
#include <vector>

namespace ps {

/// What thumbnails found out on the way, until somebody puts it into a catalogue. Bounded: what comes while it is full is
/// dropped, and is measured again another time.
/// Threads: every function may be called from any.
class MeasureInbox
{
public:
    /// Takes up one picture. Does not block.
    void put(const ThumbnailService::Surveyed& one);
    /// Everything that has come since the last call.
    std::vector<ThumbnailService::Surveyed> take();
    /// `onFilled` is called when something comes into the empty inbox, on the thread that puts it there and with the inbox
    /// locked: it only passes the news on. After setOnFilled({}) it is not called any more.
    void setOnFilled(std::function<void()> onFilled);

private:
    std::mutex m_mutex;
    std::vector<ThumbnailService::Surveyed> m_waiting; // guarded by m_mutex
    std::function<void()> m_onFilled;                  // guarded by m_mutex
};

/// Puts the measures of these pictures into the catalogue of the session, in one transaction. Blocks.
Result<void> recordMeasures(const ProjectSession& session, const std::vector<ThumbnailService::Surveyed>& pictures);

} // namespace ps
