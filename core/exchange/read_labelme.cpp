// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json_stream.h"
#include "core/base/text.h"
#include "core/exchange/dataset_readers.h"
#include "core/exchange/foreign_boxes.h"

#include <algorithm>
#include <array>
#include <vector>

namespace ps {

namespace {

constexpr std::size_t kMaxShapes = 100'000;

Error bad(std::string what)
{
    return {ErrorCode::InvalidInput, std::move(what), {}, 0};
}

struct Shape {
    std::int64_t line = 0;
    std::string raw;
};

/// What a file of labelme says. The picture itself, which may stand in it too, is not looked at.
struct LabelMeFile {
    std::string imagePath;
    double width = 0;
    double height = 0;
    Json flags;
    std::vector<Shape> shapes;
};

/// False when the text broke off, which is in the quarantine.
Result<bool> parse(DatasetScope& scope, const std::string& path, LabelMeFile& file)
{
    PS_TRY(const UniqueFd fd, scope.openFile(path));
    JsonStream stream(fd.get());
    JsonStream::Item item;
    for (std::int64_t reported = 0;;) {
        PS_TRY_VOID(scope.checkStop());
        const auto isMore = stream.next(item);
        scope.addProgress(stream.doneBytes() - std::exchange(reported, stream.doneBytes()));
        if (!isMore && isMore.error().code != ErrorCode::InvalidInput && isMore.error().code != ErrorCode::TooLarge)
            return isMore.error();
        if (!isMore) {
            PS_TRY_VOID(scope.quarantine(path, stream.line(), {}, isMore.error().message));
            return false;
        }
        if (!*isMore)
            return true;
        if (item.key == "imageData" || item.key == "version")
            continue;
        if (item.isElement && item.key == "shapes") {
            if (item.isTooLong || file.shapes.size() >= kMaxShapes)
                PS_TRY_VOID(scope.quarantine(path, item.line, {}, "too many or too long shapes"));
            else
                file.shapes.push_back({item.line, item.raw});
            continue;
        }
        const auto json = parseForeignJson(item.raw);
        if (!json)
            PS_TRY_VOID(scope.quarantine(path, item.line, item.raw, json.error().message));
        else if (item.key == "imagePath")
            file.imagePath = json->toString();
        else if (item.key == "imageWidth")
            file.width = finiteNumber(*json).value_or(0);
        else if (item.key == "imageHeight")
            file.height = finiteNumber(*json).value_or(0);
        else if (item.key == "flags")
            file.flags = *json;
    }
}

Result<ImportedBox> boxOf(const std::string& raw, ImageSize size)
{
    PS_TRY(const Json json, parseForeignJson(raw));
    const std::string type = json["shape_type"].isString() ? json["shape_type"].toString() : "polygon";
    if (type != "rectangle")
        return bad("a " + displayText(type) + " is no box");
    if (!json["label"].isString() || json["label"].toString().empty())
        return bad("the shape has no label");
    std::vector<double> numbers;
    for (const Json& point : json["points"].items()) {
        for (const Json& value : point.items()) {
            const auto number = finiteNumber(value);
            if (!number)
                return bad("a point is no pair of numbers");
            numbers.push_back(*number);
        }
    }
    if (numbers.size() != 4 || json["points"].items().size() != 2)
        return bad("a rectangle has two points");
    const auto [left, right] = std::minmax({numbers[0], numbers[2]});
    const auto [top, bottom] = std::minmax({numbers[1], numbers[3]});
    ImportedBox box;
    box.className = json["label"].toString();
    PS_TRY(box.box, boxFromEdges(left, top, right, bottom, size));
    return box;
}

/// The path in the file, in which labelme on Windows writes backslashes; else the image beside the file.
Result<std::string> imageOf(DatasetScope& scope, const std::string& path, std::string named)
{
    const std::string beside(parentPath(path));
    std::ranges::replace(named, '\\', '/');
    std::string folder = beside;
    while (named.starts_with("../") && !folder.empty()) { // labels in a folder beside that of the images
        named.erase(0, 3);
        folder = std::string(parentPath(folder));
    }
    if (isContainedPath(named))
        return joinPath(folder, named);
    if (!named.empty())
        return named; // leaves the folder: no file has such a name
    PS_TRY(const auto image, scope.imageWithStem(withoutExtension(path)));
    return image.value_or(std::string(withoutExtension(path)));
}

Result<void> readFile(DatasetScope& scope, const std::string& path)
{
    LabelMeFile file;
    PS_TRY(const bool isWhole, parse(scope, path, file));
    if (!isWhole)
        return {};
    ImportedImage image;
    image.origin = scope.origin(path, 1, {});
    PS_TRY(image.path, imageOf(scope, path, file.imagePath));
    image.side = sideOfPath(image.path);
    if (const auto size = claimedSize(file.width, file.height))
        image.size = *size;
    for (const auto& [flag, isSet] : file.flags.members()) {
        if (isSet.isBool() && isSet.toBool())
            image.classes.push_back(flag);
    }
    for (const Shape& shape : file.shapes) {
        auto box = boxOf(shape.raw, image.size);
        if (box)
            image.boxes.push_back(*std::move(box));
        else
            PS_TRY_VOID(scope.quarantine(path, shape.line, shape.raw, box.error().message));
    }
    return scope.image(std::move(image));
}

} // namespace

bool looksLikeLabelMe(std::string_view head)
{
    const auto has = [&](std::string_view word) { return head.find(word) != std::string_view::npos; };
    return has("\"shapes\"") && (has("\"imagePath\"") || has("\"version\"") || has("\"flags\""));
}

Result<void> readLabelMe(DatasetScope& scope)
{
    PS_TRY_VOID(scope.eachFile([&](const std::string& path) -> Result<void> {
        return path.ends_with(".json") ? readFile(scope, path) : Result<void>();
    }));
    return scope.reportUnnamedImages();
}

} // namespace ps
