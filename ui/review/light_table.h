// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/picture_loader.h"
#include "ui/common/project_controller.h"
#include "ui/common/theme.h"

#include <QPointF>
#include <QWidget>

#include <optional>
#include <vector>

namespace ps {

/// Where a picture is looked at: how much larger than fitting, and which point of it is in the middle.
struct PaneView {
    double zoom = 1;          ///< 1 = the whole picture fits; less only for pictures smaller than that
    QPointF center{0.5, 0.5}; ///< fractions of the picture
};

/// The candidates of one group side by side, zoomed and moved together; one of them has the frame that says what the
/// keyboard acts on. Paints pictures and marks, decides nothing.
/// Thread: UI. Pictures come from the loader; none is opened here.
class LightTable : public QWidget
{
    Q_OBJECT

public:
    LightTable(PictureLoader& loader, const Theme& theme, QWidget* parent);

    /// Shows a group; the view stays where it is, so that the same place is compared from group to group.
    void showGroup(const ReviewedGroup& group);
    /// Shows no group; `text` says why, in the middle.
    void clear(const QString& text = {});
    /// What would be painted of a group were it shown at this size: a picture of each image, and what is needed besides
    /// while the focused one is enlarged.
    std::vector<PictureWish> fittedWishes(const GroupDetail& group, Priority priority) const;
    std::vector<PictureWish> closerWishes(const GroupDetail& group, Priority priority) const;

    const std::optional<ReviewedGroup>& group() const { return m_group; }
    int imageCount() const;
    int focusedIndex() const { return m_focused; }
    void setFocusedIndex(int index);
    /// True when every picture of the group is painted, or known to be unreadable.
    bool isComplete() const;
    const Picture* pictureOf(int index) const;

    bool isSuggestionVisible() const { return m_isSuggestionVisible; }
    void setSuggestionVisible(bool visible);
    /// The suggested crop is painted on this picture right now, so keeping it means accepting it.
    bool showsSuggestedCropOn(int index) const;

    /// A crop of one picture, shown dashed on the others as the same part of them; nothing for none.
    void setGhost(const std::optional<Crop>& crop, int source);
    /// The crop that is to be taken over on this picture; nothing on the one that it was drawn on.
    std::optional<Crop> ghostOn(int index) const;

    bool isLocked() const { return m_isLocked; }
    void setLocked(bool locked);
    void zoomBy(double factor);
    void zoomToFit();
    void zoomToActual();
    /// How large a picture is painted, in points; null while it is not there.
    QSizeF shownSize(int index) const;

Q_SIGNALS:
    void focusedIndexChanged(int index);
    void pictureClicked(int index);
    void picturesChanged();
    void suggestionVisibleChanged(bool visible);
    /// The pictures of other groups would be painted otherwise than before.
    void wishesChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    struct Pane {
        QRect frame;      ///< with the caption
        QRect canvas;     ///< where the picture is painted
        QString imageKey; ///< of the image that the pictures are of
        std::shared_ptr<const Picture> fitted;
        QSize fittedBox;                     ///< that `fitted` was asked for
        std::shared_ptr<const Picture> full; ///< every pixel, while zoomed in
        PaneView view;
    };

    static constexpr int kCaptionHeight = 34;
    static constexpr int kFrameWidth = 2;

    void layoutPanes();
    void requestPictures();
    QRect paneFrame(int index, int count) const;
    QRect canvasOf(const QRect& frame) const;
    QSize fittedBox(int count) const;
    bool needsFullPicture(const Pane& pane) const;
    double actualZoom(const Pane& pane) const;
    double boundedZoom(const Pane& pane, double zoom) const;
    void zoomAround(int index, double zoom, QPointF position);
    void endDrag();
    std::optional<Crop> finalCropOn(int index) const;
    QString captionFacts(const Pane& pane, std::size_t index, const QFontMetrics& metrics, int room) const;
    QRectF pictureRect(const Pane& pane) const;
    int paneAt(const QPoint& position) const;
    void applyToPanes(int origin, const PaneView& view);
    void paintPane(QPainter& painter, std::size_t index);
    void paintPicture(QPainter& painter, const Pane& pane, std::size_t index);
    void paintPlaceholder(QPainter& painter, const Pane& pane, std::size_t index);
    void paintMarks(QPainter& painter, const Pane& pane, std::size_t index);
    void paintCaption(QPainter& painter, const Pane& pane, std::size_t index);
    static void paintGhost(QPainter& painter, const QRectF& picture, const Crop& crop);
    void paintCropFrame(QPainter& painter, const QRectF& picture, const Crop& crop, const QColor& color, bool isDashed);

    PictureLoader& m_loader;
    const Theme& m_theme;
    std::optional<ReviewedGroup> m_group;
    std::vector<Pane> m_panes;
    QString m_text; ///< instead of pictures
    int m_focused = 0;
    bool m_isLocked = true;
    bool m_isSuggestionVisible = true;
    std::optional<Crop> m_ghost;
    int m_ghostSource = -1;
    PaneView m_sharedView;
    QPoint m_dragStart;
    PaneView m_dragView;
    int m_dragPane = -1;
    bool m_isDragging = false;
};

} // namespace ps
