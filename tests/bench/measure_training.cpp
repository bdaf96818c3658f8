// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/suggest/ranker_training.h"
#include "tests/bench/observation.h"

#include <QCoreApplication>
#include <QProcess>
#include <QProcessEnvironment>

#include <algorithm>
#include <cmath>

namespace ps::bench {

namespace {

constexpr std::size_t kSize = 512;
constexpr std::size_t kPairs = 27'000;
constexpr std::size_t kHeldPairs = 3'000;
constexpr int kBatch = 256;

/// What a person would think of an image: partly a plain sum of its numbers, partly not.
struct Taste {
    std::vector<double> plain;
    std::vector<double> bent;

    explicit Taste(TrainingRandom& random) : plain(kSize), bent(kSize)
    {
        const double scale = 1 / std::sqrt(static_cast<double>(kSize));
        for (double& value : plain)
            value = (random.uniform() + random.uniform() - 1) * 2.4 * scale;
        for (double& value : bent)
            value = (random.uniform() + random.uniform() - 1) * 2.4 * scale;
    }

    double of(std::span<const float> image, TrainingRandom& random) const
    {
        double first = 0;
        double second = 0;
        for (std::size_t i = 0; i < kSize; ++i) {
            first += plain[i] * image[i];
            second += bent[i] * image[i];
        }
        return first + std::abs(second) + 0.35 * (random.uniform() + random.uniform() - 1);
    }
};

/// Groups of `groupSize` images until there are that many pairs.
RankerSamples sampleGroups(std::size_t pairs, std::size_t groupSize, const Taste& taste, TrainingRandom& random)
{
    RankerSamples samples;
    samples.columns = kSize;
    for (std::size_t count = 0; count < pairs; count += groupSize - 1) {
        RankerSamples::Group group{samples.rows.size() / kSize, groupSize, 0, true};
        double best = -INFINITY;
        for (std::size_t i = 0; i < groupSize; ++i) {
            const std::size_t start = samples.rows.size();
            for (std::size_t k = 0; k < kSize; ++k)
                samples.rows.push_back(
                    static_cast<float>((random.uniform() + random.uniform() + random.uniform() - 1.5) * 2));
            const double value = taste.of(std::span(samples.rows).subspan(start, kSize), random);
            if (value > best) {
                best = value;
                group.winner = i;
            }
        }
        samples.groups.push_back(group);
    }
    return samples;
}

std::span<const float> rowOf(const RankerSamples& samples, std::size_t row)
{
    return std::span(samples.rows).subspan(row * kSize, kSize);
}

/// The share of pairs whose winner scores higher.
double pairAccuracy(const Mlp& net, const RankerSamples& samples)
{
    double right = 0;
    for (const RankerSamples::Group& group : samples.groups) {
        const float winner = net.forward(rowOf(samples, group.firstRow + group.winner)).front();
        for (std::size_t i = 0; i < group.rowCount; ++i)
            right += i != group.winner && winner > net.forward(rowOf(samples, group.firstRow + i)).front() ? 1 : 0;
    }
    return right / static_cast<double>(samples.pairCount());
}

// ---- PyTorch -------------------------------------------------------------------------------------------------------

Result<void> writePairs(const std::string& folder, const std::string& prefix, const RankerSamples& samples)
{
    std::string winners;
    std::string losers;
    const auto append = [](std::string& out, std::span<const float> row) {
        out.append(reinterpret_cast<const char*>(row.data()), row.size_bytes());
    };
    for (const RankerSamples::Group& group : samples.groups) {
        for (std::size_t i = 0; i < group.rowCount; ++i) {
            if (i == group.winner)
                continue;
            append(winners, rowOf(samples, group.firstRow + group.winner));
            append(losers, rowOf(samples, group.firstRow + i));
        }
    }
    PS_TRY_VOID(writeFileDurably(folder + "/" + prefix + "winners.f32", winners, Replace::Atomic));
    return writeFileDurably(folder + "/" + prefix + "losers.f32", losers, Replace::Atomic);
}

/// What the script says, or nothing where there is no PyTorch.
std::optional<Json> trainByPyTorch(const std::string& folder, int threads)
{
    QProcess python;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString kernel = QString::fromStdString(Blas::kernelOfProcessor());
    if (!kernel.isEmpty())
        environment.insert(QStringLiteral("OPENBLAS_CORETYPE"), kernel);
    environment.insert(QStringLiteral("OMP_WAIT_POLICY"), QStringLiteral("passive"));
    python.setProcessEnvironment(environment);
    python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral(PS_BENCH_PEERS "/train_ranker.py"),
                                                      QString::fromStdString(folder), QString::number(threads)});
    if (!python.waitForFinished(-1) || python.exitStatus() != QProcess::NormalExit || python.exitCode() != 0)
        return {};
    const auto json = parseJson(python.readAllStandardOutput().trimmed().toStdString());
    return json ? std::optional(*json) : std::nullopt;
}

