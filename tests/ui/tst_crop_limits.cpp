// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/seeded_random.h"
#include "ui/crop/crop_limits.h"

#include <QTest>

using namespace ps;
using namespace ps::test;

namespace {

bool liesWithin(const PixelBox& inner, const PixelBox& outer)
{
    return outer.x1 <= inner.x1 && outer.y1 <= inner.y1 && inner.x2 <= outer.x2 && inner.y2 <= outer.y2 &&
           inner.x1 < inner.x2 && inner.y1 < inner.y2;
}

PixelBox anyBox(SeededRandom& random, ImageSize size)
{
    const int x = random.intBetween(0, size.width - 1);
    const int y = random.intBetween(0, size.height - 1);
    return {x, y, random.intBetween(x + 1, size.width), random.intBetween(y + 1, size.height)};
}

} // namespace

class TestCropLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void innerWithinCropWithinOuterWhateverIsMoved()
    {
        SeededRandom random(5);
        for (int round = 0; round < 200; ++round) {
            const ImageSize size{random.intBetween(1, 500), random.intBetween(1, 500)};
            CropBox crop(size);
            crop.setRatio({CropRatio::Kind::Free, 1, 1});
            crop.setBox(anyBox(random, size));
            CropLimits limits = CropLimits::around(crop);
            for (int i = 0; i < 30; ++i) {
                const PixelBox box = anyBox(random, size);
                switch (random.below(3)) {
                case 0:
                    crop.setBox(box);
                    limits.follow(crop.box());
                    break;
                case 1: limits.set(CropTarget::MustKeep, box, crop.box()); break;
                default: limits.set(CropTarget::MayKeep, box, crop.box()); break;
                }
                QVERIFY2(liesWithin(limits.inner(), crop.box()) && liesWithin(crop.box(), limits.outer()),
                         random.note().c_str());
                QVERIFY2(holdsFor(limits.tolerance(size), crop.crop()), random.note().c_str()); // also as it is stored
            }
        }
    }

    void storedLimitsComeBackAsThePixelsTheyWere()
    {
        CropBox crop({301, 203});
        crop.setRatio({CropRatio::Kind::Free, 1, 1});
        crop.setBox({50, 40, 250, 160});
        const CropLimits limits = CropLimits::around(crop);
        const CropLimits again = CropLimits::of(limits.tolerance(crop.imageSize()), crop);
        QVERIFY(again.inner() == limits.inner() && again.outer() == limits.outer());
    }

    void theKeysMoveWholePixelsOfTheImage()
    {
        CropBox box({400, 300});
        box.setRatio({CropRatio::Kind::Free, 1, 1});
        box.setBox({100, 100, 200, 180});
        box.resizeTopLeftBy(-1, 0);
        QVERIFY((box.box() == PixelBox{99, 100, 200, 180}));
        box.resizeTopLeftBy(0, 3);
        QVERIFY((box.box() == PixelBox{99, 103, 200, 180}));
        box.setBox({100, 100, 200, 180});
        box.growBy(1, 0);
        QVERIFY((box.box() == PixelBox{99, 100, 201, 180}));
        box.growBy(0, -2);
        QVERIFY((box.box() == PixelBox{99, 102, 201, 178}));
        box.setBox({0, 100, 200, 180});
        box.growBy(5, 0); // no room on the left, and the centre stays
        QVERIFY((box.box() == PixelBox{0, 100, 200, 180}));
    }

    void aDragAboutTheCentreMovesBothSides()
    {
        CropBox box({400, 300});
        box.setRatio({CropRatio::Kind::Free, 1, 1});
        const PixelBox start{100, 100, 200, 180};
        box.setBox(start);
        box.dragHandle(CropHandle::BottomRight, {220, 190}, start);
        box.mirrorAbout(start);
        QVERIFY((box.box() == PixelBox{80, 90, 220, 190}));
        box.setBox(start);
        box.dragHandle(CropHandle::Left, {120, 140}, start);
        box.mirrorAbout(start);
        QVERIFY((box.box() == PixelBox{120, 100, 180, 180}));
    }

    void ratiosAreReadFromTheirText()
    {
        const std::vector<CropRatio> ratios = parseRatios(QStringLiteral(" 1:1  4:5 nonsense 3:0 -1:2 4:5 21:9 1:2:3"));
        QCOMPARE(ratios.size(), std::size_t{3});
        QVERIFY((ratios[1] == CropRatio{CropRatio::Kind::Fixed, 4, 5} &&
                 ratios[2] == CropRatio{CropRatio::Kind::Fixed, 21, 9}));
    }
};

QTEST_GUILESS_MAIN(TestCropLimits)
#include "tst_crop_limits.moc"
