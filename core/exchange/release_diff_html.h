// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release_diff_pictures.h"

#include <span>
#include <string>

namespace ps {

/// The differences as one self-contained page: no scripts, nothing loaded, readable in dark and light, and printable. A crop that
/// changed is drawn as its two frames over the picture, in the shape of the image; where there is no picture the page says why.
/// `pictures` are those of diffPictures(). Everything that comes from data is escaped. At most 5000 lines of each kind are listed.
std::string diffHtml(const ReleaseDiff& diff, std::span<const DiffPicture> pictures);

} // namespace ps
