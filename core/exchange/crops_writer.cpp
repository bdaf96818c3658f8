// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/exchange/format_writers.h"
#include "core/exchange/row_text.h"
#include "core/exchange/sink_text.h"
#include "core/exchange/text_quoting.h"

namespace ps {

namespace {

/// What a crop proposer is trained on.
struct CropSample {
    std::string imageName;
    ImageSize size;
    Crop crop;
    PixelBox box;
};

/// Nothing for a row without a crop of its own: no coordinates, or all of the image, which extractions made up.
/// Source: formats/decisions_v3.md R59.
Result<std::optional<CropSample>> sampleOf(const ReleaseGroup& group)
{
    const auto text = group.row.text("final_crop_coords");
    if (group.action == Action::Reject || !text)
        return std::optional<CropSample>();
    CropSample sample;
    auto crop = parseCrop(*text);
    if (!crop)
        return std::move(crop).error().in(group.groupId);
    sample.crop = *crop;
    PS_TRY(const std::vector<std::string> names, group.row.imageNames());
    const auto index = static_cast<std::size_t>(group.selectedIndex);
    if (group.selectedIndex < 0 || index >= names.size())
        return Error{ErrorCode::InvalidInput, "the selected image is none of the group", group.groupId, 0};
    sample.imageName = names[index];
    sample.size = {static_cast<int>(group.row.integer("image_width").value_or(0)),
                   static_cast<int>(group.row.integer("image_height").value_or(0))};
    const auto box = toPixels(sample.crop, sample.size);
    if (!box)
        return Error{ErrorCode::InvalidInput, "a crop of an image without a size", group.groupId, 0};
    sample.box = *box;
    return coversEveryPixel(sample.crop, sample.size) ? std::optional<CropSample>() : sample;
}

/// crops.jsonl: the final coordinates with the size of the image and the pixels that they stand for.
class CropsWriter final : public FormatWriter
{
public:
    explicit CropsWriter(FormatContext context) : m_context(std::move(context)), m_file(*m_context.sink) {}

    Result<void> begin() override { return m_file.begin("crops.jsonl"); }

    Result<void> add(const ReleaseGroup& group) override
    {
        if (m_context.stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the export was stopped", m_context.releaseName, 0};
        PS_TRY(const auto sample, sampleOf(group));
        if (!sample)
            return {};
        appendLine(m_file.buffer(), group, *sample);
        ++m_counts.lines;
        ++m_counts.boxes;
        return m_file.flushIfFull();
    }

    Result<void> finish() override { return m_file.end(); }

private:
    static void appendLine(std::string& out, const ReleaseGroup& group, const CropSample& sample)
    {
        out += "{\"group_id\": ";
        appendJsonString(out, group.groupId);
        out += ", \"project_id\": ";
        appendJsonString(out, group.projectId);
        out += ", \"side\": ";
        appendJsonStringOrNull(out, group.side ? sideName(*group.side) : "");
        out += ", \"provenance\": ";
        appendJsonStringOrNull(out, group.provenance);
        out += ", \"directory\": ";
        const std::string folder = group.row.text("directory").value_or("");
        appendJsonStringOrNull(out, folder.starts_with('/') ? "" : folder);
        out += ", \"image\": ";
        appendJsonString(out, sample.imageName);
        out += ", \"action\": ";
        appendJsonString(out, actionName(group.action));
        out += ", \"image_width\": ";
        appendInteger(out, sample.size.width);
        out += ", \"image_height\": ";
        appendInteger(out, sample.size.height);
        out += ", \"final_crop_coords\": " + cropText(sample.crop) + ", \"pixel_box\": [";
        appendInteger(out, sample.box.x1);
        for (const int edge : {sample.box.y1, sample.box.x2, sample.box.y2}) {
            out += ", ";
            appendInteger(out, edge);
        }
        out += "]}\n";
    }

    FormatContext m_context;
    SinkText m_file;
};

} // namespace

std::unique_ptr<FormatWriter> makeCropsWriter(FormatContext context)
{
    return std::make_unique<CropsWriter>(std::move(context));
}

} // namespace ps
