// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_line.h"

#include "core/imaging/image_service.h"
#include "ui/common/error_text.h"
#include "ui/common/group_source.h"
#include "ui/common/icons.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

namespace ps {

void PaceMeter::note(qint64 nowMs)
{
    constexpr qsizetype kGapsKept = 60;
    if (m_lastMs >= 0 && nowMs - m_lastMs < kIdleMs) {
        m_gapsMs.append(nowMs - m_lastMs);
        if (m_gapsMs.size() > kGapsKept)
            m_gapsMs.removeFirst();
    }
    m_lastMs = nowMs;
}

std::optional<double> PaceMeter::perHour() const
{
    constexpr qsizetype kFewest = 5;
    qint64 sum = 0;
    for (const qint64 gap : m_gapsMs)
        sum += gap;
    if (m_gapsMs.size() < kFewest || sum == 0)
        return std::nullopt;
    return 3'600'000.0 * static_cast<double>(m_gapsMs.size()) / static_cast<double>(sum);
}

StatusLine::StatusLine(ProjectController& controller, const GroupSource& source, const ImageService& images,
                       const Theme& theme, QWidget* parent)
    : QStatusBar(parent), m_controller(controller), m_source(source), m_images(images), m_theme(theme),
      m_saved(new QLabel(this)), m_said(new QLabel(this)), m_saidTimer(new QTimer(this)), m_busy(new QLabel(this)),
      m_busyBar(new QProgressBar(this)), m_stop(new QToolButton(this)), m_measuring(new QLabel(this)),
      m_suggestions(new QLabel(this)), m_target(new QLabel(this)), m_progress(new QLabel(this)),
      m_workers(new QLabel(this))
{
    setSizeGripEnabled(false);
    m_saved->setContentsMargins(10, 0, 10, 0);
    m_busyBar->setFixedWidth(140);
    m_busyBar->setTextVisible(false);
    m_stop->setIcon(icon(QStringLiteral("close")));
    m_stop->setIconSize({14, 14});
    m_stop->setToolTip(tr("Stop at the next safe place"));
    m_stop->setAccessibleName(tr("Stop"));
    m_stop->setFocusPolicy(Qt::NoFocus);
    addWidget(m_saved);
    addWidget(m_busy);
    addWidget(m_busyBar);
    addWidget(m_stop);
    addWidget(m_said, 1);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setMinimumWidth(1); // a long line is cut, not the window widened
    m_saidTimer->setSingleShot(true);
    connect(m_saidTimer, &QTimer::timeout, m_said, &QLabel::clear);
    m_measuring->setObjectName(QStringLiteral("measuring"));
    m_measuring->setProperty("muted", true);
    m_measuring->setContentsMargins(10, 0, 10, 0);
    addPermanentWidget(m_measuring);
    m_suggestions->setObjectName(QStringLiteral("suggestionStatus"));
    m_suggestions->setProperty("muted", true);
    m_suggestions->setContentsMargins(10, 0, 10, 0);
    m_suggestions->setAccessibleName(tr("Suggestions"));
    addPermanentWidget(m_suggestions);
    m_target->setProperty("muted", true);
    m_target->setContentsMargins(10, 0, 10, 0);
    m_target->setAccessibleName(tr("What the next key is about"));
    addPermanentWidget(m_target);
    addPermanentWidget(m_progress);
    addPermanentWidget(m_workers);
    m_workers->setContentsMargins(10, 0, 10, 0);
    connect(m_stop, &QToolButton::clicked, &controller, &ProjectController::stopLongWork);
    connect(&controller, &ProjectController::busyChanged, this, &StatusLine::showBusy);
    connect(&controller, &ProjectController::storeStatusChanged, this, &StatusLine::showSaved);
    connect(&controller, &ProjectController::countsChanged, this, &StatusLine::showProgress);
    connect(&controller, &ProjectController::opened, this, &StatusLine::showSaved);
    connect(&controller, &ProjectController::closed, this, [this] {
        showSaved();
        showProgress();
    });
    connect(&source, &GroupSource::changed, this, &StatusLine::showSaved);
    connect(&controller, &ProjectController::decided, this, [this] {
        m_pace.note(QDateTime::currentMSecsSinceEpoch());
        showProgress();
    });
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &StatusLine::showWorkers);
    timer->start(1000);
    showBusy({}, -1);
    showMeasuring(0, 0);
    showSuggestions({});
    showSaved();
    showWorkers();
}

