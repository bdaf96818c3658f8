// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/crop/crop_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr int kMarginPx = 28; ///< so that handles at the edge of the picture can be seen and held

Qt::CursorShape cursorFor(CropHandle handle)
{
    switch (handle) {
    case CropHandle::None: return Qt::CrossCursor;
    case CropHandle::Inside: return Qt::SizeAllCursor;
    case CropHandle::Left:
    case CropHandle::Right: return Qt::SizeHorCursor;
    case CropHandle::Top:
    case CropHandle::Bottom: return Qt::SizeVerCursor;
    case CropHandle::TopLeft:
    case CropHandle::BottomRight: return Qt::SizeFDiagCursor;
    case CropHandle::TopRight:
    case CropHandle::BottomLeft: return Qt::SizeBDiagCursor;
    }
    return Qt::ArrowCursor;
}

} // namespace

CropCanvas::CropCanvas(PictureLoader& loader, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_loader(loader), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(320, 240);
    setAccessibleName(tr("Crop editor"));
    connect(&loader, &PictureLoader::ready, this, [this](const QString& key) {
        if (m_image && key == PictureLoader::imageKey(*m_image))
            requestPicture();
    });
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void CropCanvas::edit(const GroupImage& image, ImageSize size, const std::optional<Crop>& start)
{
    m_image = image;
    m_picture.reset();
    m_zoom = 1;
    m_center = {0.5, 0.5};
    m_box = CropBox(size);
    m_box.setRatio(m_ratio);
    m_box.setFull();
    const auto box = start ? toPixels(*start, size) : std::nullopt;
    if (box)
        m_box.setBox(*box);
    m_isTouched = box.has_value();
    m_limits.reset();
    m_target = CropTarget::Box;
    m_suggestion.reset();
    requestPicture();
    Q_EMIT boxChanged();
}

void CropCanvas::setSuggestion(const std::optional<Crop>& suggestion)
{
    m_suggestion = suggestion;
    update();
}

void CropCanvas::setBoxes(std::vector<DetectedBox> boxes, int imageIndex)
{
    m_boxes = std::move(boxes);
    m_boxesIndex = imageIndex;
    update();
}

void CropCanvas::setBoxesVisible(bool visible)
{
    m_showsBoxes = visible;
    update();
}

CropBox CropCanvas::active() const
{
    CropBox box = m_box;
    if (m_limits && m_target != CropTarget::Box) {
        box.setRatio({CropRatio::Kind::Free, 1, 1});
        box.setBox(m_target == CropTarget::MustKeep ? m_limits->inner() : m_limits->outer());
    }
    return box;
}

void CropCanvas::take(const CropBox& box)
{
    if (m_target == CropTarget::Box)
        m_box.setBox(box.box());
    if (m_limits && m_target == CropTarget::Box)
        m_limits->follow(m_box.box());
    else if (m_limits)
        m_limits->set(m_target, box.box(), m_box.box());
    changed();
}

void CropCanvas::setTolerance(const CropTolerance& tolerance)
{
    if (m_box.imageSize().isEmpty())
        return;
    m_limits = CropLimits::of(tolerance, m_box);
    update();
}

std::optional<CropTolerance> CropCanvas::tolerance() const
{
    return m_limits ? std::optional(m_limits->tolerance(m_box.imageSize())) : std::nullopt;
}

void CropCanvas::setNextTarget()
{
    if (m_box.imageSize().isEmpty() || m_box.isFullFrame())
        return;
    if (!m_limits) {
        m_limits = CropLimits::around(m_box);
        m_target = CropTarget::MustKeep;
    } else {
        m_target = m_target == CropTarget::Box        ? CropTarget::MustKeep
                   : m_target == CropTarget::MustKeep ? CropTarget::MayKeep
                                                      : CropTarget::Box;
    }
    update();
    Q_EMIT boxChanged();
}

void CropCanvas::removeLimits()
{
    m_limits.reset();
    m_target = CropTarget::Box;
    update();
    Q_EMIT boxChanged();
}

void CropCanvas::clear()
{
    m_limits.reset();
    m_image.reset();
    m_picture.reset();
    m_box = {};
    update();
    Q_EMIT boxChanged();
}

void CropCanvas::requestPicture()
{
    if (!m_image)
        return;
    // Rounded up, so that a window that is being resized does not decode at every step.
    const auto rounded = [this](int points) {
        constexpr int kStepPx = 256;
        return (static_cast<int>(std::ceil(points * devicePixelRatioF())) + kStepPx - 1) / kStepPx * kStepPx;
    };
    const QSize box = m_zoom > 1.05 ? QSize() : QSize(rounded(width()), rounded(height()));
    update();
    if (m_picture && m_pictureBox == box)
        return; // held already, whether or not the loader still has it
    if (auto picture = m_loader.request(*m_image, box, Priority::Visible)) {
        m_picture = std::move(picture);
        m_pictureBox = box;
    }
}

std::optional<Error> CropCanvas::pictureError() const
{
    return m_picture ? m_picture->error : std::nullopt;
}

void CropCanvas::changed()
{
    if (m_limits)
        m_limits->follow(m_box.box());
    m_isTouched = true;
    update();
    Q_EMIT boxChanged();
}

void CropCanvas::setBox(const PixelBox& box)
{
    m_box.setBox(box);
    changed();
}

void CropCanvas::setRatio(const CropRatio& ratio)
{
    m_ratio = ratio;
    m_box.setRatio(ratio);
    changed();
}

void CropCanvas::setFull()
{
    m_box.setFull();
    changed();
}

void CropCanvas::useSuggestion()
{
    const auto box = m_suggestion ? toPixels(*m_suggestion, m_box.imageSize()) : std::nullopt;
    if (box)
        setBox(*box);
}

void CropCanvas::setGridVisible(bool visible)
{
    m_isGridVisible = visible;
    update();
}

// ---- geometry ------------------------------------------------------------------------------------------------------

QRectF CropCanvas::pictureRect() const
{
    const QRectF room = QRectF(rect()).adjusted(kMarginPx, kMarginPx, -kMarginPx, -kMarginPx);
    const QSizeF full(m_box.imageSize().width, m_box.imageSize().height);
    const QSizeF size = full.scaled(room.size(), Qt::KeepAspectRatio) * m_zoom;
    const QPointF middle = room.center();
    return {middle.x() - m_center.x() * size.width(), middle.y() - m_center.y() * size.height(), size.width(),
            size.height()};
}

QPointF CropCanvas::toWidget(QPointF imagePoint) const
{
    const QRectF picture = pictureRect();
    return {picture.left() + imagePoint.x() / m_box.imageSize().width * picture.width(),
            picture.top() + imagePoint.y() / m_box.imageSize().height * picture.height()};
}

QPointF CropCanvas::toImage(QPointF widgetPoint) const
{
    const QRectF picture = pictureRect();
    return {(widgetPoint.x() - picture.left()) / picture.width() * m_box.imageSize().width,
            (widgetPoint.y() - picture.top()) / picture.height() * m_box.imageSize().height};
}

double CropCanvas::imagePixelsPerPoint() const
{
    return m_box.imageSize().width / pictureRect().width();
}

// ---- pointer -------------------------------------------------------------------------------------------------------

void CropCanvas::resizeEvent(QResizeEvent*)
{
    requestPicture();
}

void CropCanvas::updateCursor(QPointF widgetPoint)
{
    if (m_box.imageSize().isEmpty())
        return;
    setCursor(cursorFor(active().handleAt(toImage(widgetPoint), kHandlePx / 2.0 * imagePixelsPerPoint())));
}

void CropCanvas::mousePressEvent(QMouseEvent* event)
{
    if (m_box.imageSize().isEmpty())
        return;
    m_dragStart = event->position();
    m_dragPoint = {};
    m_dragBox = active().box();
    if (event->button() == Qt::MiddleButton || (event->modifiers() & Qt::AltModifier)) {
        m_isPanning = true;
        m_panCenter = m_center;
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    m_dragHandle = active().handleAt(toImage(event->position()), kHandlePx / 2.0 * imagePixelsPerPoint());
    m_isDown = true;
    // A whole-picture box has no outside to draw in, so its inside starts a new box.
    m_isDrawing = m_dragHandle == CropHandle::None || (m_dragHandle == CropHandle::Inside && active().isFullFrame());
}

void CropCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (m_box.imageSize().isEmpty())
        return;
    if (m_isPanning) {
        const QPointF moved = event->position() - m_dragStart;
        const QRectF picture = pictureRect();
        m_center = m_panCenter - QPointF(moved.x() / picture.width(), moved.y() / picture.height());
        update();
        return;
    }
    if (!(event->buttons() & Qt::LeftButton)) {
        updateCursor(event->position());
        return;
    }
    m_dragPoint = event->position();
    dragTo(event->modifiers());
}

void CropCanvas::dragTo(Qt::KeyboardModifiers modifiers)
{
    const QPointF point = toImage(m_dragPoint);
    const QPointF start = toImage(m_dragStart);
    CropBox box = active();
    const CropRatio ratio = box.ratio();
    box.setRatio({CropRatio::Kind::Free, 1, 1});
    box.setBox(m_dragBox);
    // Held while dragging, Shift keeps the shape of the box and Alt its centre.
    const bool isShapeKept = (modifiers & Qt::ShiftModifier) && !m_isDrawing;
    box.setRatio(isShapeKept ? CropRatio{CropRatio::Kind::Fixed, m_dragBox.width(), m_dragBox.height()} : ratio);
    if (m_isDrawing) {
        constexpr double kSlopPx = 3;
        if ((m_dragPoint - m_dragStart).manhattanLength() < kSlopPx)
            return;
        box.drawFrom(start, point);
    } else if (m_dragHandle == CropHandle::Inside) {
        box.setBox(m_dragBox);
        box.moveBy(static_cast<int>(std::lround(point.x() - start.x())),
                   static_cast<int>(std::lround(point.y() - start.y())));
    } else {
        // A handle is held where it was taken, not jumped to the pointer.
        const QPointF corner(m_dragHandle == CropHandle::Left || m_dragHandle == CropHandle::TopLeft ||
                                     m_dragHandle == CropHandle::BottomLeft
                                 ? m_dragBox.x1
                                 : m_dragBox.x2,
                             m_dragHandle == CropHandle::Top || m_dragHandle == CropHandle::TopLeft ||
                                     m_dragHandle == CropHandle::TopRight
                                 ? m_dragBox.y1
                                 : m_dragBox.y2);
        box.dragHandle(m_dragHandle, corner + (point - start), m_dragBox);
        if (modifiers & Qt::AltModifier)
            box.mirrorAbout(m_dragBox);
    }
    take(box);
}

void CropCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    m_dragHandle = CropHandle::None;
    m_isDrawing = false;
    m_isDown = false;
    m_isPanning = false;
    updateCursor(event->position());
}

