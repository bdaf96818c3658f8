// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/catalogue_schema.h"

#include "core/base/text.h"
#include "core/library/image_measures_table.h"

#include <algorithm>
#include <sqlite3.h>

namespace ps {

namespace {

constexpr const char* kTables = R"(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE groups (
    ordinal INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    kind INTEGER NOT NULL,
    directory TEXT NOT NULL,
    name TEXT NOT NULL,
    image_count INTEGER NOT NULL,
    missing_count INTEGER NOT NULL,
    state INTEGER NOT NULL,
    is_finalized INTEGER NOT NULL,
    cover_slot INTEGER NOT NULL,
    stage REAL NOT NULL,
    group_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_at INTEGER,
    annotator TEXT,
    selection_match INTEGER,
    crop_match INTEGER,
    outcome TEXT,
    flag TEXT,
    note TEXT,
    sharpness REAL,
    noise REAL,
    exposure REAL,
    dark_share REAL,
    bright_share REAL,
    contrast REAL,
    megapixels REAL,
    aspect REAL,
    upscaling REAL,
    confidence REAL,
    agreement REAL,
    representative INTEGER,
    duplicate_set INTEGER
);
CREATE TABLE similar (
    anchor TEXT NOT NULL,
    group_key TEXT NOT NULL,
    rank INTEGER NOT NULL,
    cosine REAL NOT NULL,
    PRIMARY KEY (anchor, group_key)
) WITHOUT ROWID;
CREATE TABLE images (
    ordinal INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    path BLOB NOT NULL,
    current_path BLOB NOT NULL,
    stage REAL NOT NULL,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    is_missing INTEGER NOT NULL,
    PRIMARY KEY (ordinal, slot)
) WITHOUT ROWID;
CREATE TABLE skipped (path BLOB NOT NULL, reason INTEGER NOT NULL);
CREATE TABLE folders (
    path BLOB PRIMARY KEY,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE counters (
    kind INTEGER NOT NULL,
    state INTEGER NOT NULL,
    is_finalized INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (kind, state, is_finalized)
) WITHOUT ROWID;
)";

// SQLite puts the ordinal behind the columns of every index, so each of them gives its groups in project order.
constexpr const char* kIndexes = R"(
CREATE UNIQUE INDEX groups_by_key ON groups(key) WHERE key <> '';
CREATE INDEX groups_by_group_id ON groups(group_id) WHERE group_id <> '';
CREATE INDEX groups_by_state ON groups(state);
CREATE INDEX groups_by_state_and_date ON groups(state, decided_at);
CREATE INDEX groups_by_kind ON groups(kind);
CREATE INDEX groups_by_decided_at ON groups(decided_at);
CREATE INDEX groups_by_annotator ON groups(annotator) WHERE annotator IS NOT NULL;
CREATE INDEX groups_by_sharpness ON groups(sharpness);
CREATE INDEX groups_by_noise ON groups(noise) WHERE noise IS NOT NULL;
CREATE INDEX groups_by_exposure ON groups(exposure) WHERE exposure IS NOT NULL;
CREATE INDEX groups_by_dark_share ON groups(dark_share) WHERE dark_share IS NOT NULL;
CREATE INDEX groups_by_bright_share ON groups(bright_share) WHERE bright_share IS NOT NULL;
CREATE INDEX groups_by_contrast ON groups(contrast) WHERE contrast IS NOT NULL;
CREATE INDEX groups_by_megapixels ON groups(megapixels) WHERE megapixels IS NOT NULL;
CREATE INDEX groups_by_aspect ON groups(aspect) WHERE aspect IS NOT NULL;
CREATE INDEX groups_by_upscaling ON groups(upscaling) WHERE upscaling IS NOT NULL;
CREATE INDEX groups_by_confidence ON groups(confidence) WHERE confidence IS NOT NULL;
CREATE INDEX groups_by_agreement ON groups(agreement) WHERE agreement IS NOT NULL;
CREATE INDEX groups_by_representative ON groups(representative) WHERE representative IS NOT NULL;
CREATE INDEX groups_by_duplicate_set ON groups(duplicate_set) WHERE duplicate_set IS NOT NULL;
CREATE INDEX groups_by_outcome ON groups(outcome) WHERE outcome IS NOT NULL;
CREATE INDEX groups_by_flag ON groups(flag) WHERE flag IS NOT NULL;
CREATE INDEX groups_with_note ON groups(ordinal) WHERE note IS NOT NULL;
CREATE INDEX groups_finalized ON groups(ordinal) WHERE is_finalized = 1;
CREATE INDEX groups_missing ON groups(ordinal) WHERE missing_count > 0 AND kind <> 3;
CREATE INDEX groups_disagreeing ON groups(ordinal) WHERE selection_match = 0;
CREATE INDEX groups_crop_disagreeing ON groups(ordinal) WHERE crop_match = 0;
)";

