// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/onnx_runtime.h"

#include "core/base/text.h"
#include "core/inference/runtimes/protobuf.h"

#include <cstdlib>
#include <dlfcn.h>

namespace ps {

namespace {

Error error(ErrorCode code, std::string message)
{
    return {code, std::move(message), {}, 0};
}

template <typename Function>
void pick(Function& function, const void* table, std::size_t index)
{
    function = reinterpret_cast<Function>(static_cast<void* const*>(table)[index]);
}

/// Releases an object of the library by one of its functions.
template <typename T>
class Owned
{
public:
    explicit Owned(void (*release)(T*)) : m_release(release) {}
    ~Owned()
    {
        if (m_object)
            m_release(m_object);
    }
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;

    T* get() const { return m_object; }
    T** out() { return &m_object; }

private:
    T* m_object = nullptr;
    void (*m_release)(T*);
};

/// A ValueInfoProto of one float.
std::string tinyPort(std::string_view name)
{
    ProtobufWriter dimension;
    dimension.addNumber(1, 1);
    ProtobufWriter shape;
    shape.addBytes(1, dimension.bytes());
    ProtobufWriter tensor;
    tensor.addNumber(1, 1);
    tensor.addBytes(2, shape.bytes());
    ProtobufWriter type;
    type.addBytes(1, tensor.bytes());
    ProtobufWriter port;
    port.addBytes(1, name);
    port.addBytes(2, type.bytes());
    return port.take();
}

/// y = relu(x) for one number.
std::string tinyModel()
{
    ProtobufWriter node;
    node.addBytes(1, "x");
    node.addBytes(2, "y");
    node.addBytes(4, "Relu");
    ProtobufWriter graph;
    graph.addBytes(1, node.bytes());
    graph.addBytes(2, "g");
    graph.addBytes(11, tinyPort("x"));
    graph.addBytes(12, tinyPort("y"));
    ProtobufWriter operatorSet;
    operatorSet.addNumber(2, 13);
    ProtobufWriter model;
    model.addNumber(1, 7);
    model.addBytes(7, graph.bytes());
    model.addBytes(8, operatorSet.bytes());
    return model.take();
}

} // namespace

OnnxApi OnnxApi::fromTable(const void* table)
{
    OnnxApi api{};
    pick(api.getErrorCode, table, 1);
    pick(api.getErrorMessage, table, 2);
    pick(api.createEnv, table, 3);
    pick(api.disableTelemetry, table, 6);
    pick(api.createSessionFromArray, table, 8);
    pick(api.run, table, 9);
    pick(api.createSessionOptions, table, 10);
    pick(api.disableMemoryPattern, table, 17);
    pick(api.disableCpuArena, table, 19);
    pick(api.setGraphOptimization, table, 23);
    pick(api.setIntraOpThreads, table, 24);
    pick(api.setInterOpThreads, table, 25);
    pick(api.createTensor, table, 49);
    pick(api.isTensor, table, 50);
    pick(api.getTensorData, table, 51);
    pick(api.getElementType, table, 60);
    pick(api.getDimensionCount, table, 61);
    pick(api.getDimensions, table, 62);
    pick(api.getTensorInfo, table, 65);
    pick(api.createCpuMemoryInfo, table, 69);
    pick(api.releaseEnv, table, 92);
    pick(api.releaseStatus, table, 93);
    pick(api.releaseMemoryInfo, table, 94);
    pick(api.releaseSession, table, 95);
    pick(api.releaseValue, table, 96);
    pick(api.releaseTensorInfo, table, 99);
    pick(api.releaseSessionOptions, table, 100);
    return api;
}

// ---- the library ---------------------------------------------------------------------------------------------------

Result<std::shared_ptr<OnnxRuntime>> OnnxRuntime::load(const std::string& path)
{
    if (!path.starts_with('/'))
        return Error{ErrorCode::InvalidInput, "the path of ONNX Runtime is not absolute", path, 0};
    // Never unloaded: libraries of this size leave threads' destructors and locales behind.
    void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!library) {
        const char* reason = ::dlerror();
        return Error{ErrorCode::NotFound, "ONNX Runtime cannot be loaded: " + std::string(reason ? reason : ""), path,
                     0};
    }
    const auto getBase = reinterpret_cast<const OnnxApiBase* (*)()>(::dlsym(library, "OrtGetApiBase"));
    const OnnxApiBase* base = getBase ? getBase() : nullptr;
    if (!base)
        return Error{ErrorCode::VersionMismatch, "this library is no ONNX Runtime", path, 0};
    const std::shared_ptr<OnnxRuntime> runtime(new OnnxRuntime);
    if (const auto opened = runtime->open(base); !opened)
        return opened.error().in(path);
    return runtime;
}

