// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a session brings its catalogue up to date.
#include "core/base/log.h"
#include "core/base/memory.h"
#include "core/decisions/external_changes.h"
#include "core/library/project_session.h"

#include <algorithm>
#include <set>
#include <sys/stat.h>

namespace ps {

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
                                       const std::function<void(const IndexProgress&)>& onProgress, bool looksAtFolders)
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
        PS_TRY(const std::string known, m_catalogue.meta(catalogue_note::kSignature));
        PS_TRY(const std::string compared, m_catalogue.meta(catalogue_note::kCompared));
        PS_TRY(const std::string unnoted, m_catalogue.meta(catalogue_note::kUnnoted));
        const bool isLedgerCurrent = !m_store || (!compared.empty() && unnoted.empty());
        isCurrent = isBuilt && known == m_signatureAtOpen && isLedgerCurrent && !hasResumed;
        m_isDatabaseKnown = isCurrent;
    }
    if (!isCurrent)
        PS_TRY_VOID(refresh(stop, onProgress));
    else if (looksAtFolders)
        PS_TRY_VOID(refreshIfChanged(stop, onProgress));
    return {};
}

Result<bool> ProjectSession::isUpToDate(std::stop_token stop) const
{
    const auto check = [&](const Catalogue& catalogue) -> Result<bool> {
        PS_TRY(const bool isBuilt, catalogue.isBuilt());
        if (!isWorking()) { // nobody tells it what others write
            PS_TRY(const std::string known, catalogue.meta(catalogue_note::kSignature));
            if (known != databaseSignature())
                return false;
        } else if (!m_isDatabaseKnown) {
            return false;
        }
        return isBuilt ? areFoldersAsScanned(m_folders, catalogue, std::move(stop)) : Result<bool>(false);
    };
    if (m_isCatalogueInMemory) {
        const std::lock_guard lock(m_catalogueMutex);
        return check(m_catalogue);
    }
    PS_TRY(const Catalogue own, openCatalogue());
    return check(own);
}

Result<RefreshReport> ProjectSession::refreshIfChanged(std::stop_token stop,
                                                       const std::function<void(const IndexProgress&)>& onProgress)
{
    const auto isCurrent = isUpToDate(stop);
    if (!isCurrent || !*isCurrent)
        return refresh(std::move(stop), onProgress);
    RefreshReport report;
    PS_TRY(report.counts, counts());
    report.hasChanged = false;
    report.unmatchedRows = report.counts.unmatchedRows;
    return report;
}

Result<ProjectSession::NextCatalogue>
ProjectSession::makeNextCatalogue(const Catalogue* previous, std::stop_token stop,
                                  const std::function<void(const IndexProgress&)>& onProgress) const
{
    IndexOptions options;
    options.grouping.timeGapMinutes = m_manifest.timeGapMinutes();
    options.perFolder = m_manifest.isGroupedPerFolder();
    options.onProgress = onProgress;
    options.previous = previous;
    PS_TRY(const Connection reader, openReader());
    PS_TRY(Catalogue next, Catalogue::makeNext(m_isCatalogueInMemory ? std::string() : m_options.cataloguePath));
    auto done = indexProject(m_folders, reader, options, next, stop);
    if (done)
        return NextCatalogue{std::move(next), *done};
    next.discardFile();
    if (previous && done.error().code == ErrorCode::Corrupt) { // it may be the old catalogue that is damaged
        qCWarning(logLibrary, "the catalogue is made anew: %s", done.error().describe().c_str());
        return makeNextCatalogue(nullptr, std::move(stop), onProgress);
    }
    return std::move(done).error();
}

