// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QMap>
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
enum class ActionMenu { File, Edit, View, Compare, Go, Decide, Models, Help, None };

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

/// The keys of actions by their id, each as in ActionInfo::keys.
using KeyMapText = QMap<QString, QString>;

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
    /// Null for Latin characters outside the row of digits, for keys that an action of the scope or of the window has itself,
    /// for auto-repeat, and for keys that belong to nothing.
    QAction* actionAtPosition(const QKeyEvent* event, ActionScope scope) const;

    /// The keys that are chosen, also while letter keys are off; the shortcuts of the action are those that work.
    QList<QKeySequence> keysOf(const QAction* action) const { return m_keys.value(const_cast<QAction*>(action)); }
    /// Other actions that already have this key where this action's keys work.
    QList<QAction*> conflictsOf(const QAction* action, const QKeySequence& key) const;
    /// Changes the keys and remembers them.
    void setKeys(QAction* action, const QList<QKeySequence>& keys);
    void resetKeys(QAction* action);
    QList<QKeySequence> defaultKeysOf(const QAction* action) const;
    static bool scopesOverlap(ActionScope a, ActionScope b);

    /// All keys at once, remembered; an action that the map does not name gets its default keys.
    void setKeyMap(const KeyMapText& map);
    KeyMapText keyMap() const;

    /// Whether keys that write a character work without Ctrl or Alt; for people who press keys by chance or by voice.
    void setLetterKeys(bool enabled);
    bool hasLetterKeys() const { return m_hasLetterKeys; }

    /// The texts in the current language.
    void retranslate();

    /// A key as settings and files name it: portable and without blanks, "Ctrl+Return", "Media_Play"; and back, empty for none.
    static QString keyText(const QKeySequence& key);
    static QKeySequence keyFromText(const QString& text);

    static QString textOf(const ActionInfo& info);
    static QString tipOf(const ActionInfo& info);

Q_SIGNALS:
    void keysChanged();

private:
    void remember(QAction* action, const QList<QKeySequence>& keys);
    void applyKeys();

    QHash<QString, QAction*> m_actions;
    QHash<QAction*, QList<QKeySequence>> m_keys; ///< as chosen
    bool m_hasLetterKeys = true;
};

} // namespace ps
