// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_merge.h"
#include "core/exchange/import_rules.h"
#include "core/exchange/plan_store.h"
#include "core/library/project_folders.h"

#include <map>
#include <memory>

namespace ps {

/// What a further row about a cropped image means. Source: formats/decisions_v3.md 6.2.
struct RepeatVerdict {
    enum class Kind {
        First,    ///< no row about the image so far
        Same,     ///< says what an earlier one said
        Nothing,  ///< the full frame of what is left: changes nothing
        Composed, ///< a crop of the crop; the decision has been put into the coordinates of the original
        Unclear,  ///< no way to tell which picture it is about
    };
    Kind kind = Kind::First;
    Json chain; ///< to be kept for the next row
};
/// `chain` is what earlier rows left, null for none; one about another image counts as none. The decision's size is known.
RepeatVerdict composeRepeat(const Json& chain, ImportedDecision& decision);

/// Whether the crop of the row, or its whole frame when it is an approval, is to half a pixel what the chain says is left.
bool isAsLeft(const DecisionRow& row, const Json& chain);

/// Works out, item by item and in the order of the source, what an import does: it finds the project and the row, the size, and
/// the outcome, and puts all of it into the plan. The projects are only read.
/// Threads: one at a time; blocks.
class PlanBuilder
{
public:
    /// `time` is that of the import; `targetFolder` is where images of a dataset go, beneath those of the project.
    PlanBuilder(const Workspace& workspace, ImageService& images, PlanStore& store, const ImportOptions& options,
                const ImportRules& rules, UtcTime time, std::string targetFolder);
    ~PlanBuilder();

    Result<void> take(ImportedDecision decision);
    Result<void> take(QuarantinedItem item);
    /// An image of a dataset, which lies in `folderFd`; decided in finishImages(), when all members of its group are known.
    Result<void> take(ImportedImage image, int folderFd);
    Result<void> finishImages(const std::shared_ptr<const UniqueFd>& folder, std::stop_token stop);

    /// The project of images, and of decisions that name none.
    void setImagesProject(std::string projectId) { m_imagesProjectId = std::move(projectId); }
    /// A crop of another database that differs replaces the stored one.
    void setCorrectsCrops(bool corrects) { m_options.correctsCrops = corrects; }

private:
    struct Project;

    Result<Project*> project(const std::string& projectId);
    Result<void> loadRows(Project& project, const Connection& database);
    Result<void> loadImported(const Project& project, const Connection& database);
    Result<void> findFiles(Project& project);
    Result<std::string> findSize(Project& project, ImportedDecision& decision);
    static Result<bool> isImportedRow(const Project& project, const PlanTarget& target);

    Result<std::vector<std::string>> groupsOf(const Project& project, const std::vector<std::string>& names) const;
    Result<std::optional<PlanTarget>> targetOf(const Project& project, const std::string& groupId) const;
    Result<std::string> newGroupId(const Project& project, const ImportedDecision& decision) const;

    Result<void> takeRow(Project& project, ImportedDecision decision);
    Result<void> takeDecision(Project& project, ImportedDecision decision);
    Result<void> takeInto(const Project& project, PlanTarget target, const ImportedDecision& decision,
                          const RepeatVerdict& repeat, bool wasImported);
    static Merged mergedInto(const PlanTarget& target, const DecisionRow& before, const ImportedDecision& decision,
                             const RepeatVerdict& repeat, bool wasImported, MergeOptions options);
    Result<void> addRow(const Project& project, const DecisionRow& row, bool isSelectionOnly, Json chain);
    struct PlacedImage {
        std::string target; ///< beneath the images of the project
        std::string sha256;
        bool isCopy = false; ///< it is not there yet
    };
    Result<std::optional<PlacedImage>> placeImage(const Project& project, const std::string& name,
                                                  const Result<UniqueFd>& file);
    Result<void> chooseTargetFolder(const Project& project);
    Result<void> finishGroup(const std::shared_ptr<const UniqueFd>& folder, const std::string& group);
    Result<std::string> sizeOfMember(const std::shared_ptr<const UniqueFd>& folder, const std::string& path,
                                     const Json& facts, ImportedDecision& decision) const;
    Result<void> noteImage(const Project& project, ImportOrigin origin, const std::string& name,
                           const std::string& kind, bool isCopy, const std::string& problem);

    Result<void> note(const ImportedDecision& decision, ImportOutcome outcome, const std::string& groupId,
                      const std::optional<DecisionRow>& before, const std::optional<DecisionRow>& after,
                      const std::string& reason);

    const Workspace& m_workspace;
    ImageService& m_images;
    PlanStore& m_store;
    MergeOptions m_options;
    std::string m_projectId; ///< --into
    std::string m_imagesProjectId;
    const ImportRules& m_rules;
    UtcTime m_time;
    std::string m_targetFolder;
    bool m_isTargetChosen = false;
    std::string m_lastGroupId; ///< of the item that was noted last
    std::map<std::string, std::unique_ptr<Project>> m_projects;
};

} // namespace ps
