// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/live_run.h"
#include "core/suggest/suggestion_offer.h"
#include "core/suggest/suggestion_watch.h"
#include "tests/core/library/session_helpers.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"

#include <QTest>

#include <algorithm>

using namespace ps;
using namespace ps::test;

namespace {

/// Scores an embedding of two numbers by the first of them.
LoadedModels firstNumberWins(std::string sha256 = "hash of the files")
{
    Ranker ranker;
    ranker.id = "ranker_v9";
    ranker.net.layers = {{2, 1, {1, 0}, {0}}};
    return {Suggester(ranker, std::nullopt, std::move(sha256)), std::string(kBuiltinEmbedderName), {}};
}

/// Embeds an image by its stage, and notes which ones were asked for.
struct FakeEmbeddings {
    std::vector<std::string> asked;
    int flushes = 0;

    EmbeddingSource source()
    {
        return {[this](const GroupImage& image) -> Result<std::optional<Embedding>> {
                    asked.push_back(image.path);
                    Embedding embedding;
                    embedding.values = {static_cast<float>(image.stage), 0};
                    embedding.size = {2000, 1000};
                    embedding.sha256 = std::string(64, 'a');
                    return std::optional(embedding);
                },
                {}};
    }
    std::function<Result<void>()> flush()
    {
        return [this]() -> Result<void> {
            ++flushes;
            return {};
        };
    }
};

/// Groups 1 to `count` of three images each.
std::unique_ptr<ProjectSession> sessionWith(const ProjectFixture& fixture, int count)
{
    for (int group = 1; group <= count; ++group)
        fixture.addGroup(group, {"1", "2", "3"});
    return fixture.open();
}

std::int64_t storedCount(const ProjectFixture& fixture)
{
    return std::stoll(must(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly))
                               .queryText("SELECT count(*) FROM ps_suggestions")));
}

std::string keyAt(const ProjectSession& session, std::int64_t ordinal)
{
    return must(session.groupAt(ordinal)).entry.key;
}

/// Every step until nothing is left.
std::vector<LiveRun::Step> runAll(LiveRun& run, std::int64_t focus)
{
    std::vector<LiveRun::Step> steps;
    while (steps.empty() || !steps.back().isDone) {
        steps.push_back(must(run.step(focus)));
        if (steps.size() > 1000)
            throw std::runtime_error("it never ends");
    }
    return steps;
}

} // namespace

class TestLiveRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGroupsThatComeNextAreFirst()
    {
        const ProjectFixture fixture;
        const auto session = sessionWith(fixture, 30);
        FakeEmbeddings embeddings;
        LiveRun::Options options;
        options.groupsAhead = 4;
        const auto run = must(
            LiveRun::with(*session, firstNumberWins(), embeddings.source(), embeddings.flush(), options));
        const LiveRun::Step first = must(run->step(10));
        QVERIFY(first.isNear && !first.isDone);
        QCOMPARE(first.storedKeys, (std::vector<std::string>{keyAt(*session, 10), keyAt(*session, 11),
                                                             keyAt(*session, 12), keyAt(*session, 13)}));
        QCOMPARE(storedCount(fixture), 4); // and can be read at once
        const LiveRun::Step afterMove = must(run->step(20));
        QVERIFY(afterMove.isNear && afterMove.storedKeys.front() == keyAt(*session, 20));
        const auto rest = runAll(*run, 20);
        QCOMPARE(storedCount(fixture), 30);
        QCOMPARE(embeddings.asked.size(), std::size_t{90}); // each image once
        QVERIFY(rest.size() < 10 && embeddings.flushes < 6);
        QVERIFY(must(run->step(20)).isDone);
        QCOMPARE(embeddings.asked.size(), std::size_t{90});
    }

    void whatIsThereAndWhatIsDecidedIsLeftAlone()
    {
        const ProjectFixture fixture;
        const auto session = sessionWith(fixture, 6);
        decideGroup(*session, ProjectFixture::stamp(2), approve(0));
        FakeEmbeddings embeddings;
        const auto run = must(LiveRun::with(*session, firstNumberWins(), embeddings.source(), embeddings.flush(), {}));
        runAll(*run, 0);
        QCOMPARE(storedCount(fixture), 5);
        FakeEmbeddings again;
        const auto second = must(LiveRun::with(*session, firstNumberWins(), again.source(), again.flush(), {}));
        runAll(*second, 0);
        QVERIFY(again.asked.empty());
        // A model of the same name that was swapped on the disk is another one.
        const auto swapped = must(
            LiveRun::with(*session, firstNumberWins("other bytes"), again.source(), again.flush(), {}));
        runAll(*swapped, 0);
        QCOMPARE(again.asked.size(), std::size_t{15});
    }

    void theSameModelGivesTheSameBytesAgain()
    {
        const ProjectFixture fixture;
        const auto session = sessionWith(fixture, 5);
        const auto dump = [&] {
            return must(
                must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly))
                    .queryText("SELECT group_concat(group_key || image_index || confidence || scores || "
                               "reasons || coalesce(crop, '')) FROM ps_suggestions WHERE model_id='ranker_v9'"));
        };
        FakeEmbeddings embeddings;
        runAll(*must(LiveRun::with(*session, firstNumberWins(), embeddings.source(), {}, {})), 0);
        const std::string before = dump();
        must(must(session->store())->run([](StoreTransaction& transaction) -> Result<void> {
            return transaction.connection().execute("DELETE FROM ps_suggestions");
        }));
        runAll(*must(LiveRun::with(*session, firstNumberWins(), embeddings.source(), {}, {})), 3);
        QCOMPARE(dump(), before);
    }

    void anEmptyProjectIsDoneAtOnce()
    {
        const ProjectFixture fixture;
        const auto session = fixture.open();
        FakeEmbeddings embeddings;
        const auto run = must(LiveRun::with(*session, firstNumberWins(), embeddings.source(), {}, {}));
        QVERIFY(must(run->step(-1)).isDone && must(run->step(0)).isDone);
    }

    void aSuspendedModelIsHeldBackUntilItIsResumed()
    {
        const ProjectFixture fixture;
        const auto session = sessionWith(fixture, 14);
        must(changeSuggestionSettings(*session, [](SuggestionSettings& settings) {
            settings.hiddenShare = 0;
            settings.bar = 0.1;
            settings.activeModel = "ranker_v9";
        }));
        FakeEmbeddings embeddings;
        runAll(*must(LiveRun::with(*session, firstNumberWins(), embeddings.source(), {}, {})), 0);
        const auto decideOtherwise = [&](std::int64_t ordinal) {
            const GroupDetail group = must(session->groupAt(ordinal));
            const SuggestionOffer offer = offerFor(*session, group);
            DecisionIntent intent = approve(0);
            intent.view = offer.view;
            if (offer.visible) {
                intent.view->wasVisible = true;
                intent.shown = ShownSuggestion{
                    offer.visible->modelId, offer.visible->imageIndex, {}, offer.visible->confidence, false};
            }
            must(decide(*session, must(makeRequest(*session, group, intent))));
            return offer.view.arm;
        };
        must(changeSuggestionSettings(*session, [](SuggestionSettings& settings) { settings.bar = 0.4; }));
        int shown = 0;
        while (!must(suspendIfDue(*session))) {
            QVERIFY(shown < 12);
            QVERIFY(decideOtherwise(shown++) == SuggestionArm::Shown);
        }
        QCOMPARE(shown, 10);
        QVERIFY(!must(suspendIfDue(*session))); // said once
        QVERIFY(decideOtherwise(shown) == SuggestionArm::Suspended);
        must(resumeSuggestions(*session));
        QVERIFY(!must(suspendIfDue(*session))); // what it was suspended for counts no more
        QVERIFY(decideOtherwise(shown + 1) == SuggestionArm::Shown);
        const AgreementReport report = must(readAgreement(must(session->openReader())));
        QVERIFY((report.all.shown == Agreement{11, 0}) && (report.all.suspended == Agreement{1, 0}));
    }

    void trainingIsDueAfterSoManyDecisions()
    {
        const ProjectFixture fixture;
        const auto session = sessionWith(fixture, 5);
        must(changeSuggestionSettings(*session, [](SuggestionSettings& settings) { settings.retrainEvery = 2; }));
        QVERIFY(!must(isTrainingDue(*session)));
        decideGroup(*session, ProjectFixture::stamp(1), approve(0));
        QVERIFY(!must(isTrainingDue(*session)));
        decideGroup(*session, ProjectFixture::stamp(2), approve(0));
        QVERIFY(must(isTrainingDue(*session)));
        must(noteTraining(*session));
        QVERIFY(!must(isTrainingDue(*session)));
        decideGroup(*session, ProjectFixture::stamp(3), approve(0));
        decideGroup(*session, ProjectFixture::stamp(4), approve(0));
        must(changeSuggestionSettings(*session, [](SuggestionSettings& settings) { settings.retrainEvery = 0; }));
        QVERIFY(!must(isTrainingDue(*session)));
    }
};

QTEST_GUILESS_MAIN(TestLiveRun)
#include "tst_live_run.moc"
