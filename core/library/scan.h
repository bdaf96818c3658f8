// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

/// One image file that a scan met.
struct ScannedImage {
    std::string path; ///< relative to the scanned folder, raw bytes
    FileIdentity identity;
};

/// Something that looks like an image, or a folder, but was not taken.
struct SkippedEntry {
    enum class Reason {
        SymbolicLink,
        NotRegular,
        Unreadable,
        TooDeep,
        NameOfFinalized, ///< a new file under the name of an image that finalize has moved away
    };
    std::string path;
    Reason reason = Reason::Unreadable;
};
std::string_view skipReasonName(SkippedEntry::Reason reason);

/// What a walk tells of, in the order in which it is met. An error ends the walk.
class ScanVisitor
{
public:
    virtual ~ScanVisitor() = default;
    virtual Result<void> onImage(const ScannedImage& image) = 0;
    virtual Result<void> onSkipped(const SkippedEntry& entry) = 0;
    /// A companion, a sidecar or anything else.
    virtual Result<void> onOther(const std::string& /*path*/) { return {}; }
    /// Before its entries; "" is the top. What `identity` says of a folder changes when an entry comes or goes.
    virtual Result<void> onFolder(const std::string& /*path*/, const FileIdentity& /*identity*/) { return {}; }
};

struct ScanResult {
    std::vector<ScannedImage> images;
    std::vector<SkippedEntry> skipped;
    std::vector<std::string> sidecars; ///< paths of all .decision files
    std::int64_t otherFileCount = 0;   ///< companions and everything else, sidecars too
};

struct ScanOptions {
    /// Folders, relative to the scanned one, that are not entered.
    std::vector<std::string> excludedFolders;
    /// Called about every 1,000 entries with the number of images so far.
    std::function<void(std::int64_t)> onProgress;
};

/// Walks everything beneath an open folder: names of any bytes, no link followed, folders whose name starts with "." or
/// "__" left out. Images are told by their suffix here; their content decides later.
/// Threads: any; blocks. Errors: Cancelled within one folder; NotFound or Io for the top folder. A folder below that cannot
/// be read is reported in `skipped`, and the rest goes on.
/// Memory: that of the names of one folder and its parents' subfolders.
Result<void> walkImages(int folderFd, const ScanOptions& options, ScanVisitor& visitor, std::stop_token stop);

/// The same with everything in memory.
Result<ScanResult> scanImages(int folderFd, const ScanOptions& options, std::stop_token stop);

} // namespace ps
