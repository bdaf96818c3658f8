// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a group is painted where; what it shows and how it moves is in light_table.cpp.
#include "core/library/filename.h"
#include "ui/common/detected_boxes_painter.h"
#include "ui/common/error_text.h"
#include "ui/common/state_badge.h"
#include "ui/review/candidate_facts.h"
#include "ui/review/light_table.h"
#include "ui/review/pane_painter.h"
#include "ui/review/suggestion_mark.h"

#include <QLocale>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

const QColor kAmber(0xf2, 0xa9, 0x3b); ///< on pictures, in both themes
const QColor kBlue(0x4d, 0x8d, 0xff);

} // namespace

void LightTable::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_theme.colors().surround);
    PanePainter marks(painter, m_theme.colors(), font());
    if (m_panes.empty() && !m_text.isEmpty()) {
        painter.setPen(m_theme.colors().mutedText);
        painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_text);
    }
    const std::vector<int> visible = m_compare.visible();
    for (const int index : visible) {
        if (pane(index).place.frame.intersects(event->rect()))
            paintPane(painter, marks, index);
    }
    for (int i = 0; i < imageCount(); ++i) {
        const QRect chip = chipRect(i);
        if (!chip.isEmpty())
            marks.chip(chip, pictureOf(i) ? pictureOf(i)->image : QImage(), QString::number(i + 1),
                       i == m_compare.challenger(), i == m_compare.champion());
        if (!chip.isEmpty() && marksSuggestionOn(i)) { // its pane may be out of sight
            marks.suggested(chip);
            m_hasPaintedSuggestion = true;
        }
    }
}

QRect LightTable::chipRect(int index) const
{
    if (!m_compare.isTwoUp() || imageCount() < 3)
        return {};
    constexpr int kGap = 8;
    const int top = paneArea(imageCount()).height();
    const int width = std::min(116, (this->width() - 2 * kPaneGap) / imageCount() - kGap);
    const int all = imageCount() * (width + kGap) - kGap;
    return {(this->width() - all) / 2 + index * (width + kGap), top, width, height() - top - kPaneGap};
}

void LightTable::paintPane(QPainter& painter, PanePainter& marks, int index)
{
    const QRect canvas = pane(index).place.canvas;
    painter.save();
    painter.setClipRect(canvas, Qt::IntersectClip);
    if (pane(index).picture.content() != PanePicture::Content::Nothing) {
        paintPicture(painter, marks, index);
    } else {
        const GroupImage& image = m_group->detail.images[static_cast<std::size_t>(index)];
        const Picture* const picture = pictureOf(index);
        QString text = tr("Loading...");
        if (picture && picture->error)
            text = errorText(*picture->error).summary;
        if (image.isMissing)
            text = tr("The file is missing.");
        marks.placeholder(canvas, text, image.isMissing || picture);
    }
    painter.restore();
    paintCaption(marks, index);
    if (index == m_compare.focused() && imageCount() > 1)
        marks.focusFrame(pane(index).place.frame);
}

// ---- pictures ------------------------------------------------------------------------------------------------------

void LightTable::paintPicture(QPainter& painter, PanePainter& marks, int index)
{
    const Pane& one = pane(index);
    if (one.picture.content() == PanePicture::Content::Previous) { // of the group before: nothing else is known of it
        one.picture.paint(painter, pictureRect(index), one.place.canvas);
        return;
    }
    const bool isCompared = index == m_compare.focused() && imageCount() > 1;
    if (isCompared && (isBlinking() || m_compare.mode() != CompareState::Mode::None))
        paintComparison(painter, marks, index);
    else
        one.picture.paint(painter, pictureRect(index), one.place.canvas);
    paintOverlays(painter, marks, index);
    if (!isCompared || m_compare.mode() != CompareState::Mode::Difference)
        paintDecision(painter, marks, index);
}

/// Where the partner's picture goes so that its content lies on that of the focused one.
QRectF LightTable::partnerRect(int index) const
{
    const QRectF own = pictureRect(index);
    const auto compared = comparison();
    const Picture* const reference = pictureOf(index);
    const Picture* const other = pictureOf(m_compare.partner());
    if (!compared || !compared->registration || !reference || !other)
        return own;
    const Registration& found = *compared->registration;
    const double points = own.width() / reference->image.width(); // for one pixel of the reference
    return {own.left() - found.shiftX / found.scale * points, own.top() - found.shiftY / found.scale * points,
            other->image.width() / found.scale * points, other->image.height() / found.scale * points};
}

