// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browse/cell_painter.h"
#include "ui/browse/row_source.h"
#include "ui/browse/sheet_layout.h"
#include "ui/browse/sheet_selection.h"

#include <QAbstractScrollArea>
#include <QTimer>

#include <optional>
#include <set>

namespace ps {

/// A grid of cells over any number of rows. Scrolls by the pixel in 64-bit content coordinates; the scroll bar shows them in
/// units that keep its range below 2^31. Memory and the time of every event depend on what is visible, not on the number
/// of rows.
/// Thread: UI.
class ContactSheet : public QAbstractScrollArea
{
    Q_OBJECT

public:
    static constexpr int kSmallestCell = 64;
    static constexpr int kLargestCell = 512;

    /// `pictures` may be null: cells without pictures. All must outlive the sheet.
    ContactSheet(RowSource& source, SheetSelection& selection, CellPictures* pictures, const Theme& theme,
                 QWidget* parent);

    int cellSize() const { return m_cellSize; }
    void setCellSize(int sizePx);
    /// All candidates of a group side by side in one wide cell.
    bool hasBands() const { return m_hasBands; }
    void setBands(bool hasBands);
    /// What stands in the place of cells when there are none.
    void setEmptyText(const QString& title, const QString& hint);

    void ensureVisible(std::int64_t position);
    /// Rows whose cells can be seen, whole or in part.
    PositionRange visiblePositions() const;
    /// Of the cell in the viewport, which may lie outside it.
    QRect cellRect(std::int64_t position) const;
    const SheetLayout& layoutOfCells() const { return m_layout; }
    /// The upper edge of the view in content coordinates.
    std::int64_t top() const { return m_top; }
    /// "Group 12 of 300, kept, IMG_1.png" for assistive technology.
    QString describe(std::int64_t position);
    RowSource& source() { return m_source; }
    SheetSelection& selection() { return m_selection; }

Q_SIGNALS:
    /// Double click or Return.
    void activated(std::int64_t position);
    void cellSizeChanged(int sizePx);
    void menuWanted(const QPoint& globalPosition);
    /// A selected cell is pulled away: the files of the selection are wanted.
    void dragWanted();
    /// A selected cell was pressed, so that a drag may follow.
    void dragPossible();

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void scrollContentsBy(int, int) override {} ///< scrolled by setTop()

private:
    /// A mouse button is down and nothing is decided yet, or a band is pulled.
    struct Press {
        QPoint start;               ///< in the viewport
        std::int64_t startY = 0;    ///< in the content
        std::int64_t position = -1; ///< the cell under it
        bool isOnSelection = false; ///< selecting it alone waits for the release
        bool isBand = false;
        RangeSet before; ///< with Ctrl the band adds to this
        QPoint now;
    };

    void relayout();
    void resetRows();
    void setTop(std::int64_t top);
    void shiftView(std::int64_t down);
    void refine();
    std::int64_t largestTop() const;
    void updateScrollBar();
    std::int64_t positionAt(const QPoint& place) const;
    std::optional<std::size_t> headerAt(const QPoint& place) const;
    void selectSection(std::size_t section, Qt::KeyboardModifiers modifiers);
    void setHovered(std::int64_t position);
    void move(std::int64_t target, Qt::KeyboardModifiers modifiers);
    std::optional<std::int64_t> targetOf(int key) const;
    bool isSelectionKey(const QKeyEvent* event);
    void pullBand(const QPoint& place);
    void scrollWhilePulling();
    QRect bandRect() const;
    int headerOnTop() const;
    void paintCells(QPainter& painter, const QRegion& region);
    void paintHeaders(QPainter& painter);
    void paintHeader(QPainter& painter, std::size_t section, int top);
    void paintEmpty(QPainter& painter) const;
    void prefetch();
    void announce();
    bool showToolTip(const QPoint& place, const QPoint& globalPlace);

    RowSource& m_source;
    SheetSelection& m_selection;
    CellPictures* m_pictures;
    const Theme& m_theme;
    CellPainter m_painter;
    SheetLayout m_layout;
    int m_cellSize = 176;
    bool m_hasBands = false;
    std::int64_t m_top = 0;
    std::int64_t m_barUnit = 1; ///< content pixels of one step of the scroll bar
    bool m_isMovingBar = false;
    bool m_scrollsDown = true; ///< the last direction: pictures ahead are wanted there
    std::int64_t m_hovered = -1;
    std::optional<Press> m_press;
    int m_wheelRest = 0;
    QTimer m_pulling;
    QTimer m_ahead;
    QTimer m_refining;
    std::set<std::int64_t> m_unfinished; ///< in sight, and painted without their best picture
    QString m_emptyTitle;
    QString m_emptyHint;
};

} // namespace ps
