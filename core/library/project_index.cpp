// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/project_index.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/decisions/group_id.h"
#include "core/library/catalogue_writing.h"
#include "core/library/filename.h"

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>

namespace ps {

namespace {

constexpr std::int64_t kRowsBetweenReports = 20'000;

/// Every original that the project knows: what the scan found, what finalize moved, what frozen groups remember.
class KnownImages
{
public:
    void addScanned(const ProjectFolders& folders, std::vector<ScannedImage> scanned)
    {
        for (ScannedImage& image : scanned) {
            std::string path = folders.workspacePath(image.path);
            add({path, path, 0, image.identity, false, {}, {}});
        }
    }

    void addMoved(const MovedFile& moved, std::vector<SkippedEntry>& skipped)
    {
        if (!isImageFile(fileName(moved.originalPath)))
            return; // a companion
        GroupImage* const known = find(moved.originalPath);
        if (!known) {
            add({moved.originalPath, moved.currentPath, 0, moved.identity, moved.isPurged, {}, {}});
            return;
        }
        skipped.push_back({moved.originalPath, SkippedEntry::Reason::NameOfFinalized});
        known->currentPath = moved.currentPath;
        known->identity = moved.identity;
        known->isMissing = moved.isPurged;
    }

    void addMissing(const GroupMember& member)
    {
        if (!find(member.path))
            add({member.path, member.path, 0, member.identity, true, {}, {}});
    }

    std::int64_t count() const { return std::ssize(m_images); }

    /// In the order in which they were added; valid until the first one is taken.
    std::vector<std::string_view> paths() const
    {
        std::vector<std::string_view> paths;
        paths.reserve(m_images.size());
        for (const GroupImage& image : m_images)
            paths.push_back(image.path);
        return paths;
    }

    /// What take() will be called for; two frozen groups may remember the same image.
    void expectUse(std::size_t index)
    {
        m_expectedUses.resize(m_images.size());
        ++m_expectedUses[index];
    }

    /// The image; it is here no more after its last expected use.
    GroupImage take(std::size_t index)
    {
        return --m_expectedUses[index] == 0 ? std::move(m_images[index]) : m_images[index];
    }

private:
    void add(GroupImage image)
    {
        image.stage = parseImageName(fileName(image.path)).stage;
        m_images.push_back(std::move(image));
        if (m_isIndexed)
            m_byPath.emplace(m_images.back().path, &m_images.back());
    }

    GroupImage* find(std::string_view path)
    {
        if (!m_isIndexed) { // most projects begin without anything to look up
            for (GroupImage& image : m_images)
                m_byPath.emplace(image.path, &image);
            m_isIndexed = true;
        }
        const auto found = m_byPath.find(path);
        return found == m_byPath.end() ? nullptr : found->second;
    }

    std::deque<GroupImage> m_images; // whose elements stay where they are
    std::unordered_map<std::string_view, GroupImage*> m_byPath;
    bool m_isIndexed = false;
    std::vector<std::uint32_t> m_expectedUses;
};

/// The names of a list of images as one key.
std::string namesKey(const std::vector<std::string>& names)
{
    return join(names, std::string_view("\0", 1));
}

std::vector<std::string> namesOf(const std::vector<GroupImage>& images)
{
    std::vector<std::string> names;
    for (const GroupImage& image : images)
        names.emplace_back(fileName(image.path));
    return names;
}

/// Finds the group of each row.
class RowMatcher
{
public:
    RowMatcher(std::vector<CatalogueItem>& groups, const std::vector<FrozenGroup>& frozen) : m_groups(groups)
    {
        std::unordered_map<std::string_view, std::size_t> byKey;
        for (std::size_t i = 0; i < groups.size(); ++i) {
            m_byNames.emplace(namesKey(namesOf(groups[i].images)), i);
            if (!frozen.empty())
                byKey.emplace(groups[i].entry.key, i);
        }
        for (const FrozenGroup& group : frozen) {
            const auto found = byKey.find(group.groupKey);
            if (!group.groupId.empty() && found != byKey.end())
                m_byGroupId.emplace(group.groupId, found->second);
        }
    }

