// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/import_view.h"

#include "ui/common/buttons.h"
#include "ui/common/error_text.h"
#include "ui/exchange/count_bars.h"
#include "ui/exchange/exchange_words.h"
#include "ui/exchange/import_detail.h"
#include "ui/exchange/import_form.h"
#include "ui/exchange/import_items_model.h"
#include "ui/models/chart_content.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr int kWhole = 1000;
constexpr int kRowHeight = 26;
constexpr std::size_t kShownClasses = 8;

QLabel* plain(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void enlarge(QLabel* label, qreal factor)
{
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
}

} // namespace

ImportView::ImportView(ProjectController& controller, std::shared_ptr<ExchangeBackend> backend, PictureLoader& loader,
                       const Theme& theme, QWidget* parent)
    : QWidget(parent), m_import(controller, std::move(backend), nullptr)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 12);
    layout->setSpacing(10);
    auto* head = new QHBoxLayout;
    auto* title = new QLabel(tr("Import"), this);
    enlarge(title, 1.5);
    m_close = new QPushButton(tr("Close"), this);
    m_close->setToolTip(tr("Leave without writing anything."));
    head->addWidget(title, 1);
    head->addWidget(m_close);
    layout->addLayout(head);
    auto* row = new QHBoxLayout;
    row->setSpacing(22);
    m_form = new ImportForm(m_import, this);
    m_totals = new CountBars(tr("Outcome"), theme, this);
    m_classes = new CountBars(tr("Kinds of rows"), theme, this);
    m_projects = new CountBars(tr("By project"), theme, this);
    m_items = new ImportItemsModel(m_import, this);
    m_detail = new ImportDetail(m_import, loader, theme, this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(makeStart());
    m_pages->addWidget(makeWork());
    m_pages->addWidget(makeResult());
    row->addWidget(m_form);
    row->addWidget(m_pages, 1);
    layout->addLayout(row, 1);
    setFocusProxy(&m_form->source());
    connectParts();
    showState();
}

// ---- building ------------------------------------------------------------------------------------------------------

QWidget* ImportView::makeStart()
{
    auto* page = new QWidget(m_pages);
    auto* layout = new QVBoxLayout(page);
    m_startText = plain(page);
    layout->addWidget(m_startText);
    layout->addStretch(1);
    return page;
}

QWidget* ImportView::makeWork()
{
    auto* page = new QWidget(m_pages);
    auto* layout = new QVBoxLayout(page);
    layout->setSpacing(10);
    m_status = plain(page);
    m_bar = new QProgressBar(page);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the import"));
    m_cancel = new QPushButton(tr("Cancel"), page);
    layout->addWidget(m_status);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel, 0, Qt::AlignLeft);
    layout->addStretch(1);
    return page;
}

QWidget* ImportView::makeResult()
{
    auto* page = new QWidget(m_pages);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_headline = plain(page);
    enlarge(m_headline, 1.25);
    m_format = plain(page);
    m_format->setProperty("muted", true);
    layout->addWidget(m_headline);
    layout->addWidget(m_format);
    auto* bars = new QHBoxLayout;
    bars->setSpacing(28);
    for (CountBars* one : {m_totals, m_classes, m_projects})
        bars->addWidget(one, 1, Qt::AlignTop);
    layout->addLayout(bars);
    m_outcomes = new QComboBox(page);
    m_outcomes->setAccessibleName(tr("Which rows"));
    m_table = new QTableView(page);
    m_table->setModel(m_items);
    m_table->setAccessibleName(tr("Rows of the source"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);
    const std::pair<int, int> widths[] = {{ImportItemsModel::WhereColumn, 170},  {ImportItemsModel::OutcomeColumn, 95},
                                          {ImportItemsModel::ProjectColumn, 95}, {ImportItemsModel::ImagesColumn, 170},
                                          {ImportItemsModel::BeforeColumn, 150}, {ImportItemsModel::AfterColumn, 210}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width);
    layout->addWidget(m_outcomes, 0, Qt::AlignLeft);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_detail);
    auto* row = new QHBoxLayout;
    m_reason = plain(page);
    m_discard = new QPushButton(tr("Discard"), page);
    m_discard->setToolTip(tr("Forget what was read. Nothing was written."));
    m_apply = new QPushButton(tr("Apply"), page);
    makePrimary(m_apply);
    row->addWidget(m_reason, 1);
    row->addWidget(m_discard);
    row->addWidget(m_apply);
    layout->addLayout(row);
    return page;
}

