// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_plan.h"
#include "core/exchange/release.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

/// What an export would hold, and whether something lies where it would go.
struct ExportPreview {
    ReleasePreview release;
    bool isPlaceTaken = false;
};

/// One published release as the project remembers it.
struct ReleaseEntry {
    std::string name;
    std::string format;
    std::string timestamp;      ///< ISO 8601
    std::string manifestSha256; ///< which tells it from every other one
    std::int64_t imageCount = 0;
    bool hasSplit = false;
    std::string query;
    ReleasePreview counts; ///< as the manifest has them; no checks, no leaks
};

/// Where an export goes, in two parts: the name of the release is known only after the preview.
struct ExportPlace {
    std::string folder; ///< made when it is not there
    bool isZip = false;
};

/// An import that was read and not applied yet. Threads: one at a time; everything blocks.
class PlannedImport
{
public:
    virtual ~PlannedImport() = default;

    virtual ImportFormat format() const = 0;
    virtual Result<ImportPlan::Counts> counts() const = 0;
    virtual Result<std::vector<std::pair<std::string, std::int64_t>>> classes() const = 0;
    virtual Result<std::vector<ImportPlan::Item>> items(std::optional<ImportOutcome> outcome, std::int64_t first,
                                                        std::int64_t count) const = 0;
    /// No project of the workspace may be open for work in this program meanwhile.
    virtual Result<ImportPlan::Applied>
    apply(const std::function<void(std::int64_t done, std::int64_t total)>& progress, std::stop_token stop) = 0;

protected:
    PlannedImport() = default;
    PlannedImport(const PlannedImport&) = default;
    PlannedImport& operator=(const PlannedImport&) = default;
};

/// What is to be imported, and where to.
struct ImportOrder {
    std::string workspacePath;
    std::string annotator;
    bool isBackfill = false; ///< the source holds finished images, whose crops are looked for in the originals
    ImportOptions options;
};

/// What Export and Import ask the disk. Injected, so that tests bring their own.
/// Threads: one function at a time on one lane, others on other lanes; everything blocks.
class ExchangeBackend
{
public:
    virtual ~ExchangeBackend() = default;

    using ExportWatcher = std::function<void(const ExportProgress&)>;
    virtual Result<ExportPreview> preview(const ProjectSession& session, const ExportRequest& request,
                                          const ExportPlace& place, const ExportWatcher& watcher,
                                          std::stop_token stop) = 0;
    virtual Result<ReleaseReceipt> exportRelease(ProjectSession& session, const ExportRequest& request,
                                                 const ExportPlace& place, const ExportWatcher& watcher,
                                                 std::stop_token stop) = 0;
    /// Newest first.
    virtual Result<std::vector<ReleaseEntry>> releases(const ProjectSession& session) = 0;
    virtual Result<ReleaseVerdict> verify(const std::string& path, std::stop_token stop) = 0;
    virtual Result<ReleaseDiff> diff(const std::string& firstPath, const std::string& secondPath,
                                     std::stop_token stop) = 0;
    /// What differs as a JSON document.
    virtual std::string diffDocument(const ReleaseDiff& diff) = 0;
    /// The image of a group that has this name; nothing when the project does not know it any more.
    virtual std::optional<GroupImage> findImage(const ProjectSession& session, const std::string& groupId,
                                                const std::string& name) = 0;
    /// Writes text as a file, atomically; replaces one that the person agreed to replace.
    virtual Result<void> save(const std::string& path, const std::string& text) = 0;

    virtual Result<std::unique_ptr<PlannedImport>> planImport(const ImportOrder& order, std::stop_token stop) = 0;
    /// Names and days that tell the project of a row, as the core knows them: the JSON of --rules.
    virtual Json knownRules() = 0;
    /// Ids of the projects of a workspace.
    virtual Result<std::vector<std::string>> projects(const std::string& workspacePath) = 0;
};

class ImageService;

/// The core, over the workers of the program. `images` must outlive it.
std::shared_ptr<ExchangeBackend> makeExchangeBackend(ImageService& images);

} // namespace ps
