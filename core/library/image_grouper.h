// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/external_sort.h"
#include "core/library/group_entry.h"
#include "core/library/grouping.h"

#include <functional>
#include <stop_token>

namespace ps {

/// Groups any number of images in bounded memory. First every image, move and frozen group is added, then group() works,
/// then forEachGroup() gives the groups, as often as it is asked.
/// Images are sorted as the scripts do (timestamp, stage, name; equal ones by path). Runs are found over everything, so that
/// deciding one group never regroups its neighbours; then what is frozen is taken out of the runs.
class ImageGrouper
{
public:
    /// `folder` holds temporary files.
    ImageGrouper(std::string folder, const GroupingOptions& options, bool perFolder);

    /// An image that was found on the disk. `tag` comes back with it.
    Result<void> addImage(const GroupImage& image, std::uint64_t tag = 0);
    /// An image that finalize moved: what is known of it now.
    Result<void> addMoved(const GroupImage& image);
    /// A member of a frozen group; `frozen` counts the groups from 0 and `member` their members. An image that is not known
    /// otherwise is missing if `isMissingKnown`, else it is no image.
    Result<void> addFrozenMember(std::uint64_t frozen, std::uint64_t member, const GroupImage& image,
                                 bool isMissingKnown);

    /// Told of every known path in the order of the bytes, once, while grouping; and of new files under the name of a moved
    /// one. Either may be empty.
    std::function<Result<void>(const std::string& path)> onKnownPath;
    std::function<Result<void>(const std::string& path)> onNameOfMoved;

    /// Errors: Cancelled within some thousand images; NoSpace, Io.
    Result<void> group(std::stop_token stop);

    struct Member {
        GroupImage image;
        std::uint64_t tag = 0;
    };
    struct Group {
        std::vector<Member> members; ///< in stage order
        bool isLeftover = false;     ///< an image in no group
        bool isFrozen = false;
    };
    /// Walks groups in the order of their first images, then the leftovers in order.
    class Walk
    {
    public:
        explicit Walk(ExternalSorter::Cursor cursor) : m_cursor(std::move(cursor)) {}
        /// False behind the last.
        Result<bool> next(Group& group);

    private:
        ExternalSorter::Cursor m_cursor;
    };
    Result<Walk> groups();

    std::int64_t imageCount() const { return m_imageCount; }

private:
    struct Placed;
    Result<void> joinByPath(std::stop_token stop);
    Result<void> placeInOrder(std::stop_token stop);
    Result<void> findRuns(std::stop_token stop);
    Result<void> addRun(std::vector<Placed>& members);
    Result<void> addLeftover(const Placed& item);
    Result<void> addFrozenGroups();

    GroupingOptions m_options;
    bool m_isPerFolder;
    std::string m_folder;
    std::int64_t m_imageCount = 0;
    std::uint64_t m_added = 0;
    ExternalSorter m_byPath;     ///< path -> image, move, or frozen member
    ExternalSorter m_inOrder;    ///< sort key -> image with the frozen groups that hold it
    ExternalSorter m_bySequence; ///< folder, position -> the same, when groups stay within one folder
    ExternalSorter m_frozen;     ///< frozen group, member -> image
    ExternalSorter m_result;     ///< leftover or not, position of the first image -> images
};

} // namespace ps
