// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a deciding key does; how one gets from group to group is in review_view.cpp.
#include "ui/review/review_view.h"

#include "ui/common/error_text.h"
#include "ui/crop/crop_canvas.h"
#include "ui/crop/crop_editor.h"
#include "ui/review/light_table.h"

#include <QStackedWidget>

namespace ps {

bool ReviewView::canDecide()
{
    const auto& group = m_table->group();
    if (!group || group->detail.entry.ordinal != m_ordinal) // the next group is on its way
        return false;
    if (group->detail.entry.kind == GroupKind::Oversize)
        return false;
    if (m_controller.isViewing()) {
        Q_EMIT said(tr("Viewing only: nothing can be decided."));
        return false;
    }
    if (!m_table->isComplete()) {
        Q_EMIT said(tr("One moment: the pictures are not all shown yet."));
        return false;
    }
    return true;
}

std::optional<ShownSuggestion> ReviewView::shownSuggestion(int index) const
{
    // What a decided row was made with stays with it; of others only what was really painted counts.
    const auto& group = *m_table->group();
    const bool wasSeen = group.detail.row
                             ? m_table->isSuggestionVisible() && suggestionOfRow(*group.detail.row).has_value()
                             : m_table->hasPaintedSuggestion();
    const auto& suggestion = group.suggestion;
    if (!suggestion || !wasSeen)
        return std::nullopt;
    return ShownSuggestion{suggestion->modelId, suggestion->imageIndex, suggestion->crop, suggestion->confidence,
                           m_table->showsSuggestedCropOn(index)};
}

void ReviewView::keep(int index, Keep how)
{
    if (!canDecide() || index >= m_table->imageCount())
        return;
    if (const Picture* const picture = m_table->pictureOf(index); picture && picture->error) {
        Q_EMIT said(errorText(*picture->error).summary);
        return;
    }
    if (how == Keep::CropNow) {
        startCrop(index);
        return;
    }
    DecisionIntent intent;
    intent.action = how == Keep::CropLater ? Action::Crop : Action::Approve;
    intent.selectedIndex = index;
    intent.shown = shownSuggestion(index);
    if (how != Keep::AsShown && intent.shown)
        intent.shown->isCropAccepted = false;
    decide(intent);
}

void ReviewView::reject()
{
    if (!canDecide())
        return;
    DecisionIntent intent;
    intent.action = Action::Reject;
    intent.shown = shownSuggestion(0);
    if (intent.shown)
        intent.shown->isCropAccepted = false;
    decide(intent);
}

void ReviewView::decide(DecisionIntent intent)
{
    const GroupDetail detail = m_table->group()->detail;
    intent.view = m_table->group()->offer.view;
    intent.view->wasVisible = intent.shown.has_value();
    GroupState state = GroupState::Approved;
    if (intent.action == Action::Reject)
        state = GroupState::Rejected;
    else if (intent.action == Action::Crop)
        state = intent.crop ? GroupState::Cropped : GroupState::CropLater;
    else if (intent.shown && intent.shown->isCropAccepted)
        state = GroupState::CropAccepted;
    m_source.markPending(fromCore(detail.entry.key), state);
    m_readAhead.forget(m_ordinal);
    m_controller.decide(detail, intent);
    // Who works through what is undecided goes on to the next of these; who corrects goes to the neighbour.
    if (detail.row)
        goTo(m_ordinal + 1);
    else
        goOn();
}

void ReviewView::goOn()
{
    if (const auto next = m_readAhead.nextUndecided())
        goTo(*next);
    else
        goToNextUndecided(true);
}

void ReviewView::startCrop(int index)
{
    const ReviewedGroup& group = *m_table->group();
    const auto i = static_cast<std::size_t>(index);
    const Picture* const picture = m_table->pictureOf(index);
    std::optional<Crop> start;
    const auto& row = group.detail.row;
    if (row && row->integer("user_selected_index") == static_cast<std::int64_t>(index)) {
        const auto text = row->text("final_crop_coords");
        const auto crop = text ? parseCrop(*text) : Result<Crop>(Error{});
        if (crop)
            start = *crop;
    }
    const bool hasSuggestion = group.suggestion && group.suggestion->crop && group.suggestion->imageIndex == index;
    const std::optional<Crop> suggestion = hasSuggestion ? group.suggestion->crop : std::nullopt;
    if (!start && m_draft && m_draft->index == index && m_draft->groupKey == group.detail.entry.key)
        start = m_draft->crop;
    if (!start && m_table->showsSuggestedCropOn(index))
        start = suggestion;
    m_cropIndex = index;
    m_stack->setCurrentWidget(m_cropEditor);
    m_cropEditor->edit(group.detail.images[i], picture ? picture->info.size : ImageSize{}, start, suggestion);
    m_cropEditor->canvas().setBoxes(group.offer.boxes, index);
    const auto& limits = group.detail.marks.tolerance;
    if (limits && limits->imageIndex == index)
        m_cropEditor->canvas().setTolerance(limits->tolerance);
    m_cropEditor->setFocus();
}

void ReviewView::leaveCrop()
{
    if (!isCropping())
        return;
    m_cropIndex = -1;
    m_stack->setCurrentWidget(m_table);
    m_cropEditor->clear();
    m_table->setFocus();
}

} // namespace ps
