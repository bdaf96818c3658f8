// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/crop/crop_limits.h"

#include <algorithm>

namespace ps {

namespace {

PixelBox common(const PixelBox& a, const PixelBox& b)
{
    return {std::max(a.x1, b.x1), std::max(a.y1, b.y1), std::min(a.x2, b.x2), std::min(a.y2, b.y2)};
}

PixelBox united(const PixelBox& a, const PixelBox& b)
{
    return {std::min(a.x1, b.x1), std::min(a.y1, b.y1), std::max(a.x2, b.x2), std::max(a.y2, b.y2)};
}

bool isBox(const PixelBox& box)
{
    return box.x1 < box.x2 && box.y1 < box.y2;
}

} // namespace

CropLimits CropLimits::around(const CropBox& crop)
{
    constexpr int kShare = 8;
    const PixelBox& box = crop.box();
    const int dx = box.width() / kShare;
    const int dy = box.height() / kShare;
    const ImageSize size = crop.imageSize();
    CropLimits limits;
    limits.m_inner = {box.x1 + dx, box.y1 + dy, box.x2 - dx, box.y2 - dy};
    limits.m_outer = {std::max(0, box.x1 - dx), std::max(0, box.y1 - dy), std::min(size.width, box.x2 + dx),
                      std::min(size.height, box.y2 + dy)};
    return limits;
}

CropLimits CropLimits::of(const CropTolerance& tolerance, const CropBox& crop)
{
    CropLimits limits;
    limits.m_inner = toPixels(tolerance.inner, crop.imageSize()).value_or(crop.box());
    limits.m_outer = toPixels(tolerance.outer, crop.imageSize()).value_or(crop.box());
    limits.follow(crop.box());
    return limits;
}

void CropLimits::follow(const PixelBox& crop)
{
    const PixelBox inner = common(m_inner, crop);
    m_inner = isBox(inner) ? inner : crop;
    m_outer = united(m_outer, crop);
}

void CropLimits::set(CropTarget target, const PixelBox& box, const PixelBox& crop)
{
    if (target == CropTarget::MayKeep)
        m_outer = united(box, crop);
    else if (const PixelBox inner = common(box, crop); target == CropTarget::MustKeep && isBox(inner))
        m_inner = inner;
}

} // namespace ps
