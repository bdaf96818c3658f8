// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/exchange/import_controller.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace ps {

/// What an import would do with each row of its source: the first fifty, and more as somebody scrolls there.
class ImportItemsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        WhereColumn,
        OutcomeColumn,
        ProjectColumn,
        ImagesColumn,
        BeforeColumn,
        AfterColumn,
        NotesColumn,
        ColumnCount
    };
    static constexpr std::int64_t kPage = 50;

    ImportItemsModel(ImportController& import, QObject* parent);

    /// The rows of one outcome, or of all.
    void show(std::optional<ImportOutcome> outcome);
    void clear();
    const ImportPlan::Item* itemAt(const QModelIndex& index) const;
    /// "log.csv:17", as a person looks it up.
    static QString whereText(const ImportOrigin& origin);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

private:
    ImportController& m_import;
    std::optional<ImportOutcome> m_outcome;
    std::vector<ImportPlan::Item> m_items;
    bool m_hasMore = false;
    bool m_isFetching = false;
    int m_list = 0; ///< answers of an earlier list are dropped
};

} // namespace ps
