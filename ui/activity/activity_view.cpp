// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/activity_view.h"

#include "core/db/connection.h"
#include "core/imaging/image_service.h"
#include "ui/common/error_text.h"
#include "ui/common/step_text.h"
#include "ui/models/retraining.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <memory>

namespace ps {

namespace {

constexpr std::int64_t kHistoryPage = 200;
constexpr int kGroupIdRole = Qt::UserRole;
constexpr int kMaxStagedShown = 2000;

QString localTime(const std::string& timestamp)
{
    const QDateTime time = QDateTime::fromString(fromCore(timestamp), Qt::ISODateWithMs);
    return time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat) : fromCore(timestamp);
}

QString changeText(const LedgerEntry& entry)
{
    const auto action = [](const std::optional<DecisionRow>& row) {
        return row ? stepKindText(row->text("user_action").value_or("?")) : QStringLiteral("-");
    };
    if (!entry.before && !entry.after)
        return {};
    return action(entry.before) + QStringLiteral(" → ") + action(entry.after);
}

} // namespace

ActivityView::ActivityView(ProjectController& controller, const ImageService& images, const Theme&, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_images(images), m_tabs(new QTabWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 14, 24, 16);
    m_tabs->addTab(makeHistory(), tr("History"));
    m_tabs->addTab(makeStaging(), tr("Staging"));
    m_tabs->addTab(makeStatus(), tr("Status"));
    layout->addWidget(m_tabs);
    connect(&controller, &ProjectController::historyRead, this, &ActivityView::showHistory);
    connect(&controller, &ProjectController::stagingRead, this, &ActivityView::showStaging);
    connect(&controller, &ProjectController::stagingChanged, this, [this] {
        if (isVisible())
            refresh();
    });
    connect(&controller, &ProjectController::groupsReset, this, [this] {
        if (isVisible())
            refresh();
    });
    connect(&controller, &ProjectController::decided, this, &ActivityView::refreshHistory);
    connect(&controller, &ProjectController::stepDone, this, &ActivityView::refreshHistory);
    connect(&controller, &ProjectController::storeStatusChanged, this, &ActivityView::showStatus);
    connect(&controller, &ProjectController::closed, this, [this] {
        m_history->clear();
        m_oldestSeq = 0;
        m_staged->clear();
        m_training->hide();
        showStatus();
    });
}

void ActivityView::showTraining(const TrainingNote& note)
{
    m_training->setText(localTime(note.at) + QStringLiteral("   ") + trainingNoteText(note));
    m_training->show();
}

void ActivityView::refreshTraining()
{
    const auto note = std::make_shared<std::optional<TrainingNote>>();
    m_controller.runAside(
        [note](const ProjectSession& session, const std::stop_token&) {
            const auto reader = session.openReader();
            if (const auto settings = reader ? readSuggestionSettings(*reader)
                                             : Result<SuggestionSettings>(reader.error());
                settings)
                *note = settings->lastTraining;
        },
        [guard = QPointer(this), note] {
            if (guard && *note)
                guard->showTraining(**note);
        });
}

QWidget* ActivityView::makeHistory()
{
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 12, 0, 0);
    m_training = new QLabel(page);
    m_training->setObjectName(QStringLiteral("trainingNote"));
    m_training->setTextFormat(Qt::PlainText);
    m_training->setWordWrap(true);
    m_training->hide();
    layout->addWidget(m_training);
    m_history = new QTreeWidget(page);
    m_history->setRootIsDecorated(false);
    m_history->setUniformRowHeights(true);
    m_history->setHeaderLabels({tr("No."), tr("Time"), tr("Annotator"), tr("What"), tr("Change"), tr("Group")});
    m_history->header()->setStretchLastSection(true);
    m_history->setAccessibleName(tr("History"));
    connect(m_history, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        const QString groupId = item->data(0, kGroupIdRole).toString();
        if (!groupId.isEmpty())
            Q_EMIT groupChosen(groupId);
    });
    layout->addWidget(m_history, 1);
    m_older = new QPushButton(tr("Show older entries"), page);
    connect(m_older, &QPushButton::clicked, this, [this] { m_controller.requestHistory(m_oldestSeq, kHistoryPage); });
    layout->addWidget(m_older, 0, Qt::AlignLeft);
    return page;
}

QWidget* ActivityView::makeStaging()
{
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 12, 0, 0);
    auto* head = new QHBoxLayout;
    m_stagingSummary = new QLabel(page);
    m_stagingSummary->setTextFormat(Qt::PlainText);
    m_stagingSummary->setWordWrap(true);
    head->addWidget(m_stagingSummary, 1);
    m_restore = new QPushButton(tr("Restore all"), page);
    m_purge = new QPushButton(tr("Delete for good..."), page);
    head->addWidget(m_restore);
    head->addWidget(m_purge);
    layout->addLayout(head);
    m_staged = new QTreeWidget(page);
    m_staged->setRootIsDecorated(false);
    m_staged->setUniformRowHeights(true);
    m_staged->setHeaderLabels({tr("File"), tr("Came from"), tr("Size"), tr("Group")});
    m_staged->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_staged->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_staged->setAccessibleName(tr("Staged files"));
    layout->addWidget(m_staged, 1);
    connect(m_restore, &QPushButton::clicked, &m_controller, &ProjectController::restoreStaging);
    connect(m_purge, &QPushButton::clicked, this, &ActivityView::askPurge);
    return page;
}

