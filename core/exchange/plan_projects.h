// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/plan_builder.h"

namespace ps {

/// A project as an import reads it.
struct PlanBuilder::Project {
    std::string id;
    std::vector<std::string> columns;     ///< of its table, or of the one that will be made
    DecisionTable table;                  ///< empty when the project is not there yet
    std::unique_ptr<Connection> database; ///< null when the project is not there yet
    std::string imagesPath;               ///< absolute; "" likewise
    std::string imagesPrefix;             ///< workspace-relative
    bool knowsFiles = false;
};

/// Whether a project that an interrupted attempt had read is no longer as it was then. Errors: those of the disk.
Result<bool> haveProjectsChanged(const Workspace& workspace, const PlanStore& store);

} // namespace ps
