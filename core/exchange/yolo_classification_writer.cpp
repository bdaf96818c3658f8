// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/format_writers.h"
#include "core/exchange/image_format_writer.h"
#include "core/exchange/text_quoting.h"

namespace ps {

namespace {

/// The class of an image: "reject" for what a person left out, its own class when a dataset gave it one, else the decision.
Result<std::string> classOf(const ReleaseGroup& group, const ReleaseImage& image)
{
    if (image.role != ImageRole::Winner)
        return std::string(actionName(Action::Reject));
    if (image.classes.size() > 1)
        return Error{ErrorCode::InvalidInput,
                     "an image with " + std::to_string(image.classes.size()) +
                         " classes has no folder of its own; use imagefolder, coco or webdataset",
                     group.groupId + " " + image.name, 0};
    return image.classes.empty() ? std::string(actionName(group.action)) : image.classes.front();
}

/// <side>/<class>/<name>, and classes.json with what the folders are called for people.
class YoloClassificationWriter final : public FormatWriter
{
public:
    explicit YoloClassificationWriter(FormatContext context) : m_context(std::move(context)) {}

    Result<void> add(const ReleaseGroup& group) override
    {
        for (const ReleaseImage& image : group.images) {
            PS_TRY(const std::string className, classOf(group, image));
            const std::string path = std::string(sideName(sideOf(group))) + "/" + m_folders.of(className) + "/" +
                                     image.name;
            PS_TRY(const MediaReport report, m_context.media->put(image, path, *m_context.sink, m_context.stop));
            ++m_counts.images;
            ++m_counts.lines;
            ++m_counts.byClass[className];
            m_counts.reencodedImages += report.isReencoded ? 1 : 0;
        }
        return {};
    }

    Result<void> finish() override
    {
        SinkText file(*m_context.sink);
        PS_TRY_VOID(file.begin("classes.json"));
        PS_TRY_VOID(file.append(m_folders.mapText()));
        return file.end();
    }

private:
    FormatContext m_context;
    EncodedNames m_folders{EncodedNames::Kind::Folder};
};

} // namespace

std::unique_ptr<FormatWriter> makeYoloClassificationWriter(FormatContext context)
{
    return std::make_unique<YoloClassificationWriter>(std::move(context));
}

} // namespace ps
