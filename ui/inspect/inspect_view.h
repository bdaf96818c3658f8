// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/project_controller.h"
#include "ui/common/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeView;

namespace ps {

class FindingsModel;

/// The Inspect workplace: counts of the last report, its findings by check, and what helps. A finding leads to its group.
class InspectView : public QWidget
{
    Q_OBJECT

public:
    InspectView(ProjectController& controller, const Theme& theme, QWidget* parent);

    /// Shows a report; `savedAs` is "" for one that was not written to a file.
    void showReport(const std::shared_ptr<const InspectionReport>& report, const QString& savedAs);
    bool hasReport() const { return m_report != nullptr; }

Q_SIGNALS:
    void groupChosen(const QString& groupId);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void showNothing();
    void askRepair(const std::shared_ptr<RepairPlan>& plan);
    QWidget* makeTile(const QString& name, QLabel*& value);
    void saveAs();

    ProjectController& m_controller;
    const Theme& m_theme;
    FindingsModel* m_model;
    QTreeView* m_tree;
    QLabel* m_headline;
    QLabel* m_saved;
    QLabel* m_rows = nullptr;
    QLabel* m_kept = nullptr;
    QLabel* m_cropped = nullptr;
    QLabel* m_rejected = nullptr;
    QLabel* m_errors = nullptr;
    QLabel* m_warnings = nullptr;
    QLabel* m_open = nullptr;
    QPushButton* m_inspect;
    QPushButton* m_repair;
    QPushButton* m_saveAs;
    std::shared_ptr<const InspectionReport> m_report;
};

} // namespace ps
