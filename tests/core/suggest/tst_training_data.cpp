// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/schema.h"
#include "core/suggest/training_data.h"
#include "tests/core/suggest/training_samples.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"

#include <QTest>

using namespace ps;
using namespace ps::test;

namespace {

/// A decision database and the embeddings of its images.
class DataFixture
{
public:
    DataFixture() : m_cache(must(EmbeddingCache::open(m_folder.pathOf("cache")))), m_path(m_folder.pathOf("p1.db"))
    {
        must(createDecisionDatabase(m_path));
    }

    void embed(const std::string& path, const std::string& content)
    {
        SeededRandom random(content.size());
        must(m_cache.add(m_model, path, {}, sampleEmbedding(content, random)));
        must(m_cache.flush());
    }

    void insert(const std::string& id, const std::string& values, const std::string& images, int selected,
                const std::string& action, const std::string& crop = "NULL")
    {
        must(must(Connection::open(m_path, OpenMode::ReadWrite))
                 .execute(("INSERT INTO ai_decisions (group_id, timestamp, project_id, directory, images, "
                           "user_selected_index, user_action, image_width, image_height, final_crop_coords, "
                           "ai_selected_index, ai_confidence) VALUES ('" +
                           id + "', '2025-10-21T17:04:44Z', 'p1', 'photos', '" + images + "', " +
                           std::to_string(selected) + ", '" + action + "', 100, 100, " + crop + ", " + values + ")")
                              .c_str()));
    }

    TrainingData read(TrainingReport::Kind kind) const
    {
        const EmbeddingFinder finder(m_cache, m_model.id(), m_model.preprocessing.id());
        TrainingData data;
        must(readTrainingData(m_path, kind, finder, data, {}));
        return data;
    }

    const TempFolder& folder() const { return m_folder; }
    const EmbeddingCache& cache() const { return m_cache; }
    const ModelSpec& model() const { return m_model; }

private:
    TempFolder m_folder;
    ModelSpec m_model;
    EmbeddingCache m_cache;
    std::string m_path;
};

constexpr const char* kTwo = R"(["a_stage1.png", "a_stage1.5.png"])";

/// One row of every kind.
void fill(DataFixture& fixture, const std::string& ai = "1, 0.9")
{
    fixture.embed("photos/a_stage1.png", "one");
    fixture.embed("photos/a_stage1.5.png", "two!");
    fixture.insert("p1_group_1", ai, kTwo, 1, "approve");
    fixture.insert("p1_group_2", ai, kTwo, 0, "crop", "'[0.1, 0.1, 0.8, 0.8]'");
    fixture.insert("p1_group_3", ai, kTwo, 0, "reject");
    fixture.insert("p1_group_4", ai, R"(["a_stage1.png"])", 0, "approve");
    fixture.insert("p1_group_5", ai, R"(["x_stage1.png", "a_stage1.png"])", 0, "approve");
    fixture.insert("p1_group_6", ai, R"(["x_stage1.png", "a_stage1.png"])", 1, "approve");
    fixture.insert("p1_group_7", ai, kTwo, 0, "crop", "'[0.0, 0.0, 1.0, 1.0]'");
    fixture.insert("p1_group_8", ai, kTwo, 0, "crop");
    fixture.insert("p1_legacy_0009", ai, kTwo, 0, "crop", "'[0.8, 0.1, 0.1, 0.8]'");
}

} // namespace

class TestTrainingData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsAGroupOrCountedWithItsReason()
    {
        DataFixture fixture;
        fill(fixture);
        const TrainingData picks = fixture.read(TrainingReport::Kind::Ranker);
        QCOMPARE(picks.rows, std::int64_t{9});
        QCOMPARE(picks.groups.size(), std::size_t{5});
        QVERIFY((picks.excluded == std::map<std::string, std::int64_t>{{"rejected", 1},
                                                                       {"single image", 1},
                                                                       {"no embedding of the pick", 1},
                                                                       {"fewer than two embeddings", 1}}));
        QCOMPARE(picks.groups[0].selectedIndex, 1);
        QCOMPARE(picks.groups[0].group.candidates[1].stage, 1.5);
        QCOMPARE(picks.provenance.at("backfilled"), std::int64_t{1});
        QCOMPARE(picks.provenance.at("human"), std::int64_t{4});

        const TrainingData crops = fixture.read(TrainingReport::Kind::Crop);
        QCOMPARE(crops.groups.size(), std::size_t{1});
        QVERIFY((crops.groups[0].crop == Crop{0.1, 0.1, 0.8, 0.8}));
        QVERIFY((crops.excluded == std::map<std::string, std::int64_t>{{"rejected", 1},
                                                                       {"approved whole", 4},
                                                                       {"whole frame as crop", 1},
                                                                       {"not cropped yet", 1},
                                                                       {"invalid crop", 1}}));
    }

    void whatAModelSuggestedIsNoLabel()
    {
        DataFixture one;
        fill(one, "1, 0.9");
        DataFixture other;
        fill(other, "0, 0.1");
        const auto fingerprint = [](const DataFixture& fixture) {
            return fingerprintOf(fixture.read(TrainingReport::Kind::Ranker).groups);
        };
        QCOMPARE(fingerprint(one), fingerprint(other));
        DataFixture changed; // the control: another pick does change it
        fill(changed);
        changed.insert("p1_group_99", "1, 0.9", kTwo, 0, "approve");
        QVERIFY(fingerprint(changed) != fingerprint(one));
    }

    void anImageThatMovedIsFoundByItsName()
    {
        DataFixture fixture;
        fixture.embed("__selected/a_stage1.png", "one");
        fixture.embed("__selected/a_stage1.5.png", "two!");
        fixture.insert("p1_group_1", "NULL, NULL", kTwo, 1, "approve");
        QCOMPARE(fixture.read(TrainingReport::Kind::Ranker).groups.size(), std::size_t{1});
        // Two images of one name in two folders: which one was meant nobody knows.
        fixture.embed("elsewhere/a_stage1.png", "three...");
        QCOMPARE(fixture.read(TrainingReport::Kind::Ranker).groups.size(), std::size_t{0});
    }

    void everyVariantOfTheTableCanBeRead()
    {
        for (const SchemaVariant& variant : schemaVariants()) {
            DataFixture fixture;
            const EmbeddingFinder finder(fixture.cache(), fixture.model().id(), fixture.model().preprocessing.id());
            TrainingData data;
            const auto outcome = readTrainingData(makeVariant(fixture.folder(), variant, "v.db"),
                                                  TrainingReport::Kind::Ranker, finder, data, {});
            QVERIFY2(outcome.has_value(), variant.name.c_str());
            QCOMPARE(data.rows, variant.rowCount);
            std::int64_t counted = std::ssize(data.groups);
            for (const auto& [reason, count] : data.excluded)
                counted += count;
            QCOMPARE(counted, data.rows);
        }
    }

    void temporaryDatabasesAndBackupsAreRefused()
    {
        DataFixture fixture;
        const EmbeddingFinder finder(fixture.cache(), "builtin-1", "");
        TrainingData data;
        for (const char* name : {"p1_ai_predictions_temp.db", "p1.db.backup-20251021"}) {
            must(createDecisionDatabase(fixture.folder().pathOf(name)));
            const auto outcome = readTrainingData(fixture.folder().pathOf(name), TrainingReport::Kind::Ranker, finder,
                                                  data, {});
            QCOMPARE(outcome.error().code, ErrorCode::Refused);
        }
        QCOMPARE(data.rows, std::int64_t{0});
    }
};

QTEST_GUILESS_MAIN(TestTrainingData)
#include "tst_training_data.moc"
