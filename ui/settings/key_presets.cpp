// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/key_presets.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace ps {

namespace {

struct Text { // a class, so that the texts are collected for the translators
    Q_DECLARE_TR_FUNCTIONS(KeyPresets)
};

constexpr const char* kLikeLightroom = R"(
decide.keepFocused = P Shift+Return
decide.undo = U
view.zoomActual = Z 9
view.zoomFill = Shift+Z
overlay.peaking = Shift+P
go.next = Right Space Return Enter Down
go.previous = Left Up Backspace
)";

constexpr const char* kLikeProdigy = R"(
decide.keepFocused = A Shift+Return
decide.plain1 = Alt+1
decide.plain2 = Alt+2
decide.plain3 = Alt+3
decide.plain4 = Alt+4
decide.skip = Space Shift+S
decide.undo = Backspace Delete Z
go.next = Right Down Return Enter
go.previous = Left Up
)";

constexpr const char* kLeftHand = R"(
decide.keepFocused = G Shift+Return
go.next = Space Right Down Return Enter
go.previous = Shift+Space Left Up Backspace
go.nextUndecided = C
go.previousUndecided = Shift+C
decide.note = Shift+V
view.reasons = Ctrl+Shift+V
compare.twoUp = 6 I
view.boxes = Ctrl+Shift+B
compare.crown = Shift+B
compare.blink = 5 Y
compare.swipe = Shift+T H
compare.difference = Shift+G
compare.less = Shift+A ,
compare.more = Shift+D .
overlay.peaking = F2 P
overlay.clipping = F3 J
overlay.histogram = F4 K
view.onlyDifferences = F6 O
crop.confirm = Space Return Enter
crop.later = V
crop.ratio = E
crop.previousRatio = Shift+E
crop.swapRatio = R
crop.freeRatio = F
crop.full = A
crop.suggestion = S
crop.copyLast = C
crop.grid = G
crop.next = D
crop.previous = Shift+D
)";

constexpr const char* kRightHand = R"(
decide.keep1 = 7
decide.keep2 = 8
decide.keep3 = 9
decide.keep4 = 0
decide.plain1 = U
decide.plain2 = I
decide.plain3 = O
decide.plain4 = P
decide.crop1 = J
decide.crop2 = K
decide.crop3 = L
decide.crop4 = ;
decide.later1 = Shift+J
decide.later2 = Shift+K
decide.later3 = Shift+L
decide.later4 = Shift+;
decide.ghost1 = Shift+7
decide.ghost2 = Shift+8
decide.ghost3 = Shift+9
decide.ghost4 = Shift+0
decide.reject = Delete '
decide.undo = Backspace
decide.split = \
decide.tie = M
decide.cannotJudge = Shift+M
decide.skip = ,
decide.flag = .
decide.note = Ctrl+M
go.previous = Left Up
view.lock = ]
view.lockPane = Ctrl+]
view.suggestion = [
view.zoomFit = Ctrl+0
view.zoomActual = Ctrl+9
view.zoomDouble = Ctrl+8
view.zoomCrop = Alt+7
view.zoomFill = Shift+Z
view.onlyDifferences = Shift+O
compare.twoUp = Shift+I
compare.crown = 6
compare.difference = Ctrl+H
compare.less = Ctrl+J
compare.more = Ctrl+K
overlay.peaking = Shift+P
overlay.clipping = Shift+Y
overlay.histogram = Shift+H
crop.later = L
crop.full = O
crop.suggestion = J
crop.copyLast = Y
crop.grid = H
crop.limits = M
crop.noLimits = Shift+M
)";

constexpr const char* kKeypad = R"(
decide.keep1 = Num+1 1
decide.keep2 = Num+2 2
decide.keep3 = Num+3 3
decide.keep4 = Num+4 4
decide.plain1 = Ctrl+Num+1 A
decide.plain2 = Ctrl+Num+2 S
decide.plain3 = Ctrl+Num+3 D
decide.plain4 = Ctrl+Num+4 F
decide.crop1 = Alt+Num+1 Q
decide.crop2 = Alt+Num+2 W
decide.crop3 = Alt+Num+3 E
decide.crop4 = Alt+Num+4 R
decide.reject = Num+0 X
decide.tie = Num+5 T
decide.keepFocused = Num+6 Shift+Return
decide.skip = Num+7 Shift+S
decide.flag = Num+8 Shift+F
decide.cannotJudge = Num+9 Shift+X
decide.undo = Num+. Z
view.zoomFit = Num+* 0 Ctrl+0
compare.twoUp = Ctrl+Num+8 I
compare.crown = Ctrl+Num+7 C
compare.blink = Num+/ Y
compare.swipe = Ctrl+Num+5 H
compare.difference = Ctrl+Num+6 G
compare.less = Alt+Num+- ,
compare.more = Alt+Num++ .
overlay.peaking = Alt+Num+5 P
overlay.clipping = Alt+Num+6 J
overlay.histogram = Alt+Num+7 K
go.find = /
crop.later = Num+0 L
crop.ratio = Num++ .
crop.previousRatio = Num+- ,
crop.swapRatio = Num+/ /
crop.freeRatio = Num+* 0
crop.full = Num+5 W
crop.suggestion = Num+7 J
crop.copyLast = Num+8 Y
crop.limits = Num+9 T
crop.next = Num+3 PgDown
crop.previous = Num+1 PgUp
)";

