-- What came in and what went out: class labels, imports with every line that they read, releases and the sides of their images.

-- What a dataset said about a whole image: a class of a classification set, or an attribute. One image may have several.
CREATE TABLE ps_labels (
    group_key TEXT NOT NULL,
    image_index INTEGER NOT NULL CHECK (image_index >= 0),
    class_name TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (group_key, image_index, class_name, source)
) WITHOUT ROWID;

-- One import. source_sha256 is over what was read, so that the same file is known again; report is its inspection report,
-- relative to the workspace. is_standing: 0 once the import was undone.
CREATE TABLE ps_imports (
    import_id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL,
    timestamp TEXT NOT NULL,
    format TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    options TEXT NOT NULL,
    added INTEGER NOT NULL,
    filled INTEGER NOT NULL,
    corrected INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    conflicting INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    report TEXT,
    is_standing INTEGER NOT NULL DEFAULT 1 CHECK (is_standing IN (0, 1))
);

-- Every line or item that an import read, as it stood: where it went, or why it went nowhere. note: what was assumed (the zone
-- of a time, the project from a date), and how far it is to be trusted.
CREATE TABLE ps_import_lines (
    import_id INTEGER NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    raw TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('added', 'filled', 'corrected', 'skipped', 'conflict', 'quarantined')),
    group_id TEXT,
    is_placeholder INTEGER NOT NULL CHECK (is_placeholder IN (0, 1)),
    note TEXT NOT NULL,
    PRIMARY KEY (import_id, file, line)
) WITHOUT ROWID;
CREATE INDEX ps_import_lines_by_group ON ps_import_lines(group_id);

-- One published release. manifest is release.json as it was published, without its list of files.
CREATE TABLE ps_releases (
    release_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    session_id INTEGER NOT NULL,
    timestamp TEXT NOT NULL,
    format TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    manifest TEXT NOT NULL
);

-- The side of every image that was ever published with a split, and of the other images of its group: it never changes. image_key
-- is the SHA-256 of the file, in hex, or "name:" and the name where the file was not there. The others say what ties other images
-- to it, and are NULL where that is not known: the key of its group (the id of a row without a group), its path when it was
-- published, and its perceptual hash (64 bits as a signed number).
CREATE TABLE ps_release_sides (
    image_key TEXT PRIMARY KEY,
    side TEXT NOT NULL CHECK (side IN ('train', 'val', 'test')),
    release_name TEXT NOT NULL,
    group_key TEXT,
    name TEXT,
    perceptual_hash INTEGER
) WITHOUT ROWID;
