// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/settings.h"

namespace ps::bench {

void Settings::shrink()
{
    isQuick = true;
    rows = 10'000;
    groupsOnDisk = 200;
    decisions = 100;
    names = 5'000;
    photographs = 1;
    folderImages = 6;
    keys = 20;
    visits = 60;
    runs = 1;
}

QStringList Settings::arguments() const
{
    return {QStringLiteral("--dir"),           QString::fromStdString(folder),
            QStringLiteral("--rows"),          QString::number(rows),
            QStringLiteral("--groups"),        QString::number(groupsOnDisk),
            QStringLiteral("--decisions"),     QString::number(decisions),
            QStringLiteral("--names"),         QString::number(names),
            QStringLiteral("--photographs"),   QString::number(photographs),
            QStringLiteral("--folder-images"), QString::number(folderImages),
            QStringLiteral("--keys"),          QString::number(keys),
            QStringLiteral("--visits"),        QString::number(visits)};
}

} // namespace ps::bench
