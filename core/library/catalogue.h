// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
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
};
constexpr std::size_t kGroupStateCount = 6;
GroupState stateOfRow(const std::optional<DecisionRow>& row);
/// The image that stands for a group with this row.
int coverSlotOf(const std::optional<DecisionRow>& row);
/// "undecided", "approve", "crop", "crop later" or "reject".
std::string_view groupStateName(GroupState state);

enum class GroupKind {
    Group,    ///< 2 to 4 stage variants of one picture
    Single,   ///< a leftover or a plain photograph
    Oversize, ///< more than 4 images: to be split before it is decided
};

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

/// One line of the list of groups.
struct GroupEntry {
    std::int64_t ordinal = 0; ///< position in the project from 0: groups first, then leftovers
    std::string key;
    GroupKind kind = GroupKind::Group;
    std::string directory; ///< of the first image, workspace-relative, valid UTF-8
    int imageCount = 0;
    GroupState state = GroupState::Undecided;
    bool isFinalized = false;
    std::string groupId; ///< "" without a row
    int coverSlot = 0;   ///< the image that stands for the group: the selected one, else the first
    GroupImage cover;    ///< filled in by Catalogue::page()
};

struct GroupDetail {
    GroupEntry entry;
    std::vector<GroupImage> images;
    std::optional<DecisionRow> row;
    std::string fingerprint; ///< of the row, "" without one
};

struct GroupCounts {
    std::array<std::int64_t, kGroupStateCount> byState{};
    std::int64_t groups = 0;
    std::int64_t singles = 0;
    std::int64_t finalized = 0;
    std::int64_t total() const { return groups + singles; }
    std::int64_t decided() const { return total() - byState[0]; }
};

/// A row that belongs to no known group: shown in Browse and Inspect only.
struct UnmatchedRow {
    std::string groupId;
    std::string reason;
};

/// What a refresh puts in.
struct CatalogueContent {
    struct Group {
        GroupEntry entry;
        std::vector<GroupImage> images;
    };
    struct Row {
        std::string groupId;
        std::string fingerprint;
        std::string groupKey; ///< "" when it matches no group
        std::string reason;   ///< why it matches none
    };
    std::vector<Group> groups;
    std::vector<Row> rows;
    std::vector<SkippedEntry> skipped;

    /// The rows in the order of their ids. They stay where they are.
    std::vector<const Row*> rowsById() const;
};

/// The rebuildable index of one project: images, groups, states, measures and counters. Lists, filters and counts run on
/// it alone. One object belongs to one thread; each thread opens its own.
class Catalogue
{
public:
    /// Opens the file, or makes it. A damaged one, or one of another version, is thrown away: it can be rebuilt.
    static Result<Catalogue> open(const std::string& path);
    /// Throws away what is there and makes an empty one: for damage that shows only in use. No other object may have it open.
    static Result<Catalogue> openAnew(const std::string& path);
    /// For places where nothing can be written.
    static Result<Catalogue> openInMemory();
    /// $XDG_CACHE_HOME/proofsheet/catalogues/{hash of the database's path}.db
    static std::string defaultPath(const std::string& databasePath);

    /// False until the first refresh has finished.
    Result<bool> isBuilt() const;
    Result<std::string> meta(std::string_view key) const; ///< "" when it is not set
    Result<void> setMeta(std::string_view key, std::string_view value) const;

    /// Replaces groups and rows in one transaction; measures of unchanged files stay. Cost: about 3 s per million images.
    Result<void> replaceContent(const CatalogueContent& content) const;

    /// After a commit: the row of a group as it is now.
    Result<void> applyRow(std::string_view groupKey, std::string_view groupId,
                          const std::optional<DecisionRow>& row) const;

    /// After files moved: where the images of a group are, and whether it counts as finalized.
    Result<void> applyPlaces(std::string_view groupKey, const std::vector<std::pair<std::string, std::string>>& places,
                             bool isFinalized) const;

    /// What was learned about an image file.
    Result<void> setMeasure(const std::string& path, const FileIdentity& identity, ImageSize size,
                            std::string_view problem) const;

    Result<GroupCounts> counts() const;
    /// Entries [first, first + count) in project order with their covers. Cost: a key look-up and `count` rows.
    Result<std::vector<GroupEntry>> page(std::int64_t first, std::int64_t count) const;
    Result<std::optional<GroupEntry>> findByKey(std::string_view key) const;
    Result<std::optional<GroupEntry>> findByGroupId(std::string_view groupId) const;
    /// The first entry in this state behind `ordinal`, or at or before it when there is none behind.
    Result<std::optional<std::int64_t>> nextInState(GroupState state, std::int64_t afterOrdinal) const;
    Result<std::optional<std::int64_t>> previousInState(GroupState state, std::int64_t beforeOrdinal) const;
    /// The nearest group of the Crop queue (crop later, or accepted suggestion) in a direction, wrapping round.
    Result<std::optional<std::int64_t>> nextOpenCrop(std::int64_t from, bool isForward) const;
    /// The first entry at or after `fromOrdinal`, wrapping round, that has an image whose name holds `text` or whose key or
    /// group id does. Cost: reads the index until it is found.
    Result<std::optional<std::int64_t>> find(std::string_view text, std::int64_t fromOrdinal) const;
    Result<std::vector<GroupImage>> images(std::int64_t ordinal) const;

    Result<std::string> fingerprint(std::string_view groupId) const; ///< "" when the row is not known
    /// All rows by id, for the reconciliation.
    Result<std::vector<std::pair<std::string, std::string>>> fingerprints() const;
    Result<std::vector<UnmatchedRow>> unmatchedRows(std::int64_t limit) const;
    Result<std::int64_t> unmatchedRowCount() const;
    Result<std::vector<SkippedEntry>> skippedEntries() const;

    const Connection& connection() const { return m_connection; }

private:
    explicit Catalogue(Connection connection) : m_connection(std::move(connection)) {}

    Connection m_connection;
};

} // namespace ps
