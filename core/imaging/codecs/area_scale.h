// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <opencv2/core.hpp>

namespace ps {

/// The picture reduced to `size`, each new pixel the average of the area that it covers.
/// Shape: 8 bits, 1 to 4 channels; neither side of `size` may be larger than that of the picture.
/// Integer arithmetic: the same on every machine, and within one level of cv::INTER_AREA, which takes two to three
/// times as long for ratios that are not whole numbers.
cv::Mat areaScaled(const cv::Mat& pixels, ImageSize size);

} // namespace ps
