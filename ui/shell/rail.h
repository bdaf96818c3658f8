// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QToolButton;
class QVBoxLayout;

namespace ps {

/// The column of workplaces at the left: one button for each, made from its action, and below them what one needs from
/// every workplace.
class Rail : public QWidget
{
    Q_OBJECT

public:
    explicit Rail(QWidget* parent);

    void addWorkplace(QAction* action);
    /// Everything added from now on stands at the bottom.
    void addStretch();
    void addCommand(QAction* action, const QString& label);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fitWidth();
    QToolButton* addButton(QAction* action, const QString& label);

    QVBoxLayout* m_layout;
};

} // namespace ps
