// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/decision_fixtures.h"

#include "core/decisions/group_id.h"
#include "core/decisions/schema.h"
#include "tests/support/checks.h"

#include <filesystem>

namespace ps::test {

namespace {

// The table texts are written down here once more, from the description and not from the product's own schema file.
constexpr const char* kSeventeenColumns = R"(
    group_id TEXT PRIMARY KEY, timestamp TEXT NOT NULL, project_id TEXT NOT NULL, directory TEXT, batch_number INTEGER,
    images TEXT NOT NULL, ai_selected_index INTEGER, ai_crop_coords TEXT, ai_confidence REAL,
    user_selected_index INTEGER NOT NULL, user_action TEXT NOT NULL, final_crop_coords TEXT, crop_timestamp TEXT,
    image_width INTEGER NOT NULL, image_height INTEGER NOT NULL, selection_match BOOLEAN, crop_match BOOLEAN)";

constexpr const char* kChecks = R"(,
    CHECK (user_action IN ('approve', 'crop', 'reject')),
    CHECK (ai_selected_index >= 0 AND ai_selected_index <= 3),
    CHECK (user_selected_index >= 0 AND user_selected_index <= 3),
    CHECK (ai_confidence IS NULL OR (ai_confidence >= 0.0 AND ai_confidence <= 1.0)),
    CHECK (image_width > 0 AND image_height > 0)))";

constexpr const char* kIndexesAndViews = R"(;
CREATE INDEX idx_project_id ON ai_decisions(project_id); CREATE INDEX idx_timestamp ON ai_decisions(timestamp);
CREATE INDEX idx_selection_match ON ai_decisions(selection_match); CREATE INDEX idx_crop_match ON ai_decisions(crop_match);
CREATE INDEX idx_user_action ON ai_decisions(user_action); CREATE INDEX idx_batch_number ON ai_decisions(batch_number);
CREATE VIEW ai_performance AS SELECT project_id, COUNT(*), 1, 1, 50.0, 50.0 FROM ai_decisions GROUP BY project_id;
CREATE VIEW incomplete_crops AS SELECT * FROM ai_decisions WHERE user_action='crop' AND final_crop_coords IS NULL;
CREATE VIEW ai_mistakes AS SELECT * FROM ai_decisions WHERE selection_match=0;)";

// Rows that were met in the wild: a fabricated pick, a full-frame approval, bad JSON, a reject with a compromise index.
constexpr const char* kUsualRows = R"(;
INSERT INTO ai_decisions (group_id, timestamp, project_id, directory, batch_number, images, ai_selected_index, ai_crop_coords,
    ai_confidence, user_selected_index, user_action, final_crop_coords, crop_timestamp, image_width, image_height,
    selection_match, crop_match) VALUES
 ('p1_group_20251021T170444198868_batch001_img001', '2025-10-21T17:04:44.198868Z', 'p1', 'photos', 1, '["a.png", "b.png"]',
  0, NULL, NULL, 1, 'approve', NULL, NULL, 2048, 2048, 0, NULL),
 ('p1_group_20251021_234530', '2025-10-21T17:04:45Z', 'p1', '/Users/x/photos', NULL, '["c.png", "d.png"]',
  1, '[0.1, 0.1, 0.9, 1e-07]', 0.5, 1, 'crop', '[0.0, 0.0, 1.0, 1.0]', '10/11/2025', 3072, 3072, 1, 0),
 ('p1_raw_legacy_0001', '10/1/2025T12:00:00Z', 'p1', NULL, NULL, 'not json', 2, '[broken', 1.0, 2, 'reject', '5', NULL, 1, 1, 1,
  NULL),
 ('unknown id', '', 'other', NULL, NULL, '{"a": 1}', NULL, NULL, NULL, 3, 'approve', NULL, NULL, 640, 480, NULL, NULL);)";

constexpr const char* kNullableRows = R"(;
INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, user_action, image_width, image_height)
 VALUES ('p1_group_1', '2025-10-21T17:04:44Z', 'p1', '["a.png", "b.png"]', NULL, 'skip', 100, 100),
        ('p1_group_2', '2025-10-21T17:04:44Z', 'p1', '["c.png", "d.png"]', NULL, NULL, 0, -1);)";

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

