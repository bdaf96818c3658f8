// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/decisions/crop.h"
#include "core/exchange/manifest_reader.h"
#include "core/exchange/release.h"
#include "core/exchange/release_tree.h"
#include "core/exchange/spool.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::size_t kMaxLineBytes = 1 << 20;
constexpr std::size_t kMostChanges = 100'000; ///< that are listed; all are counted

struct Item {
    std::string name;
    std::string sha256;
    std::string action;
    std::optional<std::int64_t> slot;
    std::optional<std::int64_t> selectedIndex;
    std::optional<Crop> crop;
    ImageSize size; ///< of the whole image; empty: not known
    std::string side;
};

struct Group {
    std::string key; ///< group id, NUL, group key
    std::vector<Item> items;
    bool isEnd = false;

    std::string groupId() const { return key.substr(0, key.find('\0')); }
    std::string groupKey() const { return key.substr(key.find('\0') + 1); }
    const Item& first() const { return items.front(); }
};

/// The items of one release, sorted by group whatever their order in the file is.
class ItemList
{
public:
    ItemList() : m_items(exchangeScratchFolder()) {}

    Result<void> read(const std::string& path, std::stop_token stop)
    {
        std::string line;
        std::int64_t number = 0;
        const auto take = [&](std::string_view bytes) -> Result<void> {
            while (!bytes.empty()) {
                const std::size_t end = bytes.find('\n');
                line += bytes.substr(0, end);
                if (line.size() > kMaxLineBytes)
                    return Error{ErrorCode::TooLarge, "a line is longer than 1 MiB", place(number + 1), 0};
                if (end == std::string_view::npos)
                    return {};
                bytes.remove_prefix(end + 1);
                PS_TRY_VOID(add(line, ++number));
                line.clear();
            }
            return {};
        };
        PS_TRY_VOID(readReleaseFile(path, "release_items.jsonl", take, std::move(stop)));
        PS_TRY(m_cursor, m_items.sorted());
        PS_TRY(m_hasNext, m_cursor.next());
        return {};
    }

    Result<Group> next()
    {
        Group group;
        group.isEnd = !m_hasNext;
        if (m_hasNext)
            group.key = m_cursor.key();
        while (m_hasNext && m_cursor.key() == group.key) {
            PS_TRY(Item item, itemOf(m_cursor.payload()));
            group.items.push_back(std::move(item));
            PS_TRY(m_hasNext, m_cursor.next());
        }
        return group;
    }

private:
    static std::string place(std::int64_t number) { return "release_items.jsonl:" + std::to_string(number); }

    Result<void> add(const std::string& line, std::int64_t number)
    {
        const auto json = parseJson(line);
        if (!json || !json->isObject())
            return Error{ErrorCode::Corrupt, "not an item of a release", place(number), 0};
        return m_items.add((*json)["group_id"].toString() + '\0' + (*json)["group_key"].toString(), line);
    }

    static Result<Item> itemOf(std::string_view line)
    {
        PS_TRY(const Json json, parseJson(line));
        Item item;
        item.name = json["name"].toString();
        item.sha256 = json["sha256"].toString();
        item.action = json["action"].toString();
        item.side = json["side"].toString();
        if (json["slot"].isInteger())
            item.slot = json["slot"].toInteger();
        if (json["selected_index"].isInteger())
            item.selectedIndex = json["selected_index"].toInteger();
        item.crop = cropFromJson(json["crop"]);
        if (const Json::Array& size = json["size"].items(); size.size() == 2)
            item.size = {static_cast<int>(size[0].toInteger()), static_cast<int>(size[1].toInteger())};
        return item;
    }

    ExternalSorter m_items;
    ExternalSorter::Cursor m_cursor;
    bool m_hasNext = false;
};

std::string decisionText(const Item& item)
{
    return item.selectedIndex ? item.action + " " + std::to_string(*item.selectedIndex) : item.action;
}

std::string cropOf(const Item& item)
{
    return item.crop ? cropText(*item.crop) : "";
}

const Item* cropped(const Group& group)
{
    const auto found = std::ranges::find_if(group.items, [](const Item& item) { return item.crop.has_value(); });
    return found == group.items.end() ? nullptr : &*found;
}

/// Compares two releases group by group.
class Differ
{
public:
    explicit Differ(ReleaseDiff& diff) : m_diff(diff) {}

    void onlyFirst(const Group& group) { add("removed", group, decisionText(group.first()), ""); }
    void onlySecond(const Group& group) { add("added", group, "", decisionText(group.first())); }

