// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json_stream.h"
#include "core/base/text.h"
#include "core/exchange/dataset_readers.h"
#include "core/exchange/foreign_boxes.h"

#include <array>
#include <vector>

namespace ps {

namespace {

// Images, annotations and categories may stand in any order and in any number, so they are joined on the disk.
constexpr const char* kTables = R"sql(
DROP TABLE IF EXISTS coco_images;
DROP TABLE IF EXISTS coco_boxes;
DROP TABLE IF EXISTS coco_categories;
CREATE TABLE coco_images(place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, line INTEGER NOT NULL, item TEXT NOT NULL);
CREATE TABLE coco_boxes(image TEXT NOT NULL, place INTEGER NOT NULL, line INTEGER NOT NULL, item TEXT NOT NULL,
                        PRIMARY KEY(image, place)) WITHOUT ROWID;
CREATE TABLE coco_categories(id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
)sql";
constexpr std::int64_t kMaxBoxes = 100'000; ///< of one image
constexpr int kImagesAtOnce = 500;

Error bad(std::string what)
{
    return {ErrorCode::InvalidInput, std::move(what), {}, 0};
}

/// An id as a key: 1 and "1" differ; other kinds are no ids.
std::optional<std::string> idOf(const Json& value)
{
    if (value.isInteger() || (value.isString() && !value.toString().empty()))
        return dumpJson(value);
    return std::nullopt;
}

/// One file of annotations.
class CocoFile
{
public:
    CocoFile(DatasetScope& scope, std::string path) : m_scope(scope), m_path(std::move(path)) {}

    Result<void> read()
    {
        PS_TRY_VOID(m_scope.scratch().execute(kTables));
        PS_TRY_VOID(store());
        PS_TRY_VOID(giveImages());
        return reportOrphans();
    }

private:
    Result<void> refuse(const JsonStream::Item& item, std::string reason)
    {
        return m_scope.quarantine(m_path, item.line, item.raw, std::move(reason));
    }

    Result<void> store()
    {
        PS_TRY(const UniqueFd file, m_scope.openFile(m_path));
        JsonStream stream(file.get());
        JsonStream::Item item;
        for (std::int64_t reported = 0;;) {
            PS_TRY_VOID(m_scope.checkStop());
            const auto isMore = stream.next(item);
            m_scope.addProgress(stream.doneBytes() - reported);
            reported = stream.doneBytes();
            if (!isMore && isDiskFailure(isMore.error()))
                return isMore.error();
            if (!isMore) // what stood in front of it counts
                return m_scope.quarantine(m_path, stream.line(), {}, isMore.error().message);
            if (!*isMore)
                return {};
            if (item.isElement)
                PS_TRY_VOID(storeItem(item));
        }
    }

    static bool isDiskFailure(const Error& error)
    {
        return error.code != ErrorCode::InvalidInput && error.code != ErrorCode::TooLarge;
    }

    Result<void> storeItem(const JsonStream::Item& item)
    {
        const bool isImage = item.key == "images";
        const bool isBox = item.key == "annotations";
        if (!isImage && !isBox && item.key != "categories")
            return {};
        if (item.isTooLong)
            return refuse(item, "the item is too long");
        const auto json = parseForeignJson(item.raw);
        if (!json)
            return refuse(item, json.error().message);
        if (!json->isObject())
            return refuse(item, "no object");
        if (isBox)
            return storeBox(item, *json);
        return isImage ? storeImage(item, *json) : storeCategory(item, *json);
    }

    Result<void> storeImage(const JsonStream::Item& item, const Json& json)
    {
        const auto id = idOf(json["id"]);
        if (!id)
            return refuse(item, "the image has no id");
        if (!json["file_name"].isString())
            return refuse(item, "the image has no file_name");
        PS_TRY(auto insert,
               m_scope.scratch().borrow("INSERT OR IGNORE INTO coco_images(id, line, item) VALUES(?1, ?2, ?3)"));
        PS_TRY_VOID(insert->run(*id, item.line, item.raw));
        return m_scope.scratch().changeCount() == 0 ? refuse(item, "the id stands here for the second time")
                                                    : Result<void>();
    }

