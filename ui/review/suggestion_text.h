// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/suggestion_offer.h"
#include "ui/common/suggestion_status.h"

#include <QList>
#include <QString>

namespace ps {

/// One line about the suggestion of a group: a name and what there is to say.
struct SuggestionLine {
    enum class Kind { Fact, For, Against };
    QString name; ///< "" = goes on with the line before
    QString value;
    QString figures; ///< what was measured, for a tool tip
    Kind kind = Kind::Fact;
    bool operator==(const SuggestionLine&) const = default;
};

/// What the inspector says about suggestions. Empty when nothing may be said: of an undecided group nobody must know that
/// its suggestion is held back for measuring.
QList<SuggestionLine> suggestionLines(const SuggestionOffer& offer, bool isSwitchedOff, const SuggestionStatus& status);

} // namespace ps
