// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `.pt` files in both directions against Debian's PyTorch: models of the scripts' shapes as their trainers save them, and ours.
#include "core/inference/checkpoint.h"
#include "core/suggest/script_models.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temp_folder.h"

#include <QProcess>
#include <QTest>

#include <array>
#include <cmath>
#include <cstring>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

constexpr int kPatienceMs = 200'000; // only a program that hangs takes as long

/// PyTorch belongs to the system's own Python, whichever other one stands first in the path.
QByteArray runSystemPython(const char* program, const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral("/usr/bin/python3"),
                  QStringList{QStringLiteral("-c"), QString::fromLatin1(program)} + arguments);
    process.waitForFinished(kPatienceMs);
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        throw std::runtime_error(process.readAllStandardError().toStdString());
    return process.readAllStandardOutput();
}

// What the trainers of the scripts do (decisions_v3 7.3, 7.5, 7.6), with a few steps instead of a training. Beside each model the
// raw values of its parameters in order, one input, and what the network answers without dropout.
constexpr const char* kMakeModels = R"(
import sys, torch, torch.nn as nn
folder = sys.argv[1]
torch.manual_seed(20251024)

class Net(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.net = nn.Sequential(*layers)
    def forward(self, x):
        return self.net(x)

def linear(*sizes):
    return [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]

def ranker(last_dropout):
    a, b, c = linear(512, 256, 64, 1)
    return Net(a, nn.ReLU(), nn.Dropout(.3), b, nn.ReLU(), *([nn.Dropout(.3)] if last_dropout else []), c)

def crop(last_dropout):
    a, b, c, d = linear(514, 512, 256, 128, 4)
    return Net(a, nn.ReLU(), nn.Dropout(.3), b, nn.ReLU(), nn.Dropout(.2), c, nn.ReLU(),
               *([nn.Dropout(.3)] if last_dropout else []), d, *([] if last_dropout else [nn.Sigmoid()]))

def step(model, inputs):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for _ in range(3):
        optimizer.zero_grad()
        model(torch.randn(16, inputs)).pow(2).mean().backward()
        optimizer.step()
    return optimizer

def dump(name, model, inputs, saved):
    torch.save(saved, f"{folder}/{name}.pt")
    model.eval()
    x = torch.randn(inputs)
    with torch.no_grad():
        y = model(x)
    values = torch.cat([p.detach().flatten() for p in model.parameters()] + [x, y])
    values.numpy().astype("<f4").tofile(f"{folder}/{name}.raw")

for name, last in (("ranker_v2", False), ("ranker_v3_w10", False)):
    model = ranker(last)
    step(model, 512)
    dump(name, model, 512, model.state_dict())
model = ranker(True)
optimizer = step(model, 512)
dump("ranker_v1", model, 512, {"epoch": 8, "model_state_dict": model.state_dict(),
     "optimizer_state_dict": optimizer.state_dict(), "val_accuracy": 0.98265, "val_loss": 0.0213,
     "train_examples": 4141, "val_examples": 461})
model = crop(True)
optimizer = step(model, 514)
dump("crop_proposer_v1", model, 514, {"epoch": 23, "model_state_dict": model.state_dict(),
     "optimizer_state_dict": optimizer.state_dict(), "train_loss": 0.018, "val_loss": 0.016644})
model = crop(False)
step(model, 514)
dump("crop_proposer_v2", model, 514, model.state_dict())

# What must not be read as one.
torch.save(ranker(False), f"{folder}/module.pt")
torch.save({"w": torch.zeros(3, dtype=torch.float64)}, f"{folder}/double.pt")
torch.save(torch.zeros(3), f"{folder}/tensor.pt")
torch.save(ranker(False).state_dict(), f"{folder}/old.pt", _use_new_zipfile_serialization=False)
torch.jit.trace(nn.Sequential(nn.Linear(2, 1)), torch.zeros(1, 2)).save(f"{folder}/script.pt")
torch.save({"w": torch.arange(6.).reshape(2, 3).t(), "v": torch.arange(6.)[2:5]}, f"{folder}/views.pt")
)";

constexpr const char* kLoad = R"(
import sys, torch
state = torch.load(sys.argv[1])
assert type(state).__name__ == "OrderedDict", type(state)
for name, tensor in state.items():
    assert tensor.dtype == torch.float32 and not tensor.requires_grad and tensor.is_contiguous()
    print(name, list(tensor.shape))
torch.cat([t.flatten() for t in state.values()]).numpy().astype("<f4").tofile(sys.argv[2])
)";

std::vector<float> floatsOf(const std::string& bytes)
{
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
}

