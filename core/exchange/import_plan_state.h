// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_rules.h"
#include "core/exchange/plan_builder.h"

namespace ps {

/// What an ImportPlan holds: its options, its source and the temporary database.
struct ImportPlan::State {
    State(const Workspace& toImportInto, ImportOptions given) : workspace(toImportInto), options(std::move(given)) {}
    ~State();
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    Workspace workspace;
    ImportOptions options;
    ImportRules rules;
    ImportFormat format = ImportFormat::DecisionLog;
    bool isBackfill = false;
    std::string sourceName;                 ///< the last part of the path
    std::string sourceSha256;               ///< of the file, or of the list of a folder
    std::shared_ptr<const UniqueFd> folder; ///< that holds the source, or is it
    std::vector<std::string> files;         ///< beneath the folder, for logs and databases
    std::string unpackedFolder;             ///< absolute path of a temporary folder, removed at the end; "" without one
    std::optional<PlanStore> store;
    UtcTime time;        ///< when the plan was made
    bool isTold = false; ///< a report of it was written

    /// The project of images, and of what does not say its own: --into, else one named after the source of a dataset.
    std::string imagesProjectId() const;
    /// As reports and ps_imports name it.
    std::string_view formatText() const;
    const Clock& clock() const { return options.clock ? *options.clock : systemClock(); }
};

/// Finds out what the source is and opens it. Errors: as ImportPlan::make().
Result<void> openImportSource(ImportPlan::State& state, std::stop_token stop);

/// Whether a line was quarantined or is in conflict.
Result<bool> hasRefusedLines(const ImportPlan::State& state);

/// Writes the report into the workspace, and beside it a file with all lines that were quarantined or are in conflict when there
/// are any, which the report then names. Returns its path relative to the workspace. Errors: those of the disk.
Result<std::string> writeImportReport(const ImportPlan::State& state, Json report);

/// Reads the source into the plan, from where an earlier attempt stopped. Errors: Cancelled; those of the disk.
Result<void> readImportSource(ImportPlan::State& state, PlanBuilder& builder, std::stop_token stop);

} // namespace ps
