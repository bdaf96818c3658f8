// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/project_session.h"

#include "core/base/log.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/decisions/external_changes.h"
#include "core/decisions/viewing.h"

#include <algorithm>
#include <map>
#include <set>
#include <sys/stat.h>

namespace ps {

namespace {

// Keys of the catalogue's own notes.
constexpr std::string_view kSignatureKey = "database_signature";
constexpr std::string_view kComparedKey = "compared_with_ledger";
constexpr std::string_view kUnnotedKey = "unnoted_rows";

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
    PS_TRY(Catalogue catalogue,
           isInMemory ? Catalogue::openInMemory() : openCatalogueOrMemory(options.cataloguePath, isInMemory));
    std::unique_ptr<ProjectSession> session(new ProjectSession(
        std::move(options), std::move(workspace), std::move(manifest), std::move(folders), std::move(catalogue)));
    session->m_databasePath = databasePath;
    session->m_signatureAtOpen = session->databaseSignature();
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
    // Who holds the catalogue must not delay an acknowledgement; the next one to look takes the changes along.
    if (const std::unique_lock lock(m_catalogueMutex, std::try_to_lock); lock)
        applyPendingChanges();
    if (m_options.onCommitted)
        m_options.onCommitted(changes);
}

std::unique_lock<std::mutex> ProjectSession::lockCatalogue() const
{
    std::unique_lock lock(m_catalogueMutex);
    applyPendingChanges();
    return lock;
}

void ProjectSession::applyPendingChanges() const
{
    std::vector<RowChange> changes;
    {
        const std::lock_guard changesLock(m_changesMutex);
        changes.swap(m_pendingChanges);
    }
    if (changes.empty())
        return;
    if (auto applied = m_catalogue.applyRows(changes, m_options.annotator); !applied)
        qCWarning(logLibrary, "the catalogue missed a change: %s", applied.error().describe().c_str());
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

Result<void> ProjectSession::makeReady(std::stop_token stop,
                                       const std::function<void(const IndexProgress&)>& onProgress, bool alwaysRefresh)
{
    bool hasResumed = false;
    if (m_store) {
        PS_TRY_VOID(m_store->waitUntilReady());
        const std::lock_guard lock(m_fileMutex);
        PS_TRY(const ExecutionReport resumed, carryOutIntents(*m_store, fileOperator(), stop, {}));
        for (const FailedGroup& failed : resumed.failed)
            qCWarning(logLibrary, "group %s: %s", failed.groupKey.c_str(), failed.reason.c_str());
        hasResumed = !resumed.groupKeys.empty();
    }
    bool isCurrent = false;
    {
        const std::lock_guard lock(m_catalogueMutex);
        PS_TRY(const bool isBuilt, m_catalogue.isBuilt());
        PS_TRY(const std::string known, m_catalogue.meta(kSignatureKey));
        PS_TRY(const std::string compared, m_catalogue.meta(kComparedKey));
        PS_TRY(const std::string unnoted, m_catalogue.meta(kUnnotedKey));
        const bool isLedgerCurrent = !m_store || (!compared.empty() && unnoted.empty());
        isCurrent = isBuilt && known == m_signatureAtOpen && isLedgerCurrent && !hasResumed;
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
    const MemoryReturn memoryReturn; // every group and row is in memory for a moment
    const std::string signature = databaseSignature();
    KnownRows known;
    {
        const std::lock_guard lock(m_catalogueMutex);
        auto read = readKnownRows();
        if (!read &&
            read.error().code != ErrorCode::Corrupt) // a damaged catalogue knows nothing and is made anew below
            return std::move(read).error();
        if (read)
            known = *std::move(read);
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
            PS_TRY_VOID(putInCatalogue(*content, known));
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
        PS_TRY(report.externalChanges, noteExternalChanges(*content, known));
        const std::lock_guard lock(m_catalogueMutex);
        PS_TRY_VOID(m_catalogue.setMeta(kUnnotedKey, {}));
        PS_TRY_VOID(m_catalogue.setMeta(kComparedKey, "1"));
    }
    for (const CatalogueItem& item : content->items) {
        report.imageCount += std::ssize(item.images);
        report.rowCount += item.fingerprint.empty() ? 0 : 1;
        report.unmatchedRows += item.entry.canBeDecided() ? 0 : 1;
    }
    report.skipped = std::move(content->skipped);
    const auto lock = lockCatalogue();
    PS_TRY(report.counts, m_catalogue.counts());
    return report;
}

namespace {

std::vector<const CatalogueItem*> rowsById(const CatalogueContent& content)
{
    std::vector<const CatalogueItem*> rows;
    for (const CatalogueItem& item : content.items) {
        if (!item.entry.groupId.empty())
            rows.push_back(&item);
    }
    std::ranges::sort(rows, {}, [](const CatalogueItem* item) -> const std::string& { return item->entry.groupId; });
    return rows;
}

/// Rows that differ from what was known, or are gone. `fingerprints` are in the order of the ids.
std::vector<std::string> changedRows(const std::vector<std::pair<std::string, std::string>>& fingerprints,
                                     const CatalogueContent& content)
{
    std::vector<std::string> changed;
    auto known = fingerprints.begin();
    for (const CatalogueItem* row : rowsById(content)) {
        const std::string& groupId = row->entry.groupId;
        for (; known != fingerprints.end() && known->first < groupId; ++known)
            changed.push_back(known->first); // gone
        const bool isKnown = known != fingerprints.end() && known->first == groupId;
        if (!isKnown || known->second != row->fingerprint)
            changed.push_back(groupId);
        if (isKnown)
            ++known;
    }
    for (; known != fingerprints.end(); ++known)
        changed.push_back(known->first); // gone
    return changed;
}

Json textList(const std::vector<std::string>& texts)
{
    Json::Array list;
    for (const std::string& text : texts)
        list.emplace_back(text);
    return Json(std::move(list));
}

} // namespace

Result<ProjectSession::KnownRows> ProjectSession::readKnownRows() const
{
    KnownRows known;
    PS_TRY_VOID(m_catalogue.forEachFingerprint([&known](std::string_view groupId, std::string_view fingerprint) {
        known.fingerprints.emplace_back(groupId, fingerprint);
        return Result<void>();
    }));
    PS_TRY(const std::string compared, m_catalogue.meta(kComparedKey));
    known.isComparedWithLedger = !compared.empty();
    PS_TRY(const std::string unnoted, m_catalogue.meta(kUnnotedKey));
    if (const auto list = parseJson(unnoted); list) {
        for (const Json& groupId : list->items())
            known.unnoted.push_back(groupId.toString());
    }
    return known;
}

Result<void> ProjectSession::putInCatalogue(const CatalogueContent& content, KnownRows& known)
{
    if (known.isComparedWithLedger) {
        // Kept until the ledger has them: this may be a viewing session, and a working one may end before it has noted them.
        std::vector<std::string> changed = changedRows(known.fingerprints, content);
        known.unnoted.insert(known.unnoted.end(), changed.begin(), changed.end());
        std::ranges::sort(known.unnoted);
        const auto repeated = std::ranges::unique(known.unnoted);
        known.unnoted.erase(repeated.begin(), repeated.end());
    }
    const auto put = [&]() -> Result<void> {
        PS_TRY_VOID(m_catalogue.setMeta(kUnnotedKey,
                                        known.unnoted.empty() ? std::string() : dumpJson(textList(known.unnoted))));
        ++m_contentVersion; // before and after: whoever asks in between cannot know of which content it is
        auto replaced = m_catalogue.replaceContent(content);
        ++m_contentVersion;
        return replaced;
    };
    auto outcome = put();
    if (outcome || outcome.error().code != ErrorCode::Corrupt || m_isCatalogueInMemory)
        return outcome;
    qCWarning(logLibrary, "the catalogue is made anew: %s", outcome.error().describe().c_str());
    PS_TRY(m_catalogue, Catalogue::openInMemory()); // closes the damaged one before its files go
    PS_TRY(m_catalogue, Catalogue::openAnew(m_options.cataloguePath));
    known = {};
    return put();
}

Result<std::int64_t> ProjectSession::noteExternalChanges(const CatalogueContent& content, const KnownRows& known) const
{
    if (known.isComparedWithLedger && known.unnoted.empty())
        return std::int64_t{0};
    return runForValue<std::int64_t>(*m_store, [&](StoreTransaction& transaction) -> Result<std::int64_t> {
        std::int64_t count = 0;
        ExternalChanges changes(transaction, SnapshotShelf(m_workspace.snapshotFolder(projectId()), projectId()));
        std::vector<std::string> suspects = known.unnoted;
        // A catalogue that was never compared cannot tell what is new; then only rows that the ledger knows can be judged.
        if (!known.isComparedWithLedger) {
            PS_TRY(const std::set<std::string> inLedger, changes.knownGroupIds());
            for (const CatalogueItem& item : content.items) {
                if (inLedger.contains(item.entry.groupId))
                    suspects.push_back(item.entry.groupId);
            }
        }
        for (const std::string& groupId : suspects) {
            PS_TRY(const bool isNoted, changes.note(groupId, known.isComparedWithLedger));
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
        const auto lock = lockCatalogue();
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
        const auto lock = lockCatalogue();
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
    PS_TRY(std::vector<GroupEntry> entries, entriesAt(std::span(&ordinal, 1)));
    if (entries.empty())
        return Error{ErrorCode::NotFound, "there is no group at position " + std::to_string(ordinal + 1), projectId(),
                     0};
    return completeDetail(std::move(entries.front()));
}

Result<GroupCounts> ProjectSession::counts() const
{
    const auto lock = lockCatalogue();
    return m_catalogue.counts();
}

Result<std::vector<GroupEntry>> ProjectSession::page(std::int64_t first, std::int64_t count) const
{
    const auto lock = lockCatalogue();
    return m_catalogue.page(first, count);
}

Result<std::vector<GroupEntry>> ProjectSession::entriesAt(std::span<const std::int64_t> ordinals) const
{
    const auto lock = lockCatalogue();
    return m_catalogue.entriesAt(ordinals);
}

Result<std::vector<std::vector<GroupImage>>> ProjectSession::imagesOf(std::span<const GroupEntry> entries) const
{
    const auto lock = lockCatalogue();
    std::vector<std::vector<GroupImage>> images(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        PS_TRY(images[i], m_catalogue.images(entries[i].ordinal));
    }
    return images;
}

Result<GroupSnapshot> ProjectSession::selectGroups(const GroupQuery& query, std::stop_token stop) const
{
    const auto lock = lockCatalogue();
    return ps::selectGroups(m_catalogue, query, std::move(stop));
}

Result<void> ProjectSession::setGroupQuality(std::string_view groupKey, double sharpness) const
{
    const auto lock = lockCatalogue();
    return m_catalogue.setGroupQuality(groupKey, sharpness);
}

Result<std::optional<std::int64_t>> ProjectSession::nextInState(GroupState state, std::int64_t from,
                                                                bool isForward) const
{
    const auto lock = lockCatalogue();
    return isForward ? m_catalogue.nextInState(state, from) : m_catalogue.previousInState(state, from);
}

Result<std::optional<std::int64_t>> ProjectSession::nextOpenCrop(std::int64_t from, bool isForward) const
{
    const auto lock = lockCatalogue();
    return m_catalogue.nextOpenCrop(from, isForward);
}

Result<std::optional<std::int64_t>> ProjectSession::find(std::string_view text, std::int64_t from) const
{
    const auto lock = lockCatalogue();
    return m_catalogue.find(text, from);
}

Result<std::pair<std::vector<UnmatchedRow>, std::int64_t>> ProjectSession::unmatchedRows(std::int64_t limit) const
{
    const auto lock = lockCatalogue();
    PS_TRY(std::vector<UnmatchedRow> rows, m_catalogue.unmatchedRows(limit));
    PS_TRY(const std::int64_t count, m_catalogue.unmatchedRowCount());
    return std::pair(std::move(rows), count);
}

Result<ImageSize> ProjectSession::sizeOf(const GroupImage& image) const
{
    if (!image.size.isEmpty())
        return image.size;
    PS_TRY(const Place place, m_folders.locate(image.currentPath));
    auto size = m_options.images.measure(place);
    rememberMeasure(image, size.value_or(ImageSize{}),
                    size ? std::string_view() : std::string_view(size.error().message));
    return size;
}

void ProjectSession::rememberMeasure(const GroupImage& image, ImageSize size, std::string_view problem) const
{
    const std::lock_guard lock(m_catalogueMutex);
    discard(m_catalogue.setMeasure(image.path, image.identity, size, problem),
            "it is measured again when it is needed");
}

Result<void> ProjectSession::updatePlaces(const std::vector<std::string>& groupKeys) const
{
    PS_TRY(const Connection reader, openReader());
    for (const std::string& groupKey : std::set<std::string>(groupKeys.begin(), groupKeys.end())) {
        PS_TRY(const std::vector<Operation> operations,
               readOperations(reader, {{}, groupKey, {OperationState::Done, OperationState::Purged}}));
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
