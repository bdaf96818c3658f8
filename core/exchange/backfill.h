// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_plan.h"

namespace ps {

/// Decisions are reconstructed from finished images: which image of a group is there under its name is the pick, and where it
/// was cut out of the original is the crop. Source: formats/decisions_v3.md 6.8, R63 to R65.
struct BackfillOptions {
    std::string finalsPath;        ///< folder with the finished images and all its folders
    bool correctsCrops = false;    ///< a crop that is found replaces a stored one that differs; else it is a conflict
    bool rejectsUnmatched = false; ///< groups without a finished image become rejects; else they stay undecided
    std::size_t threadCount = 1;   ///< groups that are looked at at once
    std::string tool;
    std::string cacheFolder;                                               ///< see ImportOptions
    const Clock* clock = nullptr;                                          ///< likewise
    std::function<void(std::int64_t done, std::int64_t total)> onProgress; ///< groups
};

} // namespace ps
