// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace ps::test {

/// select_crop_log.csv as it is today: 7,194 rows of 19 fields with exactly the counts of formats/decisions_v3.md 6.2 (one
/// normalized row, full frames, 93 repeated names with 95 further rows: 17 the same, 69 full frames of the first crop, 9 within
/// it). The same bytes every time.
std::string selectCropLog();

/// The same file as it was on 20 October: 12,625 rows, of which 7,193 have 15 fields and no size and 5,431 are rows of nine
/// fields from twelve projects.
std::string mixedSelectCropLog();

/// anomaly_cases.csv: 518 rows with lists as Python prints them, 998 pairs, 13 projects.
std::string anomalyLog();

/// mojo1_crop_log.csv: 5,156 rows without coordinates.
std::string extractionLog();

} // namespace ps::test
