// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/training.h"

#include "core/base/json.h"

namespace ps {

namespace {

constexpr int kSecondsPerHour = 3600;

QString modelPrefix(SuggestionTask task)
{
    return task == SuggestionTask::Pick ? QStringLiteral("ranker_v") : QStringLiteral("crop_proposer_v");
}

} // namespace

QStringList trainingArguments(const TrainingOrder& order)
{
    QStringList arguments{QStringLiteral("train"),
                          order.task == SuggestionTask::Pick ? QStringLiteral("ranker") : QStringLiteral("crop"),
                          QStringLiteral("--workspace"), order.workspacePath};
    for (const QString& database : order.databases)
        arguments << QStringLiteral("--db") << database;
    arguments << QStringLiteral("--out") << QStringLiteral("data/ai_data/models/%1.pt").arg(order.modelId)
              << QStringLiteral("--epochs") << QString::number(order.epochs);
    if (order.isCompatible)
        arguments << QStringLiteral("--compatible");
    arguments << QStringLiteral("--json");
    return arguments;
}

QString nextModelId(SuggestionTask task, const QStringList& ids)
{
    const QString prefix = modelPrefix(task);
    int highest = 0;
    for (const QString& id : ids) {
        bool isNumber = false;
        const int number = id.startsWith(prefix) ? id.mid(prefix.size()).toInt(&isNumber) : 0;
        if (isNumber)
            highest = std::max(highest, number);
    }
    return prefix + QString::number(highest + 1);
}

QString durationText(int seconds)
{
    const int hours = seconds / kSecondsPerHour;
    const int minutes = seconds / 60 % 60;
    const QString rest = QStringLiteral("%1").arg(seconds % 60, 2, 10, QLatin1Char('0'));
    if (hours == 0)
        return QStringLiteral("%1:%2").arg(minutes).arg(rest);
    return QStringLiteral("%1:%2:%3").arg(hours).arg(minutes, 2, 10, QLatin1Char('0')).arg(rest);
}

TrainingRun::TrainingRun(QObject* parent) : QObject(parent), m_run(nullptr)
{
    connect(&m_run, &ProgramRun::progressed, this, &TrainingRun::takeEpoch);
    connect(&m_run, &ProgramRun::finished, this, [this] { Q_EMIT finished(m_order.modelId); });
    connect(&m_run, &ProgramRun::failed, this, &TrainingRun::failed);
    connect(&m_run, &ProgramRun::stopped, this, &TrainingRun::stopped);
}

void TrainingRun::start(const QString& program, const TrainingOrder& order)
{
    if (m_run.isRunning())
        return;
    m_order = order;
    m_epochs.clear();
    m_sinceFirst.invalidate();
    m_lastMs = 0;
    m_run.start(program, trainingArguments(order));
    Q_EMIT started();
}

void TrainingRun::takeEpoch(const QByteArray& line)
{
    const auto json = parseJson(std::string_view(line.constData(), static_cast<std::size_t>(line.size())));
    if (!json || !(*json)["epoch"].isInteger() || !(*json)["epochs"].isInteger())
        return; // progress of another kind
    TrainingEpoch epoch;
    epoch.epoch = static_cast<int>((*json)["epoch"].toInteger());
    epoch.epochs = static_cast<int>((*json)["epochs"].toInteger());
    const auto number = [&json](std::string_view name) {
        const Json& value = (*json)[name];
        return value.isInteger() ? static_cast<double>(value.toInteger()) : value.toDouble();
    };
    epoch.trainLoss = number("train_loss");
    epoch.holdOutLoss = number("hold_out_loss");
    epoch.holdOutScore = number("hold_out_score");
    if (!m_sinceFirst.isValid())
        m_sinceFirst.start();
    m_lastMs = m_sinceFirst.elapsed();
    m_epochs.push_back(epoch);
    Q_EMIT progressed();
}

std::optional<int> TrainingRun::secondsLeft() const
{
    if (m_epochs.size() < 2)
        return std::nullopt;
    const double perEpoch = static_cast<double>(m_lastMs) / static_cast<double>(m_epochs.size() - 1);
    const int open = m_epochs.back().epochs - m_epochs.back().epoch;
    return static_cast<int>(perEpoch * open / 1000 + 0.5);
}

} // namespace ps
