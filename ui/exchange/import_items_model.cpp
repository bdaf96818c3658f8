// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/import_items_model.h"

#include "ui/common/error_text.h"
#include "ui/exchange/exchange_words.h"

#include <QPointer>

namespace ps {

namespace {

QString joined(const std::vector<std::string>& texts, const QString& between)
{
    QStringList list;
    for (const std::string& text : texts)
        list.append(fromCore(text));
    return list.join(between);
}

} // namespace

ImportItemsModel::ImportItemsModel(ImportController& import, QObject* parent)
    : QAbstractTableModel(parent), m_import(import)
{
}

QString ImportItemsModel::whereText(const ImportOrigin& origin)
{
    const QString file = fromCore(origin.file);
    return origin.line > 0 ? QStringLiteral("%1:%2").arg(file).arg(origin.line) : file;
}

void ImportItemsModel::show(std::optional<ImportOutcome> outcome)
{
    clear();
    m_outcome = outcome;
    m_hasMore = true;
    fetchMore({});
}

void ImportItemsModel::clear()
{
    beginResetModel();
    ++m_list;
    m_items.clear();
    m_hasMore = false;
    m_isFetching = false;
    endResetModel();
}

bool ImportItemsModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_hasMore && !m_isFetching;
}

void ImportItemsModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    m_isFetching = true;
    m_import.requestItems(m_outcome, static_cast<std::int64_t>(m_items.size()), kPage,
                          [guard = QPointer(this), list = m_list](const std::vector<ImportPlan::Item>& items) {
                              if (!guard || guard->m_list != list)
                                  return;
                              ImportItemsModel& self = *guard;
                              self.m_isFetching = false;
                              self.m_hasMore = static_cast<std::int64_t>(items.size()) == kPage;
                              if (items.empty())
                                  return;
                              const auto first = static_cast<int>(self.m_items.size());
                              self.beginInsertRows({}, first, first + static_cast<int>(items.size()) - 1);
                              self.m_items.insert(self.m_items.end(), items.begin(), items.end());
                              self.endInsertRows();
                          });
}

const ImportPlan::Item* ImportItemsModel::itemAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return nullptr;
    return &m_items[static_cast<std::size_t>(index.row())];
}

int ImportItemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

int ImportItemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ImportItemsModel::data(const QModelIndex& index, int role) const
{
    const ImportPlan::Item* const item = itemAt(index);
    if (!item || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    switch (index.column()) {
    case WhereColumn: return whereText(item->origin);
    case OutcomeColumn: return outcomeText(item->outcome);
    case ProjectColumn: return fromCore(item->projectId);
    case ImagesColumn: return joined(item->images, QStringLiteral(", "));
    case BeforeColumn: return fromCore(item->before);
    case AfterColumn:
        // What could not be read is shown as it stands there.
        return fromCore(item->outcome == ImportOutcome::Quarantined ? item->origin.raw : item->after);
    case NotesColumn: return joined(item->notes, QStringLiteral("; "));
    default: return {};
    }
}

QVariant ImportItemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhereColumn: return tr("Where");
    case OutcomeColumn: return tr("Outcome");
    case ProjectColumn: return tr("Project");
    case ImagesColumn: return tr("Images");
    case BeforeColumn: return tr("Before");
    case AfterColumn: return m_outcome == ImportOutcome::Quarantined ? tr("As it stands there") : tr("After");
    case NotesColumn: return m_outcome == ImportOutcome::Quarantined ? tr("Why") : tr("Notes");
    default: return {};
    }
}

} // namespace ps
