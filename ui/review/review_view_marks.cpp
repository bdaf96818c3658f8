// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said about a group beside a decision, and crops that go from one picture of a group to another.
#include "ui/common/action_table.h"
#include "ui/common/error_text.h"
#include "ui/review/inspector_panel.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"

namespace ps {

void ReviewView::connectMarks(const ActionTable& actions)
{
    const auto on = [&](const char* id, auto what) { connect(actions.action(id), &QAction::triggered, this, what); };
    for (int i = 0; i < 4; ++i)
        on((QByteArray("decide.ghost") + QByteArray::number(i + 1)).constData(), [this, i] { keepWithGhost(i); });
    on("decide.keepFocused", [this] { keep(m_table->focusedIndex(), Keep::AsShown); });
    on("decide.tie", [this] { say(Outcome::Tie); });
    on("decide.cannotJudge", [this] { say(Outcome::CannotJudge); });
    on("decide.skip", [this] { say(Outcome::Skip); });
    on("decide.flag", [this] { turnFlag(); });
    on("decide.note", [this] { editNote(); });
    on("go.similar", [this] {
        if (const QString key = currentGroupKey(); !key.isEmpty())
            Q_EMIT similarWanted(key);
    });
    on("go.nextSkipped", [this] { goToNextSkipped(); });
    connect(m_inspector, &InspectorPanel::noteSaved, this, [this](const QString& groupKey, const QString& note) {
        if (groupKey == currentGroupKey()) {
            MarkIntent intent;
            intent.kind = MarkIntent::Kind::Note;
            intent.note = note.toStdString();
            m_controller.mark(m_table->group()->detail, intent);
        }
        endNote();
    });
    connect(m_inspector, &InspectorPanel::noteCancelled, this, &ReviewView::endNote);
    connect(m_table, &LightTable::focusedIndexChanged, this, &ReviewView::tellTarget);
}

// ---- outcomes ------------------------------------------------------------------------------------------------------

void ReviewView::say(Outcome outcome)
{
    if (!canDecide())
        return;
    const GroupDetail detail = m_table->group()->detail;
    if (outcome == Outcome::Tie && detail.images.size() < 2) {
        Q_EMIT said(tr("A tie needs two pictures."));
        return;
    }
    if (outcome == Outcome::Skip && detail.row) { // nothing is open here
        goTo(m_ordinal + 1);
        return;
    }
    MarkIntent intent;
    intent.outcome = outcome;
    m_source.markPending(fromCore(detail.entry.key), stateOfOutcome(outcome));
    m_controller.mark(detail, intent);
    if (detail.row)
        goTo(m_ordinal + 1);
    else
        goOn();
}

void ReviewView::turnFlag()
{
    const auto& group = m_table->group();
    if (!group || !canMark())
        return;
    MarkIntent intent;
    intent.kind = MarkIntent::Kind::Flag;
    intent.isFlagged = !group->detail.marks.flag;
    m_controller.mark(group->detail, intent);
}

bool ReviewView::canMark()
{
    const auto& group = m_table->group();
    if (!group || group->detail.entry.ordinal != m_ordinal || group->detail.entry.kind == GroupKind::Oversize)
        return false;
    if (m_controller.isViewing())
        Q_EMIT said(tr("Viewing only: nothing can be decided."));
    return !m_controller.isViewing();
}

void ReviewView::editNote()
{
    if (!canMark())
        return;
    m_inspector->setVisible(true); // also where it is hidden for want of room
    m_inspector->editNote(*m_table->group());
}

void ReviewView::endNote()
{
    m_inspector->endNote();
    setInspectorVisible(m_isInspectorWanted);
    m_table->setFocus();
}

void ReviewView::goToNextSkipped()
{
    m_controller.requestNextInState(GroupState::Skipped, m_ordinal, true,
                                    latest([this](std::optional<std::int64_t> ordinal) {
                                        if (ordinal)
                                            goTo(*ordinal);
                                        else
                                            Q_EMIT said(tr("No group was skipped."));
                                    }));
}

// ---- ghosts --------------------------------------------------------------------------------------------------------

void ReviewView::updateGhost()
{
    const auto& group = m_table->group();
    if (!group)
        return;
    const std::string& key = group->detail.entry.key;
    if (m_draft && m_draft->groupKey != key)
        m_draft.reset();
    const auto& row = group->detail.row;
    const auto text = row ? row->text("final_crop_coords") : std::nullopt;
    const auto crop = text ? parseCrop(*text) : Result<Crop>(Error{});
    if (m_draft)
        m_table->setGhost(m_draft->crop, m_draft->index);
    else if (crop)
        m_table->setGhost(*crop, static_cast<int>(row->integer("user_selected_index").value_or(-1)));
    else
        m_table->setGhost(std::nullopt, -1);
}

void ReviewView::keepWithGhost(int index)
{
    if (!canDecide() || index >= m_table->imageCount())
        return;
    const auto ghost = m_table->ghostOn(index);
    if (!ghost) {
        Q_EMIT said(tr("There is no crop to take over: draw one on another picture of the group first."));
        return;
    }
    const Picture* const picture = m_table->pictureOf(index);
    const ImageSize size = picture && !picture->error ? picture->info.size : ImageSize{};
    const auto pixels = toPixels(*ghost, size);
    if (!pixels)
        return;
    DecisionIntent intent;
    intent.action = Action::Crop;
    intent.selectedIndex = index;
    intent.crop = fromPixels(*pixels, size);
    intent.shown = shownSuggestion(index);
    if (intent.shown)
        intent.shown->isCropAccepted = false;
    m_draft.reset();
    decide(intent);
}

// ---- where the next key goes ---------------------------------------------------------------------------------------

void ReviewView::tellTarget()
{
    const int count = m_table->imageCount();
    const QString text = !m_table->group() ? QString()
                         : count > 1       ? tr("this group, frame on picture %1").arg(m_table->focusedIndex() + 1)
                                           : tr("this picture");
    m_table->setProperty("keyTarget", text);
    Q_EMIT keyTargetChanged();
}

} // namespace ps
