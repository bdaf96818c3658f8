// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/crop.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

Q_DECLARE_METATYPE(ps::Crop)

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

__extension__ typedef __int128 WideInteger;

/// Sign of value * dimension - pixel, in exact arithmetic.
int compareExactly(double value, int dimension, int pixel)
{
    int exponent = 0;
    const double mantissa = std::frexp(value, &exponent); // value = mantissa * 2^exponent, mantissa in [0.5, 1)
    const auto whole = static_cast<WideInteger>(std::ldexp(mantissa, 53)) * dimension;
    const auto wanted = static_cast<WideInteger>(pixel) << (53 - exponent);
    return whole < wanted ? -1 : whole > wanted ? 1 : 0;
}

/// "The smallest double >= px/dim whose product truncates back to px", taken literally.
bool isSmallestThatComesBack(double value, int pixel, int dimension)
{
    const bool isAtLeast = compareExactly(value, dimension, pixel) >= 0;
    const bool comesBack = static_cast<int>(value * dimension) == pixel;
    const bool isSmallest = pixel == 0 ? value == 0 : compareExactly(std::nextafter(value, 0.0), dimension, pixel) < 0;
    return isAtLeast && comesBack && isSmallest;
}

/// normalize_and_clamp_rect() as its description says it: one line for each sentence.
std::optional<PixelBox> describedPixels(const std::array<double, 4>& rect, int w, int h)
{
    for (const double value : rect) {
        if (!(value >= 0.0 && value <= 1.0))
            return std::nullopt;
    }
    if (!(rect[0] < rect[2]) || !(rect[1] < rect[3]))
        return std::nullopt;
    int x1 = static_cast<int>(rect[0] * w);
    int y1 = static_cast<int>(rect[1] * h);
    int x2 = static_cast<int>(rect[2] * w);
    int y2 = static_cast<int>(rect[3] * h);
    x1 = std::max(0, std::min(x1, w - 1));
    y1 = std::max(0, std::min(y1, h - 1));
    x2 = std::max(1, std::min(x2, w));
    y2 = std::max(1, std::min(y2, h));
    if (x2 <= x1)
        x2 = x1 + 1;
    if (y2 <= y1)
        y2 = y1 + 1;
    return PixelBox{x1, y1, x2, y2};
}

std::string boxText(const std::optional<PixelBox>& box)
{
    if (!box)
        return "none";
    return std::to_string(box->x1) + " " + std::to_string(box->y1) + " " + std::to_string(box->x2) + " " +
           std::to_string(box->y2);
}

Crop crop(double x1, double y1, double x2, double y2)
{
    return {x1, y1, x2, y2};
}

} // namespace

