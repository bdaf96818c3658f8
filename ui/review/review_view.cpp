// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_view.h"

#include "ui/common/action_table.h"
#include "ui/common/error_text.h"
#include "ui/crop/crop_canvas.h"
#include "ui/crop/crop_editor.h"
#include "ui/review/compare_actions.h"
#include "ui/review/group_strip.h"
#include "ui/review/inspector_panel.h"
#include "ui/review/light_table.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPointer>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace ps {

namespace {

/// Below this width the pictures need the place more than the facts do.
constexpr int kRoomForInspectorPx = 880;

} // namespace

ReviewView::ReviewView(ProjectController& controller, GroupSource& source, PictureLoader& loader,
                       const ActionTable& actions, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_source(source), m_actions(actions),
      m_stack(new QStackedWidget(this)), m_table(new LightTable(loader, theme, this)),
      m_cropEditor(new CropEditor(loader, actions, theme, this)), m_strip(new GroupStrip(source, loader, theme, this)),
      m_inspector(new InspectorPanel(*m_table, theme, this)), m_readAhead(controller, source, loader, nullptr)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* work = new QVBoxLayout;
    work->setSpacing(0);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_cropEditor);
    work->addWidget(m_stack, 1);
    work->addWidget(m_strip);
    layout->addLayout(work, 1);
    layout->addWidget(m_inspector);
    setFocusProxy(m_table);
    connectActions(actions);
    new CompareActions(actions, *m_table, *m_inspector, loader, theme, this);
    connectMarks(actions);
    connectController();
    m_readAhead.setWishes(std::bind_front(&LightTable::fittedWishes, m_table),
                          std::bind_front(&LightTable::closerWishes, m_table));
    connect(m_table, &LightTable::wishesChanged, &m_readAhead, &ReadAhead::replan);
}

// ---- actions -------------------------------------------------------------------------------------------------------

void ReviewView::connectActions(const ActionTable& actions)
{
    actions.install(ActionScope::Review, m_table);
    const auto on = [&](const QString& id, auto what) {
        connect(actions.action(id.toLatin1().constData()), &QAction::triggered, this, what);
    };
    for (int i = 0; i < 4; ++i) {
        const QString number = QString::number(i + 1);
        on(QStringLiteral("decide.keep") + number, [this, i] { keep(i, Keep::AsShown); });
        on(QStringLiteral("decide.plain") + number, [this, i] { keep(i, Keep::Plain); });
        on(QStringLiteral("decide.crop") + number, [this, i] { keep(i, Keep::CropNow); });
        on(QStringLiteral("decide.later") + number, [this, i] { keep(i, Keep::CropLater); });
    }
    on(QStringLiteral("decide.reject"), [this] { reject(); });
    on(QStringLiteral("decide.undo"), [this] { m_controller.undo(); });
    on(QStringLiteral("decide.split"), [this] {
        if (m_table->group())
            m_controller.split(m_table->group()->detail);
    });
    on(QStringLiteral("go.next"), [this] { goTo(m_ordinal + 1); });
    on(QStringLiteral("go.previous"), [this] { goTo(m_ordinal - 1); });
    on(QStringLiteral("go.first"), [this] { goTo(0); });
    on(QStringLiteral("go.last"), [this] { goTo(m_source.count() - 1); });
    on(QStringLiteral("go.nextUndecided"), [this] { goToNextUndecided(true); });
    on(QStringLiteral("go.previousUndecided"), [this] { goToNextUndecided(false); });

    m_factsTimer.setSingleShot(true);
    connect(&m_factsTimer, &QTimer::timeout, this, &ReviewView::showFacts);
    connect(m_table, &LightTable::focusedIndexChanged, &m_factsTimer, qOverload<>(&QTimer::start));
    connect(m_table, &LightTable::picturesChanged, &m_factsTimer, qOverload<>(&QTimer::start));
    connect(m_strip, &GroupStrip::clicked, this, &ReviewView::goTo);
    connect(m_cropEditor, &CropEditor::cancelled, this, [this] {
        if (!isCropping())
            return;
        if (m_cropEditor->canvas().isTouched() && m_table->group())
            m_draft = Draft{m_table->group()->detail.entry.key, m_cropIndex, m_cropEditor->canvas().box().crop()};
        leaveCrop();
        updateGhost();
    });
    connect(m_cropEditor, &CropEditor::postponed, this, [this] {
        const int index = m_cropIndex;
        leaveCrop();
        keep(index, Keep::CropLater);
    });
    connect(m_cropEditor, &CropEditor::said, this, &ReviewView::said);
    connect(m_cropEditor, &CropEditor::confirmed, this, [this](const Crop& crop) {
        if (!isCropping())
            return;
        DecisionIntent intent;
        intent.action = Action::Crop;
        intent.selectedIndex = m_cropIndex;
        intent.crop = crop;
        intent.tolerance = m_cropEditor->canvas().tolerance();
        intent.shown = shownSuggestion(m_cropIndex);
        leaveCrop();
        decide(intent);
    });
}

