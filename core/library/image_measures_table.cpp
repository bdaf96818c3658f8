// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/image_measures_table.h"

#include "core/base/text.h"

namespace ps {

const char* const kMeasuresTable = R"(
CREATE TABLE measures (
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    problem TEXT NOT NULL,
    format INTEGER,
    orientation INTEGER,
    bits INTEGER,
    channels INTEGER,
    has_alpha INTEGER,
    is_lossless INTEGER,
    chroma TEXT,
    quality INTEGER,
    profile TEXT,
    perceptual_hash INTEGER,
    sharpness REAL,
    noise REAL,
    exposure REAL,
    dark_share REAL,
    bright_share REAL,
    contrast REAL,
    sha256 BLOB,
    upscaling REAL
) WITHOUT ROWID;
)";

namespace {

/// A line about another state of the file is no line.
Result<void> dropOutdated(const Connection& catalogue, const std::string& path, const FileIdentity& identity)
{
    PS_TRY(const auto remove, catalogue.borrow("DELETE FROM measures WHERE path=?1 AND (size<>?2 OR modified_ns<>?3)"));
    return remove->run(SqlBlob{path}, identity.sizeBytes, identity.modifiedNs);
}

std::optional<SqlBlob> hashBlob(const ImageMeasures& measures)
{
    const auto bytes = hexDecode(measures.sha256);
    return bytes && !bytes->empty() ? std::optional(SqlBlob{*bytes}) : std::nullopt;
}

/// The columns format to sha256, from `first` on.
StoredMeasures readSurvey(const Statement& row, int first)
{
    StoredMeasures stored;
    ImageInfo& info = stored.info;
    info.format = static_cast<ImageFormat>(row.integer(first));
    info.orientation = static_cast<std::int32_t>(row.integer(first + 1));
    info.bitsPerChannel = static_cast<std::int32_t>(row.integer(first + 2));
    info.channelCount = static_cast<std::int32_t>(row.integer(first + 3));
    info.hasAlpha = row.integer(first + 4) != 0;
    info.isLossless = row.integer(first + 5) != 0;
    info.chromaSubsampling = row.text(first + 6);
    info.estimatedQuality = static_cast<std::int32_t>(row.integer(first + 7));
    info.profileDescription = row.text(first + 8);
    ImageMeasures measures;
    measures.perceptualHash = static_cast<std::uint64_t>(row.integer(first + 9));
    measures.sharpness = row.real(first + 10);
    measures.noise = row.real(first + 11);
    measures.exposure = row.real(first + 12);
    measures.darkShare = row.real(first + 13);
    measures.brightShare = row.real(first + 14);
    measures.contrast = row.real(first + 15);
    measures.sha256 = hexEncode(row.text(first + 16));
    stored.measures = std::move(measures);
    return stored;
}

} // namespace

Result<void> putImageSize(const Connection& catalogue, const std::string& path, const FileIdentity& identity,
                          ImageSize size, std::string_view problem)
{
    PS_TRY_VOID(dropOutdated(catalogue, path, identity));
    PS_TRY(const auto upsert,
           catalogue.borrow("INSERT INTO measures(path, size, modified_ns, width, height, problem) "
                            "VALUES (?1,?2,?3,?4,?5,?6) ON CONFLICT(path) DO UPDATE SET width=excluded.width, "
                            "height=excluded.height, problem=excluded.problem"));
    return upsert->run(SqlBlob{path}, identity.sizeBytes, identity.modifiedNs, size.width, size.height, problem);
}

