// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace ps {

/// A kind of ledger entry, or an action, in the user's language; what is not known is given back as it is.
QString stepKindText(std::string_view kind);

} // namespace ps
