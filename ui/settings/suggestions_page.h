// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/suggestion_watch.h"
#include "ui/settings/preferences.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace ps {

class LiveSuggestions;
class ProjectController;

/// What a person chooses about suggestions: whether they are computed here at all and by which embedder, and, for the open
/// project, how sure they must be, how many are held back, and when to train. Also says what the measurement found.
class SuggestionsPage : public QWidget
{
    Q_OBJECT

public:
    SuggestionsPage(ProjectController& controller, LiveSuggestions& live, const Preferences& preferences,
                    QWidget* parent);

    /// What of the preferences is chosen here.
    void takeOver(Preferences& preferences) const;

Q_SIGNALS:
    void preferencesChanged();

private:
    struct ProjectState {
        SuggestionSettings settings;
        AgreementReport report;
    };
    void addProgramRows(QFormLayout& form, const Preferences& preferences);
    void addProjectRows(QFormLayout& form);
    void readProject();
    void showProject(const std::optional<ProjectState>& state);
    void storeProject();
    void chooseEmbedder();
    void showEmbedder();

    ProjectController& m_controller;
    LiveSuggestions& m_live;
    QCheckBox* m_computes = nullptr;
    QLineEdit* m_embedder = nullptr;
    QComboBox* m_preprocessing = nullptr;
    QCheckBox* m_shows = nullptr;
    QSpinBox* m_bar = nullptr;
    QSpinBox* m_hidden = nullptr;
    QSpinBox* m_retrain = nullptr;
    QLabel* m_found = nullptr;
    QPushButton* m_resume = nullptr;
    QLabel* m_project = nullptr;
    bool m_isShowing = false; ///< what is read is shown; that is no choice of the person
};

} // namespace ps
