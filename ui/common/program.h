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

/// The name under which this person is logged in; "unknown" when the system does not know.
std::string loginName();

} // namespace ps
