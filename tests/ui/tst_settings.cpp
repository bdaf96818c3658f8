// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"
#include "ui/settings/key_capture.h"
#include "ui/settings/key_presets.h"
#include "ui/settings/keys_page.h"
#include "ui/settings/preferences.h"
#include "ui/settings/settings_dialog.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>

#include <algorithm>

using namespace ps;
using namespace ps::test;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(3); }
    void cleanup() { m_fixture.reset(); }

    void aChangedKeyWorksAndIsRemembered()
    {
        ActionTable& actions = m_fixture->window().actions();
        KeysPage page(actions, nullptr);
        choose(page, "decide.reject");
        setKey(page, QKeySequence(Qt::Key_M));
        m_fixture->open();
        m_fixture->press(Qt::Key_X);
        QCOMPARE(m_fixture->rowCount(), 0);
        m_fixture->press(Qt::Key_M);
        QTRY_COMPARE(m_fixture->rowCount(), 1);

        const ActionTable later(nullptr);
        QVERIFY(later.action("decide.reject")->shortcuts().contains(QKeySequence(Qt::Key_M)));
        actions.resetKeys(actions.action("decide.reject"));
        QCOMPARE(actions.action("decide.reject")->shortcut(), QKeySequence(Qt::Key_X));
    }

    void aKeyThatIsTakenIsRefused()
    {
        ActionTable& actions = m_fixture->window().actions();
        KeysPage page(actions, nullptr);
        choose(page, "decide.reject");
        setKey(page, QKeySequence(Qt::Key_1));
        QCOMPARE(actions.action("decide.reject")->shortcut(), QKeySequence(Qt::Key_X));
        setKey(page, QKeySequence(Qt::CTRL | Qt::Key_Q)); // of the whole window
        QCOMPARE(actions.action("decide.reject")->shortcut(), QKeySequence(Qt::Key_X));
    }

    void twoActionsSwapTheirKeys()
    {
        ActionTable& actions = m_fixture->window().actions();
        KeysPage page(actions, nullptr);
        choose(page, "decide.reject");
        setKey(page, QKeySequence(Qt::Key_T));
        for (QPushButton* button : page.findChildren<QPushButton*>()) {
            if (button->text() == KeysPage::tr("Swap"))
                button->click();
        }
        QCOMPARE(actions.action("decide.reject")->shortcut(), QKeySequence(Qt::Key_T));
        QCOMPARE(actions.action("decide.tie")->shortcut(), QKeySequence(Qt::Key_X));
        QVERIFY(firstConflict(actions.keyMap()).isEmpty());
    }

    void aKeyMapGoesToAFileAndComesBack()
    {
        ActionTable& actions = m_fixture->window().actions();
        KeysPage page(actions, nullptr);
        QSignalSpy done(&page, &KeysPage::fileDone);
        const QString path = QString::fromStdString(m_fixture->project().folder().pathOf("my.keys"));
        actions.setKeyMap(keysOfPreset(keyPresets()[4]));
        page.exportTo(path);
        QTRY_COMPARE(done.count(), 1);
        actions.setKeyMap(keysOfPreset(keyPresets()[0]));
        page.importFrom(path);
        QTRY_COMPARE(done.count(), 2);
        QCOMPARE(actions.keyMap(), keysOfPreset(keyPresets()[4]));
        page.importFrom(path + QStringLiteral(".missing"));
        QTRY_COMPARE(done.count(), 3);
        QCOMPARE(actions.keyMap(), keysOfPreset(keyPresets()[4])); // as before
        actions.setKeyMap(keysOfPreset(keyPresets()[0]));
    }

    void theDefaultIsRefusedWhileAnotherActionHasIt()
    {
        ActionTable& actions = m_fixture->window().actions();
        KeysPage page(actions, nullptr);
        choose(page, "decide.reject");
        setKey(page, QKeySequence(Qt::Key_M));
        choose(page, "decide.undo");
        setKey(page, QKeySequence(Qt::Key_X));
        choose(page, "decide.reject");
        for (QPushButton* button : page.findChildren<QPushButton*>()) {
            if (button->text() == KeysPage::tr("Default"))
                button->click();
        }
        QCOMPARE(actions.action("decide.reject")->shortcut(), QKeySequence(Qt::Key_M));
        const QList<QLabel*> labels = page.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels,
                                    [](const QLabel* label) { return label->text().startsWith(QStringLiteral("△")); }));
    }

    void keysAreFoundByTheirPlaceOnOtherLayouts()
    {
        const ActionTable& actions = m_fixture->window().actions();
        const auto at = [&](int key, quint32 place, const char* text) {
            const QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier, place, 0, 0, QString::fromUtf8(text));
            return actions.actionAtPosition(&event, ActionScope::Review);
        };
        QCOMPARE(at(Qt::Key_Ampersand, 10, "&"), actions.action("decide.keep1")); // AZERTY
        QCOMPARE(at(0x00c9, 11, "é"), actions.action("decide.keep2"));
        QCOMPARE(at(0x0427, 53, "ч"), actions.action("decide.reject")); // Cyrillic, at the place of X
        QCOMPARE(at(Qt::Key_A, 24, "a"), nullptr);                      // AZERTY has its A there
        QCOMPARE(at(Qt::Key_Y, 52, "y"), nullptr);                      // QWERTZ: no undo by accident
        QCOMPARE(at(Qt::Key_Plus, 10, "+"), nullptr);                   // Czech: zooms in
    }

    void noTwoDefaultKeysAreInEachOthersWay()
    {
        const ActionTable& actions = m_fixture->window().actions();
        for (const ActionInfo& info : actionTable()) {
            for (const QKeySequence& key : actions.action(info.id)->shortcuts()) {
                QVERIFY2(!key.isEmpty(), info.id);
                QVERIFY2(actions.conflictsOf(actions.action(info.id), key).isEmpty(), info.id);
            }
        }
    }

    void theThemeChangesAtOnceAndIsRemembered()
    {
        SettingsDialog dialog(m_fixture->window().actions(), &m_fixture->window());
        connect(&dialog, &SettingsDialog::preferencesChanged, this,
                [this](const Preferences& preferences) { m_fixture->theme().setMode(preferences.theme); });
        auto* const theme = dialog.findChild<QComboBox*>(QStringLiteral("themeChoice"));
        theme->setCurrentIndex(theme->findData(static_cast<int>(ThemeMode::Light)));
        Q_EMIT theme->activated(theme->currentIndex());
        QVERIFY(!m_fixture->theme().colors().isDark);
        QCOMPARE(Preferences::load().theme, ThemeMode::Light);
    }

private:
    static void choose(KeysPage& page, const char* id)
    {
        auto* const tree = page.findChild<QTreeWidget*>();
        for (int i = 0; i < tree->topLevelItemCount(); ++i) {
            if (tree->topLevelItem(i)->data(0, Qt::UserRole).toString() == QLatin1String(id))
                tree->setCurrentItem(tree->topLevelItem(i));
        }
    }

    static void setKey(KeysPage& page, const QKeySequence& key)
    {
        QTest::keyClick(page.findChild<KeyCapture*>(), key[0].key(), key[0].keyboardModifiers());
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
