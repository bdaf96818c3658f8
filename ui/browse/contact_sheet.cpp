// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The contact sheet's place and painting; mouse and keys are in contact_sheet_input.cpp.
#include "ui/browse/contact_sheet.h"

#include "core/library/filename.h"
#include "ui/common/error_text.h"
#include "ui/common/state_badge.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPaintEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace ps {

namespace {

constexpr int kGap = 14;
constexpr int kBandSlots = 3; ///< a band is as wide as three cells: most groups have two to four candidates
constexpr std::int64_t kLargestBar = 1'000'000'000; ///< far below 2^31, so that value + page cannot overflow
constexpr int kAheadDelayMs = 60;
constexpr int kPullTickMs = 16;
constexpr int kScreensAhead = 2;
constexpr std::size_t kMostAhead = 500; ///< wishes at a time: of small cells, screens hold many
constexpr int kRing = 4;                ///< the frame of the current cell reaches so far out of it

} // namespace

ContactSheet::ContactSheet(RowSource& source, SheetSelection& selection, CellPictures* pictures, const Theme& theme,
                           QWidget* parent)
    : QAbstractScrollArea(parent), m_source(source), m_selection(selection), m_pictures(pictures), m_theme(theme),
      m_painter(pictures, theme)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // cells do not move when rows come
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Contact sheet"));
    connect(&source, &RowSource::changed, this, &ContactSheet::announce);
    connect(&source, &RowSource::reset, this, &ContactSheet::resetRows);
    connect(&selection, &SheetSelection::changed, this, &ContactSheet::announce);
    connect(&selection, &SheetSelection::currentChanged, this, &ContactSheet::announce);
    connect(&theme, &Theme::changed, this, [this] {
        m_painter.forget();
        viewport()->update();
    });
    if (pictures)
        connect(pictures, &CellPictures::arrived, this, [this] {
            if (isVisible() && !m_refining.isActive())
                m_refining.start();
        });
    m_refining.setSingleShot(true);
    m_refining.setInterval(0);
    connect(&m_refining, &QTimer::timeout, this, &ContactSheet::refine);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_isMovingBar) // at the end of the bar is the end of the content, whatever the units
            setTop(value == verticalScrollBar()->maximum() ? largestTop() : value * m_barUnit);
    });
    m_pulling.setInterval(kPullTickMs);
    connect(&m_pulling, &QTimer::timeout, this, &ContactSheet::scrollWhilePulling);
    m_ahead.setSingleShot(true);
    m_ahead.setInterval(kAheadDelayMs);
    connect(&m_ahead, &QTimer::timeout, this, &ContactSheet::prefetch);
    resetRows();
}

// ---- place ---------------------------------------------------------------------------------------------------------

void ContactSheet::resetRows()
{
    m_layout.setContent(m_source.count(), m_source.sectionStarts());
    m_hovered = -1;
    m_unfinished.clear();
    m_press.reset();
    m_pulling.stop();
    relayout();
}

void ContactSheet::relayout()
{
    SheetLayout::Sizes sizes;
    sizes.viewWidth = viewport()->width();
    sizes.cellWidth = m_cellSize;
    if (m_hasBands) { // bands share the width, so that no room is lost beside so few
        const int columns = std::max(1, (sizes.viewWidth - kGap) / (kBandSlots * m_cellSize + kGap));
        sizes.cellWidth = (sizes.viewWidth - kGap) / columns - kGap;
    }
    sizes.cellWidth = std::max(kSmallestCell, std::min(sizes.cellWidth, sizes.viewWidth - 2 * kGap));
    sizes.cellHeight = CellPainter::heightFor(m_cellSize);
    sizes.gap = kGap;
    sizes.headerHeight = fontMetrics().height() + 20;
    m_layout.setSizes(sizes);
    setTop(m_top);
    updateScrollBar();
    viewport()->update();
}

std::int64_t ContactSheet::largestTop() const
{
    return std::max<std::int64_t>(0, m_layout.height() - viewport()->height());
}

void ContactSheet::setTop(std::int64_t top)
{
    const std::int64_t bounded = std::clamp<std::int64_t>(top, 0, largestTop());
    if (bounded != m_top) {
        setHovered(-1); // while it is where it was
        const std::int64_t before = std::exchange(m_top, bounded);
        m_scrollsDown = bounded > before;
        const bool isFar = std::abs(bounded - before) > 3 * viewport()->height();
        if (m_pictures && isFar)
            m_pictures->forgetWaiting(); // a jump: nobody waits for what lies between
        shiftView(bounded - before);
    }
    updateScrollBar();
    m_ahead.start();
}

