// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The live actions and their keys; the table itself is in action_table.cpp.
#include "ui/common/action_table.h"

#include "ui/common/icons.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QSettings>

#include <algorithm>
#include <array>

namespace ps {

namespace {

constexpr const char* kLetterKeysSetting = "keyboard/letterKeys";

QString settingsKey(const char* id)
{
    return QStringLiteral("keys/") + QLatin1String(id);
}

QList<QKeySequence> parseKeys(const QString& text)
{
    QList<QKeySequence> keys;
    for (const QString& part : text.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        keys.append(ActionTable::keyFromText(part));
    return keys;
}

QString keysText(const QList<QKeySequence>& keys)
{
    QStringList parts;
    for (const QKeySequence& key : keys)
        parts.append(ActionTable::keyText(key));
    return parts.join(QLatin1Char(' '));
}

constexpr quint32 kFirstDigit = 10; ///< the scan code of 1
constexpr quint32 kLastDigit = 19;  ///< of 0

/// The key that a Latin keyboard has at this place; X11 and Wayland number places as evdev does, plus eight.
int latinKeyAt(quint32 scanCode)
{
    struct Row {
        quint32 first;
        const char* keys;
    };
    static constexpr std::array<Row, 4> rows{
        {{kFirstDigit, "1234567890-="}, {24, "QWERTYUIOP[]"}, {38, "ASDFGHJKL;'`"}, {52, "ZXCVBNM,./"}}};
    for (const Row& row : rows) {
        const auto length = static_cast<quint32>(qstrlen(row.keys));
        if (scanCode >= row.first && scanCode < row.first + length)
            return row.keys[scanCode - row.first];
    }
    return 0;
}

/// True when a key is to be taken by its place: it writes a letter of another alphabet, or it is in the row of digits, which on
/// some Latin layouts writes digits only with Shift. Other Latin characters mean themselves wherever they are.
bool isTakenByPlace(const QKeyEvent* event)
{
    const bool isCharacter = event->key() < Qt::Key_Escape; // not Return, F13, a dead key ...
    const bool isAscii = event->key() < 0x80;
    const bool isLetter = event->key() >= Qt::Key_A && event->key() <= Qt::Key_Z;
    const bool isInDigitRow = event->nativeScanCode() >= kFirstDigit && event->nativeScanCode() <= kLastDigit;
    return isCharacter && (!isAscii || (isInDigitRow && !isLetter));
}

/// A key that writes a character and needs no other key held down.
bool isLetterKey(const QKeySequence& key)
{
    constexpr int kLastCharacter = 0xffff;
    const QKeyCombination first = key[0];
    const bool isPlain = first.keyboardModifiers() == Qt::NoModifier || first.keyboardModifiers() == Qt::ShiftModifier;
    return isPlain && first.key() != Qt::Key_Space && first.key() <= kLastCharacter;
}

} // namespace

QString ActionTable::keyText(const QKeySequence& key)
{
    return key.toString(QKeySequence::PortableText).replace(QLatin1Char(' '), QLatin1Char('_'));
}

QKeySequence ActionTable::keyFromText(const QString& text)
{
    QString name = text;
    if (!name.endsWith(QLatin1Char('_'))) // that is the key of this name
        name.replace(QLatin1Char('_'), QLatin1Char(' '));
    return QKeySequence(name, QKeySequence::PortableText);
}

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
        m_actions.insert(QLatin1String(info.id), action);
        m_keys.insert(action, parseKeys(stored));
    }
    // Chosen keys stay with their action: one that came with a later version and has such a key by default goes without it.
    const auto isChosen = [&](const QAction* one) { return settings.contains(settingsKey(infoOf(one).id)); };
    for (const ActionInfo& info : actionTable()) {
        const QAction* const one = action(info.id);
        for (const QKeySequence& key : isChosen(one) ? keysOf(one) : QList<QKeySequence>()) {
            for (QAction* other : conflictsOf(one, key)) {
                if (!isChosen(other))
                    m_keys[other].removeAll(key);
            }
        }
    }
    m_hasLetterKeys = settings.value(QLatin1String(kLetterKeysSetting), true).toBool();
    applyKeys();
    for (const char* id : {"go.next", "go.previous", "view.zoomIn", "view.zoomOut", "compare.less", "compare.more"})
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
    const int key = latinKeyAt(event->nativeScanCode());
    if (key == 0 || event->isAutoRepeat() || !isTakenByPlace(event))
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
        if (other != action && scopesOverlap(info.scope, scope) && keysOf(other).contains(key))
            conflicts.append(other);
    }
    return conflicts;
}

bool ActionTable::scopesOverlap(ActionScope a, ActionScope b)
{
    return a == b || a == ActionScope::Window || b == ActionScope::Window;
}

void ActionTable::applyKeys()
{
    for (auto one = m_keys.cbegin(); one != m_keys.cend(); ++one) {
        QList<QKeySequence> keys = one.value();
        if (!m_hasLetterKeys)
            keys.removeIf(isLetterKey);
        if (one.key()->shortcuts() != keys)
            one.key()->setShortcuts(keys);
    }
    retranslate();
}

void ActionTable::setLetterKeys(bool enabled)
{
    m_hasLetterKeys = enabled;
    QSettings().setValue(QLatin1String(kLetterKeysSetting), enabled);
    applyKeys();
    Q_EMIT keysChanged();
}

void ActionTable::remember(QAction* action, const QList<QKeySequence>& keys)
{
    m_keys.insert(action, keys);
    const ActionInfo& info = infoOf(action);
    if (keys == defaultKeysOf(action))
        QSettings().remove(settingsKey(info.id));
    else
        QSettings().setValue(settingsKey(info.id), keysText(keys));
}

void ActionTable::setKeys(QAction* action, const QList<QKeySequence>& keys)
{
    remember(action, keys);
    applyKeys();
    Q_EMIT keysChanged();
}

void ActionTable::setKeyMap(const KeyMapText& map)
{
    for (const ActionInfo& info : actionTable())
        remember(action(info.id), parseKeys(map.value(QLatin1String(info.id), QLatin1String(info.keys))));
    applyKeys();
    Q_EMIT keysChanged();
}

KeyMapText ActionTable::keyMap() const
{
    KeyMapText map;
    for (const ActionInfo& info : actionTable())
        map.insert(QLatin1String(info.id), keysText(keysOf(action(info.id))));
    return map;
}

void ActionTable::resetKeys(QAction* action)
{
    setKeys(action, defaultKeysOf(action));
}

QList<QKeySequence> ActionTable::defaultKeysOf(const QAction* action) const
{
    return parseKeys(QLatin1String(infoOf(action).keys));
}

} // namespace ps
