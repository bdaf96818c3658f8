// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/action_table.h"

#include "ui/common/icons.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QSettings>

#include <algorithm>
#include <array>

namespace ps {

std::span<const ActionInfo> actionTable()
{
    using S = ActionScope;
    using M = ActionMenu;
    static const std::array table{
        // File
        ActionInfo{"file.new", QT_TRANSLATE_NOOP("Actions", "&New project..."),
                   QT_TRANSLATE_NOOP("Actions", "Make a project for a folder of images."), "", "Ctrl+N", S::Window,
                   M::File, false},
        ActionInfo{"file.openFolder", QT_TRANSLATE_NOOP("Actions", "&Open folder..."),
                   QT_TRANSLATE_NOOP("Actions", "Open a workspace, or a folder of images."), "folder-open", "Ctrl+O",
                   S::Window, M::File, false},
        ActionInfo{"file.openDatabase", QT_TRANSLATE_NOOP("Actions", "Open &database..."),
                   QT_TRANSLATE_NOOP("Actions", "Open a decision database of the scripts."), "database", "", S::Window,
                   M::File, false},
        ActionInfo{"file.demo", QT_TRANSLATE_NOOP("Actions", "Open the d&emo"),
                   QT_TRANSLATE_NOOP("Actions", "Try everything on a project of real photographs."), "demo", "",
                   S::Window, M::File, false},
        ActionInfo{"file.finalize", QT_TRANSLATE_NOOP("Actions", "&Finalize..."),
                   QT_TRANSLATE_NOOP("Actions", "Carry the decided groups out on disk, after showing what would move."),
                   "finalize", "Ctrl+Return", S::Window, M::File, true},
        ActionInfo{"file.inspect", QT_TRANSLATE_NOOP("Actions", "&Inspect"),
                   QT_TRANSLATE_NOOP("Actions", "Prove the integrity of the project and save the report."), "inspect",
                   "Ctrl+I", S::Window, M::File, false},
        ActionInfo{"file.refresh", QT_TRANSLATE_NOOP("Actions", "Look for new i&mages"),
                   QT_TRANSLATE_NOOP("Actions", "Scan the folder of images again."), "refresh", "F5", S::Window,
                   M::File, false},
        ActionInfo{"file.properties", QT_TRANSLATE_NOOP("Actions", "Project &properties..."),
                   QT_TRANSLATE_NOOP("Actions", "Title, grouping and archive of this project."), "", "Alt+Return",
                   S::Window, M::File, true},
        ActionInfo{"file.close", QT_TRANSLATE_NOOP("Actions", "&Close project"),
                   QT_TRANSLATE_NOOP("Actions", "Close the project. Everything is saved already."), "", "Ctrl+W",
                   S::Window, M::File, false},
        ActionInfo{"file.quit", QT_TRANSLATE_NOOP("Actions", "&Quit"),
                   QT_TRANSLATE_NOOP("Actions", "End the program. Everything is saved already."), "", "Ctrl+Q",
                   S::Window, M::File, true},
        // Edit
        ActionInfo{"edit.undo", QT_TRANSLATE_NOOP("Actions", "&Undo"),
                   QT_TRANSLATE_NOOP("Actions", "Take the last step back: rows and files together."), "undo", "Ctrl+Z",
                   S::Window, M::Edit, false},
        ActionInfo{"edit.redo", QT_TRANSLATE_NOOP("Actions", "&Redo"),
                   QT_TRANSLATE_NOOP("Actions", "Make the undone step again."), "redo", "Ctrl+Shift+Z Ctrl+Y",
                   S::Window, M::Edit, false},
        ActionInfo{"edit.find", QT_TRANSLATE_NOOP("Actions", "&Find..."),
                   QT_TRANSLATE_NOOP("Actions", "Go to a group by the name of a file, its key or its id."), "search",
                   "Ctrl+F", S::Window, M::Edit, true},
        ActionInfo{"edit.copyId", QT_TRANSLATE_NOOP("Actions", "&Copy group id"),
                   QT_TRANSLATE_NOOP("Actions", "Copy the id of the group, or its key while it is undecided."), "copy",
                   "Ctrl+Shift+C", S::Window, M::Edit, false},
        ActionInfo{"edit.settings", QT_TRANSLATE_NOOP("Actions", "&Settings..."),
                   QT_TRANSLATE_NOOP("Actions", "Look, language, keys and names."), "settings", "Ctrl+,", S::Window,
                   M::Edit, true},
        // View
        ActionInfo{"view.review", QT_TRANSLATE_NOOP("Actions", "&Review"),
                   QT_TRANSLATE_NOOP("Actions", "Decide group after group."), "review", "Ctrl+1", S::Window, M::View,
                   false},
        ActionInfo{"view.crop", QT_TRANSLATE_NOOP("Actions", "&Crop"),
                   QT_TRANSLATE_NOOP("Actions", "Work through the crops that are still open."), "crop", "Ctrl+2",
                   S::Window, M::View, false},
        ActionInfo{"view.browse", QT_TRANSLATE_NOOP("Actions", "&Browse"),
                   QT_TRANSLATE_NOOP("Actions", "See every group at a glance."), "browse", "Ctrl+3", S::Window, M::View,
                   false},
        ActionInfo{"view.inspect", QT_TRANSLATE_NOOP("Actions", "I&nspect"),
                   QT_TRANSLATE_NOOP("Actions", "The findings of the last inspection."), "inspect", "Ctrl+4", S::Window,
                   M::View, false},
        ActionInfo{"view.activity", QT_TRANSLATE_NOOP("Actions", "&Activity"),
                   QT_TRANSLATE_NOOP("Actions", "History, staged files and the state of the program."), "activity",
                   "Ctrl+5", S::Window, M::View, false},
        ActionInfo{"view.zoomIn", QT_TRANSLATE_NOOP("Actions", "Zoom &in"),
                   QT_TRANSLATE_NOOP("Actions", "Enlarge all pictures together."), "zoom-in", "+ = Ctrl++", S::Review,
                   M::View, true},
        ActionInfo{"view.zoomOut", QT_TRANSLATE_NOOP("Actions", "Zoom &out"),
                   QT_TRANSLATE_NOOP("Actions", "Shrink all pictures together."), "zoom-out", "- Ctrl+-", S::Review,
                   M::View, false},
        ActionInfo{"view.zoomFit", QT_TRANSLATE_NOOP("Actions", "&Fit"),
                   QT_TRANSLATE_NOOP("Actions", "Show the whole pictures."), "zoom-fit", "0 Ctrl+0", S::Review, M::View,
                   false},
        ActionInfo{"view.zoomActual", QT_TRANSLATE_NOOP("Actions", "&100 %"),
                   QT_TRANSLATE_NOOP("Actions", "One pixel of the image for one of the screen."), "", "9", S::Review,
                   M::View, false},
        ActionInfo{"view.lock", QT_TRANSLATE_NOOP("Actions", "&Lock zoom together"),
                   QT_TRANSLATE_NOOP("Actions", "Zoom and move all pictures together, or only the focused one."),
                   "lock", "L", S::Review, M::View, false},
        ActionInfo{"view.suggestion", QT_TRANSLATE_NOOP("Actions", "Show su&ggestion"),
                   QT_TRANSLATE_NOOP(
                       "Actions", "Show or hide the crop that was suggested. Keeping with a visible crop accepts it."),
                   "", "V", S::Review, M::View, false},
        ActionInfo{"view.inspector", QT_TRANSLATE_NOOP("Actions", "Ins&pector"),
                   QT_TRANSLATE_NOOP("Actions", "Show or hide the facts beside the pictures."), "sidebar", "F9",
                   S::Window, M::View, true},
        ActionInfo{"view.strip", QT_TRANSLATE_NOOP("Actions", "Group &strip"),
                   QT_TRANSLATE_NOOP("Actions", "Show or hide the strip of groups."), "strip", "F8", S::Window, M::View,
                   false},
        ActionInfo{"view.theme", QT_TRANSLATE_NOOP("Actions", "Dark or light &theme"),
                   QT_TRANSLATE_NOOP("Actions", "Change between the dark and the light theme."), "theme",
                   "Ctrl+Shift+T", S::Window, M::View, false},
        ActionInfo{"view.fullScreen", QT_TRANSLATE_NOOP("Actions", "F&ull screen"),
                   QT_TRANSLATE_NOOP("Actions", "Use the whole screen."), "", "F11", S::Window, M::View, false},
        // Go
        ActionInfo{"go.next", QT_TRANSLATE_NOOP("Actions", "&Next group"),
                   QT_TRANSLATE_NOOP("Actions", "Go to the next group without deciding."), "next",
                   "Space Return Enter Right Down", S::Review, M::Go, false},
        ActionInfo{"go.previous", QT_TRANSLATE_NOOP("Actions", "&Previous group"),
                   QT_TRANSLATE_NOOP("Actions", "Go to the group before."), "previous", "Left Up Backspace", S::Review,
                   M::Go, false},
        ActionInfo{"go.nextUndecided", QT_TRANSLATE_NOOP("Actions", "Next &undecided group"),
                   QT_TRANSLATE_NOOP("Actions", "Go to the next group that nobody has decided."), "next-undecided", "N",
                   S::Review, M::Go, false},
        ActionInfo{"go.previousUndecided", QT_TRANSLATE_NOOP("Actions", "Previous un&decided group"),
                   QT_TRANSLATE_NOOP("Actions", "Go back to the nearest undecided group."), "", "Shift+N", S::Review,
                   M::Go, false},
        ActionInfo{"go.first", QT_TRANSLATE_NOOP("Actions", "&First group"),
                   QT_TRANSLATE_NOOP("Actions", "Go to the first group."), "", "Home", S::Review, M::Go, true},
        ActionInfo{"go.last", QT_TRANSLATE_NOOP("Actions", "&Last group"),
                   QT_TRANSLATE_NOOP("Actions", "Go to the last group."), "", "End", S::Review, M::Go, false},
        ActionInfo{"go.find", QT_TRANSLATE_NOOP("Actions", "Find &group..."),
                   QT_TRANSLATE_NOOP("Actions", "Go to a group by the name of a file, its key or its id."), "", "/",
                   S::Review, M::Go, false},
        ActionInfo{"go.focusNext", QT_TRANSLATE_NOOP("Actions", "Focus next p&icture"),
                   QT_TRANSLATE_NOOP("Actions", "Move the frame to the next picture."), "", "Tab", S::Review, M::Go,
                   true},
        ActionInfo{"go.focusPrevious", QT_TRANSLATE_NOOP("Actions", "Focus pre&vious picture"),
                   QT_TRANSLATE_NOOP("Actions", "Move the frame to the picture before."), "", "Shift+Tab", S::Review,
                   M::Go, false},
        // Decide
        ActionInfo{"decide.keep1", QT_TRANSLATE_NOOP("Actions", "Keep picture &1 as shown"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture; a visible suggested crop is accepted."), "check",
                   "1", S::Review, M::Decide, false},
        ActionInfo{"decide.keep2", QT_TRANSLATE_NOOP("Actions", "Keep picture &2 as shown"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture; a visible suggested crop is accepted."), "check",
                   "2", S::Review, M::Decide, false},
        ActionInfo{"decide.keep3", QT_TRANSLATE_NOOP("Actions", "Keep picture &3 as shown"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture; a visible suggested crop is accepted."), "check",
                   "3", S::Review, M::Decide, false},
        ActionInfo{"decide.keep4", QT_TRANSLATE_NOOP("Actions", "Keep picture &4 as shown"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture; a visible suggested crop is accepted."), "check",
                   "4", S::Review, M::Decide, false},
        ActionInfo{"decide.plain1", QT_TRANSLATE_NOOP("Actions", "Keep picture 1 without crop"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture whole, whatever was suggested."), "", "A", S::Review,
                   M::Decide, true},
        ActionInfo{"decide.plain2", QT_TRANSLATE_NOOP("Actions", "Keep picture 2 without crop"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture whole, whatever was suggested."), "", "S", S::Review,
                   M::Decide, false},
        ActionInfo{"decide.plain3", QT_TRANSLATE_NOOP("Actions", "Keep picture 3 without crop"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture whole, whatever was suggested."), "", "D", S::Review,
                   M::Decide, false},
        ActionInfo{"decide.plain4", QT_TRANSLATE_NOOP("Actions", "Keep picture 4 without crop"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture whole, whatever was suggested."), "", "F", S::Review,
                   M::Decide, false},
        ActionInfo{"decide.crop1", QT_TRANSLATE_NOOP("Actions", "Keep picture 1 and crop"),
                   QT_TRANSLATE_NOOP("Actions", "Draw the crop of this picture now."), "crop", "Q", S::Review,
                   M::Decide, true},
        ActionInfo{"decide.crop2", QT_TRANSLATE_NOOP("Actions", "Keep picture 2 and crop"),
                   QT_TRANSLATE_NOOP("Actions", "Draw the crop of this picture now."), "crop", "W", S::Review,
                   M::Decide, false},
        ActionInfo{"decide.crop3", QT_TRANSLATE_NOOP("Actions", "Keep picture 3 and crop"),
                   QT_TRANSLATE_NOOP("Actions", "Draw the crop of this picture now."), "crop", "E", S::Review,
                   M::Decide, false},
        ActionInfo{"decide.crop4", QT_TRANSLATE_NOOP("Actions", "Keep picture 4 and crop"),
                   QT_TRANSLATE_NOOP("Actions", "Draw the crop of this picture now."), "crop", "R", S::Review,
                   M::Decide, false},
        ActionInfo{"decide.later1", QT_TRANSLATE_NOOP("Actions", "Keep picture 1, crop later"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture and put it into the Crop queue."), "", "Shift+Q",
                   S::Review, M::Decide, true},
        ActionInfo{"decide.later2", QT_TRANSLATE_NOOP("Actions", "Keep picture 2, crop later"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture and put it into the Crop queue."), "", "Shift+W",
                   S::Review, M::Decide, false},
        ActionInfo{"decide.later3", QT_TRANSLATE_NOOP("Actions", "Keep picture 3, crop later"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture and put it into the Crop queue."), "", "Shift+E",
                   S::Review, M::Decide, false},
        ActionInfo{"decide.later4", QT_TRANSLATE_NOOP("Actions", "Keep picture 4, crop later"),
                   QT_TRANSLATE_NOOP("Actions", "Keep this picture and put it into the Crop queue."), "", "Shift+R",
                   S::Review, M::Decide, false},
        ActionInfo{"decide.reject", QT_TRANSLATE_NOOP("Actions", "&Reject all"),
                   QT_TRANSLATE_NOOP("Actions", "Keep none of the pictures."), "reject", "X", S::Review, M::Decide,
                   true},
        ActionInfo{"decide.undo", QT_TRANSLATE_NOOP("Actions", "&Undo and go back"),
                   QT_TRANSLATE_NOOP("Actions", "Take the last step back and show its group."), "undo", "Z", S::Review,
                   M::Decide, false},
        ActionInfo{"decide.split", QT_TRANSLATE_NOOP("Actions", "&Split the set"),
                   QT_TRANSLATE_NOOP("Actions", "Split a set of more than four pictures into groups of at most four."),
                   "split", "B", S::Review, M::Decide, false},
        // Browse
        ActionInfo{"browse.keep1", QT_TRANSLATE_NOOP("Actions", "Keep picture 1 of each"),
                   QT_TRANSLATE_NOOP("Actions", "Keep the first picture of every selected group."), "check", "1",
                   S::Browse, M::None, false},
        ActionInfo{"browse.keep2", QT_TRANSLATE_NOOP("Actions", "Keep picture 2 of each"),
                   QT_TRANSLATE_NOOP("Actions", "Keep the second picture of every selected group."), "check", "2",
                   S::Browse, M::None, false},
        ActionInfo{"browse.keep3", QT_TRANSLATE_NOOP("Actions", "Keep picture 3 of each"),
                   QT_TRANSLATE_NOOP("Actions", "Keep the third picture of every selected group."), "check", "3",
                   S::Browse, M::None, false},
        ActionInfo{"browse.keep4", QT_TRANSLATE_NOOP("Actions", "Keep picture 4 of each"),
                   QT_TRANSLATE_NOOP("Actions", "Keep the fourth picture of every selected group."), "check", "4",
                   S::Browse, M::None, false},
        ActionInfo{"browse.reject", QT_TRANSLATE_NOOP("Actions", "Reject selected groups"),
                   QT_TRANSLATE_NOOP("Actions", "Keep no picture of the selected groups."), "reject", "X", S::Browse,
                   M::None, false},
        ActionInfo{"browse.decide", QT_TRANSLATE_NOOP("Actions", "Decide selected groups..."),
                   QT_TRANSLATE_NOOP("Actions", "Decide many groups at once, after showing what would happen."), "",
                   "Ctrl+D", S::Browse, M::None, false},
        ActionInfo{"browse.filter", QT_TRANSLATE_NOOP("Actions", "Filter"),
                   QT_TRANSLATE_NOOP("Actions", "Write what the list is to hold."), "search", "/", S::Browse, M::None,
                   false},
        ActionInfo{"browse.copyFiles", QT_TRANSLATE_NOOP("Actions", "Copy files"),
                   QT_TRANSLATE_NOOP("Actions", "Copy the image files of the selected groups to the clipboard."),
                   "copy", "Ctrl+C", S::Browse, M::None, false},
        ActionInfo{"browse.copyNames", QT_TRANSLATE_NOOP("Actions", "Copy file names"),
                   QT_TRANSLATE_NOOP("Actions", "Copy the names of the image files of the selected groups."), "", "",
                   S::Browse, M::None, false},
        ActionInfo{"browse.showFolder", QT_TRANSLATE_NOOP("Actions", "Show in file manager"),
                   QT_TRANSLATE_NOOP("Actions", "Open the folder of the current group."), "folder-open", "", S::Browse,
                   M::None, false},
        ActionInfo{"browse.selectAll", QT_TRANSLATE_NOOP("Actions", "Select all"),
                   QT_TRANSLATE_NOOP("Actions", "Select every group of the list."), "", "Ctrl+A", S::Browse, M::None,
                   false},
        ActionInfo{"browse.selectNone", QT_TRANSLATE_NOOP("Actions", "Select none"),
                   QT_TRANSLATE_NOOP("Actions", "Select no group."), "", "Ctrl+Shift+A", S::Browse, M::None, false},
        ActionInfo{"browse.invert", QT_TRANSLATE_NOOP("Actions", "Invert selection"),
                   QT_TRANSLATE_NOOP("Actions", "Select the groups that are not selected."), "", "Ctrl+Shift+I",
                   S::Browse, M::None, false},
        ActionInfo{"browse.larger", QT_TRANSLATE_NOOP("Actions", "Larger pictures"),
                   QT_TRANSLATE_NOOP("Actions", "Show fewer, larger pictures."), "zoom-in", "+ = Ctrl++", S::Browse,
                   M::None, false},
        ActionInfo{"browse.smaller", QT_TRANSLATE_NOOP("Actions", "Smaller pictures"),
                   QT_TRANSLATE_NOOP("Actions", "Show more, smaller pictures."), "zoom-out", "- Ctrl+-", S::Browse,
                   M::None, false},
        ActionInfo{"browse.grid", QT_TRANSLATE_NOOP("Actions", "One picture for each group"),
                   QT_TRANSLATE_NOOP("Actions", "Show the picture that stands for each group."), "browse", "G",
                   S::Browse, M::None, false},
        ActionInfo{"browse.bands", QT_TRANSLATE_NOOP("Actions", "All candidates of each group"),
                   QT_TRANSLATE_NOOP("Actions", "Show all pictures of each group side by side."), "bands", "B",
                   S::Browse, M::None, false},
        ActionInfo{"browse.table", QT_TRANSLATE_NOOP("Actions", "Table"),
                   QT_TRANSLATE_NOOP("Actions", "Show the facts of each group on one line."), "table", "T", S::Browse,
                   M::None, false},
        // Crop editor
        ActionInfo{"crop.confirm", QT_TRANSLATE_NOOP("Actions", "&Confirm crop"),
                   QT_TRANSLATE_NOOP("Actions", "Store the crop and go on."), "check", "Return Enter", S::Crop, M::None,
                   false},
        ActionInfo{"crop.cancel", QT_TRANSLATE_NOOP("Actions", "Cancel"),
                   QT_TRANSLATE_NOOP("Actions", "Leave the crop as it was."), "", "Escape", S::Crop, M::None, false},
        ActionInfo{"crop.later", QT_TRANSLATE_NOOP("Actions", "Crop later"),
                   QT_TRANSLATE_NOOP("Actions", "Keep the picture and put it into the Crop queue."), "", "L", S::Crop,
                   M::None, false},
        ActionInfo{"crop.ratio", QT_TRANSLATE_NOOP("Actions", "Next ratio"),
                   QT_TRANSLATE_NOOP("Actions", "As the image, free, square, 4:3, 3:2, 16:9."), "", ".", S::Crop,
                   M::None, false},
        ActionInfo{"crop.swapRatio", QT_TRANSLATE_NOOP("Actions", "Turn the ratio"),
                   QT_TRANSLATE_NOOP("Actions", "Swap width and height of the ratio."), "", "/", S::Crop, M::None,
                   false},
        ActionInfo{"crop.full", QT_TRANSLATE_NOOP("Actions", "Whole picture"),
                   QT_TRANSLATE_NOOP("Actions", "Take the whole picture; that is stored as kept without crop."), "",
                   "0", S::Crop, M::None, false},
        ActionInfo{"crop.suggestion", QT_TRANSLATE_NOOP("Actions", "Use the suggestion"),
                   QT_TRANSLATE_NOOP("Actions", "Take the crop that was suggested."), "", "J", S::Crop, M::None, false},
        ActionInfo{"crop.grid", QT_TRANSLATE_NOOP("Actions", "Thirds"),
                   QT_TRANSLATE_NOOP("Actions", "Show or hide the grid of thirds."), "", "H", S::Crop, M::None, false},
        ActionInfo{"crop.next", QT_TRANSLATE_NOOP("Actions", "Next in the queue"),
                   QT_TRANSLATE_NOOP("Actions", "Go to the next open crop without confirming."), "next", "PgDown",
                   S::Crop, M::None, false},
        ActionInfo{"crop.previous", QT_TRANSLATE_NOOP("Actions", "Previous in the queue"),
                   QT_TRANSLATE_NOOP("Actions", "Go to the open crop before."), "previous", "PgUp", S::Crop, M::None,
                   false},
        // Help
        ActionInfo{"help.handbook", QT_TRANSLATE_NOOP("Actions", "&Handbook"),
                   QT_TRANSLATE_NOOP("Actions", "How to work with the program."), "help", "F1", S::Window, M::Help,
                   false},
        ActionInfo{"help.keys", QT_TRANSLATE_NOOP("Actions", "&Keys"),
                   QT_TRANSLATE_NOOP("Actions", "The live key map."), "keyboard", "?", S::Window, M::Help, false},
        ActionInfo{"help.about", QT_TRANSLATE_NOOP("Actions", "&About Proofsheet"),
                   QT_TRANSLATE_NOOP("Actions", "Version and licences."), "info", "", S::Window, M::Help, true},
    };
    return table;
}

namespace {

QString settingsKey(const char* id)
{
    return QStringLiteral("keys/") + QLatin1String(id);
}

QList<QKeySequence> parseKeys(const QString& text)
{
    QList<QKeySequence> keys;
    for (const QString& part : text.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        keys.append(QKeySequence(part, QKeySequence::PortableText));
    return keys;
}

QString keysText(const QList<QKeySequence>& keys)
{
    QStringList parts;
    for (const QKeySequence& key : keys)
        parts.append(key.toString(QKeySequence::PortableText));
    return parts.join(QLatin1Char(' '));
}

/// The key that a Latin keyboard has at this place; X11 and Wayland number places as evdev does, plus eight.
int latinKeyAt(quint32 scanCode)
{
    struct Row {
        quint32 first;
        const char* keys;
    };
    static constexpr std::array<Row, 4> rows{
        {{10, "1234567890"}, {24, "QWERTYUIOP"}, {38, "ASDFGHJKL"}, {52, "ZXCVBNM"}}};
    for (const Row& row : rows) {
        const auto length = static_cast<quint32>(qstrlen(row.keys));
        if (scanCode >= row.first && scanCode < row.first + length)
            return row.keys[scanCode - row.first];
    }
    return 0;
}

} // namespace

QString ActionTable::textOf(const ActionInfo& info)
{
    return QCoreApplication::translate("Actions", info.text);
}

QString ActionTable::tipOf(const ActionInfo& info)
{
    return QCoreApplication::translate("Actions", info.tip);
}

ActionTable::ActionTable(QObject* parent) : QObject(parent)
{
    const QSettings settings;
    for (const ActionInfo& info : actionTable()) {
        auto* action = new QAction(this);
        action->setObjectName(QLatin1String(info.id));
        action->setAutoRepeat(false); // a key that is held decides once
        action->setShortcutContext(info.scope == ActionScope::Window ? Qt::WindowShortcut
                                                                     : Qt::WidgetWithChildrenShortcut);
        if (*info.icon)
            action->setIcon(icon(QLatin1String(info.icon)));
        const QString stored = settings.value(settingsKey(info.id), QLatin1String(info.keys)).toString();
        action->setShortcuts(parseKeys(stored));
        m_actions.insert(QLatin1String(info.id), action);
    }
    for (const char* id : {"go.next", "go.previous", "view.zoomIn", "view.zoomOut"})
        action(id)->setAutoRepeat(true); // these only look
    retranslate();
}

void ActionTable::retranslate()
{
    for (const ActionInfo& info : actionTable()) {
        QAction* const one = action(info.id);
        one->setText(textOf(info));
        one->setStatusTip(tipOf(info));
        const QString key = one->shortcut().toString(QKeySequence::NativeText);
        one->setToolTip(key.isEmpty() ? tipOf(info) : QStringLiteral("%1 (%2)").arg(tipOf(info), key));
    }
}

QAction* ActionTable::action(const char* id) const
{
    QAction* const found = m_actions.value(QLatin1String(id));
    Q_ASSERT_X(found, "ActionTable", id);
    return found;
}

QList<QAction*> ActionTable::actionsOf(ActionMenu menu) const
{
    QList<QAction*> actions;
    for (const ActionInfo& info : actionTable()) {
        if (info.menu == menu)
            actions.append(action(info.id));
    }
    return actions;
}

const ActionInfo& ActionTable::infoOf(const QAction* action) const
{
    return *std::ranges::find_if(
        actionTable(), [action](const ActionInfo& info) { return action->objectName() == QLatin1String(info.id); });
}

void ActionTable::install(ActionScope scope, QWidget* widget) const
{
    for (const ActionInfo& info : actionTable()) {
        if (info.scope == scope)
            widget->addAction(action(info.id));
    }
}

QAction* ActionTable::actionAtPosition(const QKeyEvent* event, ActionScope scope) const
{
    const bool isLatinLetter = event->key() >= Qt::Key_A && event->key() <= Qt::Key_Z;
    const int key = latinKeyAt(event->nativeScanCode());
    if (isLatinLetter || key == 0 || event->isAutoRepeat())
        return nullptr;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const auto pressed = static_cast<Qt::Key>(event->key());
    // Shift may have been needed to write the character, and then it is no part of the shortcut.
    const QKeySequence itself(QKeyCombination(modifiers, pressed));
    const QKeySequence itselfShifted(QKeyCombination(modifiers & ~Qt::ShiftModifier, pressed));
    const QKeySequence wanted(QKeyCombination(modifiers, static_cast<Qt::Key>(key)));
    QAction* found = nullptr;
    for (const ActionInfo& info : actionTable()) {
        if (info.scope != scope && info.scope != ActionScope::Window)
            continue;
        QAction* const one = action(info.id);
        const QList<QKeySequence> keys = one->shortcuts();
        if (keys.contains(itself) || keys.contains(itselfShifted))
            return nullptr; // the shortcut system has answered already
        if (info.scope == scope && one->isEnabled() && keys.contains(wanted))
            found = one;
    }
    return found;
}

QList<QAction*> ActionTable::conflictsOf(const QAction* action, const QKeySequence& key) const
{
    QList<QAction*> conflicts;
    const ActionScope scope = infoOf(action).scope;
    for (const ActionInfo& info : actionTable()) {
        QAction* const other = this->action(info.id);
        const bool overlaps = info.scope == scope || info.scope == ActionScope::Window || scope == ActionScope::Window;
        if (other != action && overlaps && other->shortcuts().contains(key))
            conflicts.append(other);
    }
    return conflicts;
}

void ActionTable::setKeys(QAction* action, const QList<QKeySequence>& keys)
{
    action->setShortcuts(keys);
    QSettings().setValue(settingsKey(infoOf(action).id), keysText(keys));
    retranslate();
    Q_EMIT keysChanged();
}

void ActionTable::resetKeys(QAction* action)
{
    QSettings().remove(settingsKey(infoOf(action).id));
    action->setShortcuts(defaultKeysOf(action));
    retranslate();
    Q_EMIT keysChanged();
}

QList<QKeySequence> ActionTable::defaultKeysOf(const QAction* action) const
{
    return parseKeys(QLatin1String(infoOf(action).keys));
}

} // namespace ps
