// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/training_page.h"

#include "ui/common/buttons.h"
#include "ui/common/icons.h"
#include "ui/models/embeddings_row.h"
#include "ui/models/report_charts.h"
#include "ui/models/report_view.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr int kFormWidth = 316;
constexpr std::array kDefaultEpochs{30, 50}; ///< of picks and crops, as the command line has them
constexpr int kMostEpochs = 1000;
constexpr int kProjectLines = 5; ///< more are scrolled

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setContentsMargins(0, 8, 0, 0);
    return label;
}

} // namespace

TrainingPage::TrainingPage(ModelsController& models, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_models(models), m_theme(theme), m_training(nullptr)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(2, 12, 0, 0);
    layout->setSpacing(20);
    layout->addWidget(makeForm());
    layout->addWidget(makeLive(), 1);
    connect(&models, &ModelsController::listed, this, &TrainingPage::showProjects);
    connect(&models, &ModelsController::coverageChanged, this, &TrainingPage::updateForm);
    connect(&models.project(), &ProjectController::closing, this, [this] { m_training.stop(); });
    connect(&m_training, &TrainingRun::started, this, [this] {
        m_details.clear();
        showProgress();
        Q_EMIT runningChanged();
    });
    connect(&m_training, &TrainingRun::progressed, this, &TrainingPage::showProgress);
    connect(&m_training, &TrainingRun::finished, this, [this](const QString& modelId) {
        say(tr("✓ %1 is trained. Its report is there.").arg(modelId));
        Q_EMIT trained(modelId);
        Q_EMIT runningChanged();
    });
    connect(&m_training, &TrainingRun::stopped, this, [this] {
        say(tr("Cancelled. No model was stored."));
        Q_EMIT runningChanged();
    });
    connect(&m_training, &TrainingRun::failed, this, [this](const ErrorText& error) {
        showFailure(error);
        Q_EMIT runningChanged();
    });
    connect(m_embeddings, &EmbeddingsRow::failed, this, &TrainingPage::showFailure);
    connect(m_embeddings, &EmbeddingsRow::runningChanged, this, &TrainingPage::runningChanged);
    connect(m_embeddings, &EmbeddingsRow::runningChanged, this, &TrainingPage::updateForm);
    showProjects();
}

// ---- building ------------------------------------------------------------------------------------------------------

QWidget* TrainingPage::makeForm()
{
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(kFormWidth);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* form = new QWidget(scroll);
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 10, 12);
    layout->setSpacing(6);
    m_embeddings = new EmbeddingsRow(m_models, form);
    m_task = new QComboBox(form);
    m_task->addItem(tr("Pick: which image of a group"));
    m_task->addItem(tr("Crop: where to crop it"));
    m_projects = new QListWidget(form);
    m_projects->setSelectionMode(QAbstractItemView::NoSelection);
    m_epochs = new QSpinBox(form);
    m_epochs->setRange(1, kMostEpochs);
    m_epochs->setValue(kDefaultEpochs[0]);
    m_epochs->setToolTip(tr("At most so many. It stops earlier when validation does not get better."));
    m_shape = new QComboBox(form);
    m_shape->addItem(tr("The strongest that passes"));
    m_shape->addItem(tr("As the scripts have it"));
    m_name = new QLabel(form);
    m_name->setProperty("muted", true);
    m_name->setWordWrap(true);
    m_train = new QPushButton(form);
    makePrimary(m_train);
    m_bar = new QProgressBar(form);
    m_bar->setTextVisible(false);
    m_bar->hide();
    m_status = new QLabel(form);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_copy = new QPushButton(icon(QStringLiteral("copy")), tr("Copy details"), form);
    m_copy->hide();
    layout->addWidget(m_embeddings);
    const std::pair<QString, QWidget*> rows[] = {{tr("What to learn"), m_task},
                                                 {tr("From the decisions of"), m_projects},
                                                 {tr("Epochs"), m_epochs},
                                                 {tr("Network"), m_shape}};
    for (const auto& [text, widget] : rows) {
        QLabel* const label = heading(text, form);
        label->setBuddy(widget);
        widget->setAccessibleName(text);
        layout->addWidget(label);
        layout->addWidget(widget);
    }
    layout->addSpacing(6);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_name, m_train, m_bar, m_status, m_copy})
        layout->addWidget(widget);
    layout->addStretch(1);
    scroll->setWidget(form);
    connect(m_task, &QComboBox::currentIndexChanged, this, [this](int task) {
        m_epochs->setValue(kDefaultEpochs[static_cast<std::size_t>(task)]);
        updateForm();
    });
    connect(m_projects, &QListWidget::itemChanged, this, &TrainingPage::updateForm);
    connect(m_train, &QPushButton::clicked, this, &TrainingPage::startOrStop);
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_details); });
    return scroll;
}

QWidget* TrainingPage::makeLive()
{
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* page = new QWidget(scroll);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 12, 12);
    layout->setSpacing(10);
    m_liveTitle = new QLabel(page);
    m_liveTitle->setTextFormat(Qt::PlainText);
    m_liveTitle->setWordWrap(true);
    m_liveTitle->setText(tr("The plots appear here while it learns. Training runs by itself with low priority: go on "
                            "deciding meanwhile."));
    m_liveTitle->setProperty("muted", true);
    m_charts = new ChartGrid(m_theme, page);
    layout->addWidget(m_liveTitle);
    layout->addWidget(m_charts);
    layout->addStretch(1);
    scroll->setWidget(page);
    return scroll;
}

