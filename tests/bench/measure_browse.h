// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/observation.h"

namespace ps::bench {

/// Scrolls a contact sheet of twenty million made-up rows with pictures: notches of the wheel, steps of the scroll bar, jumps
/// anywhere, keys and changes of the cells' size. Each figure is the time of one event of ours with the painting that
/// follows it. Needs a QApplication, and no display.
Result<Observation> measureScrolling(const Settings& settings);

} // namespace ps::bench
