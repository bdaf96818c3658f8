// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the light table shows and how it moves; how it is painted is in light_table_paint.cpp, the mouse in
// light_table_mouse.cpp.
#include "ui/review/light_table.h"

#include <QResizeEvent>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr int kBlinkMs = 450;
constexpr int kChipRowHeight = 58;
constexpr double kLooksCloser = 1.05; ///< enlarged beyond this the fitted pictures are not enough

} // namespace

LightTable::LightTable(PictureLoader& loader, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_loader(loader), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(320, 240);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Light table"));
    m_blink.setInterval(kBlinkMs);
    connect(&m_blink, &QTimer::timeout, this, [this] {
        m_blinkShowsPartner = !m_blinkShowsPartner;
        update();
    });
    connect(&loader, &PictureLoader::ready, this, [this](const QString& imageKey) {
        if (std::ranges::any_of(m_panes, [&](const Pane& one) { return one.picture.imageKey() == imageKey; }))
            requestPictures();
    });
    connect(&m_analysis, &CompareAnalysis::changed, this, [this] { update(); });
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
    if (!isSameGroup || m_group->suggestion != group.suggestion) {
        m_hasPaintedSuggestion = m_hoversMark = false;
        m_suggestionMark = {};
        m_reasons = group.suggestion ? reasonWords(group.suggestion->reasons, group.suggestion->imageIndex)
                                     : QList<ReasonWords>();
    }
    m_group = group;
    if (!isSameGroup) {
        endDrag();
        setBlinking(false);
        m_analysis.dropWaiting();
        m_panes.resize(group.detail.images.size()); // what a pane shows stays until its new picture is there
        m_views.enter(QString::fromStdString(group.detail.entry.key), imageCount());
        const auto& row = group.detail.row;
        const auto selected = row ? row->integer("user_selected_index").value_or(0) : std::int64_t{0};
        m_compare.start(imageCount(), static_cast<int>(selected));
    }
    for (int i = 0; i < imageCount(); ++i)
        pane(i).picture.setImage(group.detail.images[static_cast<std::size_t>(i)]);
    layOut();
    requestPictures();
    if (!isSameGroup) {
        Q_EMIT focusedIndexChanged(m_compare.focused());
        Q_EMIT compareChanged();
    }
}

void LightTable::clear(const QString& text)
{
    m_group.reset();
    m_panes.clear();
    m_text = text;
    m_compare.start(0, 0);
    m_views.enter({}, 0);
    setBlinking(false);
    endDrag();
    update();
    Q_EMIT picturesChanged();
}

// ---- layout and pictures -------------------------------------------------------------------------------------------

QSize LightTable::paneArea(int count) const
{
    const bool hasChips = m_compare.isTwoUp() && count > 2;
    return {width(), height() - (hasChips ? kChipRowHeight : 0)};
}

double LightTable::aspectOf(const GroupDetail& group) const
{
    for (const GroupImage& image : group.images) {
        if (!image.size.isEmpty())
            return static_cast<double>(image.size.width) / image.size.height;
    }
    return m_aspect;
}

QSize LightTable::fittedBox(const GroupDetail& group) const
{
    const int count = static_cast<int>(group.images.size());
    if (count == 0)
        return {};
    const int panes = m_compare.isTwoUp() ? std::min(2, count) : count;
    // To the pixel, so that painting copies and does not scale.
    const QSizeF canvas = layoutPanes(panes, paneArea(count), aspectOf(group)).front().canvas.size();
    return (canvas * devicePixelRatioF()).toSize().expandedTo({1, 1});
}

void LightTable::layOut()
{
    if (!m_group)
        return;
    for (Pane& one : m_panes)
        one.place = {};
    const std::vector<int> visible = m_compare.visible();
    const std::vector<PaneFrame> places = layoutPanes(static_cast<int>(visible.size()), paneArea(imageCount()),
                                                      aspectOf(m_group->detail));
    for (std::size_t i = 0; i < visible.size(); ++i)
        pane(visible[i]).place = places[i];
}

void LightTable::noteAspect()
{
    const Picture* const first = pictureOf(0);
    if (!first || first->image.isNull())
        return;
    const double aspect = static_cast<double>(first->info.size.width) / first->info.size.height;
    constexpr double kOtherShape = 0.1;
    if (std::abs(std::log(aspect / m_aspect)) < kOtherShape)
        return;
    m_aspect = aspect;
    layOut();
    Q_EMIT wishesChanged();
}

