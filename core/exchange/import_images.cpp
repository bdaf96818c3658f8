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

namespace ps {

namespace {

constexpr std::size_t kEntryItems = 500; ///< of one ledger entry
constexpr std::string_view kCropBox = "crop";

struct PlannedImage {
    std::int64_t position = 0;
    std::string path;
    std::string target;
    bool isCopy = false;
    std::string sha256;
    Json facts;
    std::string decidedAs;
    std::string groupKey;
    std::int64_t slot = 0;
    std::string group;
};

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
    PS_TRY_VOID(images.placeCopies());
    PS_TRY_VOID(images.findGroups());
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

/// The groups of new images are theirs alone: by the dataset's groups, in the order of their names.
Result<void> ImportedImages::placeCopies() const
{
    const PlanStore& store = *m_state->store;
    std::string group;
    std::vector<PlannedImage> members;
    const auto close = [&]() -> Result<void> {
        std::ranges::sort(members, [](const PlannedImage& a, const PlannedImage& b) {
            return comesBefore(std::string(fileName(a.target)), std::string(fileName(b.target)));
        });
        std::vector<std::string> paths;
        for (const PlannedImage& member : members)
            paths.push_back(m_session->folders().workspacePath(member.target));
        for (std::size_t i = 0; i < members.size(); ++i)
            PS_TRY_VOID(setGroup(store, members[i].position, makeGroupKey(paths), static_cast<std::int64_t>(i)));
        members.clear();
        return {};
    };
    PS_TRY_VOID(forEachImage(store, m_session->projectId(), "ORDER BY group_id, position",
                             [&](const PlannedImage& image) -> Result<void> {
                                 if (image.group != group) {
                                     PS_TRY_VOID(close());
                                 }
                                 group = image.group;
                                 members.push_back(image);
                                 return {};
                             }));
    return close();
}

/// Images that the project has keep the groups that they have there.
Result<void> ImportedImages::findGroups() const
{
    const PlanStore& store = *m_state->store;
    PS_TRY(const auto find,
           store.connection().borrow("SELECT position FROM images WHERE project=?1 AND target=?2 AND is_copy=0"));
    const std::string prefix = m_session->folders().workspacePath("");
    return m_session->withCatalogue([&](const Catalogue& catalogue) -> Result<void> {
        PS_TRY(Statement known,
               catalogue.connection().prepare("SELECT i.path, i.slot, g.key FROM images i JOIN groups g "
                                              "USING (ordinal) WHERE g.key <> ''"));
        for (;;) {
            PS_TRY(const bool hasRow, known.step());
            if (!hasRow)
                return {};
            std::string_view path = known.text(0);
            if (!prefix.empty() && startsWith(path, prefix + "/"))
                path.remove_prefix(prefix.size() + 1);
            find->bind(m_session->projectId(), path);
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

Result<std::vector<GroupMember>> ImportedImages::membersOf(const std::string& group) const
{
    const ProjectFolders& folders = m_session->folders();
    std::vector<GroupMember> members;
    PS_TRY(const auto query, m_state->store->connection().borrow("SELECT target FROM images WHERE project=?1 AND "
                                                                 "group_id=?2 ORDER BY slot"));
    query->bind(m_session->projectId(), group);
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return members;
        const std::string target(query->text(0));
        PS_TRY(const FileIdentity identity,
               identifyBeneath(folders.imagesFd(), joinPath(m_temporary, fileName(target))));
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
                PS_TRY(const auto members, membersOf(image.group));
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
