// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/demo_pictures.h"
#include "app/desktop/print_report.h"
#include "core/imaging/image_service.h"
#include "core/imaging/thumbnail_service.h"
#include "core/library/measure_inbox.h"
#include "ui/common/error_text.h"
#include "ui/common/program.h"
#include "ui/common/theme.h"
#include "ui/settings/preferences.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QLibraryInfo>
#include <QSettings>
#include <QSocketNotifier>
#include <QTranslator>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <string_view>
#include <unistd.h>

namespace ps {

namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

struct Options {
    bool isDemo = false;
    QString annotator;
    QString workspacePath;
    QString projectId;
    QString path;       ///< a folder or a database
    QString reportPath; ///< --print-report
    QString pdfPath;
    QString picturesPath; ///< --render-demo
    QString theme;
    QString language;
};

Options parseOptions()
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("Desktop", "Pick, crop and reject images for machine-learning ground truth."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto translated = [](const char* text) { return QCoreApplication::translate("Desktop", text); };
    parser.addOption({QStringLiteral("demo"),
                      translated(QT_TRANSLATE_NOOP("Desktop", "Open the demo project; make it first if need be."))});
    parser.addOption({QStringLiteral("as"),
                      translated(QT_TRANSLATE_NOOP("Desktop", "Your name in the ledger (default: the login).")),
                      QStringLiteral("NAME")});
    parser.addOption({QStringLiteral("workspace"), translated(QT_TRANSLATE_NOOP("Desktop", "The workspace to open.")),
                      QStringLiteral("DIR")});
    parser.addOption({QStringLiteral("project"),
                      translated(QT_TRANSLATE_NOOP("Desktop", "The project of the workspace.")), QStringLiteral("ID")});
    parser.addOption({QStringLiteral("theme"),
                      translated(QT_TRANSLATE_NOOP("Desktop", "dark, light or system, for this run.")),
                      QStringLiteral("NAME")});
    parser.addOption({QStringLiteral("language"), translated(QT_TRANSLATE_NOOP("Desktop", "en or de, for this run.")),
                      QStringLiteral("CODE")});
    parser.addOption({QStringLiteral("print-report"),
                      translated(QT_TRANSLATE_NOOP("Desktop", "Print a report page (HTML) and end.")),
                      QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("to"),
                      translated(QT_TRANSLATE_NOOP("Desktop", "The PDF that --print-report writes.")),
                      QStringLiteral("PDF")});
    parser.addOption({QStringLiteral("render-demo"),
                      translated(QT_TRANSLATE_NOOP("Desktop", "Write pictures of the demo's windows and end.")),
                      QStringLiteral("DIR")});
    parser.addPositionalArgument(
        QStringLiteral("path"),
        translated(QT_TRANSLATE_NOOP("Desktop", "A workspace, a folder of images or a decision database.")),
        QStringLiteral("[path]"));
    parser.process(*QCoreApplication::instance());
    Options options;
    options.isDemo = parser.isSet(QStringLiteral("demo"));
    options.annotator = parser.value(QStringLiteral("as"));
    options.workspacePath = parser.value(QStringLiteral("workspace"));
    options.projectId = parser.value(QStringLiteral("project"));
    options.path = parser.positionalArguments().value(0);
    options.reportPath = parser.value(QStringLiteral("print-report"));
    options.pdfPath = parser.value(QStringLiteral("to"));
    options.picturesPath = parser.value(QStringLiteral("render-demo"));
    options.theme = parser.value(QStringLiteral("theme"));
    options.language = parser.value(QStringLiteral("language"));
    return options;
}

bool isGiven(int argc, char** argv, std::string_view option)
{
    return std::any_of(argv + 1, argv + argc, [option](const char* argument) {
        const std::string_view given(argument);
        return given == option || (given.starts_with(option) && given[option.size()] == '=');
    });
}

ThemeMode themeNamed(const QString& name)
{
    if (name == QLatin1String("light"))
        return ThemeMode::Light;
    return name == QLatin1String("dark") ? ThemeMode::Dark : ThemeMode::System;
}

int sayProblem(const QString& text)
{
    std::fprintf(stderr, "%s\n", text.toUtf8().constData());
    return kFailed;
}

/// The value of --language before the parser can run: texts must be there when it does.
QString languageAsked(const Preferences& preferences)
{
    const QStringList arguments = QCoreApplication::arguments();
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        if (arguments[i] == QLatin1String("--language"))
            return arguments.value(i + 1);
        if (arguments[i].startsWith(QLatin1String("--language=")))
            return arguments[i].section(QLatin1Char('='), 1);
    }
    return preferences.language;
}

