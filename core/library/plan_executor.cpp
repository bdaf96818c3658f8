// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/plan_executor.h"

#include "core/base/text.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace ps {

namespace {

/// The operations of one plan about one group, in plan order.
using Unit = std::vector<Operation>;

bool isReturning(const Unit& unit)
{
    return unit.front().state == OperationState::Returning;
}

bool isFolders(const Unit& unit)
{
    return unit.front().groupKey.empty();
}

/// Returning units first, newest first, with the folders of a plan after its files; then planned units in plan order.
std::vector<Unit> orderedUnits(const std::vector<Operation>& pending)
{
    std::map<std::tuple<std::int64_t, OperationState, std::string>, Unit> byKey;
    for (const Operation& operation : pending)
        byKey[{operation.planId, operation.state, operation.groupKey}].push_back(operation);
    std::vector<Unit> units;
    for (auto& [key, unit] : byKey)
        units.push_back(std::move(unit));
    std::ranges::sort(units, [](const Unit& a, const Unit& b) {
        if (isReturning(a) != isReturning(b))
            return isReturning(a);
        const auto place = [](const Unit& unit) { return std::pair(unit.front().planId, unit.front().ordinal); };
        return isReturning(a) ? place(a) > place(b) : place(a) < place(b);
    });
    return units;
}

class Executor
{
public:
    Executor(DecisionStore& store, const FileOperator& files) : m_store(store), m_files(files) {}

    Result<ExecutionReport> run(std::vector<Unit> units, std::stop_token stop,
                                const std::function<void(const ExecutionProgress&)>& onProgress)
    {
        ExecutionReport report;
        const auto groupCount = std::ranges::count_if(units, [](const Unit& unit) { return !isFolders(unit); });
        std::set<std::string> blockedGroups; // an older plan of a group waits for the newer one
        std::set<std::int64_t> openPlans;    // files of theirs could not be taken back, so their folders stay wanted
        for (Unit& unit : units) {
            const std::string groupKey = unit.front().groupKey;
            const bool isBlocked = blockedGroups.contains(groupKey) && !groupKey.empty();
            if (isFolders(unit) && isReturning(unit) && openPlans.contains(unit.front().planId))
                continue;
            if (stop.stop_requested() && !isReturning(unit)) {
                report.isCancelled = true;
                markSkipped(unit, "stopped before its turn");
            } else if (auto outcome = isBlocked ? Result<void>() : runUnit(unit); !outcome) {
                report.failed.push_back({groupKey, outcome.error().describe()});
                blockedGroups.insert(groupKey);
                openPlans.insert(unit.front().planId);
            } else if (!isBlocked && !isFolders(unit)) {
                ++report.doneGroups;
            }
            if (!groupKey.empty())
                report.groupKeys.push_back(groupKey);
            if (!isBlocked)
                record(unit);
            PS_TRY_VOID(storeFailure());
            if (onProgress)
                onProgress({report.doneGroups, groupCount});
        }
        PS_TRY_VOID(m_store.run([](StoreTransaction&) -> Result<void> { return {}; })); // all records before it are in
        PS_TRY_VOID(storeFailure());
        return report;
    }

private:
    Result<void> runUnit(Unit& unit) { return isReturning(unit) ? goBack(unit) : goForward(unit); }

    Result<void> goForward(Unit& unit)
    {
        ChangedFolders changed;
        Result<void> outcome;
        std::size_t done = 0;
        for (; done < unit.size() && outcome; ++done)
            outcome = m_files.carryOut(unit[done], unit, changed);
        if (outcome)
            outcome = changed.sync();
        if (outcome)
            return {};
        const Error cause = outcome.error();
        while (done-- > 0) {
            if (unit[done].state != OperationState::Done)
                continue;
            if (auto back = m_files.takeBack(unit[done], changed); !back)
                return halfDone(unit, OperationState::Planned, cause, back.error());
        }
        discard(changed.sync(), "what was put back is where it was; the cause is reported");
        markSkipped(unit, cause.describe());
        return cause;
    }

