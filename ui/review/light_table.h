// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/picture_loader.h"
#include "ui/common/project_controller.h"
#include "ui/common/theme.h"
#include "ui/review/compare_analysis.h"
#include "ui/review/compare_state.h"
#include "ui/review/pane_layout.h"
#include "ui/review/pane_picture.h"
#include "ui/review/reason_words.h"
#include "ui/review/view_sync.h"

#include <QPointF>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

namespace ps {

class PanePainter;

/// The candidates of one group side by side, zoomed and moved together; one of them has the frame that says what the
/// keyboard acts on. Paints pictures and marks, decides nothing. Who is compared with whom is in CompareState, where panes
/// look in ViewSync, what is worked out from pixels in CompareAnalysis.
/// Thread: UI. Pictures come from the loader; none is opened here.
class LightTable : public QWidget
{
    Q_OBJECT

public:
    LightTable(PictureLoader& loader, const Theme& theme, QWidget* parent);

    /// Shows a group. The pictures of the one before stay until the new ones are there.
    void showGroup(const ReviewedGroup& group);
    /// Shows no group; `text` says why, in the middle.
    void clear(const QString& text = {});
    /// What would be painted of a group were it shown at this size: a picture of each image, and what is needed besides
    /// while the focused one is enlarged.
    std::vector<PictureWish> fittedWishes(const GroupDetail& group, Priority priority) const;
    std::vector<PictureWish> closerWishes(const GroupDetail& group, Priority priority) const;

    const std::optional<ReviewedGroup>& group() const { return m_group; }
    int imageCount() const;
    int focusedIndex() const { return m_compare.focused(); }
    void setFocusedIndex(int index);
    /// True when every picture of the group is painted, or known to be unreadable.
    bool isComplete() const;
    const Picture* pictureOf(int index) const;
    /// What is painted in the place of a candidate right now.
    PanePicture::Content contentOf(int index) const
    {
        return m_panes[static_cast<std::size_t>(index)].picture.content();
    }

    bool isSuggestionVisible() const { return m_isSuggestionVisible; }
    void setSuggestionVisible(bool visible);
    /// The suggestion for this group was on the screen, or still is.
    bool hasPaintedSuggestion() const { return m_hasPaintedSuggestion; }
    /// All reasons, and where they are seen, while it lasts.
    void setReasonsVisible(bool visible);
    bool areReasonsVisible() const { return m_showsReasons; }
    void setBoxesVisible(bool visible);
    bool areBoxesVisible() const { return m_showsBoxes; }
    /// The suggested crop is painted on this picture right now, so keeping it means accepting it.
    bool showsSuggestedCropOn(int index) const;

    /// A crop of one picture, shown dashed on the others as the same part of them; nothing for none.
    void setGhost(const std::optional<Crop>& crop, int source);
    /// The crop that is to be taken over on this picture; nothing on the one that it was drawn on.
    std::optional<Crop> ghostOn(int index) const;

    // ---- where panes look

    ViewSync& views() { return m_views; }
    const ViewSync& views() const { return m_views; }
    void setLocked(bool locked);
    void setPaneLocked(bool locked);
    void resetOffsets();
    void zoomBy(double factor);
    void zoomToFit();
    /// Covers the whole pane.
    void zoomToFill();
    /// So many pixels of the screen for one of the focused image.
    void zoomToActual(double screenPixels = 1);
    /// The final crop, or else the suggested one, as large as it fits.
    void zoomToCrop();
    /// How large a picture is painted, in points; null while it is not there.
    QSizeF shownSize(int index) const;
    /// Where the whole picture is painted, of which its pane shows a part.
    QRectF pictureRect(int index) const;
    QRect canvasOf(int index) const { return m_panes[static_cast<std::size_t>(index)].place.canvas; }

    // ---- comparing

    const CompareState& compare() const { return m_compare; }
    void setTwoUp(bool twoUp);
    void stepFocus(int by);
    void crown();
    /// Turns a mode on, or off when it is on.
    void toggleMode(CompareState::Mode mode);
    /// Moves the divider, or changes the gain of the difference.
    void stepMode(int by);
    /// While it lasts, the focused pane shows its picture and the one that it is compared with in turn.
    void setBlinking(bool isBlinking);
    bool isBlinking() const { return m_blink.isActive(); }
    /// The candidate whose picture is in the pane of another one at this moment; differs only while blinking.
    int shownIn(int index) const;
    /// How the partner lies on the focused picture; null while that is being worked out.
    std::shared_ptr<const Comparison> comparison() const;

