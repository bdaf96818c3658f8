// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"
#include "core/imaging/image_types.h"
#include "core/inference/checkpoint.h"
#include "core/inference/embedding.h"
#include "core/inference/inference_service.h"
#include "core/inference/model_spec.h"
#include "core/worker/messages.h"

#include <string>
#include <string_view>
#include <vector>

namespace ps {

// The bodies of the requests between InferenceService and the model handler of a worker, and of their answers. Every decode
// function gives Corrupt for anything but exactly one well-formed body.

/// Named in the worker's Hello.
constexpr std::string_view kInferenceCapability = "models";

enum class InferenceOperation : std::uint16_t {
    Inspect = 0x0120,        ///< descriptors: the model, none for the built-in one
    Embed = 0x0121,          ///< the model, none for the built-in one; then the images
    Detect = 0x0122,         ///< the same
    ReadCheckpoint = 0x0123, ///< the file
};
constexpr std::uint16_t kFirstInferenceOperation = 0x0120;
constexpr std::uint16_t kLastInferenceOperation = 0x0123;

/// More than any embedder gives; keeps a full batch within one frame.
constexpr std::size_t kMaxEmbeddingSize = 8192;
/// The most boxes of one image.
constexpr std::size_t kMaxDetections = 1000;
/// ONNX is a protocol buffer, which ends here.
constexpr std::int64_t kMaxModelBytes = (std::int64_t{1} << 31) - 1;
constexpr std::int64_t kMaxCheckpointBytes = std::int64_t{64} << 20;

/// Which model a request is about. The path of the spec stays in the program.
struct ModelRequest {
    ModelSpec spec;
    FileIdentity identity; ///< of the model file as it was opened; all zero for the built-in one
    bool operator==(const ModelRequest&) const = default;
};
std::string encode(const ModelRequest& request);
Result<ModelRequest> decodeModelRequest(std::string_view body);

struct InspectAnswer {
    ModelFacts facts;
    std::string sha256; ///< of the bytes that were loaded, "" for the built-in one
    bool operator==(const InspectAnswer&) const = default;
};
std::string encode(const InspectAnswer& answer);
Result<InspectAnswer> decodeInspectAnswer(std::string_view body);

/// Embed and Detect.
struct ImagesRequest {
    ModelRequest model;
    ImageLimits limits;
    InferenceService::DetectionOptions detection; ///< of Detect only
    std::vector<std::int64_t> fileBytes;          ///< of each image
};
std::string encode(const ImagesRequest& request);
Result<ImagesRequest> decodeImagesRequest(std::string_view body);

struct EmbedAnswer {
    std::vector<Result<Embedding>> embeddings; ///< one for each image
};
std::string encode(const EmbedAnswer& answer);
Result<EmbedAnswer> decodeEmbedAnswer(std::string_view body);

struct DetectAnswer {
    std::vector<Result<std::vector<Detection>>> detections; ///< one list for each image
};
std::string encode(const DetectAnswer& answer);
Result<DetectAnswer> decodeDetectAnswer(std::string_view body);

/// Tensors are larger than a frame, so they come in a file that the program made: second descriptor.
struct CheckpointRequest {
    std::int64_t fileBytes = 0;
    bool operator==(const CheckpointRequest&) const = default;
};
std::string encode(const CheckpointRequest& request);
Result<CheckpointRequest> decodeCheckpointRequest(std::string_view body);

/// What the file in memory holds.
std::string encode(const std::vector<NamedTensor>& tensors);
Result<std::vector<NamedTensor>> decodeTensors(std::string_view bytes);

} // namespace ps
