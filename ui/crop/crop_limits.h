// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/outcomes.h"
#include "ui/crop/crop_box.h"

namespace ps {

/// Which box of a crop is being changed.
enum class CropTarget { Box, MustKeep, MayKeep };

/// What must and what may be kept, in whole pixels of the image, beside the box of a crop. Pure geometry.
/// Invariant: inner lies within the crop and the crop within outer, whatever of them is moved.
class CropLimits
{
public:
    /// Limits to start from: an eighth of the box to either side, as far as there is room.
    static CropLimits around(const CropBox& crop);
    /// Stored limits of this crop; what does not hold is made to.
    static CropLimits of(const CropTolerance& tolerance, const CropBox& crop);

    const PixelBox& inner() const { return m_inner; }
    const PixelBox& outer() const { return m_outer; }
    CropTolerance tolerance(ImageSize size) const { return {fromPixels(m_inner, size), fromPixels(m_outer, size)}; }

    /// The crop has become another: the limits give way.
    void follow(const PixelBox& crop);
    /// Takes one of the limits as far as the crop allows; the box itself is not changed.
    void set(CropTarget target, const PixelBox& box, const PixelBox& crop);

private:
    PixelBox m_inner;
    PixelBox m_outer;
};

} // namespace ps
