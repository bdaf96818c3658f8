// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/picture_facts.h"

#include "core/imaging/codecs/measure.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ps {

namespace {

constexpr double kHalfFullSpectrum = 2.2;  ///< topOfSpectrum() that is as likely of a picture that was enlarged
constexpr double kLaplacianNoiseGain = 20; ///< sum of squares of the Laplacian mask
constexpr int kToneRows = 3;               ///< every third is enough for shares of tones
constexpr std::size_t kDarkest = 2;        ///< as good as black, as in ImageMeasures
constexpr std::size_t kBrightest = 253;
constexpr double kSkinRed = 150; ///< middle of the colours of skin of any tone in Cr and Cb
constexpr double kSkinBlue = 108;
constexpr double kSkinSpread = 10;

/// Tones, and what ImageMeasures says of them.
ToneFacts examineTone(const cv::Mat& luma, ImageMeasures& measures)
{
    std::array<std::array<std::uint32_t, 256>, 2> counts{};
    for (int y = 0; y < luma.rows; y += kToneRows) {
        const std::uint8_t* row = luma.ptr(y);
        for (int x = 0; x < luma.cols; ++x)
            ++counts[static_cast<std::size_t>(x & 1)][row[x]];
    }
    constexpr std::array<double, 7> kShares = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    const double total = static_cast<double>((luma.rows + kToneRows - 1) / kToneRows) * luma.cols;
    ToneFacts tone;
    double before = 0, sum = 0, squares = 0;
    std::size_t next = 0;
    for (std::size_t value = 0; value < 256; ++value) {
        const double count = counts[0][value] + counts[1][value];
        sum += count * static_cast<double>(value);
        squares += count * static_cast<double>(value * value);
        measures.darkShare += value <= kDarkest ? count / total : 0;
        measures.brightShare += value >= kBrightest ? count / total : 0;
        tone.bins[value / 16] += count / total;
        for (; next < kShares.size() && before + count >= kShares[next] * total; ++next)
            tone.percentiles[next] = static_cast<double>(value);
        before += count;
    }
    measures.exposure = sum / total / 255;
    measures.contrast = std::sqrt(std::max(0.0, squares / total - sum * sum / (total * total))) / 255;
    return tone;
}

/// Source: D. Hasler, S. Suesstrunk, Measuring colourfulness in natural images (2003).
double colourfulnessOf(const cv::Mat& small)
{
    double rg = 0, rg2 = 0, yb = 0, yb2 = 0;
    for (auto pixel = small.begin<cv::Vec3f>(); pixel != small.end<cv::Vec3f>(); ++pixel) {
        const double cr = static_cast<double>((*pixel)[1]) - 128;
        const double cb = static_cast<double>((*pixel)[2]) - 128;
        const double redGreen = (1.403 + 0.714) * cr + 0.344 * cb;                     // R - G
        const double yellowBlue = (1.403 - 0.714) / 2 * cr - (0.344 / 2 + 1.773) * cb; // (R + G) / 2 - B
        rg += redGreen;
        rg2 += redGreen * redGreen;
        yb += yellowBlue;
        yb2 += yellowBlue * yellowBlue;
    }
    const auto total = static_cast<double>(small.total());
    const double variance = (rg2 + yb2) / total - (rg * rg + yb * yb) / (total * total);
    return std::sqrt(std::max(0.0, variance)) + 0.3 * std::hypot(rg / total, yb / total);
}

/// Every second pixel across and down.
cv::Mat thinned(const cv::Mat& small)
{
    cv::Mat thin;
    cv::resize(small, thin, {(small.cols + 1) / 2, (small.rows + 1) / 2}, 0, 0, cv::INTER_NEAREST);
    return thin;
}

ColourFacts examineColour(const cv::Mat& small)
{
    ColourFacts colour;
    double sum = 0, squares = 0, warmth = 0;
    for (auto pixel = small.begin<cv::Vec3f>(); pixel != small.end<cv::Vec3f>(); ++pixel) {
        const double cr = static_cast<double>((*pixel)[1]) - 128;
        const double cb = static_cast<double>((*pixel)[2]) - 128;
        const double saturation = std::hypot(cr, cb);
        const double turn = std::atan2(cb, cr) / (2 * std::numbers::pi) + (cb < 0 ? 1 : 0);
        colour.hues[static_cast<std::size_t>(turn * 8) % 8] += saturation;
        sum += saturation;
        squares += saturation * saturation;
        warmth += cr - cb;
    }
    const auto total = static_cast<double>(small.total());
    for (double& share : colour.hues)
        share /= std::max(sum, 1.0);
    colour.meanSaturation = sum / total;
    colour.saturationSpread = std::sqrt(std::max(0.0, squares / total - sum * sum / (total * total)));
    colour.colourfulness = colourfulnessOf(small);
    colour.warmth = warmth / total;
    return colour;
}

SkinFacts examineSkin(const cv::Mat& small)
{
    cv::Mat likeness(small.size(), CV_32F);
    double mass = 0, sx = 0, sy = 0;
    for (int y = 0; y < small.rows; ++y) {
        const auto* row = small.ptr<cv::Vec3f>(y);
        float* out = likeness.ptr<float>(y);
        for (int x = 0; x < small.cols; ++x) {
            const double red = (static_cast<double>(row[x][1]) - kSkinRed) / kSkinSpread;
            const double blue = (static_cast<double>(row[x][2]) - kSkinBlue) / kSkinSpread;
            const double like = std::exp(-(red * red + blue * blue) / 2);
            out[x] = static_cast<float>(like);
            mass += like;
            sx += like * ((x + 0.5) / small.cols - 0.5);
            sy += like * ((y + 0.5) / small.rows - 0.5);
        }
    }
    SkinFacts skin;
    cv::resize(likeness, skin.cells, {4, 4}, 0, 0, cv::INTER_AREA);
    skin.share = mass / static_cast<double>(small.total());
    const double least = 0.01 * static_cast<double>(small.total()); // next to nothing lies nowhere
    skin.centreX = sx / (mass + least);
    skin.centreY = sy / (mass + least);
    return skin;
}

/// Sums of a small map inside a box and outside it; cells at the border count by their share.
struct SplitMean {
    double inside = 0;
    double outside = 0;
};

double overlap(int cell, int cells, double begin, double end)
{
    const double low = std::max(static_cast<double>(cell) / cells, begin);
    const double high = std::min(static_cast<double>(cell + 1) / cells, end);
    return std::max(0.0, high - low) * cells;
}

template <typename Value>
SplitMean splitMean(cv::Size size, const FractionBox& box, Value value)
{
    double in = 0, inWeight = 0, all = 0;
    for (int y = 0; y < size.height; ++y) {
        const double down = overlap(y, size.height, box.y1, box.y2);
        for (int x = 0; x < size.width; ++x) {
            const double weight = down * overlap(x, size.width, box.x1, box.x2);
            const double here = value(y, x);
            in += weight * here;
            inWeight += weight;
            all += here;
        }
    }
    const double outWeight = size.area() - inWeight;
    return {inWeight > 0 ? in / inWeight : 0, outWeight > 1e-9 ? (all - in) / outWeight : 0};
}

SubjectFacts examineSubject(const PictureFacts& facts)
{
    const FractionBox& box = facts.saliency.subject;
    const cv::Mat& cells = facts.edges[0].cells;
    const SplitMean power = splitMean(cells.size(), box, [&](int y, int x) -> double { return cells.at<float>(y, x); });
    const double noise = kLaplacianNoiseGain * facts.luma.noise * facts.luma.noise;
    const cv::Mat& small = facts.planes.small;
    const SplitMean luma = splitMean(small.size(), box,
                                     [&](int y, int x) -> double { return small.at<cv::Vec3f>(y, x)[0]; });
    const SplitMean colour = splitMean(small.size(), box, [&](int y, int x) {
        const cv::Vec3f& pixel = small.at<cv::Vec3f>(y, x);
        return std::hypot(static_cast<double>(pixel[1]) - 128, static_cast<double>(pixel[2]) - 128);
    });
    SubjectFacts subject;
    subject.sharpness = std::sqrt(std::max(0.0, power.inside - noise));
    subject.restSharpness = std::sqrt(std::max(0.0, power.outside - noise));
    subject.lumaOffset = luma.inside - luma.outside;
    subject.colourOffset = colour.inside - colour.outside;
    return subject;
}

/// A box of the detail in the whole picture.
FractionBox inPicture(const FractionBox& box, const FractionBox& detail)
{
    const double width = detail.x2 - detail.x1;
    const double height = detail.y2 - detail.y1;
    return {detail.x1 + box.x1 * width, detail.y1 + box.y1 * height, detail.x1 + box.x2 * width,
            detail.y1 + box.y2 * height};
}

} // namespace

