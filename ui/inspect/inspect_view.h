// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/project_controller.h"

#include <QWidget>

#include <optional>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QTreeView;

namespace ps {

class FindingsModel;
class Theme;

/// The Inspect workplace: counts of the last report, its findings by check, and what helps. A finding leads to its group.
class InspectView : public QWidget
{
    Q_OBJECT

public:
    InspectView(ProjectController& controller, const Theme& theme, QWidget* parent);

    /// Shows a report; `savedAs` is "" for one that was not written to a file.
    void showReport(const std::shared_ptr<const InspectionReport>& report, const QString& savedAs);
    bool hasReport() const { return m_report != nullptr; }
    /// Small: the tiles wrap and the buttons lose their texts.
    QSize minimumSizeHint() const override { return {360, 280}; }

Q_SIGNALS:
    void groupChosen(const QString& groupId);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showNothing();
    void askRepair(const std::shared_ptr<RepairPlan>& plan);
    QWidget* makeHead();
    QWidget* makeTiles();
    static QWidget* makeTile(QWidget* parent, const QString& name, QLabel*& value);
    void setUpTree();
    void connectController();
    void arrange();
    void onDataChanged();
    void showSource();
    void copyEvidence();
    void saveAs();

    ProjectController& m_controller;
    FindingsModel* m_model;
    QTreeView* m_tree;
    QLabel* m_headline;
    QLabel* m_saved;
    QGridLayout* m_tileGrid = nullptr;
    std::vector<QWidget*> m_tiles;
    int m_tileColumns = 0;
    bool m_isWide = true;
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
    QString m_savedAs;
    std::optional<UtcTime> m_lastChange; ///< of the data, as far as this session knows
};

} // namespace ps
