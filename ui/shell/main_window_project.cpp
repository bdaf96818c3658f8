// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window does when a project comes, goes or has done something; its layout and wiring are in main_window.cpp.
#include "core/imaging/thumbnail_service.h"
#include "ui/common/background_survey.h"
#include "ui/common/error_text.h"
#include "ui/common/live_suggestions.h"
#include "ui/common/step_text.h"
#include "ui/common/theme.h"
#include "ui/exchange/export_view.h"
#include "ui/exchange/import_view.h"
#include "ui/inspect/inspect_view.h"
#include "ui/review/review_view.h"
#include "ui/settings/settings_dialog.h"
#include "ui/shell/banner.h"
#include "ui/shell/finalize_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_dialogs.h"
#include "ui/shell/recent_projects.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"

#include <QFileDialog>
#include <QSettings>

namespace ps {

namespace {

/// Reasons for which a project can still be looked at.
bool canBeViewed(const Error& error)
{
    switch (error.code) {
    case ErrorCode::Locked:
    case ErrorCode::VersionMismatch:
    case ErrorCode::ReadOnly:
    case ErrorCode::NoSpace:
    case ErrorCode::Refused: return true;
    default: return false;
    }
}

QString stepText(const UndoStep& step)
{
    const QString kind = stepKindText(step.kind);
    return step.groupKey.empty() ? kind : QStringLiteral("%1 %2").arg(kind, fromCore(step.groupKey));
}

} // namespace

// ---- opening and closing -------------------------------------------------------------------------------------------

void MainWindow::openProject(const ProjectAddress& address)
{
    rememberPlace();
    m_whyViewing.reset();
    m_banner->hide();
    m_openAddress = address;
    m_controller.open(address);
}

void MainWindow::openDemo()
{
    m_opening.openDemo(ProjectOpening::demoWorkspacePath());
}

void MainWindow::resumeLastProject()
{
    const QStringList last = QSettings().value(QStringLiteral("session/open")).toStringList();
    if (last.size() == 2 && !last.first().isEmpty())
        openProject({last[0], last[1]});
}

void MainWindow::onOpened()
{
    const ProjectAddress& address = m_controller.address();
    setWindowTitle(tr("%1 - Proofsheet").arg(m_controller.title()));
    m_loader.setFolders(m_controller.session()->folders());
    if (const auto known = findRecentProject(address))
        m_review->resumeAt(known->groupKey);
    m_start->setWaiting({});
    const QString importNote = std::exchange(m_importNote, {});
    showWorkplace(importNote.isEmpty() ? WorkplaceReview : WorkplaceImport);
    rememberPlace();
    if (!importNote.isEmpty()) {
        m_banner->showNote(importNote);
        if (m_isImportUndoable)
            m_banner->offer(tr("Undo"), [this] { m_controller.undo(); });
    }
    if (m_whyViewing) {
        m_banner->showError(*m_whyViewing);
        m_banner->offer(tr("Try again"), [this, address] { openProject(address); });
        m_whyViewing.reset();
    }
}

void MainWindow::onOpenFailed(const ProjectAddress& address, ProjectController::Access access, const Error& error)
{
    if (access == ProjectController::Access::Work && canBeViewed(error)) {
        m_whyViewing = error;
        m_controller.open(address, ProjectController::Access::View);
        return;
    }
    m_openAddress = {};
    m_importNote.clear();
    m_start->setWaiting({});
    showWorkplace(WorkplaceStart);
    m_banner->showError(error);
}

void MainWindow::onClosed()
{
    setWindowTitle(QStringLiteral("Proofsheet"));
    m_loader.setFolders(std::nullopt);
    showRecent();
    showWorkplace(m_import->import().isBusy() ? WorkplaceImport : WorkplaceStart);
}

void MainWindow::rememberPlace()
{
    if (!m_controller.isOpen())
        return;
    const GroupCounts& counts = m_controller.counts();
    const std::int64_t percent = counts.total() > 0 ? 100 * counts.handled() / counts.total() : 0;
    const QString key = m_review->currentGroupKey();
    const auto known = findRecentProject(m_controller.address());
    rememberProject({m_controller.address(), m_controller.title(), key.isEmpty() && known ? known->groupKey : key,
                     counts.total() > 0 || !known ? static_cast<int>(percent) : known->percentDone});
}

void MainWindow::showRecent()
{
    m_start->setRecent(loadRecentProjects());
}

void MainWindow::onStoreStatus()
{
    const StoreStatus& status = m_controller.storeStatus();
    if (status.state == StoreState::ReadOnly && status.error)
        m_banner->showError(*status.error);
}

// ---- steps and finalize --------------------------------------------------------------------------------------------

void MainWindow::nameSteps(const std::optional<UndoStep>& undoStep, const std::optional<UndoStep>& redoStep)
{
    const auto name = [this](const char* id, const QString& plain, const std::optional<UndoStep>& step) {
        QAction* const action = m_actions.action(id);
        action->setText(step ? QStringLiteral("%1: %2").arg(plain, stepText(*step)) : plain);
        action->setEnabled(step.has_value());
    };
    name("edit.undo", tr("&Undo"), undoStep);
    name("edit.redo", tr("&Redo"), redoStep);
}

void MainWindow::onStepDone(bool isUndo, const StepOutcome& outcome)
{
    const QString step = stepText(outcome.step);
    if (outcome.failed.empty()) {
        m_banner->hide(); // what it says or offers is about the step before
        m_status->say(isUndo ? tr("Undone: %1").arg(step) : tr("Done again: %1").arg(step));
        return;
    }
    m_banner->showNote(tr("△ %n group(s) could not be moved and wait for the next start: %1", nullptr,
                          static_cast<int>(outcome.failed.size()))
                           .arg(fromCore(outcome.failed.front().reason)));
}

void MainWindow::onFinalizePlanned(const std::shared_ptr<FinalizePlan>& plan)
{
    auto* dialog = new FinalizeDialog(plan->summary, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, plan] { m_controller.runFinalize(std::move(*plan)); });
    dialog->open();
}