/// Moves the pixels that are there, so that only the strip that comes into sight is painted.
void ContactSheet::shiftView(std::int64_t down)
{
    const PositionRange visible = visiblePositions();
    std::erase_if(m_unfinished,
                  [&](std::int64_t position) { return position < visible.first || position >= visible.end; });
    const QRect area = viewport()->rect().adjusted(0, headerOnTop(), 0, 0); // without the header that stays
    const qreal ratio = devicePixelRatioF();
    const bool isBand = m_press && m_press->isBand;
    if (isBand || ratio != std::floor(ratio) || std::abs(down) >= area.height())
        return viewport()->update();
    viewport()->scroll(0, static_cast<int>(-down), area);
    viewport()->update(QRect(0, 0, viewport()->width(), headerOnTop()));
}

void ContactSheet::refine()
{
    for (const std::int64_t position : m_unfinished)
        viewport()->update(cellRect(position));
}

void ContactSheet::updateScrollBar()
{
    const std::int64_t largest = largestTop();
    m_barUnit = 1 + largest / kLargestBar;
    m_isMovingBar = true;
    QScrollBar* const bar = verticalScrollBar();
    bar->setRange(0, static_cast<int>((largest + m_barUnit - 1) / m_barUnit));
    bar->setPageStep(std::max(1, static_cast<int>(viewport()->height() / m_barUnit)));
    bar->setSingleStep(std::max(1, static_cast<int>(m_layout.rowHeight() / 3 / m_barUnit)));
    bar->setValue(m_top == largest ? bar->maximum() : static_cast<int>(m_top / m_barUnit));
    m_isMovingBar = false;
}

PositionRange ContactSheet::visiblePositions() const
{
    return m_layout.positionsIn(m_top, m_top + viewport()->height());
}

QRect ContactSheet::cellRect(std::int64_t position) const
{
    const SheetLayout::Cell cell = m_layout.cell(position);
    constexpr std::int64_t kFar = 1'000'000; // a cell outside the view need only be outside
    return {cell.left, static_cast<int>(std::clamp(cell.top - m_top, -kFar, kFar)), cell.width, cell.height};
}

int ContactSheet::headerOnTop() const
{
    return m_layout.sectionCount() > 0 ? m_layout.sizes().headerHeight : 0;
}

void ContactSheet::ensureVisible(std::int64_t position)
{
    if (position < 0 || position >= m_layout.count())
        return;
    const SheetLayout::Cell cell = m_layout.cell(position);
    const std::int64_t upper = cell.top - kGap / 2 - headerOnTop();
    const std::int64_t lower = cell.top + cell.height + kGap - viewport()->height();
    if (m_top > upper || upper < lower)
        setTop(upper);
    else if (m_top < lower)
        setTop(lower);
}

void ContactSheet::setCellSize(int sizePx)
{
    const int size = std::clamp(sizePx, kSmallestCell, kLargestCell);
    if (size == m_cellSize)
        return;
    // What a person looks at stays where it is: the current cell if it is on the screen, else the first one.
    const PositionRange visible = visiblePositions();
    const std::int64_t current = m_selection.current();
    const bool isCurrentVisible = current >= visible.first && current < visible.end;
    const std::int64_t kept = isCurrentVisible ? current : visible.first;
    const bool hasCells = visible.size() > 0;
    const std::int64_t offset = hasCells ? m_layout.cell(kept).top - m_top : 0;
    m_cellSize = size;
    relayout();
    if (hasCells)
        setTop(m_layout.cell(kept).top - offset);
    if (isCurrentVisible)
        ensureVisible(current);
    Q_EMIT cellSizeChanged(size);
}

void ContactSheet::setBands(bool hasBands)
{
    const PositionRange visible = visiblePositions();
    if (std::exchange(m_hasBands, hasBands) == hasBands)
        return;
    relayout();
    if (visible.size() > 0)
        setTop(m_layout.cell(visible.first).top - kGap / 2 - headerOnTop());
}

void ContactSheet::setEmptyText(const QString& title, const QString& hint)
{
    m_emptyTitle = title;
    m_emptyHint = hint;
    viewport()->update();
}

