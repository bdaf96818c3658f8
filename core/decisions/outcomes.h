// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/db/connection.h"
#include "core/decisions/crop.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// What a person found instead of a winner. Source: design.md 2.
enum class Outcome {
    Tie,         ///< several members are equally good
    CannotJudge, ///< nobody can say which is right
    Skip,        ///< later: the group stays undecided
    AllBad,      ///< stands beside a reject
};

std::string_view outcomeName(Outcome outcome); ///< "tie", "cannot_judge", "skip" or "all_bad"
std::optional<Outcome> parseOutcome(std::string_view name);

/// Who said it and when.
struct MarkStamp {
    std::int64_t sessionId = 0;
    std::string timestamp;
    bool operator==(const MarkStamp&) const = default;
};

struct OutcomeMark {
    Outcome outcome = Outcome::Skip;
    std::vector<int> tied; ///< of a tie: members counted from 0, ascending
    MarkStamp stamp;
    bool operator==(const OutcomeMark&) const = default;
};

struct NoteMark {
    std::string text; ///< UTF-8, never ""
    MarkStamp stamp;
    bool operator==(const NoteMark&) const = default;
};

/// How far a crop may be off and still be right: `inner` must be kept, nothing beyond `outer` may be.
struct CropTolerance {
    Crop inner;
    Crop outer;
    bool operator==(const CropTolerance&) const = default;
};
/// True when inner lies within crop and crop within outer, all of them valid.
bool holdsFor(const CropTolerance& tolerance, const Crop& crop);

/// The limits of a stored crop, with the crop that they belong to.
struct ToleranceMark {
    int imageIndex = 0;
    Crop crop;
    CropTolerance tolerance;
    MarkStamp stamp;
    bool operator==(const ToleranceMark&) const = default;
};

/// Everything that people said about one group beside its decision.
struct GroupMarks {
    std::optional<OutcomeMark> outcome;
    std::optional<MarkStamp> flag;
    std::optional<NoteMark> note;
    std::optional<ToleranceMark> tolerance;

    bool isEmpty() const { return !outcome && !flag && !note && !tolerance; }
    bool is(Outcome which) const { return outcome && outcome->outcome == which; }
    bool operator==(const GroupMarks&) const = default;
};

struct MarkedGroup {
    std::string groupKey;
    GroupMarks marks;
};

/// The marks of one group; nothing is marked in a database without the tables. Cost: four key look-ups.
Result<GroupMarks> findMarks(const Connection& connection, std::string_view groupKey);

/// All marked groups in the order of their keys; an empty list for a database without the tables. Cost: reads the four
/// tables once.
Result<std::vector<MarkedGroup>> readOutcomes(const Connection& connection);

/// Stores `after` in place of `before`, which the caller has just read, inside the caller's transaction.
Result<void> writeMarks(const Connection& connection, std::string_view groupKey, const GroupMarks& before,
                        const GroupMarks& after);

/// As the ledger keeps them. What is not marked is left out.
Json marksJson(const GroupMarks& marks);
/// The inverse. Errors: Corrupt.
Result<GroupMarks> marksFromJson(const Json& value);

} // namespace ps
