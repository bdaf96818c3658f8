// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/tiff_file.h"

#include "core/imaging/codecs/header.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace ps {

namespace {

constexpr tmsize_t kMaxAllocationBytes = tmsize_t{1} << 30;
constexpr int kMaxExtraSamples = 4;

int keepFirst(TIFF*, void* client, const char*, const char* format, va_list arguments)
{
    auto* messages = static_cast<TiffMessages*>(client);
    if (messages->firstError.empty()) {
        char text[256];
        std::vsnprintf(text, sizeof text, format, arguments);
        messages->firstError = text;
    }
    return 1; // handled: nothing is printed
}

int ignore(TIFF*, void*, const char*, const char*, va_list)
{
    return 1;
}

int closeNothing(thandle_t)
{
    return 0;
}

template <typename Value>
Value tagOf(TIFF* tiff, std::uint32_t tag, Value fallback)
{
    Value value = fallback;
    ::TIFFGetFieldDefaulted(tiff, tag, &value);
    return value;
}

} // namespace

TiffHandle openTiff(const char* mode, thandle_t client, const TiffProcedures& procedures, TiffMessages& messages)
{
    const std::unique_ptr<TIFFOpenOptions, decltype(&::TIFFOpenOptionsFree)> options(::TIFFOpenOptionsAlloc(),
                                                                                     &::TIFFOpenOptionsFree);
    if (!options)
        return nullptr;
    ::TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), kMaxAllocationBytes);
    ::TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keepFirst, &messages);
    ::TIFFOpenOptionsSetWarningHandlerExtR(options.get(), ignore, nullptr);
    return TiffHandle(::TIFFClientOpenExt("image", mode, client, procedures.read, procedures.write, procedures.seek,
                                          closeNothing, procedures.size, nullptr, nullptr, options.get()));
}

int TiffLayout::colourCount() const
{
    switch (kind) {
    case TiffKind::Grey:
    case TiffKind::InvertedGrey:
    case TiffKind::Palette: return 1;
    case TiffKind::Rgb:
    case TiffKind::Converted: return 3;
    case TiffKind::Cmyk: return 4;
    }
    return 0;
}

ColourModel TiffLayout::model() const
{
    switch (kind) {
    case TiffKind::Grey:
    case TiffKind::InvertedGrey: return hasAlpha ? ColourModel::GreyAlpha : ColourModel::Grey;
    case TiffKind::Cmyk: return ColourModel::Cmyk;
    case TiffKind::Palette:
    case TiffKind::Converted:
    case TiffKind::Rgb: break;
    }
    return hasAlpha ? ColourModel::Bgra : ColourModel::Bgr;
}

// ---- reading -------------------------------------------------------------------------------------------------------

tmsize_t TiffFile::readProcedure(thandle_t client, void* out, tmsize_t count)
{
    auto* input = static_cast<Input*>(client);
    const std::int64_t left = std::max<std::int64_t>(0, input->file->sizeBytes() - input->position);
    const auto wanted = static_cast<std::size_t>(std::clamp<std::int64_t>(count, 0, left));
    // Never -1: libtiff 4.5.0 adds it to a length and then clears memory from one byte before its buffer (found by our
    // mutation tests). Nothing read is an error for it too, and the reader remembers whether it was one of the disk.
    if (wanted == 0 || !input->file->readAt(input->position, {static_cast<std::uint8_t*>(out), wanted}))
        return 0;
    input->position += static_cast<std::int64_t>(wanted);
    return static_cast<tmsize_t>(wanted);
}

tmsize_t TiffFile::writeProcedure(thandle_t, void*, tmsize_t)
{
    return -1;
}

toff_t TiffFile::seekProcedure(thandle_t client, toff_t offset, int whence)
{
    auto* input = static_cast<Input*>(client);
    const std::int64_t base = whence == SEEK_CUR ? input->position : whence == SEEK_END ? input->file->sizeBytes() : 0;
    if (offset > static_cast<toff_t>(INT64_MAX - base))
        return static_cast<toff_t>(-1);
    input->position = base + static_cast<std::int64_t>(offset);
    return static_cast<toff_t>(input->position);
}

toff_t TiffFile::sizeProcedure(thandle_t client)
{
    return static_cast<toff_t>(static_cast<Input*>(client)->file->sizeBytes());
}

Error TiffFile::error(const char* fallback) const
{
    return damaged(*m_input.file,
                   "damaged TIFF: " + (m_messages.firstError.empty() ? fallback : m_messages.firstError));
}

