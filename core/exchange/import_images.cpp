// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_images.h"

#include "core/base/files_remove.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/decisions/frozen_groups.h"
#include "core/decisions/group_id.h"
#include "core/decisions/imported.h"
#include "core/exchange/decision_log.h"
#include "core/library/file_moves.h"

#include <algorithm>
#include <set>

namespace ps {

namespace {

constexpr std::size_t kEntryItems = 500; ///< of one ledger entry
constexpr std::string_view kCropBox = "crop";

using PlannedImage = ImportedImages::PlannedImage;

constexpr std::string_view kColumns =
    "position, path, target, is_copy, sha256, facts, decided_as, group_key, slot, group_id";

Result<void> forEachImage(const PlanStore& store, const std::string& projectId, std::string_view condition,
                          const std::function<Result<void>(const PlannedImage&)>& take)
{
    PS_TRY(Statement query, store.connection().prepare("SELECT " + std::string(kColumns) +
                                                       " FROM images WHERE project=?1 " + std::string(condition)));
    query.bind(projectId);
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return {};
        PS_TRY(Json facts, parseJson(query.text(5)));
        PS_TRY_VOID(
            take({query.integer(0), std::string(query.text(1)), std::string(query.text(2)), query.integer(3) != 0,
                  std::string(query.text(4)), std::move(facts), std::string(query.text(6)), std::string(query.text(7)),
                  query.integer(8), std::string(query.text(9))}));
    }
}

/// The path beneath the images of one beneath the workspace.
std::string withoutPrefix(const ProjectSession& session, std::string_view path)
{
    const std::string prefix = session.folders().workspacePath("");
    if (!prefix.empty() && startsWith(path, prefix + "/"))
        path.remove_prefix(prefix.size() + 1);
    return std::string(path);
}

Result<void> setGroup(const PlanStore& store, std::int64_t position, const std::string& key, std::int64_t slot)
{
    PS_TRY(const auto update, store.connection().borrow("UPDATE images SET group_key=?2, slot=?3 WHERE position=?1"));
    return update->run(position, key, slot);
}

/// Collects what goes into ledger entries and hands over a full one.
class EntryWriter
{
public:
    EntryWriter(const Connection& connection, std::int64_t importId, std::function<Result<void>(Json)> append)
        : m_connection(connection), m_importId(importId), m_append(std::move(append))
    {
        clear();
    }

    Result<void> addImage(const PlannedImage& image)
    {
        for (const Json& name : image.facts["classes"].items()) {
            if (!parseAction(name.toString())) {
                PS_TRY_VOID(addLabel(image, name.toString()));
            }
        }
        for (const Json& box : image.facts["boxes"].items()) {
            if (box.items().front().toString() != kCropBox) {
                PS_TRY_VOID(addBox(image, box));
            }
        }
        if (const auto side = parseSide(image.facts["side"].toString())) {
            PS_TRY_VOID(add("sides", "SELECT 1 FROM ps_release_sides WHERE image_key=?1", image.sha256, 0, {},
                            Json::array({image.sha256, sideName(*side), image.groupKey, image.target})));
        }
        return m_count >= kEntryItems ? flush() : Result<void>();
    }

    Result<void> flush()
    {
        if (m_count == 0)
            return {};
        PS_TRY_VOID(m_append(m_detail));
        clear();
        return {};
    }

private:
    void clear()
    {
        m_detail = Json::object({{"import", m_importId}});
        m_count = 0;
    }

    /// Unless it is there already, and so is none of this import's.
    Result<void> add(const char* list, const char* known, const std::string& key, std::int64_t slot,
                     const std::string& name, Json item)
    {
        PS_TRY(const auto query, m_connection.borrow(known));
        query->bind(key);
        if (!name.empty())
            query->bind(key, slot, name);
        PS_TRY(const bool isKnown, query->step());
        if (isKnown)
            return {};
        Json items = m_detail[list];
        items.append(std::move(item));
        m_detail.set(list, std::move(items));
        ++m_count;
        return {};
    }

    Result<void> addLabel(const PlannedImage& image, const std::string& name)
    {
        return add("labels", "SELECT 1 FROM ps_labels WHERE group_key=?1 AND image_index=?2 AND class_name=?3",
                   image.groupKey, image.slot, name, Json::array({image.groupKey, image.slot, name}));
    }

