// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/grouping.h"

#include "core/base/files.h"
#include "core/library/filename.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace ps {

namespace {

/// One run, from its start to its end.
class Run
{
public:
    Run(std::span<const GroupingItem> items, const GroupingOptions& options) : m_items(items), m_options(options) {}

    /// The members of the run that starts at `start`; `next` receives where the following run starts.
    std::vector<std::size_t> collect(std::size_t start, std::size_t& next) const
    {
        std::vector<std::size_t> members{start};
        next = start + 1;
        while (const auto chosen = nextMember(members.back(), next)) {
            members.push_back(*chosen);
            next = *chosen + 1; // higher stages that came before it are passed over on purpose
        }
        return members;
    }

private:
    /// The earliest item of the smallest stage above `last` in the window that begins at `from`.
    std::optional<std::size_t> nextMember(std::size_t last, std::size_t from) const
    {
        std::optional<std::size_t> chosen;
        const std::size_t end = std::min(m_items.size(), from + m_options.lookahead);
        for (std::size_t i = from; i < end && !endsRun(last, i); ++i) {
            if (!chosen || m_items[i].stage < m_items[*chosen].stage)
                chosen = i;
        }
        return chosen;
    }

    bool endsRun(std::size_t last, std::size_t candidate) const
    {
        if (m_items[candidate].stage <= m_items[last].stage)
            return true;
        const auto& before = m_items[last].timeSeconds;
        const auto& now = m_items[candidate].timeSeconds;
        const bool hasGap = m_options.timeGapMinutes && *m_options.timeGapMinutes > 0;
        // In whole microseconds, which is how the scripts' timedelta holds the gap.
        return hasGap && before && now && (*now - *before) * 1'000'000 > std::llround(*m_options.timeGapMinutes * 60e6);
    }

    std::span<const GroupingItem> m_items;
    const GroupingOptions& m_options;
};

} // namespace

std::vector<std::vector<std::size_t>> nearestUpGroups(std::span<const GroupingItem> items,
                                                      const GroupingOptions& options)
{
    std::vector<std::vector<std::size_t>> groups;
    const Run run(items, options);
    for (std::size_t start = 0; start < items.size();) {
        std::size_t next = 0;
        std::vector<std::size_t> members = run.collect(start, next);
        if (members.size() >= options.minGroupSize)
            groups.push_back(std::move(members));
        start = next;
    }
    return groups;
}

namespace {

struct ParsedImage {
    std::size_t index = 0; ///< into the input
    ImageName name;
    std::string_view fileName;
    std::string_view path;
};

bool sortsBefore(const ParsedImage& a, const ParsedImage& b)
{
    static const std::string last = "99999999_999999";
    const std::string& aStamp = a.name.timestamp.empty() ? last : a.name.timestamp;
    const std::string& bStamp = b.name.timestamp.empty() ? last : b.name.timestamp;
    if (aStamp != bStamp)
        return aStamp < bStamp;
    if (a.name.stage != b.name.stage)
        return a.name.stage < b.name.stage;
    if (a.fileName != b.fileName)
        return pythonLess(a.fileName, b.fileName);
    return pythonLess(a.path, b.path);
}

std::vector<ParsedImage> sortedImages(std::span<const std::string_view> paths)
{
    std::vector<ParsedImage> images;
    images.reserve(paths.size());
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const std::string_view name = fileName(paths[i]);
        images.push_back({i, parseImageName(name), name, paths[i]});
    }
    std::ranges::sort(images, sortsBefore);
    return images;
}

