// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/hold_key.h"

#include "ui/common/action_table.h"

#include <QKeyEvent>

namespace ps {

HoldKey::HoldKey(const ActionTable& actions, const char* id, QObject* parent)
    : QObject(parent), m_actions(actions), m_action(actions.action(id))
{
}

void HoldKey::watch(QWidget* widget)
{
    widget->installEventFilter(this);
}

bool HoldKey::isOurs(const QKeyEvent& event) const
{
    if (!m_action->isEnabled())
        return false;
    // As shortcuts do it: a key of the number pad may be meant itself, or what it writes.
    const auto key = static_cast<Qt::Key>(event.key());
    const QKeySequence itself(QKeyCombination(event.modifiers(), key));
    const QKeySequence written(QKeyCombination(event.modifiers() & ~Qt::KeypadModifier, key));
    const QList<QKeySequence> keys = m_action->shortcuts();
    return keys.contains(itself) || keys.contains(written) ||
           m_actions.actionAtPosition(&event, ActionScope::Review) == m_action;
}

void HoldKey::release()
{
    if (m_downKey == 0)
        return;
    m_downKey = 0;
    Q_EMIT released();
}

bool HoldKey::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut || event->type() == QEvent::WindowDeactivate)
        release(); // the key comes up where nobody sees it
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress &&
        event->type() != QEvent::KeyRelease)
        return QObject::eventFilter(watched, event);
    auto* const key = static_cast<QKeyEvent*>(event);
    if (event->type() == QEvent::KeyRelease) {
        if (m_downKey == 0 || key->key() != m_downKey)
            return false;
        if (!key->isAutoRepeat())
            release();
        return true;
    }
    if (!isOurs(*key) && !(key->isAutoRepeat() && key->key() == m_downKey))
        return false;
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // it comes as a key press, which has a release, and not as a shortcut
        return true;
    }
    if (!key->isAutoRepeat() && m_downKey == 0) {
        m_downKey = key->key();
        Q_EMIT pressed();
    }
    return true;
}

} // namespace ps
