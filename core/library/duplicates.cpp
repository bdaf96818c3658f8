// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/duplicates.h"

#include "core/base/text.h"
#include "core/imaging/near_duplicates.h"
#include "core/library/rank_columns.h"

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <unordered_map>

namespace ps {

namespace {

constexpr std::uint64_t kSlotBits = 8;

NearDuplicates::ItemId itemOf(const ImagePlace& place)
{
    return static_cast<std::uint64_t>(place.ordinal) << kSlotBits | static_cast<std::uint64_t>(place.slot & 0xff);
}

ImagePlace placeOf(NearDuplicates::ItemId item)
{
    return {static_cast<std::int64_t>(item >> kSlotBits), static_cast<std::int64_t>(item & 0xff)};
}

using ItemList = std::vector<NearDuplicates::ItemId>;

struct Hashes {
    std::vector<NearDuplicates::Item> structured;
    std::unordered_map<std::string, ItemList> plain; ///< pictures of one colour, by the hash of the file
    std::int64_t count = 0;
};

Result<Hashes> readHashes(const Catalogue& catalogue, const std::stop_token& stop)
{
    Hashes hashes;
    PS_TRY_VOID(forEachHashedImage(catalogue.connection(), [&](const HashedImage& image) -> Result<void> {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the search was cancelled", {}, 0};
        ++hashes.count;
        if (image.perceptualHash != 0)
            hashes.structured.push_back({image.perceptualHash, itemOf(image.place)});
        else if (!image.sha256.empty())
            hashes.plain[std::string(image.sha256)].push_back(itemOf(image.place));
        return {};
    }));
    return hashes;
}

/// The members of a cluster with what the catalogue says about them.
Result<DuplicateCluster> describe(const Catalogue& catalogue, const ItemList& items)
{
    PS_TRY(const auto query,
           catalogue.connection().borrow(
               "SELECT g.key, i.current_path, m.sha256, m.perceptual_hash FROM images i JOIN groups g USING (ordinal) "
               "JOIN measures m ON m.path=i.path WHERE i.ordinal=?1 AND i.slot=?2"));
    DuplicateCluster cluster;
    std::set<std::int64_t> ordinals;
    std::set<std::string> contents;
    std::optional<std::uint64_t> first;
    for (const NearDuplicates::ItemId item : items) {
        const ImagePlace place = placeOf(item);
        query->bind(place.ordinal, place.slot);
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow) // a refresh came in between
            continue;
        const auto hash = static_cast<std::uint64_t>(query->integer(3));
        first = first.value_or(hash);
        DuplicateCluster::Member member;
        member.groupKey = query->text(0);
        member.path = query->text(1);
        member.sha256 = hexEncode(query->text(2));
        member.distance = std::popcount(hash ^ *first);
        member.isCopy = !member.sha256.empty() && !contents.insert(member.sha256).second;
        cluster.hasCopies = cluster.hasCopies || member.isCopy;
        ordinals.insert(place.ordinal);
        cluster.members.push_back(std::move(member));
        query->reset();
    }
    cluster.isAcrossGroups = ordinals.size() > 1;
    return cluster;
}

bool staysInOneGroup(const ItemList& items)
{
    return placeOf(items.front()).ordinal == placeOf(items.back()).ordinal; // sorted
}

} // namespace

Result<DuplicateReport> findDuplicates(const ProjectSession& session, int bits, std::stop_token stop)
{
    PS_TRY(Hashes hashes,
           session.withCatalogue([&](const Catalogue& catalogue) { return readHashes(catalogue, stop); }));
    DuplicateReport report;
    report.imageCount = hashes.count;
    NearDuplicates index;
    index.addAll(hashes.structured);
    std::vector<ItemList> clusters = index.clusters(bits, stop);
    if (stop.stop_requested())
        return Error{ErrorCode::Cancelled, "the search was cancelled", session.projectId(), 0};
    for (auto& [content, items] : hashes.plain) {
        if (items.size() > 1)
            clusters.push_back(std::move(items));
    }
    std::ranges::sort(clusters);
    for (const ItemList& items : clusters) {
        PS_TRY(DuplicateCluster cluster,
               session.withCatalogue([&](const Catalogue& catalogue) { return describe(catalogue, items); }));
        if (staysInOneGroup(items) && !cluster.hasCopies)
            ++report.withinGroups;
        else if (cluster.members.size() > 1)
            report.clusters.push_back(std::move(cluster));
    }
    return report;
}

Result<void> storeDuplicates(const ProjectSession& session, const DuplicateReport& report)
{
    std::vector<std::vector<std::string>> sets;
    for (const DuplicateCluster& cluster : report.clusters) {
        std::vector<std::string>& keys = sets.emplace_back();
        for (const DuplicateCluster::Member& member : cluster.members)
            keys.push_back(member.groupKey);
    }
    return session.withCatalogue(
        [&](const Catalogue& catalogue) { return storeDuplicateSets(catalogue.connection(), sets); });
}

} // namespace ps
