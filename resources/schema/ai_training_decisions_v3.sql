-- AI training decisions, version 3: the shape that the Python tools create and read.
-- Every statement may run again on an existing database.
CREATE TABLE IF NOT EXISTS ai_decisions (
    group_id TEXT PRIMARY KEY,
    timestamp TEXT NOT NULL,
    project_id TEXT NOT NULL,
    directory TEXT,
    batch_number INTEGER,
    images TEXT NOT NULL,
    ai_selected_index INTEGER,
    ai_crop_coords TEXT,
    ai_confidence REAL,
    user_selected_index INTEGER NOT NULL,
    user_action TEXT NOT NULL,
    final_crop_coords TEXT,
    crop_timestamp TEXT,
    image_width INTEGER NOT NULL,
    image_height INTEGER NOT NULL,
    selection_match BOOLEAN,
    crop_match BOOLEAN,
    ai_crop_accepted BOOLEAN,
    CHECK (user_action IN ('approve', 'crop', 'reject')),
    CHECK (ai_selected_index >= 0 AND ai_selected_index <= 3),
    CHECK (user_selected_index >= 0 AND user_selected_index <= 3),
    CHECK (ai_confidence IS NULL OR (ai_confidence >= 0.0 AND ai_confidence <= 1.0)),
    CHECK (image_width > 0 AND image_height > 0)
);
CREATE INDEX IF NOT EXISTS idx_project_id ON ai_decisions(project_id);
CREATE INDEX IF NOT EXISTS idx_timestamp ON ai_decisions(timestamp);
CREATE INDEX IF NOT EXISTS idx_selection_match ON ai_decisions(selection_match);
CREATE INDEX IF NOT EXISTS idx_crop_match ON ai_decisions(crop_match);
CREATE INDEX IF NOT EXISTS idx_user_action ON ai_decisions(user_action);
CREATE INDEX IF NOT EXISTS idx_batch_number ON ai_decisions(batch_number);
-- Read by position: project_id, total_decisions, correct_selections, correct_crops, selection_accuracy, crop_accuracy.
CREATE VIEW IF NOT EXISTS ai_performance AS
    SELECT project_id,
           COUNT(*) AS total_decisions,
           SUM(CASE WHEN selection_match = 1 THEN 1 ELSE 0 END) AS correct_selections,
           SUM(CASE WHEN crop_match = 1 THEN 1 ELSE 0 END) AS correct_crops,
           COALESCE(100.0 * AVG(selection_match), 0.0) AS selection_accuracy,
           COALESCE(100.0 * AVG(crop_match), 0.0) AS crop_accuracy
    FROM ai_decisions
    GROUP BY project_id;
CREATE VIEW IF NOT EXISTS incomplete_crops AS
    SELECT * FROM ai_decisions WHERE user_action = 'crop' AND final_crop_coords IS NULL;
CREATE VIEW IF NOT EXISTS ai_mistakes AS
    SELECT * FROM ai_decisions WHERE selection_match = 0;
