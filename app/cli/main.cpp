// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QCommandLineParser>
#include <QLocale>
#include <QTranslator>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace ps::cli {

namespace {

/// Turns Ctrl-C and SIGTERM into a stop request: the first one ends the work at the next safe place, the second one the
/// program. Must be made before any other thread, so that all of them leave these signals to it.
class InterruptWatcher
{
public:
    explicit InterruptWatcher(Context& context)
    {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGINT);
        sigaddset(&m_signals, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
        m_thread = std::jthread([this, &context](std::stop_token stop) { watch(context, stop); });
    }

private:
    void watch(Context& context, std::stop_token stop)
    {
        const timespec pause{0, 100'000'000};
        bool isSecond = false;
        while (!stop.stop_requested()) {
            if (sigtimedwait(&m_signals, nullptr, &pause) < 0)
                continue;
            if (isSecond)
                std::_Exit(Findings);
            isSecond = true;
            context.requestStop();
        }
    }

    sigset_t m_signals{};
    std::jthread m_thread;
};

QString helpText()
{
    QString text = Text::tr("Usage: proofsheet-cli [options] VERB ...") + QStringLiteral("\n\n");
    for (const Command& command : allCommands()) {
        const QString head = QStringLiteral("  %1 %2").arg(QLatin1String(command.verb),
                                                           QLatin1String(command.arguments));
        text += head.leftJustified(44) + QStringLiteral(" ") + Text::tr(command.help) + QStringLiteral("\n");
    }
    text += QStringLiteral("\n") + Text::tr("Options, before or behind the verb:") + QStringLiteral("\n");
    for (const OptionInfo& option : allOptions()) {
        const QString value = option.valueName ? QStringLiteral(" ") + QLatin1String(option.valueName) : QString();
        text += (QStringLiteral("  --") + QLatin1String(option.name) + value).leftJustified(26) + QStringLiteral(" ") +
                Text::tr(option.help) + QStringLiteral("\n");
    }
    return text + QStringLiteral("\n") +
           Text::tr("Exit codes: 0 fine, 1 findings or partly failed, 2 usage, 3 damaged data, 4 locked, 5 refused, 70 "
                    "defect.") +
           QStringLiteral("\n");
}

/// The verb that the words begin with, and how many words it has.
const Command* findCommand(const QStringList& words, qsizetype& verbWords)
{
    for (const Command& command : allCommands()) {
        const QStringList verb = QString::fromLatin1(command.verb).split(QLatin1Char(' '));
        if (words.mid(0, verb.size()) == verb) {
            verbWords = verb.size();
            return &command;
        }
    }
    return nullptr;
}

bool isGlobal(const QString& option)
{
    return option == QLatin1String("workspace") || option == QLatin1String("json") || option == QLatin1String("jobs");
}

/// Fills the context, or says what is wrong.
int parse(const QStringList& arguments, Context& context, const Command*& command)
{
    QCommandLineParser parser;
    for (const OptionInfo& option : allOptions()) {
        parser.addOption(option.valueName ? QCommandLineOption(QString::fromLatin1(option.name), QString(),
                                                               QLatin1String(option.valueName))
                                          : QCommandLineOption(QString::fromLatin1(option.name)));
    }
    if (!parser.parse(arguments))
        return context.failUsage(parser.errorText());
    qsizetype verbWords = 0;
    command = findCommand(parser.positionalArguments(), verbWords);
    if (!command)
        return context.failUsage(Text::tr("No such verb. Try --help."));
    context.arguments = parser.positionalArguments().mid(verbWords);
    for (const QString& name : parser.optionNames()) {
        const bool isKnown = std::ranges::any_of(command->options,
                                                 [&](const char* option) { return name == QLatin1String(option); });
        if (!isKnown && !isGlobal(name))
            return context.failUsage(Text::tr("--%1 does not go with %2.").arg(name, QLatin1String(command->verb)));
        context.options[name] = parser.value(name);
        context.repeated[name] = parser.values(name);
    }
    context.wantsJson = context.has("json");
    if (context.arguments.size() < command->minArguments || context.arguments.size() > command->maxArguments)
        return context.failUsage(Text::tr("Usage: proofsheet-cli %1 %2")
                                     .arg(QLatin1String(command->verb), QLatin1String(command->arguments)));
    return Fine;
}

int run(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("proofsheet"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PS_VERSION));
    QTranslator translator;
    if (translator.load(QLocale(), QStringLiteral("proofsheet"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        translator.load(
            QStringLiteral(":/i18n/proofsheet_en.qm"))) // its plurals are in a file like those of any language
        QCoreApplication::installTranslator(&translator);

    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.contains(QStringLiteral("--version"))) {
        std::printf("%s\n", programName().c_str());
        return Fine;
    }
    if (arguments.size() < 2 || arguments.contains(QStringLiteral("--help")) ||
        arguments.contains(QStringLiteral("-h"))) {
        std::printf("%s", helpText().toUtf8().constData());
        return arguments.size() < 2 ? Usage : Fine;
    }
    Context context;
    const InterruptWatcher interrupts(context);
    std::signal(SIGPIPE, SIG_IGN);
    const Command* command = nullptr;
    if (const int code = parse(arguments, context, command); code != Fine)
        return code;
    return command->run(context);
}

} // namespace

} // namespace ps::cli

int main(int argc, char** argv)
{
    return ps::cli::run(argc, argv);
}
