// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/suggestions_page.h"

#include "ui/common/error_text.h"
#include "ui/common/live_suggestions.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>

#include <cmath>
#include <memory>

namespace ps {

namespace {

QString percent(double share)
{
    return QLocale().toString(share * 100, 'f', 0) + QStringLiteral(" %");
}

QSpinBox* percentBox(QWidget* parent, const QString& tip)
{
    auto* box = new QSpinBox(parent);
    box->setRange(0, 100);
    box->setSuffix(QStringLiteral(" %"));
    box->setToolTip(tip);
    box->setKeyboardTracking(false);
    return box;
}

} // namespace

SuggestionsPage::SuggestionsPage(ProjectController& controller, LiveSuggestions& live, const Preferences& preferences,
                                 QWidget* parent)
    : QWidget(parent), m_controller(controller), m_live(live)
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 16, 0, 0);
    form->setVerticalSpacing(12);
    addProgramRows(*form, preferences);
    addProjectRows(*form);
    showProject({});
    readProject();
    connect(&m_controller, &ProjectController::suggestionsChanged, this, [this](const QStringList& keys) {
        if (keys.isEmpty())
            readProject();
    });
}

void SuggestionsPage::addProgramRows(QFormLayout& form, const Preferences& preferences)
{
    m_computes = new QCheckBox(tr("&Compute suggestions in the background"), this);
    m_computes->setObjectName(QStringLiteral("computesSuggestions"));
    m_computes->setChecked(preferences.computesSuggestions);
    form.addRow(QString(), m_computes);
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_embedder = new QLineEdit(preferences.embedderPath, row);
    m_embedder->setPlaceholderText(tr("Built in"));
    m_embedder->setToolTip(
        tr("An ONNX file of a network such as CLIP; models that were trained on its embeddings need it."));
    auto* choose = new QPushButton(tr("Choose..."), row);
    layout->addWidget(m_embedder, 1);
    layout->addWidget(choose);
    form.addRow(tr("&Embedder"), row);
    m_preprocessing = new QComboBox(this);
    m_preprocessing->addItem(tr("as for CLIP"), QStringLiteral("clip"));
    m_preprocessing->addItem(tr("as for ImageNet classifiers"), QStringLiteral("imagenet"));
    m_preprocessing->setCurrentIndex(qMax(0, m_preprocessing->findData(preferences.embedderPreprocessing)));
    form.addRow(tr("&Prepares pictures"), m_preprocessing);
    connect(choose, &QPushButton::clicked, this, &SuggestionsPage::chooseEmbedder);
    connect(m_computes, &QCheckBox::toggled, this, &SuggestionsPage::preferencesChanged);
    connect(m_embedder, &QLineEdit::editingFinished, this, [this] {
        showEmbedder();
        Q_EMIT preferencesChanged();
    });
    connect(m_preprocessing, &QComboBox::activated, this, &SuggestionsPage::preferencesChanged);
    showEmbedder();
}

void SuggestionsPage::addProjectRows(QFormLayout& form)
{
    m_project = new QLabel(this);
    m_project->setTextFormat(Qt::PlainText);
    m_project->setWordWrap(true);
    form.addRow(m_project);
    m_shows = new QCheckBox(tr("&Show suggestions in this project"), this);
    m_shows->setObjectName(QStringLiteral("showsSuggestions"));
    form.addRow(QString(), m_shows);
    m_bar = percentBox(this,
                       tr("What a model is less sure of is not shown. When it is right more rarely than that, it is "
                          "suspended."));
    m_bar->setObjectName(QStringLiteral("suggestionBar"));
    form.addRow(tr("At &least this sure"), m_bar);
    m_hidden = percentBox(this, tr("In this share of the groups the suggestion is not shown, to measure whether "
                                   "suggestions lead people."));
    m_hidden->setObjectName(QStringLiteral("hiddenShare"));
    form.addRow(tr("&Held back to measure"), m_hidden);
    m_retrain = new QSpinBox(this);
    m_retrain->setObjectName(QStringLiteral("retrainEvery"));
    constexpr int kMost = 100'000;
    constexpr int kStep = 50;
    m_retrain->setRange(0, kMost);
    m_retrain->setSingleStep(kStep);
    m_retrain->setSpecialValueText(tr("never"));
    m_retrain->setKeyboardTracking(false);
    m_retrain->setToolTip(tr("After so many decisions the ranker is trained anew in the background."));
    form.addRow(tr("&Train anew after"), m_retrain);
    m_found = new QLabel(this);
    m_found->setTextFormat(Qt::PlainText);
    m_found->setWordWrap(true);
    form.addRow(QString(), m_found);
    m_resume = new QPushButton(tr("Show the suspended model's suggestions again"), this);
    form.addRow(QString(), m_resume);
    connect(m_shows, &QCheckBox::toggled, this, &SuggestionsPage::storeProject);
    for (QSpinBox* box : {m_bar, m_hidden, m_retrain})
        connect(box, &QSpinBox::valueChanged, this, &SuggestionsPage::storeProject);
    connect(m_resume, &QPushButton::clicked, &m_live, &LiveSuggestions::resume);
}

