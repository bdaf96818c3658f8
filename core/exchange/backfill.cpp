// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/backfill.h"

#include "core/base/cache_folder.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/exchange/import_merge.h"
#include "core/exchange/import_plan_state.h"
#include "core/imaging/image_service.h"
#include "core/imaging/template_match.h"
#include "core/library/filename.h"
#include "core/library/scan.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <future>

namespace ps {

namespace {

constexpr std::int64_t kPageGroups = 64;
constexpr std::string_view kFinals = "finals"; ///< in the table of files, where a project's name stands otherwise

/// Notes the finished images by their names without suffix: a finished JPEG may be of a PNG.
class FinalsCollector final : public ScanVisitor
{
public:
    explicit FinalsCollector(const PlanStore& store) : m_store(store) {}
    Result<void> onImage(const ScannedImage& image) override
    {
        PS_TRY(const auto insert, m_store.connection().borrow("INSERT OR IGNORE INTO files VALUES (?1,?2,?3,?4)"));
        m_hash.add(image.path + " " + std::to_string(image.identity.sizeBytes) + " " +
                   std::to_string(image.identity.modifiedNs) + "\n");
        return insert->run(kFinals, fileStem(fileName(image.path)), std::to_string(image.identity.modifiedNs / 1000),
                           image.path);
    }
    Result<void> onSkipped(const SkippedEntry&) override { return {}; }
    std::string sha256() const { return m_hash.hex(); }

private:
    const PlanStore& m_store;
    Sha256 m_hash;
};

struct Finished {
    std::size_t member = 0;
    std::string path;
    UtcTime time;
};

/// One group with the finished images of its members.
struct Candidate {
    GroupEntry entry;
    std::vector<GroupImage> images;
    std::vector<Finished> finished;
    std::optional<Result<TemplateMatch>> match; ///< when there is exactly one
    ImageSize size;                             ///< of the original
};

Result<std::vector<Finished>> finishedOf(const PlanStore& store, const std::vector<GroupImage>& images)
{
    std::vector<Finished> finished;
    PS_TRY(const auto query, store.connection().borrow("SELECT path, root FROM files WHERE project=?1 AND name=?2"));
    for (std::size_t i = 0; i < images.size(); ++i) {
        query->bind(kFinals, fileStem(fileName(images[i].path)));
        for (;;) {
            PS_TRY(const bool hasRow, query->step());
            if (!hasRow)
                break;
            const UtcTime time{std::chrono::microseconds(parseInteger(query->text(1)).value_or(0))};
            finished.push_back({i, std::string(query->text(0)), time});
        }
    }
    return finished;
}

/// Looks at the pixels. Threads: any.
Result<TemplateMatch> matchOf(Candidate& candidate, const ProjectSession& session, ImageService& images,
                              const std::shared_ptr<const UniqueFd>& finals)
{
    const Finished& finished = candidate.finished.front();
    PS_TRY(const Place place, session.folders().locate(candidate.images[finished.member].currentPath));
    PS_TRY(const LocateReport report,
           images.locate(ImageSource(place.root, place.path), ImageSource(finals, finished.path)));
    candidate.size = report.originalSize;
    return report.match;
}

std::string fixed(double value)
{
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.3f", value);
    return buffer.data();
}

/// Turns candidates into decisions of the plan.
class BackfillReader
{
public:
    BackfillReader(const ProjectSession& session, ImageService& images, ImportPlan::State& state,
                   const BackfillOptions& options, PlanBuilder& builder)
        : m_session(session), m_images(images), m_state(state), m_options(options), m_builder(builder)
    {
    }

    Result<void> readAll(const std::stop_token& stop)
    {
        PS_TRY(const GroupCounts counts, m_session.counts());
        for (std::int64_t first = 0; first < counts.total(); first += kPageGroups) {
            PS_TRY(const auto entries, m_session.page(first, kPageGroups));
            PS_TRY(const auto images, m_session.imagesOf(entries));
            std::vector<Candidate> candidates;
            for (std::size_t i = 0; i < entries.size(); ++i) {
                if (entries[i].kind == GroupKind::UnmatchedRow || entries[i].kind == GroupKind::Oversize)
                    continue;
                PS_TRY(auto finished, finishedOf(*m_state.store, images[i]));
                candidates.push_back({entries[i], images[i], std::move(finished), {}, {}});
            }
            matchAll(candidates, stop);
            for (Candidate& candidate : candidates) {
                if (stop.stop_requested())
                    return Error{ErrorCode::Cancelled, "stopped while finished images were compared", {}, 0};
                PS_TRY_VOID(take(candidate));
            }
            if (m_options.onProgress)
                m_options.onProgress(std::min(first + kPageGroups, counts.total()), counts.total());
        }
        return {};
    }

private:
    void matchAll(std::vector<Candidate>& candidates, const std::stop_token& stop) const
    {
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            for (std::size_t i = next++; i < candidates.size() && !stop.stop_requested(); i = next++) {
                if (candidates[i].finished.size() == 1)
                    candidates[i].match = matchOf(candidates[i], m_session, m_images, m_state.folder);
            }
        };
        std::vector<std::future<void>> threads;
        for (std::size_t i = 1; i < m_options.threadCount; ++i)
            threads.push_back(std::async(std::launch::async, work));
        work();
    }

