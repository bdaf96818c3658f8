// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/external_sort.h"
#include "core/base/json.h"
#include "core/exchange/release.h"
#include "core/exchange/release_plan.h"

#include <functional>
#include <string>
#include <string_view>

namespace ps {

/// The schema of release.json, and the name of the list of items. docs/formats/release.md
constexpr std::string_view kManifestSchema = "proofsheet release 1";
constexpr std::string_view kItemsName = "release_items.jsonl";
/// Its last member: SHA-256 of everything before the line of this member.
constexpr std::string_view kManifestHashMember = "manifest_sha256";

/// Everything in release.json but the list of files.
Json manifestHead(const ReleasePlan& plan, const ProjectSession& session, const ExportRequest& request,
                  const FormatWriter::Counts& written, const std::string& tool);

/// The files of a release as they are written, kept sorted by path on the disk.
class ManifestFiles
{
public:
    explicit ManifestFiles(std::string scratchFolder) : m_files(std::move(scratchFolder), std::size_t{16} << 20U) {}

    Result<void> add(const ReleaseFile& file);
    std::int64_t count() const { return m_files.count(); }
    std::int64_t byteCount() const { return m_byteCount; }
    /// The whole of release.json, piece by piece: one line for each member, and for each file, and at the end the hash of all
    /// bytes before its line.
    Result<void> write(const Json& head, const std::function<Result<void>(std::string_view)>& take);

private:
    ExternalSorter m_files;
    std::int64_t m_byteCount = 0;
};

/// One line of release_items.jsonl for each image that the format takes, or one for the group.
void appendItems(const ReleaseGroup& group, const std::function<void(std::string_view key, std::string line)>& take);

} // namespace ps
