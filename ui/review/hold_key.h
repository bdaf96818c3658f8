// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QKeyEvent;

namespace ps {

class ActionTable;

/// Makes an action of the table act while its key is held down on a widget: pressed() when the key goes down, released()
/// when it comes up. Auto-repeat counts for nothing. The action's own triggered() stays for menus.
class HoldKey : public QObject
{
    Q_OBJECT

public:
    /// Lives with `parent`, and watches whatever watch() names.
    HoldKey(const ActionTable& actions, const char* id, QObject* parent);

    void watch(QWidget* widget);
    bool isDown() const { return m_downKey != 0; }

Q_SIGNALS:
    void pressed();
    void released();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isOurs(const QKeyEvent& event) const;
    void release();

    const ActionTable& m_actions;
    QAction* m_action;
    int m_downKey = 0; ///< that is held, 0 = none
};

} // namespace ps
