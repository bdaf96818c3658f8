// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/foreign_boxes.h"

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

Error bad(std::string what)
{
    return {ErrorCode::InvalidInput, std::move(what), {}, 0};
}

bool isWhole(double value)
{
    return value == std::floor(value);
}

/// The two edges of one direction within 0..end.
Result<std::pair<double, double>> clipped(double begin, double end, double last, double slack)
{
    if (!std::isfinite(begin) || !std::isfinite(end))
        return bad("a number of the box is not finite");
    if (!(begin < end))
        return bad("the box is empty");
    if (begin < -slack || end > last + slack)
        return bad("the box leaves the image");
    const std::pair<double, double> edges(std::clamp(begin, 0.0, last), std::clamp(end, 0.0, last));
    if (!(edges.first < edges.second))
        return bad("the box leaves the image");
    return edges;
}

} // namespace

Result<ImageSize> claimedSize(double width, double height)
{
    if (!(width >= 1) || !(height >= 1) || width > kMaxClaimedSide || height > kMaxClaimedSide || !isWhole(width) ||
        !isWhole(height))
        return bad("width and height are no image size");
    return ImageSize{static_cast<int>(width), static_cast<int>(height)};
}

Result<Crop> boxFromEdges(double x1, double y1, double x2, double y2, ImageSize size)
{
    if (size.isEmpty())
        return bad("needs dimensions");
    PS_TRY(const auto x, clipped(x1, x2, size.width, kPixelSlack));
    PS_TRY(const auto y, clipped(y1, y2, size.height, kPixelSlack));
    if (isWhole(x.first) && isWhole(x.second) && isWhole(y.first) && isWhole(y.second)) {
        const PixelBox box{static_cast<int>(x.first), static_cast<int>(y.first), static_cast<int>(x.second),
                           static_cast<int>(y.second)};
        return fromPixels(box, size);
    }
    const Crop crop{x.first / size.width, y.first / size.height, std::min(x.second / size.width, 1.0),
                    std::min(y.second / size.height, 1.0)};
    if (!isValid(crop))
        return bad("the box is empty");
    return crop;
}

Result<Crop> boxFromCentre(double x, double y, double width, double height)
{
    if (!(width > 0) || !(height > 0))
        return bad("the box is empty");
    PS_TRY(const auto across, clipped(x - width / 2, x + width / 2, 1, kFractionSlack));
    PS_TRY(const auto down, clipped(y - height / 2, y + height / 2, 1, kFractionSlack));
    return Crop{across.first, down.first, across.second, down.second};
}

} // namespace ps
