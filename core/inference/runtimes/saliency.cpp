// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/saliency.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr double kCentreSigma = 1.0;    ///< in pixels of the map
constexpr double kSurroundShare = 0.14; ///< of the longer side
constexpr double kBorderShare = 0.1;
constexpr float kColourWeight = 2.0F; ///< differences of colour are smaller numbers than those of tone
constexpr std::array<float, 5> kQuantiles = {0.1F, 0.25F, 0.5F, 0.75F, 0.9F};
constexpr double kSubjectMargin = 0.03;
constexpr double kLeastSubject = 0.12;

/// Tone and colour in numbers of about the same weight.
cv::Mat opponentPicture(const PicturePlanes& planes)
{
    cv::Mat picture;
    cv::transform(planes.small, picture,
                  cv::Matx33f(1 / 255.0F, 0, 0, 0, kColourWeight / 255, 0, 0, 0, kColourWeight / 255));
    return picture;
}

/// Blurred so far that a quarter of the size is enough for it.
cv::Mat farBlur(const cv::Mat& picture)
{
    const cv::Size size(std::max(2, picture.cols / 4), std::max(2, picture.rows / 4));
    cv::Mat small;
    cv::resize(picture, small, size, 0, 0, cv::INTER_AREA);
    cv::GaussianBlur(small, small, {}, kSurroundShare * std::max(size.width, size.height));
    cv::Mat blurred;
    cv::resize(small, blurred, picture.size(), 0, 0, cv::INTER_LINEAR);
    return blurred;
}

/// The sums of the absolute differences of all channels.
cv::Mat distances(const cv::Mat& a, const cv::Mat& b)
{
    cv::Mat difference;
    cv::absdiff(a, b, difference);
    cv::Mat sums;
    cv::transform(difference, sums, cv::Matx13f(1, 1, 1));
    return sums;
}

cv::Scalar borderColour(const cv::Mat& picture)
{
    cv::Mat mask(picture.size(), CV_8U, cv::Scalar(255));
    const int across = std::max(1, cvRound(picture.cols * kBorderShare));
    const int down = std::max(1, cvRound(picture.rows * kBorderShare));
    mask(cv::Rect(across, down, picture.cols - 2 * across, picture.rows - 2 * down)).setTo(0);
    return cv::mean(picture, mask);
}

/// Divided by its mean; a map of zeros stays one.
cv::Mat balanced(const cv::Mat& map)
{
    const double mean = cv::mean(map)[0];
    return mean > 0 ? cv::Mat(map / mean) : map;
}

std::array<float, 5> quantilesOf(const cv::Mat& sums)
{
    std::array<float, 5> found{};
    const float* values = sums.ptr<float>();
    const auto count = static_cast<int>(sums.total());
    double before = 0;
    std::size_t next = 0;
    for (int i = 0; i < count && next < found.size(); ++i) {
        const double value = values[i];
        while (next < found.size() && before + value >= static_cast<double>(kQuantiles[next])) {
            const double inside = value > 0 ? (static_cast<double>(kQuantiles[next]) - before) / value : 0;
            found[next++] = static_cast<float>((i + inside) / count);
        }
        before += value;
    }
    for (; next < found.size(); ++next)
        found[next] = 1;
    return found;
}

/// Between the outer quantiles, with a margin, and never smaller than can be judged.
void spanOf(const std::array<float, 5>& quantiles, double& begin, double& end)
{
    const double low = static_cast<double>(quantiles.front()) - kSubjectMargin;
    const double high = static_cast<double>(quantiles.back()) + kSubjectMargin;
    const double missing = std::max(0.0, kLeastSubject - (high - low)) / 2;
    begin = std::clamp(low - missing, 0.0, 1 - kLeastSubject);
    end = std::clamp(high + missing, begin + kLeastSubject, 1.0);
}

} // namespace

Saliency findSaliency(const PicturePlanes& planes, const EdgeEnergy& mid)
{
    const cv::Mat picture = opponentPicture(planes);
    cv::Mat centre;
    cv::GaussianBlur(picture, centre, {}, kCentreSigma);
    const cv::Mat surround = farBlur(picture);
    const cv::Mat fromBorder = distances(centre, cv::Mat(picture.size(), CV_32FC3, borderColour(picture)));
    cv::Mat detail;
    cv::sqrt(mid.cells, detail);
    cv::resize(balanced(detail), detail, picture.size(), 0, 0, cv::INTER_LINEAR);

    cv::Mat map = balanced(distances(centre, surround)) + balanced(fromBorder);
    map = map.mul(detail + 0.3);
    cv::GaussianBlur(map, map, {}, 1.5);
    map = map.mul(map);
    const double total = cv::sum(map)[0];

    Saliency saliency;
    saliency.map = total > 0 ? cv::Mat(map / total)
                             : cv::Mat(map.size(), CV_32F, cv::Scalar(1.0 / static_cast<double>(map.total())));
    cv::Mat across;
    cv::Mat down;
    cv::reduce(saliency.map, across, 0, cv::REDUCE_SUM);
    cv::reduce(saliency.map, down, 1, cv::REDUCE_SUM);
    saliency.acrossQuantiles = quantilesOf(across);
    saliency.downQuantiles = quantilesOf(down);
    spanOf(saliency.acrossQuantiles, saliency.subject.x1, saliency.subject.x2);
    spanOf(saliency.downQuantiles, saliency.subject.y1, saliency.subject.y2);
    return saliency;
}

std::array<float, kSaliencyShape> shapeOf(const Saliency& saliency)
{
    const cv::Mat& map = saliency.map;
    double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, middle = 0, border = 0, entropy = 0;
    for (int y = 0; y < map.rows; ++y) {
        const float* row = map.ptr<float>(y);
        const double v = (y + 0.5) / map.rows - 0.5;
        for (int x = 0; x < map.cols; ++x) {
            const double mass = row[x];
            const double u = (x + 0.5) / map.cols - 0.5;
            sx += mass * u;
            sy += mass * v;
            sxx += mass * u * u;
            syy += mass * v * v;
            sxy += mass * u * v;
            middle += std::max(std::abs(u), std::abs(v)) < 1.0 / 6 ? mass : 0;
            border += std::max(std::abs(u), std::abs(v)) > 0.4 ? mass : 0;
            entropy -= mass > 0 ? mass * std::log(mass) : 0;
        }
    }
    cv::Point peak;
    cv::minMaxLoc(map, nullptr, nullptr, nullptr, &peak);
    const auto deviation = [](double squares, double sum) { return std::sqrt(std::max(0.0, squares - sum * sum)); };
    std::array<float, kSaliencyShape> shape{};
    std::size_t at = 0;
    const auto put = [&](double value) { shape[at++] = static_cast<float>(value); };
    for (const double value : {sx, sy, deviation(sxx, sx), deviation(syy, sy), sxy - sx * sy})
        put(value);
    for (const float value : saliency.acrossQuantiles)
        put(static_cast<double>(value) - 0.5);
    for (const float value : saliency.downQuantiles)
        put(static_cast<double>(value) - 0.5);
    put((peak.x + 0.5) / map.cols - 0.5);
    put((peak.y + 0.5) / map.rows - 0.5);
    put(middle);
    put(border);
    put(entropy / std::log(static_cast<double>(map.total())));
    return shape;
}

} // namespace ps
