// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/suggest/active_models.h"
#include "ui/common/error_text.h"

#include <filesystem>

namespace ps::cli {

namespace {

Result<ModelRegistry> openRegistry(const Context& context)
{
    PS_TRY(const Workspace workspace, context.workspace());
    return ModelRegistry::open(ModelRegistry::folderOf(workspace));
}

Json listOf(const std::vector<std::string>& texts)
{
    return Json(Json::Array(texts.begin(), texts.end()));
}

/// What is known of a model; without the report of its training, which is long.
Json summaryJson(const ModelRegistry& registry, const ModelRecord& record)
{
    Json json = modelRecordJson(record);
    json.remove("report");
    json.set("active_in", listOf(registry.projectsWith(record.id)));
    return json;
}

QString lineOf(const ModelRegistry& registry, const ModelRecord& record)
{
    QStringList words{fromCore(record.id), fromCore(suggestionTaskName(record.task)), fromCore(record.source),
                      record.isProposed ? Text::tr("proposed") : Text::tr("not proposed")};
    QStringList projects;
    for (const std::string& project : registry.projectsWith(record.id))
        projects.append(fromCore(project));
    words.append(projects.join(QLatin1Char(',')));
    return words.join(QLatin1Char('\t'));
}

std::optional<SuggestionTask> taskArgument(const Context& context)
{
    return parseSuggestionTask(context.argument(0));
}

/// The project of --project, opened for work: which suggestions are shown is in its database.
Result<std::unique_ptr<ProjectSession>> openForChange(Context& context)
{
    return context.openSession(context.value("project"), Context::Access::Work);
}

/// Says what is active now.
int reportActive(const Context& context, const ModelRegistry& registry, const std::string& projectId)
{
    Json json = Json::object({{"project", projectId}});
    for (const SuggestionTask task : {SuggestionTask::Pick, SuggestionTask::Crop}) {
        const ModelRecord* record = registry.active(projectId, task);
        json.set(suggestionTaskName(task), record ? Json(record->id) : Json());
        context.print(fromCore(suggestionTaskName(task)) + QLatin1Char('\t') +
                      (record ? fromCore(record->id) : Text::tr("none")));
    }
    context.printJson(json);
    return Fine;
}

/// Changes what is active in the project of --project, and tells the project.
int changeActive(Context& context,
                 const std::function<Result<void>(ModelRegistry&, const std::string& projectId)>& change)
{
    auto session = openForChange(context);
    if (!session)
        return context.fail(session.error());
    auto registry = openRegistry(context);
    if (!registry)
        return context.fail(registry.error());
    const std::string& projectId = (*session)->projectId();
    if (const auto changed = change(*registry, projectId); !changed)
        return context.fail(changed.error());
    if (context.has("dry-run"))
        return reportActive(context, *registry, projectId);
    if (const auto noted = noteActiveModels(**session, *registry); !noted)
        return context.fail(noted.error());
    return reportActive(context, *registry, projectId);
}

} // namespace

int runModelsList(Context& context)
{
    const auto registry = openRegistry(context);
    if (!registry)
        return context.fail(registry.error());
    Json::Array models;
    for (const ModelRecord& record : registry->records()) {
        context.print(lineOf(*registry, record));
        models.push_back(summaryJson(*registry, record));
    }
    context.printJson(Json::object({{"folder", registry->folder()}, {"models", Json(std::move(models))}}));
    return Fine;
}

int runModelsShow(Context& context)
{
    const auto registry = openRegistry(context);
    if (!registry)
        return context.fail(registry.error());
    const ModelRecord* record = registry->find(context.argument(0));
    if (!record)
        return context.fail(Error{ErrorCode::NotFound, "there is no such model", context.argument(0), 0});
    Json json = modelRecordJson(*record);
    json.set("active_in", listOf(registry->projectsWith(record->id)));
    const auto verified = registry->verify(*record);
    json.set("is_unchanged", verified.has_value());
    context.print(lineOf(*registry, *record));
    for (const char* key : {"file", "sha256", "embedder", "created_at", "data_fingerprint", "verdict"})
        context.print(QLatin1String(key) + QLatin1Char('\t') + fromCore(json[key].toString()));
    context.printJson(json);
    return verified ? Fine : context.fail(verified.error());
}

int runModelsImport(Context& context)
{
    auto registry = openRegistry(context);
    const auto service = context.inferenceService();
    if (!registry || !service)
        return context.fail(registry ? service.error() : registry.error());
    const std::string path = std::filesystem::absolute(context.argument(0)).lexically_normal().string();
    const auto read = readInWorker(**service);
    const auto record = context.has("dry-run")
                            ? inspectModel(path, context.value("embedder"), read, systemClock().now())
                            : importModel(*registry, path, context.value("embedder"), read, systemClock().now());
    if (!record)
        return context.fail(record.error());
    context.print(lineOf(*registry, *record));
    context.printJson(summaryJson(*registry, *record));
    return Fine;
}

int runModelsActivate(Context& context)
{
    if (!context.has("project"))
        return context.failUsage(Text::tr("models activate needs --project ID."));
    return changeActive(context, [&context](ModelRegistry& registry, const std::string& projectId) {
        const std::string id = context.argument(0);
        return context.has("dry-run") ? registry.mayActivate(id, context.has("force"))
                                      : registry.activate(projectId, id, context.has("force"));
    });
}

int runModelsDeactivate(Context& context)
{
    const auto task = taskArgument(context);
    if (!task || !context.has("project"))
        return context.failUsage(Text::tr("Say ranker or crop, and the project with --project ID."));
    return changeActive(context, [&](ModelRegistry& registry, const std::string& projectId) {
        return context.has("dry-run") ? Result<void>() : registry.deactivate(projectId, *task);
    });
}

int runModelsRollBack(Context& context)
{
    const auto task = taskArgument(context);
    if (!task || !context.has("project"))
        return context.failUsage(Text::tr("Say ranker or crop, and the project with --project ID."));
    return changeActive(context, [&](ModelRegistry& registry, const std::string& projectId) -> Result<void> {
        if (context.has("dry-run")) {
            if (registry.history(projectId, *task).empty())
                return Error{ErrorCode::NotFound, "no model was active before", projectId, 0};
            return {};
        }
        PS_TRY_VOID(registry.rollBack(projectId, *task));
        return {};
    });
}

} // namespace ps::cli