void LightTable::requestPictures()
{
    if (!m_group)
        return;
    noteAspect();
    const QSize box = fittedBox(m_group->detail);
    for (int i = 0; i < imageCount(); ++i) {
        const QRectF canvas = pane(i).place.canvas;
        const QRectF target = pane(i).place.canvas.isEmpty() ? QRectF() : pictureRect(i);
        pane(i).picture.request(m_loader, box, target, canvas, devicePixelRatioF());
    }
    update();
    Q_EMIT picturesChanged();
}

std::vector<PictureWish> LightTable::fittedWishes(const GroupDetail& group, Priority priority) const
{
    const QSize box = fittedBox(group);
    std::vector<PictureWish> wishes;
    for (const GroupImage& image : group.images)
        wishes.push_back(PictureWish::fitted(image, box, priority));
    return wishes;
}

std::vector<PictureWish> LightTable::closerWishes(const GroupDetail& group, Priority priority) const
{
    const auto index = static_cast<std::size_t>(m_compare.focused());
    if (!m_views.keepsZoom() || m_views.shared().zoom <= kLooksCloser || index >= group.images.size())
        return {};
    const ImageSize size = group.images[index].size;
    if (std::int64_t{size.width} * size.height > PanePicture::kLargestWhole)
        return {};
    return {PictureWish::fitted(group.images[index], {}, priority)};
}

bool LightTable::isComplete() const
{
    return m_group && std::ranges::all_of(m_panes, [](const Pane& one) { return one.picture.fitted() != nullptr; });
}

const Picture* LightTable::pictureOf(int index) const
{
    if (index < 0 || index >= static_cast<int>(m_panes.size()))
        return nullptr;
    return pane(index).picture.fitted().get();
}

void LightTable::resizeEvent(QResizeEvent*)
{
    layOut();
    requestPictures();
    Q_EMIT wishesChanged();
}

// ---- focus and suggestion ------------------------------------------------------------------------------------------

void LightTable::setFocusedIndex(int index)
{
    if (index < 0 || index >= imageCount() || index == m_compare.focused())
        return;
    m_compare.setFocused(index);
    compareHasChanged();
}

void LightTable::compareHasChanged()
{
    layOut();
    requestPictures();
    Q_EMIT focusedIndexChanged(m_compare.focused());
    Q_EMIT compareChanged();
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
    m_suggestionMark = {};
    update();
    Q_EMIT suggestionVisibleChanged(visible);
}

bool LightTable::marksSuggestionOn(int index) const
{
    return m_group && m_isSuggestionVisible && !m_group->detail.row && m_group->suggestion &&
           m_group->suggestion->imageIndex == index;
}

void LightTable::setReasonsVisible(bool visible)
{
    if (m_showsReasons == visible)
        return;
    m_showsReasons = visible;
    update();
    Q_EMIT reasonsVisibleChanged(visible);
}

