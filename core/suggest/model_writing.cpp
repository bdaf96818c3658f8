// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/model_writing.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/library/workspace.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace ps {

std::string_view modelFileStem(TrainingReport::Kind kind)
{
    return kind == TrainingReport::Kind::Ranker ? "ranker" : "crop_proposer";
}

Result<std::string> nextModelId(const std::string& modelsFolder, TrainingReport::Kind kind)
{
    const std::string stem = std::string(modelFileStem(kind)) + "_v";
    std::int64_t highest = 0;
    const auto folder = openFolder(modelsFolder);
    if (!folder && folder.error().code != ErrorCode::NotFound)
        return folder.error();
    if (folder) {
        PS_TRY(const std::vector<std::string> names, folderEntries(folder->get()));
        for (const std::string& name : names) {
            if (!startsWith(name, stem))
                continue;
            const std::string_view rest = std::string_view(name).substr(stem.size());
            const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
            highest = std::max(highest, parseInteger(rest.substr(0, digits)).value_or(0));
        }
    }
    return stem + std::to_string(highest + 1);
}

Result<SplitIds> earlierSplits(const std::string& modelsFolder, TrainingReport::Kind kind)
{
    constexpr std::size_t kMaxBytes = 64U << 20;
    const auto folder = openFolder(modelsFolder);
    if (!folder)
        return folder.error().code == ErrorCode::NotFound ? Result<SplitIds>(SplitIds{}) : folder.error();
    PS_TRY(const std::vector<std::string> names, folderEntries(folder->get()));
    std::set<std::string> validation;
    std::set<std::string> holdOut;
    for (const std::string& name : names) {
        if (!endsWith(name, "_metadata.json"))
            continue;
        const auto text = readFileBeneath(folder->get(), name, kMaxBytes);
        const auto metadata = text ? modelMetadataFromJson(*text) : Result<ModelMetadata>(text.error());
        if (!metadata || metadata->kind != kind)
            continue;
        validation.insert(metadata->split.validation.begin(), metadata->split.validation.end());
        holdOut.insert(metadata->split.holdOut.begin(), metadata->split.holdOut.end());
    }
    return SplitIds{{validation.begin(), validation.end()}, {holdOut.begin(), holdOut.end()}};
}

// ---- the short report ----------------------------------------------------------------------------------------------

namespace {

std::string percent(double share)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f %%", share * 100);
    return text.data();
}

std::string scoreLine(const Score& score)
{
    return "| " + score.name + " | " + percent(score.value) + " | " + percent(score.interval[0]) + " to " +
           percent(score.interval[1]) + " | " + std::to_string(score.count) + " |\n";
}

std::string stageLines(const TrainingReport& report)
{
    if (report.byStage.empty())
        return {};
    std::string text = "\n| stage that was chosen | right | of |\n|---|---|---|\n";
    for (const TrainingReport::StageRow& row : report.byStage)
        text += "| " + pythonFloatRepr(row.stage) + " | " + std::to_string(row.correct) + " | " +
                std::to_string(row.count) + " |\n";
    return text;
}

std::string countLines(const TrainingReport& report)
{
    std::string text =
        "\nTrained on " + std::to_string(report.trainingGroups) + " group(s) and " +
        std::to_string(report.trainingPairs) +
        (report.kind == TrainingReport::Kind::Ranker ? " pair(s); " : " crop(s); ") +
        std::to_string(report.holdOutGroups) +
        " held out: nothing was learned from them, but of two shapes the better one on them may have been taken.\n";
    if (!report.excluded.empty())
        text += "\nRows that were left out:\n\n";
    for (const auto& [reason, count] : report.excluded)
        text += "- " + std::to_string(count) + ": " + reason + "\n";
    return text;
}

} // namespace

