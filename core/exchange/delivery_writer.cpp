// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/delivery_writer.h"

#include "core/base/text.h"
#include "core/exchange/release_path.h"
#include "core/library/companions.h"
#include "core/library/filename.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <map>
#include <optional>

namespace ps {

namespace {

struct DirectoryCloser {
    void operator()(DIR* stream) const { ::closedir(stream); }
};

/// The names in an open folder, sorted.
Result<std::vector<std::string>> namesIn(const UniqueFd& folder)
{
    PS_TRY(UniqueFd own, openFolderBeneath(folder.get(), {}));
    const std::unique_ptr<DIR, DirectoryCloser> stream(::fdopendir(own.get()));
    if (!stream)
        return errnoError("cannot list the folder", {}, errno);
    own.release();
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(stream.get())) {
        names.emplace_back(static_cast<const char*>(entry->d_name));
        errno = 0;
    }
    if (errno != 0)
        return errnoError("cannot list the folder", {}, errno);
    std::ranges::sort(names);
    return names;
}

/// A part of a path that every file system takes, as close to the original as that allows.
std::string portablePart(std::string_view part)
{
    std::string name = displayText(part);
    for (char& c : name) {
        if (static_cast<unsigned char>(c) < 0x20 || std::string_view("<>:\"\\|?*").find(c) != std::string_view::npos)
            c = '_';
    }
    const std::size_t end = name.find_last_not_of(". ");
    name.resize(end == std::string::npos ? 0 : end + 1);
    return isPortableName(name) ? name : '_' + name;
}

/// The folder from which companions come, listed once for all images in it.
struct ListedFolder {
    const UniqueFd* root = nullptr;
    std::string path;
    UniqueFd folder;
    std::vector<std::string> names;
    std::optional<CompanionFinder> finder;
};

class DeliveryWriter final : public FormatWriter
{
public:
    DeliveryWriter(FormatContext context, AllowList allowList)
        : m_context(std::move(context)), m_allowList(std::move(allowList))
    {
    }

    Result<void> add(const ReleaseGroup& group) override;
    Result<void> finish() override;

private:
    Result<void> deliver(const ReleaseGroup& group, const ReleaseImage& image);
    Result<void> deliverCompanions(const ReleaseImage& image, std::string_view folder);
    Result<void> deliverCompanion(std::string_view name, std::string_view imageName, std::string_view target);
    Result<void> list(const Place& place);
    std::vector<std::string> companionsOf(std::string_view imageName) const;
    std::string folderOf(const ReleaseImage& image);
    void countFile(std::string_view name) { ++m_counts.details["extension:" + m_allowList.suffixOf(name)]; }

