// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/project_controller.h"
#include "ui/common/suggestion_status.h"
#include "ui/common/theme.h"

#include <QStatusBar>

class QLabel;
class QProgressBar;
class QTimer;
class QToolButton;

namespace ps {

class ImageService;
class GroupSource;

/// Decisions per hour of active work: pauses longer than two minutes do not count. Source of the rule: docs/handbook.
class PaceMeter
{
public:
    void note(qint64 nowMs);
    /// Nothing before there are enough decisions to tell.
    std::optional<double> perHour() const;

private:
    static constexpr qint64 kIdleMs = 120'000;
    QList<qint64> m_gapsMs; ///< the latest gaps between decisions
    qint64 m_lastMs = -1;
};

/// The line at the bottom: whether everything is saved, what is being done, how far one is and at what pace, and how the
/// workers are.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    StatusLine(ProjectController& controller, const GroupSource& source, const ImageService& images, const Theme& theme,
               QWidget* parent);

    /// Shows one line for some seconds, beside everything else.
    void say(const QString& text);
    /// What the next key is about; "" when it is about nothing.
    void showKeyTarget(const QString& text);
    /// How far the measuring of pictures in the background is; a total of 0: it is not under way.
    void showMeasuring(qint64 reached, qint64 total);
    /// How the computing of suggestions stands; nothing is said while there is nothing to say.
    void showSuggestions(const SuggestionStatus& status);

private:
    void showSaved();
    void showBusy(const QString& text, int percent);
    void showProgress();
    void showWorkers();

    ProjectController& m_controller;
    const GroupSource& m_source;
    const ImageService& m_images;
    const Theme& m_theme;
    PaceMeter m_pace;
    QLabel* m_saved;
    QLabel* m_said;
    QTimer* m_saidTimer;
    QLabel* m_busy;
    QProgressBar* m_busyBar;
    QToolButton* m_stop;
    QLabel* m_measuring;
    QLabel* m_suggestions;
    QLabel* m_target;
    QLabel* m_progress;
    QLabel* m_workers;
};

} // namespace ps
