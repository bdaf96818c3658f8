// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/chart_painter.h"

#include <QWidget>

namespace ps {

/// A card with one chart. The pointer and, with the focus, the arrow keys show the numbers; Ctrl+C and the menu copy them, or
/// the picture.
/// Thread: UI.
class ChartView : public QWidget
{
    Q_OBJECT

public:
    ChartView(const Theme& theme, QWidget* parent);

    const ChartContent& content() const { return m_content; }
    void setContent(ChartContent content);
    /// The item whose numbers are shown, or -1.
    int hovered() const { return m_hovered; }
    ChartGeometry geometryOfChart() const;
    /// The chart without pointer and focus, at the scale of the screen.
    QPixmap picture() const;

    QSize sizeHint() const override { return {360, 250}; }
    QSize minimumSizeHint() const override { return {260, 190}; }

public Q_SLOTS:
    void copyPicture() const;
    void copyNumbers() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void setHovered(int item);
    void paintCard(QPainter& painter, bool isFocused, int hovered) const;

    const Theme& m_theme;
    ChartContent m_content;
    int m_hovered = -1;
};

} // namespace ps
