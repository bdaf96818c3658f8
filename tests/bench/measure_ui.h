// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "tests/bench/settings.h"

namespace ps::bench {

struct Observation;
class UiDriver;
class UiProject;

/// Presses the keys of somebody who decides quickly, and takes the time; with the baselines beside it.
Result<Observation> measureKeys(UiDriver& driver, const UiProject& project, const Settings& settings);

/// Trains a ranker over 27,000 pairs again and again until the process is ended.
int runTrainingLoad();

} // namespace ps::bench
