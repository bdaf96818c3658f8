// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/images.h"

#include "core/imaging/codecs/colour.h"
#include "core/imaging/codecs/decoders.h"
#include "core/imaging/codecs/encoders.h"
#include "core/imaging/codecs/view.h"

#include <cstdio> // before jpeglib.h, which needs it
#include <jpeglib.h>

#include <lcms2.h>
#include <zlib.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <sys/mman.h>

namespace ps::test {

namespace {

[[noreturn]] void fail(const std::string& what)
{
    throw std::runtime_error("test images: " + what);
}

/// A number in either byte order.
std::string number(std::uint32_t value, std::size_t length, bool isBigEndian)
{
    std::string bytes(length, '\0');
    for (std::size_t i = 0; i < length; ++i)
        bytes[isBigEndian ? length - 1 - i : i] = static_cast<char>(value >> (8 * i));
    return bytes;
}

std::uint32_t numberAt(std::string_view bytes, std::size_t offset, std::size_t length, bool isBigEndian)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < length; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[offset + (isBigEndian ? i : length - 1 - i)]);
    return value;
}

template <typename ValueAt>
void fill(Raster& raster, ValueAt&& valueAt)
{
    const int channels = raster.pixels.channels();
    for (int y = 0; y < raster.pixels.rows; ++y) {
        for (int x = 0; x < raster.pixels.cols * channels; ++x) {
            const std::uint32_t value = valueAt(x / channels, y, x % channels);
            if (raster.isDeep())
                raster.pixels.ptr<std::uint16_t>(y)[x] = static_cast<std::uint16_t>(value);
            else
                raster.pixels.ptr(y)[x] = static_cast<std::uint8_t>(value >> 8);
        }
    }
}

std::string profileBytes(cmsHPROFILE profile)
{
    cmsUInt32Number size = 0;
    ::cmsSaveProfileToMem(profile, nullptr, &size);
    std::string bytes(size, '\0');
    if (!::cmsSaveProfileToMem(profile, bytes.data(), &size))
        fail("cannot make a profile");
    ::cmsCloseProfile(profile);
    // The time of creation would make every run different.
    bytes.replace(24, 12, 12, '\0');
    return bytes;
}

void setDescription(cmsHPROFILE profile, const std::string& text)
{
    cmsMLU* mlu = ::cmsMLUalloc(nullptr, 1);
    ::cmsMLUsetASCII(mlu, "en", "US", text.c_str());
    ::cmsWriteTag(profile, cmsSigProfileDescriptionTag, mlu);
    ::cmsMLUfree(mlu);
}

/// Changes the value of a SHORT tag in the first directory of a classic TIFF.
std::string withTiffShort(std::string bytes, std::uint32_t tag, int value)
{
    const bool isBig = bytes[0] == 'M';
    const std::uint32_t directory = numberAt(bytes, 4, 4, isBig);
    const std::uint32_t count = numberAt(bytes, directory, 2, isBig);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::size_t entry = directory + 2 + std::size_t{12} * i;
        if (numberAt(bytes, entry, 2, isBig) == tag)
            return bytes.replace(entry + 8, 2, number(static_cast<std::uint32_t>(value), 2, isBig));
    }
    fail("the TIFF has no such tag");
}

/// A WebP whose container has the extended header that metadata need.
std::string extendedWebP(const std::string& bytes)
{
    if (bytes.substr(12, 4) == "VP8X")
        return bytes;
    const auto header = headerOf(bytes);
    if (!header)
        fail("not a WebP");
    std::string content(1, hasAlpha(header->model) ? '\x10' : '\0');
    content += std::string(3, '\0');
    content += number(static_cast<std::uint32_t>(header->rawSize.width - 1), 3, false);
    content += number(static_cast<std::uint32_t>(header->rawSize.height - 1), 3, false);
    std::string result = bytes.substr(0, 12) + "VP8X" + number(10, 4, false) + content + bytes.substr(12);
    return result.replace(4, 4, number(static_cast<std::uint32_t>(result.size() - 8), 4, false));
}

} // namespace

Raster patternRaster(ImageSize size, ColourModel model, bool isDeep)
{
    Raster raster = makeRaster(size, model, isDeep);
    fill(raster, [&](int x, int y, int c) {
        const auto along = static_cast<std::uint32_t>(x * 60000 / size.width);
        const auto down = static_cast<std::uint32_t>(y * 60000 / size.height);
        const std::array<std::uint32_t, 4> values = {along, down, (along + down) / 2, 65535 - down / 2};
        const bool isAlphaOfGrey = model == ColourModel::GreyAlpha && c == 1;
        return values[isAlphaOfGrey ? 3 : static_cast<std::size_t>(c)] + 777;
    });
    return raster;
}

