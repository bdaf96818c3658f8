// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Models in the real, locked worker: everything that an engine needs has to be there before the lock.
#include "tests/core/inference/runtimes/model_service.h"

#include <QTest>

#include <cmath>

using namespace ps;
using test::OnnxWriter;

namespace {

std::string exponential(int side)
{
    OnnxWriter writer;
    writer.input("x", {-1, 3, side, side}).output("y", {-1, 3, 1, 1});
    writer.node("Exp", {"x"}, {"e"}).node("GlobalAveragePool", {"e"}, {"y"});
    return writer.model();
}

/// Says the same about every picture: [1, 6, 12].
std::string constantDetector(const std::vector<float>& output)
{
    OnnxWriter writer;
    writer.input("images", {1, 3, 64, 64}).output("output0", {1, 6, 12});
    writer.weights("zero", {1}, {0}).weights("boxes", {1, 6, 12}, output);
    writer.node("ReduceMean", {"images"}, {"mean"},
                {OnnxWriter::integers("axes", {1, 2, 3}), OnnxWriter::integer("keepdims", 0)});
    writer.node("Mul", {"mean", "zero"}, {"nothing"}).node("Add", {"nothing", "boxes"}, {"output0"});
    return writer.model();
}

} // namespace

class TestModelsInWorkers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_hasRuntime = !test::onnxRuntimePath().empty();
        m_service = test::startService(true);
    }
    void cleanupTestCase() { m_service.reset(); }

    void modelsRunInALockedWorker_data() { engineRows(); }
    void modelsRunInALockedWorker()
    {
        QFETCH(int, engine);
        const auto kind = static_cast<ModelEngine>(engine);
        const auto spec = test::specFor(m_folder.write("small.onnx", test::smallNetwork()), kind, 8);
        const auto inspected = test::must(m_service->inspect(spec));
        QCOMPARE(inspected.facts.engine, kind);
        QCOMPARE(inspected.sha256.size(), std::size_t{64});
        QVERIFY(m_service->health().sandboxMask != 0);

        const auto answers = test::must(m_service->embed(spec, {picture("black.png", 0), picture("white.png", 255)}));
        QCOMPARE(answers.size(), std::size_t{2});
        const auto black = test::smallNetworkByHand(std::vector<float>(192, 0.0F));
        const auto white = test::smallNetworkByHand(std::vector<float>(192, 1.0F));
        for (std::size_t i = 0; i < black.size(); ++i) {
            QVERIFY(std::abs(test::must(answers[0]).values[i] - black[i]) < 1e-5F);
            QVERIFY(std::abs(test::must(answers[1]).values[i] - white[i]) < 1e-5F);
        }
        QVERIFY(black != white);
    }

    void numbersThatAreNotFiniteHaveOneSlot_data() { engineRows(); }
    void numbersThatAreNotFiniteHaveOneSlot()
    {
        QFETCH(int, engine);
        const auto spec = test::specFor(m_folder.write("exp.onnx", exponential(8)), static_cast<ModelEngine>(engine), 8,
                                        1000);
        const auto answers = test::must(m_service->embed(spec, {picture("white.png", 255), picture("black.png", 0)}));
        PS_CHECK_ERROR(ErrorCode::Corrupt, answers[0]);
        QCOMPARE(test::must(answers[1]).values, (std::vector<float>{1, 1, 1}));
    }

    void pairsOfModelAndHashAreHeldTogether()
    {
        auto spec = test::specFor(m_folder.write("swap.onnx", test::smallNetwork()), ModelEngine::OpenCvDnn, 8);
        spec.sha256 = test::must(m_service->inspect(spec)).sha256;
        PS_CHECK_OK(m_service->embed(spec, {picture("black.png", 0)}));
        m_folder.write("swap.onnx", exponential(8));
        PS_CHECK_ERROR(ErrorCode::Refused, m_service->embed(spec, {picture("black.png", 0)}));
    }

    void hostileFilesAreRefusedByTheWorker()
    {
        const auto outcome = [&](const std::string& bytes) {
            return m_service->inspect(test::specFor(m_folder.write("bad.onnx", bytes), ModelEngine::OnnxRuntime, 8));
        };
        PS_CHECK_ERROR(ErrorCode::Refused, outcome("\x80\x04\x95pickle"));
        PS_CHECK_ERROR(ErrorCode::Refused, outcome("cos\nsystem\n(S'true'\ntR."));
        PS_CHECK_ERROR(ErrorCode::Refused, outcome({}));
        PS_CHECK_OK(outcome(test::smallNetwork()));
        QCOMPARE(m_service->health().restartCount, std::uint64_t{0});
    }

    void modelsThatWantTooMuchMemoryAreErrors()
    {
        if (!m_hasRuntime)
            QSKIP("this machine has no ONNX Runtime");
        OnnxWriter writer;
        writer.input("x", {-1, 3, 8, 8}).output("y", {}).integers("huge", {3}, {100'000, 1'000, 1'000});
        writer.node("ConstantOfShape", {"huge"}, {"filled"}).node("ReduceSum", {"filled"}, {"sum"});
        writer.node("Add", {"x", "sum"}, {"y"});
        const auto spec = test::specFor(m_folder.write("huge.onnx", writer.model()), ModelEngine::OnnxRuntime, 8);
        const auto outcome = m_service->embed(spec, {picture("black.png", 0)});
        QVERIFY(!outcome || !outcome->front());
        qInfo("%s", outcome ? test::outcomeText(outcome->front()).c_str() : test::outcomeText(outcome).c_str());
        const auto good = test::specFor(m_folder.write("small.onnx", test::smallNetwork()), ModelEngine::OnnxRuntime,
                                        8);
        PS_CHECK_OK(m_service->embed(good, {picture("black.png", 0)}));
    }

    void detectorsGiveBoxes()
    {
        if (!m_hasRuntime)
            QSKIP("this machine has no ONNX Runtime");
        std::vector<float> output(6 * 12);
        const float column[] = {32, 32, 16, 32, 0.1F, 0.75F};
        for (std::size_t i = 0; i < 6; ++i)
            output[i * 12 + 3] = column[i];
        auto spec = test::specFor(m_folder.write("boxes.onnx", constantDetector(output)), ModelEngine::OnnxRuntime, 64);
        spec.kind = ModelKind::Detector;
        spec.classNames = {"cat", "dog"};
        const auto answers = test::must(
            m_service->detect(spec, {picture("black.png", 0), ImageSource(m_folder.handle(), "absent.png")}, {}));
        QCOMPARE(answers.size(), std::size_t{2});
        const auto boxes = test::must(answers[0]);
        QCOMPARE(boxes.size(), std::size_t{1});
        QCOMPARE(boxes[0], (Detection{{0.375, 0.25, 0.625, 0.75}, 1, 0.75F}));
        PS_CHECK_ERROR(ErrorCode::NotFound, answers[1]);

        spec.classNames = {"cat", "dog", "cow"};
        PS_CHECK_ERROR(ErrorCode::InvalidInput, detectOne(spec));
        output[5 * 12 + 3] = 75;
        spec.classNames.clear();
        spec.path = m_folder.write("nonsense.onnx", constantDetector(output));
        PS_CHECK_ERROR(ErrorCode::Corrupt, detectOne(spec));
    }

    void withoutOnnxRuntimeTheReasonIsSaid()
    {
        const auto service = test::startService(false);
        const auto small = test::specFor(m_folder.write("small.onnx", test::smallNetwork()), ModelEngine::OnnxRuntime,
                                         8);
        QCOMPARE(test::must(service->inspect(small)).facts.engine, ModelEngine::OpenCvDnn);
        OnnxWriter writer;
        writer.input("x", {1, 3, 8, 8}).output("y", {1, 3, 8, 8}).node("GridSample", {"x", "x"}, {"y"});
        const auto outcome = service->inspect(
            test::specFor(m_folder.write("grid.onnx", writer.model(16, 8)), ModelEngine::OnnxRuntime, 8));
        PS_CHECK_ERROR(ErrorCode::Unsupported, outcome);
        QVERIFY2(outcome.error().message.find("/no/onnx/runtime") != std::string::npos,
                 outcome.error().message.c_str());
    }

private:
    void engineRows() const
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("OpenCV DNN") << static_cast<int>(ModelEngine::OpenCvDnn);
        if (m_hasRuntime)
            QTest::newRow("ONNX Runtime") << static_cast<int>(ModelEngine::OnnxRuntime);
    }
    Result<std::vector<Detection>> detectOne(const ModelSpec& spec)
    {
        return test::must(m_service->detect(spec, {picture("black.png", 0)}, {})).front();
    }
    ImageSource picture(const std::string& name, int grey) const { return test::pictureOf(m_folder, name, grey); }

    test::TempFolder m_folder;
    std::unique_ptr<InferenceService> m_service;
    bool m_hasRuntime = false;
};

QTEST_GUILESS_MAIN(TestModelsInWorkers)
#include "tst_models_in_workers.moc"
