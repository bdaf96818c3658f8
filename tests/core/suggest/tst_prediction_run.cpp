// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/viewing.h"
#include "core/suggest/prediction_run.h"
#include "tests/core/library/session_helpers.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/python.h"

#include <QTest>

#include <cmath>
#include <filesystem>
#include <set>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// Scores an embedding of two numbers by the first of them.
Suggester firstNumberWins(const std::string& id = "ranker_v9")
{
    Ranker ranker;
    ranker.id = id;
    ranker.net.layers = {{2, 1, {1, 0}, {0}}};
    return Suggester(ranker, std::nullopt, "hash of the files");
}

Embedding embeddingOf(float score)
{
    Embedding embedding;
    embedding.values = {score, 0};
    embedding.size = {2000, 1000};
    embedding.sha256 = std::string(64, 'a');
    return embedding;
}

/// An image of stage 2 is better than one of stage 1; the paths that were asked for are noted.
struct FakeEmbeddings {
    std::set<std::string> missing; ///< parts of paths
    std::vector<std::string> asked;

    EmbeddingSource source()
    {
        return {[this](const GroupImage& image) -> Result<std::optional<Embedding>> {
                    asked.push_back(image.path);
                    for (const std::string& part : missing) {
                        if (image.path.find(part) != std::string::npos)
                            return std::optional<Embedding>();
                    }
                    return std::optional(embeddingOf(static_cast<float>(image.stage)));
                },
                {}};
    }
};

Result<PredictionReport> run(const ProjectSession& session, FakeEmbeddings& embeddings,
                             const PredictionOptions& options = {}, std::stop_token stop = {},
                             const std::string& modelId = "ranker_v9",
                             const std::function<void(const PredictionProgress&)>& onProgress = {})
{
    const Suggester suggester = firstNumberWins(modelId);
    return predictProject(session, predictorOf(suggester), embeddings.source(), options, onProgress, stop);
}

constexpr PredictionOptions kIntoFile{PredictionOptions::Target::TemporaryDatabase, 200, false};

std::string logText(const ProjectFixture& fixture)
{
    return fixture.folder().read("ws/data/ai_data/batch_predictions_log.jsonl");
}

} // namespace

class TestPredictionRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void undecidedGroupsGetSuggestionsAndNothingElse()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2", "3"});
        fixture.addGroup(3, {"1", "2"});
        fixture.addSingle("plain.png");
        const auto session = fixture.open();
        decideGroup(*session, stamp(3), approve(0));
        const auto rowsBefore = rowTexts(fixture.databasePath());
        FakeEmbeddings embeddings;
        const auto report = must(run(*session, embeddings));
        QCOMPARE(report.looked, 3);
        QCOMPARE(report.predicted, 2);
        QCOMPARE(report.withoutSuggestion, 1); // the single: there is no crop proposer
        QCOMPARE(report.imagesWithoutEmbedding, 0);
        const auto reader = must(session->openReader());
        const auto found = must(findSuggestion(reader, groupWith(*session, stamp(2)).entry.key));
        QVERIFY(found && found->modelId == "ranker_v9" && found->imageIndex == 2);
        QCOMPARE(found->modelSha256, "hash of the files"s);
        QCOMPARE(found->scores.size(), std::size_t{3});
        QVERIFY(!must(findSuggestion(reader, groupWith(*session, stamp(3)).entry.key)));
        QCOMPARE(rowTexts(fixture.databasePath()), rowsBefore); // a suggestion decides nothing
        QVERIFY(verify(fixture.databasePath()).isSound());
        QCOMPARE(logText(fixture), "{\"project_id\": \"p1\", \"status\": \"success\", \"groups_processed\": 2, "
                                   "\"timestamp\": \"" +
                                       formatTimestamp(fixture.clock().now()) + "\", \"error\": null}\n");
    }

    void missingImagesKeepTheirSlot()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2", "3"});
        const auto session = fixture.open();
        FakeEmbeddings embeddings{{"stage1_"}, {}};
        const auto report = must(run(*session, embeddings));
        QCOMPARE(report.imagesWithoutEmbedding, 1);
        const auto reader = must(session->openReader());
        const auto found = must(findSuggestion(reader, keys(*session).front()));
        QVERIFY(found && found->imageIndex == 2); // of the three images, not of the two that were seen
        QVERIFY(!found->scores[0] && found->scores[2]);
    }

    void aRunThatWasStoppedGoesOn()
    {
        const ProjectFixture fixture;
        for (int i = 1; i <= 6; ++i)
            fixture.addGroup(i, {"1", "2"});
        const auto session = fixture.open();
        PredictionOptions options;
        options.groupsPerBatch = 2;
        std::stop_source stop;
        FakeEmbeddings embeddings;
        const auto stopped = run(*session, embeddings, options, stop.get_token(), "ranker_v9",
                                 [&](const PredictionProgress& progress) {
                                     QCOMPARE(progress.total, 6);
                                     if (progress.looked >= 4)
                                         stop.request_stop();
                                 });
        PS_CHECK_ERROR(ErrorCode::Cancelled, stopped);
        QCOMPARE(embeddings.asked.size(), std::size_t{8});
        const auto report = must(run(*session, embeddings, options));
        QCOMPARE(report.known, 4);
        QCOMPARE(report.predicted, 2);
        QCOMPARE(embeddings.asked.size(), std::size_t{12}); // none was looked at twice
        // Another model is another run; so is one that is asked to do all again.
        QCOMPARE(must(run(*session, embeddings, options, {}, "ranker_v10")).predicted, 6);
        options.redoesAll = true;
        QCOMPARE(must(run(*session, embeddings, options)).predicted, 6);
        QVERIFY(logText(fixture).find("\"status\": \"failed\", \"groups_processed\": 4") != std::string::npos);
    }

    void theTemporaryDatabaseIsTheOneOfTheScripts()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2", "3"});
        const auto session = fixture.open();
        const auto decided = decideGroup(*session, stamp(2), approve(0));
        FakeEmbeddings embeddings;
        const auto report = must(run(*session, embeddings, kIntoFile));
        QCOMPARE(report.file, session->workspace().predictionsPath("p1"));
        QCOMPARE(report.predicted, 2);
        // As a script reads it.
        QCOMPARE(runSqlElsewhere(report.file, {}, "SELECT name FROM pragma_table_info('ai_decisions')"),
                 "[[\"group_id\"], [\"project_id\"], [\"images\"], [\"ai_selected_index\"], [\"ai_crop_coords\"], "
                 "[\"ai_confidence\"]]"s);
        QCOMPARE(runSqlElsewhere(report.file, {}, "SELECT group_concat(name) FROM sqlite_master WHERE type='table'"),
                 "[[\"ai_decisions\"]]"s);
        const std::string confidence = pythonFloatRepr(1 / (1 + std::exp(-1.0)));
        const std::string rows = runSqlElsewhere(
            report.file, {},
            "SELECT group_id, project_id, ai_selected_index, ai_crop_coords, ai_confidence FROM "
            "ai_decisions WHERE images LIKE '%" +
                stamp(1) + "%'");
        QCOMPARE(rows, "[[\"p1_group_20250705_1\", \"p1\", 1, null, " + confidence + "]]");
        QCOMPARE(runSqlElsewhere(report.file, {},
                                 "SELECT ai_selected_index FROM ai_decisions WHERE group_id='" + decided.groupId + "'"),
                 "[[2]]"s); // a group with a row keeps its id
        // And as we read it back.
        const auto connection = must(openForViewing(report.file));
        const auto group = groupWith(*session, stamp(1));
        const auto found = must(findPrediction(
            connection, {std::string(fileName(group.images[0].path)), std::string(fileName(group.images[1].path))}));
        QVERIFY(found && found->imageIndex == 1 && found->confidence);
        QVERIFY(suggestionFor(*session, must(session->openReader()), group));
        for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(report.file).parent_path()))
            QVERIFY2(entry.path().filename().string().find("unfinished") == std::string::npos, entry.path().c_str());
    }

    void aFinishedTemporaryDatabaseIsNotReplacedSilently()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open();
        FakeEmbeddings embeddings;
        const std::string path = must(run(*session, embeddings, kIntoFile)).file;
        const std::string before = fixture.folder().read(
            std::filesystem::relative(path, fixture.folder().path()).string());
        PS_CHECK_ERROR(ErrorCode::AlreadyExists, run(*session, embeddings, kIntoFile, {}, "ranker_v10"));
        QCOMPARE(fixture.folder().read(std::filesystem::relative(path, fixture.folder().path()).string()), before);
        PredictionOptions again = kIntoFile;
        again.redoesAll = true;
        QCOMPARE(must(run(*session, embeddings, again, {}, "ranker_v10")).predicted, 1);
    }

    void aStoppedTemporaryDatabaseIsNotThereAndGoesOn()
    {
        const ProjectFixture fixture;
        for (int i = 1; i <= 4; ++i)
            fixture.addGroup(i, {"1", "2"});
        const auto session = fixture.open();
        PredictionOptions options = kIntoFile;
        options.groupsPerBatch = 1;
        FakeEmbeddings embeddings;
        const auto stopAfterTwo = [&](const std::string& modelId) {
            std::stop_source stop;
            PS_CHECK_ERROR(ErrorCode::Cancelled, run(*session, embeddings, options, stop.get_token(), modelId,
                                                     [&](const PredictionProgress& progress) {
                                                         if (progress.looked == 2)
                                                             stop.request_stop();
                                                     }));
        };
        stopAfterTwo("ranker_v9");
        QVERIFY(!std::filesystem::exists(session->workspace().predictionsPath("p1")));
        stopAfterTwo("ranker_v10"); // another model begins anew
        const auto report = must(run(*session, embeddings, options, {}, "ranker_v10"));
        QCOMPARE(report.known, 2);
        QCOMPARE(report.predicted, 2);
        QCOMPARE(runSqlElsewhere(report.file, {}, "SELECT count(*) FROM ai_decisions"), "[[4]]"s);
    }

    void missingEmbeddingsAreComputedTogether()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        const auto session = fixture.open();
        FakeEmbeddings embeddings{{"stage1_"}, {}};
        EmbeddingSource source = embeddings.source();
        int calls = 0;
        source.compute = [&](const std::vector<GroupImage>& images) {
            ++calls;
            std::vector<Result<Embedding>> results{embeddingOf(9)};
            results.emplace_back(Error{ErrorCode::Corrupt, "not a picture", {}, 0});
            Q_ASSERT(images.size() == 2);
            return results;
        };
        const Suggester suggester = firstNumberWins();
        const auto report = must(predictProject(*session, predictorOf(suggester), source, {}, {}, {}));
        QCOMPARE(calls, 1);
        QCOMPARE(report.imagesWithoutEmbedding, 1);
        QCOMPARE(report.problems.size(), std::size_t{1});
        QVERIFY(report.problems[0].context.find("stage1_") != std::string::npos);
        const auto reader = must(session->openReader());
        const auto found = must(findSuggestion(reader, groupWith(*session, stamp(1)).entry.key));
        QVERIFY(found && found->imageIndex == 0); // the computed one won
    }

    void whereverPredictionsGoNowhereNothingIsWritten()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open(false);
        FakeEmbeddings embeddings;
        PredictionOptions options;
        PS_CHECK_ERROR(ErrorCode::ReadOnly, run(*session, embeddings, options)); // a project that is only viewed
        options.target = PredictionOptions::Target::Nowhere;
        QCOMPARE(must(run(*session, embeddings, options)).predicted, 1);
        QVERIFY(!std::filesystem::exists(fixture.folder().pathOf("ws/data/ai_data")));
    }
};

QTEST_GUILESS_MAIN(TestPredictionRun)
#include "tst_prediction_run.moc"
