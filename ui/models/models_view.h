// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/action_table.h"
#include "ui/models/models_controller.h"

#include <QWidget>

class QLabel;
class QTabWidget;

namespace ps {

class ModelsPanel;
class ReportView;
class StateChip;
class Theme;
class TrainingPage;

/// The Models workplace: the models of the workspace on the left; the report of the chosen one, training and the map of the
/// embeddings beside it.
/// Thread: UI.
class ModelsView : public QWidget
{
    Q_OBJECT

public:
    ModelsView(ProjectController& controller, std::shared_ptr<ModelsBackend> backend, ActionTable& actions,
               const Theme& theme, QWidget* parent);

    void setProgram(const QString& program);
    ModelsController& models() { return m_models; }
    ModelsPanel& panel() { return *m_panel; }
    ReportView& report() { return *m_report; }
    TrainingPage& training() { return *m_training; }
    StateChip& chip() { return *m_chip; }
    QTabWidget& tabs() { return *m_tabs; }

Q_SIGNALS:
    void said(const QString& text);
    void failed(const ps::Error& error);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    void connectParts(ActionTable& actions);
    void refresh();
    void showReport();
    void showChip();

    ProjectController& m_controller;
    ModelsController m_models;
    StateChip* m_chip = nullptr;
    ModelsPanel* m_panel = nullptr;
    QTabWidget* m_tabs = nullptr;
    ReportView* m_report = nullptr;
    TrainingPage* m_training = nullptr;
};

} // namespace ps