Result<RefreshReport> ProjectSession::refresh(std::stop_token stop,
                                              const std::function<void(const IndexProgress&)>& onProgress)
{
    const std::lock_guard refreshLock(m_refreshMutex);
    const MemoryReturn memoryReturn;
    const std::string signature = databaseSignature();
    m_isDatabaseKnown = true; // unless another program writes from now on
    {
        const std::lock_guard lock(m_changesMutex);
        m_isRefreshing = true;
        m_refreshChanges.clear();
    }
    // A connection of its own: the old catalogue is there for look-ups while the next one is made.
    std::optional<Catalogue> previous;
    if (!m_isCatalogueInMemory) {
        if (auto own = openCatalogue())
            previous = *std::move(own);
    }
    auto next = makeNextCatalogue(previous ? &*previous : nullptr, std::move(stop), onProgress);
    RefreshReport report;
    KnownRows known;
    {
        const std::lock_guard lock(m_catalogueMutex);
        const auto put = next ? putInPlace(next->catalogue, previous ? *previous : m_catalogue, known)
                              : Result<void>(next.error());
        if (put && !isWorking())
            PS_TRY_VOID(m_catalogue.setMeta(catalogue_note::kSignature, signature));
        {
            const std::lock_guard changesLock(m_changesMutex);
            m_isRefreshing = false;
            // What was committed while the disk was read is newer than what was read.
            if (put)
                m_pendingChanges.insert(m_pendingChanges.begin(), m_refreshChanges.begin(), m_refreshChanges.end());
            m_refreshChanges.clear();
        }
        applyPendingChanges();
        if (!put) {
            m_isDatabaseKnown = false;
            return put.error();
        }
    }
    if (isWorking()) {
        PS_TRY(report.externalChanges, noteExternalChanges(known));
        const std::lock_guard lock(m_catalogueMutex);
        PS_TRY_VOID(m_catalogue.setMeta(catalogue_note::kUnnoted, {}));
        PS_TRY_VOID(m_catalogue.setMeta(catalogue_note::kCompared, "1"));
    }
    report.imageCount = next->indexed.images;
    report.rowCount = next->indexed.rows;
    const auto lock = lockCatalogue();
    PS_TRY(report.counts, m_catalogue.counts());
    PS_TRY(report.skipped, m_catalogue.skippedEntries());
    report.unmatchedRows = report.counts.unmatchedRows;
    return report;
}

namespace {

/// Rows that differ from what was known, or are gone.
Result<std::vector<std::string>> changedRows(const Catalogue& before, const Catalogue& after)
{
    constexpr std::string_view kRowsById =
        "SELECT group_id, fingerprint FROM groups WHERE group_id <> '' ORDER BY group_id";
    PS_TRY(Statement known, before.connection().prepare(kRowsById));
    PS_TRY(Statement now, after.connection().prepare(kRowsById));
    std::vector<std::string> changed;
    PS_TRY(bool hasKnown, known.step());
    PS_TRY(bool hasNow, now.step());
    while (hasKnown || hasNow) {
        const int order = !hasKnown ? 1 : !hasNow ? -1 : known.text(0).compare(now.text(0));
        if (order != 0 || known.text(1) != now.text(1))
            changed.emplace_back(order < 0 ? known.text(0) : now.text(0)); // gone, new, or other than it was
        if (order <= 0) {
            PS_TRY(hasKnown, known.step());
        }
        if (order >= 0) {
            PS_TRY(hasNow, now.step());
        }
    }
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

Result<ProjectSession::KnownRows> ProjectSession::readKnownRows(const Catalogue& before, const Catalogue& after)
{
    KnownRows known;
    PS_TRY(const std::string compared, before.meta(catalogue_note::kCompared));
    known.isComparedWithLedger = !compared.empty();
    PS_TRY(const std::string unnoted, before.meta(catalogue_note::kUnnoted));
    if (const auto list = parseJson(unnoted); list) {
        for (const Json& groupId : list->items())
            known.unnoted.push_back(groupId.toString());
    }
    if (!known.isComparedWithLedger)
        return known;
    // Kept until the ledger has them: this may be a viewing session, and a working one may end before it has noted them.
    PS_TRY(const std::vector<std::string> changed, changedRows(before, after));
    known.unnoted.insert(known.unnoted.end(), changed.begin(), changed.end());
    std::ranges::sort(known.unnoted);
    const auto repeated = std::ranges::unique(known.unnoted);
    known.unnoted.erase(repeated.begin(), repeated.end());
    return known;
}

Result<void> ProjectSession::putInPlace(Catalogue& next, const Catalogue& before, KnownRows& known)
{
    auto read = readKnownRows(before, next);
    if (!read && read.error().code != ErrorCode::Corrupt)
        return std::move(read).error();
    if (read) // a damaged catalogue knows nothing
        known = *std::move(read);
    PS_TRY_VOID(next.setMeta(catalogue_note::kUnnoted,
                             known.unnoted.empty() ? std::string() : dumpJson(textList(known.unnoted))));
    PS_TRY_VOID(next.setMeta(catalogue_note::kCompared, known.isComparedWithLedger ? "1" : ""));
    ++m_contentVersion; // before and after: whoever asks in between cannot know of which content it is
    auto published = next.publish(m_isCatalogueInMemory ? std::string() : m_options.cataloguePath);
    if (published)
        m_catalogue = std::move(next);
    ++m_contentVersion;
    return published;
}

Result<std::int64_t> ProjectSession::noteExternalChanges(const KnownRows& known) const
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
            for (const std::string& groupId : inLedger) {
                if (transaction.findRow(groupId).value_or(std::nullopt))
                    suspects.push_back(groupId);
            }
        }
        for (const std::string& groupId : suspects) {
            PS_TRY(const bool isNoted, changes.note(groupId, known.isComparedWithLedger));
            count += isNoted ? 1 : 0;
        }
        return count;
    });
}

} // namespace ps
