// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/light_table.h"

#include "core/library/filename.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/state_badge.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr int kGap = 6;
constexpr int kCaptionHeight = 34;
constexpr int kFrameWidth = 2;
constexpr double kMaxZoom = 40;
constexpr double kFullPictureFrom = 1.05; ///< beyond this zoom the fitted picture is not sharp enough

/// Columns for `count` panes: side by side up to four, then rows.
int columnsFor(int count, const QSize& size)
{
    if (count <= 4) {
        const bool isTall = size.height() > size.width();
        return isTall && count > 2 ? 2 : count;
    }
    return (count + 1) / 2 <= 5 ? (count + 1) / 2 : 5;
}

std::optional<Crop> finalCropOf(const ReviewedGroup& group, std::size_t index)
{
    const auto& row = group.detail.row;
    if (!row || row->integer("user_selected_index") != static_cast<std::int64_t>(index))
        return std::nullopt;
    const auto text = row->text("final_crop_coords");
    const auto crop = text ? parseCrop(*text) : Result<Crop>(Error{});
    return crop ? std::optional(*crop) : std::nullopt;
}

} // namespace

LightTable::LightTable(PictureLoader& loader, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_loader(loader), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(false);
    setMinimumSize(320, 240);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Light table"));
    connect(&loader, &PictureLoader::ready, this, [this](const QString&) {
        if (m_group)
            requestPictures();
    });
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

int LightTable::imageCount() const
{
    return m_group ? static_cast<int>(m_group->detail.images.size()) : 0;
}

void LightTable::showGroup(const ReviewedGroup& group)
{
    const bool isSameGroup = m_group && m_group->detail.entry.key == group.detail.entry.key;
    m_group = group;
    if (!isSameGroup) {
        m_panes.assign(group.detail.images.size(), {});
        for (Pane& pane : m_panes)
            pane.view = m_sharedView;
        const auto& row = group.detail.row;
        const auto selected = row ? row->integer("user_selected_index").value_or(0) : std::int64_t{0};
        m_focused = selected >= 0 && selected < std::ssize(m_panes) ? static_cast<int>(selected) : 0;
        setSuggestionVisible(true);
        Q_EMIT focusedIndexChanged(m_focused);
    }
    layoutPanes();
    requestPictures();
}

void LightTable::clear()
{
    m_group.reset();
    m_panes.clear();
    update();
    Q_EMIT picturesChanged();
}

// ---- pictures ------------------------------------------------------------------------------------------------------

QSize LightTable::fittedBox() const
{
    if (m_panes.empty())
        return {};
    // Rounded up, so that a slightly other layout does not decode everything again.
    const QSizeF pixels = QSizeF(m_panes.front().canvas.size()) * devicePixelRatioF();
    const auto rounded = [](double value) { return std::max(64, static_cast<int>(std::ceil(value / 64.0)) * 64); };
    return {rounded(pixels.width()), rounded(pixels.height())};
}

bool LightTable::needsFullPicture() const
{
    return std::ranges::any_of(m_panes, [](const Pane& pane) { return pane.view.zoom > kFullPictureFrom; });
}

void LightTable::requestPictures()
{
    const QSize box = fittedBox();
    const bool wantsFull = needsFullPicture();
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        const GroupImage& image = m_group->detail.images[i];
        if (auto picture = m_loader.request(image, box, Priority::Visible))
            m_panes[i].fitted = picture;
        if (wantsFull) {
            if (auto picture = m_loader.request(image, QSize(), Priority::Visible))
                m_panes[i].full = picture;
        }
    }
    update();
    Q_EMIT picturesChanged();
}

void LightTable::prefetch(const GroupDetail& group)
{
    for (const GroupImage& image : group.images)
        m_loader.request(image, fittedBox(), Priority::Ahead);
}

bool LightTable::isComplete() const
{
    return m_group && std::ranges::all_of(m_panes, [](const Pane& pane) { return pane.fitted != nullptr; });
}

const Picture* LightTable::pictureOf(int index) const
{
    if (index < 0 || index >= static_cast<int>(m_panes.size()))
        return nullptr;
    return m_panes[static_cast<std::size_t>(index)].fitted.get();
}

// ---- focus and suggestion ------------------------------------------------------------------------------------------

void LightTable::setFocusedIndex(int index)
{
    if (index < 0 || index >= imageCount() || index == m_focused)
        return;
    m_focused = index;
    update();
    Q_EMIT focusedIndexChanged(index);
}

