// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_selection.h"

#include "core/base/text.h"
#include "core/db/backup.h"
#include "core/decisions/outcomes.h"
#include "core/exchange/release_rules.h"
#include "core/library/group_query.h"

#include <algorithm>
#include <optional>

namespace ps {

namespace {

constexpr std::int64_t kRowsBetweenReports = 10'000;

Error cancelled(const std::string& projectId)
{
    return Error{ErrorCode::Cancelled, "the export was stopped", projectId, 0};
}

/// Reads a transaction's worth of one state; nothing was written, so it is rolled back.
class ReadSnapshot
{
public:
    static Result<ReadSnapshot> begin(const Connection& connection)
    {
        if (connection.isInTransaction())
            return ReadSnapshot(nullptr);
        PS_TRY_VOID(connection.execute("BEGIN"));
        return ReadSnapshot(&connection);
    }
    ReadSnapshot(ReadSnapshot&& other) noexcept : m_connection(std::exchange(other.m_connection, nullptr)) {}
    ReadSnapshot& operator=(ReadSnapshot&&) = delete;
    ~ReadSnapshot()
    {
        if (m_connection)
            discard(m_connection->execute("ROLLBACK"), "nothing was written");
    }

private:
    explicit ReadSnapshot(const Connection* connection) : m_connection(connection) {}
    const Connection* m_connection;
};

/// The groups of a query by group id, one after the other.
class CatalogueWalk
{
public:
    static Result<CatalogueWalk> make(const Connection& catalogue, const ParsedQuery& query)
    {
        const std::string condition = query.matchesAll() ? "" : " AND (" + query.condition + ")";
        PS_TRY(Statement groups, catalogue.prepare("SELECT g.ordinal, g.key, g.kind, g.group_id FROM groups g "
                                                   "WHERE g.group_id <> ''" +
                                                   condition + " ORDER BY g.group_id, g.ordinal"));
        for (std::size_t i = 0; i < query.values.size(); ++i)
            groups.bindAt(static_cast<int>(i) + 1, query.values[i]);
        PS_TRY(Statement images,
               catalogue.prepare("SELECT path, current_path, size, modified_ns, device, inode, is_missing FROM images "
                                 "WHERE ordinal=?1 ORDER BY slot"));
        CatalogueWalk walk(std::move(groups), std::move(images));
        PS_TRY_VOID(walk.next());
        return walk;
    }

    bool atEnd() const { return m_atEnd; }
    std::string_view groupId() const { return m_groups.text(3); }
    std::string_view key() const { return m_groups.text(1); }
    bool hasImages() const { return static_cast<GroupKind>(m_groups.integer(2)) != GroupKind::UnmatchedRow; }

    Result<void> next()
    {
        PS_TRY(const bool hasRow, m_groups.step());
        m_atEnd = !hasRow;
        return {};
    }

    Result<std::vector<ReleaseCandidateImage>> images() { return imagesOf(m_groups.integer(0)); }

    Result<std::vector<ReleaseCandidateImage>> imagesOf(std::int64_t ordinal)
    {
        std::vector<ReleaseCandidateImage> list;
        m_images.reset();
        m_images.bind(ordinal);
        for (;;) {
            PS_TRY(const bool hasRow, m_images.step());
            if (!hasRow)
                return list;
            ReleaseCandidateImage& image = list.emplace_back();
            image.isKnown = true;
            image.path = m_images.text(0);
            image.currentPath = m_images.text(1);
            image.identity = {static_cast<std::uint64_t>(m_images.integer(4)),
                              static_cast<std::uint64_t>(m_images.integer(5)), m_images.integer(2),
                              m_images.integer(3)};
            image.isMissing = m_images.integer(6) != 0;
            image.sourceName = fileName(image.path);
        }
    }

private:
    CatalogueWalk(Statement groups, Statement images) : m_groups(std::move(groups)), m_images(std::move(images)) {}

