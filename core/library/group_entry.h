// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/decisions/outcomes.h"
#include "core/decisions/row.h"
#include "core/library/scan.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace ps {

/// How a group stands, as lists and counters show it.
enum class GroupState {
    Undecided,
    Approved,
    Cropped,   ///< cropped by hand, with coordinates
    CropLater, ///< to be cropped by hand
    Rejected,
    CropAccepted, ///< approved with a suggested crop that waits to be confirmed
    Tie,          ///< no row: several are equally good
    CannotJudge,  ///< no row: nobody can say which is right
    Skipped,      ///< no row: undecided, for later
};
constexpr std::size_t kGroupStateCount = 9;
/// The state of a group without a row.
GroupState stateOfOutcome(std::optional<Outcome> outcome);
GroupState stateOfRow(const std::optional<DecisionRow>& row);
/// The image that stands for a group with this row.
int coverSlotOf(const std::optional<DecisionRow>& row);
/// "undecided", "approve", "crop", "crop later", "reject", "tie", "cannot judge" or "skipped".
std::string_view groupStateName(GroupState state);
/// The word of queries and of section labels: "undecided", "approved", "cropped", "crop-later", "rejected", "crop-accepted",
/// "tie", "cannot-judge", "skipped".
std::string_view groupStateWord(GroupState state);

enum class GroupKind {
    Group,        ///< 2 to 4 stage variants of one picture
    Single,       ///< a leftover or a plain photograph
    Oversize,     ///< more than 4 images: to be split before it is decided
    UnmatchedRow, ///< a row whose images are not known; it is shown, never decided
};
constexpr std::size_t kGroupKindCount = 4;
/// "group", "single", "oversize" or "row".
std::string_view groupKindWord(GroupKind kind);

/// One image of a group.
struct GroupImage {
    std::string path;        ///< where it was scanned: workspace-relative raw bytes
    std::string currentPath; ///< where it is now
    double stage = 0;
    FileIdentity identity;
    bool isMissing = false;
    ImageSize size;      ///< upright; empty until it was measured
    std::string problem; ///< why it cannot be read, "" otherwise
};

/// What the catalogue keeps of a row of ai_decisions.
struct RowFacts {
    std::string groupId;
    std::string fingerprint;
    GroupState state = GroupState::Undecided;
    int coverSlot = 0;
    std::optional<std::int64_t> decidedAtUs; ///< microseconds of UTC since 1970
    std::optional<bool> selectionMatch;
    std::optional<bool> cropMatch;
    std::optional<double> confidence; ///< of the suggestion in the row, 0 to 1
    /// How far the decision went along with the suggestion, only where it did not: 0 to 1 when another image was picked (0: the
    /// suggestion was sure), 1 to 2 when only the crop is another.
    std::optional<double> agreement;
};
RowFacts rowFacts(const DecisionRow& row);

/// One line of the list of groups.
struct GroupEntry {
    std::int64_t ordinal =
        0;           ///< position in the project from 0: groups first, then leftovers, then rows without a group
    std::string key; ///< "" for a row without a group
    GroupKind kind = GroupKind::Group;
    std::string directory; ///< of the first image, workspace-relative, valid UTF-8
    int imageCount = 0;
    GroupState state = GroupState::Undecided;
    bool isFinalized = false;
    std::string groupId;                     ///< "" without a row
    int coverSlot = 0;                       ///< the image that stands for the group: the selected one, else the first
    int missingCount = 0;                    ///< images that are not where they were
    std::optional<std::int64_t> decidedAtUs; ///< microseconds of UTC since 1970
    std::string annotator;                   ///< of the last decision, "" when the ledger does not know
    std::optional<bool> selectionMatch;      ///< false: the pick differs from the suggestion
    std::optional<bool> cropMatch;
    std::optional<double> sharpness;  ///< of the cover, once it was measured
    std::optional<double> confidence; ///< of the suggestion, 0 to 1
    std::optional<double> agreement;  ///< see RowFacts; put in, not read back
    std::string outcome;              ///< name of what was said instead of a winner or beside a reject, "" for nothing
    std::string flag;                 ///< "flag" or ""
    std::string note;
    std::string unmatchedReason; ///< why a row belongs to no group
    GroupImage cover;            ///< filled in by Catalogue::page() and entriesAt()

    bool canBeDecided() const { return kind != GroupKind::UnmatchedRow; }
};

/// Puts the marks into the entry of a group; the state is changed only while the group has no row.
void setMarks(GroupEntry& entry, const GroupMarks& marks);

struct GroupDetail {
    GroupEntry entry;
    std::vector<GroupImage> images;
    std::optional<DecisionRow> row;
    std::string fingerprint; ///< of the row, "" without one
    GroupMarks marks;
};

struct GroupCounts {
    std::array<std::int64_t, kGroupStateCount> byState{};          ///< of groups and singles
    std::array<std::int64_t, kGroupStateCount> unmatchedByState{}; ///< of rows without a group
    std::int64_t groups = 0;
    std::int64_t singles = 0;
    std::int64_t finalized = 0;
    std::int64_t unmatchedRows = 0;
    /// What can be decided: groups and singles.
    std::int64_t total() const { return groups + singles; }
    std::int64_t in(GroupState state) const { return byState[static_cast<std::size_t>(state)]; }
    /// Everything that Browse lists in this state.
    std::int64_t entriesIn(GroupState state) const
    {
        return in(state) + unmatchedByState[static_cast<std::size_t>(state)];
    }
    /// Nothing more is to be done about them: decided, tied, or nobody can judge.
    std::int64_t handled() const { return total() - in(GroupState::Undecided)-in(GroupState::Skipped); }
    std::int64_t decided() const { return handled() - in(GroupState::Tie)-in(GroupState::CannotJudge); }
    /// Everything that Browse lists.
    std::int64_t entries() const { return total() + unmatchedRows; }
};

/// A row that belongs to no known group: shown in Browse and Inspect only.
struct UnmatchedRow {
    std::string groupId;
    std::string reason;
};

} // namespace ps
