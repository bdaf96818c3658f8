// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/decision_log.h"
#include "core/exchange/plan_builder.h"

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr double kSamePixel = 0.5;

/// A crop in pixels with the size of the picture that it was recorded with.
struct Recorded {
    PixelCrop box;
    double width = 0;
    double height = 0;
    bool isInPixels = false;
};

double widthOf(const PixelCrop& box)
{
    return box.x2 - box.x1;
}
double heightOf(const PixelCrop& box)
{
    return box.y2 - box.y1;
}

Recorded recordedOf(const ImportedDecision& decision)
{
    const double width = decision.size.width;
    const double height = decision.size.height;
    if (decision.pixels)
        return {*decision.pixels, width, height, true};
    const Crop crop = decision.crop.value_or(Crop{});
    return {{crop.x1 * width, crop.y1 * height, crop.x2 * width, crop.y2 * height}, width, height, false};
}

Json numbers(const PixelCrop& box)
{
    return Json::array({box.x1, box.y1, box.x2, box.y2});
}

PixelCrop boxOf(const Json& list)
{
    const auto at = [&](std::size_t i) { return i < list.items().size() ? list.items()[i].toDouble() : 0.0; };
    return {at(0), at(1), at(2), at(3)};
}

/// The same box, however it was written: fractions rarely give whole pixels.
bool isSameBox(const PixelCrop& a, const PixelCrop& b)
{
    const auto isClose = [](double x, double y) { return std::abs(x - y) <= kSamePixel; };
    return isClose(a.x1, b.x1) && isClose(a.y1, b.y1) && isClose(a.x2, b.x2) && isClose(a.y2, b.y2);
}

/// Within one pixel, and half a thousandth of a side for what was written with few digits.
bool isNear(double a, double b)
{
    return std::abs(a - b) <= 1;
}

bool isWhole(const PixelCrop& box, double width, double height)
{
    return box.x1 <= 0 && box.y1 <= 0 && isNear(box.x2, width) && isNear(box.y2, height);
}

/// The size of the picture that the further row was made on, if it can be told: the cropped picture as it was, or scaled.
std::optional<std::pair<double, double>> pictureOf(const Recorded& next, const PixelCrop& current, double originalWidth,
                                                   double originalHeight)
{
    const double width = widthOf(current);
    const double height = heightOf(current);
    const bool recordsOriginal = isNear(next.width, originalWidth) && isNear(next.height, originalHeight);
    const bool recordsCrop = isNear(next.width, width) && isNear(next.height, height);
    if (recordsCrop)
        return std::pair(width, height);
    if (recordsOriginal && next.isInPixels && next.box.x2 <= width + 1 && next.box.y2 <= height + 1)
        return std::pair(width, height); // recorded with the old size, but made on the crop
    const bool hasSameShape = std::abs(next.width * height - next.height * width) <= 0.01 * next.width * height;
    if (!recordsOriginal && hasSameShape)
        return std::pair(next.width, next.height);
    return std::nullopt;
}

} // namespace

RepeatVerdict composeRepeat(const Json& chain, ImportedDecision& decision)
{
    const Recorded next = recordedOf(decision);
    const std::string& image = decision.images[static_cast<std::size_t>(decision.selectedIndex.value_or(0))];
    RepeatVerdict verdict;
    verdict.chain = chain;
    if (chain.isNull() || chain["image"].toString() != image) {
        verdict.chain = Json::object({{"image", image},
                                      {"now", numbers(next.box)},
                                      {"size", Json::array({next.width, next.height})},
                                      {"line", decision.origin.line},
                                      {"said", Json::array({numbers(next.box)})}});
        return verdict;
    }
    const auto& said = chain["said"].items();
    if (std::ranges::any_of(said, [&](const Json& box) { return isSameBox(boxOf(box), next.box); })) {
        verdict.kind = RepeatVerdict::Kind::Same;
        return verdict;
    }
    Json list = chain["said"];
    list.append(numbers(next.box));
    verdict.chain.set("said", list);
    const PixelCrop current = boxOf(chain["now"]);
    const double originalWidth = chain["size"].items().front().toDouble();
    const double originalHeight = chain["size"].items().back().toDouble();
    if (!next.isInPixels && isWhole(next.box, next.width, next.height)) {
        verdict.kind = RepeatVerdict::Kind::Nothing;
        return verdict;
    }
    const auto picture = pictureOf(next, current, originalWidth, originalHeight);
    if (!picture) {
        verdict.kind = RepeatVerdict::Kind::Unclear;
        return verdict;
    }
    if (isWhole(next.box, picture->first, picture->second)) {
        verdict.kind = RepeatVerdict::Kind::Nothing;
        return verdict;
    }
    const double scaleX = widthOf(current) / picture->first;
    const double scaleY = heightOf(current) / picture->second;
    const PixelCrop composed{current.x1 + next.box.x1 * scaleX, current.y1 + next.box.y1 * scaleY,
                             std::min(current.x1 + next.box.x2 * scaleX, current.x2),
                             std::min(current.y1 + next.box.y2 * scaleY, current.y2)};
    decision.size = {static_cast<int>(originalWidth), static_cast<int>(originalHeight)};
    decision.pixels = composed;
    decision.crop.reset();
    decision.action = Action::Crop;
    decision.notes.push_back("composed with line " + std::to_string(chain["line"].toInteger()));
    verdict.kind = settleCrop(decision).empty() ? RepeatVerdict::Kind::Composed : RepeatVerdict::Kind::Unclear;
    verdict.chain.set("now", numbers(composed));
    return verdict;
}

bool isAsLeft(const DecisionRow& row, const Json& chain)
{
    const PixelCrop now = boxOf(chain["now"]);
    const double width = chain["size"].items().front().toDouble();
    const double height = chain["size"].items().back().toDouble();
    const auto text = row.text("final_crop_coords");
    if (!text)
        return row.action() == Action::Approve && isWhole(now, width, height);
    const auto crop = parseCrop(*text);
    return crop && isSameBox(now, {crop->x1 * width, crop->y1 * height, crop->x2 * width, crop->y2 * height});
}

} // namespace ps
