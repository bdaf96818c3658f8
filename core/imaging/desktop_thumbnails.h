// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/imaging/thumbnail_class.h"

#include <string>

namespace ps {

// Where other programs of the desktop keep thumbnails. They are only read here; a worker decides whether one is valid.
// Source: freedesktop.org Thumbnail Managing Standard.

/// The name under which the thumbnail of a file is kept: "file:///home/a/caf%C3%A9.jpg".
std::string fileUri(const std::string& absolutePath);

/// Opens the smallest PNG in `cacheFolder` that may be large enough for the class; not open when there is none.
UniqueFd openDesktopThumbnail(const std::string& cacheFolder, const std::string& uri, ThumbnailClass size);

} // namespace ps
