// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/store_transaction.h"
#include "core/library/group_entry.h"

#include <functional>
#include <span>

namespace ps {

/// A group with everything that the catalogue holds of it, as it is put in.
struct CatalogueItem {
    GroupEntry entry;
    std::string name;        ///< of the first image, or of the chosen one for a row without a group; raw bytes
    std::string fingerprint; ///< of the row, "" without one
    std::vector<GroupImage> images;
};

/// What a session notes in the catalogue beside its content.
namespace catalogue_note {
constexpr std::string_view kSignature =
    "database_signature"; ///< of the database that it was last brought up to date with
constexpr std::string_view kCompared = "compared_with_ledger"; ///< "1": the ledger knows every change up to then
constexpr std::string_view kUnnoted = "unnoted_rows"; ///< ids of changed rows that the ledger has not been told of
} // namespace catalogue_note

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
    /// An empty one that is to take the place of the one at `path`, in a file beside it: filled by one transaction, then
    /// published. Until then, and for objects that are open then, the old one stays what it is. "" is one in memory.
    static Result<Catalogue> makeNext(const std::string& path);
    /// Puts this one, from makeNext(path), in the place of the one at `path`. Whoever opens that path now gets this one; its
    /// files are removed when the last object lets go of them. Nothing for one in memory.
    Result<void> publish(const std::string& path) const;
    /// Removes the files of one from makeNext() that is not published.
    void discardFile() const;
    /// $XDG_CACHE_HOME/proofsheet/catalogues/{hash of the database's path}.db
    static std::string defaultPath(const std::string& databasePath);
    /// The same with another folder in place of $XDG_CACHE_HOME.
    static std::string pathIn(const std::string& cacheHome, const std::string& databasePath);

    /// False until the first refresh has finished.
    Result<bool> isBuilt() const;
    Result<std::string> meta(std::string_view key) const; ///< "" when it is not set
    Result<void> setMeta(std::string_view key, std::string_view value) const;

    /// Replaces groups and rows, in the order of their ordinals, in one transaction. For few of them; a project is put in by
    /// indexProject().
    Result<void> fill(std::span<const CatalogueItem> items, std::span<const SkippedEntry> skipped = {}) const;

    /// After a commit: these rows as they are now, in one transaction. `annotator` is who changed them.
    Result<void> applyRows(std::span<const RowChange> changes, std::string_view annotator) const;

    /// After files moved: where the images of a group are, and whether it counts as finalized.
    Result<void> applyPlaces(std::string_view groupKey, const std::vector<std::pair<std::string, std::string>>& places,
                             bool isFinalized) const;

    /// What was learned about an image file.
    Result<void> setMeasure(const std::string& path, const FileIdentity& identity, ImageSize size,
                            std::string_view problem) const;

    /// What was said beside the row; nothing clears it. The state of a group without a row follows its outcome.
    Result<void> setGroupMarks(std::string_view groupKey, const GroupMarks& marks) const;

    /// How sure the suggestion for a group is, 0 to 1.
    Result<void> setConfidence(std::string_view groupKey, double confidence) const;

    /// From the counters that are kept with every change. Cost: a few rows, however many groups there are.
    Result<GroupCounts> counts() const;
    /// Groups and singles [first, first + count) in project order with their covers. Cost: a key look-up and `count` rows.
    Result<std::vector<GroupEntry>> page(std::int64_t first, std::int64_t count) const;
    /// The entries at these positions of the project, in the order asked for, with their covers. One that is not there is
    /// left out. Cost: two key look-ups for each.
    Result<std::vector<GroupEntry>> entriesAt(std::span<const std::int64_t> ordinals) const;
    Result<std::optional<GroupEntry>> findByKey(std::string_view key) const;
    /// Not a row without a group.
    Result<std::optional<GroupEntry>> findByGroupId(std::string_view groupId) const;
    /// The first group or single in this state behind `ordinal`, or at or before it when there is none behind.
    Result<std::optional<std::int64_t>> nextInState(GroupState state, std::int64_t afterOrdinal) const;
    Result<std::optional<std::int64_t>> previousInState(GroupState state, std::int64_t beforeOrdinal) const;
    /// The nearest group of the Crop queue (crop later, or accepted suggestion) in a direction, wrapping round.
    Result<std::optional<std::int64_t>> nextOpenCrop(std::int64_t from, bool isForward) const;
    /// The first group or single at or after `fromOrdinal`, wrapping round, that has an image whose name holds `text` or whose key or
    /// group id does. Cost: reads the index until it is found.
    Result<std::optional<std::int64_t>> find(std::string_view text, std::int64_t fromOrdinal) const;
    Result<std::vector<GroupImage>> images(std::int64_t ordinal) const;

    Result<std::string> fingerprint(std::string_view groupId) const; ///< "" when the row is not known
    /// Every row by id with its fingerprint. Cost: reads all of them; memory for one.
    Result<void> forEachFingerprint(
        const std::function<Result<void>(std::string_view groupId, std::string_view fingerprint)>& take) const;
    Result<std::vector<UnmatchedRow>> unmatchedRows(std::int64_t limit) const;
    Result<std::int64_t> unmatchedRowCount() const;
    Result<std::vector<SkippedEntry>> skippedEntries() const;

    const Connection& connection() const { return m_connection; }

private:
    explicit Catalogue(Connection connection) : m_connection(std::move(connection)) {}

    Result<void> applyMarks(const RowChange& change) const;
    Result<void> applyRow(const RowChange& change, std::string_view annotator) const;
    Result<void> applyUnmatchedRow(const RowChange& change, std::string_view annotator) const;
    Result<void> removeUnmatchedRow(std::string_view groupId) const;
    Result<std::int64_t> decidableCount() const;

    Connection m_connection;
};

} // namespace ps