    Statement m_groups;
    Statement m_images;
    bool m_atEnd = false;
};

/// The ids of rows whose crops an extraction made up, in order.
class PlaceholderWalk
{
public:
    static Result<PlaceholderWalk> make(const Connection& database)
    {
        PlaceholderWalk walk;
        PS_TRY(const bool isThere, hasTable(database, "ps_import_lines"));
        if (!isThere)
            return walk;
        // A line that merely met a row says nothing about the crop of that row.
        PS_TRY(Statement ids, database.prepare("SELECT DISTINCT group_id FROM ps_import_lines JOIN ps_imports "
                                               "USING (import_id) WHERE is_placeholder=1 AND outcome='added' "
                                               "AND is_standing=1 AND group_id IS NOT NULL ORDER BY group_id"));
        walk.m_ids = std::move(ids);
        PS_TRY_VOID(walk.next());
        return walk;
    }

    /// Ids are asked for in order.
    Result<bool> has(std::string_view groupId)
    {
        while (m_ids && m_ids->text(0) < groupId)
            PS_TRY_VOID(next());
        return m_ids && m_ids->text(0) == groupId;
    }

private:
    Result<void> next()
    {
        PS_TRY(const bool hasRow, m_ids->step());
        if (!hasRow)
            m_ids.reset();
        return {};
    }
    std::optional<Statement> m_ids;
};

class Selector
{
public:
    Selector(const ProjectSession& session, const ExportRequest& request, Spool spool,
             const std::function<void(std::int64_t)>& onProgress, std::stop_token stop)
        : m_session(session), m_request(request), m_info(exportFormatInfo(request.format)), m_onProgress(onProgress),
          m_stop(std::move(stop)), m_selection{.candidates = std::move(spool)}
    {
    }

    Result<ReleaseSelection> run(const Connection& database, const Connection& catalogue)
    {
        PS_TRY(const ParsedQuery query, parseGroupQuery(m_request.query));
        PS_TRY(const ReadSnapshot databaseSnapshot, ReadSnapshot::begin(database));
        PS_TRY(const ReadSnapshot catalogueSnapshot, ReadSnapshot::begin(catalogue));
        PS_TRY_VOID(checkDatabase(database));
        PS_TRY_VOID(countUndecided(catalogue, query));
        PS_TRY_VOID(joinRows(database, catalogue, query));
        if (m_request.format == ExportFormat::Preferences)
            PS_TRY_VOID(addTies(database, catalogue, query));
        PS_TRY_VOID(m_selection.candidates.flush());
        return std::move(m_selection);
    }

private:
    Result<void> checkDatabase(const Connection& database)
    {
        PS_TRY(const std::vector<std::string> damages, quickCheck(database));
        for (const std::string& damage : damages)
            m_selection.findings.add("database_damaged", {}, 0, damage);
        PS_TRY(const bool hasLedger, hasTable(database, "ps_ledger"));
        if (!hasLedger)
            return {};
        PS_TRY(const std::int64_t pending, database.queryInteger("SELECT count(*) FROM ps_operations WHERE state IN "
                                                                 "('planned', 'returning')"));
        if (pending > 0)
            m_selection.findings.add("plan_unfinished", {}, 0,
                                     std::to_string(pending) + " operations are still intents");
        // A release is itself noted in the ledger; the same data exported twice must name the same head.
        PS_TRY(Statement head, database.prepare("SELECT seq, hash FROM ps_ledger WHERE kind NOT IN "
                                                "('release', 'release withdrawn') ORDER BY seq DESC LIMIT 1"));
        PS_TRY(const bool hasHead, head.step());
        if (hasHead) {
            m_selection.ledgerSeq = head.integer(0);
            m_selection.ledgerHead = head.text(1);
        }
        return {};
    }