Result<void> putImageSurvey(const Connection& catalogue, const std::string& path, const ImageInfo& info,
                            const ImageMeasures& measures)
{
    PS_TRY_VOID(putImageSize(catalogue, path, info.identity, info.size, ""));
    PS_TRY(const auto update,
           catalogue.borrow("UPDATE measures SET format=?2, orientation=?3, bits=?4, channels=?5, has_alpha=?6, "
                            "is_lossless=?7, chroma=?8, quality=?9, profile=?10, perceptual_hash=?11, sharpness=?12, "
                            "noise=?13, exposure=?14, dark_share=?15, bright_share=?16, contrast=?17, "
                            "sha256=coalesce(?18, sha256) WHERE path=?1"));
    return update->run(SqlBlob{path}, static_cast<int>(info.format), info.orientation, info.bitsPerChannel,
                       info.channelCount, info.hasAlpha, info.isLossless, info.chromaSubsampling, info.estimatedQuality,
                       info.profileDescription, static_cast<std::int64_t>(measures.perceptualHash), measures.sharpness,
                       measures.noise, measures.exposure, measures.darkShare, measures.brightShare, measures.contrast,
                       hashBlob(measures));
}

Result<void> putImageHash(const Connection& catalogue, const std::string& path, const FileIdentity& identity,
                          std::string_view sha256)
{
    const auto bytes = hexDecode(sha256);
    if (!bytes)
        return Error{ErrorCode::Internal, "a hash that is not in hex", path, 0};
    PS_TRY_VOID(dropOutdated(catalogue, path, identity));
    PS_TRY(const auto upsert,
           catalogue.borrow("INSERT INTO measures(path, size, modified_ns, width, height, problem, sha256) "
                            "VALUES (?1,?2,?3,0,0,'',?4) ON CONFLICT(path) DO UPDATE SET sha256=excluded.sha256"));
    return upsert->run(SqlBlob{path}, identity.sizeBytes, identity.modifiedNs, SqlBlob{*bytes});
}

Result<std::string> findImageHash(const Connection& catalogue, const std::string& path, const FileIdentity& identity)
{
    PS_TRY(const auto query,
           catalogue.borrow("SELECT sha256 FROM measures WHERE path=?1 AND size=?2 AND modified_ns=?3"));
    query->bind(SqlBlob{path}, identity.sizeBytes, identity.modifiedNs);
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? hexEncode(query->text(0)) : std::string();
}

Result<std::optional<StoredMeasures>> findMeasures(const Connection& catalogue, const std::string& path,
                                                   const FileIdentity& identity)
{
    PS_TRY(const auto query,
           catalogue.borrow("SELECT width, height, problem, format, orientation, bits, channels, has_alpha, "
                            "is_lossless, chroma, quality, profile, perceptual_hash, sharpness, noise, exposure, "
                            "dark_share, bright_share, contrast, sha256 FROM measures "
                            "WHERE path=?1 AND size=?2 AND modified_ns=?3"));
    query->bind(SqlBlob{path}, identity.sizeBytes, identity.modifiedNs);
    PS_TRY(const bool hasRow, query->step());
    if (!hasRow)
        return std::optional<StoredMeasures>();
    constexpr int kFirstOfSurvey = 3;
    constexpr int kPerceptualHash = 12;
    StoredMeasures stored = query->isNull(kPerceptualHash) ? StoredMeasures() : readSurvey(*query, kFirstOfSurvey);
    stored.info.size = {static_cast<int>(query->integer(0)), static_cast<int>(query->integer(1))};
    stored.info.fileBytes = identity.sizeBytes;
    stored.problem = query->text(2);
    return std::optional(std::move(stored));
}

Result<std::vector<UnsurveyedImage>> unsurveyedImages(const Connection& catalogue, ImagePlace after, bool wantsHash,
                                                      std::int64_t limit, std::int64_t lastOrdinal)
{
    PS_TRY(
        const auto query,
        catalogue.borrow("SELECT i.ordinal, i.slot, i.path, i.current_path, i.device, i.inode, i.size, i.modified_ns "
                         "FROM images i LEFT JOIN measures m ON m.path=i.path AND m.size=i.size "
                         "AND m.modified_ns=i.modified_ns WHERE (i.ordinal, i.slot) > (?1, ?2) "
                         "AND i.ordinal <= ?5 AND i.is_missing=0 AND (m.path IS NULL OR (m.problem='' "
                         "AND (m.perceptual_hash IS NULL OR (?3 AND m.sha256 IS NULL)))) "
                         "ORDER BY i.ordinal, i.slot LIMIT ?4"));
    query->bind(after.ordinal, after.slot, wantsHash, limit, lastOrdinal);
    std::vector<UnsurveyedImage> images;
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return images;
        UnsurveyedImage image;
        image.place = {query->integer(0), query->integer(1)};
        image.path = query->text(2);
        image.currentPath = query->text(3);
        image.identity = {static_cast<std::uint64_t>(query->integer(4)), static_cast<std::uint64_t>(query->integer(5)),
                          query->integer(6), query->integer(7)};
        images.push_back(std::move(image));
    }
}

