// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release.h"
#include "core/exchange/release_group.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace ps {

/// Everything that a release will hold, worked out before a byte of it is written. Lies in temporary files: memory does not grow
/// with the number of groups, but for the split (some 60 bytes for each image).
/// Threads: one at a time.
class ReleasePlan
{
public:
    struct Options {
        std::string scratchFolder; ///< for temporary files
        std::function<void(const ExportProgress&)> onProgress;
    };

    /// Reads one state of the database, looks at the files, checks, splits and names. A leak or a blocking check is no error here:
    /// see preview(). Blocks. Errors: InvalidInput (query, request, name); Cancelled; those of workers, database and disk.
    static Result<std::unique_ptr<ReleasePlan>> make(const ProjectSession& session, ImageService& images,
                                                     const ExportRequest& request, const Options& options,
                                                     std::stop_token stop);
    ~ReleasePlan();

    const ReleasePreview& preview() const;
    /// 64 hex digits over rows, images, sides and names: equal for an equal release.
    const std::string& contentSha256() const;
    const std::string& ledgerHead() const;
    std::int64_t ledgerSeq() const;

    /// Every group by side and then by the name of its first image (formats without images: by group id). May be called again.
    Result<void> forEach(const std::function<Result<void>(const ReleaseGroup&)>& take, std::stop_token stop) const;

private:
    ReleasePlan();
    struct State;
    std::unique_ptr<State> m_state;
};

/// What an image is called for life where sides are kept: the hash of its content, or its name where the file is not there.
/// The latter begins with this.
constexpr std::string_view kNameKeyPrefix = "name:";
std::string releaseImageKey(const std::string& sha256, std::string_view directory, std::string_view name);

} // namespace ps
