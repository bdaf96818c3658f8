// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/exchange/dataset_root.h"
#include "core/exchange/dataset_scope.h"
#include "core/exchange/release.h"
#include "core/exchange/unpack_archive.h"

#include <algorithm>
#include <vector>

namespace ps {

namespace {

constexpr std::size_t kMaxSideFileBytes = std::size_t{1} << 30;

Result<std::unique_ptr<DatasetScope>> openScope(int datasetFd, const std::stop_token& stop)
{
    static const ImportTaker nobody;
    PS_TRY(const RecognisedDataset found, recogniseWithRoot(datasetFd));
    return DatasetScope::open(datasetFd, found.root, nobody, stop);
}

Result<std::vector<std::string>> shardsOf(DatasetScope& scope)
{
    std::vector<std::string> shards;
    PS_TRY_VOID(scope.eachFile([&](const std::string& path) -> Result<void> {
        if (path.ends_with(".tar") && path.find('/') == std::string::npos)
            shards.push_back(path);
        return {};
    }));
    return shards;
}

Result<std::int64_t> unpackAll(const std::string& workerPath, DatasetScope& scope, int folderFd, ArchiveLimits limits,
                               const std::function<void(std::int64_t)>& onProgress, const std::stop_token& stop)
{
    PS_TRY(const std::vector<std::string> shards, shardsOf(scope));
    std::int64_t done = 0;
    for (const std::string& shard : shards) {
        PS_TRY(const UniqueFd archive, scope.openFile(shard));
        PS_TRY(const UniqueFd target, makeFoldersBeneath(folderFd, withoutExtension(shard)));
        const auto report = [&](std::int64_t bytes) {
            if (onProgress)
                onProgress(done + bytes);
        };
        auto bytes = unpackArchive(workerPath, archive.get(), target.get(), limits, report, stop);
        if (!bytes)
            return bytes.error().in(shard);
        done += *bytes;
        limits.maxTotalBytes -= *bytes;
    }
    for (const char* name : {kManifestName.data(), "release_items.jsonl"}) {
        PS_TRY(const bool isThere, scope.hasFile(name));
        if (!isThere)
            continue;
        PS_TRY(const std::string text, scope.readText(name, kMaxSideFileBytes));
        PS_TRY_VOID(writeFileDurably(folderFd, name, text, Replace::Never));
    }
    return done;
}

} // namespace

Result<bool> hasShards(int datasetFd)
{
    PS_TRY(const auto scope, openScope(datasetFd, {}));
    PS_TRY(const std::vector<std::string> shards, shardsOf(*scope));
    return !shards.empty();
}

Result<std::int64_t> unpackShards(const std::string& workerPath, int datasetFd, int folderFd,
                                  const ArchiveLimits& limits, const std::function<void(std::int64_t)>& onProgress,
                                  std::stop_token stop)
{
    PS_TRY(const auto scope, openScope(datasetFd, stop));
    auto outcome = unpackAll(workerPath, *scope, folderFd, limits, onProgress, stop);
    if (!outcome)
        discard(emptyFolder(folderFd), "the first failure is the one to report");
    return outcome;
}

} // namespace ps