double PictureFacts::upscaling() const
{
    const double ratio = detailTop / kHalfFullSpectrum;
    return 1 / (1 + ratio * ratio * ratio * ratio);
}

PictureFacts examinePicture(const LoadedPicture& picture)
{
    PictureFacts facts;
    facts.planes = makePlanes(picture.normal);
    const cv::Mat& luma = facts.planes.luma[0];
    facts.tone = examineTone(luma, facts.luma);
    facts.luma.noise = measureNoise(luma);
    for (std::size_t level = 0; level < PicturePlanes::kLevels; ++level) {
        if (facts.planes.luma[level].cols >= EdgeEnergy::kSide && facts.planes.luma[level].rows >= EdgeEnergy::kSide)
            facts.edges[level] = edgeEnergy(facts.planes.luma[level], level < 2 ? EdgeShape::Measure : EdgeShape::Skip);
    }
    const double noisePower = kLaplacianNoiseGain * facts.luma.noise * facts.luma.noise;
    facts.luma.sharpness = std::sqrt(std::max(0.0, facts.edges[0].meanSquare - noisePower));
    facts.redEdges = edgeEnergy(facts.planes.red, EdgeShape::Measure);
    facts.blueEdges = edgeEnergy(facts.planes.blue, EdgeShape::Skip);
    facts.top = {topOfSpectrum(luma), topOfSpectrum(facts.planes.luma[1])};

    const bool isOwnDetail = picture.detail.data != picture.normal.data && picture.detail.cols >= kLeastSide &&
                             picture.detail.rows >= kLeastSide;
    const cv::Mat detail = isOwnDetail ? lumaOf(picture.detail) : luma;
    facts.detail = measureDetail(detail);
    facts.detailNoise = isOwnDetail ? measureNoise(detail) : facts.luma.noise;
    facts.detailTop = isOwnDetail ? topOfSpectrum(detail) : facts.top[0];
    facts.detailEnergy = isOwnDetail ? edgeEnergy(detail, EdgeShape::Skip).meanSquare : facts.edges[0].meanSquare;

    facts.colour = examineColour(thinned(facts.planes.small));
    facts.skin = examineSkin(facts.planes.small);
    facts.saliency = findSaliency(facts.planes, facts.edges[1]);
    facts.subject = examineSubject(facts);
    return facts;
}

