// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/models_view.h"

#include "core/base/json.h"
#include "ui/common/error_text.h"
#include "ui/models/chart_content.h"
#include "ui/models/embeddings_row.h"
#include "ui/models/map_page.h"
#include "ui/models/models_panel.h"
#include "ui/models/report_view.h"
#include "ui/models/state_chip.h"
#include "ui/models/training_page.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr int kPanelWidth = 300;

} // namespace

ModelsView::ModelsView(ProjectController& controller, std::shared_ptr<ModelsBackend> backend, PictureLoader& loader,
                       ActionTable& actions, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_models(controller, std::move(backend), nullptr), m_import(nullptr)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 12, 0);
    layout->setSpacing(10);
    m_chip = new StateChip(theme, this);
    m_tabs = new QTabWidget(this);
    m_report = new ReportView(theme, m_tabs);
    m_training = new TrainingPage(m_models, theme, m_tabs);
    m_tabs->addTab(m_report, tr("Report"));
    m_map = new MapPage(m_models, loader, theme, m_tabs);
    m_tabs->addTab(m_training, tr("Training"));
    m_tabs->addTab(m_map, tr("Map"));
    layout->addWidget(makeHead());
    auto* row = new QHBoxLayout;
    row->setSpacing(18);
    m_panel = new ModelsPanel(m_models, actions, theme, this);
    m_panel->setFixedWidth(kPanelWidth);
    auto* left = new QVBoxLayout;
    left->setContentsMargins(0, 4, 0, 14);
    left->addWidget(m_panel);
    row->addLayout(left);
    row->addWidget(m_tabs, 1);
    layout->addLayout(row, 1);
    setFocusProxy(m_tabs);
    connectParts(actions);
    showReport();
    showChip();
}

QWidget* ModelsView::makeHead()
{
    auto* head = new QWidget(this);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 12, 0);
    auto* title = new QLabel(tr("Models"), head);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    layout->addWidget(title);
    layout->addSpacing(12);
    layout->addWidget(m_chip);
    layout->addStretch(1);
    return head;
}

void ModelsView::connectParts(ActionTable& actions)
{
    connect(m_panel, &ModelsPanel::currentChanged, this, &ModelsView::showReport);
    connect(m_report, &ReportView::trainingWanted, this, [this] { m_tabs->setCurrentWidget(m_training); });
    connect(m_panel, &ModelsPanel::importWanted, this, &ModelsView::askImport);
    connect(&m_import, &ProgramRun::finished, this, &ModelsView::onImported);
    connect(&m_import, &ProgramRun::failed, this, &ModelsView::programFailed);
    connect(&m_models, &ModelsController::listed, this, &ModelsView::showChip);
    connect(&m_models, &ModelsController::coverageChanged, this, &ModelsView::showChip);
    connect(&m_models, &ModelsController::failed, this, &ModelsView::failed);
    connect(&m_models, &ModelsController::activated, this, [this](const QString& id) {
        Q_EMIT said(id.isEmpty() ? tr("No model is active any more.") : tr("%1 is active now.").arg(id));
    });
    connect(m_training, &TrainingPage::runningChanged, this, &ModelsView::showChip);
    connect(&m_training->training(), &TrainingRun::progressed, this, &ModelsView::showChip);
    connect(m_training, &TrainingPage::trained, this, [this](const QString& id) {
        m_panel->select(id);
        m_models.refresh();
        Q_EMIT said(tr("%1 is trained.").arg(id));
    });
    connect(actions.action("models.train"), &QAction::triggered, m_training, [this] {
        m_tabs->setCurrentWidget(m_training);
        m_training->startOrStop();
    });
    connect(actions.action("models.embed"), &QAction::triggered, m_training, [this] {
        m_tabs->setCurrentWidget(m_training);
        m_training->embeddings().button().click();
    });
    connect(&m_controller, &ProjectController::opened, this, [this] {
        if (isVisible())
            refresh();
    });
    connect(&m_controller, &ProjectController::groupsReset, this, [this] {
        if (isVisible())
            m_models.refreshCoverage();
    });
}

void ModelsView::setProgram(const QString& program)
{
    m_program = program;
    m_training->setProgram(program);
}

void ModelsView::refresh()
{
    m_models.refresh();
    m_models.refreshCoverage();
}

void ModelsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

// ---- importing -----------------------------------------------------------------------------------------------------

void ModelsView::askImport()
{
    auto* dialog = new QFileDialog(this, tr("Import a model"), QString(), tr("Models of the scripts (*.pt)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        // The file is somebody's pickle: the program reads it in a worker, never here.
        m_import.start(m_program,
                       {QStringLiteral("models"), QStringLiteral("import"), path, QStringLiteral("--workspace"),
                        m_controller.address().workspacePath, QStringLiteral("--json")});
    });
    dialog->open();
}

void ModelsView::onImported(const QByteArray& document)
{
    const auto json = parseJson(std::string_view(document.constData(), static_cast<std::size_t>(document.size())));
    const QString id = json ? fromCore((*json)["id"].toString()) : QString();
    m_panel->select(id);
    m_models.refresh();
    Q_EMIT said(tr("%1 is imported. It suggests once you make it active.").arg(id));
}

// ---- showing -------------------------------------------------------------------------------------------------------

void ModelsView::showReport()
{
    if (const ModelRecord* const record = m_panel->current()) {
        m_report->showModel(*record, m_models.listing()->isActive(*record));
        return;
    }
    if (m_models.error())
        m_report->showNothing(tr("The models cannot be read"), errorText(*m_models.error()).summary, false);
    else if (m_models.listing())
        m_report->showNothing(tr("No model yet"),
                              tr("Compute the embeddings and train a model under \"Training\". It learns from the "
                                 "decisions that are there; a few dozen groups are enough to begin with."),
                              true);
    else
        m_report->showNothing(tr("Reading the models..."), {}, false);
}

void ModelsView::setSuggestionStatus(const SuggestionStatus& status)
{
    m_status = status;
    showChip();
}

void ModelsView::showChip()
{
    using State = StateChip::State;
    TrainingRun& training = m_training->training();
    if (training.isRunning()) {
        const auto& epochs = training.epochs();
        m_chip->setState(State::Computing,
                         epochs.empty() ? tr("Training") : tr("Training, epoch %1").arg(epochs.back().epoch));
    } else if (m_training->embeddings().isRunning()) {
        m_chip->setState(State::Computing, tr("Computing embeddings"));
    } else if (m_models.error()) {
        const ErrorText text = errorText(*m_models.error());
        m_chip->setState(State::Failed, tr("Failed: %1").arg(errorCardText(*m_models.error())),
                         text.summary + QLatin1Char('\n') + text.details);
    } else if (!m_models.listing() || m_models.listing()->activeIds[0].empty()) {
        m_chip->setState(State::NoModel, tr("No model"),
                         tr("No model is active in this project, so nothing is "
                            "suggested."));
    } else if (m_status.state == SuggestionStatus::State::Failed) {
        m_chip->setState(State::Failed, tr("Failed: %1").arg(m_status.why), m_status.why);
    } else if (m_status.state == SuggestionStatus::State::Computing && m_status.total > 0) {
        m_chip->setState(State::Computing,
                         tr("Suggesting, %1 of %2").arg(countText(m_status.done), countText(m_status.total)));
    } else {
        m_chip->setState(State::Ready, tr("Ready: %1").arg(fromCore(m_models.listing()->activeIds[0])));
    }
}

} // namespace ps
