// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What people see of suggestions, and what is stored about it, in the real window.
#include "core/library/suggestion_settings.h"
#include "core/library/suggestions.h"
#include "core/suggest/suggestion_watch.h"
#include "tests/ui/window_fixture.h"
#include "ui/common/live_suggestions.h"
#include "ui/review/inspector_panel.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"
#include "ui/shell/banner.h"

#include <QImage>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>

#include <functional>

using namespace ps;
using namespace ps::test;

namespace {

constexpr int kGroups = 4;
const std::string kLastView = " FROM ps_suggestion_views ORDER BY ledger_seq DESC LIMIT 1";
const std::string kLastRow = " FROM ai_decisions ORDER BY rowid DESC LIMIT 1";

} // namespace

class TestSuggestionsShown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(kGroups); }
    void cleanup() { m_fixture.reset(); }

    void aShownSuggestionIsInTheRow()
    {
        openWith(0.9, [](SuggestionSettings& settings) { settings.hiddenShare = 0; });
        QTRY_VERIFY(table().hasPaintedSuggestion());
        m_fixture->press(Qt::Key_2);
        QTRY_VERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT ai_selected_index || ' ' || ai_confidence" + kLastRow), "1 0.9");
        QCOMPARE(m_fixture->value("SELECT arm || ' ' || was_visible || ' ' || model_id || ' ' || selected_index" +
                                  kLastView),
                 "shown 1 ranker_v1 1");
        QCOMPARE(m_fixture->value("SELECT scores" + kLastView), "[0.1, 0.9, 0.2]");
    }

    void whatIsHeldBackIsNowhereOnTheScreen_data()
    {
        QTest::addColumn<double>("confidence");
        QTest::addColumn<std::string>("arm");
        QTest::newRow("hidden") << 0.9 << std::string("hidden");
        QTest::newRow("below bar") << 0.5 << std::string("below bar");
        QTest::newRow("suspended") << 0.9 << std::string("suspended");
    }
    void whatIsHeldBackIsNowhereOnTheScreen()
    {
        QFETCH(const double, confidence);
        QFETCH(const std::string, arm);
        // What the same window paints when there is no suggestion at all.
        const QImage without = openedWindow([](SuggestionSettings&) {}, {});
        m_fixture = std::make_unique<WindowFixture>(kGroups);
        const QImage heldBack = openedWindow(settingsFor(arm), confidence);
        QVERIFY(!table().hasPaintedSuggestion());
        QCOMPARE(heldBack, without); // not one pixel
        m_fixture->press(Qt::Key_2);
        QTRY_VERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT coalesce(ai_selected_index, 'null') || coalesce(ai_crop_coords, 'null') || "
                                  "coalesce(ai_confidence, 'null') || coalesce(ai_crop_accepted, 'null')" +
                                  kLastRow),
                 "nullnullnullnull");
        QCOMPARE(m_fixture->value("SELECT arm || ' ' || was_visible || ' ' || image_index" + kLastView), arm + " 0 1");
        // The control: one that is shown does change the picture.
        m_fixture = std::make_unique<WindowFixture>(kGroups);
        const QImage shown = openedWindow([](SuggestionSettings& settings) { settings.hiddenShare = 0; }, 0.9);
        QVERIFY(shown != without);
    }

    void ofAHiddenOneTheInspectorSaysNothingBeforeAndSoAfter()
    {
        openWith(0.9, settingsFor("hidden"));
        QVERIFY(!says(QStringLiteral("90 %")) && !says(QStringLiteral("measure")));
        m_fixture->press(Qt::Key_2);
        QTRY_VERIFY(m_fixture->shows(1));
        QTRY_VERIFY(m_fixture->isSaved());
        m_fixture->press(Qt::Key_Left);
        QTRY_VERIFY(m_fixture->shows(0));
        QTRY_VERIFY(says(QStringLiteral("measure")));
        QVERIFY(!table().hasPaintedSuggestion()); // told in words, and still not on the picture
        m_fixture->press(Qt::Key_3);
        QTRY_VERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT arm || ' ' || is_first" + kLastView), "hidden 0");
        QCOMPARE(m_fixture->value("SELECT coalesce(ai_selected_index, 'null')" + kLastRow), "null");
    }

    void theInspectorSaysWhyThereIsNone()
    {
        openWith(0.5, [](SuggestionSettings& settings) { settings.hiddenShare = 0; });
        QTRY_VERIFY(says(QStringLiteral("below your bar of 60 %")));
        QVERIFY(!says(QStringLiteral("50 %")));
    }

    void whatIsSwitchedOffIsNotInTheRow()
    {
        openWith(0.9, [](SuggestionSettings& settings) { settings.hiddenShare = 0; });
        QTRY_VERIFY(table().hasPaintedSuggestion());
        m_fixture->press(Qt::Key_V);
        QVERIFY(!table().isSuggestionVisible());
        m_fixture->press(Qt::Key_Right); // the first group has been seen with its suggestion
        QTRY_VERIFY(m_fixture->shows(1));
        QTRY_VERIFY(table().group()->suggestion.has_value());
        table().grab(); // paints, whatever the window was about to do
        QVERIFY(!table().hasPaintedSuggestion());
        m_fixture->press(Qt::Key_2);
        QTRY_VERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT coalesce(ai_selected_index, 'null')" + kLastRow), "null");
        QCOMPARE(m_fixture->value("SELECT arm || ' ' || was_visible" + kLastView), "shown 0");
        // The control: switched on again it is painted, and in the row.
        QTRY_VERIFY(m_fixture->shows(2));
        m_fixture->press(Qt::Key_V);
        QTRY_VERIFY(table().hasPaintedSuggestion());
        m_fixture->press(Qt::Key_2);
        QTRY_VERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->value("SELECT coalesce(ai_selected_index, 'null')" + kLastRow), "1");
    }

    void reasonsAreInWordsAndOutlined()
    {
        openWith(0.9, [](SuggestionSettings& settings) { settings.hiddenShare = 0; });
        QTRY_VERIFY(says(QStringLiteral("+ sharper subject")));
        QVERIFY(says(QStringLiteral("− more banding, at the top")));
        QTRY_VERIFY(table().hasPaintedSuggestion());
        const QImage quiet = table().grab().toImage();
        QTest::keyPress(&table(), Qt::Key_V, Qt::ShiftModifier);
        QVERIFY(table().areReasonsVisible());
        const QImage outlined = table().grab().toImage();
        QVERIFY(outlined != quiet);
        QTest::keyRelease(&table(), Qt::Key_V, Qt::ShiftModifier);
        QTRY_COMPARE(table().grab().toImage(), quiet);
    }

    void aModelThatPeopleDoNotFollowIsSuspended()
    {
        m_fixture.reset();
        m_fixture = std::make_unique<WindowFixture>(14);
        openWith(0.9, [](SuggestionSettings& settings) { settings.hiddenShare = 0; });
        QSignalSpy suspended(&m_fixture->window().suggestions(), &LiveSuggestions::suspended);
        for (int group = 0; group < 12 && suspended.isEmpty(); ++group) {
            QTRY_VERIFY(m_fixture->shows(group));
            if (!m_fixture->value("SELECT 1 FROM ps_meta WHERE key='suggestions' AND value LIKE '%\"since\"%'").empty())
                break;
            QTRY_VERIFY(table().hasPaintedSuggestion());
            m_fixture->press(Qt::Key_1); // never what is suggested
            QTRY_VERIFY(m_fixture->isSaved());
        }
        QTRY_COMPARE(suspended.size(), 1);
        QTRY_VERIFY(!table().group()->suggestion);
        QVERIFY(m_fixture->window().banner().isVisible());
        m_fixture->window().suggestions().resume();
        QTRY_VERIFY(table().group()->suggestion.has_value());
    }

