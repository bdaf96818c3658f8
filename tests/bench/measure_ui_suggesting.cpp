// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The keys of the window while suggestions are made and a ranker is trained behind it.
#include "core/suggest/active_models.h"
#include "core/suggest/model_writing.h"
#include "core/suggest/ranker_training.h"
#include "tests/bench/measure_ui.h"
#include "tests/bench/observation.h"
#include "tests/bench/ui_driver.h"
#include "ui/common/live_suggestions.h"

#include <QProcess>

#include <sys/resource.h>

#include <cmath>
#include <filesystem>
#include <memory>

namespace ps::bench {

namespace {

constexpr std::size_t kInputs = 512;
constexpr int kNice = 10;

/// Numbers that look like an embedding; the same in every run.
class Numbers
{
public:
    float next()
    {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<float>(static_cast<double>(m_state >> 40) / (1 << 24) - 0.5);
    }

private:
    std::uint64_t m_state = 42;
};

/// A ranker of the usual shape; what it picks does not matter, what it costs does.
TrainedModel someRanker()
{
    Numbers numbers;
    TrainedModel model;
    for (const auto& [inputs, outputs] : {std::pair{kInputs, kRankerHidden[0]},
                                          {kRankerHidden[0], kRankerHidden[1]},
                                          {kRankerHidden[1], std::size_t{1}}}) {
        LinearLayer layer{inputs, outputs, {}, std::vector<float>(outputs, 0)};
        for (std::size_t i = 0; i < inputs * outputs; ++i)
            layer.weights.push_back(numbers.next() / std::sqrt(static_cast<float>(inputs)));
        model.net.layers.push_back(std::move(layer));
    }
    model.metadata.id = "ranker_v1";
    model.metadata.createdAt = "2026-01-01T00:00:00Z";
    model.metadata.embedderId = kBuiltinEmbedderName;
    model.metadata.preprocessing = Preprocessing::builtin();
    model.metadata.shape = model.net.shapeText();
    model.metadata.report.modelId = model.metadata.id;
    model.metadata.report.verdict = "made for a measurement";
    return model;
}

/// Makes it the active one of the project, which has no embeddings and no suggestions then.
Result<void> activateRanker(const UiProject& project)
{
    std::error_code problem; // what is not there need not go
    std::filesystem::remove_all(joinPath(project.workspacePath(), "data/ai_data"), problem);
    PS_TRY(const Workspace workspace, Workspace::open(project.workspacePath()));
    const std::string folder = ModelRegistry::folderOf(workspace);
    std::filesystem::create_directories(folder, problem);
    const TrainedModel model = someRanker();
    PS_TRY(const WrittenModel written,
           writeModel(model, joinPath(folder, "ranker_v1.pt"), folder, *parseTimestamp("2026-01-01T00:00:00Z")));
    PS_TRY(ModelRegistry registry, ModelRegistry::open(folder));
    PS_TRY_VOID(registerTrained(registry, model, written));
    return registry.activate(project.projectId(), "ranker_v1", true);
}

} // namespace

int runTrainingLoad()
{
    constexpr std::size_t kGroups = 13'500;
    constexpr std::size_t kImages = 3; // two pairs each
    Numbers numbers;
    RankerSamples samples;
    samples.columns = kInputs;
    for (std::size_t group = 0; group < kGroups; ++group)
        samples.groups.push_back({group * kImages, kImages, group * kImages + group % kImages, true});
    samples.rows.resize(kGroups * kImages * kInputs);
    for (float& value : samples.rows)
        value = numbers.next();
    RankerTrainingOptions options;
    options.patience = 0;
    for (;;) { // until it is ended
        const auto trained = trainRanker(samples, {}, options, Blas::ofProcess(1), {}, {});
        if (!trained)
            return 1;
    }
}

Result<Observation> measureUiKeysSuggesting(const Settings& settings)
{
    const UiProject project = UiProject::large(settings);
    PS_TRY_VOID(project.reset());
    PS_TRY_VOID(activateRanker(project));
    PS_TRY(const auto driver, UiDriver::open(project));
    LiveSuggestions& suggestions = driver->window().suggestions();
    suggestions.setDelay(0);
    suggestions.setEnabled(true);
    QProcess training;
    training.setChildProcessModifier([] { ::setpriority(PRIO_PROCESS, 0, kNice); });
    training.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--training-load")}, QIODevice::ReadOnly);
    if (!training.waitForStarted())
        return Error{ErrorCode::Io, "the training did not start", training.errorString().toStdString(), 0};
    std::int64_t stored = 0;
    QObject::connect(&driver->window().controller(), &ProjectController::suggestionsChanged, driver.get(),
                     [&stored](const QStringList& keys) { stored += keys.size(); });
    auto seen = measureKeys(*driver, project, settings);
    if (seen) {
        seen->facts.set("suggestions_stored", stored);
        seen->facts.set("suggesting", suggestions.status().state == SuggestionStatus::State::Computing);
        seen->facts.set("training", training.state() == QProcess::Running);
    }
    training.kill();
    training.waitForFinished();
    return seen;
}

} // namespace ps::bench
