// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// M-3 of the threat model: damaged models through the real worker. Every one is answered, deaths are reported as such, and
// the service works afterwards.
#include "tests/core/inference/runtimes/model_service.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <cmath>
#include <map>

using namespace ps;
using test::OnnxWriter;

namespace {

constexpr int kFileCount = 2'000;

/// Small networks with what real ones are made of.
std::vector<std::string> seeds()
{
    OnnxWriter wide;
    wide.input("x", {-1, 3, 8, 8}).output("y", {-1, 4});
    wide.weights("w", {4, 3, 3, 3}, test::sampleInput(108)).weights("b", {4}, {1, 2, 3, 4});
    wide.weights("scale", {4}, {1, 1, 1, 1}).weights("mean", {4}, {0, 0, 0, 0});
    wide.integers("shape", {2}, {-1, 4});
    wide.node("Conv", {"x", "w", "b"}, {"c"},
              {OnnxWriter::integers("kernel_shape", {3, 3}), OnnxWriter::integers("strides", {2, 2})});
    wide.node("BatchNormalization", {"c", "scale", "b", "mean", "scale"}, {"n"});
    wide.node("MaxPool", {"n"}, {"m"}, {OnnxWriter::integers("kernel_shape", {2, 2})});
    wide.node("Sigmoid", {"m"}, {"s"}).node("Mul", {"m", "s"}, {"u"}).node("GlobalAveragePool", {"u"}, {"p"});
    wide.node("Reshape", {"p", "shape"}, {"y"});

    OnnxWriter attention;
    attention.input("x", {-1, 3, 8, 8}).output("y", {-1, 3, 64});
    attention.integers("shape", {3}, {-1, 3, 64}).weights("w", {64, 64}, test::sampleInput(4096));
    attention.node("Reshape", {"x", "shape"}, {"r"}).node("MatMul", {"r", "w"}, {"q"});
    attention.node("Transpose", {"q"}, {"t"}, {OnnxWriter::integers("perm", {0, 2, 1})});
    attention.node("MatMul", {"q", "t"}, {"k"}).node("Softmax", {"k"}, {"a"}, {OnnxWriter::integer("axis", -1)});
    attention.node("MatMul", {"a", "q"}, {"y"});
    return {test::smallNetwork(), wide.model(), attention.model()};
}

std::string mutated(std::string bytes, test::SeededRandom& random)
{
    for (std::size_t i = 0, count = 1 + random.below(3); i < count; ++i) {
        const std::size_t at = random.below(bytes.size());
        switch (random.below(20)) {
        case 0: bytes.erase(at, 1 + random.below(8)); break;
        case 1: bytes.insert(at, random.bytes(1 + random.below(8))); break;
        case 2: bytes.replace(at, std::min<std::size_t>(4, bytes.size() - at), "\xff\xff\xff\x7f"); break;
        default: bytes[at] = static_cast<char>(random.bits()); break; // mostly: a shape, an attribute, a name
        }
        if (bytes.empty())
            bytes = "x";
    }
    return bytes;
}

} // namespace

class TestModelMutations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDamagedModelIsAnswered_data()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("OpenCV DNN") << static_cast<int>(ModelEngine::OpenCvDnn);
        if (!test::onnxRuntimePath().empty())
            QTest::newRow("ONNX Runtime") << static_cast<int>(ModelEngine::OnnxRuntime);
    }
    void everyDamagedModelIsAnswered()
    {
        QFETCH(int, engine);
        const auto kind = static_cast<ModelEngine>(engine);
        test::TempFolder folder;
        const auto service = test::startService(true, 2ULL << 30);
        const ImageSource picture = test::pictureOf(folder, "grey.png", 100);
        const auto files = seeds();
        test::SeededRandom random(33);
        std::map<std::string, int> outcomes;
        for (int i = 0; i < kFileCount; ++i) {
            const std::string bytes = mutated(files[random.below(files.size())], random);
            const auto spec = test::specFor(folder.write("m" + std::to_string(i) + ".onnx", bytes), kind, 8);
            const auto answers = service->embed(spec, {picture});
            const Result<Embedding> answer = answers ? answers->front() : Result<Embedding>(answers.error());
            ++outcomes[answer ? "ok" : std::string(errorCodeName(answer.error().code))];
            if (answer) {
                for (const float value : answer->values)
                    QVERIFY2(std::isfinite(value), random.note().c_str());
            }
        }
        for (const auto& [outcome, count] : outcomes)
            qInfo("%d %s", count, outcome.c_str());
        qInfo("%d deaths", static_cast<int>(service->health().restartCount));
        QVERIFY(outcomes["ok"] > 0 && outcomes["Corrupt"] > 0); // some changes hit weights only, others the structure
        for (const std::string& file : files) {
            const auto spec = test::specFor(folder.write("good.onnx", file), kind, 8);
            if (kind == ModelEngine::OnnxRuntime || file == files.front())
                PS_CHECK_OK(service->embed(spec, {picture}));
        }
    }
};

QTEST_GUILESS_MAIN(TestModelMutations)
#include "tst_model_mutations.moc"
