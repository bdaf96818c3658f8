// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/light_table.h"

#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr int kGap = 6;
constexpr double kMaxZoom = 40;
constexpr double kFullPictureFrom = 1.05; ///< enlarged beyond this the fitted picture is not sharp enough

/// Columns for `count` panes: side by side up to four, then rows.
int columnsFor(int count, const QSize& size)
{
    if (count <= 4) {
        const bool isTall = size.height() > size.width();
        return isTall && count > 2 ? 2 : count;
    }
    return (count + 1) / 2 <= 5 ? (count + 1) / 2 : 5;
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
    connect(&loader, &PictureLoader::ready, this, [this](const QString& imageKey) {
        if (std::ranges::find(m_panes, imageKey, &Pane::imageKey) != m_panes.end())
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
    const bool isSameGroup = m_group && m_group->detail.entry.key == group.detail.entry.key &&
                             m_panes.size() == group.detail.images.size();
    m_group = group;
    if (!isSameGroup) {
        m_panes.assign(group.detail.images.size(), {});
        endDrag();
        if (m_sharedView.zoom < 1)
            m_sharedView = {}; // that was the actual size of other pictures
        for (Pane& pane : m_panes)
            pane.view = m_sharedView;
        const auto& row = group.detail.row;
        const auto selected = row ? row->integer("user_selected_index").value_or(0) : std::int64_t{0};
        m_focused = selected >= 0 && selected < std::ssize(m_panes) ? static_cast<int>(selected) : 0;
        Q_EMIT focusedIndexChanged(m_focused);
    }
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        const QString key = PictureLoader::imageKey(group.detail.images[i]);
        if (m_panes[i].imageKey != key) {
            m_panes[i].imageKey = key;
            m_panes[i].fitted.reset();
            m_panes[i].full.reset();
        }
    }
    layoutPanes();
    requestPictures();
}

void LightTable::clear(const QString& text)
{
    m_group.reset();
    m_panes.clear();
    m_text = text;
    endDrag();
    update();
    Q_EMIT picturesChanged();
}

// ---- pictures ------------------------------------------------------------------------------------------------------

QSize LightTable::fittedBox(int count) const
{
    if (count == 0)
        return {};
    // To the pixel, so that painting copies and does not scale.
    const QSizeF pixels = QSizeF(canvasOf(paneFrame(0, count)).size()) * devicePixelRatioF();
    return pixels.toSize().expandedTo({1, 1});
}

bool LightTable::needsFullPicture(const Pane& pane) const
{
    if (!pane.fitted)
        return pane.view.zoom > kFullPictureFrom;
    const QImage& image = pane.fitted->image;
    const int fullWidth = pane.fitted->info.size.width;
    if (image.isNull() || image.width() >= fullWidth)
        return false;
    const double shown = pictureRect(pane).width() * devicePixelRatioF();
    return shown > image.width() * kFullPictureFrom || shown > fullWidth - 0.5;
}

void LightTable::requestPictures()
{
    // What a pane holds is not asked for again: the loader may have had to let go of it in favour of its neighbours.
    const QSize box = fittedBox(imageCount());
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        Pane& pane = m_panes[i];
        const GroupImage& image = m_group->detail.images[i];
        if (!pane.fitted || pane.fittedBox != box) {
            if (auto picture = m_loader.request(image, box, Priority::Visible)) {
                pane.fitted = std::move(picture);
                pane.fittedBox = box;
            }
        }
        if (!needsFullPicture(pane)) {
            pane.full.reset();
        } else if (!pane.full) {
            if (auto picture = m_loader.request(image, QSize(), Priority::Visible))
                pane.full = std::move(picture);
        }
    }
    update();
    Q_EMIT picturesChanged();
}

std::vector<PictureWish> LightTable::fittedWishes(const GroupDetail& group, Priority priority) const
{
    const QSize box = fittedBox(static_cast<int>(group.images.size()));
    std::vector<PictureWish> wishes;
    for (const GroupImage& image : group.images)
        wishes.push_back(PictureWish::fitted(image, box, priority));
    return wishes;
}

