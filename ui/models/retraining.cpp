// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/retraining.h"

#include "core/base/json.h"
#include "core/suggest/retraining.h"
#include "core/suggest/suggestion_watch.h"
#include "ui/common/error_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPointer>

#include <memory>

namespace ps {

Retraining::Retraining(ProjectController& controller, QObject* parent)
    : QObject(parent), m_controller(controller), m_run(nullptr)
{
    connect(&m_run, &ProgramRun::finished, this, &Retraining::onFinished);
    connect(&m_run, &ProgramRun::failed, this, [this](const ErrorText& error) {
        Q_EMIT runningChanged(false);
        keepNote([why = error.summary.toStdString()](const ProjectSession& session) {
            return noteFailedTraining(session, why);
        });
    });
    connect(&m_run, &ProgramRun::stopped, this, [this] { Q_EMIT runningChanged(false); });
    connect(&controller, &ProjectController::closing, this, [this] {
        m_isStarting = false;
        if (m_run.isRunning())
            m_run.stop();
    });
}

void Retraining::start()
{
    if (isRunning() || m_program.isEmpty() || !m_controller.isOpen() || m_controller.isViewing())
        return;
    m_isStarting = true;
    m_address = m_controller.address();
    // Noted first: one that fails is not tried again with every decision.
    const auto problem = std::make_shared<std::optional<Error>>();
    m_controller.runAside(
        [problem](const ProjectSession& session, const std::stop_token&) {
            if (const auto noted = noteTraining(session); !noted)
                *problem = noted.error();
        },
        [guard = QPointer(this), problem] {
            if (!guard || !guard->m_isStarting)
                return;
            guard->m_isStarting = false;
            if (*problem)
                Q_EMIT guard->failed(**problem);
            else
                guard->launch();
        });
}

void Retraining::launch()
{
    Q_EMIT runningChanged(true);
    m_run.start(m_program,
                {QStringLiteral("train"), QStringLiteral("ranker"), QStringLiteral("--workspace"),
                 m_address.workspacePath, QStringLiteral("--project"), m_address.projectId, QStringLiteral("--json")});
}

void Retraining::onFinished(const QByteArray& document)
{
    Q_EMIT runningChanged(false);
    const auto json = parseJson(std::string_view(document.constData(), static_cast<std::size_t>(document.size())));
    const std::string modelId = json && (*json)["model"].isString() ? (*json)["model"].toString() : std::string();
    keepNote([modelId](const ProjectSession& session) { return takeTrained(session, modelId); });
}

void Retraining::keepNote(std::function<Result<TrainingNote>(const ProjectSession&)> make)
{
    if (!m_controller.isOpen() || m_controller.address() != m_address)
        return;
    const auto note = std::make_shared<Result<TrainingNote>>(Error{});
    m_controller.runAside([note, make = std::move(make)](const ProjectSession& session,
                                                         const std::stop_token&) { *note = make(session); },
                          [guard = QPointer(this), note] {
                              if (!guard)
                                  return;
                              if (*note)
                                  Q_EMIT guard->finished(**note);
                              else
                                  Q_EMIT guard->failed(note->error());
                          });
}

namespace {

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Retraining)
};

QString percent(double share)
{
    return QLocale().toString(share * 100, 'f', 1) + QStringLiteral(" %");
}

} // namespace

QString trainingNoteText(const TrainingNote& note)
{
    if (note.modelId.empty())
        return Text::tr("The ranker was not trained: %1").arg(fromCore(note.why));
    const QString id = fromCore(note.modelId);
    QString text =
        note.previousAccuracy
            ? Text::tr("%1 was trained: %2 of the picks of the hold-out are right, with %3 it was %4 (%n group(s)).",
                       nullptr, static_cast<int>(note.holdOut))
                  .arg(id, percent(note.accuracy), fromCore(note.previousId), percent(*note.previousAccuracy))
            : Text::tr("%1 was trained: %2 of the picks of the hold-out are right (%n group(s)).", nullptr,
                       static_cast<int>(note.holdOut))
                  .arg(id, percent(note.accuracy));
    text += QLatin1Char(' ');
    text += note.isActivated ? Text::tr("It suggests from now on.")
                             : Text::tr("It is not used: %1").arg(fromCore(note.why));
    return text;
}

} // namespace ps
