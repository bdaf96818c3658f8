// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace ps {

/// A few lines for a note about a group. Enter saves, Shift+Enter begins a line, Esc leaves the note as it was.
class NoteEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit NoteEditor(QWidget* parent);

    void edit(const QString& groupKey, const QString& note);
    QString groupKey() const { return m_groupKey; }

Q_SIGNALS:
    void saved(const QString& groupKey, const QString& note);
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString m_groupKey;
};

} // namespace ps
