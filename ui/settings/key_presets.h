// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/action_table.h"

#include <span>

namespace ps {

/// A whole key map with a name.
struct KeyPreset {
    const char* id;   ///< "scripts"
    const char* name; ///< English, translated when shown (context KeyPresets)
    const char* keys; ///< what differs from the default keys, as a key map file
};

/// The scripts' map, like Lightroom, like Prodigy, left hand, right hand, keypad. The first is the default.
std::span<const KeyPreset> keyPresets();

/// All keys of a preset: its own, and the default ones of every action that it does not name.
KeyMapText keysOfPreset(const KeyPreset& preset);

// ---- key map files: one action on a line, "decide.reject = X Delete"; "#" begins a remark.

QString keyMapFileText(const KeyMapText& map);

struct ParsedKeyMap {
    KeyMapText map;
    QString error; ///< "" when everything was understood; names the line otherwise
};
/// Errors: an action that does not exist or is there twice, a key that does not exist, and a key that two actions would share
/// where both work.
ParsedKeyMap parseKeyMapFile(const QString& text);

/// The actions that would share a key, as "key: one, other"; "" without any.
QString firstConflict(const KeyMapText& map);

} // namespace ps
