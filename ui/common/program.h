// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace ps {

/// A path of the user's as the core takes it: raw bytes.
std::string localPath(const QString& path);

/// "proofsheet 0.1.0", as it stands in reports and sessions.
std::string programName();

} // namespace ps
