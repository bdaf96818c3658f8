// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/project_index.h"

#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/decisions/group_id.h"
#include "core/library/catalogue_schema.h"
#include "core/library/catalogue_writing.h"
#include "core/library/filename.h"
#include "core/library/image_grouper.h"
#include "core/library/image_measures_table.h"
#include "core/library/rank_columns.h"
#include "core/library/row_matcher.h"
#include "core/library/suggestion_settings.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unordered_set>

namespace ps {

namespace {

constexpr std::int64_t kRowsBetweenReports = 20'000;
constexpr std::int64_t kGroupsBetweenChecks = 4096;
constexpr std::int64_t kUnsureNs =
    2'000'000'000;                  ///< a folder that changed so recently may change again within its time stamp
constexpr std::int64_t kNever = -1; ///< a modification time that no folder has

std::string temporaryFolder(const Catalogue& catalogue)
{
    const std::string_view folder = parentPath(catalogue.connection().path());
    if (!folder.empty())
        return std::string(folder);
    const char* const temporary = std::getenv("TMPDIR"); // a catalogue in memory
    return temporary ? temporary : "/tmp";
}

/// Copies what was measured to the next catalogue, whatever the columns of the table are.
class MeasureCarrier
{
public:
    static Result<MeasureCarrier> make(const Catalogue* previous, const Catalogue& next)
    {
        MeasureCarrier carrier;
        if (!previous)
            return carrier;
        const Connection& from = previous->connection();
        PS_TRY(const std::int64_t hasMeasures, from.queryInteger("SELECT EXISTS (SELECT 1 FROM measures)"));
        if (hasMeasures != 0) {
            PS_TRY(carrier.m_find, from.prepare("SELECT * FROM measures WHERE path=?1"));
            std::string places = "?1";
            for (int i = 2; i <= carrier.m_find->columnCount(); ++i)
                places += ",?" + std::to_string(i);
            PS_TRY(carrier.m_insert,
                   next.connection().prepare("INSERT OR REPLACE INTO measures VALUES (" + places + ")"));
        }
        return carrier;
    }

    Result<void> carry(const std::string& path)
    {
        if (!m_find)
            return {};
        m_find->reset();
        m_find->bind(SqlBlob{path});
        PS_TRY(const bool isMeasured, m_find->step());
        if (!isMeasured)
            return {};
        for (int i = 0; i < m_find->columnCount(); ++i)
            m_insert->bindAt(i + 1, m_find->value(i));
        return m_insert->finish();
    }

private:
    std::optional<Statement> m_find;
    std::optional<Statement> m_insert;
};

/// One indexing, from the first folder to the last row.
class Indexer : private ScanVisitor
{
public:
    Indexer(const ProjectFolders& folders, const Connection& database, const IndexOptions& options,
            const Catalogue& into, CatalogueWriter writer, MeasureCarrier measures, std::stop_token stop)
        : m_folders(folders), m_database(database), m_options(options), m_temporary(temporaryFolder(into)),
          m_writer(std::move(writer)), m_measures(std::move(measures)), m_stop(std::move(stop)),
          m_grouper(m_temporary, options.grouping, options.perFolder)
    {
    }

    Result<IndexProgress> run()
    {
        PS_TRY_VOID(addImages());
        m_grouper.onKnownPath = [this](const std::string& path) { return m_measures.carry(path); };
        m_grouper.onNameOfMoved = [this](const std::string& path) {
            return m_writer.addSkipped({path, SkippedEntry::Reason::NameOfFinalized});
        };
        PS_TRY_VOID(m_grouper.group(m_stop));
        PS_TRY(const bool hasLinks, hasTable(m_database, "ps_groups"));
        RowMatcher matcher(m_temporary, m_grouper.imageCount(), hasLinks);
        PS_TRY_VOID(tellGroups(matcher));
        PS_TRY_VOID(tellRows(matcher, hasLinks));
        PS_TRY_VOID(matcher.match(m_stop));
        PS_TRY_VOID(writeGroups(matcher));
        PS_TRY_VOID(matcher.forEachUnmatched([this](const RowSummary& row, std::string_view reason) -> Result<void> {
            CatalogueItem item = unmatchedItem(row, reason);
            item.entry.ordinal = m_ordinal++;
            PS_TRY_VOID(checkStop());
            return m_writer.add(item);
        }));
        return IndexProgress{m_grouper.imageCount(), m_rowCount};
    }

private:
    // ---- what is on the disk, and what the database remembers of it