    FormatContext m_context;
    AllowList m_allowList;
    ListedFolder m_listed;
    std::map<std::string, std::string> m_folders;          ///< folded -> as it was written first
    ReleasePathSet m_twinCompanions;                       ///< that belong to several images and are delivered once
    std::map<std::string, std::int64_t> m_companionCounts; ///< suffix -> images that have one
};

Result<void> DeliveryWriter::add(const ReleaseGroup& group)
{
    for (const ReleaseImage& image : group.images) {
        if (image.role != ImageRole::Winner)
            continue;
        if (m_context.stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while a delivery was written", image.sourceName, 0};
        PS_TRY_VOID(deliver(group, image));
    }
    ++m_counts.lines;
    return {};
}

Result<void> DeliveryWriter::deliver(const ReleaseGroup& group, const ReleaseImage& image)
{
    if (const std::string_view refusal = m_allowList.refusalOf(image.name); !refusal.empty()) {
        ++m_counts.details["excludedImages:" + std::string(refusal)];
        return {};
    }
    const std::string folder = folderOf(image);
    PS_TRY(const MediaReport report,
           m_context.media->put(image, joinPath(folder, image.name), *m_context.sink, m_context.stop));
    ++m_counts.images;
    ++m_counts.byClass[std::string(actionName(group.action))];
    m_counts.reencodedImages += report.isReencoded ? 1 : 0;
    countFile(image.name);
    return deliverCompanions(image, folder);
}

Result<void> DeliveryWriter::deliverCompanions(const ReleaseImage& image, std::string_view folder)
{
    PS_TRY_VOID(list(*image.place));
    const std::string_view imageName = fileName(image.place->path);
    const std::string_view stem = fileStem(imageName);
    std::map<std::string, bool> found; // an image counts once for each suffix
    for (const std::string& name : companionsOf(imageName)) {
        if (const std::string_view refusal = m_allowList.refusalOf(name); !refusal.empty()) {
            ++m_counts.details["excluded:" + std::string(refusal)];
            continue;
        }
        found[m_allowList.suffixOf(name)] = true;
        const std::string target = joinPath(folder, std::string(fileStem(image.name)).append(name.substr(stem.size())));
        PS_TRY_VOID(deliverCompanion(name, imageName, target));
    }
    for (const auto& [suffix, isThere] : found)
        m_companionCounts[suffix] += isThere ? 1 : 0;
    return {};
}

Result<void> DeliveryWriter::deliverCompanion(std::string_view name, std::string_view imageName,
                                              std::string_view target)
{
    const bool isOfTwins = m_listed.finder->imagesOf(name).size() > 1;
    if (isOfTwins && !m_twinCompanions.add(target))
        return {}; // it came with the twin
    auto file = openFileBeneath(m_listed.folder.get(), name);
    if (!file)
        return file.error().in(imageName);
    PS_TRY_VOID(m_context.sink->copyFile(target, file->get(), m_context.stop));
    countFile(name);
    return {};
}

Result<void> DeliveryWriter::finish()
{
    m_counts.details["finalImages"] = m_counts.images;
    for (const auto& [suffix, count] : m_companionCounts) {
        if (count < m_counts.images)
            m_counts.details["without:" + suffix] = m_counts.images - count;
    }
    return {};
}

Result<void> DeliveryWriter::list(const Place& place)
{
    const std::string_view parent = parentPath(place.path);
    if (m_listed.finder && m_listed.root == place.root.get() && m_listed.path == parent)
        return {};
    m_listed = {};
    PS_TRY(m_listed.folder, openFolderBeneath(place.rootFd(), parent));
    PS_TRY(m_listed.names, namesIn(m_listed.folder));
    m_listed.finder.emplace(m_listed.names);
    m_listed.root = place.root.get();
    m_listed.path = parent;
    return {};
}

/// Companions by the usual rule, and files with the image's stem and a suffix of several parts that the list names.
std::vector<std::string> DeliveryWriter::companionsOf(std::string_view imageName) const
{
    const std::string_view stem = fileStem(imageName);
    std::vector<std::string> companions = m_listed.finder->companionsOf(imageName);
    // Sidecars of the group have another stem, and are never delivered.
    std::erase_if(companions, [stem](const std::string& name) { return !startsWith(name, stem); });
    const std::string prefix = std::string(stem) + '.';
    for (auto name = std::ranges::lower_bound(m_listed.names, prefix);
         name != m_listed.names.end() && startsWith(*name, prefix); ++name) {
        const std::string suffix = toLowerAscii(std::string_view(*name).substr(prefix.size()));
        if (suffix.find('.') != std::string::npos && m_allowList.suffixOf(*name) == suffix && !isImageFile(*name))
            companions.push_back(*name);
    }
    std::ranges::sort(companions);
    return companions;
}

/// The folder of the original in the release, as it lies beneath the images: what a row says may be a path of somebody's machine.
/// Two that differ in case only become one: names are unique in the whole release.
std::string DeliveryWriter::folderOf(const ReleaseImage& image)
{
    std::string folder;
    for (const std::string& part : split(image.folder, '/')) {
        if (part.empty() || part == "." || part == "..")
            continue;
        const std::string wanted = joinPath(folder, portablePart(part));
        folder = m_folders.try_emplace(foldedName(wanted), wanted).first->second;
    }
    return folder;
}

} // namespace

Result<std::unique_ptr<FormatWriter>> makeDeliveryWriter(FormatContext context)
{
    if (!context.media || !context.sink)
        return Error{ErrorCode::InvalidInput, "a delivery needs its images", {}, 0};
    PS_TRY(AllowList allowList, AllowList::parse(context.request.allowList));
    return std::unique_ptr<FormatWriter>(std::make_unique<DeliveryWriter>(std::move(context), std::move(allowList)));
}

} // namespace ps
