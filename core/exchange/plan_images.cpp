// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/exchange/decision_log.h"
#include "core/exchange/import_images.h"
#include "core/exchange/plan_projects.h"
#include "core/exchange/portable_name.h"
#include "core/imaging/image_service.h"
#include "core/library/filename.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::size_t kMostMembers = 4;
constexpr std::string_view kCropBox = "crop";

Json boxJson(const ImportedBox& box)
{
    return Json::array({box.className, box.box.x1, box.box.y1, box.box.x2, box.box.y2,
                        box.confidence ? Json(*box.confidence) : Json()});
}

Json factsJson(const ImportedImage& image)
{
    Json boxes{Json::Array()};
    for (const ImportedBox& box : image.boxes)
        boxes.append(boxJson(box));
    Json classes{Json::Array()};
    for (const std::string& name : image.classes)
        classes.append(name);
    return Json::object({{"file", image.origin.file},
                         {"line", image.origin.line},
                         {"raw", image.origin.raw},
                         {"name", image.name},
                         {"width", image.size.width},
                         {"height", image.size.height},
                         {"boxes", std::move(boxes)},
                         {"classes", std::move(classes)},
                         {"action", image.action ? Json(actionName(*image.action)) : Json()},
                         {"side", image.side ? Json(sideName(*image.side)) : Json()},
                         {"role", image.attributes["role"]},
                         {"is_cut", image.attributes.contains("applied_crop")}});
}

/// One image of a group, as finishImages() reads it back.
struct Member {
    std::int64_t position = 0;
    std::string path;   ///< in the dataset
    std::string target; ///< beneath the images of the project
    bool isCopy = false;
    Json facts;

    std::string name() const { return std::string(fileName(target)); }
    ImportOrigin origin() const
    {
        return {facts["file"].toString(), facts["line"].toInteger(), facts["raw"].toString()};
    }
};

/// What the classes and boxes of one image decide, by the agreed names.
std::optional<Action> actionOf(const Member& member)
{
    if (const auto action = parseAction(member.facts["action"].toString()))
        return action;
    for (const Json& box : member.facts["boxes"].items()) {
        if (box.items().front().toString() == kCropBox)
            return Action::Crop;
    }
    for (const Json& name : member.facts["classes"].items()) {
        if (const auto action = parseAction(name.toString()))
            return action;
    }
    return std::nullopt;
}

std::vector<Crop> cropsOf(const Member& member)
{
    std::vector<Crop> crops;
    for (const Json& box : member.facts["boxes"].items()) {
        const Json::Array& values = box.items();
        if (values.front().toString() == kCropBox)
            crops.push_back({values[1].toDouble(), values[2].toDouble(), values[3].toDouble(), values[4].toDouble()});
    }
    return crops;
}

bool isWinner(const Member& member)
{
    const std::string& role = member.facts["role"].toString();
    return role.empty() || role == "winner";
}

} // namespace

Result<void> PlanBuilder::take(ImportedImage image, int folderFd)
{
    PS_TRY(Project* const into, project(m_imagesProjectId));
    PS_TRY_VOID(findFiles(*into));
    PS_TRY_VOID(chooseTargetFolder(*into));
    const auto file = image.path.empty() ? Result<UniqueFd>(Error{ErrorCode::NotFound, "no file is named", {}, 0})
                                         : openFileBeneath(folderFd, image.path);
    const std::string name = image.name.empty() ? std::string(fileName(image.path)) : image.name;
    PS_TRY(const auto placed, placeImage(*into, name, file));
    if (!placed) {
        const std::string reason = file ? "cannot be read" : "the image is not there: " + file.error().message;
        return take(QuarantinedItem{image.origin, reason, "image", m_imagesProjectId, false});
    }
    PS_TRY(const std::int64_t position, m_store.nextNumber("image"));
    std::string number = std::to_string(position); // singles stand in the order of the source
    number.insert(0, 12 - std::min<std::size_t>(number.size(), 12), '0');
    const std::string group = image.groupId.empty() ? "#" + number : image.groupId;
    PS_TRY(const auto insert, m_store.connection().borrow(
                                  "INSERT INTO images (position, project, group_id, path, target, is_copy, sha256, "
                                  "facts) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)"));
    return insert->run(position, m_imagesProjectId, group, image.path, placed->target, placed->isCopy, placed->sha256,
                       dumpJson(factsJson(image)));
}

