// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/picture_loader.h"

#include "core/imaging/codecs/area_scale.h"
#include "core/imaging/codecs/decoders.h"
#include "core/imaging/codecs/encoders.h"
#include "core/imaging/thumbnail_class.h"

#include <algorithm>

namespace ps {

namespace {

/// A picture that is reduced for a model keeps at least so many times the size that the model wants, so that its own
/// resize rule decides how the result looks. Pillow's reducing_gap = 3 is called "indistinguishable from fair resampling".
constexpr int kReducingGap = 3;

/// 95 % of a side, rounded up: the least that isOfClass() accepts.
int leastOfClass(int side)
{
    return static_cast<int>((std::int64_t{side} * 95 + 99) / 100);
}

ImageSize largerOf(ImageSize a, ImageSize b)
{
    return {std::max(a.width, b.width), std::max(a.height, b.height)};
}

/// The smallest raw size that every form can be made from.
ImageSize neededRawSize(const ImageHeader& header, ImageSize atLeast)
{
    const ImageSize most = fittedSize(header.upright(), boxOf(ThumbnailClass::Large));
    const ImageSize normal{leastOfClass(most.width), leastOfClass(most.height)};
    const ImageSize needed = largerOf(normal, atLeast);
    const ImageSize full = header.upright();
    return uprightSize({std::min(needed.width, full.width), std::min(needed.height, full.height)}, header.orientation);
}

/// The size of the normal form of a picture that was decoded to `decoded`; both upright.
ImageSize normalSize(ImageSize decoded, ImageSize full)
{
    const ImageSize box = boxOf(ThumbnailClass::Large);
    return isOfClass(decoded, full, box) ? decoded : fittedSize(full, box);
}

/// Makes the other forms from the raw raster; whatever is cheaper on fewer pixels comes after the reduction.
class FormMaker
{
public:
    FormMaker(const Raster& raster, const ImageHeader& header, ColourConverter& converter)
        : m_raster(raster), m_header(header), m_converter(converter)
    {
    }

    cv::Mat reduced(ImageSize upright) const
    {
        const ImageSize raw = uprightSize(upright, m_header.orientation); // swapping sides is its own inverse
        return finished(raw == m_raster.size() ? m_raster.pixels : areaScaled(m_raster.pixels, raw));
    }

    /// The middle, and where it lies in the upright picture.
    cv::Mat middle(int side, FractionBox& place) const
    {
        const ImageSize size = m_raster.size();
        const int width = std::min(size.width, side);
        const int height = std::min(size.height, side);
        // On the grid of the blocks in which JPEG works.
        const int left = (size.width - width) / 2 / 8 * 8;
        const int top = (size.height - height) / 2 / 8 * 8;
        const PixelBox box = uprightBox({left, top, left + width, top + height}, size, m_header.orientation);
        const ImageSize upright = uprightSize(size, m_header.orientation);
        place = {static_cast<double>(box.x1) / upright.width, static_cast<double>(box.y1) / upright.height,
                 static_cast<double>(box.x2) / upright.width, static_cast<double>(box.y2) / upright.height};
        return finished(m_raster.pixels(cv::Rect(left, top, width, height)));
    }

private:
    cv::Mat finished(const cv::Mat& pixels) const
    {
        Raster form;
        form.model = m_raster.model;
        form.colour = m_raster.colour;
        form.pixels = pixels;
        if (!form.colour.icc.empty() || form.model != ColourModel::Bgr) { // may be changed in place
            form.pixels = pixels.clone();
            m_converter.convertToSrgb(form);
        }
        return oriented(form.pixels, m_header.orientation);
    }

    const Raster& m_raster;
    const ImageHeader& m_header;
    ColourConverter& m_converter;
};

/// About kReducingGap times what the model wants, by a whole ratio, or the size as it is.
ImageSize tensorSourceSize(ImageSize decoded, ImageSize atLeast)
{
    const int ratio = std::min(decoded.width / (kReducingGap * atLeast.width),
                               decoded.height / (kReducingGap * atLeast.height));
    if (ratio < 2)
        return decoded;
    return {decoded.width / ratio, decoded.height / ratio};
}

} // namespace

Result<LoadedPicture> loadPicture(FileReader& file, const ImageHeader& header, ImageSize atLeast,
                                  ColourConverter& converter)
{
    DecodeOptions options;
    options.smallestRawSize = neededRawSize(header, atLeast);
    PS_TRY(Raster raster, decodeRaster(file, header, options));
    if (hasAlpha(raster.model)) {
        unpremultiply(raster);
        converter.convertToSrgb(raster);
        flatten(raster);
    }
    const ImageSize decoded = uprightSize(raster.size(), header.orientation);
    const FormMaker maker(raster, header, converter);
    LoadedPicture picture;
    picture.fullSize = header.upright();
    picture.estimatedQuality = header.estimatedQuality;
    picture.fileBytes = file.sizeBytes();
    picture.normal = maker.reduced(normalSize(decoded, picture.fullSize));
    const bool isNormal = picture.normal.cols == decoded.width && picture.normal.rows == decoded.height;
    picture.detail = isNormal ? picture.normal : maker.middle(kDetailSide, picture.detailBox);
    picture.detailScale = static_cast<double>(decoded.width) / picture.fullSize.width;
    if (!atLeast.isEmpty())
        picture.tensorSource = isNormal ? picture.normal : maker.reduced(tensorSourceSize(decoded, atLeast));
    return picture;
}

} // namespace ps