void LightTable::setSuggestionVisible(bool visible)
{
    if (m_isSuggestionVisible == visible)
        return;
    m_isSuggestionVisible = visible;
    update();
    Q_EMIT suggestionVisibleChanged(visible);
}

bool LightTable::showsSuggestedCropOn(int index) const
{
    return m_group && m_isSuggestionVisible && m_group->suggestion && m_group->suggestion->crop &&
           m_group->suggestion->imageIndex == index &&
           !finalCropOf(*m_group, static_cast<std::size_t>(index)).has_value();
}

// ---- layout and view -----------------------------------------------------------------------------------------------

void LightTable::layoutPanes()
{
    const int count = static_cast<int>(m_panes.size());
    if (count == 0)
        return;
    const int columns = columnsFor(count, size());
    const int rows = (count + columns - 1) / columns;
    const int width = (this->width() - kGap * (columns + 1)) / columns;
    const int height = (this->height() - kGap * (rows + 1)) / rows;
    for (int i = 0; i < count; ++i) {
        Pane& pane = m_panes[static_cast<std::size_t>(i)];
        const int x = kGap + (i % columns) * (width + kGap);
        const int y = kGap + (i / columns) * (height + kGap);
        pane.frame = {x, y, width, height};
        pane.canvas = pane.frame.adjusted(kFrameWidth, kFrameWidth, -kFrameWidth, -kCaptionHeight);
    }
}

QRectF LightTable::pictureRect(const Pane& pane) const
{
    const QImage& image = pane.fitted->image;
    const QSizeF fitted = QSizeF(image.size()).scaled(pane.canvas.size(), Qt::KeepAspectRatio);
    const QSizeF size = fitted * pane.view.zoom;
    const QPointF middle = QRectF(pane.canvas).center();
    return {middle.x() - pane.view.center.x() * size.width(), middle.y() - pane.view.center.y() * size.height(),
            size.width(), size.height()};
}

int LightTable::paneAt(const QPoint& position) const
{
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        if (m_panes[i].frame.contains(position))
            return static_cast<int>(i);
    }
    return -1;
}

void LightTable::applyToPanes(int origin, const PaneView& view)
{
    PaneView bounded = view;
    bounded.zoom = std::clamp(view.zoom, 1.0, kMaxZoom);
    // The middle stays within the picture as far as there is something to see beyond its edge.
    const double margin = 0.5 / bounded.zoom;
    bounded.center.setX(std::clamp(view.center.x(), margin, 1 - margin));
    bounded.center.setY(std::clamp(view.center.y(), margin, 1 - margin));
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        if (m_isLocked || static_cast<int>(i) == origin)
            m_panes[i].view = bounded;
    }
    if (m_isLocked)
        m_sharedView = bounded;
    requestPictures();
}

void LightTable::setLocked(bool locked)
{
    m_isLocked = locked;
    if (locked && m_focused < static_cast<int>(m_panes.size()) && !m_panes.empty())
        applyToPanes(m_focused, m_panes[static_cast<std::size_t>(m_focused)].view);
}

void LightTable::zoomBy(double factor)
{
    if (m_panes.empty())
        return;
    PaneView view = m_panes[static_cast<std::size_t>(m_focused)].view;
    view.zoom *= factor;
    applyToPanes(m_focused, view);
}

void LightTable::zoomToFit()
{
    m_sharedView = {};
    if (!m_panes.empty())
        applyToPanes(m_focused, {});
}

void LightTable::zoomToActual()
{
    if (m_panes.empty())
        return;
    const Pane& pane = m_panes[static_cast<std::size_t>(m_focused)];
    if (!pane.fitted || pane.fitted->image.isNull())
        return;
    const QSizeF fitted = QSizeF(pane.fitted->image.size()).scaled(pane.canvas.size(), Qt::KeepAspectRatio);
    PaneView view = pane.view;
    view.zoom = pane.fitted->info.size.width / devicePixelRatioF() / fitted.width();
    applyToPanes(m_focused, view);
}

// ---- mouse ---------------------------------------------------------------------------------------------------------

void LightTable::resizeEvent(QResizeEvent*)
{
    layoutPanes();
    if (m_group)
        requestPictures();
}

void LightTable::mousePressEvent(QMouseEvent* event)
{
    m_dragPane = paneAt(event->pos());
    if (m_dragPane < 0)
        return;
    setFocusedIndex(m_dragPane);
    m_dragStart = event->pos();
    m_dragView = m_panes[static_cast<std::size_t>(m_dragPane)].view;
    m_isDragging = false;
}

