// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/byte_sink.h"
#include "core/imaging/codecs/encoders.h"
#include "core/imaging/codecs/tiff_file.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace ps {

namespace {

struct Output {
    ByteSink sink;
    std::size_t position = 0;
};

tmsize_t readProcedure(thandle_t client, void* out, tmsize_t count)
{
    auto* output = static_cast<Output*>(client);
    const std::size_t left = output->sink.size() - std::min(output->position, output->sink.size());
    const std::size_t taken = std::min(left, static_cast<std::size_t>(std::max<tmsize_t>(count, 0)));
    std::memcpy(out, output->sink.data() + output->position, taken);
    output->position += taken;
    return static_cast<tmsize_t>(taken);
}

tmsize_t writeProcedure(thandle_t client, void* data, tmsize_t count)
{
    auto* output = static_cast<Output*>(client);
    if (count < 0 || !output->sink.writeAt(output->position, data, static_cast<std::size_t>(count)))
        return -1;
    output->position += static_cast<std::size_t>(count);
    return count;
}

toff_t seekProcedure(thandle_t client, toff_t offset, int whence)
{
    auto* output = static_cast<Output*>(client);
    const std::size_t base = whence == SEEK_CUR ? output->position : whence == SEEK_END ? output->sink.size() : 0;
    output->position = base + offset;
    return output->position;
}

toff_t sizeProcedure(thandle_t client)
{
    return static_cast<Output*>(client)->sink.size();
}

int photometricOf(ColourModel model)
{
    switch (model) {
    case ColourModel::Grey:
    case ColourModel::GreyAlpha: return PHOTOMETRIC_MINISBLACK;
    case ColourModel::Cmyk: return PHOTOMETRIC_SEPARATED;
    default: return PHOTOMETRIC_RGB;
    }
}

bool setTags(TIFF* tiff, const Raster& raster)
{
    bool isGood = true;
    const auto set = [&](std::uint32_t tag, auto... values) {
        isGood = ::TIFFSetField(tiff, tag, values...) != 0 && isGood;
    };
    set(TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(raster.pixels.cols));
    set(TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(raster.pixels.rows));
    set(TIFFTAG_BITSPERSAMPLE, raster.isDeep() ? 16 : 8);
    set(TIFFTAG_SAMPLESPERPIXEL, raster.pixels.channels());
    set(TIFFTAG_PHOTOMETRIC, photometricOf(raster.model));
    set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    set(TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    set(TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    set(TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
    if (hasAlpha(raster.model)) {
        const auto kind = static_cast<std::uint16_t>(raster.isPremultiplied ? EXTRASAMPLE_ASSOCALPHA
                                                                            : EXTRASAMPLE_UNASSALPHA);
        set(TIFFTAG_EXTRASAMPLES, 1, &kind);
    }
    if (!raster.colour.icc.empty())
        set(TIFFTAG_ICCPROFILE, static_cast<std::uint32_t>(raster.colour.icc.size()), raster.colour.icc.data());
    set(TIFFTAG_ROWSPERSTRIP, ::TIFFDefaultStripSize(tiff, 0));
    return isGood;
}

/// Files have R G B; libtiff also changes the rows that it is given.
cv::Mat fileOrder(const Raster& raster)
{
    cv::Mat pixels;
    if (raster.model == ColourModel::Bgr)
        cv::cvtColor(raster.pixels, pixels, cv::COLOR_BGR2RGB);
    else if (raster.model == ColourModel::Bgra)
        cv::cvtColor(raster.pixels, pixels, cv::COLOR_BGRA2RGBA);
    else
        pixels = raster.pixels.clone();
    return pixels;
}

} // namespace

Result<std::string> encodeTiff(const Raster& raster)
{
    Output output;
    TiffMessages messages;
    const auto failed = [&] { return Error{ErrorCode::Internal, "cannot write TIFF: " + messages.firstError, {}, 0}; };
    {
        const TiffHandle tiff = openTiff("w", &output, {readProcedure, writeProcedure, seekProcedure, sizeProcedure},
                                         messages);
        if (!tiff || !setTags(tiff.get(), raster))
            return failed();
        cv::Mat pixels = fileOrder(raster);
        for (int y = 0; y < pixels.rows; ++y) {
            if (::TIFFWriteScanline(tiff.get(), pixels.ptr(y), static_cast<std::uint32_t>(y), 0) < 0)
                return failed();
        }
        if (::TIFFFlush(tiff.get()) == 0)
            return failed();
    }
    if (!messages.firstError.empty()) // the last bytes are written while it closes
        return failed();
    return output.sink.toString();
}

} // namespace ps