    Result<void> onImage(const ScannedImage& image) override
    {
        GroupImage known;
        known.path = m_folders.workspacePath(image.path);
        known.currentPath = known.path;
        known.identity = image.identity;
        return m_grouper.addImage(known);
    }

    Result<void> onSkipped(const SkippedEntry& entry) override
    {
        if (entry.reason == SkippedEntry::Reason::Unreadable) { // it may be readable the next time
            FileIdentity never;
            never.modifiedNs = kNever;
            PS_TRY_VOID(m_writer.addFolder(entry.path, never));
        }
        return m_writer.addSkipped({m_folders.workspacePath(entry.path), entry.reason});
    }

    Result<void> onFolder(const std::string& path, const FileIdentity& identity) override
    {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        FileIdentity mark = identity;
        if (std::chrono::duration_cast<std::chrono::nanoseconds>(now).count() - identity.modifiedNs < kUnsureNs)
            mark.modifiedNs = kNever;
        return m_writer.addFolder(path, mark);
    }

    Result<void> addImages()
    {
        ScanOptions scanOptions{m_folders.excludedFolders(), {}};
        if (m_options.onProgress)
            scanOptions.onProgress = [this](std::int64_t images) { m_options.onProgress({images, 0}); };
        PS_TRY_VOID(walkImages(m_folders.imagesFd(), scanOptions, *this, m_stop));
        PS_TRY(const std::vector<MovedFile> moved, readMovedFiles(m_database));
        for (const MovedFile& file : moved) {
            m_finalizedKeys.insert(file.groupKey);
            if (!isImageFile(fileName(file.originalPath)))
                continue; // a companion
            GroupImage image;
            image.path = file.originalPath;
            image.currentPath = file.currentPath;
            image.identity = file.identity;
            image.isMissing = file.isPurged;
            PS_TRY_VOID(m_grouper.addMoved(image));
        }
        std::uint64_t frozen = 0;
        return forEachFrozenGroup(m_database, [&](const FrozenGroup& group) -> Result<void> {
            for (std::size_t member = 0; member < group.members.size(); ++member) {
                GroupImage image;
                image.path = group.members[member].path;
                image.currentPath = image.path;
                image.identity = group.members[member].identity;
                image.isMissing = true;
                PS_TRY_VOID(m_grouper.addFrozenMember(frozen, member, image, true));
            }
            ++frozen;
            return checkStop();
        });
    }

    // ---- groups and rows

    static std::string keyOf(const ImageGrouper::Group& group)
    {
        std::vector<std::string> paths;
        for (const ImageGrouper::Member& member : group.members)
            paths.push_back(member.image.path);
        return makeGroupKey(paths);
    }

    Result<void> tellGroups(RowMatcher& matcher)
    {
        PS_TRY(ImageGrouper::Walk walk, m_grouper.groups());
        std::int64_t ordinal = 0;
        for (ImageGrouper::Group group;; ++ordinal) {
            PS_TRY(const bool hasGroup, walk.next(group));
            if (!hasGroup)
                return {};
            std::vector<std::string_view> names;
            for (const ImageGrouper::Member& member : group.members)
                names.push_back(fileName(member.image.path));
            PS_TRY_VOID(matcher.addGroup(ordinal, names, displayText(parentPath(group.members.front().image.path)),
                                         keyOf(group)));
            PS_TRY_VOID(checkStop());
        }
    }

