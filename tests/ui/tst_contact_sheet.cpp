// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The contact sheet under hands: keys, mouse, wheel and band, over rows that are made up.
#include "tests/ui/fake_rows.h"
#include "ui/browse/contact_sheet.h"

#include <QApplication>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <memory>

using namespace ps;
using namespace ps::test;

namespace {

constexpr std::int64_t kMany = 20'000'000;

} // namespace

class TestContactSheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

    void cleanup() { m_sheet.reset(); }

    void aJumpToTheEndAsksOnlyForWhatIsSeen()
    {
        show(kMany);
        m_rows->asked = 0;
        QTest::keyClick(m_sheet.get(), Qt::Key_End);
        QCOMPARE(m_selection->current(), kMany - 1);
        paint();
        QVERIFY(m_rows->farthest == kMany - 1);
        QVERIFY2(m_rows->asked < 2000, qPrintable(QString::number(m_rows->asked)));
        QVERIFY(sees(kMany - 1));
    }

    void theBarReachesEveryRow_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("many columns") << 1200;
        QTest::newRow("one column") << 230;
    }

    void theBarReachesEveryRow()
    {
        QFETCH(const int, width);
        show(kMany, {}, QSize(width, 700));
        QScrollBar& bar = *m_sheet->verticalScrollBar();
        QVERIFY(bar.maximum() > 1'000'000);
        bar.setValue(bar.maximum());
        QCOMPARE(m_sheet->visiblePositions().end, kMany);
        QVERIFY(m_sheet->cellRect(kMany - 1).bottom() < m_sheet->viewport()->height());
        bar.setValue(bar.maximum() / 2);
        const std::int64_t middle = m_sheet->visiblePositions().first;
        QVERIFY(std::abs(middle - kMany / 2) < kMany / 100);
        bar.setValue(0);
        QCOMPARE(m_sheet->visiblePositions().first, 0);
    }

    void aNotchOfTheWheelScrollsALineEvenInTheFarthestPlace()
    {
        show(kMany, {}, QSize(230, 700));
        m_sheet->ensureVisible(kMany - 10);
        const std::int64_t before = m_sheet->top();
        wheel(120);
        QCOMPARE(before - m_sheet->top(), std::min<std::int64_t>(m_sheet->layoutOfCells().rowHeight(), 350));
    }

    void whatIsScrolledLooksLikeWhatIsPaintedAnew()
    {
        show(kMany, {0, 10, 500});
        QWidget* const view = m_sheet->viewport();
        m_selection->selectOnly(12);
        for (const int delta : {-30, -120, -45, 75, -1000, 120, 40}) {
            QTest::mouseMove(view, m_sheet->cellRect(m_sheet->visiblePositions().first + 2).center());
            wheel(delta);
            QEvent request(QEvent::UpdateRequest);
            QCoreApplication::sendEvent(m_sheet.get(), &request);
            const QImage seen = m_sheet->screen()->grabWindow(m_sheet->winId()).toImage();
            const QImage anew = m_sheet->grab().toImage();
            const QRect cells(QPoint(), view->size());
            QVERIFY(!seen.isNull());
            QCOMPARE(seen.convertToFormat(QImage::Format_RGB32).copy(cells),
                     anew.convertToFormat(QImage::Format_RGB32).copy(cells));
        }
    }

    void arrowsAndShiftSelect()
    {
        show(1000);
        const int columns = m_sheet->layoutOfCells().columns();
        press(Qt::Key_Right);
        press(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_selection->selected().ranges(), (std::vector<PositionRange>{{1, columns + 2}}));
        press(Qt::Key_Down, Qt::ControlModifier); // only looks
        QCOMPARE(m_selection->selected().count(), columns + 1);
        press(Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(m_selection->isSelected(2 * columns + 1));
        press(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_selection->selected().count(), 1000);
        m_selection->invert();
        QVERIFY(m_selection->selected().isEmpty());
        QCOMPARE(m_selection->current(), 2 * columns + 1); // stays
    }

    void clicksSelect()
    {
        show(1000);
        click(3);
        click(6, Qt::ShiftModifier);
        click(9, Qt::ControlModifier);
        QCOMPARE(m_selection->selected().ranges(), (std::vector<PositionRange>{{3, 7}, {9, 10}}));
        click(4); // one of the selected: only when the button goes up without a drag
        QCOMPARE(m_selection->selected().ranges(), (std::vector<PositionRange>{{4, 5}}));
        QTest::mouseClick(m_sheet->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(2, 2));
        QVERIFY(m_selection->selected().isEmpty());
        QCOMPARE(m_selection->current(), 4);
    }

    void aBandSelectsAndScrollsByItself()
    {
        show(5000);
        const QRect second = m_sheet->cellRect(1);
        const QRect below = m_sheet->cellRect(1 + m_sheet->layoutOfCells().columns());
        QWidget* const view = m_sheet->viewport();
        QTest::mousePress(view, Qt::LeftButton, Qt::NoModifier, second.topLeft() - QPoint(5, 5));
        drag(below.center());
        const int columns = m_sheet->layoutOfCells().columns();
        QCOMPARE(m_selection->selected().ranges(), (std::vector<PositionRange>{{1, 2}, {columns + 1, columns + 2}}));
        drag(QPoint(below.center().x(), view->height() + 300));
        QTRY_VERIFY(m_sheet->top() > 2000);
        QVERIFY(m_selection->isSelected(1)); // what scrolled away stays selected
        QTest::mouseRelease(view, Qt::LeftButton, Qt::NoModifier, below.center());
        const std::int64_t stopped = m_sheet->top();
        QTest::qWait(50);
        QCOMPARE(m_sheet->top(), stopped);
    }

    void pullingASelectedCellAsksForItsFiles()
    {
        show(100);
        QSignalSpy possible(m_sheet.get(), &ContactSheet::dragPossible);
        QSignalSpy wanted(m_sheet.get(), &ContactSheet::dragWanted);
        const QRect cell = m_sheet->cellRect(2);
        QTest::mousePress(m_sheet->viewport(), Qt::LeftButton, Qt::NoModifier, cell.center());
        QCOMPARE(possible.count(), 1);
        drag(cell.center() + QPoint(60, 0));
        QCOMPARE(wanted.count(), 1);
        QVERIFY(m_selection->isSelected(2));
        QTest::mouseRelease(m_sheet->viewport(), Qt::LeftButton, Qt::NoModifier, cell.center());
    }

    void theCurrentCellStaysInSightWhenCellsGrow()
    {
        show(kMany);
        m_selection->selectOnly(kMany / 3);
        m_sheet->ensureVisible(kMany / 3);
        for (const int notches : {5, -9, 20}) {
            wheel(notches * 120, Qt::ControlModifier);
            QVERIFY(sees(kMany / 3));
        }
        QCOMPARE(m_sheet->cellSize(), ContactSheet::kLargestCell);
        m_sheet->resize(500, 400);
        QVERIFY(sees(kMany / 3));
        QVERIFY(m_selection->isSelected(kMany / 3));
        m_sheet->setBands(true);
        paint();
        QVERIFY(m_sheet->cellRect(kMany / 3).right() < m_sheet->viewport()->width());
    }

    void sectionsDoNotHideTheCurrentCell()
    {
        show(1000, {0, 10, 500});
        for (int i = 0; i < 40; ++i)
            press(Qt::Key_Down);
        for (int i = 0; i < 80; ++i) {
            press(Qt::Key_Up);
            const int header = m_sheet->layoutOfCells().sizes().headerHeight;
            QVERIFY(m_sheet->cellRect(m_selection->current()).top() >= header);
        }
        QVERIFY(m_selection->current() < m_sheet->layoutOfCells().columns());
        QCOMPARE(m_sheet->top(), 0);
    }

    void aClickOnAHeaderSelectsItsSection()
    {
        show(1000, {0, 10, 500});
        const int below = m_sheet->cellRect(9).bottom() + 25; // the second header
        QTest::mouseClick(m_sheet->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(60, below));
        QCOMPARE(m_selection->selected().ranges(), (std::vector<PositionRange>{{10, 500}}));
        QTest::mouseClick(m_sheet->viewport(), Qt::LeftButton, Qt::ControlModifier, QPoint(60, 5));
        QCOMPARE(m_selection->selected().ranges(), (std::vector<PositionRange>{{0, 500}}));
        press(Qt::Key_End);
        QTest::mouseClick(m_sheet->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(60, 5)); // it stays at the top
        QCOMPARE(m_selection->selected().ranges(), (std::vector<PositionRange>{{500, 1000}}));
    }

    void otherRowsTakeThePlaceOfTheOld()
    {
        show(kMany);
        press(Qt::Key_End);
        m_rows->setRows(3);
        m_selection->reset(3, 0);
        paint();
        QCOMPARE(m_sheet->top(), 0);
        QCOMPARE(m_sheet->visiblePositions().end, 3);
        m_rows->setRows(0);
        m_selection->reset(0, 0);
        m_sheet->setEmptyText(QStringLiteral("Nothing"), QStringLiteral("at all"));
        paint();
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QCOMPARE(m_selection->current(), -1);
    }

    void returnAndDoubleClickOpen()
    {
        show(100);
        QSignalSpy opened(m_sheet.get(), &ContactSheet::activated);
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QTest::mouseDClick(m_sheet->viewport(), Qt::LeftButton, Qt::NoModifier, m_sheet->cellRect(5).center());
        QCOMPARE(opened.count(), 2);
        QCOMPARE(opened[0][0].toLongLong(), 1);
        QCOMPARE(opened[1][0].toLongLong(), 5);
    }

    void theCurrentCellIsRead()
    {
        show(kMany);
        press(Qt::Key_Right);
        const QString described = m_sheet->accessibleDescription();
        QVERIFY2(described.contains(QStringLiteral("IMG_1.jpg")), qPrintable(described));
        QVERIFY(described.contains(QLocale().toString(qlonglong{2})));
    }

private:
    void show(std::int64_t count, std::vector<std::int64_t> sections = {}, QSize size = QSize(1200, 700))
    {
        m_rows = std::make_unique<FakeRows>(count, std::move(sections));
        m_selection = std::make_unique<SheetSelection>();
        m_selection->reset(count, 0);
        m_sheet = std::make_unique<ContactSheet>(*m_rows, *m_selection, nullptr, *m_theme, nullptr);
        m_sheet->resize(size);
        m_sheet->show();
        m_sheet->setFocus();
        QVERIFY(QTest::qWaitForWindowExposed(m_sheet.get()));
    }

    void paint() { m_sheet->viewport()->grab(); }
    bool sees(std::int64_t position)
    {
        return m_sheet->viewport()->rect().intersects(m_sheet->cellRect(position)) &&
               m_sheet->cellRect(position).top() >= 0;
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(m_sheet.get(), key, modifiers);
    }
    void click(std::int64_t position, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mouseClick(m_sheet->viewport(), Qt::LeftButton, modifiers, m_sheet->cellRect(position).center());
    }
    void drag(const QPoint& place)
    {
        QWidget* const view = m_sheet->viewport();
        QMouseEvent event(QEvent::MouseMove, place, view->mapToGlobal(place), Qt::NoButton, Qt::LeftButton,
                          Qt::NoModifier);
        QCoreApplication::sendEvent(view, &event);
    }
    void wheel(int delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        const QPointF place = m_sheet->viewport()->rect().center();
        QWheelEvent event(place, m_sheet->viewport()->mapToGlobal(place), QPoint(), QPoint(0, delta), Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_sheet->viewport(), &event);
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeRows> m_rows;
    std::unique_ptr<SheetSelection> m_selection;
    std::unique_ptr<ContactSheet> m_sheet;
};

QTEST_MAIN(TestContactSheet)
#include "tst_contact_sheet.moc"
