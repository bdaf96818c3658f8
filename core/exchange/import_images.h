// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_plan_state.h"

#include <functional>

namespace ps {

/// Images that a plan knows of for the project, new or not.
Result<std::int64_t> countPlannedImages(const PlanStore& store, const std::string& projectId);

/// The images of a dataset on their way into one project. They are copied into a hidden folder beside the project's images,
/// verified and made durable; one rename makes them appear, just before the rows are committed. Until keep() everything goes
/// away again with this object.
class ImportedImages
{
public:
    /// Copies what is new and finds the groups of what is not. Nothing to do for logs and databases.
    /// Errors: NoSpace, Io; Conflict when a file of the dataset has changed since it was read; Cancelled.
    static Result<ImportedImages> prepare(ImportPlan::State& state, const ProjectSession& session,
                                          std::stop_token stop);

    ImportedImages(ImportedImages&& other) noexcept;
    ImportedImages& operator=(ImportedImages&&) = delete;
    ~ImportedImages();

    /// Labels, boxes and sides, as details of ledger entries which `append` stores; groups are frozen.
    Result<void> write(StoreTransaction& transaction, std::int64_t importId,
                       const std::function<Result<void>(Json detail)>& append) const;
    /// Makes the copies appear under their names.
    Result<void> publish();
    void keep() { m_isKept = true; }

    /// One image as the plan has it.
    struct PlannedImage {
        std::int64_t position = 0;
        std::string path;
        std::string target;
        bool isCopy = false; ///< it is not in the project yet
        std::string sha256;
        Json facts;
        std::string decidedAs;
        std::string groupKey;
        std::int64_t slot = 0;
        std::string group;
    };

private:
    ImportedImages(ImportPlan::State& state, const ProjectSession& session) : m_state(&state), m_session(&session) {}

    Result<void> copyAll(std::stop_token stop);
    Result<void> findGroups() const;
    Result<void> markBound() const;
    Result<void> placeCopies() const;
    Result<void> placeGroup(std::vector<PlannedImage> members) const;
    Result<bool> haveNoOtherGroup(const std::vector<PlannedImage>& members) const;
    Result<std::vector<GroupMember>> membersOf(const PlannedImage& copy) const;

    ImportPlan::State* m_state;
    const ProjectSession* m_session;
    std::string m_temporary; ///< beneath the images of the project; "" without copies
    std::string m_published; ///< likewise
    bool m_isKept = false;
};

} // namespace ps
