// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/crop/crop_box.h"

#include <QSettings>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr const char* kRatiosSetting = "crop/ratios";
constexpr const char* kDefaultRatios = "1:1 4:5 4:3 3:2 16:9";

} // namespace

std::vector<CropRatio> parseRatios(const QString& text)
{
    constexpr int kMost = 10'000;
    std::vector<CropRatio> ratios;
    for (const QString& part : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QStringList sides = part.split(QLatin1Char(':'));
        const CropRatio ratio{CropRatio::Kind::Fixed, sides.value(0).toInt(), sides.value(1).toInt()};
        const bool isRatio = sides.size() == 2 && ratio.width > 0 && ratio.height > 0 && ratio.width <= kMost &&
                             ratio.height <= kMost;
        if (isRatio && std::ranges::find(ratios, ratio) == ratios.end())
            ratios.push_back(ratio);
    }
    return ratios;
}

QString ratioSetting()
{
    return QSettings().value(QLatin1String(kRatiosSetting), QLatin1String(kDefaultRatios)).toString();
}

void setRatioSetting(const QString& text)
{
    QStringList known;
    for (const CropRatio& ratio : parseRatios(text))
        known.append(QStringLiteral("%1:%2").arg(ratio.width).arg(ratio.height));
    QSettings().setValue(QLatin1String(kRatiosSetting),
                         known.isEmpty() ? QString::fromLatin1(kDefaultRatios) : known.join(QLatin1Char(' ')));
}

std::vector<CropRatio> cropRatios()
{
    std::vector<CropRatio> ratios{{CropRatio::Kind::Image, 1, 1}, {CropRatio::Kind::Free, 1, 1}};
    const std::vector<CropRatio> chosen = parseRatios(ratioSetting());
    ratios.insert(ratios.end(), chosen.begin(), chosen.end());
    return ratios;
}

double CropBox::ratioValue() const
{
    switch (m_ratio.kind) {
    case CropRatio::Kind::Image: return static_cast<double>(m_size.width) / m_size.height;
    case CropRatio::Kind::Free: return 0;
    case CropRatio::Kind::Fixed: return static_cast<double>(m_ratio.width) / m_ratio.height;
    }
    return 0;
}

void CropBox::place(double left, double top, double right, double bottom)
{
    PixelBox box{static_cast<int>(std::lround(left)), static_cast<int>(std::lround(top)),
                 static_cast<int>(std::lround(right)), static_cast<int>(std::lround(bottom))};
    box.x1 = std::clamp(box.x1, 0, m_size.width - 1);
    box.y1 = std::clamp(box.y1, 0, m_size.height - 1);
    box.x2 = std::clamp(box.x2, box.x1 + 1, m_size.width);
    box.y2 = std::clamp(box.y2, box.y1 + 1, m_size.height);
    m_box = box;
}

void CropBox::setBox(const PixelBox& box)
{
    place(box.x1, box.y1, box.x2, box.y2);
}

void CropBox::resizeFromTopLeft(double width, double height)
{
    const double roomX = m_size.width - m_box.x1;
    const double roomY = m_size.height - m_box.y1;
    if (ratioValue() > 0) {
        const double shrink = std::min({1.0, roomX / width, roomY / height});
        width *= shrink;
        height *= shrink;
    }
    place(m_box.x1, m_box.y1, m_box.x1 + std::min(width, roomX), m_box.y1 + std::min(height, roomY));
}

void CropBox::setWidth(int width)
{
    const double wanted = std::max(1, width);
    const double value = ratioValue();
    resizeFromTopLeft(wanted, value > 0 ? wanted / value : m_box.height());
}

void CropBox::setHeight(int height)
{
    const double wanted = std::max(1, height);
    const double value = ratioValue();
    resizeFromTopLeft(value > 0 ? wanted * value : m_box.width(), wanted);
}

void CropBox::setRatio(const CropRatio& ratio)
{
    m_ratio = ratio;
    if (m_size.isEmpty()) // no picture yet
        return;
    const double value = ratioValue();
    if (value <= 0)
        return;
    double width = m_box.width();
    double height = m_box.height();
    if (width / height > value)
        width = height * value;
    else
        height = width / value;
    const double centerX = (m_box.x1 + m_box.x2) / 2.0;
    const double centerY = (m_box.y1 + m_box.y2) / 2.0;
    place(centerX - width / 2, centerY - height / 2, centerX + width / 2, centerY + height / 2);
}

