// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/crop/crop_canvas.h"

#include "ui/common/error_text.h"
#include "ui/common/icons.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
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
    m_suggestion.reset();
    requestPicture();
    Q_EMIT boxChanged();
}

void CropCanvas::setSuggestion(const std::optional<Crop>& suggestion)
{
    m_suggestion = suggestion;
    update();
}

void CropCanvas::clear()
{
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
    setCursor(cursorFor(m_box.handleAt(toImage(widgetPoint), kHandlePx / 2.0 * imagePixelsPerPoint())));
}

void CropCanvas::mousePressEvent(QMouseEvent* event)
{
    if (m_box.imageSize().isEmpty())
        return;
    m_dragStart = event->position();
    m_dragBox = m_box.box();
    if (event->button() == Qt::MiddleButton || (event->modifiers() & Qt::AltModifier)) {
        m_isPanning = true;
        m_panCenter = m_center;
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    m_dragHandle = m_box.handleAt(toImage(event->position()), kHandlePx / 2.0 * imagePixelsPerPoint());
    // A whole-picture box has no outside to draw in, so its inside starts a new box.
    m_isDrawing = m_dragHandle == CropHandle::None || (m_dragHandle == CropHandle::Inside && m_box.isFullFrame());
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
    const QPointF point = toImage(event->position());
    const QPointF start = toImage(m_dragStart);
    if (m_isDrawing) {
        constexpr double kSlopPx = 3;
        if ((event->position() - m_dragStart).manhattanLength() < kSlopPx)
            return;
        m_box.drawFrom(start, point);
    } else if (m_dragHandle == CropHandle::Inside) {
        m_box.setBox(m_dragBox);
        m_box.moveBy(static_cast<int>(std::lround(point.x() - start.x())),
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
        m_box.dragHandle(m_dragHandle, corner + (point - start), m_dragBox);
    }
    changed();
}

void CropCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    m_dragHandle = CropHandle::None;
    m_isDrawing = false;
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
    const int step = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    QPoint direction;
    switch (event->key()) {
    case Qt::Key_Left: direction = {-step, 0}; break;
    case Qt::Key_Right: direction = {step, 0}; break;
    case Qt::Key_Up: direction = {0, -step}; break;
    case Qt::Key_Down: direction = {0, step}; break;
    default: QWidget::keyPressEvent(event); return;
    }
    if (m_box.imageSize().isEmpty())
        return;
    if (event->modifiers() & Qt::ControlModifier)
        m_box.resizeBy(direction.x(), direction.y());
    else
        m_box.moveBy(direction.x(), direction.y());
    changed();
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

// ---- painting ------------------------------------------------------------------------------------------------------

void CropCanvas::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    painter.fillRect(rect(), colors.surround);
    if (!m_image || m_box.imageSize().isEmpty())
        return;
    if (!isPictureReady()) {
        painter.setPen(colors.mutedText);
        const auto error = pictureError();
        painter.drawText(rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap,
                         error ? errorText(*error).summary : tr("Loading..."));
        return;
    }
    const QRectF picture = pictureRect();
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          picture.width() * devicePixelRatioF() / m_picture->image.width() < 2);
    painter.drawImage(picture, m_picture->image);

    const QRectF box(toWidget({static_cast<double>(m_box.box().x1), static_cast<double>(m_box.box().y1)}),
                     toWidget({static_cast<double>(m_box.box().x2), static_cast<double>(m_box.box().y2)}));
    QPainterPath outside;
    outside.addRect(picture);
    outside.addRect(box);
    painter.fillPath(outside, QColor(0, 0, 0, 150));
    if (m_suggestion) {
        const Crop& s = *m_suggestion;
        const ImageSize size = m_box.imageSize();
        painter.setPen(QPen(colors.accent, 1, Qt::DashLine));
        painter.drawRect(QRectF(toWidget({s.x1 * size.width, s.y1 * size.height}),
                                toWidget({s.x2 * size.width, s.y2 * size.height})));
    }
    if (m_isGridVisible) {
        painter.setPen(QPen(QColor(255, 255, 255, 90), 1));
        for (int i = 1; i <= 2; ++i) {
            const qreal x = box.left() + box.width() * i / 3;
            const qreal y = box.top() + box.height() * i / 3;
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
        }
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 4));
    painter.drawRect(box);
    painter.setPen(QPen(Qt::white, 1.5));
    painter.drawRect(box);
    paintHandles(painter, box);
    paintSize(painter, box);
}

void CropCanvas::paintHandles(QPainter& painter, const QRectF& box)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    // Thick brackets at the corners and bars at the sides: what can be held is 48 px, what is painted stays out of the way.
    const qreal arm = std::min<qreal>(kHandlePx / 2.0, std::min(box.width(), box.height()) / 3);
    QPainterPath path;
    const auto corner = [&](QPointF at, qreal dx, qreal dy) {
        path.moveTo(at + QPointF(dx * arm, 0));
        path.lineTo(at);
        path.lineTo(at + QPointF(0, dy * arm));
    };
    corner(box.topLeft(), 1, 1);
    corner(box.topRight(), -1, 1);
    corner(box.bottomLeft(), 1, -1);
    corner(box.bottomRight(), -1, -1);
    const auto bar = [&](QPointF middle, QPointF half) {
        path.moveTo(middle - half);
        path.lineTo(middle + half);
    };
    const QPointF across(arm * 0.6, 0);
    const QPointF down(0, arm * 0.6);
    bar({box.center().x(), box.top()}, across);
    bar({box.center().x(), box.bottom()}, across);
    bar({box.left(), box.center().y()}, down);
    bar({box.right(), box.center().y()}, down);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.colors().accent, 7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.setPen(QPen(Qt::white, 4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.restore();
}

void CropCanvas::paintSize(QPainter& painter, const QRectF& box)
{
    const QString text = QStringLiteral("%1 × %2").arg(m_box.box().width()).arg(m_box.box().height());
    const QRectF bounds = painter.fontMetrics().boundingRect(text);
    QRectF label(0, 0, bounds.width() + 16, bounds.height() + 8);
    label.moveCenter({box.center().x(), box.bottom() - label.height()});
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 170));
    painter.drawRoundedRect(label, 6, 6);
    painter.setPen(Qt::white);
    painter.drawText(label, Qt::AlignCenter, text);
}

} // namespace ps