void CropCanvas::wheelEvent(QWheelEvent* event)
{
    if (m_box.imageSize().isEmpty())
        return;
    const QPointF at = toImage(event->position());
    const QPointF fraction(at.x() / m_box.imageSize().width, at.y() / m_box.imageSize().height);
    const double zoom = std::clamp(m_zoom * std::pow(1.2, event->angleDelta().y() / 120.0), 1.0, 40.0);
    m_center = zoom <= 1.0 ? QPointF(0.5, 0.5) : fraction + (m_center - fraction) * (m_zoom / zoom);
    m_zoom = zoom;
    requestPicture();
    event->accept();
}

void CropCanvas::keyPressEvent(QKeyEvent* event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers();
    const bool isTopLeft = (modifiers & Qt::ControlModifier) && (modifiers & Qt::ShiftModifier);
    const int step = (modifiers & Qt::ShiftModifier) && !isTopLeft ? 10 : 1;
    QPoint direction;
    switch (event->key()) {
    case Qt::Key_Left: direction = {-step, 0}; break;
    case Qt::Key_Right: direction = {step, 0}; break;
    case Qt::Key_Up: direction = {0, -step}; break;
    case Qt::Key_Down: direction = {0, step}; break;
    default: turnDrag(event); return;
    }
    if (m_box.imageSize().isEmpty())
        return;
    CropBox box = active();
    if (isTopLeft)
        box.resizeTopLeftBy(direction.x(), direction.y());
    else if (modifiers & Qt::ControlModifier)
        box.resizeBy(direction.x(), direction.y());
    else if (modifiers & Qt::AltModifier)
        box.growBy(direction.x(), -direction.y()); // up and right are more
    else
        box.moveBy(direction.x(), direction.y());
    take(box);
}