/// Positions in the sorted list, one list for each folder, or one for all.
std::vector<std::vector<std::size_t>> sequences(const std::vector<ParsedImage>& images, bool perFolder)
{
    std::vector<std::size_t> all(images.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    if (!perFolder)
        return {std::move(all)};
    std::map<std::string_view, std::vector<std::size_t>> byFolder;
    for (const std::size_t position : all)
        byFolder[parentPath(images[position].path)].push_back(position);
    std::vector<std::vector<std::size_t>> result;
    for (auto& [folder, positions] : byFolder)
        result.push_back(std::move(positions));
    return result;
}

/// Sorted positions of each frozen group whose members are all known, and which positions they take.
struct FrozenPositions {
    std::vector<std::vector<std::size_t>> groups;
    std::vector<bool> isTaken;
};

FrozenPositions findFrozen(const std::vector<ParsedImage>& images,
                           std::span<const std::vector<std::string_view>> frozenGroups)
{
    FrozenPositions frozen{{}, std::vector<bool>(images.size())};
    if (frozenGroups.empty())
        return frozen;
    std::unordered_map<std::string_view, std::size_t> positionOf;
    positionOf.reserve(images.size());
    for (std::size_t position = 0; position < images.size(); ++position)
        positionOf.emplace(images[position].path, position);
    for (const std::vector<std::string_view>& paths : frozenGroups) {
        std::vector<std::size_t> positions;
        for (const std::string_view path : paths) {
            if (const auto found = positionOf.find(path); found != positionOf.end())
                positions.push_back(found->second);
        }
        for (const std::size_t position : positions)
            frozen.isTaken[position] = true;
        if (!positions.empty())
            frozen.groups.push_back(std::move(positions));
    }
    return frozen;
}

} // namespace

GroupingResult groupPaths(std::span<const std::string_view> paths,
                          std::span<const std::vector<std::string_view>> frozenGroups, const GroupingOptions& options,
                          bool perFolder)
{
    const std::vector<ParsedImage> images = sortedImages(paths);
    FrozenPositions frozen = findFrozen(images, frozenGroups);

    // Runs are found over everything, so that deciding one group never regroups its neighbours; then what is frozen is
    // taken out of the runs.
    std::vector<std::vector<std::size_t>> groups;
    std::vector<bool> isGrouped = frozen.isTaken;
    for (const std::vector<std::size_t>& sequence : sequences(images, perFolder)) {
        std::vector<GroupingItem> items;
        items.reserve(sequence.size());
        for (const std::size_t position : sequence)
            items.push_back({images[position].name.stage, images[position].name.timeSeconds});
        for (const std::vector<std::size_t>& run : nearestUpGroups(items, options)) {
            std::vector<std::size_t> members;
            for (const std::size_t item : run) {
                if (!frozen.isTaken[sequence[item]])
                    members.push_back(sequence[item]);
            }
            if (members.size() < options.minGroupSize)
                continue;
            for (const std::size_t position : members)
                isGrouped[position] = true;
            groups.push_back(std::move(members));
        }
    }
    const std::size_t newGroupCount = groups.size();
    groups.insert(groups.end(), frozen.groups.begin(), frozen.groups.end());

    // A frozen single is a decided leftover: it stays among the leftovers, where it was decided.
    GroupingResult result;
    std::vector<std::pair<std::size_t, ImageGroup>> ordered; // by position of the first image
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const bool isFrozen = g >= newGroupCount;
        if (isFrozen && groups[g].size() == 1) {
            isGrouped[groups[g].front()] = false;
            continue;
        }
        ordered.emplace_back(*std::ranges::min_element(groups[g]), ImageGroup{groups[g], isFrozen});
    }
    std::ranges::sort(ordered, {}, [](const auto& entry) { return entry.first; });
    for (auto& [first, group] : ordered) {
        for (std::size_t& member : group.members)
            member = images[member].index;
        result.groups.push_back(std::move(group));
    }
    for (std::size_t position = 0; position < images.size(); ++position) {
        if (!isGrouped[position])
            result.leftovers.push_back(images[position].index);
    }
    return result;
}

GroupingResult groupImages(std::span<const std::string> paths, std::span<const std::vector<std::string>> frozenGroups,
                           const GroupingOptions& options, bool perFolder)
{
    const std::vector<std::string_view> views(paths.begin(), paths.end());
    std::vector<std::vector<std::string_view>> frozenViews;
    for (const std::vector<std::string>& group : frozenGroups)
        frozenViews.emplace_back(group.begin(), group.end());
    return groupPaths(views, frozenViews, options, perFolder);
}

} // namespace ps
