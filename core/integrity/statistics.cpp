// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/statistics.h"

#include "core/integrity/row_view.h"

namespace ps {

Json Share::json() const
{
    return Json::object(
        {{"hits", hits},
         {"of", of},
         {"percent", of > 0 ? Json(100.0 * static_cast<double>(hits) / static_cast<double>(of)) : Json()}});
}

namespace {

/// Group ids whose AI columns come from the demonstration model: by the ledger, or by the group's stored suggestion.
Result<std::set<std::string, std::less<>>> demonstrationRows(const Connection& connection)
{
    std::set<std::string, std::less<>> ids;
    PS_TRY(const bool hasLedger, hasTable(connection, "ps_ledger"));
    if (!hasLedger)
        return ids;
    PS_TRY(Statement entries,
           connection.prepare("SELECT group_id, detail FROM ps_ledger WHERE group_id IS NOT NULL AND "
                              "detail LIKE '%model_id%' ORDER BY seq"));
    for (;;) {
        PS_TRY(const bool hasRow, entries.step());
        if (!hasRow)
            break;
        const auto detail = parseJson(entries.text(1));
        if (!detail)
            continue;
        if ((*detail)["shown"]["model_id"].toString() == kDemoModelId)
            ids.emplace(entries.text(0));
        else
            ids.erase(std::string(entries.text(0)));
    }
    PS_TRY(Statement suggested,
           connection.prepare("SELECT g.group_id FROM ps_groups g JOIN ps_suggestions s USING (group_key) "
                              "WHERE s.model_id=?1 AND g.group_id IS NOT NULL"));
    suggested.bind(kDemoModelId);
    for (;;) {
        PS_TRY(const bool hasRow, suggested.step());
        if (!hasRow)
            return ids;
        ids.emplace(suggested.text(0));
    }
}

void countRow(const RowView& row, bool isDemonstration, DecisionStatistics& statistics, double& iouSum)
{
    ++statistics.rows;
    ++statistics.byAction[std::string(row.action.bytes)];
    ++statistics.byProject[std::string(row.projectId.bytes)];
    const int imageCount = readImagesText(row.images.bytes).count;
    ++statistics.byImageCount[imageCount];
    const auto action = parseAction(row.action.bytes);
    if (action == Action::Crop && row.finalCrop.isNull)
        ++statistics.openCrops;
    if (row.aiIndex.isNull || !action || *action == Action::Reject)
        return;
    if (isDemonstration) {
        ++statistics.demonstrationRows;
        return;
    }
    const bool isSameImage = row.aiIndex.integer == row.selectedIndex.integer;
    if (imageCount > 1) {
        ++statistics.selectionAccuracy.of;
        statistics.selectionAccuracy.hits += isSameImage ? 1 : 0;
    }
    if (*action == Action::Approve && !row.cropAccepted.isNull) {
        ++statistics.cropAcceptance.of;
        statistics.cropAcceptance.hits += row.cropAccepted.integer != 0 ? 1 : 0;
    }
    if (!isSameImage || row.aiCrop.isNull || row.finalCrop.isNull)
        return;
    const CropText ai = readCropText(row.aiCrop.bytes);
    const CropText final = readCropText(row.finalCrop.bytes);
    if (ai.state != CropText::State::Valid || final.state != CropText::State::Valid)
        return;
    ++statistics.cropAccuracy.of;
    statistics.cropAccuracy.hits += cropsMatch(ai.crop, final.crop) ? 1 : 0;
    iouSum += cropSimilarity(ai.crop, final.crop).iou;
}

} // namespace

Result<DecisionStatistics> decisionStatistics(const Connection& connection, std::stop_token stop)
{
    PS_TRY(const auto demonstrations, demonstrationRows(connection));
    PS_TRY(RowReader rows, RowReader::open(connection));
    DecisionStatistics statistics;
    double iouSum = 0;
    for (;;) {
        PS_TRY(const bool hasRow, rows.next());
        if (!hasRow)
            break;
        countRow(rows.row(), demonstrations.contains(rows.row().groupId.bytes), statistics, iouSum);
        if (statistics.rows % 65536 == 0 && stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while counting", {}, 0};
    }
    if (statistics.cropAccuracy.of > 0)
        statistics.meanCropIou = iouSum / static_cast<double>(statistics.cropAccuracy.of);
    return statistics;
}

Json statisticsJson(const DecisionStatistics& statistics)
{
    const auto counts = [](const auto& map, auto toKey) {
        Json object{Json::Object{}};
        for (const auto& [key, count] : map)
            object.set(toKey(key), count);
        return object;
    };
    const auto text = [](const std::string& key) { return key; };
    const auto number = [](std::int64_t key) { return std::to_string(key); };
    return Json::object({{"rows", statistics.rows},
                         {"by_action", counts(statistics.byAction, text)},
                         {"by_project", counts(statistics.byProject, text)},
                         {"by_image_count", counts(statistics.byImageCount, number)},
                         {"open_crops", statistics.openCrops},
                         {"selection_accuracy", statistics.selectionAccuracy.json()},
                         {"crop_accuracy", statistics.cropAccuracy.json()},
                         {"crop_acceptance", statistics.cropAcceptance.json()},
                         {"mean_crop_iou", statistics.cropAccuracy.of > 0 ? Json(statistics.meanCropIou) : Json()},
                         {"demonstration_rows", statistics.demonstrationRows}});
}

} // namespace ps