const ActionInfo* infoOf(const QString& id)
{
    const auto table = actionTable();
    const auto found = std::ranges::find_if(table,
                                            [&](const ActionInfo& info) { return id == QLatin1String(info.id); });
    return found == table.end() ? nullptr : &*found;
}

QStringList parts(const QString& keys)
{
    return keys.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

/// A key in the one form in which it is compared; "" for one that does not exist.
QString canonical(const QString& key)
{
    const QKeySequence sequence = ActionTable::keyFromText(key);
    const bool isOne = sequence.count() == 1 && sequence[0].key() != Qt::Key_unknown && sequence[0].key() != Qt::Key(0);
    return isOne ? ActionTable::keyText(sequence) : QString();
}

/// One line of a key map file into the map; what is wrong with it otherwise.
QString takeLine(const QString& line, KeyMapText& map)
{
    const qsizetype sign = line.indexOf(QLatin1Char('='));
    const QString id = line.left(sign).trimmed();
    if (sign < 0 || !infoOf(id))
        return Text::tr("there is no action \"%1\"").arg(id);
    if (map.contains(id))
        return Text::tr("the action \"%1\" is there twice").arg(id);
    QStringList keys;
    for (const QString& part : parts(line.mid(sign + 1))) {
        const QString key = canonical(part);
        if (key.isEmpty())
            return Text::tr("there is no key \"%1\"").arg(part);
        keys.append(key);
    }
    map.insert(id, keys.join(QLatin1Char(' ')));
    return {};
}

} // namespace

std::span<const KeyPreset> keyPresets()
{
    static constexpr std::array presets{
        KeyPreset{"scripts", QT_TRANSLATE_NOOP("KeyPresets", "The scripts' map"), ""},
        KeyPreset{"lightroom", QT_TRANSLATE_NOOP("KeyPresets", "Like Lightroom"), kLikeLightroom},
        KeyPreset{"prodigy", QT_TRANSLATE_NOOP("KeyPresets", "Like Prodigy"), kLikeProdigy},
        KeyPreset{"left", QT_TRANSLATE_NOOP("KeyPresets", "Left hand"), kLeftHand},
        KeyPreset{"right", QT_TRANSLATE_NOOP("KeyPresets", "Right hand"), kRightHand},
        KeyPreset{"keypad", QT_TRANSLATE_NOOP("KeyPresets", "Number pad"), kKeypad},
    };
    return presets;
}

KeyMapText keysOfPreset(const KeyPreset& preset)
{
    KeyMapText map;
    for (const QString& line : QString::fromLatin1(preset.keys).split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        takeLine(line, map);
    for (const ActionInfo& info : actionTable()) {
        if (const QLatin1String id(info.id); !map.contains(id)) {
            QStringList keys;
            for (const QString& part : parts(QLatin1String(info.keys)))
                keys.append(canonical(part));
            map.insert(id, keys.join(QLatin1Char(' ')));
        }
    }
    return map;
}

QString firstConflict(const KeyMapText& map)
{
    QMultiMap<QString, const ActionInfo*> owners;
    for (auto entry = map.cbegin(); entry != map.cend(); ++entry) {
        const ActionInfo* const info = infoOf(entry.key());
        if (!info)
            continue;
        for (const QString& part : parts(entry.value())) {
            const QString key = canonical(part);
            for (const ActionInfo* other : owners.values(key)) {
                if (ActionTable::scopesOverlap(other->scope, info->scope))
                    return QStringLiteral("%1: %2, %3").arg(key, QLatin1String(other->id), entry.key());
            }
            owners.insert(key, info);
        }
    }
    return {};
}

QString keyMapFileText(const KeyMapText& map)
{
    QString text = QStringLiteral("# Proofsheet key map\n");
    for (auto entry = map.cbegin(); entry != map.cend(); ++entry)
        text += QStringLiteral("%1 = %2").arg(entry.key(), entry.value()).trimmed() + QLatin1Char('\n');
    return text;
}

ParsedKeyMap parseKeyMapFile(const QString& text)
{
    ParsedKeyMap parsed;
    int number = 0;
    for (const QString& raw : text.split(QLatin1Char('\n'))) {
        ++number;
        const QString line = raw.trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')))
            continue;
        if (const QString wrong = takeLine(line, parsed.map); !wrong.isEmpty()) {
            parsed.error = Text::tr("Line %1: %2.").arg(QString::number(number), wrong);
            return parsed;
        }
    }
    KeyMapText whole = keysOfPreset(keyPresets().front());
    for (auto entry = parsed.map.cbegin(); entry != parsed.map.cend(); ++entry)
        whole.insert(entry.key(), entry.value());
    if (const QString conflict = firstConflict(whole); !conflict.isEmpty())
        parsed.error = Text::tr("Two actions share a key: %1.").arg(conflict);
    parsed.map = whole;
    return parsed;
}

} // namespace ps
