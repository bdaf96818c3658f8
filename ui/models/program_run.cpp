// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/program_run.h"

#include <QFileInfo>

#include <sys/resource.h>

namespace ps {

namespace {

constexpr int kNiceness = 10;
constexpr int kPartly = 1; ///< exit code of a run that is done but for what its document lists
constexpr qsizetype kLongestLine = 64 * 1024;
constexpr qsizetype kLargestDocument = 64 * 1024 * 1024;
constexpr qsizetype kLinesKept = 40;
constexpr int kEndMs = 1500; ///< for a program that still runs when the window is closed

} // namespace

ProgramRun::ProgramRun(QObject* parent) : QObject(parent) {}

ProgramRun::~ProgramRun()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_process->terminate();
    if (!m_process->waitForFinished(kEndMs)) {
        m_process->kill();
        m_process->waitForFinished(kEndMs);
    }
}

void ProgramRun::start(const QString& program, const QStringList& arguments)
{
    if (m_process)
        return;
    m_program = program;
    m_unfinishedLine.clear();
    m_document.clear();
    m_said.clear();
    m_isStopping = false;
    m_process = std::make_unique<QProcess>();
    m_process->setChildProcessModifier([] { ::setpriority(PRIO_PROCESS, 0, kNiceness); });
    connect(m_process.get(), &QProcess::readyReadStandardError, this, &ProgramRun::readProgress);
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &ProgramRun::readDocument);
    connect(m_process.get(), &QProcess::finished, this, &ProgramRun::onFinished);
    connect(m_process.get(), &QProcess::errorOccurred, this, &ProgramRun::onError);
    m_process->start(program, arguments, QIODevice::ReadOnly);
}

void ProgramRun::stop()
{
    if (!m_process)
        return;
    if (m_isStopping)
        m_process->kill();
    else
        m_process->terminate();
    m_isStopping = true;
}

void ProgramRun::readProgress()
{
    m_unfinishedLine += m_process->readAllStandardError();
    for (qsizetype end = m_unfinishedLine.indexOf('\n'); end >= 0; end = m_unfinishedLine.indexOf('\n')) {
        const QByteArray line = m_unfinishedLine.left(end).trimmed();
        m_unfinishedLine.remove(0, end + 1);
        takeLine(line);
    }
    if (m_unfinishedLine.size() > kLongestLine)
        m_unfinishedLine.clear();
}

void ProgramRun::takeLine(const QByteArray& line)
{
    if (line.isEmpty() || line.size() > kLongestLine)
        return;
    if (line.startsWith('{')) {
        Q_EMIT progressed(line);
        return;
    }
    m_said.append(QString::fromUtf8(line));
    if (m_said.size() > kLinesKept)
        m_said.removeFirst();
}

void ProgramRun::readDocument()
{
    const QByteArray more = m_process->readAllStandardOutput();
    if (m_document.size() + more.size() <= kLargestDocument)
        m_document += more;
}

ErrorText ProgramRun::failure(const QString& reason) const
{
    // The program's own last sentence says more than that it ended; its details stand in brackets behind it.
    QString summary = m_said.isEmpty() ? reason : m_said.last();
    const qsizetype details = summary.lastIndexOf(QLatin1String(" ["));
    if (details > 0 && summary.endsWith(QLatin1Char(']')))
        summary.truncate(details);
    QStringList all{m_program, reason};
    all += m_said;
    return {summary, all.join(QLatin1Char('\n'))};
}

void ProgramRun::onFinished(int exitCode, QProcess::ExitStatus status)
{
    readProgress();
    readDocument();
    takeLine(m_unfinishedLine.trimmed());
    m_process.release()->deleteLater();
    if (std::exchange(m_isStopping, false))
        Q_EMIT stopped();
    else if (status != QProcess::NormalExit)
        Q_EMIT failed(
            failure(tr("%1 ended unexpectedly. What it had stored is safe.").arg(QFileInfo(m_program).fileName())));
    else if (exitCode > kPartly || (exitCode == kPartly && m_document.trimmed().isEmpty()))
        Q_EMIT failed(failure(tr("%1 gave up (code %2).").arg(QFileInfo(m_program).fileName()).arg(exitCode)));
    else
        Q_EMIT finished(m_document);
}

void ProgramRun::onError(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return; // finished() follows
    const QString reason = m_process->errorString();
    m_process.release()->deleteLater();
    m_said.append(reason);
    ErrorText text = failure(reason);
    text.summary = tr("%1 could not be started. Is the program installed completely?").arg(m_program);
    Q_EMIT failed(text);
}

} // namespace ps
