// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Coarse: at some forty scales, correlate the phases of small windowed copies; the scale and shift that correlate best on
// the picture itself win. Fine: Gauss-Newton on scale, shift and gain, from small copies to large ones.
#include "core/imaging/registration.h"

#include "core/imaging/plane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace ps {

Registration Registration::sameFraction(ImageSize reference, ImageSize moving)
{
    // One scale for both axes; a picture whose ratio differs by a rounded pixel is centred.
    const double across = static_cast<double>(moving.width) / reference.width;
    const double down = static_cast<double>(moving.height) / reference.height;
    const double scale = std::sqrt(across * down);
    return {scale, (moving.width - scale * reference.width) / 2, (moving.height - scale * reference.height) / 2, 0, 1};
}

namespace {

constexpr int kCoarseSide = 128;
constexpr double kSmallestScale = 0.45;
constexpr double kLargestScale = 2.25;
constexpr double kScaleStep = 1.04;
constexpr int kHighPassRadius = 6;
constexpr int kGrainRadius = 1;
constexpr std::size_t kCandidates = 8;
constexpr std::array kFineSides{128, 256, 640};
constexpr int kConfidenceSide = 256; ///< noise and sharpening count less there than in every pixel
constexpr int kFirstSteps = 5;       ///< enough to tell candidates apart
constexpr int kMaxSteps = 14;
constexpr double kSmallestMove = 0.005;
constexpr double kSmallestOverlap = 0.2;
constexpr double kMostOverlap = 0.8;
constexpr double kSmallestConfidence = 0.6; ///< where all of the reference is covered
constexpr double kMoreForLessOverlap = 0.2; ///< small overlaps agree more easily by chance
constexpr double kBeyondDoubt = 0.95;       ///< no other candidate needs to be looked at

using Spectrum = std::vector<std::complex<float>>;

/// A map from points of the reference to points of the moving picture, in pixels of the full pictures.
struct Warp {
    double scale = 1;
    double x = 0;
    double y = 0;
};

struct Fit {
    Warp warp;
    double correlation = -1;
    double overlap = 0;
    /// A large overlap is worth something: a small one agrees more easily by chance.
    double score() const { return correlation * std::pow(overlap, 0.25); }
};

/// A small copy without the slow changes of light, and without grain: interpolation smooths that between the pixels, which
/// would draw the fit to places there.
struct Level {
    Level(const Plane& full, double factor)
    {
        const int width = std::max(1, static_cast<int>(std::lround(full.width * std::min(1.0, factor))));
        const int height = std::max(1, static_cast<int>(std::lround(full.height * std::min(1.0, factor))));
        plane = highPassed(blurred(shrunk(full, width, height), kGrainRadius), kHighPassRadius);
        factorX = static_cast<double>(width) / full.width;
        factorY = static_cast<double>(height) / full.height;
    }
    Plane plane;
    double factorX = 1; ///< pixels of this level for one of the full picture; sides are rounded to whole pixels
    double factorY = 1;
};

double factorFor(const Plane& full, int side)
{
    return static_cast<double>(side) / std::max(full.width, full.height);
}

double hann(double position, double length)
{
    return 0.5 - 0.5 * std::cos(2 * std::numbers::pi * std::clamp(position / length, 0.0, 1.0));
}

/// The plane on a square field, scaled about its middle by `enlargement`, fading out towards its own edges.
Spectrum spectrumOf(const Plane& plane, double enlargement)
{
    Spectrum values(static_cast<std::size_t>(kCoarseSide) * kCoarseSide);
    const double middle = kCoarseSide / 2.0;
    for (int y = 0; y < kCoarseSide; ++y) {
        const double fromY = (y + 0.5 - middle) / enlargement + plane.height / 2.0;
        if (fromY <= 0 || fromY >= plane.height)
            continue;
        // What is enlarged reaches beyond the field; it fades out where the field ends.
        const double fadeY = std::min(hann(fromY, plane.height), hann(y + 0.5, kCoarseSide));
        for (int x = 0; x < kCoarseSide; ++x) {
            const double fromX = (x + 0.5 - middle) / enlargement + plane.width / 2.0;
            if (fromX <= 0 || fromX >= plane.width)
                continue;
            const double fade = fadeY * std::min(hann(fromX, plane.width), hann(x + 0.5, kCoarseSide));
            values[static_cast<std::size_t>(y * kCoarseSide + x)] =
                plane.sample(static_cast<float>(fromX), static_cast<float>(fromY)) * static_cast<float>(fade);
        }
    }
    transform(values, kCoarseSide, false);
    return values;
}

/// The shift at which the phases agree best: positive when the content of `b` lies further right and below.
std::pair<int, int> phaseShift(const Spectrum& a, const Spectrum& b)
{
    Spectrum product(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::complex<float> cross = std::conj(a[i]) * b[i];
        // The square root of the magnitude stays: frequencies that hardly occur carry noise, not place.
        product[i] = cross / (std::sqrt(std::abs(cross)) + 1e-6F);
    }
    transform(product, kCoarseSide, true);
    std::size_t best = 0;
    for (std::size_t i = 0; i < product.size(); ++i) {
        if (product[i].real() > product[best].real())
            best = i;
    }
    const auto centred = [](std::size_t value) {
        const int place = static_cast<int>(value);
        return place < kCoarseSide / 2 ? place : place - kCoarseSide;
    };
    return {centred(best % kCoarseSide), centred(best / kCoarseSide)};
}

/// Calls `each(referenceValue, x, y, movingX, movingY)` for all points of the reference that the moving picture covers: x
/// and y are those of the full reference, movingX and movingY those of the moving level.
template <typename Each>
int forOverlap(const Level& reference, const Level& moving, const Warp& warp, int stride, Each&& each)
{
    int count = 0;
    for (int row = 0; row < reference.plane.height; row += stride) {
        const double y = (row + 0.5) / reference.factorY;
        const double toY = (warp.scale * y + warp.y) * moving.factorY;
        if (toY < 0.5 || toY > moving.plane.height - 0.5)
            continue;
        for (int column = 0; column < reference.plane.width; column += stride) {
            const double x = (column + 0.5) / reference.factorX;
            const double toX = (warp.scale * x + warp.x) * moving.factorX;
            if (toX < 0.5 || toX > moving.plane.width - 0.5)
                continue;
            ++count;
            each(reference.plane.at(column, row), x, y, static_cast<float>(toX), static_cast<float>(toY));
        }
    }
    return count;
}

Fit evaluate(const Level& reference, const Level& moving, const Warp& warp, int stride = 1)
{
    double sumA = 0;
    double sumB = 0;
    double sumAA = 0;
    double sumBB = 0;
    double sumAB = 0;
    const int count = forOverlap(reference, moving, warp, stride, [&](float a, double, double, float x, float y) {
        const double b = moving.plane.sample(x, y);
        sumA += a;
        sumB += b;
        sumAA += double{a} * a;
        sumBB += b * b;
        sumAB += a * b;
    });
    Fit fit{warp, -1, 0};
    const auto steps = [stride](int length) { return (length + stride - 1) / stride; };
    const int all = steps(reference.plane.width) * steps(reference.plane.height);
    fit.overlap = static_cast<double>(count) / all;
    if (count < 64)
        return fit;
    const double varianceA = sumAA - sumA * sumA / count;
    const double varianceB = sumBB - sumB * sumB / count;
    if (varianceA > 1e-6 * count && varianceB > 1e-6 * count)
        fit.correlation = (sumAB - sumA * sumB / count) / std::sqrt(varianceA * varianceB);
    return fit;
}

/// Solves A x = b for a small positive definite A; false when it is singular.
template <std::size_t N>
bool solve(std::array<std::array<double, N>, N> a, std::array<double, N>& b)
{
    for (std::size_t i = 0; i < N; ++i) {
        std::size_t pivot = i;
        for (std::size_t row = i + 1; row < N; ++row) {
            if (std::abs(a[row][i]) > std::abs(a[pivot][i]))
                pivot = row;
        }
        if (std::abs(a[pivot][i]) < 1e-9)
            return false;
        std::swap(a[i], a[pivot]);
        std::swap(b[i], b[pivot]);
        for (std::size_t row = 0; row < N; ++row) {
            if (row == i)
                continue;
            const double part = a[row][i] / a[i][i];
            for (std::size_t column = i; column < N; ++column)
                a[row][column] -= part * a[i][column];
            b[row] -= part * b[i];
        }
    }
    for (std::size_t i = 0; i < N; ++i)
        b[i] /= a[i][i];
    return true;
}

/// Least squares on scale, shift, gain and offset of light. Residuals that are large beside the others, where the pictures
/// really differ, count less.
Warp refined(const Level& reference, const Level& moving, Warp warp, int maxSteps)
{
    const double middleX = reference.plane.width / reference.factorX / 2;
    const double middleY = reference.plane.height / reference.factorY / 2;
    const Plane& values = moving.plane;
    double gain = 1;
    double offset = 0;
    double spread = 1e9;
    for (int step = 0; step < maxSteps; ++step) {
        std::array<std::array<double, 5>, 5> normal{};
        std::array<double, 5> right{};
        double squares = 0;
        const auto add = [&](float a, double x, double y, float toX, float toY) {
            const float value = values.sample(toX, toY);
            const double slopeX = (values.sample(toX + 0.5F, toY) - values.sample(toX - 0.5F, toY)) * gain *
                                  moving.factorX;
            const double slopeY = (values.sample(toX, toY + 0.5F) - values.sample(toX, toY - 0.5F)) * gain *
                                  moving.factorY;
            const double residual = a - (gain * value + offset);
            const double weight = 1 / (1 + residual * residual / (spread * spread));
            squares += weight * residual * residual;
            // The scale turns about the middle, where it does not mix with the shift.
            const std::array<double, 5> slope{slopeX * (x - middleX) + slopeY * (y - middleY), slopeX, slopeY,
                                              double{value}, 1};
            for (std::size_t i = 0; i < slope.size(); ++i) {
                right[i] += weight * slope[i] * residual;
                for (std::size_t j = 0; j <= i; ++j)
                    normal[i][j] += weight * slope[i] * slope[j];
            }
        };
        const int count = forOverlap(reference, moving, warp, 1, add);
        for (std::size_t i = 0; i < right.size(); ++i) {
            for (std::size_t j = i + 1; j < right.size(); ++j)
                normal[i][j] = normal[j][i];
        }
        if (count < 64 || !solve(normal, right))
            return warp;
        spread = std::max(1.0, 2 * std::sqrt(squares / count));
        warp.scale += right[0];
        warp.x += right[1] - right[0] * middleX;
        warp.y += right[2] - right[0] * middleY;
        gain = std::clamp(gain + right[3], 0.1, 10.0);
        offset += right[4];
        if (std::hypot(right[0] * middleX, right[1], right[2]) * moving.factorX < kSmallestMove)
            break;
    }
    return warp;
}

/// Gauss-Newton at one size. Both pictures are shrunk so that their content has the same size in pixels.
Fit refineAt(const Plane& fullReference, const Plane& fullMoving, const Warp& warp, int side, int maxSteps)
{
    const double factor = std::min({1.0, factorFor(fullReference, side), warp.scale}); // no detail beyond the scale
    const Level reference(fullReference, factor);
    const Level moving(fullMoving, factor / warp.scale);
    return evaluate(reference, moving, refined(reference, moving, warp, maxSteps));
}

/// The most promising fits.
std::vector<Fit> coarseFits(const Plane& fullReference, const Plane& fullMoving, const std::stop_token& stop)
{
    const Level reference(fullReference, factorFor(fullReference, kCoarseSide));
    const Level moving(fullMoving, factorFor(fullMoving, kCoarseSide));
    const Spectrum fixed = spectrumOf(reference.plane, 1);
    std::vector<Fit> fits;
    const auto add = [&](const Warp& warp) {
        const Fit fit = evaluate(reference, moving, warp, 2);
        if (fit.overlap >= kSmallestOverlap)
            fits.push_back(fit);
    };
    for (double enlargement = kSmallestScale; enlargement < kLargestScale && !stop.stop_requested();
         enlargement *= kScaleStep) {
        // The moving plane is enlarged by this about the middle of the field, and then lies `shift` from the reference.
        const auto [shiftX, shiftY] = phaseShift(fixed, spectrumOf(moving.plane, enlargement));
        const auto place = [enlargement](int shift, int referenceSide, int movingSide, double factor) {
            return ((shift - referenceSide / 2.0) / enlargement + movingSide / 2.0) / factor;
        };
        add({reference.factorX / moving.factorX / enlargement,
             place(shiftX, reference.plane.width, moving.plane.width, moving.factorX),
             place(shiftY, reference.plane.height, moving.plane.height, moving.factorY)});
    }
    std::ranges::sort(fits, std::ranges::greater(), &Fit::score);
    fits.resize(std::min(fits.size(), kCandidates));
    return fits;
}

} // namespace

