// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/action_table.h"
#include "ui/settings/key_capture.h"
#include "ui/settings/key_presets.h"

#include <QKeyEvent>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace ps;

namespace {

QKeyEvent pressOf(int key, quint32 place, const QString& text, Qt::KeyboardModifiers modifiers = Qt::NoModifier,
                  bool isRepeat = false)
{
    return {QEvent::KeyPress, key, modifiers, place, 0, 0, text, isRepeat};
}

} // namespace

class TestKeyMaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("proofsheet-test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    }
    void init() { QSettings().clear(); }

    // ---- presets

    void everyPresetIsCompleteAndWithoutConflicts_data()
    {
        QTest::addColumn<int>("preset");
        for (std::size_t i = 0; i < keyPresets().size(); ++i)
            QTest::newRow(keyPresets()[i].id) << static_cast<int>(i);
    }
    void everyPresetIsCompleteAndWithoutConflicts()
    {
        QFETCH(const int, preset);
        const KeyMapText map = keysOfPreset(keyPresets()[static_cast<std::size_t>(preset)]);
        const QString conflict = firstConflict(map);
        QVERIFY2(conflict.isEmpty(), qPrintable(conflict));
        for (const ActionInfo& info : actionTable()) {
            if (*info.keys)
                QVERIFY2(!map.value(QLatin1String(info.id)).isEmpty(), info.id);
        }
        // What is written is what the program understands.
        const QString own = QString::fromLatin1(keyPresets()[static_cast<std::size_t>(preset)].keys);
        const ParsedKeyMap parsed = parseKeyMapFile(own);
        QVERIFY2(parsed.error.isEmpty(), qPrintable(parsed.error));
        QCOMPARE(parsed.map, map);
    }

    void aPresetIsTakenWholeAndLeftWhole()
    {
        ActionTable actions(nullptr);
        const KeyMapText before = actions.keyMap();
        QCOMPARE(before, keysOfPreset(keyPresets().front()));
        for (const KeyPreset& preset : keyPresets()) {
            actions.setKeyMap(keysOfPreset(preset));
            QCOMPARE(actions.keyMap(), keysOfPreset(preset));
            QCOMPARE(ActionTable(nullptr).keyMap(), keysOfPreset(preset)); // remembered
        }
        actions.setKeyMap(keysOfPreset(keyPresets().front()));
        QCOMPARE(ActionTable(nullptr).keyMap(), before);
    }

    void aChosenKeyIsNotLostToAnActionThatCameLater()
    {
        // What an earlier version stored: K rejects. By now the histogram has K by default.
        QSettings().setValue(QStringLiteral("keys/decide.reject"), QStringLiteral("K"));
        ActionTable actions(nullptr);
        QCOMPARE(actions.action("decide.reject")->shortcut(), QKeySequence(Qt::Key_K));
        QVERIFY(actions.action("overlay.histogram")->shortcuts().isEmpty());
        QCOMPARE(firstConflict(actions.keyMap()), QString());
        actions.resetKeys(actions.action("decide.reject"));
        QCOMPARE(ActionTable(nullptr).action("overlay.histogram")->shortcut(), QKeySequence(Qt::Key_K));
    }

    void standardKeysMeanWhatTheyMeanEverywhere()
    {
        const std::pair<QKeySequence::StandardKey, const char*> rules[] = {
            {QKeySequence::Undo, "edit.undo"},
            {QKeySequence::Redo, "edit.redo"},
            {QKeySequence::Find, "edit.find"},
            {QKeySequence::Quit, "file.quit"},
            {QKeySequence::Open, "file.openFolder"},
            {QKeySequence::New, "file.new"},
            {QKeySequence::Close, "file.close"},
            {QKeySequence::HelpContents, "help.handbook"},
            {QKeySequence::ZoomIn, "view.zoomIn browse.larger"},
            {QKeySequence::ZoomOut, "view.zoomOut browse.smaller"},
            {QKeySequence::FullScreen, "view.fullScreen"},
            {QKeySequence::Refresh, "file.refresh"},
            {QKeySequence::Preferences, "edit.settings"},
            {QKeySequence::Copy, "browse.copyFiles"},
            {QKeySequence::SelectAll, "browse.selectAll"},
            {QKeySequence::Save, ""},
            {QKeySequence::SaveAs, ""},
            {QKeySequence::Print, ""},
            {QKeySequence::Cut, ""},
            {QKeySequence::Paste, ""}};
        for (const KeyPreset& preset : keyPresets()) {
            const KeyMapText map = keysOfPreset(preset);
            for (const auto& [standard, owners] : rules) {
                for (const QKeySequence& key : QKeySequence::keyBindings(standard)) {
                    const bool isCharacter = key[0].keyboardModifiers() == Qt::NoModifier &&
                                             key[0].key() < Qt::Key_Escape;
                    for (auto entry = map.cbegin(); !isCharacter && entry != map.cend(); ++entry) {
                        const bool hasIt =
                            entry.value().split(QLatin1Char(' ')).contains(key.toString(QKeySequence::PortableText));
                        QVERIFY2(!hasIt || QString::fromLatin1(owners).split(QLatin1Char(' ')).contains(entry.key()),
                                 qPrintable(QLatin1String(preset.id) + entry.key() + key.toString()));
                    }
                }
            }
        }
    }

    // ---- files

    void aMapSurvivesItsFile()
    {
        KeyMapText map = keysOfPreset(keyPresets().back());
        map[QStringLiteral("decide.split")] = QStringLiteral("F13 Ctrl+Alt+Media_Play");
        map[QStringLiteral("decide.tie")] = QString();
        const ParsedKeyMap parsed = parseKeyMapFile(keyMapFileText(map));
        QVERIFY2(parsed.error.isEmpty(), qPrintable(parsed.error));
        QCOMPARE(parsed.map, map);
    }

    void aFileThatIsNoKeyMapIsRefusedWithItsLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        QTest::newRow("no sign") << QStringLiteral("# x\n\nhello") << QStringLiteral("3");
        QTest::newRow("unknown action") << QStringLiteral("decide.nothing = X") << QStringLiteral("decide.nothing");
        QTest::newRow("unknown key") << QStringLiteral("decide.reject = Hurra") << QStringLiteral("Hurra");
        QTest::newRow("twice") << QStringLiteral("decide.reject = X\ndecide.reject = K") << QStringLiteral("2");
        QTest::newRow("two keys after another") << QStringLiteral("decide.reject = X,K") << QStringLiteral("X,K");
        QTest::newRow("conflict") << QStringLiteral("decide.reject = 1") << QStringLiteral("decide.keep1");
        QTest::newRow("conflict with the window")
            << QStringLiteral("crop.grid = Ctrl+Q") << QStringLiteral("file.quit");
    }
    void aFileThatIsNoKeyMapIsRefusedWithItsLine()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, part);
        const QString error = parseKeyMapFile(text).error;
        QVERIFY2(error.contains(part), qPrintable(error));
    }

    void theSameKeyMayMeanSomethingElseElsewhere()
    {
        QVERIFY(parseKeyMapFile(QStringLiteral("crop.grid = X")).error.isEmpty()); // X rejects, in Review
    }

    // ---- pressing

    void keysOfOtherLayoutsAreFoundByTheirPlace_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<quint32>("place");
        QTest::addColumn<QString>("text");
        QTest::addColumn<uint>("modifiers");
        QTest::addColumn<QString>("action");
        const auto row = [](const char* name, int key, quint32 place, const QString& text, const char* action,
                            Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
            QTest::newRow(name) << key << place << text << modifiers.toInt() << QString::fromLatin1(action);
        };
        row("Cyrillic, place of X", 0x0427, 53, QStringLiteral("ч"), "decide.reject");
        row("Cyrillic, place of T", 0x0415, 28, QStringLiteral("е"), "decide.tie");
        row("Cyrillic, Shift at the place of S", 0x042b, 39, QStringLiteral("Ы"), "decide.skip", Qt::ShiftModifier);
        row("Greek, place of A", 0x0391, 38, QStringLiteral("α"), "decide.plain1");
        row("Greek, place of D", 0x0394, 40, QStringLiteral("δ"), "decide.plain3");
        row("Hebrew, place of R", 0x05e8, 27, QStringLiteral("ר"), "decide.crop4");
        row("AZERTY, digit 1", Qt::Key_Ampersand, 10, QStringLiteral("&"), "decide.keep1");
        row("AZERTY, digit 2", 0x00c9, 11, QStringLiteral("é"), "decide.keep2");
        row("AZERTY, digit 3", Qt::Key_QuoteDbl, 12, QStringLiteral("\""), "decide.keep3");
        row("AZERTY, digit 4", Qt::Key_Apostrophe, 13, QStringLiteral("'"), "decide.keep4");
        row("AZERTY has its A there", Qt::Key_A, 24, QStringLiteral("a"), "");
        row("QWERTZ has its Y there", Qt::Key_Y, 52, QStringLiteral("y"), "");
        row("Dvorak writes ' at the place of Q", Qt::Key_Apostrophe, 24, QStringLiteral("'"), "");
        row("Dvorak writes , at the place of W", Qt::Key_Comma, 25, QStringLiteral(","), "");
        row("Dvorak's O at the place of S", Qt::Key_O, 39, QStringLiteral("o"), "");
        row("Dvorak, digit 1 means itself", Qt::Key_1, 10, QStringLiteral("1"), "");
        row("a function key", Qt::Key_F13, 191, QString(), "");
        row("a place without a Latin key", 0x0427, 200, QStringLiteral("ч"), "");
    }
    void keysOfOtherLayoutsAreFoundByTheirPlace()
    {
        QFETCH(const int, key);
        QFETCH(const quint32, place);
        QFETCH(const QString, text);
        QFETCH(const uint, modifiers);
        QFETCH(const QString, action);
        const ActionTable actions(nullptr);
        const auto mods = Qt::KeyboardModifiers::fromInt(modifiers);
        const QKeyEvent event = pressOf(key, place, text, mods);
        const QAction* const found = actions.actionAtPosition(&event, ActionScope::Review);
        QCOMPARE(found ? found->objectName() : QString(), action);
        const QKeyEvent held = pressOf(key, place, text, mods, true);
        QVERIFY(!actions.actionAtPosition(&held, ActionScope::Review)); // whatever it is, holding decides nothing
    }

    void pedalsGamepadsAndMediaKeysCanBeTaken_data()
    {
        QTest::addColumn<int>("key");
        for (int key = Qt::Key_F13; key <= Qt::Key_F24; ++key)
            QTest::newRow(("F" + std::to_string(13 + key - Qt::Key_F13)).c_str()) << key;
        QTest::newRow("play") << int(Qt::Key_MediaPlay);
        QTest::newRow("next") << int(Qt::Key_MediaNext);
        QTest::newRow("volume") << int(Qt::Key_VolumeUp);
        QTest::newRow("launch") << int(Qt::Key_Launch5);
    }
    void pedalsGamepadsAndMediaKeysCanBeTaken()
    {
        QFETCH(const int, key);
        KeyCapture field(nullptr);
        QSignalSpy captured(&field, &KeyCapture::captured);
        QTest::keyClick(&field, static_cast<Qt::Key>(key));
        QCOMPARE(captured.count(), 1);
        const auto sequence = captured.first().first().value<QKeySequence>();
        QCOMPARE(sequence, QKeySequence(key));
        ActionTable actions(nullptr);
        actions.setKeys(actions.action("decide.tie"), {sequence});
        QCOMPARE(ActionTable(nullptr).action("decide.tie")->shortcuts(),
                 QList<QKeySequence>{sequence}); // after a restart
        const ParsedKeyMap parsed = parseKeyMapFile(keyMapFileText(actions.keyMap()));
        QVERIFY2(parsed.error.isEmpty(), qPrintable(parsed.error));
        QCOMPARE(parsed.map, actions.keyMap());
    }

    void aKeyThatIsHeldOrAModifierIsNotTaken()
    {
        KeyCapture field(nullptr);
        QSignalSpy captured(&field, &KeyCapture::captured);
        QTest::keyClick(&field, Qt::Key_Shift);
        QKeyEvent held = pressOf(Qt::Key_K, 45, QStringLiteral("k"), Qt::NoModifier, true);
        QCoreApplication::sendEvent(&field, &held);
        QCOMPARE(captured.count(), 0);
        QKeyEvent question = pressOf(Qt::Key_Question, 61, QStringLiteral("?"), Qt::ShiftModifier);
        QCOMPARE(sequenceOf(question), QKeySequence(Qt::Key_Question)); // as it is bound
    }

    void letterKeysCanBeSwitchedOff()
    {
        ActionTable actions(nullptr);
        actions.setLetterKeys(false);
        for (const ActionInfo& info : actionTable()) {
            for (const QKeySequence& key : actions.action(info.id)->shortcuts()) {
                const bool isPlain = !(key[0].keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier));
                QVERIFY2(!isPlain || key[0].key() == Qt::Key_Space || key[0].key() >= Qt::Key_Escape, info.id);
            }
        }
        QVERIFY(!ActionTable(nullptr).hasLetterKeys());                 // remembered
        QCOMPARE(actions.keyMap(), keysOfPreset(keyPresets().front())); // and so are the keys
        actions.setLetterKeys(true);
        QVERIFY(actions.action("decide.reject")->shortcuts().contains(QKeySequence(Qt::Key_X)));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestKeyMaps)
#include "tst_key_maps.moc"
