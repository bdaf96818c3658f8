// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_source.h"

#include <string>

namespace ps::cli {

/// The file that the user names. It may be a link; a FIFO does not hold the program up.
Result<ImageSource> sourceAt(const std::string& path);

} // namespace ps::cli
