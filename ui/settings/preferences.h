// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QString>

namespace ps {

/// What a person has chosen for themselves; kept in the settings of the program. Keys are kept by ActionTable.
struct Preferences {
    ThemeMode theme = ThemeMode::System;
    QString language;  ///< "en", "de"; "" = as the system
    QString annotator; ///< "" = the login

    static Preferences load();
    void save() const;

    /// The name that goes into the ledger.
    QString annotatorName() const;
};

} // namespace ps
