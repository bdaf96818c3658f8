// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/action_table.h"
#include "ui/common/task_lane.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace ps {

class KeyCapture;

/// All actions with their keys: to search, to change by pressing the new key, to take from a preset or a file. A key that is
/// taken already is refused with the name of the action that has it, and an offer to swap.
class KeysPage : public QWidget
{
    Q_OBJECT

public:
    KeysPage(ActionTable& actions, QWidget* parent);

    /// Reads or writes a key map file on a thread of its own; the answer is a line on the page.
    void importFrom(const QString& path);
    void exportTo(const QString& path);

Q_SIGNALS:
    /// A file was read or written, or could not be.
    void fileDone();

private:
    QWidget* makeTop();
    QWidget* makeKeyLine();
    QWidget* makeBottom();
    void fill();
    void filter(const QString& text);
    void showAllKeys();
    void showKeys(QTreeWidgetItem* item) const;
    QAction* current() const;
    void onCurrentChanged();
    void onCaptured(const QKeySequence& key);
    void setFirstKey(QAction* action, const QKeySequence& key);
    bool isFree(const QAction* action, const QKeySequence& key);
    void offerSwap(QAction* other, const QKeySequence& key);
    void swap();
    void removeKeys();
    void resetCurrent();
    void applyPreset(int index);
    void showPreset();
    void say(const QString& text);

    ActionTable& m_actions;
    QLineEdit* m_search = nullptr;
    QComboBox* m_presets = nullptr;
    QTreeWidget* m_tree = nullptr;
    KeyCapture* m_capture = nullptr;
    QPushButton* m_swap = nullptr;
    QCheckBox* m_letterKeys = nullptr;
    QLabel* m_message = nullptr;
    QAction* m_swapWith = nullptr; ///< has the key that was pressed
    QKeySequence m_swapKey;
    TaskLane m_fileLane{TaskLane::AtEnd::Finish};
};

} // namespace ps
