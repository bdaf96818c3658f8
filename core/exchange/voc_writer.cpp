// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/format_writers.h"
#include "core/exchange/image_format_writer.h"
#include "core/exchange/text_quoting.h"

namespace ps {

namespace {

void appendElement(std::string& out, std::string_view indent, std::string_view name, std::string_view text)
{
    out += indent;
    ((out += "<") += name) += ">";
    appendXml(out, text);
    ((out += "</") += name) += ">\n";
}

void appendElement(std::string& out, std::string_view indent, std::string_view name, std::int64_t number)
{
    appendElement(out, indent, name, std::to_string(number));
}

void appendEdge(std::string& out, std::string_view name, double pixels)
{
    std::string text;
    appendPixels(text, pixels);
    appendElement(out, "      ", name, std::string_view(text));
}

/// JPEGImages/<name>, Annotations/<stem>.xml and ImageSets/Main/<side>.txt.
class VocWriter final : public ImageFormatWriter
{
public:
    explicit VocWriter(FormatContext context) : ImageFormatWriter(std::move(context)) {}

private:
    std::string imagePath(ReleaseSide, std::string_view name) const override
    {
        return "JPEGImages/" + std::string(name);
    }

    Result<void> writeAnnotations() override
    {
        for (const ReleaseSide side : usedSides())
            PS_TRY_VOID(writeSide(side));
        if (!m_names.hasChanges())
            return {};
        SinkText file(sink());
        PS_TRY_VOID(file.begin("classes.json"));
        PS_TRY_VOID(file.append(m_names.mapText()));
        return file.end();
    }

    Result<void> writeSide(ReleaseSide side)
    {
        PS_TRY(ScratchBytes set, ScratchBytes::open(sink()));
        PS_TRY(AnnotationSpool::Cursor cursor, spool().walk(side));
        SpooledImage image;
        while (true) {
            PS_TRY(const bool hasNext, cursor.next(image));
            if (!hasNext)
                break;
            PS_TRY_VOID(checkStop());
            const std::string stem(stemOf(image.name));
            PS_TRY_VOID(set.append(stem + "\n"));
            PS_TRY_VOID(sink().beginFile("Annotations/" + stem + ".xml"));
            PS_TRY_VOID(sink().write(annotation(image)));
            PS_TRY_VOID(sink().endFile());
            ++m_counts.lines;
        }
        return set.moveTo(sink(), "ImageSets/Main/" + std::string(sideName(side)) + ".txt", context().stop);
    }

    std::string annotation(const SpooledImage& image)
    {
        std::string out = "<annotation>\n";
        appendElement(out, "  ", "folder", "JPEGImages");
        appendElement(out, "  ", "filename", image.name);
        out += "  <source>\n";
        appendElement(out, "    ", "database", context().releaseName);
        out += "  </source>\n  <size>\n";
        appendElement(out, "    ", "width", image.size.width);
        appendElement(out, "    ", "height", image.size.height);
        appendElement(out, "    ", "depth", 3);
        out += "  </size>\n";
        appendElement(out, "  ", "segmented", 0);
        for (const SpooledBox& box : image.boxes)
            appendObject(out, box);
        return out + "</annotation>\n";
    }

    void appendObject(std::string& out, const SpooledBox& spooled)
    {
        out += "  <object>\n";
        const auto& className = spool().classNames().at(static_cast<std::size_t>(spooled.classNumber));
        appendElement(out, "    ", "name", m_names.of(className));
        appendElement(out, "    ", "pose", "Unspecified");
        appendElement(out, "    ", "truncated", 0);
        appendElement(out, "    ", "difficult", 0);
        out += "    <bndbox>\n";
        // Pascal VOC counts pixels from 1 and names the last one that belongs to the box.
        appendEdge(out, "xmin", spooled.box.x1 + 1);
        appendEdge(out, "ymin", spooled.box.y1 + 1);
        appendEdge(out, "xmax", spooled.box.x2);
        appendEdge(out, "ymax", spooled.box.y2);
        out += "    </bndbox>\n  </object>\n";
    }

    EncodedNames m_names{EncodedNames::Kind::Xml};
};

} // namespace

std::unique_ptr<FormatWriter> makeVocWriter(FormatContext context)
{
    return std::make_unique<VocWriter>(std::move(context));
}

} // namespace ps
