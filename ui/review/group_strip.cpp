// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/group_strip.h"

#include "core/library/filename.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/scroll_ahead.h"
#include "ui/common/state_badge.h"

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace ps {

namespace {

constexpr qreal kCorner = 6;

} // namespace

GroupStrip::GroupStrip(GroupSource& source, PictureLoader& loader, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_source(source), m_loader(loader), m_theme(theme)
{
    setFixedHeight(kHeight);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Group strip"));
    m_cells.setMaxCost(kMaxCellBytes);
    m_planning.setSingleShot(true);
    connect(&m_planning, &QTimer::timeout, this, &GroupStrip::planPictures);
    const auto changed = [this] {
        update();
        m_planning.start();
    };
    connect(&source, &GroupSource::changed, this, changed);
    connect(&source, &GroupSource::reset, this, changed);
    connect(&loader, &PictureLoader::ready, this, &GroupStrip::onPicture);
    connect(&theme, &Theme::changed, this, &GroupStrip::forgetCells);
}

void GroupStrip::forgetCells()
{
    m_cells.clear();
    update();
}

void GroupStrip::onPicture(const QString& imageKey)
{
    const auto painted = m_painted.constFind(imageKey);
    if (painted != m_painted.constEnd())
        update(cellRect(*painted));
}

void GroupStrip::planPictures()
{
    const std::int64_t first = firstVisible();
    if (first != m_plannedFirst)
        m_isForward = first > m_plannedFirst;
    m_plannedFirst = first;
    std::vector<PictureWish> wishes;
    for (const ScrollWish& wish : scrollAhead({first, width() / kCellWidth + 2, m_source.count(), m_isForward})) {
        if (const auto entry = m_source.entry(wish.ordinal))
            wishes.push_back(PictureWish::thumbnail(entry->cover, devicePixelRatioF(), wish.priority));
    }
    m_loader.want(this, std::move(wishes));
}

void GroupStrip::setCurrent(std::int64_t ordinal)
{
    m_current = ordinal;
    m_scrolled = 0;
    m_wheelDelta = 0;
    update();
    m_planning.start();
}

std::int64_t GroupStrip::boundedFirst(std::int64_t wanted) const
{
    return std::clamp<std::int64_t>(wanted, 0, std::max<std::int64_t>(0, m_source.count() - width() / kCellWidth));
}

std::int64_t GroupStrip::firstVisible() const
{
    return boundedFirst(m_current + m_scrolled - width() / kCellWidth / 2);
}

QRect GroupStrip::cellRect(std::int64_t ordinal) const
{
    return {static_cast<int>(ordinal - firstVisible()) * kCellWidth + 6, 8, kCellWidth - 8, kHeight - 16};
}

std::int64_t GroupStrip::ordinalAt(const QPoint& position) const
{
    const std::int64_t ordinal = firstVisible() + position.x() / kCellWidth;
    return ordinal < m_source.count() ? ordinal : -1;
}

void GroupStrip::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_theme.colors().panel);
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.colors().line);
    const std::int64_t first = firstVisible();
    const std::int64_t last = std::min(m_source.count(), first + width() / kCellWidth + 2);
    if (event->rect() == rect())
        m_painted.clear();
    for (std::int64_t ordinal = first; ordinal < last; ++ordinal) {
        constexpr int kFrame = 4; // of the current cell
        if (event->rect().intersects(cellRect(ordinal).adjusted(-kFrame, -kFrame, kFrame, kFrame)))
            paintCell(painter, ordinal);
    }
}

