// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "tests/bench/process_figures.h"
#include "tests/bench/settings.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ps::bench {

/// One number, of ours or of the baseline beside it.
struct Figure {
    std::string name;
    std::string unit; ///< "ms", "1/s"; figure and baseline of a ratio have the same
    double value = 0;
    std::optional<double> cpuMs;      ///< user and system time of the whole process meanwhile
    std::vector<std::string> against; ///< names of the baselines that it is divided by; empty for a baseline
};

/// What one run of one measurement gives.
struct Observation {
    std::vector<Figure> figures;
    std::vector<Figure> baselines;
    MemoryUse memory; ///< taken after the figures and before the baselines that need memory of their own
    Json facts{Json::Object{}};
};

/// One measurement. Each run happens in a process of its own, so that its memory is its own.
struct Measurement {
    const char* name;
    const char* meaning;
    Result<Observation> (*run)(const Settings&);
    /// What it is about: "decisions", "store", "images", "inference", "training", "quality", "similarity", "exchange" or "ui"; --only takes it
    /// too.
    const char* family = "decisions";
};

/// In the order in which they run: a warm opening needs the cold one before it.
std::span<const Measurement> allMeasurements();

Json observationJson(const Observation& observation);

// Each in a file of its own.
Result<Observation> measureDecisionsOneByOne(const Settings& settings);
Result<Observation> measureDecisionsAtOnce(const Settings& settings);
Result<Observation> measureColdViewing(const Settings& settings);
Result<Observation> measureWarmViewing(const Settings& settings);
Result<Observation> measureColdWorking(const Settings& settings);
Result<Observation> measureWarmWorking(const Settings& settings);
Result<Observation> measureInspection(const Settings& settings);
Result<Observation> measureStore(const Settings& settings);
Result<Observation> measureGrouping(const Settings& settings);
Result<Observation> measureJpegThumbnails(const Settings& settings);
Result<Observation> measurePngThumbnails(const Settings& settings);
Result<Observation> measureImagePool(const Settings& settings);
Result<Observation> measureNearDuplicates(const Settings& settings);
Result<Observation> measureThumbnails(const Settings& settings);
Result<Observation> measureSimilarity(const Settings& settings);
Result<Observation> measureEmbeddingMap(const Settings& settings);
Result<Observation> measureBuiltinEmbedder(const Settings& settings);
Result<Observation> measureRankerTraining(const Settings& settings);
Result<Observation> measurePickQuality(const Settings& settings);
Result<Observation> measureCropQuality(const Settings& settings);
Result<Observation> measureClipEmbedder(const Settings& settings);
Result<Observation> measureZip(const Settings& settings);
Result<Observation> measureCoco(const Settings& settings);
Result<Observation> measureSplit(const Settings& settings);
Result<Observation> measureJsonLines(const Settings& settings);
Result<Observation> measureImport(const Settings& settings);
#ifdef PS_BENCH_HAS_WINDOW
Result<Observation> measureUiKeys(const Settings& settings);
Result<Observation> measureUiKeysSuggesting(const Settings& settings);
Result<Observation> measureUiFirstGroup(const Settings& settings);
Result<Observation> measureUiMemory(const Settings& settings);
Result<Observation> measureScrolling(const Settings& settings);
#endif

} // namespace ps::bench