    Result<void> storeBox(const JsonStream::Item& item, const Json& json)
    {
        const auto image = idOf(json["image_id"]);
        if (!image)
            return refuse(item, "the annotation has no image_id");
        PS_TRY(auto insert, m_scope.scratch().borrow("INSERT INTO coco_boxes VALUES(?1, ?2, ?3, ?4)"));
        return insert->run(*image, m_place++, item.line, item.raw);
    }

    Result<void> storeCategory(const JsonStream::Item& item, const Json& json)
    {
        const auto id = idOf(json["id"]);
        if (!id || !json["name"].isString())
            return refuse(item, "the category has no id or no name");
        PS_TRY(auto insert, m_scope.scratch().borrow("INSERT OR IGNORE INTO coco_categories VALUES(?1, ?2)"));
        PS_TRY_VOID(insert->run(*id, json["name"].toString()));
        return m_scope.scratch().changeCount() == 0 ? refuse(item, "the id stands here for the second time")
                                                    : Result<void>();
    }

    struct StoredImage {
        std::int64_t place = 0;
        std::string id;
        std::int64_t line = 0;
        std::string item;
    };

    Result<void> giveImages()
    {
        for (std::int64_t last = 0;;) {
            std::vector<StoredImage> some;
            {
                PS_TRY(auto find, m_scope.scratch().borrow("SELECT place, id, line, item FROM coco_images"
                                                           " WHERE place > ?1 ORDER BY place LIMIT ?2"));
                find->bind(last, kImagesAtOnce);
                for (;;) {
                    PS_TRY(const bool isThere, find->step());
                    if (!isThere)
                        break;
                    some.push_back(
                        {find->integer(0), std::string(find->text(1)), find->integer(2), std::string(find->text(3))});
                }
            }
            for (const StoredImage& stored : some)
                PS_TRY_VOID(giveImage(stored));
            if (some.empty())
                return {};
            last = some.back().place;
        }
    }

    Result<void> giveImage(const StoredImage& stored)
    {
        PS_TRY(const Json json, parseForeignJson(stored.item));
        ImportedImage image;
        image.origin = m_scope.origin(m_path, stored.line, stored.item);
        if (const auto width = finiteNumber(json["width"]), height = finiteNumber(json["height"]); width && height) {
            if (const auto size = claimedSize(*width, *height))
                image.size = *size;
        }
        PS_TRY(image.path, pathOf(json["file_name"].toString()));
        image.side = sideOfPath(image.path);
        if (!image.side)
            image.side = sideOfFile();
        for (const auto& [key, value] : json.members()) {
            if (key == "classes" && value.isArray())
                takeClasses(value, image);
            else if (key != "id" && key != "file_name" && key != "width" && key != "height")
                image.attributes.set(key, value);
        }
        PS_TRY_VOID(addBoxes(stored.id, image));
        return m_scope.image(std::move(image));
    }

    /// Classes of the whole image, which our own files have beyond what COCO knows.
    static void takeClasses(const Json& names, ImportedImage& image)
    {
        for (const Json& name : names.items()) {
            if (name.isString())
                image.classes.push_back(name.toString());
        }
    }

    Result<void> addBoxes(const std::string& id, ImportedImage& image)
    {
        PS_TRY(auto find,
               m_scope.scratch().borrow("SELECT line, item FROM coco_boxes WHERE image = ?1 ORDER BY place"));
        find->bind(id);
        for (;;) {
            PS_TRY(const bool isThere, find->step());
            if (!isThere)
                return {};
            PS_TRY(const Json json, parseForeignJson(find->text(1)));
            auto box = boxOf(json, image.size);
            if (box && static_cast<std::int64_t>(image.boxes.size()) >= kMaxBoxes)
                box = bad("more than " + std::to_string(kMaxBoxes) + " boxes");
            if (box)
                image.boxes.push_back(*std::move(box));
            else
                PS_TRY_VOID(m_scope.quarantine(m_path, find->integer(0), find->text(1), box.error().message));
        }
    }

