// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/exchange_backend.h"

#include "core/base/files.h"
#include "core/exchange/backfill.h"
#include "core/exchange/import_rules.h"
#include "core/exchange/release_store.h"
#include "core/library/filename.h"
#include "core/library/image_tools.h"
#include "core/library/workspace.h"
#include "ui/common/program.h"

#include <QCoreApplication>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>

namespace ps {

namespace {

std::string workerPath()
{
    return localPath(QCoreApplication::applicationDirPath()) + "/proofsheet-worker";
}

/// Where a release of this name lies.
std::string destinationOf(const ExportPlace& place, const std::string& name)
{
    return joinPath(place.folder, place.isZip ? name + ".zip" : name);
}

ExportOptions optionsOf(const ExportPlace& place, const std::string& name,
                        const ExchangeBackend::ExportWatcher& watcher)
{
    ExportOptions options;
    options.destination = destinationOf(place, name);
    options.tool = programName();
    options.onProgress = watcher;
    return options;
}

Result<void> makeFolder(const std::string& path)
{
    std::error_code problem; // links in the person's own path are followed
    std::filesystem::create_directories(path, problem);
    if (problem)
        return errnoError("the folder cannot be made", path, problem.value());
    return {};
}

std::map<std::string, std::int64_t> countsOf(const Json& object)
{
    std::map<std::string, std::int64_t> counts;
    for (const auto& [name, count] : object.members())
        counts.emplace(name, count.toInteger());
    return counts;
}

ReleaseEntry entryOf(const StoredRelease& release)
{
    const Json& counts = release.manifest["counts"];
    ReleaseEntry entry;
    entry.name = release.name;
    entry.format = release.format;
    entry.timestamp = release.timestamp;
    entry.manifestSha256 = release.manifestSha256;
    entry.imageCount = counts["images"].toInteger();
    entry.hasSplit = !release.manifest["request"]["split"].isNull();
    entry.query = release.manifest["request"]["query"].toString();
    entry.counts.exported = counts["exported"].toInteger();
    entry.counts.inView = counts["in_view"].toInteger();
    entry.counts.excluded = countsOf(counts["excluded"]);
    entry.counts.leftOutImages = countsOf(counts["left_out_images"]);
    entry.counts.byAction = countsOf(counts["by_action"]);
    entry.counts.byClass = countsOf(counts["by_class"]);
    for (std::size_t side = 0; side < kReleaseSideCount; ++side)
        entry.counts.bySide.at(side) = counts["by_side"][sideName(static_cast<ReleaseSide>(side))].toInteger();
    return entry;
}

SessionOptions sessionOptions(const ImportOrder& order, const std::string& projectId, ImageService& images)
{
    SessionOptions options;
    options.workspacePath = order.workspacePath;
    options.projectId = projectId;
    options.annotator = order.annotator;
    options.program = programName();
    options.images = makeImageTools(images);
    return options;
}

Result<std::unique_ptr<ProjectSession>> openReady(SessionOptions options, const std::stop_token& stop,
                                                  bool looksAtFolders = false)
{
    PS_TRY(std::unique_ptr<ProjectSession> session, ProjectSession::open(std::move(options)));
    PS_TRY_VOID(session->makeReady(stop, {}, looksAtFolders));
    return session;
}

/// The plan of the core, and what applying it needs.
class DiskImport : public PlannedImport
{
public:
    using Watcher = std::function<void(std::int64_t, std::int64_t)>;

    /// `watcher` is what the plan tells its progress to.
    DiskImport(std::unique_ptr<ImportPlan> plan, std::shared_ptr<Watcher> watcher, ImageService& images,
               ImportOrder order)
        : m_plan(std::move(plan)), m_watcher(std::move(watcher)), m_images(images), m_order(std::move(order))
    {
    }

    ImportFormat format() const override { return m_plan->format(); }
    Result<ImportPlan::Counts> counts() const override { return m_plan->counts(); }
    Result<std::vector<std::pair<std::string, std::int64_t>>> classes() const override { return m_plan->classes(); }
    Result<std::vector<ImportPlan::Item>> items(std::optional<ImportOutcome> outcome, std::int64_t first,
                                                std::int64_t count) const override
    {
        return m_plan->items(outcome, first, count);
    }

    Result<ImportPlan::Applied> apply(const Watcher& progress, std::stop_token stop) override
    {
        *m_watcher = progress;
        const auto open = [this, stop](const std::string& projectId) {
            SessionOptions options = sessionOptions(m_order, projectId, m_images);
            options.isWorking = true;
            return openReady(std::move(options), stop);
        };
        return m_plan->apply(open, stop);
    }

private:
    std::unique_ptr<ImportPlan> m_plan;
    std::shared_ptr<Watcher> m_watcher;
    ImageService& m_images;
    ImportOrder m_order;
};

class DiskExchange : public ExchangeBackend
{
public:
    explicit DiskExchange(ImageService& images) : m_images(images) {}

