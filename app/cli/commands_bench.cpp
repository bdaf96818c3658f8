// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "ui/common/error_text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

#include <algorithm>
#include <array>

namespace ps::cli {

namespace {

constexpr std::array<const char*, 3> kFamilies{"ui", "images", "store"};

/// Beside this program, as where it is built, or with the helpers of an installed one; "" when it is in neither.
QString benchProgram()
{
    const QString here = QCoreApplication::applicationDirPath();
    for (const QString& folder : {here, here + QStringLiteral("/../libexec/proofsheet")}) {
        const QString path = folder + QStringLiteral("/proofsheet-bench");
        if (QFileInfo(path).isExecutable())
            return path;
    }
    return {};
}

} // namespace

int runBench(Context& context)
{
    const QString family = QString::fromStdString(context.argument(0));
    if (std::none_of(kFamilies.begin(), kFamilies.end(),
                     [&](const char* name) { return family == QLatin1String(name); }))
        return context.failUsage(Text::tr("bench needs one of ui, images and store."));
    const QString program = benchProgram();
    if (program.isEmpty())
        return context.fail({ErrorCode::Unsupported,
                             "the program that measures is not installed; ./dev bench builds it from the sources",
                             "proofsheet-bench", 0});
    QStringList arguments{QStringLiteral("--only"), family};
    for (const char* option : {"rows", "dir", "runs"}) {
        if (context.has(option))
            arguments << QStringLiteral("--") + QString::fromLatin1(option)
                      << QString::fromStdString(context.value(option));
    }
    QProcess bench;
    bench.setProcessChannelMode(QProcess::ForwardedChannels); // progress while it runs, one JSON document at the end
    bench.start(program, arguments);
    if (!bench.waitForFinished(-1) || bench.exitStatus() != QProcess::NormalExit)
        return context.fail(
            {ErrorCode::Internal, "the program that measures ended unexpectedly", program.toStdString(), 0});
    return bench.exitCode();
}

} // namespace ps::cli
