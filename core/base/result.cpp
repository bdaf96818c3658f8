// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

#include <cerrno>
#include <cstring>

namespace ps {

std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotFound: return "NotFound";
    case ErrorCode::AlreadyExists: return "AlreadyExists";
    case ErrorCode::InvalidInput: return "InvalidInput";
    case ErrorCode::Corrupt: return "Corrupt";
    case ErrorCode::Unsupported: return "Unsupported";
    case ErrorCode::TooLarge: return "TooLarge";
    case ErrorCode::VersionMismatch: return "VersionMismatch";
    case ErrorCode::Locked: return "Locked";
    case ErrorCode::ReadOnly: return "ReadOnly";
    case ErrorCode::NoSpace: return "NoSpace";
    case ErrorCode::Io: return "Io";
    case ErrorCode::Conflict: return "Conflict";
    case ErrorCode::Refused: return "Refused";
    case ErrorCode::Cancelled: return "Cancelled";
    case ErrorCode::Timeout: return "Timeout";
    case ErrorCode::WorkerCrashed: return "WorkerCrashed";
    case ErrorCode::Internal: return "Internal";
    }
    return "Internal";
}

Error Error::in(std::string_view place) const
{
    Error copy = *this;
    copy.context = context.empty() ? std::string(place) : std::string(place) + ": " + context;
    return copy;
}

std::string Error::describe() const
{
    std::string text = context.empty() ? message : context + ": " + message;
    if (native != 0)
        text += " (" + std::to_string(native) + ")";
    return text;
}

namespace {

ErrorCode classifyErrno(int errnoValue)
{
    switch (errnoValue) {
    case ENOENT:
    case ENOTDIR: return ErrorCode::NotFound;
    case EEXIST:
    case ENOTEMPTY: return ErrorCode::AlreadyExists;
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return ErrorCode::NoSpace;
    case EROFS:
    case EACCES:
    case EPERM: return ErrorCode::ReadOnly;
    case ELOOP:
    case EXDEV: return ErrorCode::Refused;
    case ENAMETOOLONG:
    case EINVAL: return ErrorCode::InvalidInput;
    case ETIMEDOUT: return ErrorCode::Timeout;
    default: return ErrorCode::Io;
    }
}

} // namespace

Error errnoError(std::string message, std::string context, int errnoValue)
{
    message += ": ";
    message += std::strerror(errnoValue);
    return {classifyErrno(errnoValue), std::move(message), std::move(context), errnoValue};
}

} // namespace ps