QWidget* ActivityView::makeStatus()
{
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 14, 0, 0);
    m_status = new QLabel(page);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_status->setWordWrap(true);
    layout->addWidget(m_status);
    layout->addStretch();
    return page;
}

void ActivityView::showEvent(QShowEvent*)
{
    refresh();
}

void ActivityView::refresh()
{
    showStatus();
    if (!m_controller.isOpen())
        return;
    refreshHistory();
    refreshTraining();
    m_controller.requestStaging();
}

void ActivityView::refreshHistory()
{
    if (isVisible() && m_controller.isOpen())
        m_controller.requestHistory(std::nullopt, kHistoryPage);
}

void ActivityView::showHistory(std::optional<std::int64_t> beforeSeq, const std::vector<LedgerEntry>& entries)
{
    if (!beforeSeq) {
        m_history->clear();
        m_oldestSeq = 0;
    } else if (*beforeSeq != m_oldestSeq) {
        return; // the list has begun anew since, or has these entries already
    }
    for (const LedgerEntry& entry : entries) {
        auto* item = new QTreeWidgetItem(m_history, {QLocale().toString(static_cast<qlonglong>(entry.seq)),
                                                     localTime(entry.timestamp), fromCore(entry.annotator),
                                                     stepKindText(entry.kind), changeText(entry),
                                                     fromCore(entry.groupId.empty() ? entry.groupKey : entry.groupId)});
        item->setData(0, kGroupIdRole, fromCore(entry.groupId));
        m_oldestSeq = entry.seq;
    }
    for (int column = 0; column < 5; ++column)
        m_history->resizeColumnToContents(column);
    m_older->setVisible(m_oldestSeq > 1);
}

void ActivityView::showStaging(const StagingContent& content)
{
    m_staged->clear();
    m_stagedFiles = std::ssize(content.files);
    QString text = tr("%n file(s) wait here, %1. Nothing is deleted until you say so.", nullptr,
                      static_cast<int>(m_stagedFiles))
                       .arg(QLocale().formattedDataSize(content.totalBytes));
    if (content.foreignFiles > 0)
        text += QLatin1Char(' ') + tr("%n more file(s) in the folder are not of this project.", nullptr,
                                      static_cast<int>(content.foreignFiles));
    if (m_stagedFiles > kMaxStagedShown)
        text += QLatin1Char(' ') + tr("The first %1 are listed.").arg(kMaxStagedShown);
    m_stagingSummary->setText(m_stagedFiles == 0 ? tr("Nothing is staged.") : text);
    for (const StagedFile& file : content.files) {
        if (m_staged->topLevelItemCount() >= kMaxStagedShown)
            break;
        new QTreeWidgetItem(m_staged, {fromCore(file.path), fromCore(file.originalPath),
                                       file.isMissing ? tr("missing") : QLocale().formattedDataSize(file.sizeBytes),
                                       fromCore(file.operation.groupKey)});
    }
    m_restore->setEnabled(m_stagedFiles > 0);
    m_purge->setEnabled(m_stagedFiles > 0);
}

void ActivityView::askPurge()
{
    auto* box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("Delete staged files"));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Delete %n staged file(s) for good?", nullptr, static_cast<int>(m_stagedFiles)));
    box->setInformativeText(
        tr("They cannot be brought back, and the finalize that staged them cannot be undone any more. "
           "The database is backed up first."));
    QPushButton* const go = box->addButton(tr("Delete for good"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    connect(go, &QPushButton::clicked, &m_controller, &ProjectController::purgeStaging);
    box->open();
}

void ActivityView::showStatus()
{
    const StoreStatus& store = m_controller.storeStatus();
    const PoolHealth health = m_images.health();
    QStringList lines;
    if (m_controller.isOpen()) {
        const QString state = store.state == StoreState::Working     ? tr("working")
                              : store.state == StoreState::Preparing ? tr("preparing")
                                                                     : tr("viewing only");
        lines.append(tr("Project: %1, %2").arg(m_controller.title(), state));
        lines.append(
            tr("Journal: %1. A tick appears only after the commit is on the disk.").arg(fromCore(store.journalMode)));
        lines.append(store.lastSnapshot
                         ? tr("Last verified backup: %1").arg(localTime(formatTimestamp(*store.lastSnapshot)))
                         : tr("Last verified backup: not in this session"));
        for (const std::string& note : store.notes)
            lines.append(QStringLiteral("△ ") + fromCore(note));
    }
    const int version = sqliteVersion();
    lines.append(tr("SQLite %1.%2.%3").arg(version / 1'000'000).arg(version / 1000 % 1000).arg(version % 1000) +
                 (hasWalResetRace(version)
                      ? QStringLiteral(" - ") + tr("has the WAL-reset race; while other programs have the "
                                                   "database open, the safer journal is used")
                      : QString()));
    lines.append(tr("Worker processes: %1 of %2 alive, %3 restarted, %4 files set aside")
                     .arg(health.aliveCount)
                     .arg(health.workerCount)
                     .arg(health.restartCount)
                     .arg(health.quarantinedCount));
    lines.append(tr("Sandbox: %1").arg(health.sandbox.empty() ? tr("not started") : fromCore(health.sandbox)));
    m_status->setText(lines.join(QStringLiteral("\n\n")));
}

} // namespace ps
