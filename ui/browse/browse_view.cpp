// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/browse_view.h"

#include "core/library/filename.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/state_badge.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>

#include <algorithm>
#include <limits>
#include <utility>

namespace ps {

namespace {

constexpr int kGap = 10;
constexpr int kMinCell = 96;
constexpr int kMaxCell = 384;
constexpr int kCaptionHeight = 26;
constexpr int kStepsPerRow = 64; ///< 20 million rows are 1.3e9 steps, which an int holds

} // namespace

BrowseView::BrowseView(GroupSource& source, PictureLoader& loader, const Theme& theme, QWidget* parent)
    : QAbstractScrollArea(parent), m_source(source), m_loader(loader), m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Contact sheet"));
    connect(&source, &GroupSource::changed, viewport(), qOverload<>(&QWidget::update));
    connect(&source, &GroupSource::reset, this, [this] {
        updateRange();
        viewport()->update();
    });
    connect(&loader, &PictureLoader::ready, this, [this] {
        if (isVisible())
            viewport()->update();
    });
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    verticalScrollBar()->setSingleStep(kStepsPerRow / 3);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (std::exchange(m_firstRow, firstRow()) != firstRow())
            m_loader.dropWaiting(Priority::Background);
    });
}

int BrowseView::columns() const
{
    return std::max(1, (viewport()->width() - kGap) / (m_cellSize + kGap));
}

int BrowseView::cellHeight() const
{
    return m_cellSize + kCaptionHeight;
}

int BrowseView::rowHeight() const
{
    return cellHeight() + kGap;
}

int BrowseView::firstRow() const
{
    return verticalScrollBar()->value() / kStepsPerRow;
}

std::int64_t BrowseView::firstVisible() const
{
    return static_cast<std::int64_t>(firstRow()) * columns();
}

std::int64_t BrowseView::endVisible() const
{
    const std::int64_t rows = viewport()->height() / rowHeight() + 2;
    return std::min(m_source.count(), firstVisible() + rows * columns());
}

QRect BrowseView::cellRect(std::int64_t ordinal) const
{
    const std::int64_t offset = ordinal - firstVisible();
    const int spare = (viewport()->width() - kGap - columns() * (m_cellSize + kGap)) / 2;
    const int scrolled = verticalScrollBar()->value() % kStepsPerRow * rowHeight() / kStepsPerRow;
    return {kGap + spare + static_cast<int>(offset % columns()) * (m_cellSize + kGap),
            kGap + static_cast<int>(offset / columns()) * rowHeight() - scrolled, m_cellSize, cellHeight()};
}

std::int64_t BrowseView::ordinalAt(const QPoint& position) const
{
    for (std::int64_t ordinal = firstVisible(); ordinal < endVisible(); ++ordinal) {
        if (cellRect(ordinal).contains(position))
            return ordinal;
    }
    return -1;
}

void BrowseView::updateRange()
{
    const std::int64_t rows = (m_source.count() + columns() - 1) / columns();
    const int page = std::max(1, (viewport()->height() - kGap) * kStepsPerRow / rowHeight());
    const std::int64_t largest = std::max<std::int64_t>(0, rows * kStepsPerRow - page);
    constexpr std::int64_t kMost = std::numeric_limits<int>::max() - 1'000'000; // value + page must not overflow
    verticalScrollBar()->setRange(0, static_cast<int>(std::min(largest, kMost)));
    verticalScrollBar()->setPageStep(page);
}

void BrowseView::setCurrent(std::int64_t ordinal)
{
    m_current = ordinal;
    ensureVisible(ordinal);
    viewport()->update();
}

void BrowseView::setCellSize(int sizePx)
{
    m_cellSize = std::clamp(sizePx, kMinCell, kMaxCell);
    updateRange();
    ensureVisible(m_current);
    viewport()->update();
}

void BrowseView::ensureVisible(std::int64_t ordinal)
{
    const std::int64_t top = ordinal / columns() * kStepsPerRow;
    QScrollBar* const bar = verticalScrollBar();
    if (top < bar->value() || bar->pageStep() < kStepsPerRow)
        bar->setValue(static_cast<int>(std::min<std::int64_t>(top, bar->maximum())));
    else if (top + kStepsPerRow > bar->value() + bar->pageStep())
        bar->setValue(static_cast<int>(std::min<std::int64_t>(top + kStepsPerRow - bar->pageStep(), bar->maximum())));
}

