// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/exchange/format_writers.h"
#include "core/exchange/image_format_writer.h"
#include "core/exchange/text_quoting.h"

namespace ps {

namespace {

/// What `datasets` calls a side.
std::string_view splitName(ReleaseSide side)
{
    return side == ReleaseSide::Val ? "validation" : sideName(side);
}

void appendFeature(std::string& out, std::string_view name, std::string_view type)
{
    ((((out += "  - name: ") += name) += "\n    dtype: ") += type) += "\n";
}

/// <side>/<name>, <side>/metadata.jsonl, and a card with features and sizes of the splits.
class ImageFolderWriter final : public ImageFormatWriter
{
public:
    explicit ImageFolderWriter(FormatContext context) : ImageFormatWriter(std::move(context)) {}

private:
    std::string imagePath(ReleaseSide side, std::string_view name) const override
    {
        return std::string(sideName(side)) + "/" + std::string(name);
    }

    Result<void> writeAnnotations() override
    {
        // One set of columns for all lines, whatever stands in them.
        m_hasObjects = context().media->crops() == CropMode::Boxes || m_counts.boxes > 0;
        for (const ReleaseSide side : usedSides())
            PS_TRY_VOID(writeSide(side));
        SinkText file(sink());
        PS_TRY_VOID(file.begin("README.md"));
        PS_TRY_VOID(file.append(card()));
        return file.end();
    }

    Result<void> writeSide(ReleaseSide side)
    {
        SinkText file(sink());
        PS_TRY_VOID(file.begin(std::string(sideName(side)) + "/metadata.jsonl"));
        PS_TRY(AnnotationSpool::Cursor cursor, spool().walk(side));
        SpooledImage image;
        while (true) {
            PS_TRY(const bool hasNext, cursor.next(image));
            if (!hasNext)
                return file.end();
            PS_TRY_VOID(checkStop());
            appendLine(file.buffer(), image);
            PS_TRY_VOID(file.flushIfFull());
            ++m_counts.lines;
        }
    }

    const std::string& className(std::int64_t number)
    {
        return spool().classNames().at(static_cast<std::size_t>(number));
    }

    void appendLine(std::string& out, const SpooledImage& image)
    {
        out += "{\"file_name\": ";
        appendJsonString(out, image.name);
        out += ", \"group_id\": ";
        appendJsonString(out, image.groupId);
        out += ", \"action\": ";
        appendJsonString(out, image.action);
        out += ", \"width\": ";
        appendInteger(out, image.size.width);
        out += ", \"height\": ";
        appendInteger(out, image.size.height);
        if (hasImageClasses()) {
            out += ", \"classes\": [";
            for (std::size_t i = 0; i < image.classNumbers.size(); ++i) {
                out += i == 0 ? "" : ", ";
                appendJsonString(out, className(image.classNumbers[i]));
            }
            out += "]";
        }
        if (m_hasObjects)
            appendObjects(out, image.boxes);
        out += "}\n";
    }

    void appendObjects(std::string& out, const std::vector<SpooledBox>& boxes)
    {
        out += ", \"objects\": {\"bbox\": [";
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            const BoxEdges& box = boxes[i].box;
            out += i == 0 ? "[" : ", [";
            appendPixels(out, box.x1);
            for (const double value : {box.y1, box.width(), box.height()}) {
                out += ", ";
                appendPixels(out, value);
            }
            out += "]";
        }
        out += "], \"categories\": [";
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            out += i == 0 ? "" : ", ";
            appendJsonString(out, className(boxes[i].classNumber));
        }
        out += "]}";
    }

    std::string features() const
    {
        std::string out = "  features:\n";
        appendFeature(out, "image", "image");
        appendFeature(out, "group_id", "string");
        appendFeature(out, "action", "string");
        appendFeature(out, "width", "int32");
        appendFeature(out, "height", "int32");
        if (hasImageClasses())
            out += "  - name: classes\n    sequence: string\n";
        if (!m_hasObjects)
            return out;
        out += "  - name: objects\n    struct:\n    - name: bbox\n      sequence:\n        sequence: float64\n"
               "        length: 4\n    - name: categories\n      sequence:\n        class_label:\n          names:\n";
        for (std::size_t id = 0; id < boxClasses().size(); ++id) {
            out += "            '" + std::to_string(id) + "': ";
            appendYamlString(out, boxClasses()[id]);
            out += "\n";
        }
        return out;
    }

    std::string card()
    {
        std::string out = "---\npretty_name: ";
        appendYamlString(out, context().releaseName);
        out += "\nconfigs:\n- config_name: default\n  data_files:\n";
        for (const ReleaseSide side : usedSides()) {
            out += "  - split: " + std::string(splitName(side)) + "\n";
            out += "    path: " + std::string(sideName(side)) + "/**\n";
        }
        out += "dataset_info:\n" + features() + "  splits:\n";
        for (const ReleaseSide side : usedSides()) {
            out += "  - name: " + std::string(splitName(side)) + "\n";
            out += "    num_examples: " + std::to_string(spool().imageCount(side)) + "\n";
        }
        out += "---\n\nReviewed images of one release, made by " + context().toolVersion + ".\n\n";
        out += "`action` is what a person decided: `approve` keeps the image as it is, `crop` keeps a part of it.\n";
        if (m_hasObjects) {
            out += "`objects.bbox` is `[x, y, width, height]` in pixels of the image, the first pixel is 0; a crop is "
                   "a box "
                   "of the category `crop`.\n";
        }
        return out + "`release.json` names the query, the tool and the SHA-256 of every file.\n";
    }

    bool m_hasObjects = true;
};

} // namespace

std::unique_ptr<FormatWriter> makeImageFolderWriter(FormatContext context)
{
    return std::make_unique<ImageFolderWriter>(std::move(context));
}

} // namespace ps
