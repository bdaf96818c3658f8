// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/thumbnail_export.h"

#include "core/library/filename.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <dirent.h>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr int kMaxDepth = 64;
constexpr std::int64_t kReportEvery = 32;
constexpr std::int64_t kNanoseconds = 1'000'000'000;

struct StreamCloser {
    void operator()(DIR* stream) const { ::closedir(stream); }
};

/// A folder that is being read, and where its thumbnails go. The second is made with the first thumbnail.
struct Level {
    std::shared_ptr<const UniqueFd> folder;
    std::unique_ptr<DIR, StreamCloser> stream;
    std::string path;
};

class ThumbnailExport
{
public:
    ThumbnailExport(ImageService& images, std::shared_ptr<const UniqueFd> source,
                    std::shared_ptr<const UniqueFd> target, const ThumbnailExportOptions& options, std::stop_token stop)
        : m_images(images), m_source(std::move(source)), m_target(std::move(target)), m_options(options),
          m_stop(std::move(stop))
    {
    }

    /// Waits for what is with the workers: their answers come here.
    ~ThumbnailExport()
    {
        for (const JobId job : m_jobs)
            m_images.cancel(job);
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_openCount == 0; });
    }

    Result<ThumbnailExportReport> run()
    {
        PS_TRY(m_targetIdentity, identify(m_target->get()));
        PS_TRY(Level top, open(""));
        m_levels.push_back(std::move(top));
        while (!m_levels.empty()) {
            if (m_stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the export was cancelled", {}, 0};
            PS_TRY_VOID(takeNextEntry());
        }
        PS_TRY_VOID(waitForRoom(1));
        m_options.onProgress(m_report.made, m_report.kept);
        return m_report;
    }

private:
    struct Finished {
        std::string path;
        FileIdentity identity;
        Result<SurveyResult> outcome;
    };

    Result<Level> open(const std::string& path) const
    {
        PS_TRY(UniqueFd folder, openFolderBeneath(m_source->get(), path));
        UniqueFd forStream(::fcntl(folder.get(), F_DUPFD_CLOEXEC, 0));
        Level level;
        level.path = path;
        level.stream.reset(forStream.isOpen() ? ::fdopendir(forStream.get()) : nullptr);
        if (!level.stream)
            return errnoError("cannot read the folder", path, errno);
        forStream.release(); // the stream owns it now
        level.folder = std::make_shared<const UniqueFd>(std::move(folder));
        return level;
    }

    Result<void> takeNextEntry()
    {
        Level& level = m_levels.back();
        errno = 0;
        const dirent* entry = ::readdir(level.stream.get());
        if (!entry) {
            if (errno != 0)
                refuse(errnoError("cannot read the folder", level.path, errno));
            m_levels.pop_back();
            return {};
        }
        const std::string name = entry->d_name;
        if (name.starts_with('.'))
            return {};
        struct stat status{};
        if (::fstatat(level.folder->get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            if (isImageFile(name))
                refuse(errnoError("cannot examine the file", joinPath(level.path, name), errno));
            return {};
        }
        if (S_ISDIR(status.st_mode))
            return enter(joinPath(level.path, name), status);
        if (S_ISREG(status.st_mode) && isImageFile(name))
            return take(joinPath(level.path, name), identityFromStatus(status));
        return {};
    }

    Result<void> enter(const std::string& path, const struct stat& status)
    {
        if (status.st_dev == m_targetIdentity.device && status.st_ino == m_targetIdentity.inode)
            return {};
        if (m_levels.size() >= kMaxDepth) {
            refuse({ErrorCode::Refused, "folders are nested too deeply", path, 0});
            return {};
        }
        auto level = open(path);
        if (level)
            m_levels.push_back(*std::move(level));
        else
            refuse(level.error().context.empty() ? level.error().in(path) : level.error());
        return {};
    }

    Result<void> take(const std::string& path, const FileIdentity& identity)
    {
        if (isMade(path, identity)) {
            ++m_report.kept;
            return {};
        }
        PS_TRY_VOID(waitForRoom(m_options.inFlight));
        {
            const std::lock_guard lock(m_mutex);
            ++m_openCount;
        }
        m_jobs.push_back(m_images.requestSurvey(ImageSource(m_source, path), {m_options.size, false, true},
                                                Priority::Background, [this, path, identity](auto outcome) {
                                                    const std::lock_guard lock(m_mutex);
                                                    --m_openCount;
                                                    m_finished.push_back({path, identity, std::move(outcome)});
                                                    m_changed.notify_all();
                                                }));
        if (m_jobs.size() > 4 * m_options.inFlight)
            m_jobs.pop_front(); // long over
        return {};
    }

    static std::string thumbnailPath(const std::string& path) { return path + ".jpg"; }

    bool isMade(const std::string& path, const FileIdentity& identity) const
    {
        const auto made = identifyBeneath(m_target->get(), thumbnailPath(path));
        return made && made->sizeBytes > 0 && made->modifiedNs == identity.modifiedNs;
    }

    /// Writes what has come until fewer than so many images are with the workers.
    Result<void> waitForRoom(std::size_t limit)
    {
        for (;;) {
            std::deque<Finished> finished;
            {
                std::unique_lock lock(m_mutex);
                m_changed.wait(lock, m_stop, [&] { return m_openCount < limit || !m_finished.empty(); });
                if (m_stop.stop_requested())
                    return Error{ErrorCode::Cancelled, "the export was cancelled", {}, 0};
                if (m_finished.empty())
                    return {};
                finished.swap(m_finished);
            }
            for (const Finished& one : finished)
                PS_TRY_VOID(finish(one));
        }
    }

    Result<void> finish(const Finished& one)
    {
        if (!one.outcome) {
            refuse({one.outcome.error().code, one.outcome.error().message, one.path, one.outcome.error().native});
            return {};
        }
        PS_TRY_VOID(write(thumbnailPath(one.path), one.outcome->thumbnail, one.outcome->pixels.info().identity));
        if (++m_report.made % kReportEvery == 0)
            m_options.onProgress(m_report.made, m_report.kept);
        return {};
    }

    /// A temporary file with the time of the image, then a rename: a thumbnail that has its name is whole.
    Result<void> write(const std::string& path, std::string_view bytes, const FileIdentity& image)
    {
        PS_TRY(const int folder, targetFolder(std::string(parentPath(path))));
        const std::string temporary = temporaryName();
        const std::string name(fileName(path));
        const auto writeTo = [&]() -> Result<void> {
            const UniqueFd file(::openat(folder, temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
            if (!file.isOpen())
                return errnoError("cannot make a file", path, errno);
            PS_TRY_VOID(writeAll(file.get(), bytes));
            const timespec time{image.modifiedNs / kNanoseconds, image.modifiedNs % kNanoseconds};
            const timespec times[] = {time, time};
            if (::futimens(file.get(), times) != 0)
                return errnoError("cannot set the time of a file", path, errno);
            if (::renameat(folder, temporary.c_str(), folder, name.c_str()) != 0)
                return errnoError("cannot name a file", path, errno);
            return {};
        };
        auto outcome = writeTo();
        if (!outcome)
            ::unlinkat(folder, temporary.c_str(), 0);
        return outcome;
    }

    /// The folder for thumbnails of this path, made when it is missing; the last one stays open.
    Result<int> targetFolder(const std::string& path)
    {
        if (!m_lastTarget.isOpen() || m_lastTargetPath != path) {
            PS_TRY(m_lastTarget,
                   path.empty() ? openFolderBeneath(m_target->get(), "") : makeFoldersBeneath(m_target->get(), path));
            m_lastTargetPath = path;
        }
        return m_lastTarget.get();
    }

    void refuse(const Error& error)
    {
        ++m_report.failed;
        m_options.onProblem(error);
    }

    ImageService& m_images;
    std::shared_ptr<const UniqueFd> m_source;
    std::shared_ptr<const UniqueFd> m_target;
    const ThumbnailExportOptions& m_options;
    std::stop_token m_stop;
    FileIdentity m_targetIdentity;
    std::vector<Level> m_levels; ///< from the source down to the folder that is read
    ThumbnailExportReport m_report;
    UniqueFd m_lastTarget;
    std::string m_lastTargetPath;
    std::deque<JobId> m_jobs;

    std::mutex m_mutex; ///< guards the next three
    std::condition_variable_any m_changed;
    std::size_t m_openCount = 0; ///< with the workers
    std::deque<Finished> m_finished;
};

} // namespace

Result<ThumbnailExportReport> exportThumbnails(ImageService& images, const std::shared_ptr<const UniqueFd>& source,
                                               const std::shared_ptr<const UniqueFd>& target,
                                               const ThumbnailExportOptions& options, std::stop_token stop)
{
    return ThumbnailExport(images, source, target, options, std::move(stop)).run();
}

} // namespace ps
