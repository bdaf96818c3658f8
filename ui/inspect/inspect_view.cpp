// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspect/inspect_view.h"

#include "core/integrity/report_html.h"
#include "ui/common/buttons.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/inspect/findings_model.h"

#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace ps {

InspectView::InspectView(ProjectController& controller, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_theme(theme), m_model(new FindingsModel(this)),
      m_tree(new QTreeView(this)), m_headline(new QLabel(this)), m_saved(new QLabel(this)),
      m_inspect(new QPushButton(tr("Inspect again"), this)), m_repair(new QPushButton(tr("Repair..."), this)),
      m_saveAs(new QPushButton(tr("Save report as..."), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(14);

    auto* head = new QHBoxLayout;
    auto* titles = new QVBoxLayout;
    titles->setSpacing(2);
    QFont font = m_headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setWeight(QFont::DemiBold);
    m_headline->setFont(font);
    m_headline->setTextFormat(Qt::PlainText);
    m_saved->setTextFormat(Qt::PlainText);
    m_saved->setTextInteractionFlags(Qt::TextSelectableByMouse);
    titles->addWidget(m_headline);
    titles->addWidget(m_saved);
    head->addLayout(titles, 1);
    m_inspect->setIcon(icon(QStringLiteral("refresh")));
    m_repair->setIcon(icon(QStringLiteral("repair")));
    m_saveAs->setIcon(icon(QStringLiteral("report")));
    for (QPushButton* button : {m_repair, m_saveAs, m_inspect})
        head->addWidget(button);
    layout->addLayout(head);

    auto* tiles = new QHBoxLayout;
    tiles->setSpacing(10);
    tiles->addWidget(makeTile(tr("Rows"), m_rows));
    tiles->addWidget(makeTile(tr("Kept"), m_kept));
    tiles->addWidget(makeTile(tr("Cropped"), m_cropped));
    tiles->addWidget(makeTile(tr("Rejected"), m_rejected));
    tiles->addWidget(makeTile(tr("Errors"), m_errors));
    tiles->addWidget(makeTile(tr("Warnings"), m_warnings));
    tiles->addWidget(makeTile(tr("Open crops"), m_open));
    layout->addLayout(tiles);

    m_tree->setModel(m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(false);
    m_tree->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_tree->setAccessibleName(tr("Findings"));
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(FindingsModel::ColumnWhat, QHeaderView::Interactive);
    m_tree->header()->setSectionResizeMode(FindingsModel::ColumnEvidence, QHeaderView::Stretch);
    m_tree->setColumnWidth(FindingsModel::ColumnWhat, 420);
    m_tree->setColumnWidth(FindingsModel::ColumnSeverity, 90);
    m_tree->setColumnWidth(FindingsModel::ColumnCount, 80);
    m_tree->setColumnWidth(FindingsModel::ColumnFix, 220);
    layout->addWidget(m_tree, 1);

    connect(m_inspect, &QPushButton::clicked, &controller, &ProjectController::inspect);
    connect(m_repair, &QPushButton::clicked, &controller, &ProjectController::planRepair);
    connect(m_saveAs, &QPushButton::clicked, this, &InspectView::saveAs);
    connect(&controller, &ProjectController::inspected, this, &InspectView::showReport);
    connect(&controller, &ProjectController::repairPlanned, this, &InspectView::askRepair);
    connect(&controller, &ProjectController::repairFinished, &controller, &ProjectController::inspect);
    connect(&controller, &ProjectController::closed, this, &InspectView::showNothing);
    connect(&controller, &ProjectController::opened, this, [this] {
        showNothing();
        if (isVisible())
            m_controller.inspect();
    });
    const auto open = [this](const QModelIndex& index) {
        const QString groupId = index.data(FindingsModel::GroupIdRole).toString();
        if (!groupId.isEmpty())
            Q_EMIT groupChosen(groupId);
    };
    connect(m_tree, &QTreeView::clicked, this, open);
    connect(m_tree, &QTreeView::activated, this, open);
    showNothing();
}

QWidget* InspectView::makeTile(const QString& name, QLabel*& value)
{
    auto* tile = new QFrame(this);
    tile->setObjectName(QStringLiteral("tile"));
    tile->setStyleSheet(QStringLiteral("#tile { border: 1px solid palette(mid); border-radius: 9px; }"));
    auto* layout = new QVBoxLayout(tile);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(0);
    value = new QLabel(QStringLiteral("-"), tile);
    QFont font = value->font();
    font.setPointSizeF(font.pointSizeF() * 1.6);
    font.setWeight(QFont::DemiBold);
    value->setFont(font);
    auto* label = new QLabel(name, tile);
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, m_theme.colors().mutedText);
    label->setPalette(palette);
    layout->addWidget(value);
    layout->addWidget(label);
    return tile;
}

void InspectView::showEvent(QShowEvent*)
{
    if (m_controller.isOpen() && !m_report)
        m_controller.inspect();
}

void InspectView::showNothing()
{
    m_report.reset();
    m_model->setReport(nullptr);
    m_headline->setText(tr("Not inspected yet"));
    m_saved->clear();
    for (QLabel* value : {m_rows, m_kept, m_cropped, m_rejected, m_errors, m_warnings, m_open})
        value->setText(QStringLiteral("-"));
    m_repair->setEnabled(false);
    m_saveAs->setEnabled(false);
}

void InspectView::showReport(const std::shared_ptr<const InspectionReport>& report, const QString& savedAs)
{
    m_report = report;
    m_model->setReport(report);
    const FindingList& findings = report->findings;
    const auto number = [](std::int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); };
    const auto byAction = [&](const char* action) {
        const auto found = report->byAction.find(action);
        return number(found == report->byAction.end() ? 0 : found->second);
    };
    m_rows->setText(number(report->rows));
    m_kept->setText(byAction("approve"));
    m_cropped->setText(byAction("crop"));
    m_rejected->setText(byAction("reject"));
    m_errors->setText(number(findings.countOf(Severity::Error)));
    m_warnings->setText(number(findings.countOf(Severity::Warning)));
    m_open->setText(number(findings.countOf("crop_open")));
    m_headline->setText(report->hasProblems(false) ? tr("Some decisions need a look") : tr("No warnings and no errors"));
    m_saved->setText(savedAs.isEmpty() ? fromCore(report->database) : tr("Report: %1").arg(savedAs));
    bool canRepair = false;
    for (const CheckInfo& check : allChecks())
        canRepair = canRepair || (check.fix == Fix::Repair && findings.countOf(check.id) > 0);
    m_repair->setEnabled(canRepair && m_controller.isOpen() && !m_controller.isViewing());
    m_saveAs->setEnabled(m_controller.isOpen());
    m_inspect->setEnabled(m_controller.isOpen());
    for (int row = 0; row < m_model->rowCount({}); ++row) {
        const QModelIndex index = m_model->index(row, 0, {});
        if (index.data(FindingsModel::SeverityRole).toInt() >= static_cast<int>(Severity::Warning))
            m_tree->expand(index);
    }
}

void InspectView::askRepair(const std::shared_ptr<RepairPlan>& plan)
{
    QStringList lines;
    for (const PlannedRepair& planned : plan->repairs)
        lines.append(QStringLiteral("%1  %2\n    %3").arg(fromCore(planned.check), fromCore(planned.groupId), fromCore(planned.change)));
    auto* box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::NoIcon);
    box->setWindowTitle(tr("Repair"));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("%n value(s) follow from others and can be repaired. It is one undo step.", nullptr,
                    static_cast<int>(plan->repairs.size())));
    box->setDetailedText(lines.join(QLatin1Char('\n')));
    QPushButton* const go = box->addButton(tr("Repair"), QMessageBox::AcceptRole);
    makePrimary(go);
    box->addButton(QMessageBox::Cancel);
    connect(go, &QPushButton::clicked, this, [this, plan] { m_controller.runRepair(std::move(*plan)); });
    box->open();
}

void InspectView::saveAs()
{
    auto* dialog = new QFileDialog(this, tr("Save report as"), QString(),
                                   tr("Page (*.html);;JSON (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("html"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, report = m_report](const QString& path) {
        m_controller.saveReportAs(report, path);
    });
    dialog->open();
}

} // namespace ps
