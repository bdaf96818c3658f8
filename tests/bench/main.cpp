// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Measures what people wait for beside the least that it can cost, and prints one JSON document; docs/benchmarks.md says what
// each number means. Every run of a measurement is a process of its own: this program, started again.

#include "core/base/clock.h"
#include "core/suggest/blas.h"
#include "tests/bench/bare_disk.h"
#include "tests/bench/bench_project.h"
#include "tests/bench/environment.h"
#include "tests/bench/observation.h"
#include "tests/bench/store_project.h"
#include "tests/bench/summary.h"
#ifdef PS_BENCH_HAS_WINDOW
#include "tests/bench/measure_ui.h"
#include "tests/bench/ui_driver.h"
#include "tests/bench/ui_project.h"
#endif

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <span>
#include <string_view>

namespace ps::bench {

namespace {

constexpr const char* kSchema = "proofsheet/bench/1";
enum ExitCode { Fine = 0, Failed = 1, Usage = 2 };

void tell(const std::string& text)
{
    std::fprintf(stderr, "%s\n", text.c_str());
}

int fail(const Error& error)
{
    tell("proofsheet-bench: " + error.describe());
    return Failed;
}

// ---- what was asked ------------------------------------------------------------------------------------------------

/// A sentence when the command line is not usable.
std::optional<QString> readNumber(const QCommandLineParser& parser, const QString& name, std::int64_t& number)
{
    if (!parser.isSet(name))
        return {};
    bool isNumber = false;
    number = parser.value(name).toLongLong(&isNumber);
    if (isNumber && number > 0)
        return {};
    return QStringLiteral("--%1 needs a number above 0").arg(name);
}

void declareOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(QStringLiteral("Measures Proofsheet and prints the figures as JSON."));
    parser.addHelpOption();
    const auto add = [&parser](const char* name, const char* value, const char* help) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(help), QString::fromLatin1(value)});
    };
    add("dir", "DIR",
        "Where to measure; the data stays there for the next time. Default: a temporary folder on a real disk.");
    add("rows", "N", "Rows of the decision database (1000000).");
    add("groups", "N", "Groups whose images are real files (20000).");
    add("decisions", "N", "Decisions that are made (10000).");
    add("names", "N", "Names that are grouped (200000).");
    add("photographs", "N", "Photographs of each kind that are decoded (12).");
    add("folder-images", "N", "Images of the folder that goes through the workers (500).");
    add("runs", "N", "How often everything is measured (3).");
    add("keys", "N", "Keys that are pressed in the window (2000).");
    add("visits", "N", "Groups that are looked at forward and back in the window (20000).");
    add("only", "NAMES", "Only these measurements or families (decisions, store, images, ui), separated by commas.");
    parser.addOption({QStringLiteral("quick"), QStringLiteral("Everything small and once: to see that it works.")});
    QCommandLineOption measure(QStringLiteral("measure"),
                               QStringLiteral("One run of one measurement, in this process."), QStringLiteral("NAME"));
    measure.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(measure);
    QCommandLineOption load(QStringLiteral("training-load"), QStringLiteral("Trains until it is ended."));
    load.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(load);
}

bool isCalled(const Measurement& measurement, const QString& name)
{
    return name == QLatin1String(measurement.name) || name == QLatin1String(measurement.family);
}

std::optional<QString> readSettings(const QCommandLineParser& parser, Settings& settings)
{
    if (parser.isSet(QStringLiteral("quick")))
        settings.shrink();
    settings.folder = QFile::encodeName(QDir(parser.value(QStringLiteral("dir"))).absolutePath()).toStdString();
    if (parser.isSet(QStringLiteral("only")))
        settings.only = parser.value(QStringLiteral("only")).split(QLatin1Char(','));
    for (const QString& name : settings.only) {
        const auto isNamed = [&](const Measurement& measurement) { return isCalled(measurement, name); };
        if (std::ranges::none_of(allMeasurements(), isNamed))
            return QStringLiteral("there is no measurement %1").arg(name);
    }
    for (const auto& [name, number] :
         {std::pair{"rows", &settings.rows}, std::pair{"groups", &settings.groupsOnDisk},
          std::pair{"decisions", &settings.decisions}, std::pair{"names", &settings.names},
          std::pair{"photographs", &settings.photographs}, std::pair{"folder-images", &settings.folderImages},
          std::pair{"keys", &settings.keys}, std::pair{"visits", &settings.visits},
          std::pair{"runs", &settings.runs}}) {
        if (const auto problem = readNumber(parser, QString::fromLatin1(name), *number))
            return problem;
    }
    return {};
}

// ---- the child -----------------------------------------------------------------------------------------------------

int runMeasurement(const QString& name, const Settings& settings)
{
    for (const Measurement& measurement : allMeasurements()) {
        if (name != QLatin1String(measurement.name))
            continue;
        const auto observation = measurement.run(settings);
        if (!observation)
            return fail(observation.error());
        std::printf("%s\n", dumpJson(observationJson(*observation)).c_str());
        return Fine;
    }
    return Usage;
}

// ---- the parent ----------------------------------------------------------------------------------------------------

Result<Run> runInChild(const Measurement& measurement, const Settings& settings)
{
    Run run;
    run.loadBefore = loadAverage();
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(),
                QStringList{QStringLiteral("--measure"), QString::fromLatin1(measurement.name)} + settings.arguments());
    if (!child.waitForFinished(-1) || child.exitStatus() != QProcess::NormalExit || child.exitCode() != Fine)
        return Error{ErrorCode::Internal, "the measurement failed", measurement.name, child.exitCode()};
    PS_TRY(run.observation, parseJson(child.readAllStandardOutput().trimmed().toStdString()));
    run.loadAfter = loadAverage();
    return run;
}

