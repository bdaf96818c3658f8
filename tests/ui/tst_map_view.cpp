// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The map of the embeddings: which points are under the pointer and in the lasso, and that moving it costs next to nothing.
#include "ui/common/theme.h"
#include "ui/models/map_view.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <limits>

using namespace ps;

namespace {

constexpr QSize kSize{600, 500};

/// side * side points on a grid from -0.9 to 0.9; the measure is the column.
std::shared_ptr<MapPoints> grid(int side)
{
    auto points = std::make_shared<MapPoints>();
    points->measures.push_back({QStringLiteral("Column"), {}});
    for (int i = 0; i < side * side; ++i) {
        const auto place = [side](int at) { return static_cast<float>(-0.9 + 1.8 * at / std::max(1, side - 1)); };
        points->x.push_back(place(i % side));
        points->y.push_back(place(i / side));
        points->ordinals.push_back(static_cast<std::uint32_t>(i / 2));
        points->slots.push_back(static_cast<std::uint16_t>(i % 2));
        points->states.push_back(i % 3 == 0 ? GroupState::Approved : GroupState::Undecided);
        points->names.push_back("IMG_" + std::to_string(i) + ".png");
        points->measures[0].values.push_back(i == 0 ? std::numeric_limits<float>::quiet_NaN()
                                                    : static_cast<float>(i % side));
    }
    return points;
}

void drawLasso(MapView& view, const QPolygonF& places)
{
    const auto pixel = [&view](const QPointF& place) { return view.toPixel(place).toPoint(); };
    QTest::mousePress(&view, Qt::LeftButton, Qt::ShiftModifier, pixel(places.first()));
    for (const QPointF& place : places)
        QTest::mouseMove(&view, pixel(place));
    QTest::mouseRelease(&view, Qt::LeftButton, Qt::ShiftModifier, pixel(places.last()));
}

void drag(MapView& view, const QPoint& from, const QPoint& to)
{
    QTest::mousePress(&view, Qt::LeftButton, {}, from);
    QTest::mouseMove(&view, to);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, to);
}

} // namespace

