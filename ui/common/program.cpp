// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/program.h"

#include <QCoreApplication>
#include <QFile>

namespace ps {

std::string localPath(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

std::string programName()
{
    return "proofsheet " + QCoreApplication::applicationVersion().toStdString();
}

} // namespace ps
