// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/exchange/format_writers.h"
#include "core/exchange/image_format_writer.h"
#include "core/exchange/text_quoting.h"

namespace ps {

namespace {

/// images/<side>/<name> and annotations/<side>.json. Ids count from 1 in each file; those of categories are the same in all.
class CocoWriter final : public ImageFormatWriter
{
public:
    explicit CocoWriter(FormatContext context) : ImageFormatWriter(std::move(context)) {}

private:
    std::string imagePath(ReleaseSide side, std::string_view name) const override
    {
        return "images/" + std::string(sideName(side)) + "/" + std::string(name);
    }

    Result<void> writeAnnotations() override
    {
        for (const ReleaseSide side : usedSides())
            PS_TRY_VOID(writeSide(side));
        return {};
    }

    Result<void> writeSide(ReleaseSide side)
    {
        SinkText file(sink());
        PS_TRY_VOID(file.begin("annotations/" + std::string(sideName(side)) + ".json"));
        std::string& out = file.buffer();
        out += "{\"info\": {\"description\": ";
        appendJsonString(out, context().releaseName);
        out += ", \"version\": ";
        appendJsonString(out, context().toolVersion);
        out += "},\n\"licenses\": [],\n\"images\": [";
        PS_TRY_VOID(writeList(side, file, &CocoWriter::appendImage));
        out += "],\n\"annotations\": [";
        m_annotationId = 0;
        PS_TRY_VOID(writeList(side, file, &CocoWriter::appendBoxes));
        m_counts.lines += m_annotationId;
        out += "],\n\"categories\": [";
        for (std::size_t i = 0; i < boxClasses().size(); ++i) {
            out += i == 0 ? "\n{\"id\": " : ",\n{\"id\": ";
            appendInteger(out, static_cast<std::int64_t>(i) + 1);
            out += ", \"name\": ";
            appendJsonString(out, boxClasses()[i]);
            out += "}";
        }
        out += "]}\n";
        return file.end();
    }

    using Appender = void (CocoWriter::*)(std::string&, const SpooledImage&, std::int64_t imageId);
    Result<void> writeList(ReleaseSide side, SinkText& file, Appender appendItem)
    {
        PS_TRY(AnnotationSpool::Cursor cursor, spool().walk(side));
        SpooledImage image;
        for (std::int64_t imageId = 1;; ++imageId) {
            PS_TRY(const bool hasNext, cursor.next(image));
            if (!hasNext)
                return {};
            PS_TRY_VOID(checkStop());
            (this->*appendItem)(file.buffer(), image, imageId);
            PS_TRY_VOID(file.flushIfFull());
        }
    }

    void appendImage(std::string& out, const SpooledImage& image, std::int64_t imageId)
    {
        out += imageId == 1 ? "\n{\"id\": " : ",\n{\"id\": ";
        appendInteger(out, imageId);
        out += ", \"file_name\": ";
        appendJsonString(out, image.name);
        out += ", \"width\": ";
        appendInteger(out, image.size.width);
        out += ", \"height\": ";
        appendInteger(out, image.size.height);
        if (!image.classNumbers.empty()) {
            // Not of COCO, which has no classes of whole images; its readers leave unknown members alone.
            out += ", \"classes\": [";
            for (std::size_t i = 0; i < image.classNumbers.size(); ++i) {
                out += i == 0 ? "" : ", ";
                appendJsonString(out, spool().classNames().at(static_cast<std::size_t>(image.classNumbers[i])));
            }
            out += "]";
        }
        out += "}";
    }

    void appendBoxes(std::string& out, const SpooledImage& image, std::int64_t imageId)
    {
        for (const SpooledBox& spooled : image.boxes) {
            const BoxEdges& box = spooled.box;
            out += ++m_annotationId == 1 ? "\n{\"id\": " : ",\n{\"id\": ";
            appendInteger(out, m_annotationId);
            out += ", \"image_id\": ";
            appendInteger(out, imageId);
            out += ", \"category_id\": ";
            appendInteger(out, boxClassId(spooled.classNumber) + 1);
            out += ", \"bbox\": [";
            appendPixels(out, box.x1);
            for (const double value : {box.y1, box.width(), box.height()}) {
                out += ", ";
                appendPixels(out, value);
            }
            out += "], \"area\": ";
            appendPixels(out, box.width() * box.height());
            out += ", \"iscrowd\": 0}";
        }
    }

    std::int64_t m_annotationId = 0;
};

} // namespace

std::unique_ptr<FormatWriter> makeCocoWriter(FormatContext context)
{
    return std::make_unique<CocoWriter>(std::move(context));
}

} // namespace ps
