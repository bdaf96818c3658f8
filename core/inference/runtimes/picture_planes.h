// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>

#include <array>

namespace ps {

/// Luma and colour differences of a picture in the sizes in which the built-in embedder looks at them. 8 bits, one channel.
struct PicturePlanes {
    static constexpr std::size_t kLevels = 4;
    std::array<cv::Mat, kLevels> luma; ///< full size of the normal form, then half as large each
    cv::Mat red;                       ///< Cr at half size; 128 is grey
    cv::Mat blue;                      ///< Cb at half size
    cv::Mat small;                     ///< Y, Cr and Cb as 32-bit floats, within 64 x 64
};

/// `normal` is B G R; pictures of less than kLeastSide pixels on a side are enlarged first, so that every cell has pixels.
PicturePlanes makePlanes(const cv::Mat& normal);
constexpr int kLeastSide = 64;

/// The means of side x side equal cells, row by row, in the values of the plane.
cv::Mat cellMeans(const cv::Mat& plane, int side);

} // namespace ps