/// Images come into a folder of their own, whose name is free.
Result<void> PlanBuilder::chooseTargetFolder(const Project& project)
{
    if (m_isTargetChosen)
        return {};
    m_isTargetChosen = true;
    const std::string wanted = m_targetFolder;
    const auto folder = openFolder(project.imagesPath.empty() ? m_workspace.rootPath() + "/" + project.id
                                                              : project.imagesPath);
    for (int number = 2; folder && openFolderBeneath(folder->get(), m_targetFolder); ++number)
        m_targetFolder = wanted + "_" + std::to_string(number);
    return {};
}

/// Where an image of this name and content is, or will be. An image that the project has is not copied again.
Result<std::optional<PlanBuilder::PlacedImage>> PlanBuilder::placeImage(const Project& project, const std::string& name,
                                                                        const Result<UniqueFd>& file)
{
    PS_TRY(const auto query, m_store.connection().borrow(
                                 "SELECT root, path FROM files WHERE project=?1 AND name=?2 ORDER BY root, path"));
    std::string sha256;
    if (file) {
        PS_TRY(sha256, sha256OfFile(file->get()));
    }
    query->bind(project.id, name);
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            break;
        const std::string root(query->text(0));
        const std::string path(query->text(1));
        PS_TRY(const UniqueFd folder, openFolder(root));
        const auto own = openFileBeneath(folder.get(), path);
        if (!own)
            continue; // gone meanwhile
        PS_TRY(const std::string ownSha256, sha256OfFile(own->get()));
        if (!file || ownSha256 == sha256) // without a file of its own, the name within the project is all there is
            return std::optional(PlacedImage{path, ownSha256, false});
    }
    if (!file)
        return std::optional<PlacedImage>();
    const std::string stem = portableStem(fileStem(name), true);
    for (int number = 1;; ++number) {
        const std::string unique = stem + (number > 1 ? "_" + std::to_string(number) : "") +
                                   std::string(fileSuffix(name));
        const std::string target = joinPath(m_targetFolder, unique);
        PS_TRY(const auto taken,
               m_store.connection().borrow("SELECT sha256 FROM images WHERE project=?1 AND target=?2"));
        taken->bind(project.id, target);
        PS_TRY(const bool isTaken, taken->step());
        if (isTaken && taken->text(0) == sha256)
            return std::optional(PlacedImage{target, sha256, false});
        const auto known = m_store.connection().borrow("SELECT 1 FROM files WHERE project=?1 AND name=?2");
        if (!known)
            return known.error();
        (*known)->bind(project.id, unique);
        PS_TRY(const bool isOther, (*known)->step());
        if (!isTaken && !isOther)
            return std::optional(PlacedImage{target, sha256, true});
    }
}

namespace {

Result<std::vector<Member>> readMembers(const PlanStore& store, const std::string& projectId, const std::string& group)
{
    PS_TRY(const auto query, store.connection().borrow("SELECT position, path, target, is_copy, facts FROM images "
                                                       "WHERE project=?1 AND group_id=?2 ORDER BY position"));
    query->bind(projectId, group);
    std::vector<Member> members;
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            break;
        PS_TRY(Json facts, parseJson(query->text(4)));
        members.push_back({query->integer(0), std::string(query->text(1)), std::string(query->text(2)),
                           query->integer(3) != 0, std::move(facts)});
    }
    std::ranges::sort(members, [](const Member& a, const Member& b) { return comesBefore(a.name(), b.name()); });
    return members;
}

std::string kindOf(const Member& member)
{
    std::string kind = "image";
    if (!member.facts["boxes"].items().empty())
        kind += ", boxes";
    if (!member.facts["classes"].items().empty())
        kind += ", classes";
    return kind;
}

/// The group's decision as far as the dataset says one; the reason why not otherwise.
struct GroupVerdict {
    std::optional<ImportedDecision> decision;
    std::size_t selected = 0;
    std::string problem;
};
GroupVerdict verdictOf(const std::vector<Member>& members)
{
    GroupVerdict verdict;
    if (members.size() > kMostMembers) {
        verdict.problem = std::to_string(members.size()) + " images in one group; a row holds at most 4";
        return verdict;
    }
    std::optional<Action> action;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const auto own = actionOf(members[i]);
        if (own && (!action || (*action == Action::Reject && *own != Action::Reject && isWinner(members[i])))) {
            action = own;
            verdict.selected = i;
        }
        if (own && own != Action::Reject && isWinner(members[i]))
            verdict.selected = i;
    }
    if (!action)
        return verdict;
    const Member& winner = members[verdict.selected];
    const std::vector<Crop> crops = cropsOf(winner);
    if (crops.size() > 1)
        verdict.problem = std::to_string(crops.size()) + " boxes of class crop on one image";
    if (winner.facts["is_cut"].toBool())
        verdict.problem = "the file is already cut; the decision is about the original";
    if (!verdict.problem.empty())
        return verdict;
    ImportedDecision decision;
    decision.action = action;
    decision.selectedIndex = static_cast<int>(verdict.selected);
    if (action == Action::Crop && !crops.empty())
        decision.crop = crops.front();
    for (const Member& member : members)
        decision.images.push_back(member.name());
    verdict.decision = std::move(decision);
    return verdict;
}

} // namespace

