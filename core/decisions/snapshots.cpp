// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/snapshots.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/base/text.h"

#include <algorithm>
#include <dirent.h>
#include <memory>
#include <set>

namespace ps {

namespace {

constexpr std::chrono::minutes kInterval{15};
constexpr std::chrono::hours kLargeInterval{24};
constexpr std::int64_t kLargeBytes = 1'000'000'000;
constexpr std::size_t kNewestKept = 8;
constexpr std::size_t kDaysKept = 14;

/// The instant in "{project}_20251021T170444Z.db", with an optional "_2" before the suffix.
std::optional<UtcTime> stampOf(std::string_view name, std::string_view projectId)
{
    const std::string prefix = std::string(projectId) + "_";
    if (!startsWith(name, prefix) || !endsWith(name, ".db") || name.size() < prefix.size() + 16)
        return std::nullopt;
    const std::string_view s = name.substr(prefix.size(), 16);
    if (s[8] != 'T' || s[15] != 'Z')
        return std::nullopt;
    const auto part = [s](std::size_t at, std::size_t count) { return std::string(s.substr(at, count)); };
    return parseTimestamp(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(9, 2) + ":" + part(11, 2) +
                          ":" + part(13, 2) + "Z");
}

/// A backup that a crash cut short lies under its temporary name, and may be large.
void removeLeftovers(int folderFd, const std::string& folderPath)
{
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(folderPath.c_str()), &::closedir);
    while (const dirent* entry = stream ? ::readdir(stream.get()) : nullptr) {
        if (startsWith(entry->d_name, kTemporaryPrefix))
            discard(removeFile(folderFd, entry->d_name), "a leftover temporary file is harmless");
    }
}

} // namespace

SnapshotShelf::SnapshotShelf(std::string folderPath, std::string projectId)
    : m_folderPath(std::move(folderPath)), m_projectId(std::move(projectId))
{
}

Result<std::vector<Snapshot>> SnapshotShelf::list() const
{
    std::vector<Snapshot> snapshots;
    const auto folder = openFolder(m_folderPath);
    if (!folder && folder.error().code == ErrorCode::NotFound)
        return snapshots;
    if (!folder)
        return folder.error();
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(m_folderPath.c_str()), &::closedir);
    while (const dirent* entry = stream ? ::readdir(stream.get()) : nullptr) {
        const auto takenAt = stampOf(entry->d_name, m_projectId);
        const auto identity = takenAt ? identifyBeneath(folder->get(), entry->d_name) : Result<FileIdentity>(Error{});
        if (identity)
            snapshots.push_back({joinPath(m_folderPath, entry->d_name), *takenAt, identity->sizeBytes});
    }
    std::ranges::sort(snapshots, [](const Snapshot& a, const Snapshot& b) {
        return std::tie(a.takenAt, a.path) < std::tie(b.takenAt, b.path);
    });
    return snapshots;
}

Result<bool> SnapshotShelf::isDue(SnapshotReason reason, UtcTime now, std::int64_t databaseBytes,
                                  bool isFirstTime) const
{
    PS_TRY(const std::vector<Snapshot> snapshots, list());
    if (snapshots.empty() || isFirstTime)
        return true;
    const auto age = now - snapshots.back().takenAt;
    if (databaseBytes > kLargeBytes)
        return age > kLargeInterval;
    return reason == SnapshotReason::BeforeBulk || age >= kInterval || age < std::chrono::seconds(0);
}

Result<Snapshot> SnapshotShelf::take(const Connection& source, UtcTime now, std::stop_token stop,
                                     const BackupProgress& progress) const
{
    PS_TRY(const UniqueFd folder, makeFolders(m_folderPath));
    removeLeftovers(folder.get(), m_folderPath);
    const std::string stem = m_projectId + "_" + formatFileStamp(now);
    for (int attempt = 1;; ++attempt) {
        const std::string name = stem + (attempt > 1 ? "_" + std::to_string(attempt) : "") + ".db";
        const std::string path = joinPath(m_folderPath, name);
        const Result<void> outcome = backUpDatabase(source, path, stop, progress);
        if (!outcome && outcome.error().code == ErrorCode::AlreadyExists && attempt < 1000)
            continue;
        if (!outcome)
            return outcome.error();
        PS_TRY(const FileIdentity identity, identifyBeneath(folder.get(), name));
        if (auto removed = removeSuperseded(); !removed)
            qCWarning(logStore, "old snapshots stay: %s", removed.error().describe().c_str());
        return Snapshot{path, now, identity.sizeBytes};
    }
}

Result<void> SnapshotShelf::removeSuperseded() const
{
    PS_TRY(const std::vector<Snapshot> snapshots, list());
    PS_TRY(const UniqueFd folder, openFolder(m_folderPath));
    std::set<std::chrono::sys_days> daysSeen;
    for (std::size_t fromNewest = 0; fromNewest + 1 < snapshots.size(); ++fromNewest) {
        const Snapshot& snapshot = snapshots[snapshots.size() - 1 - fromNewest];
        const auto day = std::chrono::floor<std::chrono::days>(snapshot.takenAt);
        const bool isLastOfItsDay = daysSeen.insert(day).second;
        const bool isKept = fromNewest < kNewestKept || (isLastOfItsDay && daysSeen.size() <= kDaysKept);
        if (!isKept) {
            PS_TRY_VOID(removeFile(folder.get(), fileName(snapshot.path)));
        }
    }
    return {};
}

} // namespace ps
