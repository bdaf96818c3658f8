// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/demo/demo_planted.h"

#include "core/db/transaction.h"
#include "core/decisions/group_id.h"
#include "core/decisions/viewing.h"
#include "core/library/sidecar.h"

#include <functional>
#include <set>

namespace ps {

namespace {

ImageSize sizeOf(const DemoImage& image)
{
    ImageSize size;
    for (const RecipeStep& step : image.recipe.steps) {
        if (const auto* resize = std::get_if<ResizeStep>(&step))
            size = resize->size;
    }
    return size;
}

/// A row as the reviewer of the scripts would have written it.
DecisionRow scriptRow(const DemoGroup& group, std::size_t index, std::string_view projectId, UtcTime now)
{
    const auto best = static_cast<std::size_t>(std::max(group.bestIndex, 0));
    const ImageSize size = sizeOf(group.images[best]);
    Json::Array names;
    for (const DemoImage& image : group.images)
        names.emplace_back(image.name);
    DecisionRow row;
    row.set("group_id", makeGroupId(projectId, now, 1, static_cast<std::int64_t>(index) + 1));
    row.set("timestamp", formatTimestamp(now));
    row.set("project_id", std::string(projectId));
    row.set("directory", std::string("images"));
    row.set("batch_number", std::int64_t{1});
    row.set("images", dumpJson(Json(std::move(names))));
    row.set("user_selected_index", std::int64_t{static_cast<std::int64_t>(best)});
    row.set("user_action", std::string(actionName(group.action)));
    row.set("image_width", std::int64_t{size.width});
    row.set("image_height", std::int64_t{size.height});
    if (group.crop) {
        row.set("final_crop_coords", cropText(*group.crop));
        row.set("crop_timestamp", formatTimestamp(now));
    }
    return row;
}

Result<void> insertRow(const Connection& connection, const DecisionRow& row)
{
    std::string columns;
    std::string places;
    for (std::size_t i = 0; i < row.cells().size(); ++i) {
        columns += (i > 0 ? "," : "") + quotedIdentifier(row.cells()[i].first);
        places += i > 0 ? ",?" : "?";
    }
    PS_TRY(Statement insert, connection.prepare("INSERT INTO ai_decisions (" + columns + ") VALUES (" + places + ")"));
    insert.bind();
    for (std::size_t i = 0; i < row.cells().size(); ++i)
        insert.bindAt(static_cast<int>(i + 1), row.cells()[i].second);
    return insert.finish();
}

void swapCrop(DecisionRow& row)
{
    const auto crop = parseCrop(row.text("final_crop_coords").value_or(""));
    if (crop)
        row.set("final_crop_coords", dumpJson(Json::array({crop->x2, crop->y1, crop->x1, crop->y2})));
}

void storePath(DecisionRow& row)
{
    const auto names = row.imageNames();
    Json::Array withPath;
    for (const std::string& name : names.value_or({}))
        withPath.emplace_back(withPath.empty() ? "images/" + name : name);
    row.set("images", dumpJson(Json(std::move(withPath))));
}

void countRejectAsMatch(DecisionRow& row)
{
    row.set("ai_selected_index", *row.integer("user_selected_index"));
    row.set("ai_confidence", 0.62);
    row.set("selection_match", std::int64_t{1});
}

void guessSize(DecisionRow& row)
{
    row.set("image_width", std::int64_t{2048});
    row.set("image_height", std::int64_t{2048});
}

void selectOutside(DecisionRow& row)
{
    row.set("user_selected_index", std::int64_t{3});
}

struct Planted {
    Action action;
    std::size_t imageCount; ///< at most so many images
    std::function<void(DecisionRow&)> spoil;
};

bool fits(const DemoGroup& group, const Planted& plan)
{
    return group.isDecided && group.action == plan.action && group.images.size() <= plan.imageCount;
}

} // namespace

Result<std::int64_t> plantProblems(const Workspace& workspace, std::string_view projectId,
                                   const std::vector<DemoGroup>& groups, int imagesFolderFd, UtcTime now)
{
    const std::vector<Planted> plans{{Action::Crop, 4, swapCrop},
                                     {Action::Approve, 4, storePath},
                                     {Action::Reject, 4, countRejectAsMatch},
                                     {Action::Approve, 4, guessSize},
                                     {Action::Approve, 3, selectOutside}};
    PS_TRY(const Connection connection, Connection::open(workspace.databasePath(projectId), OpenMode::ReadWrite));
    PS_TRY(Transaction transaction, Transaction::beginImmediate(connection));
    std::set<std::size_t> used;
    for (const Planted& plan : plans) {
        std::size_t index = 0;
        while (index < groups.size() && (used.contains(index) || !fits(groups[index], plan)))
            ++index;
        if (index == groups.size())
            return Error{ErrorCode::Internal, "the demo has no group to plant a problem in", {}, 0};
        DecisionRow row = scriptRow(groups[index], index, projectId, now - std::chrono::hours(1));
        plan.spoil(row);
        PS_TRY_VOID(insertRow(connection, row));
        used.insert(index);
    }
    PS_TRY_VOID(transaction.commit());
    const std::string orphan = Sidecar::make("demo_group_20250704_120000", projectId, std::nullopt).text();
    PS_TRY_VOID(writeFileDurably(imagesFolderFd, kOrphanSidecar, orphan, Replace::Never));
    return std::ssize(used) + 1;
}

} // namespace ps
