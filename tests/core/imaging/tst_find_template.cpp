// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/find_template.h"

#include "tests/core/imaging/scene.h"
#include "tests/support/checks.h"

#include <QTest>

using namespace ps;
using namespace ps::test;

namespace {

constexpr ImageSize kSize{900, 700};

PixelSheet cutOf(const PixelSheet& sheet, const PixelBox& box, int change = 0)
{
    PixelSheet cut{{box.width(), box.height()}, {}};
    for (int y = box.y1; y < box.y2; ++y) {
        for (int x = box.x1; x < box.x2; ++x) {
            const std::uint32_t pixel = sheet.view().pixel(x, y);
            const int grain = change > 0 ? ((x * 31 + y * 17) % (2 * change + 1)) - change : 0;
            const auto level = [&](int value) { return std::clamp(value + grain, 0, 255); };
            cut.pixels.push_back(opaquePixel(level(redOf(pixel)), level(greenOf(pixel)), level(blueOf(pixel))));
        }
    }
    return cut;
}

bool isNear(const PixelBox& a, const PixelBox& b, int by)
{
    return std::abs(a.x1 - b.x1) <= by && std::abs(a.y1 - b.y1) <= by && std::abs(a.x2 - b.x2) <= by &&
           std::abs(a.y2 - b.y2) <= by;
}

std::string text(const PixelBox& box)
{
    return std::to_string(box.x1) + " " + std::to_string(box.y1) + " " + std::to_string(box.x2) + " " +
           std::to_string(box.y2);
}

} // namespace

class TestFindTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsAreFoundToThePixel();
    void lossyCutsAreFound();
    void scaledCutsAreFound();
    void theWholePictureIsItsOwnCut();
    void otherPicturesAreNotFound();
    void flatPicturesAreRefused();
    void repeatedTextureIsAmbiguous();
};

void TestFindTemplate::cutsAreFoundToThePixel()
{
    SeededRandom random(5);
    for (int round = 0; round < 6; ++round) {
        const PixelSheet sheet = Scene(static_cast<std::uint64_t>(round) + 1).photograph(kSize, 0.5, 0.5, 1, 1, 0, 3);
        const int width = random.intBetween(250, 880);
        const int height = random.intBetween(200, 680);
        const int x = random.intBetween(0, kSize.width - width);
        const int y = random.intBetween(0, kSize.height - height);
        const PixelBox box{x, y, x + width, y + height};
        const PixelSheet cut = cutOf(sheet, box);
        const TemplateMatch match = must(findTemplate(sheet.view(), cut.view()));
        QVERIFY2(match.box == box, (text(match.box) + " for " + text(box)).c_str());
        QVERIFY(match.confidence > 0.99);
        QVERIFY(match.meanDifference < 0.01);
    }
}

void TestFindTemplate::lossyCutsAreFound()
{
    const PixelSheet sheet = Scene(7).photograph(kSize, 0.5, 0.5, 1, 1, 0, 3);
    const PixelBox box{101, 57, 703, 611};
    const PixelSheet cut = cutOf(sheet, box, 5);
    const TemplateMatch match = must(findTemplate(sheet.view(), cut.view()));
    QVERIFY2(match.box == box, text(match.box).c_str());
    QVERIFY(match.meanDifference > 1);
}

void TestFindTemplate::scaledCutsAreFound()
{
    const Scene scene(9);
    const PixelSheet sheet = scene.photograph(kSize, 0.5, 0.5, 1, 1, 0, 2);
    for (const double factor : {2.0, 1.5, 0.6}) {
        const PixelBox box{90, 70, 630, 490};
        // The same part of the scene, photographed larger or smaller.
        const double unit = 1.0 / kSize.width;
        const double x = 0.5 + (box.x1 + box.x2 - kSize.width) / 2.0 * unit;
        const double y = 0.5 + (box.y1 + box.y2 - kSize.height) / 2.0 * unit;
        const ImageSize size{static_cast<int>(std::lround(box.width() * factor)),
                             static_cast<int>(std::lround(box.height() * factor))};
        const PixelSheet finished = scene.photograph(size, x, y, box.width() * unit);
        const auto match = findTemplate(sheet.view(), finished.view());
        QVERIFY2(match, outcomeText(match).c_str());
        QVERIFY2(isNear(match->box, box, 5), text(match->box).c_str());
        QVERIFY(std::abs(match->scale - factor) < 0.03 * factor);
    }
}

