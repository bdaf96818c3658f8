// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/exchange/release_checks.h"
#include "core/exchange/release_manifest.h"
#include "core/exchange/release_plan.h"
#include "core/exchange/release_staging.h"
#include "core/exchange/release_store.h"
#include "core/exchange/spool.h"

namespace ps {

namespace {

constexpr std::int64_t kGroupsBetweenReports = 64;

ReleasePlan::Options planOptions(const ExportOptions& options)
{
    return {exchangeScratchFolder(), options.onProgress};
}

/// A name belongs to one content for ever.
Result<void> checkName(const ProjectSession& session, const ReleasePlan& plan)
{
    PS_TRY(const auto known, findRelease(session, plan.preview().name));
    if (known && known->manifest["content_sha256"].toString() != plan.contentSha256())
        return Error{ErrorCode::AlreadyExists, "another release has this name; give a new one with --name",
                     displayText(plan.preview().name), 0};
    return {};
}

class Exporter
{
public:
    Exporter(ProjectSession& session, ImageService& images, ExportRequest request, const ExportOptions& options,
             const ReleasePlan& plan, ReleaseStaging& staging, std::stop_token stop)
        : m_session(session), m_images(images), m_request(std::move(request)), m_options(options), m_plan(plan),
          m_staging(staging), m_stop(std::move(stop)), m_files(exchangeScratchFolder()),
          m_items(exchangeScratchFolder())
    {
    }

    Result<ReleaseReceipt> run()
    {
        PS_TRY_VOID(write());
        PS_TRY_VOID(verify());
        bool isNew = false;
        if (m_session.isWorking()) {
            PS_TRY(isNew, storeRelease(m_session, m_plan, std::string(exportFormatInfo(m_request.format).name),
                                       m_manifestSha256, m_head, m_stop));
        }
        if (auto published = m_staging.publish(); !published) {
            if (isNew)
                discard(withdrawRelease(m_session, m_plan.preview().name), "the reason of the failure is what counts");
            return std::move(published).error();
        }
        ReleaseReceipt receipt;
        receipt.name = m_plan.preview().name;
        receipt.path = m_options.destination;
        receipt.manifestSha256 = m_manifestSha256;
        receipt.preview = m_plan.preview();
        receipt.written = m_written;
        receipt.fileCount = m_files.count() + 1;
        receipt.byteCount = m_files.byteCount() + m_manifestBytes;
        return receipt;
    }

private:
    void report(std::string_view phase, std::int64_t done, std::int64_t total) const
    {
        if (m_options.onProgress)
            m_options.onProgress({done, total, phase});
    }

    Result<void> write()
    {
        PS_TRY(m_sink, m_staging.openSink({.hardLinks = m_request.hardLinks}));
        ResumingMedia media(m_images, m_request.crops, m_request.keepsMetadata, m_staging, m_options.tool);
        m_sink->onFile = [this, &media](const ReleaseFile& file) -> Result<void> {
            media.onFile(file);
            if (file.path != kManifestName)
                return m_files.add(file);
            m_manifestSha256 = file.sha256;
            m_manifestBytes = file.sizeBytes;
            return {};
        };
        PS_TRY(const auto writer, makeFormatWriter(context(media)));
        PS_TRY_VOID(writer->begin());
        PS_TRY_VOID(writeGroups(*writer));
        PS_TRY_VOID(writer->finish());
        m_written = writer->counts();
        PS_TRY_VOID(writeItems());
        m_head = manifestHead(m_plan, m_session, m_request, m_written, m_options.tool);
        PS_TRY_VOID(m_sink->beginFile(kManifestName));
        PS_TRY_VOID(m_files.write(m_head, [this](std::string_view bytes) { return m_sink->write(bytes); }));
        PS_TRY_VOID(m_sink->endFile());
        PS_TRY_VOID(m_sink->finish());
        m_sink.reset();
        return {};
    }