    Result<void> tellRows(RowMatcher& matcher, bool hasLinks)
    {
        PS_TRY(const DecisionTable table, readDecisionTable(m_database));
        PS_TRY(Statement rows, m_database.prepare(selectRows(table)));
        std::optional<Statement> link;
        if (hasLinks) {
            PS_TRY(link, m_database.prepare("SELECT group_key FROM ps_groups WHERE group_id=?1 ORDER BY group_key"));
        }
        for (;;) {
            PS_TRY(const bool hasRow, rows.step());
            if (!hasRow)
                return {};
            const DecisionRow row = readRow(rows, table);
            const auto names = row.imageNames();
            const RowSummary summary = rowSummary(row, names);
            std::string linkedKey;
            if (link) {
                link->reset();
                link->bind(summary.facts.groupId);
                PS_TRY(const bool isLinked, link->step());
                if (isLinked)
                    linkedKey = link->text(0);
            }
            PS_TRY_VOID(matcher.addRow(summary, names, linkedKey));
            PS_TRY_VOID(checkStop());
            if (++m_rowCount % kRowsBetweenReports == 0 && m_options.onProgress)
                m_options.onProgress({m_grouper.imageCount(), m_rowCount});
        }
    }

    Result<void> writeGroups(RowMatcher& matcher)
    {
        PS_TRY(ImageGrouper::Walk walk, m_grouper.groups());
        for (ImageGrouper::Group group;; ++m_ordinal) {
            PS_TRY(const bool hasGroup, walk.next(group));
            if (!hasGroup)
                return {};
            PS_TRY(const CatalogueItem item, makeItem(group, matcher));
            PS_TRY_VOID(m_writer.add(item));
            PS_TRY_VOID(checkStop());
        }
    }

    Result<CatalogueItem> makeItem(ImageGrouper::Group& group, RowMatcher& matcher)
    {
        CatalogueItem item;
        GroupEntry& entry = item.entry;
        entry.ordinal = m_ordinal;
        entry.key = keyOf(group);
        const std::size_t count = group.members.size();
        entry.kind = count == 1 ? GroupKind::Single : count > 4 ? GroupKind::Oversize : GroupKind::Group;
        entry.imageCount = static_cast<int>(count);
        for (ImageGrouper::Member& member : group.members) {
            entry.missingCount += member.image.isMissing ? 1 : 0;
            item.images.push_back(std::move(member.image));
        }
        const std::string& first = item.images.front().path;
        entry.directory = displayText(parentPath(first));
        item.name = fileName(first);
        entry.isFinalized = m_finalizedKeys.contains(entry.key);
        PS_TRY(const auto row, matcher.takeRowOf(entry.ordinal));
        if (row) {
            item.fingerprint = row->facts.fingerprint;
            takeRowFacts(entry, row->facts);
        }
        return item;
    }

