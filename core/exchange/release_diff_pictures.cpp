// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_diff_pictures.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/exchange/manifest_reader.h"
#include "core/exchange/release_tree.h"
#include "core/exchange/sink_parts.h"
#include "core/exchange/spool.h"
#include "core/imaging/image_service.h"
#include "core/library/filename.h"

#include <QByteArray>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <map>
#include <unistd.h>

namespace ps {

namespace {

constexpr int kPictureSide = 160;
constexpr int kPictureQuality = 80;
constexpr std::size_t kMostPictures = 1000;
constexpr std::size_t kMaxPictureBytes = 1 << 20;

/// The size of a picture that lies within the box of a page's pictures.
ImageSize fitted(ImageSize size)
{
    const int longer = std::max(size.width, size.height);
    if (longer <= kPictureSide)
        return size;
    const auto scaled = [longer](int side) {
        return std::max(1, static_cast<int>((std::int64_t{side} * kPictureSide + longer / 2) / longer));
    };
    return {scaled(size.width), scaled(size.height)};
}

class PictureMaker
{
public:
    PictureMaker(const ReleaseDiff& diff, ImageService& images, UniqueFd folder, std::stop_token stop)
        : m_diff(diff), m_images(images), m_folder(std::move(folder)), m_stop(std::move(stop)),
          m_pictures(diff.changes.size())
    {
        std::size_t count = 0;
        for (std::size_t i = 0; i < diff.changes.size(); ++i) {
            if (!diff.changes[i].image)
                continue;
            m_pictures[i].size = fitted(diff.changes[i].image->size);
            m_pictures[i].why = count < kMostPictures ? "neither release holds the whole picture"
                                                      : "only the first 1000 have pictures";
            if (count++ < kMostPictures)
                m_open.push_back(i);
        }
    }

    /// Takes what a release has. `nameOf` says what the image of a change is called in it.
    Result<void> takeFrom(const std::string& release, std::string ReleaseDiff::CroppedImage::* name)
    {
        PS_TRY(const auto wanted, pathsIn(release, name));
        if (wanted.empty())
            return {};
        const auto folder = openFolder(release);
        if (!folder)
            return takeFromZip(release, wanted);
        for (const auto& [path, place] : wanted) {
            PS_TRY_VOID(checkStop());
            auto file = openFileBeneath(folder->get(), path);
            if (file)
                take(place, ImageSource(*std::move(file)));
            else
                m_pictures[place].why = "its file in the release cannot be opened";
        }
        return forgetDone();
    }

    Result<void> takeOriginals(const OriginalFinder& find)
    {
        for (const std::size_t place : m_open) {
            PS_TRY_VOID(checkStop());
            if (auto original = find(m_diff.changes[place]))
                take(place, *std::move(original));
        }
        return forgetDone();
    }

