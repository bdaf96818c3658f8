// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/action_table.h"
#include "ui/common/group_source.h"
#include "ui/common/picture_loader.h"
#include "ui/common/project_controller.h"
#include "ui/shell/project_opening.h"

#include <QMainWindow>
#include <QPointer>

class QStackedWidget;

namespace ps {

class ActivityView;
class BackgroundSurvey;
class Banner;
class BrowseView;
class CropView;
class ExchangeBackend;
class ExportView;
class FindBox;
class ImageService;
class ImportView;
class InspectView;
class KeyMap;
class LiveSuggestions;
class MeasureInbox;
class ModelsView;
class Rail;
class Retraining;
class ReviewView;
class StartPage;
class StatusLine;
class Theme;
class ThumbnailService;
struct Preferences;

/// The one window: rail, workplaces, banner and status line, and the wiring between them. Builds objects and connects them;
/// what happens is decided in the controller, what is shown in the views.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    enum Workplace {
        WorkplaceStart,
        WorkplaceReview,
        WorkplaceCrop,
        WorkplaceBrowse,
        WorkplaceInspect,
        WorkplaceModels,
        WorkplaceExport,
        WorkplaceActivity,
        WorkplaceImport ///< not in the rail: a way in, not a place to stay
    };

    /// Without `thumbnails` small pictures are decoded every time they are asked for. What `measures` takes up while they
    /// are made goes into the catalogue of the project.
    /// `exchange` takes the place of the real import and export, for tests.
    MainWindow(ImageService& images, Theme& theme, const QString& annotator, ThumbnailService* thumbnails = nullptr,
               MeasureInbox* measures = nullptr, std::shared_ptr<ExchangeBackend> exchange = nullptr);
    ~MainWindow() override;

    void openProject(const ProjectAddress& address);
    /// A folder or a database, as chosen or dropped.
    void openPath(const QString& path) { m_opening.look(path); }
    void openDemo();
    /// Opens what was open when the program was left.
    void resumeLastProject();
    void showWorkplace(Workplace workplace);
    /// Begins an import of a source, or of one that is to be chosen ("").
    void openImport(const QString& sourcePath, bool isBackfill = false);

    ProjectController& controller() { return m_controller; }
    ProjectOpening& opening() { return m_opening; }
    ActionTable& actions() { return m_actions; }
    ReviewView& review() { return *m_review; }
    CropView& crop() { return *m_crop; }
    BrowseView& browse() { return *m_browse; }
    InspectView& inspector() { return *m_inspect; }
    ModelsView& models() { return *m_models; }
    ExportView& exporter() { return *m_export; }
    ImportView& importer() { return *m_import; }
    PictureLoader& pictures() { return m_loader; }
    /// Decisions that are not durable yet.
    qsizetype pendingDecisions() const { return m_source.pendingCount(); }
    /// Decisions that could not be stored and were not made again since.
    qsizetype failedDecisions() const { return m_source.failedCount(); }
    BackgroundSurvey& backgroundSurvey() { return *m_survey; }
    LiveSuggestions& suggestions() { return *m_suggestions; }
    Retraining& retraining() { return *m_retraining; }
    Banner& banner() { return *m_banner; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildLayout(std::shared_ptr<ExchangeBackend> exchange);
    void buildMenus();
    void connectActions();
    void connectFileActions();
    void connectOpening();
    void connectController();
    void connectViews();
    void connectModels();
    void connectExchange();
    void afterImport(const ProjectAddress& reopen, const QString& note, bool isUndoable);
    void connectSuggestions();
    void showKeyTarget();

    void onOpened();
    void onOpenFailed(const ProjectAddress& address, ProjectController::Access access, const Error& error);
    void onClosed();
    void onStepDone(bool isUndo, const StepOutcome& outcome);
    void onFinalizePlanned(const std::shared_ptr<FinalizePlan>& plan);
    void onFinalizeFinished(const FinalizeOutcome& outcome);
    void onStoreStatus();
    void nameSteps(const std::optional<UndoStep>& undoStep, const std::optional<UndoStep>& redoStep);

    void askNewProject(const NewProject& proposal);
    void askProject(const QString& workspacePath, const QStringList& projectIds);
    void askProperties(const ProjectAddress& address, const ProjectProperties& properties);
    void chooseFolder();
    void chooseDatabase();
    void showSettings();
    void apply(const Preferences& preferences);
    void switchTheme();
    void rememberPlace();
    void updateActions();
    void showRecent();
    void goToGroup(const QString& keyOrId);
    Workplace workplace() const;

    Theme& m_theme;
    ActionTable m_actions;
    ProjectController m_controller;
    ProjectOpening m_opening;
    PictureLoader m_loader;
    GroupSource m_source;
    ThumbnailService* m_thumbnails;
    BackgroundSurvey* m_survey = nullptr;
    LiveSuggestions* m_suggestions = nullptr;
    Retraining* m_retraining = nullptr;

    QStackedWidget* m_stack = nullptr;
    Rail* m_rail = nullptr;
    Banner* m_banner = nullptr;
    StartPage* m_start = nullptr;
    ReviewView* m_review = nullptr;
    CropView* m_crop = nullptr;
    BrowseView* m_browse = nullptr;
    InspectView* m_inspect = nullptr;
    ModelsView* m_models = nullptr;
    ExportView* m_export = nullptr;
    ImportView* m_import = nullptr;
    ActivityView* m_activity = nullptr;
    FindBox* m_find = nullptr;
    KeyMap* m_keyMap = nullptr;
    QString m_annotatorSetting; ///< as it was kept when the program started
    StatusLine* m_status = nullptr;
    ProjectAddress m_openAddress;      ///< what is open, or about to be
    QString m_importNote;              ///< what came of an import, to be said when its project is open again
    bool m_isImportUndoable = false;   ///< it was applied
    bool m_isBannerOfDecision = false; ///< the banner says that a decision was not stored
    std::optional<Error> m_whyViewing; ///< why a project that was to be worked on is only viewed
};

} // namespace ps