QualityMeasures qualityOf(const PictureFacts& facts, const LoadedPicture& picture)
{
    QualityMeasures measures;
    const auto put = [&](QualityMeasure measure, double value) { measures[measure] = static_cast<float>(value); };
    put(QualityMeasure::SubjectSharpness, facts.subject.sharpness);
    put(QualityMeasure::Sharpness, facts.luma.sharpness);
    put(QualityMeasure::Noise, facts.luma.noise);
    put(QualityMeasure::Banding, std::min(1.0, facts.detail.banding));
    put(QualityMeasure::Blockiness, std::max(0.0, facts.blockiness()));
    put(QualityMeasure::Clipping, facts.luma.darkShare + facts.luma.brightShare);
    put(QualityMeasure::ExposureOffset, std::abs(facts.luma.exposure - 0.5));
    put(QualityMeasure::Contrast, facts.luma.contrast);
    put(QualityMeasure::Colourfulness, facts.colour.colourfulness);
    put(QualityMeasure::Upscaling, facts.upscaling());
    put(QualityMeasure::Resolution, static_cast<double>(picture.fullSize.width) * picture.fullSize.height / 1e6);
    measures.subject = facts.saliency.subject;
    if (facts.detail.worst)
        measures.worst = inPicture(*facts.detail.worst, picture.detailBox);
    return measures;
}

} // namespace ps
