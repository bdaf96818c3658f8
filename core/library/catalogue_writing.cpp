// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/catalogue_writing.h"

#include "core/base/text.h"
#include "core/library/filename.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::string_view kInsertGroup =
    "INSERT INTO groups(ordinal, key, kind, directory, name, image_count, missing_count, state, is_finalized, "
    "cover_slot, "
    "stage, group_id, fingerprint, reason, decided_at, annotator, selection_match, crop_match, outcome, flag, note, "
    "sharpness, confidence, agreement) "
    "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24)";

std::optional<std::string> unlessEmpty(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

double coverStage(const CatalogueItem& item)
{
    const auto slot = static_cast<std::size_t>(std::max(item.entry.coverSlot, 0));
    return slot < item.images.size() ? item.images[slot].stage : parseImageName(item.name).stage;
}

} // namespace

Result<CatalogueWriter> CatalogueWriter::make(const Connection& connection)
{
    PS_TRY(Statement group, connection.prepare(kInsertGroup));
    PS_TRY(Statement image, connection.prepare("INSERT INTO images VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)"));
    PS_TRY(Statement skipped, connection.prepare("INSERT INTO skipped VALUES (?1,?2)"));
    PS_TRY(Statement folder, connection.prepare("INSERT OR REPLACE INTO folders VALUES (?1,?2,?3,?4)"));
    return CatalogueWriter(std::move(group), std::move(image), std::move(skipped), std::move(folder));
}

Result<void> CatalogueWriter::add(const CatalogueItem& item)
{
    const GroupEntry& entry = item.entry;
    PS_TRY_VOID(m_group.run(entry.ordinal, entry.key, static_cast<int>(entry.kind), entry.directory, item.name,
                            entry.imageCount, entry.missingCount, static_cast<int>(entry.state), entry.isFinalized,
                            entry.coverSlot, coverStage(item), entry.groupId, item.fingerprint, entry.unmatchedReason,
                            entry.decidedAtUs, unlessEmpty(entry.annotator), entry.selectionMatch, entry.cropMatch,
                            unlessEmpty(entry.outcome), unlessEmpty(entry.flag), unlessEmpty(entry.note),
                            entry.sharpness, entry.confidence, entry.agreement));
    std::int64_t slot = 0;
    for (const GroupImage& image : item.images) {
        PS_TRY_VOID(m_image.run(entry.ordinal, slot++, SqlBlob{image.path}, SqlBlob{image.currentPath}, image.stage,
                                image.identity.sizeBytes, image.identity.modifiedNs,
                                static_cast<std::int64_t>(image.identity.device),
                                static_cast<std::int64_t>(image.identity.inode), image.isMissing));
    }
    return {};
}

Result<void> CatalogueWriter::addSkipped(const SkippedEntry& entry)
{
    return m_skipped.run(SqlBlob{entry.path}, static_cast<int>(entry.reason));
}

Result<void> CatalogueWriter::addFolder(std::string_view path, const FileIdentity& identity)
{
    return m_folder.run(SqlBlob{std::string(path)}, static_cast<std::int64_t>(identity.device),
                        static_cast<std::int64_t>(identity.inode), identity.modifiedNs);
}

void takeRowFacts(GroupEntry& entry, const RowFacts& facts)
{
    entry.groupId = facts.groupId;
    entry.state = facts.state;
    entry.coverSlot = std::clamp(facts.coverSlot, 0, std::max(entry.imageCount - 1, 0));
    entry.decidedAtUs = facts.decidedAtUs;
    entry.selectionMatch = facts.selectionMatch;
    entry.cropMatch = facts.cropMatch;
    entry.confidence = facts.confidence;
    entry.agreement = facts.agreement;
}

RowSummary rowSummary(const DecisionRow& row, const Result<std::vector<std::string>>& names)
{
    RowSummary summary{rowFacts(row), row.text("directory").value_or(""), {}, 0};
    if (!names || names->empty())
        return summary;
    summary.imageCount = static_cast<int>(names->size());
    const auto chosen = static_cast<std::size_t>(std::min(summary.facts.coverSlot, summary.imageCount - 1));
    summary.name = fileName((*names)[chosen]);
    return summary;
}

CatalogueItem unmatchedItem(const RowSummary& row, std::string_view reason)
{
    CatalogueItem item;
    item.name = row.name;
    item.fingerprint = row.facts.fingerprint;
    GroupEntry& entry = item.entry;
    entry.kind = GroupKind::UnmatchedRow;
    entry.imageCount = row.imageCount;
    entry.directory = displayText(row.directory);
    entry.missingCount = row.imageCount;
    entry.unmatchedReason = reason;
    takeRowFacts(entry, row.facts);
    return item;
}

} // namespace ps
