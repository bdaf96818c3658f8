// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release.h"

#include <string>

namespace ps {

/// The differences as one self-contained page: no scripts, nothing loaded, readable in dark and light, and printable; a crop that
/// changed is drawn as its two frames. Everything that comes from data is escaped. At most 5000 lines of each kind are listed.
std::string diffHtml(const ReleaseDiff& diff);

} // namespace ps
