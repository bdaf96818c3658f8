// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ps {

/// How the computing of suggestions in the background stands.
struct SuggestionStatus {
    enum class State {
        Off,       ///< switched off, or nothing is open
        NoModel,   ///< no model is active in the project
        Computing, ///< under way
        Waiting,   ///< makes room for the person or for long work
        Ready,     ///< everything that can be has a suggestion
        Failed,    ///< `why` says why there are none
    };
    State state = State::Off;
    qint64 done = 0;  ///< groups with a suggestion
    qint64 total = 0; ///< undecided groups; 0 = not counted yet
    QString why;      ///< with Failed: one sentence
    bool operator==(const SuggestionStatus&) const = default;
};

} // namespace ps
