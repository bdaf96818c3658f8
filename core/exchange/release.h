// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/exchange/export_request.h"
#include "core/exchange/format_writer.h"
#include "core/exchange/release_sink.h"
#include "core/exchange/split.h"
#include "core/integrity/finding.h"
#include "core/library/project_session.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

class ImageService;

/// What an export would hold: found before anything is written.
struct ReleasePreview {
    std::string name;
    std::int64_t inView = 0;                      ///< groups and rows that the query names
    std::int64_t exported = 0;                    ///< groups
    std::map<std::string, std::int64_t> excluded; ///< reason -> groups; inView = exported + all of these
    /// reason -> images of exported groups that are not in it: losers and rejected ones whose files are not as they were.
    std::map<std::string, std::int64_t> leftOutImages;
    std::array<std::int64_t, kReleaseSideCount> bySide{};
    std::map<std::string, std::int64_t> byClass;
    std::map<std::string, std::int64_t> byAction;
    std::vector<SplitLeak> leaks;
    /// check id -> findings of rows in view, and what the rules make of them.
    struct CheckResult {
        std::string check;
        std::int64_t count = 0;
        CheckRule rule = CheckRule::Warn;
        std::vector<std::string> first; ///< "group_id: evidence", the first few
    };
    std::vector<CheckResult> checks;
    bool isBlocked() const; ///< by a leak or a check
};

struct ExportProgress {
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::string_view phase; ///< "hash", "split", "write", "verify"
};

struct ExportOptions {
    std::string destination; ///< folder to be made, or a file that ends with ".zip"; nothing may be there
    std::string tool;        ///< "proofsheet 0.1.0"
    std::function<void(const ExportProgress&)> onProgress;
    /// Where an interrupted export left its temporary folder: finished image files are taken over. Always tried.
    bool resumes = true;
};

/// release.json of a published release.
struct ReleaseReceipt {
    std::string name;
    std::string path; ///< where it was published
    std::string manifestSha256;
    ReleasePreview preview;
    FormatWriter::Counts written;
    std::int64_t fileCount = 0;
    std::int64_t byteCount = 0;
};

constexpr std::string_view kManifestName = "release.json";

/// Works out what would be exported; blocks, hashes images whose content is not known yet. Touches nothing but the catalogue.
/// Errors: InvalidInput (query, request), Cancelled.
Result<ReleasePreview> previewRelease(const ProjectSession& session, ImageService& images, const ExportRequest& request,
                                      const ExportOptions& options, std::stop_token stop);

/// Makes a release: writes it beside its destination under a temporary name, reads it back with the independent reader of
/// verifyRelease(), publishes it by one rename that replaces nothing, and stores it with the sides of its images (when the
/// session works; a viewing session publishes without a split only). The database is read in one snapshot. Blocks.
/// Errors: Refused for a leak (the message holds the chain) and for blocking checks, with the first findings; AlreadyExists;
/// NoSpace and others of the disk: then nothing is left under the final name.
Result<ReleaseReceipt> exportRelease(ProjectSession& session, ImageService& images, const ExportRequest& request,
                                     const ExportOptions& options, std::stop_token stop);

/// One thing that is wrong with a published release.
struct ReleaseProblem {
    std::string path; ///< of the file in the release
    std::string what; ///< "sha256 differs", "missing", "not in the manifest", "CRC-32 differs", ...
};
struct ReleaseVerdict {
    std::string name;
    std::string format;
    std::int64_t fileCount = 0;
    std::int64_t byteCount = 0;
    std::vector<ReleaseProblem> problems;
};
/// Reads a release folder or zip again: every file against the manifest, nothing missing, nothing added, the counts of the format
/// against those of the manifest. Shares no code with the writers but SHA-256 and JSON. Blocks.
Result<ReleaseVerdict> verifyRelease(const std::string& path, std::stop_token stop);

/// What differs between two releases of one project.
struct ReleaseDiff {
    /// The image of a crop that changed.
    struct CroppedImage {
        std::string groupKey;
        std::optional<std::int64_t> slot; ///< in the row's images
        std::string nameBefore;           ///< in the first release, "" when it has no crop there
        std::string nameAfter;            ///< in the second
        ImageSize size;                   ///< upright; empty when neither release knows it
    };
    struct Change {
        std::string kind; ///< "added", "removed", "re-decided", "re-cropped", "moved" (side)
        std::string groupId;
        std::string name;
        std::string before;
        std::string after;
        std::optional<double> iou;              ///< of the crops
        std::optional<CroppedImage> image = {}; ///< of "re-cropped"
    };
    std::string first;
    std::string second;
    std::string project;         ///< of the second release
    std::vector<Change> changes; ///< by kind, then group id
    std::map<std::string, std::int64_t> counts;
    std::int64_t unchanged = 0;
};
Result<ReleaseDiff> diffReleases(const std::string& firstPath, const std::string& secondPath, std::stop_token stop);
Json diffJson(const ReleaseDiff& diff);

} // namespace ps
