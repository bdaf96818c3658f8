// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/inference_protocol.h"

#include "core/imaging/wire_values.h"
#include "core/worker/messages.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace ps {

namespace {

constexpr std::size_t kMaxNameBytes = 512;
constexpr std::size_t kMaxPreprocessingBytes = 4096;
constexpr std::size_t kMaxClasses = 4096;
constexpr std::size_t kMaxPorts = 64;
constexpr std::size_t kMaxDimensions = 16;
constexpr std::size_t kMaxErrorBytes = std::size_t{64} << 10;
constexpr std::size_t kShaDigits = 64;
constexpr std::size_t kMaxTensors = 4096;
constexpr float kLargestMeasure = 1e6F;

bool isSha256(std::string_view text)
{
    const auto isDigit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == kShaDigits && std::all_of(text.begin(), text.end(), isDigit);
}

void putFloat(ByteWriter& writer, float value)
{
    writer.u32(std::bit_cast<std::uint32_t>(value));
}

/// Anything that is not a finite number counts as damage.
float takeFloat(ByteReader& reader)
{
    const auto value = std::bit_cast<float>(reader.u32());
    if (std::isfinite(value))
        return value;
    reader.fail();
    return 0;
}

std::string takeSha256(ByteReader& reader)
{
    std::string hash = reader.text(kShaDigits);
    if (!hash.empty() && !isSha256(hash))
        reader.fail();
    return hash;
}

/// A count that comes from the bytes.
std::size_t takeCount(ByteReader& reader, std::size_t most)
{
    const std::size_t count = reader.u32();
    if (count <= most)
        return count;
    reader.fail();
    return 0;
}

template <typename Enum>
Enum takeEnum(ByteReader& reader, Enum last)
{
    const std::uint8_t value = reader.u8();
    if (value > static_cast<std::uint8_t>(last))
        reader.fail();
    return reader.isGood() ? static_cast<Enum>(value) : Enum{};
}

// ---- the model -----------------------------------------------------------------------------------------------------

void put(ByteWriter& writer, const ModelSpec& spec)
{
    writer.text(spec.name);
    writer.u8(static_cast<std::uint8_t>(spec.kind));
    writer.u8(static_cast<std::uint8_t>(spec.engine));
    writer.text(spec.sha256);
    writer.text(spec.preprocessing.toJson());
    writer.text(spec.inputName);
    writer.text(spec.outputName);
    writer.u32(static_cast<std::uint32_t>(spec.classNames.size()));
    for (const std::string& name : spec.classNames)
        writer.text(name);
}

Preprocessing takePreprocessing(ByteReader& reader)
{
    const auto preprocessing = Preprocessing::fromJson(reader.text(kMaxPreprocessingBytes));
    if (preprocessing)
        return *preprocessing;
    reader.fail();
    return {};
}

ModelSpec takeSpec(ByteReader& reader)
{
    ModelSpec spec;
    spec.name = reader.text(kMaxNameBytes);
    spec.kind = takeEnum(reader, ModelKind::Detector);
    spec.engine = takeEnum(reader, ModelEngine::OpenCvDnn);
    spec.sha256 = takeSha256(reader);
    spec.preprocessing = takePreprocessing(reader);
    spec.inputName = reader.text(kMaxNameBytes);
    spec.outputName = reader.text(kMaxNameBytes);
    const std::size_t count = takeCount(reader, kMaxClasses);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i)
        spec.classNames.push_back(reader.text(kMaxNameBytes));
    return spec;
}

void put(ByteWriter& writer, const ModelRequest& request)
{
    put(writer, request.spec);
    writer.u64(request.identity.device);
    writer.u64(request.identity.inode);
    writer.i64(request.identity.sizeBytes);
    writer.i64(request.identity.modifiedNs);
}

ModelRequest takeModelRequest(ByteReader& reader)
{
    ModelRequest request;
    request.spec = takeSpec(reader);
    request.identity.device = reader.u64();
    request.identity.inode = reader.u64();
    request.identity.sizeBytes = reader.i64();
    request.identity.modifiedNs = reader.i64();
    if (request.identity.sizeBytes < 0 || request.identity.sizeBytes > kMaxModelBytes)
        reader.fail();
    return request;
}

void put(ByteWriter& writer, const std::vector<ModelFacts::Port>& ports)
{
    writer.u32(static_cast<std::uint32_t>(ports.size()));
    for (const ModelFacts::Port& port : ports) {
        writer.text(port.name);
        writer.u32(static_cast<std::uint32_t>(port.shape.size()));
        for (const std::int64_t length : port.shape)
            writer.i64(length);
    }
}

std::vector<ModelFacts::Port> takePorts(ByteReader& reader)
{
    std::vector<ModelFacts::Port> ports;
    const std::size_t count = takeCount(reader, kMaxPorts);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i) {
        ModelFacts::Port port;
        port.name = reader.text(kMaxNameBytes);
        const std::size_t dimensions = takeCount(reader, kMaxDimensions);
        for (std::size_t d = 0; d < dimensions && reader.isGood(); ++d) {
            port.shape.push_back(reader.i64());
            if (port.shape.back() < -1)
                reader.fail();
        }
        ports.push_back(std::move(port));
    }
    return ports;
}

