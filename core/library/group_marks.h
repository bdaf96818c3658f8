// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/record_outcome.h"
#include "core/library/project_session.h"

#include <functional>

namespace ps {

/// What a person says about a group beside a decision, with one key.
struct MarkIntent {
    enum class Kind { Outcome, Flag, Note };
    Kind kind = Kind::Outcome;
    std::optional<Outcome> outcome; ///< with Kind::Outcome; nothing takes it back. Not AllBad: decide a reject
    std::vector<int> tied;          ///< of a tie, counted from 0; empty = all members
    bool isFlagged = false;         ///< with Kind::Flag
    std::string note;               ///< with Kind::Note; "" takes it away
};

/// Stores it and waits. The moves of a finalized group that loses its row are taken back first, in the same undo step. Blocks.
/// Errors: as applyOutcome(), applyFlag() and applyNote(); Refused for a set of more than four images (split it first).
Result<MarkReceipt> recordMark(ProjectSession& session, const GroupDetail& group, const MarkIntent& intent);

/// Queues it for a group that was not finalized, or that keeps its row. `done` runs on the writer thread after the durable
/// commit. Errors in `done`: as recordMark(); Refused when moves would have to be taken back.
void submitMark(ProjectSession& session, const GroupDetail& group, MarkIntent intent,
                std::function<void(Result<MarkReceipt>)> done);

/// True when submitMark() is refused and recordMark() has to take moves back.
bool takesMovesBack(const GroupDetail& group, const MarkIntent& intent);

/// One marked group as it is exported. Images and decision are what the database knows, so nothing on the disk is needed.
struct ExportedMarks {
    MarkedGroup group;
    std::vector<std::string> images; ///< workspace-relative, raw bytes, in stage order; empty when they are not known
    std::string groupId;             ///< "" without a row
    std::string action;              ///< of the row
};

/// All of them in the order of their keys. Cost: reads the marks, and two key look-ups for each group.
Result<std::vector<ExportedMarks>> exportMarks(const Connection& database);

/// {"group", "images", "outcome", "tied", "flag", "note", "tolerance", "group_id", "action"}; every mark with the annotator
/// and the time. `annotators` are the sessions by number.
Json exportJson(const ExportedMarks& marks, const std::vector<std::pair<std::int64_t, std::string>>& annotators);
/// The sessions of a database, by number; empty without the tables.
Result<std::vector<std::pair<std::int64_t, std::string>>> readAnnotators(const Connection& database);

/// How many groups have each mark, by name: "tie", "cannot_judge", "skip", "all_bad", "flag", "note", "tolerance".
Result<std::vector<std::pair<std::string, std::int64_t>>> countMarks(const Connection& database);

} // namespace ps
