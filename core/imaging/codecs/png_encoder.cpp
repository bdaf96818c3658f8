// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/byte_sink.h"
#include "core/imaging/codecs/encoders.h"

#include <png.h>

#include <csetjmp>
#include <cstdio>

namespace ps {

namespace {

struct PngOutput {
    ByteSink sink;
    char message[160] = "";
};

[[noreturn]] void onError(png_structp png, png_const_charp text)
{
    auto* output = static_cast<PngOutput*>(::png_get_error_ptr(png));
    std::snprintf(output->message, sizeof output->message, "%s", text);
    ::png_longjmp(png, 1);
}

void onWarning(png_structp, png_const_charp) {}

void onWrite(png_structp png, png_bytep bytes, std::size_t count)
{
    auto* output = static_cast<PngOutput*>(::png_get_io_ptr(png));
    if (!output->sink.append(bytes, count))
        ::png_error(png, "not enough memory");
}

void onFlush(png_structp) {}

/// What one compression needs; plain data, because libpng leaves by longjmp.
struct PngJob {
    const unsigned char* pixels;
    std::size_t strideBytes;
    unsigned width;
    unsigned height;
    int bitDepth;
    int colourType;
    int level;
    const ColourTags* colour;
};

class PngEncoder
{
public:
    PngEncoder() : m_png(::png_create_write_struct(PNG_LIBPNG_VER_STRING, &m_output, onError, onWarning))
    {
        if (m_png)
            m_info = ::png_create_info_struct(m_png);
    }
    ~PngEncoder() { ::png_destroy_write_struct(&m_png, &m_info); }
    PngEncoder(const PngEncoder&) = delete;
    PngEncoder& operator=(const PngEncoder&) = delete;

    bool isValid() const { return m_info != nullptr; }

    bool run(const PngJob& job)
    {
        if (setjmp(png_jmpbuf(m_png)) != 0)
            return false;
        ::png_set_write_fn(m_png, &m_output, onWrite, onFlush);
        ::png_set_benign_errors(m_png, 1); // a profile that libpng dislikes is left out, not an error
        ::png_set_option(m_png, PNG_SKIP_sRGB_CHECK_PROFILE, PNG_OPTION_ON);
        ::png_set_user_limits(m_png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
        ::png_set_IHDR(m_png, m_info, job.width, job.height, job.bitDepth, job.colourType, PNG_INTERLACE_NONE,
                       PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
        ::png_set_compression_level(m_png, job.level);
        setColour(*job.colour);
        ::png_write_info(m_png, m_info);
        ::png_set_bgr(m_png);
        if (job.bitDepth == 16)
            ::png_set_swap(m_png);
        for (unsigned y = 0; y < job.height; ++y)
            ::png_write_row(m_png, job.pixels + y * job.strideBytes);
        ::png_write_end(m_png, m_info);
        return true;
    }

    const PngOutput& output() const { return m_output; }

private:
    void setColour(const ColourTags& colour)
    {
        if (colour.srgbIntent)
            ::png_set_sRGB(m_png, m_info, *colour.srgbIntent);
        if (colour.gamma)
            ::png_set_gAMA(m_png, m_info, *colour.gamma);
        if (colour.primaries) {
            const auto& p = *colour.primaries;
            ::png_set_cHRM(m_png, m_info, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
        }
        if (!colour.icc.empty())
            ::png_set_iCCP(m_png, m_info, "ICC profile", PNG_COMPRESSION_TYPE_BASE,
                           reinterpret_cast<png_const_bytep>(colour.icc.data()),
                           static_cast<png_uint_32>(colour.icc.size()));
    }

    PngOutput m_output;
    png_structp m_png = nullptr;
    png_infop m_info = nullptr;
};

int colourTypeOf(ColourModel model)
{
    switch (model) {
    case ColourModel::Grey: return PNG_COLOR_TYPE_GRAY;
    case ColourModel::GreyAlpha: return PNG_COLOR_TYPE_GRAY_ALPHA;
    case ColourModel::Bgra: return PNG_COLOR_TYPE_RGB_ALPHA;
    case ColourModel::Bgr:
    case ColourModel::Cmyk: break;
    }
    return PNG_COLOR_TYPE_RGB;
}

} // namespace

Result<std::string> encodePng(const Raster& raster, const Encoding& encoding)
{
    PngJob job{};
    job.pixels = raster.pixels.data;
    job.strideBytes = raster.pixels.step;
    job.width = static_cast<unsigned>(raster.pixels.cols);
    job.height = static_cast<unsigned>(raster.pixels.rows);
    job.bitDepth = raster.isDeep() ? 16 : 8;
    job.colourType = colourTypeOf(raster.model);
    job.level = encoding.pngLevel;
    job.colour = &raster.colour;
    PngEncoder encoder;
    if (!encoder.isValid())
        throw std::bad_alloc();
    if (!encoder.run(job))
        return Error{ErrorCode::Internal, std::string("cannot write PNG: ") + encoder.output().message, {}, 0};
    return encoder.output().sink.toString();
}

} // namespace ps
