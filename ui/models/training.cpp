// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/training.h"

#include "core/base/json.h"

namespace ps {

namespace {

constexpr int kSecondsPerHour = 3600;

Result<Json> parse(const QByteArray& text)
{
    return parseJson(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
}

} // namespace

QStringList trainingArguments(const TrainingOrder& order)
{
    const bool isPick = order.task == SuggestionTask::Pick;
    QStringList arguments{QStringLiteral("train"), isPick ? QStringLiteral("ranker") : QStringLiteral("crop"),
                          QStringLiteral("--workspace"), order.workspacePath};
    if (!order.projectId.isEmpty())
        arguments << QStringLiteral("--project") << order.projectId;
    for (const QString& database : order.databases)
        arguments << QStringLiteral("--db") << database;
    arguments << QStringLiteral("--epochs") << QString::number(order.epochs);
    if (order.isCompatible && isPick)
        arguments << QStringLiteral("--features") << QStringLiteral("embedding");
    else if (order.isCompatible)
        arguments << QStringLiteral("--head") << QStringLiteral("corners");
    arguments << QStringLiteral("--json");
    return arguments;
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
    connect(&m_run, &ProgramRun::finished, this, &TrainingRun::takeDocument);
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
    m_firstOfVariant = 0;
    m_run.start(program, trainingArguments(order));
    Q_EMIT started();
}

void TrainingRun::takeEpoch(const QByteArray& line)
{
    const auto json = parse(line);
    if (!json || !json->contains("epoch"))
        return; // progress of another kind
    auto epoch = trainingEpochFromJson(*json);
    if (!epoch)
        return;
    const bool isFirstOfVariant = m_epochs.empty() || m_epochs.back().variant != epoch->variant;
    if (isFirstOfVariant) {
        m_sinceFirst.start();
        m_firstOfVariant = m_epochs.size();
    }
    m_lastMs = m_sinceFirst.elapsed();
    m_epochs.push_back(*std::move(epoch));
    Q_EMIT progressed();
}

void TrainingRun::takeDocument(const QByteArray& document)
{
    const auto json = parse(document);
    const QString id = json ? fromCore((*json)["model"].toString()) : QString();
    Q_EMIT finished(id.isEmpty() ? m_order.modelId : id);
}

std::optional<int> TrainingRun::secondsLeft() const
{
    const std::size_t told = m_epochs.size() - m_firstOfVariant;
    if (told < 2)
        return std::nullopt;
    const double perEpoch = static_cast<double>(m_lastMs) / static_cast<double>(told - 1);
    const int open = m_epochs.back().epochs - m_epochs.back().epoch;
    return static_cast<int>(perEpoch * open / 1000 + 0.5);
}

} // namespace ps
