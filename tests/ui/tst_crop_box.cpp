// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/crop/crop_box.h"

#include "core/decisions/crop.h"

#include <QTest>

#include <random>

using namespace ps;

namespace {

constexpr ImageSize kSize{400, 300};

CropRatio fixedRatio(int width, int height)
{
    return {CropRatio::Kind::Fixed, width, height};
}

bool isInside(const CropBox& box)
{
    return box.box().isWithin(kSize);
}

} // namespace

class TestCropBox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsWithTheWholePicture()
    {
        const CropBox box(kSize);
        QVERIFY(box.isFullFrame());
        QVERIFY(box.crop() == (Crop{0, 0, 1, 1}));
    }

    void aRatioCanBeChosenBeforeThereIsAPicture()
    {
        CropBox box;
        for (const CropRatio& ratio : cropRatios())
            box.setRatio(ratio);
        QCOMPARE(box.box().width(), 0);
    }

    void movingStopsAtTheEdges()
    {
        CropBox box(kSize);
        box.setBox({100, 100, 200, 175});
        box.moveBy(-1000, 1000);
        QVERIFY(box.box() == (PixelBox{0, kSize.height - 75, 100, kSize.height}));
    }

    void aHandleMovesItsSideAndKeepsTheOppositeOne()
    {
        CropBox box(kSize);
        box.setRatio({CropRatio::Kind::Free, 1, 1});
        const PixelBox start{100, 100, 200, 200};
        box.setBox(start);
        box.dragHandle(CropHandle::Right, {250, 0}, start);
        QVERIFY(box.box() == (PixelBox{100, 100, 250, 200}));
        box.dragHandle(CropHandle::TopLeft, {50, 60}, start);
        QVERIFY(box.box() == (PixelBox{50, 60, 200, 200}));
    }

    void typedSidesKeepTheRatioAndStayInside()
    {
        CropBox box(kSize);
        box.setRatio(fixedRatio(2, 1));
        box.setBox({100, 100, 200, 150});
        box.setWidth(120);
        QVERIFY(box.box() == (PixelBox{100, 100, 220, 160}));
        box.setHeight(30);
        QVERIFY(box.box() == (PixelBox{100, 100, 160, 130}));
        box.setWidth(10'000);
        QVERIFY(box.box() == (PixelBox{100, 100, 400, 250}));
        box.setRatio({CropRatio::Kind::Free, 1, 1});
        box.setHeight(0);
        QVERIFY(box.box() == (PixelBox{100, 100, 400, 101}));
        box.setLeft(-5);
        box.setTop(290);
        QVERIFY(box.box() == (PixelBox{0, 290, 300, 291}));
    }

    void aRatioIsKeptByEveryHandle()
    {
        for (const CropHandle handle :
             {CropHandle::Left, CropHandle::Right, CropHandle::Top, CropHandle::Bottom, CropHandle::TopLeft,
              CropHandle::TopRight, CropHandle::BottomLeft, CropHandle::BottomRight}) {
            CropBox box(kSize);
            box.setRatio(fixedRatio(2, 1));
            const PixelBox start{100, 100, 200, 150};
            box.setBox(start);
            box.dragHandle(handle, {260, 190}, start);
            QVERIFY2(std::abs(box.box().width() - 2 * box.box().height()) <= 2,
                     qPrintable(QString::number(static_cast<int>(handle))));
            QVERIFY(isInside(box));
        }
    }

    void nothingThatIsDoneLeavesThePicture()
    {
        std::mt19937 random(20260301);
        const auto pick = [&](int low, int high) { return std::uniform_int_distribution(low, high)(random); };
        for (int round = 0; round < 20'000; ++round) {
            CropBox box(kSize);
            box.setRatio(cropRatios()[static_cast<std::size_t>(pick(0, static_cast<int>(cropRatios().size()) - 1))]);
            for (int step = 0; step < 4; ++step) {
                const QPointF point(pick(-200, 700), pick(-200, 600));
                switch (pick(0, 6)) {
                case 5: box.setWidth(pick(-10, 1000)); break;
                case 6: box.setHeight(pick(-10, 1000)); break;
                case 0: box.moveBy(pick(-500, 500), pick(-500, 500)); break;
                case 1: box.resizeBy(pick(-500, 500), pick(-500, 500)); break;
                case 2:
                    box.drawFrom({static_cast<double>(pick(0, 399)), static_cast<double>(pick(0, 299))}, point);
                    break;
                case 3: box.dragHandle(static_cast<CropHandle>(pick(1, 9)), point, box.box()); break;
                default: box.setBox({pick(-100, 500), pick(-100, 500), pick(-100, 500), pick(-100, 500)}); break;
                }
                QVERIFY2(isInside(box), qPrintable(QStringLiteral("round %1").arg(round)));
            }
        }
    }

    void storedFractionsGiveTheSamePixelsBack()
    {
        CropBox box(kSize);
        box.setRatio({CropRatio::Kind::Free, 1, 1});
        for (int left = 0; left < 300; left += 7) {
            const PixelBox wanted{left, left / 2, left + 93, left / 2 + 71};
            box.setBox(wanted);
            const Crop crop = box.crop();
            QVERIFY(toPixels(crop, kSize) == box.box());
        }
    }

    void doubtfulCropsAreNamed()
    {
        CropBox box(kSize);
        QVERIFY(lintCrop(box, {}, false) == std::vector<CropLint>{CropLint::FullFrame});
        box.setBox({0, 0, 300, 100});
        QVERIFY(lintCrop(box, {}, false) == std::vector<CropLint>{CropLint::TooSmall});
        QVERIFY(lintCrop(box, {50}, true) == std::vector<CropLint>{CropLint::Letterbox});
        QVERIFY(lintCrop(box, {50}, false).empty());
    }
};

QTEST_APPLESS_MAIN(TestCropBox)
#include "tst_crop_box.moc"
