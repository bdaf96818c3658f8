// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// HEIF, AVIF and JPEG XL through real, locked workers: the libraries must not need what a worker may not do.
#include "core/imaging/image_service.h"
#include "tests/core/imaging/image_checks.h"
#include "tests/support/processes.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#if PS_HAS_HEIF
#include <libheif/heif.h>
#endif
#if PS_HAS_JXL
#include <jxl/encode.h>
#endif

#include <opencv2/imgproc.hpp>

#include <memory>
#include <stdexcept>

using namespace ps;
using test::whyNot;

namespace {

constexpr ImageSize kRawSize{192, 128};

#if PS_HAS_HEIF
void mustBeFine(const heif_error& error)
{
    if (error.code != heif_error_Ok)
        throw std::runtime_error(error.message);
}

std::string encodedHeif(ImageFormat format, const cv::Mat& bgr, int orientation, const std::string& metadata = {})
{
    heif_context* context = ::heif_context_alloc();
    heif_image* image = nullptr;
    mustBeFine(::heif_image_create(bgr.cols, bgr.rows, heif_colorspace_RGB, heif_chroma_interleaved_RGB, &image));
    mustBeFine(::heif_image_add_plane(image, heif_channel_interleaved, bgr.cols, bgr.rows, 8));
    int stride = 0;
    std::uint8_t* plane = ::heif_image_get_plane(image, heif_channel_interleaved, &stride);
    cv::Mat target(bgr.rows, bgr.cols, CV_8UC3, plane, static_cast<std::size_t>(stride));
    cv::cvtColor(bgr, target, cv::COLOR_BGR2RGB);
    heif_encoder* encoder = nullptr;
    mustBeFine(::heif_context_get_encoder_for_format(
        context, format == ImageFormat::Avif ? heif_compression_AV1 : heif_compression_HEVC, &encoder));
    ::heif_encoder_set_lossy_quality(encoder, 95);
    heif_encoding_options* options = ::heif_encoding_options_alloc();
    options->image_orientation = static_cast<heif_orientation>(orientation);
    heif_image_handle* handle = nullptr;
    mustBeFine(::heif_context_encode_image(context, image, encoder, options, &handle));
    if (!metadata.empty()) {
        const std::string exif = test::exifWith(1) + metadata;
        mustBeFine(::heif_context_add_exif_metadata(context, handle, exif.data(), static_cast<int>(exif.size())));
        mustBeFine(
            ::heif_context_add_XMP_metadata(context, handle, metadata.data(), static_cast<int>(metadata.size())));
    }
    ::heif_image_handle_release(handle);
    std::string bytes;
    heif_writer writer{1, [](heif_context*, const void* data, std::size_t size, void* out) {
                           static_cast<std::string*>(out)->assign(static_cast<const char*>(data), size);
                           return heif_error{heif_error_Ok, heif_suberror_Unspecified, ""};
                       }};
    mustBeFine(::heif_context_write(context, &writer, &bytes));
    ::heif_encoding_options_free(options);
    ::heif_encoder_release(encoder);
    ::heif_image_release(image);
    ::heif_context_free(context);
    return bytes;
}
#endif

#if PS_HAS_JXL
std::string encodedJxl(const cv::Mat& bgr, int orientation)
{
    const std::unique_ptr<JxlEncoder, decltype(&::JxlEncoderDestroy)> encoder(::JxlEncoderCreate(nullptr),
                                                                              &::JxlEncoderDestroy);
    cv::Mat rgb;
    cv::cvtColor(bgr, rgb, cv::COLOR_BGR2RGB);
    JxlBasicInfo info;
    ::JxlEncoderInitBasicInfo(&info);
    info.xsize = static_cast<std::uint32_t>(bgr.cols);
    info.ysize = static_cast<std::uint32_t>(bgr.rows);
    info.bits_per_sample = 8;
    info.uses_original_profile = JXL_TRUE;
    info.orientation = static_cast<JxlOrientation>(orientation);
    ::JxlEncoderSetBasicInfo(encoder.get(), &info);
    JxlColorEncoding colour;
    ::JxlColorEncodingSetToSRGB(&colour, JXL_FALSE);
    ::JxlEncoderSetColorEncoding(encoder.get(), &colour);
    JxlEncoderFrameSettings* settings = ::JxlEncoderFrameSettingsCreate(encoder.get(), nullptr);
    ::JxlEncoderSetFrameLossless(settings, JXL_TRUE);
    const JxlPixelFormat format{3, JXL_TYPE_UINT8, JXL_LITTLE_ENDIAN, 0};
    if (::JxlEncoderAddImageFrame(settings, &format, rgb.data, rgb.total() * 3) != JXL_ENC_SUCCESS)
        throw std::runtime_error("cannot encode JPEG XL");
    ::JxlEncoderCloseInput(encoder.get());
    std::string bytes(1 << 20, '\0');
    auto* next = reinterpret_cast<std::uint8_t*>(bytes.data());
    std::size_t left = bytes.size();
    if (::JxlEncoderProcessOutput(encoder.get(), &next, &left) != JXL_ENC_SUCCESS)
        throw std::runtime_error("cannot encode JPEG XL");
    bytes.resize(bytes.size() - left);
    return bytes;
}
#endif

/// A box as the container of JPEG XL has them, small ones only.
[[maybe_unused]] std::string box(std::string_view type, std::string_view content)
{
    return std::string("\0\0\0", 3) + static_cast<char>(8 + content.size()) + std::string(type) + std::string(content);
}

#if PS_HAS_JXL
/// The same picture in the container, with metadata before and behind it.
std::string boxedJxl(const std::string& bare, const std::string& metadata)
{
    return box("JXL ", "\r\n\x87\n") + box("ftyp", std::string_view("jxl \0\0\0\0jxl ", 12)) +
           box("Exif", std::string(4, '\0') + test::exifWith(1) + metadata) + std::string(4, '\0') + "jxlc" + bare;
}
#endif

std::string encodedWithMetadata(ImageFormat format, const cv::Mat& bgr, const std::string& metadata)
{
#if PS_HAS_JXL
    if (format == ImageFormat::Jxl)
        return boxedJxl(encodedJxl(bgr, 1), metadata);
#endif
#if PS_HAS_HEIF
    return encodedHeif(format, bgr, 1, metadata);
#endif
    throw std::runtime_error("this build has no such format");
}

std::string encodedAs(ImageFormat format, const cv::Mat& bgr, int orientation)
{
#if PS_HAS_JXL
    if (format == ImageFormat::Jxl)
        return encodedJxl(bgr, orientation);
#endif
#if PS_HAS_HEIF
    return encodedHeif(format, bgr, orientation);
#endif
    throw std::runtime_error("this build has no such format");
}

std::vector<ImageFormat> modernFormats()
{
    std::vector<ImageFormat> formats = openableFormats();
    std::erase_if(formats, [](ImageFormat format) { return isWritable(format); });
    return formats;
}

/// The colour in the middle of each square must be that of the raw picture, turned.
bool showsTheSquares(const Pixels& pixels, const cv::Mat& expected, int tolerance)
{
    for (int y = 16; y < expected.rows; y += 32) {
        for (int x = 16; x < expected.cols; x += 32) {
            const std::uint32_t seen = pixels.pixel(x, y);
            const cv::Vec3b wanted = expected.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c) {
                if (std::abs(static_cast<int>(seen >> (8 * c) & 255) - wanted[c]) > tolerance)
                    return false;
            }
        }
    }
    return true;
}

} // namespace

class TestModernFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ImageService::Options options;
        options.workerPath = test::programPath("proofsheet-worker");
        options.workerCount = 1;
        m_service = *ImageService::start(options);
    }
    void cleanupTestCase() { m_service.reset(); }

    void everyOrientationIsAppliedOnce_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("orientation");
        for (const ImageFormat format : modernFormats()) {
            for (int orientation = 1; orientation <= 8; ++orientation)
                QTest::addRow("%s %d", std::string(formatName(format)).c_str(), orientation)
                    << static_cast<int>(format) << orientation;
        }
    }
    void everyOrientationIsAppliedOnce()
    {
        QFETCH(int, format);
        QFETCH(int, orientation);
        const auto imageFormat = static_cast<ImageFormat>(format);
        const Raster raw = test::squaresRaster(kRawSize, 32);
        const cv::Mat expected = oriented(raw.pixels, orientation);
        test::TempFolder folder;
        folder.write("image", encodedAs(imageFormat, raw.pixels, orientation));
        const ImageSource source(folder.handle(), "image");

        const auto info = m_service->probe(source);
        QVERIFY2(info, whyNot(info));
        QVERIFY(info->format == imageFormat);
        QVERIFY(info->size == (ImageSize{expected.cols, expected.rows}));
        QCOMPARE(info->orientation, 1);
        const auto whole = m_service->decode(source);
        QVERIFY2(whole, whyNot(whole));
        QVERIFY(showsTheSquares(*whole, expected, imageFormat == ImageFormat::Jxl ? 0 : 12));

        const PixelBox box{16, 32, 80, 96};
        const auto part = m_service->region(source, box);
        QVERIFY2(part, whyNot(part));
        for (int y = 0; y < box.height(); y += 7)
            QCOMPARE(part->pixel(5, y), whole->pixel(box.x1 + 5, box.y1 + y));
    }

    void truncatedFilesAreNotShown()
    {
        for (const ImageFormat format : modernFormats()) {
            const std::string bytes = encodedAs(format, test::noiseRaster(kRawSize).pixels, 1);
            test::TempFolder folder;
            for (const std::size_t length : {bytes.size() - 1, bytes.size() / 2, std::size_t{40}}) {
                folder.write("image", bytes.substr(0, length));
                const auto pixels = m_service->decode({folder.handle(), "image"});
                QVERIFY2(!pixels, std::string(formatName(format)).c_str());
                QVERIFY2(pixels.error().code == ErrorCode::Corrupt || pixels.error().code == ErrorCode::Unsupported,
                         whyNot(pixels));
            }
        }
    }

    void metadataIsTakenOutOfThem()
    {
        const std::string secret = "48.1371N 11.5754E";
        const Raster raw = test::squaresRaster(kRawSize, 32);
        for (const ImageFormat format : modernFormats()) {
            const std::string bytes = encodedWithMetadata(format, raw.pixels, secret);
            QVERIFY(bytes.find(secret) != std::string::npos); // the control
            test::TempFolder folder;
            folder.write("image", bytes);
            const ImageSource source(folder.handle(), "image");
            const auto kept = m_service->uprightCopy(source, true, test::openReadWrite(folder.pathOf("kept")));
            QVERIFY2(kept, whyNot(kept));
            QVERIFY(kept->isUnchanged && !kept->lostMetadata);
            const auto made = m_service->uprightCopy(source, false, test::openReadWrite(folder.pathOf("clean")));
            QVERIFY2(made, whyNot(made));
            QVERIFY(!made->isUnchanged && made->lostMetadata && !made->isReencoded);
            QVERIFY(folder.read("clean").find(secret) == std::string::npos);
            const auto before = m_service->decode(source);
            const auto after = m_service->decode({folder.handle(), "clean"});
            QVERIFY2(before, whyNot(before));
            QVERIFY2(after, whyNot(after));
            QVERIFY(before->size() == after->size());
            for (int y = 0; y < before->height(); ++y)
                QVERIFY(std::equal(before->row(y), before->row(y) + 4 * before->width(), after->row(y)));
        }
    }

    void filesWithoutMetadataStayAsTheyAre()
    {
        for (const ImageFormat format : modernFormats()) {
            test::TempFolder folder;
            folder.write("image", encodedAs(format, test::squaresRaster(kRawSize, 32).pixels, 6));
            const auto made = m_service->uprightCopy({folder.handle(), "image"}, false,
                                                     test::openReadWrite(folder.pathOf("out")));
            QVERIFY2(made, whyNot(made));
            QVERIFY2(made->isUnchanged, std::string(formatName(format)).c_str());
        }
    }

    void noneOfThemIsWritten()
    {
        for (const ImageFormat format : {ImageFormat::Heif, ImageFormat::Avif, ImageFormat::Jxl}) {
            test::TempFolder folder;
            folder.write("a.png", test::encodedAs(ImageFormat::Png, test::patternRaster({8, 8})));
            Recipe recipe;
            recipe.encoding.format = format;
            const auto report = m_service->render({folder.handle(), "a.png"}, recipe,
                                                  test::openReadWrite(folder.pathOf("out")));
            QVERIFY(!report);
            QVERIFY(report.error().code == ErrorCode::Unsupported);
        }
    }

private:
    std::unique_ptr<ImageService> m_service;
};

QTEST_GUILESS_MAIN(TestModernFormats)
#include "tst_modern_formats.moc"
