// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/group_source.h"

#include "ui/common/error_text.h"
#include "ui/common/project_controller.h"

#include <algorithm>

namespace ps {

GroupSource::GroupSource(ProjectController& controller, QObject* parent) : QObject(parent), m_controller(controller)
{
    connect(&controller, &ProjectController::pageRead, this, &GroupSource::onPageRead);
    connect(&controller, &ProjectController::groupsChanged, this, &GroupSource::onGroupsChanged);
    const auto startAnew = [this] {
        m_pages.clear();
        m_pending.clear();
        m_count = m_controller.counts().total();
        Q_EMIT reset();
    };
    connect(&controller, &ProjectController::groupsReset, this, startAnew);
    connect(&controller, &ProjectController::closed, this, startAnew);
    connect(&controller, &ProjectController::countsChanged, this, [this, startAnew] {
        if (m_count != m_controller.counts().total())
            startAnew();
    });
}

std::optional<GroupEntry> GroupSource::entry(std::int64_t ordinal)
{
    if (ordinal < 0 || ordinal >= m_count)
        return std::nullopt;
    const std::int64_t number = ordinal / kPageEntries;
    const bool isKnown = m_pages.contains(number);
    Page& page = m_pages[number];
    page.lastUse = ++m_clock;
    if (!isKnown || page.isStale) {
        page.isStale = false;
        m_controller.requestPage(number * kPageEntries, kPageEntries);
        evict();
    }
    const Page& now = m_pages[number];
    const auto index = static_cast<std::size_t>(ordinal % kPageEntries);
    if (index >= now.entries.size())
        return std::nullopt;
    GroupEntry entry = now.entries[index];
    if (const auto pending = m_pending.find(ordinal); pending != m_pending.end())
        entry.state = pending->state;
    return entry;
}

void GroupSource::markPending(std::int64_t ordinal, GroupState state)
{
    const auto known = entry(ordinal);
    if (!known)
        return;
    m_pending.insert(ordinal, {fromCore(known->key), state});
    Q_EMIT changed();
}

void GroupSource::clearPending(const QString& groupKey)
{
    m_pending.removeIf([&](const auto& item) { return item.value().groupKey == groupKey; });
    Q_EMIT changed();
}

void GroupSource::onPageRead(std::int64_t first, const std::vector<GroupEntry>& entries)
{
    const auto page = m_pages.find(first / kPageEntries);
    if (page == m_pages.end())
        return; // dropped meanwhile
    page->entries = entries;
    Q_EMIT changed();
}

void GroupSource::onGroupsChanged(const QStringList& keys)
{
    const QSet<QString> changedKeys(keys.begin(), keys.end());
    for (Page& page : m_pages) {
        page.isStale = page.isStale || std::ranges::any_of(page.entries, [&](const GroupEntry& entry) {
            return changedKeys.contains(fromCore(entry.key));
        });
    }
    Q_EMIT changed();
}

void GroupSource::evict()
{
    while (m_pages.size() > kMaxPages) {
        auto oldest = m_pages.begin();
        for (auto page = m_pages.begin(); page != m_pages.end(); ++page) {
            if (page->lastUse < oldest->lastUse)
                oldest = page;
        }
        m_pages.erase(oldest);
    }
}

} // namespace ps
