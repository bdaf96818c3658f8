// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/codecs/colour.h"
#include "core/imaging/codecs/header.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// An image file taken apart: the picture without anything that is only about it.
struct StrippedFile {
    std::string bytes;                ///< a whole file; may be empty when nothing was removed
    std::vector<std::string> removed; ///< segments or chunks as they were, in their order
    bool hasOtherLoss = false;        ///< more went that cannot be put back: what lies behind the end of the picture
    bool isStripped() const { return !removed.empty() || hasOtherLoss; }
};

// The container formats, one by one. No pixel is looked at. Errors: Corrupt when the file is no whole chain of parts.
// What stays: docs/formats/release_media.md.
Result<StrippedFile> stripJpeg(std::string_view bytes);
Result<StrippedFile> stripPng(std::string_view bytes);
Result<StrippedFile> stripWebP(std::string_view bytes);
/// Of the container form of JPEG XL; the bare form holds nothing else.
Result<StrippedFile> stripJxl(std::string_view bytes);
/// HEIF and AVIF: what is about the picture is overwritten by zeros, because everything else is found by its offset.
Result<StrippedFile> stripHeif(std::string_view bytes);
/// Whether a TIFF holds anything that the picture does not need; in any of its pages.
Result<bool> hasTiffMetadata(FileReader& file);

// The way back, into a picture that has been turned upright: the orientation in what is put back becomes 1.
std::string withJpegMetadata(std::string bytes, const std::vector<std::string>& segments);
std::string withPngMetadata(std::string bytes, const std::vector<std::string>& chunks);
Result<std::string> withWebPMetadata(const std::string& bytes, const std::vector<std::string>& chunks);

/// A JPEG turned upright without decoding its values. Nothing when its size or its kind does not allow that.
std::optional<std::string> turnedJpeg(std::string_view bytes, int orientation);

/// What uprightCopy() made.
struct UprightFile {
    std::string bytes;        ///< empty when the file is to be copied as it is
    bool isUnchanged = false; ///< no byte has to change
    bool isTurned = false;    ///< it was not upright
    bool isReencoded = false; ///< by a lossy encoder
    bool lostMetadata = false;
};

/// The file upright, and without metadata unless they are kept. Memory: the file, and the picture when it is decoded.
/// Errors: those of decodeRaster() and encodeRaster().
Result<UprightFile> uprightCopy(FileReader& file, const ImageHeader& header, bool keepsMetadata,
                                ColourConverter& converter);

} // namespace ps