/// English too: its plurals are in a file like those of any language.
void installTranslators(QApplication& application, const QString& language)
{
    if (!language.isEmpty())
        QLocale::setDefault(QLocale(language));
    const QLocale locale;
    auto* own = new QTranslator(&application);
    if (own->load(locale, QStringLiteral("proofsheet"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        own->load(QStringLiteral(":/i18n/proofsheet_en.qm")))
        QCoreApplication::installTranslator(own);
    auto* qt = new QTranslator(&application);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
}

int terminationPipe[2] = {-1, -1};

/// Closes the window when the session ends or somebody asks the program to, so that the database is left in one file.
void closeOnTermination(QApplication& application)
{
    if (::pipe2(terminationPipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // every decision is durable without it
    auto* notifier = new QSocketNotifier(terminationPipe[0], QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application, [notifier] {
        notifier->setEnabled(false);
        QApplication::closeAllWindows();
        QCoreApplication::quit(); // also when a dialog is open
    });
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        std::signal(signal, [](int) {
            const ssize_t written = ::write(terminationPipe[1], "x", 1);
            static_cast<void>(written); // the pipe is full: it was asked for already
        });
    }
}

int renderPictures(QApplication& application, MainWindow& window, const QString& folderPath)
{
    DemoPictures pictures(window, folderPath, nullptr);
    QObject::connect(&pictures, &DemoPictures::saved,
                     [](const QString& path) { std::printf("%s\n", QFile::encodeName(path).constData()); });
    int code = 0;
    QObject::connect(&pictures, &DemoPictures::finished, &application, [&](const QString& problem) {
        if (!problem.isEmpty())
            code = sayProblem(problem);
        window.close();
    });
    window.show();
    pictures.start();
    application.exec();
    return code;
}

void openWhatWasAsked(MainWindow& window, const Options& options)
{
    if (options.isDemo)
        window.openDemo();
    else if (!options.workspacePath.isEmpty() && !options.projectId.isEmpty())
        window.openProject({QDir(options.workspacePath).absolutePath(), options.projectId});
    else if (!options.workspacePath.isEmpty())
        window.openPath(options.workspacePath);
    else if (!options.path.isEmpty())
        window.openPath(QDir::current().absoluteFilePath(options.path));
    else
        window.resumeLastProject();
}

int run(int argc, char** argv)
{
    for (int i = 1; i < argc; ++i) {
        if (qstrcmp(argv[i], "--version") == 0 || qstrcmp(argv[i], "-v") == 0) { // needs no display
            std::puts("proofsheet " PS_VERSION);
            return 0;
        }
    }
    std::signal(SIGPIPE, SIG_IGN);
    const bool wantsPictures = isGiven(argc, argv, "--render-demo");
    if (wantsPictures || isGiven(argc, argv, "--print-report") || isGiven(argc, argv, "--help") ||
        isGiven(argc, argv, "-h"))
        qputenv("QT_QPA_PLATFORM", "offscreen"); // these open no window, and work without a display
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Proofsheet"));
    QCoreApplication::setApplicationName(QStringLiteral("proofsheet"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PS_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.proofsheet.Proofsheet"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/app/proofsheet.svg")));

    if (wantsPictures) // their settings are nobody's
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                           QDir::tempPath() + QStringLiteral("/proofsheet-pictures"));
    Preferences preferences = Preferences::load();
    installTranslators(application, languageAsked(preferences));
    const Options options = parseOptions();
    if (!options.reportPath.isEmpty()) {
        if (options.pdfPath.isEmpty())
            return sayProblem(QCoreApplication::translate("Desktop", "--print-report needs --to PDF.")), kUsage;
        const auto printed = printReport(localPath(options.reportPath), localPath(options.pdfPath));
        return printed ? 0 : sayProblem(errorLine(printed.error()));
    }

    ImageService::Options service;
    service.workerPath = localPath(QCoreApplication::applicationDirPath()) + "/proofsheet-worker";
    service.startsEagerly = true;
    auto images = ImageService::start(std::move(service));
    if (!images)
        return sayProblem(errorLine(images.error()));

    if (!options.theme.isEmpty())
        preferences.theme = themeNamed(options.theme);
    if (!options.annotator.isEmpty())
        preferences.annotator = options.annotator;
    Theme theme(application);
    theme.setMode(preferences.theme);
    MeasureInbox measures;
    std::optional<ThumbnailService> thumbnails; // pictures of the demo neither need nor fill anybody's cache
    if (options.picturesPath.isEmpty()) {
        ThumbnailService::Options small;
        small.cache.budgetBytes = preferences.thumbnailCacheBytes();
        small.onSurveyed = [&measures](const ThumbnailService::Surveyed& one) { measures.put(one); };
        thumbnails.emplace(**images, std::move(small));
    }
    MainWindow window(**images, theme, preferences.annotatorName(), thumbnails ? &*thumbnails : nullptr, &measures);
    if (!options.picturesPath.isEmpty())
        return renderPictures(application, window, options.picturesPath);
    closeOnTermination(application);
    window.show();
    openWhatWasAsked(window, options);
    return application.exec();
}

} // namespace

} // namespace ps

int main(int argc, char** argv)
{
    return ps::run(argc, argv);
}