// ---- what models give ----------------------------------------------------------------------------------------------

void put(ByteWriter& writer, const FractionBox& box)
{
    for (const double value : {box.x1, box.y1, box.x2, box.y2})
        writer.f64(value);
}

FractionBox takeBox(ByteReader& reader)
{
    FractionBox box;
    for (double* value : {&box.x1, &box.y1, &box.x2, &box.y2})
        *value = reader.f64();
    if (!box.isValid()) // false for NaN, too
        reader.fail();
    return box;
}

void put(ByteWriter& writer, const std::optional<FractionBox>& box)
{
    writer.boolean(box.has_value());
    if (box)
        put(writer, *box);
}

std::optional<FractionBox> takeOptionalBox(ByteReader& reader)
{
    if (!reader.boolean())
        return std::nullopt;
    return takeBox(reader);
}

void put(ByteWriter& writer, const QualityMeasures& measures)
{
    for (const float value : measures.values)
        putFloat(writer, value);
    put(writer, measures.subject);
    put(writer, measures.worst);
}

QualityMeasures takeMeasures(ByteReader& reader)
{
    QualityMeasures measures;
    for (float& value : measures.values) {
        value = takeFloat(reader);
        if (value < 0 || value > kLargestMeasure)
            reader.fail();
    }
    measures.subject = takeOptionalBox(reader);
    measures.worst = takeOptionalBox(reader);
    return measures;
}

void put(ByteWriter& writer, const Embedding& embedding)
{
    writer.u32(static_cast<std::uint32_t>(embedding.values.size()));
    for (const float value : embedding.values)
        putFloat(writer, value);
    writer.text(embedding.sha256);
    put(writer, embedding.size);
    put(writer, embedding.measures);
}

Embedding takeEmbedding(ByteReader& reader)
{
    Embedding embedding;
    const std::size_t count = takeCount(reader, kMaxEmbeddingSize);
    embedding.values.reserve(count);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i)
        embedding.values.push_back(takeFloat(reader));
    embedding.sha256 = reader.text(kShaDigits);
    embedding.size = takeSize(reader);
    embedding.measures = takeMeasures(reader);
    if (!isSha256(embedding.sha256) || embedding.size.isEmpty() || embedding.values.empty())
        reader.fail();
    return embedding;
}

void put(ByteWriter& writer, const std::vector<Detection>& detections)
{
    writer.u32(static_cast<std::uint32_t>(detections.size()));
    for (const Detection& detection : detections) {
        put(writer, detection.box);
        writer.i32(detection.classIndex);
        putFloat(writer, detection.confidence);
    }
}

std::vector<Detection> takeDetections(ByteReader& reader)
{
    std::vector<Detection> detections;
    const std::size_t count = takeCount(reader, kMaxDetections);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i) {
        Detection detection;
        detection.box = takeBox(reader);
        detection.classIndex = reader.i32();
        detection.confidence = takeFloat(reader);
        if (detection.classIndex < 0 || detection.confidence < 0 || detection.confidence > 1)
            reader.fail();
        detections.push_back(detection);
    }
    return detections;
}

/// One answer for each image: the thing, or why there is none.
template <typename T>
std::string encodeSlots(const std::vector<Result<T>>& slots)
{
    ByteWriter writer;
    writer.u32(static_cast<std::uint32_t>(slots.size()));
    for (const Result<T>& slot : slots) {
        writer.boolean(slot.has_value());
        if (slot)
            put(writer, *slot);
        else
            writer.text(encodeFailed(slot.error()));
    }
    return writer.take();
}

template <typename T>
Result<std::vector<Result<T>>> decodeSlots(std::string_view body, T (*take)(ByteReader&), std::string_view what)
{
    ByteReader reader(body);
    std::vector<Result<T>> slots;
    const std::size_t count = takeCount(reader, InferenceService::kMaxBatch);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i) {
        if (reader.boolean())
            slots.emplace_back(take(reader));
        else
            slots.emplace_back(decodeFailed(reader.text(kMaxErrorBytes)));
    }
    PS_TRY_VOID(reader.finish(what));
    return slots;
}

} // namespace

std::string encode(const ModelRequest& request)
{
    ByteWriter writer;
    put(writer, request);
    return writer.take();
}

Result<ModelRequest> decodeModelRequest(std::string_view body)
{
    ByteReader reader(body);
    ModelRequest request = takeModelRequest(reader);
    PS_TRY_VOID(reader.finish("the request about a model"));
    return request;
}

