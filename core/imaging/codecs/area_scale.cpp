// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/area_scale.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace ps {

namespace {

// Weights of one output pixel sum up to 2^15. A weighted sum of bytes is kept with 8 more bits between the two passes.
constexpr std::uint32_t kWeightBits = 15;
constexpr std::uint32_t kMiddleShift = 7;
constexpr std::uint32_t kFinalShift = 23;
/// Beyond this ratio single weights become too coarse. Only pictures like threads have such ratios.
constexpr int kMaxRatio = 4096;
/// The sum of so many bytes fits into 16 bits.
constexpr int kMaxBoxRows = 257;

void addRow(std::uint16_t* sums, const std::uint8_t* row, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        sums[i] = static_cast<std::uint16_t>(sums[i] + row[i]);
}

void addWeighted(std::uint32_t* sums, const std::uint8_t* row, std::uint16_t weight, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        sums[i] += std::uint32_t{weight} * row[i];
}

void roundToMiddle(const std::uint32_t* sums, std::uint16_t* out, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        out[i] = static_cast<std::uint16_t>((sums[i] + (1U << (kMiddleShift - 1))) >> kMiddleShift);
}

/// Averages of `columns` sums each, of `pixelCount` pixels in all, rounded to the nearest value.
template <std::size_t kChannels>
void averageAcross(const std::uint16_t* sums, int columns, std::uint32_t pixelCount, std::uint8_t* out, int width)
{
    // Division by multiplication: exact, because there are fewer than 2^21 pixels, so that totals stay below 2^29.
    constexpr unsigned kShift = 50;
    const std::uint64_t factor = ((std::uint64_t{1} << kShift) + pixelCount - 1) / pixelCount;
    for (int x = 0; x < width; ++x) {
        std::uint32_t total[kChannels] = {};
        for (int i = 0; i < columns; ++i, sums += kChannels) {
            for (std::size_t c = 0; c < kChannels; ++c)
                total[c] += sums[c];
        }
        for (std::size_t c = 0; c < kChannels; ++c)
            *out++ = static_cast<std::uint8_t>((total[c] + pixelCount / 2) * factor >> kShift);
    }
}

} // namespace

/// Positions are measured in parts of 1 / outputLength of an input pixel, so that everything is a whole number.
AreaScaler::Axis AreaScaler::makeAxis(int inputLength, int outputLength)
{
    Axis axis;
    axis.outputs.reserve(static_cast<std::size_t>(outputLength));
    const std::int64_t covered = inputLength;
    for (std::int64_t j = 0; j < outputLength; ++j) {
        const std::int64_t begin = j * covered;
        const std::int64_t end = begin + covered;
        Coverage coverage{static_cast<int>(begin / outputLength), 0, axis.weights.size()};
        std::int64_t before = 0; // the weight of everything up to here, so that rounding never loses any
        for (std::int64_t i = coverage.first; i * outputLength < end; ++i, ++coverage.count) {
            const std::int64_t reach = std::min(end, (i + 1) * outputLength) - begin;
            const std::int64_t upToHere = ((reach << kWeightBits) + covered / 2) / covered;
            axis.weights.push_back(static_cast<std::uint16_t>(upToHere - before));
            before = upToHere;
        }
        axis.outputs.push_back(coverage);
    }
    return axis;
}

AreaScaler::AreaScaler(ImageSize from, ImageSize to, int channels)
    : m_from(from), m_to(to), m_channels(channels),
      m_valueCount(static_cast<std::size_t>(from.width) * static_cast<std::size_t>(channels))
{
    const int type = CV_MAKETYPE(CV_8U, channels);
    if (isExtreme()) {
        m_whole.create(from.height, from.width, type);
        return;
    }
    m_result.create(to.height, to.width, type);
    if (isWholeRatio()) {
        m_boxSums.assign(m_valueCount, 0);
        return;
    }
    m_columns = makeAxis(from.width, to.width);
    m_rows = makeAxis(from.height, to.height);
    m_areaSums.assign(m_valueCount, 0);
    m_middle.resize(m_valueCount);
}

bool AreaScaler::isWholeRatio() const
{
    return m_from.width % m_to.width == 0 && m_from.height % m_to.height == 0 &&
           m_from.height / m_to.height <= kMaxBoxRows;
}

