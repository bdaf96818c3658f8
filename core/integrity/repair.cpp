// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/repair.h"

#include "core/base/text.h"
#include "core/decisions/undo.h"
#include "core/integrity/file_checks.h"
#include "core/integrity/row_view.h"
#include "core/integrity/sidecar_checks.h"

#include <algorithm>
#include <set>

namespace ps {

namespace {

SqlValue orNull(std::optional<bool> value)
{
    return value ? SqlValue(std::int64_t{*value}) : SqlValue();
}

/// Repairs one row, value by value; each step sees what the one before it made.
class RowRepair
{
public:
    RowRepair(const DecisionRow& row, const std::set<std::string, std::less<>>& only) : m_row(row), m_only(only) {}

    const DecisionRow& row() const { return m_row; }
    const std::vector<std::string_view>& checks() const { return m_checks; }

    void repairValues()
    {
        makeNamesBare();
        repairFinalCrop();
        repairMatches();
    }

    void repairSize(ImageSize size)
    {
        const bool isInvalid = m_row.integer("image_width").value_or(0) <= 0 ||
                               m_row.integer("image_height").value_or(0) <= 0;
        set(isInvalid ? "size_invalid" : "size_differs", "image_width", std::int64_t{size.width});
        set(isInvalid ? "size_invalid" : "size_differs", "image_height", std::int64_t{size.height});
    }

private:
    void set(std::string_view check, std::string_view column, SqlValue value)
    {
        const bool isWanted = m_only.empty() || m_only.contains(check);
        if (!isWanted || !m_row.has(column) || m_row.value(column) == value)
            return;
        m_row.set(column, std::move(value));
        if (std::ranges::find(m_checks, check) == m_checks.end())
            m_checks.push_back(check);
    }

    void makeNamesBare()
    {
        const auto names = m_row.imageNames();
        if (!names)
            return;
        Json::Array bare;
        bool isChanged = false;
        for (const std::string& name : *names) {
            isChanged = isChanged || name.find('/') != std::string::npos;
            bare.emplace_back(fileName(name));
        }
        if (isChanged)
            set("images_not_bare", "images", dumpJson(Json(std::move(bare))));
    }

    void repairFinalCrop()
    {
        const auto text = m_row.text("final_crop_coords");
        if (!text)
            return;
        const CropText crop = readCropText(*text);
        const ImageSize size{static_cast<int>(m_row.integer("image_width").value_or(0)),
                             static_cast<int>(m_row.integer("image_height").value_or(0))};
        if (crop.state != CropText::State::Valid)
            clearCrop(crop.state == CropText::State::OutOfRange ? "final_crop_range" : "final_crop_json");
        else if (m_row.action() == Action::Reject)
            clearCrop("reject_with_crop");
        else if (m_row.action() == Action::Crop && !size.isEmpty() && coversEveryPixel(crop.crop, size)) {
            set("crop_full_frame", "user_action", std::string(actionName(Action::Approve)));
            clearCrop("crop_full_frame");
        }
    }

    /// A crop that nobody can cut becomes an open one again, or none.
    void clearCrop(std::string_view check)
    {
        set(check, "final_crop_coords", {});
        set(check, "crop_timestamp", {});
        set(check, "crop_match", {});
    }

    void repairMatches()
    {
        if (m_row.action() == Action::Reject) {
            if (m_row.integer("selection_match") == 1)
                set("reject_counts_as_match", "selection_match", {});
            return;
        }
        const auto names = m_row.imageNames();
        const auto ai = m_row.integer("ai_selected_index");
        const auto user = m_row.integer("user_selected_index");
        if (!names || names->size() < 2 || !ai || !user || *ai < 0 || *ai >= std::ssize(*names))
            return;
        const bool isSameImage = *ai == *user;
        set(m_row.isNull("selection_match") ? "selection_match_missing" : "selection_match_wrong", "selection_match",
            orNull(isSameImage));
        const auto aiCrop = m_row.text("ai_crop_coords");
        const auto finalCrop = m_row.text("final_crop_coords");
        if (!isSameImage || !aiCrop || !finalCrop || m_row.isNull("crop_match"))
            return;
        const auto a = parseCrop(*aiCrop);
        const auto b = parseCrop(*finalCrop);
        if (a && b)
            set("crop_match_wrong", "crop_match", orNull(cropsMatch(*a, *b)));
    }

