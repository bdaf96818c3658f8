// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/context.h"

#include "core/library/image_tools.h"
#include "ui/common/error_text.h"

#include <QDir>

#include <cstdio>
#include <cstdlib>
#include <thread>
#include <unistd.h>

namespace ps::cli {

int exitCodeFor(const Error& error)
{
    switch (error.code) {
    case ErrorCode::NotFound:
    case ErrorCode::InvalidInput: return Usage;
    case ErrorCode::Corrupt: return Damaged;
    case ErrorCode::Locked: return Locked;
    case ErrorCode::AlreadyExists:
    case ErrorCode::Unsupported:
    case ErrorCode::TooLarge:
    case ErrorCode::VersionMismatch:
    case ErrorCode::ReadOnly:
    case ErrorCode::Conflict:
    case ErrorCode::Refused: return Refused;
    case ErrorCode::NoSpace:
    case ErrorCode::Io:
    case ErrorCode::Cancelled:
    case ErrorCode::Timeout:
    case ErrorCode::WorkerCrashed: return Findings;
    case ErrorCode::Internal: return Defect;
    }
    return Defect;
}

bool Context::has(const char* option) const
{
    return options.contains(QString::fromLatin1(option));
}

std::string Context::value(const char* option, std::string_view fallback) const
{
    const auto found = options.find(QString::fromLatin1(option));
    return found == options.end() ? std::string(fallback) : localPath(found->second);
}

std::string Context::argument(qsizetype index) const
{
    return index < arguments.size() ? localPath(arguments[index]) : std::string();
}

Result<Workspace> Context::workspace() const
{
    return Workspace::open(value("workspace", "."));
}

std::string workerPath()
{
    return localPath(QCoreApplication::applicationDirPath()) + "/proofsheet-worker";
}

Result<std::size_t> Context::jobs() const
{
    PS_TRY(const Json number, has("jobs") ? parseJson(value("jobs")) : Result<Json>(Json()));
    return number.isInteger() && number.toInteger() > 0 ? static_cast<std::size_t>(number.toInteger())
                                                        : std::max(1U, std::thread::hardware_concurrency());
}

Result<ImageService*> Context::imageService()
{
    if (!m_images) {
        ImageService::Options service;
        service.workerPath = workerPath();
        PS_TRY(service.workerCount, jobs());
        PS_TRY(m_images, ImageService::start(std::move(service)));
    }
    return m_images.get();
}

Result<InferenceService*> Context::inferenceService()
{
    if (!m_models) {
        InferenceService::Options service;
        service.workerPath = workerPath();
        PS_TRY(service.workerCount, jobs());
        PS_TRY(m_models, InferenceService::start(std::move(service)));
    }
    return m_models.get();
}

Result<std::unique_ptr<ProjectSession>> Context::openSession(const std::string& projectId, Access access, Index index)
{
    PS_TRY(ImageService* const images, imageService());
    SessionOptions session;
    session.workspacePath = value("workspace", ".");
    session.projectId = projectId;
    session.isWorking = access == Access::Work;
    session.annotator = value("as", loginName());
    session.program = programName();
    session.images = makeImageTools(*images);
    PS_TRY(auto opened, ProjectSession::open(std::move(session)));
    const auto report = [this](const IndexProgress& now) {
        progress(Text::tr("%n image(s)", nullptr, static_cast<int>(now.images)) + QStringLiteral(", ") +
                 Text::tr("%n row(s)", nullptr, static_cast<int>(now.rows)));
    };
    PS_TRY_VOID(opened->makeReady(stop(), report, index == Index::Fresh));
    progress({});
    return opened;
}

void Context::print(const QString& line) const
{
    if (!wantsJson)
        std::printf("%s\n", line.toUtf8().constData());
}

void Context::printJson(const Json& document) const
{
    if (wantsJson)
        std::printf("%s\n", dumpJsonIndented(document).c_str());
}

void Context::printRaw(const std::string& line) const
{
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

void Context::notice(const QString& line) const
{
    progress({});
    std::fprintf(stderr, "%s\n", line.toUtf8().constData());
}

void Context::progress(const QString& text) const
{
    if (::isatty(STDERR_FILENO) == 1)
        std::fprintf(stderr, "\r\033[K%s", text.toUtf8().constData());
}

int Context::fail(const Error& error) const
{
    std::fprintf(stderr, "%s\n", errorLine(error).toUtf8().constData());
    return exitCodeFor(error);
}

int Context::failUsage(const QString& text) const
{
    std::fprintf(stderr, "%s\n", text.toUtf8().constData());
    return Usage;
}

} // namespace ps::cli
