// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the light table is painted; what it shows and how it moves is in light_table.cpp.
#include "core/library/filename.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/state_badge.h"
#include "ui/review/light_table.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr int kCaptionNameChars = 12; ///< of the name that stay before facts give way
constexpr int kCaptionGap = 12;

} // namespace

void LightTable::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colors().surround);
    if (m_panes.empty() && !m_text.isEmpty()) {
        painter.setPen(m_theme.colors().mutedText);
        painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_text);
    }
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
    const bool hasFull = pane.full && !pane.full->image.isNull();
    const QImage& image = hasFull ? pane.full->image : pane.fitted->image;
    QRectF target = pictureRect(pane);
    const double ratio = devicePixelRatioF();
    const double scale = target.width() * ratio / image.width();
    const bool isActual = std::abs(target.width() * ratio - image.width()) < 0.5;
    if (isActual) // each pixel on one of the screen
        target = {std::round(target.left() * ratio) / ratio, std::round(target.top() * ratio) / ratio,
                  image.width() / ratio, image.height() / ratio};
    // Enlarged pixels are shown as they are; everything else is interpolated.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, scale < 2 && !isActual);
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
    painter.drawText(pane.canvas.adjusted(16, pane.canvas.height() / 2 + 8, -16, -8),
                     Qt::AlignHCenter | Qt::TextWordWrap, text);
}

void LightTable::paintCropFrame(QPainter& painter, const QRectF& picture, const Crop& crop, const QColor& color,
                                bool isDashed)
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

void LightTable::paintGhost(QPainter& painter, const QRectF& picture, const Crop& crop)
{
    const QRectF box(picture.left() + crop.x1 * picture.width(), picture.top() + crop.y1 * picture.height(),
                     (crop.x2 - crop.x1) * picture.width(), (crop.y2 - crop.y1) * picture.height());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 3));
    painter.drawRect(box);
    painter.setPen(QPen(QColor(255, 255, 255, 220), 1.5, Qt::DashLine));
    painter.drawRect(box);
}

void LightTable::paintMarks(QPainter& painter, const Pane& pane, std::size_t index)
{
    const ThemeColors& colors = m_theme.colors();
    const QRectF picture = pictureRect(pane);
    if (const auto crop = finalCropOn(static_cast<int>(index)))
        paintCropFrame(painter, picture, *crop, colors.attention, false);
    else if (showsSuggestedCropOn(static_cast<int>(index)))
        paintCropFrame(painter, picture, *m_group->suggestion->crop, colors.accent, true);
    const auto& row = m_group->detail.row;
    const bool isChosen = row && row->action() && row->action() != Action::Reject &&
                          row->integer("user_selected_index") == static_cast<std::int64_t>(index);
    const bool isRejected = row && row->action() && !isChosen;
    if (isRejected)
        painter.fillRect(picture.intersected(QRectF(pane.canvas)), QColor(0, 0, 0, 110));
    if (const auto ghost = ghostOn(static_cast<int>(index)))
        paintGhost(painter, picture, *ghost);
    const auto& said = m_group->detail.marks.outcome;
    const bool isTiedHere = said && std::ranges::find(said->tied, static_cast<int>(index)) != said->tied.end();
    const bool isSaid = !row && said && (said->outcome != Outcome::Tie || isTiedHere);
    if (isChosen || (row && row->action() == Action::Reject) || isSaid) {
        const GroupState state = isSaid ? stateOfOutcome(said->outcome) : stateOfRow(row);
        paintStateBadge(painter, QRectF(pane.canvas.left() + 12, pane.canvas.top() + 12, 30, 30), state,
                        m_group->detail.entry.isFinalized, false, colors);
    }
}

QString LightTable::captionFacts(const Pane& pane, std::size_t index, const QFontMetrics& metrics, int room) const
{
    const auto& suggestion = m_group->suggestion;
    const bool isSuggested = m_isSuggestionVisible && !m_group->detail.row && suggestion &&
                             suggestion->imageIndex == static_cast<int>(index);
    QStringList facts;
    if (isSuggested)
        facts.append(QStringLiteral("◇ ") + tr("suggested"));
    if (pane.fitted && !pane.fitted->error) {
        facts.append(QStringLiteral("%1 × %2").arg(pane.fitted->info.size.width).arg(pane.fitted->info.size.height));
        facts.append(fromCore(formatName(pane.fitted->info.format)));
    }
    for (; !facts.isEmpty(); facts.removeLast()) { // the least important one stands last
        const QString text = facts.join(QStringLiteral("  "));
        if (metrics.horizontalAdvance(text) <= room)
            return text;
    }
    return isSuggested ? QStringLiteral("◇") : QString();
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
    const QFontMetrics metrics = painter.fontMetrics();
    const QString name = image.stage > 0 ? fromCore(stageText(fileName(image.path))) : fromCore(fileName(image.path));
    const int nameWidth = std::min(metrics.horizontalAdvance(name), metrics.averageCharWidth() * kCaptionNameChars);
    const QString facts = captionFacts(pane, index, metrics, bar.right() - x - kCaptionGap - nameWidth);
    const int factsWidth = metrics.horizontalAdvance(facts);
    painter.setClipRect(QRect(QPoint(x, bar.top()), bar.bottomRight())); // never over the key
    painter.setPen(colors.mutedText);
    painter.drawText(bar, Qt::AlignRight | Qt::AlignVCenter, facts);
    painter.setPen(colors.text);
    const QRect left(x, bar.top(), bar.right() - x - (facts.isEmpty() ? 0 : factsWidth + kCaptionGap), bar.height());
    if (left.width() > 0)
        painter.drawText(left, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(name, Qt::ElideMiddle, left.width()));
    painter.restore();
}

} // namespace ps
