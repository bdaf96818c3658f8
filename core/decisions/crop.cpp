// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/crop.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace ps {

bool isValid(const Crop& crop)
{
    return 0 <= crop.x1 && crop.x1 < crop.x2 && crop.x2 <= 1 && 0 <= crop.y1 && crop.y1 < crop.y2 && crop.y2 <= 1;
}

namespace {

struct Span {
    int begin = 0;
    int end = 0;
};

Span toPixelSpan(double begin, double end, int dimension)
{
    Span span{static_cast<int>(begin * dimension), static_cast<int>(end * dimension)};
    span.begin = std::clamp(span.begin, 0, dimension - 1);
    span.end = std::clamp(span.end, 1, dimension);
    if (span.end <= span.begin)
        span.end = span.begin + 1;
    return span;
}

double toFraction(int pixel, int dimension)
{
    const double exactDimension = dimension;
    double fraction = pixel / exactDimension;
    // The division rounds to nearest; when it rounded down, the product would truncate to one pixel less.
    if (std::fma(fraction, exactDimension, -static_cast<double>(pixel)) < 0)
        fraction = std::nextafter(fraction, std::numeric_limits<double>::infinity());
    return std::min(fraction, 1.0);
}

double roundedToFourDecimals(double value)
{
    std::array<char, 64> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 4).ptr;
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    return parseDouble(text).value_or(value);
}

double area(const Crop& crop)
{
    return (crop.x2 - crop.x1) * (crop.y2 - crop.y1);
}

} // namespace

std::optional<PixelBox> toPixels(const Crop& crop, ImageSize size)
{
    if (!isValid(crop) || size.isEmpty())
        return std::nullopt;
    const Span x = toPixelSpan(crop.x1, crop.x2, size.width);
    const Span y = toPixelSpan(crop.y1, crop.y2, size.height);
    return PixelBox{x.begin, y.begin, x.end, y.end};
}

Crop fromPixels(const PixelBox& box, ImageSize size)
{
    return {toFraction(box.x1, size.width), toFraction(box.y1, size.height), toFraction(box.x2, size.width),
            toFraction(box.y2, size.height)};
}

bool coversEveryPixel(const Crop& crop, ImageSize size)
{
    return toPixels(crop, size) == PixelBox{0, 0, size.width, size.height};
}

Json cropJson(const Crop& crop)
{
    return Json::array({crop.x1, crop.y1, crop.x2, crop.y2});
}

std::string cropText(const Crop& crop)
{
    return dumpJson(cropJson(crop));
}

std::optional<Crop> cropFromJson(const Json& value)
{
    const Json::Array& items = value.items();
    if (items.size() != 4 || !std::ranges::all_of(items, [](const Json& item) { return item.isNumber(); }))
        return std::nullopt;
    const Crop crop{items[0].toDouble(), items[1].toDouble(), items[2].toDouble(), items[3].toDouble()};
    if (!isValid(crop))
        return std::nullopt;
    return crop;
}

Result<Crop> parseCrop(std::string_view text)
{
    PS_TRY(const Json value, parseJson(text));
    const auto crop = cropFromJson(value);
    if (!crop)
        return Error{ErrorCode::InvalidInput, "not a crop [x1, y1, x2, y2] with 0 <= x1 < x2 <= 1", std::string(text),
                     0};
    return *crop;
}

bool cropsMatch(const Crop& ai, const Crop& user, double tolerance)
{
    const auto isClose = [tolerance](double a, double b) { return std::abs(a - b) <= tolerance; };
    return isClose(ai.x1, user.x1) && isClose(ai.y1, user.y1) && isClose(ai.x2, user.x2) && isClose(ai.y2, user.y2);
}

CropSimilarity cropSimilarity(const Crop& a, const Crop& b)
{
    const double width = std::max(0.0, std::min(a.x2, b.x2) - std::max(a.x1, b.x1));
    const double height = std::max(0.0, std::min(a.y2, b.y2) - std::max(a.y1, b.y1));
    const double intersection = width * height;
    const double unionArea = area(a) + area(b) - intersection;
    const double iou = unionArea > 0 ? intersection / unionArea : 0.0;
    const double dx = (a.x1 + a.x2) / 2 - (b.x1 + b.x2) / 2;
    const double dy = (a.y1 + a.y2) / 2 - (b.y1 + b.y2) / 2;
    return {roundedToFourDecimals(iou), roundedToFourDecimals(std::sqrt(dx * dx + dy * dy)),
            roundedToFourDecimals(std::abs(area(a) - area(b))), iou > 0.7};
}

} // namespace ps