void LightTable::setBoxesVisible(bool visible)
{
    m_showsBoxes = visible;
    update();
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

// ---- where panes look ----------------------------------------------------------------------------------------------

PaneGeometry LightTable::geometry(int index) const
{
    const Pane& one = pane(index);
    return {one.place.canvas, one.picture.shape(), one.picture.fullSize(), devicePixelRatioF()};
}

QRectF LightTable::pictureRect(int index) const
{
    return geometry(index).rectOf(m_views.view(index));
}

/// What of the picture can be seen, or the whole pane where that is too small for marks.
QRect LightTable::seenPart(int index) const
{
    const QRect canvas = pane(index).place.canvas;
    const QRect seen = pictureRect(index).toAlignedRect().intersected(canvas);
    constexpr QSize kRoomForMarks{160, 100};
    return seen.width() < kRoomForMarks.width() || seen.height() < kRoomForMarks.height() ? canvas : seen;
}

QSizeF LightTable::shownSize(int index) const
{
    const Picture* const picture = pictureOf(index);
    return picture && !picture->image.isNull() ? pictureRect(index).size() : QSizeF();
}

void LightTable::applyView(int index, const PaneView& view)
{
    const bool wasClose = m_views.shared().zoom > kLooksCloser;
    const QPointF offset = m_views.offset(index); // may lie beyond the edge
    PaneView bounded = geometry(index).bounded({view.zoom, view.center - offset});
    bounded.center += offset;
    m_views.apply(index, bounded);
    if (wasClose != (m_views.shared().zoom > kLooksCloser))
        Q_EMIT wishesChanged();
    requestPictures();
}

void LightTable::setLocked(bool locked)
{
    m_views.setLocked(locked, m_compare.focused());
    requestPictures();
    Q_EMIT compareChanged();
}

void LightTable::setPaneLocked(bool locked)
{
    if (!m_group)
        return;
    m_views.setPaneLocked(m_compare.focused(), locked);
    requestPictures();
    Q_EMIT compareChanged();
}

void LightTable::resetOffsets()
{
    m_views.resetOffsets();
    requestPictures();
}

void LightTable::zoomBy(double factor)
{
    if (!m_group)
        return;
    const int index = m_compare.focused();
    const QPointF middle = QRectF(pane(index).place.canvas).center();
    const PaneView view = m_views.view(index);
    applyView(index, geometry(index).zoomedAround(view, view.zoom * factor, middle));
}

void LightTable::zoomToFit()
{
    m_views.reset();
    Q_EMIT wishesChanged();
    requestPictures();
}

void LightTable::zoomToFill()
{
    if (m_group)
        applyView(m_compare.focused(), {geometry(m_compare.focused()).fillZoom(), {0.5, 0.5}});
}

void LightTable::zoomToActual(double screenPixels)
{
    if (!m_group)
        return;
    const int index = m_compare.focused();
    const PaneGeometry place = geometry(index);
    const QPointF middle = QRectF(pane(index).place.canvas).center();
    applyView(index, place.zoomedAround(m_views.view(index), place.actualZoom() * screenPixels, middle));
}

void LightTable::zoomToCrop()
{
    for (int i = 0; i < imageCount(); ++i) {
        const std::optional<Crop> final = finalCropOn(i);
        if (!final && !showsSuggestedCropOn(i))
            continue;
        // The same part of every picture; the focused one says how large it is.
        applyView(m_compare.focused(),
                  geometry(m_compare.focused()).showing(final ? *final : *m_group->suggestion->crop));
        return;
    }
}

// ---- comparing -----------------------------------------------------------------------------------------------------

void LightTable::setTwoUp(bool twoUp)
{
    if (m_compare.isTwoUp() == twoUp)
        return;
    m_compare.setTwoUp(twoUp);
    compareHasChanged();
    Q_EMIT wishesChanged();
}

void LightTable::stepFocus(int by)
{
    m_compare.step(by);
    compareHasChanged();
}

void LightTable::crown()
{
    m_compare.crown();
    compareHasChanged();
}

void LightTable::toggleMode(CompareState::Mode mode)
{
    m_compare.setMode(m_compare.mode() == mode ? CompareState::Mode::None : mode);
    update();
    Q_EMIT compareChanged();
}

void LightTable::stepMode(int by)
{
    constexpr double kDividerStep = 0.04;
    if (m_compare.mode() == CompareState::Mode::Swipe)
        m_compare.setDivider(m_compare.divider() + by * kDividerStep);
    else if (m_compare.mode() == CompareState::Mode::Difference)
        m_compare.stepGain(by);
    update();
}

void LightTable::setBlinking(bool isBlinking)
{
    if (isBlinking == m_blink.isActive() || (isBlinking && imageCount() < 2))
        return;
    m_blinkShowsPartner = isBlinking;
    if (isBlinking)
        m_blink.start();
    else
        m_blink.stop();
    update();
    Q_EMIT compareChanged();
}

int LightTable::shownIn(int index) const
{
    return index == m_compare.focused() && m_blinkShowsPartner ? m_compare.partner() : index;
}

std::shared_ptr<const Comparison> LightTable::comparison() const
{
    const Picture* const own = pictureOf(m_compare.focused());
    const Picture* const other = pictureOf(m_compare.partner());
    if (!own || !other || own == other || own->image.isNull() || other->image.isNull())
        return nullptr;
    return m_analysis.comparison(own->image, other->image);
}

// ---- overlays ------------------------------------------------------------------------------------------------------

void LightTable::setPeakingVisible(bool visible)
{
    m_showsPeaking = visible;
    update();
}

void LightTable::setClippingVisible(bool visible)
{
    m_showsClipping = visible;
    update();
}

void LightTable::setHistogramVisible(bool visible)
{
    m_showsHistogram = visible;
    update();
}

} // namespace ps