class TestCrop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyBoxesInOrderAndInRangeAreValid()
    {
        QVERIFY(isValid(crop(0, 0, 1, 1)));
        QVERIFY(isValid(crop(0.5, 0.5, 0.5000001, 0.6)));
        QVERIFY(isValid(crop(0.0, 0.0, 1e-07, 1.0)));
        for (const Crop& bad :
             {crop(0, 0, 1.0000001, 1), crop(-1e-9, 0, 1, 1), crop(1, 0, 0, 1), crop(0, 1, 1, 0), crop(0.5, 0, 0.5, 1),
              crop(0, 0.5, 1, 0.5), crop(kNan, 0, 1, 1), crop(0, kNan, 1, 1), crop(0, 0, kNan, 1), crop(0, 0, 1, kNan)})
            QVERIFY2(!isValid(bad), cropText(bad).c_str());
    }

    // formats/decisions_v3.md 11(6)
    void documentedBoxesBecomeDocumentedPixels_data()
    {
        QTest::addColumn<Crop>("box");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<QByteArray>("pixels");
        const auto row = [](const char* name, const Crop& box, int width, int height, const char* pixels) {
            QTest::newRow(name) << box << width << height << QByteArray(pixels);
        };
        row("full frame", crop(0, 0, 1, 1), 2048, 1024, "0 0 2048 1024");
        row("one pixel wide", crop(0.5, 0.5, 0.5000001, 0.6), 100, 100, "50 50 51 60");
        row("beyond the edge", crop(0, 0, 1.0000001, 1), 100, 100, "none");
        row("swapped", crop(0.6, 0, 0.5, 1), 100, 100, "none");
        row("truncated, not rounded", crop(0.019, 0.019, 0.999, 0.999), 100, 100, "1 1 99 99");
        row("at the right edge", crop(0.9999999, 0, 1, 1), 100, 100, "99 0 100 100");
        row("within the last pixel", crop(0.9999998, 0.9999998, 0.9999999, 0.9999999), 100, 100, "99 99 100 100");
        row("an image of one pixel", crop(0.2, 0.2, 0.3, 0.3), 1, 1, "0 0 1 1");
        row("no image", crop(0, 0, 1, 1), 0, 100, "none");
        row("not a number", crop(kNan, 0, 1, 1), 100, 100, "none");
    }
    void documentedBoxesBecomeDocumentedPixels()
    {
        QFETCH(const Crop, box);
        QFETCH(const int, width);
        QFETCH(const int, height);
        QFETCH(const QByteArray, pixels);
        QCOMPARE(boxText(toPixels(box, {width, height})), pixels.toStdString());
    }

    void randomBoxesAreCutAsTheDescriptionSays()
    {
        SeededRandom random(41);
        for (int i = 0; i < 200'000; ++i) {
            const int w = random.intBetween(1, 20'000);
            const int h = random.intBetween(1, 20'000);
            std::array<double, 4> rect{};
            for (double& value : rect)
                value = random.oneIn(5) ? static_cast<double>(random.intBetween(0, w)) / w : random.fraction();
            if (!random.oneIn(10)) {
                if (rect[0] > rect[2])
                    std::swap(rect[0], rect[2]);
                if (rect[1] > rect[3])
                    std::swap(rect[1], rect[3]);
            }
            const auto expected = describedPixels(rect, w, h);
            const auto found = toPixels(crop(rect[0], rect[1], rect[2], rect[3]), {w, h});
            QVERIFY2(found == expected, (random.note() + ": " + boxText(found) + ", not " + boxText(expected)).c_str());
            QVERIFY(!found || found->isWithin({w, h}));
        }
    }

    void everyPixelOfSmallImagesComesBack()
    {
        for (int dimension = 1; dimension <= 600; ++dimension) {
            for (int pixel = 0; pixel < dimension; ++pixel) {
                const Crop box = fromPixels({pixel, 0, pixel + 1, 1}, {dimension, 1});
                if (!isSmallestThatComesBack(box.x1, pixel, dimension) ||
                    !isSmallestThatComesBack(box.x2, pixel + 1, dimension))
                    QFAIL(("pixel " + std::to_string(pixel) + " of " + std::to_string(dimension)).c_str());
            }
        }
    }

    void randomBoxesOfLargeImagesComeBackExactly()
    {
        SeededRandom random(42);
        for (int i = 0; i < 300'000; ++i) {
            const ImageSize size{random.intBetween(1, 20'000), random.intBetween(1, 20'000)};
            const int x1 = random.intBetween(0, size.width - 1);
            const int y1 = random.intBetween(0, size.height - 1);
            const PixelBox box{x1, y1, random.intBetween(x1 + 1, size.width), random.intBetween(y1 + 1, size.height)};
            const Crop stored = fromPixels(box, size);
            const std::string note = random.note() + ": " + boxText(box) + " of " + std::to_string(size.width);
            QVERIFY2(isValid(stored), note.c_str());
            QVERIFY2(toPixels(stored, size) == box, note.c_str());
            QVERIFY2(isSmallestThatComesBack(stored.x1, box.x1, size.width), note.c_str());
            QVERIFY2(isSmallestThatComesBack(stored.y2, box.y2, size.height), note.c_str());
        }
    }

    void theJudgeOfSmallestDoublesCanSayNo()
    {
        QVERIFY(isSmallestThatComesBack(0.5, 1, 2));
        QVERIFY(!isSmallestThatComesBack(std::nextafter(0.5, 1.0), 1, 2));
        QVERIFY(!isSmallestThatComesBack(std::nextafter(0.5, 0.0), 1, 2));
        // A plain division is not good enough: somewhere it truncates to one pixel less.
        int lost = 0;
        for (int dimension = 1; dimension <= 600; ++dimension) {
            for (int pixel = 0; pixel <= dimension; ++pixel)
                lost += static_cast<int>(static_cast<double>(pixel) / dimension * dimension) == pixel ? 0 : 1;
        }
        QVERIFY(lost > 0);
    }

    void storedTextKeepsThePixels()
    {
        SeededRandom random(43);
        for (int i = 0; i < 5'000; ++i) {
            const ImageSize size{random.intBetween(2, 20'000), random.intBetween(2, 20'000)};
            const PixelBox box{random.intBetween(0, size.width / 2), 0, size.width - 1, size.height};
            if (!box.isWithin(size))
                continue;
            const Crop again = must(parseCrop(cropText(fromPixels(box, size))));
            QVERIFY2(toPixels(again, size) == box, random.note().c_str());
        }
    }

    void aBoxOverEveryPixelIsTold()
    {
        QVERIFY(coversEveryPixel(crop(0, 0, 1, 1), {100, 50}));
        QVERIFY(coversEveryPixel(crop(0.001, 0, 1, 1), {100, 50})); // less than a pixel is cut off
        QVERIFY(!coversEveryPixel(crop(0, 0, 0.999999, 1), {100, 50}));
        QVERIFY(!coversEveryPixel(crop(0.01, 0, 1, 1), {100, 50}));
        QVERIFY(!coversEveryPixel(crop(0, 0, 1, 1), {0, 0}));
        QVERIFY(!coversEveryPixel(crop(0, 0, 2, 1), {100, 50}));
    }

    // formats/decisions_v3.md 2.2
    void matchingIsPlainArithmeticWithAnInclusiveBound_data()
    {
        QTest::addColumn<double>("a");
        QTest::addColumn<double>("b");
        QTest::addColumn<bool>("isMatch");
        const auto row = [](const char* name, double a, double b, bool isMatch) {
            QTest::newRow(name) << a << b << isMatch;
        };
        row("0.1/0.15", 0.1, 0.15, true);
        row("0.2/0.25", 0.2, 0.25, true);
        row("0.3/0.35", 0.3, 0.35, true);
        row("0.0/0.05", 0.0, 0.05, true);
        row("0.9/0.85", 0.9, 0.85, false);
        row("1.0/0.95", 1.0, 0.95, false);
        row("0.5/0.55", 0.5, 0.55, false);
        row("0.6/0.65", 0.6, 0.65, false);
        row("0.8/0.75", 0.8, 0.75, false);
    }
    void matchingIsPlainArithmeticWithAnInclusiveBound()
    {
        QFETCH(const double, a);
        QFETCH(const double, b);
        QFETCH(const bool, isMatch);
        QCOMPARE(cropsMatch(crop(a, 0, 1, 1), crop(b, 0, 1, 1)), isMatch);
        QCOMPARE(cropsMatch(crop(0, a, 1, 1), crop(0, b, 1, 1)), isMatch);
        QCOMPARE(cropsMatch(crop(0, 0, a, 1), crop(0, 0, b, 1)), isMatch);
        QCOMPARE(cropsMatch(crop(0, 0, 1, b), crop(0, 0, 1, a)), isMatch);
    }

    // formats/decisions_v3.md 2.3
    void likenessHasTheDocumentedFigures()
    {
        const CropSimilarity found = cropSimilarity(crop(0.1, 0.0, 0.9, 0.8), crop(0.2, 0.1, 0.8, 0.7));
        QVERIFY(found.iou == 0.5625 && found.centerDistance == 0.0 && found.sizeDifference == 0.28 &&
                !found.areSimilar);
        const CropSimilarity same = cropSimilarity(crop(0, 0, 1, 1), crop(0, 0, 1, 1));
        QVERIFY(same.iou == 1.0 && same.areSimilar);
        const CropSimilarity apart = cropSimilarity(crop(0, 0, 0.1, 0.1), crop(0.9, 0.9, 1, 1));
        QVERIFY(apart.iou == 0.0 && !apart.areSimilar);
        QVERIFY(apart.centerDistance == 1.2728);
        const CropSimilarity nothing = cropSimilarity(crop(0.5, 0.5, 0.5, 0.5), crop(0.5, 0.5, 0.5, 0.5));
        QVERIFY(nothing.iou == 0.0);
    }

    void likenessLooksAtTheUnroundedOverlap()
    {
        // 0.70001 rounds to 0.7 and is above it; exactly 0.7 is not above itself.
        QVERIFY(cropSimilarity(crop(0, 0, 1, 1), crop(0, 0, 1, 0.70001)).areSimilar);
        QVERIFY(!cropSimilarity(crop(0, 0, 1, 1), crop(0, 0, 1, 0.7)).areSimilar);
    }

    void figuresAreRoundedAsTheCLibraryRounds()
    {
        SeededRandom random(44);
        for (int i = 0; i < 20'000; ++i) {
            const double height = random.oneIn(3) ? (2 * random.intBetween(0, 9999) + 1) / 20000.0 : random.fraction();
            if (height <= 0)
                continue;
            const CropSimilarity found = cropSimilarity(crop(0, 0, 1, 1), crop(0, 0, 1, height));
            char text[32];
            std::snprintf(text, sizeof text, "%.4f", 1 - height);
            QVERIFY2(found.sizeDifference == std::strtod(text, nullptr), (random.note() + ": " + text).c_str());
        }
    }

    void textIsPythonsAndReadsBack()
    {
        QCOMPARE(cropText(crop(0, 0, 1, 1)), "[0.0, 0.0, 1.0, 1.0]"s);
        QCOMPARE(cropText(crop(1e-07, 0.30000000000000004, 0.5, 1)), "[1e-07, 0.30000000000000004, 0.5, 1.0]"s);
        QVERIFY(must(parseCrop("[0, 0, 1, 1]")) == crop(0, 0, 1, 1)); // integers of other writers
        QVERIFY(must(parseCrop(" [0.1,0.2,0.3,0.4]\n")) == crop(0.1, 0.2, 0.3, 0.4));
        for (const char* text : {"", "null", "5", "[]", "[0, 0, 1]", "[0, 0, 1, 1, 1]", "[\"0\", 0, 1, 1]",
                                 "[0, 0, 1, true]", "[0, 0, NaN, 1]", "[0, 0, Infinity, 1]", "[0.5, 0, 0.4, 1]",
                                 "[0, 0, 1, 1", "{\"x1\": 0}", "[-0.1, 0, 1, 1]", "[0, 0, 1000000000000000000000, 1]"})
            PS_CHECK_ERROR(ErrorCode::InvalidInput, parseCrop(text));
    }
};

QTEST_GUILESS_MAIN(TestCrop)
#include "tst_crop.moc"
