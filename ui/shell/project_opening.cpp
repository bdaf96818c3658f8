// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/project_opening.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/decisions/group_id.h"
#include "core/exchange/foreign_reader.h"
#include "core/exchange/release.h"
#include "core/library/demo/demo_project.h"
#include "core/library/project.h"
#include "ui/common/error_text.h"
#include "ui/common/program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace ps {

namespace {

QStringList toStringList(const std::vector<std::string>& texts)
{
    QStringList list;
    for (const std::string& text : texts)
        list.append(fromCore(text));
    return list;
}

} // namespace

/// What a path turned out to be; one of these is set.
struct ProjectOpening::Found {
    std::optional<ProjectAddress> project;
    QString workspacePath;
    QStringList projectIds;
    std::optional<NewProject> images;
    QString datasetPath;
    std::shared_ptr<const InspectionReport> report;
    QString reportPath;
};

ProjectOpening::ProjectOpening(ImageService& images, QObject* parent) : QObject(parent), m_images(images) {}

ProjectOpening::~ProjectOpening() = default;

QString ProjectOpening::demoWorkspacePath()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).filePath(QStringLiteral("demo"));
}

QString ProjectOpening::proposedId(const QString& folderPath)
{
    QString id;
    for (const QChar c : QFileInfo(folderPath).fileName().normalized(QString::NormalizationForm_KD)) {
        const bool isPlain = c.unicode() < 0x80 &&
                             (c.isLetterOrNumber() || c == QLatin1Char('-') || c == QLatin1Char('_'));
        if (isPlain)
            id.append(c);
        else if (c.isSpace())
            id.append(QLatin1Char('_'));
    }
    return isValidProjectId(id.toStdString()) ? id : QStringLiteral("project");
}

Result<ProjectOpening::Found> ProjectOpening::lookAt(const std::string& path, std::stop_token stop)
{
    Found found;
    const QString shown = QFile::decodeName(QByteArray::fromStdString(path));
    const QFileInfo info(shown);
    const bool isFolder = info.isDir();
    if (!info.exists())
        return Error{ErrorCode::NotFound, "there is no such file or folder", path, 0};
    if (isFolder && QFileInfo::exists(shown + QLatin1Char('/') + QString::fromUtf8(kManifestName))) {
        found.datasetPath = shown; // a release of ours, wherever it lies
        return found;
    }
    const auto rootPath = Workspace::findAbove(isFolder ? path : std::string(parentPath(path)));
    if (rootPath) {
        PS_TRY(const Workspace workspace, Workspace::open(*rootPath));
        found.workspacePath = QFile::decodeName(QByteArray::fromStdString(workspace.rootPath()));
        PS_TRY(const std::vector<std::string> ids, workspace.projectIds());
        if (isFolder && !ids.empty()) {
            found.projectIds = toStringList(ids);
            if (ids.size() == 1)
                found.project = ProjectAddress{found.workspacePath, found.projectIds.first()};
            return found;
        }
        for (const std::string& id : ids) {
            if (!isFolder && QFileInfo(fromCore(workspace.databasePath(id))) == info) {
                found.project = ProjectAddress{found.workspacePath, fromCore(id)};
                return found;
            }
        }
    }
    if (isFolder && !rootPath) {
        // Folders of classes look like any folder with images in folders; whoever means them chooses Import.
        PS_TRY(const UniqueFd folder, openFolder(path));
        const auto format = recogniseDataset(folder.get());
        if (format && *format && **format != ImportFormat::ClassFolders) {
            found.datasetPath = shown;
            return found;
        }
    }
    if (isFolder) {
        const QString folder = info.canonicalFilePath();
        found.images = NewProject{folder, rootPath ? found.workspacePath : folder, proposedId(folder)};
        return found;
    }
    InspectionOptions options;
    options.tool = programName();
    options.now = systemClock().now();
    PS_TRY(InspectionReport report, inspectDatabase(path, options, stop));
    found.report = std::make_shared<const InspectionReport>(std::move(report));
    found.reportPath = shown;
    return found;
}

