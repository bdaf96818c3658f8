// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/context.h"

#include <span>
#include <vector>

namespace ps::cli {

/// An option of one or more verbs.
struct OptionInfo {
    const char* name;
    const char* valueName; ///< nullptr for a flag
    const char* help;      ///< English, translated when shown
};

/// One verb: "project create".
struct Command {
    const char* verb;
    const char* arguments; ///< "ID GROUP approve|crop|reject"
    const char* help;
    qsizetype minArguments;
    qsizetype maxArguments;
    std::vector<const char*> options; ///< names of OptionInfo
    int (*run)(Context&);
};

std::span<const OptionInfo> allOptions();
std::span<const Command> allCommands();

// Each file of verbs.
int runProjectCreate(Context& context);
int runProjectList(Context& context);
int runScan(Context& context);
int runGroups(Context& context);
int runDecide(Context& context);
int runCrop(Context& context);
int runSplit(Context& context);
int runOutcome(Context& context);
int runFlag(Context& context);
int runNote(Context& context);
int runOutcomes(Context& context);
int runUndo(Context& context);
int runRedo(Context& context);
int runHistory(Context& context);
int runFinalize(Context& context);
int runStaging(Context& context);
int runInspect(Context& context);
int runValidate(Context& context);
int runRepair(Context& context);
int runStats(Context& context);
int runLedger(Context& context);
int runDemo(Context& context);
int runModelsList(Context& context);
int runModelsShow(Context& context);
int runModelsImport(Context& context);
int runModelsActivate(Context& context);
int runModelsDeactivate(Context& context);
int runModelsRollBack(Context& context);
int runModelsHybrid(Context& context);
int runPredict(Context& context);
int runProbe(Context& context);
int runRender(Context& context);
int runThumbnails(Context& context);
int runDuplicates(Context& context);
int runSimilar(Context& context);
int runMap(Context& context);
int runSuggestionsReport(Context& context);
int runSuggestionsSet(Context& context);
int runDetect(Context& context);
int runEmbed(Context& context);
int runEmbedImport(Context& context);
int runEmbedMerge(Context& context);
int runEmbedReport(Context& context);
int runEmbedVerify(Context& context);
int runTrainRanker(Context& context);
int runTrainCrop(Context& context);
int runExport(Context& context);
int runVerifyExport(Context& context);
int runDiff(Context& context);
int runReleasesList(Context& context);
int runBench(Context& context);
int runImport(Context& context);
int runBackfill(Context& context);

} // namespace ps::cli
