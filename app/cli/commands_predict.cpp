// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/hybrid_provider.h"
#include "app/cli/model_options.h"
#include "core/suggest/active_models.h"
#include "core/suggest/embedding_items.h"
#include "core/suggest/prediction_run.h"
#include "core/suggest/suggestion_watch.h"
#include "ui/common/error_text.h"

namespace ps::cli {

namespace {

/// The id of --ranker or --crop, "" for "none"; without the option that of the active model.
std::string modelChoice(const Context& context, const char* option, const ModelRecord* active)
{
    if (!context.has(option))
        return active ? active->id : std::string();
    const std::string id = context.value(option);
    return id == "none" ? std::string() : id;
}

Result<LoadedModels> chosenModels(Context& context, const ModelRegistry& registry, const std::string& projectId)
{
    const std::string ranker = modelChoice(context, "ranker", registry.active(projectId, SuggestionTask::Pick));
    const std::string crop = modelChoice(context, "crop", registry.active(projectId, SuggestionTask::Crop));
    if (ranker.empty() && crop.empty())
        return Error{ErrorCode::Refused,
                     "no model is active in the project; train one, or name one with --ranker or --crop", projectId, 0};
    PS_TRY(InferenceService* const service, context.inferenceService());
    return loadModels(registry, ranker, crop, readInWorker(*service));
}

/// What can compute missing embeddings for these models: the built-in embedder always, another one when --model names it.
Result<std::optional<ModelSpec>> embedderFor(Context& context, const LoadedModels& models)
{
    if (!context.has("model") && models.embedderId != kBuiltinEmbedderName)
        return std::optional<ModelSpec>();
    PS_TRY(ModelSpec spec, modelOption(context));
    if (spec.id() != models.embedderId)
        return Error{ErrorCode::InvalidInput,
                     "the models need embeddings of " + models.embedderId + ", and --model is " + spec.id(),
                     {},
                     0};
    if (context.has("model")) {
        spec.preprocessing = models.preprocessing; // what the models were trained on
        spec.preprocessing.sizeDivisor = Preprocessing{}.sizeDivisor;
    }
    return std::optional(std::move(spec));
}

Result<PredictionOptions> optionsOf(const Context& context)
{
    PredictionOptions options;
    const std::string out = context.value("out", "project");
    if (out != "project" && out != "temp")
        return Error{ErrorCode::InvalidInput, "--out is project or temp", {}, 0};
    options.target = context.has("dry-run") ? PredictionOptions::Target::Nowhere
                     : out == "temp"        ? PredictionOptions::Target::TemporaryDatabase
                                            : PredictionOptions::Target::Project;
    options.redoesAll = context.has("force");
    return options;
}

Json reportJson(const PredictionReport& report, const std::string& modelId, const std::string& embedderId)
{
    Json::Array problems;
    for (const Error& problem : report.problems)
        problems.push_back(Json::object({{"path", problem.context},
                                         {"error", std::string(errorCodeName(problem.code))},
                                         {"reason", problem.message}}));
    return Json::object({{"model", modelId},
                         {"embedder", embedderId},
                         {"groups", report.looked},
                         {"predicted", report.predicted},
                         {"known", report.known},
                         {"without_suggestion", report.withoutSuggestion},
                         {"images_without_embedding", report.imagesWithoutEmbedding},
                         {"file", report.file.empty() ? Json() : Json(report.file)},
                         {"problems", Json(std::move(problems))}});
}

int finish(const Context& context, const PredictionReport& report, const std::string& modelId,
           const std::string& embedderId)
{
    context.print(
        Text::tr("%n group(s) predicted", nullptr, static_cast<int>(report.predicted)) + QStringLiteral(", ") +
        Text::tr("%n known", nullptr, static_cast<int>(report.known)) + QStringLiteral(", ") +
        Text::tr("%n without a suggestion", nullptr, static_cast<int>(report.withoutSuggestion)) +
        QStringLiteral(", ") +
        Text::tr("%n image(s) without an embedding", nullptr, static_cast<int>(report.imagesWithoutEmbedding)));
    if (!report.file.empty())
        context.print(fromCore(report.file));
    context.printJson(reportJson(report, modelId, embedderId));
    int code = Fine;
    for (const Error& problem : report.problems) {
        context.fail(problem);
        code = Findings;
    }
    return code;
}

/// The predictor of a run, with what it stands on.
struct ChosenPredictor {
    std::unique_ptr<HybridPredictor> hybrid; ///< nothing without --hybrid
    Predictor predictor;
};

Result<ChosenPredictor> choosePredictor(Context& context, const ProjectSession& session, const LoadedModels& models)
{
    ChosenPredictor chosen{nullptr, predictorOf(models.suggester)};
    if (!context.has("hybrid"))
        return chosen;
    PS_TRY(HybridConfig config, readHybridConfig(context.value("hybrid")));
    if (context.has("dry-run"))
        config.isEnabled = false; // a call would cost something
    PS_TRY(AskProvider ask,
           config.isEnabled ? askOverHttp(config, context.stop()) : Result<AskProvider>(AskProvider()));
    PS_TRY(chosen.hybrid,
           HybridPredictor::open(
               hybridFolder(session.workspace().rootPath()), std::move(config), std::move(chosen.predictor),
               std::move(ask), session.clock(), [&context](BudgetState state) {
                   context.notice(state == BudgetState::Paused
                                      ? Text::tr("The token budget of today is used up: the service is not "
                                                 "asked any more.")
                                      : Text::tr("80 % of the token budget of today are used."));
               }));
    chosen.predictor = chosen.hybrid->predictor();
    return chosen;
}

/// Which suggestions count in the project from now on: those of this run, when they are the active models', by themselves or
/// with a service behind them.
Result<void> noteModels(const Context& context, const ProjectSession& session, const ModelRegistry& registry,
                        const LoadedModels& models, const Predictor& predictor)
{
    const bool isActive = models.suggester.modelId() == activeSuggestionId(registry, session.projectId());
    if (!isActive || context.has("dry-run") || !session.isWorking())
        return {};
    PS_TRY_VOID(changeSuggestionSettings(
        session, [&predictor](SuggestionSettings& settings) { settings.activeModel = predictor.modelId; }));
    return {};
}

int predictWith(Context& context, const ProjectSession& session, const ModelRegistry& registry,
                const LoadedModels& models, const PredictionOptions& options)
{
    const auto spec = embedderFor(context, models);
    if (!spec)
        return context.fail(spec.error());
    const auto chosen = choosePredictor(context, session, models);
    if (!chosen)
        return context.fail(chosen.error());
    auto cache = EmbeddingCache::open(joinPath(session.workspace().rootPath(), kEmbeddingCacheFolder));
    const auto service = context.inferenceService();
    if (!cache || !service)
        return context.fail(cache ? service.error() : cache.error());
    EmbeddingSource source{cachedEmbeddings(*cache, models.embedderId, models.preprocessing), {}};
    if (*spec && !context.has("dry-run"))
        source.compute = embeddingsByService(session, **service, *cache, **spec);
    if (const auto noted = noteModels(context, session, registry, models, chosen->predictor); !noted)
        return context.fail(noted.error());
    const auto report = predictProject(
        session, chosen->predictor, source, options,
        [&context](const PredictionProgress& now) {
            context.progress(QStringLiteral("%1 / %2").arg(now.looked).arg(now.total));
        },
        context.stop());
    context.progress({});
    const auto flushed = cache->flush();
    const auto noted = chosen->hybrid ? chosen->hybrid->flush() : Result<void>();
    if (!report)
        return context.fail(report.error());
    if (!flushed || !noted)
        return context.fail(flushed ? noted.error() : flushed.error());
    return finish(context, *report, chosen->predictor.modelId, models.embedderId);
}

} // namespace

int runPredict(Context& context)
{
    if (!context.has("project"))
        return context.failUsage(Text::tr("predict needs --project ID."));
    const auto options = optionsOf(context);
    if (!options)
        return context.failUsage(errorLine(options.error()));
    const bool writesProject = options->target == PredictionOptions::Target::Project;
    const auto session = context.openSession(context.value("project"),
                                             writesProject ? Context::Access::Work : Context::Access::View);
    if (!session)
        return context.fail(session.error());
    const auto registry = ModelRegistry::open(ModelRegistry::folderOf((*session)->workspace()));
    if (!registry)
        return context.fail(registry.error());
    const auto models = chosenModels(context, *registry, (*session)->projectId());
    if (!models)
        return context.fail(models.error());
    return predictWith(context, **session, *registry, *models, *options);
}

} // namespace ps::cli
