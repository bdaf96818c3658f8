// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/action_table.h"
#include "ui/common/suggestion_status.h"
#include "ui/models/models_controller.h"
#include "ui/models/program_run.h"

#include <QWidget>

class QTabWidget;

namespace ps {

class MapPage;
class ModelsPanel;
class PictureLoader;
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
    ModelsView(ProjectController& controller, std::shared_ptr<ModelsBackend> backend, PictureLoader& loader,
               ActionTable& actions, const Theme& theme, QWidget* parent);

    /// The command line program, which trains, embeds and imports.
    void setProgram(const QString& program);
    ModelsController& models() { return m_models; }
    /// How the computing of suggestions stands, for the chip.
    void setSuggestionStatus(const SuggestionStatus& status);
    ModelsPanel& panel() { return *m_panel; }
    ReportView& report() { return *m_report; }
    TrainingPage& training() { return *m_training; }
    MapPage& map() { return *m_map; }
    StateChip& chip() { return *m_chip; }
    QTabWidget& tabs() { return *m_tabs; }

Q_SIGNALS:
    void said(const QString& text);
    void failed(const ps::Error& error);
    void programFailed(const ps::ErrorText& error);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    void connectParts(ActionTable& actions);
    void refresh();
    void askImport();
    void onImported(const QByteArray& document);
    void showReport();
    void showChip();

    ProjectController& m_controller;
    ModelsController m_models;
    SuggestionStatus m_status;
    QString m_program;
    ProgramRun m_import;
    StateChip* m_chip = nullptr;
    ModelsPanel* m_panel = nullptr;
    QTabWidget* m_tabs = nullptr;
    ReportView* m_report = nullptr;
    TrainingPage* m_training = nullptr;
    MapPage* m_map = nullptr;
};

} // namespace ps