struct Trained {
    double seconds = 0;
    double cpuMs = 0;
    double accuracy = 0;
};

Result<Trained> trainOurs(const RankerSamples& samples, const RankerSamples& held, int epochs, int threads)
{
    RankerTrainingOptions options;
    options.epochs = epochs;
    options.patience = 0;
    options.batchSize = kBatch;
    const Blas& blas = Blas::ofProcess(threads);
    const Stopwatch watch;
    PS_TRY(const TrainedRanker trained, trainRanker(samples, {}, options, blas, {}, {}));
    return Trained{watch.wallMs() / 1e3, watch.cpuMs(), pairAccuracy(trained.net, held)};
}

} // namespace

Result<Observation> measureRankerTraining(const Settings& settings)
{
    const bool isQuick = settings.rows < 100'000; // to see that it works
    const int epochs = isQuick ? 1 : 30;
    TrainingRandom random(7);
    const Taste taste(random);
    const RankerSamples ofThree = sampleGroups(kPairs, 3, taste, random);
    const RankerSamples ofTwo = sampleGroups(kPairs, 2, taste, random);
    const RankerSamples held = sampleGroups(kHeldPairs, 2, taste, random);
    Observation seen;
    for (const int threads : {1, 2}) {
        const std::string suffix = threads == 1 ? "" : "_2_threads";
        PS_TRY(const Trained pairs, trainOurs(ofTwo, held, epochs, threads));
        seen.figures.push_back({"pairs" + suffix, "s", pairs.seconds, pairs.cpuMs, {"pytorch" + suffix}});
        seen.facts.set("accuracy" + suffix, pairs.accuracy);
    }
    PS_TRY(const Trained groups, trainOurs(ofThree, held, epochs, 1));
    seen.figures.push_back({"groups_of_three", "s", groups.seconds, groups.cpuMs, {"pytorch"}});
    seen.facts.set("blas", Blas::ofProcess().name());
    seen.facts.set("epochs", std::int64_t{epochs});
    seen.memory = memoryUse();
    if (isQuick)
        return seen;
    const std::string folder = settings.folder + "/training";
    PS_TRY(const UniqueFd made, makeFolders(folder));
    PS_TRY_VOID(writePairs(folder, "", ofTwo));
    PS_TRY_VOID(writePairs(folder, "held_", held));
    for (const int threads : {1, 2}) {
        const std::string suffix = threads == 1 ? "" : "_2_threads";
        const auto peer = trainByPyTorch(folder, threads);
        if (!peer)
            continue;
        seen.baselines.push_back(
            {"pytorch" + suffix, "s", (*peer)["seconds"].toDouble(), (*peer)["cpu_seconds"].toDouble() * 1e3, {}});
        seen.facts.set("pytorch_accuracy" + suffix, (*peer)["accuracy"].toDouble());
        seen.facts.set("pytorch_version", (*peer)["version"]);
    }
    return seen;
}

} // namespace ps::bench
