// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/http_client.h"
#include "core/suggest/hybrid.h"

#include <memory>
#include <stop_token>
#include <string>

namespace ps::cli {

/// The configuration of --hybrid. Errors: those of the file, with its name.
Result<HybridConfig> readHybridConfig(const std::string& path);

/// Asks the configured service over HTTP. Header values "env:NAME" are taken from the environment here, once.
/// Errors: NotFound for a variable that is not set.
Result<AskProvider> askOverHttp(const HybridConfig& config, std::stop_token stop);

/// The folder of the hybrid state in a workspace.
std::string hybridFolder(const std::string& workspacePath);

} // namespace ps::cli
