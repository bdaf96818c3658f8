// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/prediction_run.h"

#include "core/decisions/known_row.h"
#include "core/inference/line_file.h"
#include "core/library/filename.h"
#include "core/suggest/prediction_file.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::size_t kMostProblems = 100;
constexpr std::string_view kLogFolder = "data/ai_data";
constexpr const char* kLogFile = "batch_predictions_log.jsonl";

/// What batch_add_ai_predictions.py calls a group that has no row: project, day of the first image, number.
std::string groupIdFor(std::string_view projectId, const GroupToPredict& group)
{
    if (!group.groupId.empty())
        return group.groupId;
    const std::string stamp = group.images.empty() ? std::string()
                                                   : parseImageName(fileName(group.images.front().path)).timestamp;
    const std::string day = stamp.size() >= 8 ? stamp.substr(0, 8) : "00000000";
    return std::string(projectId) + "_group_" + day + "_" + std::to_string(group.ordinal + 1);
}

std::string imagesTextOf(const GroupToPredict& group)
{
    std::vector<GroupMember> members;
    for (const GroupImage& image : group.images)
        members.push_back({image.path, image.identity});
    return imagesText(members);
}

/// Where predictions go.
class PredictionSink
{
public:
    virtual ~PredictionSink() = default;
    virtual bool wants(const GroupEntry& entry) const = 0;
    virtual Result<bool> has(const GroupToPredict& group) const = 0;
    virtual Result<void> store(const std::vector<GroupPrediction>& predictions) = 0;
    virtual Result<void> finish() { return {}; }
};

class Nowhere : public PredictionSink
{
public:
    bool wants(const GroupEntry&) const override { return true; }
    Result<bool> has(const GroupToPredict&) const override { return false; }
    Result<void> store(const std::vector<GroupPrediction>&) override { return {}; }
};

class IntoProject : public PredictionSink
{
public:
    IntoProject(const ProjectSession& session, Connection reader, std::string modelId, bool redoesAll)
        : m_session(session), m_reader(std::move(reader)), m_modelId(std::move(modelId)), m_redoesAll(redoesAll)
    {
    }
    bool wants(const GroupEntry& entry) const override
    {
        return entry.state == GroupState::Undecided || entry.state == GroupState::Skipped;
    }
    Result<bool> has(const GroupToPredict& group) const override
    {
        if (m_redoesAll)
            return false;
        PS_TRY(const auto query, m_reader.borrow("SELECT 1 FROM ps_suggestions WHERE group_key=?1 AND model_id=?2"));
        query->bind(group.groupKey, m_modelId);
        return query->step();
    }
    Result<void> store(const std::vector<GroupPrediction>& predictions) override
    {
        return storePredictions(m_session, predictions);
    }

private:
    const ProjectSession& m_session;
    Connection m_reader;
    std::string m_modelId;
    bool m_redoesAll;
};

class IntoFile : public PredictionSink
{
public:
    IntoFile(PredictionFile file, std::string projectId) : m_file(std::move(file)), m_projectId(std::move(projectId)) {}
    bool wants(const GroupEntry&) const override { return true; }
    Result<bool> has(const GroupToPredict& group) const override { return m_file.has(groupIdFor(m_projectId, group)); }
    Result<void> store(const std::vector<GroupPrediction>& predictions) override
    {
        std::vector<PredictionFile::Row> rows;
        for (const GroupPrediction& prediction : predictions) {
            if (prediction.ranked)
                rows.push_back({groupIdFor(m_projectId, prediction.group), imagesTextOf(prediction.group),
                                prediction.ranked->suggestion});
        }
        return rows.empty() ? Result<void>() : m_file.add(m_projectId, rows);
    }
    Result<void> finish() override { return m_file.publish(); }

private:
    PredictionFile m_file;
    std::string m_projectId;
};

Result<std::unique_ptr<PredictionSink>> openSink(const ProjectSession& session, const Predictor& predictor,
                                                 const PredictionOptions& options)
{
    using Target = PredictionOptions::Target;
    std::unique_ptr<PredictionSink> sink;
    if (options.target == Target::Nowhere) {
        sink = std::make_unique<Nowhere>();
    } else if (options.target == Target::Project) {
        PS_TRY_VOID(session.store());
        PS_TRY(Connection reader, session.openReader());
        sink = std::make_unique<IntoProject>(session, std::move(reader), predictor.modelId, options.redoesAll);
    } else {
        PS_TRY(PredictionFile file, PredictionFile::open(session.workspace().predictionsPath(session.projectId()),
                                                         predictor.modelId, options.redoesAll));
        sink = std::make_unique<IntoFile>(std::move(file), session.projectId());
    }
    return sink;
}

class PredictionRun
{
public:
    PredictionRun(const ProjectSession& session, const Predictor& predictor, const EmbeddingSource& source,
                  PredictionSink& sink, std::size_t groupsPerBatch)
        : m_session(session), m_predictor(predictor), m_source(source), m_sink(sink),
          m_groupsPerBatch(static_cast<std::int64_t>(std::max<std::size_t>(1, groupsPerBatch)))
    {
    }

