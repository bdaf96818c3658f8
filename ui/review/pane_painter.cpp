// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/pane_painter.h"

#include "core/imaging/difference.h"
#include "ui/common/icons.h"
#include "ui/review/pane_layout.h"

#include <QCoreApplication>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace ps {

namespace {

constexpr int kCaptionNameChars = 12; ///< of the name that stay before facts give way
constexpr int kCaptionGap = 12;
constexpr int kInset = 10;
const QColor kShade(12, 13, 15, 205); ///< behind texts on pictures, in both themes
const QColor kOnShade(0xf2, 0xf3, 0xf5);

} // namespace

PanePainter::PanePainter(QPainter& painter, const ThemeColors& colors, const QFont& font)
    : m_painter(painter), m_colors(colors), m_font(font)
{
}

// ---- below the picture ---------------------------------------------------------------------------------------------

void PanePainter::keyCap(const QRect& place, const QString& number, bool isFocused)
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(QPen(isFocused ? m_colors.accent : m_colors.line, 1));
    m_painter.setBrush(m_colors.panel);
    m_painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    QFont font = m_font;
    font.setWeight(QFont::DemiBold);
    m_painter.setFont(font);
    m_painter.setPen(isFocused ? m_colors.accent : m_colors.text);
    m_painter.drawText(place, Qt::AlignCenter, number);
    m_painter.restore();
}

void PanePainter::crown(const QPointF& middle, double size)
{
    QPainterPath path;
    const auto at = [&](double x, double y) { return middle + QPointF(x * size, y * size); };
    path.moveTo(at(-0.5, 0.4));
    path.lineTo(at(-0.55, -0.3));
    path.lineTo(at(-0.22, 0.02));
    path.lineTo(at(0, -0.45));
    path.lineTo(at(0.22, 0.02));
    path.lineTo(at(0.55, -0.3));
    path.lineTo(at(0.5, 0.4));
    path.closeSubpath();
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_colors.attention);
    m_painter.drawPath(path);
    m_painter.restore();
}

void PanePainter::caption(const QRect& bar, const Caption& caption)
{
    m_painter.save();
    m_painter.setFont(m_font);
    const QFontMetrics metrics = m_painter.fontMetrics();
    int x = bar.left();
    if (!caption.number.isEmpty()) {
        const QRect cap(x, bar.center().y() - 10, 20, 20);
        keyCap(cap, caption.number, caption.isFocused);
        x = cap.right() + 9;
    }
    if (caption.isChampion) {
        crown(QPointF(x + 8, bar.center().y() + 1), 15);
        x += 24;
    }
    m_painter.setClipRect(QRect(QPoint(x, bar.top()), bar.bottomRight())); // never over the key
    const int nameWidth = std::min(metrics.horizontalAdvance(caption.name),
                                   metrics.averageCharWidth() * kCaptionNameChars);
    int room = bar.right() - x - kCaptionGap - nameWidth;
    int right = bar.right();
    QStringList facts = caption.facts;
    if (caption.isUnlocked)
        facts.prepend(QCoreApplication::translate("LightTable", "unlocked"));
    QString text = facts.join(QStringLiteral("  "));
    while (!facts.isEmpty() && metrics.horizontalAdvance(text) > room) { // the least important one stands last
        facts.removeLast();
        text = facts.join(QStringLiteral("  "));
    }
    if (!text.isEmpty()) {
        m_painter.setPen(m_colors.mutedText);
        m_painter.drawText(bar, Qt::AlignRight | Qt::AlignVCenter, text);
        const int width = metrics.horizontalAdvance(text) + kCaptionGap;
        right -= width;
        room -= width;
    }
    for (const QString& badge : caption.badges) {
        const int width = metrics.horizontalAdvance(badge) + 12;
        if (width > room)
            break;
        const QRectF box(right - width, bar.center().y() - 9, width, 19);
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(m_colors.attention, 1));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        m_painter.drawText(box, Qt::AlignCenter, badge);
        right -= width + 6;
        room -= width + 6;
    }
    m_painter.setPen(m_colors.text);
    const QRect left(x, bar.top(), right - x, bar.height());
    if (left.width() > 0)
        m_painter.drawText(left, Qt::AlignLeft | Qt::AlignVCenter,
                           metrics.elidedText(caption.name, Qt::ElideMiddle, left.width()));
    m_painter.restore();
}

void PanePainter::focusFrame(const QRect& frame)
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(QPen(m_colors.accent, kPaneBorder));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(QRectF(frame).adjusted(1, 1, -1, -1), 5, 5);
    m_painter.restore();
}

// ---- on the picture ------------------------------------------------------------------------------------------------