Result<void> OnnxRuntime::open(const void* base)
{
    const auto* entry = static_cast<const OnnxApiBase*>(base);
    m_version = entry->getVersionString();
    const void* table = entry->getApi(kOnnxApiVersion);
    if (!table)
        return error(ErrorCode::VersionMismatch, "ONNX Runtime " + m_version + " is older than 1.18");
    m_api = OnnxApi::fromTable(table);
    PS_TRY_VOID(check(m_api.createEnv(kOnnxLogFatal, "proofsheet", &m_env), ErrorCode::VersionMismatch));
    PS_TRY_VOID(check(m_api.disableTelemetry(m_env), ErrorCode::VersionMismatch));
    PS_TRY_VOID(check(m_api.createCpuMemoryInfo(kOnnxDeviceAllocator, kOnnxDefaultMemory, &m_memory),
                      ErrorCode::VersionMismatch));
    return warmUp();
}

OnnxRuntime::~OnnxRuntime()
{
    if (m_memory)
        m_api.releaseMemoryInfo(m_memory);
    if (m_env)
        m_api.releaseEnv(m_env);
}

Result<void> OnnxRuntime::check(OrtStatus* status, ErrorCode otherwise) const
{
    if (!status)
        return {};
    const int number = m_api.getErrorCode(status);
    constexpr std::size_t kLongest = 400; // some name whole functions of the library
    const std::string text = std::string(m_api.getErrorMessage(status)).substr(0, kLongest);
    m_api.releaseStatus(status);
    ErrorCode code = otherwise;
    if (number == kOnnxInvalidProtobuf || number == kOnnxInvalidGraph)
        code = ErrorCode::Corrupt;
    else if (text.find("bad_alloc") != std::string::npos || text.find("Failed to allocate") != std::string::npos)
        code = ErrorCode::TooLarge;
    else if (number == kOnnxInvalidArgument)
        code = ErrorCode::InvalidInput;
    return Error{code, "ONNX Runtime " + m_version + ": " + displayText(trimmed(text)), {}, number};
}

// ---- sessions ------------------------------------------------------------------------------------------------------

Result<OrtSession*> OnnxRuntime::createSession(std::string_view onnxBytes)
{
    constexpr ErrorCode kOtherwise = ErrorCode::Unsupported;
    Owned<OrtSessionOptions> options(m_api.releaseSessionOptions);
    PS_TRY_VOID(check(m_api.createSessionOptions(options.out()), kOtherwise));
    // One thread per process, many processes: and a locked process can start none.
    PS_TRY_VOID(check(m_api.setIntraOpThreads(options.get(), 1), kOtherwise));
    PS_TRY_VOID(check(m_api.setInterOpThreads(options.get(), 1), kOtherwise));
    PS_TRY_VOID(check(m_api.setGraphOptimization(options.get(), kOnnxOptimizeAll), kOtherwise));
    OrtSession* session = nullptr;
    PS_TRY_VOID(check(m_api.createSessionFromArray(m_env, onnxBytes.data(), onnxBytes.size(), options.get(), &session),
                      kOtherwise));
    return session;
}

class OnnxSession final : public Session
{
public:
    OnnxSession(std::shared_ptr<OnnxRuntime> runtime, OrtSession* session, ModelFacts facts)
        : m_runtime(std::move(runtime)), m_session(session), m_facts(std::move(facts))
    {
    }
    ~OnnxSession() override { m_runtime->m_api.releaseSession(m_session); }

