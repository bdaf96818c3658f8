// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/recent_projects.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace ps {

class ActionTable;
class Theme;

/// What is there while no project is open: three ways to begin, and the projects that were open before.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    StartPage(const ActionTable& actions, const Theme& theme, QWidget* parent);

    void setRecent(const QList<RecentProject>& projects);
    /// Says what is being done, in place of the choices; "" brings them back.
    void setWaiting(const QString& text);

Q_SIGNALS:
    void recentChosen(const ps::RecentProject& project);
    void recentRemoved(const ps::RecentProject& project);

private:
    QWidget* makeChoice(QAction* action, const QString& iconName);

    QWidget* m_choices = nullptr;
    QVBoxLayout* m_recent = nullptr;
    QWidget* m_recentBox = nullptr;
    QLabel* m_waiting = nullptr;
};

} // namespace ps
