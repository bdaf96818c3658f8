// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/dataset_scope.h"

#include "core/base/json_stream.h"
#include "core/base/text.h"
#include "core/exchange/release_facts.h"
#include "core/library/filename.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cmath>
#include <dirent.h>
#include <fcntl.h>
#include <initializer_list>
#include <sys/stat.h>
#include <vector>

namespace ps {

namespace {

constexpr std::size_t kMaxRawBytes = std::size_t{64} << 10;
constexpr int kMaxFolderDepth = 64;
constexpr int kFilesAtOnce = 1000;
constexpr const char* kClassesName = "classes.json";
constexpr std::size_t kMaxClassesBytes = std::size_t{16} << 20;
constexpr const char* kTables = R"sql(
PRAGMA cache_size = -8192;
CREATE TABLE files(path TEXT PRIMARY KEY, is_image INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE given(path TEXT PRIMARY KEY) WITHOUT ROWID;
BEGIN;
)sql";

struct DirCloser {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

/// Files that nobody put there on purpose.
bool isLitter(std::string_view name)
{
    return name == ".DS_Store" || name == "Thumbs.db" || name == "desktop.ini" || name == "__MACOSX" ||
           name.starts_with("._");
}

bool endsWithOneOf(std::string_view path, std::initializer_list<std::string_view> extensions)
{
    const std::string lower = toLowerAscii(path);
    return std::ranges::any_of(extensions, [&](std::string_view extension) { return lower.ends_with(extension); });
}

bool isText(std::string_view path)
{
    return endsWithOneOf(path, {".txt", ".json", ".jsonl", ".xml", ".csv", ".yaml", ".yml"});
}

} // namespace

DatasetScope::DatasetScope(Connection scratch, UniqueFd folder, std::string root, const ImportTaker& taker,
                           std::stop_token stop)
    : m_scratch(std::move(scratch)), m_folder(std::move(folder)), m_root(std::move(root)), m_taker(taker),
      m_stop(std::move(stop))
{
}

DatasetScope::~DatasetScope() = default;

Result<std::unique_ptr<DatasetScope>> DatasetScope::open(int folderFd, std::string root, const ImportTaker& taker,
                                                         std::stop_token stop)
{
    PS_TRY(Connection scratch, Connection::open("", OpenMode::Create)); // "": a temporary file that SQLite removes
    PS_TRY_VOID(scratch.execute(kTables));
    PS_TRY(UniqueFd folder, openFolderBeneath(folderFd, root));
    std::unique_ptr<DatasetScope> scope(
        new DatasetScope(std::move(scratch), std::move(folder), std::move(root), taker, std::move(stop)));
    PS_TRY_VOID(scope->list({}, 0));
    PS_TRY(scope->m_release, ReleaseFacts::read(*scope));
    return scope;
}

Result<void> DatasetScope::addFile(const std::string& path)
{
    PS_TRY(auto insert, m_scratch.borrow("INSERT INTO files VALUES(?1, ?2)"));
    PS_TRY_VOID(insert->run(path, isDatasetImage(path) ? 1 : 0));
    if (isText(path)) {
        PS_TRY(const FileIdentity identity, identifyBeneath(m_folder.get(), path));
        m_totalBytes += identity.sizeBytes;
    }
    return {};
}

Result<void> DatasetScope::list(const std::string& folder, int depth)
{
    PS_TRY_VOID(checkStop());
    if (depth > kMaxFolderDepth)
        return quarantine(folder, 0, {}, "folders are nested deeper than " + std::to_string(kMaxFolderDepth));
    PS_TRY(UniqueFd fd, openFolderBeneath(m_folder.get(), folder));
    const std::unique_ptr<DIR, DirCloser> listing(::fdopendir(fd.get()));
    if (!listing)
        return errnoError("cannot list the folder", folder, errno);
    fd.release(); // the listing closes it
    std::vector<std::string> folders;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(listing.get());
        if (!entry) {
            if (errno != 0)
                return errnoError("cannot list the folder", folder, errno);
            break;
        }
        const std::string name = entry->d_name;
        if (name == "." || name == ".." || isLitter(name))
            continue;
        const std::string path = joinPath(folder, name);
        struct stat status{};
        if (::fstatat(::dirfd(listing.get()), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
            return errnoError("cannot examine the file", path, errno);
        if (S_ISDIR(status.st_mode))
            folders.push_back(path);
        else if (S_ISREG(status.st_mode))
            PS_TRY_VOID(addFile(path));
        else
            PS_TRY_VOID(quarantine(path, 0, {}, S_ISLNK(status.st_mode) ? "a link" : "no regular file"));
    }
    std::ranges::sort(folders);
    for (const std::string& path : folders)
        PS_TRY_VOID(list(path, depth + 1));
    return {};
}

Result<UniqueFd> DatasetScope::openFile(std::string_view path)
{
    return openFileBeneath(m_folder.get(), path);
}

Result<std::string> DatasetScope::readText(std::string_view path, std::size_t maxBytes)
{
    PS_TRY(std::string text, readFileBeneath(m_folder.get(), path, maxBytes));
    addProgress(static_cast<std::int64_t>(text.size()));
    return text;
}

Result<bool> DatasetScope::hasFile(std::string_view path)
{
    PS_TRY(auto find, m_scratch.borrow("SELECT 1 FROM files WHERE path = ?1"));
    find->bind(path);
    return find->step();
}

Result<std::optional<std::string>> DatasetScope::imageWithStem(std::string_view stem)
{
    const std::string from = std::string(stem) + '.';
    const std::string to = std::string(stem) + '/'; // the byte behind '.'
    PS_TRY(auto find, m_scratch.borrow("SELECT path FROM files WHERE path > ?1 AND path < ?2 AND is_image = 1"));
    find->bind(from, to);
    for (;;) {
        PS_TRY(const bool isThere, find->step());
        if (!isThere)
            return std::optional<std::string>();
        if (withoutExtension(find->text(0)) == stem)
            return std::optional(std::string(find->text(0)));
    }
}

Result<void> DatasetScope::eachFile(const std::function<Result<void>(const std::string& path)>& take)
{
    return eachFileUnder({}, take);
}

Result<void> DatasetScope::eachFileUnder(std::string_view prefix,
                                         const std::function<Result<void>(const std::string& path)>& take)
{
    std::string last(prefix);
    for (;;) {
        PS_TRY_VOID(checkStop());
        std::vector<std::string> paths;
        {
            PS_TRY(auto find, m_scratch.borrow("SELECT path FROM files WHERE path > ?1 ORDER BY path LIMIT ?2"));
            find->bind(last, kFilesAtOnce);
            for (;;) {
                PS_TRY(const bool isThere, find->step());
                if (!isThere)
                    break;
                paths.emplace_back(find->text(0));
            }
        }
        for (const std::string& path : paths) {
            if (!path.starts_with(prefix))
                return {};
            PS_TRY_VOID(take(path));
        }
        if (paths.size() < static_cast<std::size_t>(kFilesAtOnce))
            return {};
        last = paths.back();
    }
}

Result<std::map<std::string, std::string>> DatasetScope::realNames()
{
    std::map<std::string, std::string> names;
    PS_TRY(const bool isThere, hasFile(kClassesName));
    if (!isThere)
        return names;
    PS_TRY(const std::string text, readText(kClassesName, kMaxClassesBytes));
    const auto json = parseForeignJson(text);
    if (!json || !json->isObject()) {
        PS_TRY_VOID(quarantine(kClassesName, 1, text, json ? "no map of names" : json.error().message));
        return names;
    }
    for (const auto& [encoded, name] : json->members()) {
        if (name.isString())
            names.emplace(encoded, name.toString());
        else
            PS_TRY_VOID(quarantine(kClassesName, 1, dumpJson(name), "the name of " + encoded + " is no text"));
    }
    return names;
}

ImportOrigin DatasetScope::origin(std::string_view path, std::int64_t line, std::string_view raw) const
{
    return {joinPath(m_root, path), line, std::string(raw.substr(0, kMaxRawBytes))};
}

Result<void> DatasetScope::quarantine(std::string_view path, std::int64_t line, std::string_view raw,
                                      std::string reason)
{
    if (!m_taker.quarantined)
        return {};
    return m_taker.quarantined({origin(path, line, raw), std::move(reason)});
}

Result<void> DatasetScope::image(ImportedImage image)
{
    PS_TRY_VOID(checkStop());
    const auto refuse = [&](std::string reason) -> Result<void> {
        return m_taker.quarantined ? m_taker.quarantined({std::move(image.origin), std::move(reason)}) : Result<void>();
    };
    PS_TRY(const bool isThere, hasFile(image.path));
    if (!isThere)
        return refuse("the image file is missing: " + displayText(image.path));
    {
        PS_TRY(auto insert, m_scratch.borrow("INSERT OR IGNORE INTO given VALUES(?1)"));
        PS_TRY_VOID(insert->run(image.path));
        if (m_scratch.changeCount() == 0)
            return refuse("the image stands here for the second time: " + displayText(image.path));
    }
    if (image.name.empty())
        image.name = std::string(fileName(image.path));
    if (m_release)
        PS_TRY_VOID(m_release->complete(*this, image));
    image.path = joinPath(m_root, image.path);
    return m_taker.image ? m_taker.image(std::move(image)) : Result<void>();
}

Result<void> DatasetScope::decision(ImportedDecision decision)
{
    PS_TRY_VOID(checkStop());
    return m_taker.decision ? m_taker.decision(std::move(decision)) : Result<void>();
}

Result<void> DatasetScope::reportUnnamedImages()
{
    PS_TRY(Statement find, m_scratch.prepare("SELECT path FROM files WHERE is_image = 1 AND path NOT IN"
                                             " (SELECT path FROM given) ORDER BY path"));
    for (;;) {
        PS_TRY(const bool isThere, find.step());
        if (!isThere)
            return {};
        PS_TRY_VOID(quarantine(find.text(0), 0, {}, "nothing is said about this image"));
    }
}

void DatasetScope::addProgress(std::int64_t bytes)
{
    m_doneBytes += bytes;
    if (m_taker.progress)
        m_taker.progress(std::min(m_doneBytes, m_totalBytes), m_totalBytes);
}

Result<void> DatasetScope::checkStop() const
{
    if (m_stop.stop_requested())
        return Error{ErrorCode::Cancelled, "the import was cancelled", {}, 0};
    return {};
}

bool isDatasetImage(std::string_view path)
{
    return isImageFile(fileName(path)) || endsWithOneOf(path, {".heic", ".heif", ".avif", ".jxl"});
}

// ---- names ---------------------------------------------------------------------------------------------------------

std::optional<ReleaseSide> sideOfFolder(std::string_view name)
{
    std::string word = toLowerAscii(name);
    while (!word.empty() && (std::isdigit(static_cast<unsigned char>(word.back())) || word.back() == '-'))
        word.pop_back();
    if (word == "train" || word == "training")
        return ReleaseSide::Train;
    if (word == "val" || word == "valid" || word == "validation" || word == "dev")
        return ReleaseSide::Val;
    if (word == "test" || word == "testing")
        return ReleaseSide::Test;
    return std::nullopt;
}

std::optional<ReleaseSide> sideOfPath(std::string_view path)
{
    std::string_view rest = parentPath(path);
    while (!rest.empty()) {
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        if (const auto side = sideOfFolder(rest.substr(0, slash)))
            return side;
        rest.remove_prefix(std::min(slash + 1, rest.size()));
    }
    return std::nullopt;
}

std::string_view withoutExtension(std::string_view path)
{
    const std::size_t nameBegin = path.size() - fileName(path).size();
    const std::size_t dot = path.rfind('.');
    return dot == std::string_view::npos || dot <= nameBegin ? path : path.substr(0, dot);
}

std::optional<double> finiteNumber(const Json& value)
{
    if (!value.isInteger() && !value.isFloat())
        return std::nullopt;
    const double number = value.isInteger() ? static_cast<double>(value.toInteger()) : value.toDouble();
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

} // namespace ps
