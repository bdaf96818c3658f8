// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/desktop_thumbnails.h"
#include "core/imaging/thumbnail_service.h"
#include "tests/core/imaging/image_checks.h"
#include "tests/support/checks.h"
#include "tests/support/processes.h"
#include "tests/support/temp_folder.h"

#include <QCryptographicHash>
#include <QTest>

#include <atomic>
#include <fcntl.h>
#include <future>
#include <sys/stat.h>
#include <unistd.h>

using namespace ps;
using test::must;

namespace {

constexpr ImageSize kPicture{900, 600};

/// A service with its own worker pool and cache folder.
struct Fixture {
    explicit Fixture(const test::TempFolder& folder, bool usesDesktopCache = false)
    {
        ImageService::Options options;
        options.workerPath = test::programPath("proofsheet-worker");
        options.workerCount = 2;
        images = must(ImageService::start(std::move(options)));
        ThumbnailService::Options thumbnailOptions;
        thumbnailOptions.cache.path = folder.pathOf("cache/thumbnails.db");
        thumbnailOptions.usesDesktopCache = usesDesktopCache;
        thumbnailOptions.onSurveyed = [this](const ThumbnailService::Surveyed& one) {
            const std::lock_guard lock(mutex);
            surveyed.push_back(one);
        };
        thumbnails = std::make_unique<ThumbnailService>(*images, std::move(thumbnailOptions));
    }

    Result<Pixels> get(const test::TempFolder& folder, const std::string& name,
                       ThumbnailClass size = ThumbnailClass::Small)
    {
        return get(folder, name, must(identifyBeneath(folder.handle()->get(), name)), size);
    }

    Result<Pixels> get(const test::TempFolder& folder, const std::string& name, const FileIdentity& identity,
                       ThumbnailClass size = ThumbnailClass::Small)
    {
        std::promise<Result<Pixels>> promise;
        auto answer = promise.get_future();
        thumbnails->request(
            {folder.handle(), name}, identity, size, Priority::Visible,
            [&](Result<Pixels> outcome) { promise.set_value(std::move(outcome)); }, name);
        return answer.get();
    }

    std::size_t surveyCount()
    {
        const std::lock_guard lock(mutex);
        return surveyed.size();
    }

    std::mutex mutex;
    std::vector<ThumbnailService::Surveyed> surveyed; // guarded by mutex
    std::unique_ptr<ImageService> images;
    std::unique_ptr<ThumbnailService> thumbnails;
};

cv::Mat matOf(const Pixels& pixels)
{
    cv::Mat mat(pixels.height(), pixels.width(), CV_8UC4);
    for (int y = 0; y < pixels.height(); ++y)
        std::copy_n(pixels.row(y), static_cast<std::size_t>(pixels.width()) * 4, mat.ptr(y));
    return mat;
}

std::string jpegOf(ImageSize size, int side = 48)
{
    return test::encodedAs(ImageFormat::Jpeg, test::squaresRaster(size, side));
}

} // namespace

