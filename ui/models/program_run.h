// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/error_text.h"

#include <QObject>
#include <QProcess>
#include <QStringList>

#include <memory>

namespace ps {

/// One run of a sibling program for long work, as a process of its own with low priority, so that the window never waits.
/// What it writes to its error stream is read line by line: JSON is progress, everything else is kept for a failure.
/// Thread: UI; nothing blocks but the destructor, which waits a moment for a program that still runs.
class ProgramRun : public QObject
{
    Q_OBJECT

public:
    explicit ProgramRun(QObject* parent);
    ~ProgramRun() override;

    void start(const QString& program, const QStringList& arguments);
    /// Asks it to end at the next safe place; stopped() follows. The second time it is ended at once.
    void stop();
    bool isRunning() const { return m_process != nullptr; }
    bool isStopping() const { return m_isStopping; }

Q_SIGNALS:
    void progressed(const QByteArray& jsonLine);
    void finished(const QByteArray& document); ///< what it wrote to its standard output
    void failed(const ps::ErrorText& error);
    void stopped();

private:
    void readProgress();
    void readDocument();
    void takeLine(const QByteArray& line);
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void onError(QProcess::ProcessError error);
    ErrorText failure(const QString& reason) const;

    std::unique_ptr<QProcess> m_process;
    QString m_program;
    QByteArray m_unfinishedLine;
    QByteArray m_document;
    QStringList m_said; ///< the last lines that are no progress
    bool m_isStopping = false;
};

} // namespace ps