    Result<void> addBox(const PlannedImage& image, const Json& box)
    {
        const Json::Array& values = box.items();
        PS_TRY(
            const auto query,
            m_connection.borrow("SELECT coalesce(max(ordinal) + 1, 0), coalesce(max(class_name=?4 AND x1=?5 AND y1=?6 "
                                "AND x2=?7 AND y2=?8), 0) FROM ps_boxes WHERE group_key=?1 AND image_index=?2 AND "
                                "model_id=?3"));
        query->bind(image.groupKey, image.slot, kImportSource, values[0].toString(), values[1].toDouble(),
                    values[2].toDouble(), values[3].toDouble(), values[4].toDouble());
        PS_TRY([[maybe_unused]] const bool hasRow, query->step());
        if (query->integer(1) != 0)
            return {};
        // Boxes of one image stand together; those that wait in this entry come behind the stored ones.
        const bool isSameImage = m_boxKey == image.groupKey && m_boxSlot == image.slot;
        m_boxOrdinal = isSameImage ? m_boxOrdinal + 1 : query->integer(0);
        m_boxKey = image.groupKey;
        m_boxSlot = image.slot;
        Json item = Json::array({image.groupKey, image.slot, m_boxOrdinal});
        for (const Json& value : values)
            item.append(value);
        Json items = m_detail["boxes"];
        items.append(std::move(item));
        m_detail.set("boxes", std::move(items));
        ++m_count;
        return {};
    }

    const Connection& m_connection;
    std::int64_t m_importId;
    std::function<Result<void>(Json)> m_append;
    Json m_detail;
    std::size_t m_count = 0;
    std::string m_boxKey;
    std::int64_t m_boxSlot = -1;
    std::int64_t m_boxOrdinal = 0;
};

} // namespace

Result<std::int64_t> countPlannedImages(const PlanStore& store, const std::string& projectId)
{
    PS_TRY(const auto query, store.connection().borrow("SELECT count(*) FROM images WHERE project=?1"));
    query->bind(projectId);
    PS_TRY([[maybe_unused]] const bool hasRow, query->step());
    return query->integer(0);
}

ImportedImages::ImportedImages(ImportedImages&& other) noexcept
    : m_state(other.m_state), m_session(other.m_session), m_temporary(std::exchange(other.m_temporary, {})),
      m_published(std::exchange(other.m_published, {})), m_isKept(other.m_isKept)
{
}

ImportedImages::~ImportedImages()
{
    if (m_isKept || (m_temporary.empty() && m_published.empty()))
        return;
    const std::string& folder = m_published.empty() ? m_temporary : m_published;
    discard(removeTree(m_session->folders().imagesFd(), folder),
            "what stays is hidden, or known by its content to the next import");
}

Result<ImportedImages> ImportedImages::prepare(ImportPlan::State& state, const ProjectSession& session,
                                               std::stop_token stop)
{
    ImportedImages images(state, session);
    PS_TRY(const std::int64_t count, countPlannedImages(*state.store, session.projectId()));
    if (count == 0)
        return images;
    PS_TRY_VOID(images.copyAll(stop));
    PS_TRY_VOID(images.findGroups());
    PS_TRY_VOID(images.markBound());
    PS_TRY_VOID(images.placeCopies());
    return images;
}

Result<void> ImportedImages::copyAll(std::stop_token stop)
{
    const ProjectFolders& folders = m_session->folders();
    const std::string temporary = std::string(kTemporaryPrefix) + "import-" + m_state->sourceSha256.substr(0, 16);
    PS_TRY_VOID(removeTree(folders.imagesFd(), temporary)); // of an attempt that was killed
    PS_TRY(UniqueFd root, openFolder(folders.imagesPath()));
    const auto images = std::make_shared<const UniqueFd>(std::move(root));
    ChangedFolders changed;
    PS_TRY_VOID(forEachImage(*m_state->store, m_session->projectId(), "AND is_copy=1 ORDER BY position",
                             [&](const PlannedImage& image) -> Result<void> {
                                 if (stop.stop_requested())
                                     return Error{ErrorCode::Cancelled, "stopped while images were copied", {}, 0};
                                 if (m_temporary.empty()) {
                                     m_temporary = temporary;
                                     PS_TRY_VOID(makeFoldersBeneath(images->get(), temporary));
                                 }
                                 const Place target{images, joinPath(temporary, fileName(image.target))};
                                 PS_TRY_VOID(copyFile({m_state->folder, image.path}, target, temporaryName(), changed));
                                 PS_TRY(const std::string sha256, sha256At(target));
                                 if (sha256 != image.sha256)
                                     return Error{ErrorCode::Conflict, "the file has changed since it was read",
                                                  image.path, 0};
                                 return {};
                             }));
    PS_TRY_VOID(changed.sync());
    return {};
}

