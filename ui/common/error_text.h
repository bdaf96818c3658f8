// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace ps {

/// An error for people, as plain text in their language.
struct ErrorText {
    QString summary; ///< what happened to what, what is safe, what to do: one or two sentences
    QString details; ///< the developer's words, for "Copy details"
};

/// Makes the text. Needs a translator installed for other languages than English.
ErrorText errorText(const Error& error);
/// The reason in at most three words, for a card in the place of a picture whose name stands beside it.
QString errorCardText(const Error& error);
/// Summary and details on one line, for the command line and the status bar.
QString errorLine(const Error& error);

/// UTF-8 from the core as it is; bytes that are not UTF-8 are shown escaped.
QString fromCore(std::string_view text);

} // namespace ps