void LightTable::paintComparison(QPainter& painter, PanePainter& marks, int index)
{
    const QRect canvas = pane(index).place.canvas;
    const QRect seen = seenPart(index);
    const PanePicture& own = pane(index).picture;
    const int partner = m_compare.partner();
    const PanePicture& other = pane(partner).picture;
    if (!other.hasPicture()) {
        own.paint(painter, pictureRect(index), canvas);
        return;
    }
    const auto compared = comparison();
    const QString unaligned = compared && !compared->registration ? tr("not aligned") : QString();
    const auto named = [&](int which) {
        return which == m_compare.champion() && m_compare.isChampionChosen() ? tr("%1 champion").arg(which + 1)
                                                                             : QString::number(which + 1);
    };
    if (isBlinking()) {
        const int shown = shownIn(index);
        if (shown == partner)
            other.paint(painter, partnerRect(index), canvas);
        else
            own.paint(painter, pictureRect(index), canvas);
        marks.pill(seen, Qt::AlignTop | Qt::AlignHCenter, named(shown), shown == partner ? kAmber : kBlue);
    } else if (m_compare.mode() == CompareState::Mode::Swipe) {
        const double x = seen.left() + seen.width() * m_compare.divider();
        own.paint(painter, pictureRect(index), canvas);
        painter.save();
        const QRectF left(canvas.left(), canvas.top(), x - canvas.left(), canvas.height());
        painter.setClipRect(left, Qt::IntersectClip);
        painter.fillRect(left, m_theme.colors().surround);
        other.paint(painter, partnerRect(index), left);
        painter.restore();
        marks.divider(seen, x);
        marks.pill(seen, Qt::AlignTop | Qt::AlignLeft, named(partner), kAmber);
        marks.pill(seen, Qt::AlignTop | Qt::AlignRight, named(index), kBlue);
    } else {
        const QImage heat = m_analysis.heat(own.fitted()->image, other.fitted()->image, m_compare.gain());
        if (heat.isNull()) {
            own.paint(painter, pictureRect(index), canvas);
            marks.pill(seen, Qt::AlignTop | Qt::AlignHCenter, tr("Comparing..."));
            return;
        }
        paintPixels(painter, heat, pictureRect(index), canvas);
        marks.pill(seen, Qt::AlignTop | Qt::AlignHCenter, tr("%1 against %2").arg(named(index), named(partner)));
        if (compared) {
            const QLocale locale;
            marks.differenceLegend(seen, m_compare.gain(),
                                   tr("mean %1 · 95 % below %2")
                                       .arg(locale.toString(compared->map.mean, 'f', 1))
                                       .arg(compared->map.percentile95 + 1));
        }
    }
    if (!unaligned.isEmpty())
        marks.pill(seen, Qt::AlignBottom | Qt::AlignRight, unaligned);
}

void LightTable::paintOverlays(QPainter& painter, PanePainter& marks, int index)
{
    const bool isMap = index == m_compare.focused() && m_compare.mode() == CompareState::Mode::Difference;
    const int shown = shownIn(index);
    const Picture* const picture = pictureOf(shown);
    if (isMap || !picture || picture->image.isNull())
        return;
    const QRect canvas = pane(index).place.canvas;
    const QRectF target = shown == index ? pictureRect(index) : partnerRect(index);
    if (m_showsPeaking) {
        if (const QImage edges = m_analysis.peaking(picture->image, kAmber); !edges.isNull())
            paintPixels(painter, edges, target, canvas);
    }
    if (m_showsClipping) {
        if (const QImage stripes = m_analysis.clipping(picture->image, kAmber, kBlue); !stripes.isNull())
            paintPixels(painter, stripes, target, canvas);
    }
    if (m_showsHistogram) {
        if (const auto tones = m_analysis.histogram(picture->image))
            marks.histogram(seenPart(index), *tones);
    }
}

// ---- marks ---------------------------------------------------------------------------------------------------------

void LightTable::paintDecision(QPainter& painter, PanePainter& marks, int index)
{
    const ThemeColors& colors = m_theme.colors();
    const QRectF picture = pictureRect(index);
    const QRect canvas = pane(index).place.canvas;
    if (const auto crop = finalCropOn(index))
        marks.cropFrame(picture, *crop, colors.attention, false);
    else if (showsSuggestedCropOn(index))
        marks.cropFrame(picture, *m_group->suggestion->crop, colors.accent, true);
    const auto& row = m_group->detail.row;
    const bool isChosen = row && row->action() && row->action() != Action::Reject &&
                          row->integer("user_selected_index") == static_cast<std::int64_t>(index);
    const bool isRejected = row && row->action() && !isChosen;
    if (isRejected && !isBlinking())
        painter.fillRect(picture.intersected(QRectF(canvas)), QColor(0, 0, 0, 110));
    if (const auto ghost = ghostOn(index))
        marks.ghost(picture, *ghost);
    paintSuggestion(painter, index);
    const auto& said = m_group->detail.marks.outcome;
    const bool isTiedHere = said && std::ranges::find(said->tied, index) != said->tied.end();
    const bool isSaid = !row && said && (said->outcome != Outcome::Tie || isTiedHere);
    if (isChosen || (row && row->action() == Action::Reject) || isSaid) {
        const GroupState state = isSaid ? stateOfOutcome(said->outcome) : stateOfRow(row);
        paintStateBadge(painter, QRectF(canvas.left() + 12, canvas.top() + 12, 30, 30), state,
                        m_group->detail.entry.isFinalized, false, colors);
    }
}

