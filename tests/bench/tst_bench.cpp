// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QProcess>

#include <set>

using namespace ps;
using namespace ps::test;

/// That the program measures everything at all; how fast is nothing that a test can know.
class TstBench : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quickRunPrintsEveryMeasurement();
    void unknownMeasurementIsAUsageError();
};

namespace {

struct Outcome {
    int exitCode = -1;
    std::string output;
    std::string problems;
};

Outcome runBench(const QStringList& arguments)
{
    QProcess program;
    program.start(QString::fromStdString(programPath("proofsheet-bench")), arguments);
    constexpr int kTimeoutMs = 280'000;
    if (!program.waitForFinished(kTimeoutMs))
        return {};
    return {program.exitCode(), program.readAllStandardOutput().toStdString(),
            program.readAllStandardError().toStdString()};
}

bool isFilled(const Json& figure)
{
    return !figure["name"].toString().empty() && !figure["unit"].toString().empty() && figure["median"].isFloat() &&
           figure["min"].isFloat() && !figure["runs"].items().empty();
}

} // namespace

void TstBench::quickRunPrintsEveryMeasurement()
{
    const TempFolder folder;
    const Outcome outcome = runBench({QStringLiteral("--quick"), QStringLiteral("--rows"), QStringLiteral("2000"),
                                      QStringLiteral("--dir"), QString::fromStdString(folder.pathOf("bench"))});
    QVERIFY2(outcome.exitCode == 0, outcome.problems.c_str());
    const Json document = must(parseJson(trimmed(outcome.output)));
    for (const char* key : {"processor", "cores", "kernel", "file_system", "sqlite", "qt", "build_type"})
        QVERIFY2(!document["environment"][key].isNull(), key);
    QVERIFY(startsWith(document["tool"].toString(), "proofsheet "));
    QCOMPARE(document["data"]["rows"].toInteger(), 2000);

    std::set<std::string> names;
    for (const Json& measurement : document["measurements"].items()) {
        const std::string& name = measurement["name"].toString();
        names.insert(name);
        const bool isMeasured =
            measurement["facts_of_last_run"]["not_measured"].isNull(); // says which engine is not installed
        const bool isFull = !measurement["figures"].items().empty() && !measurement["baselines"].items().empty();
        QVERIFY2(isFull || !isMeasured, name.c_str());
        for (const Json& figure : measurement["figures"].items())
            QVERIFY2(isFilled(figure) && !figure["ratio_to"].members().empty(), dumpJson(figure).c_str());
        for (const Json& baseline : measurement["baselines"].items())
            QVERIFY2(isFilled(baseline), dumpJson(baseline).c_str());
        QVERIFY2(measurement["memory"]["current_kib"].toInteger() > 0 &&
                     measurement["memory"]["peak_kib"].toInteger() > 0,
                 name.c_str());
    }
    std::set<std::string> wanted{"decisions_one_by_one",
                                 "decisions_at_once",
                                 "open_viewing_cold",
                                 "open_viewing_warm",
                                 "open_working_cold",
                                 "open_working_warm",
                                 "inspection",
                                 "grouping",
                                 "images_jpeg",
                                 "images_png",
                                 "images_pool",
                                 "near_duplicates",
                                 "thumbnails",
                                 "store",
                                 "builtin_embedder",
                                 "clip_embedder",
                                 "ranker_training",
                                 "pick_quality",
                                 "crop_quality",
                                 "similarity",
                                 "embedding_map",
                                 "coco",
                                 "zip",
                                 "exchange_split",
                                 "exchange_jsonl",
                                 "exchange_import"};
#ifdef PS_BENCH_HAS_WINDOW
    wanted.insert({"ui_keys", "ui_keys_suggesting", "ui_first_group", "ui_memory", "ui_scroll"});
#endif
    QCOMPARE(names, wanted);
}

void TstBench::unknownMeasurementIsAUsageError()
{
    QCOMPARE(runBench({QStringLiteral("--only"), QStringLiteral("nothing")}).exitCode, 2);
}

QTEST_GUILESS_MAIN(TstBench)
#include "tst_bench.moc"
