// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/describe.h"
#include "tests/support/images.h"

#include <cstdlib>
#include <string>

namespace ps::test {

/// Blue, green, red, alpha of one pixel of a view.
inline cv::Vec4b pixelOf(const cv::Mat& view, int x, int y)
{
    return view.at<cv::Vec4b>(y, x);
}

inline bool isNear(const cv::Vec4b& a, const cv::Vec4b& b, int tolerance = 0)
{
    for (int c = 0; c < 4; ++c) {
        if (std::abs(a[c] - b[c]) > tolerance)
            return false;
    }
    return true;
}

/// The error of a result as text for QVERIFY2, "" for a success. Lifetime: until the next call.
const char* whyNot(const auto& result)
{
    static std::string text;
    text = result ? std::string() : result.error().describe();
    return text.c_str();
}

/// What the program is told about the file.
inline ImageInfo infoOf(const std::string& bytes)
{
    ColourConverter converter;
    return describe(*headerOf(bytes), static_cast<std::int64_t>(bytes.size()), converter);
}

} // namespace ps::test
