// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/picture_loader.h"
#include "ui/common/project_controller.h"
#include "ui/common/read_ahead_plan.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <functional>
#include <vector>

namespace ps {

class GroupSource;

/// Has the groups around the current one at hand before they are shown: what the catalogue says of them, and their
/// pictures at the size at which they will be painted. Planned anew with every move; what is out of the plan is dropped.
/// Thread: UI. Memory: the groups of one plan, and pictures within the budget of the loader.
class ReadAhead : public QObject
{
    Q_OBJECT

public:
    ReadAhead(ProjectController& controller, GroupSource& source, PictureLoader& loader, QObject* parent);

    /// What would be painted of a group were it shown now, in the order of importance.
    using WishesFor = std::function<std::vector<PictureWish>(const GroupDetail&, Priority)>;
    /// `fitted` are the pictures of every candidate; `zoomed` those that are needed besides while somebody looks closer,
    /// which are fetched for the likeliest next group only.
    void setWishes(WishesFor fitted, WishesFor zoomed);

    /// The group is shown now, or is about to be.
    void moveTo(std::int64_t ordinal);
    /// The pictures are painted at another size, or more closely. Cheap: many calls make one plan.
    void replan() { m_replanning.start(); }
    /// Reads a group that is not known, or not as it is now; ProjectController::groupRead follows.
    void read(std::int64_t ordinal);
    /// The group if it has been read.
    const ReviewedGroup* known(std::int64_t ordinal) const;
    /// The nearest group after the current one that is undecided, as far as the list is in memory.
    std::optional<std::int64_t> nextUndecided() const;

    void forget(std::int64_t ordinal) { m_known.remove(ordinal); }
    void forgetAll();
    qsizetype knownCount() const { return m_known.size(); }

private:
    void onGroupRead(std::int64_t ordinal, const ReviewedGroup& group);
    void onGroupsChanged(const QStringList& keys);
    void readAgain(const QStringList& keys);
    std::vector<std::int64_t> undecidedAhead(std::size_t count) const;
    std::int64_t costOf(std::int64_t ordinal) const;
    void makePlan();
    void readMissingGroups();
    void tellWishes();

    ProjectController& m_controller;
    GroupSource& m_source;
    PictureLoader& m_loader;
    WishesFor m_fitted;
    WishesFor m_zoomed;
    std::int64_t m_ordinal = -1;
    bool m_isForward = true;
    ReadAheadPlan m_plan;
    QHash<std::int64_t, ReviewedGroup> m_known;
    QSet<std::int64_t> m_asked; ///< groups that are being read
    QTimer m_replanning;
};

} // namespace ps
