// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The keys of Review, pressed in the real window; what counts is what another reader finds in the database.
#include "tests/ui/window_fixture.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"
#include "ui/shell/banner.h"
#include "ui/shell/find_box.h"

#include <QLineEdit>
#include <QSignalSpy>

using namespace ps;
using namespace ps::test;

namespace {

const std::string kLastRow = " FROM ai_decisions ORDER BY rowid DESC LIMIT 1";

} // namespace

class TestReviewKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void numbersKeepThePicture_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<std::string>("index");
        QTest::addColumn<std::string>("size");
        QTest::newRow("1") << int(Qt::Key_1) << std::string("0") << std::string("96x64");
        QTest::newRow("2") << int(Qt::Key_2) << std::string("1") << std::string("192x128");
        QTest::newRow("3") << int(Qt::Key_3) << std::string("2") << std::string("288x192");
        QTest::newRow("A") << int(Qt::Key_A) << std::string("0") << std::string("96x64");
        QTest::newRow("D") << int(Qt::Key_D) << std::string("2") << std::string("288x192");
    }
    void numbersKeepThePicture()
    {
        QFETCH(const int, key);
        QFETCH(const std::string, index);
        QFETCH(const std::string, size);
        m_fixture->open();
        m_fixture->press(static_cast<Qt::Key>(key));
        QTRY_VERIFY(m_fixture->shows(1)); // the next group comes by itself
        QTRY_VERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->rowCount(), 1);
        QCOMPARE(m_fixture->value("SELECT user_action" + kLastRow), "approve");
        QCOMPARE(m_fixture->value("SELECT user_selected_index" + kLastRow), index);
        QCOMPARE(m_fixture->value("SELECT image_width || 'x' || image_height" + kLastRow), size);
        QCOMPARE(m_fixture->value("SELECT coalesce(ai_selected_index, 'null') || coalesce(ai_crop_accepted, 'null')" +
                                  kLastRow),
                 "nullnull");
    }

    void aKeyOfAPictureThatIsNotThereDoesNothing()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_4);
        m_fixture->press(Qt::Key_F);
        QVERIFY(m_fixture->isSaved());
        QVERIFY(m_fixture->shows(0));
        QCOMPARE(m_fixture->rowCount(), 0);
    }

    void rejectKeepsNone()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_X);
        QTRY_VERIFY(m_fixture->shows(1));
        QTRY_VERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT user_action" + kLastRow), "reject");
        QCOMPARE(m_fixture->value("SELECT selection_match IS NULL" + kLastRow), "1");
    }

    void cropLaterWritesARowWithoutCoordinates()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_W, Qt::ShiftModifier);
        QTRY_VERIFY(m_fixture->shows(1));
        QTRY_VERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT user_action || user_selected_index" + kLastRow), "crop1");
        QCOMPARE(m_fixture->value("SELECT final_crop_coords IS NULL AND crop_timestamp IS NULL" + kLastRow), "1");
    }

    void undoGoesBackAndRedoDoesItAgain()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_2);
        QTRY_VERIFY(m_fixture->shows(1));
        QTRY_VERIFY(m_fixture->isSaved());
        m_fixture->press(Qt::Key_Z);
        QTRY_COMPARE(m_fixture->rowCount(), 0);
        QTRY_VERIFY(m_fixture->shows(0));
        m_fixture->press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(m_fixture->rowCount(), 1);
        QCOMPARE(m_fixture->value("SELECT user_selected_index" + kLastRow), "1");
    }

    void undoRightBehindADecisionTakesThatOneBack()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_2);
        m_fixture->press(Qt::Key_Z); // before the decision is durable
        QTRY_COMPARE(m_fixture->value("SELECT count(*) FROM ps_ledger WHERE kind='undo'"), "1");
        QTRY_VERIFY(m_fixture->shows(0) && m_fixture->isSaved());
        QCOMPARE(m_fixture->rowCount(), 0);
        QCOMPARE(m_fixture->value("SELECT group_concat(kind) FROM ps_ledger WHERE seq > 1"), "decide,undo");
    }

    void closingStoresWhatWasDecided()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_1);
        QTRY_VERIFY(m_fixture->shows(1));
        m_fixture->press(Qt::Key_X);
        m_fixture->closeWindow();
        QCOMPARE(m_fixture->rowCount(), 2);
    }

    void aDecisionThatCannotBeStoredComesBack()
    {
        m_fixture->open();
        {
            const Connection other = must(Connection::open(m_fixture->project().databasePath(), OpenMode::ReadWrite));
            PS_CHECK_OK(
                other.execute("CREATE TRIGGER full BEFORE INSERT ON ai_decisions BEGIN SELECT RAISE(FAIL, 'no'); END"));
        }
        m_fixture->press(Qt::Key_1);
        QTRY_VERIFY(m_fixture->window().banner().isVisible());
        QTRY_VERIFY(m_fixture->shows(0));
        QCOMPARE(m_fixture->failedDecisions(), 1);
        {
            const Connection other = must(Connection::open(m_fixture->project().databasePath(), OpenMode::ReadWrite));
            PS_CHECK_OK(other.execute("DROP TRIGGER full"));
        }
        m_fixture->press(Qt::Key_1);
        QTRY_COMPARE(m_fixture->rowCount(), 1);
        QTRY_COMPARE(m_fixture->failedDecisions(), 0);
        QTRY_VERIFY(!m_fixture->window().banner().isVisible());
    }

    void aChangeOfMindKeepsTheGroupId()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_1);
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        const std::string id = m_fixture->value("SELECT group_id" + kLastRow);
        m_fixture->press(Qt::Key_Left);
        QTRY_VERIFY(m_fixture->shows(0));
        m_fixture->press(Qt::Key_X);
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        QTRY_COMPARE(m_fixture->value("SELECT user_action" + kLastRow), "reject");
        QCOMPARE(m_fixture->value("SELECT group_id" + kLastRow), id);
        QCOMPARE(m_fixture->rowCount(), 1);
    }

    void aHeldKeyDecidesOnce()
    {
        m_fixture->open();
        QWidget* const table = &m_fixture->window().review().lightTable();
        m_fixture->press(Qt::Key_1);
        for (int i = 0; i < 5; ++i) {
            QKeyEvent repeat(QEvent::KeyPress, Qt::Key_1, Qt::NoModifier, QStringLiteral("1"), true);
            QCoreApplication::sendEvent(table, &repeat);
        }
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        QCOMPARE(m_fixture->rowCount(), 1);
    }

    void keysOfAnotherAlphabetCountByTheirPlace()
    {
        m_fixture->open();
        constexpr quint32 scanCodeOfX = 53; // on X11 and Wayland
        QKeyEvent cyrillic(QEvent::KeyPress, 0x427, Qt::NoModifier, scanCodeOfX, 0, 0, QStringLiteral("ч"));
        QCoreApplication::sendEvent(&m_fixture->window().review().lightTable(), &cyrillic);
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT user_action" + kLastRow), "reject");
    }

    void arrowsAndSpaceOnlyLook()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_Space);
        QTRY_VERIFY(m_fixture->shows(1));
        m_fixture->press(Qt::Key_Right);
        QTRY_VERIFY(m_fixture->shows(2));
        m_fixture->press(Qt::Key_Left);
        QTRY_VERIFY(m_fixture->shows(1));
        m_fixture->press(Qt::Key_End);
        QTRY_VERIFY(m_fixture->shows(4));
        m_fixture->press(Qt::Key_Home);
        QTRY_VERIFY(m_fixture->shows(0));
        m_fixture->press(Qt::Key_Tab);
        QCOMPARE(m_fixture->window().review().lightTable().focusedIndex(), 1);
        QCOMPARE(m_fixture->rowCount(), 0);
    }

    void decidingSkipsWhatIsDecided()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_Space);
        QTRY_VERIFY(m_fixture->shows(1));
        m_fixture->press(Qt::Key_1);
        QTRY_VERIFY(m_fixture->shows(2) && m_fixture->isSaved());
        m_fixture->press(Qt::Key_Home);
        QTRY_VERIFY(m_fixture->shows(0));
        m_fixture->press(Qt::Key_1);
        QTRY_VERIFY(m_fixture->shows(2)); // the group at 1 has its decision
    }

    void theLastDecisionSaysSo()
    {
        m_fixture->open();
        QSignalSpy finished(&m_fixture->window().review(), &ReviewView::everythingDecided);
        for (int group = 0; group < 5; ++group) {
            QTRY_VERIFY(m_fixture->shows(group));
            m_fixture->press(group % 2 == 0 ? Qt::Key_1 : Qt::Key_X);
        }
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(m_fixture->rowCount(), 5);
        QVERIFY(m_fixture->window().banner().isVisible());
    }

    void findGoesToTheGroupWithTheName()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_Slash);
        auto* const box = m_fixture->window().findChild<FindBox*>();
        QTRY_VERIFY(box->isVisible());
        auto* const line = box->findChild<QLineEdit*>();
        QTest::keyClicks(line, QString::fromStdString(ProjectFixture::stamp(4)));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(m_fixture->shows(3));
        QVERIFY(line->hasFocus()); // the next word is meant for it as well
        QTest::keyClicks(line, QStringLiteral("xyz"));
        QTest::keyClick(line, Qt::Key_Return);
        QTest::keyClick(line, Qt::Key_Escape);
        QVERIFY(!box->isVisible());
        QCOMPARE(m_fixture->rowCount(), 0); // typing in the box decided nothing
    }

    void aSetOfMoreThanFourIsSplitFirst()
    {
        m_fixture->addSet(20, 6);
        m_fixture->open();
        m_fixture->press(Qt::Key_End);
        QTRY_VERIFY(m_fixture->shows(5));
        m_fixture->press(Qt::Key_1);
        QCOMPARE(m_fixture->rowCount(), 0);
        m_fixture->press(Qt::Key_B);
        QTRY_COMPARE(m_fixture->window().controller().counts().total(), 7);
        QTRY_VERIFY(m_fixture->window().review().lightTable().imageCount() <= 4);
    }

    void anUnreadablePictureIsSaidAndTheOthersCanBeKept()
    {
        m_fixture->project().addFile(ProjectFixture::imageName(30, "1", 0), "not a picture at all");
        m_fixture->project().addFile(
            ProjectFixture::imageName(30, "2", 1),
            m_fixture->project().folder().read("ws/photos/" + ProjectFixture::imageName(1, "1.5", 1)));
        m_fixture->open();
        m_fixture->press(Qt::Key_End);
        QTRY_VERIFY(m_fixture->shows(5));
        const LightTable& table = m_fixture->window().review().lightTable();
        QVERIFY(table.pictureOf(0)->error.has_value());
        m_fixture->press(Qt::Key_1); // what nobody can see cannot be kept
        m_fixture->press(Qt::Key_Q);
        QVERIFY(m_fixture->isSaved());
        QVERIFY(!m_fixture->window().review().isCropping());
        m_fixture->press(Qt::Key_2);
        QTRY_VERIFY(m_fixture->isSaved());
        QTRY_COMPARE(m_fixture->rowCount(), 1);
        QCOMPARE(m_fixture->value("SELECT user_selected_index || image_width" + kLastRow), "1192");
    }

private:
    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestReviewKeys)
#include "tst_review_keys.moc"
