// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/exchange/bounded_device.h"
#include "core/exchange/dataset_readers.h"
#include "core/exchange/foreign_boxes.h"

#include <QXmlStreamReader>

#include <array>
#include <map>
#include <vector>

namespace ps {

namespace {

constexpr std::int64_t kMaxTokenBytes = std::int64_t{4} << 20; ///< of one piece of XML
constexpr int kMaxXmlDepth = 64;
constexpr std::size_t kMaxBoxes = 100'000; ///< of one image
constexpr std::size_t kMaxSetBytes = std::size_t{256} << 20;

std::string textOf(QStringView text)
{
    const QByteArray bytes = text.toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// An XML file token by token. No document type is accepted, so there are no entities of its own.
class XmlFile
{
public:
    XmlFile(DatasetScope& scope, int fd, std::string path)
        : m_scope(scope), m_path(std::move(path)), m_device(fd, kMaxTokenBytes), m_xml(&m_device)
    {
        m_xml.setEntityExpansionLimit(0);
    }

    using Token = QXmlStreamReader::TokenType;

    /// The next token; Invalid when the text is no XML any more, which is then in the quarantine already.
    Result<Token> next()
    {
        PS_TRY_VOID(m_scope.checkStop());
        m_device.mark();
        const Token token = m_xml.readNext();
        m_scope.addProgress(m_device.doneBytes() - std::exchange(m_reported, m_device.doneBytes()));
        if (m_device.hasFailed())
            return errnoError("cannot read the file", m_path, m_device.errorNumber());
        m_depth += token == Token::StartElement ? 1 : token == Token::EndElement ? -1 : 0;
        std::string reason;
        if (m_device.isBeyondLimit())
            reason = "a piece of the XML is longer than " + std::to_string(kMaxTokenBytes) + " bytes";
        else if (token == Token::Invalid)
            reason = "no XML: " + m_xml.errorString().toStdString();
        else if (token == Token::DTD || token == Token::EntityReference)
            reason = "a document type or an entity";
        else if (m_depth > kMaxXmlDepth)
            reason = "nested deeper than " + std::to_string(kMaxXmlDepth);
        if (reason.empty())
            return token;
        PS_TRY_VOID(m_scope.quarantine(m_path, line(), {}, reason));
        return Token::Invalid;
    }

    std::int64_t line() const { return m_xml.lineNumber(); }
    std::string name() const { return textOf(m_xml.name()); }
    std::string text() const { return textOf(m_xml.text()); }
    std::string attribute(QLatin1String key) const { return textOf(m_xml.attributes().value(key)); }
    bool hasAttribute(QLatin1String key) const { return m_xml.attributes().hasAttribute(key); }
    int depth() const { return m_depth; }

private:
    DatasetScope& m_scope;
    std::string m_path;
    BoundedDevice m_device;
    QXmlStreamReader m_xml;
    int m_depth = 0;
    std::int64_t m_reported = 0;
};

using Token = QXmlStreamReader::TokenType;

bool isLast(Token token)
{
    return token == Token::Invalid || token == Token::EndDocument;
}

Error bad(std::string what)
{
    return {ErrorCode::InvalidInput, std::move(what), {}, 0};
}

Result<std::array<double, 4>> edgesOf(const std::array<std::string, 4>& texts)
{
    std::array<double, 4> edges{};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto number = parseDouble(trimmed(texts[i]));
        if (!number)
            return bad("\"" + displayText(texts[i]) + "\" is no number");
        edges[i] = *number;
    }
    return edges;
}

ImageSize sizeOf(std::string_view width, std::string_view height)
{
    const auto size = claimedSize(parseDouble(trimmed(width)).value_or(0), parseDouble(trimmed(height)).value_or(0));
    return size ? *size : ImageSize{};
}

// ---- Pascal VOC ----------------------------------------------------------------------------------------------------

struct VocObject {
    std::int64_t line = 0;
    std::string name;
    std::array<std::string, 4> edges; ///< xmin, ymin, xmax, ymax
};

struct VocFile {
    bool isAnnotation = false;
    std::string filename;
    std::string width;
    std::string height;
    std::vector<VocObject> objects;
};

/// Takes the text of the element with this path, e.g. "annotation/object/bndbox/xmin".
void takeVocText(VocFile& file, const std::string& path, const std::string& text)
{
    constexpr std::array<std::string_view, 4> kEdges{"xmin", "ymin", "xmax", "ymax"};
    if (path == "annotation/filename")
        file.filename += text;
    else if (path == "annotation/size/width")
        file.width += text;
    else if (path == "annotation/size/height")
        file.height += text;
    else if (!file.objects.empty() && path == "annotation/object/name")
        file.objects.back().name += text;
    for (std::size_t i = 0; i < 4 && !file.objects.empty(); ++i) {
        if (path == "annotation/object/bndbox/" + std::string(kEdges[i]))
            file.objects.back().edges[i] += text;
    }
}

/// False when the file broke off, which is in the quarantine.
Result<bool> parseVoc(DatasetScope& scope, XmlFile& xml, const std::string& path, VocFile& file)
{
    std::string place;
    for (;;) {
        PS_TRY(const Token token, xml.next());
        if (isLast(token))
            return token == Token::EndDocument;
        if (token == Token::StartElement) {
            place = joinPath(place, xml.name());
            file.isAnnotation = file.isAnnotation || place == "annotation";
            if (place == "annotation/object") {
                if (file.objects.size() >= kMaxBoxes) {
                    PS_TRY_VOID(
                        scope.quarantine(path, xml.line(), {}, "more than " + std::to_string(kMaxBoxes) + " boxes"));
                    return false;
                }
                file.objects.push_back({xml.line(), {}, {}});
            }
        } else if (token == Token::EndElement) {
            place = std::string(parentPath(place));
        } else if (token == Token::Characters) {
            takeVocText(file, place, xml.text());
        }
    }
}

/// Boxes are counted from 1 with both ends inside, as the challenge defines it; a file with an edge at 0 counts from 0 with
/// half-open boxes.
bool countsFromZero(const VocFile& file)
{
    for (const VocObject& object : file.objects) {
        if (parseDouble(trimmed(object.edges[0])) == 0.0 || parseDouble(trimmed(object.edges[1])) == 0.0)
            return true;
    }
    return false;
}

using RealNames = std::map<std::string, std::string>;

std::string realName(const RealNames& names, const std::string& name)
{
    const auto found = names.find(name);
    return found == names.end() ? name : found->second;
}

Result<ImportedBox> vocBox(const VocObject& object, ImageSize size, bool fromZero, const RealNames& names)
{
    if (object.name.empty())
        return bad("the object has no name");
    PS_TRY(const auto edges, edgesOf(object.edges));
    const double shift = fromZero ? 0 : 1;
    ImportedBox box;
    box.className = realName(names, object.name);
    PS_TRY(box.box, boxFromEdges(edges[0] - shift, edges[1] - shift, edges[2], edges[3], size));
    return box;
}

/// The image of an annotation: by its filename, else by the name of the XML file.
Result<std::string> vocImage(DatasetScope& scope, const std::string& path, const VocFile& file)
{
    const std::string beside(parentPath(path));
    const std::string images = joinPath(parentPath(beside), "JPEGImages");
    const std::string plainImages = joinPath(parentPath(beside), "images");
    const std::string name(trimmed(file.filename));
    if (isContainedPath(name)) {
        for (const std::string& folder : {images, beside, plainImages, std::string(parentPath(beside))}) {
            PS_TRY(const bool isThere, scope.hasFile(joinPath(folder, name)));
            if (isThere)
                return joinPath(folder, name);
        }
    } else if (!name.empty()) {
        return name; // leaves the folder: no file has such a name
    }
    const std::string stem(withoutExtension(fileName(path)));
    for (const std::string& folder : {images, beside, plainImages}) {
        PS_TRY(const auto image, scope.imageWithStem(joinPath(folder, stem)));
        if (image)
            return *image;
    }
    return joinPath(images, name.empty() ? stem : name);
}

Result<void> readVocFile(DatasetScope& scope, const std::string& path, const RealNames& names)
{
    PS_TRY(const UniqueFd fd, scope.openFile(path));
    XmlFile xml(scope, fd.get(), path);
    VocFile file;
    PS_TRY(const bool isWhole, parseVoc(scope, xml, path, file));
    if (!isWhole)
        return {};
    if (!file.isAnnotation)
        return scope.quarantine(path, 1, {}, "no annotation of Pascal VOC");
    ImportedImage image;
    image.origin = scope.origin(path, 1, {});
    PS_TRY(image.path, vocImage(scope, path, file));
    image.size = sizeOf(file.width, file.height);
    image.side = sideOfPath(image.path);
    {
        PS_TRY(auto find, scope.scratch().borrow("SELECT side FROM voc_sides WHERE stem = ?1"));
        find->bind(withoutExtension(fileName(path)));
        PS_TRY(const bool isThere, find->step());
        if (isThere)
            image.side = static_cast<ReleaseSide>(find->integer(0));
    }
    const bool fromZero = scope.release() == nullptr && countsFromZero(file);
    for (const VocObject& object : file.objects) {
        auto box = vocBox(object, image.size, fromZero, names);
        if (box)
            image.boxes.push_back(*std::move(box));
        else
            PS_TRY_VOID(scope.quarantine(path, object.line,
                                         object.name + " " + join({object.edges.begin(), object.edges.end()}, " "),
                                         box.error().message));
    }
    return scope.image(std::move(image));
}

/// ImageSets/Main/train.txt and so on: one stem in each line, perhaps with a flag behind it.
Result<void> readVocSides(DatasetScope& scope)
{
    PS_TRY_VOID(
        scope.scratch().execute("CREATE TABLE voc_sides(stem TEXT PRIMARY KEY, side INTEGER NOT NULL) WITHOUT ROWID"));
    return scope.eachFile([&](const std::string& path) -> Result<void> {
        const auto side = sideOfFolder(withoutExtension(fileName(path)));
        if (!side || !path.ends_with(".txt") || path.find("ImageSets/") == std::string::npos)
            return {};
        PS_TRY(const std::string text, scope.readText(path, kMaxSetBytes));
        std::int64_t number = 0;
        for (const std::string& line : split(text, '\n')) {
            ++number;
            const std::string_view stem = trimmed(line);
            if (stem.empty())
                continue;
            PS_TRY(auto insert, scope.scratch().borrow("INSERT OR IGNORE INTO voc_sides VALUES(?1, ?2)"));
            PS_TRY_VOID(insert->run(stem, static_cast<int>(*side)));
            if (scope.scratch().changeCount() == 0)
                PS_TRY_VOID(scope.quarantine(path, number, line, "the image stands in two sets"));
        }
        return {};
    });
}

// ---- CVAT for images 1.1 -------------------------------------------------------------------------------------------

Result<std::string> cvatImage(DatasetScope& scope, const std::string& path, const std::string& name,
                              const std::string& subset)
{
    if (!isContainedPath(name))
        return name;
    const std::string beside(parentPath(path));
    const std::string images = joinPath(beside, "images");
    for (const std::string& folder : {joinPath(images, subset), images, joinPath(beside, subset), beside}) {
        const std::string candidate = joinPath(folder, name);
        PS_TRY(const bool isThere, scope.hasFile(candidate));
        if (isThere)
            return candidate;
    }
    return name;
}

Result<ImportedBox> cvatBox(const XmlFile& xml, ImageSize size, const RealNames& names)
{
    ImportedBox box;
    box.className = realName(names, xml.attribute(QLatin1String("label")));
    if (box.className.empty())
        return bad("the box has no label");
    PS_TRY(const auto edges, edgesOf({xml.attribute(QLatin1String("xtl")), xml.attribute(QLatin1String("ytl")),
                                      xml.attribute(QLatin1String("xbr")), xml.attribute(QLatin1String("ybr"))}));
    PS_TRY(box.box, boxFromEdges(edges[0], edges[1], edges[2], edges[3], size));
    return box;
}

Result<void> takeCvatElement(DatasetScope& scope, const std::string& path, const XmlFile& xml, ImportedImage& image,
                             const RealNames& names)
{
    const std::string name = xml.name();
    if (name == "tag") {
        image.classes.push_back(realName(names, xml.attribute(QLatin1String("label"))));
        return {};
    }
    if (name != "box") {
        const bool isShape = name == "polygon" || name == "polyline" || name == "points" || name == "ellipse" ||
                             name == "cuboid" || name == "mask" || name == "skeleton";
        return isShape ? scope.quarantine(path, xml.line(), xml.attribute(QLatin1String("label")),
                                          "a " + name + " is no box")
                       : Result<void>();
    }
    auto box = cvatBox(xml, image.size, names);
    if (box && image.boxes.size() >= kMaxBoxes)
        box = bad("more than " + std::to_string(kMaxBoxes) + " boxes");
    if (!box)
        return scope.quarantine(path, xml.line(), xml.attribute(QLatin1String("label")), box.error().message);
    image.boxes.push_back(*std::move(box));
    return {};
}

Result<void> readCvatFile(DatasetScope& scope, const std::string& path, const RealNames& names)
{
    PS_TRY(const UniqueFd fd, scope.openFile(path));
    XmlFile xml(scope, fd.get(), path);
    std::optional<ImportedImage> image;
    for (;;) {
        PS_TRY(const Token token, xml.next());
        if (isLast(token))
            return {}; // an image whose end was not seen is not whole
        if (token == Token::StartElement && xml.depth() == 1 && xml.name() != "annotations") {
            return scope.quarantine(path, xml.line(), {}, "no annotations of CVAT");
        }
        if (token == Token::StartElement && xml.depth() == 2 && xml.name() == "image") {
            const std::string subset = xml.attribute(QLatin1String("subset"));
            image.emplace();
            image->origin = scope.origin(path, xml.line(), xml.attribute(QLatin1String("name")));
            image->size = sizeOf(xml.attribute(QLatin1String("width")), xml.attribute(QLatin1String("height")));
            image->side = sideOfFolder(subset);
            PS_TRY(image->path, cvatImage(scope, path, xml.attribute(QLatin1String("name")), subset));
        } else if (token == Token::StartElement && xml.depth() == 3 && image) {
            PS_TRY_VOID(takeCvatElement(scope, path, xml, *image, names));
        } else if (token == Token::StartElement && xml.depth() == 2 && xml.name() == "track") {
            PS_TRY_VOID(scope.quarantine(path, xml.line(), {}, "tracks of videos are not read"));
        } else if (token == Token::EndElement && xml.depth() == 1 && image) {
            PS_TRY_VOID(scope.image(*std::exchange(image, std::nullopt)));
        }
    }
}

} // namespace

Result<void> readVoc(DatasetScope& scope)
{
    PS_TRY(const RealNames names, scope.realNames());
    PS_TRY_VOID(readVocSides(scope));
    PS_TRY_VOID(scope.eachFile([&](const std::string& path) -> Result<void> {
        return path.ends_with(".xml") ? readVocFile(scope, path, names) : Result<void>();
    }));
    return scope.reportUnnamedImages();
}

Result<void> readCvat(DatasetScope& scope)
{
    PS_TRY(const RealNames names, scope.realNames());
    PS_TRY_VOID(scope.eachFile([&](const std::string& path) -> Result<void> {
        return path.ends_with(".xml") ? readCvatFile(scope, path, names) : Result<void>();
    }));
    return scope.reportUnnamedImages();
}

} // namespace ps
