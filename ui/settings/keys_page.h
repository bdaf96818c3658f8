// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QKeySequenceEdit;
class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace ps {

class ActionTable;

/// All actions with their keys; a key that is taken already is refused with the name of the action that has it.
class KeysPage : public QWidget
{
    Q_OBJECT

public:
    KeysPage(ActionTable& actions, QWidget* parent);

private:
    void fill();
    void showKeys(QTreeWidgetItem* item) const;
    QAction* current() const;
    void onCurrentChanged();
    void onEdited();
    bool isFree(const QAction* action, const QKeySequence& key);
    void resetCurrent();
    void resetAll();

    ActionTable& m_actions;
    QTreeWidget* m_tree;
    QKeySequenceEdit* m_edit;
    QPushButton* m_reset;
    QLabel* m_message;
};

} // namespace ps
