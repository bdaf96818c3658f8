// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspect/inspect_view.h"

#include "core/integrity/report_html.h"
#include "ui/common/buttons.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/inspect/findings_model.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace ps {

namespace {

constexpr int kWhatWidth = 420; ///< of the column with checks and groups
constexpr int kNarrowWhatWidth = 220;

} // namespace

InspectView::InspectView(ProjectController& controller, const Theme&, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_model(new FindingsModel(this)), m_tree(new QTreeView(this)),
      m_headline(new QLabel(this)), m_saved(new QLabel(this)), m_inspect(new QPushButton(tr("Inspect again"), this)),
      m_repair(new QPushButton(tr("Repair..."), this)), m_saveAs(new QPushButton(tr("Save report as..."), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(14);
    layout->addWidget(makeHead());
    layout->addWidget(makeTiles());
    setUpTree();
    layout->addWidget(m_tree, 1);
    connectController();
    showNothing();
}

// ---- building ------------------------------------------------------------------------------------------------------

QWidget* InspectView::makeHead()
{
    auto* box = new QWidget(this);
    auto* head = new QHBoxLayout(box);
    head->setContentsMargins(0, 0, 0, 0);
    auto* titles = new QVBoxLayout;
    titles->setSpacing(2);
    QFont font = m_headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setWeight(QFont::DemiBold);
    m_headline->setFont(font);
    m_saved->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (QLabel* label : {m_headline, m_saved}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        titles->addWidget(label);
    }
    head->addLayout(titles, 1);
    m_inspect->setIcon(icon(QStringLiteral("refresh")));
    m_repair->setIcon(icon(QStringLiteral("repair")));
    m_saveAs->setIcon(icon(QStringLiteral("report")));
    for (QPushButton* button : {m_repair, m_saveAs, m_inspect}) {
        button->setAccessibleName(button->text());
        head->addWidget(button, 0, Qt::AlignTop);
    }
    return box;
}

QWidget* InspectView::makeTiles()
{
    auto* box = new QWidget(this);
    m_tileGrid = new QGridLayout(box);
    m_tileGrid->setContentsMargins(0, 0, 0, 0);
    m_tileGrid->setSpacing(10);
    m_tiles = {makeTile(box, tr("Rows"), m_rows),       makeTile(box, tr("Kept"), m_kept),
               makeTile(box, tr("Cropped"), m_cropped), makeTile(box, tr("Rejected"), m_rejected),
               makeTile(box, tr("Errors"), m_errors),   makeTile(box, tr("Warnings"), m_warnings),
               makeTile(box, tr("Open crops"), m_open)};
    return box;
}

void InspectView::setUpTree()
{
    m_tree->setModel(m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(false);
    m_tree->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setAccessibleName(tr("Findings"));
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(FindingsModel::ColumnWhat, QHeaderView::Interactive);
    m_tree->header()->setSectionResizeMode(FindingsModel::ColumnEvidence, QHeaderView::Stretch);
    m_tree->setColumnWidth(FindingsModel::ColumnWhat, kWhatWidth);
    m_tree->setColumnWidth(FindingsModel::ColumnSeverity, 90);
    m_tree->setColumnWidth(FindingsModel::ColumnCount, 80);
    m_tree->setColumnWidth(FindingsModel::ColumnFix, 220);
    auto* copy = new QAction(icon(QStringLiteral("copy")), tr("Copy evidence"), m_tree);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &InspectView::copyEvidence);
    m_tree->addAction(copy);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    // A click only selects; a double click or Return leads to the group.
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex& index) {
        const QString groupId = index.data(FindingsModel::GroupIdRole).toString();
        if (!groupId.isEmpty())
            Q_EMIT groupChosen(groupId);
    });
}

void InspectView::connectController()
{
    connect(m_inspect, &QPushButton::clicked, &m_controller, &ProjectController::inspect);
    connect(m_repair, &QPushButton::clicked, &m_controller, &ProjectController::planRepair);
    connect(m_saveAs, &QPushButton::clicked, this, &InspectView::saveAs);
    connect(&m_controller, &ProjectController::inspected, this, &InspectView::showReport);
    connect(&m_controller, &ProjectController::repairPlanned, this, &InspectView::askRepair);
    connect(&m_controller, &ProjectController::repairFinished, &m_controller, &ProjectController::inspect);
    connect(&m_controller, &ProjectController::groupsChanged, this, &InspectView::onDataChanged);
    connect(&m_controller, &ProjectController::groupsReset, this, &InspectView::onDataChanged);
    connect(&m_controller, &ProjectController::closed, this, &InspectView::showNothing);
    connect(&m_controller, &ProjectController::opened, this, [this] {
        showNothing();
        if (isVisible())
            m_controller.inspect();
    });
}