/// The picture as it lies in its cell, with round corners. Drawing with a clip and a scale would cost more than all the rest
/// of the strip, with every key.
QPixmap GroupStrip::cellPixmap(const QString& imageKey, const QImage& image, QSize size)
{
    const qreal ratio = devicePixelRatioF();
    const QSize pixels = (QSizeF(size) * ratio).toSize();
    if (const QPixmap* const known = m_cells.object(imageKey); known && known->size() == pixels)
        return *known;
    const QImage scaled = image.scaled(pixels, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    QPixmap cell(pixels);
    cell.fill(Qt::transparent);
    QPainter painter(&cell);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(QRectF(QPointF(), pixels), kCorner * ratio, kCorner * ratio);
    painter.fillPath(shape, m_theme.colors().field);
    QBrush brush(scaled);
    brush.setTransform(
        QTransform::fromTranslate((pixels.width() - scaled.width()) / 2, (pixels.height() - scaled.height()) / 2));
    painter.fillPath(shape, brush);
    painter.end();
    cell.setDevicePixelRatio(ratio);
    m_cells.insert(imageKey, new QPixmap(cell), pixels.width() * pixels.height() * 4);
    return cell;
}

void GroupStrip::paintCover(QPainter& painter, std::int64_t ordinal, const std::optional<GroupEntry>& entry)
{
    const QRect cell = cellRect(ordinal);
    std::shared_ptr<const Picture> picture;
    if (entry && !entry->cover.isMissing) {
        const PictureWish wish = PictureWish::thumbnail(entry->cover, devicePixelRatioF(), Priority::Ahead);
        m_painted.insert(wish.key.image, ordinal);
        picture = m_loader.request(wish);
        if (picture && !picture->image.isNull()) {
            painter.drawPixmap(cell.topLeft(), cellPixmap(wish.key.image, picture->image, cell.size()));
            return;
        }
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.colors().field);
    painter.drawRoundedRect(cell, kCorner, kCorner);
    if (picture || (entry && entry->cover.isMissing))
        painter.drawPixmap(
            QRect(cell.center() - QPoint(10, 10), QSize(20, 20)),
            iconPixmap(QStringLiteral("image-broken"), m_theme.colors().mutedText, 20, devicePixelRatioF()));
}

void GroupStrip::paintCell(QPainter& painter, std::int64_t ordinal)
{
    const ThemeColors& colors = m_theme.colors();
    const QRect cell = cellRect(ordinal);
    const auto entry = m_source.entry(ordinal);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintCover(painter, ordinal, entry);
    if (entry) {
        const QRectF badge(cell.right() - 24, cell.bottom() - 25, 19, 19);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.isDark ? QColor(0, 0, 0, 150) : QColor(255, 255, 255, 215));
        painter.drawEllipse(badge.adjusted(-3, -3, 3, 3));
        paintStateBadge(painter, badge, entry->state, entry->isFinalized, m_source.isPending(ordinal), colors);
        if (!entry->flag.empty())
            paintFlag(painter, QRectF(cell.left() + 5, cell.bottom() - 25, 15, 19), colors);
    }
    if (ordinal == m_current) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.accent, 2.5));
        painter.drawRoundedRect(QRectF(cell).adjusted(-1.5, -1.5, 1.5, 1.5), 7, 7);
    }
    painter.restore();
}

void GroupStrip::resizeEvent(QResizeEvent*)
{
    m_planning.start();
}

void GroupStrip::mousePressEvent(QMouseEvent* event)
{
    const std::int64_t ordinal = ordinalAt(event->pos());
    if (ordinal >= 0)
        Q_EMIT clicked(ordinal);
}

void GroupStrip::wheelEvent(QWheelEvent* event)
{
    const int delta = event->angleDelta().x() != 0 ? event->angleDelta().x() : event->angleDelta().y();
    // Touchpads send many small amounts, which count only together.
    constexpr int kDeltaPerCell = 40;
    m_wheelDelta += delta;
    const int cells = m_wheelDelta / kDeltaPerCell;
    m_wheelDelta -= cells * kDeltaPerCell;
    // What goes beyond an end is forgotten, so that turning back works at once.
    m_scrolled = boundedFirst(firstVisible() - cells) + width() / kCellWidth / 2 - m_current;
    update();
    m_planning.start();
    event->accept();
}

bool GroupStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    auto* help = static_cast<QHelpEvent*>(event);
    const std::int64_t ordinal = ordinalAt(help->pos());
    const auto entry = ordinal >= 0 ? m_source.entry(ordinal) : std::nullopt;
    if (entry) {
        // Escaped: a tool tip would take markup in a file name for markup.
        const QString text = QStringLiteral("%1\n%2 · %3")
                                 .arg(QLocale().toString(static_cast<qlonglong>(ordinal + 1)), stateText(entry->state),
                                      fromCore(fileName(entry->cover.path)));
        QToolTip::showText(help->globalPos(), text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")),
                           this);
    }
    return true;
}

} // namespace ps
