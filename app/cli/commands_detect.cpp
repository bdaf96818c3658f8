// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Boxes that a detector finds, in files or in a whole project.
#include "app/cli/command.h"
#include "app/cli/image_files.h"
#include "app/cli/model_options.h"
#include "core/base/text.h"
#include "core/library/detected_boxes.h"
#include "core/suggest/detection_run.h"
#include "ui/common/error_text.h"

#include <algorithm>

namespace ps::cli {

namespace {

constexpr std::size_t kStep = 64; ///< images between two words about the progress

using Answer = Result<std::vector<Detection>>;

struct DetectTask {
    ModelSpec model;
    std::string engine;
    InferenceService::DetectionOptions options;
    std::unique_ptr<ProjectSession> session; ///< with --project
    std::vector<DetectionItem> items;
};

Result<InferenceService::DetectionOptions> detectionOptions(const Context& context)
{
    InferenceService::DetectionOptions options;
    options.maxBoxes = static_cast<int>(kMostBoxesPerImage);
    if (!context.has("min-confidence"))
        return options;
    const auto number = parseDouble(context.value("min-confidence"));
    if (!number || !(*number > 0 && *number <= 1))
        return Error{ErrorCode::InvalidInput, "--min-confidence is a number above 0, at most 1", {}, 0};
    options.minConfidence = static_cast<float>(*number);
    return options;
}

/// The files that are named; one that cannot be opened has its answer already.
std::vector<Answer> openFiles(const Context& context, std::vector<DetectionItem>& items)
{
    std::vector<Answer> answers;
    for (qsizetype i = 0; i < context.arguments.size(); ++i) {
        const std::string path = context.argument(i);
        auto source = sourceAt(path);
        answers.push_back(source ? Answer(std::vector<Detection>()) : Answer(source.error()));
        items.push_back({path, {}, 0, source ? *std::move(source) : ImageSource(UniqueFd())});
    }
    return answers;
}

Result<std::vector<Answer>> detectAll(Context& context, InferenceService& service, const DetectTask& task,
                                      std::vector<Answer> answers)
{
    const bool stores = task.session && !context.has("dry-run");
    for (std::size_t first = 0; first < task.items.size(); first += kStep) {
        if (context.stop().stop_requested())
            return Error{ErrorCode::Cancelled, "the work was cancelled", {}, 0};
        const std::size_t end = std::min(first + kStep, task.items.size());
        std::vector<ImageSource> sources;
        std::vector<std::size_t> slots;
        for (std::size_t i = first; i < end; ++i) {
            if (!answers[i])
                continue;
            sources.push_back(task.items[i].source);
            slots.push_back(i);
        }
        PS_TRY(std::vector<Answer> found, service.detect(task.model, std::move(sources), task.options));
        for (std::size_t i = 0; i < slots.size(); ++i)
            answers[slots[i]] = std::move(found[i]);
        if (stores)
            PS_TRY_VOID(storeDetections(*task.session, task.model, task.engine,
                                        std::span(task.items).subspan(first, end - first),
                                        std::span(answers).subspan(first, end - first)));
        context.progress(QStringLiteral("%1 / %2").arg(end).arg(task.items.size()));
    }
    context.progress({});
    return answers;
}

Json boxJson(const ModelSpec& model, const Detection& found)
{
    const FractionBox& box = found.box;
    return Json::object({{"class", found.classIndex},
                         {"class_name", className(model, found.classIndex)},
                         {"confidence", static_cast<double>(found.confidence)},
                         {"box", Json(Json::Array{box.x1, box.y1, box.x2, box.y2})}});
}

void printBox(const Context& context, const ModelSpec& model, const std::string& path, const Detection& found)
{
    const FractionBox& box = found.box;
    QStringList words{fromCore(path), fromCore(className(model, found.classIndex)),
                      QString::number(static_cast<double>(found.confidence), 'f', 3)};
    for (const double side : {box.x1, box.y1, box.x2, box.y2})
        words.append(QString::number(side, 'f', 4));
    context.print(words.join(QLatin1Char('\t')));
}

int report(Context& context, const DetectTask& task, const std::vector<Answer>& answers)
{
    Json::Array images;
    std::size_t boxCount = 0;
    std::size_t failedCount = 0;
    for (std::size_t i = 0; i < task.items.size(); ++i) {
        const std::string& path = task.items[i].path;
        Json image = Json::object({{"path", path}});
        if (!answers[i]) {
            ++failedCount;
            context.fail(answers[i].error());
            image.set("error", std::string(errorCodeName(answers[i].error().code)));
            image.set("reason", answers[i].error().message);
            images.push_back(std::move(image));
            continue;
        }
        Json::Array boxes;
        for (const Detection& found : *answers[i]) {
            printBox(context, task.model, path, found);
            boxes.push_back(boxJson(task.model, found));
        }
        boxCount += boxes.size();
        image.set("boxes", std::move(boxes));
        images.push_back(std::move(image));
    }
    if (task.session)
        context.print(Text::tr("%n box(es)", nullptr, static_cast<int>(boxCount)) + QStringLiteral(", ") +
                      Text::tr("%n failed", nullptr, static_cast<int>(failedCount)));
    context.printJson(Json::object({{"model", task.model.id()},
                                    {"engine", task.engine},
                                    {"stored", task.session && !context.has("dry-run")},
                                    {"images", Json(std::move(images))}}));
    return failedCount > 0 ? Findings : Fine;
}

Result<DetectTask> readTask(Context& context)
{
    DetectTask task;
    PS_TRY(task.options, detectionOptions(context));
    PS_TRY(DetectorOption detector, detectorOption(context));
    task.model = std::move(detector.spec);
    task.engine = modelEngineName(detector.facts.engine);
    if (!context.has("project"))
        return task;
    const auto access = context.has("dry-run") ? Context::Access::View : Context::Access::Work;
    PS_TRY(task.session, context.openSession(context.value("project"), access, Context::Index::Fresh));
    PS_TRY(task.items, detectionItemsOf(*task.session, context.stop()));
    return task;
}

} // namespace

int runDetect(Context& context)
{
    if (!context.has("model"))
        return context.failUsage(Text::tr("detect needs --model FILE."));
    if (context.has("project") != context.arguments.isEmpty())
        return context.failUsage(Text::tr("detect needs images or --project ID."));
    auto task = readTask(context);
    if (!task)
        return context.fail(task.error());
    std::vector<Answer> answers(task->items.size(), Answer(std::vector<Detection>()));
    if (!task->session)
        answers = openFiles(context, task->items);
    const auto service = context.inferenceService();
    if (!service)
        return context.fail(service.error());
    const auto done = detectAll(context, **service, *task, std::move(answers));
    return done ? report(context, *task, *done) : context.fail(done.error());
}

} // namespace ps::cli
