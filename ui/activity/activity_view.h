// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/suggestion_settings.h"
#include "ui/common/project_controller.h"

#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace ps {

class ImageService;
class Theme;

/// The Activity workplace: who changed what and when, what lies in staging, and how the program stands.
class ActivityView : public QWidget
{
    Q_OBJECT

public:
    ActivityView(ProjectController& controller, const ImageService& images, const Theme& theme, QWidget* parent);

    /// What the latest training in the background came to.
    void showTraining(const TrainingNote& note);

Q_SIGNALS:
    void groupChosen(const QString& groupId);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHistory();
    QWidget* makeStaging();
    QWidget* makeStatus();
    void refresh();
    void refreshHistory();
    void refreshTraining();
    /// `beforeSeq` is empty for the newest entries, which replace what is listed; older ones are added below.
    void showHistory(std::optional<std::int64_t> beforeSeq, const std::vector<LedgerEntry>& entries);
    void showStaging(const StagingContent& content);
    void showStatus();
    void askPurge();

    ProjectController& m_controller;
    const ImageService& m_images;
    QTabWidget* m_tabs;
    QLabel* m_training = nullptr;
    QTreeWidget* m_history = nullptr;
    QPushButton* m_older = nullptr;
    std::int64_t m_oldestSeq = 0; ///< the last entry that is listed
    QTreeWidget* m_staged = nullptr;
    QLabel* m_stagingSummary = nullptr;
    QPushButton* m_restore = nullptr;
    QPushButton* m_purge = nullptr;
    std::int64_t m_stagedFiles = 0;
    QLabel* m_status = nullptr;
};

} // namespace ps
