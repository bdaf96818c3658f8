// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/hybrid.h"
#include "core/suggest/hybrid_call.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_clock.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

constexpr const char* kProvider = "\"provider\": {\"name\": \"acme\", \"url\": \"https://acme.example/pick\"";

HybridConfig enabled()
{
    return must(hybridConfigFromJson("{\"enabled\": true, "s + kProvider + R"(, "tokens_per_call": 1000,
        "cost_per_1000_tokens": 0.5}, "confidence_threshold": 0.6})"));
}

CandidateGroup groupOf(const std::string& key, std::size_t images = 3)
{
    CandidateGroup group{"p1", key, {}};
    for (std::size_t i = 0; i < images; ++i)
        group.candidates.push_back({"photos/20250705_1_stage" + std::to_string(i + 1) + ".png", 1.0, std::nullopt});
    return group;
}

/// Local models of a confidence that the test sets, a service that the test answers for, and what became of both.
struct Hybrid {
    TempFolder folder;
    TestClock clock;
    std::optional<double> localConfidence = 0.5;
    Result<ProviderAnswer> answer = ProviderAnswer{2, 0.9, std::nullopt, 400};
    std::vector<std::string> asked;
    std::vector<BudgetState> notices;
    std::unique_ptr<HybridPredictor> hybrid;

    void open(const HybridConfig& config)
    {
        const Predictor local{"ranker_v9", [this](const CandidateGroup&, const GroupToPredict&) {
                                  std::optional<RankedSuggestion> ranked;
                                  if (localConfidence) {
                                      ranked.emplace();
                                      ranked->suggestion.imageIndex = 1;
                                      ranked->suggestion.confidence = localConfidence;
                                  }
                                  return ranked;
                              }};
        hybrid = must(HybridPredictor::open(
            folder.pathOf("hybrid"), config, local,
            [this](const CandidateGroup& group, const std::optional<RankedSuggestion>&) {
                asked.push_back(group.groupKey);
                return answer;
            },
            clock, [this](BudgetState state) { notices.push_back(state); }));
    }
    std::optional<RankedSuggestion> suggest(const std::string& key = "g_1", std::size_t images = 3)
    {
        return hybrid->predictor().suggest(groupOf(key, images), {key, "", 0, {}});
    }
    HybridReport report(const std::map<std::string, HybridDecision>& decisions = {})
    {
        must(hybrid->flush());
        return must(hybridReport(folder.pathOf("hybrid"), [&](const std::string&, const std::string& key) {
            const auto found = decisions.find(key);
            return Result<std::optional<HybridDecision>>(found == decisions.end() ? std::nullopt
                                                                                  : std::optional(found->second));
        }));
    }
};

const HybridArmFigures& armOf(const HybridReport& report, HybridArm arm)
{
    return report.arms[static_cast<std::size_t>(arm)];
}

} // namespace

