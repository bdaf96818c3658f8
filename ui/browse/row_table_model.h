// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/group_query.h"
#include "ui/browse/row_source.h"

#include <QAbstractTableModel>

#include <limits>
#include <optional>

namespace ps {

/// The rows of a list as a table. Virtual: a row exists only while it is read.
/// Thread: UI. Limit: kMostRows, beyond which the table would be higher than a view can count.
class RowTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        FolderColumn,
        StateColumn,
        PickedColumn,
        ImagesColumn,
        StageColumn,
        DecidedColumn,
        AnnotatorColumn,
        SharpnessColumn,
        SizeColumn,
        ColumnCount
    };
    static constexpr int kRowHeight = 26;
    static constexpr std::int64_t kMostRows = std::numeric_limits<int>::max() / kRowHeight - 1000;

    RowTableModel(RowSource& source, QObject* parent);

    /// The list has more rows than a table can show; then it shows none.
    bool isTooLong() const { return m_source.count() > kMostRows; }
    /// What a click on the header of a column sorts by; nothing for those that no index knows.
    static std::optional<GroupSort::By> sortOf(int column);
    static int columnOf(GroupSort::By by);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    RowSource& m_source;
};

} // namespace ps
