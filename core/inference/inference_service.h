// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/image_service.h"
#include "core/imaging/image_source.h"
#include "core/inference/checkpoint.h"
#include "core/inference/embedding.h"
#include "core/inference/model_spec.h"
#include "core/worker/pool.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ps {

enum class InferenceOperation : std::uint16_t;

/// Runs models in worker processes; this process never looks at the bytes of images or models.
///
/// Each worker loads a model the first time it is asked for it and keeps it. Requests come twice, as in ImageService.
/// Errors of every request: those of ImageService for the model file and of each image for itself; Refused (external data,
/// custom operators, a pickle, a model whose hash is not the one of the spec); Unsupported (no engine for it, naming why);
/// Corrupt (also numbers that are not finite); Timeout; WorkerCrashed; Cancelled.
class InferenceService
{
public:
    struct Options {
        std::string workerPath;
        std::size_t workerCount = 0;                 ///< 0: one less than there are processors, at least 1
        std::string onnxRuntimePath;                 ///< of libonnxruntime; "" = look for it, see findOnnxRuntime()
        std::uint64_t memoryBytes = 6ULL << 30;      ///< of one worker
        std::chrono::milliseconds timeLimit{60'000}; ///< of one request
        ImageLimits limits;
        std::vector<std::string> workerEnvironment; ///< "NAME=value", for tests
    };

    template <typename T>
    using Callback = std::function<void(Result<T>)>;

    static Result<std::unique_ptr<InferenceService>> start(Options options);
    ~InferenceService();

    /// At most this many images go into one request.
    static constexpr std::size_t kMaxBatch = 16;

    /// Loads the model and says what it is. An empty `sha256` in the spec is not checked; the facts come with the hash seen.
    struct Inspection {
        ModelFacts facts;
        std::string sha256;
    };
    Result<Inspection> inspect(const ModelSpec& spec);

    /// One answer for each image, in order: an image that cannot be read keeps its slot (R68).
    JobId requestEmbeddings(const ModelSpec& spec, std::vector<ImageSource> images, Priority priority,
                            Callback<std::vector<Result<Embedding>>> done);
    Result<std::vector<Result<Embedding>>> embed(const ModelSpec& spec, std::vector<ImageSource> images);

    struct DetectionOptions {
        float minConfidence = 0.25F;
        float maxOverlap = 0.45F; ///< IoU above which the weaker of two boxes of one class is dropped
        int maxBoxes = 300;
    };
    Result<std::vector<Result<std::vector<Detection>>>> detect(const ModelSpec& spec, std::vector<ImageSource> images,
                                                               const DetectionOptions& options);

    /// The tensors of a `.pt` state dictionary. Errors also: see readCheckpoint().
    Result<std::vector<NamedTensor>> readCheckpoint(const ImageSource& file);

    bool cancel(JobId id);
    std::size_t workerCount() const;
    PoolHealth health() const;

private:
    struct Batch;

    explicit InferenceService(Options options);

    template <typename T>
    JobId submit(Priority priority, std::function<Result<T>(WorkerClient&)> work, Callback<T> done);
    template <typename T>
    Result<T> ask(std::function<Result<T>(WorkerClient&)> work);
    template <typename T>
    Result<std::vector<Result<T>>>
    inBatches(const std::vector<ImageSource>& images,
              std::function<Result<std::vector<Result<T>>>(WorkerClient&, std::vector<ImageSource>)> work);

    template <typename Operation>
    WorkerRequest makeRequest(Operation operation, std::string body) const;
    template <typename T>
    Result<std::vector<Result<T>>> attempt(WorkerClient& client, InferenceOperation operation, const Batch& batch,
                                           const std::vector<std::size_t>& slots,
                                           Result<std::vector<Result<T>>> (*decode)(std::string_view));
    template <typename T>
    Result<std::vector<Result<T>>> runOn(WorkerClient& client, InferenceOperation operation, const Batch& batch,
                                         Result<std::vector<Result<T>>> (*decode)(std::string_view),
                                         const std::function<Result<void>(const T&)>& check);
    Result<Batch> openBatch(const ModelSpec& spec, const std::vector<ImageSource>& images,
                            const DetectionOptions& detection) const;
    Result<std::vector<Result<Embedding>>> embedOn(WorkerClient& client, const ModelSpec& spec,
                                                   const std::vector<ImageSource>& images);
    Result<std::vector<Result<std::vector<Detection>>>> detectOn(WorkerClient& client, const ModelSpec& spec,
                                                                 const std::vector<ImageSource>& images,
                                                                 const DetectionOptions& options);

    Options m_options;
    std::unique_ptr<WorkerPool> m_pool;
};

} // namespace ps
