// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stands in for the decoders whose libraries the build system did not find.
#include "core/imaging/codecs/decoders.h"

namespace ps {

namespace {

[[maybe_unused]] Error missing(const char* library)
{
    return unsupported(std::string("this program was built without ") + library);
}

} // namespace

#if !PS_HAS_HEIF
Result<ImageHeader> readHeifHeader(FileReader&)
{
    return missing("libheif, which HEIF and AVIF images need");
}

Result<void> decodeHeif(std::string_view, const ImageHeader&, const DecodeOptions&, RowSink&)
{
    return missing("libheif, which HEIF and AVIF images need");
}
#endif

#if !PS_HAS_JXL
Result<ImageHeader> readJxlHeader(FileReader&, int)
{
    return missing("libjxl, which JPEG XL images need");
}

Result<void> decodeJxl(std::string_view, const ImageHeader&, const DecodeOptions&, RowSink&)
{
    return missing("libjxl, which JPEG XL images need");
}
#endif

} // namespace ps
