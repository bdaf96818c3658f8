// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/thumbnail_service.h"
#include "ui/common/project_controller.h"

#include <QObject>
#include <QTimer>

#include <stop_token>

namespace ps {

class MeasureInbox;

/// Measures the pictures of the open project while nothing else is being done, and keeps what thumbnails have measured on
/// the way. It starts some seconds after the last long work, makes room at once for the next, and goes on later where it
/// was. Of a project that is only viewed it measures a bounded number.
/// Thread: UI.
class BackgroundSurvey : public QObject
{
    Q_OBJECT

public:
    /// `thumbnails` keeps the thumbnails that are made on the way; it and `inbox` may be null, and outlive this.
    BackgroundSurvey(ProjectController& controller, ImageService& images, ThumbnailService* thumbnails,
                     MeasureInbox* inbox, QObject* parent);
    ~BackgroundSurvey() override;

    /// Whether it measures by itself. Measures of thumbnails are kept in any case.
    void setEnabled(bool isEnabled);
    /// How long nothing else must have been done before it starts.
    void setDelay(int milliseconds);
    /// True while it measures, or is about to.
    bool isActive() const { return m_isRunning || m_start.isActive(); }

Q_SIGNALS:
    /// Groups and singles that were reached, of all; a total of 0: nothing is being measured.
    void progressed(qint64 reached, qint64 total);

private:
    void onBusyChanged();
    void onGroupsReset();
    void onClosing();
    void startLater();
    void start();
    void stop();
    void finish(int run, bool isComplete);
    void flushInbox();

    ProjectController& m_controller;
    ImageService& m_images;
    ThumbnailService* m_thumbnails;
    MeasureInbox* m_inbox;
    QTimer m_start;
    QTimer m_flush;
    std::stop_source m_stop; ///< of the latest run
    int m_run = 0;           ///< answers of earlier ones are dropped
    bool m_isEnabled = false;
    bool m_isRunning = false;
    bool m_isComplete = false; ///< nothing is left to measure until the project changes
};

} // namespace ps
