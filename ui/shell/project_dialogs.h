// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/project_opening.h"

#include <QDialog>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace ps {

/// The one confirmation that makes a project, saying where its files will be.
class NewProjectDialog : public QDialog
{
    Q_OBJECT

public:
    NewProjectDialog(const NewProject& proposal, QWidget* parent);

    NewProject project() const;

private:
    void chooseFolder(QLineEdit* target, const QString& title);
    void explain();

    QLineEdit* m_images;
    QLineEdit* m_workspace;
    QLineEdit* m_id;
    QLabel* m_explanation;
    QPushButton* m_create = nullptr;
};

/// Which of the projects of a workspace to open.
class ChooseProjectDialog : public QDialog
{
    Q_OBJECT

public:
    ChooseProjectDialog(const QString& workspacePath, const QStringList& projectIds, QWidget* parent);

    QString projectId() const;

private:
    QListWidget* m_list;
};

/// Title, grouping and archive of a project.
class ProjectPropertiesDialog : public QDialog
{
    Q_OBJECT

public:
    ProjectPropertiesDialog(const ProjectAddress& address, const ProjectProperties& properties, QWidget* parent);

    ProjectProperties properties() const;

private:
    QLineEdit* m_title;
    QCheckBox* m_perFolder;
    QCheckBox* m_hasTimeGap;
    QDoubleSpinBox* m_timeGap;
    QCheckBox* m_archived;
};

} // namespace ps