Result<TiffLayout> TiffFile::open()
{
    // "m": the file is never mapped
    m_handle = openTiff("rm", &m_input, {readProcedure, writeProcedure, seekProcedure, sizeProcedure}, m_messages);
    if (!m_handle)
        return error("it cannot be opened");
    TIFF* const tiff = m_handle.get();
    TiffLayout layout;
    layout.size = {
        static_cast<int>(std::min<std::uint32_t>(tagOf<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH, 0), INT32_MAX)),
        static_cast<int>(std::min<std::uint32_t>(tagOf<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH, 0), INT32_MAX))};
    const int orientation = tagOf<std::uint16_t>(tiff, TIFFTAG_ORIENTATION, 1);
    layout.orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
    layout.bitsPerSample = tagOf<std::uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    layout.samplesPerPixel = tagOf<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    layout.isSeparate = tagOf<std::uint16_t>(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) ==
                            PLANARCONFIG_SEPARATE &&
                        layout.samplesPerPixel > 1;
    layout.isTiled = ::TIFFIsTiled(tiff) != 0;
    PS_TRY_VOID(readKind(layout));
    PS_TRY_VOID(readExtraSamples(layout));
    std::uint32_t iccBytes = 0;
    const void* icc = nullptr;
    if (::TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &iccBytes, &icc) != 0 && iccBytes <= kMaxProfileBytes)
        layout.icc.assign(static_cast<const char*>(icc), iccBytes);
    return layout;
}

Result<void> TiffFile::readKind(TiffLayout& layout) const
{
    TIFF* const tiff = m_handle.get();
    const int compression = tagOf<std::uint16_t>(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    if (::TIFFIsCODECConfigured(static_cast<std::uint16_t>(compression)) == 0)
        return unsupported("a TIFF with compression " + std::to_string(compression));
    layout.isLossless = compression != COMPRESSION_JPEG && compression != COMPRESSION_OJPEG;
    std::uint16_t photometric = 0;
    if (::TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric) == 0)
        photometric = layout.samplesPerPixel >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
    switch (photometric) {
    case PHOTOMETRIC_MINISBLACK: layout.kind = TiffKind::Grey; break;
    case PHOTOMETRIC_MINISWHITE: layout.kind = TiffKind::InvertedGrey; break;
    case PHOTOMETRIC_PALETTE: layout.kind = TiffKind::Palette; break;
    case PHOTOMETRIC_RGB: layout.kind = TiffKind::Rgb; break;
    case PHOTOMETRIC_SEPARATED: layout.kind = TiffKind::Cmyk; break;
    case PHOTOMETRIC_YCBCR:
        layout.kind = TiffKind::Converted;
        if (compression == COMPRESSION_JPEG) { // libjpeg does it on the way
            ::TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
            layout.kind = TiffKind::Rgb;
        }
        break;
    case PHOTOMETRIC_CIELAB: layout.kind = TiffKind::Converted; break;
    default: return unsupported("a TIFF with colour model " + std::to_string(photometric));
    }
    const int format = tagOf<std::uint16_t>(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
    if (format != SAMPLEFORMAT_UINT && format != SAMPLEFORMAT_VOID)
        return unsupported("a TIFF with samples that are not unsigned integers");
    const int bits = layout.bitsPerSample;
    const bool isSmall = bits == 1 || bits == 2 || bits == 4;
    const bool isGreyOrPalette = layout.colourCount() == 1;
    const bool isKnownDepth = bits == 8 || (bits == 16 && layout.kind != TiffKind::Palette) ||
                              (isSmall && isGreyOrPalette);
    if (!isKnownDepth)
        return unsupported("a TIFF with " + std::to_string(bits) + " bits per channel");
    if (layout.kind == TiffKind::Cmyk && tagOf<std::uint16_t>(tiff, TIFFTAG_INKSET, INKSET_CMYK) != INKSET_CMYK)
        return unsupported("a TIFF with inks other than CMYK");
    return {};
}

Result<void> TiffFile::readExtraSamples(TiffLayout& layout) const
{
    const int extraCount = layout.samplesPerPixel - layout.colourCount();
    if (extraCount < 0)
        return error("it has too few channels");
    if (extraCount > kMaxExtraSamples)
        return unsupported("a TIFF with " + std::to_string(layout.samplesPerPixel) + " channels");
    if (layout.kind == TiffKind::Converted)
        return {};
    std::uint16_t count = 0;
    const std::uint16_t* types = nullptr;
    ::TIFFGetFieldDefaulted(m_handle.get(), TIFFTAG_EXTRASAMPLES, &count, &types);
    const int first = extraCount > 0 && count > 0 && types ? types[0] : EXTRASAMPLE_UNSPECIFIED;
    const bool canHaveAlpha = layout.kind == TiffKind::Rgb || layout.kind == TiffKind::Grey;
    layout.hasAlpha = canHaveAlpha && first != EXTRASAMPLE_UNSPECIFIED;
    layout.isAlphaAssociated = layout.hasAlpha && first == EXTRASAMPLE_ASSOCALPHA;
    layout.droppedSampleCount = extraCount - (layout.hasAlpha ? 1 : 0);
    return {};
}

} // namespace ps
