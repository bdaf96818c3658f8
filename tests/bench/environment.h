// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "tests/bench/settings.h"

namespace ps::bench {

/// What the figures depend on: processor, kernel, file system, versions of the libraries and the kind of build.
Json environmentJson(const Settings& settings);

} // namespace ps::bench
