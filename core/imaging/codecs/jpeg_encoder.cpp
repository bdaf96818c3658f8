// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/encoders.h"

#include <csetjmp>
#include <cstdio> // before jpeglib.h, which needs it
#include <cstdlib>
#include <jpeglib.h>

namespace ps {

namespace {

struct JpegErrors {
    jpeg_error_mgr manager; ///< first member: libjpeg hands out a pointer to it
    std::jmp_buf escape;
    char message[JMSG_LENGTH_MAX];
};

[[noreturn]] void leave(j_common_ptr info)
{
    auto* errors = reinterpret_cast<JpegErrors*>(info->err);
    info->err->format_message(info, errors->message);
    std::longjmp(errors->escape, 1);
}

void dropMessage(j_common_ptr, int) {}

/// What one compression needs; plain data, because libjpeg leaves by longjmp.
struct JpegJob {
    const unsigned char* pixels;
    std::size_t strideBytes;
    unsigned width;
    unsigned height;
    int channels;
    J_COLOR_SPACE colourSpace;
    int quality;
    bool halvesChroma;
    const unsigned char* icc;
    unsigned iccBytes;
};

class JpegEncoder
{
public:
    JpegEncoder()
    {
        m_info.err = ::jpeg_std_error(&m_errors.manager);
        m_errors.manager.error_exit = leave;
        m_errors.manager.emit_message = dropMessage;
    }
    ~JpegEncoder()
    {
        ::jpeg_destroy_compress(&m_info);
        std::free(m_buffer);
    }
    JpegEncoder(const JpegEncoder&) = delete;
    JpegEncoder& operator=(const JpegEncoder&) = delete;

    bool run(const JpegJob& job)
    {
        if (setjmp(m_errors.escape) != 0)
            return false;
        jpeg_create_compress(&m_info);
        ::jpeg_mem_dest(&m_info, &m_buffer, &m_bufferBytes);
        m_info.image_width = job.width;
        m_info.image_height = job.height;
        m_info.input_components = job.channels;
        m_info.in_color_space = job.colourSpace;
        ::jpeg_set_defaults(&m_info);
        ::jpeg_set_quality(&m_info, job.quality, TRUE);
        m_info.optimize_coding = TRUE;
        if (m_info.num_components == 3 && !job.halvesChroma) {
            m_info.comp_info[0].h_samp_factor = 1;
            m_info.comp_info[0].v_samp_factor = 1;
        }
        ::jpeg_start_compress(&m_info, TRUE);
        if (job.iccBytes > 0)
            ::jpeg_write_icc_profile(&m_info, job.icc, job.iccBytes);
        while (m_info.next_scanline < m_info.image_height) {
            JSAMPROW row = const_cast<JSAMPROW>(job.pixels) + m_info.next_scanline * job.strideBytes;
            ::jpeg_write_scanlines(&m_info, &row, 1);
        }
        ::jpeg_finish_compress(&m_info);
        return true;
    }

    std::string bytes() const { return {reinterpret_cast<const char*>(m_buffer), m_bufferBytes}; }
    std::string message() const { return m_errors.message; }

private:
    jpeg_compress_struct m_info{};
    JpegErrors m_errors{};
    unsigned char* m_buffer = nullptr;
    unsigned long m_bufferBytes = 0;
};

J_COLOR_SPACE inputSpace(ColourModel model)
{
    switch (model) {
    case ColourModel::Grey: return JCS_GRAYSCALE;
    case ColourModel::Cmyk: return JCS_CMYK;
    default: return JCS_EXT_BGR;
    }
}

} // namespace

Result<std::string> encodeJpeg(const Raster& raster, const Encoding& encoding)
{
    cv::Mat pixels = raster.pixels;
    if (raster.model == ColourModel::Cmyk)
        cv::bitwise_not(raster.pixels, pixels); // as Adobe's marker, which libjpeg writes, tells readers to expect
    JpegJob job{};
    job.pixels = pixels.data;
    job.strideBytes = pixels.step;
    job.width = static_cast<unsigned>(pixels.cols);
    job.height = static_cast<unsigned>(pixels.rows);
    job.channels = pixels.channels();
    job.colourSpace = inputSpace(raster.model);
    job.quality = encoding.quality;
    job.halvesChroma = encoding.halvesChroma;
    job.icc = reinterpret_cast<const unsigned char*>(raster.colour.icc.data());
    job.iccBytes = static_cast<unsigned>(raster.colour.icc.size());
    JpegEncoder encoder;
    if (!encoder.run(job))
        return Error{ErrorCode::Internal, "cannot write JPEG: " + encoder.message(), {}, 0};
    return encoder.bytes();
}

} // namespace ps
