// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QWidget>

namespace ps {

class ActionTable;

/// The live key map, painted over the window from the table of actions; any key or click closes it.
class KeyMap : public QWidget
{
    Q_OBJECT

public:
    KeyMap(const ActionTable& actions, const Theme& theme, QWidget* parent);

    void open();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Line {
        QString keys; ///< "" = a heading
        QString text;
    };
    QList<Line> lines() const;

    const ActionTable& m_actions;
    const Theme& m_theme;
    QWidget* m_focusBefore = nullptr;
};

} // namespace ps
