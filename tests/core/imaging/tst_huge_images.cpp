// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures far larger than a screen, and pictures like threads, through real workers with their limit of memory.
#include "core/imaging/image_service.h"
#include "tests/core/imaging/image_checks.h"
#include "tests/support/processes.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <zlib.h>

using namespace ps;
using test::whyNot;

namespace {

constexpr int kSide = 21'420; // 459 megapixels

/// A grey PNG of this size whose rows are 200, the lower half 50.
std::string flatPng(ImageSize size)
{
    std::string png = test::pngHeaderOnly(static_cast<std::uint32_t>(size.width),
                                          static_cast<std::uint32_t>(size.height));
    std::string header = png.substr(16, 13);
    header[9] = 0; // grey
    png = png.substr(0, 8) + test::pngChunk("IHDR", header);
    z_stream stream{};
    ::deflateInit(&stream, 1);
    std::string packed(1 << 20, '\0');
    for (int y = 0; y < size.height; ++y) {
        std::string row(static_cast<std::size_t>(size.width) + 1, y < size.height / 2 ? '\xc8' : '\x32');
        row[0] = 0; // no filter
        stream.next_in = reinterpret_cast<Bytef*>(row.data());
        stream.avail_in = static_cast<uInt>(row.size());
        int state = Z_OK;
        do {
            stream.next_out = reinterpret_cast<Bytef*>(packed.data());
            stream.avail_out = static_cast<uInt>(packed.size());
            state = ::deflate(&stream, y + 1 == size.height ? Z_FINISH : Z_NO_FLUSH);
            const std::size_t count = packed.size() - stream.avail_out;
            if (count > 0)
                png += test::pngChunk("IDAT", packed.substr(0, count));
        } while (stream.avail_out == 0 || (y + 1 == size.height && state != Z_STREAM_END));
    }
    ::deflateEnd(&stream);
    return png + test::pngChunk("IEND", "");
}

std::unique_ptr<ImageService> startService()
{
    ImageService::Options options;
    options.workerPath = test::programPath("proofsheet-worker");
    options.workerCount = 1;
    return *ImageService::start(options);
}

} // namespace

class TestHugeImages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reductionAndRegionOf459Megapixels()
    {
        test::TempFolder folder;
        folder.write("huge.png", flatPng({kSide, kSide}));
        const auto service = startService();
        const ImageSource source(folder.handle(), "huge.png");
        const auto reduced = service->decode(source, {1600, 1000});
        QVERIFY2(reduced, whyNot(reduced));
        QVERIFY(reduced->size() == (ImageSize{1000, 1000}));
        QVERIFY(reduced->fullSize() == (ImageSize{kSide, kSide}));
        QCOMPARE(reduced->pixel(500, 100), 0xffc8c8c8U);
        QCOMPARE(reduced->pixel(500, 900), 0xff323232U);

        const int middle = kSide / 2;
        const auto region = service->region(source, {middle - 256, middle - 256, middle + 256, middle + 256});
        QVERIFY2(region, whyNot(region));
        QVERIFY(region->size() == (ImageSize{512, 512}));
        QCOMPARE(region->pixel(511, 255), 0xffc8c8c8U); // the edge runs exactly between
        QCOMPARE(region->pixel(0, 256), 0xff323232U);
    }

    void threadsAreNeverScaledToNothing()
    {
        test::TempFolder folder;
        const ImageSize lying{65'535, 1};
        const ImageSize standing{1, 65'500}; // the most that a JPEG holds
        folder.write("lying.png", test::encodedAs(ImageFormat::Png, test::patternRaster(lying)));
        folder.write("standing.png", test::encodedAs(ImageFormat::Png, test::patternRaster(standing)));
        folder.write("standing.jpg", test::encodedAs(ImageFormat::Jpeg, test::patternRaster(standing)));
        folder.write("lying.tif", test::encodedAs(ImageFormat::Tiff, test::patternRaster(lying)));
        folder.write("lying.bmp", test::encodedAs(ImageFormat::Bmp, test::patternRaster(lying)));
        const auto service = startService();
        for (const char* name : {"lying.png", "standing.png", "standing.jpg", "lying.tif", "lying.bmp"}) {
            for (const FitMode mode : {FitMode::Exact, FitMode::Class}) {
                const auto pixels = service->decode({folder.handle(), name}, {512, 512}, mode);
                QVERIFY2(pixels, whyNot(pixels));
                const bool isLying = std::string_view(name).starts_with("lying");
                QVERIFY(pixels->size() == (isLying ? ImageSize{512, 1} : ImageSize{1, 512}));
            }
            const auto tiny = service->decode({folder.handle(), name}, {3, 3});
            QVERIFY2(tiny, whyNot(tiny));
        }
        const auto part = service->region({folder.handle(), "lying.png"}, {65'000, 0, 65'535, 1}, {512, 512});
        QVERIFY2(part, whyNot(part));
        QVERIFY(part->size() == (ImageSize{512, 1}));
    }

    void thumbnailOfItsClassIsNotScaledAgain()
    {
        test::TempFolder folder;
        folder.write("camera.jpg", test::encodedAs(ImageFormat::Jpeg, test::squaresRaster({4000, 3000}, 200)));
        folder.write("larger.jpg", test::encodedAs(ImageFormat::Jpeg, test::squaresRaster({6000, 4000}, 200)));
        const auto service = startService();
        const auto camera = service->decode({folder.handle(), "camera.jpg"}, {512, 512}, FitMode::Class);
        QVERIFY2(camera, whyNot(camera));
        QVERIFY(camera->size() == (ImageSize{500, 375}));
        const auto exact = service->decode({folder.handle(), "camera.jpg"}, {512, 512});
        QVERIFY2(exact, whyNot(exact));
        QVERIFY(exact->size() == (ImageSize{512, 384}));
        const auto larger = service->decode({folder.handle(), "larger.jpg"}, {512, 512}, FitMode::Class);
        QVERIFY2(larger, whyNot(larger));
        QVERIFY(larger->size() == (ImageSize{512, 341})); // 750 x 500 would be of another class
    }
};

QTEST_GUILESS_MAIN(TestHugeImages)
#include "tst_huge_images.moc"
