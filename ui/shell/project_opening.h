// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integrity/inspection.h"
#include "ui/common/project_controller.h"
#include "ui/common/task_lane.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace ps {

class ImageService;

/// A project that does not exist yet.
struct NewProject {
    QString imagesPath;
    QString workspacePath; ///< where data/ and the "__" folders will be
    QString projectId;
};

/// What a person may change about a project.
struct ProjectProperties {
    QString title;
    bool isArchived = false;
    bool isGroupedPerFolder = false;
    std::optional<double> timeGapMinutes;
};

/// Finds out what a chosen folder or file is, and makes projects: everything that comes before a project is open.
/// Requests return at once; answers come as signals. Thread: UI.
class ProjectOpening : public QObject
{
    Q_OBJECT

public:
    ProjectOpening(ImageService& images, QObject* parent);
    ~ProjectOpening() override;

    /// A folder or a database that was chosen or dropped; answered by one of the found signals.
    void look(const QString& path);
    void create(const NewProject& project); ///< projectFound
    /// Opens the demo of this person, and makes it first when it is not there.
    void openDemo(const QString& workspacePath);                                             ///< projectFound
    void readProperties(const ProjectAddress& address);                                      ///< propertiesRead
    void saveProperties(const ProjectAddress& address, const ProjectProperties& properties); ///< projectFound

    /// Where the demo of this person lies.
    static QString demoWorkspacePath();
    /// A project id made from the name of a folder.
    static QString proposedId(const QString& folderPath);

Q_SIGNALS:
    void projectFound(const ps::ProjectAddress& address);
    void projectsFound(const QString& workspacePath, const QStringList& projectIds);
    void imagesFound(const ps::NewProject& proposal);
    /// A folder that holds a dataset of others, or a release of ours.
    void datasetFound(const QString& path);
    /// A database that belongs to no project.
    void databaseInspected(const std::shared_ptr<const ps::InspectionReport>& report, const QString& path);
    void propertiesRead(const ps::ProjectAddress& address, const ps::ProjectProperties& properties);
    void progressed(const QString& text); ///< "" = nothing is being done
    void failed(const ps::Error& error);

private:
    struct Found;
    static Result<Found> lookAt(const std::string& path, std::stop_token stop);
    void answer(Result<Found> found);

    ImageService& m_images;
    TaskLane m_lane{TaskLane::AtEnd::Drop};
};

} // namespace ps
