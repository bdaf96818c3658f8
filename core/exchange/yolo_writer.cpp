// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/format_writers.h"
#include "core/exchange/image_format_writer.h"
#include "core/exchange/text_quoting.h"

#include <algorithm>

namespace ps {

namespace {

/// "0 0.500000 0.500000 0.250000 0.250000": class, centre and size as fractions.
void appendLabel(std::string& out, std::int64_t classId, const PixelBox& box, ImageSize size)
{
    appendInteger(out, classId);
    out.push_back(' ');
    appendSixDecimals(out, box.x1 + std::int64_t{box.x2}, 2 * std::int64_t{size.width});
    out.push_back(' ');
    appendSixDecimals(out, box.y1 + std::int64_t{box.y2}, 2 * std::int64_t{size.height});
    out.push_back(' ');
    appendSixDecimals(out, box.width(), size.width);
    out.push_back(' ');
    appendSixDecimals(out, box.height(), size.height);
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