void LightTable::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragPane < 0 || event->buttons() == Qt::NoButton)
        return;
    const QPoint moved = event->pos() - m_dragStart;
    constexpr int kClickSlop = 4;
    if (!m_isDragging && moved.manhattanLength() < kClickSlop)
        return;
    m_isDragging = true;
    const Pane& pane = m_panes[static_cast<std::size_t>(m_dragPane)];
    if (!pane.fitted || pane.fitted->image.isNull())
        return;
    const QRectF picture = pictureRect(pane);
    PaneView view = m_dragView;
    view.center -= QPointF(moved.x() / picture.width(), moved.y() / picture.height());
    setCursor(Qt::ClosedHandCursor);
    applyToPanes(m_dragPane, view);
}

void LightTable::mouseReleaseEvent(QMouseEvent*)
{
    unsetCursor();
    if (m_dragPane >= 0 && !m_isDragging)
        Q_EMIT pictureClicked(m_dragPane);
    m_dragPane = -1;
}

void LightTable::mouseDoubleClickEvent(QMouseEvent*)
{
    if (m_panes.empty())
        return;
    if (m_panes[static_cast<std::size_t>(m_focused)].view.zoom > 1)
        zoomToFit();
    else
        zoomToActual();
}

void LightTable::wheelEvent(QWheelEvent* event)
{
    const int index = paneAt(event->position().toPoint());
    if (index < 0)
        return;
    const Pane& pane = m_panes[static_cast<std::size_t>(index)];
    if (!pane.fitted || pane.fitted->image.isNull())
        return;
    // The point under the pointer stays where it is.
    const QRectF before = pictureRect(pane);
    const QPointF at((event->position().x() - before.left()) / before.width(),
                     (event->position().y() - before.top()) / before.height());
    PaneView view = pane.view;
    const double factor = std::pow(1.2, event->angleDelta().y() / 120.0);
    view.zoom = std::clamp(view.zoom * factor, 1.0, kMaxZoom);
    const double change = view.zoom / pane.view.zoom;
    view.center = at + (pane.view.center - at) / change;
    applyToPanes(index, view);
    event->accept();
}

// ---- painting ------------------------------------------------------------------------------------------------------

void LightTable::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colors().surround);
    for (std::size_t i = 0; i < m_panes.size(); ++i)
        paintPane(painter, i);
}

void LightTable::paintPane(QPainter& painter, std::size_t index)
{
    const Pane& pane = m_panes[index];
    painter.save();
    painter.setClipRect(pane.canvas);
    if (pane.fitted && !pane.fitted->image.isNull())
        paintPicture(painter, pane, index);
    else
        paintPlaceholder(painter, pane, index);
    painter.restore();
    paintCaption(painter, pane, index);
    if (static_cast<int>(index) == m_focused && m_panes.size() > 1) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.colors().accent, kFrameWidth));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(pane.frame).adjusted(1, 1, -1, -1), 5, 5);
        painter.restore();
    }
}

void LightTable::paintPicture(QPainter& painter, const Pane& pane, std::size_t index)
{
    const bool isZoomed = pane.view.zoom > kFullPictureFrom;
    const bool hasFull = isZoomed && pane.full && !pane.full->image.isNull();
    const QImage& image = hasFull ? pane.full->image : pane.fitted->image;
    const QRectF target = pictureRect(pane);
    // Enlarged pixels are shown as they are; everything else is interpolated.
    const double scale = target.width() * devicePixelRatioF() / image.width();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, scale < 2);
    painter.drawImage(target, image);
    paintMarks(painter, pane, index);
}

void LightTable::paintPlaceholder(QPainter& painter, const Pane& pane, std::size_t index)
{
    const ThemeColors& colors = m_theme.colors();
    const GroupImage& image = m_group->detail.images[index];
    QString text = tr("Loading...");
    if (pane.fitted && pane.fitted->error)
        text = errorText(*pane.fitted->error).summary;
    if (image.isMissing)
        text = tr("The file is missing.");
    const bool isBroken = image.isMissing || (pane.fitted && pane.fitted->error);
    const QRect middle(pane.canvas.center().x() - 20, pane.canvas.center().y() - 40, 40, 40);
    painter.drawPixmap(middle, iconPixmap(isBroken ? QStringLiteral("image-broken") : QStringLiteral("image"),
                                          colors.mutedText, 40, devicePixelRatioF()));
    painter.setPen(isBroken ? colors.attention : colors.mutedText);
    painter.drawText(pane.canvas.adjusted(16, pane.canvas.height() / 2 + 8, -16, -8), Qt::AlignHCenter | Qt::TextWordWrap,
                     text);
}

