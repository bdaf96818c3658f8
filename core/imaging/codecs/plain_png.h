// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/decoders.h"

namespace ps {

/// The fast way for ordinary PNG files: 8 bits, grey or colour with or without alpha, not interlaced. The pixels are the
/// same as libpng's, in a third of the time: libdeflate unpacks them at once, and the filters are undone by vector
/// instructions. Every checksum is examined, as libpng does.
/// Gives false, with nothing handed to the sink, for everything else: other kinds of PNG, pictures too large to unpack
/// at once, and files with any fault. libpng is to judge those. Errors: Io, Conflict; those of the sink.
Result<bool> decodePlainPng(FileReader& file, const ImageHeader& header, const DecodeOptions& options, RowSink& sink);

} // namespace ps
