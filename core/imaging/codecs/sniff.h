// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/codecs/file_reader.h"
#include "core/imaging/image_types.h"

namespace ps {

/// The format by the first bytes; names and extensions do not count.
/// Errors: Corrupt for an empty file; Unsupported for everything that is not on the list, naming what it seems to be,
/// for example "an HTML page"; Io.
Result<ImageFormat> sniffFormat(FileReader& file);

} // namespace ps