class TestThumbnailService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstTimeIsSurveyedAndSecondTimeComesFromTheCache()
    {
        test::TempFolder folder;
        folder.write("a.jpg", jpegOf(kPicture));
        Fixture fixture(folder);
        const Pixels first = must(fixture.get(folder, "a.jpg"));
        QVERIFY(first.size() == (ImageSize{256, 171}));
        QVERIFY(first.fullSize() == kPicture);
        QCOMPARE(fixture.surveyCount(), std::size_t{1});
        fixture.thumbnails->waitUntilStored();

        const Pixels second = must(fixture.get(folder, "a.jpg"));
        QCOMPARE(fixture.surveyCount(), std::size_t{1});
        QVERIFY(second.size() == first.size());
        QVERIFY(second.info() == first.info());
        // JPEG of quality 85 with halved chroma: the same picture to the eye.
        QVERIFY(cv::norm(matOf(first), matOf(second), cv::NORM_L1) / static_cast<double>(first.byteCount()) < 4);
    }

    void surveyTellsPathIdentityAndMeasures()
    {
        test::TempFolder folder;
        folder.write("a.jpg", jpegOf(kPicture));
        Fixture fixture(folder);
        must(fixture.get(folder, "a.jpg"));
        const ThumbnailService::Surveyed& surveyed = fixture.surveyed.at(0);
        QCOMPARE(surveyed.path, std::string("a.jpg"));
        QVERIFY(surveyed.info.identity == must(identifyBeneath(folder.handle()->get(), "a.jpg")));
        QVERIFY(surveyed.measures.contrast > 0.05);
        QVERIFY(surveyed.measures.perceptualHash != 0);
    }

    void smallOneComesFromALargeOne()
    {
        test::TempFolder folder;
        folder.write("a.jpg", jpegOf(kPicture));
        Fixture fixture(folder);
        QVERIFY(must(fixture.get(folder, "a.jpg", ThumbnailClass::Large)).width() >= 486);
        fixture.thumbnails->waitUntilStored();
        QVERIFY(must(fixture.get(folder, "a.jpg", ThumbnailClass::Small)).size() == (ImageSize{256, 171}));
        QCOMPARE(fixture.surveyCount(), std::size_t{1});
        QVERIFY(must(fixture.get(folder, "a.jpg", ThumbnailClass::Large)).width() >= 486);
        QCOMPARE(fixture.surveyCount(), std::size_t{1});
    }

    void largeOneIsNotTakenFromASmallOne()
    {
        test::TempFolder folder;
        folder.write("a.jpg", jpegOf(kPicture));
        Fixture fixture(folder);
        must(fixture.get(folder, "a.jpg", ThumbnailClass::Small));
        fixture.thumbnails->waitUntilStored();
        QVERIFY(must(fixture.get(folder, "a.jpg", ThumbnailClass::Large)).width() >= 486);
        QCOMPARE(fixture.surveyCount(), std::size_t{2});
    }

    void changedFileIsNeverShownAsItWas()
    {
        test::TempFolder folder;
        folder.write("a.png", test::encodedAs(ImageFormat::Png, test::patternRaster({300, 200})));
        Fixture fixture(folder);
        const FileIdentity before = must(identifyBeneath(folder.handle()->get(), "a.png"));
        must(fixture.get(folder, "a.png"));
        fixture.thumbnails->waitUntilStored();

        folder.write("a.png", test::encodedAs(ImageFormat::Png, test::noiseRaster({200, 300})));
        // The caller still believes in the old state.
        const Pixels after = must(fixture.get(folder, "a.png", before));
        QVERIFY(after.size() == (ImageSize{171, 256}));
        QCOMPARE(fixture.surveyCount(), std::size_t{2});
    }

    void vanishedFileIsReported()
    {
        test::TempFolder folder;
        folder.write("a.jpg", jpegOf(kPicture));
        Fixture fixture(folder);
        const FileIdentity identity = must(identifyBeneath(folder.handle()->get(), "a.jpg"));
        must(fixture.get(folder, "a.jpg"));
        fixture.thumbnails->waitUntilStored();
        ::unlink(folder.pathOf("a.jpg").c_str());
        PS_CHECK_ERROR(ErrorCode::NotFound, fixture.get(folder, "a.jpg", identity));
    }

    void damagedFileIsReportedAndTheOthersGoOn()
    {
        test::TempFolder folder;
        folder.write("good.jpg", jpegOf(kPicture));
        folder.write("cut.jpg", jpegOf(kPicture).substr(0, 3000));
        folder.write("text.jpg", "no picture at all");
        Fixture fixture(folder);
        PS_CHECK_ERROR(ErrorCode::Corrupt, fixture.get(folder, "cut.jpg"));
        PS_CHECK_ERROR(ErrorCode::Unsupported, fixture.get(folder, "text.jpg"));
        PS_CHECK_OK(fixture.get(folder, "good.jpg"));
    }

    void damagedThumbnailIsMadeAnew()
    {
        test::TempFolder folder;
        folder.write("a.jpg", jpegOf(kPicture));
        Fixture fixture(folder);
        const Pixels right = must(fixture.get(folder, "a.jpg"));
        fixture.thumbnails->waitUntilStored();
        const ThumbnailCache::Entry broken{
            {right.info().identity, {}}, ThumbnailClass::Small, {"\xff\xd8\xff nonsense", right.info()}};
        fixture.thumbnails->keep(broken);
        fixture.thumbnails->waitUntilStored();
        QVERIFY(must(fixture.get(folder, "a.jpg")).size() == right.size());
        QCOMPARE(fixture.surveyCount(), std::size_t{2});
        fixture.thumbnails->waitUntilStored();
        must(fixture.get(folder, "a.jpg"));
        QCOMPARE(fixture.surveyCount(), std::size_t{2});
    }

    void transparencyStays()
    {
        test::TempFolder folder;
        Raster raster = test::patternRaster({400, 400}, ColourModel::Bgra);
        raster.pixels(cv::Rect(0, 0, 200, 400)).setTo(cv::Scalar(0, 0, 0, 0));
        raster.pixels(cv::Rect(200, 0, 200, 400)).setTo(cv::Scalar(10, 20, 250, 255));
        folder.write("a.png", test::encodedAs(ImageFormat::Png, raster));
        Fixture fixture(folder);
        must(fixture.get(folder, "a.png"));
        fixture.thumbnails->waitUntilStored();
        const Pixels cached = must(fixture.get(folder, "a.png"));
        QVERIFY(cached.hasAlpha());
        QVERIFY((cached.pixel(30, 100) >> 24) < 8);
        QVERIFY((cached.pixel(220, 100) >> 24) > 247);
        QVERIFY((cached.pixel(220, 100) >> 16 & 255) > 230);
    }

    void orientedPictureIsUprightFromTheCacheToo()
    {
        test::TempFolder folder;
        folder.write("a.jpg", test::withOrientation(ImageFormat::Jpeg, jpegOf(kPicture), 6));
        Fixture fixture(folder);
        QVERIFY(must(fixture.get(folder, "a.jpg")).size() == (ImageSize{171, 256}));
        fixture.thumbnails->waitUntilStored();
        QVERIFY(must(fixture.get(folder, "a.jpg")).size() == (ImageSize{171, 256}));
        QCOMPARE(fixture.surveyCount(), std::size_t{1});
    }

    void everyRequestOfManyIsAnsweredWithItsOwnPicture()
    {
        constexpr int kCount = 60;
        test::TempFolder folder;
        std::vector<FileIdentity> identities;
        for (int i = 0; i < kCount; ++i) {
            const std::string name = std::to_string(i) + ".png";
            folder.write(name, test::encodedAs(ImageFormat::Png, test::patternRaster({40 + i, 40})));
            identities.push_back(must(identifyBeneath(folder.handle()->get(), name)));
        }
        Fixture fixture(folder);
        for (int round = 0; round < 2; ++round) {
            std::atomic<int> right = 0;
            std::atomic<int> answered = 0;
            for (int i = 0; i < kCount; ++i)
                fixture.thumbnails->request({folder.handle(), std::to_string(i) + ".png"},
                                            identities[static_cast<std::size_t>(i)], ThumbnailClass::Small,
                                            Priority::Visible, [&, i](Result<Pixels> outcome) {
                                                right += outcome && outcome->width() == 40 + i ? 1 : 0;
                                                ++answered;
                                                answered.notify_all();
                                            });
            for (int seen = answered; seen < kCount; seen = answered)
                answered.wait(seen);
            QCOMPARE(right.load(), kCount);
            fixture.thumbnails->waitUntilStored();
            QCOMPARE(fixture.surveyCount(), std::size_t{kCount});
        }
    }

    void cancelledRequestsAreAnsweredAll()
    {
        test::TempFolder folder;
        folder.write("a.jpg", jpegOf({2000, 1500}));
        std::atomic<int> answered = 0;
        {
            Fixture fixture(folder);
            for (int i = 0; i < 200; ++i)
                fixture.thumbnails->request({folder.handle(), "a.jpg"}, {}, ThumbnailClass::Small, Priority::Ahead,
                                            [&](const Result<Pixels>&) { ++answered; });
            fixture.thumbnails->cancelAll(Priority::Ahead);
            PS_CHECK_OK(fixture.get(folder, "a.jpg"));
        }
        QCOMPARE(answered.load(), 200);
    }

    void worksWithoutACache()
    {
        test::TempFolder folder;
        folder.write("a.jpg", jpegOf(kPicture));
        folder.write("cache", "a file where the folder should be");
        Fixture fixture(folder);
        PS_CHECK_OK(fixture.get(folder, "a.jpg"));
        fixture.thumbnails->waitUntilStored();
        PS_CHECK_OK(fixture.get(folder, "a.jpg"));
        QCOMPARE(fixture.surveyCount(), std::size_t{2});
    }

    // ---- the desktop's cache ---------------------------------------------------------------------------------------

    void validThumbnailOfTheDesktopIsTaken_data()
    {
        QTest::addColumn<QByteArray>("uriSuffix");
        QTest::addColumn<int>("secondsOff");
        QTest::addColumn<int>("side");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("valid") << QByteArray() << 0 << 256 << true;
        QTest::newRow("of another file") << QByteArray("x") << 0 << 256 << false;
        QTest::newRow("of another time") << QByteArray() << 1 << 256 << false;
        QTest::newRow("too small") << QByteArray() << 0 << 128 << false;
    }

    void validThumbnailOfTheDesktopIsTaken()
    {
        QFETCH(QByteArray, uriSuffix);
        QFETCH(int, secondsOff);
        QFETCH(int, side);
        QFETCH(bool, isTaken);
        test::TempFolder folder;
        test::TempFolder cacheHome;
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(cacheHome.path()));
        folder.write("a b.jpg", jpegOf(kPicture));
        const FileIdentity identity = must(identifyBeneath(folder.handle()->get(), "a b.jpg"));
        const std::string uri = fileUri(ImageSource(folder.handle(), "a b.jpg").absolutePath());
        QVERIFY(uri.ends_with("/a%20b.jpg"));

        // Red, so that it can be told from the picture itself.
        Raster red = makeRaster({side, side * 2 / 3}, ColourModel::Bgr, false);
        red.pixels.setTo(cv::Scalar(0, 0, 255));
        std::string png = test::encodedAs(ImageFormat::Png, red);
        const auto text = [](const std::string& key, const std::string& value) {
            return test::pngChunk("tEXt", key + std::string(1, '\0') + value);
        };
        png = test::withPngChunk(png, text("Thumb::URI", uri + uriSuffix.toStdString()));
        png = test::withPngChunk(
            png, text("Thumb::MTime", std::to_string(identity.modifiedNs / 1'000'000'000 + secondsOff)));
        const QByteArray md5 =
            QCryptographicHash::hash(QByteArray::fromStdString(uri), QCryptographicHash::Md5).toHex();
        cacheHome.write("thumbnails/large/" + md5.toStdString() + ".png", png);

        Fixture fixture(folder, true);
        const Pixels pixels = must(fixture.get(folder, "a b.jpg"));
        QCOMPARE(pixels.pixel(100, 80) == 0xffff0000, isTaken);
        QVERIFY(pixels.fullSize() == kPicture);
        QCOMPARE(fixture.surveyCount(), std::size_t{isTaken ? 0U : 1U});
        // Kept as one of our own.
        fixture.thumbnails->waitUntilStored();
        const Pixels again = must(fixture.get(folder, "a b.jpg"));
        QCOMPARE((again.pixel(100, 80) & 0xf0ff) == 0 && (again.pixel(100, 80) >> 16 & 255) > 240, isTaken);
    }
};

QTEST_GUILESS_MAIN(TestThumbnailService)
#include "tst_thumbnail_service.moc"