std::vector<SchemaVariant> makeVariants()
{
    const std::string columns = std::string("CREATE TABLE ai_decisions (") + kSeventeenColumns;
    const std::string acceptedLast = columns + ", ai_crop_accepted BOOLEAN";
    const std::string nullable = replaced(
        replaced(columns, "user_selected_index INTEGER NOT NULL", "user_selected_index INTEGER"),
        "user_action TEXT NOT NULL", "user_action TEXT");
    const std::string fewChecks = ", CHECK (user_action IN ('approve', 'crop', 'reject')), "
                                  "CHECK (user_selected_index >= 0 AND user_selected_index <= 3), "
                                  "CHECK (image_width > 0 AND image_height > 0))";
    const std::string migrated = "; ALTER TABLE ai_decisions ADD COLUMN ai_crop_accepted BOOLEAN";
    const std::string strangers = "; ALTER TABLE ai_decisions ADD COLUMN \"my \"\"notes\"\"\" TEXT; "
                                  "ALTER TABLE ai_decisions ADD COLUMN score REAL DEFAULT 0.25; "
                                  "CREATE TABLE my_table (x); INSERT INTO my_table VALUES (1); "
                                  "CREATE TRIGGER my_trigger AFTER DELETE ON my_table BEGIN SELECT 1; END; "
                                  "UPDATE ai_decisions SET score=x'00ff' WHERE group_id='unknown id'";
    return {
        {"A17", columns + kChecks + kIndexesAndViews + kUsualRows, true, 4},
        {"A18", acceptedLast + kChecks + kIndexesAndViews + kUsualRows, true, 4},
        {"A18 migrated", columns + kChecks + kIndexesAndViews + kUsualRows + migrated, true, 4},
        {"A18 without views and indexes", acceptedLast + kChecks + kUsualRows, true, 4},
        {"A18 with columns and tables of others", acceptedLast + kChecks + kIndexesAndViews + kUsualRows + strangers,
         true, 4},
        {"B", columns + fewChecks + kUsualRows, true, 4},
        {"C", nullable + ")" + kUsualRows + kNullableRows, true, 6},
        {"D", nullable + ", ai_crop_accepted BOOLEAN)" + kUsualRows + kNullableRows, true, 6},
        {"D'", acceptedLast + ")" + kUsualRows, true, 4},
        {"E",
         "CREATE TABLE ai_decisions (group_id TEXT PRIMARY KEY, project_id TEXT, images TEXT NOT NULL, "
         "ai_selected_index INTEGER, "
         "ai_crop_coords TEXT, ai_confidence REAL); "
         "INSERT INTO ai_decisions VALUES ('p1_group_20250705_3', 'p1', '[\"a.png\", \"b.png\"]', 1, '[0.1, 0.1, 0.9, "
         "0.9]', 0.75), "
         "('p1_group_20250705_4', NULL, 'null', NULL, NULL, NULL)",
         false, 2},
    };
}

} // namespace

const std::vector<SchemaVariant>& schemaVariants()
{
    static const std::vector<SchemaVariant> variants = makeVariants();
    return variants;
}

std::string makeVariant(const TempFolder& folder, const SchemaVariant& variant, const std::string& fileName)
{
    const std::string path = folder.pathOf(fileName);
    must(must(Connection::open(path, OpenMode::Create)).execute(variant.sql.c_str()));
    return path;
}

DecisionRequest decisionAbout(int number, int imageCount)
{
    static constexpr const char* kStages[] = {"stage1_generated", "stage1.5_face_swapped", "stage2_upscaled",
                                              "stage3_enhanced", "stage4_extra"};
    DecisionRequest request;
    const std::string digits = std::to_string(1'000'000 + number).substr(1);
    std::vector<std::string> paths;
    for (int i = 0; i < imageCount; ++i) {
        paths.push_back("photos/20250705_" + digits + "_" + kStages[i] + ".png");
        request.members.push_back(
            {paths.back(), {7, static_cast<std::uint64_t>(number * 10 + i), 1000 + i, 1'700'000'000'000'000'000}});
    }
    request.groupKey = makeGroupKey(paths);
    request.directory = "photos";
    request.position = number + 1;
    request.selectedSize = {2000, 1000};
    return request;
}