std::string shortReport(const ModelMetadata& metadata)
{
    const TrainingReport& report = metadata.report;
    const bool isRanker = metadata.kind == TrainingReport::Kind::Ranker;
    std::string text = "# " + metadata.id + ", " + metadata.createdAt + "\n\n" + report.verdict + "\n\n";
    text += std::string("| ") + (isRanker ? "picks of the hold-out" : "mean IoU on the hold-out") +
            " | value | 95 % interval | of |\n|---|---|---|---|\n" + scoreLine(report.model);
    for (const auto& part : {report.highestStage, report.notHighestStage})
        text += part ? scoreLine(*part) : "";
    for (const Score& baseline : report.baselines)
        text += scoreLine(baseline);
    text += stageLines(report);
    if (isRanker)
        text += "\nExpected calibration error: " + percent(report.calibrationError) + "\n";
    text += countLines(report);
    text += "\nShape " + metadata.shape + ", embeddings of " + metadata.embedderId + ", best epoch " +
            std::to_string(report.bestEpoch) + " of " + std::to_string(report.epochs.size()) + ".\n";
    text += "Data " + report.dataFingerprint + "\n";
    return text;
}

// ---- files ---------------------------------------------------------------------------------------------------------

namespace {

Result<void> writeNew(const std::string& path, std::string_view bytes)
{
    const auto written = writeFileDurably(path, bytes, Replace::Never);
    return written ? Result<void>() : written.error().in(path);
}

bool exists(const std::string& path)
{
    return readFile(path, 0).has_value() || readFile(path, 0).error().code != ErrorCode::NotFound;
}

std::string folderOf(const std::string& path)
{
    const std::string_view folder = parentPath(path);
    return folder.empty() ? (startsWith(path, "/") ? "/" : ".") : std::string(folder);
}

} // namespace

Result<WrittenModel> writeModel(const TrainedModel& model, const std::string& modelPath,
                                const std::string& reportFolder, UtcTime now)
{
    WrittenModel written;
    written.modelPath = modelPath;
    const std::string stem = joinPath(folderOf(modelPath), model.metadata.id);
    written.metadataPath = stem + "_metadata.json";
    for (const std::string& path : {written.modelPath, written.metadataPath}) {
        if (exists(path))
            return Error{ErrorCode::AlreadyExists, "a model is there already; it is not replaced", path, 0};
    }
    const std::string bytes = model.checkpoint();
    written.sha256 = sha256Hex(bytes);
    PS_TRY(const UniqueFd models, makeFolders(folderOf(modelPath)));
    PS_TRY(const UniqueFd reports, makeFolders(reportFolder));
    const std::string report = joinPath(reportFolder, model.metadata.id + "_training_" + formatFileStamp(now));
    written.reportPath = report + ".md";
    PS_TRY_VOID(writeNew(written.metadataPath, toJson(model.metadata)));
    if (const auto done = writeNew(written.modelPath, bytes); !done) {
        discard(removeFile(models.get(), fileName(written.metadataPath)), "the first failure is the one to tell");
        return done.error();
    }
    PS_TRY_VOID(writeNew(report + ".json", toJson(model.metadata.report)));
    PS_TRY_VOID(writeNew(written.reportPath, shortReport(model.metadata)));
    return written;
}

Result<void> registerTrained(ModelRegistry& registry, const TrainedModel& model, const WrittenModel& written)
{
    const ModelMetadata& metadata = model.metadata;
    ModelRecord record;
    record.id = metadata.id;
    record.task = metadata.kind == TrainingReport::Kind::Ranker ? SuggestionTask::Pick : SuggestionTask::Crop;
    record.file = fileName(written.modelPath);
    record.sha256 = written.sha256;
    record.embedderId = metadata.embedderId;
    record.preprocessing = metadata.preprocessing;
    record.createdAt = metadata.createdAt;
    record.source = "trained";
    record.dataFingerprint = metadata.report.dataFingerprint;
    record.report = metadata.report;
    record.isProposed = metadata.report.isProposed;
    record.verdict = metadata.report.verdict;
    return registry.add(std::move(record));
}

} // namespace ps