void SuggestionsPage::takeOver(Preferences& preferences) const
{
    preferences.computesSuggestions = m_computes->isChecked();
    preferences.embedderPath = m_embedder->text().trimmed();
    preferences.embedderPreprocessing = m_preprocessing->currentData().toString();
}

void SuggestionsPage::chooseEmbedder()
{
    auto* dialog = new QFileDialog(this, tr("Embedder"), m_embedder->text(), tr("ONNX models (*.onnx)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_embedder->setText(path);
        showEmbedder();
        Q_EMIT preferencesChanged();
    });
    dialog->open();
}

void SuggestionsPage::showEmbedder()
{
    m_preprocessing->setEnabled(!m_embedder->text().trimmed().isEmpty());
}

// ---- the open project ----------------------------------------------------------------------------------------------

void SuggestionsPage::readProject()
{
    const auto state = std::make_shared<std::optional<ProjectState>>();
    m_controller.runAside(
        [state](const ProjectSession& session, const std::stop_token&) {
            const auto reader = session.openReader();
            const auto settings = reader ? readSuggestionSettings(*reader) : Result<SuggestionSettings>(reader.error());
            const auto report = reader ? readAgreement(*reader) : Result<AgreementReport>(reader.error());
            if (settings && report)
                *state = ProjectState{*settings, *report};
        },
        [guard = QPointer(this), state] {
            if (guard)
                guard->showProject(*state);
        });
}

void SuggestionsPage::showProject(const std::optional<ProjectState>& state)
{
    m_isShowing = true;
    const bool canChange = state && !m_controller.isViewing();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_shows, m_bar, m_hidden, m_retrain})
        widget->setEnabled(canChange);
    m_project->setText(m_controller.isOpen() ? tr("In the project %1:").arg(m_controller.title())
                                             : tr("The rest belongs to a project: open one."));
    const SuggestionSettings settings = state ? state->settings : SuggestionSettings{};
    m_shows->setChecked(settings.isEnabled);
    m_bar->setValue(static_cast<int>(std::lround(settings.bar * 100)));
    m_hidden->setValue(static_cast<int>(std::lround(settings.hiddenShare * 100)));
    m_retrain->setValue(settings.retrainEvery);
    m_retrain->setSuffix(tr(" decisions"));
    m_resume->setVisible(settings.suspension.has_value());
    m_resume->setEnabled(canChange);
    QString found;
    if (state && state->report.all.shown.count > 0) {
        const ModelAgreement& all = state->report.all;
        found = tr("People chose what was suggested in %1 of %n group(s) where they saw it", nullptr,
                   static_cast<int>(all.shown.count))
                    .arg(percent(all.shown.share()));
        if (all.hidden.count > 0) {
            found += tr(", and in %1 of %n where it was held back", nullptr, static_cast<int>(all.hidden.count))
                         .arg(percent(all.hidden.share()));
        }
        found += QStringLiteral(". ");
        found += all.leads() ? tr("They agree more often because they see it: suggestions lead them.")
                             : tr("Nothing shows that suggestions lead them.");
    }
    m_found->setText(found);
    m_found->setVisible(!found.isEmpty());
    m_isShowing = false;
}

void SuggestionsPage::storeProject()
{
    if (m_isShowing || !m_controller.isOpen() || m_controller.isViewing())
        return;
    m_live.changeSettings([isEnabled = m_shows->isChecked(), bar = m_bar->value(), hidden = m_hidden->value(),
                           retrain = m_retrain->value()](SuggestionSettings& settings) {
        settings.isEnabled = isEnabled;
        settings.bar = bar / 100.0;
        settings.hiddenShare = hidden / 100.0;
        settings.retrainEvery = retrain;
    });
}

} // namespace ps
