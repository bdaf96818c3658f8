// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLineEdit;

namespace ps {

/// The line in which a group is looked for, over the top of the work. Return finds the next one, Escape closes.
class FindBox : public QFrame
{
    Q_OBJECT

public:
    explicit FindBox(QWidget* parent);

    void open();

Q_SIGNALS:
    void wanted(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QLineEdit* m_text;
    QWidget* m_focusBefore = nullptr;
};

} // namespace ps
