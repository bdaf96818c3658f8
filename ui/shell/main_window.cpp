// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "ui/activity/activity_view.h"
#include "ui/browse/browse_view.h"
#include "ui/common/background_survey.h"
#include "ui/common/error_text.h"
#include "ui/common/live_suggestions.h"
#include "ui/common/program.h"
#include "ui/common/theme.h"
#include "ui/crop/crop_canvas.h"
#include "ui/crop/crop_editor.h"
#include "ui/crop/crop_view.h"
#include "ui/exchange/export_view.h"
#include "ui/exchange/import_view.h"
#include "ui/inspect/inspect_view.h"
#include "ui/models/map_page.h"
#include "ui/models/models_view.h"
#include "ui/models/retraining.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"
#include "ui/settings/preferences.h"
#include "ui/settings/settings_dialog.h"
#include "ui/shell/banner.h"
#include "ui/shell/find_box.h"
#include "ui/shell/help_windows.h"
#include "ui/shell/key_map.h"
#include "ui/shell/rail.h"
#include "ui/shell/recent_projects.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr const char* kWorkplaceActions[] = {"view.review", "view.crop",   "view.browse",  "view.inspect",
                                             "view.models", "view.export", "view.activity"};
constexpr const char* kOpenKey = "session/open";
constexpr QSize kFirstSize{1440, 900};
constexpr QSize kSmallestPage{560, 360};

/// Only what reaches the outside of a workplace; the rest is connected where it is used.
void onTriggered(const ActionTable& actions, const char* id, QObject* context, const std::function<void()>& run)
{
    QObject::connect(actions.action(id), &QAction::triggered, context, run);
}

/// A file that can only be meant to be imported, by its name.
bool isImportable(const QString& path)
{
    static const QStringList endings{QStringLiteral(".csv"), QStringLiteral(".json"), QStringLiteral(".jsonl"),
                                     QStringLiteral(".xml"), QStringLiteral(".yaml"), QStringLiteral(".zip"),
                                     QStringLiteral(".tar"), QStringLiteral(".tgz"),  QStringLiteral(".tar.gz")};
    return std::ranges::any_of(endings,
                               [&](const QString& ending) { return path.endsWith(ending, Qt::CaseInsensitive); });
}

} // namespace

MainWindow::MainWindow(ImageService& images, Theme& theme, const QString& annotator, ThumbnailService* thumbnails,
                       MeasureInbox* measures, std::shared_ptr<ExchangeBackend> exchange)
    : QMainWindow(nullptr), m_theme(theme), m_actions(nullptr), m_controller(images, annotator, nullptr),
      m_opening(images, nullptr), m_loader(images, thumbnails, nullptr), m_source(m_controller, nullptr),
      m_thumbnails(thumbnails)
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    if (!exchange)
        exchange = makeExchangeBackend(images);
    buildLayout(exchange);
    m_activity = new ActivityView(m_controller, images, theme, this);
    m_stack->addWidget(m_activity);
    m_import = new ImportView(m_controller, std::move(exchange), m_loader, theme, m_stack);
    m_import->setMinimumSize(kSmallestPage);
    m_stack->addWidget(m_import);
    m_status = new StatusLine(m_controller, m_source, images, theme, this);
    setStatusBar(m_status);
    m_survey = new BackgroundSurvey(m_controller, images, thumbnails, measures, this);
    connect(m_survey, &BackgroundSurvey::progressed, m_status, &StatusLine::showMeasuring);
    InferenceService::Options inference;
    inference.workerPath = localPath(QCoreApplication::applicationDirPath()) + "/proofsheet-worker";
    inference.workerCount = 1;
    m_suggestions = new LiveSuggestions(m_controller, [inference] { return InferenceService::start(inference); }, this);
    m_retraining = new Retraining(m_controller, this);
    m_retraining->setProgram(QCoreApplication::applicationDirPath() + QStringLiteral("/proofsheet-cli"));
    buildMenus();
    connectActions();
    connectFileActions();
    connectOpening();
    connectController();
    connectViews();
    connectModels();
    connectExchange();
    connectSuggestions();
    const Preferences preferences = Preferences::load();
    m_annotatorSetting = preferences.annotator;
    m_loader.setBudget(preferences.pictureMemoryBytes());
    m_survey->setEnabled(preferences.measuresInBackground);
    m_suggestions->setEmbedder(preferences.embedder());
    m_suggestions->setEnabled(preferences.computesSuggestions);
    resize(kFirstSize);
    restoreGeometry(QSettings().value(QStringLiteral("window/geometry")).toByteArray());
    showRecent();
    onClosed();
}

