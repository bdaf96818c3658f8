// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/colour.h"
#include "tests/core/imaging/image_checks.h"

#include <QTest>

#include <cmath>

using namespace ps;
using test::infoOf;

namespace {

Raster withProfile(Raster raster, const std::string& icc)
{
    raster.colour.icc = icc;
    return raster;
}

/// sRGB bytes of a colour of the wide test gamut, computed from the definitions: gamma 1.8, its primaries, D65.
cv::Vec3d expectedFromWideGamut(cv::Vec3b bgr)
{
    const auto invert = [](const cv::Matx33d& m) { return m.inv(); };
    const auto xyzOf = [](double x, double y) { return cv::Vec3d(x / y, 1, (1 - x - y) / y); };
    const auto matrixOf = [&](const cv::Vec3d& r, const cv::Vec3d& g, const cv::Vec3d& b) {
        const cv::Matx33d columns(r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]);
        const cv::Vec3d scale = invert(columns) * xyzOf(0.3127, 0.3290);
        return columns * cv::Matx33d(scale[0], 0, 0, 0, scale[1], 0, 0, 0, scale[2]);
    };
    const cv::Matx33d wide = matrixOf(xyzOf(0.735, 0.265), xyzOf(0.115, 0.826), xyzOf(0.157, 0.018));
    const cv::Matx33d srgb = matrixOf(xyzOf(0.64, 0.33), xyzOf(0.30, 0.60), xyzOf(0.15, 0.06));
    const cv::Vec3d light(std::pow(bgr[2] / 255.0, 1.8), std::pow(bgr[1] / 255.0, 1.8), std::pow(bgr[0] / 255.0, 1.8));
    const cv::Vec3d linear = invert(srgb) * (wide * light);
    cv::Vec3d result;
    for (int c = 0; c < 3; ++c) {
        const double v = std::clamp(linear[c], 0.0, 1.0);
        result[2 - c] = 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055);
    }
    return result;
}

} // namespace

