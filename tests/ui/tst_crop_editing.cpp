// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cropping in Review with real handles and keys; what counts is the crop that is stored.
#include "core/decisions/crop.h"
#include "tests/ui/window_fixture.h"
#include "ui/crop/crop_canvas.h"
#include "ui/crop/crop_editor.h"
#include "ui/review/review_view.h"

#include <QSignalSpy>

using namespace ps;
using namespace ps::test;

namespace {

const std::string kLastRow = " FROM ai_decisions ORDER BY rowid DESC LIMIT 1";
constexpr ImageSize kThird{288, 192}; // size of the third picture

} // namespace

class TestCropEditing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<WindowFixture>(3);
        m_fixture->open();
        m_fixture->press(Qt::Key_E); // crop picture 3
        QTRY_VERIFY(m_fixture->window().review().isCropping());
        QTRY_VERIFY(canvas().isPictureReady());
    }
    void cleanup() { m_fixture.reset(); }

    void aDraggedHandleIsStored()
    {
        drag({kThird.width - 1.0, kThird.height - 1.0}, {144, 96});
        const PixelBox box = canvas().box().box();
        QVERIFY(std::abs(box.width() - 144) <= 3 && std::abs(box.height() - 96) <= 3);
        QCOMPARE(box.x1, 0);
        m_fixture->press(Qt::Key_Return);
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT user_action || user_selected_index" + kLastRow), "crop2");
        const Crop stored = must(parseCrop(m_fixture->value("SELECT final_crop_coords" + kLastRow)));
        QVERIFY(toPixels(stored, kThird) == box);
        QCOMPARE(m_fixture->value("SELECT crop_timestamp IS NOT NULL" + kLastRow), "1");
        QCOMPARE(m_fixture->value("SELECT state FROM ps_crops"), "pending");
    }

    void arrowsMoveByAPixelAndShiftByTen()
    {
        drag({kThird.width - 1.0, kThird.height - 1.0}, {144, 96});
        const PixelBox start = canvas().box().box();
        m_fixture->press(Qt::Key_Right);
        m_fixture->press(Qt::Key_Down, Qt::ShiftModifier);
        const PixelBox moved = canvas().box().box();
        QVERIFY(moved == (PixelBox{start.x1 + 1, start.y1 + 10, start.x2 + 1, start.y2 + 10}));
    }

    void theWholePictureIsStoredAsKept()
    {
        drag({kThird.width - 1.0, kThird.height - 1.0}, {144, 96});
        m_fixture->press(Qt::Key_W);
        QVERIFY(canvas().box().isFullFrame());
        m_fixture->press(Qt::Key_Return);
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT user_action" + kLastRow), "approve");
        QCOMPARE(m_fixture->value("SELECT final_crop_coords IS NULL" + kLastRow), "1");
    }

    void escapeLeavesEverythingAsItWas()
    {
        drag({kThird.width - 1.0, kThird.height - 1.0}, {144, 96});
        m_fixture->press(Qt::Key_Escape);
        QVERIFY(!m_fixture->window().review().isCropping());
        QVERIFY(m_fixture->shows(0));
        QCOMPARE(m_fixture->rowCount(), 0);
    }

    void laterPutsThePictureIntoTheQueue()
    {
        m_fixture->press(Qt::Key_L);
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT user_action || user_selected_index" + kLastRow), "crop2");
        QCOMPARE(m_fixture->value("SELECT final_crop_coords IS NULL" + kLastRow), "1");
    }

    void zoomingNeverMovesTheBox()
    {
        drag({kThird.width - 1.0, kThird.height - 1.0}, {144, 96});
        const PixelBox start = canvas().box().box();
        const QPointF middle = canvas().rect().center();
        for (int i = 0; i < 4; ++i) {
            QWheelEvent wheel(middle, canvas().mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(&canvas(), &wheel);
        }
        QVERIFY(canvas().box().box() == start);
    }

    void anUntouchedPictureIsNotTakenForACrop()
    {
        m_fixture->press(Qt::Key_Return);
        QVERIFY(m_fixture->window().review().isCropping());
        QVERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->rowCount(), 0);
    }

    void aCropThatIsBeingDrawnSurvivesARefresh()
    {
        drag({kThird.width - 1.0, kThird.height - 1.0}, {144, 96});
        const PixelBox drawn = canvas().box().box();
        QSignalSpy reset(&m_fixture->window().controller(), &ProjectController::groupsReset);
        m_fixture->window().controller().refresh();
        QTRY_COMPARE(reset.count(), 1);
        QTRY_VERIFY(!m_fixture->window().controller().isBusy());
        QCoreApplication::sendPostedEvents();
        QVERIFY(m_fixture->window().review().isCropping());
        QVERIFY(canvas().box().box() == drawn);
        m_fixture->press(Qt::Key_Return);
        QTRY_COMPARE(m_fixture->rowCount(), 1);
        QVERIFY(toPixels(must(parseCrop(m_fixture->value("SELECT final_crop_coords" + kLastRow))), kThird) == drawn);
    }

    void decidingKeysDoNothingWhileCropping()
    {
        m_fixture->press(Qt::Key_X);
        m_fixture->press(Qt::Key_1);
        QVERIFY(m_fixture->window().review().isCropping());
        QVERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->rowCount(), 0);
    }

private:
    CropCanvas& canvas() { return m_fixture->window().review().cropEditor().canvas(); }

    /// Drags from one point of the image to another with the left button.
    void drag(QPointF from, QPointF to)
    {
        const QPoint start = canvas().toWidget(from).toPoint();
        const QPoint end = canvas().toWidget(to).toPoint();
        QTest::mousePress(&canvas(), Qt::LeftButton, Qt::NoModifier, start);
        QTest::mouseMove(&canvas(), (start + end) / 2);
        QTest::mouseMove(&canvas(), end);
        QTest::mouseRelease(&canvas(), Qt::LeftButton, Qt::NoModifier, end);
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestCropEditing)
#include "tst_crop_editing.moc"
