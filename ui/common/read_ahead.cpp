// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/read_ahead.h"

#include "ui/common/error_text.h"
#include "ui/common/group_source.h"

namespace ps {

namespace {

/// How far ahead an undecided group is looked for in memory before the catalogue is asked.
constexpr std::int64_t kKnownAhead = 256;
/// Of the budget, so that going back and zooming find their pictures too.
constexpr std::int64_t kPlannedPart = 2;

std::int64_t bytesOf(const PictureWish& wish)
{
    const QSize box = wish.key.box;
    const ImageSize full = wish.image.size.isEmpty() ? ImageSize{box.width(), box.height()} : wish.image.size;
    const ImageSize size = fittedSize(full, {box.width(), box.height()});
    return rowBytes(size.width) * size.height;
}

std::int64_t bytesOf(const std::vector<PictureWish>& wishes)
{
    std::int64_t bytes = 0;
    for (const PictureWish& wish : wishes)
        bytes += bytesOf(wish);
    return bytes;
}

void append(std::vector<PictureWish>& list, std::vector<PictureWish> more)
{
    list.insert(list.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

} // namespace

ReadAhead::ReadAhead(ProjectController& controller, GroupSource& source, PictureLoader& loader, QObject* parent)
    : QObject(parent), m_controller(controller), m_source(source), m_loader(loader)
{
    m_replanning.setSingleShot(true);
    connect(&m_replanning, &QTimer::timeout, this, &ReadAhead::makePlan);
    connect(&controller, &ProjectController::groupRead, this, &ReadAhead::onGroupRead);
    connect(&controller, &ProjectController::groupMissing, this,
            [this](std::int64_t ordinal) { m_asked.remove(ordinal); });
    connect(&controller, &ProjectController::groupsChanged, this, &ReadAhead::onGroupsChanged);
    connect(&controller, &ProjectController::suggestionsChanged, this, [this](const QStringList& keys) {
        if (keys.isEmpty())
            forgetAll();
        else
            readAgain(keys);
    });
    connect(&controller, &ProjectController::groupsReset, this, &ReadAhead::forgetAll);
    connect(&controller, &ProjectController::closed, this, [this] {
        m_ordinal = -1;
        forgetAll();
        m_loader.want(this, {});
    });
}

void ReadAhead::setWishes(WishesFor fitted, WishesFor zoomed)
{
    m_fitted = std::move(fitted);
    m_zoomed = std::move(zoomed);
}

void ReadAhead::moveTo(std::int64_t ordinal)
{
    if (ordinal != m_ordinal)
        m_isForward = ordinal > m_ordinal;
    m_ordinal = ordinal;
    replan(); // behind the painting of what is there already
}

const ReviewedGroup* ReadAhead::known(std::int64_t ordinal) const
{
    const auto found = m_known.constFind(ordinal);
    return found != m_known.constEnd() ? &*found : nullptr;
}

std::optional<std::int64_t> ReadAhead::nextUndecided() const
{
    const auto found = undecidedAhead(1);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<std::int64_t> ReadAhead::undecidedAhead(std::size_t count) const
{
    std::vector<std::int64_t> found;
    const std::int64_t end = std::min(m_source.count(), m_ordinal + kKnownAhead);
    for (std::int64_t ordinal = m_ordinal + 1; ordinal < end && found.size() < count; ++ordinal) {
        const auto entry = m_source.entry(ordinal);
        if (!entry)
            break; // it is on its way
        if (entry->state == GroupState::Undecided)
            found.push_back(ordinal);
    }
    return found;
}

void ReadAhead::forgetAll()
{
    m_known.clear();
    m_asked.clear();
}

void ReadAhead::onGroupsChanged(const QStringList& keys)
{
    const auto isChanged = [&](const auto& item) { return keys.contains(fromCore(item.value().detail.entry.key)); };
    if (m_known.removeIf(isChanged) > 0)
        replan();
}

/// What is known stays good enough to be shown until its suggestion is there too: no key waits for one.
void ReadAhead::readAgain(const QStringList& keys)
{
    const QSet<QString> changed(keys.begin(), keys.end());
    for (auto known = m_known.cbegin(); known != m_known.cend(); ++known) {
        if (changed.contains(fromCore(known->detail.entry.key)))
            read(known.key());
    }
}

void ReadAhead::onGroupRead(std::int64_t ordinal, const ReviewedGroup& group)
{
    m_asked.remove(ordinal);
    if (ordinal != m_ordinal && !m_plan.contains(ordinal))
        return; // passed meanwhile
    m_known.insert(ordinal, group);
    replan();
}

std::int64_t ReadAhead::costOf(std::int64_t ordinal) const
{
    // One that is not known yet is taken for one like the current.
    const ReviewedGroup* const group = known(ordinal) ? known(ordinal) : known(m_ordinal);
    return group && m_fitted ? bytesOf(m_fitted(group->detail, Priority::Ahead)) : 0;
}

void ReadAhead::makePlan()
{
    if (m_ordinal < 0 || !m_controller.isOpen())
        return;
    const ReadAheadPosition position{m_ordinal, m_controller.counts().total(), m_isForward,
                                     undecidedAhead(ReadAheadPlan::kMostTargets)};
    m_plan = ReadAheadPlan::make(position, m_loader.pictureBudgetBytes() / kPlannedPart,
                                 [this](std::int64_t ordinal) { return costOf(ordinal); });
    m_known.removeIf([this](const auto& item) { return !m_plan.contains(item.key()); });
    m_asked.removeIf([this](std::int64_t ordinal) { return !m_plan.contains(ordinal); });
    readMissingGroups();
    tellWishes();
}

void ReadAhead::readMissingGroups()
{
    for (const std::int64_t ordinal : m_plan.groups()) {
        if (!m_known.contains(ordinal) && !m_asked.contains(ordinal))
            read(ordinal);
    }
}

void ReadAhead::read(std::int64_t ordinal)
{
    m_asked.insert(ordinal);
    m_controller.requestGroup(ordinal);
}

void ReadAhead::tellWishes()
{
    if (!m_fitted || !m_zoomed)
        return;
    std::vector<PictureWish> wishes;
    std::vector<PictureWish> closer;
    std::int64_t closerBytes = 0;
    for (const std::int64_t ordinal : m_plan.groups()) {
        const ReviewedGroup* const group = known(ordinal);
        if (!group)
            continue;
        const bool isVisible = ordinal == m_ordinal;
        append(wishes, m_fitted(group->detail, isVisible ? Priority::Visible : Priority::Ahead));
        if (isVisible) {
            append(wishes, m_zoomed(group->detail, Priority::Visible));
        } else if (closer.empty()) { // the second ring: the likeliest next one
            closer = m_zoomed(group->detail, Priority::Ahead);
            closerBytes = bytesOf(closer);
        }
    }
    if (closerBytes <= m_loader.pictureBudgetBytes() / kPlannedPart)
        append(wishes, std::move(closer));
    m_loader.want(this, std::move(wishes));
}

} // namespace ps
