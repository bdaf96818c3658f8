// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/model_handler.h"

#include "core/base/sha256.h"
#include "core/imaging/codecs/request_handling.h"
#include "core/inference/runtimes/builtin_embedder.h"
#include "core/inference/runtimes/detector.h"
#include "core/inference/runtimes/picture_tensor.h"

#include <cmath>
#include <new>

namespace ps {

namespace {

/// A picture of 1 x 65,500 would become one of 224 x 14,672,000 before its middle is cut out.
constexpr std::int64_t kMostResizedPixels = std::int64_t{1} << 28;

bool isBuiltin(const ModelSpec& spec)
{
    return spec.engine == ModelEngine::Builtin;
}

/// A request about a model file brings it as its first descriptor.
std::size_t modelDescriptors(const ModelSpec& spec)
{
    return isBuiltin(spec) ? 0 : 1;
}

ModelFacts builtinFacts()
{
    ModelFacts facts;
    facts.outputs.push_back({"embedding", {1, kBuiltinEmbeddingSize}});
    facts.engineVersion = std::string(kBuiltinEmbedderName);
    return facts;
}

Error cancelled()
{
    return {ErrorCode::Cancelled, "the work was cancelled", {}, 0};
}

/// Writes where the program reads it after the answer.
Result<void> writeAt(int fd, std::string_view bytes)
{
    if (::lseek(fd, 0, SEEK_SET) != 0)
        return errnoError("cannot write the answer", {}, errno);
    return writeAll(fd, bytes);
}

/// Checks and finishes what a model said about one picture.
Result<std::vector<float>> acceptRow(const Preprocessing& rule, std::vector<float> values)
{
    if (values.empty() || values.size() > kMaxEmbeddingSize)
        return Error{
            ErrorCode::Corrupt, "the model gives " + std::to_string(values.size()) + " numbers for a picture", {}, 0};
    double squares = 0;
    for (const float value : values)
        squares += static_cast<double>(value) * value;
    if (!std::isfinite(squares))
        return Error{ErrorCode::Corrupt, "the model gives numbers that are not finite", {}, 0};
    if (rule.normalizesOutput && squares > 0) {
        const double factor = 1 / std::sqrt(squares);
        for (float& value : values)
            value = static_cast<float>(value * factor);
    }
    return values;
}

} // namespace

void ModelHandler::warmUp()
{
    Sha256().add("OpenSSL looks for its settings at the first use");
    LoadedPicture sample;
    sample.fullSize = {64, 48};
    sample.normal = cv::Mat(48, 64, CV_8UC3, cv::Scalar(1, 2, 3));
    sample.detail = sample.normal;
    embedBuiltin(sample);
}

bool ModelHandler::handles(std::uint16_t operation) const
{
    return operation >= kFirstInferenceOperation && operation <= kLastInferenceOperation;
}

Result<std::string> ModelHandler::handle(const IncomingRequest& request, RequestContext& context)
{
    return answerOf([&] { return dispatch(request, context); });
}

Result<std::string> ModelHandler::dispatch(const IncomingRequest& request, RequestContext& context)
{
    switch (static_cast<InferenceOperation>(request.operation)) {
    case InferenceOperation::Inspect: return inspect(request);
    case InferenceOperation::Embed: return embed(request, context);
    case InferenceOperation::Detect: return detect(request, context);
    case InferenceOperation::ReadCheckpoint: return readCheckpointFile(request);
    }
    return Error{ErrorCode::Unsupported, "unknown operation on models", {}, 0};
}

Result<std::string> ModelHandler::inspect(const IncomingRequest& request)
{
    PS_TRY(const ModelRequest message, decodeModelRequest(request.body));
    PS_TRY_VOID(expectDescriptors(request, modelDescriptors(message.spec)));
    if (isBuiltin(message.spec))
        return encode(InspectAnswer{builtinFacts(), {}});
    PS_TRY(const ShelvedModel* const model, m_models.get(message, request.descriptors[0].get()));
    return encode(InspectAnswer{model->session->facts(), model->sha256});
}

Result<LoadedPicture> ModelHandler::load(int fd, std::int64_t fileBytes, const ImagesRequest& request)
{
    const ModelSpec& spec = request.model.spec;
    FileReader file(fd, fileBytes);
    PS_TRY(const ImageHeader header, readHeader(file, request.limits));
    const ImageSize needed = isBuiltin(spec) ? ImageSize{} : resizedSize(spec.preprocessing, header.upright());
    if (std::int64_t{needed.width} * needed.height > kMostResizedPixels)
        return Error{ErrorCode::TooLarge, "the picture is too narrow for the resize rule of the model", {}, 0};
    try {
        return loadPicture(file, header, needed, m_converter);
    } catch (const cv::Exception& exception) { // the other pictures of the batch go on
        return Error{ErrorCode::TooLarge, "OpenCV: " + exception.err, {}, 0};
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::TooLarge, "not enough memory within the limit of the worker", {}, 0};
    }
}