    /// Puts the row into its group; without one it is an item of its own.
    std::optional<CatalogueItem> match(const DecisionRow& row)
    {
        std::string reason;
        RowFacts facts = rowFacts(row);
        const auto index = groupOf(row, reason);
        if (!index)
            return unmatchedItem(row, std::move(facts), reason);
        CatalogueItem& group = m_groups[*index];
        if (!group.fingerprint.empty())
            return unmatchedItem(row, std::move(facts), "another row decides the same group");
        group.fingerprint = facts.fingerprint;
        takeRowFacts(group.entry, facts);
        return std::nullopt;
    }

private:
    std::optional<std::size_t> groupOf(const DecisionRow& row, std::string& reason) const
    {
        if (const auto linked = m_byGroupId.find(row.groupId()); linked != m_byGroupId.end())
            return linked->second;
        const auto names = row.imageNames();
        if (!names) {
            reason = names.error().message;
            return std::nullopt;
        }
        std::vector<std::string> bareNames; // careless scripts have stored paths
        for (const std::string& name : *names)
            bareNames.emplace_back(fileName(name));
        const auto [begin, end] = m_byNames.equal_range(namesKey(bareNames));
        if (begin == end) {
            reason = "no image matches";
            return std::nullopt;
        }
        if (std::next(begin) == end)
            return begin->second;
        // The folder that is the same, else the one that shares the longest end with the stored one.
        const std::string directory = row.text("directory").value_or("");
        std::optional<std::size_t> best;
        for (auto candidate = begin; candidate != end; ++candidate) {
            const std::string& folder = m_groups[candidate->second].entry.directory;
            if (folder == directory)
                return candidate->second;
            if (isEndOf(folder, directory) && (!best || folder.size() > m_groups[*best].entry.directory.size()))
                best = candidate->second;
        }
        if (!best)
            reason = "several groups have these file names, and the directory is of none of them";
        return best;
    }

    /// The stored directory may be relative to somewhere else, or absolute: one of both ends with the other.
    static bool isEndOf(std::string_view a, std::string_view b)
    {
        const std::string_view shorter = a.size() < b.size() ? a : b;
        const std::string_view longer = a.size() < b.size() ? b : a;
        return !shorter.empty() && longer.size() > shorter.size() && endsWith(longer, shorter) &&
               longer[longer.size() - shorter.size() - 1] == '/';
    }

