// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/key_capture.h"

#include <QKeyEvent>

#include <algorithm>
#include <array>

namespace ps {

QKeySequence sequenceOf(const QKeyEvent& event)
{
    static constexpr std::array kNoKeys{Qt::Key_Shift,   Qt::Key_Control,    Qt::Key_Meta,    Qt::Key_Alt,
                                        Qt::Key_AltGr,   Qt::Key_CapsLock,   Qt::Key_NumLock, Qt::Key_ScrollLock,
                                        Qt::Key_Super_L, Qt::Key_Super_R,    Qt::Key_Hyper_L, Qt::Key_Hyper_R,
                                        Qt::Key_unknown, Qt::Key_Mode_switch};
    auto key = static_cast<Qt::Key>(event.key());
    if (key == 0 || std::ranges::find(kNoKeys, key) != kNoKeys.end())
        return {};
    Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::GroupSwitchModifier;
    if (key == Qt::Key_Backtab) { // what Shift makes of Tab
        key = Qt::Key_Tab;
        modifiers |= Qt::ShiftModifier;
    }
    // Where a character needs Shift, as "?" does, Shift is no part of the key.
    const QString text = event.text();
    const bool isSign = text.size() == 1 && text[0].isPrint() && !text[0].isLetter() && !text[0].isSpace() &&
                        !text[0].isDigit();
    if (isSign)
        modifiers &= ~Qt::ShiftModifier;
    return QKeySequence(QKeyCombination(modifiers, key));
}

KeyCapture::KeyCapture(QWidget* parent) : QLineEdit(parent)
{
    setReadOnly(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    setPlaceholderText(tr("Press the key"));
    setAccessibleName(tr("Press the key"));
}

void KeyCapture::showKey(const QKeySequence& key)
{
    m_key = key;
    setText(key.toString(QKeySequence::NativeText));
}

bool KeyCapture::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) { // no shortcut of the window answers while a key is asked for
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress) { // also Tab, which would move the focus
        keyPressEvent(static_cast<QKeyEvent*>(event));
        return true;
    }
    return QLineEdit::event(event);
}

void KeyCapture::keyPressEvent(QKeyEvent* event)
{
    const QKeySequence key = sequenceOf(*event);
    if (event->isAutoRepeat() || key.isEmpty())
        return;
    showKey(key);
    Q_EMIT captured(key);
}

void KeyCapture::focusInEvent(QFocusEvent* event)
{
    clear(); // the prompt shows
    QLineEdit::focusInEvent(event);
}

void KeyCapture::focusOutEvent(QFocusEvent* event)
{
    showKey(m_key);
    QLineEdit::focusOutEvent(event);
}

} // namespace ps