MainWindow::~MainWindow()
{
    // The children use the members below; they go first.
    delete m_retraining;
    delete m_suggestions;
    delete m_survey;
    delete takeCentralWidget();
    setStatusBar(nullptr);
}

// ---- building ------------------------------------------------------------------------------------------------------

void MainWindow::buildLayout(std::shared_ptr<ExchangeBackend> exchange)
{
    auto* central = new QWidget(this);
    auto* layout = new QHBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_rail = new Rail(central);
    auto* work = new QVBoxLayout;
    work->setSpacing(0);
    m_banner = new Banner(m_theme, central);
    m_stack = new QStackedWidget(central);
    work->addWidget(m_banner);
    work->addWidget(m_stack, 1);
    layout->addWidget(m_rail);
    layout->addLayout(work, 1);
    setCentralWidget(central);

    m_start = new StartPage(m_actions, m_theme, m_stack);
    m_review = new ReviewView(m_controller, m_source, m_loader, m_actions, m_theme, m_stack);
    m_crop = new CropView(m_controller, m_loader, m_actions, m_theme, m_stack);
    m_browse = new BrowseView(m_controller, m_loader, m_actions, m_theme, m_stack);
    m_inspect = new InspectView(m_controller, m_theme, m_stack);
    m_models = new ModelsView(m_controller, makeModelsBackend(), m_loader, m_actions, m_theme, m_stack);
    m_models->setProgram(QCoreApplication::applicationDirPath() + QStringLiteral("/proofsheet-cli"));
    m_export = new ExportView(m_controller, std::move(exchange), m_loader, m_actions, m_theme, m_stack);
    for (QWidget* page :
         std::initializer_list<QWidget*>{m_start, m_review, m_crop, m_browse, m_inspect, m_models, m_export}) {
        page->setMinimumSize(kSmallestPage); // pages give way rather than keep the window from being small
        m_stack->addWidget(page);            // in the order of Workplace
    }
    m_find = new FindBox(m_stack);
    m_keyMap = new KeyMap(m_actions, m_theme, central);
}

void MainWindow::buildMenus()
{
    const std::pair<ActionMenu, QString> menus[] = {
        {ActionMenu::File, tr("&File")},       {ActionMenu::Edit, tr("&Edit")}, {ActionMenu::View, tr("&View")},
        {ActionMenu::Compare, tr("&Compare")}, {ActionMenu::Go, tr("&Go")},     {ActionMenu::Decide, tr("&Decide")},
        {ActionMenu::Models, tr("&Models")},   {ActionMenu::Help, tr("&Help")}};
    for (const auto& [id, title] : menus) {
        QMenu* const menu = menuBar()->addMenu(title);
        for (QAction* action : m_actions.actionsOf(id)) {
            if (m_actions.infoOf(action).startsGroup)
                menu->addSeparator();
            menu->addAction(action);
        }
    }
    m_actions.install(ActionScope::Window, this);
    for (const char* id : kWorkplaceActions) {
        QAction* const action = m_actions.action(id);
        action->setCheckable(true);
        m_rail->addWorkplace(action);
    }
    m_rail->addStretch();
    m_rail->addCommand(m_actions.action("file.finalize"), tr("Finalize"));
    m_rail->addCommand(m_actions.action("edit.settings"), tr("Settings"));
    for (const char* id : {"view.inspector", "view.strip"}) {
        m_actions.action(id)->setCheckable(true);
        m_actions.action(id)->setChecked(true);
    }
}

// ---- connecting ----------------------------------------------------------------------------------------------------

