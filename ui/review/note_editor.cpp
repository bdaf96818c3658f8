// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/note_editor.h"

#include <QKeyEvent>

namespace ps {

NoteEditor::NoteEditor(QWidget* parent) : QPlainTextEdit(parent)
{
    constexpr int kLines = 4;
    setFixedHeight(fontMetrics().lineSpacing() * kLines + 16);
    setTabChangesFocus(true);
    setPlaceholderText(tr("Enter saves, Esc leaves it as it was"));
    setAccessibleName(tr("Note about the group"));
}

void NoteEditor::edit(const QString& groupKey, const QString& note)
{
    m_groupKey = groupKey;
    setPlainText(note);
    moveCursor(QTextCursor::End);
    setFocus();
}

void NoteEditor::keyPressEvent(QKeyEvent* event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        Q_EMIT cancelled();
    else if (isEnter && !(event->modifiers() & Qt::ShiftModifier) && !event->isAutoRepeat())
        Q_EMIT saved(m_groupKey, toPlainText().trimmed());
    else if (!isEnter || (event->modifiers() & Qt::ShiftModifier))
        QPlainTextEdit::keyPressEvent(event);
}

} // namespace ps