void ImportView::connectParts()
{
    connect(m_form, &ImportForm::readWanted, this, [this] { m_import.read(m_form->order()); });
    connect(m_cancel, &QPushButton::clicked, &m_import, &ImportController::cancel);
    connect(m_discard, &QPushButton::clicked, &m_import, &ImportController::discard);
    connect(m_apply, &QPushButton::clicked, &m_import, &ImportController::apply);
    connect(m_close, &QPushButton::clicked, this, [this] {
        m_import.discard();
        Q_EMIT closeWanted();
    });
    connect(&m_import, &ImportController::stateChanged, this, &ImportView::showState);
    connect(&m_import, &ImportController::progressed, this, &ImportView::showProgress);
    connect(&m_import, &ImportController::failed, this, &ImportView::failed);
    connect(m_outcomes, &QComboBox::currentIndexChanged, this, [this](int index) {
        const int outcome = m_outcomes->itemData(index).toInt();
        m_detail->show(nullptr);
        if (index >= 0)
            m_items->show(outcome < 0 ? std::nullopt : std::optional(static_cast<ImportOutcome>(outcome)));
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ImportView::showDetail);
}

void ImportView::begin(const QString& sourcePath, bool isBackfill, const ProjectAddress& target)
{
    if (m_import.isBusy())
        return;
    if (!sourcePath.isEmpty() || m_import.state() == ImportController::State::Applied)
        m_import.discard();
    m_form->setBackfill(isBackfill);
    if (!sourcePath.isEmpty())
        m_form->setSource(sourcePath);
    m_form->setTarget(target);
}

// ---- showing -------------------------------------------------------------------------------------------------------

QString ImportView::headline() const
{
    return m_headline->text();
}

QString ImportView::statusShown() const
{
    return m_pages->currentIndex() == 0   ? m_startText->text()
           : m_pages->currentIndex() == 1 ? m_status->text()
                                          : m_reason->text();
}

void ImportView::showState()
{
    using State = ImportController::State;
    const State state = m_import.state();
    m_form->setEnabled(!m_import.isBusy());
    Q_EMIT m_form->changed();
    m_close->setEnabled(!m_import.isBusy());
    switch (state) {
    case State::Idle:
        m_pages->setCurrentIndex(0);
        m_items->clear();
        m_startText->setProperty("muted", !m_import.error());
        m_startText->setText(
            m_import.error() ? QStringLiteral("△ ") + errorText(*m_import.error()).summary + QLatin1Char('\n') +
                                   errorText(*m_import.error()).details
                             : tr("Choose what to import, and read it. Then the counts and the rows are shown here, "
                                  "with what could not be read. Nothing is written before you apply it."));
        break;
    case State::Reading:
    case State::Applying:
        m_pages->setCurrentIndex(1);
        showProgress();
        break;
    case State::Read: showRead(); break;
    case State::Applied: showApplied(); break;
    }
}

void ImportView::showProgress()
{
    const int permille = m_import.pace().permille();
    m_bar->setRange(0, permille < 0 ? 0 : kWhole);
    m_bar->setValue(qMax(permille, 0));
    const bool isReading = m_import.state() == ImportController::State::Reading;
    const QString pace = m_import.pace().text();
    if (m_import.isCancelling())
        m_status->setText(tr("Stops at the next safe place. Nothing is kept."));
    else if (!pace.isEmpty())
        m_status->setText(pace);
    else
        m_status->setText(isReading ? tr("Reading the source...")
                                    : tr("A verified snapshot first, then everything in one step..."));
    m_cancel->setEnabled(!m_import.isCancelling());
    m_cancel->setToolTip(isReading ? tr("Nothing was written and nothing will be.")
                                   : tr("Everything stays as it was before."));
}

void ImportView::showRead()
{
    const ImportSummary& summary = m_import.summary();
    m_pages->setCurrentIndex(2);
    m_headline->setText(tr("%1 rows read: %2 would change the project, %3 could not be read")
                            .arg(countText(summary.total()), countText(summary.changes()),
                                 countText(summary.of(ImportOutcome::Quarantined))));
    m_format->setText(m_import.order().isBackfill
                          ? tr("Finished images, looked for in the originals")
                          : tr("Read as: %1. Choose another format on the left if that is wrong, and read again.")
                                .arg(importFormatText(summary.format)));
    std::vector<CountBars::Bar> totals;
    m_outcomes->blockSignals(true);
    m_outcomes->clear();
    m_outcomes->addItem(tr("All rows (%1)").arg(countText(summary.total())), -1);
    for (std::size_t i = 0; i < kImportOutcomeCount; ++i) {
        const QString name = outcomeText(static_cast<ImportOutcome>(i));
        if (summary.totals.at(i) == 0)
            continue;
        totals.push_back({name, summary.totals.at(i)});
        m_outcomes->addItem(QStringLiteral("%1: %2").arg(name, countText(summary.totals.at(i))), static_cast<int>(i));
    }
    m_outcomes->blockSignals(false);
    m_totals->setBars(std::move(totals));
    std::vector<CountBars::Bar> classes;
    for (const auto& [name, count] : summary.classes)
        classes.push_back({fromCore(name), count});
    std::ranges::stable_sort(classes, std::ranges::greater{}, &CountBars::Bar::count);
    if (classes.size() > kShownClasses)
        classes.resize(kShownClasses);
    m_classes->setBars(std::move(classes));
    std::vector<CountBars::Bar> projects;
    for (const auto& [id, counts] : summary.counts) {
        std::int64_t total = 0;
        for (const std::int64_t count : counts)
            total += count;
        projects.push_back({id.empty() ? tr("no project") : fromCore(id), total});
    }
    m_projects->setBars(std::move(projects));
    m_items->show({});
    m_detail->show(nullptr);
    m_apply->show();
    m_apply->setEnabled(summary.changes() > 0);
    m_discard->setText(tr("Discard"));
    if (m_import.error())
        m_reason->setText(QStringLiteral("△ ") + errorText(*m_import.error()).summary + QLatin1Char(' ') +
                          tr("Everything is as it was before."));
    else if (summary.changes() == 0)
        m_reason->setText(
            tr("There is nothing to apply: the project has all of this already, or none of it can be used."));
    else
        m_reason->setText(tr("Applying takes a verified snapshot first and is one step: one undo takes it back."));
}

void ImportView::showApplied()
{
    m_pages->setCurrentIndex(2);
    const ImportPlan::Applied& applied = m_import.outcome();
    std::int64_t changes = 0;
    for (const auto& [id, counts] : applied.counts) {
        for (const ImportOutcome outcome : {ImportOutcome::Added, ImportOutcome::Filled, ImportOutcome::Corrected})
            changes += counts.at(static_cast<std::size_t>(outcome));
    }
    m_headline->setText(QStringLiteral("✓ ") + tr("Imported: %1 rows were applied.").arg(countText(changes)));
    m_format->setText(tr("Report: %1").arg(fromCore(applied.reportPath)));
    m_reason->setText(tr("One undo takes all of it back."));
    m_apply->hide();
    m_discard->setText(tr("Import more"));
}

void ImportView::showDetail()
{
    m_detail->show(m_items->itemAt(m_table->currentIndex()));
}

} // namespace ps
