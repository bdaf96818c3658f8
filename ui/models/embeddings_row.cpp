// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/embeddings_row.h"

#include "core/base/json.h"
#include "ui/common/icons.h"
#include "ui/models/chart_content.h"
#include "ui/models/training.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace ps {

EmbeddingsRow::EmbeddingsRow(ModelsController& models, QWidget* parent)
    : QWidget(parent), m_models(models), m_run(nullptr), m_label(new QLabel(this)), m_pace(new QLabel(this)),
      m_bar(new QProgressBar(this)), m_button(new QPushButton(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Images with embeddings"));
    m_pace->setProperty("muted", true);
    for (QLabel* label : {m_label, m_pace}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    QFont font = m_label->font();
    font.setWeight(QFont::DemiBold);
    m_label->setFont(font);
    layout->addWidget(m_label);
    layout->addWidget(m_bar);
    layout->addWidget(m_pace);
    layout->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &EmbeddingsRow::toggle);
    connect(&models, &ModelsController::coverageChanged, this, &EmbeddingsRow::show);
    connect(&models.project(), &ProjectController::closing, this, [this] {
        m_run.stop();
        m_isPaused = false;
        m_failed = 0;
    });
    connect(&m_run, &ProgramRun::progressed, this, &EmbeddingsRow::takeProgress);
    connect(&m_run, &ProgramRun::finished, this, [this](const QByteArray& document) {
        const auto json = parseJson(std::string_view(document.constData(), static_cast<std::size_t>(document.size())));
        m_failed = json ? (*json)["failed"].toInteger() : 0;
        onEnded();
    });
    connect(&m_run, &ProgramRun::stopped, this, &EmbeddingsRow::onEnded);
    connect(&m_run, &ProgramRun::failed, this, [this](const ErrorText& error) {
        onEnded();
        Q_EMIT failed(error);
    });
    show();
}

void EmbeddingsRow::toggle()
{
    if (m_run.isRunning()) {
        m_isPaused = true;
        m_run.stop();
        show();
        return;
    }
    ProjectController& project = m_models.project();
    if (!project.isOpen())
        return;
    m_isPaused = false;
    m_failed = 0;
    m_done = m_total = 0;
    m_perSecond = m_secondsLeft = 0;
    m_run.start(m_program, {QStringLiteral("embed"), QStringLiteral("--workspace"), project.address().workspacePath,
                            QStringLiteral("--project"), project.address().projectId, QStringLiteral("--json")});
    Q_EMIT runningChanged();
    show();
}

void EmbeddingsRow::takeProgress(const QByteArray& line)
{
    const auto json = parseJson(std::string_view(line.constData(), static_cast<std::size_t>(line.size())));
    if (!json || !(*json)["done"].isInteger() || !(*json)["total"].isInteger())
        return;
    m_done = (*json)["done"].toInteger();
    m_total = (*json)["total"].toInteger();
    m_perSecond = (*json)["images_per_second"].toDouble();
    m_secondsLeft = (*json)["seconds_left"].toDouble();
    show();
}

void EmbeddingsRow::onEnded()
{
    m_models.refreshCoverage();
    Q_EMIT runningChanged();
    show();
}

QString EmbeddingsRow::paceText() const
{
    if (m_run.isStopping())
        return tr("Ends at the next safe place...");
    if (!m_run.isRunning())
        return m_isPaused     ? tr("Paused. What is computed is kept.")
               : m_failed > 0 ? tr("△ %Ln image(s) could not be read.", nullptr, static_cast<int>(m_failed))
                              : QString();
    if (!(m_perSecond > 0))
        return tr("Computing in the background...");
    return tr("%1 images/s, %2 left").arg(numberText(m_perSecond), durationText(qRound(m_secondsLeft)));
}

QString EmbeddingsRow::text() const
{
    return m_label->text();
}

void EmbeddingsRow::show()
{
    const auto& coverage = m_models.coverage();
    std::int64_t done = coverage ? coverage->embedded : 0;
    std::int64_t total = coverage ? coverage->total : 0;
    if (m_run.isRunning() && m_total > 0) {
        done = m_done;
        total = m_total;
    }
    if (!coverage && !m_run.isRunning())
        m_label->setText(tr("Embeddings: being counted..."));
    else
        m_label->setText(tr("Embeddings: %1 of %2 images").arg(countText(done), countText(total)));
    m_bar->setRange(0, static_cast<int>(std::max<std::int64_t>(1, total)));
    m_bar->setValue(static_cast<int>(done));
    const QString pace = paceText();
    m_pace->setText(pace);
    m_pace->setVisible(!pace.isEmpty());
    const bool isComplete = coverage && coverage->total > 0 && coverage->missing() == 0;
    m_button->setVisible(m_run.isRunning() || !isComplete);
    m_button->setText(m_run.isRunning() ? tr("Pause") : m_isPaused ? tr("Go on") : tr("Compute the missing"));
    m_button->setEnabled(!m_run.isStopping() && coverage.has_value() && coverage->total > 0);
}

} // namespace ps