void PanePainter::placeholder(const QRect& canvas, const QString& text, bool isBroken)
{
    if (isBroken) {
        const QRect middle(canvas.center().x() - 20, canvas.center().y() - 40, 40, 40);
        const double ratio = m_painter.device()->devicePixelRatioF();
        m_painter.drawPixmap(middle, iconPixmap(QStringLiteral("image-broken"), m_colors.mutedText, 40, ratio));
    }
    m_painter.setPen(isBroken ? m_colors.attention : m_colors.mutedText);
    m_painter.drawText(canvas.adjusted(16, canvas.height() / 2 + 8, -16, -8), Qt::AlignHCenter | Qt::TextWordWrap,
                       text);
}

namespace {

QRectF boxOn(const QRectF& picture, const Crop& crop)
{
    return {picture.left() + crop.x1 * picture.width(), picture.top() + crop.y1 * picture.height(),
            (crop.x2 - crop.x1) * picture.width(), (crop.y2 - crop.y1) * picture.height()};
}

} // namespace

void PanePainter::ghost(const QRectF& picture, const Crop& crop)
{
    const QRectF box = boxOn(picture, crop);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(QColor(0, 0, 0, 150), 3));
    m_painter.drawRect(box);
    m_painter.setPen(QPen(QColor(255, 255, 255, 220), 1.5, Qt::DashLine));
    m_painter.drawRect(box);
}

void PanePainter::cropFrame(const QRectF& picture, const Crop& crop, const QColor& color, bool isDashed)
{
    const QRectF box = boxOn(picture, crop);
    QPainterPath outside;
    outside.addRect(picture);
    outside.addRect(box);
    m_painter.fillPath(outside, QColor(0, 0, 0, isDashed ? 70 : 120));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(QColor(0, 0, 0, 140), 4));
    m_painter.drawRect(box);
    m_painter.setPen(QPen(color, 2, isDashed ? Qt::DashLine : Qt::SolidLine));
    m_painter.drawRect(box);
}

