// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

namespace ps {

/// Prints a report page (HTML) as PDF, A4, with page numbers. Remote and local resources in the page are not loaded. Needs a
/// QGuiApplication. Blocks. Errors: NotFound, TooLarge, Io.
Result<void> printReport(const std::string& htmlPath, const std::string& pdfPath);

} // namespace ps