class TestColour : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wideGamutBecomesSrgbInEveryFormat_data()
    {
        QTest::addColumn<int>("format");
        for (const ImageFormat format :
             {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp})
            QTest::addRow("%s", std::string(formatName(format)).c_str()) << static_cast<int>(format);
    }
    void wideGamutBecomesSrgbInEveryFormat()
    {
        QFETCH(int, format);
        const auto imageFormat = static_cast<ImageFormat>(format);
        Encoding encoding;
        encoding.format = imageFormat;
        encoding.quality = 100;
        // Greyish colours, so that none of them falls outside sRGB.
        Raster raster = makeRaster({32, 32}, ColourModel::Bgr, false);
        const cv::Vec3b colours[] = {{120, 128, 140}, {60, 80, 70}, {200, 190, 195}, {255, 255, 255}};
        for (int y = 0; y < 32; ++y) {
            for (int x = 0; x < 32; ++x)
                raster.pixels.at<cv::Vec3b>(y, x) = colours[y / 16 * 2 + x / 16];
        }
        const std::string bytes = test::encoded(withProfile(raster, test::wideGamutProfile()), encoding);
        const auto view = test::viewOf(bytes);
        QVERIFY(view);
        for (int i = 0; i < 4; ++i) {
            const cv::Vec4b seen = view->at<cv::Vec4b>(i / 2 * 16 + 8, i % 2 * 16 + 8);
            const cv::Vec3d expected = expectedFromWideGamut(colours[i]);
            for (int c = 0; c < 3; ++c)
                QVERIFY2(std::abs(seen[c] - expected[c]) <= (imageFormat == ImageFormat::Jpeg ? 4 : 2),
                         qPrintable(QStringLiteral("%1: %2 for %3").arg(i).arg(seen[c]).arg(expected[c])));
        }
        const ImageInfo info = infoOf(bytes);
        QCOMPARE(info.profileDescription, std::string("Wide test gamut"));
        QCOMPARE(info.conversions, std::vector<std::string>{"profile Wide test gamut to sRGB"});
    }

    void srgbProfileChangesNothing()
    {
        const Raster raster = test::noiseRaster({40, 30});
        const std::string bytes = test::encodedAs(ImageFormat::Png, withProfile(raster, test::srgbProfile()));
        const auto view = test::viewOf(bytes);
        QVERIFY(view);
        const auto plain = test::viewOf(test::encodedAs(ImageFormat::Png, raster));
        QCOMPARE(test::largestDifference(*view, *plain), 0.0);
        QVERIFY(infoOf(bytes).conversions.empty());
        QVERIFY(!infoOf(bytes).profileDescription.empty());
    }

    void brokenProfilesAreIgnoredAndNoted_data()
    {
        QTest::addColumn<QByteArray>("icc");
        QTest::newRow("garbage") << QByteArray(300, 'x');
        QTest::newRow("cut") << QByteArray::fromStdString(test::wideGamutProfile()).left(140);
        QTest::newRow("of another colour model") << QByteArray::fromStdString(test::greyProfile(2.2));
    }
    void brokenProfilesAreIgnoredAndNoted()
    {
        QFETCH(QByteArray, icc);
        const Raster raster = test::squaresRaster({32, 32});
        const std::string bytes = test::encodedAs(ImageFormat::Tiff, withProfile(raster, icc.toStdString()));
        const auto view = test::viewOf(bytes);
        QVERIFY(view);
        QCOMPARE(test::largestDifference(*view, *test::viewOf(test::encodedAs(ImageFormat::Tiff, raster))), 0.0);
        QCOMPARE(infoOf(bytes).conversions, std::vector<std::string>{"broken profile ignored"});
    }

    void greyProfileIsApplied()
    {
        Raster raster = makeRaster({4, 4}, ColourModel::Grey, false);
        raster.pixels = cv::Scalar(128);
        const std::string bytes = test::encodedAs(ImageFormat::Tiff, withProfile(raster, test::greyProfile(1.0)));
        const auto view = test::viewOf(bytes);
        QVERIFY(view);
        const cv::Vec4b seen = view->at<cv::Vec4b>(0, 0);
        QVERIFY(seen[0] == seen[1] && seen[1] == seen[2]);
        QVERIFY(std::abs(seen[0] - 188) <= 2); // half the light is 188 in sRGB
    }

    void cmykWithoutProfileIsPlausible()
    {
        Raster raster = makeRaster({4, 1}, ColourModel::Cmyk, false);
        const cv::Vec4b inks[] = {{0, 0, 0, 0}, {255, 0, 0, 0}, {0, 0, 0, 255}, {0, 128, 255, 0}};
        for (int x = 0; x < 4; ++x)
            raster.pixels.at<cv::Vec4b>(0, x) = inks[x];
        const std::string bytes = test::encodedAs(ImageFormat::Tiff, raster);
        const auto view = test::viewOf(bytes);
        QVERIFY(view);
        const cv::Vec4b expected[] = {{255, 255, 255, 255}, {255, 255, 0, 255}, {0, 0, 0, 255}, {0, 127, 255, 255}};
        for (int x = 0; x < 4; ++x)
            QVERIFY(view->at<cv::Vec4b>(0, x) == expected[x]);
        QCOMPARE(infoOf(bytes).conversions, std::vector<std::string>{"CMYK without a profile to sRGB"});
    }

    void adobeInversionOfJpegIsUndone()
    {
        Raster raster = makeRaster({16, 16}, ColourModel::Cmyk, false);
        raster.pixels = cv::Scalar(0, 255, 255, 0); // red
        const std::string adobe = test::encodedAs(ImageFormat::Jpeg, raster);
        const std::size_t marker = adobe.find("Adobe");
        QVERIFY(marker != std::string::npos); // the writer says that values are inverted
        const auto view = test::viewOf(adobe);
        QVERIFY(view);
        const cv::Vec4b seen = view->at<cv::Vec4b>(8, 8);
        QVERIFY(seen[0] < 5 && seen[1] < 5 && seen[2] > 250);

        std::string plain = adobe;
        plain.replace(marker, 5, "Xdobe"); // the same values, not marked: they mean the opposite
        const auto inverted = test::viewOf(plain);
        QVERIFY(inverted);
        QVERIFY(inverted->at<cv::Vec4b>(8, 8)[2] < 5);
    }

    void profileOfManyJpegSegmentsIsPutTogether()
    {
        const std::string icc = test::wideGamutProfile();
        std::string bytes = test::encodedAs(ImageFormat::Jpeg, test::squaresRaster({32, 32}));
        const std::string tag("ICC_PROFILE\0", 12);
        const std::size_t half = icc.size() / 2;
        // In the wrong order, as some writers do.
        bytes = test::withJpegSegment(bytes, 0xe2, tag + "\x01\x02" + icc.substr(0, half));
        bytes = test::withJpegSegment(bytes, 0xe2, tag + "\x02\x02" + icc.substr(half));
        QVERIFY(test::headerOf(bytes)->colour.icc == icc);
    }

    void manyProfilesDoNotPileUp()
    {
        ColourConverter converter;
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 20; ++i) {
                const std::string icc = test::wideGamutProfile("gamut " + std::to_string(i));
                QCOMPARE(converter.examine(icc, ColourModel::Bgr).description, "gamut " + std::to_string(i));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestColour)
#include "tst_colour.moc"
