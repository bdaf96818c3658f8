// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/recent_projects.h"

#include <QSettings>

namespace ps {

namespace {

constexpr const char* kArray = "recent";
constexpr qsizetype kMaxProjects = 12;

void store(const QList<RecentProject>& projects)
{
    QSettings settings;
    settings.beginWriteArray(QLatin1String(kArray), static_cast<int>(projects.size()));
    for (qsizetype i = 0; i < projects.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue(QStringLiteral("workspace"), projects[i].address.workspacePath);
        settings.setValue(QStringLiteral("project"), projects[i].address.projectId);
        settings.setValue(QStringLiteral("title"), projects[i].title);
        settings.setValue(QStringLiteral("group"), projects[i].groupKey);
        settings.setValue(QStringLiteral("percent"), projects[i].percentDone);
    }
    settings.endArray();
}

} // namespace

QList<RecentProject> loadRecentProjects()
{
    QList<RecentProject> projects;
    QSettings settings;
    const int count = settings.beginReadArray(QLatin1String(kArray));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        projects.append({{settings.value(QStringLiteral("workspace")).toString(),
                          settings.value(QStringLiteral("project")).toString()},
                         settings.value(QStringLiteral("title")).toString(),
                         settings.value(QStringLiteral("group")).toString(),
                         settings.value(QStringLiteral("percent")).toInt()});
    }
    settings.endArray();
    return projects;
}

void rememberProject(const RecentProject& project)
{
    QList<RecentProject> projects = loadRecentProjects();
    projects.removeIf([&](const RecentProject& other) { return other.address == project.address; });
    projects.prepend(project);
    if (projects.size() > kMaxProjects)
        projects.resize(kMaxProjects);
    store(projects);
}

void forgetProject(const ProjectAddress& address)
{
    QList<RecentProject> projects = loadRecentProjects();
    projects.removeIf([&](const RecentProject& other) { return other.address == address; });
    store(projects);
}

std::optional<RecentProject> findRecentProject(const ProjectAddress& address)
{
    for (const RecentProject& project : loadRecentProjects()) {
        if (project.address == address)
            return project;
    }
    return std::nullopt;
}

} // namespace ps
