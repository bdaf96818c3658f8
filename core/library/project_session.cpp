// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/project_session.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/decisions/viewing.h"

#include <algorithm>
#include <map>
#include <set>
#include <sys/stat.h>

namespace ps {

namespace {

constexpr std::string_view kSignatureKey = "database_signature";

Result<Catalogue> openCatalogueOrMemory(const std::string& path, bool& isInMemory)
{
    auto catalogue = Catalogue::open(path);
    isInMemory = !catalogue;
    if (catalogue)
        return catalogue;
    qCWarning(logLibrary, "the catalogue is kept in memory: %s", catalogue.error().describe().c_str());
    return Catalogue::openInMemory();
}

} // namespace

Result<std::unique_ptr<ProjectSession>> ProjectSession::open(SessionOptions options)
{
    if (!options.clock)
        options.clock = &systemClock();
    PS_TRY(Workspace workspace, Workspace::open(options.workspacePath));
    PS_TRY(ProjectManifest manifest, ProjectManifest::read(workspace, options.projectId));
    PS_TRY(const std::string imagesPath, manifest.imagesPath(workspace));
    PS_TRY(ProjectFolders folders, ProjectFolders::open(workspace, imagesPath));
    const std::string databasePath = workspace.databasePath(options.projectId);
    if (options.cataloguePath.empty())
        options.cataloguePath = Catalogue::defaultPath(databasePath);
    bool isInMemory = options.keepsCatalogueInMemory;
    PS_TRY(Catalogue catalogue, isInMemory ? Catalogue::openInMemory()
                                           : openCatalogueOrMemory(options.cataloguePath, isInMemory));
    std::unique_ptr<ProjectSession> session(new ProjectSession(std::move(options), std::move(workspace),
                                                               std::move(manifest), std::move(folders),
                                                               std::move(catalogue)));
    session->m_databasePath = databasePath;
    session->m_isCatalogueInMemory = isInMemory;
    if (session->m_options.isWorking) {
        session->startStore();
    } else {
        PS_TRY(const Connection reader, session->openReader());
        PS_TRY_VOID(readDecisionTable(reader));
    }
    return session;
}

ProjectSession::ProjectSession(SessionOptions options, Workspace workspace, ProjectManifest manifest,
                               ProjectFolders folders, Catalogue catalogue)
    : m_options(std::move(options)), m_workspace(std::move(workspace)), m_manifest(std::move(manifest)),
      m_folders(std::move(folders)), m_catalogue(std::move(catalogue))
{
}

ProjectSession::~ProjectSession()
{
    if (!m_store)
        return;
    m_store.reset();
    const std::lock_guard lock(m_catalogueMutex);
    applyPendingChanges();
    discard(m_catalogue.setMeta(kSignatureKey, databaseSignature()), "without it the next start looks at every row");
}

void ProjectSession::startStore()
{
    StoreOptions store;
    store.projectId = m_options.projectId;
    store.databasePath = m_databasePath;
    store.lockPath = m_workspace.lockPath(m_options.projectId);
    store.snapshotFolder = m_workspace.snapshotFolder(m_options.projectId);
    store.annotator = m_options.annotator;
    store.program = m_options.program;
    store.clock = m_options.clock;
    store.host = m_options.host;
    store.sessionToken = m_options.sessionToken;
    store.onStatus = m_options.onStoreStatus;
    store.onForeignChange = m_options.onForeignChange;
    store.onCommitted = [this](const std::vector<RowChange>& changes) { onCommitted(changes); };
    m_store = DecisionStore::start(std::move(store));
}

Result<DecisionStore*> ProjectSession::store() const
{
    if (!m_store)
        return Error{ErrorCode::ReadOnly, "the project is open for viewing only", projectId(), 0};
    return m_store.get();
}

Result<Connection> ProjectSession::openReader() const
{
    return isWorking() ? Connection::open(m_databasePath, OpenMode::ReadOnly) : openForViewing(m_databasePath);
}

Result<Catalogue> ProjectSession::openCatalogue() const
{
    if (m_isCatalogueInMemory)
        return Error{ErrorCode::Unsupported, "the catalogue is in memory and has one user", projectId(), 0};
    return Catalogue::open(m_options.cataloguePath);
}

// ---- what the store tells us ---------------------------------------------------------------------------------------

void ProjectSession::onCommitted(const std::vector<RowChange>& changes)
{
    {
        const std::lock_guard lock(m_changesMutex);
        m_pendingChanges.insert(m_pendingChanges.end(), changes.begin(), changes.end());
        if (m_isRefreshing)
            m_refreshChanges.insert(m_refreshChanges.end(), changes.begin(), changes.end());
    }
    // A refresh that is writing must not delay an acknowledgement; it takes the changes along when it is done.
    if (const std::unique_lock lock(m_catalogueMutex, std::try_to_lock); lock)
        applyPendingChanges();
    if (m_options.onCommitted)
        m_options.onCommitted(changes);
}

void ProjectSession::applyPendingChanges()
{
    std::vector<RowChange> changes;
    {
        const std::lock_guard changesLock(m_changesMutex);
        changes.swap(m_pendingChanges);
    }
    for (const RowChange& change : changes) {
        if (auto applied = m_catalogue.applyRow(change.groupKey, change.groupId, change.row); !applied)
            qCWarning(logLibrary, "the catalogue missed a change: %s", applied.error().describe().c_str());
    }
}

// ---- refreshing ----------------------------------------------------------------------------------------------------

std::string ProjectSession::databaseSignature() const
{
    std::string signature;
    for (const char* suffix : {"", "-wal"}) {
        struct stat status{};
        if (::stat((m_databasePath + suffix).c_str(), &status) == 0) {
            const FileIdentity identity = identityFromStatus(status);
            signature += std::to_string(identity.inode) + ":" + std::to_string(identity.sizeBytes) + ":" +
                         std::to_string(identity.modifiedNs) + ";";
        }
    }
    return signature;
}

Result<void> ProjectSession::makeReady(std::stop_token stop, const std::function<void(const IndexProgress&)>& onProgress,
                                       bool alwaysRefresh)
{
    const std::string signature = databaseSignature(); // before the store writes anything of its own
    if (m_store) {
        PS_TRY_VOID(m_store->waitUntilReady());
        const std::lock_guard lock(m_fileMutex);
        PS_TRY(const ExecutionReport resumed, carryOutIntents(*m_store, fileOperator(), stop, {}));
        for (const FailedGroup& failed : resumed.failed)
            qCWarning(logLibrary, "group %s: %s", failed.groupKey.c_str(), failed.reason.c_str());
    }
    bool isCurrent = false;
    {
        const std::lock_guard lock(m_catalogueMutex);
        PS_TRY(const bool isBuilt, m_catalogue.isBuilt());
        PS_TRY(const std::string known, m_catalogue.meta(kSignatureKey));
        isCurrent = isBuilt && known == signature;
    }
    if (isCurrent && !alwaysRefresh)
        return {};
    PS_TRY_VOID(refresh(stop, onProgress));
    return {};
}

Result<RefreshReport> ProjectSession::refresh(std::stop_token stop,
                                              const std::function<void(const IndexProgress&)>& onProgress)
{
    const std::lock_guard refreshLock(m_refreshMutex);
    const std::string signature = databaseSignature();
    std::vector<std::pair<std::string, std::string>> earlier;
    bool wasBuilt = false;
    {
        const std::lock_guard lock(m_catalogueMutex);
        PS_TRY(wasBuilt, m_catalogue.isBuilt());
        PS_TRY(earlier, m_catalogue.fingerprints());
    }
    {
        const std::lock_guard lock(m_changesMutex);
        m_isRefreshing = true;
        m_refreshChanges.clear();
    }
    IndexOptions options;
    options.grouping.timeGapMinutes = m_manifest.timeGapMinutes();
    options.perFolder = m_manifest.isGroupedPerFolder();
    options.onProgress = onProgress;
    const auto index = [&]() -> Result<CatalogueContent> {
        PS_TRY(const Connection reader, openReader());
        return indexProject(m_folders, reader, options, stop);
    };
    auto content = index();
    RefreshReport report;
    {
        const std::lock_guard lock(m_catalogueMutex);
        if (content) {
            PS_TRY_VOID(m_catalogue.replaceContent(*content));
            if (!isWorking()) {
                PS_TRY_VOID(m_catalogue.setMeta(kSignatureKey, signature));
            }
        }
        const std::lock_guard changesLock(m_changesMutex);
        m_isRefreshing = false;
        // What was committed while the disk was read is newer than what was read.
        m_pendingChanges.insert(m_pendingChanges.begin(), m_refreshChanges.begin(), m_refreshChanges.end());
        m_refreshChanges.clear();
    }
    {
        const std::lock_guard lock(m_catalogueMutex);
        applyPendingChanges();
    }
    if (!content)
        return std::move(content).error();
    if (isWorking()) {
        PS_TRY(report.externalChanges, noticeExternalChanges(earlier, *content, wasBuilt));
    }
    for (const CatalogueContent::Group& group : content->groups)
        report.imageCount += std::ssize(group.images);
    report.rowCount = std::ssize(content->rows);
    report.unmatchedRows = std::ranges::count_if(content->rows, [](const auto& row) { return row.groupKey.empty(); });
    report.skipped = std::move(content->skipped);
    const std::lock_guard lock(m_catalogueMutex);
    PS_TRY(report.counts, m_catalogue.counts());
    return report;
}

namespace {

/// Notes the row in the ledger when it is not as its last entry left it. True when it was noted.
Result<bool> noteIfChanged(StoreTransaction& transaction, const std::string& groupId, bool isNewToUs)
{
    const Connection& connection = transaction.connection();
    PS_TRY(const auto row, transaction.findRow(groupId));
    PS_TRY(const auto query, connection.borrow("SELECT seq FROM ps_ledger WHERE group_id=?1 AND "
                                               "(row_before IS NOT NULL OR row_after IS NOT NULL) "
                                               "ORDER BY seq DESC LIMIT 1"));
    query->bind(groupId);
    PS_TRY(const bool hasEntry, query->step());
    if (!hasEntry && !isNewToUs)
        return false;
    std::optional<DecisionRow> before;
    if (hasEntry) {
        PS_TRY(LedgerEntry entry, readLedgerEntry(connection, query->integer(0)));
        before = std::move(entry.after);
        if (before == row)
            return false;
    }
    PS_TRY_VOID(transaction.appendLedger({std::string(ledger_kind::kExternalChange), groupId, {}, before, row, {}}));
    return true;
}

} // namespace

Result<std::int64_t> ProjectSession::noticeExternalChanges(const std::vector<std::pair<std::string, std::string>>& earlier,
                                                           const CatalogueContent& content, bool wasBuilt) const
{
    // Rows that differ from what the catalogue knew; without an earlier catalogue only the ledger can tell.
    std::map<std::string, std::string> known(earlier.begin(), earlier.end());
    std::vector<std::string> suspects;
    for (const CatalogueContent::Row& row : content.rows) {
        const auto found = known.find(row.groupId);
        if (found == known.end() || found->second != row.fingerprint)
            suspects.push_back(row.groupId);
        if (found != known.end())
            known.erase(found);
    }
    for (const auto& [groupId, fingerprint] : known)
        suspects.push_back(groupId); // gone
    if (suspects.empty())
        return std::int64_t{0};
    return runForValue<std::int64_t>(*m_store, [&](StoreTransaction& transaction) -> Result<std::int64_t> {
        std::int64_t count = 0;
        for (const std::string& groupId : suspects) {
            PS_TRY(const bool isNoted, noteIfChanged(transaction, groupId, wasBuilt));
            count += isNoted ? 1 : 0;
        }
        return count;
    });
}

// ---- looking up ----------------------------------------------------------------------------------------------------

Result<GroupDetail> ProjectSession::completeDetail(GroupEntry entry) const
{
    GroupDetail detail;
    {
        const std::lock_guard lock(m_catalogueMutex);
        PS_TRY(detail.images, m_catalogue.images(entry.ordinal));
    }
    if (!entry.groupId.empty()) {
        PS_TRY(const Connection reader, openReader());
        PS_TRY(const DecisionTable table, readDecisionTable(reader));
        PS_TRY(detail.row, findRow(reader, table, entry.groupId));
        if (detail.row)
            detail.fingerprint = rowFingerprint(*detail.row);
    }
    detail.entry = std::move(entry);
    return detail;
}

Result<GroupDetail> ProjectSession::findGroup(std::string_view keyOrId) const
{
    std::optional<GroupEntry> entry;
    {
        const std::lock_guard lock(m_catalogueMutex);
        PS_TRY(entry, m_catalogue.findByKey(keyOrId));
        if (!entry) {
            PS_TRY(entry, m_catalogue.findByGroupId(keyOrId));
        }
    }
    if (!entry)
        return Error{ErrorCode::NotFound, "there is no group with this key or id", std::string(keyOrId), 0};
    return completeDetail(*std::move(entry));
}

Result<GroupDetail> ProjectSession::groupAt(std::int64_t ordinal) const
{
    std::vector<GroupEntry> entries;
    {
        const std::lock_guard lock(m_catalogueMutex);
        PS_TRY(entries, m_catalogue.page(ordinal, 1));
    }
    if (entries.empty() || entries.front().ordinal != ordinal)
        return Error{ErrorCode::NotFound, "there is no group at position " + std::to_string(ordinal + 1), projectId(), 0};
    return completeDetail(std::move(entries.front()));
}

Result<ImageSize> ProjectSession::sizeOf(const GroupImage& image) const
{
    if (!image.size.isEmpty())
        return image.size;
    PS_TRY(const Place place, m_folders.locate(image.currentPath));
    auto size = m_options.images.measure(place);
    rememberMeasure(image, size.value_or(ImageSize{}), size ? std::string_view() : std::string_view(size.error().message));
    return size;
}

void ProjectSession::rememberMeasure(const GroupImage& image, ImageSize size, std::string_view problem) const
{
    const std::lock_guard lock(m_catalogueMutex);
    discard(m_catalogue.setMeasure(image.path, image.identity, size, problem), "it is measured again when it is needed");
}

Result<void> ProjectSession::updatePlaces(const std::vector<std::string>& groupKeys) const
{
    PS_TRY(const Connection reader, openReader());
    for (const std::string& groupKey : std::set<std::string>(groupKeys.begin(), groupKeys.end())) {
        PS_TRY(const std::vector<Operation> operations, readOperations(reader, {{}, groupKey, {OperationState::Done}}));
        const std::lock_guard lock(m_catalogueMutex);
        PS_TRY(const auto entry, m_catalogue.findByKey(groupKey));
        if (!entry)
            continue;
        PS_TRY(const std::vector<GroupImage> images, m_catalogue.images(entry->ordinal));
        std::vector<std::pair<std::string, std::string>> places;
        for (const GroupImage& image : images) {
            std::string current = image.path;
            for (const Operation& operation : operations) {
                if (operation.kind == OperationKind::Move && operation.source == current)
                    current = operation.target;
            }
            places.emplace_back(image.path, std::move(current));
        }
        PS_TRY_VOID(m_catalogue.applyPlaces(groupKey, places, !operations.empty()));
    }
    return {};
}

} // namespace ps
