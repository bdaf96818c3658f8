// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/base/sha256.h"
#include "core/inference/find_onnx_runtime.h"
#include "core/inference/inference_service.h"
#include "core/inference/runtimes/engine.h"
#include "tests/bench/embedding_speed.h"
#include "tests/bench/observation.h"
#include "tests/bench/sample_photographs.h"

#include <QFile>
#include <QProcess>

#include <thread>

namespace ps::bench {

namespace {

constexpr std::int64_t kImages = 96;
constexpr std::size_t kBatch = 8;
constexpr std::int64_t kSide = 224;

/// A ViT-B/32 with random weights: how fast it is does not depend on what it has learned.
constexpr const char* kExport = R"(
import sys, warnings
sys.path.insert(0, sys.argv[1])
warnings.filterwarnings("ignore")
import torch, reference_networks
torch.manual_seed(7)
network = reference_networks.ClipPicture().eval()
torch.onnx.export(network, torch.zeros(1, 3, 224, 224), sys.argv[2] + ".part", opset_version=14, input_names=["input"],
                  output_names=["output"], dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})
import os
os.rename(sys.argv[2] + ".part", sys.argv[2])
)";

/// Made by PyTorch when it is missing; nothing when there is no PyTorch.
std::optional<std::string> clipModel(const Settings& settings)
{
    const std::string path = settings.folder + "/clip-vit-b-32.onnx";
    if (QFile::exists(QFile::decodeName(path.c_str())))
        return path;
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"),
                 {QStringLiteral("-c"), QString::fromLatin1(kExport), QStringLiteral(PS_BENCH_NETWORKS),
                  QFile::decodeName(path.c_str())});
    const bool isDone = python.waitForFinished(300'000) && python.exitStatus() == QProcess::NormalExit &&
                        python.exitCode() == 0;
    return isDone ? std::optional(path) : std::nullopt;
}

/// Images per second of the engine alone, in this process, with its input ready.
Result<double> bareEngine(const std::string& bytes, const ModelSpec& model, std::size_t threadCount)
{
    const std::vector<float> input(kBatch * 3 * kSide * kSide, 0.1F);
    const std::int64_t shape[] = {kBatch, 3, kSide, kSide};
    std::vector<std::unique_ptr<Session>> sessions;
    for (std::size_t i = 0; i < threadCount; ++i) {
        PS_TRY(auto session, loadModel(bytes, model));
        PS_TRY([[maybe_unused]] const Tensor warm, session->run(input, shape, {}));
        sessions.push_back(std::move(session));
    }
    const Stopwatch watch;
    std::vector<std::jthread> threads;
    for (const auto& session : sessions) {
        threads.emplace_back([&] {
            for (std::size_t done = 0; done < static_cast<std::size_t>(kImages) / threadCount; done += kBatch)
                discard(session->run(input, shape, {}), "it has run before");
        });
    }
    threads.clear();
    return static_cast<double>(kImages) / watch.wallMs() * 1e3;
}

Observation without(const char* what)
{
    Observation seen;
    seen.memory = memoryUse();
    seen.facts = Json::object({{"not_measured", what}});
    return seen;
}

} // namespace

Result<Observation> measureClipEmbedder(const Settings& settings)
{
    if (settings.isQuick)
        return without("takes too long for a quick run");
    const auto runtime = findOnnxRuntime();
    if (!runtime)
        return without("ONNX Runtime is not installed");
    const auto path = clipModel(settings);
    if (!path)
        return without("PyTorch, which makes the model, is not installed");
    PS_TRY(const std::string bytes, readFile(*path, std::size_t{1} << 30));
    ModelSpec model;
    model.name = "clip";
    model.engine = ModelEngine::OnnxRuntime;
    model.path = *path;
    model.sha256 = sha256Hex(bytes);
    model.preprocessing = Preprocessing::clip();
    PS_TRY(const SamplePhotographs photographs, samplePhotographs(settings));
    PS_TRY(const std::string folder, samplePhotographFolder(settings, photographs));
    PS_TRY_VOID(prepareEngines(runtime->path));
    Observation seen;
    for (const std::size_t threads : {std::size_t{1}, std::size_t{2}}) {
        const std::string suffix = threads == 1 ? "" : "_2_threads";
        PS_TRY(const double before, bareEngine(bytes, model, threads));
        PS_TRY(const double ours,
               embeddingsPerSecond({folder, settings.folderImages, model, kImages, threads, kBatch}));
        PS_TRY(const double after, bareEngine(bytes, model, threads));
        seen.figures.push_back({"clip" + suffix, "1/s", ours, {}, {"bare_engine" + suffix}});
        seen.baselines.push_back({"bare_engine" + suffix, "1/s", 2 / (1 / before + 1 / after), {}, {}});
    }
    seen.memory = memoryUse();
    seen.facts = Json::object({{"images", kImages}, {"batch", kBatch}});
    return seen;
}

} // namespace ps::bench
