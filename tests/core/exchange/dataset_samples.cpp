// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/exchange/dataset_samples.h"

#include "tests/support/checks.h"

#include <algorithm>
#include <stdexcept>

namespace ps::test {

namespace {

constexpr const char* kPicture = "not looked at";

std::string boxText(const ImportedBox& box, ImageSize size)
{
    const auto pixels = toPixels(box.box, size);
    const std::string edges = pixels ? std::to_string(pixels->x1) + ',' + std::to_string(pixels->y1) + ',' +
                                           std::to_string(pixels->x2) + ',' + std::to_string(pixels->y2)
                                     : cropText(box.box);
    return box.className + '@' + edges;
}

std::string lineOf(const ImportedImage& image)
{
    std::string line = image.path;
    if (image.side)
        line += ' ' + std::string(sideName(*image.side));
    for (const ImportedBox& box : image.boxes)
        line += ' ' + boxText(box, image.size);
    for (const std::string& name : image.classes)
        line += " =" + name;
    return line;
}

using Files = std::map<std::string, std::string>;

Files cocoSample()
{
    return {{"images/train/a.jpg", kPicture},
            {"images/train/b.jpg", kPicture},
            {"images/val/c.jpg", kPicture},
            {"annotations/train.json",
             "{\"info\": {\"description\": \"x\"},\n\"licenses\": [],\n\"images\": [\n"
             "{\"id\": 1, \"file_name\": \"a.jpg\", \"width\": 100, \"height\": 50},\n"
             "{\"id\": 2, \"file_name\": \"b.jpg\", \"width\": 100, \"height\": 50}],\n\"annotations\": [\n"
             "{\"id\": 1, \"image_id\": 1, \"category_id\": 7, \"bbox\": [10, 5, 33, 20], \"area\": 660},\n"
             "{\"id\": 2, \"image_id\": 1, \"category_id\": 8, \"bbox\": [0, 0, 100, 50], \"iscrowd\": 0}],\n"
             "\"categories\": [\n{\"id\": 7, \"name\": \"crop\"},\n{\"id\": 8, \"name\": \"1/2\"}]}\n"},
            {"annotations/val.json", "{\"annotations\": [], \"categories\": [], \"images\": ["
                                     "{\"id\": 1, \"file_name\": \"c.jpg\", \"width\": 9, \"height\": 9}]}"}};
}

Files yoloSample()
{
    return {{"data.yaml", "# comment\ntrain: images/train\nval: images/val\nnc: 3\nnames:\n  0: \"crop\"\n"
                          "  1: 'it''s'\n  2: a:b # third\n"},
            {"images/train/a.jpg", kPicture},
            {"images/train/b.png", kPicture},
            {"images/val/c.jpg", kPicture},
            {"labels/train/a.txt", "0 0.5 0.5 1 0.5\r\n1 0.25 0.250000 0.5 0.5\n\n2 0.75 0.75 0.5 0.5 0.9"},
            {"labels/train/b.txt", ""}};
}

Files vocSample()
{
    const auto annotation = [](const std::string& name, const std::string& objects) {
        return "<?xml version=\"1.0\"?>\n<annotation>\n  <filename>" + name +
               "</filename>\n  <size><width>100</width><height>50</height><depth>3</depth></size>\n" + objects +
               "</annotation>\n";
    };
    return {{"JPEGImages/a.jpg", kPicture},
            {"JPEGImages/b.jpg", kPicture},
            {"Annotations/a.xml",
             annotation("a.jpg", "<object><name>crop</name><bndbox><xmin>11</xmin><ymin>6</ymin><xmax>43</xmax>"
                                 "<ymax>25</ymax></bndbox></object>\n<object><name>a &amp; b</name><bndbox>"
                                 "<xmin>1</xmin><ymin>1</ymin><xmax>100</xmax><ymax>50</ymax></bndbox></object>\n")},
            {"Annotations/b.xml", annotation("b.jpg", "")},
            {"ImageSets/Main/train.txt", "a\n"},
            {"ImageSets/Main/val.txt", "b\n"}};
}

Files cvatSample()
{
    return {
        {"images/train/a.jpg", kPicture},
        {"images/val/b.jpg", kPicture},
        {"annotations.xml",
         "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n  <version>1.1</version>\n  <meta><task>"
         "<labels><label><name>crop</name></label></labels></task></meta>\n"
         "  <image id=\"0\" name=\"a.jpg\" subset=\"train\" width=\"100\" height=\"50\">\n"
         "    <box label=\"crop\" source=\"manual\" occluded=\"0\" xtl=\"10.00\" ytl=\"5.00\" xbr=\"43.00\" "
         "ybr=\"25.00\" z_order=\"0\">\n    </box>\n    <tag label=\"a &lt; b\"></tag>\n  </image>\n"
         "  <image id=\"1\" name=\"b.jpg\" subset=\"val\" width=\"9\" height=\"9\">\n  </image>\n</annotations>\n"}};
}

Files labelMeSample()
{
    return {
        {"a.jpg", kPicture},
        {"a.json", "{\n  \"version\": \"5.0.1\",\n  \"flags\": {\"night\": true, \"rain\": false},\n  \"shapes\": [\n"
                   "    {\"label\": \"crop\", \"points\": [[43, 25], [10, 5]], \"group_id\": null,\n"
                   "     \"shape_type\": \"rectangle\", \"flags\": {}}\n  ],\n  \"imagePath\": \"a.jpg\",\n"
                   "  \"imageData\": \"" +
                       std::string(100'000, 'A') +
                       "\",\n  \"imageHeight\": 50,\n"
                       "  \"imageWidth\": 100\n}"}};
}

Files imageFolderSample()
{
    return {{"README.md", "---\n---\n"},
            {"train/a.jpg", kPicture},
            {"train/b.jpg", kPicture},
            {"train/metadata.jsonl",
             "{\"file_name\": \"a.jpg\", \"width\": 100, \"height\": 50, \"objects\": {\"bbox\": [[10, 5, 33, 20]],"
             " \"categories\": [\"crop\"]}, \"note\": 1}\n"
             "{\"file_name\": \"b.jpg\", \"label\": \"approve\"}"}};
}

Files webDatasetSample()
{
    return {{"train-000000/k1.jpg", kPicture},
            {"train-000000/k1.json", "{\"width\": 100, \"height\": 50, \"name\": \"a.b.jpg\", \"objects\": {\"bbox\":"
                                     " [[10, 5, 33, 20]], \"categories\": [\"crop\"]}}"},
            {"train-000000/k2.png", kPicture},
            {"train-000000/k2.cls", "approve\n"},
            {"train-000000/k2.json", "{}"}};
}

} // namespace

std::vector<std::string> Gathered::problems() const
{
    std::vector<std::string> found;
    for (const QuarantinedItem& item : quarantined)
        found.push_back(item.origin.file + ':' + std::to_string(item.origin.line) + ' ' + item.reason);
    std::ranges::sort(found);
    return found;
}

const ImportedImage& Gathered::image(const std::string& path) const
{
    const auto found = std::ranges::find(images, path, &ImportedImage::path);
    if (found == images.end())
        throw std::runtime_error("there is no image " + path);
    return *found;
}

std::vector<std::string> Gathered::lines() const
{
    std::vector<std::string> all;
    std::ranges::transform(images, std::back_inserter(all), lineOf);
    return all;
}

ImportTaker takerFor(Gathered& gathered)
{
    ImportTaker taker;
    taker.image = [&](ImportedImage image) -> Result<void> {
        gathered.images.push_back(std::move(image));
        return {};
    };
    taker.decision = [&](ImportedDecision decision) -> Result<void> {
        gathered.decisions.push_back(std::move(decision));
        return {};
    };
    taker.quarantined = [&](QuarantinedItem item) -> Result<void> {
        gathered.quarantined.push_back(std::move(item));
        return {};
    };
    return taker;
}

Gathered gather(const TempFolder& folder, ImportFormat format, const Json& columnMap)
{
    Gathered gathered;
    must(readDataset(folder.handle()->get(), format, columnMap, takerFor(gathered), {}));
    return gathered;
}

void fill(const TempFolder& folder, const std::map<std::string, std::string>& files)
{
    for (const auto& [path, content] : files)
        folder.write(path, content);
}

std::map<std::string, std::string> sampleDataset(ImportFormat format)
{
    switch (format) {
    case ImportFormat::Coco: return cocoSample();
    case ImportFormat::Yolo: return yoloSample();
    case ImportFormat::Voc: return vocSample();
    case ImportFormat::Cvat: return cvatSample();
    case ImportFormat::LabelMe: return labelMeSample();
    case ImportFormat::ImageFolder: return imageFolderSample();
    case ImportFormat::WebDataset: return webDatasetSample();
    case ImportFormat::YoloClassification:
        return {{"train/crop/a.jpg", kPicture},
                {"train/1%2F2/b.jpg", kPicture},
                {"val/crop/c.jpg", kPicture},
                {"classes.json", "{\"1%2F2\": \"1/2\", \"crop\": \"crop\"}\n"}};
    case ImportFormat::ClassFolders: return {{"BMW/a.jpg", kPicture}, {"bmw/b.jpg", kPicture}, {"x.txt", "y"}};
    case ImportFormat::Jsonl:
        return {{"batch_0001.jsonl", "{\"group_id\": \"g1\", \"project_id\": \"p\", \"images\": [\"a.png\", \"b.png\"],"
                                     " \"user_action\": \"crop\", \"user_selected_index\": 1,"
                                     " \"final_crop_coords\": [0.1, 0.2, 0.3, 0.4], \"image_width\": 100,"
                                     " \"image_height\": 50, \"timestamp\": \"2025-10-21T17:04:44Z\"}\n"}};
    default: return {};
    }
}

const std::vector<ImportFormat>& sampledFormats()
{
    static const std::vector<ImportFormat> formats{
        ImportFormat::Coco,    ImportFormat::Yolo,        ImportFormat::Voc,        ImportFormat::Cvat,
        ImportFormat::LabelMe, ImportFormat::ImageFolder, ImportFormat::WebDataset, ImportFormat::YoloClassification,
        ImportFormat::Jsonl,   ImportFormat::ClassFolders};
    return formats;
}

} // namespace ps::test