void MainWindow::onFinalizeFinished(const FinalizeOutcome& outcome)
{
    const ExecutionReport& report = outcome.report;
    QString text = tr("✓ %n group(s) finalized.", nullptr, static_cast<int>(report.doneGroups));
    if (!report.failed.empty()) {
        text += QLatin1Char(' ') + tr("△ %n group(s) could not be carried out and are as before. The first: %1",
                                      nullptr, static_cast<int>(report.failed.size()))
                                       .arg(fromCore(report.failed.front().reason));
    }
    m_banner->showNote(text);
    if (outcome.planId)
        m_banner->offer(tr("Undo"), [this] { m_controller.undo(); });
}

// ---- import and export ---------------------------------------------------------------------------------------------

void MainWindow::connectExchange()
{
    connect(m_export, &ExportView::said, m_status, &StatusLine::say);
    connect(m_export, &ExportView::failed, m_banner, &Banner::showError);
    connect(&m_export->exports(), &ExportController::saved, this,
            [this](const QString& path) { m_banner->showNote(tr("What differs was saved as %1.").arg(path)); });
    for (const char* id : {"export.start", "export.verify", "export.compare"})
        connect(m_actions.action(id), &QAction::triggered, this, [this] {
            if (workplace() != WorkplaceExport)
                showWorkplace(WorkplaceExport);
        });
    connect(&m_opening, &ProjectOpening::datasetFound, this, [this](const QString& path) { openImport(path); });
    connect(m_import, &ImportView::failed, m_banner, &Banner::showError);
    connect(m_import, &ImportView::closeWanted, this,
            [this] { showWorkplace(m_controller.isOpen() ? WorkplaceReview : WorkplaceStart); });
    const ImportController& import = m_import->import();
    connect(&import, &ImportController::stateChanged, this, &MainWindow::updateActions);
    connect(&import, &ImportController::applied, this,
            [this](const ImportPlan::Applied& applied, const ProjectAddress& reopen) {
                afterImport(reopen, tr("✓ Imported. The report is %1.").arg(fromCore(applied.reportPath)), true);
            });
    connect(&import, &ImportController::applyFailed, this, [this](const ProjectAddress& reopen) {
        const auto& error = m_import->import().error();
        afterImport(reopen,
                    error ? QStringLiteral("△ ") + errorText(*error).summary
                          : tr("Cancelled. Everything is as it was before."),
                    false);
    });
}

