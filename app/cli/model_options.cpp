// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_options.h"

#include "core/base/text.h"
#include "core/suggest/embedding_items.h"

#include <filesystem>

namespace ps::cli {

namespace {

constexpr std::size_t kMaxPreprocessingBytes = 64 * 1024;
constexpr std::size_t kMaxClassesBytes = 1024 * 1024;
constexpr std::size_t kMaxClasses = 10'000;

Result<Preprocessing> preprocessingOption(const Context& context, std::string_view usual)
{
    const std::string text = context.value("preprocessing", usual);
    if (text == "clip")
        return Preprocessing::clip();
    if (text == "imagenet")
        return Preprocessing::imageNet();
    if (text == "yolo")
        return Preprocessing::yolo();
    PS_TRY(const std::string json, readFile(text, kMaxPreprocessingBytes));
    auto made = Preprocessing::fromJson(json);
    return made ? made : made.error().in(text);
}

Result<ModelEngine> engineOption(const Context& context)
{
    const std::string text = context.value("engine", modelEngineName(ModelEngine::OnnxRuntime));
    for (const ModelEngine engine : {ModelEngine::OnnxRuntime, ModelEngine::OpenCvDnn}) {
        if (text == modelEngineName(engine))
            return engine;
    }
    return Error{ErrorCode::InvalidInput, "--engine is onnxruntime or opencv-dnn", {}, 0};
}

/// Everything about a model file but its hash.
Result<ModelSpec> fileOption(const Context& context, const std::string& model, std::string_view usualPreprocessing)
{
    const std::filesystem::path path = std::filesystem::absolute(model).lexically_normal();
    ModelSpec spec;
    spec.name = path.stem().string();
    spec.path = path.string();
    PS_TRY(spec.engine, engineOption(context));
    PS_TRY(spec.preprocessing, preprocessingOption(context, usualPreprocessing));
    return spec;
}

/// One name in each line, the first for class 0.
Result<std::vector<std::string>> readClassNames(const std::string& path)
{
    PS_TRY(const std::string text, readFile(path, kMaxClassesBytes));
    if (!isValidUtf8(text))
        return Error{ErrorCode::Corrupt, "the names of classes are not UTF-8", path, 0};
    std::vector<std::string> names;
    for (const std::string& line : split(text, '\n'))
        names.emplace_back(trimmed(line));
    while (!names.empty() && names.back().empty())
        names.pop_back();
    if (names.empty() || names.size() > kMaxClasses)
        return Error{ErrorCode::Corrupt, "it holds " + std::to_string(names.size()) + " names of classes", path, 0};
    return names;
}

} // namespace

Result<ModelSpec> modelOption(Context& context)
{
    const std::string model = context.value("model", kBuiltinEmbedderName);
    ModelSpec spec;
    if (model == kBuiltinEmbedderName) {
        if (context.has("preprocessing") || context.has("engine"))
            return Error{ErrorCode::InvalidInput, "the built-in embedder has its own preprocessing and engine", {}, 0};
        return spec;
    }
    PS_TRY(spec, fileOption(context, model, "clip"));
    PS_TRY(InferenceService* const service, context.inferenceService());
    PS_TRY(const InferenceService::Inspection seen, service->inspect(spec));
    spec.sha256 = seen.sha256;
    return spec;
}

Result<DetectorOption> detectorOption(Context& context)
{
    PS_TRY(ModelSpec spec, fileOption(context, context.value("model"), "yolo"));
    spec.kind = ModelKind::Detector;
    if (context.has("classes")) {
        PS_TRY(spec.classNames, readClassNames(context.value("classes")));
    }
    PS_TRY(InferenceService* const service, context.inferenceService());
    PS_TRY(InferenceService::Inspection seen, service->inspect(spec));
    spec.sha256 = seen.sha256;
    if (const auto& shape = seen.facts.inputs.front().shape; shape.size() == 4 && !context.has("preprocessing")) {
        spec.preprocessing.height = shape[2] > 0 ? static_cast<int>(shape[2]) : spec.preprocessing.height;
        spec.preprocessing.width = shape[3] > 0 ? static_cast<int>(shape[3]) : spec.preprocessing.width;
    }
    return DetectorOption{std::move(spec), std::move(seen.facts)};
}

Result<std::string> embeddingCacheFolder(const Context& context)
{
    if (context.has("out"))
        return context.value("out");
    PS_TRY(const Workspace workspace, context.workspace());
    return joinPath(workspace.rootPath(), kEmbeddingCacheFolder);
}

Result<std::vector<EmbeddingItem>> embeddingItems(Context& context)
{
    if (context.has("input")) {
        const std::string folder = context.value("input");
        return embeddingItemsOf(folder, workspacePathOf(folder), context.stop());
    }
    PS_TRY(const auto session,
           context.openSession(context.value("project"), Context::Access::View, Context::Index::Fresh));
    return embeddingItemsOf(*session, context.stop());
}

} // namespace ps::cli