    void both(const Group& before, const Group& after)
    {
        bool isSame = true;
        const Item& old = before.first();
        const Item& now = after.first();
        if (old.action != now.action || old.selectedIndex != now.selectedIndex) {
            add("re-decided", after, decisionText(old), decisionText(now));
            isSame = false;
        } else {
            const bool areCropsSame = compareCrops(before, after);
            isSame = compareImages(before, after) && areCropsSame;
        }
        if (old.side != now.side) {
            add("moved", after, old.side, now.side);
            isSame = false;
        }
        m_diff.unchanged += isSame ? 1 : 0;
    }

private:
    bool compareCrops(const Group& before, const Group& after)
    {
        const Item* const old = cropped(before);
        const Item* const now = cropped(after);
        if ((old == nullptr && now == nullptr) || (old && now && *old->crop == *now->crop))
            return true;
        ReleaseDiff::Change& change = add("re-cropped", after, old ? cropOf(*old) : "", now ? cropOf(*now) : "");
        const Item* const known = now != nullptr && !now->size.isEmpty() ? now : old;
        change.image = ReleaseDiff::CroppedImage{after.groupKey(), now ? now->slot : old->slot, old ? old->name : "",
                                                 now ? now->name : "", known ? known->size : ImageSize{}};
        if (old && now)
            change.iou = cropSimilarity(*old->crop, *now->crop).iou;
        return false;
    }

    /// Other images of the same decision: losers that were asked for, or a file whose content is another now.
    bool compareImages(const Group& before, const Group& after)
    {
        bool isSame = true;
        for (const Item& item : after.items) {
            const auto old = std::ranges::find(before.items, item.slot, &Item::slot);
            if (old != before.items.end() && old->sha256 == item.sha256)
                continue;
            add("added", after, "", item.name).name = item.name;
            isSame = false;
        }
        for (const Item& item : before.items) {
            const auto now = std::ranges::find(after.items, item.slot, &Item::slot);
            if (now != after.items.end() && now->sha256 == item.sha256)
                continue;
            add("removed", before, item.name, "").name = item.name;
            isSame = false;
        }
        return isSame;
    }

    ReleaseDiff::Change& add(std::string kind, const Group& group, std::string before, std::string after)
    {
        ++m_diff.counts[kind];
        if (m_diff.changes.size() >= kMostChanges) {
            m_overflow = {};
            return m_overflow;
        }
        const std::string id = group.groupId();
        m_diff.changes.push_back({std::move(kind), id.empty() ? group.groupKey() : id, group.first().name,
                                  std::move(before), std::move(after), std::nullopt});
        return m_diff.changes.back();
    }

    ReleaseDiff& m_diff;
    ReleaseDiff::Change m_overflow;
};

Result<Json> releaseHead(const std::string& path, std::stop_token stop)
{
    ManifestReader manifest(exchangeScratchFolder());
    PS_TRY_VOID(readReleaseFile(
        path, kManifestName, [&](std::string_view bytes) { return manifest.feed(bytes); }, std::move(stop)));
    PS_TRY_VOID(manifest.finish());
    return manifest.head();
}

} // namespace

Result<ReleaseDiff> diffReleases(const std::string& firstPath, const std::string& secondPath, std::stop_token stop)
{
    ReleaseDiff diff;
    PS_TRY(const Json first, releaseHead(firstPath, stop));
    PS_TRY(const Json second, releaseHead(secondPath, stop));
    diff.first = first["name"].toString();
    diff.second = second["name"].toString();
    diff.project = second["project"].toString();
    ItemList firstItems;
    ItemList secondItems;
    PS_TRY_VOID(firstItems.read(firstPath, stop));
    PS_TRY_VOID(secondItems.read(secondPath, stop));
    for (const char* kind : {"added", "removed", "re-decided", "re-cropped", "moved"})
        diff.counts[kind] = 0;
    Differ differ(diff);
    PS_TRY(Group before, firstItems.next());
    PS_TRY(Group after, secondItems.next());
    while (!before.isEnd || !after.isEnd) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the comparison was stopped", displayText(secondPath), 0};
        const bool isOld = !before.isEnd && (after.isEnd || before.key < after.key);
        const bool isNew = !after.isEnd && (before.isEnd || after.key < before.key);
        if (isOld)
            differ.onlyFirst(before);
        else if (isNew)
            differ.onlySecond(after);
        else
            differ.both(before, after);
        if (!isNew) {
            PS_TRY(before, firstItems.next());
        }
        if (!isOld) {
            PS_TRY(after, secondItems.next());
        }
    }
    std::ranges::stable_sort(diff.changes, {},
                             [](const ReleaseDiff::Change& change) { return std::tie(change.kind, change.groupId); });
    return diff;
}

Json diffJson(const ReleaseDiff& diff)
{
    Json counts{Json::Object{}};
    for (const auto& [kind, count] : diff.counts)
        counts.set(kind, count);
    Json::Array changes;
    for (const ReleaseDiff::Change& change : diff.changes) {
        Json line(Json::Object{{"kind", change.kind},
                               {"group_id", change.groupId},
                               {"name", change.name},
                               {"before", change.before},
                               {"after", change.after}});
        line.set("iou", change.iou ? Json(*change.iou) : Json());
        changes.push_back(std::move(line));
    }
    Json json(Json::Object{{"schema", "proofsheet release diff 1"}, {"first", diff.first}, {"second", diff.second}});
    json.set("counts", std::move(counts));
    json.set("unchanged", diff.unchanged);
    json.set("changes", std::move(changes));
    return json;
}

} // namespace ps
