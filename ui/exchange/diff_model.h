// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/exchange/export_controller.h"

#include <QAbstractTableModel>

#include <memory>
#include <string>
#include <vector>

namespace ps {

/// The changes between two releases, of one kind or of all.
class DiffModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PictureColumn, KindColumn, NameColumn, BeforeColumn, AfterColumn, IouColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// "" for all kinds.
    void show(std::shared_ptr<const ComparedReleases> releases, const std::string& kind);
    const ReleaseDiff::Change* changeAt(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const ComparedReleases> m_releases;
    std::vector<std::size_t> m_rows;
};

/// The page that says what differs, complete in itself. `picture` gives a small picture of a change as PNG, or nothing. At most 5000 changes are listed.
QString diffPageHtml(const ReleaseDiff& diff, const std::function<QByteArray(const ReleaseDiff::Change&)>& picture);

} // namespace ps
