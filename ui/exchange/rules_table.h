// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QWidget>

class QTableWidget;

namespace ps {

/// Which project a row belongs to, as a table: a name that stands in a path or a column, or days. Rows can be changed, added
/// and removed.
class RulesTable : public QWidget
{
    Q_OBJECT

public:
    enum Column { NameColumn, FromColumn, ToColumn, ProjectColumn, ColumnCount };

    explicit RulesTable(QWidget* parent);

    void setRules(const Json& rules);
    /// As the core reads it; null while nothing was changed.
    Json rules() const;
    QTableWidget& table() { return *m_table; }

private:
    void addRow(const QString& name, const QString& from, const QString& to, const QString& project);
    QString text(int row, int column) const;

    QTableWidget* m_table = nullptr;
    Json m_known; ///< with what the table does not show
    bool m_isChanged = false;
};

} // namespace ps
