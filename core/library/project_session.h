// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/decision_store.h"
#include "core/library/catalogue.h"
#include "core/library/file_operator.h"
#include "core/library/group_snapshot.h"
#include "core/library/plan_executor.h"
#include "core/library/project.h"
#include "core/library/project_index.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>

namespace ps {

/// What the session needs from the worker pool; injected, so that tests need no worker.
struct ImageTools {
    /// Upright size of an image; the reason when it cannot be read. Blocks.
    std::function<Result<ImageSize>(const Place&)> measure;
    CropCutter cut;
};

struct SessionOptions {
    std::string workspacePath;
    std::string projectId;
    bool isWorking = false; ///< false: viewing, nothing is written to the project
    std::string annotator;
    std::string program;
    const Clock* clock = nullptr;
    ImageTools images;
    std::string cataloguePath; ///< empty = Catalogue::defaultPath
    bool keepsCatalogueInMemory = false;
    std::string host;         ///< see StoreOptions
    std::string sessionToken; ///< see StoreOptions

    std::function<void(const StoreStatus&)> onStoreStatus;          ///< on the writer thread
    std::function<void(const std::vector<RowChange>&)> onCommitted; ///< on the writer thread, after the catalogue knows
    std::function<void()> onForeignChange;                          ///< on the writer thread: refresh soon
};

struct RefreshReport {
    GroupCounts counts;
    std::int64_t imageCount = 0;
    std::int64_t rowCount = 0;
    std::int64_t unmatchedRows = 0;
    std::int64_t externalChanges = 0;
    std::vector<SkippedEntry> skipped;
    bool hasChanged = true; ///< false: nothing was looked at, because nothing could be other than it was known
};

/// One open project: its folders, its catalogue, and, while it is worked on, its store. The use cases (decide, finalize, undo,
/// staging) are free functions over it.
/// Threads: every function may be called from any thread; those that say so block.
class ProjectSession
{
public:
    /// Opens manifest, folders and catalogue, and starts the store when working. Blocks only for these small files.
    /// Errors: NotFound (project, database or images), Corrupt, InvalidInput.
    static Result<std::unique_ptr<ProjectSession>> open(SessionOptions options);
    ~ProjectSession();
    ProjectSession(const ProjectSession&) = delete;
    ProjectSession& operator=(const ProjectSession&) = delete;

    /// Waits for the store, rolls an unfinished plan forward, and refreshes the catalogue when it is new or the database
    /// was changed since it was closed; with `looksAtFolders` also when a folder was. Blocks.
    Result<void> makeReady(std::stop_token stop, const std::function<void(const IndexProgress&)>& onProgress,
                           bool looksAtFolders = false);

    /// Looks at disk and database anew, notes rows that other programs changed in the ledger, and replaces the catalogue,
    /// which serves look-ups until then. Blocks; one at a time.
    Result<RefreshReport> refresh(std::stop_token stop, const std::function<void(const IndexProgress&)>& onProgress);

    /// The same unless no folder and no row has changed since the catalogue was made. Cost then: one look at each folder.
    /// Files whose content was replaced in place are found by refresh() only.
    Result<RefreshReport> refreshIfChanged(std::stop_token stop,
                                           const std::function<void(const IndexProgress&)>& onProgress);

    const Workspace& workspace() const { return m_workspace; }
    const std::string& projectId() const { return m_options.projectId; }
    const ProjectManifest& manifest() const { return m_manifest; }
    const ProjectFolders& folders() const { return m_folders; }
    const ImageTools& images() const { return m_options.images; }
    const Clock& clock() const { return *m_options.clock; }
    bool isWorking() const { return m_store != nullptr; }
    /// Errors: ReadOnly while viewing.
    Result<DecisionStore*> store() const;
    FileOperator fileOperator() const { return {m_folders, projectId(), m_options.images.cut}; }
    const std::string& databasePath() const { return m_databasePath; }

    /// A new reading connection to the decision database, for one task.
    Result<Connection> openReader() const;
    /// A new catalogue object for the calling thread.
    Result<Catalogue> openCatalogue() const;

    /// One group with its images and row, by group key or group id. Blocks for a few look-ups.
    /// Errors: NotFound.
    Result<GroupDetail> findGroup(std::string_view keyOrId) const;
    /// The same by position; also a row without a group, which has no images.
    Result<GroupDetail> groupAt(std::int64_t ordinal) const;