bool AreaScaler::isExtreme() const
{
    return m_from.width / m_to.width >= kMaxRatio || m_from.height / m_to.height >= kMaxRatio;
}

void AreaScaler::addRows(const cv::Mat& rows)
{
    for (int y = 0; y < rows.rows; ++y, ++m_inputRow) {
        const std::uint8_t* row = rows.ptr(y);
        if (!m_whole.empty())
            std::copy_n(row, m_valueCount, m_whole.ptr(m_inputRow));
        else if (!m_boxSums.empty())
            addToBox(row);
        else
            addToArea(row);
    }
}

cv::Mat AreaScaler::result()
{
    if (!m_whole.empty())
        cv::resize(m_whole, m_result, {m_to.width, m_to.height}, 0, 0, cv::INTER_AREA);
    return m_result;
}

void AreaScaler::addToBox(const std::uint8_t* row)
{
    addRow(m_boxSums.data(), row, m_valueCount);
    const int ratio = m_from.height / m_to.height;
    if ((m_inputRow + 1) % ratio == 0)
        finishBoxRow();
}

void AreaScaler::finishBoxRow()
{
    const int columns = m_from.width / m_to.width;
    const auto pixelCount = static_cast<std::uint32_t>(columns) *
                            static_cast<std::uint32_t>(m_from.height / m_to.height);
    std::uint8_t* out = m_result.ptr(m_outputRow++);
    switch (m_channels) {
    case 1: averageAcross<1>(m_boxSums.data(), columns, pixelCount, out, m_to.width); break;
    case 2: averageAcross<2>(m_boxSums.data(), columns, pixelCount, out, m_to.width); break;
    case 3: averageAcross<3>(m_boxSums.data(), columns, pixelCount, out, m_to.width); break;
    default: averageAcross<4>(m_boxSums.data(), columns, pixelCount, out, m_to.width); break;
    }
    std::fill(m_boxSums.begin(), m_boxSums.end(), std::uint16_t{0});
}

void AreaScaler::addToArea(const std::uint8_t* row)
{
    // A row belongs to one output row, or to the end of one and the beginning of the next.
    while (m_outputRow < m_to.height) {
        const Coverage& coverage = m_rows.outputs[static_cast<std::size_t>(m_outputRow)];
        if (m_inputRow < coverage.first)
            return;
        const int i = m_inputRow - coverage.first;
        addWeighted(m_areaSums.data(), row, m_rows.weights[coverage.weightsAt + static_cast<std::size_t>(i)],
                    m_valueCount);
        if (i + 1 < coverage.count)
            return;
        finishAreaRow();
    }
}

template <std::size_t kChannels>
void AreaScaler::scaleAcross(const std::uint16_t* in, const Axis& axis, std::uint8_t* out)
{
    for (const Coverage& coverage : axis.outputs) {
        const std::uint16_t* pixel = in + static_cast<std::size_t>(coverage.first) * kChannels;
        const std::uint16_t* weight = axis.weights.data() + coverage.weightsAt;
        std::uint32_t sums[kChannels] = {};
        for (int i = 0; i < coverage.count; ++i, pixel += kChannels, ++weight) {
            for (std::size_t c = 0; c < kChannels; ++c)
                sums[c] += std::uint32_t{*weight} * pixel[c];
        }
        for (std::size_t c = 0; c < kChannels; ++c)
            *out++ = static_cast<std::uint8_t>((sums[c] + (1U << (kFinalShift - 1))) >> kFinalShift);
    }
}

void AreaScaler::finishAreaRow()
{
    roundToMiddle(m_areaSums.data(), m_middle.data(), m_valueCount);
    std::uint8_t* out = m_result.ptr(m_outputRow++);
    switch (m_channels) {
    case 1: scaleAcross<1>(m_middle.data(), m_columns, out); break;
    case 2: scaleAcross<2>(m_middle.data(), m_columns, out); break;
    case 3: scaleAcross<3>(m_middle.data(), m_columns, out); break;
    default: scaleAcross<4>(m_middle.data(), m_columns, out); break;
    }
    std::fill(m_areaSums.begin(), m_areaSums.end(), 0U);
}

cv::Mat areaScaled(const cv::Mat& pixels, ImageSize size)
{
    AreaScaler scaler({pixels.cols, pixels.rows}, size, pixels.channels());
    scaler.addRows(pixels);
    return scaler.result();
}

} // namespace ps
