// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace ps {

/// The orientation, 1..8, that EXIF data give: tag 274 of their first directory. 1 when there is none or the data are
/// damaged. `exif` starts with the TIFF header; a leading "Exif\0\0" is skipped. Reads one directory and follows
/// nothing else, so that no loop is possible. Source: CIPA DC-008, TIFF 6.0.
int exifOrientation(std::string_view exif);

/// Makes the orientation that exifOrientation() finds 1, in place: for pictures that have been turned upright.
void resetExifOrientation(std::string& exif);
/// The same for the copy of it that XMP may hold, as plain text: tiff:Orientation="6" or <tiff:Orientation>6<.
void resetXmpOrientation(std::string& xmp);

} // namespace ps
