// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/program.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace ps {

std::string localPath(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

std::string programName()
{
    return "proofsheet " + QCoreApplication::applicationVersion().toStdString();
}

std::string loginName()
{
    if (const char* const user = std::getenv("USER"); user && *user)
        return user;
    const passwd* const entry = ::getpwuid(::getuid());
    return entry && entry->pw_name ? entry->pw_name : "unknown";
}

} // namespace ps
