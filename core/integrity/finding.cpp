// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/finding.h"

#include <algorithm>

namespace ps {

std::string_view severityName(Severity severity)
{
    switch (severity) {
    case Severity::Todo: return "todo";
    case Severity::Info: return "info";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
    }
    return "";
}

std::string_view fixName(Fix fix)
{
    switch (fix) {
    case Fix::None: return "none";
    case Fix::Repair: return "repair";
    case Fix::DecideAgain: return "decide again";
    case Fix::ConfirmCrop: return "confirm the crop";
    case Fix::RestoreFile: return "restore the file or decide again";
    case Fix::StartWork: return "open the project for work";
    case Fix::RestoreBackup: return "restore a backup";
    }
    return "";
}

const std::vector<CheckInfo>& allChecks()
{
    using enum Severity;
    static const std::vector<CheckInfo> checks{
        // the file
        {"database_damaged", Error, Fix::RestoreBackup, "SQLite's own check of the file fails."},
        {"columns_missing", Info, Fix::None, "The table lacks columns of version 3, as temporary databases do."},
        {"foreign_trigger", Warning, Fix::None, "A trigger changes decisions behind everybody's back."},
        {"plan_unfinished", Warning, Fix::StartWork, "Files were being moved when the program stopped."},
        {"ledger_broken", Error, Fix::RestoreBackup, "The chain of the ledger does not hold."},
        {"row_changed_outside", Info, Fix::None, "Another program changed a row after the ledger recorded it."},
        // identity of the row
        {"group_id_empty", Error, Fix::DecideAgain, "The row has no group id."},
        {"timestamp_missing", Error, Fix::DecideAgain, "The row does not say when it was decided."},
        {"timestamp_form", Info, Fix::None, "The time is of a form that does not tell its zone, or cannot be read."},
        {"project_id_empty", Error, Fix::None, "The row names no project."},
        {"directory_absolute", Info, Fix::None, "The folder is stored as an absolute path."},
        {"row_duplicate", Warning, Fix::None, "Two rows decide the same images of the same folder."},
        // what was decided
        {"action_unknown", Error, Fix::DecideAgain, "The action is not approve, crop or reject."},
        {"images_invalid", Error, Fix::DecideAgain, "The images are not a list of 1 to 4 names."},
        {"images_not_bare", Error, Fix::Repair, "An image is stored with a path instead of its bare name."},
        {"selected_index_missing", Error, Fix::DecideAgain, "The row does not say which image was selected."},
        {"selected_index_range", Error, Fix::DecideAgain, "The selected image is not one of the list."},
        {"size_invalid", Error, Fix::Repair, "Width or height is not above zero."},
        // crops
        {"final_crop_json", Error, Fix::Repair, "The final crop is not a list of four numbers."},
        {"final_crop_range", Error, Fix::Repair, "The final crop is not ordered, or leaves 0 to 1."},
        {"crop_open", Todo, Fix::ConfirmCrop, "The image is to be cropped and has no coordinates yet."},
        {"crop_full_frame", Warning, Fix::Repair, "A crop keeps every pixel; that is an approval."},
        {"crop_time_missing", Warning, Fix::None, "There are coordinates but no time of the crop."},
        {"reject_with_crop", Warning, Fix::Repair, "A rejected group has crop coordinates."},
        // what the AI said
        {"ai_index_range", Error, Fix::None, "The image that the AI picked is not one of the list."},
        {"ai_crop_invalid", Warning, Fix::None, "The crop that the AI proposed is no valid crop."},
        {"confidence_range", Warning, Fix::None, "The confidence is not within 0 and 1."},
        {"ai_pick_fabricated", Info, Fix::None, "Image 0 with no confidence and no crop: the AI was probably absent."},
        {"selection_match_wrong", Warning, Fix::Repair, "selection_match is not what the two indexes give."},
        {"selection_match_missing", Info, Fix::Repair, "There are both indexes but no selection_match."},
        {"crop_match_wrong", Warning, Fix::Repair, "crop_match is not what the two crops give."},
        {"crop_match_other_image", Info, Fix::None, "crop_match compares crops of two different images."},
        {"reject_counts_as_match", Warning, Fix::Repair, "A reject counts as a correct selection."},
        // files
        {"file_missing", Error, Fix::RestoreFile, "The selected image of a kept group is in no known folder."},
        {"file_duplicate", Warning, Fix::None, "The selected image is in more than one place."},
        {"file_unreadable", Warning, Fix::None, "An image cannot be decoded."},
        {"file_skipped", Info, Fix::None, "A file with an image suffix was not taken."},
        {"size_differs", Warning, Fix::Repair, "Width and height are not those of the image."},
        {"cut_missing", Error, Fix::RestoreFile, "A crop was cut, and its file is gone."},
        {"cut_differs", Error, Fix::RestoreFile, "The file of a crop is not the one that was cut."},
        {"row_unmatched", Info, Fix::None, "No known images belong to the row."},
        {"twin_image", Info, Fix::None, "Two images differ in their suffix only and share their companions."},
        // sidecars
        {"sidecar_invalid", Warning, Fix::Repair, "A .decision file is not the JSON of a sidecar."},
        {"sidecar_orphan", Warning, Fix::Repair, "A .decision file has no image beside it."},
        {"sidecar_split", Warning, Fix::Repair, "A .decision file and its image lie in different folders."},
        {"sidecar_unknown_row", Warning, Fix::Repair, "A .decision file names a group that no row decides."},
        {"sidecar_missing", Warning, Fix::None, "An image that waits for its crop has no .decision file."},
    };
    return checks;
}

const CheckInfo& checkInfo(std::string_view id)
{
    return *std::ranges::find(allChecks(), id, &CheckInfo::id);
}

namespace {

std::size_t indexOf(std::string_view check)
{
    return static_cast<std::size_t>(&checkInfo(check) - allChecks().data());
}

} // namespace

void FindingList::add(std::string_view check, std::string groupId, std::int64_t row, std::string evidence)
{
    m_counts.resize(allChecks().size());
    const std::size_t index = indexOf(check);
    if (static_cast<std::size_t>(m_counts[index]++) < kKeptPerCheck)
        m_kept.push_back({allChecks()[index].id, std::move(groupId), row, std::move(evidence)});
}

void FindingList::append(const FindingList& other)
{
    m_counts.resize(allChecks().size());
    for (std::size_t i = 0; i < other.m_counts.size(); ++i)
        m_counts[i] += other.m_counts[i];
    m_kept.insert(m_kept.end(), other.m_kept.begin(), other.m_kept.end());
}

std::int64_t FindingList::countOf(std::string_view check) const
{
    return m_counts.empty() ? 0 : m_counts[indexOf(check)];
}

std::int64_t FindingList::countOf(Severity severity) const
{
    std::int64_t count = 0;
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        if (allChecks()[i].severity == severity)
            count += m_counts[i];
    }
    return count;
}

bool FindingList::isTruncated() const
{
    std::int64_t all = 0;
    for (const std::int64_t count : m_counts)
        all += count;
    return all > static_cast<std::int64_t>(m_kept.size());
}

} // namespace ps
