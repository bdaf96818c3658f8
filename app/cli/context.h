// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/imaging/image_service.h"
#include "core/inference/inference_service.h"
#include "core/library/project_session.h"
#include "ui/common/program.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <map>
#include <memory>
#include <stop_token>
#include <string>

namespace ps::cli {

/// What the program exits with. Source: design.md 4.10.
enum ExitCode {
    Fine = 0,
    Findings = 1, ///< or partly failed
    Usage = 2,
    Damaged = 3,
    Locked = 4,
    Refused = 5,
    Defect = 70,
};
int exitCodeFor(const Error& error);
/// The worker that belongs to this program.
std::string workerPath();

/// Texts of the command line are translated in this context.
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

/// One run of the program: the parsed command line, and what commands share.
class Context
{
public:
    QStringList arguments;                   ///< behind the verb
    std::map<QString, QString> options;      ///< long name -> value; flags have an empty value
    std::map<QString, QStringList> repeated; ///< long name -> every value, for options that may stand several times
    bool wantsJson = false;

    bool has(const char* option) const;
    std::string value(const char* option, std::string_view fallback = {}) const;
    QStringList values(const char* option) const
    {
        return repeated.contains(QLatin1String(option)) ? repeated.at(QLatin1String(option)) : QStringList();
    }
    std::string argument(qsizetype index) const;
    std::stop_token stop() const { return m_stop.get_token(); }
    void requestStop() { m_stop.request_stop(); }

    /// The workspace of --workspace, or the current folder.
    Result<Workspace> workspace() const;

    /// The worker pool, started at the first call.
    Result<ImageService*> imageService();
    /// The workers that run models, started at the first call.
    Result<InferenceService*> inferenceService();

    enum class Access { View, Work };
    enum class Index { AsKnown, Fresh };
    /// Opens a project for work or for viewing, and waits until it is ready; with Index::Fresh disk and database are looked
    /// at anew. Progress goes to stderr.
    Result<std::unique_ptr<ProjectSession>> openSession(const std::string& projectId, Access access,
                                                        Index index = Index::AsKnown);

    // ---- output: results to stdout, everything else to stderr

    void print(const QString& line) const;        ///< one line for people; nothing with --json
    void printJson(const Json& document) const;   ///< the one document; nothing without --json
    void printRaw(const std::string& line) const; ///< a line that programs read, flushed
    void progress(const QString& text) const;
    void notice(const QString& line) const; ///< something that a person should know, and that is no failure
    int fail(const Error& error) const;     ///< says what happened and gives the exit code
    int failUsage(const QString& text) const;

private:
    Result<std::size_t> jobs() const;

    std::stop_source m_stop;
    std::unique_ptr<ImageService> m_images;
    std::unique_ptr<InferenceService> m_models;
};

} // namespace ps::cli
