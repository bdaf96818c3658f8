// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// I1 of the threat model: damaged files through the real worker. Every one is answered, nothing hangs, and the service
// works afterwards.
#include "core/imaging/image_service.h"
#include "tests/support/images.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <array>
#include <atomic>
#include <fcntl.h>
#include <random>
#include <sys/mman.h>

using namespace ps;

namespace {

constexpr int kFileCount = 10'000;

std::vector<std::string> seeds()
{
    std::vector<std::string> files;
    for (const ImageFormat format :
         {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp}) {
        files.push_back(test::encodedAs(format, test::noiseRaster({60, 40})));
        Raster tagged = test::patternRaster({50, 70}, ColourModel::Bgra);
        tagged.colour.icc = test::wideGamutProfile();
        std::string bytes = test::encodedAs(format, tagged);
        files.push_back(format == ImageFormat::Bmp ? bytes : test::withOrientation(format, bytes, 6));
    }
    files.push_back(test::encodedAs(ImageFormat::Tiff, test::noiseRaster({30, 30}, ColourModel::Cmyk, true)));
    files.push_back(test::encodedAs(ImageFormat::Jpeg, test::patternRaster({64, 64}, ColourModel::Cmyk)));
    files.push_back(test::progressiveJpegWithScans(test::squaresRaster({64, 64}), 5));
    return files;
}

std::string mutated(std::string bytes, std::mt19937& random)
{
    for (std::size_t i = 0, count = 1 + random() % 8; i < count; ++i) {
        // Half of the changes hit the first bytes, where the structure is.
        const std::size_t range = random() % 2 == 0 ? std::min<std::size_t>(bytes.size(), 300) : bytes.size();
        const std::size_t at = random() % range;
        switch (random() % 5) {
        case 0: bytes.erase(at, 1 + random() % 16); break;
        case 1: bytes.insert(at, std::string(1 + random() % 16, static_cast<char>(random()))); break;
        case 2: bytes.replace(at, std::min<std::size_t>(4, bytes.size() - at), "\xff\xff\xff\x7f"); break;
        default: bytes[at] = static_cast<char>(random()); break;
        }
        if (bytes.empty())
            bytes = "x";
    }
    if (random() % 10 == 0)
        bytes.resize(random() % bytes.size());
    return bytes;
}

UniqueFd memoryWith(std::string_view bytes)
{
    UniqueFd memory(::memfd_create("mutation", MFD_CLOEXEC));
    if (!writeAll(memory.get(), bytes))
        qFatal("cannot write to memory");
    return memory;
}

} // namespace

class TestImageMutations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDamagedFileIsAnswered()
    {
        ImageService::Options options;
        options.workerPath = test::programPath("proofsheet-worker");
        options.workerCount = 2;
        const auto service = *ImageService::start(options);
        const std::vector<std::string> good = seeds();
        std::mt19937 random(20260101);
        std::array<std::atomic<int>, 32> outcomes{};
        std::atomic<int> decodedCount = 0;
        std::atomic<int> answeredCount = 0;
        int sentCount = 0;
        while (sentCount < kFileCount) {
            while (sentCount - answeredCount > 50) // files wait in memory
                QTest::qWait(1);
            const std::string bytes = mutated(good[static_cast<std::size_t>(sentCount) % good.size()], random);
            ++sentCount;
            service->requestDecode(ImageSource(memoryWith(bytes)), {40, 40}, Priority::Visible,
                                   [&](Result<Pixels> pixels) {
                                       if (pixels)
                                           ++decodedCount;
                                       else
                                           ++outcomes[static_cast<std::size_t>(pixels.error().code)];
                                       ++answeredCount;
                                   });
        }
        QTRY_COMPARE_WITH_TIMEOUT(answeredCount.load(), kFileCount, 60'000);

        QString summary = QStringLiteral("decoded %1").arg(decodedCount.load());
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            if (outcomes[i] > 0)
                summary += QStringLiteral(", %1 %2")
                               .arg(QLatin1String(errorCodeName(static_cast<ErrorCode>(i)).data()))
                               .arg(outcomes[i].load());
        }
        qInfo("%s", qPrintable(summary));
        const auto countOf = [&](ErrorCode code) { return outcomes[static_cast<std::size_t>(code)].load(); };
        QVERIFY(countOf(ErrorCode::Corrupt) > kFileCount / 3); // the mutations did reach something
        QCOMPARE(countOf(ErrorCode::Timeout), 0);
        QCOMPARE(countOf(ErrorCode::Internal), 0);
        QCOMPARE(countOf(ErrorCode::WorkerCrashed), 0); // none of them kills a worker with the decoders of this system
        QCOMPARE(service->health().restartCount, std::uint64_t{0});

        const auto pixels = service->decode(ImageSource(memoryWith(good.front())));
        QVERIFY(pixels);
        QVERIFY(pixels->size() == (ImageSize{60, 40}));
    }

    void everyDamagedFileIsCopiedUprightOrRefused()
    {
        ImageService::Options options;
        options.workerPath = test::programPath("proofsheet-worker");
        options.workerCount = 2;
        const auto service = *ImageService::start(options);
        const std::vector<std::string> good = seeds();
        std::mt19937 random(20260102);
        constexpr int kCopyCount = 4'000;
        int copiedCount = 0;
        int corruptCount = 0;
        for (int i = 0; i < kCopyCount; ++i) {
            const std::string bytes = mutated(good[static_cast<std::size_t>(i) % good.size()], random);
            const auto report = service->uprightCopy(ImageSource(memoryWith(bytes)), i % 2 == 0,
                                                     memoryWith(std::string_view()));
            copiedCount += report ? 1 : 0;
            corruptCount += !report && report.error().code == ErrorCode::Corrupt ? 1 : 0;
            const bool isAnswer = report || (report.error().code != ErrorCode::WorkerCrashed &&
                                             report.error().code != ErrorCode::Timeout &&
                                             report.error().code != ErrorCode::Internal);
            QVERIFY2(isAnswer, report ? "" : report.error().describe().c_str());
        }
        QVERIFY(copiedCount > kCopyCount / 10 && corruptCount > kCopyCount / 10);
        QCOMPARE(service->health().restartCount, std::uint64_t{0});
    }
};

QTEST_GUILESS_MAIN(TestImageMutations)
#include "tst_image_mutations.moc"
