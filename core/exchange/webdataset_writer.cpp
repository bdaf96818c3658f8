// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/exchange/format_writers.h"
#include "core/exchange/image_format_writer.h"
#include "core/exchange/tar_writer.h"
#include "core/exchange/text_quoting.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace ps {

namespace {

constexpr std::size_t kShardDigits = 6;

/// <side>-000000.tar and so on, with the image and one JSON object of each sample beside each other.
class WebDatasetWriter final : public FormatWriter
{
public:
    explicit WebDatasetWriter(FormatContext context) : m_context(std::move(context)) {}

    Result<void> add(const ReleaseGroup& group) override
    {
        for (const ReleaseImage& image : group.images)
            PS_TRY_VOID(addSample(group, image));
        return {};
    }

    Result<void> finish() override
    {
        if (!m_tar && m_counts.images == 0)
            PS_TRY_VOID(beginShard(ReleaseSide::Train)); // an archive without entries, which readers understand
        return endShard();
    }

private:
    Result<void> addSample(const ReleaseGroup& group, const ReleaseImage& image)
    {
        if (m_context.stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the export was stopped", m_context.releaseName, 0};
        const ReleaseSide side = sideOf(group);
        if (!m_tar || side != m_side || m_samplesOfShard == m_context.request.batchSize)
            PS_TRY_VOID(beginShard(side));
        const std::string_view stem = stemOf(image.name);
        const std::string key = webDatasetKey(stem);
        PS_TRY(const ReleaseMedia::Prepared picture, m_context.media->prepare(image, *m_context.sink, m_context.stop));
        const MediaReport& report = picture.report;
        PS_TRY(const PlacedBoxes placed, placeBoxes(group, image, m_context.media->crops(), report.size));
        const std::string extension(std::string_view(image.name).substr(stem.size()));
        PS_TRY_VOID(m_tar->addEntry(key + extension, picture.file.get(), picture.sizeBytes, m_context.stop));
        PS_TRY_VOID(checkCopied(image, picture));
        PS_TRY_VOID(m_tar->addEntry(key + ".json", sampleText(group, image, report.size, placed.boxes)));
        ++m_samplesOfShard;
        ++m_counts.images;
        ++m_counts.lines;
        m_counts.reencodedImages += report.isReencoded ? 1 : 0;
        countImage(image, placed, ExportFormat::WebDataset, m_counts);
        return {};
    }

    static Json pixels(double value)
    {
        if (value == std::floor(value))
            return static_cast<std::int64_t>(value);
        return std::round(value * 1e6) / 1e6; // without the noise of differences
    }

    static std::string sampleText(const ReleaseGroup& group, const ReleaseImage& image, ImageSize size,
                                  const std::vector<PlacedBox>& boxes)
    {
        Json::Array objects;
        for (const PlacedBox& placed : boxes) {
            const BoxEdges& box = placed.box;
            objects.push_back(Json::object(
                {{"class", placed.className},
                 {"bbox", Json::array({pixels(box.x1), pixels(box.y1), pixels(box.width()), pixels(box.height())})}}));
        }
        Json::Array classes;
        for (const std::string& name : image.classes)
            classes.emplace_back(name);
        return dumpJson(Json::object({{"file_name", image.name},
                                      {"group_id", group.groupId},
                                      {"action", actionName(group.action)},
                                      {"width", size.width},
                                      {"height", size.height},
                                      {"classes", std::move(classes)},
                                      {"objects", std::move(objects)}})) +
               "\n";
    }

    Result<void> beginShard(ReleaseSide side)
    {
        PS_TRY_VOID(endShard());
        m_side = side;
        m_samplesOfShard = 0;
        std::string digits = std::to_string(m_shardNumbers.at(static_cast<std::size_t>(side))++);
        digits.insert(0, kShardDigits - std::min(kShardDigits, digits.size()), '0');
        PS_TRY_VOID(m_context.sink->beginFile(std::string(sideName(side)) + "-" + digits + ".tar"));
        m_tar.emplace(*m_context.sink);
        return {};
    }

    Result<void> endShard()
    {
        if (!m_tar)
            return {};
        PS_TRY_VOID(m_tar->finish());
        m_tar.reset();
        return m_context.sink->endFile();
    }

    FormatContext m_context;
    std::optional<TarWriter> m_tar;
    ReleaseSide m_side = ReleaseSide::Train;
    std::int64_t m_samplesOfShard = 0;
    std::array<std::int64_t, kReleaseSideCount> m_shardNumbers{};
};

} // namespace

std::unique_ptr<FormatWriter> makeWebDatasetWriter(FormatContext context)
{
    return std::make_unique<WebDatasetWriter>(std::move(context));
}

} // namespace ps
