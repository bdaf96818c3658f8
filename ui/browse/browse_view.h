// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/group_source.h"
#include "ui/common/picture_loader.h"
#include "ui/common/theme.h"

#include <QAbstractScrollArea>

namespace ps {

/// The Browse workplace: every group as a small picture with its state. A row of cells is a fixed number of scroll steps, so
/// that the range stays below 2^31 for twenty million groups; only what is visible is asked for.
class BrowseView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    BrowseView(GroupSource& source, PictureLoader& loader, const Theme& theme, QWidget* parent);

    void setCurrent(std::int64_t ordinal);
    void setCellSize(int sizePx);

Q_SIGNALS:
    /// A group was opened by double click or Return.
    void activated(std::int64_t ordinal);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int columns() const;
    int cellHeight() const;
    int rowHeight() const;
    int firstRow() const;
    std::int64_t firstVisible() const;
    std::int64_t endVisible() const;
    std::int64_t ordinalAt(const QPoint& position) const;
    QRect cellRect(std::int64_t ordinal) const;
    void updateRange();
    void ensureVisible(std::int64_t ordinal);
    void paintCell(QPainter& painter, std::int64_t ordinal);

    GroupSource& m_source;
    PictureLoader& m_loader;
    const Theme& m_theme;
    int m_cellSize = 168;
    std::int64_t m_current = 0;
    int m_firstRow = 0; ///< when it changes, other pictures are wanted
};

} // namespace ps