    std::vector<DiffPicture> pictures() { return std::move(m_pictures); }

private:
    Result<void> checkStop() const
    {
        if (m_stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the comparison was stopped", m_diff.second, 0};
        return {};
    }

    Result<void> forgetDone()
    {
        std::erase_if(m_open, [this](std::size_t place) { return !m_pictures[place].dataUri.empty(); });
        return {};
    }

    /// Where the image files of open changes lie in a release; none when it holds no whole pictures.
    Result<std::map<std::string, std::size_t>> pathsIn(const std::string& release,
                                                       std::string ReleaseDiff::CroppedImage::* name)
    {
        std::map<std::string, std::size_t> paths;
        std::map<std::string, std::size_t, std::less<>> names;
        for (const std::size_t place : m_open) {
            const std::string& own = (*m_diff.changes[place].image).*name;
            if (isImageFile(own))
                names.emplace(own, place);
        }
        ManifestReader manifest(exchangeScratchFolder());
        PS_TRY_VOID(readReleaseFile(
            release, kManifestName, [&](std::string_view bytes) { return manifest.feed(bytes); }, m_stop));
        PS_TRY_VOID(manifest.finish());
        if (names.empty() || manifest.head()["request"]["crops"].toString() != "boxes")
            return paths;
        PS_TRY(ExternalSorter::Cursor files, manifest.files().sorted());
        for (;;) {
            PS_TRY(const bool hasFile, files.next());
            if (!hasFile)
                return paths;
            const auto found = names.find(fileName(files.key()));
            if (found != names.end())
                paths.emplace(files.key(), found->second);
        }
    }

    Result<void> takeFromZip(const std::string& release, const std::map<std::string, std::size_t>& wanted)
    {
        std::optional<std::size_t> place;
        UniqueFd file;
        const TreeTaker taker{
            [&](const std::string& path) -> Result<void> {
                const auto found = wanted.find(path);
                place = found == wanted.end() ? std::nullopt : std::optional(found->second);
                if (place) {
                    PS_TRY(file, namelessFile(m_folder.get()));
                }
                return checkStop();
            },
            [&](std::string_view bytes) { return place ? writeAll(file.get(), bytes) : Result<void>(); },
            [&](const std::string& problem) -> Result<void> {
                if (place && problem.empty())
                    take(*place, ImageSource(std::move(file)));
                else if (place)
                    m_pictures[*place].why = "its file in the release is damaged";
                return {};
            }};
        PS_TRY_VOID(walkRelease(release, taker, m_stop));
        return forgetDone();
    }

    void take(std::size_t place, const ImageSource& source)
    {
        DiffPicture& picture = m_pictures[place];
        auto made = pictureOf(source, m_diff.changes[place].image->size);
        if (made)
            picture = *std::move(made);
        else
            picture.why = made.error().message;
    }

    Result<DiffPicture> pictureOf(const ImageSource& source, ImageSize expected)
    {
        PS_TRY(const ImageInfo info, m_images.probe(source));
        if (!expected.isEmpty() && info.size != expected)
            return Error{ErrorCode::Conflict, "the picture has another size now", {}, 0};
        Recipe recipe;
        recipe.steps.emplace_back(ResizeStep{fitted(info.size), ResizeFilter::Area});
        recipe.encoding.format = ImageFormat::Jpeg;
        recipe.encoding.quality = kPictureQuality;
        PS_TRY(UniqueFd output, namelessFile(m_folder.get()));
        UniqueFd own(::fcntl(output.get(), F_DUPFD_CLOEXEC, 3));
        if (!own.isOpen())
            return errnoError("cannot use the file twice", {}, errno);
        PS_TRY(const RenderReport report, m_images.render(source, recipe, std::move(own)));
        if (::lseek(output.get(), 0, SEEK_SET) != 0)
            return errnoError("cannot read the picture", {}, errno);
        PS_TRY(const std::string bytes, readAll(output.get(), kMaxPictureBytes));
        DiffPicture picture;
        picture.size = report.size;
        picture.dataUri =
            "data:image/jpeg;base64," +
            QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64().toStdString();
        return picture;
    }

    const ReleaseDiff& m_diff;
    ImageService& m_images;
    UniqueFd m_folder; ///< for temporary files
    std::stop_token m_stop;
    std::vector<DiffPicture> m_pictures;
    std::vector<std::size_t> m_open; ///< changes that have no picture yet
};

} // namespace

OriginalFinder originalsOf(const ProjectSession& session)
{
    return [&session](const ReleaseDiff::Change& change) -> std::optional<ImageSource> {
        const auto group = session.findGroup(change.image->groupKey.empty() ? change.groupId : change.image->groupKey);
        if (!group)
            return std::nullopt;
        const auto names = group->row ? group->row->imageNames() : Result<std::vector<std::string>>(Error{});
        const auto slot = static_cast<std::size_t>(change.image->slot.value_or(-1));
        if (!names || slot >= names->size())
            return std::nullopt;
        const auto image = std::ranges::find_if(group->images, [&](const GroupImage& known) {
            return fileName(known.path) == (*names)[slot] && !known.isMissing;
        });
        if (image == group->images.end())
            return std::nullopt;
        auto place = session.folders().locate(image->currentPath);
        return place ? std::optional<ImageSource>(std::in_place, place->root, place->path) : std::nullopt;
    };
}

Result<std::vector<DiffPicture>> diffPictures(const ReleaseDiff& diff, const std::string& firstPath,
                                              const std::string& secondPath, ImageService& images,
                                              const OriginalFinder& findOriginal, std::stop_token stop)
{
    PS_TRY(UniqueFd folder, openFolder(exchangeScratchFolder()));
    PictureMaker maker(diff, images, std::move(folder), std::move(stop));
    PS_TRY_VOID(maker.takeFrom(secondPath, &ReleaseDiff::CroppedImage::nameAfter));
    PS_TRY_VOID(maker.takeFrom(firstPath, &ReleaseDiff::CroppedImage::nameBefore));
    if (findOriginal)
        PS_TRY_VOID(maker.takeOriginals(findOriginal));
    return maker.pictures();
}

} // namespace ps