// ---- events --------------------------------------------------------------------------------------------------------

void BrowseView::resizeEvent(QResizeEvent*)
{
    updateRange();
    ensureVisible(m_current);
}

void BrowseView::mousePressEvent(QMouseEvent* event)
{
    const std::int64_t ordinal = ordinalAt(event->pos());
    if (ordinal >= 0)
        setCurrent(ordinal);
}

void BrowseView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const std::int64_t ordinal = ordinalAt(event->pos());
    if (ordinal >= 0)
        Q_EMIT activated(ordinal);
}

void BrowseView::wheelEvent(QWheelEvent* event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        setCellSize(m_cellSize + event->angleDelta().y() / 6);
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

void BrowseView::keyPressEvent(QKeyEvent* event)
{
    const std::int64_t page = static_cast<std::int64_t>(std::max(1, verticalScrollBar()->pageStep() / kStepsPerRow)) *
                              columns();
    std::int64_t target = m_current;
    switch (event->key()) {
    case Qt::Key_Left: target -= 1; break;
    case Qt::Key_Right: target += 1; break;
    case Qt::Key_Up: target -= columns(); break;
    case Qt::Key_Down: target += columns(); break;
    case Qt::Key_PageUp: target -= page; break;
    case Qt::Key_PageDown: target += page; break;
    case Qt::Key_Home: target = 0; break;
    case Qt::Key_End: target = m_source.count() - 1; break;
    case Qt::Key_Return:
    case Qt::Key_Enter: Q_EMIT activated(m_current); return;
    default: QAbstractScrollArea::keyPressEvent(event); return;
    }
    if (m_source.count() > 0)
        setCurrent(std::clamp<std::int64_t>(target, 0, m_source.count() - 1));
}

// ---- painting ------------------------------------------------------------------------------------------------------

void BrowseView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.colors().surround);
    if (m_source.count() == 0) {
        painter.setPen(m_theme.colors().mutedText);
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("There are no images here yet."));
        return;
    }
    for (std::int64_t ordinal = firstVisible(); ordinal < endVisible(); ++ordinal)
        paintCell(painter, ordinal);
}

void BrowseView::paintCell(QPainter& painter, std::int64_t ordinal)
{
    const ThemeColors& colors = m_theme.colors();
    const QRect cell = cellRect(ordinal);
    const QRect canvas(cell.left(), cell.top(), cell.width(), m_cellSize);
    const auto entry = m_source.entry(ordinal);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(canvas, 8, 8);
    painter.fillPath(shape, colors.panel);
    const auto picture = entry && !entry->cover.isMissing
                             ? m_loader.request(entry->cover, PictureLoader::thumbnailBox(devicePixelRatioF()),
                                                Priority::Background)
                             : nullptr;
    if (picture && !picture->image.isNull()) {
        const QSize size = picture->image.size().scaled(canvas.size() - QSize(8, 8), Qt::KeepAspectRatio);
        QRect target(QPoint(), size);
        target.moveCenter(canvas.center());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(target, picture->image);
    } else {
        const bool isBroken = picture || (entry && entry->cover.isMissing);
        painter.drawPixmap(QRect(canvas.center() - QPoint(14, 14), QSize(28, 28)),
                           iconPixmap(isBroken ? QStringLiteral("image-broken") : QStringLiteral("image"),
                                      colors.mutedText, 28, devicePixelRatioF()));
    }
    if (entry) {
        paintStateBadge(painter, QRectF(cell.left() + 2, canvas.bottom() + 5, 17, 17), entry->state, entry->isFinalized,
                        m_source.isPending(ordinal), colors);
        painter.setPen(colors.mutedText);
        const QRect text(cell.left() + 25, canvas.bottom() + 3, cell.width() - 25, 22);
        const QString name = QStringLiteral("%1  %2").arg(ordinal + 1).arg(fromCore(fileName(entry->cover.path)));
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(name, Qt::ElideMiddle, text.width()));
    }
    if (ordinal == m_current) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.accent, 2.5));
        painter.drawRoundedRect(QRectF(canvas).adjusted(-1, -1, 1, 1), 9, 9);
    }
    painter.restore();
}

} // namespace ps
