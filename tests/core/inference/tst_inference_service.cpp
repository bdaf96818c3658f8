// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The service with real workers.
#include "core/base/sha256.h"
#include "core/inference/inference_service.h"
#include "core/worker/sandbox.h"
#include "tests/support/checks.h"
#include "tests/support/images.h"
#include "tests/support/processes.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <future>

using namespace ps;
using namespace std::chrono_literals;
using test::must;

namespace {

std::unique_ptr<InferenceService> start(std::uint64_t memoryBytes = 4ULL << 30)
{
    InferenceService::Options options;
    options.workerPath = test::programPath("proofsheet-worker");
    options.workerCount = 1;
    options.memoryBytes = memoryBytes;
    return must(InferenceService::start(options));
}

std::string pattern(ImageSize size, ImageFormat format = ImageFormat::Png)
{
    return test::encodedAs(format, test::patternRaster(size));
}

} // namespace

class TestInferenceService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_descriptorsBefore = test::openDescriptorCount(); }
    void cleanup()
    {
        QCOMPARE(test::openDescriptorCount(), m_descriptorsBefore);
        QVERIFY(test::hasNoChildren());
    }

    void builtInEmbedderNeedsNothing()
    {
        const test::TempFolder folder;
        const std::string bytes = pattern({300, 200});
        folder.write("a.png", bytes);
        const auto service = start();
        const auto answers = must(service->embed({}, {{folder.handle(), "a.png"}}));
        const Embedding embedding = must(answers.front());
        QCOMPARE(embedding.values.size(), std::size_t{512});
        QCOMPARE(embedding.sha256, sha256Hex(bytes));
        QVERIFY(embedding.size == (ImageSize{300, 200}));
        QCOMPARE(embedding.measures[QualityMeasure::Resolution], 0.06F);
        const auto facts = must(service->inspect({})).facts;
        QCOMPARE(facts.engineVersion, std::string(kBuiltinEmbedderName));
        QVERIFY(service->health().sandboxMask == kAllSandboxParts);
    }

    void uprightImagesAreOneWhateverTheirOrientation()
    {
        const test::TempFolder folder;
        const std::string bytes = pattern({300, 200}, ImageFormat::Png);
        folder.write("a.png", bytes);
        folder.write("turned.png", test::withOrientation(ImageFormat::Png, bytes, 6));
        const auto answers = must(start()->embed({}, {{folder.handle(), "a.png"}, {folder.handle(), "turned.png"}}));
        QVERIFY(must(answers[0]).size == (ImageSize{300, 200}));
        QVERIFY(must(answers[1]).size == (ImageSize{200, 300}));
        QVERIFY(must(answers[0]).values != must(answers[1]).values);
    }

    /// R68: an image without an answer does not move the others.
    void imagesKeepTheirSlots()
    {
        const test::TempFolder folder;
        folder.write("a.png", pattern({40, 30}));
        folder.write("b.jpg", "no image");
        folder.write("d.jpg", pattern({60, 50}, ImageFormat::Jpeg));
        const std::string whole = pattern({200, 200}, ImageFormat::Jpeg);
        folder.write("cut.jpg", whole.substr(0, whole.size() / 2));
        folder.makeSymlink("link.png", "a.png");
        std::vector<ImageSource> images;
        for (const char* name : {"missing.png", "a.png", "b.jpg", "cut.jpg", "link.png", "d.jpg"})
            images.emplace_back(folder.handle(), name);
        const auto answers = must(start()->embed({}, images));
        QCOMPARE(answers.size(), images.size());
        PS_CHECK_ERROR(ErrorCode::NotFound, answers[0]);
        QVERIFY(must(answers[1]).size == (ImageSize{40, 30}));
        PS_CHECK_ERROR(ErrorCode::Unsupported, answers[2]);
        PS_CHECK_ERROR(ErrorCode::Corrupt, answers[3]);
        PS_CHECK_ERROR(ErrorCode::Refused, answers[4]);
        QVERIFY(must(answers[5]).size == (ImageSize{60, 50}));
    }

    void manyImagesGoInBatchesAndInOrder()
    {
        const test::TempFolder folder;
        std::vector<ImageSource> images;
        for (int i = 0; i < 50; ++i) {
            folder.write(std::to_string(i), pattern({20 + i, 10}));
            images.emplace_back(folder.handle(), std::to_string(i));
        }
        const auto answers = must(start()->embed({}, images));
        QCOMPARE(answers.size(), images.size());
        for (int i = 0; i < 50; ++i)
            QCOMPARE(must(answers[static_cast<std::size_t>(i)]).size.width, 20 + i);
    }

    void onlySoManyImagesAreOneRequest()
    {
        const test::TempFolder folder;
        const auto service = start();
        std::promise<Result<std::vector<Result<Embedding>>>> promise;
        service->requestEmbeddings({},
                                   std::vector<ImageSource>(InferenceService::kMaxBatch + 1, {folder.handle(), "x"}),
                                   Priority::Visible, [&](auto answers) { promise.set_value(std::move(answers)); });
        PS_CHECK_ERROR(ErrorCode::InvalidInput, promise.get_future().get());
        QVERIFY(must(service->embed({}, {})).empty());
    }

    void modelThatWasSwappedIsRefusedWithBothHashes()
    {
        const test::TempFolder folder;
        folder.write("a.png", pattern({40, 30}));
        ModelSpec model;
        model.name = "registered";
        model.engine = ModelEngine::OnnxRuntime;
        model.preprocessing = Preprocessing::clip();
        model.sha256 = sha256Hex("the model that was registered");
        model.path = folder.write("model.onnx", "another one");
        const auto service = start();
        const auto answers = service->embed(model, {{folder.handle(), "a.png"}});
        PS_CHECK_ERROR(ErrorCode::Refused, answers);
        QVERIFY(answers.error().message.find(model.sha256) != std::string::npos);
        QVERIFY(answers.error().message.find(sha256Hex("another one")) != std::string::npos);
        PS_CHECK_ERROR(ErrorCode::Refused, service->inspect(model));
        model.path += ".gone";
        PS_CHECK_ERROR(ErrorCode::NotFound, service->inspect(model));
    }

    void unknownBuiltInModelsAreUnsupported()
    {
        ModelSpec model;
        model.name = "builtin-99";
        PS_CHECK_ERROR(ErrorCode::Unsupported, start()->inspect(model));
    }

    /// A picture that needs more than the worker may have is an error of that picture.
    void memoryIsLimited()
    {
        const test::TempFolder folder;
        folder.write("small.png", pattern({40, 30}));
        folder.write("large.png", test::encodedAs(ImageFormat::Png, test::patternRaster({9000, 9000})));
        const auto service = start(600ULL << 20);
        const auto answers = must(service->embed({}, {{folder.handle(), "large.png"}, {folder.handle(), "small.png"}}));
        const bool isTold = !answers[0] && (answers[0].error().code == ErrorCode::TooLarge ||
                                            answers[0].error().code == ErrorCode::WorkerCrashed);
        QVERIFY2(isTold, test::outcomeText(answers[0]).c_str());
        QVERIFY2(answers[1].has_value(), test::outcomeText(answers[1]).c_str());
        const auto roomy = must(start()->embed({}, {{folder.handle(), "large.png"}}));
        QVERIFY2(roomy.front().has_value(), test::outcomeText(roomy.front()).c_str());
    }

private:
    std::size_t m_descriptorsBefore = 0;
};

QTEST_GUILESS_MAIN(TestInferenceService)
#include "tst_inference_service.moc"
