// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/engine.h"

#include "core/base/text.h"
#include "core/inference/runtimes/onnx_check.h"
#include "core/inference/runtimes/onnx_runtime.h"
#include "core/inference/runtimes/opencv_dnn.h"

#include <algorithm>
#include <unordered_set>

namespace ps {

namespace {

constexpr std::size_t kMostOutputNumbers = std::size_t{1} << 28;

Error error(ErrorCode code, std::string message)
{
    return {code, std::move(message), {}, 0};
}

/// What prepareEngines() loaded, for the rest of the process, or why it did not.
struct Preparation {
    std::shared_ptr<OnnxRuntime> runtime;
    std::string problem = "there is none on this machine";
};

Preparation& preparation()
{
    static Preparation instance;
    return instance;
}

// ---- what a model says of itself -----------------------------------------------------------------------------------

ModelFacts::Port factsOf(const OnnxPort& port)
{
    return {std::string(port.name), port.shape.value_or(std::vector<std::int64_t>())};
}

/// One input of four dimensions and outputs, all of 32-bit floats.
Result<ModelFacts> readFacts(const OnnxGraph& graph)
{
    std::unordered_set<std::string_view> initialisers;
    for (const OnnxTensor& tensor : graph.initialisers)
        initialisers.insert(tensor.name);
    ModelFacts facts;
    for (const OnnxPort& input : graph.inputs) {
        if (initialisers.contains(input.name))
            continue;
        if (input.elementType != kOnnxFloat)
            return error(ErrorCode::Unsupported,
                         "input \"" + displayText(input.name) + "\" of the model is not of 32-bit floats");
        facts.inputs.push_back(factsOf(input));
    }
    if (facts.inputs.size() != 1)
        return error(ErrorCode::Unsupported, "the model has " + std::to_string(facts.inputs.size()) +
                                                 " inputs; export the part that takes the image alone");
    if (const auto& shape = facts.inputs[0].shape; !shape.empty() && shape.size() != 4)
        return error(ErrorCode::Unsupported, "the input of the model has " + std::to_string(shape.size()) +
                                                 " dimensions; batch, channels, height and width are expected");
    for (const OnnxPort& output : graph.outputs)
        facts.outputs.push_back(factsOf(output));
    return facts;
}

Result<void> checkNames(const ModelFacts& facts, const ModelSpec& spec)
{
    const auto has = [](const std::vector<ModelFacts::Port>& ports, const std::string& name) {
        return name.empty() ||
               std::any_of(ports.begin(), ports.end(), [&](const auto& port) { return port.name == name; });
    };
    if (!has(facts.inputs, spec.inputName))
        return error(ErrorCode::InvalidInput, "the model has no input \"" + displayText(spec.inputName) + "\"");
    if (!has(facts.outputs, spec.outputName))
        return error(ErrorCode::InvalidInput, "the model has no output \"" + displayText(spec.outputName) + "\"");
    return {};
}

// ---- a session that believes neither its caller nor its engine -----------------------------------------------------

/// Checks what goes in and what comes out.
class CheckedSession final : public Session
{
public:
    explicit CheckedSession(std::unique_ptr<Session> engine) : m_engine(std::move(engine)) {}

    const ModelFacts& facts() const override { return m_engine->facts(); }
    Result<Tensor> run(std::span<const float> input, std::span<const std::int64_t> shape,
                       std::string_view outputName) override;

private:
    Result<void> checkInput(std::span<const float> input, std::span<const std::int64_t> shape) const;

    std::unique_ptr<Session> m_engine;
};

Result<void> CheckedSession::checkInput(std::span<const float> input, std::span<const std::int64_t> shape) const
{
    std::size_t count = 1;
    for (const std::int64_t size : shape) {
        if (size < 1 || __builtin_mul_overflow(count, static_cast<std::size_t>(size), &count))
            return error(ErrorCode::InvalidInput, "the input has a side of " + std::to_string(size));
    }
    if (shape.size() != 4 || count != input.size())
        return error(ErrorCode::InvalidInput, "the input has " + std::to_string(input.size()) + " numbers in " +
                                                  std::to_string(shape.size()) + " dimensions");
    const auto& wanted = facts().inputs.front().shape;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] > 0 && wanted[i] != shape[i])
            return error(ErrorCode::InvalidInput, "dimension " + std::to_string(i) + " of the input is " +
                                                      std::to_string(shape[i]) + ", and the model wants " +
                                                      std::to_string(wanted[i]));
    }
    return {};
}

Result<Tensor> CheckedSession::run(std::span<const float> input, std::span<const std::int64_t> shape,
                                   std::string_view outputName)
{
    PS_TRY_VOID(checkInput(input, shape));
    PS_TRY(Tensor output, m_engine->run(input, shape, outputName));
    std::size_t count = 1;
    for (const std::int64_t size : output.shape) {
        if (size < 0 || __builtin_mul_overflow(count, static_cast<std::size_t>(size), &count))
            return error(ErrorCode::Corrupt, "the model gave an output without a shape");
    }
    if (count > kMostOutputNumbers)
        return error(ErrorCode::TooLarge, "the model gave " + std::to_string(count) + " numbers");
    if (count != output.values.size())
        return error(ErrorCode::Corrupt, "the model gave an output that does not fit its shape");
    return output;
}

Result<std::unique_ptr<Session>> openWithEngine(std::string_view bytes, const OnnxModel& model, ModelFacts facts,
                                                ModelEngine engine)
{
    if (engine == ModelEngine::Builtin)
        return error(ErrorCode::InvalidInput, "the built-in embedder has no file");
    const Preparation& prepared = preparation();
    if (engine == ModelEngine::OnnxRuntime && prepared.runtime)
        return prepared.runtime->openSession(bytes, std::move(facts));
    auto session = openWithOpenCv(model, std::move(facts));
    if (!session && session.error().code == ErrorCode::Unsupported && !prepared.runtime)
        return error(ErrorCode::Unsupported, session.error().message + " (ONNX Runtime: " + prepared.problem + ")");
    return session;
}

} // namespace

Result<void> prepareEngines(const std::string& onnxRuntimePath)
{
    prepareOpenCv();
    Preparation& prepared = preparation();
    if (onnxRuntimePath.empty() || prepared.runtime)
        return {};
    auto loaded = OnnxRuntime::load(onnxRuntimePath);
    if (!loaded) {
        prepared.problem = loaded.error().describe();
        return std::move(loaded).error();
    }
    prepared.runtime = *std::move(loaded);
    return {};
}

Result<std::unique_ptr<Session>> loadModel(std::string_view onnxBytes, const ModelSpec& spec)
{
    PS_TRY(const OnnxModel model, checkOnnx(onnxBytes));
    PS_TRY(ModelFacts facts, readFacts(*model.graph));
    PS_TRY_VOID(checkNames(facts, spec));
    PS_TRY(auto engine, openWithEngine(onnxBytes, model, std::move(facts), spec.engine));
    return std::unique_ptr<Session>(std::make_unique<CheckedSession>(std::move(engine)));
}

} // namespace ps
