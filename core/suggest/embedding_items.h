// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/embedding_run.h"
#include "core/library/project_session.h"

#include <stop_token>
#include <string>
#include <vector>

namespace ps {

/// Folders relative to the workspace, as the scripts have them.
constexpr std::string_view kEmbeddingCacheFolder = "data/ai_data/cache";

/// Every image beneath a folder, sorted by path. Their paths begin as `prefix` says: where the folder lies in the workspace, or
/// the folder as it was given. Blocks. Errors: NotFound, Io, Cancelled.
Result<std::vector<EmbeddingItem>> embeddingItemsOf(const std::string& folder, const std::string& prefix,
                                                    std::stop_token stop);

/// Every image of a project that is there, in its order, under the path at which it was scanned. Blocks.
Result<std::vector<EmbeddingItem>> embeddingItemsOf(const ProjectSession& session, std::stop_token stop);

/// Where `folder` lies in the workspace around it: "" when there is none or it is the workspace itself; then the path as given.
std::string workspacePathOf(const std::string& folder);

} // namespace ps
