// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/image_service.h"
#include "core/worker/sandbox.h"
#include "tests/core/imaging/image_checks.h"
#include "tests/support/processes.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace ps;
using test::whyNot;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitizerBuild = true;
#else
constexpr bool kIsSanitizerBuild = false;
#endif

namespace {

ImageService::Options realOptions(std::size_t workerCount = 2)
{
    ImageService::Options options;
    options.workerPath = test::programPath("proofsheet-worker");
    options.workerCount = workerCount;
    return options;
}

std::unique_ptr<ImageService> startReal(std::size_t workerCount = 2)
{
    return *ImageService::start(realOptions(workerCount));
}

UniqueFd outputIn(const test::TempFolder& folder, const char* name)
{
    return test::openReadWrite(folder.pathOf(name));
}

} // namespace

class TestImageService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_descriptorsBefore = test::openDescriptorCount(); }
    void cleanup()
    {
        QCOMPARE(test::openDescriptorCount(), m_descriptorsBefore);
        QVERIFY(test::hasNoChildren());
    }

    void missingWorkerProgramIsReportedAtTheStart()
    {
        ImageService::Options options;
        options.workerPath = "/nonexistent/proofsheet-worker";
        const auto service = ImageService::start(options);
        QVERIFY(!service);
        QVERIFY(service.error().code == ErrorCode::NotFound);
    }

    void probeTellsWhatTheHeaderSays()
    {
        test::TempFolder folder;
        Raster raster = test::patternRaster({60, 40}, ColourModel::Bgr, true);
        raster.colour.icc = test::wideGamutProfile("Display P3");
        const std::string bytes = test::withOrientation(ImageFormat::Png, test::encodedAs(ImageFormat::Png, raster), 8);
        folder.write("image.png", bytes);
        const auto service = startReal();
        const auto info = service->probe({folder.handle(), "image.png"});
        QVERIFY2(info, whyNot(info));
        QVERIFY(info->size == (ImageSize{40, 60}));
        QCOMPARE(info->orientation, 8);
        QCOMPARE(info->bitsPerChannel, 16);
        QCOMPARE(info->profileDescription, std::string("Display P3"));
        const std::vector<std::string> conversions = {"16 bit to 8", "profile Display P3 to sRGB"};
        QCOMPARE(info->conversions, conversions);
        QCOMPARE(info->fileBytes, static_cast<std::int64_t>(bytes.size()));
        QVERIFY(info->identity == *identifyBeneath(folder.handle()->get(), "image.png"));
    }

    void decodeGivesThePixels_data()
    {
        QTest::addColumn<int>("format");
        for (const ImageFormat format :
             {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp})
            QTest::addRow("%s", std::string(formatName(format)).c_str()) << static_cast<int>(format);
    }
    void decodeGivesThePixels()
    {
        QFETCH(int, format);
        test::TempFolder folder;
        const Raster raster = test::squaresRaster({320, 240}, 40);
        folder.write("image", test::encodedAs(static_cast<ImageFormat>(format), raster));
        const auto service = startReal(1);
        const ImageSource source(folder.handle(), "image");

        const auto full = service->decode(source);
        QVERIFY2(full, whyNot(full));
        QVERIFY(full->size() == (ImageSize{320, 240}));
        const auto small = service->decode(source, {100, 100});
        QVERIFY2(small, whyNot(small));
        QVERIFY(small->size() == (ImageSize{100, 75}));
        QVERIFY(small->fullSize() == (ImageSize{320, 240}));
        const auto huge = service->decode(source, {100'000, 100'000}); // a box beyond what is mapped blindly
        QVERIFY2(huge, whyNot(huge));
        QVERIFY(huge->size() == (ImageSize{320, 240}));

        for (int y = 0; y < 6; ++y) {
            for (int x = 0; x < 8; ++x) {
                const cv::Vec3b wanted = raster.pixels.at<cv::Vec3b>(y * 40 + 20, x * 40 + 20);
                for (const std::uint32_t pixel : {full->pixel(x * 40 + 20, y * 40 + 20),
                                                  small->pixel((x * 40 + 20) * 10 / 32, (y * 40 + 20) * 10 / 32)}) {
                    QCOMPARE(pixel >> 24, 255U);
                    QVERIFY(std::abs(static_cast<int>(pixel & 255) - wanted[0]) <= 3);
                    QVERIFY(std::abs(static_cast<int>(pixel >> 8 & 255) - wanted[1]) <= 3);
                    QVERIFY(std::abs(static_cast<int>(pixel >> 16 & 255) - wanted[2]) <= 3);
                }
            }
        }
    }

    void failuresHaveTheirCodeAndAMessage_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, ErrorCode code, const char* part) {
            QTest::newRow(name) << name << static_cast<int>(code) << part;
        };
        row("missing.jpg", ErrorCode::NotFound, "cannot open the file");
        row("../outside.jpg", ErrorCode::Refused, "leaves its folder");
        row("link.jpg", ErrorCode::Refused, "");
        row("fifo.jpg", ErrorCode::Refused, "not a regular file");
        row("folder", ErrorCode::Refused, "not a regular file");
        row("empty.jpg", ErrorCode::Corrupt, "the file is empty");
        row("page.jpg", ErrorCode::Unsupported, "an HTML page");
        row("drawing.jpg", ErrorCode::Unsupported, "an SVG drawing");
        row("animation.gif", ErrorCode::Unsupported, "a GIF image");
        row("truncated.jpg", ErrorCode::Corrupt, "damaged JPEG");
        row("truncated.png", ErrorCode::Corrupt, "damaged PNG");
        row("truncated.webp", ErrorCode::Corrupt, "damaged WebP");
        row("truncated.tif", ErrorCode::Corrupt, "damaged TIFF");
        row("truncated.bmp", ErrorCode::Corrupt, "damaged BMP");
        row("huge.png", ErrorCode::TooLarge, "30000 x 30000 exceeds the limit of 536870912 pixels");
        row("long.jpg", ErrorCode::TooLarge, "bytes exceed the limit of");
    }
    void failuresHaveTheirCodeAndAMessage()
    {
        QFETCH(QString, name);
        QFETCH(int, code);
        QFETCH(QString, part);
        test::TempFolder folder;
        folder.write("real.jpg", "x");
        folder.makeSymlink("link.jpg", "real.jpg");
        folder.makeFifo("fifo.jpg");
        folder.write("folder/x", "x");
        folder.write("empty.jpg", "");
        folder.write("page.jpg", "<!DOCTYPE html><html><body>Not found</body></html>");
        folder.write("drawing.jpg",
                     "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file:///etc/passwd\"/></svg>");
        folder.write("animation.gif", std::string("GIF89a\1\0\1\0\0\0\0;", 14));
        folder.write("huge.png", test::pngHeaderOnly(30'000, 30'000));
        folder.write("long.jpg", "");
        QCOMPARE(::truncate(folder.pathOf("long.jpg").c_str(), off_t{3} << 30), 0);
        const Raster raster = test::noiseRaster({40, 30});
        const std::pair<const char*, ImageFormat> truncated[] = {{"truncated.jpg", ImageFormat::Jpeg},
                                                                 {"truncated.png", ImageFormat::Png},
                                                                 {"truncated.webp", ImageFormat::WebP},
                                                                 {"truncated.tif", ImageFormat::Tiff},
                                                                 {"truncated.bmp", ImageFormat::Bmp}};
        for (const auto& [file, format] : truncated) {
            const std::string bytes = test::encodedAs(format, raster);
            folder.write(file, bytes.substr(0, bytes.size() * 2 / 3));
        }
        const auto service = startReal(1);
        const auto pixels = service->decode({folder.handle(), name.toStdString()}, {100, 100});
        QVERIFY(!pixels);
        QVERIFY2(static_cast<int>(pixels.error().code) == code, pixels.error().describe().c_str());
        QVERIFY2(QString::fromStdString(pixels.error().message).contains(part), pixels.error().message.c_str());
        QVERIFY(pixels.error().context.find(name.toStdString()) != std::string::npos);
        QCOMPARE(service->health().restartCount, std::uint64_t{0}); // a bad file is an answer, not a death
    }

    void limitsAreThoseOfTheOptions()
    {
        test::TempFolder folder;
        folder.write("image.png", test::encodedAs(ImageFormat::Png, test::noiseRaster({50, 40})));
        ImageService::Options options = realOptions(1);
        options.limits.maxPixels = 1999;
        const auto service = *ImageService::start(options);
        const auto info = service->probe({folder.handle(), "image.png"});
        QVERIFY(!info);
        QVERIFY(info.error().code == ErrorCode::TooLarge);
        QCOMPARE(info.error().message, std::string("50 x 40 exceeds the limit of 1999 pixels"));
    }

    void cutsAreRenderedAndProven()
    {
        test::TempFolder folder;
        const PixelBox box{5, 4, 45, 36};
        const auto service = startReal(1);
        const std::pair<const char*, ImageFormat> files[] = {{"a.jpg", ImageFormat::Jpeg},
                                                             {"a.png", ImageFormat::Png},
                                                             {"a.webp", ImageFormat::WebP},
                                                             {"a.tif", ImageFormat::Tiff},
                                                             {"a.bmp", ImageFormat::Bmp}};
        for (const auto& [name, format] : files) {
            folder.write(name, test::encodedAs(format, test::squaresRaster({60, 48})));
            const ImageSource original(folder.handle(), name);
            const auto info = service->probe(original);
            QVERIFY2(info, whyNot(info));
            UniqueFd output = outputIn(folder, "cut");
            QVERIFY(writeAll(output.get(), "what was there before is gone afterwards"));
            const auto report = service->render(original, cutRecipe(*info, box), std::move(output));
            QVERIFY2(report, whyNot(report));
            QVERIFY(report->size == (ImageSize{40, 32}));
            QCOMPARE(static_cast<std::size_t>(report->fileBytes), folder.read("cut").size());

            // finalize hands over the descriptor with which it wrote
            const auto good = service->compareCut(original, box, ImageSource(outputIn(folder, "cut")));
            QVERIFY2(good, whyNot(good));
            const auto bad = service->compareCut(original, {10, 4, 50, 36}, ImageSource(folder.handle(), "cut"));
            QVERIFY(!bad);
            QVERIFY(bad.error().code == ErrorCode::Corrupt);
            const auto outside = service->compareCut(original, {6, 4, 61, 36}, ImageSource(folder.handle(), "cut"));
            QVERIFY(outside.error().code == ErrorCode::InvalidInput);
        }
    }

    void senselessRecipesNeverReachAWorker()
    {
        test::TempFolder folder;
        folder.write("a.png", test::encodedAs(ImageFormat::Png, test::noiseRaster({8, 8})));
        const auto service = startReal(1);
        const auto report = service->render({folder.handle(), "a.png"}, {{BlurStep{-1}}, {}}, outputIn(folder, "out"));
        QVERIFY(!report);
        QVERIFY(report.error().code == ErrorCode::InvalidInput);
        QCOMPARE(service->health().aliveCount, std::size_t{0});
    }

    void outputThatCannotBeWrittenIsAnError()
    {
        test::TempFolder folder;
        folder.write("a.png", test::encodedAs(ImageFormat::Png, test::noiseRaster({8, 8})));
        folder.write("out", "");
        const auto service = startReal(1);
        UniqueFd readOnly(::open(folder.pathOf("out").c_str(), O_RDONLY | O_CLOEXEC));
        QVERIFY(!service->render({folder.handle(), "a.png"}, {}, std::move(readOnly)));
        UniqueFd full(::open("/dev/full", O_RDWR | O_CLOEXEC));
        QVERIFY(!service->render({folder.handle(), "a.png"}, {}, std::move(full)));
        QCOMPARE(service->health().restartCount, std::uint64_t{0});
    }

    void manyRequestsAreAllAnsweredInParallel()
    {
        test::TempFolder folder;
        for (int i = 0; i < 10; ++i)
            folder.write(std::to_string(i), test::encodedAs(ImageFormat::Jpeg, test::squaresRaster({200 + i, 150})));
        const auto service = startReal(2);
        std::atomic<int> rightCount = 0;
        std::atomic<int> answeredCount = 0;
        for (int i = 0; i < 300; ++i) {
            service->requestDecode({folder.handle(), std::to_string(i % 10)}, {}, static_cast<Priority>(i % 3),
                                   [&, i](Result<Pixels> pixels) {
                                       rightCount += pixels && pixels->width() == 200 + i % 10 ? 1 : 0;
                                       ++answeredCount;
                                   });
        }
        QTRY_COMPARE_WITH_TIMEOUT(answeredCount.load(), 300, 60'000);
        QCOMPARE(rightCount.load(), 300);
        QCOMPARE(service->health().aliveCount, std::size_t{2});
    }

    void endAnswersWhatIsWaiting()
    {
        test::TempFolder folder;
        folder.write("a.png", test::encodedAs(ImageFormat::Png, test::noiseRaster({800, 600})));
        std::atomic<int> answeredCount = 0;
        {
            const auto service = startReal(1);
            for (int i = 0; i < 200; ++i)
                service->requestDecode({folder.handle(), "a.png"}, {}, Priority::Ahead,
                                       [&](const Result<Pixels>&) { ++answeredCount; });
            service->cancelAll(Priority::Ahead);
        }
        QCOMPARE(answeredCount.load(), 200);
    }

    void sandboxIsComplete()
    {
        test::TempFolder folder;
        folder.write("a.png", test::encodedAs(ImageFormat::Png, test::noiseRaster({8, 8})));
        const auto service = startReal(1);
        QVERIFY(service->probe({folder.handle(), "a.png"}));
        const PoolHealth health = service->health();
        QVERIFY(!health.sandbox.empty());
        if (!kIsSanitizerBuild)
            QVERIFY2((health.sandboxMask & static_cast<std::uint32_t>(SandboxPart::SystemCalls)) != 0,
                     health.sandbox.c_str());
    }

    void memoryStaysFlat()
    {
        test::TempFolder folder;
        folder.write("a.jpg", test::encodedAs(ImageFormat::Jpeg, test::squaresRaster({2000, 1500})));
        folder.write("a.png", test::encodedAs(ImageFormat::Png, test::patternRaster({1000, 800}, ColourModel::Bgra)));
        const auto service = startReal(1);
        const auto decodeSome = [&](int count) {
            for (int i = 0; i < count; ++i) {
                const auto pixels = service->decode({folder.handle(), i % 2 ? "a.jpg" : "a.png"},
                                                    {i % 3 ? 600 : 0, 600});
                QVERIFY2(pixels, whyNot(pixels));
            }
        };
        decodeSome(20);
        const auto workers = test::childProcesses();
        QCOMPARE(workers.size(), std::size_t{1});
        const std::size_t ownBefore = test::residentBytes(::getpid());
        const std::size_t workerBefore = test::residentBytes(workers[0]);
        decodeSome(200);
        constexpr std::size_t kAllowedGrowth = 16 << 20; // less than one of the pictures; 200 leaked ones would be 2 GB
        QVERIFY(test::residentBytes(::getpid()) < ownBefore + kAllowedGrowth);
        if (!kIsSanitizerBuild) // whose allocators keep freed memory for a while
            QVERIFY(test::residentBytes(workers[0]) < workerBefore + kAllowedGrowth);
    }

private:
    std::size_t m_descriptorsBefore = 0;
};

QTEST_GUILESS_MAIN(TestImageService)
#include "tst_image_service.moc"
