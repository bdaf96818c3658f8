// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspect/findings_model.h"

#include "ui/common/error_text.h"
#include "ui/common/icons.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace ps {

namespace {

/// Where the parent of an index is: 0 for checks, else the check's number plus one.
constexpr quintptr kTopLevel = 0;

QString iconNameOf(Severity severity)
{
    switch (severity) {
    case Severity::Todo: return QStringLiteral("todo");
    case Severity::Info: return QStringLiteral("info");
    case Severity::Warning: return QStringLiteral("warning");
    case Severity::Error: return QStringLiteral("error");
    }
    return {};
}

} // namespace

QString severityText(Severity severity)
{
    const auto text = [](const char* source) { return QCoreApplication::translate("Inspect", source); };
    switch (severity) {
    case Severity::Todo: return text(QT_TRANSLATE_NOOP("Inspect", "To do"));
    case Severity::Info: return text(QT_TRANSLATE_NOOP("Inspect", "Info"));
    case Severity::Warning: return text(QT_TRANSLATE_NOOP("Inspect", "Warning"));
    case Severity::Error: return text(QT_TRANSLATE_NOOP("Inspect", "Error"));
    }
    return {};
}

QString fixText(Fix fix)
{
    const auto text = [](const char* source) { return QCoreApplication::translate("Inspect", source); };
    switch (fix) {
    case Fix::None: return {};
    case Fix::Repair: return text(QT_TRANSLATE_NOOP("Inspect", "Repair"));
    case Fix::DecideAgain: return text(QT_TRANSLATE_NOOP("Inspect", "Decide again"));
    case Fix::ConfirmCrop: return text(QT_TRANSLATE_NOOP("Inspect", "Confirm the crop"));
    case Fix::RestoreFile: return text(QT_TRANSLATE_NOOP("Inspect", "Bring the file back, or decide again"));
    case Fix::StartWork: return text(QT_TRANSLATE_NOOP("Inspect", "Open the project for work"));
    case Fix::RestoreBackup: return text(QT_TRANSLATE_NOOP("Inspect", "Restore a backup"));
    }
    return {};
}

QString checkText(std::string_view check)
{
    const std::string_view meaning = checkInfo(check).meaning;
    return QCoreApplication::translate("Checks", std::string(meaning).c_str());
}

void FindingsModel::setReport(std::shared_ptr<const InspectionReport> report)
{
    beginResetModel();
    m_report = std::move(report);
    m_checks.clear();
    for (const CheckInfo& info : allChecks()) {
        if (m_report && m_report->findings.countOf(info.id) > 0)
            m_checks.push_back({&info, {}});
    }
    // The worst first.
    std::ranges::stable_sort(m_checks,
                             [](const Check& a, const Check& b) { return a.info->severity > b.info->severity; });
    if (m_report) {
        const std::vector<Finding>& findings = m_report->findings.kept();
        for (std::size_t i = 0; i < findings.size(); ++i) {
            for (Check& check : m_checks) {
                if (check.info->id == findings[i].check)
                    check.findings.push_back(i);
            }
        }
    }
    endResetModel();
}

QModelIndex FindingsModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : kTopLevel);
}

QModelIndex FindingsModel::parent(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == kTopLevel)
        return {};
    return createIndex(static_cast<int>(index.internalId() - 1), 0, kTopLevel);
}

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_checks.size());
    if (parent.internalId() != kTopLevel || parent.column() != 0)
        return 0;
    const Check& check = m_checks[static_cast<std::size_t>(parent.row())];
    return static_cast<int>(check.findings.size()) + (unlistedOf(check) > 0 ? 1 : 0);
}

std::int64_t FindingsModel::unlistedOf(const Check& check) const
{
    return m_report->findings.countOf(check.info->id) - std::ssize(check.findings);
}

int FindingsModel::columnCount(const QModelIndex&) const
{
    return ColumnEnd;
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const bool isCheck = index.internalId() == kTopLevel;
    const auto checkNumber = isCheck ? static_cast<std::size_t>(index.row())
                                     : static_cast<std::size_t>(index.internalId() - 1);
    const Check& check = m_checks[checkNumber];
    if (isCheck)
        return checkData(check, index.column(), role);
    const auto row = static_cast<std::size_t>(index.row());
    if (row >= check.findings.size()) {
        const bool isShown = role == Qt::DisplayRole && index.column() == ColumnWhat;
        return isShown ? tr("... and %L1 more that the report does not list").arg(unlistedOf(check)) : QVariant();
    }
    return findingData(m_report->findings.kept()[check.findings[row]], index.column(), role);
}

QVariant FindingsModel::checkData(const Check& check, int column, int role) const
{
    if (role == Qt::DecorationRole && column == ColumnWhat)
        return icon(iconNameOf(check.info->severity));
    if (role == SeverityRole)
        return static_cast<int>(check.info->severity);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case ColumnWhat: return checkText(check.info->id);
    case ColumnSeverity: return severityText(check.info->severity);
    case ColumnCount: return QLocale().toString(static_cast<qlonglong>(m_report->findings.countOf(check.info->id)));
    case ColumnEvidence: return fromCore(check.info->id);
    case ColumnFix: return fixText(check.info->fix);
    default: return {};
    }
}

QVariant FindingsModel::findingData(const Finding& finding, int column, int role) const
{
    if (role == GroupIdRole)
        return fromCore(finding.groupId);
    if (role == EvidenceRole)
        return fromCore(finding.evidence);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case ColumnWhat: return finding.groupId.empty() ? tr("File") : fromCore(finding.groupId);
    case ColumnCount: return finding.row > 0 ? tr("row %L1").arg(finding.row) : QString();
    case ColumnEvidence: return fromCore(finding.evidence);
    default: return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ColumnWhat: return tr("Check and group");
    case ColumnSeverity: return tr("Severity");
    case ColumnCount: return tr("Found");
    case ColumnEvidence: return tr("Evidence");
    case ColumnFix: return tr("What helps");
    default: return {};
    }
}

} // namespace ps