void LightTable::paintCropFrame(QPainter& painter, const QRectF& picture, const Crop& crop, const QColor& color, bool isDashed)
{
    const QRectF box(picture.left() + crop.x1 * picture.width(), picture.top() + crop.y1 * picture.height(),
                     (crop.x2 - crop.x1) * picture.width(), (crop.y2 - crop.y1) * picture.height());
    QPainterPath outside;
    outside.addRect(picture);
    outside.addRect(box);
    painter.fillPath(outside, QColor(0, 0, 0, isDashed ? 70 : 120));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 140), 4));
    painter.drawRect(box);
    painter.setPen(QPen(color, 2, isDashed ? Qt::DashLine : Qt::SolidLine));
    painter.drawRect(box);
}

void LightTable::paintMarks(QPainter& painter, const Pane& pane, std::size_t index)
{
    const ThemeColors& colors = m_theme.colors();
    const QRectF picture = pictureRect(pane);
    if (const auto crop = finalCropOf(*m_group, index))
        paintCropFrame(painter, picture, *crop, colors.attention, false);
    else if (showsSuggestedCropOn(static_cast<int>(index)))
        paintCropFrame(painter, picture, *m_group->suggestion->crop, colors.accent, true);
    const auto& row = m_group->detail.row;
    const bool isChosen = row && row->action() && row->action() != Action::Reject &&
                          row->integer("user_selected_index") == static_cast<std::int64_t>(index);
    const bool isRejected = row && row->action() && !isChosen;
    if (isRejected)
        painter.fillRect(pane.canvas, QColor(0, 0, 0, 110));
    if (isChosen || (row && row->action() == Action::Reject)) {
        const GroupState state = stateOfRow(row);
        paintStateBadge(painter, QRectF(pane.canvas.left() + 12, pane.canvas.top() + 12, 30, 30), state,
                        m_group->detail.entry.isFinalized, false, colors);
    }
}

void LightTable::paintCaption(QPainter& painter, const Pane& pane, std::size_t index)
{
    const ThemeColors& colors = m_theme.colors();
    const GroupImage& image = m_group->detail.images[index];
    const QRect bar(pane.frame.left() + 8, pane.canvas.bottom() + 1, pane.frame.width() - 16, kCaptionHeight - 3);
    int x = bar.left();
    painter.save();
    if (m_panes.size() > 1) {
        const QRect keyCap(x, bar.center().y() - 10, 20, 20);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colors.line, 1));
        painter.setBrush(colors.panel);
        painter.drawRoundedRect(QRectF(keyCap).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        QFont font = painter.font();
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(static_cast<int>(index) == m_focused ? colors.accent : colors.text);
        painter.drawText(keyCap, Qt::AlignCenter, QString::number(index + 1));
        x = keyCap.right() + 9;
    }
    painter.setFont(font());
    QStringList facts;
    const auto& suggestion = m_group->suggestion;
    if (m_isSuggestionVisible && !m_group->detail.row && suggestion && suggestion->imageIndex == static_cast<int>(index))
        facts.append(QStringLiteral("◇ ") + tr("suggested"));
    if (pane.fitted && !pane.fitted->error) {
        facts.append(QStringLiteral("%1 × %2").arg(pane.fitted->info.size.width).arg(pane.fitted->info.size.height));
        facts.append(fromCore(formatName(pane.fitted->info.format)));
    }
    const QString right = facts.join(QStringLiteral("  "));
    const int rightWidth = painter.fontMetrics().horizontalAdvance(right);
    painter.setPen(colors.mutedText);
    painter.drawText(bar, Qt::AlignRight | Qt::AlignVCenter, right);
    painter.setPen(colors.text);
    const QRect left(x, bar.top(), bar.right() - rightWidth - 12 - x, bar.height());
    const QString name = image.stage > 0 ? fromCore(stageText(fileName(image.path))) : fromCore(fileName(image.path));
    painter.drawText(left, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(name, Qt::ElideMiddle, left.width()));
    painter.restore();
}

} // namespace ps