// ---- the form ------------------------------------------------------------------------------------------------------

void TrainingPage::setProgram(const QString& program)
{
    m_program = program;
    m_embeddings->setProgram(program);
}

void TrainingPage::showProjects()
{
    const auto& listing = m_models.listing();
    const auto count = listing ? static_cast<int>(listing->projects.size()) : 0;
    m_projects->setFixedHeight(qBound(1, count, kProjectLines) * (fontMetrics().height() + 9) + 8);
    QSet<QString> checked;
    for (int i = 0; i < m_projects->count(); ++i) {
        if (m_projects->item(i)->checkState() == Qt::Checked)
            checked.insert(m_projects->item(i)->text());
    }
    const QSignalBlocker quiet(m_projects);
    m_projects->clear();
    if (listing) {
        for (const ModelListing::Project& project : listing->projects) {
            const QString id = fromCore(project.id);
            auto* item = new QListWidgetItem(id, m_projects);
            item->setData(Qt::UserRole, QString::fromStdString(project.databasePath));
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
            const bool isThis = id == m_models.project().address().projectId;
            item->setCheckState(isThis || checked.contains(id) ? Qt::Checked : Qt::Unchecked);
        }
    }
    updateForm();
}

TrainingOrder TrainingPage::order() const
{
    TrainingOrder order;
    order.task = m_task->currentIndex() == 0 ? SuggestionTask::Pick : SuggestionTask::Crop;
    order.workspacePath = m_models.project().address().workspacePath;
    for (int i = 0; i < m_projects->count(); ++i) {
        const QListWidgetItem& item = *m_projects->item(i);
        if (item.checkState() != Qt::Checked)
            continue;
        if (item.text() == m_models.project().address().projectId)
            order.projectId = item.text();
        else
            order.databases.append(item.data(Qt::UserRole).toString());
    }
    if (m_models.listing())
        order.modelId = fromCore(m_models.listing()->nextIds[static_cast<std::size_t>(order.task)]);
    order.epochs = m_epochs->value();
    order.isCompatible = m_shape->currentIndex() == 1;
    return order;
}

void TrainingPage::updateForm()
{
    const TrainingOrder next = order();
    const bool isRunning = m_training.isRunning();
    for (QWidget* field : std::initializer_list<QWidget*>{m_task, m_projects, m_epochs, m_shape})
        field->setEnabled(!isRunning);
    m_train->setText(isRunning ? tr("Cancel") : tr("Train"));
    const bool hasData = !next.databases.isEmpty() || !next.projectId.isEmpty();
    const bool hasEmbeddings = m_models.coverage() && m_models.coverage()->embedded > 0;
    const bool mayWrite = m_models.project().isOpen() && !m_models.project().isViewing();
    m_train->setEnabled(isRunning ? !m_training.isStopping() : mayWrite && hasEmbeddings && hasData);
    if (isRunning)
        m_name->setText(tr("Training %1.").arg(m_training.order().modelId));
    else if (!hasEmbeddings)
        m_name->setText(tr("Compute the embeddings first: training learns from them."));
    else if (!hasData)
        m_name->setText(tr("Choose at least one project."));
    else
        m_name->setText(tr("The new model will be %1. The active one stays until you change it.").arg(next.modelId));
}

// ---- running -------------------------------------------------------------------------------------------------------

void TrainingPage::startOrStop()
{
    if (m_training.isRunning()) {
        m_training.stop();
        showProgress();
        return;
    }
    if (!m_train->isEnabled())
        return;
    m_training.start(m_program, order());
}

void TrainingPage::say(const QString& text)
{
    m_status->setText(text);
    m_bar->hide();
    m_copy->setVisible(!m_details.isEmpty());
    updateForm();
}

QString TrainingPage::statusText() const
{
    return m_status->text();
}

void TrainingPage::showFailure(const ErrorText& error)
{
    m_details = error.details;
    say(QStringLiteral("△ ") + error.summary);
}

void TrainingPage::showProgress()
{
    const std::vector<TrainingEpoch>& epochs = m_training.epochs();
    m_copy->hide();
    m_bar->setVisible(m_training.isRunning());
    updateForm();
    if (m_training.isStopping()) {
        m_status->setText(tr("Ends at the next safe place..."));
        return;
    }
    if (epochs.empty()) {
        m_bar->setRange(0, 0);
        m_status->setText(tr("Reading decisions and embeddings..."));
        return;
    }
    const TrainingEpoch& last = epochs.back();
    m_bar->setRange(0, last.epochs);
    m_bar->setValue(last.epoch);
    QString text = tr("%1: epoch %2 of %3").arg(fromCore(last.variant), countText(last.epoch), countText(last.epochs));
    if (const auto left = m_training.secondsLeft())
        text += QStringLiteral(", ") + tr("%1 left at most").arg(durationText(*left));
    m_status->setText(text);
    const bool isRanker = m_training.order().task == SuggestionTask::Pick;
    m_liveTitle->setText(tr("%1: %2 in validation").arg(m_training.order().modelId, percentText(last.holdOutScore, 1)));
    const auto kind = isRanker ? TrainingReport::Kind::Ranker : TrainingReport::Kind::Crop;
    m_charts->setCharts({scoreChart(epochs, 0, kind), lossChart(epochs, 0)}); // which one is kept shows at the end
}

} // namespace ps
