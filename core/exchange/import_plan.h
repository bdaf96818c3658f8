// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_record.h"
#include "core/library/project_session.h"

#include <array>
#include <map>
#include <memory>

namespace ps {

class ImageService;
struct BackfillOptions;

/// What an import does with one item.
enum class ImportOutcome { Added, Filled, Corrected, Skipped, Conflict, Quarantined };
constexpr std::size_t kImportOutcomeCount = 6;
std::string_view importOutcomeName(ImportOutcome outcome); ///< "added", "filled", ... , "conflict", "quarantined"

struct ImportOptions {
    std::string sourcePath; ///< a file, a folder or an archive (unpacked by a locked-up worker into a temporary folder)
    std::optional<ImportFormat> format; ///< nothing: found out
    std::string projectId;              ///< --into; "" = as the source says, row by row
    Json columnMap;                     ///< Csv: our field -> their column
    Json projectRules;                  ///< paths and date windows -> project; null = the known ones
    bool correctsCrops = false;         ///< backfill: a clearly better crop replaces a stored one
    bool rejectsUnmatched = false;      ///< groups without a final image become rejects; else they stay undecided
    std::string tool;
    std::string workerPath;       ///< of the program that reads archives; "" when there will be none
    std::string cacheFolder;      ///< of the temporary databases; "" = $XDG_CACHE_HOME/proofsheet/imports
    const Clock* clock = nullptr; ///< must outlive the plan; the system clock when null
    std::function<void(std::int64_t done, std::int64_t total)> onProgress;
};

/// Everything that an import would do, in a temporary database; nothing of the project was touched.
/// Threads: one at a time.
class ImportPlan
{
public:
    /// Reads the source to its end, streaming. Resumes where an earlier attempt over the same source stopped. Blocks.
    /// Errors: NotFound; Unsupported when no format fits, saying what was looked for; Refused for an evil archive, naming the
    /// entry; Cancelled.
    static Result<std::unique_ptr<ImportPlan>> make(const Workspace& workspace, ImageService& images,
                                                    const ImportOptions& options, std::stop_token stop);
    /// Reconstructs decisions from finished images; see backfill.h. The session is only read.
    /// Errors: NotFound; Cancelled.
    static Result<std::unique_ptr<ImportPlan>> makeBackfill(const ProjectSession& session, ImageService& images,
                                                            const BackfillOptions& options, std::stop_token stop);
    ~ImportPlan();

    ImportFormat format() const;
    /// project id -> number of items with each outcome.
    using Counts = std::map<std::string, std::array<std::int64_t, kImportOutcomeCount>>;
    Result<Counts> counts() const;
    /// Everything by kind of row, for people: "19 fields, pixels: 7193", in source order.
    Result<std::vector<std::pair<std::string, std::int64_t>>> classes() const;

    struct Item {
        ImportOrigin origin;
        ImportOutcome outcome = ImportOutcome::Added;
        std::string projectId;
        std::string groupId;
        std::vector<std::string> images;
        std::string before; ///< what the project has, as text; "" when nothing
        std::string after;  ///< what it will have
        std::vector<std::string> notes;
    };
    /// Items `first` up to `first + count` in source order, of one outcome or of all. Cost: a key look-up.
    Result<std::vector<Item>> items(std::optional<ImportOutcome> outcome, std::int64_t first, std::int64_t count) const;

    /// The inspection report of what would be imported, with 50 rows as they stand. JSON.
    Result<Json> report() const;

    struct Applied {
        std::map<std::string, std::int64_t> importIds; ///< project -> ps_imports
        Counts counts;
        std::string reportPath; ///< relative to the workspace
    };
    /// Applies everything for one project in one transaction, after a verified snapshot, as one undo step; images are copied
    /// first and removed again when that fails. Projects that are missing are made. Applying twice changes nothing. Blocks.
    Result<Applied> apply(const std::function<Result<std::unique_ptr<ProjectSession>>(const std::string&)>& openForWork,
                          std::stop_token stop);

    struct State; ///< of the implementation

private:
    explicit ImportPlan(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace ps
