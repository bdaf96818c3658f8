// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/engine.h"

#include "core/base/text.h"
#include "core/inference/runtimes/onnx_check.h"
#include "core/inference/runtimes/onnx_runtime.h"
#include "core/inference/runtimes/opencv_dnn.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace ps {

namespace {

constexpr std::size_t kMostOutputNumbers = std::size_t{1} << 28;

Error error(ErrorCode code, std::string message)
{
    return {code, std::move(message), {}, 0};
}

/// The one that prepareEngines() loaded, for the rest of the process.
std::shared_ptr<OnnxRuntime>& loadedRuntime()
{
    static std::shared_ptr<OnnxRuntime> runtime;
    return runtime;
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

/// Checks what goes in and what comes out, and cuts batches to the size that the model insists on.
class CheckedSession final : public Session
{
public:
    explicit CheckedSession(std::unique_ptr<Session> engine) : m_engine(std::move(engine)) {}

    const ModelFacts& facts() const override { return m_engine->facts(); }
    Result<Tensor> run(std::span<const float> input, std::span<const std::int64_t> shape,
                       std::string_view outputName) override;

private:
    Result<void> checkInput(std::span<const float> input, std::span<const std::int64_t> shape) const;
    Result<Tensor> runChecked(std::span<const float> input, std::span<const std::int64_t> shape,
                              std::string_view outputName);
    Result<void> runPart(std::span<const float> input, std::vector<std::int64_t> shape, std::string_view outputName,
                         Tensor& whole);

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
    for (std::size_t i = 1; i < wanted.size(); ++i) {
        if (wanted[i] > 0 && wanted[i] != shape[i])
            return error(ErrorCode::InvalidInput, "dimension " + std::to_string(i) + " of the input is " +
                                                      std::to_string(shape[i]) + ", and the model wants " +
                                                      std::to_string(wanted[i]));
    }
    return {};
}

Result<Tensor> CheckedSession::runChecked(std::span<const float> input, std::span<const std::int64_t> shape,
                                          std::string_view outputName)
{
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
    if (!std::all_of(output.values.begin(), output.values.end(), [](float value) { return std::isfinite(value); }))
        return error(ErrorCode::Corrupt, "the model gave numbers that are not finite");
    return output;
}

/// Runs one batch of the model's own size and appends what belongs to the caller's images to `whole`.
Result<void> CheckedSession::runPart(std::span<const float> input, std::vector<std::int64_t> shape,
                                     std::string_view outputName, Tensor& whole)
{
    const std::int64_t size = facts().inputs.front().shape[0];
    const std::int64_t wanted = shape[0];
    shape[0] = size;
    std::vector<float> padded(input.begin(), input.end());
    padded.resize(input.size() / static_cast<std::size_t>(wanted) * static_cast<std::size_t>(size));
    PS_TRY(Tensor part, runChecked(padded, shape, outputName));
    if (part.shape.empty() || part.shape[0] != size)
        return error(ErrorCode::Unsupported, "the output of the model has no dimension for the batch");
    const auto used = part.values.size() / static_cast<std::size_t>(size) * static_cast<std::size_t>(wanted);
    whole.values.insert(whole.values.end(), part.values.begin(),
                        part.values.begin() + static_cast<std::ptrdiff_t>(used));
    part.shape[0] = (whole.shape.empty() ? 0 : whole.shape[0]) + wanted;
    whole.shape = std::move(part.shape);
    return {};
}

Result<Tensor> CheckedSession::run(std::span<const float> input, std::span<const std::int64_t> shape,
                                   std::string_view outputName)
{
    PS_TRY_VOID(checkInput(input, shape));
    const auto& wanted = facts().inputs.front().shape;
    const std::int64_t batch = wanted.empty() ? -1 : wanted[0];
    if (batch < 1 || batch == shape[0])
        return runChecked(input, shape, outputName);
    const std::size_t perImage = input.size() / static_cast<std::size_t>(shape[0]);
    Tensor whole;
    for (std::int64_t first = 0; first < shape[0]; first += batch) {
        const std::int64_t count = std::min(batch, shape[0] - first);
        const auto part = input.subspan(static_cast<std::size_t>(first) * perImage,
                                        static_cast<std::size_t>(count) * perImage);
        PS_TRY_VOID(runPart(part, {count, shape[1], shape[2], shape[3]}, outputName, whole));
    }
    return whole;
}

Result<std::unique_ptr<Session>> openWithEngine(std::string_view bytes, const OnnxModel& model, ModelFacts facts,
                                                ModelEngine engine)
{
    switch (engine) {
    case ModelEngine::OnnxRuntime:
        if (const auto& runtime = loadedRuntime())
            return runtime->openSession(bytes, std::move(facts));
        return openWithOpenCv(model, std::move(facts));
    case ModelEngine::OpenCvDnn: return openWithOpenCv(model, std::move(facts));
    case ModelEngine::Builtin: break;
    }
    return error(ErrorCode::InvalidInput, "the built-in embedder has no file");
}

} // namespace

Result<void> prepareEngines(const std::string& onnxRuntimePath)
{
    prepareOpenCv();
    if (onnxRuntimePath.empty() || loadedRuntime())
        return {};
    PS_TRY(loadedRuntime(), OnnxRuntime::load(onnxRuntimePath));
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