void TestFindTemplate::theWholePictureIsItsOwnCut()
{
    const PixelSheet sheet = Scene(3).photograph(kSize, 0.5, 0.5, 1);
    const TemplateMatch match = must(findTemplate(sheet.view(), sheet.view()));
    QVERIFY((match.box == PixelBox{0, 0, kSize.width, kSize.height}));
    QVERIFY(match.confidence > 0.9999);
    // The confidence is measured: grain lowers it.
    const PixelSheet grainy = cutOf(sheet, {0, 0, kSize.width, kSize.height}, 12);
    const TemplateMatch rough = must(findTemplate(sheet.view(), grainy.view()));
    QVERIFY((rough.box == PixelBox{0, 0, kSize.width, kSize.height}));
    QVERIFY(rough.confidence < 0.9999 && rough.confidence > 0.8);
    const PixelSheet other = Scene(4).photograph(kSize, 0.5, 0.5, 1);
    QVERIFY(!findTemplate(sheet.view(), other.view()));
}

void TestFindTemplate::otherPicturesAreNotFound()
{
    const PixelSheet sheet = Scene(3).photograph(kSize, 0.5, 0.5, 1);
    for (const std::uint64_t seed : {11U, 12U, 13U}) {
        const PixelSheet other = Scene(seed).photograph({400, 300}, 0.5, 0.5, 0.5);
        PS_CHECK_ERROR(ErrorCode::NotFound, findTemplate(sheet.view(), other.view()));
    }
}

void TestFindTemplate::flatPicturesAreRefused()
{
    const PixelSheet sheet = Scene(3).photograph(kSize, 0.5, 0.5, 1);
    PixelSheet flat{{300, 200}, std::vector<std::uint32_t>(60'000, opaquePixel(90, 90, 90))};
    PS_CHECK_ERROR(ErrorCode::InvalidInput, findTemplate(sheet.view(), flat.view()));
    const PixelSheet flatSheet{kSize, std::vector<std::uint32_t>(630'000, opaquePixel(90, 90, 90))};
    PS_CHECK_ERROR(ErrorCode::InvalidInput, findTemplate(flatSheet.view(), flat.view()));
    PS_CHECK_ERROR(ErrorCode::InvalidInput, findTemplate(flatSheet.view(), flatSheet.view()));
}

void TestFindTemplate::repeatedTextureIsAmbiguous()
{
    PixelSheet sheet{kSize, {}};
    SeededRandom random(8);
    std::vector<std::uint32_t> tile;
    for (int i = 0; i < 100 * 100; ++i) {
        const int level = random.intBetween(0, 255);
        tile.push_back(opaquePixel(level, level, level));
    }
    for (int y = 0; y < kSize.height; ++y) {
        for (int x = 0; x < kSize.width; ++x)
            sheet.pixels.push_back(tile[static_cast<std::size_t>(y / 4 % 100 * 100 + x / 4 % 100)]);
    }
    const PixelSheet cut = cutOf(sheet, {40, 40, 440, 240});
    PS_CHECK_ERROR(ErrorCode::Conflict, findTemplate(sheet.view(), cut.view()));
    // The control: of a cut that is larger than what repeats there is only one place.
    const PixelSheet wide = cutOf(sheet, {40, 40, 860, 640});
    QVERIFY(findTemplate(sheet.view(), wide.view()));
}

QTEST_GUILESS_MAIN(TestFindTemplate)
#include "tst_find_template.moc"