void MainWindow::connectActions()
{
    const auto on = [this](const char* id, const std::function<void()>& run) { onTriggered(m_actions, id, this, run); };
    for (int i = 0; i < static_cast<int>(std::size(kWorkplaceActions)); ++i)
        on(kWorkplaceActions[i], [this, i] { showWorkplace(static_cast<Workplace>(WorkplaceReview + i)); });
    on("edit.undo", [this] { m_controller.undo(); });
    on("edit.redo", [this] { m_controller.redo(); });
    on("edit.find", [this] { m_find->open(); });
    on("go.find", [this] { m_find->open(); });
    on("edit.copyId", [this] {
        const QString id = m_review->currentGroupId();
        QApplication::clipboard()->setText(id.isEmpty() ? m_review->currentGroupKey() : id);
    });
    on("edit.settings", [this] { showSettings(); });
    on("view.theme", [this] { switchTheme(); });
    on("view.fullScreen", [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    connect(m_actions.action("view.inspector"), &QAction::toggled, m_review, &ReviewView::setInspectorVisible);
    connect(m_actions.action("view.strip"), &QAction::toggled, m_review, &ReviewView::setStripVisible);
    on("help.handbook", [this] { openHandbook(this); });
    on("help.keys", [this] { m_keyMap->open(); });
    on("help.about", [this] { openAbout(this); });
}

void MainWindow::connectFileActions()
{
    const auto on = [this](const char* id, const std::function<void()>& run) { onTriggered(m_actions, id, this, run); };
    on("file.new", [this] { askNewProject({}); });
    on("file.openFolder", [this] { chooseFolder(); });
    on("file.openDatabase", [this] { chooseDatabase(); });
    on("file.demo", [this] { openDemo(); });
    on("file.finalize", [this] { m_controller.planFinalize(); });
    on("file.import", [this] { openImport({}); });
    on("file.backfill", [this] { openImport({}, true); });
    on("file.inspect", [this] {
        showWorkplace(WorkplaceInspect);
        m_controller.inspect();
    });
    on("file.refresh", [this] { m_controller.refresh(); });
    on("file.properties", [this] { m_opening.readProperties(m_controller.address()); });
    on("file.close", [this] {
        rememberPlace();
        m_openAddress = {};
        if (m_controller.isOpen())
            m_controller.close();
        else
            showWorkplace(WorkplaceStart);
    });
    on("file.quit", [this] { close(); });
}

void MainWindow::connectOpening()
{
    connect(&m_opening, &ProjectOpening::projectFound, this, &MainWindow::openProject);
    connect(&m_opening, &ProjectOpening::projectsFound, this, &MainWindow::askProject);
    connect(&m_opening, &ProjectOpening::imagesFound, this, &MainWindow::askNewProject);
    connect(&m_opening, &ProjectOpening::propertiesRead, this, &MainWindow::askProperties);
    connect(&m_opening, &ProjectOpening::progressed, m_start, &StartPage::setWaiting);
    connect(&m_opening, &ProjectOpening::progressed, m_status, &StatusLine::say);
    connect(&m_opening, &ProjectOpening::failed, m_banner, &Banner::showError);
    connect(&m_opening, &ProjectOpening::databaseInspected, this,
            [this](const std::shared_ptr<const InspectionReport>& report, const QString& path) {
                m_controller.close();
                showWorkplace(WorkplaceInspect);
                m_inspect->showReport(report, {});
                m_banner->showNote(
                    tr("%1 belongs to no project, so this is only its inspection. To work on it, put it into "
                       "data/training/ai_training_decisions/ of a workspace that has a project of the same name.")
                        .arg(path));
            });
}

void MainWindow::connectController()
{
    connect(&m_controller, &ProjectController::opening, m_start, &StartPage::setWaiting);
    connect(&m_controller, &ProjectController::opened, this, &MainWindow::onOpened);
    connect(&m_controller, &ProjectController::openFailed, this, &MainWindow::onOpenFailed);
    connect(&m_controller, &ProjectController::closed, this, &MainWindow::onClosed);
    connect(&m_controller, &ProjectController::failed, m_banner, &Banner::showError);
    connect(&m_controller, &ProjectController::decisionFailed, this, [this](const QString&, const Error& error) {
        m_banner->showError(error);
        m_isBannerOfDecision = true;
    });
    connect(&m_controller, &ProjectController::decided, this, [this] {
        if (m_source.failedCount() == 0 && std::exchange(m_isBannerOfDecision, false))
            m_banner->hide();
    });
    connect(&m_controller, &ProjectController::groupsReset, this, [this] { m_loader.forgetFailures(); });
    connect(&m_controller, &ProjectController::stepDone, this, &MainWindow::onStepDone);
    connect(&m_controller, &ProjectController::stepNamesRead, this, &MainWindow::nameSteps);
    connect(&m_controller, &ProjectController::finalizePlanned, this, &MainWindow::onFinalizePlanned);
    connect(&m_controller, &ProjectController::finalizeFinished, this, &MainWindow::onFinalizeFinished);
    connect(&m_controller, &ProjectController::storeStatusChanged, this, &MainWindow::onStoreStatus);
    connect(&m_controller, &ProjectController::busyChanged, this, &MainWindow::updateActions);
    connect(&m_controller, &ProjectController::stagingChanged, m_banner, &Banner::showNote);
    connect(&m_controller, &ProjectController::reportSaved, this,
            [this](const QString& path) { m_banner->showNote(tr("The report was saved as %1.").arg(path)); });
    connect(&m_controller, &ProjectController::repairFinished, this, [this](const RepairOutcome& outcome) {
        m_banner->showNote(tr("%n row(s) repaired.", nullptr, static_cast<int>(outcome.changedRows)));
    });
}

void MainWindow::showKeyTarget()
{
    const QWidget* const focus = QApplication::focusWidget();
    if (focus && focus->window() != this)
        return; // a dialog has the keys, and shows it
    if (focus && focus->testAttribute(Qt::WA_InputMethodEnabled)) {
        m_status->showKeyTarget(tr("the text field"));
        return;
    }
    QString text;
    for (const QWidget* widget = focus; widget && text.isEmpty(); widget = widget->parentWidget())
        text = widget->property("keyTarget").toString();
    m_status->showKeyTarget(text);
}

void MainWindow::connectViews()
{
    connect(m_start, &StartPage::recentChosen, this,
            [this](const RecentProject& project) { openProject(project.address); });
    connect(m_start, &StartPage::recentRemoved, this, [this](const RecentProject& project) {
        forgetProject(project.address);
        showRecent();
    });
    connect(m_find, &FindBox::wanted, m_review, [this](const QString& text) {
        if (workplace() != WorkplaceReview)
            showWorkplace(WorkplaceReview);
        m_review->find(text);
    });
    connect(m_review, &ReviewView::said, m_status, &StatusLine::say);
    connect(m_review, &ReviewView::keyTargetChanged, this, &MainWindow::showKeyTarget);
    connect(qApp, &QApplication::focusChanged, this, &MainWindow::showKeyTarget);
    for (const CropEditor* editor : {&m_review->cropEditor(), &m_crop->editor()})
        connect(&editor->canvas(), &CropCanvas::boxChanged, this, &MainWindow::showKeyTarget, Qt::QueuedConnection);
    connect(m_crop, &CropView::said, m_status, &StatusLine::say);
    connect(m_browse, &BrowseView::said, m_status, &StatusLine::say);
    connect(m_review, &ReviewView::notFound, m_find, &FindBox::showNothingFound);
    connect(&m_actions, &ActionTable::keysChanged, &m_controller, &ProjectController::requestStepNames);
    connect(m_review, &ReviewView::currentChanged, m_browse, &BrowseView::setCurrent);
    connect(m_review, &ReviewView::similarWanted, this, [this](const QString& groupKey) {
        showWorkplace(WorkplaceBrowse);
        m_browse->showSimilar(groupKey);
    });
    connect(m_review, &ReviewView::everythingDecided, this, [this] {
        m_banner->showNote(tr("✓ Every group is decided."));
        m_banner->offer(tr("Finalize..."), [this] { m_controller.planFinalize(); });
    });
    connect(m_browse, &BrowseView::activated, this, [this](std::int64_t ordinal) {
        showWorkplace(WorkplaceReview);
        m_review->goTo(ordinal);
    });
    connect(m_inspect, &InspectView::groupChosen, this, &MainWindow::goToGroup);
    connect(m_activity, &ActivityView::groupChosen, this, &MainWindow::goToGroup);
    connect(&m_theme, &Theme::changed, this, [this] { update(); });
}

void MainWindow::connectModels()
{
    connect(m_models, &ModelsView::said, m_status, &StatusLine::say);
    connect(m_models, &ModelsView::failed, m_banner, &Banner::showError);
    connect(m_models, &ModelsView::programFailed, m_banner, &Banner::showFailure);
    for (const char* id : {"models.train", "models.embed", "models.activate", "models.rollBack", "models.import"})
        onTriggered(m_actions, id, this, [this] {
            if (workplace() != WorkplaceModels)
                showWorkplace(WorkplaceModels);
        });
    connect(&m_models->map(), &MapPage::browseWanted, this,
            [this](const std::vector<std::uint32_t>& ordinals, std::uint64_t contentVersion) {
                m_browse->list().showOnly(tr("From the map"), ordinals, contentVersion);
                showWorkplace(WorkplaceBrowse);
            });
    connect(&m_models->map(), &MapPage::groupChosen, this, [this](std::int64_t ordinal, std::uint64_t contentVersion) {
        if (!m_controller.isOpen() || m_controller.session()->contentVersion() != contentVersion) {
            m_status->say(tr("The images were read anew since the map was laid out. Lay it out anew."));
            return;
        }
        showWorkplace(WorkplaceReview);
        m_review->goTo(ordinal);
    });
}

void MainWindow::connectSuggestions()
{
    connect(m_review, &ReviewView::currentChanged, m_suggestions, &LiveSuggestions::setCurrent);
    connect(m_suggestions, &LiveSuggestions::statusChanged, m_status, &StatusLine::showSuggestions);
    connect(m_suggestions, &LiveSuggestions::statusChanged, m_review, &ReviewView::setSuggestionStatus);
    connect(m_suggestions, &LiveSuggestions::statusChanged, m_models, &ModelsView::setSuggestionStatus);
    connect(m_suggestions, &LiveSuggestions::failed, m_banner, &Banner::showError);
    connect(m_suggestions, &LiveSuggestions::trainingDue, m_retraining, &Retraining::start);
    connect(m_suggestions, &LiveSuggestions::suspended, this, [this](const SuggestionSuspension& suspension) {
        m_banner->showNote(tr("%1 is suspended: of its last %n suggestion(s) that were shown, people agreed with %2 %. "
                              "Nothing is shown until another model is active, or you want it.",
                              nullptr, static_cast<int>(suspension.count))
                               .arg(fromCore(suspension.modelId), QString::number(qRound(suspension.agreement * 100))));
        m_banner->offer(tr("Show again"), [this] { m_suggestions->resume(); });
    });
    connect(&m_models->models(), &ModelsController::activated, m_suggestions, &LiveSuggestions::restart);
    connect(m_retraining, &Retraining::failed, m_banner, &Banner::showError);
    connect(m_retraining, &Retraining::finished, this, [this](const TrainingNote& note) {
        m_models->models().refresh();
        m_activity->showTraining(note);
        if (note.modelId.empty()) {
            m_status->say(trainingNoteText(note)); // nothing has changed
            return;
        }
        m_banner->showNote(trainingNoteText(note));
        if (!note.isActivated)
            return;
        m_suggestions->restart();
        m_banner->offer(note.previousId.empty() ? tr("Take it back") : tr("Back to %1").arg(fromCore(note.previousId)),
                        [this] { m_models->models().rollBack(SuggestionTask::Pick); });
    });
}

// ---- workplaces ----------------------------------------------------------------------------------------------------

MainWindow::Workplace MainWindow::workplace() const
{
    return static_cast<Workplace>(m_stack->currentIndex());
}

void MainWindow::showWorkplace(Workplace workplace)
{
    m_stack->setCurrentIndex(workplace);
    for (int i = 0; i < static_cast<int>(std::size(kWorkplaceActions)); ++i)
        m_actions.action(kWorkplaceActions[i])->setChecked(workplace == WorkplaceReview + i);
    m_stack->currentWidget()->setFocus();
    updateActions();
}

void MainWindow::updateActions()
{
    const bool isOpen = m_controller.isOpen();
    const bool isFree = isOpen && !m_controller.isBusy() && !m_controller.isViewing();
    for (const char* id : kWorkplaceActions)
        m_actions.action(id)->setEnabled(isOpen);
    for (const char* id :
         {"models.train", "models.embed", "file.inspect", "file.properties", "edit.find", "go.find", "edit.copyId"})
        m_actions.action(id)->setEnabled(isOpen);
    for (const char* id : {"export.start", "export.verify", "export.compare", "file.backfill"})
        m_actions.action(id)->setEnabled(isOpen);
    // An import that is being applied has the projects for itself.
    const bool isImporting = m_import->import().isBusy();
    for (const char* id : {"file.new", "file.openFolder", "file.openDatabase", "file.demo", "file.import"})
        m_actions.action(id)->setEnabled(!isImporting);
    m_actions.action("file.close")->setEnabled(workplace() != WorkplaceStart);
    m_actions.action("file.refresh")->setEnabled(isOpen && !m_controller.isBusy());
    m_actions.action("file.finalize")->setEnabled(isFree);
}

void MainWindow::goToGroup(const QString& keyOrId)
{
    showWorkplace(WorkplaceReview);
    m_review->goToKey(keyOrId);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QLatin1String(kOpenKey), QStringList{m_openAddress.workspacePath, m_openAddress.projectId});
    rememberPlace();
    m_controller.close();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (event->source() || m_import->import().isBusy())
        return; // dragged out of Browse and back
    if (urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    const QString path = event->mimeData()->urls().first().toLocalFile();
    if (isImportable(path) || workplace() == WorkplaceImport)
        openImport(path);
    else
        openPath(path);
}

} // namespace ps
