// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_diff_html.h"
#include "tests/core/exchange/release_helpers.h"
#include "tests/support/images.h"

#include <QByteArray>
#include <QTest>

using namespace ps;
using namespace ps::test;

namespace {

constexpr std::string_view kDataUri = "data:image/jpeg;base64,";

/// One photograph of 320 x 96 pixels, cropped twice: releases "first" and "second" (or .zip) of the format.
class TwoReleases
{
    ProjectFixture m_fixture; // outlives the session

public:
    TwoReleases(ImageService& images, ExportFormat format, CropMode crops, const std::string& suffix)
    {
        m_fixture.addFile("a.png", encodedAs(ImageFormat::Png, patternRaster({320, 96})));
        session = m_fixture.open();
        ExportRequest request = requestFor(format);
        request.crops = crops;
        for (const auto& [name, right] : {std::pair("first", 0.75), std::pair("second", 0.5)}) {
            decideGroup(*session, "a.png", crop(Crop{0.25, 0.25, right, 0.75}));
            (std::string_view(name) == "first" ? first : second) = m_fixture.folder().pathOf(name + suffix);
            must(exportRelease(*session, images, request, exportTo(m_fixture.folder().pathOf(name + suffix)), {}));
        }
        diff = must(diffReleases(first, second, {}));
    }

    std::vector<DiffPicture> pictures(ImageService& images, const OriginalFinder& find = {}) const
    {
        return must(diffPictures(diff, first, second, images, find, {}));
    }
    const ProjectFixture& fixture() const { return m_fixture; }

    std::string first;
    std::string second;
    ReleaseDiff diff;
    std::unique_ptr<ProjectSession> session;
};

ImageSize sizeOfUri(const std::string& uri)
{
    const QByteArray bytes = QByteArray::fromBase64(
        QByteArray::fromStdString(uri.substr(std::min(uri.size(), kDataUri.size()))));
    return must(headerOf(bytes.toStdString())).upright();
}

} // namespace

/// A page about two releases shows what became of crops.
class TestReleaseDiffPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_images = startImageService(); }

    void releasesWithWholePicturesShowThem_data()
    {
        QTest::addColumn<std::string>("suffix");
        QTest::newRow("folder") << std::string();
        QTest::newRow("zip") << std::string(".zip");
    }
    void releasesWithWholePicturesShowThem()
    {
        QFETCH(const std::string, suffix);
        const TwoReleases releases(*m_images, ExportFormat::Yolo, CropMode::Boxes, suffix);
        QCOMPARE(releases.diff.counts.at("re-cropped"), std::int64_t{1});
        const auto pictures = releases.pictures(*m_images);
        QCOMPARE(pictures.size(), std::size_t{1});
        QVERIFY2(pictures[0].dataUri.starts_with(kDataUri), pictures[0].why.c_str());
        QCOMPARE(pictures[0].size, (ImageSize{160, 48}));
        QCOMPARE(sizeOfUri(pictures[0].dataUri), (ImageSize{160, 48}));
        const std::string page = diffHtml(releases.diff, pictures);
        QVERIFY(page.find(kDataUri) != std::string::npos);
        QVERIFY(page.find("viewBox=\"0 0 160 48\"") != std::string::npos);
        QVERIFY(page.find("class=\"old\" x=\"40.0\" y=\"12.0\" width=\"80.0\" height=\"24.0\"") != std::string::npos);
        QVERIFY(page.find("class=\"new\" x=\"40.0\" y=\"12.0\" width=\"40.0\" height=\"24.0\"") != std::string::npos);
    }

    void withoutAPictureThePageSaysWhy_data()
    {
        QTest::addColumn<ExportFormat>("format");
        QTest::addColumn<CropMode>("crops");
        QTest::newRow("rows") << ExportFormat::Jsonl << CropMode::Boxes;
        QTest::newRow("cut pictures") << ExportFormat::Coco << CropMode::Applied;
    }
    void withoutAPictureThePageSaysWhy()
    {
        QFETCH(const ExportFormat, format);
        QFETCH(const CropMode, crops);
        const TwoReleases releases(*m_images, format, crops, "");
        const auto pictures = releases.pictures(*m_images);
        QCOMPARE(pictures.size(), std::size_t{1});
        QVERIFY(pictures[0].dataUri.empty() && !pictures[0].why.empty());
        const std::string page = diffHtml(releases.diff, pictures);
        QVERIFY(page.find(pictures[0].why) != std::string::npos);
        // In the shape of the image: rows say 2000 x 1000, as the project measured it.
        const char* shape = format == ExportFormat::Jsonl ? "viewBox=\"0 0 160 80\"" : "viewBox=\"0 0 160 48\"";
        QVERIFY2(page.find(shape) != std::string::npos, page.c_str());
    }

    void theProjectHelpsWithItsOriginal()
    {
        const TwoReleases releases(*m_images, ExportFormat::Coco, CropMode::Applied, "");
        const auto pictures = releases.pictures(*m_images, originalsOf(*releases.session));
        QVERIFY2(pictures.at(0).dataUri.starts_with(kDataUri), pictures[0].why.c_str());
        QCOMPARE(pictures[0].size, (ImageSize{160, 48}));
        releases.fixture().addFile("a.png", encodedAs(ImageFormat::Png, patternRaster({96, 320})));
        const auto changed = releases.pictures(*m_images, originalsOf(*releases.session));
        QVERIFY(changed.at(0).dataUri.empty());
        QCOMPARE(changed[0].why, std::string("the picture has another size now"));
    }

private:
    std::unique_ptr<ImageService> m_images;
};

QTEST_GUILESS_MAIN(TestReleaseDiffPictures)
#include "tst_release_diff_pictures.moc"