/// Images that the project has keep the groups that they have there.
Result<void> ImportedImages::findGroups() const
{
    const PlanStore& store = *m_state->store;
    PS_TRY(const auto find,
           store.connection().borrow("SELECT position FROM images WHERE project=?1 AND target=?2 AND is_copy=0"));
    return m_session->withCatalogue([&](const Catalogue& catalogue) -> Result<void> {
        PS_TRY(Statement known,
               catalogue.connection().prepare("SELECT i.path, i.slot, g.key FROM images i JOIN groups g "
                                              "USING (ordinal) WHERE g.key <> ''"));
        for (;;) {
            PS_TRY(const bool hasRow, known.step());
            if (!hasRow)
                return {};
            find->bind(m_session->projectId(), withoutPrefix(*m_session, known.text(0)));
            std::vector<std::int64_t> positions;
            for (;;) {
                PS_TRY(const bool hasImage, find->step());
                if (!hasImage)
                    break;
                positions.push_back(find->integer(0));
            }
            for (const std::int64_t position : positions)
                PS_TRY_VOID(setGroup(store, position, std::string(known.text(2)), known.integer(1)));
        }
    });
}

/// Images that belong to a group of the project that nobody but a person may change.
Result<void> ImportedImages::markBound() const
{
    PS_TRY(const auto mark, m_state->store->connection().borrow("UPDATE images SET is_bound=1 WHERE project=?1 AND "
                                                                "target=?2 AND is_copy=0"));
    PS_TRY(const Connection database, m_session->openReader());
    return forEachFrozenGroup(database, [&](const FrozenGroup& group) -> Result<void> {
        for (const GroupMember& member : group.members)
            PS_TRY_VOID(mark->run(m_session->projectId(), withoutPrefix(*m_session, member.path)));
        return {};
    });
}

/// The groups of new images: those of the dataset, in the order of their names. Images that the project has come into such a group
/// when it has a decision of its own and they belong to no other; else the new ones are a group without them.
Result<void> ImportedImages::placeCopies() const
{
    const PlanStore& store = *m_state->store;
    std::vector<PlannedImage> members;
    PS_TRY_VOID(forEachImage(store, m_session->projectId(), "ORDER BY group_id, position",
                             [&](const PlannedImage& image) -> Result<void> {
                                 if (!members.empty() && image.group != members.front().group) {
                                     PS_TRY_VOID(placeGroup(std::exchange(members, {})));
                                 }
                                 members.push_back(image);
                                 return {};
                             }));
    PS_TRY_VOID(placeGroup(std::move(members)));
    // An image that the dataset has several times is copied once, and is where its copy is.
    PS_TRY(const auto join, store.connection().borrow(
                                "UPDATE images SET (group_key, slot)=(SELECT c.group_key, c.slot FROM images c WHERE "
                                "c.project=?1 AND c.target=images.target AND c.is_copy=1) WHERE project=?1 AND "
                                "is_copy=0 AND EXISTS (SELECT 1 FROM images c WHERE c.project=?1 AND "
                                "c.target=images.target AND c.is_copy=1)"));
    return join->run(m_session->projectId());
}

