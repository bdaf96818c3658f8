// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/picture_cache.h"

namespace ps {

std::shared_ptr<const Picture> PictureCache::find(const PictureKey& key)
{
    const auto found = m_entries.constFind(key);
    if (found == m_entries.constEnd())
        return nullptr;
    m_byAge.splice(m_byAge.begin(), m_byAge, found->age);
    return found->picture;
}

void PictureCache::insert(const PictureKey& key, std::shared_ptr<const Picture> picture)
{
    if (const auto known = m_entries.find(key); known != m_entries.end())
        remove(known);
    m_bytes += picture->image.sizeInBytes();
    m_byAge.push_front(key);
    m_entries.insert(key, {std::move(picture), m_byAge.begin()});
    evict();
}

void PictureCache::removeFailures()
{
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (entry->picture->error) {
            m_byAge.erase(entry->age);
            entry = m_entries.erase(entry);
        } else {
            ++entry;
        }
    }
}

void PictureCache::clear()
{
    m_entries.clear();
    m_byAge.clear();
    m_bytes = 0;
}

void PictureCache::setBudget(qsizetype bytes)
{
    m_budgetBytes = bytes;
    evict();
}

void PictureCache::remove(QHash<PictureKey, Entry>::iterator entry)
{
    m_bytes -= entry->picture->image.sizeInBytes();
    m_byAge.erase(entry->age);
    m_entries.erase(entry);
}

void PictureCache::evict()
{
    while ((m_bytes > m_budgetBytes || m_entries.size() > kMaxEntries) && m_entries.size() > 1)
        remove(m_entries.find(m_byAge.back()));
}

} // namespace ps
