// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/area_scale.h"
#include "core/imaging/codecs/decoders.h"
#include "core/inference/runtimes/builtin_embedder.h"
#include "core/library/demo/demo_script.h"
#include "tests/support/checks.h"
#include "tests/support/images.h"

#include <opencv2/imgproc.hpp>

#include <fcntl.h>
#include <vector>

namespace ps::test {

/// Real photographs of the demo's packages, 960 pixels wide or high, B G R.
inline std::vector<cv::Mat> realPhotographs(std::size_t most)
{
    std::vector<cv::Mat> pictures;
    ColourConverter converter;
    for (const Photograph& photograph : must(demoPhotographs())) {
        const UniqueFd file(::open(photograph.path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file.isOpen() || pictures.size() >= most)
            continue;
        FileReader reader(file.get(), must(identify(file.get())).sizeBytes);
        const ImageHeader header = must(readHeader(reader, {}));
        Raster raster = must(decodeRaster(reader, header, {}));
        if (raster.model != ColourModel::Bgr)
            continue;
        converter.convertToSrgb(raster);
        const ImageSize size = fittedSize(raster.size(), {960, 960});
        pictures.push_back(size == raster.size() ? raster.pixels : areaScaled(raster.pixels, size));
    }
    return pictures;
}

/// What the worker sees of a file with these pixels.
inline LoadedPicture loaded(const std::string& bytes)
{
    static ColourConverter converter;
    MemoryFile file(bytes);
    const ImageHeader header = must(readHeader(file.reader(), {}));
    return must(loadPicture(file.reader(), header, {}, converter));
}

inline std::string pngOf(const cv::Mat& picture)
{
    Raster raster;
    raster.model = ColourModel::Bgr;
    raster.pixels = picture;
    Encoding encoding;
    encoding.pngLevel = 1;
    return encoded(raster, encoding);
}

inline std::string jpegOf(const cv::Mat& picture, int quality)
{
    Raster raster;
    raster.model = ColourModel::Bgr;
    raster.pixels = picture;
    Encoding encoding;
    encoding.format = ImageFormat::Jpeg;
    encoding.quality = quality;
    encoding.halvesChroma = true;
    return encoded(raster, encoding);
}

inline QualityMeasures measured(const cv::Mat& picture)
{
    return measureQuality(loaded(pngOf(picture)));
}

} // namespace ps::test