    Result<void> checkStop()
    {
        if (++m_steps % kGroupsBetweenChecks == 0 && m_stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the indexing was stopped", m_database.path(), 0};
        return {};
    }

    const ProjectFolders& m_folders;
    const Connection& m_database;
    const IndexOptions& m_options;
    const std::string m_temporary;
    CatalogueWriter m_writer;
    MeasureCarrier m_measures;
    std::stop_token m_stop;
    ImageGrouper m_grouper;
    std::unordered_set<std::string> m_finalizedKeys;
    std::int64_t m_ordinal = 0;
    std::int64_t m_rowCount = 0;
    std::int64_t m_steps = 0;
};

/// Who made each decision, as far as the ledger knows.
Result<void> addAnnotators(const Connection& database, const Connection& catalogue)
{
    PS_TRY(const bool hasLedger, hasTable(database, "ps_ledger"));
    if (!hasLedger)
        return {};
    PS_TRY(Statement entries,
           database.prepare("SELECT l.group_id, s.annotator FROM ps_ledger l JOIN ps_sessions s USING (session_id) "
                            "WHERE l.group_id IS NOT NULL AND l.row_after IS NOT NULL AND l.kind <> 'external change' "
                            "ORDER BY l.seq"));
    PS_TRY(Statement update, catalogue.prepare("UPDATE groups SET annotator=?2 WHERE group_id=?1 AND group_id <> ''"));
    for (;;) {
        PS_TRY(const bool hasEntry, entries.step());
        if (!hasEntry)
            return {};
        PS_TRY_VOID(update.run(entries.text(0), entries.text(1)));
    }
}

/// What people said beside the rows.
Result<void> addMarks(const Connection& database, const Catalogue& catalogue)
{
    PS_TRY(const std::vector<MarkedGroup> marked, readOutcomes(database));
    for (const MarkedGroup& group : marked)
        PS_TRY_VOID(catalogue.setGroupMarks(group.groupKey, group.marks));
    return {};
}

/// How sure the suggestions for groups are; see storeSuggestion().
Result<void> addConfidences(const Connection& database, const Catalogue& catalogue)
{
    PS_TRY(const bool hasSuggestions, hasTable(database, "ps_suggestions"));
    if (!hasSuggestions)
        return {};
    PS_TRY(const auto settings, readSuggestionSettings(database));
    PS_TRY(Statement suggestions,
           database.prepare("SELECT group_key, confidence FROM ps_suggestions WHERE confidence IS NOT NULL AND "
                            "(?1='' OR model_id=?1) ORDER BY group_key, model_id"));
    suggestions.bind(settings.activeModel);
    for (;;) {
        PS_TRY(const bool hasRow, suggestions.step());
        if (!hasRow)
            return {};
        PS_TRY_VOID(catalogue.setConfidence(suggestions.text(0), suggestions.real(1)));
    }
}

} // namespace

Result<IndexProgress> indexProject(const ProjectFolders& folders, const Connection& database,
                                   const IndexOptions& options, const Catalogue& into, std::stop_token stop)
{
    const Connection& connection = into.connection();
    const std::stop_callback interrupt(stop, [&connection] { connection.interrupt(); }); // the making of indexes too
    PS_TRY(Transaction transaction, Transaction::beginImmediate(connection));
    PS_TRY_VOID(emptyCatalogue(connection));
    PS_TRY(CatalogueWriter writer, CatalogueWriter::make(connection));
    PS_TRY(MeasureCarrier measures, MeasureCarrier::make(options.previous, into));
    IndexProgress done;
    {
        Indexer indexer(folders, database, options, into, std::move(writer), std::move(measures), stop);
        PS_TRY(done, indexer.run());
    }
    PS_TRY_VOID(restoreCoverMeasures(connection));
    PS_TRY_VOID(finishCatalogue(connection));
    PS_TRY_VOID(addAnnotators(database, connection));
    PS_TRY_VOID(addMarks(database, into));
    PS_TRY_VOID(addConfidences(database, into));
    if (options.previous)
        PS_TRY_VOID(carryRanks(options.previous->connection(), connection));
    PS_TRY_VOID(into.setMeta("built", "1"));
    PS_TRY_VOID(transaction.commit());
    return done;
}

Result<bool> areFoldersAsScanned(const ProjectFolders& folders, const Catalogue& catalogue, std::stop_token stop)
{
    PS_TRY(Statement marks, catalogue.connection().prepare("SELECT path, device, inode, modified_ns FROM folders"));
    bool hasMarks = false;
    for (;;) {
        PS_TRY(const bool hasMark, marks.step());
        if (!hasMark || stop.stop_requested())
            return !hasMark && hasMarks;
        hasMarks = true;
        const std::string path = marks.text(0).empty() ? "." : std::string(marks.text(0));
        struct stat status{};
        if (::fstatat(folders.imagesFd(), path.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
            return false;
        const FileIdentity now = identityFromStatus(status);
        if (static_cast<std::int64_t>(now.device) != marks.integer(1) ||
            static_cast<std::int64_t>(now.inode) != marks.integer(2) || now.modifiedNs != marks.integer(3))
            return false;
    }
}

} // namespace ps
