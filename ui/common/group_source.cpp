// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/group_source.h"

#include "ui/common/error_text.h"
#include "ui/common/least_recent.h"
#include "ui/common/project_controller.h"

#include <algorithm>

namespace ps {

GroupSource::GroupSource(ProjectController& controller, QObject* parent) : QObject(parent), m_controller(controller)
{
    connect(&controller, &ProjectController::pageRead, this, &GroupSource::onPageRead);
    connect(&controller, &ProjectController::groupsChanged, this, &GroupSource::onGroupsChanged);
    connect(&controller, &ProjectController::decided, this, [this](const QString& key) { settle(key, true); });
    connect(&controller, &ProjectController::decisionFailed, this, [this](const QString& key) { settle(key, false); });
    const auto startAnew = [this] {
        m_pages.clear();
        m_count = m_controller.counts().total();
        Q_EMIT reset();
    };
    connect(&controller, &ProjectController::groupsReset, this, startAnew);
    connect(&controller, &ProjectController::closed, this, [this, startAnew] {
        m_pending.clear();
        m_failed.clear();
        startAnew();
    });
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
        keepMostRecent(m_pages, kMaxPages);
    }
    const Page& now = m_pages[number];
    const auto index = static_cast<std::size_t>(ordinal % kPageEntries);
    if (index >= now.entries.size())
        return std::nullopt;
    GroupEntry entry = now.entries[index];
    if (const auto pending = m_pending.constFind(fromCore(entry.key)); pending != m_pending.constEnd())
        entry.state = *pending;
    return entry;
}

const GroupEntry* GroupSource::known(std::int64_t ordinal) const
{
    const auto page = m_pages.constFind(ordinal / kPageEntries);
    const auto index = static_cast<std::size_t>(ordinal % kPageEntries);
    return page != m_pages.constEnd() && index < page->entries.size() ? &page->entries[index] : nullptr;
}

bool GroupSource::isPending(std::int64_t ordinal) const
{
    const GroupEntry* const entry = known(ordinal);
    return entry != nullptr && m_pending.contains(fromCore(entry->key));
}

void GroupSource::markPending(const QString& groupKey, GroupState state)
{
    m_pending.insert(groupKey, state);
    Q_EMIT changed();
}

void GroupSource::setState(const std::string& groupKey, GroupState state)
{
    for (Page& page : m_pages) {
        const auto found = std::ranges::find(page.entries, groupKey, &GroupEntry::key);
        if (found != page.entries.end())
            found->state = state;
    }
}

void GroupSource::settle(const QString& groupKey, bool isStored)
{
    const auto pending = m_pending.constFind(groupKey);
    if (isStored && pending != m_pending.constEnd())
        setState(groupKey.toStdString(), *pending); // until the page is read again
    m_pending.remove(groupKey);
    if (isStored)
        m_failed.remove(groupKey);
    else
        m_failed.insert(groupKey);
    Q_EMIT changed();
}

void GroupSource::onPageRead(std::int64_t first, const std::vector<GroupEntry>& entries)
{
    const auto page = m_pages.find(first / kPageEntries);
    if (page == m_pages.end())
        return; // dropped meanwhile
    if (entries.empty()) {
        m_pages.erase(page); // asked for again by the next look
        return;
    }
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

} // namespace ps
