// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/preferences.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QTabWidget;

namespace ps {

class ActionTable;
class LiveSuggestions;
class ProjectController;
class SuggestionsPage;
class ThumbnailCacheRow;
class ThumbnailService;

/// Look, language, name and keys. Every change takes effect, and is kept, at once; only the language waits for the next start.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    /// Without `thumbnails` nothing is said about their cache.
    SettingsDialog(ActionTable& actions, QWidget* parent, ThumbnailService* thumbnails = nullptr);
    /// The page about suggestions, for the open project as well.
    void addSuggestionsPage(ProjectController& controller, LiveSuggestions& live);

Q_SIGNALS:
    void preferencesChanged(const ps::Preferences& preferences);

private:
    QWidget* makeLookPage(ThumbnailService* thumbnails);
    void addPictureRows(QFormLayout& form, ThumbnailService* thumbnails);
    void onChanged();

    Preferences m_preferences;
    QTabWidget* m_tabs = nullptr;
    SuggestionsPage* m_suggestions = nullptr;
    QComboBox* m_theme = nullptr;
    QComboBox* m_language = nullptr;
    QLineEdit* m_ratios = nullptr;
    QLineEdit* m_annotator = nullptr;
    QSpinBox* m_pictureMemory = nullptr;
    QCheckBox* m_measures = nullptr;
    ThumbnailCacheRow* m_cache = nullptr;
    QLabel* m_note = nullptr;
};

} // namespace ps