void PanePainter::pill(const QRect& canvas, Qt::Alignment place, const QString& text, const QColor& mark)
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    QFont font = m_font;
    font.setWeight(QFont::DemiBold);
    m_painter.setFont(font);
    const int markWidth = mark.isValid() ? 14 : 0;
    const int width = std::min(m_painter.fontMetrics().horizontalAdvance(text) + 22 + markWidth, canvas.width() - 8);
    const QRect inside = canvas.adjusted(kInset, kInset, -kInset, -kInset);
    int x = inside.left();
    if (place & Qt::AlignRight)
        x = inside.right() - width;
    else if (place & Qt::AlignHCenter)
        x = inside.center().x() - width / 2;
    const QRect box(x, place & Qt::AlignBottom ? inside.bottom() - 26 : inside.top(), width, 26);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(kShade);
    m_painter.drawRoundedRect(box, 13, 13);
    if (mark.isValid()) {
        m_painter.setBrush(mark);
        m_painter.drawEllipse(QPointF(box.left() + 15, box.center().y() + 0.5), 4, 4);
    }
    m_painter.setPen(kOnShade);
    m_painter.drawText(box.adjusted(11 + markWidth, 0, -9, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
    m_painter.restore();
}

void PanePainter::divider(const QRect& canvas, double x)
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    const QPointF top(x, canvas.top());
    const QPointF bottom(x, canvas.bottom() + 1);
    m_painter.setPen(QPen(QColor(0, 0, 0, 130), 4));
    m_painter.drawLine(top, bottom);
    m_painter.setPen(QPen(Qt::white, 2));
    m_painter.drawLine(top, bottom);
    const QPointF middle(x, canvas.center().y());
    m_painter.setPen(QPen(QColor(0, 0, 0, 110), 1));
    m_painter.setBrush(Qt::white);
    m_painter.drawEllipse(middle, 15, 15);
    m_painter.setPen(QPen(QColor(0x20, 0x22, 0x26), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (const double side : {-1.0, 1.0}) {
        const QPointF tip = middle + QPointF(side * 9, 0);
        m_painter.drawPolyline(QPolygonF{tip + QPointF(-side * 4, -4), tip, tip + QPointF(-side * 4, 4)});
    }
    m_painter.restore();
}

void PanePainter::histogram(const QRect& canvas, const Histogram& values)
{
    const QSize size(std::min(200, canvas.width() / 2), std::min(96, canvas.height() / 3));
    if (size.width() < 40 || size.height() < 24)
        return;
    const QRectF box(canvas.right() - kInset - size.width(), canvas.bottom() - kInset - size.height(), size.width(),
                     size.height());
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(QColor(12, 13, 15, 190));
    m_painter.drawRoundedRect(box, 6, 6);
    const QRectF plot = box.adjusted(8, 8, -8, -7);
    // The ends may hold most of the pixels and say nothing about the shape between them.
    std::uint32_t highest = 1;
    for (const auto* curve : {&values.red, &values.green, &values.blue, &values.luma})
        highest = std::max(highest, *std::max_element(curve->begin() + 2, curve->end() - 2));
    const auto draw = [&](const std::array<std::uint32_t, 256>& curve, const QColor& color, bool isFilled) {
        QPainterPath path;
        path.moveTo(plot.bottomLeft());
        for (std::size_t i = 0; i < curve.size(); ++i) {
            const double height = std::min(1.0, std::sqrt(static_cast<double>(curve[i]) / highest));
            path.lineTo(plot.left() + plot.width() * static_cast<double>(i) / 255,
                        plot.bottom() - plot.height() * height);
        }
        path.lineTo(plot.bottomRight());
        if (isFilled) {
            path.closeSubpath();
            m_painter.fillPath(path, color);
        } else {
            m_painter.strokePath(path, QPen(color, 1.2));
        }
    };
    draw(values.luma, QColor(225, 227, 232, 70), true);
    draw(values.red, QColor(255, 110, 96), false);
    draw(values.green, QColor(116, 214, 128), false);
    draw(values.blue, QColor(106, 160, 255), false);
    m_painter.restore();
}

void PanePainter::differenceLegend(const QRect& canvas, double gain, const QString& figures)
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setFont(m_font);
    const QFontMetrics metrics = m_painter.fontMetrics();
    constexpr int kRampWidth = 110;
    const QString largest = QString::number(std::lround(255 / gain));
    const int width = kRampWidth + metrics.horizontalAdvance(QStringLiteral("0") + largest + figures) + 50;
    const QRect box(canvas.left() + kInset, canvas.bottom() - kInset - 28, std::min(width, canvas.width() - 2 * kInset),
                    28);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(kShade);
    m_painter.drawRoundedRect(box, 14, 14);
    m_painter.setClipRect(box.adjusted(6, 0, -6, 0));
    m_painter.setPen(kOnShade);
    int x = box.left() + 12;
    const auto write = [&](const QString& text) {
        m_painter.drawText(QRect(x, box.top(), box.right() - x, box.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += metrics.horizontalAdvance(text) + 6;
    };
    write(QStringLiteral("0"));
    QLinearGradient ramp(x, 0, x + kRampWidth, 0);
    constexpr int kStops = 16;
    for (int i = 0; i <= kStops; ++i)
        ramp.setColorAt(static_cast<double>(i) / kStops, QColor::fromRgb(heatColour(255.0 * i / kStops)));
    m_painter.setPen(QPen(QColor(255, 255, 255, 60), 1));
    m_painter.setBrush(ramp);
    m_painter.drawRoundedRect(QRectF(x, box.center().y() - 4, kRampWidth, 9), 3, 3);
    m_painter.setPen(kOnShade);
    x += kRampWidth + 6;
    write(largest);
    x += 8;
    write(figures);
    m_painter.restore();
}

void PanePainter::chip(const QRect& place, const QImage& image, const QString& number, bool isFocused, bool isChampion)
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(QPen(isFocused ? m_colors.accent : m_colors.line, isFocused ? 2 : 1));
    m_painter.setBrush(m_colors.panel);
    m_painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), 6, 6);
    const QRect cap(place.left() + 6, place.center().y() - 9, 20, 20);
    keyCap(cap, number, isFocused);
    const QRect room(cap.right() + 6, place.top() + 4, place.right() - cap.right() - 10, place.height() - 8);
    if (!image.isNull()) {
        const QSize size = image.size().scaled(room.size(), Qt::KeepAspectRatio);
        m_painter.setRenderHint(QPainter::SmoothPixmapTransform);
        m_painter.drawImage(
            QRect(room.topLeft() + QPoint((room.width() - size.width()) / 2, (room.height() - size.height()) / 2),
                  size),
            image);
    }
    if (isChampion)
        crown(QPointF(place.right() - 11, place.top() + 11), 13);
    m_painter.restore();
}

void PanePainter::suggested(const QRect& chip)
{
    constexpr double kHalf = 5;
    const QPointF middle(chip.right() - 11, chip.bottom() - 11);
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(QPen(m_colors.accent, 1.8));
    m_painter.setBrush(m_colors.panel);
    m_painter.drawPolygon(QPolygonF{middle + QPointF(0, -kHalf), middle + QPointF(kHalf, 0), middle + QPointF(0, kHalf),
                                    middle + QPointF(-kHalf, 0)});
    m_painter.restore();
}

} // namespace ps
