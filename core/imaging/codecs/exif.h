// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace ps {

/// The orientation, 1..8, that EXIF data give: tag 274 of their first directory. 1 when there is none or the data are
/// damaged. `exif` starts with the TIFF header; a leading "Exif\0\0" is skipped. Reads one directory and follows
/// nothing else, so that no loop is possible. Source: CIPA DC-008, TIFF 6.0.
int exifOrientation(std::string_view exif);

} // namespace ps