void ReviewView::keyPressEvent(QKeyEvent* event)
{
    // Letters of other alphabets: the key at the same place counts.
    const ActionScope scope = isCropping() ? ActionScope::Crop : ActionScope::Review;
    if (QAction* const action = m_actions.actionAtPosition(event, scope))
        action->trigger();
    else
        QWidget::keyPressEvent(event);
}

// ---- going from group to group -------------------------------------------------------------------------------------

void ReviewView::connectController()
{
    connect(&m_controller, &ProjectController::groupRead, this, &ReviewView::onGroupRead);
    connect(&m_controller, &ProjectController::groupsReset, this, &ReviewView::onReset);
    connect(&m_controller, &ProjectController::closed, this, [this] {
        m_ordinal = -1;
        leaveCrop();
        m_table->clear();
        m_inspector->clear();
        m_keyToKeep.clear();
        m_targetKey.clear();
    });
    connect(&m_controller, &ProjectController::groupsChanged, this, [this](const QStringList& keys) {
        if (keys.contains(currentGroupKey()))
            m_readAhead.read(m_ordinal);
    });
    connect(&m_controller, &ProjectController::suggestionsChanged, this, [this](const QStringList& keys) {
        if (!isCropping() && m_ordinal >= 0 && (keys.isEmpty() || keys.contains(currentGroupKey())))
            m_readAhead.read(m_ordinal);
    });
    connect(&m_controller, &ProjectController::decided, this, [this] {
        if (m_source.pendingCount() == 0 && std::exchange(m_goesOnWhenSaved, false))
            goToNextUndecided(true);
    });
    connect(&m_controller, &ProjectController::decisionFailed, this, &ReviewView::onDecisionFailed);
    connect(&m_controller, &ProjectController::stepDone, this, [this](bool, const StepOutcome& outcome) {
        if (!outcome.step.groupKey.empty() && !outcome.changesGroups)
            goToKey(fromCore(outcome.step.groupKey));
    });
}

void ReviewView::onReset()
{
    if (!m_controller.isOpen())
        return;
    const QString key = currentGroupKey();
    if (!m_targetKey.isEmpty())
        goToKey(m_targetKey); // on the way there; its place may be another now
    else if (key.isEmpty())
        begin();
    else
        m_controller.requestOrdinalOf(key, latest([this](std::optional<std::int64_t> ordinal) { stayAt(ordinal); }));
}

void ReviewView::stayAt(std::optional<std::int64_t> ordinal)
{
    if (!ordinal) { // it was split, or is gone from the disk
        goTo(std::clamp<std::int64_t>(m_ordinal, 0, std::max<std::int64_t>(0, m_controller.counts().total() - 1)));
        return;
    }
    m_ordinal = *ordinal;
    m_strip->setCurrent(m_ordinal);
    m_readAhead.moveTo(m_ordinal);
    Q_EMIT currentChanged(m_ordinal);
    if (!isCropping()) // a crop that is being drawn is not taken away
        m_readAhead.read(m_ordinal);
}

void ReviewView::begin()
{
    m_ordinal = -1;
    m_readAhead.moveTo(m_ordinal);
    if (m_controller.counts().total() == 0) {
        m_table->clear(tr("There are no images here yet. Put some into the project's folder and press %1.")
                           .arg(m_actions.action("file.refresh")->shortcut().toString(QKeySequence::NativeText)));
        m_inspector->clear();
    }
    if (m_keyToKeep.isEmpty())
        goToNextUndecided(true);
    else
        m_controller.requestOrdinalOf(
            m_keyToKeep, latest([this](std::optional<std::int64_t> ordinal) { goTo(ordinal.value_or(0)); }));
}

ProjectController::OrdinalAnswer ReviewView::latest(ProjectController::OrdinalAnswer answer)
{
    return [self = QPointer(this), question = ++m_question,
            answer = std::move(answer)](std::optional<std::int64_t> ordinal) {
        if (self && self->m_question == question)
            answer(ordinal);
    };
}

void ReviewView::onDecisionFailed(const QString& groupKey)
{
    m_goesOnWhenSaved = false;
    m_readAhead.forgetAll();
    goToKey(groupKey); // where it has to be made again
}

QString ReviewView::currentGroupKey() const
{
    return m_table->group() ? fromCore(m_table->group()->detail.entry.key) : QString();
}

QString ReviewView::currentGroupId() const
{
    return m_table->group() ? fromCore(m_table->group()->detail.entry.groupId) : QString();
}