void ContactSheet::resizeEvent(QResizeEvent*)
{
    const PositionRange visible = visiblePositions();
    const std::int64_t current = m_selection.current();
    const bool isCurrentVisible = current >= visible.first && current < visible.end;
    const std::int64_t first = visible.size() > 0 ? visible.first : -1;
    const int columns = m_layout.columns();
    relayout();
    if (columns == m_layout.columns())
        return;
    if (isCurrentVisible)
        ensureVisible(current);
    else if (first >= 0)
        setTop(m_layout.cell(first).top - kGap / 2 - headerOnTop());
}

void ContactSheet::hideEvent(QHideEvent* event)
{
    QAbstractScrollArea::hideEvent(event);
    if (m_pictures)
        m_pictures->forgetWaiting();
}

void ContactSheet::showEvent(QShowEvent* event)
{
    QAbstractScrollArea::showEvent(event);
    m_ahead.start();
}

// ---- painting ------------------------------------------------------------------------------------------------------

void ContactSheet::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.colors().surround);
    if (m_layout.count() == 0) {
        paintEmpty(painter);
        return;
    }
    if (m_pictures)
        m_pictures->beginPaint();
    paintCells(painter, event->region());
    paintHeaders(painter);
    if (m_press && m_press->isBand) {
        QColor fill = m_theme.colors().accent;
        fill.setAlpha(40);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(m_theme.colors().accent);
        painter.setBrush(fill);
        painter.drawRect(bandRect());
    }
    if (m_pictures && m_pictures->hasLeftOver())
        m_refining.start();
}

void ContactSheet::paintCells(QPainter& painter, const QRegion& region)
{
    const QRect area = region.boundingRect();
    // Of the lines that the area touches, with the ring around the current cell.
    const PositionRange range = m_layout.positionsIn(std::max<std::int64_t>(0, m_top + area.top() - kRing),
                                                     m_top + area.bottom() + 1 + kRing);
    for (std::int64_t position = range.first; position < range.end; ++position) {
        const QRect cell = cellRect(position);
        if (!region.intersects(cell.adjusted(-kRing, -kRing, kRing, kRing)))
            continue;
        const GroupEntry* const entry = m_source.entry(position);
        const CellLook look{.isCurrent = position == m_selection.current(),
                            .isSelected = m_selection.isSelected(position),
                            .isHovered = position == m_hovered,
                            .hasFocus = hasFocus(),
                            .isChanged = entry && m_source.isChanged(position)};
        const auto* const images = m_hasBands ? m_source.images(position) : nullptr;
        if (m_painter.paint(painter, cell, m_cellSize, entry, images, look))
            m_unfinished.erase(position);
        else
            m_unfinished.insert(position);
    }
}

void ContactSheet::paintHeaders(QPainter& painter)
{
    if (m_layout.sectionCount() == 0)
        return;
    // The section at the top keeps its header in sight, until the next one pushes it out.
    const int height = m_layout.sizes().headerHeight;
    const std::size_t first = m_layout.sectionAt(m_top);
    std::int64_t sticky = 0;
    for (std::size_t section = first + 1; section < m_layout.sectionCount(); ++section) {
        const std::int64_t top = m_layout.headerTop(section) - m_top;
        if (top >= viewport()->height())
            break;
        if (section == first + 1)
            sticky = std::min<std::int64_t>(0, top - height);
        paintHeader(painter, section, static_cast<int>(top));
    }
    paintHeader(painter, first, static_cast<int>(sticky));
}

