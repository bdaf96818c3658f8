// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "tests/bench/settings.h"

#include <string>
#include <vector>

namespace ps::bench {

/// Photographs of the demo's packages brought to the sizes of cameras and generators, with the slight noise of a sensor,
/// which scaling has taken from them and which is most of the work of a decoder.
struct SamplePhotographs {
    std::vector<std::string> jpegs; ///< 4000 x 3000, quality 90, 4:2:0
    std::vector<std::string> pngs;  ///< 3072 x 3072, RGB, level 6
    std::string folder;             ///< where they lie, in folders "jpeg" and "png"
};

/// Made when they are missing, which takes some seconds each; the next time they are there.
/// Errors: NotFound when no package with photographs is installed.
Result<SamplePhotographs> samplePhotographs(const Settings& settings);

/// A folder with `settings.folderImages` names of the JPEGs in turn. Gives the folder.
Result<std::string> samplePhotographFolder(const Settings& settings, const SamplePhotographs& photographs);

} // namespace ps::bench