/// A quiet mark on the suggested picture. Nothing of it is painted on decided groups: there the decision counts.
void LightTable::paintSuggestion(QPainter& painter, int index)
{
    if (m_showsBoxes)
        paintDetectedBoxes(painter, pictureRect(index), pane(index).place.canvas, m_group->offer.boxes, index,
                           m_theme.colors(), font());
    if (!m_group->suggestion || !m_isSuggestionVisible || m_group->detail.row)
        return;
    const bool isExpanded = m_showsReasons || m_hoversMark;
    if (isExpanded) {
        for (const ReasonWords& reason : m_reasons) {
            if (reason.imageIndex == index)
                paintReasonRegion(painter, pictureRect(index), reason, m_theme.colors(), font());
        }
    }
    if (!marksSuggestionOn(index))
        return;
    SuggestionMark mark;
    if (const auto& confidence = m_group->suggestion->confidence)
        mark.head = tr("%1 %").arg(std::lround(*confidence * 100));
    mark.reasons = m_reasons;
    mark.isExpanded = isExpanded;
    m_suggestionMark = paintSuggestionMark(painter, seenPart(index), mark, m_theme.colors(), font());
    m_hasPaintedSuggestion = true;
}

QString LightTable::nameOf(int index) const
{
    const GroupImage& image = m_group->detail.images[static_cast<std::size_t>(index)];
    return image.stage > 0 ? fromCore(stageText(fileName(image.path))) : fromCore(fileName(image.path));
}

QStringList LightTable::captionFacts(int index) const
{
    const Picture* const picture = pictureOf(index);
    QStringList facts;
    if (!picture || picture->error)
        return facts;
    const ImageSize size = picture->info.size;
    if (m_pointedAt) { // the same place of every picture
        const QPointF at(std::clamp(m_pointedAt->x() + m_views.offset(index).x(), 0.0, 1.0),
                         std::clamp(m_pointedAt->y() + m_views.offset(index).y(), 0.0, 1.0));
        if (const auto color = pane(index).picture.colorAt(at))
            facts.append(QStringLiteral("%1 %2 %3").arg(qRed(*color)).arg(qGreen(*color)).arg(qBlue(*color)));
        facts.append(QStringLiteral("x %1  y %2")
                         .arg(static_cast<int>(at.x() * size.width))
                         .arg(static_cast<int>(at.y() * size.height)));
        return facts;
    }
    if (marksSuggestionOn(index))
        facts.append(QStringLiteral("◇ ") + tr("suggested"));
    const PaneView view = m_views.view(index);
    if (view.zoom != 1)
        facts.append(tr("%1 %").arg(std::lround(geometry(index).screenPixelsPerPixel(view) * 100)));
    facts.append(QStringLiteral("%1 × %2").arg(size.width).arg(size.height));
    facts.append(fromCore(formatName(picture->info.format)));
    return facts;
}

void LightTable::paintCaption(PanePainter& marks, int index)
{
    const PaneFrame& place = pane(index).place;
    const QRect bar(place.frame.left() + 8, place.canvas.bottom() + 1, place.frame.width() - 16,
                    kPaneCaptionHeight - 3);
    PanePainter::Caption caption;
    if (imageCount() > 1)
        caption.number = QString::number(index + 1);
    caption.name = nameOf(index);
    caption.facts = captionFacts(index);
    if (imageCount() > 1 && !m_pointedAt) {
        std::vector<const Picture*> pictures;
        for (int i = 0; i < imageCount(); ++i)
            pictures.push_back(pictureOf(i));
        caption.badges = CandidateFacts(m_group->detail.images, std::move(pictures)).badges(index);
    }
    caption.isFocused = index == m_compare.focused();
    caption.isChampion = imageCount() > 1 && m_compare.isChampionChosen() && index == m_compare.champion();
    caption.isUnlocked = m_views.isLocked() && !m_views.isPaneLocked(index);
    marks.caption(bar, caption);
}

} // namespace ps