std::vector<float> valuesOf(const std::vector<NamedTensor>& tensors)
{
    std::vector<float> values;
    for (const NamedTensor& tensor : tensors)
        values.insert(values.end(), tensor.values.begin(), tensor.values.end());
    return values;
}

} // namespace

class TestPyTorchFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { runSystemPython(kMakeModels, {QString::fromStdString(m_folder.path())}); }

    void modelsOfTheScriptsAreReadToTheLastBit_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"ranker_v1", "ranker_v2", "ranker_v3_w10", "crop_proposer_v1", "crop_proposer_v2"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void modelsOfTheScriptsAreReadToTheLastBit()
    {
        QFETCH(const QString, name);
        const std::string stem = name.toStdString();
        const auto tensors = must(readCheckpoint(m_folder.read(stem + ".pt")));
        const auto expected = floatsOf(m_folder.read(stem + ".raw"));
        const auto values = valuesOf(tensors);
        QVERIFY(values.size() < expected.size());
        QVERIFY(std::equal(values.begin(), values.end(), expected.begin()));

        const ScriptModel* model = findScriptModel(stem);
        QVERIFY(model);
        const Mlp net = must(Mlp::fromTensors(tensors, model->numbers, model->widths));
        const std::span input = std::span(expected).subspan(values.size(), net.inputs());
        const std::span answer = std::span(expected).last(net.outputs());
        const auto outputs = net.forward(input);
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            // The second crop proposer ends in a sigmoid, which is the business of whoever reads the box.
            const float output = stem == "crop_proposer_v2" ? 1 / (1 + std::exp(-outputs[i])) : outputs[i];
            QVERIFY2(std::abs(output - answer[i]) < 1e-5F, std::to_string(output - answer[i]).c_str());
        }
        PS_CHECK_OK(scriptModelRecord(stem + ".pt", "hash", "now", kScriptEmbedderId, tensors));
    }

    void ourFilesOpenInPyTorch()
    {
        SeededRandom random(7);
        std::vector<NamedTensor> tensors;
        for (const auto& [name, shape] : {std::pair{"net.0.weight"s, std::vector<std::int64_t>{256, 512}},
                                          std::pair{"net.0.bias"s, std::vector<std::int64_t>{256}},
                                          std::pair{"net.3.weight"s, std::vector<std::int64_t>{1, 70'000}},
                                          std::pair{"scalar"s, std::vector<std::int64_t>{}}}) {
            NamedTensor tensor{name, shape, {}};
            std::int64_t count = 1;
            for (const std::int64_t size : shape)
                count *= size;
            for (std::int64_t i = 0; i < count; ++i)
                tensor.values.push_back(static_cast<float>(random.fraction() - 0.5));
            tensors.push_back(std::move(tensor));
        }
        m_folder.write("ranker_v9.pt", writeCheckpoint("ranker_v9", tensors));
        const QByteArray printed = runSystemPython(kLoad, {QString::fromStdString(m_folder.pathOf("ranker_v9.pt")),
                                                           QString::fromStdString(m_folder.pathOf("back.raw"))});
        QCOMPARE(printed.toStdString(),
                 "net.0.weight [256, 512]\nnet.0.bias [256]\nnet.3.weight [1, 70000]\nscalar []\n"s);
        QVERIFY(floatsOf(m_folder.read("back.raw")) == valuesOf(tensors));
    }

    void viewsAreReadInTheirOwnOrder()
    {
        const auto tensors = must(readCheckpoint(m_folder.read("views.pt")));
        QVERIFY((tensors[0].shape == std::vector<std::int64_t>{3, 2}));
        QVERIFY((tensors[0].values == std::vector<float>{0, 3, 1, 4, 2, 5}));
        QVERIFY((tensors[1].values == std::vector<float>{2, 3, 4}));
    }

    void otherFilesOfPyTorchAreRefused()
    {
        const auto refusal = [this](const std::string& name) {
            const auto tensors = readCheckpoint(m_folder.read(name));
            return tensors ? "it was read"s
                           : std::string(errorCodeName(tensors.error().code)) + ": " + tensors.error().message;
        };
        QVERIFY(refusal("module.pt").find("Refused: the pickle wants __main__.Net") == 0);
        QVERIFY(refusal("double.pt").find("torch.DoubleStorage") != std::string::npos);
        QVERIFY(refusal("tensor.pt").find("instead of a state dictionary") != std::string::npos);
        QVERIFY(refusal("old.pt").find("Refused: this is a bare pickle") == 0);
        QVERIFY(refusal("script.pt").find("Unsupported: the archive is compressed") == 0); // TorchScript packs its code
    }

private:
    TempFolder m_folder;
};

QTEST_GUILESS_MAIN(TestPyTorchFiles)
#include "tst_pytorch_files.moc"
