// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/difference.h"

#include "core/imaging/plane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace ps {

namespace {

using Channels = std::array<Plane, 3>;

Channels channelsOf(const PixelView& view)
{
    Channels channels;
    for (Plane& plane : channels)
        plane = Plane(view.size.width, view.size.height);
    for (int y = 0; y < view.size.height; ++y) {
        for (int x = 0; x < view.size.width; ++x) {
            const std::uint32_t pixel = view.pixel(x, y);
            channels[0].at(x, y) = static_cast<float>(redOf(pixel));
            channels[1].at(x, y) = static_cast<float>(greenOf(pixel));
            channels[2].at(x, y) = static_cast<float>(blueOf(pixel));
        }
    }
    return channels;
}

void summarize(DifferenceMap& map)
{
    std::array<std::int64_t, 256> counts{};
    for (std::size_t i = 0; i < map.levels.size(); ++i)
        counts[map.levels[i]] += map.isSeen[i];
    const std::int64_t all = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    if (all == 0)
        return;
    std::int64_t sum = 0;
    std::int64_t below = 0;
    for (std::size_t level = 0; level < counts.size(); ++level) {
        sum += counts[level] * static_cast<std::int64_t>(level);
        if (below * 100 < all * 95)
            map.percentile95 = static_cast<int>(level);
        below += counts[level];
    }
    map.mean = static_cast<double>(sum) / static_cast<double>(all);
}

} // namespace

DifferenceMap differenceOf(const PixelView& reference, const PixelView& other, const Registration& registration)
{
    DifferenceMap map;
    map.size = reference.size;
    const auto pixels = static_cast<std::size_t>(reference.size.width) *
                        static_cast<std::size_t>(reference.size.height);
    map.levels.resize(pixels);
    map.isSeen.resize(pixels);
    if (reference.isNull() || other.isNull())
        return map;
    Channels channels = channelsOf(other);
    double scaleX = registration.scale;
    double scaleY = registration.scale;
    double shiftX = registration.shiftX;
    double shiftY = registration.shiftY;
    if (registration.scale > 1) { // the other one has more pixels: average them rather than pick some
        const int width = std::max(1, static_cast<int>(std::lround(other.size.width / registration.scale)));
        const int height = std::max(1, static_cast<int>(std::lround(other.size.height / registration.scale)));
        const double partX = static_cast<double>(width) / other.size.width;
        const double partY = static_cast<double>(height) / other.size.height;
        for (Plane& plane : channels)
            plane = shrunk(plane, width, height);
        scaleX *= partX;
        shiftX *= partX;
        scaleY *= partY;
        shiftY *= partY;
    }
    const double slack = 0.51; // the edge is covered even where rounding put it half a pixel outside
    for (int y = 0; y < reference.size.height; ++y) {
        const double fromY = scaleY * (y + 0.5) + shiftY;
        for (int x = 0; x < reference.size.width; ++x) {
            const double fromX = scaleX * (x + 0.5) + shiftX;
            if (fromX < -slack || fromY < -slack || fromX > channels[0].width + slack ||
                fromY > channels[0].height + slack)
                continue;
            const std::uint32_t pixel = reference.pixel(x, y);
            const std::array<int, 3> here{redOf(pixel), greenOf(pixel), blueOf(pixel)};
            float largest = 0;
            for (std::size_t i = 0; i < here.size(); ++i) {
                const float there = channels[i].sample(static_cast<float>(fromX), static_cast<float>(fromY));
                largest = std::max(largest, std::abs(static_cast<float>(here[i]) - there));
            }
            const auto index = static_cast<std::size_t>(y) * static_cast<std::size_t>(reference.size.width) +
                               static_cast<std::size_t>(x);
            map.levels[index] = static_cast<std::uint8_t>(std::min(255L, std::lround(largest)));
            map.isSeen[index] = 1;
        }
    }
    summarize(map);
    return map;
}

std::uint32_t heatColour(double amplifiedLevel)
{
    struct Stop {
        double red;
        double green;
        double blue;
    };
    // Lightness (CIE L*) of the stops: 3, 22, 45, 70, 97.
    static constexpr std::array<Stop, 5> kStops{
        {{10, 11, 14}, {16, 48, 110}, {58, 104, 190}, {233, 160, 50}, {255, 246, 224}}};
    const double place = std::clamp(amplifiedLevel / 255, 0.0, 1.0) * (kStops.size() - 1);
    const auto first = std::min(static_cast<std::size_t>(place), kStops.size() - 2);
    const double part = place - static_cast<double>(first);
    const Stop& a = kStops[first];
    const Stop& b = kStops[first + 1];
    const auto mixed = [part](double from, double to) {
        return static_cast<int>(std::lround(from + (to - from) * part));
    };
    return opaquePixel(mixed(a.red, b.red), mixed(a.green, b.green), mixed(a.blue, b.blue));
}

PixelSheet heatPicture(const DifferenceMap& map, double gain)
{
    std::array<std::uint32_t, 256> colours{};
    for (std::size_t level = 0; level < colours.size(); ++level)
        colours[level] = heatColour(static_cast<double>(level) * gain);
    PixelSheet sheet{map.size, std::vector<std::uint32_t>(map.levels.size())};
    constexpr std::uint32_t kHatch = 0xff3c3d40;
    constexpr std::uint32_t kHatchGround = 0xff242527;
    for (std::size_t i = 0; i < map.levels.size(); ++i) {
        const std::size_t diagonal = i % static_cast<std::size_t>(map.size.width) +
                                     i / static_cast<std::size_t>(map.size.width);
        sheet.pixels[i] = map.isSeen[i] != 0 ? colours[map.levels[i]] : diagonal / 4 % 2 == 0 ? kHatch : kHatchGround;
    }
    return sheet;
}

} // namespace ps