class TestHybrid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsOffUnlessAConfigurationSaysOtherwise()
    {
        Hybrid hybrid;
        HybridConfig config = enabled();
        config.isEnabled = false;
        hybrid.open(config);
        QCOMPARE(hybrid.hybrid->predictor().modelId, "ranker_v9"s);
        QCOMPARE(hybrid.suggest()->suggestion.imageIndex, 1);
        must(hybrid.hybrid->flush());
        QVERIFY(hybrid.asked.empty());
        QVERIFY(!std::filesystem::exists(hybrid.folder.pathOf("hybrid")));
    }

    void theServiceIsAskedOnlyWhereTheLocalModelIsNotSure()
    {
        Hybrid hybrid;
        hybrid.open(enabled());
        hybrid.localConfidence = 0.6; // the threshold itself is sure enough
        QCOMPARE(hybrid.suggest("sure")->suggestion.imageIndex, 1);
        QVERIFY(hybrid.asked.empty());
        hybrid.localConfidence = 0.59;
        const auto found = hybrid.suggest("unsure");
        QCOMPARE(found->suggestion.imageIndex, 2);
        QCOMPARE(found->suggestion.confidence, std::optional(0.9));
        QCOMPARE(found->suggestion.modelId, "ranker_v9@acme"s);
        hybrid.localConfidence.reset();
        QCOMPARE(hybrid.suggest("nothing to say")->suggestion.imageIndex, 2);
        QCOMPARE(hybrid.asked, (std::vector<std::string>{"unsure", "nothing to say"}));
        hybrid.suggest("single", 1); // there is nothing to pick
        QCOMPARE(hybrid.asked.size(), std::size_t{2});
    }

    void aServiceThatFailsLeavesTheLocalSuggestion()
    {
        Hybrid hybrid;
        hybrid.open(enabled());
        hybrid.answer = Error{ErrorCode::Timeout, "no answer", {}, 0};
        const auto found = hybrid.suggest();
        QVERIFY(found && found->suggestion.imageIndex == 1);
        const auto report = hybrid.report();
        QCOMPARE(armOf(report, HybridArm::Fallback).failures, 1);
        QCOMPARE(armOf(report, HybridArm::Fallback).tokens, 1000); // it may have cost as much as any other
        QCOMPARE(armOf(report, HybridArm::Local).suggestions, 1);
        QVERIFY(hybrid.folder.read("hybrid/calls.jsonl").find("Timeout: no answer") != std::string::npos);
    }

    void theRollOutIsStickyAndGrows()
    {
        int inTenth = 0;
        int inHalf = 0;
        for (int i = 0; i < 2000; ++i) {
            const std::string key = "g_" + std::to_string(i);
            QVERIFY(!isInRollout(key, 0) && isInRollout(key, 1));
            QCOMPARE(isInRollout(key, 0.1), isInRollout(key, 0.1));
            QVERIFY(!isInRollout(key, 0.1) ||
                    isInRollout(key, 0.5)); // a larger share keeps the groups of a smaller one
            inTenth += isInRollout(key, 0.1) ? 1 : 0;
            inHalf += isInRollout(key, 0.5) ? 1 : 0;
        }
        QVERIFY(inTenth > 140 && inTenth < 260);
        QVERIFY(inHalf > 900 && inHalf < 1100);

        Hybrid hybrid;
        HybridConfig config = enabled();
        config.rollout = 0;
        hybrid.open(config);
        hybrid.localConfidence = 0.99;
        QCOMPARE(hybrid.suggest()->suggestion.imageIndex, 2); // outside: only the service
        QCOMPARE(armOf(hybrid.report(), HybridArm::Provider).suggestions, 1);
    }

    void theBudgetWarnsAndPausesAndStartsAnewEachDay()
    {
        Hybrid hybrid;
        HybridConfig config = enabled();
        QCOMPARE(config.dailyTokens, 10'000);
        hybrid.answer = ProviderAnswer{2, 0.9, std::nullopt, 1000};
        hybrid.open(config);
        for (int i = 0; i < 7; ++i)
            hybrid.suggest("g_" + std::to_string(i));
        QVERIFY(hybrid.notices.empty());
        hybrid.suggest("g_7"); // 8,000 of 10,000
        QVERIFY(hybrid.notices == std::vector{BudgetState::Warning});
        hybrid.suggest("g_8");
        hybrid.suggest("g_9"); // 10,000: the last one
        QCOMPARE(hybrid.asked.size(), std::size_t{10});
        QVERIFY((hybrid.notices == std::vector{BudgetState::Warning, BudgetState::Paused}));
        const auto paused = hybrid.suggest("g_10");
        QCOMPARE(hybrid.asked.size(), std::size_t{10}); // no call
        QVERIFY(paused && paused->suggestion.imageIndex == 1);
        QCOMPARE(armOf(hybrid.report(), HybridArm::Fallback).tokens, 10'000);

        hybrid.open(config); // another run on the same day
        hybrid.suggest("g_11");
        QCOMPARE(hybrid.asked.size(), std::size_t{10});
        hybrid.clock.advance(std::chrono::hours(24));
        hybrid.suggest("g_12");
        QCOMPARE(hybrid.asked.size(), std::size_t{11});
    }

    void whatAnAnswerReallyCostIsWhatCounts()
    {
        const TempFolder folder;
        const TestClock clock;
        TokenBudget budget = must(TokenBudget::open(folder.pathOf("b"), 10'000, clock));
        QCOMPARE(must(budget.reserve(500)).used, 500);
        QCOMPARE(must(budget.settle(500, 120)).used, 120);
        QVERIFY(must(budget.reserve(9'881)).state == BudgetState::Paused);
        QCOMPARE(must(budget.standing()).used, 120); // it was not taken
        QVERIFY(must(budget.reserve(9'880)).state != BudgetState::Paused);
        QVERIFY(must(budget.settle(9'880, 20'000)).state == BudgetState::Paused);
        QCOMPARE(must(budget.standing()).used, 20'120);
        // A damaged budget is said, and is not taken for an empty one.
        folder.write("b/budget.json", "{\"day\": \"2026-");
        PS_CHECK_ERROR(ErrorCode::Corrupt, budget.reserve(1));
        PS_CHECK_ERROR(ErrorCode::Corrupt, TokenBudget::open(folder.pathOf("b"), 10'000, clock));
        folder.write("b/budget.json", R"({"day": "2026-03-01", "tokens": -5})");
        PS_CHECK_ERROR(ErrorCode::Corrupt, budget.standing());
    }

    void theTableSaysHowGoodEachArmIs()
    {
        Hybrid hybrid;
        hybrid.open(enabled());
        hybrid.localConfidence = 0.9;
        for (const char* key : {"a", "b", "c", "d", "e"})
            hybrid.suggest(key); // local, image 1
        hybrid.localConfidence = 0.1;
        for (const char* key : {"x", "y"})
            hybrid.suggest(key); // fallback, image 2
        const auto report = hybrid.report({{"a", {Action::Approve, 1, 3}},
                                           {"b", {Action::Crop, 1, 3}},
                                           {"c", {Action::Approve, 0, 3}},
                                           {"d", {Action::Reject, 1, 3}},
                                           {"x", {Action::Approve, 2, 3}}});
        const auto& local = armOf(report, HybridArm::Local);
        QCOMPARE(local.suggestions, 5);
        QCOMPARE(local.decided, 4);
        QCOMPARE(local.compared, 3); // the reject counts for no accuracy
        QCOMPARE(local.accuracy(), 2.0 / 3);
        QCOMPARE(local.correctionRate(), 0.5);
        QCOMPARE(local.tokens, 0);
        const auto& fallback = armOf(report, HybridArm::Fallback);
        QCOMPARE(fallback.suggestions, 2);
        QCOMPARE(fallback.accuracy(), 1.0);
        QCOMPARE(fallback.tokens, 800);
        QCOMPARE(fallback.cost, 0.4);
        QCOMPARE(armOf(report, HybridArm::Provider).suggestions, 0);
        QCOMPARE(report.skippedLines, 0);
    }

    void thePercentileIsThatOfTheNearestRank()
    {
        const TempFolder folder;
        std::string lines;
        for (int i = 1; i <= 40; ++i) {
            HybridCall call{"2026-11-21T10:00:00Z",
                            "p1",
                            "g" + std::to_string(i),
                            HybridArm::Provider,
                            0,
                            0.9,
                            {},
                            static_cast<double>(i),
                            1,
                            0,
                            {}};
            lines += dumpJson(hybridCallJson(call)) + "\n";
        }
        folder.write("calls.jsonl", lines + "garbage\n{\"arm\": \"local\"}\n{\"torn");
        const auto report = must(hybridReport(folder.path(), [](const std::string&, const std::string&) {
            return Result<std::optional<HybridDecision>>(std::nullopt);
        }));
        QCOMPARE(armOf(report, HybridArm::Provider).p95LatencyMs, 38.0);
        QCOMPARE(report.skippedLines, 3);
        QVERIFY(must(hybridReport(folder.pathOf("nowhere"), {})).skippedLines == 0);
    }

    void answersAreChecked_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"", "null", "[]", "{}", "{\"index\": 3}", "{\"index\": -1}", "{\"index\": 1.5}", "{\"index\": \"1\"}",
              "{\"index\": 1, \"confidence\": 1.01}", "{\"index\": 1, \"confidence\": NaN}",
              "{\"index\": 1, \"confidence\": \"high\"}", "{\"index\": 1, \"crop\": [0.5, 0, 0.5, 1]}",
              "{\"index\": 1, \"crop\": [0, 0, 1]}", "{\"index\": 1, \"crop\": [0, 0, 1, Infinity]}",
              "{\"index\": 1, \"tokens\": -1}", "{\"index\": 1, \"tokens\": 1e9}", "{\"index\": 99999999999999999999}",
              "<html>the service is busy</html>"})
            QTest::newRow(text) << QByteArray(text);
    }
    void answersAreChecked()
    {
        QFETCH(const QByteArray, text);
        PS_CHECK_ERROR(ErrorCode::Corrupt, parseProviderAnswer(text.toStdString(), 3, 500));
    }

    void aGoodAnswerIsTakenAsItIs()
    {
        const auto full = must(parseProviderAnswer(
            R"({"index": 2, "confidence": 0.75, "crop": [0.1, 0.2, 0.9, 1.0], "tokens": 42, "more": 1})", 3, 500));
        QVERIFY(full.imageIndex == 2 && full.confidence == 0.75 && full.tokens == 42);
        QVERIFY((full.crop == Crop{0.1, 0.2, 0.9, 1}));
        const auto bare = must(parseProviderAnswer(R"({"index": 0, "confidence": null})", 3, 500));
        QVERIFY(!bare.confidence && !bare.crop && bare.tokens == 500);
    }

    void aRequestHoldsNamesAndMeasuresAndNoFolder()
    {
        CandidateGroup group = groupOf("g_1", 2);
        Embedding embedding;
        embedding.size = {2000, 1000};
        embedding.measures[QualityMeasure::Noise] = 3;
        group.candidates[1].embedding = embedding;
        const std::string text = providerRequest(group, std::nullopt);
        const Json json = must(parseJson(text));
        QCOMPARE(json["images"].items().size(), std::size_t{2});
        QCOMPARE(json["images"].items()[0]["name"].toString(), "20250705_1_stage1.png"s);
        QCOMPARE(json["images"].items()[1]["measures"]["noise"].toDouble(), 3.0);
        QVERIFY(json["local"].isNull());
        QVERIFY(text.find("photos/") == std::string::npos);
    }

    void configurationsAreChecked_data()
    {
        QTest::addColumn<QByteArray>("text");
        const std::string start = "{\"enabled\": true, "s + kProvider;
        for (const std::string& text :
             {"{"s, "{}"s, "{\"enabled\": true}"s, start + ", \"timeout_seconds\": 0}}",
              start + ", \"timeout_seconds\": 1e9}}", start + ", \"tokens_per_call\": 0}}",
              start + ", \"headers\": {\"A\": \"x\\r\\nB: y\"}}}", start + ", \"allowed_hosts\": \"x\"}}",
              start + "}, \"confidence_threshold\": 1.5}", start + "}, \"rollout\": -0.1}",
              start + "}, \"daily_tokens\": -1}",
              "{\"enabled\": true, \"provider\": {\"name\": \"a b\", \"url\": \"https://x\"}}"s,
              "{\"enabled\": \"yes\", \"provider\": {\"name\": \"a\", \"url\": \"https://x\"}}"s})
            QTest::newRow(text.c_str()) << QByteArray::fromStdString(text);
    }
    void configurationsAreChecked()
    {
        QFETCH(const QByteArray, text);
        PS_CHECK_ERROR(ErrorCode::Corrupt, hybridConfigFromJson(text.toStdString()));
        PS_CHECK_OK(hybridConfigFromJson("{\"enabled\": true, "s + kProvider + "}}")); // the control
    }
};

QTEST_GUILESS_MAIN(TestHybrid)
#include "tst_hybrid.moc"
