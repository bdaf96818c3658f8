// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/group_marks.h"

#include "core/decisions/frozen_groups.h"
#include "core/library/take_back.h"

#include <algorithm>
#include <memory>

namespace ps {

namespace {

std::vector<GroupMember> membersOf(const GroupDetail& group)
{
    std::vector<GroupMember> members;
    for (const GroupImage& image : group.images)
        members.push_back({image.path, image.identity});
    return members;
}

OutcomeRequest requestOf(const GroupDetail& group, const MarkIntent& intent)
{
    OutcomeRequest request;
    request.groupKey = group.entry.key;
    request.members = membersOf(group);
    request.directory = group.entry.directory;
    request.outcome = intent.outcome;
    request.tied = intent.tied;
    if (group.row) {
        request.groupId = group.entry.groupId;
        request.expectedFingerprint = group.fingerprint;
    }
    return request;
}

Result<MarkReceipt> apply(StoreTransaction& transaction, const GroupDetail& group, const MarkIntent& intent,
                          std::optional<std::int64_t> earlierSeq)
{
    switch (intent.kind) {
    case MarkIntent::Kind::Outcome: return applyOutcome(transaction, requestOf(group, intent), earlierSeq);
    case MarkIntent::Kind::Flag: return applyFlag(transaction, group.entry.key, membersOf(group), intent.isFlagged);
    case MarkIntent::Kind::Note: return applyNote(transaction, group.entry.key, membersOf(group), intent.note);
    }
    return Error{ErrorCode::Internal, "an unknown mark", group.entry.key, 0};
}

Result<void> checkGroup(const GroupDetail& group)
{
    if (group.entry.kind != GroupKind::Oversize)
        return {};
    return Error{ErrorCode::Refused,
                 "the set has " + std::to_string(group.images.size()) + " images; split it to at most 4 first",
                 group.entry.key, 0};
}

} // namespace

bool takesMovesBack(const GroupDetail& group, const MarkIntent& intent)
{
    return intent.kind == MarkIntent::Kind::Outcome && group.row && group.entry.isFinalized;
}

Result<MarkReceipt> recordMark(ProjectSession& session, const GroupDetail& group, const MarkIntent& intent)
{
    PS_TRY_VOID(checkGroup(group));
    if (!takesMovesBack(group, intent)) {
        PS_TRY(DecisionStore* const store, session.store());
        return runForValue<MarkReceipt>(
            *store, [&](StoreTransaction& transaction) { return apply(transaction, group, intent, {}); });
    }
    MarkReceipt receipt;
    PS_TRY_VOID(changeGroup(session, group.entry.key,
                            [&](StoreTransaction& transaction, std::optional<std::int64_t> earlierSeq) -> Result<void> {
                                PS_TRY(receipt, apply(transaction, group, intent, earlierSeq));
                                return {};
                            }));
    return receipt;
}

void submitMark(ProjectSession& session, const GroupDetail& group, MarkIntent intent,
                std::function<void(Result<MarkReceipt>)> done)
{
    auto store = session.store();
    auto allowed = checkGroup(group);
    if (!store || !allowed) {
        done(store ? allowed.error() : store.error());
        return;
    }
    auto receipt = std::make_shared<MarkReceipt>();
    (*store)->submit(
        [group, intent = std::move(intent), receipt](StoreTransaction& transaction) -> Result<void> {
            const GroupChange change = [&](StoreTransaction& work,
                                           std::optional<std::int64_t> earlierSeq) -> Result<void> {
                PS_TRY(*receipt, apply(work, group, intent, earlierSeq));
                return {};
            };
            // A group that loses its row must have no moves; flags and notes touch nothing of that.
            return intent.kind == MarkIntent::Kind::Outcome && group.row
                       ? takeBackAndChange(transaction, group.entry.key, {}, change)
                       : change(transaction, std::nullopt);
        },
        [receipt, done = std::move(done)](Result<void> outcome) {
            done(outcome ? Result<MarkReceipt>(std::move(*receipt)) : std::move(outcome).error());
        });
}

// ---- exporting -----------------------------------------------------------------------------------------------------

Result<std::vector<ExportedMarks>> exportMarks(const Connection& database)
{
    PS_TRY(std::vector<MarkedGroup> marked, readOutcomes(database));
    std::vector<ExportedMarks> exported;
    if (marked.empty())
        return exported;
    PS_TRY(const DecisionTable table, readDecisionTable(database));
    exported.reserve(marked.size());
    for (MarkedGroup& group : marked) {
        ExportedMarks one;
        PS_TRY(const auto frozen, findFrozenGroup(database, group.groupKey));
        if (frozen) {
            for (const GroupMember& member : frozen->members)
                one.images.push_back(member.path);
            PS_TRY(const auto row, findRow(database, table, frozen->groupId));
            if (row) {
                one.groupId = frozen->groupId;
                one.action = row->text("user_action").value_or("");
            }
        }
        one.group = std::move(group);
        exported.push_back(std::move(one));
    }
    return exported;
}

namespace {

using Annotators = std::vector<std::pair<std::int64_t, std::string>>;

/// Who and when, in the words of people instead of a number.
Json named(Json mark, const Annotators& annotators)
{
    const std::int64_t session = mark["session_id"].toInteger();
    const auto found = std::ranges::lower_bound(annotators, session, {}, &Annotators::value_type::first);
    const bool isKnown = found != annotators.end() && found->first == session;
    mark.remove("session_id");
    mark.set("annotator", isKnown ? Json(found->second) : Json());
    return mark;
}

} // namespace

Result<Annotators> readAnnotators(const Connection& database)
{
    Annotators annotators;
    PS_TRY(const bool hasSessions, hasTable(database, "ps_sessions"));
    if (!hasSessions)
        return annotators;
    PS_TRY(Statement rows, database.prepare("SELECT session_id, annotator FROM ps_sessions ORDER BY session_id"));
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return annotators;
        annotators.emplace_back(rows.integer(0), rows.text(1));
    }
}

