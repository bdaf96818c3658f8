// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/finding.h"

#include <QtGlobal>

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
        {"database_damaged", Error, Fix::RestoreBackup,
         QT_TRANSLATE_NOOP("Checks", "SQLite's own check of the file fails.")},
        {"columns_missing", Info, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "The table lacks columns of version 3, as temporary databases do.")},
        {"foreign_trigger", Warning, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "A trigger changes decisions behind everybody's back.")},
        {"plan_unfinished", Warning, Fix::StartWork,
         QT_TRANSLATE_NOOP("Checks", "Files were being moved when the program stopped.")},
        {"ledger_broken", Error, Fix::RestoreBackup,
         QT_TRANSLATE_NOOP("Checks", "The chain of the ledger does not hold.")},
        {"row_changed_outside", Info, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "Another program changed a row after the ledger recorded it.")},
        // identity of the row
        {"group_id_empty", Error, Fix::DecideAgain, QT_TRANSLATE_NOOP("Checks", "The row has no group id.")},
        {"timestamp_missing", Error, Fix::DecideAgain,
         QT_TRANSLATE_NOOP("Checks", "The row does not say when it was decided.")},
        {"timestamp_form", Info, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "The time is of a form that does not tell its zone, or cannot be read.")},
        {"project_id_empty", Error, Fix::None, QT_TRANSLATE_NOOP("Checks", "The row names no project.")},
        {"directory_absolute", Info, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "The folder is stored as an absolute path.")},
        {"row_duplicate", Warning, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "Two rows decide the same images of the same folder.")},
        // what was decided
        {"action_unknown", Error, Fix::DecideAgain,
         QT_TRANSLATE_NOOP("Checks", "The action is not approve, crop or reject.")},
        {"images_invalid", Error, Fix::DecideAgain,
         QT_TRANSLATE_NOOP("Checks", "The images are not a list of 1 to 4 names.")},
        {"images_not_bare", Error, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "An image is stored with a path instead of its bare name.")},
        {"selected_index_missing", Error, Fix::DecideAgain,
         QT_TRANSLATE_NOOP("Checks", "The row does not say which image was selected.")},
        {"selected_index_range", Error, Fix::DecideAgain,
         QT_TRANSLATE_NOOP("Checks", "The selected image is not one of the list.")},
        {"size_invalid", Error, Fix::Repair, QT_TRANSLATE_NOOP("Checks", "Width or height is not above zero.")},
        // crops
        {"final_crop_json", Error, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "The final crop is not a list of four numbers.")},
        {"final_crop_range", Error, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "The final crop is not ordered, or leaves 0 to 1.")},
        {"crop_open", Todo, Fix::ConfirmCrop,
         QT_TRANSLATE_NOOP("Checks", "The image is to be cropped and has no coordinates yet.")},
        {"crop_full_frame", Warning, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "A crop keeps every pixel; that is an approval.")},
        {"crop_time_missing", Warning, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "There are coordinates but no time of the crop.")},
        {"reject_with_crop", Warning, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "A rejected group has crop coordinates.")},
        // what the AI said
        {"ai_index_range", Error, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "The image that the AI picked is not one of the list.")},
        {"ai_crop_invalid", Warning, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "The crop that the AI proposed is no valid crop.")},
        {"confidence_range", Warning, Fix::None, QT_TRANSLATE_NOOP("Checks", "The confidence is not within 0 and 1.")},
        {"ai_pick_fabricated", Info, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "Image 0 with no confidence and no crop: the AI was probably absent.")},
        {"selection_match_wrong", Warning, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "selection_match is not what the two indexes give.")},
        {"selection_match_missing", Info, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "There are both indexes but no selection_match.")},
        {"crop_match_wrong", Warning, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "crop_match is not what the two crops give.")},
        {"crop_match_other_image", Info, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "crop_match compares crops of two different images.")},
        {"reject_counts_as_match", Warning, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "A reject counts as a correct selection.")},
        // files
        {"file_missing", Error, Fix::RestoreFile,
         QT_TRANSLATE_NOOP("Checks", "The selected image of a kept group is in no known folder.")},
        {"file_duplicate", Warning, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "The selected image is in more than one place.")},
        {"file_unreadable", Warning, Fix::None, QT_TRANSLATE_NOOP("Checks", "An image cannot be decoded.")},
        {"file_skipped", Info, Fix::None, QT_TRANSLATE_NOOP("Checks", "A file with an image suffix was not taken.")},
        {"size_differs", Warning, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "Width and height are not those of the image.")},
        {"cut_missing", Error, Fix::RestoreFile, QT_TRANSLATE_NOOP("Checks", "A crop was cut, and its file is gone.")},
        {"cut_differs", Error, Fix::RestoreFile,
         QT_TRANSLATE_NOOP("Checks", "The file of a crop is not the one that was cut.")},
        {"row_unmatched", Info, Fix::None, QT_TRANSLATE_NOOP("Checks", "No known images belong to the row.")},
        {"twin_image", Info, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "Two images differ in their suffix only and share their companions.")},
        // sidecars
        {"sidecar_invalid", Warning, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "A .decision file is not the JSON of a sidecar.")},
        {"sidecar_orphan", Warning, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "A .decision file has no image beside it.")},
        {"sidecar_split", Warning, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "A .decision file and its image lie in different folders.")},
        {"sidecar_unknown_row", Warning, Fix::Repair,
         QT_TRANSLATE_NOOP("Checks", "A .decision file names a group that no row decides.")},
        {"sidecar_missing", Warning, Fix::None,
         QT_TRANSLATE_NOOP("Checks", "An image that waits for its crop has no .decision file.")},
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

void FindingList::addUnlisted(std::string_view check, std::int64_t count)
{
    m_counts.resize(allChecks().size());
    m_counts[indexOf(check)] += count;
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
