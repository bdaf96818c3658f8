// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integrity/inspection.h"

#include <string>

namespace ps {

/// The report as one self-contained page: no scripts, nothing loaded, readable in dark and light, and printable. Everything
/// that comes from data is escaped.
std::string reportHtml(const InspectionReport& report);

} // namespace ps
