// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/suggestion_settings.h"
#include "ui/common/project_controller.h"
#include "ui/models/program_run.h"

#include <QObject>
#include <QString>

namespace ps {

/// Trains the ranker of the open project anew when so many decisions came, as a process of its own that gives way to everything;
/// then the gate decides whether it suggests from now on, and a note says what changed.
/// Thread: UI; nothing blocks.
class Retraining : public QObject
{
    Q_OBJECT

public:
    Retraining(ProjectController& controller, QObject* parent);

    /// The command line program, which trains.
    void setProgram(const QString& program) { m_program = program; }
    /// Starts unless one runs, or the project is only viewed.
    void start();
    bool isRunning() const { return m_isStarting || m_run.isRunning(); }

Q_SIGNALS:
    void runningChanged(bool isRunning);
    /// The training is over; the note is stored.
    void finished(const ps::TrainingNote& note);
    void failed(const ps::Error& error);

private:
    void launch();
    void onFinished(const QByteArray& document);
    void keepNote(std::function<Result<TrainingNote>(const ProjectSession&)> make);

    ProjectController& m_controller;
    ProgramRun m_run;
    QString m_program;
    ProjectAddress m_address; ///< that is being trained for
    bool m_isStarting = false;
};

/// What changed, in a sentence or two.
QString trainingNoteText(const TrainingNote& note);

} // namespace ps
