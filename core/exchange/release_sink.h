// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace ps {

/// One file of a release as it was written.
struct ReleaseFile {
    std::string path; ///< in the release, '/' between parts
    std::int64_t sizeBytes = 0;
    std::string sha256; ///< 64 hex digits
};

/// Where the files of a release go: a folder or a zip archive that is being made under a temporary name. Memory: buffers, 16
/// bytes for each file, and in a zip its entry in the central directory (some 100 bytes).
/// Paths are relative, portable (see release_path.h), and each is used once; two that differ in case only are refused
/// (InvalidInput), and then nothing was written and the sink goes on.
/// Threads: one at a time. Errors of all: NoSpace, Io, Refused for a path that is none of a release. After any other error than
/// of a path the sink is done for: every further call gives that error again, finish() too.
class ReleaseSink
{
public:
    virtual ~ReleaseSink() = default;

    /// A file that grows by pieces; only one is open at a time. Ended by endFile() and by the next call of beginFile(),
    /// copyFile() and finish(); scratchFile() leaves it open.
    virtual Result<void> beginFile(std::string_view path) = 0;
    virtual Result<void> write(std::string_view bytes) = 0;
    virtual Result<void> endFile() = 0;

    /// A whole file from an open one, whose position is not moved: reflinked where the file system can and the sink is a
    /// folder, else streamed. With hard links asked for, a file that has a name on the same file system gets a second one.
    /// Errors also: Cancelled; Conflict when the file changes its size meanwhile.
    virtual Result<void> copyFile(std::string_view path, int fromFd, std::stop_token stop) = 0;

    /// An empty nameless file on the same file system for a worker to write into, to be given to copyFile().
    virtual Result<UniqueFd> scratchFile() = 0;

    /// Everything is on the disk and known in onFile; nothing can be added any more.
    virtual Result<void> finish() = 0;

    /// Called for each complete file, in the order in which they were written.
    std::function<Result<void>(const ReleaseFile&)> onFile;

protected:
    ReleaseSink() = default;
    ReleaseSink(const ReleaseSink&) = default;
    ReleaseSink& operator=(const ReleaseSink&) = default;
};

struct SinkOptions {
    bool hardLinks = false;
};

/// A sink into an empty folder that the caller opened.
Result<std::unique_ptr<ReleaseSink>> openFolderSink(UniqueFd folder, const SinkOptions& options = {});

/// A sink into an empty file that is open for reading and writing: zip64 where needed, UTF-8 names, compressed images stored and text deflated, all times
/// 1980-01-01, all permissions 0644; the same files in the same order give the same bytes.
Result<std::unique_ptr<ReleaseSink>> openZipSink(UniqueFd file, const SinkOptions& options = {});

} // namespace ps
