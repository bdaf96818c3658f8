// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_sides.h"

#include "core/base/text.h"
#include "core/exchange/release_plan.h"
#include "core/library/filename.h"

namespace ps {

ReleaseSides::ReleaseSides(const ProjectSession& session, Connection database, SplitShares shares, std::uint64_t seed,
                           const std::string& scratchFolder)
    : m_session(session), m_database(std::move(database)), m_maker(shares, seed, scratchFolder)
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

Result<std::uint32_t> ReleaseSides::addImage(const SplitImage& image, std::string_view stratum,
                                             std::optional<ReleaseSide> published, bool isCounted)
{
    PS_TRY(const std::uint32_t number, m_maker.addImage(image.key, image.name, stratum, published, isCounted));
    PS_TRY_VOID(m_maker.addLink(number, LinkKind::Group, image.groupLink));
    if (image.hasContent)
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
    const std::string link = candidate.groupKey.empty() ? candidate.groupId : candidate.groupKey;
    const std::string_view stratum = actionName(candidate.action);
    const std::string directory = candidate.row.text("directory").value_or("");
    std::optional<std::uint32_t> first;
    for (const ReleaseCandidateImage& image : candidate.images) {
        SplitImage split{releaseImageKey(image.sha256, directory, image.sourceName),
                         image.isKnown ? image.currentPath : joinPath(directory, image.sourceName), link,
                         !image.sha256.empty(), image.perceptualHash};
        PS_TRY(const auto published, publishedSide(split.key));
        PS_TRY(const std::uint32_t number, addImage(split, stratum, published, true));
        first = first.value_or(number);
    }
    if (!first) { // a row whose images nobody can name
        PS_TRY(first, m_maker.addImage("name:" + candidate.groupId, candidate.groupId, stratum, {}));
        PS_TRY_VOID(m_maker.addLink(*first, LinkKind::Group, link));
    }
    m_firstImages.push_back(*first);
    return {};
}

/// Images of earlier releases that are not in this one tie their relatives to their sides all the same.
Result<void> ReleaseSides::addPublishedElsewhere(std::stop_token stop)
{
    if (!m_hasPublished)
        return {};
    PS_TRY(const std::int64_t hasAny, m_database.queryInteger("SELECT EXISTS (SELECT 1 FROM ps_release_sides)"));
    if (hasAny == 0)
        return {};
    return m_session.withCatalogue([&](const Catalogue& catalogue) -> Result<void> {
        PS_TRY(
            Statement images,
            catalogue.connection().prepare(
                "SELECT g.key, i.current_path, m.sha256, m.perceptual_hash FROM images i JOIN groups g USING (ordinal) "
                "JOIN measures m ON m.path=i.path AND m.size=i.size AND m.modified_ns=i.modified_ns "
                "WHERE m.sha256 IS NOT NULL ORDER BY i.ordinal, i.slot"));
        for (;;) {
            PS_TRY(const bool hasRow, images.step());
            if (!hasRow)
                return {};
            if (stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the export was stopped", m_session.projectId(), 0};
            SplitImage image;
            image.key = hexEncode(images.text(2));
            PS_TRY(const auto published, publishedSide(image.key));
            if (!published)
                continue;
            image.name = images.text(1);
            image.groupLink = images.text(0);
            image.hasContent = true;
            if (!images.isNull(3))
                image.perceptualHash = static_cast<std::uint64_t>(images.integer(3));
            PS_TRY_VOID(addImage(image, "", published, false));
        }
    });
}

Result<void> ReleaseSides::finish(std::stop_token stop)
{
    PS_TRY_VOID(addPublishedElsewhere(stop));
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
        return Error{ErrorCode::Cancelled, "the export was stopped", m_session.projectId(), 0};
    PS_TRY(m_sides, m_maker.make());
    return {};
}

} // namespace ps
