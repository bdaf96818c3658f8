// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/error_text.h"

#include "core/base/text.h"

#include <QCoreApplication>

namespace ps {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("ErrorText", text);
}

/// The sentence for a kind of failure; %1 is the file or thing.
QString sentence(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotFound: return translated(QT_TRANSLATE_NOOP("ErrorText", "%1 was not found."));
    case ErrorCode::AlreadyExists:
        return translated(QT_TRANSLATE_NOOP("ErrorText", "%1 exists already. It was not replaced."));
    case ErrorCode::InvalidInput:
        return translated(QT_TRANSLATE_NOOP("ErrorText", "%1 cannot be used as it is. Nothing was changed."));
    case ErrorCode::Corrupt:
        return translated(
            QT_TRANSLATE_NOOP("ErrorText", "%1 is damaged, or is not what it claims to be. It was left as it is."));
    case ErrorCode::Unsupported:
        return translated(QT_TRANSLATE_NOOP("ErrorText", "%1 is of a kind that this program does not handle: %2"));
    case ErrorCode::TooLarge:
        return translated(QT_TRANSLATE_NOOP("ErrorText", "%1 is larger than the limit that is set."));
    case ErrorCode::VersionMismatch:
        return translated(
            QT_TRANSLATE_NOOP("ErrorText", "%1 was written by a newer version. It can be viewed, but not changed."));
    case ErrorCode::Locked:
        return translated(
            QT_TRANSLATE_NOOP("ErrorText", "Somebody else is working on it: %1. Try again when they have finished."));
    case ErrorCode::ReadOnly:
        return translated(
            QT_TRANSLATE_NOOP("ErrorText", "%1 cannot be written. What was acknowledged before is safe."));
    case ErrorCode::NoSpace:
        return translated(
            QT_TRANSLATE_NOOP("ErrorText", "The disk is full. Nothing was lost; make room and try again. (%1)"));
    case ErrorCode::Io:
        return translated(
            QT_TRANSLATE_NOOP("ErrorText", "The disk reported a failure at %1. What was acknowledged before is safe."));
    case ErrorCode::Conflict:
        return translated(QT_TRANSLATE_NOOP("ErrorText", "Something was changed meanwhile, so nothing was done: %1"));
    case ErrorCode::Refused: return translated(QT_TRANSLATE_NOOP("ErrorText", "This is not allowed here: %1"));
    case ErrorCode::Cancelled:
        return translated(QT_TRANSLATE_NOOP("ErrorText", "Stopped. What was done so far is kept."));
    case ErrorCode::Timeout: return translated(QT_TRANSLATE_NOOP("ErrorText", "%1 took too long and was given up."));
    case ErrorCode::WorkerCrashed:
        return translated(QT_TRANSLATE_NOOP("ErrorText", "%1 made the decoder crash twice and is not opened again."));
    case ErrorCode::Internal: break;
    }
    return translated(QT_TRANSLATE_NOOP("ErrorText", "A defect of this program: %1"));
}

/// The reason with the name of what it is about, unless it is the reason again.
QString reasonText(const Error& error)
{
    const QString reason = fromCore(error.message);
    const bool hasName = !error.context.empty() && error.context != error.message;
    return hasName ? QStringLiteral("%1 (%2)").arg(reason, fromCore(error.context)) : reason;
}

} // namespace

QString fromCore(std::string_view text)
{
    if (isValidUtf8(text))
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    return QString::fromStdString(displayText(text));
}

ErrorText errorText(const Error& error)
{
    // Where the thing has no name, the reason says what it is about.
    const QString what = fromCore(error.context.empty() ? error.message : error.context);
    const QString pattern = sentence(error.code);
    const bool saysWhy = error.code == ErrorCode::Refused || error.code == ErrorCode::Conflict;
    QString summary = pattern;
    if (pattern.contains(QLatin1String("%2")))
        summary = pattern.arg(what, fromCore(error.message));
    else if (pattern.contains(QLatin1String("%1")))
        summary = pattern.arg(saysWhy ? reasonText(error) : what);
    return {summary, fromCore(error.describe())};
}

QString errorCardText(const Error& error)
{
    switch (error.code) {
    case ErrorCode::NotFound: return translated(QT_TRANSLATE_NOOP("ErrorText", "Not found"));
    case ErrorCode::Corrupt: return translated(QT_TRANSLATE_NOOP("ErrorText", "Damaged"));
    case ErrorCode::Unsupported: return translated(QT_TRANSLATE_NOOP("ErrorText", "Unknown format"));
    case ErrorCode::TooLarge: return translated(QT_TRANSLATE_NOOP("ErrorText", "Too large"));
    case ErrorCode::Timeout: return translated(QT_TRANSLATE_NOOP("ErrorText", "Took too long"));
    case ErrorCode::WorkerCrashed: return translated(QT_TRANSLATE_NOOP("ErrorText", "Crashed the decoder"));
    default: return translated(QT_TRANSLATE_NOOP("ErrorText", "Cannot be read"));
    }
}

QString errorLine(const Error& error)
{
    const ErrorText text = errorText(error);
    const bool isSaid = error.native == 0 && text.summary.contains(fromCore(error.message)) &&
                        text.summary.contains(fromCore(error.context));
    return isSaid ? text.summary : text.summary + QStringLiteral(" [") + text.details + QStringLiteral("]");
}

} // namespace ps
