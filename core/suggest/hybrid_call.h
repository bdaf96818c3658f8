// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/hybrid.h"

namespace ps {

/// In the folder of the hybrid state; one HybridCall on each line.
constexpr const char* kHybridCallsFile = "calls.jsonl";

Json hybridCallJson(const HybridCall& call);
/// Errors: Corrupt naming the member.
Result<HybridCall> hybridCallFromJson(const Json& json);

} // namespace ps
