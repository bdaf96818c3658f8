-- Proofsheet's own tables. They live in the decision database so that a decision, its ledger entry and its undo record
-- commit together; dropping every ps_ table leaves a plain version 3 database. Released files are never edited.

CREATE TABLE ps_meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One working session of one annotator.
CREATE TABLE ps_sessions (
    session_id INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    annotator TEXT NOT NULL,
    program TEXT NOT NULL,
    host TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT
);

-- Append-only; hash = SHA-256 over previous_hash and the canonical JSON of the entry. row_before and row_after are whole
-- rows of ai_decisions as JSON, NULL where there was none.
CREATE TABLE ps_ledger (
    seq INTEGER PRIMARY KEY,
    timestamp TEXT NOT NULL,
    session_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    group_id TEXT,
    group_key TEXT,
    row_before TEXT,
    row_after TEXT,
    detail TEXT,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX ps_ledger_by_group ON ps_ledger(group_id, seq);
CREATE TRIGGER ps_ledger_no_update BEFORE UPDATE ON ps_ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
CREATE TRIGGER ps_ledger_no_delete BEFORE DELETE ON ps_ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- What undo and redo walk over: one row for each thing that a person did.
CREATE TABLE ps_steps (
    step INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    group_key TEXT,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped'))
);
CREATE INDEX ps_steps_by_state ON ps_steps(state, step);

-- Groups that are frozen, because they have a decision or were split by hand. members is a JSON list of
-- {"path", "size", "modified_ns"}: what was on disk when it was decided; path is workspace-relative.
CREATE TABLE ps_groups (
    group_key TEXT PRIMARY KEY,
    group_id TEXT,
    members TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('decision', 'split'))
) WITHOUT ROWID;
CREATE INDEX ps_groups_by_id ON ps_groups(group_id);

-- The pixels of every crop that has coordinates, and how far its cutting has come.
CREATE TABLE ps_crops (
    group_id TEXT PRIMARY KEY,
    image TEXT NOT NULL,
    x1 INTEGER NOT NULL,
    y1 INTEGER NOT NULL,
    x2 INTEGER NOT NULL,
    y2 INTEGER NOT NULL,
    image_width INTEGER NOT NULL,
    image_height INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'verified')),
    file TEXT,
    sha256 TEXT
) WITHOUT ROWID;

-- What models proposed; never a decision.
CREATE TABLE ps_suggestions (
    group_key TEXT NOT NULL,
    model_id TEXT NOT NULL,
    image_index INTEGER NOT NULL,
    crop TEXT,
    confidence REAL,
    reasons TEXT,
    PRIMARY KEY (group_key, model_id)
) WITHOUT ROWID;

-- Plans of file operations: written before the first file moves. An operation that is 'planned' or 'returning' is an
-- intent; it is carried out, or rolled forward when work starts after a crash.
CREATE TABLE ps_plans (
    plan_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE TABLE ps_operations (
    plan_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    group_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('folder', 'move', 'cut', 'write')),
    role TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    payload TEXT,
    device INTEGER,
    inode INTEGER,
    size INTEGER,
    modified_ns INTEGER,
    sha256 TEXT,
    state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'returning', 'undone', 'skipped', 'purged')),
    note TEXT,
    PRIMARY KEY (plan_id, ordinal)
) WITHOUT ROWID;
CREATE INDEX ps_operations_by_group ON ps_operations(group_key, plan_id, ordinal);
CREATE INDEX ps_operations_pending ON ps_operations(plan_id, ordinal) WHERE state IN ('planned', 'returning');
