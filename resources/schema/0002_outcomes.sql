-- What people say about groups beside a decision. None of it is ever a row of ai_decisions. A group that is in one of these
-- tables is in ps_groups too, with its members: grouping leaves it as it is.

-- At most one for each group. tied is the JSON list of the members that are equally good, counted from 0. all_bad stands
-- beside a reject; of the others, none stands beside a decision that was made here.
CREATE TABLE ps_outcomes (
    group_key TEXT PRIMARY KEY,
    outcome TEXT NOT NULL CHECK (outcome IN ('tie', 'cannot_judge', 'skip', 'all_bad')),
    tied TEXT,
    session_id INTEGER NOT NULL,
    timestamp TEXT NOT NULL,
    CHECK ((outcome = 'tie') = (tied IS NOT NULL))
) WITHOUT ROWID;

CREATE TABLE ps_flags (
    group_key TEXT PRIMARY KEY,
    session_id INTEGER NOT NULL,
    timestamp TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE ps_notes (
    group_key TEXT PRIMARY KEY,
    note TEXT NOT NULL CHECK (note <> ''),
    session_id INTEGER NOT NULL,
    timestamp TEXT NOT NULL
) WITHOUT ROWID;

-- How far a crop may be off and still be right: it keeps all of the inner box and nothing beyond the outer one. Fractions of
-- the upright image, half-open, as in final_crop_coords; the crop itself is repeated, so that the table proves the order.
CREATE TABLE ps_crop_tolerances (
    group_key TEXT PRIMARY KEY,
    image_index INTEGER NOT NULL CHECK (image_index BETWEEN 0 AND 3),
    inner_x1 REAL NOT NULL, inner_y1 REAL NOT NULL, inner_x2 REAL NOT NULL, inner_y2 REAL NOT NULL,
    crop_x1 REAL NOT NULL, crop_y1 REAL NOT NULL, crop_x2 REAL NOT NULL, crop_y2 REAL NOT NULL,
    outer_x1 REAL NOT NULL, outer_y1 REAL NOT NULL, outer_x2 REAL NOT NULL, outer_y2 REAL NOT NULL,
    session_id INTEGER NOT NULL,
    timestamp TEXT NOT NULL,
    CHECK (0 <= outer_x1 AND outer_x1 <= crop_x1 AND crop_x1 <= inner_x1 AND inner_x1 < inner_x2
           AND inner_x2 <= crop_x2 AND crop_x2 <= outer_x2 AND outer_x2 <= 1),
    CHECK (0 <= outer_y1 AND outer_y1 <= crop_y1 AND crop_y1 <= inner_y1 AND inner_y1 < inner_y2
           AND inner_y2 <= crop_y2 AND crop_y2 <= outer_y2 AND outer_y2 <= 1)
) WITHOUT ROWID;

-- The history of a group without a row.
CREATE INDEX ps_ledger_by_key ON ps_ledger(group_key, seq) WHERE group_id IS NULL;