    FormatContext context(ResumingMedia& media) const
    {
        FormatContext context;
        context.request = m_request;
        context.projectId = m_session.projectId();
        context.releaseName = m_plan.preview().name;
        context.toolVersion = m_options.tool;
        context.groupCounts = m_plan.preview().bySide;
        if (!m_request.split)
            context.groupCounts.front() = m_plan.preview().exported;
        context.scratchFolder = exchangeScratchFolder();
        context.sink = m_sink.get();
        context.media = exportFormatInfo(m_request.format).hasImages ? &media : nullptr;
        context.stop = m_stop;
        return context;
    }

    Result<void> writeGroups(FormatWriter& writer)
    {
        std::int64_t done = 0;
        Result<void> added;
        return m_plan.forEach(
            [&](const ReleaseGroup& group) -> Result<void> {
                PS_TRY_VOID(writer.add(group));
                appendItems(group, [&](std::string_view key, const std::string& line) {
                    if (added)
                        added = m_items.add(key, line);
                });
                if (!added)
                    return added;
                if (done++ % kGroupsBetweenReports == 0)
                    report("write", done, m_plan.preview().exported);
                return {};
            },
            m_stop);
    }

    Result<void> writeItems()
    {
        PS_TRY(ExternalSorter::Cursor cursor, m_items.sorted());
        PS_TRY_VOID(m_sink->beginFile(kItemsName));
        for (;;) {
            PS_TRY(const bool hasItem, cursor.next());
            if (!hasItem)
                return m_sink->endFile();
            PS_TRY_VOID(m_sink->write(cursor.payload()));
        }
    }

    Result<void> verify()
    {
        report("verify", 0, m_files.count());
        PS_TRY(const ReleaseVerdict verdict, verifyRelease(m_staging.path(), m_stop));
        if (verdict.problems.empty())
            return {};
        const ReleaseProblem& first = verdict.problems.front();
        return Error{ErrorCode::Corrupt,
                     "the release was read back and is not what was written: " + first.what + " (" +
                         std::to_string(verdict.problems.size()) + " in all)",
                     displayText(first.path), 0};
    }

    ProjectSession& m_session;
    ImageService& m_images;
    ExportRequest m_request;
    const ExportOptions& m_options;
    const ReleasePlan& m_plan;
    ReleaseStaging& m_staging;
    std::stop_token m_stop;
    std::unique_ptr<ReleaseSink> m_sink;
    ManifestFiles m_files;
    ExternalSorter m_items;
    FormatWriter::Counts m_written;
    Json m_head;
    std::string m_manifestSha256;
    std::int64_t m_manifestBytes = 0;
};

/// What a format cannot do is left out of its request, so that the manifest says what was done.
ExportRequest effectiveRequest(ExportRequest request)
{
    const ExportFormatInfo& info = exportFormatInfo(request.format);
    if (info.hasImages && !info.hasBoxes)
        request.crops = CropMode::Applied;
    return request;
}

} // namespace

Result<ReleasePreview> previewRelease(const ProjectSession& session, ImageService& images, const ExportRequest& request,
                                      const ExportOptions& options, std::stop_token stop)
{
    PS_TRY(const auto plan, ReleasePlan::make(session, images, effectiveRequest(request), planOptions(options), stop));
    return plan->preview();
}

Result<ReleaseReceipt> exportRelease(ProjectSession& session, ImageService& images, const ExportRequest& request,
                                     const ExportOptions& options, std::stop_token stop)
{
    if (request.split && !session.isWorking())
        return Error{
            ErrorCode::ReadOnly,
            "a split is kept for life, and the project is open for viewing only; export without a split or open it "
            "for work",
            session.projectId(), 0};
    const ExportRequest effective = effectiveRequest(request);
    PS_TRY(ReleaseStaging staging, ReleaseStaging::open(options.destination, options.resumes));
    const auto work = [&]() -> Result<ReleaseReceipt> {
        PS_TRY(const auto plan, ReleasePlan::make(session, images, effective, planOptions(options), stop));
        if (plan->preview().isBlocked())
            return Error{ErrorCode::Refused, refusalText(plan->preview()), {}, 0};
        PS_TRY_VOID(checkName(session, *plan));
        return Exporter(session, images, effective, options, *plan, staging, stop).run();
    };
    auto receipt = work();
    if (!receipt && receipt.error().code == ErrorCode::Cancelled)
        staging.keep();
    return receipt;
}

} // namespace ps
