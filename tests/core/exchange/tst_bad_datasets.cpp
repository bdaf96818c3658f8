// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/exchange/dataset_samples.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"

#include <QObject>

#include <algorithm>

using namespace ps;
using namespace ps::test;
using Lines = std::vector<std::string>;

namespace {

/// Reads a sample after some of its files were changed.
Gathered readChanged(ImportFormat format, const std::map<std::string, std::string>& changed)
{
    auto files = sampleDataset(format);
    for (const auto& [path, content] : changed)
        files[path] = content;
    const TempFolder folder;
    fill(folder, files);
    return gather(folder, format);
}

Lines sorted(Lines lines)
{
    std::ranges::sort(lines);
    return lines;
}

std::string repeated(std::string_view text, std::size_t count)
{
    std::string all;
    for (std::size_t i = 0; i < count; ++i)
        all += text;
    return all;
}

} // namespace

class TestBadDatasets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void yoloLines()
    {
        const Gathered gathered = readChanged(ImportFormat::Yolo, {{"labels/train/a.txt", "0 0.5 0.5 1.0 1.0\n"
                                                                                          "0 1.05 0.5 0.1 0.1\n"
                                                                                          "0 0.5 0.5 0 0.1\n"
                                                                                          "9 0.5 0.5 0.1 0.1\n"
                                                                                          "x 0.5 0.5 0.1 0.1\n"
                                                                                          "0 0.5 0.5\n"
                                                                                          "0 nan 0.5 0.1 0.1\n"
                                                                                          "0 1e400 0.5 0.1 0.1\n"
                                                                                          "0 0.5 0.5 -0.1 0.1\n"
                                                                                          "0 .1 .1 .2 .2 .3 .3\n"
                                                                                          "0 0.5 0.5 0.1 0.1 7\n"
                                                                                          "-1 0.5 0.5 0.1 0.1\n"
                                                                                          "1 0.5 0.5 1.00009 1\n"},
                                                                   {"labels/val/orphan.txt", "0 0.5 0.5 0.1 0.1"}});
        QCOMPARE(gathered.problems(),
                 (Lines{"labels/train/a.txt:10 an outline of 3 points is no box",
                        "labels/train/a.txt:11 the confidence is not between 0 and 1",
                        "labels/train/a.txt:12 there is no class -1", "labels/train/a.txt:2 the box leaves the image",
                        "labels/train/a.txt:3 the box is empty", "labels/train/a.txt:4 there is no class 9",
                        "labels/train/a.txt:5 there is no class x", "labels/train/a.txt:6 3 fields, expected 5",
                        "labels/train/a.txt:7 a number of the box is not finite",
                        "labels/train/a.txt:8 \"1e400\" is no number", "labels/train/a.txt:9 the box is empty",
                        "labels/val/orphan.txt:1 there is no image for these labels"}));
        QCOMPARE(gathered.lines()[0], "images/train/a.jpg train crop@[0.0, 0.0, 1.0, 1.0] it's@[0.0, 0.0, 1.0, 1.0]");
    }

    void yoloNames()
    {
        const auto names = [](const std::string& yaml) {
            const Gathered gathered = readChanged(
                ImportFormat::Yolo, {{"data.yaml", yaml}, {"labels/train/a.txt", "0 0.5 0.5 1 1\n1 0.5 0.5 1 1\n"}});
            Lines found = gathered.problems();
            for (const ImportedBox& box : gathered.images[0].boxes)
                found.push_back(box.className);
            return found;
        };
        QCOMPARE(names("names: [a, 'b c']"), (Lines{"a", "b c"}));
        QCOMPARE(names("nc: 2\nnames:\n- \"1/2\"\n- .5\n"), (Lines{"1/2", ".5"}));
        QCOMPARE(names("names: {0: CON, 1: \"\\u00e9\\x41\"}\n"), (Lines{"CON", "\xC3\xA9"
                                                                                "A"}));
        QCOMPARE(names("names:\n  - BMW\n  - bmw\npath: x\n"), (Lines{"BMW", "bmw"}));
        QCOMPARE(names("names: [a,\n  b]\n"), (Lines{"a", "b"}));
        QCOMPARE(names("names:\n  0: a:b\n  1: chef's mix # x\n"), (Lines{"a:b", "chef's mix"}));
        QCOMPARE(names("names: &x [a]"), (Lines{"data.yaml:1 names is neither a list nor a map in line 1", "0", "1"}));
        QCOMPARE(names("names: [*x, b]"), (Lines{"data.yaml:1 YAML that is not understood in line 1", "0", "1"}));
        QCOMPARE(names("names:\n  0: a\n  0: b\n"), (Lines{"data.yaml:1 class 0 stands twice in line 3", "0", "1"}));
        QCOMPARE(names("names: [a, 'b"), (Lines{"data.yaml:1 a quoted text without an end in line 1", "0", "1"}));
    }

    void cocoItems()
    {
        const std::string text =
            "{\"images\": [\n"
            "{\"id\": 1, \"file_name\": \"a.jpg\", \"width\": 100, \"height\": 50},\n"
            "{\"id\": 1, \"file_name\": \"b.jpg\", \"width\": 100, \"height\": 50},\n"
            "{\"id\": 2, \"file_name\": \"../../x.jpg\", \"width\": 100, \"height\": 50},\n"
            "{\"id\": 3, \"file_name\": \"/etc/passwd\", \"width\": 100, \"height\": 50},\n"
            "{\"id\": 4, \"file_name\": \"gone.jpg\", \"width\": 100, \"height\": 50},\n"
            "{\"id\": 5, \"file_name\": \"a.jpg\", \"width\": 100, \"height\": 50},\n"
            "{\"id\": 6, \"file_name\": \"b.jpg\", \"width\": 0, \"height\": 50},\n"
            "{\"id\": 7, \"file_name\": 7},\n"
            "{\"file_name\": \"a.jpg\"},\n"
            "{\"id\": 8, \"id\": 9, \"file_name\": \"a.jpg\"},\n"
            "17],\n"
            "\"annotations\": [\n"
            "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [10, 5, 33, 20]},\n"
            "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [90, 5, 33, 20]},\n"
            "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [NaN, 5, 33, 20]},\n"
            "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [1e400, 5, 33, 20]},\n"
            "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [1, 5, 33]},\n"
            "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [1, 5, 0, 20]},\n"
            "{\"image_id\": 1, \"category_id\": 9, \"bbox\": [1, 5, 3, 20]},\n"
            "{\"image_id\": 99, \"category_id\": 7, \"bbox\": [1, 5, 3, 20]},\n"
            "{\"image_id\": 6, \"category_id\": 7, \"bbox\": [1, 5, 3, 20]},\n"
            "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [1, 5, 3, 99999999999999999999]},\n"
            "{\"image_id\": [1], \"category_id\": 7, \"bbox\": [1, 5, 3, 9]},\n"
            "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [10.5, 5, 33.25, 20]}],\n"
            "\"categories\": [{\"id\": 7, \"name\": \"crop\"}, {\"id\": 7, \"name\": \"again\"}, {\"id\": 8}]}";
        const Gathered gathered = readChanged(ImportFormat::Coco, {{"annotations/train.json", text}});
        QCOMPARE(gathered.problems(),
                 sorted({"annotations/train.json:3 the id stands here for the second time",
                         "annotations/train.json:4 the image file is missing: ../../x.jpg",
                         "annotations/train.json:5 the image file is missing: /etc/passwd",
                         "annotations/train.json:6 the image file is missing: gone.jpg",
                         "annotations/train.json:7 the image stands here for the second time: images/train/a.jpg",
                         "annotations/train.json:9 the image has no file_name",
                         "annotations/train.json:10 the image has no id",
                         "annotations/train.json:11 the name \"id\" stands twice",
                         "annotations/train.json:12 no object",
                         "annotations/train.json:15 the box leaves the image",
                         "annotations/train.json:16 bbox is no list of four numbers",
                         "annotations/train.json:17 bbox is no list of four numbers",
                         "annotations/train.json:18 bbox is no list of four numbers",
                         "annotations/train.json:19 the box is empty",
                         "annotations/train.json:20 there is no category 9",
                         "annotations/train.json:21 there is no image of this image_id",
                         "annotations/train.json:22 needs dimensions",
                         "annotations/train.json:23 bbox is no list of four numbers",
                         "annotations/train.json:24 the annotation has no image_id",
                         "annotations/train.json:26 the category has no id or no name",
                         "annotations/train.json:26 the id stands here for the second time"}));
        QCOMPARE(gathered.lines()[0], "images/train/a.jpg train crop@10,5,43,25 crop@10,5,43,25");
    }

    void cocoTexts()
    {
        const auto problems = [](const std::string& text) {
            return readChanged(ImportFormat::Coco, {{"annotations/train.json", text}}).problems();
        };
        const std::string named = "images/train/";
        const auto with = [&](const std::string& problem) {
            return sorted({"annotations/train.json:" + problem, named + "a.jpg:0 nothing is said about this image",
                           named + "b.jpg:0 nothing is said about this image"});
        };
        QCOMPARE(problems(""), with("1 the text ends early in line 1"));
        QCOMPARE(problems("[1, 2"), with("1 the text ends early in line 1"));
        QCOMPARE(problems("nothing"), with("1 neither an object nor an array in line 1"));
        QCOMPARE(problems("{\"images\": [\n{\"id\": 1"), with("2 the text ends early in line 2"));
        QCOMPARE(problems("{\"images\": [],\n\"x\" 1}"), with("2 a ':' is missing in line 2"));
        QCOMPARE(problems("{\"images\": [],\n}"), with("2 a ',' too many in line 2"));
        QCOMPARE(problems("{\"images\": []}\n{}"), with("2 something stands behind the end in line 2"));
        QCOMPARE(problems("{\"images\": " + repeated("[", 1'000'000)), with("1 nested deeper than 64 in line 1"));
        QCOMPARE(problems("{\"images\": [{\"id\": 1, \"file_name\": \"" + std::string(2 << 20, 'x') + "\"}]}"),
                 with("1 a string is longer than 1048576 bytes"));
        QCOMPARE(problems("{\"images\": [\"" + std::string(20 << 20, 'x') + "\"]}"), with("1 the item is too long"));
        QCOMPARE(problems(std::string("{\"images\": [\0]}", 15)), with("1 expected a value at byte 0"));
        QCOMPARE(problems("\xEF\xBB\xBF{\"images\": [], \"annotations\": [ ]}\r\n").size(), std::size_t{2});
    }

    void vocFiles()
    {
        const auto problems = [](const std::string& text) {
            Lines found = readChanged(ImportFormat::Voc, {{"Annotations/a.xml", text}}).problems();
            std::erase(found, "JPEGImages/a.jpg:0 nothing is said about this image");
            return found;
        };
        const auto object = [](const std::string& content) {
            return "<annotation><filename>a.jpg</filename><size><width>100</width><height>50</height></"
                   "size>\n<object>" +
                   content + "</object></annotation>";
        };
        const auto box = [](const std::string& xmin, const std::string& xmax) {
            return "<name>x</name><bndbox><xmin>" + xmin + "</xmin><ymin>2</ymin><xmax>" + xmax +
                   "</xmax><ymax>9</ymax></bndbox>";
        };
        QCOMPARE(problems(object(box("2", "9"))), Lines{});
        QCOMPARE(problems(object(box("2", "101"))), Lines{"Annotations/a.xml:2 the box leaves the image"});
        QCOMPARE(problems(object(box("9", "2"))), Lines{"Annotations/a.xml:2 the box is empty"});
        QCOMPARE(problems(object(box("nan", "2"))), Lines{"Annotations/a.xml:2 a number of the box is not finite"});
        QCOMPARE(problems(object(box("", "2"))), Lines{"Annotations/a.xml:2 \"\" is no number"});
        QCOMPARE(problems(object("<bndbox></bndbox>")), Lines{"Annotations/a.xml:2 the object has no name"});
        QCOMPARE(problems("<other/>"), Lines{"Annotations/a.xml:1 no annotation of Pascal VOC"});
        QCOMPARE(problems("<annotation><filename>../../x</filename></annotation>"),
                 Lines{"Annotations/a.xml:1 the image file is missing: ../../x"});
        QCOMPARE(problems("<annotation><filename>/etc/passwd</filename></annotation>"),
                 Lines{"Annotations/a.xml:1 the image file is missing: /etc/passwd"});
        QCOMPARE(problems("<!DOCTYPE a [<!ENTITY x \"y\">]><annotation>&x;</annotation>"),
                 Lines{"Annotations/a.xml:1 a document type or an entity"});
        QCOMPARE(problems(repeated("<annotation>", 100)), Lines{"Annotations/a.xml:1 nested deeper than 64"});
        QCOMPARE(problems("<annotation><filename>" + std::string(20 << 20, 'x')),
                 Lines{"Annotations/a.xml:1 a piece of the XML is longer than 4194304 bytes"});
        QVERIFY(problems("<annotation><filename>a.jpg").front().starts_with("Annotations/a.xml:1 no XML: "));
    }

    void cvatItems()
    {
        const Gathered gathered = readChanged(
            ImportFormat::Cvat,
            {{"annotations.xml",
              "<annotations>\n<image name=\"a.jpg\" subset=\"train\" width=\"100\" height=\"50\">\n"
              "<box label=\"x\" xtl=\"1\" ytl=\"1\" xbr=\"101\" ybr=\"9\"/>\n"
              "<box xtl=\"1\" ytl=\"1\" xbr=\"10\" ybr=\"9\"/>\n"
              "<box label=\"x\" xtl=\"1\" ytl=\"1\" xbr=\"10\"/>\n"
              "<polygon label=\"x\" points=\"1,2;3,4\"/>\n</image>\n"
              "<image name=\"C:\\x.jpg\" width=\"1\" height=\"1\"/>\n<track id=\"0\"/>\n"
              "<image name=\"b.jpg\" subset=\"val\" width=\"9\">\n"
              "<box label=\"x\" xtl=\"1\" ytl=\"1\" xbr=\"2\" ybr=\"3\"/></image>\n</annotations>"}});
        QCOMPARE(gathered.problems(),
                 sorted({"annotations.xml:3 the box leaves the image", "annotations.xml:4 the box has no label",
                         "annotations.xml:5 \"\" is no number", "annotations.xml:6 a polygon is no box",
                         "annotations.xml:8 the image file is missing: C:\\x.jpg",
                         "annotations.xml:9 tracks of videos are not read", "annotations.xml:11 needs dimensions"}));
        QCOMPARE(gathered.lines(), (Lines{"images/train/a.jpg train", "images/val/b.jpg val"}));
    }

    void labelMeShapes()
    {
        const Gathered gathered = readChanged(
            ImportFormat::LabelMe,
            {{"a.json", "{\"shapes\": [\n"
                        "{\"label\": \"x\", \"points\": [[1, 2], [3, 4], [5, 6]], \"shape_type\": \"polygon\"},\n"
                        "{\"label\": \"x\", \"points\": [[1, 2]], \"shape_type\": \"rectangle\"},\n"
                        "{\"label\": \"x\", \"points\": [[1, 2], [\"3\", 4]], \"shape_type\": \"rectangle\"},\n"
                        "{\"points\": [[1, 2], [3, 4]], \"shape_type\": \"rectangle\"},\n"
                        "{\"label\": \"x\", \"points\": [[1, 2], [3, 99]], \"shape_type\": \"rectangle\"}\n"
                        "], \"imagePath\": \"..\\\\..\\\\a.jpg\", \"imageWidth\": 10, \"imageHeight\": 10}"}});
        QCOMPARE(gathered.problems(),
                 sorted({"a.json:2 a polygon is no box", "a.json:3 a rectangle has two points",
                         "a.json:4 a point is no pair of numbers", "a.json:5 the shape has no label",
                         "a.json:6 the box leaves the image", "a.json:1 the image file is missing: ../../a.jpg",
                         "a.jpg:0 nothing is said about this image"}));
    }

    void linesOfMetadata()
    {
        const Gathered gathered = readChanged(
            ImportFormat::ImageFolder,
            {{"train/metadata.jsonl",
              "\xEF\xBB\xBF{\"file_name\": \"a.jpg\"}{\"file_name\": \"a.jpg\"}\r\n"
              "{\"file_name\": \"b.jpg\", \"objects\": {\"bbox\": [[1, 2, 3, 4]], \"categories\": [0]}}\n"
              "\n{\"file_name\": \"../a.jpg\"}\n{\"x\": 1}\n[1]\nnothing\n{\"file_name\": \"c.jpg\"}\n" +
                  repeated("[", 70) + "\n{\"file_name\": \"" + std::string(2 << 20, 'x') +
                  "\"}\n{\"a\": 1, \"a\": 2}\n{\"file_name\": \"b.jpg\", \"objects\": "
                  "{\"bbox\": [[1]], \"categories\": []}}"}});
        QCOMPARE(gathered.problems(),
                 sorted({"train/metadata.jsonl:1 the image stands here for the second time: train/a.jpg",
                         "train/metadata.jsonl:2 needs dimensions",
                         "train/metadata.jsonl:4 the image file is missing: ../a.jpg",
                         "train/metadata.jsonl:5 there is no file_name", "train/metadata.jsonl:6 no JSON object",
                         "train/metadata.jsonl:7 expected a value at byte 0",
                         "train/metadata.jsonl:8 the image file is missing: train/c.jpg",
                         "train/metadata.jsonl:9 nested deeper than 64", "train/metadata.jsonl:10 the line is too long",
                         "train/metadata.jsonl:11 the name \"a\" stands twice",
                         "train/metadata.jsonl:12 as many boxes as categories are needed",
                         "train/metadata.jsonl:12 the image stands here for the second time: train/b.jpg"}));
        QCOMPARE(gathered.lines(), (Lines{"train/a.jpg train", "train/b.jpg train"}));
    }

    void linesOfDecisions()
    {
        const Gathered gathered = readChanged(
            ImportFormat::Jsonl,
            {{"batch_0001.jsonl", "{\"images\": [\"a\"], \"user_action\": \"keep\"}\n{\"images\": []}\n"
                                  "{\"images\": [\"a\"], \"user_selected_index\": 1}\n{\"images\": [1]}\n"
                                  "{\"images\": [\"a\"], \"final_crop_coords\": [0.5, 0.2, 0.3, 0.4]}\n"
                                  "{\"images\": [\"a\"], \"group_id\": 7}\n{\"images\": \"[\\\"../../a\\\"]\"}\n"}});
        QCOMPARE(gathered.problems(), sorted({"batch_0001.jsonl:1 the action is none of approve, crop, reject",
                                              "batch_0001.jsonl:2 there are no images",
                                              "batch_0001.jsonl:3 the selected index is outside the images",
                                              "batch_0001.jsonl:4 images is no list of names",
                                              "batch_0001.jsonl:5 the crop is no box within the image",
                                              "batch_0001.jsonl:6 group_id is no text"}));
        QCOMPARE(gathered.decisions.size(), std::size_t{1});
        QCOMPARE(gathered.decisions[0].images, Lines{"a"}); // file names only
    }

    void csvWithAColumnMap()
    {
        const TempFolder folder;
        folder.write("boxes.csv", "\xEF\xBB\xBFpicture,kind,w,h,left,top,right,bottom,other\r\n"
                                  "a.jpg,\"x, \"\"y\"\"\",100,50,10,5,43,25,1\r\na.jpg,z,100,50,0,0,100,50,2\r\n"
                                  "b.jpg,z,100,50,0,0,101,50,3\r\nb.jpg,z,1\r\nb.jpg,z,w,50,0,0,1,1,3\r\n"
                                  "../a.jpg,z,100,50,0,0,1,1,1\r\na.jpg,z,100,50,0,0,1,1,1\r\n");
        folder.write("a.jpg", "x");
        folder.write("b.jpg", "x");
        const Json map = Json::object({{"file_name", "picture"},
                                       {"class", "kind"},
                                       {"width", "w"},
                                       {"height", "h"},
                                       {"xmin", "left"},
                                       {"ymin", "top"},
                                       {"xmax", "right"},
                                       {"ymax", "bottom"}});
        const Gathered gathered = gather(folder, ImportFormat::Csv, map);
        QCOMPARE(gathered.lines(), (Lines{"a.jpg x, \"y\"@10,5,43,25 z@0,0,100,50", "b.jpg"}));
        QCOMPARE(gathered.problems(),
                 sorted({"boxes.csv:4 the box leaves the image", "boxes.csv:5 3 fields, expected 9",
                         "boxes.csv:6 width is no number", "boxes.csv:7 the image file is missing: ../a.jpg",
                         "boxes.csv:8 the image stands here for the second time: a.jpg"}));
        Gathered nothing;
        PS_CHECK_ERROR(ErrorCode::InvalidInput,
                       readDataset(folder.handle()->get(), ImportFormat::Csv, Json::object({{"file_name", "absent"}}),
                                   takerFor(nothing), {}));
    }

    void csvOfDecisions()
    {
        const TempFolder folder;
        folder.write("d.csv", "project,chosen,others,what,x1,y1,x2,y2,w,h\np,0,a.png|b.png,crop,10,5,43,25,100,50\n"
                              "p,1,\"[\"\"a.png\"\", \"\"b.png\"\"]\",approve,,,,,,\np,5,a.png,crop,,,,,,\n");
        const Json map = Json::object({{"project_id", "project"},
                                       {"selected_index", "chosen"},
                                       {"images", "others"},
                                       {"action", "what"},
                                       {"crop_x1", "x1"},
                                       {"crop_y1", "y1"},
                                       {"crop_x2", "x2"},
                                       {"crop_y2", "y2"},
                                       {"width", "w"},
                                       {"height", "h"}});
        const Gathered gathered = gather(folder, ImportFormat::Csv, map);
        QCOMPARE(gathered.problems(), Lines{"d.csv:4 the selected index is outside the images"});
        QCOMPARE(gathered.decisions.size(), std::size_t{2});
        QCOMPARE(gathered.decisions[0].images, (Lines{"a.png", "b.png"}));
        QVERIFY(toPixels(gathered.decisions[0].crop.value_or(Crop()), {100, 50}) == (PixelBox{10, 5, 43, 25}));
        QCOMPARE(gathered.decisions[1].images, (Lines{"a.png", "b.png"}));
        QCOMPARE(gathered.decisions[1].selectedIndex, std::optional(1));
    }

    void linksAndPipesAreNoFiles()
    {
        const TempFolder folder;
        folder.write("cats/a.jpg", "x");
        folder.makeSymlink("cats/b.jpg", "/etc/passwd");
        folder.makeSymlink("dogs", "/etc");
        folder.makeFifo("cats/c.jpg");
        const Gathered gathered = gather(folder, ImportFormat::ClassFolders);
        QCOMPARE(gathered.lines(), Lines{"cats/a.jpg =cats"});
        QCOMPARE(gathered.problems(), sorted({"cats/b.jpg:0 a link", "cats/c.jpg:0 no regular file", "dogs:0 a link"}));
    }

    void anErrorOfTheTakerEndsTheReading()
    {
        for (const ImportFormat format : sampledFormats()) {
            const TempFolder folder;
            fill(folder, sampleDataset(format));
            ImportTaker taker;
            taker.image = [](ImportedImage) -> Result<void> { return Error{ErrorCode::NoSpace, "full", {}, 0}; };
            taker.decision = [](ImportedDecision) -> Result<void> { return Error{ErrorCode::NoSpace, "full", {}, 0}; };
            PS_CHECK_ERROR(ErrorCode::NoSpace, readDataset(folder.handle()->get(), format, {}, taker, {}));
            std::stop_source stop;
            stop.request_stop();
            Gathered gathered;
            PS_CHECK_ERROR(ErrorCode::Cancelled,
                           readDataset(folder.handle()->get(), format, {}, takerFor(gathered), stop.get_token()));
        }
    }

    /// Whatever the bytes are, every reader comes to an end, and what it gives lies within the folder and the images.
    void changedBytesNeverDoHarm()
    {
        SeededRandom random(20261121);
        for (const ImportFormat format : sampledFormats()) {
            for (int round = 0; round < 60; ++round) {
                auto files = sampleDataset(format);
                for (auto& [path, content] : files) {
                    for (int i = 0; i < 3 && !content.empty() && !path.ends_with(".jpg"); ++i)
                        content[random.below(content.size())] = static_cast<char>(random.bits());
                    if (random.oneIn(5))
                        content.resize(random.below(content.size() + 1));
                }
                const TempFolder folder;
                fill(folder, files);
                Gathered gathered;
                const auto outcome = readDataset(folder.handle()->get(), format, {}, takerFor(gathered), {});
                QVERIFY2(outcome.has_value(), (random.note() + outcomeText(outcome)).c_str());
                for (const ImportedImage& image : gathered.images) {
                    QVERIFY(files.contains(image.path));
                    for (const ImportedBox& box : image.boxes)
                        QVERIFY(isValid(box.box));
                }
                PS_CHECK_OK(recogniseDataset(folder.handle()->get()));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestBadDatasets)
#include "tst_bad_datasets.moc"