void CropBox::moveBy(int dx, int dy)
{
    dx = std::clamp(dx, -m_box.x1, m_size.width - m_box.x2);
    dy = std::clamp(dy, -m_box.y1, m_size.height - m_box.y2);
    m_box = {m_box.x1 + dx, m_box.y1 + dy, m_box.x2 + dx, m_box.y2 + dy};
}

namespace {

bool movesLeft(CropHandle handle)
{
    return handle == CropHandle::Left || handle == CropHandle::TopLeft || handle == CropHandle::BottomLeft;
}

bool movesRight(CropHandle handle)
{
    return handle == CropHandle::Right || handle == CropHandle::TopRight || handle == CropHandle::BottomRight;
}

bool movesTop(CropHandle handle)
{
    return handle == CropHandle::Top || handle == CropHandle::TopLeft || handle == CropHandle::TopRight;
}

bool movesBottom(CropHandle handle)
{
    return handle == CropHandle::Bottom || handle == CropHandle::BottomLeft || handle == CropHandle::BottomRight;
}

} // namespace

void CropBox::dragHandle(CropHandle handle, QPointF imagePoint, const PixelBox& start)
{
    double left = start.x1;
    double top = start.y1;
    double right = start.x2;
    double bottom = start.y2;
    const double x = std::clamp(imagePoint.x(), 0.0, static_cast<double>(m_size.width));
    const double y = std::clamp(imagePoint.y(), 0.0, static_cast<double>(m_size.height));
    if (movesLeft(handle))
        left = std::min(x, right - 1);
    if (movesRight(handle))
        right = std::max(x, left + 1);
    if (movesTop(handle))
        top = std::min(y, bottom - 1);
    if (movesBottom(handle))
        bottom = std::max(y, top + 1);
    if (const double value = ratioValue(); value > 0) {
        const bool isWidthLed = movesLeft(handle) || movesRight(handle);
        const bool isHeightLed = movesTop(handle) || movesBottom(handle);
        double width = right - left;
        double height = bottom - top;
        if (isWidthLed && isHeightLed) // a corner follows the side that asks for more
            width = std::max(width, height * value), height = width / value;
        else if (isWidthLed)
            height = width / value;
        else
            width = height * value;
        // The room on the side that moves bounds both; a side handle grows evenly about the middle of the other axis.
        const double centerX = (start.x1 + start.x2) / 2.0;
        const double centerY = (start.y1 + start.y2) / 2.0;
        const double roomX = movesLeft(handle)    ? start.x2
                             : movesRight(handle) ? m_size.width - start.x1
                                                  : 2 * std::min(centerX, m_size.width - centerX);
        const double roomY = movesTop(handle)      ? start.y2
                             : movesBottom(handle) ? m_size.height - start.y1
                                                   : 2 * std::min(centerY, m_size.height - centerY);
        const double shrink = std::min({1.0, roomX / width, roomY / height});
        width *= shrink;
        height *= shrink;
        left = movesLeft(handle) ? start.x2 - width : movesRight(handle) ? start.x1 : centerX - width / 2;
        top = movesTop(handle) ? start.y2 - height : movesBottom(handle) ? start.y1 : centerY - height / 2;
        right = left + width;
        bottom = top + height;
    }
    place(left, top, right, bottom);
}

void CropBox::drawFrom(QPointF anchor, QPointF imagePoint)
{
    const bool toRight = imagePoint.x() >= anchor.x();
    const bool toBottom = imagePoint.y() >= anchor.y();
    const int x = std::clamp(static_cast<int>(anchor.x()), 0, m_size.width - 1);
    const int y = std::clamp(static_cast<int>(anchor.y()), 0, m_size.height - 1);
    const PixelBox start{toRight ? x : x - 1, toBottom ? y : y - 1, toRight ? x + 1 : x, toBottom ? y + 1 : y};
    const CropHandle handle = toRight ? (toBottom ? CropHandle::BottomRight : CropHandle::TopRight)
                                      : (toBottom ? CropHandle::BottomLeft : CropHandle::TopLeft);
    dragHandle(handle, imagePoint, start);
}

void CropBox::resizeBy(int dx, int dy)
{
    const double value = ratioValue();
    const bool isWidthLed = std::abs(dx) >= std::abs(dy);
    if (value > 0 && isWidthLed)
        dragHandle(CropHandle::Right, QPointF(m_box.x2 + dx, m_box.y2), m_box);
    else if (value > 0)
        dragHandle(CropHandle::Bottom, QPointF(m_box.x2, m_box.y2 + dy), m_box);
    else
        dragHandle(CropHandle::BottomRight, QPointF(m_box.x2 + dx, m_box.y2 + dy), m_box);
}