void ContactSheet::paintHeader(QPainter& painter, std::size_t section, int top)
{
    const ThemeColors& colors = m_theme.colors();
    const QRect line(0, top, viewport()->width(), m_layout.sizes().headerHeight);
    painter.fillRect(line, colors.surround);
    painter.fillRect(QRect(kGap, line.bottom(), line.width() - 2 * kGap, 1), colors.line);
    const QString number = QLocale().toString(static_cast<qlonglong>(m_layout.sectionRange(section).size()));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    const QRect textArea = line.adjusted(kGap, 0, -kGap, 0);
    const int numberWidth = fontMetrics().horizontalAdvance(number) + 12;
    const QString title = QFontMetrics(bold).elidedText(m_source.sectionTitle(section), Qt::ElideMiddle,
                                                        textArea.width() - numberWidth);
    painter.setPen(colors.text);
    painter.drawText(textArea, Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.setFont(font());
    painter.setPen(colors.mutedText);
    painter.drawText(textArea.adjusted(QFontMetrics(bold).horizontalAdvance(title) + 10, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, number);
}

void ContactSheet::paintEmpty(QPainter& painter) const
{
    const QRect area = viewport()->rect().adjusted(40, 0, -40, 0);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setWeight(QFont::DemiBold);
    painter.setFont(large);
    painter.setPen(m_theme.colors().text);
    const int middle = area.height() * 2 / 5;
    painter.drawText(QRect(area.left(), 0, area.width(), middle), Qt::AlignHCenter | Qt::AlignBottom | Qt::TextWordWrap,
                     m_emptyTitle);
    painter.setFont(font());
    painter.setPen(m_theme.colors().mutedText);
    painter.drawText(QRect(area.left(), middle + 8, area.width(), area.height() - middle),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_emptyHint);
}

// ---- what comes next -----------------------------------------------------------------------------------------------

void ContactSheet::prefetch()
{
    if (!isVisible() || m_layout.count() == 0)
        return;
    // What is in sight first, then two screens where the scroll goes, then one screen behind.
    const std::int64_t screen = viewport()->height();
    const std::int64_t ahead = kScreensAhead * screen;
    const std::array<std::pair<std::int64_t, std::int64_t>, 3> parts{
        {{m_top, m_top + screen},
         m_scrollsDown ? std::pair{m_top + screen, m_top + screen + ahead} : std::pair{m_top - ahead, m_top},
         m_scrollsDown ? std::pair{m_top - screen, m_top} : std::pair{m_top + screen, m_top + 2 * screen}}};
    std::vector<GroupImage> wanted;
    for (const auto& [top, bottom] : parts) {
        const PositionRange range = m_layout.positionsIn(std::max<std::int64_t>(0, top),
                                                         std::max<std::int64_t>(0, bottom));
        for (std::int64_t position = range.first; position < range.end && wanted.size() < kMostAhead; ++position) {
            const std::vector<GroupImage>* const images = m_hasBands ? m_source.images(position) : nullptr;
            if (images)
                wanted.insert(wanted.end(), images->begin(), images->end());
            else if (const GroupEntry* const entry = m_hasBands ? nullptr : m_source.entry(position))
                wanted.push_back(entry->cover);
        }
    }
    if (m_pictures)
        m_pictures->prefetch(wanted, CellPainter::pictureSize(m_cellSize, m_cellSize, devicePixelRatioF()));
}

// ---- for those who do not see it -----------------------------------------------------------------------------------

QString ContactSheet::describe(std::int64_t position)
{
    if (position < 0 || position >= m_layout.count())
        return m_emptyTitle;
    const QString place = tr("Group %1 of %2")
                              .arg(QLocale().toString(static_cast<qlonglong>(position + 1)),
                                   QLocale().toString(static_cast<qlonglong>(m_layout.count())));
    const GroupEntry* const entry = m_source.entry(position);
    if (!entry)
        return place;
    const QString selected = m_selection.isSelected(position) ? tr("selected") : tr("not selected");
    return QStringList{place, selected, stateText(entry->state), fromCore(fileName(entry->cover.path)),
                       tr("%n image(s)", nullptr, entry->imageCount)}
        .join(QStringLiteral(", "));
}

void ContactSheet::announce()
{
    viewport()->update();
    const QString description = describe(m_selection.current());
    if (description == accessibleDescription())
        return;
    setAccessibleDescription(description); // tells assistive technology
}

bool ContactSheet::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        setHovered(-1);
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<const QHelpEvent*>(event);
        return showToolTip(help->pos(), help->globalPos());
    }
    return QAbstractScrollArea::viewportEvent(event);
}

bool ContactSheet::showToolTip(const QPoint& place, const QPoint& globalPlace)
{
    const std::int64_t position = positionAt(place);
    const GroupEntry* const entry = position >= 0 ? m_source.entry(position) : nullptr;
    if (!entry) {
        QToolTip::hideText();
        return true;
    }
    // Escaped: a tool tip would take markup in a file name for markup.
    const QString text = QStringLiteral("%1\n%2 · %3")
                             .arg(fromCore(entry->cover.path), stateText(entry->state),
                                  tr("%n image(s)", nullptr, entry->imageCount));
    QToolTip::showText(globalPlace, text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")), this,
                       cellRect(position));
    return true;
}

} // namespace ps