Raster squaresRaster(ImageSize size, int side)
{
    Raster raster = makeRaster(size, ColourModel::Bgr, false);
    fill(raster, [&](int x, int y, int c) {
        const auto square = static_cast<std::uint32_t>(x / side * 7 + y / side * 3 + 1);
        return (square * (31 + static_cast<std::uint32_t>(c) * 26) % 200 + 28) << 8;
    });
    return raster;
}

Raster noiseRaster(ImageSize size, ColourModel model, bool isDeep)
{
    Raster raster = makeRaster(size, model, isDeep);
    std::uint32_t state = 12345;
    fill(raster, [&](int, int, int) {
        state = state * 1664525 + 1013904223;
        return state >> 16;
    });
    return raster;
}

std::string encoded(const Raster& raster, const Encoding& encoding)
{
    ColourConverter converter;
    Raster copy = raster;
    copy.pixels = raster.pixels.clone();
    auto bytes = encodeRaster(std::move(copy), encoding, converter);
    if (!bytes)
        fail(bytes.error().describe());
    return *std::move(bytes);
}

std::string encodedAs(ImageFormat format, const Raster& raster)
{
    Encoding encoding;
    encoding.format = format;
    return encoded(raster, encoding);
}

std::string exifWith(int orientation, bool isBigEndian)
{
    const auto n = [&](std::uint32_t value, std::size_t length) { return number(value, length, isBigEndian); };
    return (isBigEndian ? "MM" : "II") + n(42, 2) + n(8, 4) + n(1, 2) + n(274, 2) + n(3, 2) + n(1, 4) +
           n(static_cast<std::uint32_t>(orientation), 2) + n(0, 2) + n(0, 4);
}

std::string withOrientation(ImageFormat format, std::string bytes, int orientation)
{
    switch (format) {
    case ImageFormat::Jpeg:
        return withJpegSegment(std::move(bytes), 0xe1, std::string("Exif\0\0", 6) + exifWith(orientation));
    case ImageFormat::Png: return withPngChunk(std::move(bytes), pngChunk("eXIf", exifWith(orientation, true)));
    case ImageFormat::WebP: {
        std::string webp = withWebPChunk(extendedWebP(bytes), "EXIF", exifWith(orientation));
        webp[20] = static_cast<char>(webp[20] | 0x08);
        return webp;
    }
    case ImageFormat::Tiff: return withTiffShort(std::move(bytes), 274, orientation);
    case ImageFormat::Bmp:
    case ImageFormat::Heif:
    case ImageFormat::Avif:
    case ImageFormat::Jxl: break;
    }
    fail("this format has no orientation");
}

std::string pngChunk(std::string_view type, std::string_view content)
{
    const std::string body = std::string(type) + std::string(content);
    const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return number(static_cast<std::uint32_t>(content.size()), 4, true) + body +
           number(static_cast<std::uint32_t>(crc), 4, true);
}

std::string pngHeaderOnly(std::uint32_t width, std::uint32_t height)
{
    const std::string header = number(width, 4, true) + number(height, 4, true) + std::string("\x08\x02\0\0\0", 5);
    return "\x89PNG\r\n\x1a\n" + pngChunk("IHDR", header);
}

std::string withPngChunk(std::string png, const std::string& chunk)
{
    constexpr std::size_t kBehindHeader = 8 + 12 + 13;
    return png.insert(kBehindHeader, chunk);
}

std::string withJpegSegment(std::string jpeg, int marker, std::string_view content)
{
    const std::string head = {'\xff', static_cast<char>(marker)};
    return jpeg.insert(2,
                       head + number(static_cast<std::uint32_t>(content.size() + 2), 2, true) + std::string(content));
}

std::string progressiveJpegWithScans(const Raster& raster, int scanCount)
{
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = ::jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    ::jpeg_mem_dest(&info, &buffer, &size);
    info.image_width = static_cast<unsigned>(raster.pixels.cols);
    info.image_height = static_cast<unsigned>(raster.pixels.rows);
    info.input_components = 3;
    info.in_color_space = JCS_EXT_BGR;
    ::jpeg_set_defaults(&info);
    ::jpeg_simple_progression(&info);
    ::jpeg_start_compress(&info, TRUE);
    for (int y = 0; y < raster.pixels.rows; ++y) {
        auto row = const_cast<JSAMPROW>(raster.pixels.ptr(y));
        ::jpeg_write_scanlines(&info, &row, 1);
    }
    ::jpeg_finish_compress(&info);
    std::string bytes(reinterpret_cast<char*>(buffer), size);
    ::jpeg_destroy_compress(&info);
    std::free(buffer);

    const std::string lastScan = bytes.substr(bytes.rfind("\xff\xda"), bytes.size() - 2 - bytes.rfind("\xff\xda"));
    bytes.resize(bytes.size() - 2);
    for (int i = 0; i < scanCount; ++i)
        bytes += lastScan;
    return bytes + "\xff\xd9";
}

