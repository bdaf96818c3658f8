// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/exchange/format_writers.h"
#include "core/exchange/image_format_writer.h"
#include "core/exchange/text_quoting.h"

#include <array>
#include <cmath>
#include <utility>

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
            SideFacts& facts = m_facts.at(static_cast<std::size_t>(side));
            facts.hasBoxes = facts.hasBoxes || !image.boxes.empty();
            facts.hasClasses = facts.hasClasses || !image.classNumbers.empty();
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

    /// A coordinate always has a point: readers take the type of a column from its values, and it is one type in all files.
    static void appendCoordinate(std::string& out, double pixels)
    {
        appendPixels(out, pixels);
        if (pixels == std::floor(pixels))
            out += ".0";
    }

    void appendObjects(std::string& out, const std::vector<SpooledBox>& boxes)
    {
        out += ", \"objects\": {\"bbox\": [";
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            const BoxEdges& box = boxes[i].box;
            out += i == 0 ? "[" : ", [";
            appendCoordinate(out, box.x1);
            for (const double value : {box.y1, box.width(), box.height()}) {
                out += ", ";
                appendCoordinate(out, value);
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

    /// What readers find out about the columns of a side. Those of one configuration must agree.
    struct SideFacts {
        bool hasBoxes = false;
        bool hasClasses = false;
        bool operator==(const SideFacts&) const = default;
    };
    const SideFacts& factsOf(ReleaseSide side) const { return m_facts.at(static_cast<std::size_t>(side)); }

    std::string features() const
    {
        std::string out = "  features:\n";
        appendFeature(out, "image", "image");
        appendFeature(out, "group_id", "string");
        appendFeature(out, "action", "string");
        appendFeature(out, "width", "int64");
        appendFeature(out, "height", "int64");
        if (hasImageClasses())
            out += "  - name: classes\n    sequence: string\n";
        if (m_hasObjects) {
            out += "  - name: objects\n    struct:\n    - name: bbox\n      sequence:\n        sequence: float64\n"
                   "    - name: categories\n      sequence: string\n";
        }
        return out;
    }

    /// The configurations of the card: "default" with the first side and all that are like it, and one of its own for each other
    /// side. `datasets` takes the types of columns from the lines of a side, and refuses sides that differ: one without any
    /// box has no type for boxes.
    std::vector<std::pair<std::string, std::vector<ReleaseSide>>> configurations() const
    {
        std::vector<std::pair<std::string, std::vector<ReleaseSide>>> found{{"default", {}}};
        const std::vector<ReleaseSide> sides = usedSides();
        for (const ReleaseSide side : sides) {
            if (factsOf(side) == factsOf(sides.front()))
                found.front().second.push_back(side);
            else
                found.push_back({std::string(sideName(side)), {side}});
        }
        return found;
    }

    std::string card()
    {
        const auto configs = configurations();
        std::string out = "---\npretty_name: ";
        appendYamlString(out, context().releaseName);
        out += "\nconfigs:\n";
        for (const auto& [name, sides] : configs) {
            out += "- config_name: " + name + "\n  data_files:\n";
            for (const ReleaseSide side : sides) {
                out += "  - split: " + std::string(splitName(side)) + "\n";
                out += "    path: " + std::string(sideName(side)) + "/**\n";
            }
        }
        out += "dataset_info:\n";
        for (const auto& [name, sides] : configs) {
            out += "- config_name: " + name + "\n" + features() + "  splits:\n";
            for (const ReleaseSide side : sides) {
                out += "  - name: " + std::string(splitName(side)) + "\n";
                out += "    num_examples: " + std::to_string(spool().imageCount(side)) + "\n";
            }
        }
        return out + "---\n\n" + body(configs.size() > 1);
    }

    std::string body(bool hasOtherConfigurations) const
    {
        std::string out = "Reviewed images of one release, made by " + context().toolVersion + ".\n\n";
        out += "`action` is what a person decided: `approve` keeps the image as it is, `crop` keeps a part of it.\n";
        if (m_hasObjects) {
            out += "`objects.bbox` is `[x, y, width, height]` in pixels of the image, the first pixel is 0; a crop is "
                   "a box "
                   "of the category `crop`. Categories are named, these are all:\n\n";
            for (const std::string& name : boxClasses()) {
                out += "    ";
                appendJsonString(out, name);
                out += "\n";
            }
            out += "\n";
        }
        if (hasOtherConfigurations) {
            out +=
                "A split without any box or class is a configuration of its own, because its columns have no types.\n";
        }
        return out + "`release.json` names the query, the tool and the SHA-256 of every file.\n";
    }

    bool m_hasObjects = true;
    std::array<SideFacts, kReleaseSideCount> m_facts;
};

} // namespace

std::unique_ptr<FormatWriter> makeImageFolderWriter(FormatContext context)
{
    return std::make_unique<ImageFolderWriter>(std::move(context));
}

} // namespace ps