    /// Look-ups in the catalogue; see Catalogue for their costs.
    Result<GroupCounts> counts() const;
    Result<std::vector<GroupEntry>> page(std::int64_t first, std::int64_t count) const;
    Result<std::vector<GroupEntry>> entriesAt(std::span<const std::int64_t> ordinals) const;
    /// All images of each of these entries.
    Result<std::vector<std::vector<GroupImage>>> imagesOf(std::span<const GroupEntry> entries) const;
    /// Another number whenever ordinals may stand for other groups. Any thread; does not block.
    std::uint64_t contentVersion() const { return m_contentVersion; }
    /// The positions of a list; see group_snapshot.h. Other look-ups do not wait for it.
    Result<GroupSnapshot> selectGroups(const GroupQuery& query, std::stop_token stop) const;
    Result<std::optional<std::int64_t>> nextInState(GroupState state, std::int64_t from, bool isForward) const;
    Result<std::optional<std::int64_t>> nextOpenCrop(std::int64_t from, bool isForward) const;
    Result<std::optional<std::int64_t>> find(std::string_view text, std::int64_t from) const;
    /// The first rows that belong to no known group, and how many there are.
    Result<std::pair<std::vector<UnmatchedRow>, std::int64_t>> unmatchedRows(std::int64_t limit) const;

    /// Runs short work alone with the catalogue of the session, on the calling thread.
    template <typename Work>
    auto withCatalogue(Work&& work) const
    {
        const auto lock = lockCatalogue();
        return work(std::as_const(m_catalogue));
    }

    /// The size of an image, from the catalogue or else measured now and remembered. Blocks.
    Result<ImageSize> sizeOf(const GroupImage& image) const;
    void rememberMeasure(const GroupImage& image, ImageSize size, std::string_view problem) const;

    /// Brings the catalogue up to date after files of these groups moved.
    Result<void> updatePlaces(const std::vector<std::string>& groupKeys) const;

    /// Only one use case that moves files runs at a time.
    std::mutex& fileMutex() const { return m_fileMutex; }

private:
    ProjectSession(SessionOptions options, Workspace workspace, ProjectManifest manifest, ProjectFolders folders,
                   Catalogue catalogue);

    void startStore();
    void onCommitted(const std::vector<RowChange>& changes);
    std::unique_lock<std::mutex> lockCatalogue() const; ///< with every committed change in the catalogue
    void applyPendingChanges() const;                   ///< with m_catalogueMutex held
    Result<GroupDetail> completeDetail(GroupEntry entry) const;

    struct NextCatalogue {
        Catalogue catalogue;
        IndexProgress indexed;
    };
    Result<NextCatalogue> makeNextCatalogue(const Catalogue* previous, std::stop_token stop,
                                            const std::function<void(const IndexProgress&)>& onProgress) const;

    /// What the ledger has not been told yet.
    struct KnownRows {
        std::vector<std::string>
            unnoted; ///< rows that differ from what the catalogue knew before this or an earlier refresh
        bool isComparedWithLedger = false; ///< every other difference is in the ledger
    };
    static Result<KnownRows> readKnownRows(const Catalogue& before, const Catalogue& after);
    /// With m_catalogueMutex held.
    Result<void> putInPlace(Catalogue& next, const Catalogue& before, KnownRows& known);
    Result<std::int64_t> noteExternalChanges(const KnownRows& known) const;
    Result<bool> isUpToDate(std::stop_token stop) const;
    std::string databaseSignature() const;

    SessionOptions m_options;
    Workspace m_workspace;
    ProjectManifest m_manifest;
    ProjectFolders m_folders;
    std::string m_databasePath;
    std::string m_signatureAtOpen; ///< of the database, before the store writes anything of its own
    bool m_isCatalogueInMemory = false;

    std::atomic<bool> m_isDatabaseKnown = false; ///< no other program wrote since the catalogue was brought up to date

    mutable std::mutex m_catalogueMutex;
    Catalogue m_catalogue; // guarded by m_catalogueMutex

    mutable std::mutex m_changesMutex;
    mutable std::vector<RowChange> m_pendingChanges; // guarded by m_changesMutex: committed, not yet in the catalogue
    std::vector<RowChange> m_refreshChanges; // guarded by m_changesMutex: committed since the running refresh began
    bool m_isRefreshing = false;             // guarded by m_changesMutex
    std::mutex m_refreshMutex;

    std::atomic<std::uint64_t> m_contentVersion = 0;

    mutable std::mutex m_fileMutex;
    std::unique_ptr<DecisionStore> m_store; // last: its thread uses what is above
};

} // namespace ps
