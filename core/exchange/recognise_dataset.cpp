// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json_stream.h"
#include "core/base/text.h"
#include "core/exchange/dataset_readers.h"
#include "core/exchange/dataset_root.h"
#include "core/exchange/release.h"
#include "core/exchange/release_facts.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <map>
#include <memory>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kHeadBytes = std::size_t{64} << 10;
constexpr std::size_t kKeptNames = 8; ///< of each extension, the first by name
constexpr std::size_t kKeptFolders = 4096;
constexpr int kMaxDescent = 4;
constexpr std::size_t kMaxManifestBytes = std::size_t{256} << 20;

struct DirCloser {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

/// What a folder holds, in bounded memory however much that is.
struct Glance {
    std::set<std::string> folders;
    std::map<std::string, std::set<std::string>, std::less<>> files; ///< extension -> names
    bool hasImages = false;

    bool hasFolder(const std::string& name) const { return folders.contains(name); }
    bool hasFile(std::string_view extension, const std::string& name) const
    {
        const auto found = files.find(extension);
        return found != files.end() && found->second.contains(name);
    }
    std::set<std::string> named(std::string_view extension) const
    {
        const auto found = files.find(extension);
        return found == files.end() ? std::set<std::string>() : found->second;
    }
};

/// Names that decide something are kept whatever else stands before them.
bool isTelling(const std::string& name)
{
    static constexpr std::array<std::string_view, 9> kTelling{"release.json",    "data.yaml",      "data.yml",
                                                              "annotations.xml", "metadata.jsonl", "metadata.csv",
                                                              "classes.json",    "samples.jsonl",  "crops.jsonl"};
    return std::ranges::find(kTelling, name) != kTelling.end();
}

void keepSmallest(std::set<std::string>& names, const std::string& name, std::size_t most)
{
    names.insert(name);
    if (names.size() > most)
        names.erase(std::prev(names.end()));
}

Result<Glance> glanceAt(int folderFd, const std::string& path)
{
    PS_TRY(UniqueFd fd, openFolderBeneath(folderFd, path));
    const std::unique_ptr<DIR, DirCloser> listing(::fdopendir(fd.get()));
    if (!listing)
        return errnoError("cannot list the folder", path, errno);
    fd.release();
    Glance glance;
    std::set<std::string> telling;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(listing.get());
        if (!entry && errno != 0)
            return errnoError("cannot list the folder", path, errno);
        if (!entry)
            break;
        const std::string name = entry->d_name;
        struct stat status{};
        if (name.starts_with('.') || name == "__MACOSX" ||
            ::fstatat(::dirfd(listing.get()), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISDIR(status.st_mode)) {
            keepSmallest(glance.folders, name, kKeptFolders);
        } else if (S_ISREG(status.st_mode)) {
            glance.hasImages = glance.hasImages || isDatasetImage(name);
            const std::string extension = toLowerAscii(name.substr(withoutExtension(name).size()));
            keepSmallest(glance.files[extension], name, kKeptNames);
            if (isTelling(name))
                telling.insert(name);
        }
    }
    for (const std::string& name : telling)
        glance.files[toLowerAscii(name.substr(withoutExtension(name).size()))].insert(name);
    return glance;
}

/// The first bytes of a file; "" when it cannot be read.
std::string headOf(int folderFd, const std::string& path)
{
    const auto file = openFileBeneath(folderFd, path);
    if (!file)
        return {};
    std::string head(kHeadBytes, '\0');
    ssize_t count = 0;
    do {
        count = ::pread(file->get(), head.data(), head.size(), 0);
    } while (count < 0 && errno == EINTR);
    head.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return head;
}

bool has(std::string_view text, std::string_view word)
{
    return text.find(word) != std::string_view::npos;
}

std::optional<ImportFormat> formatOfRelease(std::string_view name)
{
    static const std::map<std::string_view, ImportFormat> kFormats{{"v3", ImportFormat::DecisionDatabase},
                                                                   {"jsonl", ImportFormat::Jsonl},
                                                                   {"preferences", ImportFormat::Jsonl},
                                                                   {"crops", ImportFormat::Jsonl},
                                                                   {"yolo", ImportFormat::Yolo},
                                                                   {"yolo-cls", ImportFormat::YoloClassification},
                                                                   {"coco", ImportFormat::Coco},
                                                                   {"voc", ImportFormat::Voc},
                                                                   {"cvat", ImportFormat::Cvat},
                                                                   {"imagefolder", ImportFormat::ImageFolder},
                                                                   {"webdataset", ImportFormat::WebDataset},
                                                                   {"csv", ImportFormat::Csv}};
    const auto found = kFormats.find(name);
    return found == kFormats.end() ? std::nullopt : std::optional(found->second);
}

std::optional<ImportFormat> formatOfXml(std::string_view head)
{
    if (has(head, "<annotations"))
        return ImportFormat::Cvat;
    return has(head, "<annotation") ? std::optional(ImportFormat::Voc) : std::nullopt;
}

std::optional<ImportFormat> formatOfJson(std::string_view head)
{
    if (looksLikeLabelMe(head))
        return ImportFormat::LabelMe;
    const bool isCoco = has(head, "\"images\"") || has(head, "\"annotations\"");
    return isCoco ? std::optional(ImportFormat::Coco) : std::nullopt;
}

bool isShard(const std::string& name)
{
    const std::string_view stem = withoutExtension(name);
    return !stem.empty() && std::isdigit(static_cast<unsigned char>(stem.back())) != 0;
}

class Recogniser
{
public:
    Recogniser(int folderFd, std::string root) : m_folderFd(folderFd), m_root(std::move(root)) {}

