// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

namespace ps {

/// Reduces a picture that arrives row by row, each new pixel the average of the area that it covers. It holds one row of
/// sums and the result, never the picture.
/// Shape: 8 bits, 1 to 4 channels; neither side of the result may be larger than that of the picture.
/// Integer arithmetic: the same on every machine. Within one level of cv::INTER_AREA, which takes two to three times as
/// long for ratios that are not whole numbers.
class AreaScaler
{
public:
    AreaScaler(ImageSize from, ImageSize to, int channels);

    /// The next rows of the picture.
    void addRows(const cv::Mat& rows);
    /// The reduced picture, once every row has been added.
    cv::Mat result();

private:
    /// Which input pixels an output pixel covers, and how much of each.
    struct Coverage {
        int first = 0;
        int count = 0;
        std::size_t weightsAt = 0;
    };
    struct Axis {
        std::vector<Coverage> outputs;
        std::vector<std::uint16_t> weights;
    };
    static Axis makeAxis(int inputLength, int outputLength);
    template <std::size_t kChannels>
    static void scaleAcross(const std::uint16_t* in, const Axis& axis, std::uint8_t* out);

    bool isWholeRatio() const;
    bool isExtreme() const;
    void addToBox(const std::uint8_t* row);
    void finishBoxRow();
    void addToArea(const std::uint8_t* row);
    void finishAreaRow();

    ImageSize m_from;
    ImageSize m_to;
    int m_channels;
    std::size_t m_valueCount; ///< in a row of the picture
    cv::Mat m_result;
    cv::Mat m_whole; ///< only for extreme ratios
    int m_inputRow = 0;
    int m_outputRow = 0;
    std::vector<std::uint16_t> m_boxSums;
    std::vector<std::uint32_t> m_areaSums;
    std::vector<std::uint16_t> m_middle;
    Axis m_columns;
    Axis m_rows;
};

/// The whole picture at once.
cv::Mat areaScaled(const cv::Mat& pixels, ImageSize size);

} // namespace ps
