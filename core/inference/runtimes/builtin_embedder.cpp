// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The order and the scales of all numbers are part of the version: docs/formats/builtin_embedding.md describes them one by one,
// and kBuiltinEmbedderName changes with any of them.
#include "core/inference/runtimes/builtin_embedder.h"

#include "core/inference/model_spec.h"
#include "core/inference/runtimes/picture_facts.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ps {

namespace {

/// Collects the numbers, each brought to about -1 to 1.
class VectorWriter
{
public:
    VectorWriter() { m_values.reserve(kBuiltinEmbeddingSize); }

    void put(double value, double centre = 0, double spread = 1)
    {
        const double scaled = (value - centre) / spread;
        m_values.push_back(std::isfinite(scaled) ? static_cast<float>(std::clamp(scaled, -kMost, kMost)) : 0.0F);
    }

    template <typename Values>
    void putAll(const Values& values, double centre, double spread)
    {
        for (const auto value : values)
            put(static_cast<double>(value), centre, spread);
    }

    std::vector<float> take() { return std::move(m_values); }

private:
    static constexpr double kMost = 6;
    std::vector<float> m_values;
};

cv::MatConstIterator_<float> beginOf(const cv::Mat& map)
{
    return map.begin<float>();
}

template <typename Change>
void putMap(VectorWriter& writer, const cv::Mat& map, double centre, double spread, Change change)
{
    for (auto value = beginOf(map); value != map.end<float>(); ++value)
        writer.put(change(static_cast<double>(*value)), centre, spread);
}

double same(double value)
{
    return value;
}

double logEnergy(double meanSquare)
{
    return std::log2(1 + std::sqrt(meanSquare));
}

void putLayout(VectorWriter& writer, const PictureFacts& facts)
{
    putMap(writer, cellMeans(facts.planes.luma[3], 8), 110, 60, same);
    putMap(writer, cellMeans(facts.planes.red, 5), 128, 20, same);
    putMap(writer, cellMeans(facts.planes.blue, 5), 128, 20, same);
    putMap(writer, facts.skin.cells, 0.15, 0.3, same);
    writer.put(facts.skin.share, 0.15, 0.2);
    writer.put(facts.skin.centreX, 0, 0.3);
    writer.put(facts.skin.centreY, 0, 0.3);
    putMap(writer, cellMeans(facts.edges[0].cells, 8), 3.2, 1.5, logEnergy);
    putMap(writer, cellMeans(facts.saliency.map, 10), 0.8, 0.7,
           [&](double mean) { return std::sqrt(mean * static_cast<double>(facts.saliency.map.total())); });
}

void putGradients(VectorWriter& writer, const PictureFacts& facts)
{
    for (const auto& [level, side] : {std::pair<std::size_t, int>{1, 3}, {2, 2}}) {
        const std::vector<float> shares = orientedGradients(facts.planes.luma[level], side);
        const auto count = static_cast<double>(shares.size());
        for (const float share : shares)
            writer.put(std::sqrt(static_cast<double>(share) * count), 0.9, 0.5);
    }
}

void putSubject(VectorWriter& writer, const PictureFacts& facts)
{
    const auto shape = shapeOf(facts.saliency);
    constexpr std::array<double, kSaliencyShape> kCentres = {
        0, 0, 0.22, 0.22, 0, -0.28, -0.16, 0, 0.16, 0.28, -0.28, -0.16, 0, 0.16, 0.28, 0, 0, 0.15, 0.2, 0.88};
    constexpr std::array<double, kSaliencyShape> kSpreads = {0.1, 0.1,  0.06, 0.06, 0.03, 0.1,  0.12, 0.15, 0.12, 0.1,
                                                             0.1, 0.12, 0.15, 0.12, 0.1,  0.25, 0.25, 0.1,  0.15, 0.08};
    for (std::size_t i = 0; i < shape.size(); ++i)
        writer.put(static_cast<double>(shape[i]), kCentres[i], kSpreads[i]);
    writer.put(std::log2(1 + facts.subject.sharpness), 4, 1.2);
    writer.put(std::log2(1 + facts.subject.sharpness) - std::log2(1 + facts.subject.restSharpness), 0, 1);
    writer.put(facts.subject.lumaOffset, 0, 40);
    writer.put(facts.subject.colourOffset, 0, 12);
}

void putTone(VectorWriter& writer, const PictureFacts& facts)
{
    for (const double share : facts.tone.bins)
        writer.put(std::sqrt(share), 0.22, 0.12);
    constexpr std::array<double, 7> kCentres = {15, 30, 75, 110, 150, 205, 230};
    for (std::size_t i = 0; i < kCentres.size(); ++i)
        writer.put(facts.tone.percentiles[i], kCentres[i], 40);
    writer.put(facts.luma.exposure, 0.45, 0.15);
    writer.put(facts.luma.contrast, 0.22, 0.07);
    writer.put(std::sqrt(facts.luma.darkShare), 0.05, 0.15);
    writer.put(std::sqrt(facts.luma.brightShare), 0.05, 0.15);
    writer.put(std::abs(facts.luma.exposure - 0.5), 0.1, 0.1);
}

void putColour(VectorWriter& writer, const PictureFacts& facts)
{
    for (const double share : facts.colour.hues)
        writer.put(std::sqrt(share), 0.3, 0.25);
    writer.put(facts.colour.meanSaturation, 15, 10);
    writer.put(facts.colour.saturationSpread, 9, 6);
    writer.put(facts.colour.colourfulness, 35, 20);
    writer.put(facts.colour.warmth, 0, 15);
}

void putDetail(VectorWriter& writer, const PictureFacts& facts)
{
    std::array<double, PicturePlanes::kLevels> energy{};
    for (std::size_t i = 0; i < energy.size(); ++i) {
        energy[i] = logEnergy(facts.edges[i].meanSquare);
        writer.put(energy[i], 4.3, 1);
    }
    writer.put(std::log2(1 + facts.luma.sharpness), 4, 1.2);
    for (std::size_t level = 0; level < 2; ++level) {
        for (const double percentile : facts.edges[level].percentiles)
            writer.put(std::log2(1 + percentile), 4, 1.5);
    }
    for (std::size_t i = 0; i + 1 < energy.size(); ++i)
        writer.put(energy[i] - energy[i + 1], 0, 0.6);
    writer.put(facts.top[0], 3, 1.5);
    writer.put(facts.top[1], 3, 1.5);
    writer.put(facts.detailTop, 3, 1.5);
    writer.put(std::log2(1 + facts.luma.noise), 1, 1);
    writer.put(std::log2(1 + facts.detailNoise), 1, 1);
    writer.put(std::log2(1 + facts.redEdges.percentiles[0]), 1, 1);
    constexpr std::array<double, 8> kCentres = {0.2, 0.2, 0.13, 0.15, 0.13, 0.1, 0.06, 0.03};
    for (std::size_t i = 0; i < kCentres.size(); ++i)
        writer.put(facts.detail.differences[i], kCentres[i], i < 2 ? 0.12 : 0.06);
    writer.put(std::log2(1 + 8 * std::max(0.0, facts.detail.blocksAcross)), 0.5, 0.8);
    writer.put(std::log2(1 + 8 * std::max(0.0, facts.detail.blocksDown)), 0.5, 0.8);
    writer.put(std::log2(1 + 8 * std::max(0.0, facts.blockiness())), 0.5, 0.8);
    writer.put(std::log2(1 + 1000 * facts.detail.stepShare), 1.5, 1.5);
    writer.put(facts.detail.banding, 0.1, 0.15);
    writer.put(facts.detail.smoothShare, 0.2, 0.2);
    writer.put(std::sqrt(facts.detail.stepShare), 0.03, 0.05);
    writer.put(facts.detail.emptyLevels, 0.1, 0.3);
    writer.put(facts.upscaling(), 0.4, 0.3);
    writer.put(logEnergy(facts.detailEnergy), 4, 1);
    writer.put(logEnergy(facts.detailEnergy) - energy[0], 0, 0.5);
    writer.put(logEnergy(facts.redEdges.meanSquare), 2, 0.8);
    writer.put(logEnergy(facts.blueEdges.meanSquare), 2, 0.8);
    writer.put(facts.edges[0].skewness, 0, 1);
    writer.put(std::log2(1 + facts.edges[0].kurtosis), 4, 1.2);
}

void putSize(VectorWriter& writer, const LoadedPicture& picture)
{
    const double pixels = static_cast<double>(picture.fullSize.width) * picture.fullSize.height;
    writer.put(std::log2(static_cast<double>(picture.fullSize.width) / picture.fullSize.height), 0, 0.7);
    writer.put(std::log2(pixels / 1e6), 0, 2.5);
    writer.put(picture.estimatedQuality > 0 ? picture.estimatedQuality : 100, 90, 15);
    writer.put(std::log2(1 + 8.0 * static_cast<double>(picture.fileBytes) / pixels), 2.5, 1.2);
}

} // namespace

BuiltinEmbedding embedBuiltin(const LoadedPicture& picture)
{
    const PictureFacts facts = examinePicture(picture);
    VectorWriter writer;
    putLayout(writer, facts);
    putGradients(writer, facts);
    putSubject(writer, facts);
    putTone(writer, facts);
    putColour(writer, facts);
    putDetail(writer, facts);
    putSize(writer, picture);
    return {writer.take(), qualityOf(facts, picture)};
}

QualityMeasures measureQuality(const LoadedPicture& picture)
{
    return qualityOf(examinePicture(picture), picture);
}

} // namespace ps
