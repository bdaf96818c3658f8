// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <QWidget>

#include <span>

class QKeyEvent;

namespace ps {

/// Where an action's keys work.
enum class ActionScope {
    Window, ///< anywhere in the window
    Review, ///< while the light table has the focus
    Crop,   ///< while the crop editor has the focus
    Browse, ///< while Browse has the focus
};

/// The menu that shows an action.
enum class ActionMenu { File, Edit, View, Go, Decide, Help, None };

/// One line of the table of everything that the program can do.
struct ActionInfo {
    const char* id;   ///< "review.keep1": settings and documentation use it
    const char* text; ///< English, with the mnemonic of the menu
    const char* tip;  ///< one sentence
    const char* icon; ///< name of an icon, or ""
    const char* keys; ///< default keys, separated by a blank: "1 Num+1"
    ActionScope scope;
    ActionMenu menu;
    bool startsGroup; ///< a separator above it in the menu
};

std::span<const ActionInfo> actionTable();

/// The live actions made from the table: one QAction for each line, with keys that the user may have changed. Menus, tool
/// bars, tool tips and the key map are all made from these.
class ActionTable : public QObject
{
    Q_OBJECT

public:
    explicit ActionTable(QObject* parent);

    /// The action of an id that is in the table.
    QAction* action(const char* id) const;
    QList<QAction*> actionsOf(ActionMenu menu) const;
    const ActionInfo& infoOf(const QAction* action) const;

    /// Puts the actions of a scope on the widget whose focus they need.
    void install(ActionScope scope, QWidget* widget) const;

    /// The action of the scope whose key is at the same place on a Latin keyboard; for layouts whose letters are others.
    /// Null for Latin letters, for keys that an action of the scope or of the window has itself, for auto-repeat, and for
    /// keys that belong to nothing.
    QAction* actionAtPosition(const QKeyEvent* event, ActionScope scope) const;

    QList<QKeySequence> keysOf(const QAction* action) const { return action->shortcuts(); }
    /// Other actions that already have this key where this action's keys work.
    QList<QAction*> conflictsOf(const QAction* action, const QKeySequence& key) const;
    /// Changes the keys and remembers them.
    void setKeys(QAction* action, const QList<QKeySequence>& keys);
    void resetKeys(QAction* action);
    QList<QKeySequence> defaultKeysOf(const QAction* action) const;

    /// The texts in the current language.
    void retranslate();

    static QString textOf(const ActionInfo& info);
    static QString tipOf(const ActionInfo& info);

Q_SIGNALS:
    void keysChanged();

private:
    QHash<QString, QAction*> m_actions;
};

} // namespace ps
