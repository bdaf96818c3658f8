// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QLineEdit>

namespace ps {

/// A field that takes the next key as it is: one key with its modifiers, at once, whatever the key is - also Tab, F13 to F35
/// and the keys of media keyboards, pedals and gamepads.
class KeyCapture : public QLineEdit
{
    Q_OBJECT

public:
    explicit KeyCapture(QWidget* parent);

    void showKey(const QKeySequence& key);

Q_SIGNALS:
    void captured(const QKeySequence& key);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QKeySequence m_key;
};

/// The sequence of a key press, or nothing for a modifier alone and for a key without a name.
QKeySequence sequenceOf(const QKeyEvent& event);

} // namespace ps
