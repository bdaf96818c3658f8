// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/models_controller.h"
#include "ui/models/training.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace ps {

class ChartGrid;
class EmbeddingsRow;
class Theme;

/// Training from the window: what to learn from what, one button, and the plots while it learns.
/// Thread: UI.
class TrainingPage : public QWidget
{
    Q_OBJECT

public:
    TrainingPage(ModelsController& models, const Theme& theme, QWidget* parent);

    /// The program that trains and computes embeddings: `proofsheet-cli`.
    void setProgram(const QString& program);
    TrainingRun& training() { return m_training; }
    EmbeddingsRow& embeddings() { return *m_embeddings; }
    ChartGrid& charts() { return *m_charts; }
    QPushButton& trainButton() { return *m_train; }
    /// What would be trained now.
    TrainingOrder order() const;
    /// What stands below the button.
    QString statusText() const;

public Q_SLOTS:
    void startOrStop();

Q_SIGNALS:
    void trained(const QString& modelId);
    void runningChanged();

private:
    QWidget* makeForm();
    QWidget* makeLive();
    void showProjects();
    void updateForm();
    void showProgress();
    void showFailure(const ErrorText& error);
    void say(const QString& text);

    ModelsController& m_models;
    const Theme& m_theme;
    QString m_program;
    TrainingRun m_training;
    EmbeddingsRow* m_embeddings = nullptr;
    QComboBox* m_task = nullptr;
    QListWidget* m_projects = nullptr;
    QSpinBox* m_epochs = nullptr;
    QComboBox* m_shape = nullptr;
    QLabel* m_name = nullptr;
    QPushButton* m_train = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_status = nullptr;
    QPushButton* m_copy = nullptr;
    QString m_details; ///< of the last failure
    QLabel* m_liveTitle = nullptr;
    ChartGrid* m_charts = nullptr;
};

} // namespace ps
