// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/models_controller.h"
#include "ui/models/program_run.h"

#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace ps {

/// How many images have embeddings, and the run that computes the missing ones: progress, rate, time left, pause. A pause
/// ends the run at the next safe place; going on starts another one, which finds what is done.
/// Thread: UI.
class EmbeddingsRow : public QWidget
{
    Q_OBJECT

public:
    EmbeddingsRow(ModelsController& models, QWidget* parent);

    void setProgram(const QString& program) { m_program = program; }
    bool isRunning() const { return m_run.isRunning(); }
    QString text() const;
    QPushButton& button() { return *m_button; }

Q_SIGNALS:
    void runningChanged();
    void failed(const ps::ErrorText& error);

private:
    void toggle();
    void takeProgress(const QByteArray& line);
    void onEnded();
    void show();
    QString paceText() const;

    ModelsController& m_models;
    QString m_program;
    ProgramRun m_run;
    QLabel* m_label;
    QLabel* m_pace;
    QProgressBar* m_bar;
    QPushButton* m_button;
    std::int64_t m_done = 0; ///< as the run tells
    std::int64_t m_total = 0;
    bool m_isPaused = false;
    std::int64_t m_failed = 0; ///< images of the last run that could not be read
    double m_perSecond = 0;
    double m_secondsLeft = 0;
};

} // namespace ps