std::vector<std::string> rowTexts(const Connection& connection)
{
    const DecisionTable table = must(readDecisionTable(connection));
    Statement rows = must(connection.prepare(selectRows(table) + " ORDER BY group_id"));
    std::vector<std::string> texts;
    while (must(rows.step()))
        texts.push_back(rowText(readRow(rows, table)));
    return texts;
}

std::vector<std::string> rowTexts(const std::string& databasePath)
{
    return rowTexts(must(Connection::open(databasePath, OpenMode::ReadOnly)));
}

StoreFixture::StoreFixture() : StoreFixture([](const std::string& path) { must(createDecisionDatabase(path)); }) {}

StoreFixture::StoreFixture(const std::function<void(const std::string&)>& makeDatabase)
    : m_folder(std::make_unique<TempFolder>()), m_clock(std::make_unique<TestClock>()),
      m_databasePath(m_folder->pathOf("p1.db"))
{
    std::filesystem::create_directories(m_folder->pathOf("backups"));
    makeDatabase(m_databasePath);
}

StoreOptions StoreFixture::options() const
{
    StoreOptions options;
    options.projectId = "p1";
    options.databasePath = m_databasePath;
    options.lockPath = m_folder->pathOf("p1.lock");
    options.snapshotFolder = snapshotFolder();
    options.annotator = "anna";
    options.program = "tests 1.0";
    options.clock = m_clock.get();
    return options;
}

std::unique_ptr<DecisionStore> StoreFixture::startReady() const
{
    auto store = start();
    must(store->waitUntilReady());
    return store;
}

std::vector<std::string> StoreFixture::snapshotFiles() const
{
    std::vector<std::string> files;
    if (!std::filesystem::exists(snapshotFolder()))
        return files;
    for (const auto& entry : std::filesystem::directory_iterator(snapshotFolder()))
        files.push_back(entry.path().string());
    std::ranges::sort(files);
    return files;
}

Result<DecisionReceipt> decideIn(DecisionStore& store, const DecisionRequest& request)
{
    return runForValue<DecisionReceipt>(
        store, [&request](StoreTransaction& transaction) { return applyDecision(transaction, request); });
}

void goBackToSchema(const std::string& databasePath, int version)
{
    static const std::vector<std::vector<const char*>> reverse{
        {},
        {},
        {"DROP TABLE ps_outcomes", "DROP TABLE ps_flags", "DROP TABLE ps_notes", "DROP TABLE ps_crop_tolerances",
         "DROP INDEX ps_ledger_by_key"},
        {"DROP TABLE ps_boxes", "DROP TABLE ps_suggestion_views", "ALTER TABLE ps_suggestions DROP COLUMN created_at",
         "ALTER TABLE ps_suggestions DROP COLUMN inputs_sha256", "ALTER TABLE ps_suggestions DROP COLUMN scores",
         "ALTER TABLE ps_suggestions DROP COLUMN model_sha256"},
        {"DROP TABLE ps_labels", "DROP TABLE ps_imports", "DROP TABLE ps_import_lines", "DROP TABLE ps_releases",
         "DROP TABLE ps_release_sides"},
    };
    static_assert(kOwnSchemaVersion == 4, "what the new schema brings goes into the list");
    const Connection connection = must(Connection::open(databasePath, OpenMode::ReadWrite));
    for (std::size_t later = reverse.size() - 1; later > static_cast<std::size_t>(version); --later) {
        for (const char* statement : reverse[later])
            must(connection.execute(statement));
    }
    const std::string note = "UPDATE ps_meta SET value='" + std::to_string(version) + "' WHERE key='schema_version'";
    must(connection.execute(note.c_str()));
}

std::string askWriter(DecisionStore& store, const std::string& sql)
{
    return must(runForValue<std::string>(
        store, [&sql](StoreTransaction& transaction) { return transaction.connection().queryText(sql); }));
}

} // namespace ps::test
