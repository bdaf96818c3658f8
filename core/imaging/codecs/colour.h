// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/raster.h"

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>

namespace ps {

/// What an embedded profile is worth.
struct ProfileFacts {
    bool isUsable = false;    ///< well-formed and for this colour model
    bool changesSrgb = false; ///< usable, and its colours differ from sRGB by more than rounding
    std::string description;  ///< printable, "" when it has none
};

/// Converts 8-bit rasters to sRGB: relative colorimetric with black point compensation. Keeps the transforms of the
/// last profiles, because the images of a project mostly share one. Threads: one.
class ColourConverter
{
public:
    ColourConverter();
    ~ColourConverter();
    ColourConverter(const ColourConverter&) = delete;
    ColourConverter& operator=(const ColourConverter&) = delete;

    /// Cost: builds a transform for a profile not seen lately, a few ms at most for CMYK.
    ProfileFacts examine(const std::string& icc, ColourModel model);

    /// Makes the raster Bgr, or Bgra when it has alpha, in sRGB, without tags. A broken profile is ignored. CMYK
    /// without a usable profile is converted as if inks were ideal. 8 bits; alpha must be straight.
    void convertToSrgb(Raster& raster);

private:
    struct Entry;
    const Entry& entryFor(const std::string& icc, ColourModel model);

    std::list<std::unique_ptr<Entry>> m_recent; ///< latest first
};

} // namespace ps
