// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/group_strip.h"

#include "core/library/filename.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/state_badge.h"

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace ps {

GroupStrip::GroupStrip(GroupSource& source, PictureLoader& loader, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_source(source), m_loader(loader), m_theme(theme)
{
    setFixedHeight(kHeight);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Group strip"));
    connect(&source, &GroupSource::changed, this, [this] { update(); });
    connect(&source, &GroupSource::reset, this, [this] { update(); });
    connect(&loader, &PictureLoader::ready, this, [this] { update(); });
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void GroupStrip::setCurrent(std::int64_t ordinal)
{
    m_current = ordinal;
    m_scrolled = 0;
    m_wheelDelta = 0;
    update();
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

void GroupStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colors().panel);
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.colors().line);
    const std::int64_t first = firstVisible();
    const std::int64_t last = std::min(m_source.count(), first + width() / kCellWidth + 2);
    for (std::int64_t ordinal = first; ordinal < last; ++ordinal)
        paintCell(painter, ordinal);
}

void GroupStrip::paintCell(QPainter& painter, std::int64_t ordinal)
{
    const ThemeColors& colors = m_theme.colors();
    const QRect cell = cellRect(ordinal);
    const auto entry = m_source.entry(ordinal);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath clip;
    clip.addRoundedRect(cell, 6, 6);
    painter.fillPath(clip, colors.field);
    const auto picture = entry && !entry->cover.isMissing
                             ? m_loader.thumbnail(entry->cover, devicePixelRatioF(), Priority::Background)
                             : nullptr;
    painter.setClipPath(clip);
    if (picture && !picture->image.isNull()) {
        const QSize size = picture->image.size().scaled(cell.size(), Qt::KeepAspectRatioByExpanding);
        QRect target(QPoint(), size);
        target.moveCenter(cell.center());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(target, picture->image);
    } else if (picture || (entry && entry->cover.isMissing)) {
        painter.drawPixmap(QRect(cell.center() - QPoint(10, 10), QSize(20, 20)),
                           iconPixmap(QStringLiteral("image-broken"), colors.mutedText, 20, devicePixelRatioF()));
    }
    painter.setClipping(false);
    if (entry) {
        const QRectF badge(cell.right() - 24, cell.bottom() - 25, 19, 19);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.isDark ? QColor(0, 0, 0, 150) : QColor(255, 255, 255, 215));
        painter.drawEllipse(badge.adjusted(-3, -3, 3, 3));
        paintStateBadge(painter, badge, entry->state, entry->isFinalized, m_source.isPending(ordinal), colors);
    }
    if (ordinal == m_current) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.accent, 2.5));
        painter.drawRoundedRect(QRectF(cell).adjusted(-1.5, -1.5, 1.5, 1.5), 7, 7);
    }
    painter.restore();
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