const std::string_view kCoverMeasuresSql =
    "(sharpness, noise, exposure, dark_share, bright_share, contrast, megapixels, aspect, upscaling)="
    "(SELECT m.sharpness, m.noise, m.exposure, m.dark_share, m.bright_share, m.contrast, "
    "CASE WHEN m.width > 0 AND m.height > 0 THEN m.width * 1e-6 * m.height END, "
    "CASE WHEN m.width > 0 AND m.height > 0 THEN max(m.width, m.height) * 1.0 / min(m.width, m.height) END, "
    "m.upscaling "
    "FROM images i JOIN measures m ON m.path=i.path AND m.size=i.size AND m.modified_ns=i.modified_ns "
    "WHERE i.ordinal=groups.ordinal AND i.slot=groups.cover_slot)";

Result<void> noteCoverMeasures(const Connection& catalogue, const ImagePlace& place, const std::string& path)
{
    PS_TRY(const auto update,
           catalogue.borrow("UPDATE groups SET " + std::string(kCoverMeasuresSql) +
                            " WHERE ordinal=?1 AND cover_slot=?2 AND EXISTS (SELECT 1 FROM images WHERE ordinal=?1 AND "
                            "slot=?2 AND path=?3)"));
    return update->run(place.ordinal, place.slot, SqlBlob{path});
}

Result<void> restoreCoverMeasures(const Connection& catalogue)
{
    PS_TRY(const std::int64_t isSurveyed,
           catalogue.queryInteger("SELECT EXISTS (SELECT 1 FROM measures WHERE sharpness IS NOT NULL)"));
    if (isSurveyed == 0)
        return {};
    return catalogue.execute(("UPDATE groups SET " + std::string(kCoverMeasuresSql)).c_str());
}

Result<void> restoreCoverMeasures(const Connection& catalogue, std::int64_t first, std::int64_t end)
{
    PS_TRY(Statement update, catalogue.prepare("UPDATE groups SET " + std::string(kCoverMeasuresSql) +
                                               " WHERE ordinal >= ?1 AND ordinal < ?2"));
    return update.run(first, end);
}

Result<void> putImageUpscaling(const Connection& catalogue, const std::string& path, const FileIdentity& identity,
                               double upscaling)
{
    PS_TRY(const auto update,
           catalogue.borrow("UPDATE measures SET upscaling=?4 WHERE path=?1 AND size=?2 AND modified_ns=?3"));
    return update->run(SqlBlob{path}, identity.sizeBytes, identity.modifiedNs, upscaling);
}

Result<void> forEachHashedImage(const Connection& catalogue,
                                const std::function<Result<void>(const HashedImage&)>& take)
{
    PS_TRY(Statement query,
           catalogue.prepare("SELECT i.ordinal, i.slot, m.perceptual_hash, m.sha256 FROM images i "
                             "JOIN measures m ON m.path=i.path AND m.size=i.size AND m.modified_ns=i.modified_ns "
                             "WHERE m.perceptual_hash IS NOT NULL ORDER BY i.ordinal, i.slot"));
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return {};
        HashedImage image;
        image.place = {query.integer(0), query.integer(1)};
        image.perceptualHash = static_cast<std::uint64_t>(query.integer(2));
        image.sha256 = query.text(3);
        PS_TRY_VOID(take(image));
    }
}

} // namespace ps
