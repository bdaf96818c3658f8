// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/colour.h"
#include "core/imaging/codecs/header.h"

namespace ps {

/// What the program is told about a file.
ImageInfo describe(const ImageHeader& header, std::int64_t fileBytes, ColourConverter& converter);

} // namespace ps