std::string encode(const InspectAnswer& answer)
{
    ByteWriter writer;
    put(writer, answer.facts.inputs);
    put(writer, answer.facts.outputs);
    writer.u8(static_cast<std::uint8_t>(answer.facts.engine));
    writer.text(answer.facts.engineVersion);
    writer.text(answer.sha256);
    return writer.take();
}

Result<InspectAnswer> decodeInspectAnswer(std::string_view body)
{
    ByteReader reader(body);
    InspectAnswer answer;
    answer.facts.inputs = takePorts(reader);
    answer.facts.outputs = takePorts(reader);
    answer.facts.engine = takeEnum(reader, ModelEngine::OpenCvDnn);
    answer.facts.engineVersion = reader.text(kMaxNameBytes);
    answer.sha256 = takeSha256(reader);
    PS_TRY_VOID(reader.finish("the facts about a model"));
    return answer;
}

std::string encode(const ImagesRequest& request)
{
    ByteWriter writer;
    put(writer, request.model);
    put(writer, request.limits);
    putFloat(writer, request.detection.minConfidence);
    putFloat(writer, request.detection.maxOverlap);
    writer.i32(request.detection.maxBoxes);
    writer.u32(static_cast<std::uint32_t>(request.fileBytes.size()));
    for (const std::int64_t bytes : request.fileBytes)
        writer.i64(bytes);
    return writer.take();
}

Result<ImagesRequest> decodeImagesRequest(std::string_view body)
{
    ByteReader reader(body);
    ImagesRequest request;
    request.model = takeModelRequest(reader);
    request.limits = takeLimits(reader);
    request.detection.minConfidence = takeFloat(reader);
    request.detection.maxOverlap = takeFloat(reader);
    request.detection.maxBoxes = reader.i32();
    const std::size_t count = takeCount(reader, InferenceService::kMaxBatch);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i)
        request.fileBytes.push_back(reader.i64());
    PS_TRY_VOID(reader.finish("the request for a batch"));
    return request;
}

std::string encode(const EmbedAnswer& answer)
{
    return encodeSlots(answer.embeddings);
}

Result<EmbedAnswer> decodeEmbedAnswer(std::string_view body)
{
    EmbedAnswer answer;
    PS_TRY(answer.embeddings, decodeSlots(body, takeEmbedding, "the answer with embeddings"));
    return answer;
}

std::string encode(const DetectAnswer& answer)
{
    return encodeSlots(answer.detections);
}

Result<DetectAnswer> decodeDetectAnswer(std::string_view body)
{
    DetectAnswer answer;
    PS_TRY(answer.detections, decodeSlots(body, takeDetections, "the answer with detections"));
    return answer;
}

std::string encode(const CheckpointRequest& request)
{
    ByteWriter writer;
    writer.i64(request.fileBytes);
    return writer.take();
}

Result<CheckpointRequest> decodeCheckpointRequest(std::string_view body)
{
    ByteReader reader(body);
    const CheckpointRequest request{reader.i64()};
    if (request.fileBytes < 0 || request.fileBytes > kMaxCheckpointBytes)
        reader.fail();
    PS_TRY_VOID(reader.finish("the request for a checkpoint"));
    return request;
}

std::string encode(const std::vector<NamedTensor>& tensors)
{
    ByteWriter writer;
    writer.u32(static_cast<std::uint32_t>(tensors.size()));
    for (const NamedTensor& tensor : tensors) {
        writer.text(tensor.name);
        writer.u32(static_cast<std::uint32_t>(tensor.shape.size()));
        for (const std::int64_t length : tensor.shape)
            writer.i64(length);
        for (const float value : tensor.values)
            putFloat(writer, value);
    }
    return writer.take();
}

Result<std::vector<NamedTensor>> decodeTensors(std::string_view bytes)
{
    ByteReader reader(bytes);
    std::vector<NamedTensor> tensors;
    const std::size_t most = bytes.size() / sizeof(float); // before anything is allocated
    std::size_t total = 0;
    const std::size_t count = takeCount(reader, kMaxTensors);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i) {
        NamedTensor tensor;
        tensor.name = reader.text(kMaxNameBytes);
        std::size_t valueCount = 1;
        const std::size_t dimensions = takeCount(reader, kMaxDimensions);
        for (std::size_t d = 0; d < dimensions && reader.isGood(); ++d) {
            const std::int64_t length = reader.i64();
            const bool isGood = length >= 0 && static_cast<std::uint64_t>(length) <= most &&
                                valueCount * static_cast<std::size_t>(length) <= most;
            if (!isGood)
                reader.fail();
            valueCount = isGood ? valueCount * static_cast<std::size_t>(length) : 0;
            tensor.shape.push_back(length);
        }
        total += valueCount;
        if (total > most)
            reader.fail();
        for (std::size_t v = 0; v < valueCount && reader.isGood(); ++v)
            tensor.values.push_back(takeFloat(reader));
        tensors.push_back(std::move(tensor));
    }
    PS_TRY_VOID(reader.finish("the tensors of a checkpoint"));
    return tensors;
}

} // namespace ps
