// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QPointer>
#include <QWidget>

#include <array>

class QAction;

namespace ps {

class ActionTable;
enum class ActionScope;

/// The live key map: what the keys do where the focus is, painted over the window from the table of actions; any key or
/// click closes it.
class KeyMap : public QWidget
{
    Q_OBJECT

public:
    KeyMap(const ActionTable& actions, const Theme& theme, QWidget* parent);

    void open();

    struct Line {
        QString keys; ///< "" = a heading
        QString text;
    };
    /// What is painted, from the top; the four pictures of a group share a line.
    QList<Line> lines() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    ActionScope scope() const;
    std::array<QAction*, 4> picturesOf(const QByteArray& firstId) const;

    const ActionTable& m_actions;
    const Theme& m_theme;
    QPointer<QWidget> m_focusBefore;
};

} // namespace ps