void CropCanvas::keyReleaseEvent(QKeyEvent* event)
{
    turnDrag(event);
}

void CropCanvas::turnDrag(QKeyEvent* event)
{
    // A modifier that comes or goes counts at once, not at the next movement of the mouse.
    const bool isModifier = event->key() == Qt::Key_Shift || event->key() == Qt::Key_Alt;
    if (!m_isDown || !isModifier) {
        event->ignore();
        return;
    }
    const Qt::KeyboardModifier which = event->key() == Qt::Key_Shift ? Qt::ShiftModifier : Qt::AltModifier;
    Qt::KeyboardModifiers modifiers = event->modifiers();
    modifiers.setFlag(which, event->type() == QEvent::KeyPress);
    if (!m_dragPoint.isNull())
        dragTo(modifiers);
}

// ---- lint ----------------------------------------------------------------------------------------------------------

bool CropCanvas::hasUniformBorder() const
{
    if (!isPictureReady())
        return false;
    const QImage& image = m_picture->image;
    const double sx = static_cast<double>(image.width()) / m_box.imageSize().width;
    const double sy = static_cast<double>(image.height()) / m_box.imageSize().height;
    const QRect area(QPoint(static_cast<int>(m_box.box().x1 * sx), static_cast<int>(m_box.box().y1 * sy)),
                     QPoint(static_cast<int>(m_box.box().x2 * sx) - 1, static_cast<int>(m_box.box().y2 * sy) - 1));
    if (!image.rect().contains(area) || area.width() < 8 || area.height() < 8)
        return false;
    // One side of a single colour, all along: a bar that does not belong to the picture.
    constexpr int kTolerance = 6;
    const auto isUniform = [&](QPoint from, QPoint step, int count) {
        const QRgb first = image.pixel(from);
        for (int i = 1; i < count; ++i) {
            const QRgb pixel = image.pixel(from + step * i);
            if (std::abs(qRed(pixel) - qRed(first)) > kTolerance ||
                std::abs(qGreen(pixel) - qGreen(first)) > kTolerance ||
                std::abs(qBlue(pixel) - qBlue(first)) > kTolerance)
                return false;
        }
        return true;
    };
    return isUniform(area.topLeft(), {1, 0}, area.width()) || isUniform(area.bottomLeft(), {1, 0}, area.width()) ||
           isUniform(area.topLeft(), {0, 1}, area.height()) || isUniform(area.topRight(), {0, 1}, area.height());
}

std::vector<CropLint> CropCanvas::lint() const
{
    if (m_box.imageSize().isEmpty())
        return {};
    return lintCrop(m_box, {}, hasUniformBorder());
}

} // namespace ps
