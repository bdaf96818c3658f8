// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/model_registry.h"
#include "ui/models/program_run.h"

#include <QElapsedTimer>

#include <optional>
#include <vector>

namespace ps {

/// What is to be trained.
struct TrainingOrder {
    SuggestionTask task = SuggestionTask::Pick;
    QString workspacePath;
    QString projectId;     ///< one that it learns from, whose active model it must not fall behind; may be ""
    QStringList databases; ///< of the other projects that it learns from
    QString modelId;       ///< what the model will be called: "ranker_v4"
    int epochs = 30;
    bool isCompatible = false; ///< the shape of the scripts instead of the strongest that is offered
};
/// The arguments of `proofsheet-cli` for it.
QStringList trainingArguments(const TrainingOrder& order);

/// One training in its own process, with what it has told so far.
/// Thread: UI.
class TrainingRun : public QObject
{
    Q_OBJECT

public:
    explicit TrainingRun(QObject* parent);

    void start(const QString& program, const TrainingOrder& order);
    void stop() { m_run.stop(); }
    bool isRunning() const { return m_run.isRunning(); }
    bool isStopping() const { return m_run.isStopping(); }
    const TrainingOrder& order() const { return m_order; }
    const std::vector<TrainingEpoch>& epochs() const { return m_epochs; }
    /// Of the network that is trained now, from the pace of its epochs; nothing before the second one.
    std::optional<int> secondsLeft() const;

Q_SIGNALS:
    void started();
    void progressed();
    void finished(const QString& modelId); ///< as it is called in the end
    void failed(const ps::ErrorText& error);
    void stopped();

private:
    void takeEpoch(const QByteArray& line);
    void takeDocument(const QByteArray& document);

    ProgramRun m_run;
    TrainingOrder m_order;
    std::vector<TrainingEpoch> m_epochs;
    QElapsedTimer m_sinceFirst; ///< epoch of the network
    qint64 m_lastMs = 0;
    std::size_t m_firstOfVariant = 0; ///< several networks may be trained one after the other
};

/// "2:05" or "1:02:05".
QString durationText(int seconds);

} // namespace ps
