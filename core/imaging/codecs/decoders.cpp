// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/decoders.h"

#include <opencv2/imgproc.hpp>

namespace ps {

namespace {

/// Puts all rows together.
class RasterSink final : public RowSink
{
public:
    explicit RasterSink(Raster& raster) : m_raster(raster) {}

    Result<void> begin(const RowForm& form) override
    {
        m_raster = makeRaster(form.size, form.model, form.isDeep);
        m_raster.isPremultiplied = form.isPremultiplied;
        m_isRedFirst = form.isRedFirst;
        return {};
    }

    void take(const cv::Mat& rows) override
    {
        cv::Mat target = m_raster.pixels.rowRange(m_y, m_y + rows.rows);
        if (m_isRedFirst)
            cv::cvtColor(rows, target, hasAlpha(m_raster.model) ? cv::COLOR_RGBA2BGRA : cv::COLOR_RGB2BGR);
        else
            rows.copyTo(target);
        m_y += rows.rows;
    }

private:
    Raster& m_raster;
    bool m_isRedFirst = false;
    int m_y = 0;
};

} // namespace

Result<void> decodeRows(FileReader& file, const ImageHeader& header, const DecodeOptions& options, RowSink& sink)
{
    switch (header.format) {
    case ImageFormat::Png: return decodePng(file, header, options, sink);
    case ImageFormat::Bmp: return decodeBmp(file, header, options, sink);
    case ImageFormat::Tiff: return decodeTiff(file, header, options, sink);
    case ImageFormat::Jpeg:
    case ImageFormat::WebP: break; // their libraries want the whole file
    }
    PS_TRY(const FileBytes bytes, file.readAll());
    return header.format == ImageFormat::Jpeg ? decodeJpeg(bytes.view(), header, options, sink)
                                              : decodeWebP(bytes.view(), header, options, sink);
}

Result<Raster> decodeRaster(FileReader& file, const ImageHeader& header, const DecodeOptions& options)
{
    Raster raster;
    RasterSink sink(raster);
    PS_TRY_VOID(decodeRows(file, header, options, sink));
    raster.colour = header.colour;
    return raster;
}

Result<Raster> decodeUpright(FileReader& file, const ImageHeader& header, std::optional<PixelBox> box, bool keepsDepth)
{
    DecodeOptions options;
    options.keepsDepth = keepsDepth;
    options.examinesRest = true;
    if (box) {
        PS_TRY_VOID(checkBox(*box, header.upright()));
        options.region = rawBox(*box, header.rawSize, header.orientation);
    }
    PS_TRY(Raster raster, decodeRaster(file, header, options));
    raster.pixels = oriented(raster.pixels, header.orientation);
    return raster;
}

Result<Raster> decodeJpegRaster(std::string_view bytes, const ImageHeader& header)
{
    Raster raster;
    RasterSink sink(raster);
    PS_TRY_VOID(decodeJpeg(bytes, header, {}, sink));
    raster.colour = header.colour;
    return raster;
}

} // namespace ps
