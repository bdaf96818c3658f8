// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Browse in the window: filter, select, decide and undo with keys.
#include "tests/ui/window_fixture.h"
#include "ui/browse/batch_dialog.h"
#include "ui/browse/browse_view.h"
#include "ui/browse/contact_sheet.h"
#include "ui/browse/row_table.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QUrl>

using namespace ps;
using namespace ps::test;

class TestBrowse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(6); }
    void cleanup() { m_fixture.reset(); }

    void aWholeSelectionIsDecidedAndUndoneWithKeys()
    {
        openBrowse();
        press(Qt::Key_2); // the first group alone, at once
        QTRY_COMPARE(m_fixture->rowCount(), 1);
        press(Qt::Key_Slash);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("state:undecided"));
        press(Qt::Key_Return);
        QTRY_VERIFY(list().isListed() && list().source().count() == 5);
        QVERIFY(browse().sheet().hasFocus());

        press(Qt::Key_A, Qt::ControlModifier);
        QVERIFY2(browse().targetText().contains(QStringLiteral("5")), qPrintable(browse().targetText()));
        press(Qt::Key_3);
        QTRY_VERIFY(dialog() && dialog()->plan());
        QCOMPARE(dialog()->plan()->decided(), 5);
        QCOMPARE(dialog()->plan()->firstDecisions(), 5);
        QTest::keyClick(dialog(), Qt::Key_Return);
        QTRY_VERIFY(!dialog());
        QTRY_COMPARE(m_fixture->rowCount(), 6);
        QCOMPARE(m_fixture->value("SELECT count(*) FROM ai_decisions WHERE user_selected_index=2"), "5");
        QTRY_COMPARE(list().source().changedCount(), 5);
        QCOMPARE(list().source().count(), 5); // they stay under the hand

        m_fixture->window().activateWindow(); // there is no window manager that would
        QTRY_VERIFY(browse().sheet().hasFocus());
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(m_fixture->rowCount(), 1);
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(m_fixture->rowCount(), 0);
    }

    void aDecidedGroupLeavesTheListOnlyWhenItIsMadeAnew()
    {
        openBrowse();
        filter(QStringLiteral("state:undecided"), 6);
        press(Qt::Key_Right);
        press(Qt::Key_X);
        QTRY_COMPARE(list().source().changedCount(), 1);
        QTRY_VERIFY(list().source().known(1) && list().source().known(1)->state == GroupState::Rejected);
        QCOMPARE(list().source().count(), 6);
        QCOMPARE(list().selection().current(), 1);
        list().refresh();
        QTRY_VERIFY(list().isListed() && list().source().count() == 5);
        QCOMPARE(list().selection().current(), 1); // the next one has taken its place
    }

    void theSelectionIsFoundAgainInAnotherList()
    {
        openBrowse();
        press(Qt::Key_End);
        press(Qt::Key_Left, Qt::ShiftModifier);
        const std::string key = list().source().known(4)->key;
        sortBy({GroupSort::By::Name, true});
        QCOMPARE(list().selection().selected().ranges(), (std::vector<PositionRange>{{0, 2}}));
        QTRY_VERIFY(list().source().entry(list().selection().current()));
        QCOMPARE(list().source().known(list().selection().current())->key, key);
    }

    void aProjectRemembersItsFilter()
    {
        openBrowse();
        filter(QStringLiteral("images>2 -state:rejected"), 6);
        sortBy({GroupSort::By::Name, true});
        m_fixture->closeWindow();
        m_fixture->makeWindow();
        openBrowse();
        QCOMPARE(list().query().text, std::string("images>2 -state:rejected"));
        QCOMPARE(list().query().sort, (GroupSort{GroupSort::By::Name, true}));
        QCOMPARE(browse().filter().field().text(), QStringLiteral("images>2 -state:rejected"));
    }

    void nothingMatchesAndNothingHappens()
    {
        openBrowse();
        filter(QStringLiteral("state:rejected"), 0);
        press(Qt::Key_1);
        press(Qt::Key_X);
        press(Qt::Key_D, Qt::ControlModifier);
        press(Qt::Key_Return);
        QVERIFY(!dialog());
        QVERIFY(m_fixture->window().browse().isVisible());
        QCOMPARE(m_fixture->rowCount(), 0);
        filter(QString(), 6);
    }

    void whyAGroupIsNotDecidedIsSaid()
    {
        openBrowse();
        QSignalSpy said(&browse(), &BrowseView::said);
        press(Qt::Key_4); // there are three
        QTRY_COMPARE(said.count(), 1);
        QCOMPARE(said.first().first().toString(),
                 BrowseView::tr("Not decided: %1").arg(skipText(BatchSkip::NoSuchImage, 1)));
        QCOMPARE(m_fixture->rowCount(), 0);
    }

    void theFilesOfTheSelectionAreCopied()
    {
        openBrowse();
        press(Qt::Key_Right, Qt::ShiftModifier);
        QApplication::clipboard()->setText(QStringLiteral("before"));
        press(Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QApplication::clipboard()->mimeData()->urls().size(), 6); // two groups of three
        const QString first = QApplication::clipboard()->mimeData()->urls().first().toLocalFile();
        QVERIFY2(QFile::exists(first), qPrintable(first));
        QVERIFY(QApplication::clipboard()->text().startsWith(first));
    }

    void returnOpensReviewAndComesBack()
    {
        openBrowse();
        press(Qt::Key_Right);
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QTRY_VERIFY(m_fixture->shows(2));
        press(Qt::Key_Right);
        QTRY_VERIFY(m_fixture->shows(3));
        m_fixture->window().showWorkplace(MainWindow::WorkplaceBrowse);
        QTRY_COMPARE(list().selection().current(), 3);
    }

    void theTableSharesTheSelection()
    {
        openBrowse();
        press(Qt::Key_Right);
        press(Qt::Key_Right, Qt::ShiftModifier);
        press(Qt::Key_T);
        QVERIFY(browse().table() && browse().table()->isVisible());
        QCOMPARE(browse().table()->selectionModel()->selection().size(), 1);
        QCOMPARE(browse().table()->selectionModel()->selection().first().top(), 1);
        QTest::keyClick(browse().table(), Qt::Key_Down);
        QTest::keyClick(browse().table(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(list().selection().selected().ranges(), (std::vector<PositionRange>{{3, 5}}));
        QCOMPARE(list().selection().current(), 4);
        press(Qt::Key_G);
        QVERIFY(browse().sheet().isVisible());
        QCOMPARE(list().selection().selected().count(), 2);
        press(Qt::Key_B);
        QVERIFY(browse().sheet().hasBands());
        QTRY_VERIFY(list().source().images(1) && list().source().images(1)->size() == 3);
    }

    void viewingDecidesNothing()
    {
        m_fixture->open();
        m_fixture->window().controller().open(m_fixture->address(), ProjectController::Access::View);
        QTRY_VERIFY(m_fixture->window().controller().isViewing());
        m_fixture->window().showWorkplace(MainWindow::WorkplaceBrowse);
        QTRY_VERIFY(list().isListed());
        press(Qt::Key_1);
        press(Qt::Key_D, Qt::ControlModifier);
        QVERIFY(!dialog());
        QCOMPARE(m_fixture->rowCount(), 0);
    }

private:
    BrowseView& browse() { return m_fixture->window().browse(); }
    BrowseList& list() { return browse().list(); }
    BatchDialog* dialog() { return browse().findChild<BatchDialog*>(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { m_fixture->press(key, modifiers); }

    void openBrowse()
    {
        m_fixture->open();
        m_fixture->window().showWorkplace(MainWindow::WorkplaceBrowse);
        QTRY_VERIFY(list().isListed() && !m_fixture->window().controller().isBusy());
        QTRY_VERIFY(list().source().entry(0));
        QTRY_COMPARE(list().ordinalOf(list().selection().current()), 0);
    }
    void filter(const QString& text, std::int64_t count)
    {
        GroupQuery query = list().query();
        query.text = text.toStdString();
        list().setQuery(query);
        QTRY_VERIFY(list().isListed() && list().source().count() == count);
        if (count > 0)
            QTRY_VERIFY(list().source().entry(0));
    }
    void sortBy(GroupSort sort)
    {
        GroupQuery query = list().query();
        query.sort = sort;
        list().setQuery(query);
        QTRY_VERIFY(list().isListed());
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestBrowse)
#include "tst_browse.moc"