    Result<void> goBack(Unit& unit)
    {
        ChangedFolders changed;
        Result<void> outcome;
        std::size_t next = unit.size();
        for (; next > 0 && outcome; --next)
            outcome = m_files.takeBack(unit[next - 1], changed);
        if (outcome)
            outcome = changed.sync();
        if (outcome)
            return {};
        const Error cause = outcome.error();
        for (Operation& operation : unit) {
            if (operation.state != OperationState::Undone)
                continue;
            if (auto again = m_files.carryOut(operation, unit, changed); !again)
                return halfDone(unit, OperationState::Returning, cause, again.error());
            operation.state = OperationState::Returning; // still wanted; tried again at the next start of work
        }
        return cause;
    }

    /// Neither forward nor back: the whole unit stays an intent, and the next start of work completes it.
    static Error halfDone(Unit& unit, OperationState intent, Error cause, const Error& second)
    {
        for (Operation& operation : unit)
            operation.state = intent;
        cause.message += "; and it could not be put back: " + second.describe();
        return cause;
    }

    static void markSkipped(Unit& unit, const std::string& reason)
    {
        for (Operation& operation : unit) {
            operation.state = OperationState::Skipped;
            operation.note = reason;
        }
    }

    /// Queued, not waited for: the next group moves while this record is being made durable. A crash before it is harmless,
    /// because every operation can be repeated.
    void record(const Unit& unit)
    {
        m_store.submit([unit](StoreTransaction& transaction) { return recordUnit(transaction, unit); },
                       [failure = m_failure](Result<void> outcome) {
                           const std::lock_guard lock(failure->mutex);
                           if (!outcome && !failure->error)
                               failure->error = outcome.error();
                       });
    }

    static Result<void> recordUnit(StoreTransaction& transaction, const Unit& unit)
    {
        const Connection& connection = transaction.connection();
        PS_TRY_VOID(updateOperations(connection, unit));
        for (const Operation& operation : unit) {
            if (operation.kind != OperationKind::Cut)
                continue;
            const bool isDone = operation.state == OperationState::Done;
            PS_TRY(const auto update,
                   connection.borrow("UPDATE ps_crops SET state=?2, file=?3, sha256=?4 WHERE group_id=("
                                     "SELECT group_id FROM ps_groups WHERE group_key=?1)"));
            PS_TRY_VOID(update->run(operation.groupKey, isDone ? "verified" : "pending",
                                    isDone ? SqlValue(SqlBlob{operation.target}) : SqlValue(),
                                    isDone ? SqlValue(operation.sha256) : SqlValue()));
        }
        return {};
    }

    Result<void> storeFailure() const
    {
        const std::lock_guard lock(m_failure->mutex);
        if (m_failure->error)
            return *m_failure->error;
        return {};
    }

    /// The first record that could not be stored. Shared, because records that are still queued may outlive the executor.
    struct Failure {
        std::mutex mutex;
        std::optional<Error> error; // guarded by mutex
    };

    DecisionStore& m_store;
    const FileOperator& m_files;
    std::shared_ptr<Failure> m_failure = std::make_shared<Failure>();
};

} // namespace

Result<ExecutionReport> carryOutIntents(DecisionStore& store, const FileOperator& files, std::stop_token stop,
                                        const std::function<void(const ExecutionProgress&)>& onProgress)
{
    PS_TRY(const std::vector<Operation> pending,
           runForValue<std::vector<Operation>>(store, [](StoreTransaction& transaction) {
               return readOperations(transaction.connection(),
                                     {{}, {}, {OperationState::Planned, OperationState::Returning}});
           }));
    if (pending.empty())
        return ExecutionReport{};
    Executor executor(store, files);
    return executor.run(orderedUnits(pending), stop, onProgress);
}

// ---- looking before leaping ----------------------------------------------------------------------------------------

namespace {

/// The files as they would be after the operations that were looked at so far.
class Rehearsal
{
public:
    explicit Rehearsal(const ProjectFolders& folders) : m_folders(folders) {}

    Result<void> move(const std::string& from, const std::string& to, const FileIdentity& identity, bool isCopy)
    {
        PS_TRY(const auto here, identityAt(from));
        if (!here)
            return Error{ErrorCode::NotFound, "the file is missing", displayText(from), 0};
        if (!isUnchanged(identity, *here))
            return Error{ErrorCode::Conflict, "the file was changed since", displayText(from), 0};
        PS_TRY(const auto there, identityAt(to));
        if (there && !isCopy)
            return Error{ErrorCode::AlreadyExists, "another file has the name meanwhile", displayText(to), 0};
        const std::string found = foundAt(from);
        m_files[to] = {here, found};
        m_files[from] = {};
        return {};
    }

