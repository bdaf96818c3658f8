// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/inference_protocol.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace ps;
using test::must;

namespace {

ModelSpec sampleSpec()
{
    ModelSpec spec;
    spec.name = "clip-vit-b-32";
    spec.kind = ModelKind::Detector;
    spec.engine = ModelEngine::OpenCvDnn;
    spec.sha256 = std::string(64, 'b');
    spec.preprocessing = Preprocessing::yolo();
    spec.inputName = "images";
    spec.outputName = "output0";
    spec.classNames = {"car", "wheel"};
    return spec;
}

Embedding sampleEmbedding()
{
    Embedding embedding;
    embedding.values = {0.5F, -2, 1e-20F};
    embedding.sha256 = std::string(64, 'c');
    embedding.size = {4000, 3000};
    for (std::size_t i = 0; i < kQualityMeasureCount; ++i)
        embedding.measures.values[i] = static_cast<float>(i) / 3;
    embedding.measures.subject = FractionBox{0.1, 0.2, 0.5, 0.75};
    return embedding;
}

ImagesRequest sampleRequest()
{
    ImagesRequest request;
    request.model = {sampleSpec(), {1, 2, 3, 4}};
    request.limits = {5, 6, 7};
    request.detection = {0.5F, 0.25F, 10};
    request.fileBytes = {100, 200};
    return request;
}

EmbedAnswer sampleAnswer()
{
    EmbedAnswer answer;
    answer.embeddings.emplace_back(sampleEmbedding());
    answer.embeddings.emplace_back(Error{ErrorCode::Corrupt, "damaged JPEG", {}, 0});
    return answer;
}

std::vector<NamedTensor> sampleTensors()
{
    return {{"net.0.weight", {2, 3}, {1, 2, 3, 4, 5, 6}}, {"net.0.bias", {2}, {-1, 1}}, {"scalar", {}, {9}}};
}

/// Every kind of body, with whether it can be read.
struct Body {
    const char* name;
    std::string bytes;
    std::function<bool(std::string_view)> isReadable;
};

std::vector<Body> allBodies()
{
    DetectAnswer detections;
    detections.detections.emplace_back(std::vector<Detection>{{{0, 0, 0.5, 1}, 1, 0.75F}});
    const InspectAnswer facts{
        {{{"input", {-1, 3, 224, 224}}}, {{"output", {1, 512}}}, ModelEngine::OnnxRuntime, "1.30"},
        std::string(64, 'a')};
    return {
        {"model", encode(ModelRequest{sampleSpec(), {1, 2, 3, 4}}),
         [](std::string_view b) { return decodeModelRequest(b).has_value(); }},
        {"facts", encode(facts), [](std::string_view b) { return decodeInspectAnswer(b).has_value(); }},
        {"batch", encode(sampleRequest()), [](std::string_view b) { return decodeImagesRequest(b).has_value(); }},
        {"embeddings", encode(sampleAnswer()), [](std::string_view b) { return decodeEmbedAnswer(b).has_value(); }},
        {"detections", encode(detections), [](std::string_view b) { return decodeDetectAnswer(b).has_value(); }},
        {"checkpoint", encode(CheckpointRequest{77}),
         [](std::string_view b) { return decodeCheckpointRequest(b).has_value(); }},
        {"tensors", encode(sampleTensors()), [](std::string_view b) { return decodeTensors(b).has_value(); }},
    };
}

} // namespace

class TestInferenceProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodiesComeBackAsTheyWere()
    {
        const ModelRequest model{sampleSpec(), {1, 2, 3, 4}};
        QVERIFY(must(decodeModelRequest(encode(model))) == model);
        const ImagesRequest request = must(decodeImagesRequest(encode(sampleRequest())));
        QVERIFY(request.model == model);
        QVERIFY(request.limits == sampleRequest().limits);
        QCOMPARE(request.detection.maxBoxes, 10);
        QVERIFY(request.fileBytes == sampleRequest().fileBytes);
        QVERIFY(must(decodeTensors(encode(sampleTensors()))) == sampleTensors());
    }

    void imagesAndErrorsKeepTheirSlots()
    {
        const EmbedAnswer back = must(decodeEmbedAnswer(encode(sampleAnswer())));
        QCOMPARE(back.embeddings.size(), std::size_t{2});
        QVERIFY(*back.embeddings[0] == sampleEmbedding());
        PS_CHECK_ERROR(ErrorCode::Corrupt, back.embeddings[1]);
    }

    void pathsStayInTheProgram()
    {
        ModelSpec spec = sampleSpec();
        spec.path = "/home/somebody/secret/model.onnx";
        const std::string body = encode(ModelRequest{spec, {}});
        QCOMPARE(body.find("secret"), std::string::npos);
        QVERIFY(must(decodeModelRequest(body)).spec.path.empty());
    }

    void cutAndExtendedBodiesAreRefused()
    {
        for (const Body& body : allBodies()) {
            QVERIFY2(body.isReadable(body.bytes), body.name);
            for (std::size_t length = 0; length < body.bytes.size(); ++length)
                QVERIFY2(!body.isReadable(std::string_view(body.bytes).substr(0, length)), body.name);
            QVERIFY2(!body.isReadable(body.bytes + '\0'), body.name);
        }
    }

    void randomChangesAreReadOrRefused()
    {
        test::SeededRandom random(3);
        for (const Body& body : allBodies()) {
            for (int i = 0; i < 3000; ++i) {
                std::string changed = body.bytes;
                for (int n = 0; n < 3; ++n)
                    changed[random.below(changed.size())] = static_cast<char>(random.below(256));
                static_cast<void>(body.isReadable(changed)); // the sanitizers watch
            }
        }
    }

    void numbersThatAreNoneAreRefused()
    {
        for (const float bad : {std::nanf(""), std::numeric_limits<float>::infinity()}) {
            EmbedAnswer answer = sampleAnswer();
            answer.embeddings[0]->values[1] = bad;
            PS_CHECK_ERROR(ErrorCode::Corrupt, decodeEmbedAnswer(encode(answer)));
            answer = sampleAnswer();
            answer.embeddings[0]->measures.values[3] = bad;
            PS_CHECK_ERROR(ErrorCode::Corrupt, decodeEmbedAnswer(encode(answer)));
            std::vector<NamedTensor> tensors = sampleTensors();
            tensors[0].values[0] = bad;
            PS_CHECK_ERROR(ErrorCode::Corrupt, decodeTensors(encode(tensors)));
        }
    }

    void valuesOutOfRangeAreRefused()
    {
        EmbedAnswer answer = sampleAnswer();
        answer.embeddings[0]->sha256 = std::string(64, 'Z');
        PS_CHECK_ERROR(ErrorCode::Corrupt, decodeEmbedAnswer(encode(answer)));
        answer = sampleAnswer();
        answer.embeddings[0]->size = {0, 10};
        PS_CHECK_ERROR(ErrorCode::Corrupt, decodeEmbedAnswer(encode(answer)));
        answer = sampleAnswer();
        answer.embeddings[0]->measures.subject = FractionBox{0.5, 0, 0.4, 1};
        PS_CHECK_ERROR(ErrorCode::Corrupt, decodeEmbedAnswer(encode(answer)));
        answer = sampleAnswer();
        answer.embeddings[0]->values.clear();
        PS_CHECK_ERROR(ErrorCode::Corrupt, decodeEmbedAnswer(encode(answer)));
        answer.embeddings.assign(InferenceService::kMaxBatch + 1, Error{ErrorCode::Io, "x", {}, 0});
        PS_CHECK_ERROR(ErrorCode::Corrupt, decodeEmbedAnswer(encode(answer)));
        DetectAnswer detections;
        detections.detections.emplace_back(std::vector<Detection>{{{0, 0, 1.5, 1}, 1, 0.75F}});
        PS_CHECK_ERROR(ErrorCode::Corrupt, decodeDetectAnswer(encode(detections)));
        detections.detections[0] = std::vector<Detection>(kMaxDetections + 1, {{0, 0, 1, 1}, 1, 0.75F});
        PS_CHECK_ERROR(ErrorCode::Corrupt, decodeDetectAnswer(encode(detections)));
    }

    /// A full batch of the largest embeddings is one frame.
    void largestAnswerFitsAFrame()
    {
        Embedding large = sampleEmbedding();
        large.values.assign(kMaxEmbeddingSize, 1.0F);
        EmbedAnswer answer;
        answer.embeddings.assign(InferenceService::kMaxBatch, large);
        QVERIFY(encode(answer).size() < kMaxFrameBytes);
    }
};

QTEST_GUILESS_MAIN(TestInferenceProtocol)
#include "tst_inference_protocol.moc"