    Result<ExportPreview> preview(const ProjectSession& session, const ExportRequest& request, const ExportPlace& place,
                                  const ExportWatcher& watcher, std::stop_token stop) override
    {
        ExportPreview preview;
        PS_TRY(preview.release,
               previewRelease(session, m_images, request, optionsOf(place, request.name, watcher), stop));
        std::error_code ignored; // what cannot be looked at is found out when it is written
        preview.isPlaceTaken = std::filesystem::exists(
            std::filesystem::symlink_status(destinationOf(place, preview.release.name), ignored));
        return preview;
    }

    Result<ReleaseReceipt> exportRelease(ProjectSession& session, const ExportRequest& request,
                                         const ExportPlace& place, const ExportWatcher& watcher,
                                         std::stop_token stop) override
    {
        PS_TRY_VOID(makeFolder(place.folder));
        return ps::exportRelease(session, m_images, request, optionsOf(place, request.name, watcher), stop);
    }

    Result<std::vector<ReleaseEntry>> releases(const ProjectSession& session) override
    {
        PS_TRY(const std::vector<StoredRelease> stored, listReleases(session));
        std::vector<ReleaseEntry> entries;
        for (const StoredRelease& release : stored)
            entries.insert(entries.begin(), entryOf(release));
        return entries;
    }

    Result<ReleaseVerdict> verify(const std::string& path, std::stop_token stop) override
    {
        return verifyRelease(path, stop);
    }
    Result<ReleaseDiff> diff(const std::string& firstPath, const std::string& secondPath, std::stop_token stop) override
    {
        return diffReleases(firstPath, secondPath, stop);
    }
    std::string diffDocument(const ReleaseDiff& diff) override { return dumpJsonIndented(diffJson(diff)) + "\n"; }

    std::optional<GroupImage> findImage(const ProjectSession& session, const std::string& groupId,
                                        const std::string& name) override
    {
        const auto group = session.findGroup(groupId);
        if (!group)
            return std::nullopt;
        for (const GroupImage& image : group->images) {
            // Releases have the extension of the true format and perhaps a number behind a name that is there twice.
            const std::string_view own = fileName(image.path);
            if (own == name || own.substr(0, own.rfind('.')) == std::string_view(name).substr(0, name.rfind('.')))
                return image;
        }
        const int cover = group->entry.coverSlot;
        const bool hasCover = cover >= 0 && static_cast<std::size_t>(cover) < group->images.size();
        return hasCover ? std::optional(group->images[static_cast<std::size_t>(cover)]) : std::nullopt;
    }

    Result<void> save(const std::string& path, const std::string& text) override
    {
        return writeFileDurably(path, text, Replace::Atomic);
    }

    Result<std::unique_ptr<PlannedImport>> planImport(const ImportOrder& order, std::stop_token stop) override
    {
        auto watcher = std::make_shared<DiskImport::Watcher>(order.options.onProgress);
        const auto tell = [watcher](std::int64_t done, std::int64_t total) {
            if (*watcher)
                (*watcher)(done, total);
        };
        PS_TRY(std::unique_ptr<ImportPlan> plan,
               order.isBackfill ? planBackfill(order, tell, stop) : planSource(order, tell, stop));
        return std::unique_ptr<PlannedImport>(
            std::make_unique<DiskImport>(std::move(plan), std::move(watcher), m_images, order));
    }

    Json knownRules() override { return ImportRules::knownJson(); }

    Result<std::vector<std::string>> projects(const std::string& workspacePath) override
    {
        PS_TRY(const Workspace workspace, Workspace::open(workspacePath));
        return workspace.projectIds();
    }

private:
    Result<std::unique_ptr<ImportPlan>> planSource(const ImportOrder& order, const DiskImport::Watcher& tell,
                                                   const std::stop_token& stop)
    {
        PS_TRY(const Workspace workspace, Workspace::open(order.workspacePath));
        ImportOptions options = order.options;
        options.workerPath = workerPath();
        options.onProgress = tell;
        return ImportPlan::make(workspace, m_images, options, stop);
    }

    Result<std::unique_ptr<ImportPlan>> planBackfill(const ImportOrder& order, const DiskImport::Watcher& tell,
                                                     const std::stop_token& stop)
    {
        // The project may be open in the window: this one only looks, with a catalogue of its own.
        SessionOptions viewing = sessionOptions(order, order.options.projectId, m_images);
        viewing.keepsCatalogueInMemory = true;
        PS_TRY(const auto session, openReady(std::move(viewing), stop, true));
        BackfillOptions options;
        options.finalsPath = order.options.sourcePath;
        options.correctsCrops = order.options.correctsCrops;
        options.rejectsUnmatched = order.options.rejectsUnmatched;
        options.threadCount = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
        options.tool = programName();
        options.onProgress = tell;
        return ImportPlan::makeBackfill(*session, m_images, options, stop);
    }

    ImageService& m_images;
};

} // namespace

std::shared_ptr<ExchangeBackend> makeExchangeBackend(ImageService& images)
{
    return std::make_shared<DiskExchange>(images);
}

} // namespace ps