    const ModelFacts& facts() const override { return m_facts; }
    Result<Tensor> run(std::span<const float> input, std::span<const std::int64_t> shape,
                       std::string_view outputName) override;

private:
    Result<Tensor> read(OrtValue* value) const;
    Result<void> check(OrtStatus* status) const { return m_runtime->check(status, ErrorCode::Internal); }

    std::shared_ptr<OnnxRuntime> m_runtime;
    OrtSession* m_session;
    ModelFacts m_facts;
};

Result<Tensor> OnnxSession::run(std::span<const float> input, std::span<const std::int64_t> shape,
                                std::string_view outputName)
{
    const OnnxApi& api = m_runtime->m_api;
    Owned<OrtValue> value(api.releaseValue);
    // The interface has no const; the library only reads inputs.
    PS_TRY_VOID(check(api.createTensor(m_runtime->m_memory, const_cast<float*>(input.data()), input.size_bytes(),
                                       shape.data(), shape.size(), kOnnxElementFloat, value.out())));
    const std::string name(outputName.empty() ? std::string_view(m_facts.outputs.front().name) : outputName);
    const char* inputNames[] = {m_facts.inputs.front().name.c_str()};
    const char* outputNames[] = {name.c_str()};
    const OrtValue* inputs[] = {value.get()};
    Owned<OrtValue> output(api.releaseValue);
    PS_TRY_VOID(check(api.run(m_session, nullptr, inputNames, inputs, 1, outputNames, 1, output.out())));
    return read(output.get());
}

Result<Tensor> OnnxSession::read(OrtValue* value) const
{
    const OnnxApi& api = m_runtime->m_api;
    int isTensor = 0;
    PS_TRY_VOID(check(api.isTensor(value, &isTensor)));
    if (!isTensor)
        return error(ErrorCode::Unsupported, "an output of the model is no tensor");
    Owned<OrtTensorTypeAndShapeInfo> info(api.releaseTensorInfo);
    PS_TRY_VOID(check(api.getTensorInfo(value, info.out())));
    int elementType = 0;
    PS_TRY_VOID(check(api.getElementType(info.get(), &elementType)));
    if (elementType != kOnnxElementFloat)
        return error(ErrorCode::Unsupported, "an output of the model is no tensor of 32-bit floats");
    std::size_t rank = 0;
    PS_TRY_VOID(check(api.getDimensionCount(info.get(), &rank)));
    Tensor tensor;
    tensor.shape.resize(rank);
    PS_TRY_VOID(check(api.getDimensions(info.get(), tensor.shape.data(), rank)));
    std::size_t count = 1;
    for (const std::int64_t size : tensor.shape)
        count *= static_cast<std::size_t>(size);
    void* data = nullptr;
    PS_TRY_VOID(check(api.getTensorData(value, &data)));
    const auto* values = static_cast<const float*>(data);
    tensor.values.assign(values, values + count);
    return tensor;
}

Result<std::unique_ptr<Session>> OnnxRuntime::openSession(std::string_view onnxBytes, ModelFacts facts)
{
    PS_TRY(OrtSession * session, createSession(onnxBytes));
    facts.engine = ModelEngine::OnnxRuntime;
    facts.engineVersion = m_version;
    return std::unique_ptr<Session>(std::make_unique<OnnxSession>(shared_from_this(), session, std::move(facts)));
}

Result<void> OnnxRuntime::warmUp()
{
    ModelFacts facts;
    facts.inputs = {{"x", {1}}};
    facts.outputs = {{"y", {1}}};
    PS_TRY(const auto session, openSession(tinyModel(), std::move(facts)));
    const float input = -1;
    const std::int64_t shape = 1;
    PS_TRY(const Tensor output, session->run({&input, 1}, {&shape, 1}, "y"));
    if (output.values != std::vector<float>{0})
        return error(ErrorCode::VersionMismatch, "ONNX Runtime " + m_version + " gives wrong numbers");
    return {};
}

} // namespace ps
