// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/format_writers.h"
#include "core/exchange/image_format_writer.h"
#include "core/exchange/text_quoting.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace ps {

namespace {

constexpr std::int64_t kMillion = 1'000'000;

/// Centre and length of one direction in millionths of the image.
struct Span {
    std::int64_t centre = 0;
    std::int64_t length = 0;
};

/// True when a reader that computes the edges and cuts off fractions of a pixel, as crops are read, gets the same pixels.
bool givesBack(const Span& span, double begin, double end, int dimension)
{
    if (span.length < 1 || 2 * span.centre < span.length || 2 * span.centre + span.length > 2 * kMillion)
        return false;
    const double centre = static_cast<double>(span.centre) / kMillion;
    const double length = static_cast<double>(span.length) / kMillion;
    return std::floor((centre - length / 2) * dimension) == std::floor(begin) &&
           std::floor((centre + length / 2) * dimension) == std::floor(end);
}

/// The rounded span, or the nearest one to it that gives back the pixels: six decimals alone miss the edge of a pixel by a
/// hair, and then by a whole pixel.
Span spanOf(double begin, double end, int dimension)
{
    const Span rounded{std::llround((begin + end) / 2 / dimension * kMillion),
                       std::max<std::int64_t>(1, std::llround((end - begin) / dimension * kMillion))};
    for (const std::int64_t distance : {0, 1, 2, 3, 4, 5, 6}) {
        for (std::int64_t shift = -distance; shift <= distance; ++shift) {
            for (const std::int64_t growth : {distance - std::abs(shift), std::abs(shift) - distance}) {
                const Span near{rounded.centre + shift, rounded.length + growth};
                if (givesBack(near, begin, end, dimension))
                    return near;
            }
        }
    }
    return rounded; // more than some 200,000 pixels
}

/// "0 0.500000 0.500000 0.250000 0.250000": class, centre and size as fractions.
void appendLabel(std::string& out, std::int64_t classId, const BoxEdges& box, ImageSize size)
{
    const Span x = spanOf(box.x1, box.x2, size.width);
    const Span y = spanOf(box.y1, box.y2, size.height);
    appendInteger(out, classId);
    for (const std::int64_t value : {x.centre, y.centre, x.length, y.length}) {
        out.push_back(' ');
        appendMillionths(out, value);
    }
    out.push_back('\n');
}

class YoloWriter final : public ImageFormatWriter
{
public:
    explicit YoloWriter(FormatContext context) : ImageFormatWriter(std::move(context)) {}

private:
    std::string imagePath(ReleaseSide side, std::string_view name) const override
    {
        return "images/" + std::string(sideName(side)) + "/" + std::string(name);
    }

    Result<void> writeAnnotations() override
    {
        for (const ReleaseSide side : usedSides())
            PS_TRY_VOID(writeLabels(side));
        SinkText file(sink());
        PS_TRY_VOID(file.begin("data.yaml"));
        PS_TRY_VOID(file.append(dataYaml()));
        return file.end();
    }

    Result<void> writeLabels(ReleaseSide side)
    {
        const std::string folder = "labels/" + std::string(sideName(side)) + "/";
        PS_TRY(AnnotationSpool::Cursor cursor, spool().walk(side));
        SpooledImage image;
        std::string text;
        while (true) {
            PS_TRY(const bool hasNext, cursor.next(image));
            if (!hasNext)
                return {};
            PS_TRY_VOID(checkStop());
            text.clear();
            for (const SpooledBox& box : image.boxes)
                appendLabel(text, boxClassId(box.classNumber), box.box, image.size);
            m_counts.lines += std::ssize(image.boxes);
            PS_TRY_VOID(sink().beginFile(folder + std::string(stemOf(image.name)) + ".txt"));
            PS_TRY_VOID(sink().write(text)); // empty for a background image
            PS_TRY_VOID(sink().endFile());
        }
    }

    std::string dataYaml() const
    {
        const std::vector<ReleaseSide> sides = usedSides();
        std::string text = "# Paths are relative to the folder of this file.\n";
        for (const ReleaseSide side : sides)
            text += std::string(sideName(side)) + ": images/" + std::string(sideName(side)) + "\n";
        if (sides.size() == 1 && sides.front() == ReleaseSide::Train) {
            // Loaders refuse a set without "val".
            text += "# This release has no split: \"val\" names the same images as \"train\".\nval: images/train\n";
        }
        text += "nc: " + std::to_string(boxClasses().size()) + "\nnames:\n";
        for (std::size_t id = 0; id < boxClasses().size(); ++id) {
            text += "  " + std::to_string(id) + ": ";
            appendYamlString(text, boxClasses()[id]);
            text += "\n";
        }
        return text;
    }
};

} // namespace

std::unique_ptr<FormatWriter> makeYoloWriter(FormatContext context)
{
    return std::make_unique<YoloWriter>(std::move(context));
}

} // namespace ps
