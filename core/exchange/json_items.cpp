// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/json_items.h"

#include "core/base/json_stream.h"
#include "core/exchange/foreign_boxes.h"
#include "core/exchange/text_lines.h"

#include <array>

namespace ps {

namespace {

constexpr std::size_t kMaxBoxes = 100'000; ///< of one image

Error bad(std::string what)
{
    return {ErrorCode::InvalidInput, std::move(what), {}, 0};
}

/// A class by its name, or the number of one whose name nobody tells.
std::string className(const Json& value)
{
    return value.isString() ? value.toString() : value.isInteger() ? std::to_string(value.toInteger()) : std::string();
}

Result<ImportedBox> boxOf(const Json& edges, const Json& category, ImageSize size)
{
    std::array<double, 4> numbers{};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto number = edges.items().size() == 4 ? finiteNumber(edges.items()[i]) : std::nullopt;
        if (!number)
            return bad("bbox is no list of four numbers");
        numbers[i] = *number;
    }
    ImportedBox box;
    box.className = className(category);
    if (box.className.empty())
        return bad("the box has no category");
    PS_TRY(box.box, boxFromEdges(numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3], size));
    return box;
}

/// The first list that is there.
const Json& categoriesOf(const Json& objects)
{
    for (const char* key : {"categories", "category", "labels", "label"}) {
        if (objects[key].isArray())
            return objects[key];
    }
    return objects["categories"];
}

/// As our own samples have it: a list of objects with `class` and `bbox`.
Result<void> takeBoxObjects(DatasetScope& scope, const std::string& path, const JsonLine& line, ImportedImage& image)
{
    const Json::Array& objects = line.object["objects"].items();
    if (objects.size() > kMaxBoxes)
        return scope.quarantine(path, line.line, line.raw, "more than " + std::to_string(kMaxBoxes) + " boxes");
    for (const Json& object : objects) {
        auto box = boxOf(object["bbox"], object["class"].isNull() ? object["category"] : object["class"], image.size);
        if (box)
            image.boxes.push_back(*std::move(box));
        else
            PS_TRY_VOID(scope.quarantine(path, line.line, dumpJson(object), box.error().message));
    }
    return {};
}

Result<void> takeBoxes(DatasetScope& scope, const std::string& path, const JsonLine& line, ImportedImage& image)
{
    const Json& objects = line.object["objects"];
    const Json::Array& boxes = objects["bbox"].items();
    const Json::Array& categories = categoriesOf(objects).items();
    if (boxes.size() != categories.size() || boxes.size() > kMaxBoxes)
        return scope.quarantine(path, line.line, dumpJson(objects), "as many boxes as categories are needed");
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        auto box = boxOf(boxes[i], categories[i], image.size);
        if (box)
            image.boxes.push_back(*std::move(box));
        else
            PS_TRY_VOID(scope.quarantine(path, line.line, dumpJson(boxes[i]), box.error().message));
    }
    return {};
}

void takeClasses(const Json& value, ImportedImage& image)
{
    if (const std::string name = className(value); !name.empty())
        image.classes.push_back(name);
    for (const Json& item : value.items()) {
        if (const std::string name = className(item); !name.empty())
            image.classes.push_back(name);
    }
}

} // namespace

Result<void> eachJsonLine(DatasetScope& scope, const std::string& path,
                          const std::function<Result<void>(const JsonLine&)>& take)
{
    PS_TRY(const UniqueFd file, scope.openFile(path));
    TextLines lines(file.get());
    std::int64_t reported = 0;
    for (;;) {
        PS_TRY_VOID(scope.checkStop());
        PS_TRY(const bool isMore, lines.next());
        if (lines.doneBytes() != reported)
            scope.addProgress(lines.doneBytes() - std::exchange(reported, lines.doneBytes()));
        if (!isMore)
            return {};
        if (lines.isTooLong()) {
            PS_TRY_VOID(scope.quarantine(path, lines.number(), lines.text(), "the line is too long"));
            continue;
        }
        if (lines.text().find_first_not_of(" \t") == std::string_view::npos)
            continue;
        for (const std::string_view piece : splitJsonValues(lines.text())) {
            auto object = parseForeignJson(piece);
            if (object && object->isObject())
                PS_TRY_VOID(take({lines.number(), piece, *std::move(object)}));
            else
                PS_TRY_VOID(
                    scope.quarantine(path, lines.number(), piece, object ? "no JSON object" : object.error().message));
        }
    }
}

Result<void> takeMetadata(DatasetScope& scope, const std::string& path, const JsonLine& line, ImportedImage& image)
{
    const Json& json = line.object;
    if (const auto width = finiteNumber(json["width"]), height = finiteNumber(json["height"]); width && height) {
        if (const auto size = claimedSize(*width, *height))
            image.size = *size;
    }
    for (const auto& [key, value] : json.members()) {
        if (key == "file_name" || key == "width" || key == "height")
            continue;
        if (key == "label" || key == "labels" || key == "class" || key == "classes")
            takeClasses(value, image);
        else if (key != "objects")
            image.attributes.set(key, value);
    }
    if (json["objects"].isArray())
        return takeBoxObjects(scope, path, line, image);
    return json["objects"].isObject() ? takeBoxes(scope, path, line, image) : Result<void>();
}

} // namespace ps