    DecisionRow m_row;
    const std::set<std::string, std::less<>>& m_only;
    std::vector<std::string_view> m_checks;
};

/// The real size of the selected image where it can be had.
std::optional<ImageSize> measuredSize(const ProjectSession& session, const DecisionRow& row)
{
    const auto group = session.findGroup(row.groupId());
    const auto selected = static_cast<std::size_t>(row.integer("user_selected_index").value_or(-1));
    if (!group || selected >= group->images.size() || group->images[selected].isMissing)
        return std::nullopt;
    const auto size = session.sizeOf(group->images[selected]);
    return size ? std::optional(*size) : std::nullopt;
}

std::string changeText(const DecisionRow& before, const DecisionRow& after)
{
    std::vector<std::string> changes;
    for (const ColumnDifference& difference : rowDifferences(before, after))
        changes.push_back(difference.column + ": " + difference.expected + " -> " + difference.found);
    return join(changes, "; ");
}

Result<void> planRows(const ProjectSession& session, const Connection& reader,
                      const std::set<std::string, std::less<>>& only, std::stop_token stop, RepairPlan& plan)
{
    PS_TRY(const DecisionTable table, readDecisionTable(reader));
    PS_TRY(Statement rows, reader.prepare(selectRows(table)));
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return {};
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while planning the repair", {}, 0};
        const DecisionRow before = readRow(rows, table);
        RowRepair repair(before, only);
        if (const auto size = measuredSize(session, before))
            repair.repairSize(*size);
        repair.repairValues();
        if (repair.checks().empty())
            continue;
        plan.rows.emplace_back(before, repair.row());
        for (const std::string_view check : repair.checks())
            plan.repairs.push_back({check, before.groupId(), changeText(before, repair.row())});
    }
}

Result<void> planSidecars(const ProjectSession& session, const Connection& reader,
                          const std::set<std::string, std::less<>>& only, std::stop_token stop, RepairPlan& plan)
{
    PS_TRY(const FileIndex index, indexFiles(session, stop));
    PS_TRY(const std::vector<SidecarProblem> problems, findSidecarProblems(session, index, reader));
    std::set<std::string> folders;
    std::set<std::string> targets;
    std::vector<Operation> moves;
    for (const SidecarProblem& problem : problems) {
        const bool isWanted = only.empty() || only.contains(problem.check);
        if (!isWanted || problem.path.empty())
            continue;
        Operation move;
        move.groupKey = "sidecars";
        move.role = OperationRole::Archive;
        move.source = problem.path;
        PS_TRY(const Place source, session.folders().locate(move.source));
        PS_TRY(move.identity, identifyBeneath(source.rootFd(), source.path));
        for (int number = 1;; ++number) {
            const std::string prefix = number > 1 ? std::to_string(number) + "_" : "";
            move.target = joinPath(problem.targetFolder, prefix + std::string(fileName(problem.path)));
            PS_TRY(const Place target, session.folders().locate(move.target));
            PS_TRY(const auto taken, identifyIfThere(target));
            if (!taken && targets.insert(move.target).second)
                break;
        }
        folders.insert(problem.targetFolder);
        plan.repairs.push_back(
            {problem.check, problem.groupId, displayText(move.source) + " -> " + displayText(move.target)});
        moves.push_back(std::move(move));
    }
    for (const std::string& folder : folders) {
        Operation make;
        make.kind = OperationKind::Folder;
        make.role = OperationRole::Folder;
        make.target = folder;
        plan.operations.push_back(std::move(make));
    }
    plan.operations.insert(plan.operations.end(), moves.begin(), moves.end());
    return {};
}

} // namespace

Result<RepairPlan> planRepair(const ProjectSession& session, const std::vector<std::string>& onlyChecks,
                              std::stop_token stop)
{
    const std::set<std::string, std::less<>> only(onlyChecks.begin(), onlyChecks.end());
    RepairPlan plan;
    PS_TRY(const Connection reader, session.openReader());
    PS_TRY_VOID(planRows(session, reader, only, stop, plan));
    PS_TRY_VOID(planSidecars(session, reader, only, stop, plan));
    return plan;
}

namespace {

Result<void> applyRepair(StoreTransaction& transaction, const RepairPlan& plan)
{
    std::optional<std::int64_t> firstSeq;
    std::int64_t lastSeq = 0;
    const auto note = [&](std::int64_t seq) {
        firstSeq = firstSeq.value_or(seq);
        lastSeq = seq;
    };
    if (!plan.operations.empty()) {
        PS_TRY(const std::int64_t planId, insertPlan(transaction, ledger_kind::kRepair, plan.operations));
        const Json detail = Json::object({{"moves", transitionsJson({{planId, {}, {}, true}})}});
        PS_TRY(const std::int64_t seq,
               transaction.appendLedger({std::string(ledger_kind::kRepair), {}, {}, {}, {}, detail}));
        note(seq);
    }
    for (const auto& [before, after] : plan.rows) {
        PS_TRY(const auto now, transaction.findRow(before.groupId()));
        if (now != before)
            return Error{ErrorCode::Conflict, "the row was changed since the repair was planned", before.groupId(), 0};
        PS_TRY(const std::int64_t seq, transaction.changeRow(ledger_kind::kRepair, {}, now, after, {}));
        note(seq);
    }
    PS_TRY_VOID(transaction.addStep(ledger_kind::kRepair, {}, *firstSeq, lastSeq));
    return {};
}

} // namespace

Result<RepairOutcome> repair(ProjectSession& session, const RepairPlan& plan)
{
    if (plan.repairs.empty())
        return RepairOutcome{};
    PS_TRY(DecisionStore* const store, session.store());
    const std::lock_guard lock(session.fileMutex());
    PS_TRY_VOID(store->snapshotBeforeBulk());
    PS_TRY_VOID(store->run([&](StoreTransaction& transaction) { return applyRepair(transaction, plan); }));
    RepairOutcome outcome{std::ssize(plan.rows), {}};
    if (!plan.operations.empty()) {
        PS_TRY(ExecutionReport moved, carryOutIntents(*store, session.fileOperator(), {}, {}));
        outcome.failed = std::move(moved.failed);
    }
    return outcome;
}

} // namespace ps
