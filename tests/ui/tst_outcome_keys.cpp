// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said beside a decision, by keys in the real window; what counts is what another reader finds in the database.
#include "tests/ui/window_fixture.h"
#include "ui/crop/crop_canvas.h"
#include "ui/crop/crop_editor.h"
#include "ui/review/light_table.h"
#include "ui/review/note_editor.h"
#include "ui/review/review_view.h"

#include <QKeyEvent>

#include <map>

using namespace ps;
using namespace ps::test;

namespace {

const std::string kOutcome = "SELECT outcome FROM ps_outcomes LIMIT 1";

} // namespace

class TestOutcomeKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(4); }
    void cleanup() { m_fixture.reset(); }

    void outcomesAreStoredWithoutARow_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("isShifted");
        QTest::addColumn<std::string>("outcome");
        QTest::newRow("tie") << int(Qt::Key_T) << false << std::string("tie");
        QTest::newRow("cannot judge") << int(Qt::Key_X) << true << std::string("cannot_judge");
        QTest::newRow("skip") << int(Qt::Key_S) << true << std::string("skip");
    }
    void outcomesAreStoredWithoutARow()
    {
        QFETCH(const int, key);
        QFETCH(const bool, isShifted);
        QFETCH(const std::string, outcome);
        m_fixture->open();
        m_fixture->press(static_cast<Qt::Key>(key), isShifted ? Qt::ShiftModifier : Qt::NoModifier);
        QTRY_VERIFY(m_fixture->shows(1));
        QTRY_VERIFY(m_fixture->isSaved());
        QTRY_COMPARE(m_fixture->value(kOutcome), outcome);
        QCOMPARE(m_fixture->rowCount(), 0);
        m_fixture->press(Qt::Key_Z);
        QTRY_COMPARE(m_fixture->value("SELECT count(*) FROM ps_outcomes"), std::string("0"));
        QTRY_VERIFY(m_fixture->shows(0)); // back where it was said
        m_fixture->press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(m_fixture->value(kOutcome), outcome);
    }

    void aTieIsLeftOutOfTheWalkAndASkipComesLast()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_S, Qt::ShiftModifier);
        QTRY_VERIFY(m_fixture->shows(1));
        m_fixture->press(Qt::Key_T);
        QTRY_VERIFY(m_fixture->shows(2));
        m_fixture->press(Qt::Key_1);
        QTRY_VERIFY(m_fixture->shows(3));
        m_fixture->press(Qt::Key_1);
        QTRY_VERIFY(m_fixture->isSaved());
        QTRY_VERIFY(m_fixture->shows(0)); // the skipped one; the tie is settled
        m_fixture->press(Qt::Key_1);
        QTRY_COMPARE(m_fixture->rowCount(), 3);
        QCOMPARE(m_fixture->value("SELECT group_concat(outcome) FROM ps_outcomes"), std::string("tie"));
    }

    void aRejectIsAllBad()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_X);
        QTRY_COMPARE(m_fixture->value(kOutcome), std::string("all_bad"));
        QCOMPARE(m_fixture->value("SELECT user_action FROM ai_decisions"), std::string("reject"));
    }

    void aFlagIsTurnedOnAndOffAndTheGroupStays()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_F, Qt::ShiftModifier);
        QTRY_COMPARE(m_fixture->value("SELECT count(*) FROM ps_flags"), std::string("1"));
        QTRY_VERIFY(table().group()->detail.marks.flag);
        QVERIFY(m_fixture->shows(0));
        m_fixture->press(Qt::Key_F, Qt::ShiftModifier);
        QTRY_COMPARE(m_fixture->value("SELECT count(*) FROM ps_flags"), std::string("0"));
    }

    void aNoteIsWrittenAndItsLettersDecideNothing()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_M, Qt::ShiftModifier);
        auto* const editor = m_fixture->window().findChild<NoteEditor*>();
        QTRY_VERIFY(editor->isVisible() && editor->hasFocus());
        QTest::keyClicks(editor, QStringLiteral("1 2 x t? soft"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(m_fixture->value("SELECT note FROM ps_notes"), std::string("1 2 x t? soft"));
        QCOMPARE(m_fixture->rowCount(), 0);
        QCOMPARE(m_fixture->value("SELECT count(*) FROM ps_outcomes"), std::string("0"));
        QTRY_VERIFY(table().hasFocus() && !editor->isVisible());
        QTRY_VERIFY(table().group()->detail.marks.note);

        m_fixture->press(Qt::Key_M, Qt::ShiftModifier);
        QTRY_VERIFY(editor->hasFocus());
        QCOMPARE(editor->toPlainText(), QStringLiteral("1 2 x t? soft"));
        QTest::keyClicks(editor, QStringLiteral(" and more"));
        QTest::keyClick(editor, Qt::Key_Escape);
        QVERIFY(!editor->isVisible());
        QCOMPARE(m_fixture->value("SELECT note FROM ps_notes"), std::string("1 2 x t? soft"));
    }

    void aKeyThatIsHeldActsOnce()
    {
        // Over the whole table: whatever decides, marks or undoes does not repeat.
        m_fixture->open();
        const ActionTable& actions = m_fixture->window().actions();
        for (const ActionInfo& info : actionTable()) {
            const QString id = QLatin1String(info.id);
            const bool onlyLooks = id.startsWith(QLatin1String("go.")) || id.startsWith(QLatin1String("view.")) ||
                                   id.startsWith(QLatin1String("browse.")) || id == QLatin1String("compare.less") ||
                                   id == QLatin1String("compare.more");
            QVERIFY2(!actions.action(info.id)->autoRepeat() || onlyLooks, info.id);
        }
        for (const auto& [key, modifiers] : std::map<Qt::Key, Qt::KeyboardModifiers>{
                 {Qt::Key_T, Qt::NoModifier}, {Qt::Key_S, Qt::ShiftModifier}, {Qt::Key_1, Qt::NoModifier}}) {
            for (int i = 0; i < 5; ++i) {
                QKeyEvent held(QEvent::KeyPress, key, modifiers, {}, true);
                QApplication::sendEvent(&table(), &held);
            }
        }
        QVERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->rowCount(), 0);
        QCOMPARE(m_fixture->value("SELECT count(*) FROM ps_outcomes"), std::string("0"));
        QVERIFY(m_fixture->shows(0));
    }

    // ---- crops for the other pictures

    void aCropIsTakenOverByTheSamePartOfAnotherPicture()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_Q); // of the first, which is 96 x 64
        CropCanvas& canvas = review().cropEditor().canvas();
        QTRY_VERIFY(review().isCropping() && canvas.isPictureReady());
        QVERIFY(!table().ghostOn(1));
        canvas.setRatio({CropRatio::Kind::Free, 1, 1});
        canvas.setBox({24, 16, 72, 48});
        m_fixture->press(Qt::Key_Escape);
        QTRY_VERIFY(!review().isCropping());
        QVERIFY(!table().ghostOn(0)); // drawn there
        QVERIFY(table().ghostOn(1) && table().ghostOn(2));
        m_fixture->press(Qt::Key_3, Qt::ShiftModifier);
        QTRY_COMPARE(m_fixture->rowCount(), 1);
        QCOMPARE(m_fixture->value("SELECT user_action || user_selected_index FROM ai_decisions"), std::string("crop2"));
        QCOMPARE(m_fixture->value("SELECT x1 || ' ' || y1 || ' ' || x2 || ' ' || y2 FROM ps_crops"),
                 std::string("72 48 216 144"));
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved()); // the row can be read before its writer says so
        QVERIFY(!table().ghostOn(1));                             // another group has its own
        m_fixture->press(Qt::Key_2, Qt::ShiftModifier);
        QVERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->rowCount(), 1); // nothing to take over
    }

    void limitsAreStoredWithTheCrop()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_E);
        CropCanvas& canvas = review().cropEditor().canvas();
        QTRY_VERIFY(review().isCropping() && canvas.isPictureReady());
        canvas.setRatio({CropRatio::Kind::Free, 1, 1});
        canvas.setBox({64, 32, 224, 160});
        m_fixture->press(Qt::Key_T);
        QVERIFY(canvas.target() == CropTarget::MustKeep);
        QCOMPARE(canvas.property("keyTarget").toString(), CropEditor::tr("what must be kept"));
        m_fixture->press(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY((canvas.box().box() == PixelBox{64, 32, 224, 160})); // the crop is not what the key was about
        m_fixture->press(Qt::Key_Return);
        QTRY_COMPARE(m_fixture->value("SELECT count(*) FROM ps_crop_tolerances WHERE inner_x1 > crop_x1 AND outer_x1 < "
                                      "crop_x1 AND image_index = 2"),
                     std::string("1"));
    }

private:
    ReviewView& review() { return *m_fixture->window().findChild<ReviewView*>(); }
    LightTable& table() { return review().lightTable(); }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestOutcomeKeys)
#include "tst_outcome_keys.moc"
