// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/model_evaluation.h"
#include "core/suggest/model_writing.h"
#include "tests/core/suggest/training_samples.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;

namespace {

TrainingRequest requestOf(const std::string& id = "ranker_v1")
{
    TrainingRequest request;
    request.id = id;
    request.embedderId = "builtin-1";
    request.features = RankerFeatures::Embedding;
    request.createdAt = "2026-11-21T10:00:00Z";
    request.epochs = 15;
    return request;
}

TrainingData dataOf(std::vector<LabelledGroup> groups)
{
    TrainingData data;
    data.rows = std::ssize(groups);
    data.groups = std::move(groups);
    return data;
}

Result<TrainedModel> trainOn(std::vector<LabelledGroup> groups, const TrainingRequest& request = requestOf())
{
    return trainModel(request, dataOf(std::move(groups)), {}, {});
}

/// People who take the highest stage thirty-nine times of forty, whatever the images show.
std::vector<LabelledGroup> highestStageGroups(int count)
{
    auto groups = sampleGroups(count);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        auto& candidates = groups[i].group.candidates;
        for (std::size_t k = 0; k < candidates.size(); ++k) {
            candidates[k].stage = static_cast<double>(k + 1);
            candidates[k].embedding->values[0] = static_cast<float>(k); // the stage shows in the picture
        }
        groups[i].selectedIndex = i % 40 == 7 ? 0 : 2;
    }
    return groups;
}

void refuses(const Result<TrainedModel>& outcome, const std::string& sentence)
{
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, ErrorCode::Refused);
    QVERIFY2(outcome.error().message.find(sentence) != std::string::npos, outcome.error().message.c_str());
}

} // namespace

class TestTrainingRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameTrainingGivesTheSameBytes()
    {
        TrainingRequest request = requestOf();
        request.features.reset();
        const auto first = must(trainOn(sampleGroups(120), request));
        const auto second = must(trainOn(sampleGroups(120), request));
        QVERIFY(first.checkpoint() == second.checkpoint());
        QCOMPARE(toJson(first.metadata), toJson(second.metadata));
        request.seed = 43;
        QVERIFY(must(trainOn(sampleGroups(120), request)).checkpoint() != first.checkpoint());
    }

    void aGoodRankerIsProposedWithItsBaselines()
    {
        const auto model = must(trainOn(sampleGroups(300)));
        const TrainingReport& report = model.metadata.report;
        QVERIFY2(report.isProposed, report.verdict.c_str());
        QVERIFY(report.model.value > 0.8);
        QCOMPARE(report.baselines.size(), std::size_t{3});
        QCOMPARE(report.baselines[0].name, std::string("highest stage"));
        QVERIFY(report.baselines[0].value < 0.6);
        QVERIFY(std::abs(report.baselines[2].value - 1.0 / 3) < 1e-9);
        std::int64_t judged = 0;
        for (const auto& row : report.byStage)
            judged += row.count;
        QCOMPARE(judged, report.holdOutGroups);
        QCOMPARE(report.trainingGroups + report.holdOutGroups +
                     static_cast<std::int64_t>(model.metadata.split.validation.size()),
                 std::int64_t{300});
    }

    void poisonedLabelsAreRefusedByTheGate()
    {
        TrainingRequest request = requestOf("ranker_v2");
        const auto good = must(trainOn(sampleGroups(400)));
        request.activeRanker = good.ranker;
        request.activeReport = good.metadata.report;
        auto poisoned = sampleGroups(400);
        flipPicks(poisoned, 5); // 20 %
        const auto bad = must(trainOn(poisoned, request));
        QVERIFY2(!bad.metadata.report.isProposed, bad.metadata.report.verdict.c_str());
        const auto again = must(trainOn(sampleGroups(400), request)); // the control
        QVERIFY2(again.metadata.report.isProposed, again.metadata.report.verdict.c_str());
    }

    void onlyTheHighestStageIsFlaggedAndNotProposed()
    {
        const auto model = must(trainOn(highestStageGroups(400)));
        QVERIFY(model.metadata.report.isHighestStageOnly);
        QVERIFY(!model.metadata.report.isProposed);
        QVERIFY(model.metadata.report.model.value > 0.9); // and yet it looks good
        QVERIFY(model.metadata.report.notHighestStage->value < 0.5);
    }

    void whatNothingCanBeLearnedFromIsSaidSo()
    {
        refuses(trainOn({}), "there are no decisions");
        refuses(trainOn(sampleGroups(3)), "too few to learn from: 3 groups");
        TrainingData rejects;
        rejects.rows = 50;
        rejects.excluded["rejected"] = 50;
        refuses(trainModel(requestOf(), rejects, {}, {}), "every decision is a reject");
        auto highest = highestStageGroups(100);
        for (LabelledGroup& labelled : highest)
            labelled.selectedIndex = 2;
        refuses(trainOn(highest), "every decision takes the highest stage");
        TrainingRequest crop = requestOf("crop_proposer_v1");
        crop.kind = TrainingReport::Kind::Crop;
        auto crops = sampleCrops(50);
        for (LabelledGroup& labelled : crops)
            labelled.crop = Crop{0.1, 0.1, 0.9, 0.9};
        refuses(trainOn(crops, crop), "every crop is the same box");
        QVERIFY(trainOn(sampleCrops(50), crop).has_value()); // the control
    }

    void aModelCanBeReadFromItsFiles()
    {
        TrainingRequest request = requestOf();
        for (const auto features : {RankerFeatures::Embedding, RankerFeatures::Context}) {
            request.features = features;
            const auto model = must(trainOn(sampleGroups(100), request));
            const auto metadata = must(modelMetadataFromJson(toJson(model.metadata)));
            QVERIFY(metadata == model.metadata);
            const auto tensors = must(readCheckpoint(model.checkpoint()));
            QCOMPARE(tensors[2].name, std::string("net.3.weight"));
            const auto ranker = must(makeRanker(metadata, tensors));
            for (const LabelledGroup& labelled : sampleGroups(20, 9))
                QVERIFY(ranker.scores(labelled.group) == model.ranker->scores(labelled.group));
            QVERIFY(!makeCropProposer(metadata, tensors));
        }
        QVERIFY(!isOwnMetadata(R"({"model_version": "v2"})"));
        QCOMPARE(modelMetadataFromJson(R"({"model_version": "v2"})").error().code, ErrorCode::Unsupported);
        QCOMPARE(modelMetadataFromJson("{").error().code, ErrorCode::Corrupt);
    }

    void aCropProposerCanBeReadFromItsFiles()
    {
        TrainingRequest request = requestOf("crop_proposer_v1");
        request.kind = TrainingReport::Kind::Crop;
        for (const auto head : {CropHead::Corners, CropHead::CentreSize}) {
            request.head = head;
            const auto model = must(trainOn(sampleCrops(120), request));
            const auto metadata = must(modelMetadataFromJson(toJson(model.metadata)));
            const auto proposer = must(makeCropProposer(metadata, must(readCheckpoint(model.checkpoint()))));
            for (const LabelledGroup& labelled : sampleCrops(20, 9)) {
                const Embedding& image = *labelled.group.candidates.front().embedding;
                QVERIFY(proposer.propose(image, {}) == model.cropProposer->propose(image, {}));
            }
            std::int64_t judged = 0;
            for (const std::int64_t count : metadata.report.iouHistogram)
                judged += count;
            QCOMPARE(judged, metadata.report.holdOutGroups);
        }
    }

    void filesAreWrittenOnceAndReplaceNothing()
    {
        const TempFolder folder;
        const auto model = must(trainOn(sampleGroups(60)));
        const UtcTime now = *parseTimestamp("2026-11-21T10:00:00Z");
        const std::string models = folder.pathOf("models");
        QCOMPARE(must(nextModelId(models, TrainingReport::Kind::Ranker)), std::string("ranker_v1"));
        const auto written = must(writeModel(model, models + "/ranker_v1.pt", folder.pathOf("reports"), now));
        QCOMPARE(written.reportPath, folder.pathOf("reports/ranker_v1_training_20261121T100000Z.md"));
        QVERIFY(std::filesystem::exists(written.metadataPath));
        QCOMPARE(must(nextModelId(models, TrainingReport::Kind::Ranker)), std::string("ranker_v2"));
        const auto again = writeModel(model, models + "/ranker_v1.pt", folder.pathOf("reports"), now);
        QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
        QVERIFY(must(earlierSplits(models, TrainingReport::Kind::Ranker)) == model.metadata.split);
        QVERIFY(must(earlierSplits(models, TrainingReport::Kind::Crop)) == SplitIds{});
        auto registry = must(ModelRegistry::open(models));
        QVERIFY(registerTrained(registry, model, written).has_value());
        QCOMPARE(registry.find("ranker_v1")->isProposed, model.metadata.report.isProposed);
    }
};

QTEST_GUILESS_MAIN(TestTrainingRun)
#include "tst_training_run.moc"