/// What the dataset's own file says, whose bytes the project has or gets; without a file, what the dataset claims. Returns why the
/// file cannot be read.
Result<std::string> PlanBuilder::sizeOfMember(const std::shared_ptr<const UniqueFd>& folder, const std::string& path,
                                              const Json& facts, ImportedDecision& decision) const
{
    const auto file = path.empty() ? Result<UniqueFd>(Error{ErrorCode::NotFound, "no file is named", {}, 0})
                                   : openFileBeneath(folder->get(), path);
    if (!file) {
        decision.size = {static_cast<int>(facts["width"].toInteger()), static_cast<int>(facts["height"].toInteger())};
        return std::string();
    }
    const auto info = m_images.probe(ImageSource(folder, path));
    if (!info)
        return "the image cannot be read: " + info.error().message;
    decision.size = info->size;
    return std::string();
}

Result<void> PlanBuilder::finishGroup(const std::shared_ptr<const UniqueFd>& folder, const std::string& group)
{
    PS_TRY(Project* const into, project(m_imagesProjectId));
    PS_TRY(const std::vector<Member> members, readMembers(m_store, into->id, group));
    GroupVerdict verdict = verdictOf(members);
    const Member& winner = members[std::min(verdict.selected, members.size() - 1)];
    if (verdict.decision && verdict.problem.empty()) {
        ImportedDecision decision = *std::move(verdict.decision);
        decision.origin = winner.origin();
        decision.projectId = into->id;
        decision.kind = kindOf(winner);
        decision.groupId = group.front() == '#' ? std::string() : group;
        decision.directory = joinPath(into->imagesPrefix, parentPath(winner.target));
        decision.time = m_time;
        decision.notes.emplace_back("time of the import");
        PS_TRY(verdict.problem, sizeOfMember(folder, winner.path, winner.facts, decision));
        if (verdict.problem.empty()) {
            if (const std::string unsettled = settleCrop(decision); !unsettled.empty())
                verdict.problem = unsettled;
        }
        if (verdict.problem.empty()) {
            m_lastGroupId.clear();
            PS_TRY_VOID(takeDecision(*into, std::move(decision)));
            PS_TRY(const auto update,
                   m_store.connection().borrow("UPDATE images SET decided_as=?3 WHERE project=?1 AND "
                                               "group_id=?2"));
            PS_TRY_VOID(update->run(into->id, group, m_lastGroupId));
        }
    }
    for (const Member& member : members) {
        const bool isNoted = verdict.problem.empty() && verdict.decision && member.position == winner.position;
        if (!isNoted) {
            PS_TRY_VOID(
                noteImage(*into, member.origin(), member.name(), kindOf(member), member.isCopy, verdict.problem));
        }
    }
    return {};
}

/// An image without a decision of its own is added when it is new, and skipped when the project has it.
Result<void> PlanBuilder::noteImage(const Project& project, ImportOrigin origin, const std::string& name,
                                    const std::string& kind, bool isCopy, const std::string& problem)
{
    PlannedItem planned;
    planned.item.origin = std::move(origin);
    planned.item.projectId = project.id;
    planned.item.images = {name};
    planned.item.outcome = isCopy ? ImportOutcome::Added : ImportOutcome::Skipped;
    planned.item.after = "image " + displayText(name);
    if (!isCopy)
        planned.item.before = planned.item.after;
    if (!problem.empty()) {
        planned.item.outcome = ImportOutcome::Quarantined;
        planned.item.notes.push_back(problem);
    }
    planned.kind = kind;
    return m_store.addItem(planned);
}

Result<void> PlanBuilder::finishImages(const std::shared_ptr<const UniqueFd>& folder, std::stop_token stop)
{
    std::string group;
    for (;;) {
        PS_TRY(const auto next, m_store.connection().borrow("SELECT min(group_id) FROM images WHERE project=?1 AND "
                                                            "group_id > ?2"));
        next->bind(m_imagesProjectId, group);
        PS_TRY([[maybe_unused]] const bool hasRow, next->step());
        if (next->isNull(0))
            return {};
        group = next->text(0);
        PS_TRY_VOID(finishGroup(folder, group));
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while the images were looked at", group, 0};
    }
}

} // namespace ps