    /// What a query names and nobody has decided. Without a query only decided rows are in view.
    Result<void> countUndecided(const Connection& catalogue, const ParsedQuery& query)
    {
        if (query.matchesAll())
            return {};
        PS_TRY(Statement counts,
               catalogue.prepare("SELECT g.state, count(*) FROM groups g WHERE g.group_id = '' AND (" +
                                 query.condition + ") GROUP BY g.state"));
        for (std::size_t i = 0; i < query.values.size(); ++i)
            counts.bindAt(static_cast<int>(i) + 1, query.values[i]);
        for (;;) {
            PS_TRY(const bool hasRow, counts.step());
            if (!hasRow)
                return {};
            const auto state = static_cast<GroupState>(counts.integer(0));
            if (state == GroupState::Tie && m_request.format == ExportFormat::Preferences)
                continue; // addTies() takes them
            m_selection.inView += counts.integer(1);
            m_selection.excluded[std::string(groupStateName(state))] += counts.integer(1);
        }
    }

    Result<void> joinRows(const Connection& database, const Connection& catalogue, const ParsedQuery& query)
    {
        PS_TRY(const DecisionTable table, readDecisionTable(database));
        m_selection.columns = table.columns;
        m_checker.emplace(table);
        PS_TRY(CatalogueWalk groups, CatalogueWalk::make(catalogue, query));
        PS_TRY_VOID(findLabels(database));
        PS_TRY_VOID(findImportedBoxes(database));
        PS_TRY(m_provenance, ProvenanceFinder::make(database));
        PS_TRY(PlaceholderWalk placeholders, PlaceholderWalk::make(database));
        PS_TRY(Statement rows, database.prepare(selectRows(table) + " ORDER BY " + quotedIdentifier("group_id")));
        std::optional<std::string> previousId;
        for (std::int64_t position = 1;; ++position) {
            PS_TRY(const bool hasRow, rows.step());
            if (!hasRow)
                break;
            const DecisionRow row = readRow(rows, table);
            const std::string groupId = row.groupId();
            while (!groups.atEnd() && groups.groupId() < groupId) // another program took its row away
                PS_TRY_VOID(passUndecided(groups));
            const bool isKnown = !groups.atEnd() && groups.groupId() == groupId;
            const bool isRepeated = previousId == groupId && !groupId.empty();
            if (isKnown || isRepeated || query.matchesAll()) {
                PS_TRY(const bool isPlaceholder, placeholders.has(groupId));
                PS_TRY_VOID(takeRow(row, position, isKnown ? &groups : nullptr, isRepeated, isPlaceholder));
            }
            while (!groups.atEnd() && groups.groupId() == groupId)
                PS_TRY_VOID(groups.next());
            previousId = groupId;
            if (position % kRowsBetweenReports == 0) {
                if (m_stop.stop_requested())
                    return cancelled(m_session.projectId());
                m_onProgress(position);
            }
        }
        while (!groups.atEnd())
            PS_TRY_VOID(passUndecided(groups));
        m_selection.findings.append(m_checker->findings());
        return {};
    }

    Result<void> passUndecided(CatalogueWalk& groups)
    {
        ++m_selection.inView;
        exclude(exclusion::kUndecided);
        return groups.next();
    }

    void exclude(std::string_view reason) { ++m_selection.excluded[std::string(reason)]; }

    Result<void> takeRow(const DecisionRow& row, std::int64_t position, CatalogueWalk* group, bool isRepeated,
                         bool isPlaceholder)
    {
        ++m_selection.inView;
        m_checker->check(rowViewOf(row, position));
        ReleaseCandidate candidate;
        candidate.groupId = row.groupId();
        candidate.projectId = row.text("project_id").value_or("");
        const bool isMatched = group != nullptr && group->hasImages();
        if (group)
            candidate.groupKey = group->key();
        if (!isMatched)
            m_selection.findings.add("row_unmatched", candidate.groupId, position, "no known images");
        if (isRepeated) {
            exclude(exclusion::kRepeated);
            return {};
        }
        candidate.row = row;
        PS_TRY(candidate.provenance, m_provenance->of(row));
        if (const auto reason = applyRowRules(m_request, isPlaceholder, candidate)) {
            exclude(*reason);
            return {};
        }
        if (m_info.hasImages && !isMatched) {
            exclude(exclusion::kUnmatched);
            return {};
        }
        std::vector<ReleaseCandidateImage> known;
        if (isMatched && (m_info.hasImages || m_request.split)) {
            PS_TRY(known, group->images());
            joinFiles(candidate, known);
        }
        if (m_request.split)
            addRelatives(candidate, known);
        return keep(candidate);
    }

