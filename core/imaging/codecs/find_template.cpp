// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/find_template.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string>
#include <vector>

namespace ps {

namespace {

constexpr double kCoarseSide = 360;    ///< longer side of the original in the first search
constexpr double kScaleSide = 200;     ///< in the search over scales
constexpr double kFineSide = 1200;     ///< where a scaled picture is placed
constexpr int kSmallestTemplate = 12;  ///< below, a correlation says nothing
constexpr double kFlatDeviation = 2.0; ///< levels; a picture below has no structure
constexpr double kScaleStep = 1.04;

cv::Mat lumaOf(const PixelView& view)
{
    cv::Mat luma(view.size.height, view.size.width, CV_8U);
    for (int y = 0; y < view.size.height; ++y) {
        auto* const row = luma.ptr<std::uint8_t>(y);
        for (int x = 0; x < view.size.width; ++x)
            row[x] = static_cast<std::uint8_t>(std::lround(ps::lumaOf(view.pixel(x, y))));
    }
    return luma;
}

cv::Mat resized(const cv::Mat& picture, double width, double height)
{
    const cv::Size size(std::max(1, static_cast<int>(std::lround(width))),
                        std::max(1, static_cast<int>(std::lround(height))));
    if (size == picture.size())
        return picture;
    cv::Mat out;
    const bool isSmaller = size.width < picture.cols;
    cv::resize(picture, out, size, 0, 0, isSmaller ? cv::INTER_AREA : cv::INTER_CUBIC);
    return out;
}

double deviation(const cv::Mat& picture)
{
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(picture, mean, deviation);
    return deviation[0];
}

double meanDifference(const cv::Mat& a, const cv::Mat& b)
{
    cv::Mat difference;
    cv::absdiff(a, b, difference);
    return cv::mean(difference)[0];
}

/// The correlation of two pictures of one size, -1..1; 0 when one of them is flat.
double wholeCorrelation(const cv::Mat& a, const cv::Mat& b)
{
    cv::Mat x;
    cv::Mat y;
    a.convertTo(x, CV_32F, 1, -cv::mean(a)[0]);
    b.convertTo(y, CV_32F, 1, -cv::mean(b)[0]);
    const double norm = cv::norm(x) * cv::norm(y);
    return norm > 0 ? x.dot(y) / norm : 0;
}

struct Peak {
    int x = 0;
    int y = 0;
    double confidence = -1;
};

/// The best place, and the best ones away from it.
std::vector<Peak> peaksOf(cv::Mat correlation, int count, int radius)
{
    cv::patchNaNs(correlation, -1);
    std::vector<Peak> peaks;
    for (int i = 0; i < count; ++i) {
        double value = 0;
        cv::Point place;
        cv::minMaxLoc(correlation, nullptr, &value, nullptr, &place);
        if (value <= -1 || !std::isfinite(value))
            break;
        peaks.push_back({place.x, place.y, value});
        const cv::Rect around(place.x - radius, place.y - radius, 2 * radius + 1, 2 * radius + 1);
        correlation(around & cv::Rect(0, 0, correlation.cols, correlation.rows)).setTo(-1);
    }
    return peaks;
}

cv::Mat correlationOf(const cv::Mat& picture, const cv::Mat& part)
{
    cv::Mat correlation;
    cv::matchTemplate(picture, part, correlation, cv::TM_CCOEFF_NORMED);
    return correlation;
}

/// The exact place near a rough one, with the correlation there.
Peak refined(const cv::Mat& original, const cv::Mat& part, const Peak& rough, double factor)
{
    const int reach = static_cast<int>(std::ceil(factor)) + 2;
    const int x = static_cast<int>(std::lround(rough.x * factor));
    const int y = static_cast<int>(std::lround(rough.y * factor));
    const cv::Rect window(x - reach, y - reach, part.cols + 2 * reach, part.rows + 2 * reach);
    const cv::Rect inside = window & cv::Rect(0, 0, original.cols, original.rows);
    if (inside.width < part.cols || inside.height < part.rows)
        return {x, y, -1};
    const auto peaks = peaksOf(correlationOf(original(inside), part), 1, 0);
    if (peaks.empty())
        return {x, y, -1};
    return {peaks[0].x + inside.x, peaks[0].y + inside.y, peaks[0].confidence};
}

/// One picture that is to be found at one scale.
struct Placed {
    Peak best;
    double difference = 255;
    double nextDifference = 255; ///< at the next best place
};

/// `part` has the scale of `original`. Coarse to fine.
Placed placeAtScale(const cv::Mat& original, const cv::Mat& part)
{
    const double longest = std::max(original.cols, original.rows);
    const double smallest = std::min(part.cols, part.rows);
    const double factor = std::max(1.0, std::min(longest / kCoarseSide, smallest / kSmallestTemplate));
    const cv::Mat coarse = resized(original, original.cols / factor, original.rows / factor);
    cv::Mat coarsePart = resized(part, part.cols / factor, part.rows / factor);
    coarsePart = coarsePart(
        cv::Rect(0, 0, std::min(coarsePart.cols, coarse.cols), std::min(coarsePart.rows, coarse.rows)));
    const int radius = std::max(2, std::min(coarsePart.cols, coarsePart.rows) / 20);
    Placed placed;
    std::vector<std::pair<double, Peak>> found; ///< difference of the pixels, place
    for (const Peak& rough : peaksOf(correlationOf(coarse, coarsePart), 4, radius)) {
        const Peak fine = refined(original, part, rough, factor);
        if (fine.confidence <= -1)
            continue;
        const double difference = meanDifference(original(cv::Rect(fine.x, fine.y, part.cols, part.rows)), part);
        found.emplace_back(difference, fine);
    }
    std::ranges::sort(found, {}, [](const auto& entry) { return entry.first; });
    if (found.empty())
        return placed;
    placed.difference = found[0].first;
    placed.best = found[0].second;
    const int near = static_cast<int>(radius * factor / 2);
    for (std::size_t i = 1; i < found.size(); ++i) {
        const Peak& other = found[i].second;
        if (std::abs(other.x - placed.best.x) > near || std::abs(other.y - placed.best.y) > near) {
            placed.nextDifference = found[i].first;
            break;
        }
    }
    return placed;
}

/// The scale at which the finished picture correlates best with the original; nothing when it does nowhere.
std::optional<double> bestScale(const cv::Mat& original, const cv::Mat& finished, const MatchLimits& limits,
                                const std::function<bool()>& isStopped)
{
    const double reduce = std::max(1.0, std::max(original.cols, original.rows) / kScaleSide);
    const cv::Mat small = resized(original, original.cols / reduce, original.rows / reduce);
    const double smallest = std::max({static_cast<double>(finished.cols) / original.cols,
                                      static_cast<double>(finished.rows) / original.rows, limits.minScale});
    double best = 0;
    double bestConfidence = 0;
    for (double scale = smallest; scale <= limits.maxScale; scale *= kScaleStep) {
        const double width = finished.cols / scale / reduce;
        const double height = finished.rows / scale / reduce;
        if (std::min(width, height) < kSmallestTemplate || isStopped())
            break;
        cv::Mat part = resized(finished, width, height);
        part = part(cv::Rect(0, 0, std::min(part.cols, small.cols), std::min(part.rows, small.rows)));
        const auto peaks = peaksOf(correlationOf(small, part), 1, 0);
        if (!peaks.empty() && peaks[0].confidence > bestConfidence) {
            bestConfidence = peaks[0].confidence;
            best = scale;
        }
    }
    if (bestConfidence < limits.minConfidence - 0.15) // the coarse steps lose a little
        return std::nullopt;
    return best;
}

Result<TemplateMatch> judged(const Placed& placed, PixelBox box, double scale, double maxDifference,
                             const MatchLimits& limits)
{
    const double margin = placed.nextDifference - placed.difference;
    const TemplateMatch match{box, scale, placed.best.confidence, placed.difference,
                              placed.nextDifference >= 255 ? 255 : margin};
    if (match.confidence < limits.minConfidence || placed.difference > maxDifference)
        return Error{ErrorCode::NotFound,
                     "it shows nothing of the original (correlation " + std::to_string(match.confidence) +
                         ", mean difference " + std::to_string(placed.difference) + ")",
                     {},
                     0};
    if (margin < limits.minMargin || placed.nextDifference < 2 * placed.difference)
        return Error{ErrorCode::Conflict, "two places of the original fit equally well", {}, 0};
    return match;
}

/// Finds a picture that was enlarged or reduced after it was cut.
Result<TemplateMatch> findScaled(const cv::Mat& original, const cv::Mat& finished, const MatchLimits& limits,
                                 const std::function<bool()>& isStopped)
{
    const auto rough = bestScale(original, finished, limits, isStopped);
    if (isStopped())
        return Error{ErrorCode::Cancelled, "stopped while a picture was looked for", {}, 0};
    if (!rough)
        return Error{ErrorCode::NotFound, "it shows nothing of the original at any scale", {}, 0};
    const double reduce = std::max(1.0, std::max(original.cols, original.rows) / kFineSide);
    const cv::Mat fine = resized(original, original.cols / reduce, original.rows / reduce);
    Placed best;
    double bestScaleFound = *rough;
    for (int step = -8; step <= 8; ++step) {
        const double scale = *rough * (1 + 0.005 * step);
        const double width = finished.cols / scale / reduce;
        const double height = finished.rows / scale / reduce;
        if (width > fine.cols + 1 || height > fine.rows + 1)
            continue;
        cv::Mat part = resized(finished, width, height);
        part = part(cv::Rect(0, 0, std::min(part.cols, fine.cols), std::min(part.rows, fine.rows)));
        const Placed placed = placeAtScale(fine, part);
        if (placed.difference < best.difference) {
            best = placed;
            bestScaleFound = scale;
        }
    }
    const auto clamped = [](double value, int most) {
        return std::clamp(static_cast<int>(std::lround(value)), 0, most);
    };
    PixelBox box{clamped(best.best.x * reduce, original.cols - 1), clamped(best.best.y * reduce, original.rows - 1), 0,
                 0};
    box.x2 = std::max(box.x1 + 1, clamped(best.best.x * reduce + finished.cols / bestScaleFound, original.cols));
    box.y2 = std::max(box.y1 + 1, clamped(best.best.y * reduce + finished.rows / bestScaleFound, original.rows));
    return judged(best, box, bestScaleFound, limits.maxScaledDifference, limits);
}

} // namespace

Result<TemplateMatch> findTemplate(const PixelView& original, const PixelView& finished, const MatchLimits& limits,
                                   const std::function<bool()>& isStopped)
{
    if (original.isNull() || finished.isNull())
        return Error{ErrorCode::InvalidInput, "there is no picture", {}, 0};
    const cv::Mat whole = lumaOf(original);
    const cv::Mat part = lumaOf(finished);
    if (deviation(part) < kFlatDeviation)
        return Error{ErrorCode::InvalidInput, "the picture has no structure, so its place cannot be told", {}, 0};
    if (whole.size() == part.size()) { // a single place, so nothing competes with it
        const double difference = meanDifference(whole, part);
        const double confidence = wholeCorrelation(whole, part);
        if (difference <= limits.maxMeanDifference && confidence >= limits.minConfidence)
            return TemplateMatch{{0, 0, whole.cols, whole.rows}, 1, confidence, difference, 255};
    }
    const bool fits = part.cols <= whole.cols && part.rows <= whole.rows && part.size() != whole.size();
    if (fits && std::min(part.cols, part.rows) >= kSmallestTemplate) {
        const Placed placed = placeAtScale(whole, part);
        const PixelBox box{placed.best.x, placed.best.y, placed.best.x + part.cols, placed.best.y + part.rows};
        auto match = judged(placed, box, 1, limits.maxMeanDifference, limits);
        if (match || match.error().code == ErrorCode::Conflict)
            return match;
    }
    return findScaled(whole, part, limits, isStopped ? isStopped : [] { return false; });
}

} // namespace ps
