// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/row_table.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QScopedValueRollback>

namespace ps {

RowTable::RowTable(RowSource& source, SheetSelection& selection, QWidget* parent)
    : QTableView(parent), m_model(source, nullptr), m_selection(selection)
{
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setAccessibleName(tr("Table of groups"));
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(RowTableModel::kRowHeight);
    verticalHeader()->setDefaultSectionSize(RowTableModel::kRowHeight);
    verticalHeader()->hide();
    setModel(&m_model);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setStretchLastSection(true);
    constexpr std::array<int, RowTableModel::ColumnCount> kWidths{260, 200, 150, 70, 70, 70, 150, 110, 90, 110};
    for (int column = 0; column < RowTableModel::ColumnCount; ++column)
        setColumnWidth(column, kWidths[static_cast<std::size_t>(column)]);
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, &RowTable::onHeaderClicked);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex& index) { Q_EMIT opened(index.row()); });
    connect(&selection, &SheetSelection::changed, this, [this] {
        if (isVisible())
            readSelection();
    });
}

void RowTable::showOrder(GroupSort sort)
{
    m_sort = sort;
    const int column = RowTableModel::columnOf(sort.by);
    horizontalHeader()->setSortIndicatorShown(column >= 0);
    if (column >= 0)
        horizontalHeader()->setSortIndicator(column, sort.isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void RowTable::onHeaderClicked(int column)
{
    const auto by = RowTableModel::sortOf(column);
    if (by)
        Q_EMIT sortWanted({*by, *by == m_sort.by && !m_sort.isDescending});
}

void RowTable::showEvent(QShowEvent* event)
{
    QTableView::showEvent(event);
    readSelection();
}

// ---- one selection in two places -----------------------------------------------------------------------------------

void RowTable::readSelection()
{
    if (m_isFollowing || m_model.rowCount() == 0)
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    QItemSelection items;
    if (m_selection.selected().rangeCount() <= kMostRanges) {
        for (const PositionRange& range : m_selection.selected().ranges())
            items.append(
                QItemSelectionRange(m_model.index(static_cast<int>(range.first), 0),
                                    m_model.index(static_cast<int>(range.end) - 1, RowTableModel::ColumnCount - 1)));
    }
    selectionModel()->select(items, QItemSelectionModel::ClearAndSelect);
    const QModelIndex current = m_model.index(static_cast<int>(std::max<std::int64_t>(0, m_selection.current())), 0);
    selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    scrollTo(current);
}

void RowTable::writeSelection()
{
    if (m_isFollowing || !isVisible())
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    RangeSet selected;
    for (const QItemSelectionRange& range : selectionModel()->selection())
        selected.add({range.top(), range.bottom() + 1});
    if (currentIndex().isValid())
        m_selection.moveCurrent(currentIndex().row());
    m_selection.select(std::move(selected));
}

void RowTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    writeSelection();
}

void RowTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    writeSelection();
}

// ---- events --------------------------------------------------------------------------------------------------------

void RowTable::keyPressEvent(QKeyEvent* event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers() == Qt::NoModifier && currentIndex().isValid())
        Q_EMIT opened(currentIndex().row());
    else if (event->key() == Qt::Key_Escape)
        m_selection.selectNone();
    else
        QTableView::keyPressEvent(event);
}

void RowTable::contextMenuEvent(QContextMenuEvent* event)
{
    Q_EMIT menuWanted(event->globalPos());
}

void RowTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (m_model.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const QString most = QLocale().toString(static_cast<qlonglong>(RowTableModel::kMostRows));
    painter.drawText(viewport()->rect().adjusted(40, 0, -40, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     m_model.isTooLong() ? tr("A table can show at most %1 rows. Filter the list.").arg(most)
                                         : tr("No group matches the filter."));
}

} // namespace ps
