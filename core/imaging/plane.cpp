// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/plane.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace ps {

float Plane::sample(float x, float y) const
{
    const float left = std::clamp(x - 0.5F, 0.0F, static_cast<float>(width - 1));
    const float top = std::clamp(y - 0.5F, 0.0F, static_cast<float>(height - 1));
    const int x1 = static_cast<int>(left);
    const int y1 = static_cast<int>(top);
    const int x2 = std::min(x1 + 1, width - 1);
    const int y2 = std::min(y1 + 1, height - 1);
    const float right = left - static_cast<float>(x1);
    const float below = top - static_cast<float>(y1);
    const float upper = at(x1, y1) + (at(x2, y1) - at(x1, y1)) * right;
    const float lower = at(x1, y2) + (at(x2, y2) - at(x1, y2)) * right;
    return upper + (lower - upper) * below;
}

Plane lumaPlane(const PixelView& view)
{
    Plane plane(view.size.width, view.size.height);
    for (int y = 0; y < plane.height; ++y) {
        for (int x = 0; x < plane.width; ++x)
            plane.at(x, y) = lumaOf(view.pixel(x, y));
    }
    return plane;
}

namespace {

/// Averages along x; the result has its sides swapped, so that twice is both directions.
Plane shrunkAcross(const Plane& plane, int width)
{
    Plane result(plane.height, width);
    const double step = static_cast<double>(plane.width) / width;
    for (int x = 0; x < width; ++x) {
        const double from = x * step;
        const double to = std::min<double>(plane.width, from + step);
        const int first = static_cast<int>(from);
        const int last = std::min(plane.width - 1, static_cast<int>(std::ceil(to)) - 1);
        for (int y = 0; y < plane.height; ++y) {
            double sum = 0;
            for (int i = first; i <= last; ++i)
                sum += plane.at(i, y) * (std::min<double>(to, i + 1) - std::max<double>(from, i));
            result.at(y, x) = static_cast<float>(sum / (to - from));
        }
    }
    return result;
}

/// A running mean along x; the result has its sides swapped.
Plane boxAcross(const Plane& plane, int radius)
{
    Plane result(plane.height, plane.width);
    const auto count = static_cast<float>(2 * radius + 1);
    for (int y = 0; y < plane.height; ++y) {
        const auto at = [&](int x) { return plane.at(std::clamp(x, 0, plane.width - 1), y); };
        float sum = 0;
        for (int x = -radius; x <= radius; ++x)
            sum += at(x);
        for (int x = 0; x < plane.width; ++x) {
            result.at(y, x) = sum / count;
            sum += at(x + radius + 1) - at(x - radius);
        }
    }
    return result;
}

void transformRow(std::complex<float>* row, int length, const std::vector<std::complex<float>>& roots)
{
    for (int i = 1, j = 0; i < length; ++i) { // bits in reverse order
        int bit = length >> 1;
        for (; (j & bit) != 0; bit >>= 1)
            j ^= bit;
        j ^= bit;
        if (i < j)
            std::swap(row[i], row[j]);
    }
    for (int half = 1; half < length; half *= 2) {
        const int step = length / (2 * half);
        for (int block = 0; block < length; block += 2 * half) {
            for (int i = 0; i < half; ++i) {
                const std::complex<float> root = roots[static_cast<std::size_t>(i) * static_cast<std::size_t>(step)];
                const std::complex<float> value = row[block + half + i];
                // Written out: the operator of the library asks for infinities each time.
                const std::complex<float> odd(value.real() * root.real() - value.imag() * root.imag(),
                                              value.real() * root.imag() + value.imag() * root.real());
                const std::complex<float> even = row[block + i];
                row[block + i] = even + odd;
                row[block + half + i] = even - odd;
            }
        }
    }
}

} // namespace

Plane shrunk(const Plane& plane, int width, int height)
{
    if (width >= plane.width && height >= plane.height)
        return plane;
    return shrunkAcross(shrunkAcross(plane, std::min(width, plane.width)), std::min(height, plane.height));
}

Plane blurred(const Plane& plane, int radius)
{
    constexpr int kPasses = 3;
    Plane result = plane;
    for (int i = 0; i < kPasses; ++i)
        result = boxAcross(boxAcross(result, radius), radius);
    return result;
}

Plane highPassed(const Plane& plane, int radius)
{
    Plane result = blurred(plane, radius);
    std::ranges::transform(plane.values, result.values, result.values.begin(),
                           [](float value, float slow) { return value - slow; });
    return result;
}

void transform(std::vector<std::complex<float>>& values, int side, bool isInverse)
{
    std::vector<std::complex<float>> roots(static_cast<std::size_t>(side) / 2);
    for (std::size_t i = 0; i < roots.size(); ++i)
        roots[i] = std::polar(1.0F, (isInverse ? 2 : -2) * std::numbers::pi_v<float> * static_cast<float>(i) /
                                        static_cast<float>(side));
    for (int pass = 0; pass < 2; ++pass) {
        for (int y = 0; y < side; ++y)
            transformRow(values.data() + static_cast<std::ptrdiff_t>(y) * side, side, roots);
        for (int y = 0; y < side; ++y) { // columns become rows, and back
            for (int x = y + 1; x < side; ++x)
                std::swap(values[static_cast<std::size_t>(y * side + x)],
                          values[static_cast<std::size_t>(x * side + y)]);
        }
    }
}

} // namespace ps
