// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/live_run.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/suggest/embedding_items.h"
#include "core/suggest/suggestion_watch.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::int64_t kPage = 64;
/// Looked through in one step, which must end soon: only between steps are a stop and another focus noticed.
constexpr std::int64_t kMostPages = 4;
constexpr std::size_t kMostRemembered = 20'000; ///< groups without a suggestion; beyond it they are looked at again

bool isOpenState(GroupState state)
{
    return state == GroupState::Undecided || state == GroupState::Skipped;
}

/// Errors that are about the embedder and not about one image.
bool isAboutTheService(ErrorCode code)
{
    return code == ErrorCode::WorkerCrashed || code == ErrorCode::Timeout || code == ErrorCode::Unsupported ||
           code == ErrorCode::Refused;
}

Result<ModelSpec> embedderFor(const LoadedModels& models, const ModelSpec& chosen)
{
    if (models.embedderId == kBuiltinEmbedderName) {
        ModelSpec builtin;
        builtin.preprocessing.sizeDivisor = Preprocessing{}.sizeDivisor;
        return builtin;
    }
    if (chosen.id() == models.embedderId) {
        ModelSpec spec = chosen;
        spec.preprocessing = models.preprocessing; // what the models were trained on, not what is set now
        spec.preprocessing.sizeDivisor = Preprocessing{}.sizeDivisor;
        return spec;
    }
    return Error{ErrorCode::Unsupported,
                 "the models need embeddings of another network; choose its file in the settings", models.embedderId,
                 0};
}

} // namespace

/// Computes what the cache does not have.
struct LiveRun::Embedder {
    const ProjectSession& session;
    InferenceService& service;
    ModelSpec spec;
    EmbeddingCache cache;
    std::optional<Error> error = std::nullopt; ///< of the last request that failed as a whole

    std::vector<Result<Embedding>> compute(const std::vector<GroupImage>& images);
    void computePart(std::span<const GroupImage> images, std::vector<Result<Embedding>>& answers);
};

std::vector<Result<Embedding>> LiveRun::Embedder::compute(const std::vector<GroupImage>& images)
{
    std::vector<Result<Embedding>> answers;
    for (std::size_t first = 0; first < images.size(); first += InferenceService::kMaxBatch)
        computePart(std::span(images).subspan(first, std::min(InferenceService::kMaxBatch, images.size() - first)),
                    answers);
    return answers;
}

void LiveRun::Embedder::computePart(std::span<const GroupImage> images, std::vector<Result<Embedding>>& answers)
{
    std::vector<ImageSource> sources;
    std::vector<std::size_t> asked;
    const std::size_t first = answers.size();
    for (const GroupImage& image : images) {
        answers.emplace_back(Error{ErrorCode::NotFound, "the file is not there", displayText(image.path), 0});
        if (auto place = session.folders().locate(image.currentPath); place) {
            sources.emplace_back(place->root, place->path);
            asked.push_back(answers.size() - 1);
        }
    }
    auto embedded = service.embed(spec, std::move(sources));
    if (!embedded)
        error = embedded.error();
    for (std::size_t i = 0; i < asked.size(); ++i) {
        Result<Embedding>& answer = answers[asked[i]];
        answer = embedded ? std::move((*embedded)[i]) : Result<Embedding>(embedded.error());
        if (!answer)
            continue;
        const GroupImage& image = images[asked[i] - first];
        if (const auto kept = cache.add(spec, image.path, image.identity, *answer); !kept)
            qCWarning(logLibrary, "an embedding is not kept: %s", kept.error().describe().c_str());
    }
}

Result<std::unique_ptr<LiveRun>> LiveRun::start(const ProjectSession& session, InferenceService& service,
                                                const Options& options)
{
    PS_TRY(const ModelRegistry registry, ModelRegistry::open(ModelRegistry::folderOf(session.workspace())));
    PS_TRY(Connection reader, session.openReader());
    PS_TRY(const SuggestionSettings settings, readSuggestionSettings(reader));
    if (settings.activeModel != activeSuggestionId(registry, session.projectId()))
        PS_TRY_VOID(noteActiveModels(session, registry));
    PS_TRY(auto models, loadActiveModels(registry, session.projectId(), readInWorker(service)));
    if (!models)
        return std::unique_ptr<LiveRun>();
    PS_TRY(ModelSpec spec, embedderFor(*models, options.embedder));
    PS_TRY(EmbeddingCache cache, EmbeddingCache::open(joinPath(session.workspace().rootPath(), kEmbeddingCacheFolder)));
    std::unique_ptr<LiveRun> run(new LiveRun(session, options, *std::move(models), std::move(reader)));
    run->m_embedder.reset(new Embedder{session, service, std::move(spec), std::move(cache)});
    Embedder& embedder = *run->m_embedder;
    run->m_source.find = cachedEmbeddings(embedder.cache, run->m_models.embedderId, run->m_models.preprocessing);
    run->m_source.compute = [&embedder](const std::vector<GroupImage>& images) { return embedder.compute(images); };
    run->m_flush = [&embedder] { return embedder.cache.flush(); };
    return run;
}

Result<std::unique_ptr<LiveRun>> LiveRun::with(const ProjectSession& session, LoadedModels models,
                                               EmbeddingSource source, std::function<Result<void>()> flush,
                                               const Options& options)
{
    PS_TRY(Connection reader, session.openReader());
    std::unique_ptr<LiveRun> run(new LiveRun(session, options, std::move(models), std::move(reader)));
    run->m_source = std::move(source);
    run->m_flush = std::move(flush);
    return run;
}