    ImportOrigin originOf(const Candidate& candidate) const
    {
        const std::string file = candidate.finished.empty() ? candidate.images.front().path
                                                            : candidate.finished.front().path;
        return {file, candidate.entry.ordinal + 1, candidate.entry.key};
    }

    Result<void> quarantine(const Candidate& candidate, const std::string& reason, const std::string& kind)
    {
        return m_builder.take(QuarantinedItem{originOf(candidate), reason, kind, m_session.projectId(), false});
    }

    Result<void> take(Candidate& candidate)
    {
        if (candidate.finished.size() > 1)
            return quarantine(candidate, "several finished images: which one was picked cannot be told",
                              "several finished images");
        if (candidate.finished.empty())
            return m_options.rejectsUnmatched ? reject(candidate) : Result<void>();
        if (!candidate.match)
            return Error{ErrorCode::Cancelled, "stopped while finished images were compared", {}, 0};
        if (!*candidate.match)
            return quarantine(candidate, candidate.match->error().message, "finished image, no place found");
        return decide(candidate, **candidate.match);
    }

    ImportedDecision draft(const Candidate& candidate) const
    {
        ImportedDecision decision;
        decision.origin = originOf(candidate);
        decision.projectId = m_session.projectId();
        decision.groupId = candidate.entry.groupId;
        decision.isGroupKnown = true;
        decision.directory = candidate.entry.directory;
        for (const GroupImage& image : candidate.images)
            decision.images.emplace_back(fileName(image.path));
        return decision;
    }

    Result<void> reject(const Candidate& candidate)
    {
        // A group that a person decided stays as it is.
        if (!candidate.entry.groupId.empty())
            return {};
        ImportedDecision decision = draft(candidate);
        decision.kind = "no finished image";
        decision.action = Action::Reject;
        decision.selectedIndex = 0;
        decision.time = m_state.time;
        decision.notes = {"rejected because it has no finished image", "time of the backfill"};
        const auto size = m_session.sizeOf(candidate.images.front());
        if (!size)
            return quarantine(candidate, "the image cannot be read: " + size.error().message, decision.kind);
        decision.size = *size;
        return m_builder.take(std::move(decision));
    }

    Result<void> decide(const Candidate& candidate, const TemplateMatch& match)
    {
        ImportedDecision decision = draft(candidate);
        const Finished& finished = candidate.finished.front();
        decision.selectedIndex = static_cast<int>(finished.member);
        decision.size = candidate.size;
        decision.time = finished.time;
        const Crop crop = fromPixels(match.box, candidate.size);
        const bool isFull = cropsMatch(crop, Crop{}, crop_tolerance::kFullFrame);
        const bool isScaled = match.scale != 1;
        decision.action = isFull ? Action::Approve : Action::Crop;
        if (!isFull)
            decision.crop = crop;
        decision.isMeasured = !isScaled;
        decision.kind = isFull ? "full frame" : isScaled ? "scaled crop" : "crop";
        decision.notes = {"inferred from the finished image",
                          "confidence " + fixed(match.confidence) + ", mean difference " + fixed(match.meanDifference) +
                              ", margin " + fixed(match.margin) + ", scale " + fixed(match.scale),
                          "time of the finished file"};
        return m_builder.take(std::move(decision));
    }

    const ProjectSession& m_session;
    ImageService& m_images;
    ImportPlan::State& m_state;
    const BackfillOptions& m_options;
    PlanBuilder& m_builder;
};

} // namespace

Result<std::unique_ptr<ImportPlan>> ImportPlan::makeBackfill(const ProjectSession& session, ImageService& images,
                                                             const BackfillOptions& options, std::stop_token stop)
{
    ImportOptions given;
    given.sourcePath = options.finalsPath;
    given.projectId = session.projectId();
    given.correctsCrops = options.correctsCrops;
    given.rejectsUnmatched = options.rejectsUnmatched;
    given.tool = options.tool;
    given.cacheFolder = options.cacheFolder;
    given.clock = options.clock;
    auto state = std::make_unique<State>(session.workspace(), given);
    state->isBackfill = true;
    PS_TRY(UniqueFd finals, openFolder(options.finalsPath));
    state->folder = std::make_shared<const UniqueFd>(std::move(finals));
    state->sourceName = std::filesystem::path(options.finalsPath).lexically_normal().filename().native();
    state->time = state->clock().now();
    const std::string folder = options.cacheFolder.empty() ? userCacheFolder() + "/proofsheet/imports"
                                                           : options.cacheFolder;
    const Json key = Json::array({"backfill", session.databasePath(), options.finalsPath});
    PS_TRY(state->store, PlanStore::open(folder, sha256Hex(dumpJson(key)).substr(0, 24)));
    FinalsCollector collector(*state->store);
    PS_TRY_VOID(walkImages(state->folder->get(), {}, collector, stop));
    state->sourceSha256 = collector.sha256();
    PlanBuilder builder(state->workspace, images, *state->store, state->options, state->rules, state->time, {});
    PS_TRY_VOID(BackfillReader(session, images, *state, options, builder).readAll(stop));
    PS_TRY_VOID(state->store->finish());
    state->store->remove(); // it lives on as long as it is open, and is in nobody's way
    return std::unique_ptr<ImportPlan>(new ImportPlan(std::move(state)));
}

} // namespace ps