bool ReviewView::isCropping() const
{
    return m_stack->currentWidget() == m_cropEditor;
}

void ReviewView::goTo(std::int64_t ordinal)
{
    if (ordinal < 0 || ordinal >= m_controller.counts().total())
        return;
    ++m_question; // whatever was asked about positions is out of date
    m_targetKey.clear();
    leaveCrop();
    m_ordinal = ordinal;
    m_strip->setCurrent(ordinal);
    m_readAhead.moveTo(ordinal);
    Q_EMIT currentChanged(ordinal);
    if (const ReviewedGroup* const known = m_readAhead.known(ordinal))
        show(*known);
    else
        m_readAhead.read(ordinal);
}

void ReviewView::goToKey(const QString& keyOrId)
{
    m_targetKey = keyOrId;
    m_controller.requestOrdinalOf(
        keyOrId, latest([this](std::optional<std::int64_t> ordinal) {
            m_targetKey.clear();
            if (ordinal)
                goTo(*ordinal);
            else
                Q_EMIT said(tr("This group is not in the list: its row belongs to no images of this project."));
        }));
}

void ReviewView::find(const QString& text)
{
    m_controller.requestFind(text, m_ordinal + 1, latest([this](std::optional<std::int64_t> ordinal) {
                                 if (ordinal)
                                     goTo(*ordinal);
                                 else
                                     Q_EMIT notFound();
                             }));
}

void ReviewView::onGroupRead(std::int64_t ordinal, const ReviewedGroup& group)
{
    if (ordinal == m_ordinal)
        show(group);
}

void ReviewView::show(const ReviewedGroup& group)
{
    m_keyToKeep.clear();
    m_table->showGroup(group);
    m_hasNewFacts = true;
    m_factsTimer.start(); // the pictures are painted first
    for (int i = 0; i < 4; ++i) {
        const bool isThere = i < m_table->imageCount() && group.detail.entry.kind != GroupKind::Oversize;
        for (const char* name : {"decide.keep", "decide.plain", "decide.crop", "decide.later", "decide.ghost"})
            m_actions.action((QByteArray(name) + QByteArray::number(i + 1)).constData())->setEnabled(isThere);
    }
    m_actions.action("decide.split")->setEnabled(group.detail.entry.kind == GroupKind::Oversize);
    for (const char* id : {"decide.reject", "decide.keepFocused", "decide.tie", "decide.cannotJudge", "decide.skip",
                           "decide.flag", "decide.note"})
        m_actions.action(id)->setEnabled(group.detail.entry.kind != GroupKind::Oversize);
    updateGhost();
    tellTarget();
    if (group.detail.entry.kind == GroupKind::Oversize)
        Q_EMIT said(tr("This set has %n image(s). Press %1 to split it into groups of at most four.", nullptr,
                       m_table->imageCount())
                        .arg(m_actions.action("decide.split")->shortcut().toString(QKeySequence::NativeText)));
}

void ReviewView::showFacts()
{
    const auto& group = m_table->group();
    if (!group)
        m_inspector->clear();
    else if (std::exchange(m_hasNewFacts, false))
        m_inspector->showGroup(group->detail.entry.ordinal, m_controller.counts().total(), *group);
    else
        m_inspector->updateDifferences();
}

void ReviewView::goToNextUndecided(bool isForward)
{
    if (const auto known = isForward ? m_readAhead.nextUndecided() : std::nullopt) {
        goTo(*known);
        return;
    }
    m_controller.requestNextInState(GroupState::Undecided, m_ordinal, isForward,
                                    latest([this](std::optional<std::int64_t> ordinal) { onNextUndecided(ordinal); }));
}

void ReviewView::onNextUndecided(std::optional<std::int64_t> ordinal)
{
    if (ordinal && m_source.isPending(*ordinal))
        m_goesOnWhenSaved = true; // the catalogue does not know of the last decision yet
    else if (ordinal)
        goTo(*ordinal);
    else if (m_controller.counts().in(GroupState::Skipped) > 0)
        goToNextSkipped(); // what was put off comes last
    else if (m_ordinal < 0)
        goTo(0);
    else
        Q_EMIT everythingDecided();
}

void ReviewView::setInspectorVisible(bool visible)
{
    m_isInspectorWanted = visible;
    m_inspector->setVisible(visible && width() >= kRoomForInspectorPx);
}

void ReviewView::resizeEvent(QResizeEvent* event)
{
    setInspectorVisible(m_isInspectorWanted);
    QWidget::resizeEvent(event);
}

void ReviewView::setStripVisible(bool visible)
{
    m_strip->setVisible(visible);
}

void ReviewView::setSuggestionStatus(const SuggestionStatus& status)
{
    m_inspector->setSuggestionStatus(status);
}

} // namespace ps