    /// The statement stays away while nobody has given a class.
    Result<void> findLabels(const Connection& database)
    {
        PS_TRY(const bool isThere, hasTable(database, "ps_labels"));
        if (!isThere)
            return {};
        PS_TRY(const std::int64_t hasAny, database.queryInteger("SELECT EXISTS (SELECT 1 FROM ps_labels)"));
        if (hasAny == 0)
            return {};
        PS_TRY(Statement labels, database.prepare("SELECT DISTINCT image_index, class_name FROM ps_labels "
                                                  "WHERE group_key=?1 ORDER BY image_index, class_name"));
        m_labels = std::move(labels);
        return {};
    }

    Result<void> addLabels(ReleaseCandidate& candidate)
    {
        if (!m_labels || candidate.groupKey.empty())
            return {};
        m_labels->reset();
        m_labels->bind(candidate.groupKey);
        for (;;) {
            PS_TRY(const bool hasRow, m_labels->step());
            if (!hasRow)
                return {};
            const auto image = std::ranges::find(candidate.images, static_cast<int>(m_labels->integer(0)),
                                                 &ReleaseCandidateImage::slot);
            if (image != candidate.images.end())
                image->classes.emplace_back(m_labels->text(1));
        }
    }

    /// What detectors found is a suggestion and goes nowhere; what a dataset said goes out again.
    Result<void> findImportedBoxes(const Connection& database)
    {
        PS_TRY(const bool isThere, hasTable(database, "ps_boxes"));
        if (!isThere || !m_info.hasBoxes)
            return {};
        PS_TRY(const std::int64_t hasAny,
               database.queryInteger("SELECT EXISTS (SELECT 1 FROM ps_boxes WHERE source='import')"));
        if (hasAny == 0)
            return {};
        PS_TRY(Statement boxes, database.prepare("SELECT image_index, class_name, x1, y1, x2, y2 FROM ps_boxes "
                                                 "WHERE group_key=?1 AND source='import' "
                                                 "ORDER BY image_index, model_id, ordinal"));
        m_boxes = std::move(boxes);
        return {};
    }

    Result<void> addImportedBoxes(ReleaseCandidate& candidate)
    {
        if (!m_boxes || candidate.groupKey.empty())
            return {};
        m_boxes->reset();
        m_boxes->bind(candidate.groupKey);
        for (;;) {
            PS_TRY(const bool hasRow, m_boxes->step());
            if (!hasRow)
                return {};
            const auto image = std::ranges::find(candidate.images, static_cast<int>(m_boxes->integer(0)),
                                                 &ReleaseCandidateImage::slot);
            if (image != candidate.images.end())
                image->boxes.push_back({std::string(m_boxes->text(1)),
                                        {m_boxes->real(2), m_boxes->real(3), m_boxes->real(4), m_boxes->real(5)}});
        }
    }

    Result<void> keep(ReleaseCandidate& candidate)
    {
        PS_TRY_VOID(addLabels(candidate));
        PS_TRY_VOID(addImportedBoxes(candidate));
        PS_TRY_VOID(m_selection.candidates.append(candidateBytes(candidate)));
        ++m_selection.candidateCount;
        return {};
    }

