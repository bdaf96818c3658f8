// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json_stream.h"
#include "core/base/text.h"
#include "core/exchange/dataset_readers.h"
#include "core/exchange/json_items.h"

#include <algorithm>
#include <vector>

namespace ps {

namespace {

constexpr std::size_t kMaxMemberBytes = std::size_t{16} << 20;
constexpr std::size_t kMaxMembers = 1000; ///< of one sample

/// Folder and name up to the first dot: what the members of one sample share.
std::string keyOf(std::string_view path)
{
    const std::string_view name = fileName(path);
    return joinPath(parentPath(path), name.substr(0, std::min(name.find('.'), name.size())));
}

Result<void> takeJson(DatasetScope& scope, const std::string& path, ImportedImage& image)
{
    auto text = scope.readText(path, kMaxMemberBytes);
    if (!text && text.error().code == ErrorCode::TooLarge)
        return scope.quarantine(path, 1, {}, text.error().message);
    if (!text)
        return std::move(text).error();
    auto object = parseForeignJson(*text);
    if (!object || !object->isObject())
        return scope.quarantine(path, 1, *text, object ? "no JSON object" : object.error().message);
    image.origin = scope.origin(path, 1, *text);
    for (const char* key : {"name", "file_name"}) {
        if ((*object)[key].isString() && image.name.empty())
            image.name = std::string(fileName((*object)[key].toString()));
    }
    return takeMetadata(scope, path, {1, *text, *std::move(object)}, image);
}

Result<void> giveSample(DatasetScope& scope, const std::vector<std::string>& members)
{
    ImportedImage sample;
    std::vector<std::string> images;
    for (const std::string& path : members) {
        if (isDatasetImage(path))
            images.push_back(path);
    }
    if (images.empty())
        return scope.quarantine(members.front(), 1, {}, "the sample has no image");
    sample.origin = scope.origin(images.front(), 0, {});
    sample.side = sideOfPath(images.front());
    for (const std::string& path : members) {
        if (path.ends_with(".json"))
            PS_TRY_VOID(takeJson(scope, path, sample));
        if (!path.ends_with(".cls") && !path.ends_with(".txt"))
            continue;
        PS_TRY(const std::string text, scope.readText(path, kMaxMemberBytes));
        if (path.ends_with(".cls"))
            sample.classes.emplace_back(trimmed(text));
        else
            sample.attributes.set("text", text);
    }
    if (images.size() > 1)
        sample.name.clear(); // one name cannot be that of both
    for (const std::string& path : images) {
        ImportedImage image = sample;
        image.path = path;
        PS_TRY_VOID(scope.image(std::move(image)));
    }
    return {};
}

} // namespace

Result<void> readWebDataset(DatasetScope& scope)
{
    std::vector<std::string> members;
    const auto finish = [&]() -> Result<void> {
        const std::vector<std::string> sample = std::exchange(members, {});
        return sample.empty() ? Result<void>() : giveSample(scope, sample);
    };
    const bool isOurs = scope.release() != nullptr;
    PS_TRY_VOID(scope.eachFile([&](const std::string& path) -> Result<void> {
        if (path.ends_with(".tar"))
            return Error{ErrorCode::Unsupported, "the shards have to be unpacked first", path, 0};
        if (isOurs && path.find('/') == std::string::npos)
            return {};
        if (!members.empty() && keyOf(members.front()) != keyOf(path))
            PS_TRY_VOID(finish());
        if (members.size() >= kMaxMembers)
            return scope.quarantine(path, 1, {}, "more than " + std::to_string(kMaxMembers) + " members of one sample");
        members.push_back(path);
        return {};
    }));
    return finish();
}

} // namespace ps
