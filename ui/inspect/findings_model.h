// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integrity/inspection.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace ps {

/// The findings of a report, grouped by check; checks that found nothing are left out. Two levels: checks, and below them
/// their findings. A
/// check with more findings than the report lists ends with a line that says so.
class FindingsModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { ColumnWhat, ColumnSeverity, ColumnCount, ColumnEvidence, ColumnFix, ColumnEnd };
    enum Role { GroupIdRole = Qt::UserRole, SeverityRole, EvidenceRole };

    using QAbstractItemModel::QAbstractItemModel;

    void setReport(std::shared_ptr<const InspectionReport> report);

    QModelIndex index(int row, int column, const QModelIndex& parent) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent) const override;
    int columnCount(const QModelIndex& parent) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Check {
        const CheckInfo* info;
        std::vector<std::size_t> findings; ///< indexes into the report's list
    };

    std::int64_t unlistedOf(const Check& check) const;
    QVariant checkData(const Check& check, int column, int role) const;
    QVariant findingData(const Finding& finding, int column, int role) const;

    std::shared_ptr<const InspectionReport> m_report;
    std::vector<Check> m_checks;
};

/// Severity, fix and check in the user's language.
QString severityText(Severity severity);
QString fixText(Fix fix);
QString checkText(std::string_view check);

} // namespace ps