    Result<ImportedBox> boxOf(const Json& json, ImageSize size)
    {
        const Json::Array& values = json["bbox"].items();
        if (values.size() != 4)
            return bad("bbox is no list of four numbers");
        std::array<double, 4> edges{};
        for (std::size_t i = 0; i < 4; ++i) {
            const auto number = finiteNumber(values[i]);
            if (!number)
                return bad("bbox is no list of four numbers");
            edges[i] = *number;
        }
        ImportedBox box;
        PS_TRY(box.className, categoryOf(json["category_id"]));
        PS_TRY(box.box, boxFromEdges(edges[0], edges[1], edges[0] + edges[2], edges[1] + edges[3], size));
        box.confidence = finiteNumber(json["score"]);
        return box;
    }

    Result<std::string> categoryOf(const Json& id)
    {
        const auto key = idOf(id);
        if (key) {
            PS_TRY(auto find, m_scope.scratch().borrow("SELECT name FROM coco_categories WHERE id = ?1"));
            find->bind(*key);
            PS_TRY(const bool isThere, find->step());
            if (isThere)
                return std::string(find->text(0));
        }
        return bad("there is no category " + (key ? *key : "of this id"));
    }

    /// "train" of "train.json", "instances_train2017.json" and "_annotations.coco.json" in a folder train/.
    std::optional<ReleaseSide> sideOfFile() const
    {
        const std::vector<std::string> words = split(withoutExtension(fileName(m_path)), '_');
        for (const std::string& word : words) {
            if (const auto side = sideOfFolder(word))
                return side;
        }
        return sideOfPath(m_path);
    }

    /// Where the file is. What is nowhere keeps its name, and is missing.
    Result<std::string> pathOf(const std::string& fileName)
    {
        if (!isContainedPath(fileName))
            return fileName; // no file has such a name
        std::vector<std::string> folders;
        const std::string stem(withoutExtension(ps::fileName(m_path)));
        const std::string lastWord = split(stem, '_').back();
        const std::string beside(parentPath(m_path));
        const std::string top(parentPath(beside));
        folders = {joinPath(joinPath(top, "images"), stem),
                   joinPath(joinPath(top, "images"), lastWord),
                   beside,
                   joinPath(top, lastWord),
                   joinPath(top, "images"),
                   joinPath(beside, "images"),
                   top,
                   ""};
        for (const std::string& folder : folders) {
            const std::string path = joinPath(folder, fileName);
            PS_TRY(const bool isThere, m_scope.hasFile(path));
            if (isThere)
                return path;
        }
        return fileName;
    }

    /// Annotations whose image nobody has named.
    Result<void> reportOrphans()
    {
        PS_TRY(Statement find, m_scope.scratch().prepare("SELECT line, item FROM coco_boxes WHERE image NOT IN"
                                                         " (SELECT id FROM coco_images) ORDER BY line, place"));
        for (;;) {
            PS_TRY(const bool isThere, find.step());
            if (!isThere)
                break;
            PS_TRY_VOID(
                m_scope.quarantine(m_path, find.integer(0), find.text(1), "there is no image of this image_id"));
        }
        return {};
    }

    DatasetScope& m_scope;
    std::string m_path;
    std::int64_t m_place = 0;
};

} // namespace

Result<void> readCoco(DatasetScope& scope)
{
    const bool isOurs = scope.release() != nullptr;
    PS_TRY_VOID(scope.eachFile([&](const std::string& path) -> Result<void> {
        if (!path.ends_with(".json") || (isOurs && path.find('/') == std::string::npos))
            return {};
        return CocoFile(scope, path).read();
    }));
    return scope.reportUnnamedImages();
}

} // namespace ps
