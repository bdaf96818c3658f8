// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_staging.h"

#include "core/base/files_remove.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/decisions/crop.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kNameDigits = 16;
constexpr std::size_t kKeyDigits = 32;
constexpr int kMostLeftovers = 9;
constexpr std::size_t kMaxJournalBytes = std::size_t{1} << 31U;
constexpr std::size_t kMaxLineBytes = 64 << 10;
constexpr mode_t kFolderMode = 0777;
constexpr mode_t kFileMode = 0666;

bool exists(int folderFd, const std::string& name)
{
    struct stat status{};
    return ::fstatat(folderFd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

UniqueFd duplicate(const UniqueFd& fd)
{
    return UniqueFd(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 0));
}

Json journalLine(const ReleaseStaging::Finished& finished)
{
    return Json::object({{"key", finished.key},
                         {"path", finished.file.path},
                         {"sha256", finished.file.sha256},
                         {"width", finished.report.size.width},
                         {"height", finished.report.size.height},
                         {"reencoded", finished.report.isReencoded},
                         {"cut", finished.report.isCut},
                         {"lost", finished.report.lostMetadata}});
}

} // namespace

Result<ReleaseStaging> ReleaseStaging::open(const std::string& destination, bool resumes)
{
    ReleaseStaging staging;
    std::string path = destination;
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    staging.m_name = fileName(path);
    if (staging.m_name.empty() || staging.m_name == "." || staging.m_name == "..")
        return Error{ErrorCode::InvalidInput, "a release needs a folder of its own", displayText(destination), 0};
    staging.m_parentPath = path.size() == staging.m_name.size() ? "." : std::string(parentPath(path));
    if (staging.m_parentPath.empty())
        staging.m_parentPath = "/";
    staging.m_isZip = endsWith(toLowerAscii(staging.m_name), ".zip");
    PS_TRY(staging.m_parent, openFolder(staging.m_parentPath));
    if (exists(staging.m_parent.get(), staging.m_name))
        return Error{ErrorCode::AlreadyExists, "something is there already", displayText(destination), 0};
    staging.m_temporary = std::string(kTemporaryPrefix) + "release-" + sha256Hex(staging.m_name).substr(0, kNameDigits);
    PS_TRY_VOID(staging.findLeftovers(resumes));
    const int parent = staging.m_parent.get();
    if (staging.m_isZip) {
        staging.m_staging = UniqueFd(
            ::openat(parent, staging.m_temporary.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, kFileMode));
    } else if (::mkdirat(parent, staging.m_temporary.c_str(), kFolderMode) == 0) {
        staging.m_staging = UniqueFd(
            ::openat(parent, staging.m_temporary.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    }
    if (!staging.m_staging.isOpen()) {
        const int error = errno;
        staging.m_isKept = true; // nothing of ours is there
        return errnoError("cannot make the temporary place of the release", displayText(destination), error);
    }
    if (::flock(staging.m_staging.get(), LOCK_EX | LOCK_NB) != 0)
        return errnoError("cannot lock the temporary place of the release", displayText(destination), errno);
    if (!staging.m_isZip) {
        const std::string journal = staging.m_temporary + ".journal";
        staging.m_journal = UniqueFd(
            ::openat(parent, journal.c_str(), O_CREAT | O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW, kFileMode));
        if (!staging.m_journal.isOpen())
            return errnoError("cannot make the journal of the release", displayText(destination), errno);
        if (staging.hasLeftovers())
            PS_TRY_VOID(staging.readJournal());
    }
    return staging;
}

/// Moves what an interrupted attempt left out of the way, so that this one starts in an empty folder.
Result<void> ReleaseStaging::findLeftovers(bool resumes)
{
    const int parent = m_parent.get();
    for (int number = 1; number <= kMostLeftovers; ++number) {
        if (const std::string name = m_temporary + "-" + std::to_string(number); exists(parent, name))
            m_leftovers.push_back(name);
    }
    if (exists(parent, m_temporary)) {
        const UniqueFd there(::openat(parent, m_temporary.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        if (there.isOpen() && ::flock(there.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
            m_isKept = true;
            m_leftovers.clear();
            return Error{ErrorCode::Locked, "another export writes to this place", displayText(m_name), 0};
        }
        std::string free;
        for (int number = 1; number <= kMostLeftovers && free.empty(); ++number) {
            if (const std::string name = m_temporary + "-" + std::to_string(number); !exists(parent, name))
                free = name;
        }
        if (m_isZip || free.empty()) {
            removeTemporary(m_temporary);
        } else {
            PS_TRY_VOID(renameNoReplace(parent, m_temporary, parent, free));
            m_leftovers.push_back(free);
        }
    }
    if (resumes && !m_isZip)
        return {};
    for (const std::string& name : m_leftovers)
        removeTemporary(name);
    removeTemporary(m_temporary + ".journal");
    m_leftovers.clear();
    return {};
}

void ReleaseStaging::removeTemporary(const std::string& name) const
{
    if (!name.starts_with(kTemporaryPrefix)) // never anything else
        return;
    discard(removeTree(m_parent.get(), name), "what cannot be removed lies there under a name that says what it is");
}

ReleaseStaging::~ReleaseStaging()
{
    if (!m_parent.isOpen() || m_isKept)
        return;
    removeTemporary(m_temporary);
    removeTemporary(m_temporary + ".journal");
    for (const std::string& name : m_leftovers)
        removeTemporary(name);
}

std::string ReleaseStaging::path() const
{
    return joinPath(m_parentPath == "/" ? "" : m_parentPath, m_temporary);
}

void ReleaseStaging::keep()
{
    m_isKept = !m_isZip;
}

Result<std::unique_ptr<ReleaseSink>> ReleaseStaging::openSink(const SinkOptions& options) const
{
    UniqueFd fd = duplicate(m_staging);
    if (!fd.isOpen())
        return errnoError("cannot open the temporary place of the release", displayText(m_name), errno);
    return m_isZip ? openZipSink(std::move(fd), options) : openFolderSink(std::move(fd), options);
}

Result<void> ReleaseStaging::noteFinished(const Finished& finished)
{
    return m_journal.isOpen() ? writeAll(m_journal.get(), dumpJson(journalLine(finished)) + "\n") : Result<void>();
}

Result<void> ReleaseStaging::readJournal()
{
    PS_TRY(const std::string text, readAll(m_journal.get(), kMaxJournalBytes));
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        if (end == std::string::npos)
            break; // the kill came in the middle of a line
        if (const auto line = parseJson(std::string_view(text).substr(at, end - at)))
            m_finished[(*line)["key"].toString()] = static_cast<std::int64_t>(at);
        at = end + 1;
    }
    return {};
}

Result<std::optional<std::pair<UniqueFd, MediaReport>>> ReleaseStaging::takeFinished(const std::string& key,
                                                                                     std::string_view path)
{
    using Taken = std::optional<std::pair<UniqueFd, MediaReport>>;
    const auto known = m_finished.find(key);
    if (known == m_finished.end())
        return Taken();
    std::string buffer(kMaxLineBytes, '\0');
    const ssize_t got = ::pread(m_journal.get(), buffer.data(), buffer.size(), known->second);
    if (got <= 0)
        return Taken();
    const auto line = parseJson(std::string_view(buffer).substr(0, buffer.find('\n')));
    if (!line || (*line)["path"].toString() != path)
        return Taken();
    for (const std::string& leftover : m_leftovers) {
        const auto folder = openFolderBeneath(m_parent.get(), leftover);
        auto file = folder ? openFileBeneath(folder->get(), path) : Result<UniqueFd>(folder.error());
        if (!file)
            continue;
        PS_TRY(const std::string sha256, sha256OfFile(file->get()));
        if (sha256 != (*line)["sha256"].toString())
            continue;
        MediaReport report;
        report.size = {static_cast<int>((*line)["width"].toInteger()), static_cast<int>((*line)["height"].toInteger())};
        report.isReencoded = (*line)["reencoded"].toBool();
        report.isCut = (*line)["cut"].toBool();
        report.lostMetadata = (*line)["lost"].toBool();
        ::unlinkat(folder->get(), std::string(path).c_str(), 0); // its bytes are needed once more and then no longer
        return Taken(std::in_place, *std::move(file), report);
    }
    return Taken();
}

Result<void> ReleaseStaging::publish()
{
    PS_TRY_VOID(renameNoReplace(m_parent.get(), m_temporary, m_parent.get(), m_name));
    m_isKept = true;
    for (const std::string& name : m_leftovers)
        removeTemporary(name);
    removeTemporary(m_temporary + ".journal");
    return syncFolder(m_parent.get());
}

ResumingMedia::ResumingMedia(ImageService& images, CropMode crops, bool keepsMetadata, ReleaseStaging& staging,
                             std::string tool)
    : ReleaseMedia(images, crops, keepsMetadata), m_staging(staging), m_keepsMetadata(keepsMetadata),
      m_tool(std::move(tool))
{
}

std::string ResumingMedia::keyOf(const ReleaseImage& image) const
{
    const std::string crop = image.crop && crops() == CropMode::Applied ? cropText(*image.crop) : "";
    return sha256Hex(m_tool + "\n" + image.sha256 + "\n" + image.name + "\n" + crop +
                     (m_keepsMetadata ? "\nkeep" : "\nremove"))
        .substr(0, kKeyDigits);
}

Result<MediaReport> ResumingMedia::put(const ReleaseImage& image, std::string_view path, ReleaseSink& sink,
                                       std::stop_token stop)
{
    if (m_staging.isZip() || image.sha256.empty())
        return ReleaseMedia::put(image, path, sink, stop);
    const std::string key = keyOf(image);
    ReleaseStaging::Finished finished{key, {}, {}};
    PS_TRY(auto taken, m_staging.takeFinished(key, path));
    if (taken) {
        PS_TRY_VOID(sink.copyFile(path, taken->first.get(), stop));
        finished.report = taken->second;
    } else {
        PS_TRY(finished.report, ReleaseMedia::put(image, path, sink, stop));
    }
    finished.file = m_lastFile;
    if (finished.file.path == path)
        PS_TRY_VOID(m_staging.noteFinished(finished));
    return finished.report;
}

} // namespace ps
