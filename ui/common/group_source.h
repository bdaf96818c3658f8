// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/catalogue.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <optional>
#include <vector>

namespace ps {

class ProjectController;

/// The list of groups as views read it: any entry at any time, from memory. A page that is not there is asked for and
/// arrives later; memory is bounded by the number of kept pages.
/// Thread: UI.
class GroupSource : public QObject
{
    Q_OBJECT

public:
    GroupSource(ProjectController& controller, QObject* parent);

    std::int64_t count() const { return m_count; }
    /// The entry if it is in memory; otherwise nothing, and changed() follows.
    std::optional<GroupEntry> entry(std::int64_t ordinal);
    /// A decision that is not durable yet shows at once, in outline, until it is or has failed.
    void markPending(const QString& groupKey, GroupState state);
    bool isPending(std::int64_t ordinal) const;
    qsizetype pendingCount() const { return m_pending.size(); }
    /// Decisions that could not be stored and were not made again since.
    qsizetype failedCount() const { return m_failed.size(); }

Q_SIGNALS:
    void changed();
    void reset();

private:
    static constexpr std::int64_t kPageEntries = 128;
    static constexpr qsizetype kMaxPages = 64;

    struct Page {
        std::vector<GroupEntry> entries; ///< empty while it is on its way
        std::uint64_t lastUse = 0;
        bool isStale = false;
    };
    void onPageRead(std::int64_t first, const std::vector<GroupEntry>& entries);
    void onGroupsChanged(const QStringList& keys);
    void setState(const std::string& groupKey, GroupState state);
    void settle(const QString& groupKey, bool isStored);
    const GroupEntry* known(std::int64_t ordinal) const;

    ProjectController& m_controller;
    std::int64_t m_count = 0;
    QHash<std::int64_t, Page> m_pages;    ///< by number
    QHash<QString, GroupState> m_pending; ///< by group key: positions change when groups are split
    QSet<QString> m_failed;
    std::uint64_t m_clock = 0;
};

} // namespace ps
