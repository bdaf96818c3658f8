// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/snapshot_source.h"

#include "ui/common/error_text.h"
#include "ui/common/least_recent.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace ps {

SnapshotSource::SnapshotSource(PageReader& reader, QObject* parent)
    : RowSource(parent), m_reader(reader), m_snapshot(std::make_shared<const GroupSnapshot>())
{
    m_asking.setSingleShot(true);
    m_asking.setInterval(0); // everything that one paint misses is asked for together
    connect(&m_asking, &QTimer::timeout, this, &SnapshotSource::askQueued);
}

void SnapshotSource::setSnapshot(std::shared_ptr<const GroupSnapshot> snapshot, bool marksChanges)
{
    ++m_generation;
    m_snapshot = std::move(snapshot);
    m_marksChanges = marksChanges;
    m_pages.clear();
    m_queue.clear();
    m_changed.clear();
    Q_EMIT reset();
}

const GroupEntry* SnapshotSource::known(std::int64_t position) const
{
    const auto page = m_pages.constFind(position / kPageRows);
    const auto index = static_cast<std::size_t>(position % kPageRows);
    const bool isThere = position >= 0 && page != m_pages.constEnd() && index < page->rows.size();
    return isThere && page->rows[index] ? &page->rows[index]->entry : nullptr;
}

const SnapshotSource::Row* SnapshotSource::row(std::int64_t position, bool withImages)
{
    if (position < 0 || position >= count())
        return nullptr;
    const std::int64_t number = position / kPageRows;
    Page& page = m_pages[number];
    page.lastUse = ++m_clock;
    const bool isComplete = !page.rows.empty() && !page.isStale && (page.hasImages || !withImages);
    if (!isComplete && !page.isAsked) {
        m_queue[number] = m_queue.value(number) || withImages || page.hasImages;
        if (!m_asking.isActive())
            m_asking.start();
    }
    const auto index = static_cast<std::size_t>(position % kPageRows);
    return index < page.rows.size() && page.rows[index] ? &*page.rows[index] : nullptr;
}

const GroupEntry* SnapshotSource::entry(std::int64_t position)
{
    const Row* const found = row(position, false);
    return found ? &found->entry : nullptr;
}

const std::vector<GroupImage>* SnapshotSource::images(std::int64_t position)
{
    const Row* const found = row(position, true);
    return found && !found->images.empty() ? &found->images : nullptr;
}

bool SnapshotSource::isChanged(std::int64_t position) const
{
    const GroupEntry* const found = m_changed.isEmpty() ? nullptr : known(position);
    return found && m_changed.contains(fromCore(found->key));
}

std::vector<std::int64_t> SnapshotSource::sectionStarts() const
{
    std::vector<std::int64_t> starts;
    if (m_snapshot->sections().size() < 2)
        return starts; // one header over everything says nothing
    for (const GroupSection& section : m_snapshot->sections())
        starts.push_back(section.first);
    return starts;
}

QString SnapshotSource::sectionTitle(std::size_t section) const
{
    const std::string& label = m_snapshot->sections()[section].label;
    return m_titleOf ? m_titleOf(label) : fromCore(label);
}

// ---- reading -------------------------------------------------------------------------------------------------------

void SnapshotSource::askQueued()
{
    const auto queue = std::exchange(m_queue, {});
    for (auto one = queue.constBegin(); one != queue.constEnd(); ++one)
        ask(one.key(), one.value());
    keepMostRecent(m_pages, kMaxPages);
}

void SnapshotSource::ask(std::int64_t number, bool withImages)
{
    Page& page = m_pages[number];
    page.isAsked = true;
    page.isStale = false; // a change from now on asks again
    std::vector<std::int64_t> ordinals;
    const std::int64_t end = std::min(count(), (number + 1) * kPageRows);
    for (std::int64_t position = number * kPageRows; position < end; ++position)
        ordinals.push_back(m_snapshot->ordinalAt(position));
    m_reader.read(ordinals, withImages,
                  [guard = QPointer<SnapshotSource>(this), generation = m_generation, number, ordinals,
                   withImages](std::optional<PageReader::Page> answer) {
                      if (guard && guard->m_generation == generation)
                          guard->onPage(number, ordinals, withImages, std::move(answer));
                  });
}

void SnapshotSource::onPage(std::int64_t number, const std::vector<std::int64_t>& ordinals, bool withImages,
                            std::optional<PageReader::Page> answer)
{
    const auto page = m_pages.find(number);
    if (page == m_pages.end())
        return; // dropped meanwhile
    page->isAsked = false;
    if (!answer)
        return; // asked for again when somebody looks
    page->hasImages = withImages;
    page->rows.assign(ordinals.size(), std::nullopt);
    std::size_t next = 0; // what is gone is left out, so the answer is walked beside the question
    for (std::size_t i = 0; i < ordinals.size() && next < answer->entries.size(); ++i) {
        if (answer->entries[next].ordinal != ordinals[i])
            continue;
        page->rows[i] = Row{std::move(answer->entries[next]),
                            withImages ? std::move(answer->images[next]) : std::vector<GroupImage>()};
        ++next;
    }
    Q_EMIT changed();
}

void SnapshotSource::onGroupsChanged(const QStringList& keys)
{
    const QSet<QString> changedKeys(keys.begin(), keys.end());
    if (m_marksChanges)
        m_changed.unite(changedKeys);
    for (Page& page : m_pages) {
        page.isStale = page.isStale || std::ranges::any_of(page.rows, [&](const std::optional<Row>& one) {
                           return one && changedKeys.contains(fromCore(one->entry.key));
                       });
        page.isStale = page.isStale || page.isAsked; // the answer may be of before
    }
    Q_EMIT changed();
}

} // namespace ps