void MainWindow::afterImport(const ProjectAddress& reopen, const QString& note, bool isUndoable)
{
    m_isImportUndoable = isUndoable;
    m_importNote = note;
    if (!reopen.projectId.isEmpty()) {
        openProject(reopen);
        return;
    }
    m_banner->showNote(std::exchange(m_importNote, {}));
    showWorkplace(WorkplaceImport);
}

void MainWindow::openImport(const QString& sourcePath, bool isBackfill)
{
    ProjectAddress target = m_controller.isOpen() ? m_controller.address() : ProjectAddress{};
    if (!m_controller.isOpen()) {
        if (const QList<RecentProject> recent = loadRecentProjects(); !recent.isEmpty())
            target.workspacePath = recent.first().address.workspacePath;
    }
    m_import->begin(sourcePath, isBackfill, target);
    showWorkplace(WorkplaceImport);
}

// ---- dialogs -------------------------------------------------------------------------------------------------------

void MainWindow::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Open a workspace or a folder of images"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openPath);
    dialog->open();
}

void MainWindow::chooseDatabase()
{
    auto* dialog = new QFileDialog(this, tr("Open a decision database"), QString(),
                                   tr("Decision databases (*.db);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openPath);
    dialog->open();
}

void MainWindow::askNewProject(const NewProject& proposal)
{
    auto* dialog = new NewProjectDialog(proposal, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_opening.create(dialog->project()); });
    dialog->open();
}

void MainWindow::askProject(const QString& workspacePath, const QStringList& projectIds)
{
    auto* dialog = new ChooseProjectDialog(workspacePath, projectIds, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, workspacePath] { openProject({workspacePath, dialog->projectId()}); });
    dialog->open();
}

void MainWindow::askProperties(const ProjectAddress& address, const ProjectProperties& properties)
{
    auto* dialog = new ProjectPropertiesDialog(address, properties, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, address] { m_opening.saveProperties(address, dialog->properties()); });
    dialog->open();
}

void MainWindow::showSettings()
{
    auto* dialog = new SettingsDialog(m_actions, this, m_thumbnails);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->addSuggestionsPage(m_controller, *m_suggestions);
    connect(dialog, &SettingsDialog::preferencesChanged, this, &MainWindow::apply);
    dialog->open();
}

void MainWindow::apply(const Preferences& preferences)
{
    m_theme.setMode(preferences.theme);
    m_loader.setBudget(preferences.pictureMemoryBytes());
    m_survey->setEnabled(preferences.measuresInBackground);
    m_suggestions->setEmbedder(preferences.embedder());
    m_suggestions->setEnabled(preferences.computesSuggestions);
    if (m_thumbnails)
        m_thumbnails->setCacheBudget(preferences.thumbnailCacheBytes());
    if (preferences.annotator != m_annotatorSetting) // a name given for this run stays until another is chosen
        m_controller.setAnnotator(preferences.annotatorName());
    m_annotatorSetting = preferences.annotator;
}

void MainWindow::switchTheme()
{
    Preferences preferences = Preferences::load();
    preferences.theme = m_theme.colors().isDark ? ThemeMode::Light : ThemeMode::Dark;
    preferences.save();
    m_theme.setMode(preferences.theme);
}

} // namespace ps
