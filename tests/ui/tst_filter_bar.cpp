// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The filter bar: mistakes are shown and change nothing, chips and text are the same thing.
#include "ui/browse/filter_bar.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace ps;

class TestFilterBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

    void init()
    {
        m_bar = std::make_unique<FilterBar>(*m_theme, nullptr);
        m_bar->resize(1000, 100);
        m_bar->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_bar.get()));
        m_bar->focusFilter();
    }
    void cleanup() { m_bar.reset(); }

    void aMistakeIsShownAndTheListStays()
    {
        QSignalSpy changed(m_bar.get(), &FilterBar::queryChanged);
        type(QStringLiteral("state:undecided"));
        QCOMPARE(changed.count(), 1);
        type(QStringLiteral("state:nonsense"));
        QCOMPARE(changed.count(), 1);
        QVERIFY(errorLabel().isVisible());
        QVERIFY2(errorLabel().text().contains(QStringLiteral("undecided")), qPrintable(errorLabel().text()));
        QCOMPARE(m_bar->query().text, std::string("state:undecided"));
        type(QStringLiteral("state:rejected"));
        QVERIFY(!errorLabel().isVisible());
        QCOMPARE(changed.count(), 2);
    }

    void escapeTakesTheMistakeBack()
    {
        QSignalSpy left(m_bar.get(), &FilterBar::left);
        type(QStringLiteral("images>2"));
        QTest::keyClicks(&m_bar->field(), QStringLiteral(" (("));
        QTest::keyClick(&m_bar->field(), Qt::Key_Return);
        QVERIFY(errorLabel().isVisible());
        const auto before = left.count();
        QTest::keyClick(&m_bar->field(), Qt::Key_Escape);
        QCOMPARE(left.count(), before + 1);
        QCOMPARE(m_bar->field().text(), QStringLiteral("images>2"));
        QVERIFY(!errorLabel().isVisible());
    }

    void typingAsksOnlyWhenTheHandRests()
    {
        QSignalSpy changed(m_bar.get(), &FilterBar::queryChanged);
        QTest::keyClicks(&m_bar->field(), QStringLiteral("IMG"));
        QCOMPARE(changed.count(), 0);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(m_bar->query().text, std::string("IMG"));
    }

    void clearingShowsEverythingAtOnce()
    {
        type(QStringLiteral("IMG"));
        QSignalSpy changed(m_bar.get(), &FilterBar::queryChanged);
        m_bar->field().clear();
        QCOMPARE(changed.count(), 1);
        QVERIFY(m_bar->query().text.empty());
    }

    void aChipIsAConditionInTheText()
    {
        GroupCounts counts;
        counts.groups = 12;
        counts.byState[0] = 7;
        m_bar->setCounts(counts);
        type(QStringLiteral("IMG images>2"));
        counts.unmatchedRows = 30; // the list that a chip gives holds them too
        counts.unmatchedByState[static_cast<std::size_t>(GroupState::Approved)] = 30;
        m_bar->setCounts(counts);
        QVERIFY(chip(QStringLiteral("30")));
        counts.byState[static_cast<std::size_t>(GroupState::Tie)] = 5; // rare, and there is one now
        m_bar->setCounts(counts);
        QVERIFY(chip(QStringLiteral("5")));
        QToolButton* const undecided = chip(QStringLiteral("7"));
        QVERIFY(undecided);
        undecided->click();
        QCOMPARE(m_bar->query().text, std::string("IMG images>2 state:undecided"));
        QVERIFY(undecided->isChecked());
        undecided->click(); // and back
        QCOMPARE(m_bar->query().text, std::string("IMG images>2"));
        QVERIFY(!undecided->isChecked());
        type(QStringLiteral("state:undecided"));
        QVERIFY(undecided->isChecked());
        chip(QStringLiteral("42"))->click();
        QVERIFY(m_bar->query().text.empty() || m_bar->field().text().isEmpty());
    }

    void tokensOfStates_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("token");
        QTest::addColumn<QString>("result");
        QTest::newRow("into nothing") << "" << "state:rejected" << "state:rejected";
        QTest::newRow("in place of another") << "a state:rejected b" << "state:cropped" << "a b state:cropped";
        QTest::newRow("away") << "a state:rejected" << "" << "a";
        QTest::newRow("beside an or") << "a or b" << "state:cropped" << "(a or b) state:cropped";
        QTest::newRow("everything") << "\"a b\" or c" << "" << "";
    }

    void tokensOfStates()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, token);
        QFETCH(const QString, result);
        const std::string with = withStateToken(text.toStdString(), token.toStdString());
        QCOMPARE(QString::fromStdString(with), result);
        QVERIFY(parseGroupQuery(with));
    }

private:
    QLabel& errorLabel()
    {
        for (QLabel* label : m_bar->findChildren<QLabel*>()) {
            if (label->property("attention").toBool())
                return *label;
        }
        qFatal("there is no label for mistakes");
    }
    QToolButton* chip(const QString& number)
    {
        for (QToolButton* button : m_bar->findChildren<QToolButton*>()) {
            if (button->property("choice").toBool() && button->text().endsWith(QLatin1Char(' ') + number))
                return button;
        }
        return nullptr;
    }
    void type(const QString& text)
    {
        m_bar->focusFilter();
        QTest::keyClicks(&m_bar->field(), text);
        QTest::keyClick(&m_bar->field(), Qt::Key_Return);
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FilterBar> m_bar;
};

QTEST_MAIN(TestFilterBar)
#include "tst_filter_bar.moc"
