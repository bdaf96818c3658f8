// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"
#include "ui/common/action_table.h"
#include "ui/review/inspector_panel.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"
#include "ui/review/second_window.h"

#include <QLabel>
#include <QPainter>
#include <QSettings>
#include <QSignalSpy>
#include <QWheelEvent>

#include <algorithm>

using namespace ps;
using namespace ps::test;

namespace {

/// Answers at once with grey pictures of an image that is said to have this size, and keeps a list of what was asked for.
class HugePictures : public PictureSource
{
public:
    HugePictures(ImageSize size, std::vector<PictureKey>& asked) : m_size(size), m_asked(asked) {}

    JobId request(ImageSource, const PictureWish& wish, Done done) override
    {
        const PictureKey& key = wish.key;
        m_asked.push_back(key);
        Picture picture;
        picture.info.size = m_size;
        picture.image = QImage(key.box.isEmpty() ? QSize(16, 16) : key.box, QImage::Format_RGB32);
        picture.image.fill(key.kind == PictureKey::Kind::Region ? Qt::white : Qt::gray);
        done(std::move(picture));
        return m_asked.size();
    }
    void cancel(JobId) override {}
    void setPriority(JobId, Priority) override {}
    std::size_t parallelism() const override { return 1; }

private:
    ImageSize m_size;
    std::vector<PictureKey>& m_asked;
};

} // namespace

