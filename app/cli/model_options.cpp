// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_options.h"

#include "core/base/text.h"
#include "core/suggest/embedding_items.h"

#include <filesystem>

namespace ps::cli {

namespace {

constexpr std::size_t kMaxPreprocessingBytes = 64 * 1024;

Result<Preprocessing> preprocessingOption(const Context& context)
{
    const std::string text = context.value("preprocessing", "clip");
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
    const std::filesystem::path path = std::filesystem::absolute(model).lexically_normal();
    spec.name = path.stem().string();
    spec.path = path.string();
    PS_TRY(spec.engine, engineOption(context));
    PS_TRY(spec.preprocessing, preprocessingOption(context));
    PS_TRY(InferenceService* const service, context.inferenceService());
    PS_TRY(const InferenceService::Inspection seen, service->inspect(spec));
    spec.sha256 = seen.sha256;
    return spec;
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