void StatusLine::showSaved()
{
    const StoreStatus& status = m_controller.storeStatus();
    const qsizetype pending = m_source.pendingCount();
    QString text;
    if (!m_controller.isOpen())
        text = QString();
    else if (status.state == StoreState::ReadOnly)
        text = tr("△ Viewing only");
    else if (status.state == StoreState::Preparing)
        text = tr("○ Backing up before work starts");
    else if (m_source.failedCount() > 0)
        text = tr("△ %n decision(s) not saved", nullptr, static_cast<int>(m_source.failedCount()));
    else if (pending > 0)
        text = tr("○ Saving %n decision(s)", nullptr, static_cast<int>(pending));
    else
        text = tr("✓ All saved");
    m_saved->setText(text);
    QString tip = tr("Journal: %1").arg(fromCore(status.journalMode));
    for (const std::string& note : status.notes)
        tip += QLatin1Char('\n') + fromCore(note);
    m_saved->setToolTip(tip.toHtmlEscaped());
}

void StatusLine::say(const QString& text)
{
    constexpr int kShownMs = 6000;
    m_said->setText(text);
    m_saidTimer->start(kShownMs);
}

void StatusLine::showKeyTarget(const QString& text)
{
    m_target->setVisible(!text.isEmpty());
    m_target->setText(tr("Next key: %1").arg(text));
}

void StatusLine::showMeasuring(qint64 reached, qint64 total)
{
    const QLocale locale;
    m_measuring->setText(tr("Measuring pictures, %1 of %2").arg(locale.toString(reached), locale.toString(total)));
    m_measuring->setVisible(total > 0);
}

void StatusLine::showSuggestions(const SuggestionStatus& status)
{
    const QLocale locale;
    QString text;
    QString tip;
    switch (status.state) {
    case SuggestionStatus::State::Off:
    case SuggestionStatus::State::NoModel: break; // the inspector says so where it matters
    case SuggestionStatus::State::Waiting: text = tr("◇ Suggestions wait"); break;
    case SuggestionStatus::State::Ready: text = tr("◇ Suggestions ready"); break;
    case SuggestionStatus::State::Failed:
        text = tr("△ No suggestions");
        tip = status.why;
        break;
    case SuggestionStatus::State::Computing:
        text = status.total > 0
                   ? tr("◇ Suggesting, %1 of %2").arg(locale.toString(status.done), locale.toString(status.total))
                   : tr("◇ Suggesting");
        break;
    }
    m_suggestions->setText(text);
    m_suggestions->setToolTip(tip.toHtmlEscaped());
    m_suggestions->setVisible(!text.isEmpty());
}

void StatusLine::showBusy(const QString& text, int percent)
{
    const bool isBusy = !text.isEmpty();
    m_busy->setText(text);
    m_busy->setVisible(isBusy);
    m_busyBar->setVisible(isBusy);
    m_stop->setVisible(isBusy);
    m_busyBar->setRange(0, percent < 0 ? 0 : 100);
    m_busyBar->setValue(qMax(0, percent));
}

void StatusLine::showProgress()
{
    if (!m_controller.isOpen()) {
        m_progress->clear();
        return;
    }
    const GroupCounts& counts = m_controller.counts();
    const QLocale locale;
    QString text = tr("%1 of %2 decided")
                       .arg(locale.toString(static_cast<qlonglong>(counts.handled())),
                            locale.toString(static_cast<qlonglong>(counts.total())));
    const auto pace = m_pace.perHour();
    if (pace && counts.handled() < counts.total()) {
        text += QStringLiteral("   ·   ") + tr("%1 an hour").arg(locale.toString(qRound(*pace)));
        const double hours = static_cast<double>(counts.total() - counts.handled()) / *pace;
        const int minutes = qRound(hours * 60);
        text += QStringLiteral("   ·   ") + (minutes < 60 ? tr("%n minute(s) left", nullptr, minutes)
                                                          : tr("%1 h left").arg(locale.toString(hours, 'f', 1)));
    }
    m_progress->setText(text);
}

void StatusLine::showWorkers()
{
    const PoolHealth health = m_images.health();
    const bool isRestarting = health.restartCount > 0 && health.aliveCount == 0;
    QString text = health.busyCount > 0 ? tr("Workers busy") : tr("Workers ready");
    if (isRestarting)
        text = tr("△ Workers restarting");
    m_workers->setText(text);
    m_workers->setToolTip(tr("%1 of %2 worker processes, %3 restarted, %4 files set aside.\nSandbox: %5")
                              .arg(health.aliveCount)
                              .arg(health.workerCount)
                              .arg(health.restartCount)
                              .arg(health.quarantinedCount)
                              .arg(health.sandbox.empty() ? tr("not started") : fromCore(health.sandbox))
                              .toHtmlEscaped());
}

} // namespace ps