LiveRun::LiveRun(const ProjectSession& session, Options options, LoadedModels models, Connection reader)
    : m_session(session), m_options(std::move(options)), m_models(std::move(models)), m_reader(std::move(reader)),
      m_predictor(predictorOf(m_models.suggester))
{
}

LiveRun::~LiveRun() = default;

// ---- what comes next -----------------------------------------------------------------------------------------------

/// A group that is open and has no suggestion of these models yet.
Result<bool> LiveRun::wants(const GroupEntry& entry)
{
    if (!isOpenState(entry.state) || m_withoutSuggestion.contains(entry.key))
        return false;
    const bool isWaiting = std::ranges::any_of(
        m_unstored, [&](const GroupPrediction& made) { return made.group.groupKey == entry.key; });
    if (isWaiting)
        return false;
    // A model that was trained anew under the same name is another one.
    PS_TRY(const auto query,
           m_reader.borrow("SELECT 1 FROM ps_suggestions WHERE group_key=?1 AND model_id=?2 AND model_sha256=?3"));
    query->bind(entry.key, modelId(), m_models.suggester.modelSha256());
    PS_TRY(const bool isThere, query->step());
    return !isThere;
}

/// After a move the groups that come next are taken first; where the rest stands stays.
Result<void> LiveRun::plan(std::int64_t focus)
{
    if (focus == m_focus)
        return {};
    const bool isFirst = !m_focus;
    m_focus = focus;
    PS_TRY(const GroupCounts counts, m_session.counts());
    m_total = counts.total();
    if (isFirst)
        m_next = std::clamp<std::int64_t>(focus, 0, std::max<std::int64_t>(0, m_total - 1));
    m_near.clear();
    std::int64_t first = std::max<std::int64_t>(0, focus);
    // Decided groups lie between the open ones; beyond some pages it is the business of the second part.
    for (std::int64_t page = 0; page < kMostPages && first < m_total; ++page, first += kPage) {
        PS_TRY(const auto entries, m_session.page(first, kPage));
        for (const GroupEntry& entry : entries) {
            PS_TRY(const bool isWanted, wants(entry));
            if (isWanted)
                m_near.push_back(entry);
            if (isOpenState(entry.state) && std::ssize(m_near) >= m_options.groupsAhead)
                return {};
        }
    }
    return {};
}

/// Groups for one step; none when nothing is left.
Result<std::vector<GroupToPredict>> LiveRun::takeNext(bool& isNear)
{
    for (std::int64_t page = 0; page < kMostPages && m_near.empty() && m_far.empty() && m_reached < m_total; ++page) {
        const std::int64_t count = std::min({kPage, m_total - m_reached, m_total - m_next});
        PS_TRY(const auto entries, m_session.page(m_next, count));
        for (const GroupEntry& entry : entries) {
            PS_TRY(const bool isWanted, wants(entry));
            if (isWanted)
                m_far.push_back(entry);
        }
        m_reached += count;
        m_next = (m_next + count) % m_total;
    }
    isNear = !m_near.empty();
    std::deque<GroupEntry>& from = isNear ? m_near : m_far;
    std::vector<GroupEntry> taken;
    std::size_t images = 0;
    while (!from.empty() && (taken.empty() || images < m_options.imagesPerStep)) {
        GroupEntry entry = std::move(from.front());
        from.pop_front();
        PS_TRY(const bool isWanted, wants(entry)); // it may have been made meanwhile
        if (!isWanted)
            continue;
        images += static_cast<std::size_t>(entry.imageCount);
        taken.push_back(std::move(entry));
    }
    return groupsToPredict(m_session, taken);
}

// ---- looking -------------------------------------------------------------------------------------------------------

Result<void> LiveRun::predict(std::vector<GroupToPredict> groups, Step& step)
{
    m_looked += std::ssize(groups);
    PredictedGroups predicted = predictGroups(m_session.projectId(), std::move(groups), m_predictor, m_source);
    const auto error = m_embedder ? std::exchange(m_embedder->error, std::nullopt) : std::nullopt;
    if (error && isAboutTheService(error->code))
        return *error;
    if (!predicted.problems.empty())
        step.problem = predicted.problems.front();
    for (GroupPrediction& made : predicted.predictions) {
        if (made.ranked) {
            m_unstored.push_back(std::move(made));
        } else {
            if (m_withoutSuggestion.size() >= kMostRemembered)
                m_withoutSuggestion.clear();
            m_withoutSuggestion.insert(made.group.groupKey);
        }
    }
    return {};
}

Result<std::vector<std::string>> LiveRun::store()
{
    std::vector<std::string> keys;
    if (m_unstored.empty())
        return keys;
    if (m_flush)
        PS_TRY_VOID(m_flush());
    PS_TRY_VOID(storePredictions(m_session, m_unstored));
    for (const GroupPrediction& made : m_unstored)
        keys.push_back(made.group.groupKey);
    m_unstored.clear();
    return keys;
}

Result<LiveRun::Step> LiveRun::step(std::int64_t focus)
{
    Step step;
    PS_TRY_VOID(plan(focus));
    PS_TRY(auto groups, takeNext(step.isNear));
    const bool isEnd = groups.empty() && m_near.empty() && m_far.empty() && m_reached >= m_total;
    if (!groups.empty())
        PS_TRY_VOID(predict(std::move(groups), step));
    // Who waits for a suggestion gets it at once; the others share a transaction.
    if (step.isNear || isEnd || m_unstored.size() >= m_options.groupsPerStore) {
        PS_TRY(step.storedKeys, store());
    }
    step.isDone = isEnd;
    return step;
}

} // namespace ps
