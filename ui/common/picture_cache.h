// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/picture.h"

#include <QHash>

#include <list>
#include <memory>

namespace ps {

/// The pictures that were asked for last, within a budget of bytes and of entries. What could not be read is kept too, so
/// that it is not tried with every look.
/// Threads: one.
class PictureCache
{
public:
    explicit PictureCache(qsizetype budgetBytes) : m_budgetBytes(budgetBytes) {}

    /// The picture, which is the latest now; null when it is not here.
    std::shared_ptr<const Picture> find(const PictureKey& key);
    bool contains(const PictureKey& key) const { return m_entries.contains(key); }

    /// Keeps the picture as the latest one and lets go of the oldest beyond the budget, never of this one.
    void insert(const PictureKey& key, std::shared_ptr<const Picture> picture);

    /// Forgets what could not be read.
    void removeFailures();
    void clear();

    void setBudget(qsizetype bytes);
    qsizetype budgetBytes() const { return m_budgetBytes; }
    qsizetype bytes() const { return m_bytes; }
    qsizetype count() const { return m_entries.size(); }

    /// Even pictures of no size take some memory.
    static constexpr qsizetype kMaxEntries = 8192;

private:
    struct Entry {
        std::shared_ptr<const Picture> picture;
        std::list<PictureKey>::iterator age;
    };

    void remove(QHash<PictureKey, Entry>::iterator entry);
    void evict();

    QHash<PictureKey, Entry> m_entries;
    std::list<PictureKey> m_byAge; ///< the latest first
    qsizetype m_budgetBytes;
    qsizetype m_bytes = 0;
};

} // namespace ps