    Result<std::optional<ImportFormat>> run()
    {
        PS_TRY(m_top, glanceAt(m_folderFd, m_root));
        if (const auto ours = ownRelease())
            return ours;
        if (const auto format = byTopFiles())
            return format;
        for (const std::string& folder : m_top.folders) {
            PS_TRY(const Glance below, glanceAt(m_folderFd, joinPath(m_root, folder)));
            if (const auto format = byFolder(folder, below))
                return format;
            m_hasImagesBelow = m_hasImagesBelow || below.hasImages;
            m_hasClassesInSides = m_hasClassesInSides ||
                                  (sideOfFolder(folder) && !below.folders.empty() && !below.hasImages);
        }
        return byFoldersAlone();
    }

    const Glance& top() const { return m_top; }

private:
    std::string head(const std::string& path) const { return headOf(m_folderFd, joinPath(m_root, path)); }

    std::optional<ImportFormat> ownRelease() const
    {
        if (!m_top.hasFile(".json", std::string(kManifestName)))
            return std::nullopt;
        const auto text = readFileBeneath(m_folderFd, joinPath(m_root, kManifestName), kMaxManifestBytes);
        JsonLimits limits;
        const auto manifest = text ? parseForeignJson(*text, limits) : Result<Json>(Json());
        if (!manifest || !isReleaseManifest(*manifest))
            return std::nullopt;
        return formatOfRelease((*manifest)["format"].toString());
    }

    std::optional<ImportFormat> byTopFiles() const
    {
        for (const char* extension : {".yaml", ".yml"}) {
            for (const std::string& name : m_top.named(extension)) {
                const std::string text = head(name);
                if (text.starts_with("names:") || has(text, "\nnames:"))
                    return ImportFormat::Yolo;
            }
        }
        if (m_top.hasFolder("labels"))
            return ImportFormat::Yolo;
        const std::set<std::string> shards = m_top.named(".tar");
        if (!shards.empty() && std::ranges::all_of(shards, isShard))
            return ImportFormat::WebDataset;
        return byContents("", m_top);
    }

    /// What the files of a folder say: XML, JSON, lines.
    std::optional<ImportFormat> byContents(const std::string& folder, const Glance& glance) const
    {
        for (const std::string& name : glance.named(".xml")) {
            if (const auto format = formatOfXml(head(joinPath(folder, name))))
                return format;
        }
        if (glance.hasFile(".jsonl", "metadata.jsonl") || glance.hasFile(".csv", "metadata.csv"))
            return ImportFormat::ImageFolder;
        bool hasPairs = false;
        for (const std::string& name : glance.named(".json")) {
            if (const auto format = formatOfJson(head(joinPath(folder, name))))
                return format;
            const std::string stem(withoutExtension(name));
            for (const char* extension : {".jpg", ".jpeg", ".png", ".webp"})
                hasPairs = hasPairs || glance.hasFile(extension, stem + extension);
        }
        if (hasPairs)
            return ImportFormat::WebDataset; // shards that were unpacked
        if (!glance.named(".jsonl").empty())
            return ImportFormat::Jsonl;
        return std::nullopt;
    }

    std::optional<ImportFormat> byFolder(const std::string& folder, const Glance& below) const
    {
        if (sideOfFolder(folder) && below.hasFolder("images") && below.hasFolder("labels"))
            return ImportFormat::Yolo;
        return byContents(folder, below);
    }

    std::optional<ImportFormat> byFoldersAlone() const
    {
        if (m_top.hasFile(".json", "classes.json") || m_hasClassesInSides)
            return ImportFormat::YoloClassification;
        for (const std::string& name : m_top.named(".csv")) {
            const std::string line = head(name).substr(0, head(name).find('\n'));
            if (has(line, "group_id") && has(line, "user_action"))
                return ImportFormat::Csv; // as we write it
        }
        return m_hasImagesBelow && !m_top.hasImages ? std::optional(ImportFormat::ClassFolders) : std::nullopt;
    }

    int m_folderFd;
    std::string m_root;
    Glance m_top;
    bool m_hasImagesBelow = false;
    bool m_hasClassesInSides = false;
};

} // namespace

Result<RecognisedDataset> recogniseWithRoot(int folderFd)
{
    RecognisedDataset found;
    for (int i = 0; i <= kMaxDescent; ++i) {
        Recogniser recogniser(folderFd, found.root);
        PS_TRY(found.format, recogniser.run());
        // An archive often holds one folder that holds everything.
        const Glance& top = recogniser.top();
        const bool isWrapper = top.files.empty() && top.folders.size() == 1 && !sideOfFolder(*top.folders.begin());
        if (!isWrapper || (found.format && *found.format != ImportFormat::ClassFolders &&
                           *found.format != ImportFormat::ImageFolder && *found.format != ImportFormat::Coco &&
                           *found.format != ImportFormat::YoloClassification && *found.format != ImportFormat::Jsonl))
            return found;
        const std::string inner = joinPath(found.root, *top.folders.begin());
        Recogniser deeper(folderFd, inner);
        PS_TRY(const auto format, deeper.run());
        if (found.format && !format)
            return found;
        if (found.format && format == ImportFormat::ClassFolders && found.format != ImportFormat::ClassFolders)
            return found;
        found.root = inner;
        found.format = format;
    }
    return found;
}

Result<std::optional<ImportFormat>> recogniseDataset(int folderFd)
{
    PS_TRY(const RecognisedDataset found, recogniseWithRoot(folderFd));
    return found.format;
}

} // namespace ps