    Result<void> run(const std::function<void(const PredictionProgress&)>& onProgress, const std::stop_token& stop)
    {
        PS_TRY(const GroupCounts counts, m_session.counts());
        for (std::int64_t first = 0; first < counts.total(); first += m_groupsPerBatch) {
            if (stop.stop_requested())
                return Error{ErrorCode::Cancelled, "stopped; what was predicted stays", m_session.projectId(), 0};
            PS_TRY(auto entries, m_session.page(first, m_groupsPerBatch));
            PS_TRY_VOID(runOn(entries));
            if (onProgress)
                onProgress({std::min(first + m_groupsPerBatch, counts.total()), m_report.predicted, counts.total()});
        }
        return m_sink.finish();
    }

    PredictionReport& report() { return m_report; }

private:
    Result<void> runOn(std::vector<GroupEntry>& entries)
    {
        std::erase_if(entries, [this](const GroupEntry& entry) { return !m_sink.wants(entry); });
        PS_TRY(auto groups, groupsToPredict(m_session, entries));
        std::vector<GroupToPredict> fresh;
        for (GroupToPredict& group : groups) {
            PS_TRY(const bool isKnown, m_sink.has(group));
            if (isKnown)
                ++m_report.known;
            else
                fresh.push_back(std::move(group));
        }
        m_report.looked += std::ssize(fresh);
        if (fresh.empty())
            return {};
        PredictedGroups predicted = predictGroups(m_session.projectId(), std::move(fresh), m_predictor, m_source);
        count(predicted);
        return m_sink.store(predicted.predictions);
    }

    void count(PredictedGroups& predicted)
    {
        const auto made = std::ranges::count_if(predicted.predictions,
                                                [](const GroupPrediction& item) { return item.ranked.has_value(); });
        m_report.predicted += made;
        m_report.withoutSuggestion += std::ssize(predicted.predictions) - made;
        m_report.imagesWithoutEmbedding += predicted.imagesWithoutEmbedding;
        for (Error& problem : predicted.problems) {
            if (m_report.problems.size() < kMostProblems)
                m_report.problems.push_back(std::move(problem));
        }
    }

    const ProjectSession& m_session;
    const Predictor& m_predictor;
    const EmbeddingSource& m_source;
    PredictionSink& m_sink;
    std::int64_t m_groupsPerBatch;
    PredictionReport m_report;
};

/// A line as batch_add_ai_predictions.py writes it.
Result<void> appendLog(const ProjectSession& session, const PredictionReport& report, const Result<void>& outcome)
{
    const bool wasCancelled = !outcome && outcome.error().code == ErrorCode::Cancelled;
    const Json line = Json::object({{"project_id", session.projectId()},
                                    {"status", outcome        ? "success"
                                               : wasCancelled ? "failed"
                                                              : "error"},
                                    {"groups_processed", report.predicted},
                                    {"timestamp", formatTimestamp(session.clock().now())},
                                    {"error", outcome ? Json() : Json(outcome.error().describe())}});
    PS_TRY(const UniqueFd folder, makeFoldersBeneath(session.workspace().folderFd(), kLogFolder));
    return appendLines(folder.get(), kLogFile, dumpJson(line) + "\n");
}

} // namespace

Predictor predictorOf(const Suggester& suggester)
{
    return {suggester.modelId(), [&suggester](const CandidateGroup& candidates, const GroupToPredict&) {
                return suggester.suggest(candidates);
            }};
}

PredictedGroups predictGroups(std::string_view projectId, std::vector<GroupToPredict> groups,
                              const Predictor& predictor, const EmbeddingSource& source)
{
    LoadedCandidates loaded = loadCandidates(projectId, groups, source);
    PredictedGroups predicted;
    predicted.imagesWithoutEmbedding = loaded.withoutEmbedding;
    predicted.problems = std::move(loaded.problems);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        auto ranked = predictor.suggest(loaded.groups[i], groups[i]);
        predicted.predictions.push_back({std::move(groups[i]), std::move(ranked)});
    }
    return predicted;
}

Result<void> storePredictions(const ProjectSession& session, const std::vector<GroupPrediction>& predictions)
{
    if (std::ranges::none_of(predictions, [](const GroupPrediction& item) { return item.ranked.has_value(); }))
        return {};
    PS_TRY(DecisionStore * store, session.store());
    return store->run([&predictions](StoreTransaction& transaction) -> Result<void> {
        for (const GroupPrediction& prediction : predictions) {
            if (prediction.ranked)
                PS_TRY_VOID(storeSuggestion(transaction, prediction.group.groupKey, prediction.ranked->suggestion));
        }
        return {};
    });
}

Result<PredictionReport> predictProject(const ProjectSession& session, const Predictor& predictor,
                                        const EmbeddingSource& source, const PredictionOptions& options,
                                        const std::function<void(const PredictionProgress&)>& onProgress,
                                        std::stop_token stop)
{
    PS_TRY(const auto sink, openSink(session, predictor, options));
    PredictionRun run(session, predictor, source, *sink, options.groupsPerBatch);
    const Result<void> outcome = run.run(onProgress, stop);
    if (options.target == PredictionOptions::Target::TemporaryDatabase)
        run.report().file = session.workspace().predictionsPath(session.projectId());
    if (options.target != PredictionOptions::Target::Nowhere) {
        const auto logged = appendLog(session, run.report(), outcome);
        if (outcome && !logged)
            return logged.error();
    }
    if (!outcome)
        return outcome.error();
    return std::move(run.report());
}

} // namespace ps
