// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/row_table_model.h"

#include "core/library/filename.h"
#include "ui/common/error_text.h"
#include "ui/common/state_badge.h"

#include <QDateTime>
#include <QLocale>

namespace ps {

namespace {

bool hasPick(const GroupEntry& entry)
{
    return entry.state != GroupState::Undecided && entry.state != GroupState::Rejected;
}

QString stateCell(const GroupEntry& entry)
{
    if (!entry.canBeDecided())
        return RowTableModel::tr("Row without images");
    const QString state = stateText(entry.state);
    return entry.isFinalized ? RowTableModel::tr("%1, finalized").arg(state) : state;
}

QString cellText(const GroupEntry& entry, int column)
{
    const QLocale locale;
    switch (column) {
    case RowTableModel::NameColumn: return fromCore(fileName(entry.cover.path));
    case RowTableModel::FolderColumn: return fromCore(entry.directory);
    case RowTableModel::StateColumn: return stateCell(entry);
    case RowTableModel::PickedColumn: return hasPick(entry) ? locale.toString(entry.coverSlot + 1) : QString();
    case RowTableModel::ImagesColumn: return locale.toString(entry.imageCount);
    case RowTableModel::StageColumn:
        return entry.cover.stage > 0 ? locale.toString(entry.cover.stage, 'g', 6) : QString();
    case RowTableModel::DecidedColumn:
        return entry.decidedAtUs
                   ? locale.toString(QDateTime::fromMSecsSinceEpoch(*entry.decidedAtUs / 1000), QLocale::ShortFormat)
                   : QString();
    case RowTableModel::AnnotatorColumn: return fromCore(entry.annotator);
    case RowTableModel::SharpnessColumn: return entry.sharpness ? locale.toString(*entry.sharpness, 'f', 1) : QString();
    case RowTableModel::SizeColumn:
        return entry.cover.size.isEmpty()
                   ? QString()
                   : QStringLiteral("%1 × %2").arg(entry.cover.size.width).arg(entry.cover.size.height);
    default: return {};
    }
}

bool isNumber(int column)
{
    return column == RowTableModel::PickedColumn || column == RowTableModel::ImagesColumn ||
           column == RowTableModel::StageColumn || column == RowTableModel::SharpnessColumn ||
           column == RowTableModel::SizeColumn;
}

} // namespace

RowTableModel::RowTableModel(RowSource& source, QObject* parent) : QAbstractTableModel(parent), m_source(source)
{
    connect(&source, &RowSource::reset, this, [this] {
        beginResetModel();
        endResetModel();
    });
    connect(&source, &RowSource::changed, this, [this] {
        // One big range: the view repaints what it shows of it, whatever its length.
        if (const int rows = rowCount(); rows > 0)
            Q_EMIT dataChanged(index(0, 0), index(rows - 1, ColumnCount - 1), {Qt::DisplayRole});
    });
}

std::optional<GroupSort::By> RowTableModel::sortOf(int column)
{
    switch (column) {
    case NameColumn: return GroupSort::By::Name;
    case StateColumn: return GroupSort::By::State;
    case ImagesColumn: return GroupSort::By::Images;
    case StageColumn: return GroupSort::By::Stage;
    case DecidedColumn: return GroupSort::By::Decided;
    case SharpnessColumn: return GroupSort::By::Sharpness;
    default: return std::nullopt;
    }
}

int RowTableModel::columnOf(GroupSort::By by)
{
    for (int column = 0; column < ColumnCount; ++column) {
        if (sortOf(column) == by)
            return column;
    }
    return -1;
}

int RowTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || isTooLong() ? 0 : static_cast<int>(m_source.count());
}

int RowTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RowTableModel::data(const QModelIndex& index, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return QVariant(isNumber(index.column()) ? Qt::AlignRight | Qt::AlignVCenter
                                                 : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const GroupEntry* const entry = m_source.entry(index.row());
    return entry ? QVariant(cellText(*entry, index.column())) : QVariant();
}

QVariant RowTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(isNumber(section) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return tr("Name");
    case FolderColumn: return tr("Folder");
    case StateColumn: return tr("State");
    case PickedColumn: return tr("Picked");
    case ImagesColumn: return tr("Images");
    case StageColumn: return tr("Stage");
    case DecidedColumn: return tr("Decided");
    case AnnotatorColumn: return tr("Annotator");
    case SharpnessColumn: return tr("Sharpness");
    case SizeColumn: return tr("Size");
    default: return {};
    }
}

} // namespace ps
