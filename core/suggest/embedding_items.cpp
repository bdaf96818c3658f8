// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/embedding_items.h"

#include "core/base/text.h"
#include "core/library/scan.h"
#include "core/library/workspace.h"

#include <algorithm>
#include <filesystem>

namespace ps {

namespace {

constexpr std::int64_t kPage = 512;

Error cancelled()
{
    return {ErrorCode::Cancelled, "the work was cancelled", {}, 0};
}

} // namespace

Result<std::vector<EmbeddingItem>> embeddingItemsOf(const std::string& folder, const std::string& prefix,
                                                    std::stop_token stop)
{
    PS_TRY(UniqueFd opened, openFolder(folder));
    const auto handle = std::make_shared<const UniqueFd>(std::move(opened));
    PS_TRY(ScanResult scanned, scanImages(handle->get(), {}, stop));
    std::ranges::sort(scanned.images, {}, &ScannedImage::path);
    std::vector<EmbeddingItem> items;
    for (const ScannedImage& image : scanned.images)
        items.push_back({joinPath(prefix, image.path), ImageSource(handle, image.path), image.identity});
    return items;
}

Result<std::vector<EmbeddingItem>> embeddingItemsOf(const ProjectSession& session, std::stop_token stop)
{
    std::vector<EmbeddingItem> items;
    PS_TRY(const GroupCounts counts, session.counts());
    for (std::int64_t first = 0; first < counts.total(); first += kPage) {
        if (stop.stop_requested())
            return cancelled();
        PS_TRY(const std::vector<GroupEntry> entries, session.page(first, kPage));
        PS_TRY(const std::vector<std::vector<GroupImage>> groups, session.imagesOf(entries));
        for (const std::vector<GroupImage>& images : groups) {
            for (const GroupImage& image : images) {
                if (image.isMissing)
                    continue;
                PS_TRY(const Place place, session.folders().locate(image.currentPath));
                items.push_back({image.path, ImageSource(place.root, place.path), image.identity});
            }
        }
    }
    return items;
}

std::string workspacePathOf(const std::string& folder)
{
    std::error_code problem;
    const std::string absolute = std::filesystem::canonical(folder, problem).string();
    const auto root = problem ? std::nullopt : Workspace::findAbove(absolute);
    if (!root)
        return folder;
    const std::string canonicalRoot = std::filesystem::canonical(*root, problem).string();
    if (problem || !startsWith(absolute + '/', canonicalRoot + '/'))
        return folder;
    return absolute.substr(std::min(absolute.size(), canonicalRoot.size() + 1));
}

} // namespace ps
