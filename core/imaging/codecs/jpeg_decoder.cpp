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

/// Rows that are handed on together.
constexpr int kBandRows = 16;

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

    /// Sets the scale, in eighths, and starts.
    bool start(unsigned scale, J_COLOR_SPACE colourSpace)
    {
        if (setjmp(m_errors.escape) != 0)
            return false;
        m_info.out_color_space = colourSpace;
        m_info.scale_num = scale;
        m_info.scale_denom = 8;
        ::jpeg_start_decompress(&m_info);
        return true;
    }

    /// Leaves out what lies beside and above a box. `left` and `width` come back as what the rows will hold.
    bool skipTo(unsigned& left, unsigned& width, unsigned top)
    {
        if (setjmp(m_errors.escape) != 0)
            return false;
        ::jpeg_crop_scanline(&m_info, &left, &width);
        if (top > 0)
            ::jpeg_skip_scanlines(&m_info, top);
        return true;
    }

    bool readRows(unsigned char* firstRow, std::size_t strideBytes, unsigned count)
    {
        if (setjmp(m_errors.escape) != 0)
            return false;
        for (unsigned done = 0; done < count;) {
            JSAMPROW row = firstRow + done * strideBytes;
            done += ::jpeg_read_scanlines(&m_info, &row, 1);
        }
        return true;
    }

    /// Reads the rest of the file, so that damage there is found.
    bool finish()
    {
        if (setjmp(m_errors.escape) != 0)
            return false;
        if (m_info.output_scanline < m_info.output_height)
            ::jpeg_skip_scanlines(&m_info, m_info.output_height - m_info.output_scanline);
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

/// A side of the picture at a scale in eighths, as libjpeg rounds it.
int scaledSide(int side, unsigned scale)
{
    return static_cast<int>((std::int64_t{side} * scale + 7) / 8);
}

/// True when the box keeps to whole pixels at every scale, so that a scaled picture can be cut instead of the full one.
bool isScalable(const PixelBox& box, ImageSize full)
{
    const auto isEdge = [](int edge, int side) { return edge % 8 == 0 || edge == side; };
    return isEdge(box.x1, full.width) && isEdge(box.x2, full.width) && isEdge(box.y1, full.height) &&
           isEdge(box.y2, full.height);
}

PixelBox scaledBox(const PixelBox& box, unsigned scale)
{
    return {scaledSide(box.x1, scale), scaledSide(box.y1, scale), scaledSide(box.x2, scale), scaledSide(box.y2, scale)};
}

/// The smallest fast scale that keeps both sides of the box at least as large as asked for.
unsigned scaleFor(const PixelBox& box, ImageSize full, ImageSize smallest)
{
    if (smallest.isEmpty() || !isScalable(box, full))
        return 8;
    for (const unsigned scale : kFastScales) {
        const PixelBox scaled = scaledBox(box, scale);
        if (scaled.width() >= smallest.width && scaled.height() >= smallest.height)
            return scale;
    }
    return 8;
}

/// Columns beside the box are decoded too: the colours of its outer pixels are interpolated from theirs.
constexpr int kMarginColumns = 32;

/// Hands the rows of the box to the sink.
Result<void> readBox(JpegDecoder& decoder, const PixelBox& box, const RowForm& form, bool invertsInks, RowSink& sink)
{
    const jpeg_decompress_struct& info = decoder.info();
    const int width = static_cast<int>(info.output_width);
    unsigned left = 0;
    auto rowPixels = static_cast<unsigned>(width);
    if (form.size != ImageSize{width, static_cast<int>(info.output_height)}) {
        left = static_cast<unsigned>(std::max(0, box.x1 - kMarginColumns));
        rowPixels = static_cast<unsigned>(std::min(width, box.x2 + kMarginColumns)) - left;
        if (!decoder.skipTo(left, rowPixels, static_cast<unsigned>(box.y1)))
            return decoder.error();
    }
    cv::Mat band(std::min(kBandRows, form.size.height), static_cast<int>(rowPixels), form.matType());
    for (int y = 0; y < form.size.height; y += kBandRows) {
        const int count = std::min(kBandRows, form.size.height - y);
        if (!decoder.readRows(band.data, band.step, static_cast<unsigned>(count)))
            return decoder.error();
        const cv::Mat rows = band(cv::Rect(box.x1 - static_cast<int>(left), 0, form.size.width, count));
        if (invertsInks)
            cv::bitwise_not(rows, rows);
        sink.take(rows);
    }
    return {};
}

} // namespace

Result<void> decodeJpeg(std::string_view bytes, const ImageHeader& header, const DecodeOptions& options, RowSink& sink)
{
    JpegDecoder decoder;
    if (!decoder.readHeader(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()))
        return decoder.error();
    const jpeg_decompress_struct& info = decoder.info();
    const ImageSize seen{static_cast<int>(info.image_width), static_cast<int>(info.image_height)};
    if (seen != header.rawSize || info.num_components != channelCount(header.model))
        return Error{ErrorCode::Corrupt, "damaged JPEG: it has two different frame headers", {}, 0};

    const PixelBox full = options.boxOf(header.rawSize);
    const unsigned scale = scaleFor(full, header.rawSize, options.smallestRawSize);
    if (!decoder.start(scale, outputSpace(header.model)))
        return decoder.error();
    const PixelBox box = scaledBox(full, scale);
    RowForm form;
    form.size = {box.width(), box.height()};
    form.model = header.model;
    PS_TRY_VOID(sink.begin(form));
    // Adobe's programs store CMYK inverted and say so with their marker.
    const bool invertsInks = header.model == ColourModel::Cmyk && info.saw_Adobe_marker;
    PS_TRY_VOID(readBox(decoder, box, form, invertsInks, sink));
    const bool isWhole = !options.region.has_value() || options.examinesRest;
    if (isWhole && !decoder.finish())
        return decoder.error();
    return {};
}

} // namespace ps
