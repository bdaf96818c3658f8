// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/engine.h"
#include "core/inference/runtimes/onnx_runtime.h"
#include "tests/support/checks.h"
#include "tests/support/models.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace ps;
using test::OnnxWriter;

namespace {

const std::vector<std::int64_t> kOne = {1, 3, 8, 8};
constexpr std::size_t kImage = 3 * 8 * 8;

ModelSpec specOf(ModelEngine engine)
{
    ModelSpec spec;
    spec.name = "small";
    spec.engine = engine;
    return spec;
}

/// The largest difference, as a share of the largest value.
double worstDifference(const std::vector<float>& values, const std::vector<float>& expected)
{
    if (values.size() != expected.size())
        return std::numeric_limits<double>::infinity();
    double worst = 0;
    double largest = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        worst = std::max(worst, std::abs(double{values[i]} - double{expected[i]}));
        largest = std::max(largest, std::abs(double{expected[i]}));
    }
    return worst / largest;
}

/// y = f(x) over [batch, 1, 2, 2].
OnnxWriter elementwise(const char* op, const std::vector<std::string>& more = {})
{
    OnnxWriter writer;
    writer.input("x", {-1, 1, 2, 2}).output("y", {-1, 1, 2, 2});
    std::vector<std::string> inputs = {"x"};
    inputs.insert(inputs.end(), more.begin(), more.end());
    writer.node(op, inputs, {"y"});
    return writer;
}

Result<Tensor> runOn(const std::string& model, ModelEngine engine, const std::vector<float>& input,
                     const std::vector<std::int64_t>& shape)
{
    PS_TRY(const auto session, loadModel(model, specOf(engine)));
    return session->run(input, shape, {});
}

} // namespace