bool isWanted(const Measurement& measurement, const Settings& settings)
{
    return settings.only.isEmpty() ||
           std::ranges::any_of(settings.only, [&](const QString& name) { return isCalled(measurement, name); });
}

/// The data of the families that are wanted.
Result<Json> prepareData(const Settings& settings)
{
    const auto isAnyWanted = [&](std::string_view familyOrName) {
        return std::ranges::any_of(allMeasurements(), [&](const Measurement& measurement) {
            return (measurement.family == familyOrName || measurement.name == familyOrName) &&
                   isWanted(measurement, settings);
        });
    };
    Json data{Json::Object{}};
    if (isAnyWanted("decisions")) {
        PS_TRY(data, BenchProject::prepare(settings, tell));
    }
    if (isAnyWanted("store") || isAnyWanted("exchange_jsonl")) {
        PS_TRY(const Json store, StoreProject(settings).prepare(tell));
        data.set("store", store);
    }
#ifdef PS_BENCH_HAS_WINDOW
    if (isAnyWanted("ui")) {
        PS_TRY(const Json pictures, UiProject::prepare(settings, tell));
        data.set("ui", pictures);
    }
#endif
    return data;
}

Result<Json> measureEverything(const Settings& settings)
{
    const UtcTime begin = systemClock().now();
    const Json environment = environmentJson(settings);
    PS_TRY(const Json data, prepareData(settings));
    const std::span<const Measurement> measurements = allMeasurements();
    std::vector<std::vector<Run>> runs(measurements.size());
    // Run by run and not measurement by measurement, so that an hour in which the machine is busy blurs all alike.
    for (std::int64_t number = 1; number <= settings.runs; ++number) {
        for (std::size_t i = 0; i < measurements.size(); ++i) {
            if (!isWanted(measurements[i], settings))
                continue;
            tell("run " + std::to_string(number) + " of " + std::to_string(settings.runs) + ": " +
                 measurements[i].name);
            PS_TRY(Run run, runInChild(measurements[i], settings));
            runs[i].push_back(std::move(run));
        }
    }
    Json::Array summaries;
    for (std::size_t i = 0; i < measurements.size(); ++i) {
        if (!runs[i].empty())
            summaries.push_back(summaryJson(measurements[i], runs[i]));
    }
    return Json::object({{"schema", kSchema},
                         {"tool", "proofsheet " PS_VERSION},
                         {"started_at", formatTimestamp(begin)},
                         {"finished_at", formatTimestamp(systemClock().now())},
                         {"quick", settings.isQuick},
                         {"runs", settings.runs},
                         {"environment", environment},
                         {"data", data},
                         {"measurements", Json(std::move(summaries))}});
}

/// A new folder on something that fdatasync means something to, when the usual places have it.
QString temporaryTemplate()
{
    const QString name = QStringLiteral("/proofsheet-bench-XXXXXX");
    for (const QString& place : {QDir::tempPath(), QStringLiteral("/var/tmp"), QDir::homePath(), QDir::currentPath()}) {
        const std::string fileSystem = fileSystemName(QFile::encodeName(place).toStdString());
        if (!fileSystem.empty() && fileSystem != "tmpfs" && fileSystem != "ramfs" && QFileInfo(place).isWritable())
            return place + name;
    }
    tell("no real disk was found: the times of durable writes mean nothing here");
    return QDir::tempPath() + name;
}

int measureAndPrint(Settings settings, bool isFolderGiven)
{
    // Ours and the peers with the kernel that is made for this processor. It is chosen when OpenBLAS is loaded, which OpenCV
    // does at the start of each program.
    if (const std::string kernel = Blas::kernelOfProcessor(); !kernel.empty())
        qputenv("OPENBLAS_CORETYPE", QByteArray::fromStdString(kernel));
    std::optional<QTemporaryDir> temporary;
    if (!isFolderGiven) {
        temporary.emplace(temporaryTemplate());
        settings.folder = QFile::encodeName(temporary->path()).toStdString();
    }
    if (const auto folder = makeFolders(settings.folder); !folder)
        return fail(folder.error());
    const auto document = measureEverything(settings);
    if (!document)
        return fail(document.error());
    std::printf("%s\n", dumpJsonIndented(*document).c_str());
    return Fine;
}

/// A child that measures the window needs the other kind of application, and no display unless one is named.
std::unique_ptr<QCoreApplication> makeApplication(int& argc, char** argv)
{
#ifdef PS_BENCH_HAS_WINDOW
    const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
    if (std::ranges::any_of(arguments, [](const char* text) { return std::string_view(text).starts_with("ui_"); })) {
        if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
            qputenv("QT_QPA_PLATFORM", "offscreen");
        return std::make_unique<UiApplication>(argc, argv);
    }
#endif
    return std::make_unique<QCoreApplication>(argc, argv);
}

int run(int argc, char** argv)
{
    const auto application = makeApplication(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("proofsheet-bench"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PS_VERSION));
    QCommandLineParser parser;
    declareOptions(parser);
    parser.process(*application);
    Settings settings;
    if (const auto problem = readSettings(parser, settings)) {
        tell("proofsheet-bench: " + problem->toStdString());
        return Usage;
    }
#ifdef PS_BENCH_HAS_WINDOW
    if (parser.isSet(QStringLiteral("training-load")))
        return runTrainingLoad();
#endif
    if (parser.isSet(QStringLiteral("measure")))
        return runMeasurement(parser.value(QStringLiteral("measure")), settings);
    return measureAndPrint(std::move(settings), parser.isSet(QStringLiteral("dir")));
}

} // namespace

} // namespace ps::bench

int main(int argc, char** argv)
{
    return ps::bench::run(argc, argv);
}