QWidget* InspectView::makeTile(QWidget* parent, const QString& name, QLabel*& value)
{
    auto* tile = new QFrame(parent);
    tile->setObjectName(QStringLiteral("tile"));
    tile->setMinimumWidth(64);
    auto* layout = new QVBoxLayout(tile);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(0);
    value = new QLabel(QStringLiteral("-"), tile);
    QFont font = value->font();
    font.setPointSizeF(font.pointSizeF() * 1.6);
    font.setWeight(QFont::DemiBold);
    value->setFont(font);
    auto* label = new QLabel(name, tile);
    label->setProperty("muted", true);
    layout->addWidget(value);
    layout->addWidget(label);
    return tile;
}

void InspectView::arrange()
{
    constexpr int kTileWidth = 118;
    constexpr int kWide = 860; ///< below it the buttons show only their icons, and the list its most important columns
    const int count = static_cast<int>(m_tiles.size());
    const int room = width() - 2 * 24;
    const int columns = room >= count * kTileWidth ? count : qBound(2, room / kTileWidth, 4);
    if (std::exchange(m_tileColumns, columns) != columns) {
        for (int i = 0; i < count; ++i) {
            m_tileGrid->addWidget(m_tiles[static_cast<std::size_t>(i)], i / columns, i % columns);
            m_tileGrid->setColumnStretch(i, i < columns ? 1 : 0);
        }
    }
    const bool isWide = width() >= kWide;
    if (std::exchange(m_isWide, isWide) == isWide)
        return;
    for (QPushButton* button : {m_repair, m_saveAs, m_inspect}) {
        button->setText(isWide ? button->accessibleName() : QString());
        button->setToolTip(isWide ? QString() : button->accessibleName());
    }
    m_tree->setColumnWidth(FindingsModel::ColumnWhat, isWide ? kWhatWidth : kNarrowWhatWidth);
    m_tree->setColumnHidden(FindingsModel::ColumnSeverity, !isWide);
    m_tree->setColumnHidden(FindingsModel::ColumnFix, !isWide);
}

void InspectView::resizeEvent(QResizeEvent*)
{
    arrange();
}

// ---- showing -------------------------------------------------------------------------------------------------------

void InspectView::showEvent(QShowEvent*)
{
    if (m_controller.isOpen() && !m_report)
        m_controller.inspect();
}

void InspectView::showNothing()
{
    m_report.reset();
    m_savedAs.clear();
    m_lastChange.reset();
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
    m_savedAs = savedAs;
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
    m_headline->setText(report->hasProblems(false) ? tr("Some decisions need a look")
                                                   : tr("No warnings and no errors"));
    showSource();
    bool canRepair = false;
    for (const CheckInfo& check : allChecks())
        canRepair = canRepair || (check.fix == Fix::Repair && findings.countOf(check.id) > 0);
    m_repair->setEnabled(canRepair && m_controller.isOpen() && !m_controller.isViewing());
    m_repair->setVisible(m_controller.isOpen());
    m_saveAs->setEnabled(true);
    m_inspect->setEnabled(m_controller.isOpen());
    for (int row = 0; row < m_model->rowCount({}); ++row) {
        const QModelIndex index = m_model->index(row, 0, {});
        if (index.data(FindingsModel::SeverityRole).toInt() >= static_cast<int>(Severity::Warning))
            m_tree->expand(index);
    }
}

void InspectView::showSource()
{
    QString text = m_savedAs.isEmpty() ? fromCore(m_report->database) : tr("Report: %1").arg(m_savedAs);
    if (m_controller.isOpen() && m_lastChange && *m_lastChange > m_report->generatedAt)
        text += QStringLiteral("\n△ ") + tr("The data has changed since. This report is older.");
    m_saved->setText(text);
}

void InspectView::onDataChanged()
{
    m_lastChange = systemClock().now();
    if (m_report)
        showSource();
}

void InspectView::copyEvidence()
{
    QStringList lines;
    // By ranges: a report lists a few thousand findings at the most, and only they are walked.
    for (const QItemSelectionRange& range : m_tree->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            const QModelIndex index = m_model->index(row, 0, range.parent());
            const QString evidence = index.data(FindingsModel::EvidenceRole).toString();
            if (!evidence.isEmpty())
                lines.append(evidence);
        }
    }
    if (!lines.isEmpty())
        QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void InspectView::askRepair(const std::shared_ptr<RepairPlan>& plan)
{
    QStringList lines;
    for (const PlannedRepair& planned : plan->repairs)
        lines.append(QStringLiteral("%1  %2\n    %3")
                         .arg(fromCore(planned.check), fromCore(planned.groupId), fromCore(planned.change)));
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
    auto* dialog = new QFileDialog(this, tr("Save report as"), QString(), tr("Page (*.html);;JSON (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("html"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, report = m_report](const QString& path) { m_controller.saveReportAs(report, path); });
    dialog->open();
}

} // namespace ps
