// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// run_model MODEL ENGINE INPUT OUTPUT BATCH CHANNELS HEIGHT WIDTH [RUNS]: runs an ONNX file over raw 32-bit floats and writes
// those that come out. For tests that hold our engines against others. Prints the shape, the engine, the time of the fastest
// run and the largest memory as JSON; a failure as "Code: words" with exit code 1.
#include "core/base/files.h"
#include "core/inference/runtimes/engine.h"
#include "tests/support/models.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>

using namespace ps;

namespace {

constexpr std::size_t kMostBytes = std::size_t{2} << 30;

struct Job {
    std::string model;
    ModelSpec spec;
    std::string input;
    std::string output;
    std::vector<std::int64_t> shape;
    int runs = 1;
};

struct Figures {
    Tensor output;
    ModelFacts facts;
    double seconds = std::numeric_limits<double>::infinity();
};

Result<Figures> runJob(const Job& job)
{
    PS_TRY(const std::string bytes, readFile(job.model, kMostBytes));
    PS_TRY(const std::string raw, readFile(job.input, kMostBytes));
    std::vector<float> input(raw.size() / sizeof(float));
    std::memcpy(input.data(), raw.data(), input.size() * sizeof(float));
    PS_TRY(const auto session, loadModel(bytes, job.spec));
    Figures figures;
    figures.facts = session->facts();
    for (int i = 0; i < job.runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        PS_TRY(figures.output, session->run(input, job.shape, {}));
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
        figures.seconds = std::min(figures.seconds, spent.count());
    }
    const auto& values = figures.output.values;
    PS_TRY_VOID(writeFileDurably(
        job.output, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)}, Replace::Atomic));
    return figures;
}

/// The most memory of this program; getrusage() would tell that of the program which started it.
long peakMebibytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return std::atol(line.c_str() + 6) / 1024;
    }
    return -1;
}

void print(const Figures& figures)
{
    std::string shape;
    for (const std::int64_t size : figures.output.shape)
        shape += (shape.empty() ? "" : ", ") + std::to_string(size);
    std::printf(
        "{\"shape\": [%s], \"engine\": \"%s\", \"version\": \"%s\", \"milliseconds\": %.3f, \"peak_mib\": %ld}\n",
        shape.c_str(), std::string(modelEngineName(figures.facts.engine)).c_str(), figures.facts.engineVersion.c_str(),
        figures.seconds * 1000, peakMebibytes());
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 9) {
        std::fputs("run_model MODEL ENGINE INPUT OUTPUT BATCH CHANNELS HEIGHT WIDTH [RUNS]\n", stderr);
        return 2;
    }
    Job job{argv[1], {}, argv[3], argv[4], {}, argc > 9 ? std::atoi(argv[9]) : 1};
    job.spec.engine = std::string_view(argv[2]) == "onnxruntime" ? ModelEngine::OnnxRuntime : ModelEngine::OpenCvDnn;
    for (int i = 5; i < 9; ++i)
        job.shape.push_back(std::atoll(argv[i]));
    if (const auto prepared = prepareEngines(test::onnxRuntimePath()); !prepared)
        std::fprintf(stderr, "%s\n", prepared.error().describe().c_str());
    const auto figures = runJob(job);
    if (!figures) {
        std::printf("%s: %s\n", std::string(errorCodeName(figures.error().code)).c_str(),
                    figures.error().describe().c_str());
        return 1;
    }
    print(*figures);
    return 0;
}
