// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/decoders.h"

#include <algorithm>
#include <csetjmp>
#include <cstdio> // before jpeglib.h, which needs it
#include <jpeglib.h>

#include <jerror.h>

namespace ps {

namespace {

/// More scans than any real file has; each scan of a bomb costs a pass over all coefficients.
constexpr int kMaxScans = 500;

/// Scales, in eighths, that libjpeg-turbo decodes faster than the full size (measured, see docs/adr/0005): 5/8 to 7/8
/// have no vectorised transform and take longer than 8/8.
constexpr unsigned kFastScales[] = {1, 2, 3, 4, 8};

/// libjpeg's warnings that do not mean that pixels are missing.
bool isHarmless(int warning)
{
    return warning == JWRN_EXTRANEOUS_DATA || warning == JWRN_JFIF_MAJOR || warning == JWRN_ADOBE_XFORM ||
           warning == JWRN_BOGUS_PROGRESSION || warning == JWRN_NOT_SEQUENTIAL;
}

/// Errors leave libjpeg by longjmp; the frames between are its own C functions and the plain functions below, none of
/// which has an object with a destructor.
struct JpegErrors {
    jpeg_error_mgr manager; ///< first member: libjpeg hands out a pointer to it
    std::jmp_buf escape;
    char message[JMSG_LENGTH_MAX];
    bool isLimit; ///< beyond a limit rather than damaged
};

[[noreturn]] void leave(j_common_ptr info)
{
    auto* errors = reinterpret_cast<JpegErrors*>(info->err);
    info->err->format_message(info, errors->message);
    errors->isLimit = info->err->msg_code == JERR_OUT_OF_MEMORY;
    std::longjmp(errors->escape, 1);
}

void onMessage(j_common_ptr info, int level)
{
    if (level < 0 && !isHarmless(info->err->msg_code))
        leave(info);
}

void onProgress(j_common_ptr info)
{
    const auto* decoder = reinterpret_cast<j_decompress_ptr>(info);
    if (decoder->input_scan_number > kMaxScans) {
        auto* errors = reinterpret_cast<JpegErrors*>(info->err);
        std::snprintf(errors->message, sizeof errors->message, "more than %d scans", kMaxScans);
        errors->isLimit = true;
        std::longjmp(errors->escape, 1);
    }
}

/// libjpeg's state. The functions return false after an error, which error() explains.
class JpegDecoder
{
public:
    JpegDecoder()
    {
        m_info.err = ::jpeg_std_error(&m_errors.manager);
        m_errors.manager.error_exit = leave;
        m_errors.manager.emit_message = onMessage;
        m_progress.progress_monitor = onProgress;
    }
    ~JpegDecoder() { ::jpeg_destroy_decompress(&m_info); }
    JpegDecoder(const JpegDecoder&) = delete;
    JpegDecoder& operator=(const JpegDecoder&) = delete;

    bool readHeader(const unsigned char* data, unsigned long size)
    {
        if (setjmp(m_errors.escape) != 0)
            return false;
        jpeg_create_decompress(&m_info);
        m_info.progress = &m_progress;
        ::jpeg_mem_src(&m_info, data, size);
        ::jpeg_read_header(&m_info, TRUE);
        return true;
    }

    /// Sets the smallest fast scale that keeps both sides at least as large as asked for.
    bool start(unsigned smallestWidth, unsigned smallestHeight, J_COLOR_SPACE colourSpace)
    {
        if (setjmp(m_errors.escape) != 0)
            return false;
        m_info.out_color_space = colourSpace;
        m_info.scale_denom = 8;
        for (const unsigned scale : kFastScales) {
            m_info.scale_num = scale;
            ::jpeg_calc_output_dimensions(&m_info);
            if (m_info.output_width >= smallestWidth && m_info.output_height >= smallestHeight)
                break;
        }
        ::jpeg_start_decompress(&m_info);
        return true;
    }

    bool readRows(unsigned char* firstRow, std::size_t strideBytes)
    {
        if (setjmp(m_errors.escape) != 0)
            return false;
        while (m_info.output_scanline < m_info.output_height) {
            JSAMPROW row = firstRow + m_info.output_scanline * strideBytes;
            ::jpeg_read_scanlines(&m_info, &row, 1);
        }
        ::jpeg_finish_decompress(&m_info);
        return true;
    }

    const jpeg_decompress_struct& info() const { return m_info; }
    Error error() const
    {
        if (m_errors.isLimit)
            return {ErrorCode::TooLarge, std::string("JPEG beyond the limits: ") + m_errors.message, {}, 0};
        return {ErrorCode::Corrupt, std::string("damaged JPEG: ") + m_errors.message, {}, 0};
    }

private:
    jpeg_decompress_struct m_info{};
    jpeg_progress_mgr m_progress{};
    JpegErrors m_errors{};
};

J_COLOR_SPACE outputSpace(ColourModel model)
{
    switch (model) {
    case ColourModel::Grey: return JCS_GRAYSCALE;
    case ColourModel::Cmyk: return JCS_CMYK;
    default: return JCS_EXT_BGR;
    }
}

} // namespace

Result<Raster> decodeJpeg(std::string_view bytes, const ImageHeader& header, const DecodeOptions& options)
{
    JpegDecoder decoder;
    if (!decoder.readHeader(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()))
        return decoder.error();
    const jpeg_decompress_struct& info = decoder.info();
    const ImageSize seen{static_cast<int>(info.image_width), static_cast<int>(info.image_height)};
    if (seen != header.rawSize || info.num_components != channelCount(header.model))
        return Error{ErrorCode::Corrupt, "damaged JPEG: it has two different frame headers", {}, 0};

    const ImageSize smallest = options.smallestRawSize.isEmpty() ? header.rawSize : options.smallestRawSize;
    if (!decoder.start(static_cast<unsigned>(smallest.width), static_cast<unsigned>(smallest.height),
                       outputSpace(header.model)))
        return decoder.error();
    Raster raster = makeRaster({static_cast<int>(info.output_width), static_cast<int>(info.output_height)},
                               header.model, false);
    if (!decoder.readRows(raster.pixels.data, raster.pixels.step))
        return decoder.error();
    // Adobe's programs store CMYK inverted and say so with their marker.
    if (header.model == ColourModel::Cmyk && info.saw_Adobe_marker)
        cv::bitwise_not(raster.pixels, raster.pixels);
    raster.colour = header.colour;
    return raster;
}

} // namespace ps