class TestEngines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // First: afterwards ONNX Runtime is in this process.
    void withoutOnnxRuntimeOpenCvTakesItsPlace()
    {
        test::must(prepareEngines({}));
        const auto session = test::must(loadModel(test::smallNetwork(), specOf(ModelEngine::OnnxRuntime)));
        QCOMPARE(session->facts().engine, ModelEngine::OpenCvDnn);
        QVERIFY(session->facts().engineVersion.starts_with("4."));
    }

    void pathsThatAreNoOnnxRuntimeAreErrors()
    {
        test::TempFolder folder;
        PS_CHECK_ERROR(ErrorCode::NotFound, prepareEngines(folder.pathOf("absent.so")));
        PS_CHECK_ERROR(ErrorCode::NotFound, prepareEngines(folder.write("text.so", "this is no library")));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, prepareEngines("libonnxruntime.so.1"));
        PS_CHECK_ERROR(ErrorCode::VersionMismatch, prepareEngines("/lib/x86_64-linux-gnu/libm.so.6"));
    }

    void loadsOnnxRuntime()
    {
        if (test::onnxRuntimePath().empty())
            QSKIP("this machine has no ONNX Runtime: ./dev setup --onnxruntime");
        test::must(prepareEngines(test::onnxRuntimePath()));
        const auto session = test::must(loadModel(test::smallNetwork(), specOf(ModelEngine::OnnxRuntime)));
        QCOMPARE(session->facts().engine, ModelEngine::OnnxRuntime);
        qInfo("ONNX Runtime %s", session->facts().engineVersion.c_str());
        QVERIFY(session->facts().engineVersion.starts_with("1."));
        m_hasRuntime = true;
    }

    void factsAreThoseOfTheFile()
    {
        const auto session = test::must(loadModel(test::smallNetwork(), specOf(ModelEngine::OpenCvDnn)));
        const ModelFacts& facts = session->facts();
        QCOMPARE(facts.inputs.size(), std::size_t{1});
        QCOMPARE(facts.inputs[0].name, std::string("image"));
        QCOMPARE(facts.inputs[0].shape, (std::vector<std::int64_t>{-1, 3, 8, 8}));
        QCOMPARE(facts.outputs[0].name, std::string("numbers"));
        QCOMPARE(facts.outputs[0].shape, (std::vector<std::int64_t>{-1, 5}));
    }

    void numbersAreThoseOfPlainLoops_data() { engineRows(); }
    void numbersAreThoseOfPlainLoops()
    {
        QFETCH(int, engine);
        const auto image = test::sampleInput(kImage);
        const auto output = test::must(runOn(test::smallNetwork(), static_cast<ModelEngine>(engine), image, kOne));
        QCOMPARE(output.shape, (std::vector<std::int64_t>{1, 5}));
        QVERIFY(worstDifference(output.values, test::smallNetworkByHand(image)) < 1e-5);
        const std::vector<float> turned(image.rbegin(), image.rend());
        QVERIFY(worstDifference(output.values, test::smallNetworkByHand(turned)) > 1e-3);
    }

    void batchesGiveTheSame_data() { engineRows(); }
    void batchesGiveTheSame()
    {
        QFETCH(int, engine);
        const auto images = test::sampleInput(5 * kImage);
        std::vector<float> expected;
        for (std::size_t i = 0; i < 5; ++i) {
            const auto one = test::smallNetworkByHand({images.begin() + static_cast<std::ptrdiff_t>(i * kImage),
                                                       images.begin() + static_cast<std::ptrdiff_t>((i + 1) * kImage)});
            expected.insert(expected.end(), one.begin(), one.end());
        }
        for (const int fixedBatch : {-1, 5}) {
            const auto output = test::must(
                runOn(test::smallNetwork(fixedBatch), static_cast<ModelEngine>(engine), images, {5, 3, 8, 8}));
            QCOMPARE(output.shape, (std::vector<std::int64_t>{5, 5}));
            QVERIFY2(worstDifference(output.values, expected) < 1e-5, std::to_string(fixedBatch).c_str());
        }
        PS_CHECK_ERROR(ErrorCode::InvalidInput,
                       runOn(test::smallNetwork(2), static_cast<ModelEngine>(engine), images, {5, 3, 8, 8}));
    }

    void wrongInputsAreErrors_data() { engineRows(); }
    void wrongInputsAreErrors()
    {
        QFETCH(int, engine);
        const auto session = test::must(loadModel(test::smallNetwork(), specOf(static_cast<ModelEngine>(engine))));
        const auto image = test::sampleInput(kImage);
        const auto attempt = [&](std::vector<std::int64_t> shape) { return session->run(image, shape, {}); };
        PS_CHECK_OK(attempt({1, 3, 8, 8}));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, attempt({1, 3, 4, 16}));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, attempt({2, 3, 8, 8}));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, attempt({1, 3, 64}));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, attempt({-1, 3, 8, -8}));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, attempt({}));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, attempt({std::numeric_limits<std::int64_t>::max(), 3, 8, 8}));
    }

    void modelsWithOtherInputsAreUnsupported()
    {
        const auto attempt = [](const OnnxWriter& writer) {
            return loadModel(writer.model(), specOf(ModelEngine::OpenCvDnn));
        };
        OnnxWriter two;
        two.input("x", {1, 1, 2, 2}).input("z", {1, 1, 2, 2}).output("y", {1, 1, 2, 2}).node("Add", {"x", "z"}, {"y"});
        PS_CHECK_ERROR(ErrorCode::Unsupported, attempt(two));
        OnnxWriter whole;
        whole.input("x", {1, 1, 2, 2}, 7).output("y", {1, 1, 2, 2}, 7).node("Abs", {"x"}, {"y"});
        PS_CHECK_ERROR(ErrorCode::Unsupported, attempt(whole));
        OnnxWriter flat;
        flat.input("x", {1, 4}).output("y", {1, 4}).node("Relu", {"x"}, {"y"});
        PS_CHECK_ERROR(ErrorCode::Unsupported, attempt(flat));
        PS_CHECK_OK(attempt(elementwise("Relu")));
    }

    void namesOfTheSpecMustBeThere()
    {
        ModelSpec spec = specOf(ModelEngine::OpenCvDnn);
        spec.inputName = "image";
        spec.outputName = "numbers";
        PS_CHECK_OK(loadModel(test::smallNetwork(), spec));
        spec.outputName = "digits";
        PS_CHECK_ERROR(ErrorCode::InvalidInput, loadModel(test::smallNetwork(), spec));
        spec.outputName.clear();
        spec.inputName = "picture";
        PS_CHECK_ERROR(ErrorCode::InvalidInput, loadModel(test::smallNetwork(), spec));
    }

    void secondOutputsCanBeAskedFor_data() { engineRows(); }
    void secondOutputsCanBeAskedFor()
    {
        QFETCH(int, engine);
        OnnxWriter writer;
        writer.input("x", {-1, 1, 2, 2}).output("y", {-1, 1, 2, 2}).output("z", {-1, 1, 2, 2});
        writer.node("Relu", {"x"}, {"y"}).node("Exp", {"y"}, {"z"});
        const auto session = test::must(loadModel(writer.model(), specOf(static_cast<ModelEngine>(engine))));
        const std::vector<float> input = {-1, 0, 0, 1};
        const std::vector<std::int64_t> shape = {1, 1, 2, 2};
        QCOMPARE(test::must(session->run(input, shape, {})).values, (std::vector<float>{0, 0, 0, 1}));
        QVERIFY(worstDifference(test::must(session->run(input, shape, "z")).values, {1, 1, 1, std::exp(1.0F)}) < 1e-6);
    }

    // What OpenCV cannot read as exporters write it; see foldForOpenCv().
    void foldedModelsRun_data() { engineRows(); }
    void foldedModelsRun()
    {
        QFETCH(int, engine);
        OnnxWriter writer;
        writer.input("x", {-1, 2, 1, 1}).output("y", {-1, 2, 1, 1});
        writer.weights("w", {2, 2, 1, 1}, {1, 2, 3, 4});
        writer.weights("shared", {2}, {10, 20});
        writer.node("Constant", {}, {"low"}, {OnnxWriter::tensor("value", OnnxWriter::floats("", {}, {0}))});
        writer.node("Constant", {}, {"high"}, {OnnxWriter::tensor("value", OnnxWriter::floats("", {}, {6}))});
        writer.node("Identity", {"shared"}, {"copy"}).node("Identity", {"copy"}, {"copy of copy"});
        const std::vector<std::string> one = {OnnxWriter::integers("kernel_shape", {1, 1})};
        writer.node("Conv", {"x", "w", "copy of copy"}, {"a"}, one);
        writer.node("Clip", {"a", "low", "high"}, {"b"});
        writer.node("Conv", {"b", "w", "copy"}, {"y"}, one);
        const auto output = test::must(runOn(writer.model(), static_cast<ModelEngine>(engine), {-4, -7}, {1, 2, 1, 1}));
        // first: (-18 + 10, -40 + 20), clipped to (0, 0); then the bias alone
        QCOMPARE(output.values, (std::vector<float>{10, 20}));
        const auto other = test::must(runOn(writer.model(), static_cast<ModelEngine>(engine), {0, -4}, {1, 2, 1, 1}));
        // first: (-8 + 10, -16 + 20) = (2, 4); then (10 + 10, 22 + 20)
        QCOMPARE(other.values, (std::vector<float>{20, 42}));
    }

    void whatOpenCvCannotRunSaysWhatIsNeeded()
    {
        OnnxWriter writer;
        writer.input("x", {1, 1, 2, 2}).output("y", {1, 1, 2, 2});
        writer.node("GridSample", {"x", "x"}, {"y"});
        const auto loaded = loadModel(writer.model(16, 8), specOf(ModelEngine::OpenCvDnn));
        PS_CHECK_ERROR(ErrorCode::Unsupported, loaded);
        QVERIFY(loaded.error().message.find("ONNX Runtime is needed") != std::string::npos);
    }

    void graphsThatDoNotFitAreErrors()
    {
        if (!m_hasRuntime)
            QSKIP("this machine has no ONNX Runtime");
        OnnxWriter writer = elementwise("Relu", {"x"}); // which has one input only
        const auto loaded = loadModel(writer.model(), specOf(ModelEngine::OnnxRuntime));
        PS_CHECK_ERROR(ErrorCode::Corrupt, loaded);
        QVERIFY(loaded.error().message.starts_with("ONNX Runtime "));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, loadModel(test::smallNetwork(), specOf(ModelEngine::Builtin)));
    }

private:
    void engineRows() const
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("OpenCV DNN") << static_cast<int>(ModelEngine::OpenCvDnn);
        if (m_hasRuntime)
            QTest::newRow("ONNX Runtime") << static_cast<int>(ModelEngine::OnnxRuntime);
    }

    bool m_hasRuntime = false;
};

QTEST_GUILESS_MAIN(TestEngines)
#include "tst_engines.moc"
