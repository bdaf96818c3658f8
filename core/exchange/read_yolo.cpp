// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/exchange/data_yaml.h"
#include "core/exchange/dataset_readers.h"
#include "core/exchange/foreign_boxes.h"
#include "core/exchange/text_lines.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace ps {

namespace {

constexpr std::size_t kMaxYamlBytes = std::size_t{16} << 20;
constexpr std::int64_t kMaxBoxes = 100'000; ///< of one image

using ClassNames = std::map<std::int64_t, std::string>;

/// The path of the labels of an image: the last folder "images" becomes "labels", as the trainers do it. Where there is none
/// the labels lie beside the images.
std::string labelPath(std::string_view imagePath)
{
    const std::string stem(withoutExtension(imagePath));
    const std::string withRoot = '/' + stem;
    const std::size_t at = withRoot.rfind("/images/");
    if (at == std::string::npos)
        return stem + ".txt";
    return (withRoot.substr(0, at) + "/labels/" + withRoot.substr(at + 8)).substr(1) + ".txt";
}

/// The stem of the image of a label file, the other way round.
std::string imageStem(std::string_view path)
{
    const std::string withRoot = '/' + std::string(withoutExtension(path));
    const std::size_t at = withRoot.rfind("/labels/");
    if (at == std::string::npos)
        return withRoot.substr(1);
    return (withRoot.substr(0, at) + "/images/" + withRoot.substr(at + 8)).substr(1);
}

Result<void> readNamesFile(DatasetScope& scope, const std::string& path, ClassNames& names)
{
    PS_TRY(const std::string text, scope.readText(path, kMaxYamlBytes));
    if (path.ends_with(".txt")) { // one name in each line
        std::int64_t number = 0;
        for (const std::string& line : split(text, '\n')) {
            if (const std::string_view name = trimmed(line); !name.empty())
                names.emplace(number, name);
            ++number;
        }
        return {};
    }
    auto found = classNamesOfYaml(text);
    if (!found)
        return scope.quarantine(path, 1, text, found.error().message);
    names = *std::move(found);
    return {};
}

Result<ClassNames> readNames(DatasetScope& scope)
{
    ClassNames names;
    for (const char* path :
         {"data.yaml", "data.yml", "dataset.yaml", "classes.txt", "labels/classes.txt", "obj.names"}) {
        PS_TRY(const bool isThere, scope.hasFile(path));
        if (!isThere)
            continue;
        PS_TRY_VOID(readNamesFile(scope, path, names));
        return names;
    }
    std::string other; // a dataset may call its file as it likes
    PS_TRY_VOID(scope.eachFile([&](const std::string& path) -> Result<void> {
        if (other.empty() && path.find('/') == std::string::npos && (path.ends_with(".yaml") || path.ends_with(".yml")))
            other = path;
        return {};
    }));
    if (!other.empty())
        PS_TRY_VOID(readNamesFile(scope, other, names));
    return names;
}

Result<ImportedBox> boxOfLine(std::string_view line, const ClassNames& names)
{
    std::vector<std::string> fields;
    for (const std::string& field : split(line, ' ')) {
        if (const std::string_view value = trimmed(field); !value.empty())
            fields.emplace_back(value);
    }
    const auto bad = [](std::string what) { return Error{ErrorCode::InvalidInput, std::move(what), {}, 0}; };
    if (fields.size() > 6)
        return bad("an outline of " + std::to_string((fields.size() - 1) / 2) + " points is no box");
    if (fields.size() < 5)
        return bad(std::to_string(fields.size()) + " fields, expected 5");
    std::array<double, 5> numbers{};
    for (std::size_t i = 0; i + 1 < fields.size(); ++i) {
        const auto number = parseDouble(fields[i + 1]);
        if (!number)
            return bad("\"" + displayText(fields[i + 1]) + "\" is no number");
        numbers[i] = *number;
    }
    const auto classNumber = parseInteger(fields[0]);
    const auto name = classNumber ? names.find(*classNumber) : names.end();
    if (name == names.end() && (!classNumber || !names.empty() || *classNumber < 0))
        return bad("there is no class " + displayText(fields[0]));
    ImportedBox box;
    box.className = name == names.end() ? fields[0] : name->second;
    PS_TRY(box.box, boxFromCentre(numbers[0], numbers[1], numbers[2], numbers[3]));
    if (fields.size() == 6) {
        if (!(numbers[4] >= 0 && numbers[4] <= 1))
            return bad("the confidence is not between 0 and 1");
        box.confidence = numbers[4];
    }
    return box;
}

Result<void> readBoxes(DatasetScope& scope, const std::string& path, const ClassNames& names, ImportedImage& image)
{
    PS_TRY(const UniqueFd file, scope.openFile(path));
    TextLines lines(file.get());
    for (;;) {
        PS_TRY(const bool isMore, lines.next());
        if (!isMore)
            break;
        std::string text(lines.text());
        std::ranges::replace(text, '\t', ' ');
        if (trimmed(text).empty())
            continue;
        auto box = lines.isTooLong() ? Error{ErrorCode::TooLarge, "the line is too long", {}, 0}
                                     : boxOfLine(text, names);
        if (box && static_cast<std::int64_t>(image.boxes.size()) >= kMaxBoxes)
            box = Error{ErrorCode::TooLarge, "more than " + std::to_string(kMaxBoxes) + " boxes", {}, 0};
        if (box)
            image.boxes.push_back(*std::move(box));
        else
            PS_TRY_VOID(scope.quarantine(path, lines.number(), lines.text(), box.error().message));
    }
    scope.addProgress(lines.doneBytes());
    return {};
}

Result<void> readImage(DatasetScope& scope, const std::string& path, const ClassNames& names)
{
    ImportedImage image;
    image.path = path;
    image.side = sideOfPath(path);
    const std::string labels = labelPath(path);
    PS_TRY(const bool hasLabels, scope.hasFile(labels));
    image.origin = scope.origin(hasLabels ? labels : path, hasLabels ? 1 : 0, {});
    if (hasLabels)
        PS_TRY_VOID(readBoxes(scope, labels, names, image));
    return scope.image(std::move(image));
}

/// Labels without an image are no item, but somebody made them.
Result<void> checkOrphan(DatasetScope& scope, const std::string& path)
{
    if (path.find("labels/") == std::string::npos || fileName(path) == "classes.txt")
        return {};
    PS_TRY(const auto image, scope.imageWithStem(imageStem(path)));
    return image ? Result<void>() : scope.quarantine(path, 1, {}, "there is no image for these labels");
}

} // namespace

Result<void> readYolo(DatasetScope& scope)
{
    PS_TRY(const ClassNames names, readNames(scope));
    return scope.eachFile([&](const std::string& path) -> Result<void> {
        if (isDatasetImage(path))
            return readImage(scope, path, names);
        return path.ends_with(".txt") ? checkOrphan(scope, path) : Result<void>();
    });
}

} // namespace ps
