// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/candidate_facts.h"
#include "ui/review/compare_state.h"
#include "ui/review/pane_layout.h"
#include "ui/review/pane_picture.h"
#include "ui/review/pane_view.h"
#include "ui/review/tile_grid.h"
#include "ui/review/view_sync.h"

#include <QPainter>
#include <QTest>

#include <set>

using namespace ps;

namespace {

int columnsOf(const std::vector<PaneFrame>& panes)
{
    std::set<int> lefts;
    for (const PaneFrame& one : panes)
        lefts.insert(one.frame.left());
    return static_cast<int>(lefts.size());
}

PaneGeometry geometryOf(QSizeF canvas, QSizeF full, double ratio)
{
    return {QRectF(QPointF(10, 20), canvas), full, full, ratio};
}

GroupImage imageOf(const std::string& path, std::int64_t bytes)
{
    GroupImage image;
    image.path = image.currentPath = path;
    image.identity.sizeBytes = bytes;
    return image;
}

Picture pictureOf(ImageSize size, ImageFormat format)
{
    Picture picture;
    picture.image = QImage(8, 8, QImage::Format_RGB32);
    picture.info.size = size;
    picture.info.format = format;
    return picture;
}

QStringList namesOf(const QList<CandidateFact>& facts)
{
    QStringList names;
    for (const CandidateFact& fact : facts)
        names.append(fact.name);
    return names;
}

} // namespace

class TestCompareParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // ---- layout

    void panesFillTheAreaWithoutOverlap_data()
    {
        QTest::addColumn<int>("count");
        for (int count = 1; count <= 9; ++count)
            QTest::addRow("%d", count) << count;
    }
    void panesFillTheAreaWithoutOverlap()
    {
        QFETCH(const int, count);
        for (const QSize area : {QSize(1600, 900), QSize(900, 600), QSize(600, 1000), QSize(320, 240)}) {
            for (const double aspect : {0.5, 0.75, 1.0, 1.5, 3.0}) {
                const auto panes = layoutPanes(count, area, aspect);
                QCOMPARE(static_cast<int>(panes.size()), count);
                for (std::size_t i = 0; i < panes.size(); ++i) {
                    QVERIFY(QRect(QPoint(), area).contains(panes[i].frame));
                    QVERIFY(panes[i].frame.contains(panes[i].canvas));
                    QCOMPARE(panes[i].frame.size(), panes[0].frame.size());
                    for (std::size_t j = 0; j < i; ++j)
                        QVERIFY(!panes[i].frame.intersects(panes[j].frame));
                }
            }
        }
    }

    void theShapeOfPicturesDecidesTheColumns_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<QSize>("area");
        QTest::addColumn<double>("aspect");
        QTest::addColumn<int>("columns");
        QTest::newRow("four wide ones, two by two") << 4 << QSize(1300, 900) << 1.5 << 2;
        QTest::newRow("four tall ones, side by side") << 4 << QSize(1600, 800) << 0.5 << 4;
        QTest::newRow("two wide ones in a tall window") << 2 << QSize(700, 1000) << 1.5 << 1;
        QTest::newRow("two squares in a wide window") << 2 << QSize(1400, 800) << 1.0 << 2;
        QTest::newRow("nine squares") << 9 << QSize(1200, 1100) << 1.0 << 3;
        QTest::newRow("six wide ones") << 6 << QSize(1500, 800) << 1.5 << 3;
        QTest::newRow("panoramas one below the other") << 3 << QSize(1400, 900) << 4.0 << 1;
    }
    void theShapeOfPicturesDecidesTheColumns()
    {
        QFETCH(const int, count);
        QFETCH(const QSize, area);
        QFETCH(const double, aspect);
        QFETCH(const int, columns);
        QCOMPARE(columnsOf(layoutPanes(count, area, aspect)), columns);
    }

    // ---- zoom

    void hundredPercentIsOnePixelOfTheScreen_data()
    {
        QTest::addColumn<double>("ratio");
        for (const double ratio : {1.0, 1.5, 2.0})
            QTest::addRow("%gx", ratio) << ratio;
    }
    void hundredPercentIsOnePixelOfTheScreen()
    {
        QFETCH(const double, ratio);
        const PaneGeometry place = geometryOf({800, 500}, {3000, 2000}, ratio);
        const PaneView actual{place.actualZoom(), {0.5, 0.5}};
        QCOMPARE(place.rectOf(actual).width() * ratio, 3000.0);
        QCOMPARE(place.screenPixelsPerPixel(actual), 1.0);
        QCOMPARE(place.rectOf({}).size(), QSizeF(750, 500));
        const QRectF filled = place.rectOf({place.fillZoom(), {0.5, 0.5}});
        QCOMPARE(filled.width(), 800.0);
        QVERIFY(filled.height() >= 500);
        // The largest zoom shows pixels as blocks, however large the image is.
        QVERIFY(place.screenPixelsPerPixel({place.boundedZoom(1e9), {}}) > kPixelGridFrom);
        // A picture that is smaller than its place can be shrunk to its actual size and no further.
        const PaneGeometry small = geometryOf({800, 500}, {100, 50}, ratio);
        QCOMPARE(small.rectOf({small.boundedZoom(0.0001), {}}).width() * ratio, 100.0);
    }

    void thePointUnderThePointerStays()
    {
        const PaneGeometry place = geometryOf({800, 500}, {3000, 2000}, 1.5);
        const PaneView before{2, {0.4, 0.6}};
        const QPointF pointer(333, 222);
        const QPointF at = place.fractionAt(before, pointer);
        for (const double zoom : {1.5, 3.0, 20.0}) {
            const QPointF after = place.fractionAt(place.zoomedAround(before, zoom, pointer), pointer);
            QVERIFY(std::hypot(after.x() - at.x(), after.y() - at.y()) < 1e-9);
        }
    }

    void theCropFillsThePane()
    {
        const PaneGeometry place = geometryOf({800, 500}, {3000, 2000}, 1);
        const Crop crop{0.1, 0.2, 0.35, 0.4};
        const QRectF picture = place.rectOf(place.showing(crop));
        const QRectF box(picture.left() + crop.x1 * picture.width(), picture.top() + crop.y1 * picture.height(),
                         (crop.x2 - crop.x1) * picture.width(), (crop.y2 - crop.y1) * picture.height());
        QVERIFY(QRectF(10, 20, 800, 500).contains(box));
        QVERIFY(box.width() > 700 || box.height() > 430);
    }

    void imagesOfOtherSizeShowTheSamePart()
    {
        const PaneView view{5, {0.3, 0.7}};
        const QRectF small = geometryOf({800, 500}, {1500, 1000}, 2).rectOf(view);
        const QRectF large = geometryOf({800, 500}, {6000, 4000}, 2).rectOf(view);
        QCOMPARE(small, large);
    }

    void pixelsAreBlocksFromTwoHundredPercentOn_data()
    {
        QTest::addColumn<double>("scale");
        QTest::addColumn<bool>("isMixed");
        QTest::newRow("150 %") << 1.5 << true;
        QTest::newRow("200 %") << 2.0 << false;
        QTest::newRow("700 %") << 7.0 << false;
    }
    void pixelsAreBlocksFromTwoHundredPercentOn()
    {
        QFETCH(const double, scale);
        QFETCH(const bool, isMixed);
        QImage image(16, 16, QImage::Format_RGB32);
        for (int y = 0; y < 16; ++y) {
            for (int x = 0; x < 16; ++x)
                image.setPixel(x, y, (x + y) % 2 == 0 ? 0xff000000 : 0xffffffff);
        }
        QImage canvas(60, 60, QImage::Format_RGB32);
        canvas.fill(Qt::black);
        QPainter painter(&canvas);
        paintPixels(painter, image, QRectF(-7.5, -3, 16 * scale, 16 * scale), QRectF(0, 0, 60, 60));
        painter.end();
        bool foundMixed = false;
        for (int y = 0; y < 60; ++y) {
            for (int x = 0; x < 60; ++x)
                foundMixed |= qRed(canvas.pixel(x, y)) != 0 && qRed(canvas.pixel(x, y)) != 255;
        }
        QCOMPARE(foundMixed, isMixed);
    }

    // ---- views

    void lockedPanesMoveTogetherAndOffsetsStay()
    {
        ViewSync views;
        views.enter(QStringLiteral("a"), 3);
        views.apply(0, {4, {0.5, 0.5}});
        views.moveOffset(1, {0.02, -0.01});
        QCOMPARE(views.view(1).center, QPointF(0.52, 0.49));
        QCOMPARE(views.view(0).center, QPointF(0.5, 0.5));
        views.apply(2, {8, {0.3, 0.3}});
        QCOMPARE(views.view(1).zoom, 8.0);
        QCOMPARE(views.view(1).center, QPointF(0.32, 0.29));
        views.apply(1, {8, {0.42, 0.39}}); // moving the one with the offset moves the others as far
        QVERIFY(std::abs(views.view(0).center.x() - 0.4) < 1e-12);
        views.resetOffsets();
        QCOMPARE(views.view(1), views.view(0));
    }

    void aPaneCanBeUnlockedByItself()
    {
        ViewSync views;
        views.enter(QStringLiteral("a"), 3);
        views.setPaneLocked(1, false);
        views.apply(0, {4, {0.4, 0.4}});
        QCOMPARE(views.view(1), PaneView());
        views.apply(1, {2, {0.6, 0.6}});
        QCOMPARE(views.view(0).zoom, 4.0);
        QCOMPARE(views.view(2).zoom, 4.0);
        views.setPaneLocked(1, true);
        QCOMPARE(views.view(1).zoom, 4.0);
        views.setLocked(false, 0);
        views.apply(2, {7, {0.5, 0.5}});
        QCOMPARE(views.view(0).zoom, 4.0);
        views.setLocked(true, 2);
        QCOMPARE(views.view(0).zoom, 7.0);
    }

    void theZoomStaysOrGoesAndComingBackRestoresThePlace()
    {
        ViewSync views;
        views.enter(QStringLiteral("a"), 2);
        views.apply(0, {4, {0.4, 0.4}});
        views.moveOffset(1, {0.1, 0});
        views.enter(QStringLiteral("b"), 3);
        QCOMPARE(views.view(0).zoom, 4.0);
        QCOMPARE(views.offset(1), QPointF()); // that was of other pictures
        views.apply(0, {2, {0.5, 0.5}});
        views.setKeepsZoom(false);
        views.enter(QStringLiteral("c"), 2);
        QCOMPARE(views.view(0), PaneView());
        views.enter(QStringLiteral("a"), 2);
        QCOMPARE(views.view(0).zoom, 4.0);
        QCOMPARE(views.offset(1), QPointF(0.1, 0));
        views.enter(QStringLiteral("b"), 3);
        QCOMPARE(views.view(2).zoom, 2.0);
        views.enter(QStringLiteral("c"), 2); // nobody moved there
        QCOMPARE(views.view(0), PaneView());
    }

    // ---- champion and challenger

    void challengersRotateAndTheChampionStays()
    {
        CompareState state;
        state.setTwoUp(true);
        state.start(4, 1);
        QCOMPARE(state.visible(), (std::vector{1, 2}));
        QCOMPARE(state.focused(), 2);
        state.step(1);
        QCOMPARE(state.visible(), (std::vector{1, 3}));
        state.step(1);
        QCOMPARE(state.visible(), (std::vector{1, 0}));
        state.step(1);
        QCOMPARE(state.visible(), (std::vector{1, 2}));
        state.step(-1);
        QCOMPARE(state.visible(), (std::vector{1, 0}));
    }

    void crowningBringsTheNextWhoWasNotBeaten()
    {
        CompareState state;
        state.setTwoUp(true);
        state.start(3, 0);
        state.crown(); // 1 beats 0
        QCOMPARE(state.champion(), 1);
        QCOMPARE(state.challenger(), 2);
        state.crown(); // 2 beats 1
        QCOMPARE(state.visible(), (std::vector{2, 0}));
        CompareState pair;
        pair.start(2, 0);
        pair.setFocused(1);
        pair.crown();
        QCOMPARE(pair.champion(), 1);
        QCOMPARE(pair.challenger(), 0);
        QVERIFY(pair.isChampionChosen());
    }

    void aSinglePictureIsComparedWithNothing()
    {
        CompareState state;
        state.setTwoUp(true);
        state.setMode(CompareState::Mode::Swipe);
        state.start(1, 0);
        state.step(1);
        state.crown();
        QCOMPARE(state.visible(), std::vector{0});
        QCOMPARE(state.partner(), 0);
        QVERIFY(state.mode() == CompareState::Mode::None);
        state.start(0, 0);
        QVERIFY(state.visible().empty());
    }

    // ---- tiles

    void tilesCoverWhatIsVisibleOnceAndNoMore()
    {
        const ImageSize image{20'001, 9'999};
        for (const double screenPixels : {2.0, 1.0, 0.6, 0.5, 0.26, 0.03}) {
            const int level = tileLevelFor(screenPixels);
            QVERIFY(screenPixels * (1 << level) <= 1 || level == 0); // no larger than a pixel of the screen
            const QRectF visible(7'000.5, 9'000, 3'000, 2'000);
            std::int64_t area = 0;
            for (const Tile& tile : tilesIn(visible, image, level)) {
                const PixelBox box = tile.region(image);
                QVERIFY(box.isWithin(image));
                QVERIFY(tile.size(image).width() <= kTileSide && tile.size(image).height() <= kTileSide);
                const QRectF part = QRectF(box.x1, box.y1, box.width(), box.height()) & visible;
                QVERIFY(!part.isEmpty());
                area += std::llround(part.width() * part.height() * 2);
            }
            QCOMPARE(area, std::llround(3'000.0 * 999 * 2));
        }
        QVERIFY(tilesIn(QRectF(30'000, 0, 10, 10), image, 0).empty());
    }

    // ---- facts

    void onlyWhatDiffersIsListed()
    {
        const std::vector images{imageOf("a/x_1.png", 1000), imageOf("a/x_2.png", 1000), imageOf("a/x_3.jpg", 700)};
        Picture first = pictureOf({100, 80}, ImageFormat::Png);
        Picture second = pictureOf({200, 160}, ImageFormat::Png);
        Picture third = pictureOf({100, 80}, ImageFormat::Jpeg);
        first.info.isLossless = second.info.isLossless = true;
        second.info.bitsPerChannel = 16;
        third.info.profileDescription = "Display P3";
        third.info.estimatedQuality = 88;
        third.info.chromaSubsampling = "4:2:0";
        const CandidateFacts facts(images, {&first, &second, &third});
        const QStringList names = namesOf(facts.differing());
        for (const char* name : {"Size", "File", "Format", "Quality", "Chroma", "Depth", "Profile"})
            QVERIFY2(names.contains(QLatin1String(name)), name);
        for (const char* name : {"Folder", "Channels", "Upright"})
            QVERIFY2(!names.contains(QLatin1String(name)), name);
        QVERIFY(namesOf(facts.all()).contains(QStringLiteral("Folder")));
        QCOMPARE(facts.badges(0), QStringList({QStringLiteral("no profile"), QStringLiteral("8 bit")}));
        QCOMPARE(facts.badges(1),
                 QStringList({QStringLiteral("2×"), QStringLiteral("no profile"), QStringLiteral("16 bit")}));
        QCOMPARE(facts.badges(2), QStringList({QStringLiteral("Display P3"), QStringLiteral("8 bit")}));
    }

    void equalCandidatesHaveNoDifferencesAndNoBadges()
    {
        const std::vector images{imageOf("a/x_1.png", 1000), imageOf("a/x_2.png", 1000)};
        const Picture picture = pictureOf({100, 80}, ImageFormat::Png);
        Picture broken;
        broken.error = Error{ErrorCode::Corrupt, "cut", {}, 0};
        const CandidateFacts facts(images, {&picture, &picture});
        QVERIFY(facts.differing().isEmpty());
        QVERIFY(facts.badges(0).isEmpty());
        QVERIFY(CandidateFacts(images, {&picture, nullptr}).differing().isEmpty()); // nothing shows up and goes again
        const CandidateFacts unreadable(images, {&picture, &broken});
        QVERIFY(unreadable.differing().isEmpty());
        QVERIFY(unreadable.badges(0).isEmpty());
        QVERIFY(unreadable.badges(1).isEmpty());
        QVERIFY(!CandidateFacts(images, {nullptr, nullptr}).all().isEmpty()); // the files are known
    }
};

QTEST_MAIN(TestCompareParts)
#include "tst_compare_parts.moc"
