// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;

namespace ps {

/// The line in which a group is looked for, over the top of the work. Return finds the next one, Escape closes.
class FindBox : public QFrame
{
    Q_OBJECT

public:
    explicit FindBox(QWidget* parent);

    void open();
    /// Says that nothing was found, where the person is looking.
    void showNothingFound();

Q_SIGNALS:
    void wanted(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QLineEdit* m_text;
    QLabel* m_message;
    QWidget* m_focusBefore = nullptr;
};

} // namespace ps