constexpr const char* kDropIndexes = R"(
DROP INDEX IF EXISTS groups_by_key;
DROP INDEX IF EXISTS groups_by_group_id;
DROP INDEX IF EXISTS groups_by_state;
DROP INDEX IF EXISTS groups_by_state_and_date;
DROP INDEX IF EXISTS groups_by_kind;
DROP INDEX IF EXISTS groups_by_decided_at;
DROP INDEX IF EXISTS groups_by_annotator;
DROP INDEX IF EXISTS groups_by_sharpness;
DROP INDEX IF EXISTS groups_by_noise;
DROP INDEX IF EXISTS groups_by_exposure;
DROP INDEX IF EXISTS groups_by_dark_share;
DROP INDEX IF EXISTS groups_by_bright_share;
DROP INDEX IF EXISTS groups_by_contrast;
DROP INDEX IF EXISTS groups_by_megapixels;
DROP INDEX IF EXISTS groups_by_aspect;
DROP INDEX IF EXISTS groups_by_upscaling;
DROP INDEX IF EXISTS groups_by_confidence;
DROP INDEX IF EXISTS groups_by_agreement;
DROP INDEX IF EXISTS groups_by_representative;
DROP INDEX IF EXISTS groups_by_duplicate_set;
DROP INDEX IF EXISTS groups_by_outcome;
DROP INDEX IF EXISTS groups_by_flag;
DROP INDEX IF EXISTS groups_with_note;
DROP INDEX IF EXISTS groups_finalized;
DROP INDEX IF EXISTS groups_missing;
DROP INDEX IF EXISTS groups_disagreeing;
DROP INDEX IF EXISTS groups_crop_disagreeing;
DROP TRIGGER IF EXISTS groups_counted_in;
DROP TRIGGER IF EXISTS groups_counted_out;
DROP TRIGGER IF EXISTS groups_recounted;
)";

// Nobody has to remember the counters, and nobody counts when they are shown.
constexpr const char* kCounters = R"(
DELETE FROM counters;
INSERT INTO counters SELECT kind, state, is_finalized, count(*) FROM groups GROUP BY kind, state, is_finalized;
CREATE TRIGGER groups_counted_in AFTER INSERT ON groups BEGIN
    INSERT INTO counters VALUES (NEW.kind, NEW.state, NEW.is_finalized, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER groups_counted_out AFTER DELETE ON groups BEGIN
    UPDATE counters SET count = count - 1
        WHERE kind = OLD.kind AND state = OLD.state AND is_finalized = OLD.is_finalized;
END;
CREATE TRIGGER groups_recounted AFTER UPDATE OF kind, state, is_finalized ON groups
WHEN OLD.kind <> NEW.kind OR OLD.state <> NEW.state OR OLD.is_finalized <> NEW.is_finalized BEGIN
    UPDATE counters SET count = count - 1
        WHERE kind = OLD.kind AND state = OLD.state AND is_finalized = OLD.is_finalized;
    INSERT INTO counters VALUES (NEW.kind, NEW.state, NEW.is_finalized, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
)";

std::string_view bytesOf(sqlite3_value* value)
{
    const auto* const bytes = static_cast<const char*>(sqlite3_value_blob(value));
    return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))) : std::string_view();
}

char lowerAscii(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

bool hasInAnyCase(std::string_view text, std::string_view needle)
{
    return !std::ranges::search(text, needle, {}, lowerAscii).empty() || needle.empty();
}

void textHas(sqlite3_context* context, int, sqlite3_value** values)
{
    sqlite3_result_int(context, hasInAnyCase(bytesOf(values[0]), bytesOf(values[1])));
}

void nameHas(sqlite3_context* context, int, sqlite3_value** values)
{
    const std::string_view path = bytesOf(values[0]);
    sqlite3_result_int(context, hasInAnyCase(path.substr(path.rfind('/') + 1), bytesOf(values[1])));
}

} // namespace

Result<void> createCatalogueTables(const Connection& connection)
{
    PS_TRY_VOID(connection.execute(kTables));
    PS_TRY_VOID(connection.execute(kMeasuresTable));
    PS_TRY_VOID(finishCatalogue(connection));
    PS_TRY(Statement insert, connection.prepare("INSERT INTO meta VALUES ('version', ?1)"));
    return insert.run(kCatalogueVersion);
}

Result<void> emptyCatalogue(const Connection& connection)
{
    PS_TRY_VOID(connection.execute(kDropIndexes));
    return connection.execute("DELETE FROM groups; DELETE FROM images; DELETE FROM skipped; "
                              "DELETE FROM folders; DELETE FROM counters; DELETE FROM similar");
}

Result<void> finishCatalogue(const Connection& connection)
{
    PS_TRY_VOID(connection.execute(kIndexes));
    return connection.execute(kCounters);
}

Result<void> registerCatalogueFunctions(const Connection& connection)
{
    constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const auto add = [&](const char* name, auto function) {
        return sqlite3_create_function_v2(connection.handle(), name, 2, kFlags, nullptr, function, nullptr, nullptr,
                                          nullptr);
    };
    const int outcome = add("ps_text_has", &textHas);
    const int second = outcome == SQLITE_OK ? add("ps_name_has", &nameHas) : outcome;
    if (second != SQLITE_OK)
        return sqliteError(connection.handle(), second, "cannot add a function");
    return {};
}

} // namespace ps
