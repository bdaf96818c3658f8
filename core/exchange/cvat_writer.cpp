// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/format_writers.h"
#include "core/exchange/image_format_writer.h"
#include "core/exchange/text_quoting.h"

#include <set>

namespace ps {

namespace {

void appendAttribute(std::string& out, std::string_view name, std::string_view text)
{
    ((out += " ") += name) += "=\"";
    appendXml(out, text);
    out += "\"";
}

/// An edge of a box, with two decimals as CVAT writes it; with more where they count.
void appendEdge(std::string& out, std::string_view name, double edge)
{
    std::string text;
    appendPixels(text, edge);
    const std::size_t point = text.find('.');
    const std::size_t decimals = point == std::string::npos ? 0 : text.size() - point - 1;
    if (decimals == 0)
        text += ".00";
    else if (decimals == 1)
        text += "0";
    appendAttribute(out, name, text);
}

/// images/<side>/<name> and annotations.xml of the kind "CVAT for images 1.1", where the subset of an image is its side.
class CvatWriter final : public ImageFormatWriter
{
public:
    explicit CvatWriter(FormatContext context) : ImageFormatWriter(std::move(context)) {}

private:
    std::string imagePath(ReleaseSide side, std::string_view name) const override
    {
        return "images/" + std::string(sideName(side)) + "/" + std::string(name);
    }

    Result<void> writeAnnotations() override
    {
        SinkText file(sink());
        PS_TRY_VOID(file.begin("annotations.xml"));
        PS_TRY_VOID(file.append(head()));
        for (const ReleaseSide side : usedSides())
            PS_TRY_VOID(writeSide(side, file));
        PS_TRY_VOID(file.append("</annotations>\n"));
        PS_TRY_VOID(file.end());
        if (!m_names.hasChanges())
            return {};
        PS_TRY_VOID(file.begin("classes.json"));
        PS_TRY_VOID(file.append(m_names.mapText()));
        return file.end();
    }

    std::string head()
    {
        std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n  <version>1.1</version>\n"
                          "  <meta>\n    <task>\n      <name>";
        appendXml(out, context().releaseName);
        out += "</name>\n      <size>" + std::to_string(spool().imageCount()) +
               "</size>\n      <mode>annotation</mode>\n"
               "      <overlap>0</overlap>\n      <labels>\n";
        std::set<std::string> labels(spool().classNames().begin(), spool().classNames().end());
        labels.insert(boxClasses().begin(), boxClasses().end());
        for (const std::string& label : labels) {
            out += "        <label>\n          <name>";
            appendXml(out, m_names.of(label));
            out += "</name>\n          <attributes>\n          </attributes>\n        </label>\n";
        }
        out += "      </labels>\n      <subsets>";
        for (const ReleaseSide side : usedSides())
            (out += side == usedSides().front() ? "" : "\n") += sideName(side);
        return out + "</subsets>\n    </task>\n  </meta>\n";
    }

    Result<void> writeSide(ReleaseSide side, SinkText& file)
    {
        PS_TRY(AnnotationSpool::Cursor cursor, spool().walk(side));
        SpooledImage image;
        while (true) {
            PS_TRY(const bool hasNext, cursor.next(image));
            if (!hasNext)
                return {};
            PS_TRY_VOID(checkStop());
            appendImage(file.buffer(), image, side);
            PS_TRY_VOID(file.flushIfFull());
        }
    }

    void appendImage(std::string& out, const SpooledImage& image, ReleaseSide side)
    {
        out += "  <image";
        appendAttribute(out, "id", std::to_string(m_counts.lines++));
        appendAttribute(out, "name", image.name);
        appendAttribute(out, "subset", sideName(side));
        appendAttribute(out, "width", std::to_string(image.size.width));
        appendAttribute(out, "height", std::to_string(image.size.height));
        out += ">\n";
        for (const SpooledBox& box : image.boxes) {
            out += "    <box";
            appendLabel(out, box.classNumber);
            out += " occluded=\"0\"";
            appendEdge(out, "xtl", box.box.x1);
            appendEdge(out, "ytl", box.box.y1);
            appendEdge(out, "xbr", box.box.x2);
            appendEdge(out, "ybr", box.box.y2);
            out += " z_order=\"0\">\n    </box>\n";
        }
        for (const std::int64_t number : image.classNumbers) {
            out += "    <tag";
            appendLabel(out, number);
            out += ">\n    </tag>\n";
        }
        out += "  </image>\n";
    }

    void appendLabel(std::string& out, std::int64_t classNumber)
    {
        appendAttribute(out, "label", m_names.of(spool().classNames().at(static_cast<std::size_t>(classNumber))));
        appendAttribute(out, "source", "manual");
    }

    EncodedNames m_names{EncodedNames::Kind::Xml};
};

} // namespace

std::unique_ptr<FormatWriter> makeCvatWriter(FormatContext context)
{
    return std::make_unique<CvatWriter>(std::move(context));
}

} // namespace ps
