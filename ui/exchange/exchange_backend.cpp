// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/exchange_backend.h"

#include "core/base/files.h"
#include "core/exchange/release_store.h"
#include "core/library/filename.h"
#include "core/library/workspace.h"
#include "ui/common/program.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace ps {

namespace {

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

ReleaseEntry entryOf(const StoredRelease& release)
{
    const Json& counts = release.manifest["counts"];
    ReleaseEntry entry;
    entry.name = release.name;
    entry.format = release.format;
    entry.timestamp = release.timestamp;
    entry.manifestSha256 = release.manifestSha256;
    entry.exported = counts["exported"].toInteger();
    entry.inView = counts["in_view"].toInteger();
    entry.imageCount = counts["images"].toInteger();
    entry.hasSplit = !release.manifest["request"]["split"].isNull();
    entry.query = release.manifest["request"]["query"].toString();
    return entry;
}

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

    Result<std::unique_ptr<PlannedImport>> planImport(const ImportOrder& order, std::stop_token) override
    {
        return Error{ErrorCode::Unsupported, "this build cannot import", order.options.sourcePath, 0};
    }

    Json knownRules() override { return {}; }

    Result<std::vector<std::string>> projects(const std::string& workspacePath) override
    {
        PS_TRY(const Workspace workspace, Workspace::open(workspacePath));
        return workspace.projectIds();
    }

private:
    ImageService& m_images;
};

} // namespace

std::shared_ptr<ExchangeBackend> makeExchangeBackend(ImageService& images)
{
    return std::make_shared<DiskExchange>(images);
}

} // namespace ps
