// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_sides.h"

#include "core/base/text.h"
#include "core/exchange/release_plan.h"
#include "core/library/filename.h"

namespace ps {

std::vector<ReleaseTie> releaseTies(const ReleaseCandidate& candidate, std::string_view directory)
{
    std::vector<ReleaseTie> ties;
    for (const auto* images : {&candidate.images, &candidate.relatives}) {
        for (const ReleaseCandidateImage& image : *images)
            ties.push_back({releaseImageKey(image.sha256, directory, image.sourceName),
                            image.isKnown ? image.currentPath : joinPath(directory, image.sourceName),
                            image.perceptualHash});
    }
    return ties;
}

ReleaseSides::ReleaseSides(std::string projectId, Connection database, SplitShares shares, std::uint64_t seed,
                           const std::string& scratchFolder)
    : m_projectId(std::move(projectId)), m_database(std::move(database)), m_maker(shares, seed, scratchFolder)
{
    const auto isThere = hasTable(m_database, "ps_release_sides");
    m_hasPublished = isThere && *isThere;
}

Result<std::optional<ReleaseSide>> ReleaseSides::publishedSide(const std::string& key) const
{
    if (!m_hasPublished)
        return std::optional<ReleaseSide>();
    PS_TRY(const auto query, m_database.borrow("SELECT side FROM ps_release_sides WHERE image_key=?1"));
    query->bind(key);
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? parseSide(query->text(0)) : std::nullopt;
}

Result<std::uint32_t> ReleaseSides::addImage(const ReleaseTie& image, std::string_view link, std::string_view stratum,
                                             std::optional<ReleaseSide> published, bool isCounted)
{
    PS_TRY(const std::uint32_t number, m_maker.addImage(image.key, image.name, stratum, published, isCounted));
    if (!link.empty())
        PS_TRY_VOID(m_maker.addLink(number, LinkKind::Group, link));
    if (!image.key.starts_with(kNameKeyPrefix))
        PS_TRY_VOID(m_maker.addLink(number, LinkKind::Content, image.key));
    const std::string name(fileName(image.name));
    if (const std::string stem = toLowerAscii(fileStem(name)); !stem.empty())
        PS_TRY_VOID(m_maker.addLink(number, LinkKind::Companion, stem));
    if (const ImageName parsed = parseImageName(name); !parsed.timestamp.empty())
        PS_TRY_VOID(m_maker.addLink(number, LinkKind::Source, parsed.timestamp));
    if (image.perceptualHash && *image.perceptualHash != 0) // 0: a picture without structure looks like nothing
        m_hashes.push_back({*image.perceptualHash, number});
    return number;
}

Result<void> ReleaseSides::add(const ReleaseCandidate& candidate)
{
    const std::string& link = groupLink(candidate.groupKey, candidate.groupId);
    const std::string_view stratum = actionName(candidate.action);
    const std::vector<ReleaseTie> ties = releaseTies(candidate, candidate.row.text("directory").value_or(""));
    std::optional<std::uint32_t> first;
    if (candidate.images.empty()) { // a row whose images nobody can name
        PS_TRY(first,
               m_maker.addImage(std::string(kNameKeyPrefix) + candidate.groupId, candidate.groupId, stratum, {}));
        if (!link.empty())
            PS_TRY_VOID(m_maker.addLink(*first, LinkKind::Group, link));
    }
    for (std::size_t i = 0; i < ties.size(); ++i) {
        PS_TRY(const auto published, publishedSide(ties[i].key));
        const bool isExported = i < candidate.images.size();
        PS_TRY(const std::uint32_t number, addImage(ties[i], link, stratum, published, isExported));
        first = first.value_or(number);
    }
    m_firstImages.push_back(*first);
    return {};
}

/// Images of earlier releases that are not in this one tie their relatives to their sides all the same. What is known of them was
/// stored with their sides: their files may have changed or gone since.
Result<void> ReleaseSides::addPublished(std::stop_token stop)
{
    if (!m_hasPublished)
        return {};
    PS_TRY(Statement images, m_database.prepare("SELECT image_key, side, coalesce(group_key, ''), coalesce(name, ''), "
                                                "perceptual_hash FROM ps_release_sides ORDER BY image_key"));
    for (;;) {
        PS_TRY(const bool hasRow, images.step());
        if (!hasRow)
            return {};
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the export was stopped", m_projectId, 0};
        ReleaseTie image{std::string(images.text(0)), std::string(images.text(3)), {}};
        if (!images.isNull(4))
            image.perceptualHash = static_cast<std::uint64_t>(images.integer(4));
        PS_TRY_VOID(addImage(image, images.text(2), "", parseSide(images.text(1)), false));
    }
}

Result<void> ReleaseSides::finish(std::stop_token stop)
{
    PS_TRY_VOID(addPublished(stop));
    {
        NearDuplicates index;
        index.addAll(m_hashes);
        m_hashes = {};
        std::uint64_t number = 0;
        for (const auto& cluster : index.clusters(kSplitDuplicateBits, stop)) {
            const std::string value = std::to_string(number++);
            for (const NearDuplicates::ItemId image : cluster)
                PS_TRY_VOID(m_maker.addLink(static_cast<std::uint32_t>(image), LinkKind::NearDuplicate, value));
        }
    }
    if (stop.stop_requested())
        return Error{ErrorCode::Cancelled, "the export was stopped", m_projectId, 0};
    PS_TRY(m_sides, m_maker.make());
    return {};
}

} // namespace ps
