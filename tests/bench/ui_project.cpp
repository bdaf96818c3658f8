// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/ui_project.h"

#include "core/library/project.h"
#include "core/library/workspace.h"
#include "tests/bench/sample_names.h"

#include <QFile>
#include <QFileInfo>
#include <QImageReader>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <unistd.h>

namespace ps::bench {

namespace {

namespace fs = std::filesystem;

constexpr int kPhotographs = 8;
constexpr int kVariants = 4;
constexpr int kJpegQuality = 92;
constexpr std::size_t kMaxStampBytes = 10'000;
constexpr std::int64_t kGroupsBetweenReports = 5'000;

/// Photographs of installed packages, as the demo takes them.
QStringList installedPhotographs()
{
    QStringList found;
    QFile list(QStringLiteral(PS_BENCH_PHOTOGRAPHS));
    if (!list.open(QIODevice::ReadOnly))
        return found;
    for (const QByteArray& line : list.readAll().split('\n')) {
        const QString path = QString::fromUtf8(line.split('\t').first());
        if (line.startsWith('/') && QFile::exists(path) && found.size() < kPhotographs)
            found.append(path);
    }
    return found;
}

/// What a stage of a pipeline makes of a photograph: about the same picture, from a little elsewhere.
QImage variantOf(const QImage& photograph, QSize size, int variant)
{
    const QImage large = photograph.scaled(size * (100 + 2 * kVariants) / 100, Qt::KeepAspectRatioByExpanding,
                                           Qt::SmoothTransformation);
    const QPoint at((large.width() - size.width()) * (variant + 1) / (kVariants + 1),
                    (large.height() - size.height()) * (kVariants - variant) / (kVariants + 1));
    return large.copy(QRect(at, size));
}

} // namespace

UiProject::UiProject(const Settings& settings, const char* name, int width, int height, std::int64_t groupCount)
    : m_folder(joinPath(settings.folder, name)), m_width(width), m_height(height), m_groupCount(groupCount)
{
}

UiProject UiProject::large(const Settings& settings)
{
    return {settings, "ui_large", 4000, 3000, settings.keys + 200};
}

UiProject UiProject::small(const Settings& settings)
{
    return {settings, "ui_small", 640, 480, settings.visits};
}

std::string UiProject::workspacePath() const
{
    return joinPath(m_folder, "workspace");
}

std::string UiProject::homePath() const
{
    return joinPath(m_folder, "home");
}

std::vector<std::string> UiProject::photographPaths() const
{
    std::vector<std::string> paths;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(joinPath(m_folder, "photographs"), error))
        paths.push_back(entry.path().string());
    std::ranges::sort(paths);
    return paths;
}

Result<std::int64_t> UiProject::writePhotographs() const
{
    const std::string folder = joinPath(m_folder, "photographs");
    PS_TRY_VOID(makeFolders(folder));
    const QStringList sources = installedPhotographs();
    if (sources.isEmpty())
        return Error{ErrorCode::NotFound, "no photographs are installed: sudo apt install mate-backgrounds", {}, 0};
    std::int64_t bytes = 0;
    for (qsizetype i = 0; i < sources.size(); ++i) {
        const QImage photograph = QImageReader(sources[i]).read().convertToFormat(QImage::Format_RGB32);
        for (int variant = 0; variant < kVariants; ++variant) {
            const QString path = QString::fromStdString(folder) + QStringLiteral("/%1_%2.jpg").arg(i).arg(variant);
            if (!variantOf(photograph, {m_width, m_height}, variant).save(path, "JPEG", kJpegQuality))
                return Error{ErrorCode::Io, "cannot write a photograph", path.toStdString(), 0};
            bytes += QFileInfo(path).size();
        }
    }
    return bytes / (sources.size() * kVariants);
}

Result<void> UiProject::nameGroups(const std::function<void(const std::string&)>& onProgress) const
{
    const std::vector<std::string> files = photographPaths();
    const std::string images = joinPath(workspacePath(), "photos");
    for (std::int64_t group = 0; group < m_groupCount; ++group) {
        const std::string folder = joinPath(images, sampleFolder(group));
        PS_TRY_VOID(makeFolders(folder));
        const std::vector<std::string> names = sampleNamesOfAllStages(group, ".jpg");
        for (std::size_t slot = 0; slot < names.size(); ++slot) {
            const auto photographs = files.size() / kVariants;
            const auto file = (static_cast<std::size_t>(group) % photographs) * kVariants + slot;
            if (::link(files[file].c_str(), joinPath(folder, names[slot]).c_str()) != 0)
                return errnoError("cannot link a photograph", folder, errno);
        }
        if ((group + 1) % kGroupsBetweenReports == 0)
            onProgress("pictures of " + std::to_string(group + 1) + " groups");
    }
    return {};
}

Result<Json> UiProject::prepare(const Settings& settings, const std::function<void(const std::string&)>& onProgress)
{
    Json data{Json::Object{}};
    for (const auto& [name, project] : {std::pair{"large", large(settings)}, std::pair{"small", small(settings)}}) {
        const std::string stampPath = joinPath(project.m_folder, "data.json");
        const auto stamp = readFile(stampPath, kMaxStampBytes);
        const auto known = stamp ? parseJson(*stamp) : Result<Json>(Json());
        if (known && (*known)["groups"] == Json(project.m_groupCount)) {
            data.set(name, *known);
            continue;
        }
        std::error_code error;
        fs::remove_all(project.m_folder, error);
        onProgress(std::string("photographs, ") + name);
        PS_TRY(const std::int64_t bytes, project.writePhotographs());
        PS_TRY_VOID(project.nameGroups(onProgress));
        const Json made = Json::object({{"groups", project.m_groupCount},
                                        {"images_in_group", kVariants},
                                        {"width", project.m_width},
                                        {"height", project.m_height},
                                        {"photographs", std::ssize(project.photographPaths())},
                                        {"mean_file_bytes", bytes}});
        PS_TRY_VOID(writeFileDurably(stampPath, dumpJsonIndented(made), Replace::Atomic));
        data.set(name, made);
    }
    return data;
}

Result<void> UiProject::reset() const
{
    std::error_code error; // nothing there is fine
    fs::remove_all(homePath(), error);
    fs::remove_all(joinPath(workspacePath(), "data"), error);
    PS_TRY_VOID(makeFolders(homePath()));
    PS_TRY(const Workspace workspace, Workspace::open(workspacePath()));
    PS_TRY_VOID(createProject(workspace, projectId(), joinPath(workspacePath(), "photos"), systemClock().now()));
    return {};
}

} // namespace ps::bench
