// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_store.h"

#include "core/base/text.h"

namespace ps {

namespace {

constexpr std::string_view kSelectReleases =
    "SELECT r.name, r.timestamp, coalesce(s.annotator, ''), r.format, r.manifest_sha256, r.manifest "
    "FROM ps_releases r LEFT JOIN ps_sessions s USING (session_id)";

Result<StoredRelease> readRelease(const Statement& row)
{
    StoredRelease release;
    release.name = row.text(0);
    release.timestamp = row.text(1);
    release.annotator = row.text(2);
    release.format = row.text(3);
    release.manifestSha256 = row.text(4);
    auto manifest = parseJson(row.text(5));
    if (!manifest)
        return manifest.error().in("the manifest of the release " + displayText(release.name));
    release.manifest = *std::move(manifest);
    return release;
}

/// The sides of one group's images, with what ties others to them; one that is there already must be the same.
Result<void> storeSides(const Connection& connection, const ReleaseGroup& group, const std::string& releaseName)
{
    PS_TRY(const auto insert,
           connection.borrow(
               "INSERT INTO ps_release_sides(image_key, side, release_name, group_key, name, perceptual_hash) "
               "VALUES (?1,?2,?3,?4,?5,?6) ON CONFLICT(image_key) DO UPDATE SET "
               "group_key=coalesce(group_key, excluded.group_key), name=coalesce(name, excluded.name), "
               "perceptual_hash=coalesce(perceptual_hash, excluded.perceptual_hash) "
               "WHERE group_key IS NULL OR name IS NULL OR perceptual_hash IS NULL"));
    PS_TRY(const auto find, connection.borrow("SELECT side FROM ps_release_sides WHERE image_key=?1"));
    for (const ReleaseTie& tie : group.ties) {
        const auto hash = tie.perceptualHash ? SqlValue(static_cast<std::int64_t>(*tie.perceptualHash)) : SqlValue();
        PS_TRY_VOID(insert->run(tie.key, sideName(*group.side), releaseName, groupLink(group.groupKey, group.groupId),
                                tie.name, hash));
        find->bind(tie.key);
        PS_TRY(const bool hasRow, find->step());
        const bool isSame = hasRow && find->text(0) == sideName(*group.side);
        find->reset();
        if (!isSame)
            return Error{ErrorCode::Conflict, "the image was published on another side meanwhile; export again",
                         displayText(tie.name), 0};
    }
    return {};
}

} // namespace

Result<std::vector<StoredRelease>> listReleases(const ProjectSession& session)
{
    std::vector<StoredRelease> releases;
    PS_TRY(const Connection database, session.openReader());
    PS_TRY(const bool isThere, hasTable(database, "ps_releases"));
    if (!isThere)
        return releases;
    PS_TRY(Statement rows, database.prepare(std::string(kSelectReleases) + " ORDER BY r.release_id"));
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return releases;
        PS_TRY(StoredRelease release, readRelease(rows));
        releases.push_back(std::move(release));
    }
}

Result<std::optional<StoredRelease>> findRelease(const ProjectSession& session, const std::string& name)
{
    PS_TRY(const Connection database, session.openReader());
    PS_TRY(const bool isThere, hasTable(database, "ps_releases"));
    if (!isThere)
        return std::optional<StoredRelease>();
    PS_TRY(Statement row, database.prepare(std::string(kSelectReleases) + " WHERE r.name=?1"));
    row.bind(name);
    PS_TRY(const bool hasRow, row.step());
    if (!hasRow)
        return std::optional<StoredRelease>();
    PS_TRY(StoredRelease release, readRelease(row));
    return std::optional(std::move(release));
}

Result<bool> storeRelease(ProjectSession& session, const ReleasePlan& plan, const std::string& format,
                          const std::string& manifestSha256, const Json& manifestHead, std::stop_token stop)
{
    PS_TRY(DecisionStore * store, session.store());
    return runForValue<bool>(*store, [&](StoreTransaction& transaction) -> Result<bool> {
        const Connection& connection = transaction.connection();
        const ReleasePreview& preview = plan.preview();
        PS_TRY(Statement known, connection.prepare("SELECT manifest_sha256 FROM ps_releases WHERE name=?1"));
        known.bind(preview.name);
        PS_TRY(const bool isKnown, known.step());
        if (isKnown && known.text(0) != manifestSha256)
            return Error{ErrorCode::AlreadyExists, "another release has this name", displayText(preview.name), 0};
        if (isKnown)
            return false;
        const MarkStamp stamp = transaction.stamp();
        PS_TRY(Statement insert,
               connection.prepare(
                   "INSERT INTO ps_releases(name, session_id, timestamp, format, manifest_sha256, manifest) "
                   "VALUES (?1,?2,?3,?4,?5,?6)"));
        PS_TRY_VOID(
            insert.run(preview.name, stamp.sessionId, stamp.timestamp, format, manifestSha256, dumpJson(manifestHead)));
        PS_TRY_VOID(plan.forEach(
            [&](const ReleaseGroup& group) {
                return group.side ? storeSides(connection, group, preview.name) : Result<void>();
            },
            stop));
        LedgerDraft draft;
        draft.kind = ledger_kind::kRelease;
        draft.detail = Json(Json::Object{{"name", preview.name},
                                         {"format", format},
                                         {"manifest_sha256", manifestSha256},
                                         {"exported", preview.exported}});
        PS_TRY_VOID(transaction.appendLedger(draft));
        return true;
    });
}

Result<void> withdrawRelease(ProjectSession& session, const std::string& name)
{
    PS_TRY(DecisionStore * store, session.store());
    return store->run([&](StoreTransaction& transaction) -> Result<void> {
        const Connection& connection = transaction.connection();
        for (const char* sql :
             {"DELETE FROM ps_releases WHERE name=?1", "DELETE FROM ps_release_sides WHERE release_name=?1"}) {
            PS_TRY(Statement remove, connection.prepare(sql));
            PS_TRY_VOID(remove.run(name));
        }
        LedgerDraft draft;
        draft.kind = ledger_kind::kReleaseWithdrawn;
        draft.detail = Json(Json::Object{{"name", name}});
        PS_TRY_VOID(transaction.appendLedger(draft));
        return {};
    });
}

} // namespace ps