void ProjectOpening::answer(Result<Found> found)
{
    Q_EMIT progressed({});
    if (!found)
        Q_EMIT failed(found.error());
    else if (found->project)
        Q_EMIT projectFound(*found->project);
    else if (!found->projectIds.isEmpty())
        Q_EMIT projectsFound(found->workspacePath, found->projectIds);
    else if (!found->datasetPath.isEmpty())
        Q_EMIT datasetFound(found->datasetPath);
    else if (found->images)
        Q_EMIT imagesFound(*found->images);
    else
        Q_EMIT databaseInspected(found->report, found->reportPath);
}

void ProjectOpening::look(const QString& path)
{
    Q_EMIT progressed(tr("Looking at %1").arg(path));
    m_lane.run(
        this, [path = localPath(path)](std::stop_token stop) { return lookAt(path, stop); },
        [this](Result<Found> found) { answer(std::move(found)); });
}

void ProjectOpening::create(const NewProject& project)
{
    Q_EMIT progressed(tr("Making the project %1").arg(project.projectId));
    m_lane.run(
        this,
        [project](std::stop_token) -> Result<Found> {
            PS_TRY(const Workspace workspace, Workspace::open(localPath(project.workspacePath)));
            PS_TRY_VOID(createProject(workspace, project.projectId.toStdString(), localPath(project.imagesPath),
                                      systemClock().now()));
            Found found;
            found.project = ProjectAddress{project.workspacePath, project.projectId};
            return found;
        },
        [this](Result<Found> found) { answer(std::move(found)); });
}

void ProjectOpening::openDemo(const QString& workspacePath)
{
    Q_EMIT progressed(tr("Opening the demo"));
    m_lane.run(
        this,
        [this, workspacePath](std::stop_token stop) -> Result<Found> {
            Found found;
            found.project = ProjectAddress{workspacePath, fromCore(kDemoProjectId)};
            if (const auto workspace = Workspace::open(localPath(workspacePath));
                workspace && ProjectManifest::read(*workspace, kDemoProjectId))
                return found;
            DemoOptions options;
            options.targetPath = localPath(workspacePath);
            options.program = programName();
            options.onProgress = [this](std::int64_t done, std::int64_t total) {
                QMetaObject::invokeMethod(
                    this,
                    [this, done, total] {
                        Q_EMIT progressed(
                            tr("Making the demo from real photographs: %1 of %2 images").arg(done).arg(total));
                    },
                    Qt::QueuedConnection);
            };
            QDir().mkpath(QFileInfo(workspacePath).path());
            PS_TRY_VOID(createDemo(m_images, options, stop));
            return found;
        },
        [this](Result<Found> found) { answer(std::move(found)); });
}

void ProjectOpening::readProperties(const ProjectAddress& address)
{
    m_lane.run(
        this,
        [address](std::stop_token) -> Result<ProjectProperties> {
            PS_TRY(const Workspace workspace, Workspace::open(localPath(address.workspacePath)));
            PS_TRY(const ProjectManifest manifest, ProjectManifest::read(workspace, address.projectId.toStdString()));
            return ProjectProperties{fromCore(manifest.title()), manifest.isArchived(), manifest.isGroupedPerFolder(),
                                     manifest.timeGapMinutes()};
        },
        [this, address](const Result<ProjectProperties>& properties) {
            if (properties)
                Q_EMIT propertiesRead(address, *properties);
            else
                Q_EMIT failed(properties.error());
        });
}

void ProjectOpening::saveProperties(const ProjectAddress& address, const ProjectProperties& properties)
{
    m_lane.run(
        this,
        [address, properties](std::stop_token) -> Result<Found> {
            PS_TRY(const Workspace workspace, Workspace::open(localPath(address.workspacePath)));
            PS_TRY(ProjectManifest manifest, ProjectManifest::read(workspace, address.projectId.toStdString()));
            manifest.setTitle(properties.title.toStdString());
            if (properties.isArchived != manifest.isArchived())
                manifest.setStatus(properties.isArchived ? "archived" : "active");
            manifest.setGroupedPerFolder(properties.isGroupedPerFolder);
            manifest.setTimeGapMinutes(properties.timeGapMinutes);
            PS_TRY_VOID(manifest.save(workspace));
            Found found;
            found.project = address;
            return found;
        },
        [this](Result<Found> found) { answer(std::move(found)); });
}

} // namespace ps
