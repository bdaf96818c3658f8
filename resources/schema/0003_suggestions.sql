-- What was on the screen when people decided, boxes that detectors found, and more about each suggestion.

-- Which suggestion it was: the hash of the model files (models swapped on disk are other models), the score of each image as
-- JSON (null = not scored), the hash over the contents of the images that were looked at, and when it was made.
ALTER TABLE ps_suggestions ADD COLUMN model_sha256 TEXT;
ALTER TABLE ps_suggestions ADD COLUMN scores TEXT;
ALTER TABLE ps_suggestions ADD COLUMN inputs_sha256 TEXT;
ALTER TABLE ps_suggestions ADD COLUMN created_at TEXT;

-- One row for each decision: which suggestion there was, and whether the person could see it. ledger_seq is the entry of the
-- decision. is_first: nobody had decided the group before, so nothing about it had been told. is_standing: not undone.
CREATE TABLE ps_suggestion_views (
    ledger_seq INTEGER PRIMARY KEY,
    group_key TEXT NOT NULL,
    group_id TEXT NOT NULL,
    timestamp TEXT NOT NULL,
    arm TEXT NOT NULL CHECK (arm IN ('shown', 'hidden', 'below bar', 'suspended', 'none')),
    was_visible INTEGER NOT NULL CHECK (was_visible IN (0, 1)),
    model_id TEXT,
    model_sha256 TEXT,
    image_index INTEGER,
    crop TEXT,
    confidence REAL,
    scores TEXT,
    reasons TEXT,
    image_count INTEGER NOT NULL,
    action TEXT NOT NULL,
    selected_index INTEGER NOT NULL,
    is_first INTEGER NOT NULL CHECK (is_first IN (0, 1)),
    is_standing INTEGER NOT NULL CHECK (is_standing IN (0, 1)),
    CHECK (was_visible = 0 OR arm = 'shown'),
    CHECK ((arm = 'none') = (image_index IS NULL))
);
CREATE INDEX ps_suggestion_views_by_group ON ps_suggestion_views(group_key, ledger_seq);
CREATE INDEX ps_suggestion_views_by_model ON ps_suggestion_views(model_id, ledger_seq);

-- What a detector found in one image of a group: half-open, fractions of the upright image.
CREATE TABLE ps_boxes (
    group_key TEXT NOT NULL,
    image_index INTEGER NOT NULL CHECK (image_index >= 0),
    model_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    class_name TEXT NOT NULL,
    x1 REAL NOT NULL, y1 REAL NOT NULL, x2 REAL NOT NULL, y2 REAL NOT NULL,
    confidence REAL CHECK (confidence IS NULL OR (confidence >= 0 AND confidence <= 1)),
    source TEXT NOT NULL,
    PRIMARY KEY (group_key, image_index, model_id, ordinal),
    CHECK (0 <= x1 AND x1 < x2 AND x2 <= 1 AND 0 <= y1 AND y1 < y2 AND y2 <= 1)
) WITHOUT ROWID;
