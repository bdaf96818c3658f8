// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/suggest/model_registry.h"
#include "core/suggest/script_models.h"
#include "core/suggest/suggester.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <filesystem>
#include <thread>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

ModelRecord recordOf(const TempFolder& folder, const std::string& id, const std::string& bytes,
                     SuggestionTask task = SuggestionTask::Pick)
{
    folder.write("models/" + id + ".pt", bytes);
    ModelRecord record;
    record.id = id;
    record.task = task;
    record.file = id + ".pt";
    record.sha256 = sha256Hex(bytes);
    record.embedderId = "builtin-1";
    record.createdAt = "2026-11-21T10:00:00Z";
    record.source = "trained";
    record.dataFingerprint = "f00d";
    record.isProposed = true;
    record.verdict = "better than the highest stage";
    return record;
}

ModelRegistry openIn(const TempFolder& folder)
{
    return must(ModelRegistry::open(folder.pathOf("models")));
}

std::string activeId(const ModelRegistry& registry, const std::string& project = "p1",
                     SuggestionTask task = SuggestionTask::Pick)
{
    const ModelRecord* record = registry.active(project, task);
    return record ? record->id : "";
}

/// A network of the shape of a script's model with numbers that a seed gives.
std::vector<NamedTensor> randomTensors(const ScriptModel& model, std::uint64_t seed)
{
    SeededRandom random(seed);
    Mlp net;
    for (std::size_t i = 0; i < model.numbers.size(); ++i) {
        LinearLayer layer{model.widths[i], model.widths[i + 1], {}, {}};
        for (std::size_t k = 0; k < layer.inputs * layer.outputs; ++k)
            layer.weights.push_back(static_cast<float>(random.fraction() - 0.5) * 0.2F);
        for (std::size_t k = 0; k < layer.outputs; ++k)
            layer.bias.push_back(static_cast<float>(random.fraction() - 0.5));
        net.layers.push_back(std::move(layer));
    }
    return net.toTensors(model.numbers);
}

CandidateGroup randomGroup(std::uint64_t seed)
{
    SeededRandom random(seed);
    CandidateGroup group{"p1", "g_0123456789abcdef", {}};
    for (int i = 0; i < 3; ++i) {
        Embedding embedding;
        for (int k = 0; k < 512; ++k)
            embedding.values.push_back(static_cast<float>(random.fraction() - 0.5));
        embedding.size = {2000, 3000};
        group.candidates.push_back({"x.png", 1.0 + i, embedding});
    }
    return group;
}

} // namespace

class TestModelRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyFolderIsAnEmptyRegistryAndStaysEmpty()
    {
        const TempFolder folder;
        const auto registry = openIn(folder);
        QVERIFY(registry.records().empty());
        QVERIFY(!registry.active("p1", SuggestionTask::Pick));
        QVERIFY(!std::filesystem::exists(folder.pathOf("models")));
    }

    void whatIsAddedIsThereForTheNextOne()
    {
        const TempFolder folder;
        auto registry = openIn(folder);
        ModelRecord record = recordOf(folder, "ranker_v4", "weights");
        record.report = TrainingReport{};
        record.report->modelId = "ranker_v4";
        record.report->model = {"model", 0.75, 40, {0.6, 0.86}};
        must(registry.add(record));
        const auto again = openIn(folder);
        QCOMPARE(again.records().size(), std::size_t{1});
        const ModelRecord& found = *again.find("ranker_v4");
        QCOMPARE(dumpJson(modelRecordJson(found)), dumpJson(modelRecordJson(record)));
        QVERIFY(found.preprocessing == record.preprocessing && found.report == record.report);
        QCOMPARE(again.pathOf(found), folder.pathOf("models/ranker_v4.pt"));
        // Equal content gives equal bytes, and other content of the same id is refused.
        const std::string text = folder.read("models/registry.json");
        must(registry.add(record));
        QCOMPARE(folder.read("models/registry.json"), text);
        PS_CHECK_ERROR(ErrorCode::Refused, registry.add(recordOf(folder, "ranker_v4", "other weights")));
        QCOMPARE(folder.read("models/registry.json"), text);
        PS_CHECK_ERROR(ErrorCode::Conflict, registry.add(record)); // the file is the other one now
        std::filesystem::remove(folder.pathOf("models/ranker_v4.pt"));
        PS_CHECK_ERROR(ErrorCode::NotFound, registry.add(record));
    }

    void theGateKeepsWhatIsNotProposed()
    {
        const TempFolder folder;
        auto registry = openIn(folder);
        ModelRecord record = recordOf(folder, "ranker_v4", "weights");
        record.isProposed = false;
        record.verdict = "it learned nothing but the highest stage";
        must(registry.add(record));
        const auto refused = registry.activate("p1", "ranker_v4", false);
        PS_CHECK_ERROR(ErrorCode::Refused, refused);
        QVERIFY(refused.error().message.find(record.verdict) != std::string::npos);
        QCOMPARE(activeId(openIn(folder)), ""s);
        must(registry.activate("p1", "ranker_v4", true));
        QCOMPARE(activeId(openIn(folder)), "ranker_v4"s);
        PS_CHECK_ERROR(ErrorCode::NotFound, registry.activate("p1", "ranker_v5", false));
    }

    void eachProjectAndTaskHasItsOwnModelAndHistory()
    {
        const TempFolder folder;
        auto registry = openIn(folder);
        for (const char* id : {"ranker_v4", "ranker_v5", "ranker_v6"})
            must(registry.add(recordOf(folder, id, id)));
        must(registry.add(recordOf(folder, "crop_v3", "c", SuggestionTask::Crop)));
        PS_CHECK_ERROR(ErrorCode::NotFound, registry.rollBack("p1", SuggestionTask::Pick));
        must(registry.activate("p1", "ranker_v4", false));
        PS_CHECK_ERROR(ErrorCode::NotFound, registry.rollBack("p1", SuggestionTask::Pick)); // nothing before it
        must(registry.activate("p1", "ranker_v5", false));
        must(registry.activate("p1", "ranker_v5", false)); // says nothing new
        must(registry.activate("p2", "ranker_v6", false));
        must(registry.activate("p1", "crop_v3", false));
        QCOMPARE(registry.history("p1", SuggestionTask::Pick), std::vector<std::string>{"ranker_v4"});

        auto other = openIn(folder);
        QCOMPARE(activeId(other), "ranker_v5"s);
        QCOMPARE(activeId(other, "p2"), "ranker_v6"s);
        QCOMPARE(activeId(other, "p1", SuggestionTask::Crop), "crop_v3"s);
        QCOMPARE(must(other.rollBack("p1", SuggestionTask::Pick)), "ranker_v4"s);
        QCOMPARE(activeId(openIn(folder)), "ranker_v4"s);
        QCOMPARE(activeId(openIn(folder), "p2"), "ranker_v6"s);

        must(other.deactivate("p2", SuggestionTask::Pick));
        must(other.deactivate("p2", SuggestionTask::Pick)); // again: nothing
        QCOMPARE(activeId(openIn(folder), "p2"), ""s);
        QCOMPARE(must(other.rollBack("p2", SuggestionTask::Pick)), "ranker_v6"s);
    }

    void changesOfTwoProcessesAreBothKept()
    {
        const TempFolder folder;
        auto first = openIn(folder);
        auto second = openIn(folder); // both have seen an empty registry
        must(first.add(recordOf(folder, "ranker_v4", "a")));
        must(second.add(recordOf(folder, "ranker_v5", "b")));
        QCOMPARE(openIn(folder).records().size(), std::size_t{2});

        constexpr int kRounds = 20;
        for (int i = 0; i < 2 * kRounds; ++i)
            recordOf(folder, "m" + std::to_string(i), "x");
        const auto addMany = [&](int from) {
            auto registry = openIn(folder);
            for (int i = from; i < from + kRounds; ++i) {
                ModelRecord record = *first.find("ranker_v4");
                record.id = "m" + std::to_string(i);
                record.file = record.id + ".pt";
                record.sha256 = sha256Hex("x");
                must(registry.add(record));
            }
        };
        {
            const std::jthread one(addMany, 0);
            const std::jthread two(addMany, kRounds);
        }
        QCOMPARE(openIn(folder).records().size(), std::size_t{2 + 2 * kRounds});
    }

    void aModelThatWasSwappedOnDiskIsNoticed()
    {
        const TempFolder folder;
        auto registry = openIn(folder);
        const ModelRecord good = recordOf(folder, "ranker_v4", "weights");
        folder.write("models/ranker_v4_metadata.json", "{}");
        must(registry.add(good));
        must(registry.verify(*registry.find("ranker_v4")));
        must(registry.activate("p1", "ranker_v4", false));
        must(registry.add(recordOf(folder, "ranker_v5", "other")));
        must(registry.activate("p1", "ranker_v5", false));

        folder.write("models/ranker_v4.pt", "stranger");
        const auto swapped = registry.activate("p2", "ranker_v4", false);
        PS_CHECK_ERROR(ErrorCode::Conflict, swapped);
        QVERIFY(swapped.error().message.find(sha256Hex("weights")) != std::string::npos);
        QVERIFY(swapped.error().message.find(sha256Hex("stranger")) != std::string::npos);
        PS_CHECK_ERROR(ErrorCode::Conflict, registry.rollBack("p1", SuggestionTask::Pick));
        QCOMPARE(activeId(openIn(folder)), "ranker_v5"s);

        folder.write("models/ranker_v4.pt", "weights");
        folder.write("models/ranker_v4_metadata.json", "{\"features\": \"context\"}");
        PS_CHECK_ERROR(ErrorCode::Conflict, registry.activate("p2", "ranker_v4", false)); // other metadata, other model
        folder.write("models/ranker_v4_metadata.json", "{}");
        QCOMPARE(must(registry.rollBack("p1", SuggestionTask::Pick)), "ranker_v4"s);
        std::filesystem::remove(folder.pathOf("models/ranker_v4.pt"));
        PS_CHECK_ERROR(ErrorCode::NotFound, registry.verify(*registry.find("ranker_v4")));
    }

    void aDamagedRegistryIsSaidAndNotReplaced_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const char* text, ErrorCode code) {
            QTest::newRow(name) << QByteArray(text) << static_cast<int>(code);
        };
        row("no JSON", "{", ErrorCode::Corrupt);
        row("empty", "", ErrorCode::Corrupt);
        row("a list", "[]", ErrorCode::Corrupt);
        row("no models", R"({"version": 1})", ErrorCode::Corrupt);
        row("newer", R"({"version": 2, "models": [], "activations": []})", ErrorCode::VersionMismatch);
        row("unknown model is active",
            R"({"version": 1, "models": [], "activations": [{"project": "p", "task": "ranker", "history": ["x"]}]})",
            ErrorCode::Corrupt);
        row("unknown task",
            R"({"version": 1, "models": [], "activations": [{"project": "p", "task": "?", "history": []}]})",
            ErrorCode::Corrupt);
        row("a model without anything", R"({"version": 1, "models": [{}], "activations": []})", ErrorCode::Corrupt);
    }
    void aDamagedRegistryIsSaidAndNotReplaced()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, code);
        const TempFolder folder;
        folder.write("models/registry.json", R"({"version": 1, "models": [], "activations": []})");
        auto registry = openIn(folder); // the control: this one is fine
        folder.write("models/registry.json", text.toStdString());
        const auto opened = ModelRegistry::open(folder.pathOf("models"));
        QVERIFY(!opened && static_cast<int>(opened.error().code) == code);
        QVERIFY(opened.error().context.find("registry.json") != std::string::npos);
        QVERIFY(!registry.add(recordOf(folder, "ranker_v4", "weights")));
        QCOMPARE(folder.read("models/registry.json"), text.toStdString());
    }

    void filesOutsideTheFolderAreNoModels()
    {
        const TempFolder folder;
        auto registry = openIn(folder);
        ModelRecord record = recordOf(folder, "ranker_v4", "weights");
        folder.write("elsewhere.pt", "weights");
        record.file = "../elsewhere.pt";
        PS_CHECK_ERROR(ErrorCode::InvalidInput, registry.add(record));
        folder.makeSymlink("models/link.pt", folder.pathOf("elsewhere.pt"));
        record.file = "link.pt";
        PS_CHECK_ERROR(ErrorCode::Refused, registry.add(record));
    }

    void rollingBackGivesTheSameSuggestionsToTheByte()
    {
        const TempFolder folder;
        auto registry = openIn(folder);
        for (const auto& [name, seed] : {std::pair{"ranker_v2.pt", 1}, std::pair{"ranker_v3_w10.pt", 2}}) {
            const ScriptModel& model = *findScriptModel(name);
            const auto tensors = randomTensors(model, static_cast<std::uint64_t>(seed));
            const std::string bytes = writeCheckpoint("m", tensors);
            folder.write("models/"s + name, bytes);
            must(registry.add(
                must(scriptModelRecord(name, sha256Hex(bytes), "2026-11-21T10:00:00Z", kScriptEmbedderId, tensors))));
        }
        const auto suggestions = [&] {
            const ModelRecord& record = *registry.active("p1", SuggestionTask::Pick);
            const auto tensors = must(readCheckpoint(folder.read("models/" + record.file)));
            const Suggester suggester(
                must(makeScriptRanker(*findScriptModel(record.id), record.id, record.embedderId, tensors)),
                std::nullopt);
            std::string text;
            for (std::uint64_t i = 0; i < 20; ++i) {
                const auto found = suggester.suggest(randomGroup(i));
                text += std::to_string(found->suggestion.imageIndex) + " " +
                        pythonFloatRepr(*found->suggestion.confidence) + "\n";
            }
            return text;
        };
        must(registry.activate("p1", "ranker_v2", true));
        const std::string before = suggestions();
        must(registry.activate("p1", "ranker_v3_w10", true));
        QVERIFY(suggestions() != before); // the control: the other model says something else
        must(registry.rollBack("p1", SuggestionTask::Pick));
        QCOMPARE(suggestions(), before);
    }

    void theScriptsModelsAreKnownByName()
    {
        QVERIFY(findScriptModel("ranker_v1") && findScriptModel("ranker_v2") && findScriptModel("ranker_v3_w10"));
        QVERIFY(findScriptModel("crop_proposer_v2"));
        QVERIFY(!findScriptModel("ranker_v4") && !findScriptModel("ranker_v10") && !findScriptModel("detector"));
        for (const ScriptModel& model : scriptModels()) {
            const auto tensors = randomTensors(model, 7);
            const std::string stem(model.stem.substr(0, model.stem.find('*')));
            const auto record = must(scriptModelRecord(stem + ".pt", "hash", "now", kScriptEmbedderId, tensors));
            QVERIFY(!record.isProposed && record.source == "imported" && record.id == stem);
            QVERIFY(!record.preprocessing.normalizesOutput && record.preprocessing.sizeDivisor == 2048);
            const auto foreign = scriptModelRecord(stem + ".pt", "hash", "now", kScriptEmbedderId,
                                                   std::vector(tensors.begin(), tensors.end() - 1));
            PS_CHECK_ERROR(ErrorCode::Refused, foreign);
            QVERIFY(foreign.error().message.find("expected net.0.weight") != std::string::npos);
        }
        PS_CHECK_ERROR(ErrorCode::NotFound, scriptModelRecord("ranker_v4.pt", "hash", "now", kScriptEmbedderId, {}));
    }
};

QTEST_GUILESS_MAIN(TestModelRegistry)
#include "tst_model_registry.moc"