std::string compressedProfileChunk(std::size_t profileBytes)
{
    const std::string zeros(profileBytes, '\0');
    std::string packed(::compressBound(zeros.size()), '\0');
    uLongf size = packed.size();
    ::compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(zeros.data()),
                zeros.size(), 9);
    packed.resize(size);
    return pngChunk("iCCP", std::string("bomb\0\0", 6) + packed);
}

std::string withWebPChunk(std::string webp, std::string_view type, std::string_view content)
{
    webp += std::string(type) + number(static_cast<std::uint32_t>(content.size()), 4, false) + std::string(content);
    if (content.size() % 2 == 1)
        webp.push_back('\0');
    return webp.replace(4, 4, number(static_cast<std::uint32_t>(webp.size() - 8), 4, false));
}

std::string wideGamutProfile(const std::string& description)
{
    cmsToneCurve* gamma = ::cmsBuildGamma(nullptr, 1.8);
    cmsToneCurve* curves[] = {gamma, gamma, gamma};
    const cmsCIExyY white{0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE primaries{{0.735, 0.265, 1}, {0.115, 0.826, 1}, {0.157, 0.018, 1}};
    cmsHPROFILE profile = ::cmsCreateRGBProfile(&white, &primaries, curves);
    ::cmsFreeToneCurve(gamma);
    setDescription(profile, description);
    return profileBytes(profile);
}

std::string srgbProfile()
{
    return profileBytes(::cmsCreate_sRGBProfile());
}

std::string greyProfile(double gamma)
{
    cmsToneCurve* curve = ::cmsBuildGamma(nullptr, gamma);
    cmsHPROFILE profile = ::cmsCreateGrayProfile(::cmsD50_xyY(), curve);
    ::cmsFreeToneCurve(curve);
    return profileBytes(profile);
}

MemoryFile::MemoryFile(std::string_view bytes)
    : m_fd(::memfd_create("test", MFD_CLOEXEC)), m_reader(m_fd.get(), static_cast<std::int64_t>(bytes.size()))
{
    if (!writeAll(m_fd.get(), bytes))
        fail("cannot write to memory");
}

Result<ImageHeader> headerOf(std::string_view bytes, const ImageLimits& limits)
{
    MemoryFile file(bytes);
    return readHeader(file.reader(), limits);
}

Result<Raster> decodedUpright(std::string_view bytes, bool keepsDepth)
{
    MemoryFile file(bytes);
    PS_TRY(const ImageHeader header, readHeader(file.reader(), {}));
    return decodeUpright(file.reader(), header, {}, keepsDepth);
}

namespace {

/// Calls draw(file, header, converter, makeCanvas) and gives what it drew.
template <typename Draw>
Result<cv::Mat> drawn(std::string_view bytes, Draw&& draw)
{
    MemoryFile file(bytes);
    PS_TRY(const ImageHeader header, readHeader(file.reader(), {}));
    ColourConverter converter;
    cv::Mat canvas;
    const auto makeCanvas = [&](ImageSize size) -> Result<std::span<std::uint8_t>> {
        canvas.create(size.height, size.width, CV_8UC4);
        return std::span<std::uint8_t>(canvas.data, canvas.total() * 4);
    };
    PS_TRY(const PixelLayout layout, draw(file.reader(), header, converter, makeCanvas));
    if (layout.size != ImageSize{canvas.cols, canvas.rows})
        return Error{ErrorCode::Internal, "the layout is not that of the canvas", {}, 0};
    return canvas;
}

} // namespace

Result<cv::Mat> viewOf(std::string_view bytes, ImageSize fitBox, FitMode mode)
{
    return drawn(bytes, [&](FileReader& file, const ImageHeader& header, ColourConverter& converter,
                            const MakeCanvas& makeCanvas) {
        return drawView(file, header, fitBox, converter, makeCanvas, mode);
    });
}

Result<cv::Mat> regionOf(std::string_view bytes, PixelBox box, ImageSize fitBox)
{
    return drawn(bytes, [&](FileReader& file, const ImageHeader& header, ColourConverter& converter,
                            const MakeCanvas& makeCanvas) {
        return drawRegion(file, header, box, fitBox, converter, makeCanvas);
    });
}

double largestDifference(const cv::Mat& a, const cv::Mat& b)
{
    if (a.size() != b.size() || a.type() != b.type())
        return 1e9;
    return cv::norm(a, b, cv::NORM_INF);
}

} // namespace ps::test