Result<void> ImportedImages::placeGroup(std::vector<PlannedImage> members) const
{
    const PlanStore& store = *m_state->store;
    const auto isCopy = [](const PlannedImage& member) { return member.isCopy; };
    if (std::ranges::none_of(members, isCopy))
        return {}; // all of them are where they were
    std::set<std::string> copied;
    for (const PlannedImage& member : members) {
        if (member.isCopy)
            copied.insert(member.target);
    }
    std::erase_if(members,
                  [&](const PlannedImage& member) { return !member.isCopy && copied.contains(member.target); });
    const std::string decidedAs = members.front().decidedAs;
    PS_TRY(const auto row, store.findTarget(m_session->projectId(), decidedAs));
    const bool isOfThis = row && !row->before && row->after;
    bool isWhole = std::ranges::all_of(members, isCopy);
    if (!isWhole && isOfThis) {
        PS_TRY(const bool areFree, haveNoOtherGroup(members));
        isWhole = areFree;
    }
    if (!isWhole) {
        std::erase_if(members, [&](const PlannedImage& member) { return !member.isCopy; });
        PS_TRY(const auto part, store.connection().borrow("UPDATE images SET decided_as='' WHERE position=?1"));
        for (const PlannedImage& member : members)
            PS_TRY_VOID(part->run(member.position));
    }
    std::ranges::sort(members, [](const PlannedImage& a, const PlannedImage& b) {
        return comesBefore(std::string(fileName(a.target)), std::string(fileName(b.target)));
    });
    std::vector<std::string> paths;
    for (const PlannedImage& member : members)
        paths.push_back(m_session->folders().workspacePath(member.target));
    for (std::size_t i = 0; i < members.size(); ++i)
        PS_TRY_VOID(setGroup(store, members[i].position, makeGroupKey(paths), static_cast<std::int64_t>(i)));
    return {};
}

/// Whether those that the project has are in no fixed group there, and stand in no other group of the dataset.
Result<bool> ImportedImages::haveNoOtherGroup(const std::vector<PlannedImage>& members) const
{
    PS_TRY(const auto query, m_state->store->connection().borrow(
                                 "SELECT max(is_bound) + count(*) - 1 FROM images WHERE project=?1 AND target=?2"));
    for (const PlannedImage& member : members) {
        if (member.isCopy)
            continue;
        query->bind(m_session->projectId(), member.target);
        PS_TRY([[maybe_unused]] const bool hasRow, query->step());
        if (query->integer(0) != 0)
            return false;
    }
    return true;
}

/// What is on the disk of the group that a copy has come into: copies are still in the temporary folder.
Result<std::vector<GroupMember>> ImportedImages::membersOf(const PlannedImage& copy) const
{
    const ProjectFolders& folders = m_session->folders();
    std::vector<GroupMember> members;
    PS_TRY(const auto query, m_state->store->connection().borrow("SELECT target, is_copy FROM images WHERE project=?1 "
                                                                 "AND group_id=?2 AND group_key=?3 ORDER BY slot, "
                                                                 "is_copy DESC"));
    query->bind(m_session->projectId(), copy.group, copy.groupKey);
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return members;
        const std::string target(query->text(0));
        if (!members.empty() && members.back().path == folders.workspacePath(target))
            continue; // the dataset has it twice
        const std::string place = query->integer(1) != 0 ? joinPath(m_temporary, fileName(target)) : target;
        PS_TRY(const FileIdentity identity, identifyBeneath(folders.imagesFd(), place));
        members.push_back({folders.workspacePath(target), identity});
    }
}

Result<void> ImportedImages::write(StoreTransaction& transaction, std::int64_t importId,
                                   const std::function<Result<void>(Json detail)>& append) const
{
    EntryWriter entries(transaction.connection(), importId, append);
    std::string frozen;
    PS_TRY_VOID(forEachImage(
        *m_state->store, m_session->projectId(), "ORDER BY group_id, position",
        [&](const PlannedImage& image) -> Result<void> {
            if (image.isCopy && image.group != frozen) {
                frozen = image.group;
                PS_TRY(const auto members, membersOf(image));
                if (members.size() <= 4) {
                    PS_TRY_VOID(image.decidedAs.empty()
                                    ? freezeMarkedGroup(transaction.connection(), image.groupKey, members)
                                    : freezeGroup(transaction.connection(), image.groupKey, image.decidedAs, members));
                }
            }
            return image.groupKey.empty() ? Result<void>() : entries.addImage(image);
        }));
    return entries.flush();
}

Result<void> ImportedImages::publish()
{
    if (m_temporary.empty())
        return {};
    const ProjectFolders& folders = m_session->folders();
    std::string target;
    PS_TRY_VOID(forEachImage(*m_state->store, m_session->projectId(), "AND is_copy=1 ORDER BY position LIMIT 1",
                             [&](const PlannedImage& image) -> Result<void> {
                                 target = parentPath(image.target);
                                 return {};
                             }));
    PS_TRY_VOID(renameNoReplace(folders.imagesFd(), m_temporary, folders.imagesFd(), target));
    m_published = target;
    m_temporary.clear();
    return syncFolder(folders.imagesFd());
}

} // namespace ps