void CropBox::resizeTopLeftBy(int dx, int dy)
{
    const double value = ratioValue();
    const bool isWidthLed = std::abs(dx) >= std::abs(dy);
    QPointF corner(m_box.x1 + dx, m_box.y1 + dy);
    if (value > 0 && isWidthLed) // the other side follows
        corner.setY(m_box.y2 - (m_box.x2 - corner.x()) / value);
    else if (value > 0)
        corner.setX(m_box.x2 - (m_box.y2 - corner.y()) * value);
    dragHandle(CropHandle::TopLeft, corner, m_box);
}

void CropBox::growBy(int dx, int dy)
{
    const double value = ratioValue();
    double width = m_box.width() + 2.0 * dx;
    double height = m_box.height() + 2.0 * dy;
    if (value > 0 && std::abs(dx) >= std::abs(dy))
        height = width / value;
    else if (value > 0)
        width = height * value;
    placeAbout((m_box.x1 + m_box.x2) / 2.0, (m_box.y1 + m_box.y2) / 2.0, width, height);
}

void CropBox::mirrorAbout(const PixelBox& start)
{
    const double centerX = (start.x1 + start.x2) / 2.0;
    const double centerY = (start.y1 + start.y2) / 2.0;
    const auto moved = [](int now1, int now2, int was1, int was2) { // how far the side that moved most went outwards
        const int first = was1 - now1;
        const int second = now2 - was2;
        return std::abs(first) > std::abs(second) ? first : second;
    };
    placeAbout(centerX, centerY, start.width() + 2.0 * moved(m_box.x1, m_box.x2, start.x1, start.x2),
               start.height() + 2.0 * moved(m_box.y1, m_box.y2, start.y1, start.y2));
}

void CropBox::placeAbout(double centerX, double centerY, double width, double height)
{
    width = std::max(width, 1.0);
    height = std::max(height, 1.0);
    const double roomX = 2 * std::min(centerX, m_size.width - centerX);
    const double roomY = 2 * std::min(centerY, m_size.height - centerY);
    if (ratioValue() > 0) {
        const double shrink = std::min({1.0, roomX / width, roomY / height});
        width *= shrink;
        height *= shrink;
    }
    width = std::min(width, roomX);
    height = std::min(height, roomY);
    place(centerX - width / 2, centerY - height / 2, centerX + width / 2, centerY + height / 2);
}

CropHandle CropBox::handleAt(QPointF point, double reach) const
{
    // In a small box the handles give way, so that its inside can still be taken hold of.
    const double reachX = std::min(reach, std::max(1.0, m_box.width() / 3.0));
    const double reachY = std::min(reach, std::max(1.0, m_box.height() / 3.0));
    const auto near = [](double a, double b, double distance) { return std::abs(a - b) <= distance; };
    const bool isWithinX = point.x() >= m_box.x1 - reach && point.x() <= m_box.x2 + reach;
    const bool isWithinY = point.y() >= m_box.y1 - reach && point.y() <= m_box.y2 + reach;
    if (!isWithinX || !isWithinY)
        return CropHandle::None;
    const bool left = near(point.x(), m_box.x1, point.x() < m_box.x1 ? reach : reachX);
    const bool right = near(point.x(), m_box.x2, point.x() > m_box.x2 ? reach : reachX);
    const bool top = near(point.y(), m_box.y1, point.y() < m_box.y1 ? reach : reachY);
    const bool bottom = near(point.y(), m_box.y2, point.y() > m_box.y2 ? reach : reachY);
    if (top && left)
        return CropHandle::TopLeft;
    if (top && right)
        return CropHandle::TopRight;
    if (bottom && left)
        return CropHandle::BottomLeft;
    if (bottom && right)
        return CropHandle::BottomRight;
    if (left)
        return CropHandle::Left;
    if (right)
        return CropHandle::Right;
    if (top)
        return CropHandle::Top;
    if (bottom)
        return CropHandle::Bottom;
    return CropHandle::Inside;
}

std::vector<CropLint> lintCrop(const CropBox& box, const CropLintOptions& options, bool hasUniformBorder)
{
    std::vector<CropLint> lint;
    if (box.isFullFrame())
        lint.push_back(CropLint::FullFrame);
    if (std::min(box.box().width(), box.box().height()) < options.minSidePx)
        lint.push_back(CropLint::TooSmall);
    if (hasUniformBorder && !box.isFullFrame())
        lint.push_back(CropLint::Letterbox);
    return lint;
}

} // namespace ps
