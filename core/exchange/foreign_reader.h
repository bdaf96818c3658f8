// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_record.h"

namespace ps {

/// What a folder holds, judged by its names and the first bytes of its text files. Nothing: no dataset that we know.
/// Cost: lists at most two levels.
Result<std::optional<ImportFormat>> recogniseDataset(int folderFd);

/// Reads a dataset that lies unpacked in a folder, item by item, in the order of its names. No image byte is looked at.
/// Our own releases are known by their release.json and give back actions, sides and group ids.
/// Errors: those of the disk; what is wrong with one item goes to the quarantine with file and line.
Result<void> readDataset(int folderFd, ImportFormat format, const Json& columnMap, const ImportTaker& taker,
                         std::stop_token stop);

/// Limits of an archive. Source: reliability_anchors Z3.
struct ArchiveLimits {
    std::int64_t maxEntries = 100'000;
    std::int64_t maxTotalBytes = std::int64_t{1} << 40;
    std::int64_t maxEntryBytes = std::int64_t{1} << 36;
    double maxRatio = 100;                             ///< beyond the first 10 MB
    std::int64_t reserveBytes = std::int64_t{1} << 30; ///< stays free on the disk
};

/// Unpacks a zip or tar(.gz) into an empty folder. A locked-up worker reads the archive; this process makes the files, contained,
/// without links, without replacing anything. One bad entry refuses all: then the folder is empty again.
/// Errors: Refused naming the entry (leaves the folder, link, device, name twice also by case); TooLarge naming the limit;
/// Corrupt; Unsupported (encrypted, unknown method); NoSpace.
Result<std::int64_t> unpackArchive(const std::string& workerPath, int archiveFd, int folderFd,
                                   const ArchiveLimits& limits,
                                   const std::function<void(std::int64_t bytes)>& onProgress, std::stop_token stop);

/// The shards of a webdataset are archives in a folder: unpacks each `a-000000.tar` into a folder `a-000000` of an empty folder,
/// which readDataset() then reads, and copies release.json and the list of items beside them. The limits count for all shards
/// together. Errors: those of unpackArchive(), with the name of the shard; then the folder is empty again.
Result<std::int64_t> unpackShards(const std::string& workerPath, int datasetFd, int folderFd,
                                  const ArchiveLimits& limits,
                                  const std::function<void(std::int64_t bytes)>& onProgress, std::stop_token stop);

/// True when the dataset in this folder has to go through unpackShards() first.
Result<bool> hasShards(int datasetFd);

} // namespace ps
