// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/unpack_archive.h"

#include "core/base/text.h"
#include "core/exchange/archive_protocol.h"
#include "core/exchange/archive_writer.h"
#include "core/worker/messages.h"
#include "core/worker/pool.h"

#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <future>
#include <memory>
#include <system_error>
#include <unistd.h>

namespace ps {

namespace {

constexpr int kMaxRemovedDepth = 128;

struct DirCloser {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

Result<std::vector<std::string>> namesIn(int folderFd)
{
    PS_TRY(UniqueFd fd, openFolderBeneath(folderFd, {}));
    const std::unique_ptr<DIR, DirCloser> listing(::fdopendir(fd.get()));
    if (!listing)
        return errnoError("cannot list the folder", {}, errno);
    fd.release();
    std::vector<std::string> names;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(listing.get());
        if (!entry && errno != 0)
            return errnoError("cannot list the folder", {}, errno);
        if (!entry)
            return names;
        const std::string name = entry->d_name;
        if (name != "." && name != "..")
            names.push_back(name);
    }
}

Result<void> removeContents(int folderFd, int depth)
{
    PS_TRY(const std::vector<std::string> names, namesIn(folderFd));
    for (const std::string& name : names) {
        if (::unlinkat(folderFd, name.c_str(), 0) == 0)
            continue;
        if ((errno != EISDIR && errno != EPERM) || depth >= kMaxRemovedDepth)
            return errnoError("cannot remove the file", name, errno);
        {
            PS_TRY(const UniqueFd inner, openFolderBeneath(folderFd, name));
            PS_TRY_VOID(removeContents(inner.get(), depth + 1));
        }
        if (::unlinkat(folderFd, name.c_str(), AT_REMOVEDIR) != 0)
            return errnoError("cannot remove the folder", name, errno);
    }
    return {};
}

WorkerPool::Options poolOptions(const UnpackWorker& worker)
{
    WorkerPool::Options options;
    options.program.path = worker.path;
    options.program.environment = worker.environment;
    options.program.environment.push_back(std::string(kWorkerRoleVariable) + '=' + std::string(kArchiveCapability));
    options.workerCount = 1;
    return options;
}

/// Asks for piece after piece. Runs on the thread of the pool.
Result<std::int64_t> unpackPieces(WorkerClient& client, const UnpackWorker& worker, int archiveFd, int folderFd,
                                  const ArchiveLimits& limits, const std::function<void(std::int64_t)>& onProgress,
                                  const std::stop_token& stop)
{
    PS_TRY(const FileIdentity identity, identify(archiveFd));
    ArchiveWriter writer(folderFd, limits, identity.sizeBytes);
    WorkerRequest request;
    request.operation = static_cast<std::uint16_t>(ArchiveOperation::Begin);
    request.body = encode(ArchiveRequest{identity.sizeBytes, limits});
    request.descriptors = {archiveFd};
    request.timeLimit = worker.timeLimit;
    while (!writer.hasEnded()) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "unpacking was cancelled", {}, 0};
        PS_TRY(const std::string body, client.call(request));
        PS_TRY(const std::vector<ArchiveEvent> events, decodeArchiveEvents(body));
        if (events.empty())
            return Error{ErrorCode::Corrupt, "the worker sent an empty piece of the archive", {}, 0};
        for (const ArchiveEvent& event : events)
            PS_TRY_VOID(writer.take(event));
        if (onProgress)
            onProgress(writer.writtenBytes());
        request.operation = static_cast<std::uint16_t>(ArchiveOperation::More);
        request.body.clear();
    }
    PS_TRY(const FileIdentity after, identify(archiveFd));
    if (after != identity)
        return Error{ErrorCode::Conflict, "the archive was changed while it was read", {}, 0};
    return writer.writtenBytes();
}

} // namespace

Result<void> emptyFolder(int folderFd)
{
    return removeContents(folderFd, 0);
}

Result<std::int64_t> unpackArchiveWith(const UnpackWorker& worker, int archiveFd, int folderFd,
                                       const ArchiveLimits& limits, const std::function<void(std::int64_t)>& onProgress,
                                       std::stop_token stop)
{
    if (::access(worker.path.c_str(), X_OK) != 0)
        return Error{ErrorCode::NotFound, "the worker program cannot be run", worker.path, errno};
    PS_TRY(const std::vector<std::string> present, namesIn(folderFd));
    if (!present.empty())
        return Error{ErrorCode::InvalidInput, "the folder to unpack into is not empty", present.front(), 0};
    Result<std::int64_t> outcome = Error{ErrorCode::Cancelled, "unpacking was cancelled", {}, 0};
    try {
        WorkerPool pool(poolOptions(worker));
        std::promise<void> ended;
        WorkerJob job;
        job.run = [&](WorkerClient& client) -> Result<void> {
            outcome = unpackPieces(client, worker, archiveFd, folderFd, limits, onProgress, stop);
            return {};
        };
        job.done = [&](Result<void> ran) {
            if (!ran)
                outcome = ran.error();
            ended.set_value();
        };
        const JobId id = pool.submit(std::move(job));
        const std::stop_callback cancel(stop, [&] { pool.cancel(id); });
        ended.get_future().wait();
    } catch (const std::system_error& error) { // the system has no threads left
        outcome = Error{ErrorCode::Io, std::string("cannot start threads: ") + error.what(), {}, error.code().value()};
    }
    if (outcome)
        return outcome;
    if (const auto removed = emptyFolder(folderFd); !removed)
        return Error{outcome.error().code,
                     outcome.error().message +
                         "; and what was unpacked could not be removed: " + removed.error().describe(),
                     outcome.error().context, outcome.error().native};
    return outcome;
}

Result<std::int64_t> unpackArchive(const std::string& workerPath, int archiveFd, int folderFd,
                                   const ArchiveLimits& limits,
                                   const std::function<void(std::int64_t bytes)>& onProgress, std::stop_token stop)
{
    return unpackArchiveWith({workerPath, {}, std::chrono::milliseconds(15'000)}, archiveFd, folderFd, limits,
                             onProgress, std::move(stop));
}

} // namespace ps