    std::vector<CatalogueItem>& m_groups;
    std::unordered_multimap<std::string, std::size_t> m_byNames;
    std::unordered_map<std::string, std::size_t> m_byGroupId;
};

CatalogueItem makeGroup(KnownImages& known, const std::vector<std::size_t>& members, std::int64_t ordinal)
{
    CatalogueItem group;
    std::vector<std::string> paths;
    group.images.reserve(members.size());
    for (const std::size_t member : members) {
        group.images.push_back(known.take(member));
        paths.push_back(group.images.back().path);
    }
    GroupEntry& entry = group.entry;
    entry.ordinal = ordinal;
    entry.key = makeGroupKey(paths);
    entry.kind = members.size() == 1 ? GroupKind::Single : members.size() > 4 ? GroupKind::Oversize : GroupKind::Group;
    entry.directory = displayText(parentPath(paths.front()));
    entry.imageCount = static_cast<int>(members.size());
    entry.missingCount = static_cast<int>(std::ranges::count_if(group.images, &GroupImage::isMissing));
    group.name = fileName(paths.front());
    return group;
}

/// Uses up the images, so that each of them is in memory once.
std::vector<CatalogueItem> makeGroups(KnownImages known, const GroupingResult& grouping,
                                      const std::set<std::string>& finalizedKeys)
{
    for (const ImageGroup& group : grouping.groups)
        std::ranges::for_each(group.members, [&](std::size_t member) { known.expectUse(member); });
    for (const std::size_t leftover : grouping.leftovers)
        known.expectUse(leftover);
    std::vector<CatalogueItem> groups;
    groups.reserve(grouping.groups.size() + grouping.leftovers.size());
    for (const ImageGroup& group : grouping.groups)
        groups.push_back(makeGroup(known, group.members, std::ssize(groups)));
    for (const std::size_t leftover : grouping.leftovers)
        groups.push_back(makeGroup(known, {leftover}, std::ssize(groups)));
    for (CatalogueItem& group : groups)
        group.entry.isFinalized = finalizedKeys.contains(group.entry.key);
    return groups;
}

/// The rows that belong to no group.
Result<std::vector<CatalogueItem>> matchRows(const Connection& database, RowMatcher& matcher,
                                             const IndexOptions& options, std::int64_t imageCount, std::stop_token stop)
{
    std::vector<CatalogueItem> unmatched;
    PS_TRY(const DecisionTable table, readDecisionTable(database));
    PS_TRY(Statement rows, database.prepare(selectRows(table)));
    for (std::int64_t count = 1;; ++count) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return unmatched;
        if (auto item = matcher.match(readRow(rows, table)))
            unmatched.push_back(*std::move(item));
        if (count % kRowsBetweenReports != 0)
            continue;
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while reading the rows", database.path(), 0};
        if (options.onProgress)
            options.onProgress({imageCount, count});
    }
}

/// What people said beside the rows.
Result<void> putInMarks(const Connection& database, std::vector<CatalogueItem>& groups)
{
    PS_TRY(const std::vector<MarkedGroup> marked, readOutcomes(database)); // in the order of the keys
    if (marked.empty())
        return {};
    for (CatalogueItem& group : groups) {
        const auto found = std::ranges::lower_bound(marked, group.entry.key, {}, &MarkedGroup::groupKey);
        if (found != marked.end() && found->groupKey == group.entry.key)
            setMarks(group.entry, found->marks);
    }
    return {};
}

} // namespace

Result<CatalogueContent> indexProject(const ProjectFolders& folders, const Connection& database,
                                      const IndexOptions& options, std::stop_token stop)
{
    CatalogueContent content;
    ScanOptions scanOptions{folders.excludedFolders(), {}};
    if (options.onProgress)
        scanOptions.onProgress = [&](std::int64_t images) { options.onProgress({images, 0}); };
    PS_TRY(ScanResult scan, scanImages(folders.imagesFd(), scanOptions, stop));
    content.skipped = std::move(scan.skipped);
    for (SkippedEntry& entry : content.skipped)
        entry.path = folders.workspacePath(entry.path);

    KnownImages known;
    known.addScanned(folders, std::move(scan.images));
    PS_TRY(const std::vector<MovedFile> moved, readMovedFiles(database));
    std::set<std::string> finalizedKeys;
    for (const MovedFile& file : moved) {
        known.addMoved(file, content.skipped);
        finalizedKeys.insert(file.groupKey);
    }
    PS_TRY(const std::vector<FrozenGroup> frozen, readFrozenGroups(database));
    std::vector<std::vector<std::string_view>> frozenPaths;
    for (const FrozenGroup& group : frozen) {
        std::vector<std::string_view>& paths = frozenPaths.emplace_back();
        for (const GroupMember& member : group.members) {
            known.addMissing(member);
            paths.push_back(member.path);
        }
    }

    const std::int64_t imageCount = known.count();
    GroupingResult grouping = groupPaths(known.paths(), frozenPaths, options.grouping, options.perFolder);
    content.items = makeGroups(std::move(known), grouping, finalizedKeys);
    grouping = {};

    RowMatcher matcher(content.items, frozen);
    PS_TRY(std::vector<CatalogueItem> unmatched, matchRows(database, matcher, options, imageCount, stop));
    PS_TRY_VOID(putInMarks(database, content.items));
    std::ranges::stable_sort(unmatched, {}, [](const CatalogueItem& item) { return item.entry.groupId; });
    for (CatalogueItem& item : unmatched) {
        item.entry.ordinal = std::ssize(content.items);
        content.items.push_back(std::move(item));
    }
    return content;
}

} // namespace ps
