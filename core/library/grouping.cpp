// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/grouping.h"

#include "core/library/image_grouper.h"
#include "core/library/nearest_up.h"

#include <cstdlib>

namespace ps {

std::vector<std::vector<std::size_t>> nearestUpGroups(std::span<const GroupingItem> items,
                                                      const GroupingOptions& options)
{
    std::vector<std::vector<std::size_t>> groups;
    NearestUpRuns<std::size_t> runs(
        options,
        [&](std::vector<std::size_t>& members) {
            if (members.size() >= options.minGroupSize)
                groups.push_back(std::move(members));
            return Result<void>();
        },
        [](std::size_t&) { return Result<void>(); });
    for (std::size_t i = 0; i < items.size(); ++i)
        discard(runs.push(items[i], i), "nothing here fails");
    discard(runs.finish(), "nothing here fails");
    return groups;
}

Result<GroupingResult> groupImages(std::span<const std::string> paths,
                                   std::span<const std::vector<std::string>> frozenGroups,
                                   const GroupingOptions& options, bool perFolder)
{
    const char* const temporary = std::getenv("TMPDIR");
    ImageGrouper grouper(temporary ? temporary : "/tmp", options, perFolder);
    GroupImage image;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        image.path = paths[i];
        PS_TRY_VOID(grouper.addImage(image, i));
    }
    for (std::size_t frozen = 0; frozen < frozenGroups.size(); ++frozen) {
        for (std::size_t member = 0; member < frozenGroups[frozen].size(); ++member) {
            image.path = frozenGroups[frozen][member];
            PS_TRY_VOID(grouper.addFrozenMember(frozen, member, image, false));
        }
    }
    PS_TRY_VOID(grouper.group({}));
    GroupingResult result;
    PS_TRY(ImageGrouper::Walk walk, grouper.groups());
    for (ImageGrouper::Group group;;) {
        PS_TRY(const bool hasGroup, walk.next(group));
        if (!hasGroup)
            return result;
        if (group.isLeftover) {
            result.leftovers.push_back(group.members.front().tag);
            continue;
        }
        ImageGroup& made = result.groups.emplace_back();
        made.isFrozen = group.isFrozen;
        for (const ImageGrouper::Member& member : group.members)
            made.members.push_back(member.tag);
    }
}

} // namespace ps
