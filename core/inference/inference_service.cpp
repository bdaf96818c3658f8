// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/inference_service.h"

#include "core/imaging/image_service_jobs.h"
#include "core/inference/find_onnx_runtime.h"
#include "core/inference/inference_protocol.h"
#include "core/worker/sandbox.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <future>
#include <sys/mman.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace ps {

namespace {

/// What the tensors of a checkpoint can take, names and shapes included.
constexpr std::size_t kMaxTensorBytes = static_cast<std::size_t>(kMaxCheckpointBytes) * 2;

/// What the workers load. A path that somebody named goes to them even when there is nothing: they say so with the first model
/// that needs it, and all else works.
std::string onnxRuntimeFor(const InferenceService::Options& options)
{
    auto found = findOnnxRuntime(options.onnxRuntimePath);
    if (found)
        return found->path;
    const char* variable = std::getenv(kOnnxRuntimeVariable);
    const bool isNamed = !options.onnxRuntimePath.empty() || (variable && *variable != '\0');
    return isNamed ? found.error().context : std::string();
}

WorkerPool::Options poolOptions(const InferenceService::Options& options)
{
    WorkerPool::Options pool;
    pool.program.path = options.workerPath;
    pool.program.environment = options.workerEnvironment;
    pool.program.environment.push_back(std::string(kWorkerRoleVariable) + '=' + std::string(kInferenceCapability));
    pool.program.environment.push_back(std::string(kWorkerMemoryVariable) + '=' + std::to_string(options.memoryBytes));
    if (const std::string path = onnxRuntimeFor(options); !path.empty())
        pool.program.environment.push_back(std::string(kOnnxRuntimeVariable) + '=' + path);
    pool.workerCount = options.workerCount;
    if (pool.workerCount == 0)
        pool.workerCount = std::max(2U, std::thread::hardware_concurrency()) - 1;
    return pool;
}

bool isBuiltin(const ModelSpec& spec)
{
    return spec.engine == ModelEngine::Builtin;
}

/// The model file, open, or nothing for the built-in one.
Result<std::optional<OpenImage>> openModel(const ModelSpec& spec)
{
    if (isBuiltin(spec)) {
        if (spec.name != kBuiltinEmbedderName || spec.kind != ModelKind::Embedder)
            return Error{ErrorCode::Unsupported, "there is no built-in model of this name", spec.name, 0};
        return std::optional<OpenImage>();
    }
    UniqueFd file(::open(spec.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file.isOpen())
        return errnoError("cannot open the model", spec.path, errno);
    auto opened = named(ImageSource(std::move(file)).open(kMaxModelBytes), spec.path);
    if (!opened)
        return std::move(opened).error();
    opened->name = spec.path;
    return std::optional<OpenImage>(*std::move(opened));
}

ModelRequest modelRequest(const ModelSpec& spec, const std::optional<OpenImage>& model)
{
    return {spec, model ? model->identity : FileIdentity{}};
}

Error lie(std::string what)
{
    return {ErrorCode::Corrupt, "the worker's answer is not acceptable: " + std::move(what), {}, 0};
}

/// Whether a failure says something about one of the images or only about the company that it was in.
bool concernsWholeBatch(const Error& error)
{
    return error.code == ErrorCode::WorkerCrashed || error.code == ErrorCode::Timeout;
}

Result<void> checkEmbedding(const ModelSpec& spec, const Embedding& embedding)
{
    if (isBuiltin(spec) && embedding.values.size() != static_cast<std::size_t>(kBuiltinEmbeddingSize))
        return lie("an embedding has " + std::to_string(embedding.values.size()) + " numbers");
    return {};
}

Result<void> checkDetections(const ModelSpec& spec, const InferenceService::DetectionOptions& options,
                             const std::vector<Detection>& detections)
{
    if (detections.size() > static_cast<std::size_t>(std::max(0, options.maxBoxes)))
        return lie("it has more boxes than were asked for");
    const auto hasName = [&](const Detection& found) {
        return static_cast<std::size_t>(found.classIndex) < spec.classNames.size();
    };
    if (!spec.classNames.empty() && !std::ranges::all_of(detections, hasName))
        return lie("it has boxes of a class that the model does not have");
    return {};
}

} // namespace

/// Some images on their way through a worker. An image that cannot be opened has its answer already.
struct InferenceService::Batch {
    const ModelSpec& spec;
    DetectionOptions detection;
    std::vector<Result<OpenImage>> images;