Json exportJson(const ExportedMarks& marks, const Annotators& annotators)
{
    Json::Array images;
    for (const std::string& image : marks.images)
        images.emplace_back(image);
    Json json = Json::object({{"group", marks.group.groupKey},
                              {"images", Json(std::move(images))},
                              {"group_id", marks.groupId.empty() ? Json() : Json(marks.groupId)},
                              {"action", marks.action.empty() ? Json() : Json(marks.action)}});
    const Json recorded = marksJson(marks.group.marks);
    for (const char* name : {"outcome", "flag", "note", "tolerance"})
        json.set(name, recorded[name].isObject() ? named(recorded[name], annotators) : Json());
    return json;
}

Result<std::vector<std::pair<std::string, std::int64_t>>> countMarks(const Connection& database)
{
    std::vector<std::pair<std::string, std::int64_t>> counts;
    PS_TRY(const bool hasMarks, hasTable(database, "ps_outcomes"));
    const auto count = [&](const std::string& name, const std::string& from) -> Result<void> {
        PS_TRY(const std::int64_t number,
               hasMarks ? database.queryInteger("SELECT count(*) FROM " + from) : Result<std::int64_t>(0));
        counts.emplace_back(name, number);
        return {};
    };
    for (const Outcome outcome : {Outcome::Tie, Outcome::CannotJudge, Outcome::Skip, Outcome::AllBad}) {
        const std::string name(outcomeName(outcome));
        PS_TRY_VOID(count(name, "ps_outcomes WHERE outcome='" + name + "'"));
    }
    PS_TRY_VOID(count("flag", "ps_flags"));
    PS_TRY_VOID(count("note", "ps_notes"));
    PS_TRY_VOID(count("tolerance", "ps_crop_tolerances"));
    return counts;
}

} // namespace ps