    /// A file whose bytes were found at the target: they are still needed there.
    Result<void> copyBack(const Operation& operation)
    {
        PS_TRY(const auto here, identityAt(operation.target));
        if (!here)
            return Error{ErrorCode::NotFound, "the file is missing", displayText(operation.target), 0};
        PS_TRY_VOID(checkBytes(operation));
        PS_TRY(const auto there, identityAt(operation.source));
        if (there)
            return Error{ErrorCode::AlreadyExists, "another file has the name meanwhile", displayText(operation.source),
                         0};
        m_files[operation.source] = {operation.identity, foundAt(operation.target)};
        return {};
    }

    Result<void> removeMade(const Operation& operation)
    {
        PS_TRY(const auto here, identityAt(operation.target));
        if (!here)
            return {};
        PS_TRY_VOID(checkBytes(operation));
        m_files[operation.target] = {};
        return {};
    }

    Result<void> make(const Operation& operation)
    {
        PS_TRY(const auto there, identityAt(operation.target));
        if (there)
            return Error{ErrorCode::AlreadyExists, "another file has the name meanwhile", displayText(operation.target),
                         0};
        m_files[operation.target] = {operation.identity.value_or(FileIdentity{}), operation.target};
        return {};
    }

private:
    /// A file that the rehearsal has moved, and where it lies in truth.
    struct MovedFile {
        std::optional<FileIdentity> identity; ///< nothing when it has moved away
        std::string foundAt;
    };

    Result<std::optional<FileIdentity>> identityAt(const std::string& path)
    {
        if (const auto known = m_files.find(path); known != m_files.end())
            return known->second.identity;
        PS_TRY(const Place place, m_folders.locate(path));
        return identifyIfThere(place);
    }

    std::string foundAt(const std::string& path) const
    {
        const auto known = m_files.find(path);
        return known == m_files.end() ? path : known->second.foundAt;
    }

    /// Errors: Conflict when the file at the target is not of the recorded bytes.
    Result<void> checkBytes(const Operation& operation)
    {
        PS_TRY(const Place place, m_folders.locate(foundAt(operation.target)));
        PS_TRY(const std::string hash, sha256At(place));
        if (hash != operation.sha256)
            return Error{ErrorCode::Conflict, "the file was changed since", displayText(operation.target), 0};
        return {};
    }

    const ProjectFolders& m_folders;
    std::map<std::string, MovedFile> m_files;
};

Result<void> rehearse(Rehearsal& rehearsal, const Operation& operation, bool toDone)
{
    const FileIdentity identity = operation.identity.value_or(FileIdentity{});
    const bool isCopy = operation.note == kNoteSameBytes;
    switch (operation.kind) {
    case OperationKind::Folder: return {};
    case OperationKind::Move:
        if (isCopy && !toDone)
            return rehearsal.copyBack(operation);
        return toDone ? rehearsal.move(operation.source, operation.target, identity, isCopy)
                      : rehearsal.move(operation.target, operation.source, identity, isCopy);
    case OperationKind::Cut:
    case OperationKind::Write: return toDone ? rehearsal.make(operation) : rehearsal.removeMade(operation);
    }
    return {};
}

} // namespace

Result<void> checkTransitions(const Connection& connection, const ProjectFolders& folders,
                              const std::vector<Transition>& transitions)
{
    Rehearsal rehearsal(folders);
    for (const Transition& transition : transitions) {
        OperationQuery query{
            transition.planId, {}, {transition.toDone ? OperationState::Undone : OperationState::Done}};
        if (!transition.groupKey.empty())
            query.groupKey = transition.groupKey;
        PS_TRY(std::vector<Operation> operations, readOperations(connection, query));
        if (!transition.ordinals.empty()) {
            std::erase_if(operations, [&](const Operation& operation) {
                return std::ranges::find(transition.ordinals, operation.ordinal) == transition.ordinals.end();
            });
        }
        if (!transition.toDone)
            std::ranges::reverse(operations);
        for (const Operation& operation : operations)
            PS_TRY_VOID(rehearse(rehearsal, operation, transition.toDone));
    }
    return {};
}

} // namespace ps