    std::vector<std::size_t> openSlots() const
    {
        std::vector<std::size_t> slots;
        for (std::size_t i = 0; i < images.size(); ++i) {
            if (images[i])
                slots.push_back(i);
        }
        return slots;
    }
};

Result<std::unique_ptr<InferenceService>> InferenceService::start(Options options)
{
    if (::access(options.workerPath.c_str(), X_OK) != 0)
        return Error{ErrorCode::NotFound, "the worker program cannot be run", options.workerPath, errno};
    try {
        return std::unique_ptr<InferenceService>(new InferenceService(std::move(options)));
    } catch (const std::system_error& error) { // the system has no threads left
        return Error{ErrorCode::Io, std::string("cannot start threads: ") + error.what(), {}, error.code().value()};
    }
}

InferenceService::InferenceService(Options options)
    : m_options(std::move(options)), m_pool(std::make_unique<WorkerPool>(poolOptions(m_options)))
{
}

InferenceService::~InferenceService() = default;

// ---- the requests --------------------------------------------------------------------------------------------------

template <typename T>
JobId InferenceService::submit(Priority priority, std::function<Result<T>(WorkerClient&)> work, Callback<T> done)
{
    return submitJob<T>(*m_pool, priority, std::move(work), std::move(done));
}

template <typename T>
Result<T> InferenceService::ask(std::function<Result<T>(WorkerClient&)> work)
{
    return waitFor<T>([&](Callback<T> done) { submit<T>(Priority::Visible, std::move(work), std::move(done)); });
}

Result<InferenceService::Inspection> InferenceService::inspect(const ModelSpec& spec)
{
    return ask<Inspection>([&](WorkerClient& client) -> Result<Inspection> {
        PS_TRY(const std::optional<OpenImage> model, openModel(spec));
        WorkerRequest request = makeRequest(InferenceOperation::Inspect, encode(modelRequest(spec, model)));
        if (model) {
            request.itemKey = model->itemKey();
            request.descriptors.push_back(model->file->get());
        }
        PS_TRY(const std::string body, named(client.call(request), spec.path));
        if (model)
            PS_TRY_VOID(model->checkUnchanged());
        PS_TRY(InspectAnswer answer, decodeInspectAnswer(body));
        if (model.has_value() == answer.sha256.empty() || (!spec.sha256.empty() && answer.sha256 != spec.sha256))
            return lie("it is about another model").in(spec.path);
        return Inspection{std::move(answer.facts), std::move(answer.sha256)};
    });
}

JobId InferenceService::requestEmbeddings(const ModelSpec& spec, std::vector<ImageSource> images, Priority priority,
                                          Callback<std::vector<Result<Embedding>>> done)
{
    return submit<std::vector<Result<Embedding>>>(
        priority,
        [this, spec, images = std::move(images)](WorkerClient& client) { return embedOn(client, spec, images); },
        std::move(done));
}

template <typename T>
Result<std::vector<Result<T>>>
InferenceService::inBatches(const std::vector<ImageSource>& images,
                            std::function<Result<std::vector<Result<T>>>(WorkerClient&, std::vector<ImageSource>)> work)
{
    using Slots = std::vector<Result<T>>;
    const std::size_t share = (images.size() + workerCount() - 1) / workerCount();
    const std::size_t step = std::clamp<std::size_t>(share, 1, kMaxBatch);
    std::vector<std::future<Result<Slots>>> answers;
    for (std::size_t begin = 0; begin < images.size(); begin += step) {
        const auto first = images.begin() + static_cast<std::ptrdiff_t>(begin);
        std::vector<ImageSource> some(first,
                                      first + static_cast<std::ptrdiff_t>(std::min(step, images.size() - begin)));
        auto promise = std::make_shared<std::promise<Result<Slots>>>();
        answers.push_back(promise->get_future());
        submit<Slots>(
            Priority::Visible, [&work, some = std::move(some)](WorkerClient& client) { return work(client, some); },
            [promise](Result<Slots> slots) { promise->set_value(std::move(slots)); });
    }
    Slots all;
    std::optional<Error> problem;
    for (auto& answer : answers) { // all of them, because the jobs use what lives here
        auto slots = answer.get();
        if (!slots)
            problem = problem ? problem : std::optional(slots.error());
        else
            std::move(slots->begin(), slots->end(), std::back_inserter(all));
    }
    if (problem)
        return *std::move(problem);
    return all;
}

Result<std::vector<Result<Embedding>>> InferenceService::embed(const ModelSpec& spec, std::vector<ImageSource> images)
{
    return inBatches<Embedding>(images, [&](WorkerClient& client, const std::vector<ImageSource>& some) {
        return embedOn(client, spec, some);
    });
}

Result<std::vector<Result<std::vector<Detection>>>>
InferenceService::detect(const ModelSpec& spec, std::vector<ImageSource> images, const DetectionOptions& options)
{
    return inBatches<std::vector<Detection>>(images, [&](WorkerClient& client, const std::vector<ImageSource>& some) {
        return detectOn(client, spec, some, options);
    });
}

Result<std::vector<NamedTensor>> InferenceService::readCheckpoint(const ImageSource& file)
{
    return ask<std::vector<NamedTensor>>([&](WorkerClient& client) -> Result<std::vector<NamedTensor>> {
        PS_TRY(const OpenImage checkpoint, file.open(kMaxCheckpointBytes));
        const UniqueFd memory(::memfd_create("proofsheet-tensors", MFD_CLOEXEC));
        if (!memory.isOpen())
            return errnoError("cannot make shared memory", {}, errno);
        WorkerRequest request = makeRequest(InferenceOperation::ReadCheckpoint,
                                            encode(CheckpointRequest{checkpoint.identity.sizeBytes}));
        request.itemKey = checkpoint.itemKey();
        request.descriptors = {checkpoint.file->get(), memory.get()};
        PS_TRY(const std::string body, named(client.call(request), checkpoint.name));
        PS_TRY_VOID(checkpoint.checkUnchanged());
        if (!body.empty())
            return lie("it is not empty").in(checkpoint.name);
        if (::lseek(memory.get(), 0, SEEK_SET) != 0)
            return errnoError("cannot read shared memory", {}, errno);
        PS_TRY(const std::string bytes, readAll(memory.get(), kMaxTensorBytes)); // a copy that nobody can change
        return named(decodeTensors(bytes), checkpoint.name);
    });
}

// ---- what happens on the pool thread -------------------------------------------------------------------------------

template <typename Operation>
WorkerRequest InferenceService::makeRequest(Operation operation, std::string body) const
{
    WorkerRequest request;
    request.operation = static_cast<std::uint16_t>(operation);
    request.body = std::move(body);
    request.timeLimit = m_options.timeLimit;
    return request;
}

/// One attempt with the images in these slots. The outcome is about all of them or has one answer for each.
template <typename T>
Result<std::vector<Result<T>>> InferenceService::attempt(WorkerClient& client, InferenceOperation operation,
                                                         const Batch& batch, const std::vector<std::size_t>& slots,
                                                         Result<std::vector<Result<T>>> (*decode)(std::string_view))
{
    PS_TRY(const std::optional<OpenImage> model, openModel(batch.spec));
    ImagesRequest message;
    message.model = modelRequest(batch.spec, model);
    message.limits = m_options.limits;
    message.detection = batch.detection;
    std::vector<int> descriptors;
    if (model)
        descriptors.push_back(model->file->get());
    for (const std::size_t slot : slots) {
        message.fileBytes.push_back(batch.images[slot]->identity.sizeBytes);
        descriptors.push_back(batch.images[slot]->file->get());
    }
    WorkerRequest request = makeRequest(operation, encode(message));
    request.descriptors = std::move(descriptors);
    if (slots.size() == 1) // only then is it clear who kills workers
        request.itemKey = batch.images[slots.front()]->itemKey() + (model ? '@' + model->itemKey() : std::string());
    PS_TRY(const std::string body, client.call(request));
    if (model)
        PS_TRY_VOID(model->checkUnchanged());
    PS_TRY(std::vector<Result<T>> answers, decode(body));
    if (answers.size() != slots.size())
        return lie("it is about another number of images");
    return answers;
}

template <typename T>
Result<std::vector<Result<T>>> InferenceService::runOn(WorkerClient& client, InferenceOperation operation,
                                                       const Batch& batch,
                                                       Result<std::vector<Result<T>>> (*decode)(std::string_view),
                                                       const std::function<Result<void>(const T&)>& check)
{
    const std::vector<std::size_t> slots = batch.openSlots();
    std::vector<Result<T>> results;
    for (const Result<OpenImage>& image : batch.images)
        results.emplace_back(image ? Error{ErrorCode::Internal, "there is no answer", image->name, 0} : image.error());
    const auto take = [&](std::size_t slot, Result<T> answer) {
        const OpenImage& image = *batch.images[slot];
        if (answer) {
            if (const auto checked = check(*answer); !checked)
                answer = checked.error();
            else if (const auto unchanged = image.checkUnchanged(); !unchanged)
                answer = unchanged.error();
        }
        results[slot] = named(std::move(answer), image.name);
    };
    if (slots.empty())
        return results;
    auto answers = attempt<T>(client, operation, batch, slots, decode);
    if (answers) {
        for (std::size_t i = 0; i < slots.size(); ++i)
            take(slots[i], std::move((*answers)[i]));
        return results;
    }
    if (!concernsWholeBatch(answers.error()))
        return answers.error();
    // One of them kills workers. Each by itself, so that only that one has no answer.
    for (const std::size_t slot : slots) {
        auto single = attempt<T>(client, operation, batch, {slot}, decode);
        if (!single && !concernsWholeBatch(single.error()))
            return single.error();
        take(slot, single ? std::move(single->front()) : Result<T>(single.error()));
    }
    return results;
}

Result<InferenceService::Batch> InferenceService::openBatch(const ModelSpec& spec,
                                                            const std::vector<ImageSource>& images,
                                                            const DetectionOptions& detection) const
{
    if (images.size() > kMaxBatch)
        return Error{ErrorCode::InvalidInput, "a batch has at most " + std::to_string(kMaxBatch) + " images", {}, 0};
    Batch batch{spec, detection, {}};
    for (const ImageSource& image : images)
        batch.images.push_back(image.open(m_options.limits.maxFileBytes));
    return batch;
}

Result<std::vector<Result<Embedding>>> InferenceService::embedOn(WorkerClient& client, const ModelSpec& spec,
                                                                 const std::vector<ImageSource>& images)
{
    PS_TRY(const Batch batch, openBatch(spec, images, {}));
    const auto decode = [](std::string_view body) -> Result<std::vector<Result<Embedding>>> {
        PS_TRY(EmbedAnswer answer, decodeEmbedAnswer(body));
        return std::move(answer.embeddings);
    };
    return runOn<Embedding>(client, InferenceOperation::Embed, batch, decode,
                            [&](const Embedding& embedding) { return checkEmbedding(spec, embedding); });
}

Result<std::vector<Result<std::vector<Detection>>>> InferenceService::detectOn(WorkerClient& client,
                                                                               const ModelSpec& spec,
                                                                               const std::vector<ImageSource>& images,
                                                                               const DetectionOptions& options)
{
    PS_TRY(const Batch batch, openBatch(spec, images, options));
    const auto decode = [](std::string_view body) -> Result<std::vector<Result<std::vector<Detection>>>> {
        PS_TRY(DetectAnswer answer, decodeDetectAnswer(body));
        return std::move(answer.detections);
    };
    return runOn<std::vector<Detection>>(
        client, InferenceOperation::Detect, batch, decode,
        [&](const std::vector<Detection>& detections) { return checkDetections(spec, options, detections); });
}

bool InferenceService::cancel(JobId id)
{
    return m_pool->cancel(id);
}

std::size_t InferenceService::workerCount() const
{
    return m_pool->workerCount();
}

PoolHealth InferenceService::health() const
{
    return m_pool->health();
}

} // namespace ps
