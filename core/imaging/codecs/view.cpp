// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/view.h"

#include "core/imaging/codecs/area_scale.h"
#include "core/imaging/codecs/decoders.h"

#include <opencv2/imgproc.hpp>

#include <optional>

namespace ps {

namespace {

/// Rows at full size are converted in bands of about so many bytes, which stay in the cache of the processor.
constexpr std::size_t kBandBytes = std::size_t{256} << 10;

/// What of a picture is drawn, and how large.
struct ViewPlan {
    PixelBox box; ///< upright, of the full size
    ImageSize fitBox;
    FitMode mode = FitMode::Exact;

    ImageSize full() const { return {box.width(), box.height()}; }
};

/// 95 % of a side, rounded up: the least that isOfClass() accepts.
int leastOfClass(int side)
{
    return static_cast<int>((std::int64_t{side} * 95 + 99) / 100);
}

/// Scales, converts and turns rows on their way to the canvas. Whatever is cheaper on fewer pixels comes after the
/// scaling.
class ViewSink final : public RowSink
{
public:
    ViewSink(const ImageHeader& header, const ViewPlan& plan, ColourConverter& converter, const MakeCanvas& makeCanvas)
        : m_header(header), m_plan(plan), m_converter(converter), m_makeCanvas(makeCanvas)
    {
    }

    Result<void> begin(const RowForm& form) override
    {
        m_form = form;
        m_size = sizeFor(form.size);
        m_rawSize = uprightSize(m_size, m_header.orientation); // swapping sides is its own inverse
        PS_TRY(const std::span<std::uint8_t> canvas, m_makeCanvas(m_size));
        const auto stride = static_cast<std::size_t>(rowBytes(m_size.width));
        if (canvas.size() < stride * static_cast<std::size_t>(m_size.height))
            return Error{ErrorCode::InvalidInput, "the memory is too small for the picture", {}, 0};
        m_canvas = cv::Mat(m_size.height, m_size.width, CV_8UC4, canvas.data(), stride);
        if (m_rawSize != form.size)
            m_scaler.emplace(form.size, m_rawSize, isTransparent() ? 4 : channelCount(form.model));
        return {};
    }

    void take(const cv::Mat& rows) override
    {
        // Colours of transparent pixels must neither be converted as if they were seen nor bleed into their neighbours.
        if (m_scaler && !isTransparent())
            return m_scaler->addRows(rows);
        const auto rowsOfBand = static_cast<int>(std::max<std::size_t>(1, kBandBytes / rows.step[0]));
        for (int y = 0; y < rows.rows; y += rowsOfBand) {
            const cv::Mat seen = converted(rows.rowRange(y, std::min(rows.rows, y + rowsOfBand)));
            if (m_scaler)
                m_scaler->addRows(seen);
            else
                paint(seen);
        }
    }

    /// To be called when every row has been taken.
    PixelLayout finish()
    {
        if (m_scaler)
            paint(isTransparent() ? m_scaler->result() : converted(m_scaler->result()));
        return {m_size, static_cast<std::int32_t>(rowBytes(m_size.width)), isTransparent()};
    }

private:
    bool isTransparent() const { return hasAlpha(m_form.model); }

    ImageSize sizeFor(ImageSize rawDecoded) const
    {
        const ImageSize decoded = uprightSize(rawDecoded, m_header.orientation);
        if (m_plan.mode == FitMode::Class && isOfClass(decoded, m_plan.full(), m_plan.fitBox))
            return decoded;
        return fittedSize(m_plan.full(), m_plan.fitBox);
    }

    /// In sRGB: B G R, or B G R A with alpha premultiplied.
    cv::Mat converted(const cv::Mat& rows)
    {
        Raster band;
        band.model = m_form.model;
        band.isPremultiplied = m_form.isPremultiplied;
        band.colour = m_header.colour;
        if (m_form.isRedFirst)
            cv::cvtColor(rows, band.pixels, isTransparent() ? cv::COLOR_RGBA2BGRA : cv::COLOR_RGB2BGR);
        else
            band.pixels = isTransparent() ? rows.clone() : rows; // alpha is multiplied in place
        unpremultiply(band);
        m_converter.convertToSrgb(band);
        premultiply(band);
        return band.pixels;
    }

    /// Puts the next finished rows of the raw picture where they are in the upright one.
    void paint(const cv::Mat& rows)
    {
        const PixelBox box = uprightBox({0, m_paintedRows, m_rawSize.width, m_paintedRows + rows.rows}, m_rawSize,
                                        m_header.orientation);
        const cv::Mat upright = oriented(rows, m_header.orientation);
        cv::Mat target = m_canvas(cv::Rect(box.x1, box.y1, box.width(), box.height()));
        if (isTransparent())
            upright.copyTo(target);
        else
            cv::cvtColor(upright, target, cv::COLOR_BGR2BGRA);
        m_paintedRows += rows.rows;
    }

    const ImageHeader& m_header;
    const ViewPlan& m_plan;
    ColourConverter& m_converter;
    const MakeCanvas& m_makeCanvas;
    RowForm m_form;
    ImageSize m_size;    ///< upright
    ImageSize m_rawSize; ///< the same before the orientation
    cv::Mat m_canvas;
    std::optional<AreaScaler> m_scaler;
    int m_paintedRows = 0;
};

Result<PixelLayout> draw(FileReader& file, const ImageHeader& header, const ViewPlan& plan, ColourConverter& converter,
                         const MakeCanvas& makeCanvas)
{
    const ImageSize wanted = uprightSize(fittedSize(plan.full(), plan.fitBox), header.orientation);
    DecodeOptions options;
    if (plan.full() != header.upright())
        options.region = rawBox(plan.box, header.rawSize, header.orientation);
    options.smallestRawSize = plan.mode == FitMode::Class
                                  ? ImageSize{leastOfClass(wanted.width), leastOfClass(wanted.height)}
                                  : wanted;
    ViewSink sink(header, plan, converter, makeCanvas);
    PS_TRY_VOID(decodeRows(file, header, options, sink));
    return sink.finish();
}

} // namespace

Result<PixelLayout> drawView(FileReader& file, const ImageHeader& header, ImageSize fitBox, ColourConverter& converter,
                             const MakeCanvas& makeCanvas, FitMode mode)
{
    const ImageSize size = header.upright();
    return draw(file, header, {{0, 0, size.width, size.height}, fitBox, mode}, converter, makeCanvas);
}

Result<PixelLayout> drawRegion(FileReader& file, const ImageHeader& header, PixelBox box, ImageSize fitBox,
                               ColourConverter& converter, const MakeCanvas& makeCanvas)
{
    PS_TRY_VOID(checkBox(box, header.upright()));
    return draw(file, header, {box, fitBox}, converter, makeCanvas);
}

} // namespace ps