    // ---- overlays

    void setPeakingVisible(bool visible);
    void setClippingVisible(bool visible);
    void setHistogramVisible(bool visible);

Q_SIGNALS:
    void focusedIndexChanged(int index);
    void pictureClicked(int index);
    void picturesChanged();
    void suggestionVisibleChanged(bool visible);
    void reasonsVisibleChanged(bool visible);
    /// The pictures of other groups would be painted otherwise than before.
    void wishesChanged();
    /// Who is compared with whom, or how, has changed.
    void compareChanged();
    /// The pointer is over this point, in fractions of the pictures without their offsets.
    void pointed(QPointF fraction);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Pane {
        PaneFrame place; ///< empty while it has none
        PanePicture picture;
    };
    enum class Drag { None, Pressed, Together, Alone, Divider };

    Pane& pane(int index) { return m_panes[static_cast<std::size_t>(index)]; }
    const Pane& pane(int index) const { return m_panes[static_cast<std::size_t>(index)]; }

    // Layout and pictures.
    void layOut();
    QSize paneArea(int count) const;
    double aspectOf(const GroupDetail& group) const;
    QSize fittedBox(const GroupDetail& group) const;
    void requestPictures();
    void noteAspect();

    // View.
    PaneGeometry geometry(int index) const;
    void applyView(int index, const PaneView& view);
    int paneAt(const QPoint& position) const;
    int chipAt(const QPoint& position) const;
    QRect chipRect(int index) const;
    void endDrag();
    bool isOnDivider(const QPointF& position) const;
    QRect seenPart(int index) const;
    void pointAt(const QPointF& position);
    std::optional<Crop> finalCropOn(int index) const;
    void compareHasChanged();

    // Painting: light_table_paint.cpp.
    void paintPane(QPainter& painter, PanePainter& marks, int index);
    void paintPicture(QPainter& painter, PanePainter& marks, int index);
    void paintComparison(QPainter& painter, PanePainter& marks, int index);
    void paintOverlays(QPainter& painter, PanePainter& marks, int index);
    void paintDecision(QPainter& painter, PanePainter& marks, int index);
    void paintSuggestion(QPainter& painter, int index);
    bool marksSuggestionOn(int index) const;
    void hoverSuggestion(const QPoint& position);
    void paintCaption(PanePainter& marks, int index);
    QStringList captionFacts(int index) const;
    QRectF partnerRect(int index) const;
    QString nameOf(int index) const;

    PictureLoader& m_loader;
    const Theme& m_theme;
    std::optional<ReviewedGroup> m_group;
    std::vector<Pane> m_panes; ///< one for each candidate
    QString m_text;            ///< instead of pictures
    bool m_isSuggestionVisible = true;
    bool m_hasPaintedSuggestion = false;
    bool m_showsReasons = false; ///< its key is held
    bool m_hoversMark = false;   ///< the pointer is on the mark
    bool m_showsBoxes = true;
    QRect m_suggestionMark; ///< where it was painted last
    QList<ReasonWords> m_reasons;
    std::optional<Crop> m_ghost;
    int m_ghostSource = -1;
    double m_aspect = 4.0 / 3; ///< of the pictures seen last, for groups that were not measured
    ViewSync m_views;
    CompareState m_compare;
    mutable CompareAnalysis m_analysis{nullptr};
    QTimer m_blink;
    bool m_blinkShowsPartner = false;
    bool m_showsPeaking = false;
    bool m_showsClipping = false;
    bool m_showsHistogram = false;
    std::optional<QPointF> m_pointedAt; ///< in fractions of the pictures, without their offsets

    // While a button is down.
    Drag m_drag = Drag::None;
    int m_dragPane = -1;
    QPointF m_dragStart;
    QPointF m_dragLast;
    PaneView m_dragView;
};

} // namespace ps