std::vector<PictureWish> LightTable::closerWishes(const GroupDetail& group, Priority priority) const
{
    const auto index = static_cast<std::size_t>(m_focused);
    if (m_sharedView.zoom <= kFullPictureFrom || index >= group.images.size())
        return {};
    return {PictureWish::fitted(group.images[index], {}, priority)};
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

void LightTable::setGhost(const std::optional<Crop>& crop, int source)
{
    if (m_ghost == crop && m_ghostSource == source)
        return;
    m_ghost = crop;
    m_ghostSource = source;
    update();
}

std::optional<Crop> LightTable::ghostOn(int index) const
{
    return index == m_ghostSource ? std::nullopt : m_ghost;
}

void LightTable::setSuggestionVisible(bool visible)
{
    if (m_isSuggestionVisible == visible)
        return;
    m_isSuggestionVisible = visible;
    update();
    Q_EMIT suggestionVisibleChanged(visible);
}

std::optional<Crop> LightTable::finalCropOn(int index) const
{
    const auto& row = m_group->detail.row;
    if (!row || row->integer("user_selected_index") != index)
        return std::nullopt;
    const auto text = row->text("final_crop_coords");
    const auto crop = text ? parseCrop(*text) : Result<Crop>(Error{});
    return crop ? std::optional(*crop) : std::nullopt;
}

bool LightTable::showsSuggestedCropOn(int index) const
{
    return m_group && m_isSuggestionVisible && m_group->suggestion && m_group->suggestion->crop &&
           m_group->suggestion->imageIndex == index && !finalCropOn(index).has_value();
}

// ---- layout and view -----------------------------------------------------------------------------------------------

QRect LightTable::paneFrame(int index, int count) const
{
    const int columns = columnsFor(count, size());
    const int rows = (count + columns - 1) / columns;
    const int width = (this->width() - kGap * (columns + 1)) / columns;
    const int height = (this->height() - kGap * (rows + 1)) / rows;
    return {kGap + (index % columns) * (width + kGap), kGap + (index / columns) * (height + kGap), width, height};
}

QRect LightTable::canvasOf(const QRect& frame) const
{
    return frame.adjusted(kFrameWidth, kFrameWidth, -kFrameWidth, -kCaptionHeight);
}

void LightTable::layoutPanes()
{
    const int count = static_cast<int>(m_panes.size());
    for (int i = 0; i < count; ++i) {
        Pane& pane = m_panes[static_cast<std::size_t>(i)];
        pane.frame = paneFrame(i, count);
        pane.canvas = canvasOf(pane.frame);
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

double LightTable::actualZoom(const Pane& pane) const
{
    if (!pane.fitted || pane.fitted->image.isNull())
        return 1;
    const QSizeF fitted = QSizeF(pane.fitted->image.size()).scaled(pane.canvas.size(), Qt::KeepAspectRatio);
    return pane.fitted->info.size.width / devicePixelRatioF() / fitted.width();
}

double LightTable::boundedZoom(const Pane& pane, double zoom) const
{
    // A picture that is smaller than its pane can be shrunk to its actual size, and no further.
    return std::clamp(zoom, std::min(1.0, actualZoom(pane)), kMaxZoom);
}

void LightTable::zoomAround(int index, double zoom, QPointF position)
{
    const Pane& pane = m_panes[static_cast<std::size_t>(index)];
    if (!pane.fitted || pane.fitted->image.isNull())
        return;
    // The point of the picture that is at `position` stays there.
    const QRectF before = pictureRect(pane);
    const QPointF at((position.x() - before.left()) / before.width(), (position.y() - before.top()) / before.height());
    PaneView view = pane.view;
    view.zoom = boundedZoom(pane, zoom);
    view.center = at + (pane.view.center - at) * (pane.view.zoom / view.zoom);
    applyToPanes(index, view);
}

void LightTable::applyToPanes(int origin, const PaneView& view)
{
    PaneView bounded = view;
    bounded.zoom = boundedZoom(m_panes[static_cast<std::size_t>(origin)], view.zoom);
    // The middle stays within the picture as far as there is something to see beyond its edge.
    const double margin = std::min(0.5, 0.5 / bounded.zoom);
    bounded.center.setX(std::clamp(view.center.x(), margin, 1 - margin));
    bounded.center.setY(std::clamp(view.center.y(), margin, 1 - margin));
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        if (m_isLocked || static_cast<int>(i) == origin)
            m_panes[i].view = bounded;
    }
    if (m_isLocked && (m_sharedView.zoom > kFullPictureFrom) != (bounded.zoom > kFullPictureFrom))
        Q_EMIT wishesChanged();
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
    zoomAround(m_focused, actualZoom(pane), QRectF(pane.canvas).center());
}

QSizeF LightTable::shownSize(int index) const
{
    const Picture* const picture = pictureOf(index);
    return picture && !picture->image.isNull() ? pictureRect(m_panes[static_cast<std::size_t>(index)]).size()
                                               : QSizeF();
}

// ---- mouse ---------------------------------------------------------------------------------------------------------

void LightTable::resizeEvent(QResizeEvent*)
{
    layoutPanes();
    if (m_group)
        requestPictures();
    Q_EMIT wishesChanged();
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
    if (m_dragPane < 0 || m_dragPane >= imageCount() || event->buttons() == Qt::NoButton)
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

void LightTable::endDrag()
{
    if (m_isDragging)
        unsetCursor();
    m_dragPane = -1;
    m_isDragging = false;
}

void LightTable::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int index = paneAt(event->pos());
    if (index < 0)
        return;
    const Pane& pane = m_panes[static_cast<std::size_t>(index)];
    if (pane.view.zoom != 1)
        zoomToFit();
    else
        zoomAround(index, actualZoom(pane), event->position());
}

void LightTable::wheelEvent(QWheelEvent* event)
{
    const int index = paneAt(event->position().toPoint());
    if (index < 0)
        return;
    const double factor = std::pow(1.2, event->angleDelta().y() / 120.0);
    zoomAround(index, m_panes[static_cast<std::size_t>(index)].view.zoom * factor, event->position());
    event->accept();
}

} // namespace ps