class TestMapView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void init()
    {
        m_view = std::make_unique<MapView>(*m_theme, nullptr);
        m_view->resize(kSize);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void theIndexFindsWhatAWalkFinds()
    {
        const auto points = grid(70);
        const MapIndex index(*points);
        const QRectF area(-0.31, -0.77, 0.52, 0.4);
        std::vector<std::uint32_t> found;
        index.forEachIn(area, [&](std::uint32_t point) { found.push_back(point); });
        std::ranges::sort(found);
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < points->size(); ++i) {
            if (area.contains(points->at(i)))
                expected.push_back(i);
        }
        QVERIFY(!expected.empty());
        QCOMPARE(found, expected);
        QCOMPARE(index.nearest(points->at(1234) + QPointF(0.001, -0.001), 0.01), std::int64_t{1234});
        QCOMPARE(index.nearest({0.99, 0.99}, 0.01), std::int64_t{-1});
    }

    void placesAndPixelsBelongTogether()
    {
        m_view->setPoints(grid(10));
        const QPointF place(0.3, -0.4);
        const QPointF back = m_view->fromPixel(m_view->toPixel(place));
        QVERIFY(std::abs(back.x() - place.x()) < 1e-9 && std::abs(back.y() - place.y()) < 1e-9);
    }

    void theLassoMarksExactlyWhatItEncloses()
    {
        m_view->setPoints(grid(10)); // 0.2 apart
        // A triangle whose corners are well between points.
        const QPolygonF triangle{{-0.8, -0.8}, {0.5, -0.8}, {-0.8, 0.5}};
        QSignalSpy changed(m_view.get(), &MapView::markedChanged);
        drawLasso(*m_view, triangle);
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < 100; ++i) {
            if (triangle.containsPoint(m_view->points()->at(i), Qt::OddEvenFill))
                expected.push_back(i);
        }
        QCOMPARE(expected.size(), std::size_t{21});
        QCOMPARE(m_view->marked(), expected);
        QCOMPARE(changed.count(), 1);
        QTest::keyClick(m_view.get(), Qt::Key_Escape);
        QVERIFY(m_view->marked().empty());
    }

    void withoutShiftTheMapIsMovedInstead()
    {
        m_view->setPoints(grid(10));
        const QPointF before = m_view->toPixel({0, 0});
        drag(*m_view, {100, 100}, {140, 70});
        QCOMPARE(m_view->toPixel({0, 0}), before + QPointF(40, -30));
        QVERIFY(m_view->marked().empty());
        QTest::keyClick(m_view.get(), Qt::Key_0);
        QCOMPARE(m_view->toPixel({0, 0}), before);
    }

    void theWheelZoomsAtThePointer()
    {
        m_view->setPoints(grid(10));
        const QPointF pointer(450, 120);
        const QPointF place = m_view->fromPixel(pointer);
        const QPointF other = m_view->toPixel({0, 0});
        QWheelEvent turn(pointer, m_view->mapToGlobal(pointer), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                         Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view.get(), &turn);
        const QPointF now = m_view->toPixel(place);
        QVERIFY((now - pointer).manhattanLength() < 1e-6);
        QVERIFY((m_view->toPixel({0, 0}) - other).manhattanLength() > 10);
    }

    void aPointUnderThePointerIsToldAndOpened()
    {
        m_view->setPoints(grid(10));
        QSignalSpy hovered(m_view.get(), &MapView::hoveredChanged);
        QSignalSpy opened(m_view.get(), &MapView::opened);
        const QPoint at = m_view->toPixel(m_view->points()->at(37)).toPoint() + QPoint(2, 1);
        QTest::mouseMove(m_view.get(), at);
        QCOMPARE(m_view->hovered(), std::int64_t{37});
        QCOMPARE(hovered.last().first().toLongLong(), 37LL);
        QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, at);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.first().first().toLongLong(), 37LL);
    }

    void arrowKeysGoFromPointToPoint()
    {
        m_view->setPoints(grid(11)); // one in the middle
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(m_view->hovered(), std::int64_t{5 * 11 + 6});
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->hovered(), std::int64_t{6 * 11 + 6});
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QCOMPARE(m_view->hovered(), std::int64_t{6 * 11 + 5});
    }

    void movingPaintsOnlyWhatComesIntoSight()
    {
        m_view->setPoints(grid(447)); // 199,809 points
        m_view->grab();
        const int whole = m_view->paintedTiles();
        QVERIFY(whole >= 4);
        for (int i = 0; i < 20; ++i) {
            drag(*m_view, {300, 250}, {302, 251});
            m_view->grab();
        }
        // 40 and 20 pixels: at most one more column and one more row of tiles have come into sight.
        const int columns = kSize.width() / MapPainter::kTileSize + 2;
        const int rows = kSize.height() / MapPainter::kTileSize + 2;
        QVERIFY(m_view->paintedTiles() <= whole + columns + rows);
        const int moved = m_view->paintedTiles();
        drag(*m_view, {302, 251}, {262, 231});
        m_view->grab();
        QCOMPARE(m_view->paintedTiles(), moved); // all of it is there
        QTest::keyClick(m_view.get(), Qt::Key_Plus);
        m_view->grab();
        QVERIFY(m_view->paintedTiles() > moved); // the control: another scale is painted
    }

    void marksAndColoursAreSeen()
    {
        m_view->setPoints(grid(10));
        const QImage plain = m_view->grab().toImage();
        m_view->setMarked({44, 45});
        const QImage marked = m_view->grab().toImage();
        const QPoint other = m_view->toPixel(m_view->points()->at(0)).toPoint();
        const QPoint kept = m_view->toPixel(m_view->points()->at(44)).toPoint();
        QVERIFY(plain.pixel(other) != marked.pixel(other)); // became faint
        QCOMPARE(plain.pixel(kept), marked.pixel(kept));
        m_view->setMarked({});
        m_view->setColoring({0});
        const QImage scaled = m_view->grab().toImage();
        const auto colorAt = [&](std::size_t point) {
            return QColor(scaled.pixel(m_view->toPixel(m_view->points()->at(point)).toPoint()));
        };
        QVERIFY(colorAt(40).blue() > colorAt(40).red()); // little: blue
        QVERIFY(colorAt(49).red() > colorAt(49).blue()); // much: amber
    }

    void withoutPointsItSaysWhy()
    {
        m_view->setPoints(nullptr);
        const QImage empty = m_view->grab().toImage();
        m_view->setMessage(QStringLiteral("No data, because no image has an embedding yet."));
        QVERIFY(m_view->grab().toImage() != empty);
        QTest::mouseMove(m_view.get(), QPoint(200, 200)); // must not crash
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(m_view->hovered(), std::int64_t{-1});
    }

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MapView> m_view;
};

QTEST_MAIN(TestMapView)
#include "tst_map_view.moc"