std::optional<Registration> registerPictures(const PixelView& reference, const PixelView& moving,
                                             const std::stop_token& stop)
{
    if (reference.isNull() || moving.isNull())
        return std::nullopt;
    const Plane fixed = lumaPlane(reference);
    const Plane free = lumaPlane(moving);
    // Mostly the pictures lie on each other nearly as they are, and nothing has to be searched.
    const Registration plain = Registration::sameFraction(reference.size, moving.size);
    Fit best = refineAt(fixed, free, {plain.scale, plain.shiftX, plain.shiftY}, kFineSides.front(), kFirstSteps);
    if (best.correlation < kBeyondDoubt || best.overlap < kMostOverlap) {
        for (const Fit& candidate : coarseFits(fixed, free, stop)) {
            const Fit fit = refineAt(fixed, free, candidate.warp, kFineSides.front(), kFirstSteps);
            if (fit.overlap >= kSmallestOverlap && fit.score() > best.score())
                best = fit;
            if (best.correlation > kBeyondDoubt)
                break;
        }
    }
    double confidence = -1;
    for (const int side : kFineSides) {
        if (stop.stop_requested() || best.correlation <= 0)
            return std::nullopt;
        best = refineAt(fixed, free, best.warp, side, kMaxSteps);
        if (side <= kConfidenceSide)
            confidence = best.correlation;
    }
    const double needed = kSmallestConfidence + kMoreForLessOverlap * (1 - best.overlap);
    if (confidence < needed || best.overlap < kSmallestOverlap)
        return std::nullopt;
    return Registration{best.warp.scale, best.warp.x, best.warp.y, confidence, best.overlap};
}

} // namespace ps
