// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/exchange/exchange_backend.h"

#include <condition_variable>
#include <mutex>

namespace ps::test {

/// Lets work wait until a test lets it go on, or until it is asked to stop.
class Gate
{
public:
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = false;
    }
    void open()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isOpen = true;
        }
        m_wake.notify_all();
    }
    /// False when it was asked to stop.
    bool pass(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        return m_wake.wait(lock, stop, [this] { return m_isOpen; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_isOpen = true;
};

/// What a fake import and its tests share.
struct ImportScript {
    ImportPlan::Counts counts;
    std::vector<ImportPlan::Item> items;
    std::vector<std::pair<std::string, std::int64_t>> classes;
    std::optional<Error> applyError;
    Gate applying;
    int alive = 0; ///< plans that exist; guarded by mutex
    int applied = 0;
    std::mutex mutex;
};

class FakeImport : public PlannedImport
{
public:
    explicit FakeImport(std::shared_ptr<ImportScript> script) : m_script(std::move(script)) { count(1); }
    ~FakeImport() override { count(-1); }
    FakeImport(const FakeImport&) = delete;
    FakeImport& operator=(const FakeImport&) = delete;

    ImportFormat format() const override { return ImportFormat::DecisionLog; }
    Result<ImportPlan::Counts> counts() const override { return m_script->counts; }
    Result<std::vector<std::pair<std::string, std::int64_t>>> classes() const override { return m_script->classes; }
    Result<std::vector<ImportPlan::Item>> items(std::optional<ImportOutcome> outcome, std::int64_t first,
                                                std::int64_t count) const override
    {
        std::vector<ImportPlan::Item> found;
        for (const ImportPlan::Item& item : m_script->items) {
            if (!outcome || item.outcome == *outcome)
                found.push_back(item);
        }
        const auto size = static_cast<std::int64_t>(found.size());
        const auto begin = found.begin() + std::min(first, size);
        return std::vector<ImportPlan::Item>(begin, found.begin() + std::min(first + count, size));
    }
    Result<ImportPlan::Applied> apply(const std::function<void(std::int64_t, std::int64_t)>& progress,
                                      std::stop_token stop) override
    {
        progress(1, 2);
        if (!m_script->applying.pass(stop))
            return Error{ErrorCode::Cancelled, "stopped", "", 0};
        if (m_script->applyError)
            return *m_script->applyError;
        const std::lock_guard lock(m_script->mutex);
        ++m_script->applied;
        return ImportPlan::Applied{{{"p1", 1}}, m_script->counts, "data/daily_summaries/import.json"};
    }

private:
    void count(int change)
    {
        const std::lock_guard lock(m_script->mutex);
        m_script->alive += change;
    }

    std::shared_ptr<ImportScript> m_script;
};

/// Answers from memory, and remembers what it was asked.
class FakeExchange : public ExchangeBackend
{
public:
    ExportPreview answer;
    ExportRequest lastPreviewed; ///< guarded by mutex, like what follows
    ExportRequest lastExported;
    ExportPlace lastPlace;
    int previews = 0;
    int exportsStopped = 0;
    std::vector<ReleaseEntry> published;
    ReleaseVerdict verdict;
    ReleaseDiff difference;
    std::optional<Error> readError;
    std::string savedText;
    std::mutex mutex;
    Gate exporting;
    Gate reading;
    std::shared_ptr<ImportScript> script = std::make_shared<ImportScript>();

    Result<ExportPreview> preview(const ProjectSession&, const ExportRequest& request, const ExportPlace&,
                                  const ExportWatcher& watcher, std::stop_token) override
    {
        watcher({1, 2, "hash"});
        const std::lock_guard lock(mutex);
        lastPreviewed = request;
        ++previews;
        ExportPreview now = answer;
        for (auto& check : now.release.checks) {
            if (const auto chosen = request.checkRules.find(check.check); chosen != request.checkRules.end())
                check.rule = chosen->second;
        }
        return now;
    }
    Result<ReleaseReceipt> exportRelease(ProjectSession&, const ExportRequest& request, const ExportPlace& place,
                                         const ExportWatcher& watcher, std::stop_token stop) override
    {
        watcher({3, 9, "write"});
        const bool goesOn = exporting.pass(stop);
        const std::lock_guard lock(mutex);
        if (!goesOn) {
            ++exportsStopped;
            return Error{ErrorCode::Cancelled, "stopped", "", 0};
        }
        lastExported = request;
        lastPlace = place;
        ReleaseReceipt receipt;
        receipt.name = request.name;
        receipt.path = place.folder + "/" + request.name;
        receipt.manifestSha256 = "ab12";
        receipt.preview = answer.release;
        receipt.written.images = 9;
        receipt.fileCount = 20;
        receipt.byteCount = 123'456;
        published.insert(published.begin(), ReleaseEntry{request.name, "yolo", "2026-01-02T03:04:05Z", "ab12", 9, true,
                                                         "", answer.release});
        answer.isPlaceTaken = true;
        return receipt;
    }
    Result<std::vector<ReleaseEntry>> releases(const ProjectSession&) override
    {
        const std::lock_guard lock(mutex);
        return published;
    }
    Result<ReleaseVerdict> verify(const std::string&, std::stop_token) override { return verdict; }
    Result<ReleaseDiff> diff(const std::string&, const std::string&, std::stop_token) override { return difference; }
    std::string diffDocument(const ReleaseDiff&) override { return "{}"; }
    std::optional<GroupImage> findImage(const ProjectSession&, const std::string&, const std::string&) override
    {
        return std::nullopt;
    }
    Result<void> save(const std::string&, const std::string& text) override
    {
        const std::lock_guard lock(mutex);
        savedText = text;
        return {};
    }
    Result<std::unique_ptr<PlannedImport>> planImport(const ImportOrder& order, std::stop_token stop) override
    {
        if (order.options.onProgress)
            order.options.onProgress(5, 10);
        if (!reading.pass(stop))
            return Error{ErrorCode::Cancelled, "stopped", "", 0};
        if (readError)
            return *readError;
        return std::unique_ptr<PlannedImport>(std::make_unique<FakeImport>(script));
    }
    Json knownRules() override
    {
        return Json::object({{"names", Json::object({{"mojo1", "mojo1"}})}, {"days", Json(Json::Array())}});
    }
    Result<std::vector<std::string>> projects(const std::string&) override { return std::vector<std::string>{"p1"}; }
};

/// 12 groups in view: 9 exported, 3 left out.
inline ReleasePreview samplePreview()
{
    ReleasePreview preview;
    preview.name = "p1-yolo-1";
    preview.inView = 12;
    preview.exported = 9;
    preview.excluded = {{"rejected", 2}, {"missing", 1}};
    preview.byClass = {{"crop", 4}};
    preview.byAction = {{"approve", 5}, {"crop", 4}};
    return preview;
}

/// Two images published on two sides that a third ties together.
inline SplitLeak sampleLeak()
{
    return {"a.png",
            ReleaseSide::Train,
            "c.png",
            ReleaseSide::Test,
            {{"a.png", LinkKind::Content, "b.png"}, {"b.png", LinkKind::Group, "c.png"}}};
}

/// An added row and one that cannot be read, at line 17.
inline void fillImport(ImportScript& script)
{
    ImportPlan::Item added;
    added.origin = {"log.csv", 2, "a,b,c"};
    added.projectId = "p1";
    added.images = {"a.png"};
    added.after = "crop [0.1, 0.2, 0.6, 0.8]";
    ImportPlan::Item broken;
    broken.origin = {"log.csv", 17, "only,nine,fields"};
    broken.outcome = ImportOutcome::Quarantined;
    broken.notes = {"9 fields, expected 19"};
    script.items = {added, broken};
    script.counts["p1"] = {1, 0, 0, 0, 0, 0};
    script.counts[""] = {0, 0, 0, 0, 0, 1};
    script.classes = {{"19 fields, pixels", 1}};
}

} // namespace ps::test
