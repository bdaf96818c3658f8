// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/project_controller.h"

#include <QList>
#include <QString>

namespace ps {

/// A project that was open before, and where one was in it.
struct RecentProject {
    ProjectAddress address;
    QString title;
    QString groupKey; ///< the group that was shown last
    int percentDone = 0;
};

/// The list in the settings, the latest first, at most twelve.
QList<RecentProject> loadRecentProjects();
void rememberProject(const RecentProject& project);
void forgetProject(const ProjectAddress& address);
std::optional<RecentProject> findRecentProject(const ProjectAddress& address);

} // namespace ps
