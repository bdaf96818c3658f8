// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/project_session.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/decisions/viewing.h"

#include <algorithm>
#include <map>
#include <set>

namespace ps {

namespace {

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
    if (m_isDatabaseKnown)
        discard(m_catalogue.setMeta(catalogue_note::kSignature, databaseSignature()),
                "without it the next start looks at every row");
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
    const auto lookAgain = [this] {
        m_isDatabaseKnown = false;
        if (m_options.onForeignChange)
            m_options.onForeignChange();
    };
    store.onForeignChange = lookAgain;
    store.onUnlistedCommit =
        lookAgain; // the ledger has these rows as they are, so a refresh takes none for another program's
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

// ---- looking up ----------------------------------------------------------------------------------------------------

Result<GroupDetail> ProjectSession::completeDetail(GroupEntry entry) const
{
    GroupDetail detail;
    {
        const auto lock = lockCatalogue();
        PS_TRY(detail.images, m_catalogue.images(entry.ordinal));
    }
    const bool isMarked = !entry.outcome.empty() || !entry.flag.empty() || !entry.note.empty();
    if (isMarked || !entry.groupId.empty()) { // the limits of a crop stand beside a row
        PS_TRY(const Connection reader, openReader());
        PS_TRY(detail.marks, findMarks(reader, entry.key));
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
    {
        const auto lock = lockCatalogue();
        if (m_isCatalogueInMemory)
            return ps::selectGroups(m_catalogue, query, std::move(stop));
    }
    PS_TRY(const Catalogue own, openCatalogue());
    return ps::selectGroups(own, query, std::move(stop));
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