    /// Groups without a row about which a person said that several are equally good.
    Result<void> addTies(const Connection& database, const Connection& catalogue, const ParsedQuery& query)
    {
        const std::string condition = query.matchesAll() ? "" : " AND (" + query.condition + ")";
        PS_TRY(Statement ties,
               catalogue.prepare("SELECT g.ordinal, g.key FROM groups g WHERE g.group_id='' AND g.state=" +
                                 std::to_string(static_cast<int>(GroupState::Tie)) + condition + " ORDER BY g.key"));
        for (std::size_t i = 0; i < query.values.size(); ++i)
            ties.bindAt(static_cast<int>(i) + 1, query.values[i]);
        PS_TRY(CatalogueWalk walk, CatalogueWalk::make(catalogue, query));
        for (;;) {
            PS_TRY(const bool hasRow, ties.step());
            if (!hasRow)
                return {};
            ++m_selection.inView;
            ReleaseCandidate candidate;
            candidate.groupKey = ties.text(1);
            candidate.projectId = m_session.projectId();
            PS_TRY(candidate.images, walk.imagesOf(ties.integer(0)));
            PS_TRY(const GroupMarks marks, findMarks(database, candidate.groupKey));
            for (std::size_t i = 0; i < candidate.images.size(); ++i) {
                candidate.images[i].slot = static_cast<int>(i);
                const bool isTied = marks.outcome && std::ranges::find(marks.outcome->tied, static_cast<int>(i)) !=
                                                         marks.outcome->tied.end();
                candidate.images[i].role = isTied ? ImageRole::Winner : ImageRole::Loser;
                if (isTied)
                    candidate.tiedNames.push_back(candidate.images[i].sourceName);
            }
            if (candidate.tiedNames.size() < 2) {
                exclude(exclusion::kNoChoice);
                continue;
            }
            candidate.selectedIndex = marks.outcome->tied.front();
            candidate.row = tieRow(candidate);
            PS_TRY_VOID(keep(candidate));
        }
    }

    /// The columns that a row of the group would have, as far as they are known without a decision.
    DecisionRow tieRow(const ReleaseCandidate& candidate) const
    {
        Json::Array names;
        for (const ReleaseCandidateImage& image : candidate.images)
            names.emplace_back(image.sourceName);
        std::vector<DecisionRow::Cell> cells;
        for (const std::string& column : m_selection.columns) {
            SqlValue value;
            if (column == "images")
                value = dumpJson(Json(names));
            else if (column == "project_id")
                value = candidate.projectId;
            else if (column == "directory" && !candidate.images.empty())
                value = displayText(parentPath(candidate.images.front().path));
            cells.emplace_back(column, std::move(value));
        }
        return DecisionRow(std::move(cells));
    }

    const ProjectSession& m_session;
    const ExportRequest& m_request;
    const ExportFormatInfo& m_info;
    const std::function<void(std::int64_t)>& m_onProgress;
    std::stop_token m_stop;
    std::optional<RowChecker> m_checker;
    std::optional<ProvenanceFinder> m_provenance;
    std::optional<Statement> m_labels;
    std::optional<Statement> m_boxes;
    ReleaseSelection m_selection;
};

} // namespace

Result<ReleaseSelection> selectForRelease(const ProjectSession& session, const ExportRequest& request,
                                          const std::string& scratchFolder,
                                          const std::function<void(std::int64_t done)>& onProgress,
                                          std::stop_token stop)
{
    PS_TRY(Spool spool, Spool::make(scratchFolder));
    Selector selector(session, request, std::move(spool), onProgress, std::move(stop));
    PS_TRY_VOID(session.withCatalogue([](const Catalogue& catalogue) { return catalogue.counts(); })); // caught up
    PS_TRY(const Connection database, session.openReader());
    const auto own = session.openCatalogue();
    if (own)
        return selector.run(database, own->connection());
    if (own.error().code != ErrorCode::Unsupported)
        return own.error();
    return session.withCatalogue(
        [&](const Catalogue& catalogue) { return selector.run(database, catalogue.connection()); });
}

} // namespace ps
