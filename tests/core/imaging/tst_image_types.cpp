// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/image_types.h"
#include "core/imaging/recipe.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace ps;

class TestImageTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fittedSizes_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("boxWidth");
        QTest::addColumn<int>("boxHeight");
        QTest::addColumn<int>("fittedWidth");
        QTest::addColumn<int>("fittedHeight");
        QTest::newRow("landscape") << 4000 << 3000 << 1600 << 1600 << 1600 << 1200;
        QTest::newRow("portrait") << 3000 << 4000 << 1600 << 1600 << 1200 << 1600;
        QTest::newRow("never up") << 100 << 50 << 1600 << 1600 << 100 << 50;
        QTest::newRow("exact") << 1600 << 1200 << 1600 << 1200 << 1600 << 1200;
        QTest::newRow("no box") << 4000 << 3000 << 0 << 0 << 4000 << 3000;
        QTest::newRow("half a box") << 4000 << 3000 << 100 << 0 << 4000 << 3000;
        QTest::newRow("thin") << 100'000 << 1 << 100 << 100 << 100 << 1;
        QTest::newRow("thin upright") << 1 << 100'000 << 100 << 100 << 1 << 100;
        QTest::newRow("rounded up") << 1000 << 667 << 500 << 500 << 500 << 334;
        QTest::newRow("one side fits") << 2000 << 100 << 1000 << 1000 << 1000 << 50;
    }
    void fittedSizes()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, boxWidth);
        QFETCH(int, boxHeight);
        QFETCH(int, fittedWidth);
        QFETCH(int, fittedHeight);
        const ImageSize fitted = fittedSize({width, height}, {boxWidth, boxHeight});
        QCOMPARE(fitted.width, fittedWidth);
        QCOMPARE(fitted.height, fittedHeight);
    }

    void fittedSizeStaysInItsBox()
    {
        for (int width = 1; width < 200; width += 7) {
            for (int height = 1; height < 200; height += 5) {
                for (int box = 1; box < 120; box += 11) {
                    const ImageSize fitted = fittedSize({width, height}, {box, box + 3});
                    QVERIFY(fitted.width >= 1 && fitted.height >= 1);
                    QVERIFY(fitted.width <= std::min(width, box) && fitted.height <= std::min(height, box + 3));
                }
            }
        }
    }

    void everyFormatHasNameAndExtension()
    {
        for (int i = 1; i <= static_cast<int>(kLastImageFormat); ++i) {
            QVERIFY(formatName(static_cast<ImageFormat>(i)) != "unknown");
            QVERIFY(formatExtension(static_cast<ImageFormat>(i)).starts_with('.'));
        }
    }

    void cutsKeepTheirFormat_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<bool>("isLossless");
        QTest::newRow("JPEG") << static_cast<int>(ImageFormat::Jpeg) << false;
        QTest::newRow("PNG") << static_cast<int>(ImageFormat::Png) << true;
        QTest::newRow("WebP without loss") << static_cast<int>(ImageFormat::WebP) << true;
        QTest::newRow("WebP with loss") << static_cast<int>(ImageFormat::WebP) << false;
        QTest::newRow("BMP") << static_cast<int>(ImageFormat::Bmp) << true;
        QTest::newRow("TIFF") << static_cast<int>(ImageFormat::Tiff) << true;
    }
    void cutsKeepTheirFormat()
    {
        QFETCH(int, format);
        QFETCH(bool, isLossless);
        ImageInfo info;
        info.format = static_cast<ImageFormat>(format);
        info.isLossless = isLossless;
        const Recipe recipe = cutRecipe(info, {1, 2, 3, 4});
        QVERIFY(recipe.isCropOnly());
        QVERIFY(recipe.encoding.format == info.format);
        QCOMPARE(recipe.encoding.isLossless, isLossless);
        QCOMPARE(recipe.encoding.quality, 95);
        QVERIFY(!recipe.encoding.halvesChroma);
        QVERIFY(validate(recipe));
    }

    void recipesWithValuesOutOfRangeAreInvalid()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const std::vector<RecipeStep> wrong = {
            CropStep{{0, 0, 0, 5}},
            CropStep{{5, 0, 4, 5}},
            CropStep{{-1, 0, 4, 5}},
            ResizeStep{{0, 10}},
            ResizeStep{{10, 1 << 30}},
            ResizeStep{{1, 1}, static_cast<ResizeFilter>(9)},
            BlurStep{0},
            BlurStep{nan},
            BlurStep{1e9},
            NoiseStep{1, -1},
            NoiseStep{1, INFINITY},
            SharpenStep{-1, 1},
            SharpenStep{1, nan},
            ExposureStep{11},
            JpegStep{0},
            JpegStep{101},
        };
        for (const RecipeStep& step : wrong) {
            const auto outcome = validate({{step}, {}});
            QVERIFY2(!outcome, std::to_string(&step - wrong.data()).c_str());
            QVERIFY(outcome.error().code == ErrorCode::InvalidInput);
        }
        Recipe recipe;
        recipe.encoding.quality = 0;
        QVERIFY(!validate(recipe));
        recipe.encoding = {};
        recipe.encoding.pngLevel = 10;
        QVERIFY(!validate(recipe));
        recipe.encoding = {};
        recipe.steps.assign(kMaxRecipeSteps + 1, ExposureStep{0});
        QVERIFY(!validate(recipe));
    }
};

QTEST_GUILESS_MAIN(TestImageTypes)
#include "tst_image_types.moc"
