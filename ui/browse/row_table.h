// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browse/row_table_model.h"
#include "ui/browse/sheet_selection.h"

#include <QTableView>

namespace ps {

/// The detail table: the rows and the selection of the contact sheet, with one line for each. A click on a header asks for
/// another order, which is worked out in SQL.
/// Thread: UI. Memory: eight bytes for each row, which the view keeps.
class RowTable : public QTableView
{
    Q_OBJECT

public:
    RowTable(RowSource& source, SheetSelection& selection, QWidget* parent);

    void showOrder(GroupSort sort);
    /// Selections of more ranges than this stay in the sheet; the table shows the current row alone.
    static constexpr std::size_t kMostRanges = 2000;

    void keyboardSearch(const QString&) override {} ///< it would read row after row; there is the filter

Q_SIGNALS:
    void opened(std::int64_t position);
    void sortWanted(ps::GroupSort sort);
    void menuWanted(const QPoint& globalPosition);

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void readSelection();
    void writeSelection();
    void onHeaderClicked(int column);

    RowTableModel m_model;
    SheetSelection& m_selection;
    GroupSort m_sort;
    bool m_isFollowing = false; ///< one of the two selections is being put into the other
};

} // namespace ps
