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
    Scanner(const ScanOptions& options, std::stop_token stop) : m_options(options), m_stop(stop) {}

    Result<void> walk(int parentFd, const std::string& name, const std::string& path, int depth)
    {
        UniqueFd folder(::openat(parentFd, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!folder.isOpen())
            return unreadable(path, depth);
        const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(folder.get()), &::closedir);
        if (!stream)
            return unreadable(path, depth);
        const int folderFd = folder.release(); // the stream owns it now
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

    ScanResult result;

private:
    Error readError(const std::string& path) const { return errnoError("cannot read the folder", path, errno); }

    Result<void> unreadable(const std::string& path, int depth)
    {
        if (depth == 0)
            return readError(path);
        result.skipped.push_back({path, SkippedEntry::Reason::Unreadable});
        return {};
    }

    Result<void> enter(int folderFd, const std::string& name, const std::string& path, int depth)
    {
        if (std::ranges::find(m_options.excludedFolders, path) != m_options.excludedFolders.end())
            return {};
        if (depth > kMaxDepth) {
            result.skipped.push_back({path, SkippedEntry::Reason::TooDeep});
            return {};
        }
        return walk(folderFd, name, path, depth);
    }

    Result<void> take(int folderFd, std::string_view name, unsigned char type, const std::string& folderPath,
                      std::vector<std::string>& subfolders)
    {
        if (m_stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the scan was stopped", folderPath, 0};
        if (++m_entryCount % kEntriesBetweenReports == 0 && m_options.onProgress)
            m_options.onProgress(std::ssize(result.images));
        if (startsWith(name, ".") || startsWith(name, "__"))
            return {};
        if (type == DT_DIR) {
            subfolders.emplace_back(name);
            return {};
        }
        const bool isImage = isImageFile(name);
        if (type == DT_REG && !isImage) {
            addOther(name, folderPath);
            return {};
        }
        examine(folderFd, std::string(name), joinPath(folderPath, name), isImage, subfolders);
        return {};
    }

    void addOther(std::string_view name, const std::string& folderPath)
    {
        ++result.otherFileCount;
        if (toLowerAscii(fileSuffix(name)) == ".decision")
            result.sidecars.push_back(joinPath(folderPath, name));
    }

    /// For images, and where the file system does not tell the type.
    void examine(int folderFd, const std::string& name, std::string path, bool isImage,
                 std::vector<std::string>& subfolders)
    {
        using Reason = SkippedEntry::Reason;
        struct stat status{};
        if (::fstatat(folderFd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            if (isImage && errno != ENOENT)
                result.skipped.push_back({std::move(path), Reason::Unreadable});
        } else if (S_ISDIR(status.st_mode)) {
            subfolders.push_back(name);
        } else if (S_ISLNK(status.st_mode)) {
            result.skipped.push_back({std::move(path), Reason::SymbolicLink});
        } else if (!isImage) {
            addOther(name, std::string(parentPath(path)));
        } else if (!S_ISREG(status.st_mode)) {
            result.skipped.push_back({std::move(path), Reason::NotRegular});
        } else {
            result.images.push_back({std::move(path), identityFromStatus(status)});
        }
    }

    const ScanOptions& m_options;
    std::stop_token m_stop;
    std::int64_t m_entryCount = 0;
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

Result<ScanResult> scanImages(int folderFd, const ScanOptions& options, std::stop_token stop)
{
    Scanner scanner(options, stop);
    PS_TRY_VOID(scanner.walk(folderFd, ".", {}, 0));
    return std::move(scanner.result);
}

} // namespace ps
