// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/action_table.h"
#include "ui/models/model_list.h"
#include "ui/models/models_controller.h"

#include <QWidget>

class QLabel;
class QListView;
class QPushButton;

namespace ps {

/// The list of models with what can be done to them.
class ModelsPanel : public QWidget
{
    Q_OBJECT

public:
    ModelsPanel(ModelsController& models, ActionTable& actions, const Theme& theme, QWidget* parent);

    QListView& list() { return *m_list; }
    /// The one that is shown, or null.
    const ModelRecord* current() const;
    void select(const QString& id);
    QPushButton& activateButton() { return *m_activate; }
    QPushButton& backButton() { return *m_back; }

Q_SIGNALS:
    void currentChanged();
    void importWanted();

private:
    void buildButtons();
    void showListing();
    void updateButtons();
    void activateCurrent();
    void askGate(const QString& id, const Error& error);
    void goBack();

    ModelsController& m_models;
    ActionTable& m_actions;
    ModelListModel* m_model;
    QListView* m_list;
    QLabel* m_empty;
    QPushButton* m_activate;
    QPushButton* m_back;
    QPushButton* m_import;
    QString m_wanted; ///< to be selected as soon as it is there
};

} // namespace ps