private:
    LightTable& table() { return m_fixture->window().review().lightTable(); }

    bool says(const QString& text)
    {
        const auto labels = m_fixture->window().findChild<InspectorPanel*>()->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            QString said = label->text();
            return label->isVisible() && said.remove(QChar(0x200b)).contains(text);
        });
    }

    static std::function<void(SuggestionSettings&)> settingsFor(const std::string& arm)
    {
        return [arm](SuggestionSettings& settings) {
            settings.hiddenShare = arm == "hidden" ? 1 : 0;
            if (arm == "suspended")
                settings.suspension = SuggestionSuspension{"ranker_v1", "2026-03-01T10:00:00Z", 0.4, 50, 0.6};
        };
    }

    /// Puts a suggestion of image 1 into every group and opens the project.
    void openWith(std::optional<double> confidence, const std::function<void(SuggestionSettings&)>& change)
    {
        {
            const auto session = m_fixture->project().open();
            must(session->refresh({}, {}));
            const GroupCounts counts = must(session->counts());
            const auto entries = must(session->page(0, counts.total()));
            must(must(session->store())->run([&](StoreTransaction& transaction) -> Result<void> {
                for (const GroupEntry& entry : entries) {
                    if (!confidence)
                        break;
                    PS_TRY_VOID(storeSuggestion(transaction, entry.key,
                                                {"ranker_v1",
                                                 1,
                                                 Crop{0.1, 0.1, 0.9, 0.9},
                                                 *confidence,
                                                 {"subject-sharpness + 12.5 8.25 0 [0.2,0.2,0.6,0.6]",
                                                  "banding - 0.5 0.25 0 [0.1,0.05,0.9,0.2]"},
                                                 "ab12",
                                                 {0.1, 0.9, 0.2}}));
                }
                SuggestionSettings settings;
                change(settings);
                return storeSuggestionSettings(transaction, settings);
            }));
        }
        m_fixture->open();
        QTRY_VERIFY(m_fixture->shows(0));
    }

    /// What the light table paints of the first group.
    QImage openedWindow(const std::function<void(SuggestionSettings&)>& change, std::optional<double> confidence)
    {
        openWith(confidence, change);
        QCoreApplication::processEvents();
        // The words of the inspector about a bar or a suspension are tested by themselves.
        return table().grab().toImage();
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestSuggestionsShown)
#include "tst_suggestions_shown.moc"
