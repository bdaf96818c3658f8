// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/main_window.h"

#include <QObject>
#include <QStringList>

namespace ps {

/// Opens the demo in a window and writes a picture of each workplace, for machines without a display and for the
/// documentation. Each picture is taken when what it shows is there.
/// Thread: UI. finished() comes once.
class DemoPictures : public QObject
{
    Q_OBJECT

public:
    /// Pictures go into `folderPath`; the demo is made in its folder "demo".
    DemoPictures(MainWindow& window, const QString& folderPath, QObject* parent);

    void start();

Q_SIGNALS:
    void saved(const QString& path);
    void finished(const QString& problem); ///< "" = all pictures were written

private:
    struct Step {
        QString name;
        std::function<void()> begin;
        std::function<bool()> isReady;
    };

    void addSteps();
    void goOn();
    void check();
    void finish(const QString& problem);

    MainWindow& m_window;
    QString m_folderPath;
    QList<Step> m_steps;
    qsizetype m_current = -1;
    int m_checks = 0;
    bool m_isFinished = false;
};

} // namespace ps
