// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/picture_planes.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace ps {

namespace {

constexpr int kSmallSide = 64;

/// Whole pairs of rows and columns only: an exact ratio of two is integer arithmetic and five times as fast.
cv::Mat halved(const cv::Mat& plane)
{
    cv::Mat half;
    const cv::Size size(plane.cols / 2, plane.rows / 2);
    cv::resize(plane(cv::Rect(0, 0, size.width * 2, size.height * 2)), half, size, 0, 0, cv::INTER_AREA);
    return half;
}

cv::Mat smallPicture(const PicturePlanes& planes)
{
    const cv::Mat& half = planes.luma[1];
    const double scale = std::min(1.0, static_cast<double>(kSmallSide) / std::max(half.cols, half.rows));
    const cv::Size size(std::max(8, cvRound(half.cols * scale)), std::max(8, cvRound(half.rows * scale)));
    std::vector<cv::Mat> channels;
    for (const cv::Mat* const plane : {&half, &planes.red, &planes.blue}) {
        cv::Mat small;
        cv::resize(*plane, small, size, 0, 0, cv::INTER_AREA);
        channels.emplace_back();
        small.convertTo(channels.back(), CV_32F);
    }
    cv::Mat picture;
    cv::merge(channels, picture);
    return picture;
}

} // namespace

PicturePlanes makePlanes(const cv::Mat& normal)
{
    cv::Mat picture = normal;
    if (normal.cols < kLeastSide || normal.rows < kLeastSide)
        cv::resize(normal, picture, {std::max(kLeastSide, normal.cols), std::max(kLeastSide, normal.rows)}, 0, 0,
                   cv::INTER_LINEAR);
    PicturePlanes planes;
    cv::cvtColor(picture, planes.luma[0], cv::COLOR_BGR2GRAY);
    for (std::size_t level = 1; level < PicturePlanes::kLevels; ++level)
        planes.luma[level] = halved(planes.luma[level - 1]);
    cv::Mat colour;
    cv::cvtColor(halved(picture), colour, cv::COLOR_BGR2YCrCb);
    cv::extractChannel(colour, planes.red, 1);
    cv::extractChannel(colour, planes.blue, 2);
    planes.small = smallPicture(planes);
    return planes;
}

cv::Mat cellMeans(const cv::Mat& plane, int side)
{
    cv::Mat values;
    plane.convertTo(values, CV_32F);
    cv::Mat means;
    cv::resize(values, means, {side, side}, 0, 0, cv::INTER_AREA);
    return means;
}

} // namespace ps