class TestCompare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    // ---- blink

    void aHeldKeyShowsBothInTurnAndItsReleaseEndsThat()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_Tab);
        QCOMPARE(table().focusedIndex(), 1);
        QTest::keyPress(&table(), Qt::Key_Y);
        QCOMPARE(table().shownIn(1), 0); // at once
        QVERIFY(table().isBlinking());
        QCOMPARE(table().shownIn(2), 2);
        QTRY_COMPARE(table().shownIn(1), 1); // and in turn
        QTRY_COMPARE(table().shownIn(1), 0);
        QTest::keyRelease(&table(), Qt::Key_Y);
        QVERIFY(!table().isBlinking());
        QCOMPARE(table().shownIn(1), 1);
    }

    void repeatsOfAHeldKeyChangeNothing()
    {
        m_fixture->open();
        QSignalSpy changes(&table(), &LightTable::compareChanged);
        QTest::keyPress(&table(), Qt::Key_Y);
        for (int i = 0; i < 5; ++i) {
            QKeyEvent up(QEvent::KeyRelease, Qt::Key_Y, Qt::NoModifier, QStringLiteral("y"), true);
            QKeyEvent down(QEvent::KeyPress, Qt::Key_Y, Qt::NoModifier, QStringLiteral("y"), true);
            QCoreApplication::sendEvent(&table(), &up);
            QCoreApplication::sendEvent(&table(), &down);
        }
        QVERIFY(table().isBlinking());
        QCOMPARE(changes.count(), 1);
        QTest::keyRelease(&table(), Qt::Key_Y);
        QVERIFY(!table().isBlinking());
        QCOMPARE(m_fixture->rowCount(), 0);
    }

    void blinkingEndsWhenTheFocusGoesElsewhere()
    {
        m_fixture->open();
        QTest::keyPress(&table(), Qt::Key_Y);
        QVERIFY(table().isBlinking());
        table().clearFocus();
        QVERIFY(!table().isBlinking());
    }

    void theHeldKeyCanBeAnother()
    {
        m_fixture->open();
        action("compare.blink")->setShortcuts({QKeySequence(Qt::Key_Apostrophe)});
        QTest::keyPress(&table(), Qt::Key_Y);
        QVERIFY(!table().isBlinking());
        QTest::keyRelease(&table(), Qt::Key_Y);
        QTest::keyPress(&table(), Qt::Key_Apostrophe);
        QVERIFY(table().isBlinking());
        QTest::keyRelease(&table(), Qt::Key_Apostrophe);
        QVERIFY(!table().isBlinking());
    }

    void theMenuBlinksUntilItIsChosenAgain()
    {
        m_fixture->open();
        action("compare.blink")->trigger();
        QVERIFY(table().isBlinking() && action("compare.blink")->isChecked());
        action("compare.blink")->trigger();
        QVERIFY(!table().isBlinking() && !action("compare.blink")->isChecked());
    }

    // ---- two at a time

    void twoAtATimeAndTheNumbersStayTheSame()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_I);
        QVERIFY(action("compare.twoUp")->isChecked());
        QVERIFY(!table().canvasOf(0).isEmpty() && !table().canvasOf(1).isEmpty() && table().canvasOf(2).isEmpty());
        m_fixture->press(Qt::Key_Tab);
        QVERIFY(table().canvasOf(1).isEmpty() && !table().canvasOf(2).isEmpty());
        QVERIFY(table().canvasOf(0).right() < table().canvasOf(2).left()); // the champion stays on the left
        m_fixture->press(Qt::Key_C);
        QCOMPARE(table().compare().champion(), 2);
        QVERIFY(table().canvasOf(2).right() < table().canvasOf(1).left());
        m_fixture->press(Qt::Key_3); // what it was all along
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT user_selected_index FROM ai_decisions"), "2");
        QVERIFY(table().compare().isTwoUp()); // for the next group as well
    }

    void aChipBringsItsChallenger()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_I);
        const QPoint belowThePanes(table().width() / 2 + 118, table().height() - 20);
        QTest::mouseClick(&table(), Qt::LeftButton, Qt::NoModifier, belowThePanes);
        QCOMPARE(table().compare().challenger(), 2);
    }

    // ---- swipe and difference

    void theDividerMovesByKeyAndByMouse()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_H);
        QVERIFY(action("compare.swipe")->isChecked());
        m_fixture->press(Qt::Key_Period);
        QVERIFY(table().compare().divider() > 0.5);
        const QRect seen = table().pictureRect(0).toAlignedRect() & table().canvasOf(0);
        const QPoint on(seen.left() + static_cast<int>(seen.width() * table().compare().divider()), seen.center().y());
        drag(on, {seen.left() + seen.width() / 4, seen.center().y()}, Qt::NoModifier);
        QVERIFY(std::abs(table().compare().divider() - 0.25) < 0.02);
        QCOMPARE(table().views().view(0).zoom, 1.0);
        m_fixture->press(Qt::Key_H);
        QVERIFY(!action("compare.swipe")->isChecked());
        QVERIFY(!action("compare.more")->isEnabled());
    }

    void theDifferenceIsWorkedOutBesideAndShown()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_Tab);
        const QImage before = table().grab().toImage();
        m_fixture->press(Qt::Key_G);
        QTRY_VERIFY(table().comparison() != nullptr);
        QVERIFY(table().comparison()->map.mean < 4); // the fixture's pictures show one pattern at three sizes
        QTRY_VERIFY(table().grab().toImage() != before);
        const double gain = table().compare().gain();
        m_fixture->press(Qt::Key_Period);
        QCOMPARE(table().compare().gain(), gain * 2);
    }

    // ---- zoom

    void theZoomStaysFromGroupToGroupOrNot()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_Plus);
        const double zoom = table().views().view(0).zoom;
        QVERIFY(zoom != 1);
        m_fixture->press(Qt::Key_Space);
        QTRY_VERIFY(m_fixture->shows(1));
        QCOMPARE(table().views().view(0).zoom, zoom);
        action("view.keepZoom")->trigger();
        QCOMPARE(QSettings().value(QStringLiteral("review/keepsZoom")).toBool(), false);
        m_fixture->press(Qt::Key_Space);
        QTRY_VERIFY(m_fixture->shows(2));
        QCOMPARE(table().views().view(0).zoom, 1.0);
        m_fixture->press(Qt::Key_Home);
        QTRY_VERIFY(m_fixture->shows(0));
        QCOMPARE(table().views().view(0).zoom, zoom); // its place comes back
        m_fixture->closeWindow();
        m_fixture->makeWindow();
        QVERIFY(!action("view.keepZoom")->isChecked());
    }

    void shiftMovesOnePictureBesideTheOthers()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_8);
        const QPoint from = table().canvasOf(1).center();
        drag(from, from + QPoint(30, 12), Qt::ShiftModifier);
        QVERIFY(table().views().offset(1).x() < 0);
        QCOMPARE(table().views().offset(0), QPointF());
        QCOMPARE(table().pictureRect(0).center().toPoint(), QRectF(table().canvasOf(0)).center().toPoint());
        drag(from, from + QPoint(10, 0), Qt::NoModifier);
        QVERIFY(table().views().offset(1).x() < 0);
        m_fixture->press(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(table().views().offset(1), QPointF());
    }

    void oneOfThemCanBeUnlocked()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_Tab);
        m_fixture->press(Qt::Key_L, Qt::ShiftModifier);
        QVERIFY(!action("view.lockPane")->isChecked());
        m_fixture->press(Qt::Key_Plus);
        QVERIFY(table().views().view(1).zoom > 1);
        QCOMPARE(table().views().view(0).zoom, 1.0);
        m_fixture->press(Qt::Key_Tab);
        QVERIFY(action("view.lockPane")->isChecked());
    }

    void fillAndTwoHundredPercent()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_U);
        const QRectF filled = table().pictureRect(0);
        QVERIFY(filled.width() >= table().canvasOf(0).width() - 0.5);
        QVERIFY(filled.height() >= table().canvasOf(0).height() - 0.5);
        m_fixture->press(Qt::Key_8);
        const double ratio = table().devicePixelRatioF();
        QVERIFY(std::abs(table().pictureRect(0).width() * ratio - 2 * 96) < 1e-6);
    }

    void theWheelZoomsAtThePointer()
    {
        m_fixture->open();
        const QPointF at = QRectF(table().canvasOf(0)).center() + QPointF(40, 25);
        const QRectF before = table().pictureRect(0);
        QWheelEvent wheel(at, table().mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(&table(), &wheel);
        const QRectF after = table().pictureRect(0);
        QVERIFY(after.width() > before.width());
        const double x = (at.x() - before.left()) / before.width();
        QVERIFY(std::abs(after.left() + x * after.width() - at.x()) < 0.01);
    }

    void aHugeImageComesInTiles()
    {
        m_fixture->open(); // for its folders
        std::vector<PictureKey> asked;
        PictureLoader loader(std::make_unique<HugePictures>(ImageSize{24'000, 18'000}, asked), nullptr);
        loader.setFolders(m_fixture->window().controller().session()->folders());
        PanePicture picture;
        picture.setImage(table().group()->detail.images[0]);
        const QRectF clip(0, 0, 800, 600);
        const QRectF target(-11'600, -8'700, 24'000, 18'000); // every pixel of the image is one of the screen
        const auto isPaintedSharp = [&] {
            picture.request(loader, {800, 600}, target, clip, 1);
            QImage canvas(800, 600, QImage::Format_RGB32);
            canvas.fill(Qt::black);
            QPainter painter(&canvas);
            picture.paint(painter, target, clip);
            painter.end();
            for (const QPoint at : {QPoint(0, 0), QPoint(799, 0), QPoint(400, 300), QPoint(0, 599), QPoint(799, 599)}) {
                if (canvas.pixelColor(at) != Qt::white)
                    return false;
            }
            return true;
        };
        QVERIFY(!isPaintedSharp());
        QTRY_VERIFY(isPaintedSharp());
        for (const PictureKey& key : asked) {
            QVERIFY(!key.box.isEmpty()); // never the whole image
            QVERIFY(key.box.width() <= 800 && key.box.height() <= 600);
        }
        QVERIFY(asked.size() <= 1 + 3 * 3); // and of it only what can be seen
        QCOMPARE(picture.fullSize(), QSizeF(24'000, 18'000));
    }

    // ---- moving on

    void thePictureBeforeStaysUntilTheNewOneIsThere()
    {
        m_fixture->open();
        for (int group = 1; group < 5; ++group) {
            m_fixture->press(Qt::Key_Space);
            for (int i = 0; i < table().imageCount(); ++i)
                QVERIFY(table().contentOf(i) != PanePicture::Content::Nothing);
            QTRY_VERIFY(m_fixture->shows(group));
        }
        QVERIFY(std::ranges::all_of(std::vector{0, 1, 2},
                                    [this](int i) { return table().contentOf(i) == PanePicture::Content::Fitted; }));
    }

    void whatIsNotThereYetCannotBeDecided()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_End);
        if (!table().isComplete()) { // the pictures on the screen are those of the first group
            m_fixture->press(Qt::Key_1);
            QCOMPARE(m_fixture->rowCount(), 0);
        }
        QTRY_VERIFY(m_fixture->shows(4));
    }

    void setsOfManyAreShownAtOnce()
    {
        m_fixture->addSet(20, 6);
        m_fixture->open();
        m_fixture->press(Qt::Key_End);
        QTRY_VERIFY(m_fixture->shows(5));
        for (int i = 0; i < 6; ++i)
            QVERIFY(!table().canvasOf(i).isEmpty());
        QVERIFY(!table().grab().isNull());
    }

    // ---- overlays and facts

    void overlaysComeAndGo()
    {
        m_fixture->open();
        const QImage plain = table().grab().toImage();
        for (const Qt::Key key : {Qt::Key_K, Qt::Key_J, Qt::Key_P}) {
            m_fixture->press(key);
            table().grab();
            if (key == Qt::Key_K)
                QTRY_VERIFY(table().grab().toImage() != plain);
            m_fixture->press(key);
            QCOMPARE(table().grab().toImage(), plain);
        }
    }

    void onlyWhatDiffersOrEverything()
    {
        m_fixture->open();
        QTRY_VERIFY(isSaid(QStringLiteral("288×192")));
        QVERIFY(isSaid(InspectorPanel::tr("Differences")));
        QVERIFY(!isSaid(QStringLiteral("PNG"))); // all three are
        m_fixture->press(Qt::Key_O);
        QVERIFY(isSaid(QStringLiteral("PNG")));
        QVERIFY(isSaid(InspectorPanel::tr("Facts")));
        m_fixture->press(Qt::Key_O);
        QVERIFY(!isSaid(QStringLiteral("PNG")));
    }

    // ---- second window

    void theSecondWindowFollowsAndItsKeysDecide()
    {
        m_fixture->open();
        SecondWindow& window = openSecondWindow();
        QCOMPARE(window.shownIndex(), 0);
        const QRectF before = table().pictureRect(2);
        const QPointF at(table().canvasOf(2).center() + QPoint(20, 10));
        const QPointF place((at.x() - before.left()) / before.width(), (at.y() - before.top()) / before.height());
        QMouseEvent move(QEvent::MouseMove, at, table().mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&table(), &move);
        for (const int width : {96, 192, 288}) { // pixel by pixel, and the same place of the next one
            QCOMPARE(window.shownIndex(), width / 96 - 1);
            const auto showsPlace = [&] {
                const QRectF shown = window.pictureRect();
                const QPointF found(shown.left() + place.x() * shown.width(), shown.top() + place.y() * shown.height());
                return std::abs(shown.width() * window.devicePixelRatioF() - width) < 1e-6 &&
                       (found - QRectF(window.rect()).center()).manhattanLength() < 0.01;
            };
            QTRY_VERIFY(showsPlace());
            action("go.focusNext")->trigger();
        }
        window.setShows(SecondWindow::Shows::Champion);
        QCOMPARE(window.shownIndex(), 0);
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        m_fixture->press(Qt::Key_Tab); // the focus of the first window stays on the pictures
        QVERIFY(m_fixture->window().focusWidget() == &table());
        m_fixture->press(Qt::Key_2);
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT user_selected_index FROM ai_decisions"), "1");
    }

    void theSecondWindowClosesWithTheFirstAndKeepsItsPlace()
    {
        m_fixture->open();
        SecondWindow& window = openSecondWindow();
        window.setShows(SecondWindow::Shows::Champion);
        window.setGeometry(40, 50, 333, 222);
        window.close();
        QVERIFY(!action("compare.secondWindow")->isChecked());
        action("compare.secondWindow")->trigger();
        QVERIFY(window.isVisible());
        const QPointer<SecondWindow> watched(&window);
        m_fixture->window().close();
        QVERIFY(!watched || !watched->isVisible());
        m_fixture->closeWindow();
        QVERIFY(!watched);
        m_fixture->makeWindow();
        m_fixture->open();
        SecondWindow& again = openSecondWindow();
        QVERIFY(again.shows() == SecondWindow::Shows::Champion);
        QCOMPARE(again.size(), QSize(333, 222));
    }

private:
    LightTable& table() { return m_fixture->window().review().lightTable(); }
    QAction* action(const char* id) { return m_fixture->window().actions().action(id); }

    SecondWindow& openSecondWindow()
    {
        action("compare.secondWindow")->trigger();
        auto* const window = table().findChild<SecondWindow*>();
        if (!window || !QTest::qWaitForWindowExposed(window))
            throw std::runtime_error("there is no second window");
        return *window;
    }

    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers)
    {
        const auto send = [&](QEvent::Type type, QPoint at, Qt::MouseButtons buttons) {
            QMouseEvent event(type, QPointF(at), table().mapToGlobal(QPointF(at)),
                              type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, buttons, modifiers);
            QCoreApplication::sendEvent(&table(), &event);
        };
        send(QEvent::MouseButtonPress, from, Qt::LeftButton);
        for (int step = 1; step <= 4; ++step)
            send(QEvent::MouseMove, from + (to - from) * step / 4, Qt::LeftButton);
        send(QEvent::MouseButtonRelease, to, Qt::NoButton);
    }

    bool isSaid(const QString& text)
    {
        const auto labels = m_fixture->window().review().findChild<InspectorPanel*>()->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* one) { return one->text() == text && one->isVisible(); });
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