Result<Embedding> ModelHandler::describeImage(const LoadedPicture& picture, int fd)
{
    Embedding embedding;
    embedding.size = picture.fullSize;
    PS_TRY(embedding.sha256, sha256OfFile(fd));
    return embedding;
}

Result<std::string> ModelHandler::embed(const IncomingRequest& request, RequestContext& context)
{
    PS_TRY(const ImagesRequest message, decodeImagesRequest(request.body));
    const ModelSpec& spec = message.model.spec;
    const std::size_t first = modelDescriptors(spec);
    PS_TRY_VOID(expectDescriptors(request, first + message.fileBytes.size()));
    ShelvedModel* model = nullptr;
    if (!isBuiltin(spec)) {
        PS_TRY(model, m_models.get(message.model, request.descriptors[0].get()));
    }

    EmbedAnswer answer;
    std::vector<LoadedPicture> pictures; // that wait for the model
    std::vector<std::size_t> slots;
    pictures.reserve(message.fileBytes.size());
    for (std::size_t i = 0; i < message.fileBytes.size(); ++i) {
        if (context.isCancelled())
            return cancelled();
        const int fd = request.descriptors[first + i].get();
        auto picture = load(fd, message.fileBytes[i], message);
        answer.embeddings.push_back(picture ? describeImage(*picture, fd) : Result<Embedding>(picture.error()));
        if (!answer.embeddings.back())
            continue;
        Embedding& embedding = *answer.embeddings.back();
        if (model) {
            embedding.measures = measureQuality(*picture);
            picture->normal.release();
            picture->detail.release();
            pictures.push_back(*std::move(picture));
            slots.push_back(i);
        } else {
            BuiltinEmbedding built = embedBuiltin(*picture);
            embedding.values = std::move(built.values);
            embedding.measures = built.measures;
        }
    }
    if (!model || pictures.empty())
        return encode(answer);

    std::vector<const LoadedPicture*> batch;
    for (const LoadedPicture& picture : pictures)
        batch.push_back(&picture);
    PS_TRY(std::vector<Tensor> rows, runOnPictures(*model->session, spec, batch));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Result<Embedding>& slot = answer.embeddings[slots[i]];
        auto values = acceptRow(spec.preprocessing, std::move(rows[i].values));
        if (values)
            slot->values = *std::move(values);
        else
            slot = values.error();
    }
    return encode(answer);
}

Result<std::string> ModelHandler::detect(const IncomingRequest& request, RequestContext& context)
{
    PS_TRY(const ImagesRequest message, decodeImagesRequest(request.body));
    const std::size_t first = modelDescriptors(message.model.spec);
    PS_TRY_VOID(expectDescriptors(request, first + message.fileBytes.size()));
    if (first == 0)
        return Error{ErrorCode::Unsupported, "there is no built-in detector", {}, 0};
    PS_TRY(ShelvedModel* const model, m_models.get(message.model, request.descriptors[0].get()));
    DetectAnswer answer;
    for (std::size_t i = 0; i < message.fileBytes.size(); ++i) {
        if (context.isCancelled())
            return cancelled();
        answer.detections.push_back(
            detectIn(request.descriptors[first + i].get(), message.fileBytes[i], message, *model->session));
    }
    return encode(answer);
}

Result<std::vector<Detection>> ModelHandler::detectIn(int fd, std::int64_t fileBytes, const ImagesRequest& request,
                                                      Session& session)
{
    const ModelSpec& spec = request.model.spec;
    PS_TRY(const LoadedPicture picture, load(fd, fileBytes, request));
    const LoadedPicture* const pictures[] = {&picture};
    PS_TRY(const std::vector<Tensor> outputs, runOnPictures(session, spec, pictures));
    PS_TRY(DecodedDetections decoded, decodeYolo(outputs.front(), placementOf(spec.preprocessing, picture.fullSize),
                                                 spec.classNames.size(), request.detection));
    return std::move(decoded.boxes);
}

Result<std::string> ModelHandler::readCheckpointFile(const IncomingRequest& request)
{
    PS_TRY_VOID(expectDescriptors(request, 2));
    PS_TRY(const CheckpointRequest message, decodeCheckpointRequest(request.body));
    FileReader file(request.descriptors[0].get(), message.fileBytes);
    PS_TRY(const FileBytes bytes, file.readAll());
    PS_TRY(const std::vector<NamedTensor> tensors, readCheckpoint(bytes.view()));
    PS_TRY_VOID(writeAt(request.descriptors[1].get(), encode(tensors)));
    return std::string();
}

} // namespace ps
