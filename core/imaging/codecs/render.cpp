// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/render.h"

#include "core/imaging/codecs/decoders.h"
#include "core/imaging/codecs/encoders.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace ps {

namespace {

/// A sequence of 64-bit numbers by position. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators" (SplitMix64).
std::uint64_t randomAt(std::uint64_t seed, std::uint64_t index)
{
    std::uint64_t z = seed + (index + 1) * 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

/// A value of mean 0 and variance 1 that is close to normal: the sum of eight uniform 16-bit numbers, so that only
/// additions are involved and every machine gets the same.
double normalAt(std::uint64_t seed, std::uint64_t index)
{
    constexpr double kMean = 8 * 32767.5;
    constexpr double kDeviation = 53509.92; // 65536 * sqrt(8 / 12)
    std::uint64_t sum = 0;
    for (std::uint64_t half = 0; half < 2; ++half) {
        for (std::uint64_t bits = randomAt(seed, 2 * index + half), i = 0; i < 4; ++i, bits >>= 16)
            sum += bits & 0xffff;
    }
    return (static_cast<double>(sum) - kMean) / kDeviation;
}

std::uint8_t toByte(double value)
{
    return static_cast<std::uint8_t>(std::clamp(std::floor(value + 0.5), 0.0, 255.0));
}

/// Calls change(value, position) for every colour value, not for alpha. Positions count colour values row by row.
template <typename Change>
void changeColours(Raster& raster, Change&& change)
{
    const int channels = raster.pixels.channels();
    std::uint64_t position = 0;
    for (int y = 0; y < raster.pixels.rows; ++y) {
        std::uint8_t* pixel = raster.pixels.ptr(y);
        for (int x = 0; x < raster.pixels.cols; ++x, pixel += channels) {
            for (int c = 0; c < 3; ++c)
                pixel[c] = change(pixel[c], position++);
        }
    }
}

/// Runs an operation that mixes pixels, on premultiplied values where there is transparency.
template <typename Mix>
void mixPixels(Raster& raster, Mix&& mix)
{
    premultiply(raster);
    cv::Mat result;
    mix(raster.pixels, result);
    raster.pixels = result;
    unpremultiply(raster);
}

/// Applies one step to an 8-bit sRGB raster with straight alpha.
class StepRunner
{
public:
    StepRunner(Raster& raster, const ImageLimits& limits) : m_raster(raster), m_limits(limits) {}

    Result<void> operator()(const CropStep& step) const
    {
        PS_TRY_VOID(checkBox(step.box, m_raster.size()));
        m_raster.pixels =
            m_raster.pixels(cv::Rect(step.box.x1, step.box.y1, step.box.width(), step.box.height())).clone();
        return {};
    }

    Result<void> operator()(const ResizeStep& step) const
    {
        if (std::int64_t{step.size.width} * step.size.height > m_limits.maxPixels)
            return Error{ErrorCode::TooLarge,
                         "the new size exceeds the limit of " + std::to_string(m_limits.maxPixels) + " pixels",
                         {},
                         0};
        const int filter = step.filter == ResizeFilter::Area ? cv::INTER_AREA : cv::INTER_CUBIC;
        mixPixels(m_raster, [&](const cv::Mat& in, cv::Mat& out) {
            cv::resize(in, out, {step.size.width, step.size.height}, 0, 0, filter);
        });
        return {};
    }

    Result<void> operator()(const BlurStep& step) const
    {
        mixPixels(m_raster, [&](const cv::Mat& in, cv::Mat& out) { cv::GaussianBlur(in, out, {}, step.sigma); });
        return {};
    }

    Result<void> operator()(const SharpenStep& step) const
    {
        mixPixels(m_raster, [&](const cv::Mat& in, cv::Mat& out) {
            cv::Mat blurred;
            cv::GaussianBlur(in, blurred, {}, step.sigma);
            cv::addWeighted(in, 1 + step.amount, blurred, -step.amount, 0, out);
        });
        return {};
    }

    Result<void> operator()(const NoiseStep& step) const
    {
        changeColours(m_raster, [&](std::uint8_t value, std::uint64_t position) {
            return toByte(value + step.sigma * normalAt(step.seed, position));
        });
        return {};
    }

    Result<void> operator()(const ExposureStep& step) const
    {
        std::array<std::uint8_t, 256> table{};
        const double factor = std::exp2(step.stops);
        for (std::size_t i = 0; i < table.size(); ++i)
            table[i] = toByte(255 * encodeLight(std::min(1.0, decodeLight(static_cast<double>(i) / 255) * factor)));
        changeColours(m_raster, [&](std::uint8_t value, std::uint64_t) { return table[value]; });
        return {};
    }

    Result<void> operator()(const JpegStep& step) const
    {
        Raster colours;
        std::vector<cv::Mat> planes;
        cv::split(m_raster.pixels, planes);
        cv::merge(planes.data(), 3, colours.pixels);
        Encoding encoding;
        encoding.quality = step.quality;
        encoding.halvesChroma = true;
        PS_TRY(const std::string bytes, encodeJpeg(colours, encoding));
        ImageHeader header;
        header.rawSize = colours.size();
        PS_TRY(Raster decoded, decodeJpegRaster(bytes, header));
        if (hasAlpha(m_raster.model)) {
            const cv::Mat sources[] = {decoded.pixels, planes[3]};
            const int fromTo[] = {0, 0, 1, 1, 2, 2, 3, 3};
            cv::mixChannels(sources, 2, &m_raster.pixels, 1, fromTo, 4);
        } else {
            m_raster.pixels = decoded.pixels;
        }
        return {};
    }

private:
    // Source: IEC 61966-2-1.
    static double decodeLight(double value)
    {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    }
    static double encodeLight(double value)
    {
        return value <= 0.0031308 ? value * 12.92 : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
    }

    Raster& m_raster;
    const ImageLimits& m_limits;
};

/// The box that all crops together leave, so that only its pixels are decoded.
Result<PixelBox> cropBox(ImageSize size, const Recipe& recipe)
{
    PixelBox kept{0, 0, size.width, size.height};
    for (const RecipeStep& step : recipe.steps) {
        const PixelBox& box = std::get<CropStep>(step).box;
        PS_TRY_VOID(checkBox(box, {kept.width(), kept.height()}));
        kept = {kept.x1 + box.x1, kept.y1 + box.y1, kept.x1 + box.x2, kept.y1 + box.y2};
    }
    return kept;
}

Result<Raster> cropped(FileReader& file, const ImageHeader& header, const Recipe& recipe)
{
    if (recipe.steps.empty())
        return decodeUpright(file, header, {}, /*keepsDepth=*/true);
    PS_TRY(const PixelBox box, cropBox(header.upright(), recipe));
    return decodeUpright(file, header, box, /*keepsDepth=*/true);
}

Result<Raster> processed(FileReader& file, const ImageHeader& header, const Recipe& recipe, const ImageLimits& limits,
                         ColourConverter& converter, const std::function<bool()>& isCancelled)
{
    PS_TRY(Raster raster, decodeUpright(file, header, {}, /*keepsDepth=*/false));
    unpremultiply(raster);
    converter.convertToSrgb(raster);
    for (const RecipeStep& step : recipe.steps) {
        if (isCancelled())
            return Error{ErrorCode::Cancelled, "the work was cancelled", {}, 0};
        PS_TRY_VOID(std::visit(StepRunner(raster, limits), step));
    }
    return raster;
}

} // namespace

Result<RenderedFile> renderRecipe(FileReader& file, const ImageHeader& header, const Recipe& recipe,
                                  const ImageLimits& limits, ColourConverter& converter,
                                  const std::function<bool()>& isCancelled)
{
    PS_TRY_VOID(validate(recipe));
    PS_TRY(Raster raster, recipe.isCropOnly() ? cropped(file, header, recipe)
                                              : processed(file, header, recipe, limits, converter, isCancelled));
    if (isCancelled())
        return Error{ErrorCode::Cancelled, "the work was cancelled", {}, 0};
    const ImageSize size = raster.size();
    PS_TRY(std::string bytes, encodeRaster(std::move(raster), recipe.encoding, converter));
    return RenderedFile{size, std::move(bytes)};
}

} // namespace ps
