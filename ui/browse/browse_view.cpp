// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Browse workplace put together; what its actions do is in browse_view_actions.cpp.
#include "ui/browse/browse_view.h"

#include "core/library/filename.h"
#include "ui/browse/contact_sheet.h"
#include "ui/browse/row_table.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace ps {

namespace {

constexpr const char* kCellSizeKey = "browse/cellSize";
constexpr const char* kModeKey = "browse/mode";

} // namespace

BrowseView::BrowseView(ProjectController& controller, PictureLoader& loader, ActionTable& actions, const Theme& theme,
                       QWidget* parent)
    : QWidget(parent), m_controller(controller), m_actions(actions), m_theme(theme), m_list(controller, nullptr),
      m_pictures(loader, nullptr)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_filter = new FilterBar(theme, this);
    m_stack = new QStackedWidget(this);
    m_sheet = new ContactSheet(m_list.source(), m_list.selection(), &m_pictures, theme, m_stack);
    m_stack->addWidget(m_sheet);
    layout->addWidget(m_filter);
    m_middle = new QHBoxLayout;
    m_middle->setSpacing(0);
    m_middle->addWidget(m_stack, 1);
    layout->addLayout(m_middle, 1);
    buildFooter();
    setFocusProxy(m_sheet);
    connect(m_sheet, &ContactSheet::activated, this, &BrowseView::openInReview);
    connect(m_sheet, &ContactSheet::menuWanted, this, &BrowseView::openMenu);
    connect(m_sheet, &ContactSheet::dragPossible, this, &BrowseView::prepareDrag);
    connect(m_sheet, &ContactSheet::dragWanted, this, &BrowseView::startDrag);
    connect(m_sheet, &ContactSheet::cellSizeChanged, this, [this](int size) {
        m_filter->setCellSize(size);
        QSettings().setValue(QLatin1String(kCellSizeKey), size);
    });
    connect(m_filter, &FilterBar::cellSizeChanged, m_sheet, &ContactSheet::setCellSize);
    connect(m_filter, &FilterBar::modeChanged, this, &BrowseView::setMode);
    connect(m_filter, &FilterBar::queryChanged, &m_list, &BrowseList::setQuery);
    connect(m_filter, &FilterBar::qualityWanted, this, &BrowseView::showQuality);
    connect(m_filter, &FilterBar::refreshWanted, &m_list, &BrowseList::refresh);
    connect(m_filter, &FilterBar::left, this, [this] { pictures().setFocus(); });
    connectList();
    connectActions();
    restoreLook();
    showList();
}

void BrowseView::buildFooter()
{
    auto* footer = new QWidget(this);
    footer->setObjectName(QStringLiteral("panel"));
    footer->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(14, 6, 10, 6);
    m_target = new QLabel(footer);
    m_target->setTextFormat(Qt::PlainText);
    m_target->setMinimumWidth(60);
    m_target->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_review = new QPushButton(tr("Review"), footer);
    m_review->setToolTip(tr("Open the current group in Review"));
    m_decide = new QPushButton(tr("Decide..."), footer);
    connect(m_review, &QPushButton::clicked, this, [this] { openInReview(m_list.selection().current()); });
    connect(m_decide, &QPushButton::clicked, this, [this] { askDecision(std::nullopt); });
    row->addWidget(m_target, 1);
    row->addWidget(m_review);
    row->addWidget(m_decide);
    layout()->addWidget(footer);
}

void BrowseView::connectList()
{
    connect(&m_list, &BrowseList::queryChanged, this, [this] {
        m_filter->setQuery(m_list.query());
        m_filter->setOnly(m_list.onlyName());
        if (m_quality)
            m_quality->setQueryText(m_list.query().text);
    });
    connect(m_filter, &FilterBar::allWanted, &m_list, &BrowseList::showAll);
    connect(&m_list, &BrowseList::listChanged, this, &BrowseView::showList);
    connect(&m_list.source(), &RowSource::changed, this, [this] {
        m_filter->setChangedCount(m_list.source().changedCount());
        showTarget();
    });
    connect(&m_controller, &ProjectController::groupsReset, this, [this] {
        if (m_quality && m_quality->isVisible())
            m_quality->updateHistograms();
    });
    connect(&m_list.selection(), &SheetSelection::changed, this, &BrowseView::showTarget);
    connect(&m_controller, &ProjectController::countsChanged, this,
            [this] { m_filter->setCounts(m_controller.counts()); });
    connect(&m_controller, &ProjectController::closed, this, [this] {
        m_pictures.clear();
        m_wantedOrdinal = -1;
        m_filter->setCounts({});
    });
    connect(&m_controller, &ProjectController::batchDone, this, [this](const BatchReceipt& receipt) {
        Q_EMIT said(
            tr("%Ln group(s) decided. One undo takes all of it back.", nullptr, static_cast<int>(receipt.decided)));
    });
    connect(&m_controller, &ProjectController::groupDecided, this,
            [this](const std::shared_ptr<const BatchPlan>& plan) { onGroupDecided(*plan); });
}

