// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/scan.h"

#include "core/base/text.h"
#include "core/library/filename.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>

namespace ps {

namespace {

constexpr int kMaxDepth = 64;
constexpr std::int64_t kEntriesBetweenReports = 1000;

class Scanner
{
public:
    Scanner(const ScanOptions& options, ScanVisitor& visitor, std::stop_token stop)
        : m_options(options), m_visitor(visitor), m_stop(std::move(stop))
    {
    }

    Result<void> walk(int parentFd, const std::string& name, const std::string& path, int depth)
    {
        UniqueFd folder(::openat(parentFd, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!folder.isOpen())
            return unreadable(path, depth);
        const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(folder.get()), &::closedir);
        if (!stream)
            return unreadable(path, depth);
        const int folderFd = folder.release(); // the stream owns it now
        struct stat status{};
        if (::fstat(folderFd, &status) != 0)
            return unreadable(path, depth);
        PS_TRY_VOID(m_visitor.onFolder(path, identityFromStatus(status)));
        std::vector<std::string> subfolders;
        errno = 0;
        while (const dirent* entry = ::readdir(stream.get())) {
            PS_TRY_VOID(take(folderFd, entry->d_name, entry->d_type, path, subfolders));
            errno = 0;
        }
        if (errno != 0)
            return unreadable(path, depth);
        for (const std::string& subfolder : subfolders)
            PS_TRY_VOID(enter(folderFd, subfolder, joinPath(path, subfolder), depth + 1));
        return {};
    }

private:
    Error readError(const std::string& path) const { return errnoError("cannot read the folder", path, errno); }

    Result<void> unreadable(const std::string& path, int depth)
    {
        if (depth == 0)
            return readError(path);
        return m_visitor.onSkipped({path, SkippedEntry::Reason::Unreadable});
    }

    Result<void> enter(int folderFd, const std::string& name, const std::string& path, int depth)
    {
        if (std::ranges::find(m_options.excludedFolders, path) != m_options.excludedFolders.end())
            return {};
        if (depth > kMaxDepth)
            return m_visitor.onSkipped({path, SkippedEntry::Reason::TooDeep});
        return walk(folderFd, name, path, depth);
    }

    Result<void> take(int folderFd, std::string_view name, unsigned char type, const std::string& folderPath,
                      std::vector<std::string>& subfolders)
    {
        if (m_stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the scan was stopped", folderPath, 0};
        if (++m_entryCount % kEntriesBetweenReports == 0 && m_options.onProgress)
            m_options.onProgress(m_imageCount);
        if (startsWith(name, ".") || startsWith(name, "__"))
            return {};
        if (type == DT_DIR) {
            subfolders.emplace_back(name);
            return {};
        }
        const bool isImage = isImageFile(name);
        if (type == DT_REG && !isImage)
            return m_visitor.onOther(joinPath(folderPath, name));
        return examine(folderFd, std::string(name), joinPath(folderPath, name), isImage, subfolders);
    }

    /// For images, and where the file system does not tell the type.
    Result<void> examine(int folderFd, const std::string& name, std::string path, bool isImage,
                         std::vector<std::string>& subfolders)
    {
        using Reason = SkippedEntry::Reason;
        struct stat status{};
        if (::fstatat(folderFd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            if (isImage && errno != ENOENT)
                return m_visitor.onSkipped({std::move(path), Reason::Unreadable});
        } else if (S_ISDIR(status.st_mode)) {
            subfolders.push_back(name);
        } else if (S_ISLNK(status.st_mode)) {
            return m_visitor.onSkipped({std::move(path), Reason::SymbolicLink});
        } else if (!isImage) {
            return m_visitor.onOther(path);
        } else if (!S_ISREG(status.st_mode)) {
            return m_visitor.onSkipped({std::move(path), Reason::NotRegular});
        } else {
            ++m_imageCount;
            return m_visitor.onImage({std::move(path), identityFromStatus(status)});
        }
        return {};
    }

    const ScanOptions& m_options;
    ScanVisitor& m_visitor;
    std::stop_token m_stop;
    std::int64_t m_entryCount = 0;
    std::int64_t m_imageCount = 0;
};

class Collector : public ScanVisitor
{
public:
    Result<void> onImage(const ScannedImage& image) override
    {
        result.images.push_back(image);
        return {};
    }
    Result<void> onSkipped(const SkippedEntry& entry) override
    {
        result.skipped.push_back(entry);
        return {};
    }
    Result<void> onOther(const std::string& path) override
    {
        ++result.otherFileCount;
        if (toLowerAscii(fileSuffix(fileName(path))) == ".decision")
            result.sidecars.push_back(path);
        return {};
    }

    ScanResult result;
};

} // namespace

std::string_view skipReasonName(SkippedEntry::Reason reason)
{
    switch (reason) {
    case SkippedEntry::Reason::SymbolicLink: return "symbolic link";
    case SkippedEntry::Reason::NotRegular: return "not a regular file";
    case SkippedEntry::Reason::Unreadable: return "cannot be read";
    case SkippedEntry::Reason::TooDeep: return "nested too deeply";
    case SkippedEntry::Reason::NameOfFinalized: return "has the name of an image that was finalized";
    }
    return "";
}

Result<void> walkImages(int folderFd, const ScanOptions& options, ScanVisitor& visitor, std::stop_token stop)
{
    return Scanner(options, visitor, std::move(stop)).walk(folderFd, ".", {}, 0);
}

Result<ScanResult> scanImages(int folderFd, const ScanOptions& options, std::stop_token stop)
{
    Collector collector;
    PS_TRY_VOID(walkImages(folderFd, options, collector, std::move(stop)));
    return std::move(collector.result);
}

} // namespace ps