void BrowseView::restoreLook()
{
    const QSettings settings;
    m_sheet->setCellSize(settings.value(QLatin1String(kCellSizeKey), m_sheet->cellSize()).toInt());
    m_filter->setCellSize(m_sheet->cellSize());
    const int mode = settings.value(QLatin1String(kModeKey), 0).toInt();
    setMode(static_cast<BrowseMode>(std::clamp(mode, 0, static_cast<int>(BrowseMode::Table))));
}

// ---- showing -------------------------------------------------------------------------------------------------------

QWidget& BrowseView::pictures()
{
    return *m_stack->currentWidget();
}

void BrowseView::makeTable()
{
    m_table = new RowTable(m_list.source(), m_list.selection(), m_stack);
    m_stack->addWidget(m_table);
    m_table->showOrder(m_list.query().sort);
    connect(m_table, &RowTable::opened, this, &BrowseView::openInReview);
    connect(m_table, &RowTable::menuWanted, this, &BrowseView::openMenu);
    connect(m_table, &RowTable::sortWanted, m_filter, &FilterBar::setSort);
}

void BrowseView::setMode(BrowseMode mode)
{
    m_mode = mode;
    if (mode == BrowseMode::Table && !m_table)
        makeTable(); // it needs memory for each row, so it is there only for those who use it
    const bool hadFocus = pictures().hasFocus();
    m_stack->setCurrentWidget(mode == BrowseMode::Table ? static_cast<QWidget*>(m_table) : m_sheet);
    m_sheet->setBands(mode == BrowseMode::Bands);
    m_sheet->ensureVisible(m_list.selection().current());
    m_filter->setMode(mode);
    setFocusProxy(&pictures());
    if (hadFocus)
        pictures().setFocus();
    QSettings().setValue(QLatin1String(kModeKey), static_cast<int>(mode));
}

void BrowseView::showList()
{
    const bool isFiltered = !m_list.query().text.empty();
    m_filter->setResult(m_list.source().count(), m_list.isBusy());
    m_filter->setChangedCount(m_list.source().changedCount());
    if (m_table)
        m_table->showOrder(m_list.query().sort);
    if (!m_controller.isOpen())
        m_sheet->setEmptyText(tr("No project is open"),
                              tr("Open a folder, a database or the demo from the File menu."));
    else if (!m_list.isListed())
        m_sheet->setEmptyText({}, {});
    else if (isFiltered)
        m_sheet->setEmptyText(tr("No group matches the filter"), tr("Choose All to see every group again."));
    else
        m_sheet->setEmptyText(tr("There are no images here yet"),
                              tr("Put images into the folder of the project, then look for new images (F5)."));
    if (m_list.isListed()) {
        m_sheet->ensureVisible(m_list.selection().current());
        if (isVisible() && m_wantedOrdinal >= 0)
            m_list.setCurrentOrdinal(std::exchange(m_wantedOrdinal, -1));
    }
    showTarget();
}

QString BrowseView::targetText()
{
    const std::int64_t selected = m_list.targets().count();
    if (selected > 1)
        return tr("%1 groups selected").arg(QLocale().toString(static_cast<qlonglong>(selected)));
    const std::int64_t position = m_list.targets().first();
    const GroupEntry* const entry = m_list.source().known(position);
    return entry ? tr("This group: %1").arg(fromCore(fileName(entry->cover.path))) : QString();
}

void BrowseView::showTarget()
{
    m_target->setText(targetText());
    updateActions();
}

void BrowseView::updateActions()
{
    const bool hasTarget = m_list.isListed() && m_list.selection().current() >= 0;
    const bool canDecide = hasTarget && !m_controller.isViewing();
    m_review->setEnabled(hasTarget);
    m_decide->setEnabled(canDecide);
    m_decide->setText(m_list.targets().count() > 1 ? tr("Decide all...") : tr("Decide..."));
}

void BrowseView::setCurrent(std::int64_t ordinal)
{
    if (!isVisible()) // here a person moves by herself
        m_wantedOrdinal = ordinal;
}

void BrowseView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_wantedOrdinal >= 0 && m_list.isListed()) {
        m_list.setCurrentOrdinal(std::exchange(m_wantedOrdinal, -1));
        m_sheet->ensureVisible(m_list.selection().current());
    }
}

void BrowseView::keyPressEvent(QKeyEvent* event)
{
    // Letters at the same places of keyboards that write others.
    if (QAction* const action = m_actions.actionAtPosition(event, ActionScope::Browse))
        action->trigger();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ps
