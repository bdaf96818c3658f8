// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/exchange/image_format_writer.h"
#include "tests/support/checks.h"
#include "tests/support/python.h"
#include "tests/support/release_doubles.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <random>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

const Crop kPart{0.25, 0.1, 0.75, 0.9}; // of 1000 x 500: 250, 50, 750, 450

/// An approval and a crop for training, a crop for validation.
std::vector<ReleaseGroup> splitGroups()
{
    return {GroupMaker{.side = ReleaseSide::Train}.make(1),
            GroupMaker{.action = Action::Crop, .crop = kPart, .side = ReleaseSide::Train}.make(2),
            GroupMaker{.action = Action::Crop, .crop = Crop{0, 0, 0.5, 1}, .side = ReleaseSide::Val}.make(3)};
}

/// One image with boxes and classes of a dataset that was imported.
ReleaseGroup importedGroup(int number, const std::vector<ReleaseBox>& boxes,
                           const std::vector<std::string>& classes = {})
{
    ReleaseGroup group = GroupMaker{.imageCount = 1}.make(number);
    group.images.front().boxes = boxes;
    group.images.front().classes = classes;
    return group;
}

const std::vector<std::string> kHardClasses{
    "1/2", ".5", "CON", "BMW", "bmw", "chef's mix", "a: \"b\" & <c>", "tab\t\x01", "K\xC3\xA4se \xF0\x9F\x8D\x85"};

std::vector<ReleaseGroup> hardGroups()
{
    std::vector<ReleaseGroup> groups;
    for (const std::string& name : kHardClasses)
        groups.push_back(importedGroup(static_cast<int>(groups.size()), {{name, kPart}}));
    return groups;
}

/// The files of one format, written into memory.
struct Written {
    explicit Written(ExportFormat format, const std::vector<ReleaseGroup>& groups, CropMode crops = CropMode::Boxes)
        : media(crops), counts(writeAll(contextFor(format, sink, &media), groups))
    {
    }
    MemorySink sink;
    FakeMedia media;
    FormatWriter::Counts counts;
};

/// Runs Python in a folder with the files of a release.
std::string pythonOver(const Written& written, const std::string& program)
{
    const TempFolder folder;
    written.sink.saveTo(folder);
    return runPython("import json, os, sys\nimport xml.etree.ElementTree as tree\nos.chdir(sys.argv[1])\n" + program,
                     {folder.path()});
}

std::string jsonList(std::vector<std::string> texts)
{
    Json::Array items;
    for (std::string& text : texts)
        items.emplace_back(std::move(text));
    return dumpJson(Json(std::move(items))) + "\n";
}

} // namespace

class TestImageFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // ---- boxes -----------------------------------------------------------------------------------------------------

    void anAppliedCropMovesTheOtherBoxes()
    {
        ReleaseGroup group = GroupMaker{.action = Action::Crop, .crop = kPart}.make(1);
        ReleaseImage& image = group.images.front();
        image.boxes = {
            {"inside", {0.3, 0.2, 0.5, 0.4}}, {"across", {0.0, 0.0, 0.5, 1.0}}, {"outside", {0.0, 0.0, 0.2, 0.1}}};
        const auto applied = must(placeBoxes(group, image, CropMode::Applied, {500, 400}));
        QCOMPARE(applied.boxes.size(), std::size_t{2});
        QVERIFY((applied.boxes[0].box == BoxEdges{50, 50, 250, 150}));
        QVERIFY((applied.boxes[1].box == BoxEdges{0, 0, 250, 400}));
        QCOMPARE(applied.clipped, std::int64_t{1});
        QCOMPARE(applied.outside, std::int64_t{1});
        const auto asBoxes = must(placeBoxes(group, image, CropMode::Boxes, image.size));
        QCOMPARE(asBoxes.boxes.size(), std::size_t{4});
        QCOMPARE(std::string(asBoxes.boxes[0].className), "crop"s);
        QVERIFY((asBoxes.boxes[0].box == BoxEdges{250, 50, 750, 450}));
        QCOMPARE(asBoxes.clipped + asBoxes.outside, std::int64_t{0});
    }

    void onlyWhatIsWrittenIsCounted_data()
    {
        QTest::addColumn<QString>("format");
        for (const char* name : {"yolo", "voc", "coco", "cvat", "imagefolder", "webdataset"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void onlyWhatIsWrittenIsCounted()
    {
        QFETCH(const QString, format);
        ReleaseGroup group = GroupMaker{.action = Action::Crop, .crop = kPart}.make(1);
        group.images.front().boxes = {{"across", {0.0, 0.0, 0.5, 1.0}}, {"outside", {0.0, 0.0, 0.2, 0.1}}};
        group.images.front().classes = {"whole"};
        const Written written(must(parseExportFormat(format.toStdString())), {group}, CropMode::Applied);
        std::string all;
        for (const std::string& path : written.sink.paths())
            all += written.sink.at(path);
        QVERIFY(all.find("outside") == std::string::npos && all.find("across") != std::string::npos);
        std::map<std::string, std::int64_t> byClass{{"across", 1}};
        std::map<std::string, std::int64_t> details{{"boxes clipped", 1}, {"boxes outside", 1}};
        const bool isInIt = all.find("\"whole\"") != std::string::npos;
        (isInIt ? byClass["whole"] : details["image classes left out"]) = 1;
        QCOMPARE(written.counts.byClass, byClass);
        QCOMPARE(written.counts.details, details);
    }

    void aCropWithoutCoordinatesIsNoApproval()
    {
        MemorySink sink;
        FakeMedia media;
        const auto writer = must(makeFormatWriter(contextFor(ExportFormat::Coco, sink, &media)));
        must(writer->begin());
        PS_CHECK_ERROR(ErrorCode::InvalidInput, writer->add(GroupMaker{.action = Action::Crop}.make(1)));
    }

    // ---- yolo ------------------------------------------------------------------------------------------------------

    void yolo()
    {
        const Written written(ExportFormat::Yolo, splitGroups());
        QCOMPARE(
            written.sink.paths(),
            (std::vector<std::string>{"data.yaml", "images/train/1_0.png", "images/train/2_0.png", "images/val/3_0.png",
                                      "labels/train/1_0.txt", "labels/train/2_0.txt", "labels/val/3_0.txt"}));
        QCOMPARE(written.sink.at("labels/train/1_0.txt"), ""s); // a background image
        // 0.5 - 0.8 / 2 is a little less than 0.1, and so less than 50 pixels: the centre makes up for that.
        QCOMPARE(written.sink.at("labels/train/2_0.txt"), "0 0.500000 0.500001 0.500000 0.800000\n"s);
        QCOMPARE(written.sink.at("labels/val/3_0.txt"), "0 0.250000 0.500000 0.500000 1.000000\n"s);
        QCOMPARE(written.sink.at("data.yaml"), "# Paths are relative to the folder of this file.\n"
                                               "train: images/train\nval: images/val\nnc: 1\nnames:\n  0: \"crop\"\n"s);
        QCOMPARE(written.counts.images, std::int64_t{3});
        QCOMPARE(written.counts.boxes, std::int64_t{2});
        QCOMPARE(written.counts.byClass, (std::map<std::string, std::int64_t>{{"crop", 2}}));
    }

    void yoloWithoutASplitStillNamesVal()
    {
        const Written written(ExportFormat::Yolo, {GroupMaker{}.make(1)});
        QVERIFY(written.sink.at("data.yaml").find("\nval: images/train\n") != std::string::npos);
    }

    void yoloClassesAreSortedAndQuoted()
    {
        const Written written(ExportFormat::Yolo, hardGroups());
        const std::string& yaml = written.sink.at("data.yaml");
        QVERIFY(yaml.find("nc: 9\nnames:\n"
                          "  0: \".5\"\n  1: \"1/2\"\n  2: \"BMW\"\n  3: \"CON\"\n"
                          "  4: \"K\\u00e4se \\U0001f345\"\n  5: \"a: \\\"b\\\" & <c>\"\n  6: \"bmw\"\n"
                          "  7: \"chef's mix\"\n  8: \"tab\\t\\u0001\"\n") != std::string::npos);
        QVERIFY(written.sink.at("labels/train/0_0.txt").starts_with("1 ")); // 1/2
        QVERIFY(written.sink.at("labels/train/5_0.txt").starts_with("7 ")); // chef's mix
    }

    /// A reader that knows nothing but the six decimals gets the same pixels, both when it cuts off and when it rounds.
    void yoloGivesBackEveryPixelBox()
    {
        std::mt19937 random(7);
        std::vector<ReleaseGroup> groups;
        const auto between = [&random](int low, int high) {
            return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
        };
        for (int number = 0; number < 3000; ++number) {
            const ImageSize size{number % 3 == 0 ? between(29'000, 30'000) : between(1, 3000), between(1, 30'000)};
            PixelBox box;
            box.x1 = number % 5 == 0 ? 0 : between(0, size.width - 1);
            box.y1 = between(0, size.height - 1);
            box.x2 = number % 7 == 0 ? size.width : between(box.x1 + 1, size.width);
            box.y2 = number % 11 == 0 ? box.y1 + 1 : between(box.y1 + 1, size.height);
            groups.push_back(
                GroupMaker{.action = Action::Crop, .crop = fromPixels(box, size), .size = size}.make(number));
        }
        const Written written(ExportFormat::Yolo, groups);
        for (const ReleaseGroup& group : groups) {
            const ReleaseImage& image = group.images.front();
            const std::string line = written.sink.at("labels/train/" + image.name.substr(0, image.name.size() - 4) +
                                                     ".txt");
            const auto fields = split(line.substr(0, line.size() - 1), ' ');
            QCOMPARE(fields.size(), std::size_t{5});
            std::array<double, 4> values{};
            for (std::size_t i = 0; i < 4; ++i) {
                values[i] = parseDouble(fields[i + 1]).value_or(-1);
                QVERIFY(values[i] >= 0 && values[i] <= 1);
            }
            const auto [x, y, width, height] = values;
            const Crop read{x - width / 2, y - height / 2, std::min(x + width / 2, 1.0), std::min(y + height / 2, 1.0)};
            const PixelBox box = toPixels(*image.crop, image.size).value();
            QVERIFY2(toPixels(read, image.size) == box, line.c_str());
            const auto rounded = [](double fraction, int dimension) {
                return static_cast<int>(std::lround(fraction * dimension));
            };
            QCOMPARE(rounded(read.x1, image.size.width), box.x1);
            QCOMPARE(rounded(read.x2, image.size.width), box.x2);
            QCOMPARE(rounded(read.y1, image.size.height), box.y1);
            QCOMPARE(rounded(read.y2, image.size.height), box.y2);
        }
    }

    // ---- yolo-cls --------------------------------------------------------------------------------------------------

    void yoloClassificationFoldersAreDecisions()
    {
        std::vector<ReleaseGroup> groups{
            GroupMaker{.selected = 1, .side = ReleaseSide::Train, .hasLosers = true}.make(1),
            GroupMaker{.action = Action::Crop, .crop = kPart, .side = ReleaseSide::Train}.make(2),
            GroupMaker{.action = Action::Reject, .imageCount = 2, .side = ReleaseSide::Val, .hasLosers = true}.make(3)};
        const Written written(ExportFormat::YoloClassification, groups, CropMode::Applied);
        QCOMPARE(written.sink.paths(),
                 (std::vector<std::string>{"classes.json", "train/approve/1_1.png", "train/crop/2_0.png",
                                           "train/reject/1_0.png", "train/reject/1_2.png", "val/reject/3_0.png",
                                           "val/reject/3_1.png"}));
        QCOMPARE(written.sink.at("train/crop/2_0.png"), "2_0.png 500x400"s);
        QCOMPARE(written.counts.byClass,
                 (std::map<std::string, std::int64_t>{{"approve", 1}, {"crop", 1}, {"reject", 4}}));
    }

    void yoloClassificationTakesClassesOfImages()
    {
        std::vector<ReleaseGroup> groups;
        for (const std::string& name : kHardClasses)
            groups.push_back(importedGroup(static_cast<int>(groups.size()), {}, {name}));
        const Written written(ExportFormat::YoloClassification, groups, CropMode::Applied);
        QCOMPARE(pythonOver(written, "names = json.load(open('classes.json'))\n"
                                     "found = {}\n"
                                     "for folder in os.listdir('train'):\n"
                                     "    for file in os.listdir('train/' + folder):\n"
                                     "        found[file] = names[folder]\n"
                                     "print(json.dumps([found[f] for f in sorted(found)]))\n"),
                 jsonList(kHardClasses));

        MemorySink sink;
        FakeMedia media(CropMode::Applied);
        const auto writer = must(makeFormatWriter(contextFor(ExportFormat::YoloClassification, sink, &media)));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, writer->add(importedGroup(1, {}, {"a", "b"})));
    }

    void boxesAskedOfAFormatWithoutThem()
    {
        MemorySink sink;
        FakeMedia media(CropMode::Boxes);
        const auto writer = makeFormatWriter(contextFor(ExportFormat::YoloClassification, sink, &media));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, writer);
        QVERIFY(writer.error().message.find("coco") != std::string::npos);
    }

    // ---- coco ------------------------------------------------------------------------------------------------------

    void coco()
    {
        const Written written(ExportFormat::Coco, splitGroups());
        QCOMPARE(written.sink.paths(),
                 (std::vector<std::string>{"annotations/train.json", "annotations/val.json", "images/train/1_0.png",
                                           "images/train/2_0.png", "images/val/3_0.png"}));
        QCOMPARE(written.sink.at("annotations/train.json"),
                 "{\"info\": {\"description\": \"p1 & more\", \"version\": \"proofsheet 0.1.0\"},\n\"licenses\": [],\n"
                 "\"images\": [\n{\"id\": 1, \"file_name\": \"1_0.png\", \"width\": 1000, \"height\": 500},\n"
                 "{\"id\": 2, \"file_name\": \"2_0.png\", \"width\": 1000, \"height\": 500}],\n"
                 "\"annotations\": [\n{\"id\": 1, \"image_id\": 2, \"category_id\": 1, \"bbox\": [250, 50, 500, 400], "
                 "\"area\": 200000, \"iscrowd\": 0}],\n\"categories\": [\n{\"id\": 1, \"name\": \"crop\"}]}\n"s);
        QVERIFY(written.sink.at("annotations/val.json").find("\"bbox\": [0, 0, 500, 500]") != std::string::npos);
    }

    void cocoKeepsImportedBoxesAndClasses()
    {
        // 10.5, 20.25 to 40.6, 60.125 of 1000 x 500
        const Written written(
            ExportFormat::Coco,
            {importedGroup(1, {{"b", {0.0105, 0.0405, 0.0406, 0.12025}}, {"a", {0, 0, 1, 1}}}, {"x", "y"})});
        QCOMPARE(pythonOver(written, "d = json.load(open('annotations/train.json'))\n"
                                     "print([(c['id'], c['name']) for c in d['categories']])\n"
                                     "print([(a['category_id'], a['bbox'], a['area']) for a in d['annotations']])\n"
                                     "print(d['images'][0]['classes'])\n"),
                 "[(1, 'a'), (2, 'b')]\n"
                 "[(2, [10.5, 20.25, 30.1, 39.875], 1200.2375), (1, [0, 0, 1000, 500], 500000)]\n['x', 'y']\n"s);
        QCOMPARE(written.counts.byClass, (std::map<std::string, std::int64_t>{{"a", 1}, {"b", 1}, {"x", 1}, {"y", 1}}));
    }

    void cocoClassesSurvive()
    {
        const Written written(ExportFormat::Coco, hardGroups());
        QCOMPARE(pythonOver(written, "d = json.load(open('annotations/train.json'))\n"
                                     "names = {c['id']: c['name'] for c in d['categories']}\n"
                                     "print(json.dumps([names[a['category_id']] for a in d['annotations']]))\n"),
                 jsonList(kHardClasses));
    }

    // ---- voc -------------------------------------------------------------------------------------------------------

    void voc()
    {
        const Written written(ExportFormat::Voc, splitGroups());
        QCOMPARE(written.sink.paths(),
                 (std::vector<std::string>{"Annotations/1_0.xml", "Annotations/2_0.xml", "Annotations/3_0.xml",
                                           "ImageSets/Main/train.txt", "ImageSets/Main/val.txt", "JPEGImages/1_0.png",
                                           "JPEGImages/2_0.png", "JPEGImages/3_0.png"}));
        QCOMPARE(written.sink.at("ImageSets/Main/train.txt"), "1_0\n2_0\n"s);
        QCOMPARE(written.sink.at("Annotations/2_0.xml"),
                 "<annotation>\n  <folder>JPEGImages</folder>\n  <filename>2_0.png</filename>\n  <source>\n"
                 "    <database>p1 &amp; more</database>\n  </source>\n  <size>\n    <width>1000</width>\n"
                 "    <height>500</height>\n    <depth>3</depth>\n  </size>\n  <segmented>0</segmented>\n  <object>\n"
                 "    <name>crop</name>\n    <pose>Unspecified</pose>\n    <truncated>0</truncated>\n"
                 "    <difficult>0</difficult>\n    <bndbox>\n      <xmin>251</xmin>\n      <ymin>51</ymin>\n"
                 "      <xmax>750</xmax>\n      <ymax>450</ymax>\n    </bndbox>\n  </object>\n</annotation>\n"s);
    }

    void vocClassesSurvive()
    {
        const Written written(ExportFormat::Voc, hardGroups());
        QCOMPARE(pythonOver(written, "names = json.load(open('classes.json'))\n"
                                     "print(json.dumps([names[tree.parse('Annotations/%d_0.xml' % i)."
                                     "find('object/name').text] for i in range(9)]))\n"),
                 jsonList(kHardClasses));
    }

    // ---- cvat ------------------------------------------------------------------------------------------------------

    void cvat()
    {
        const Written written(ExportFormat::Cvat, splitGroups());
        QCOMPARE(written.sink.at("annotations.xml"),
                 "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n  <version>1.1</version>\n  <meta>\n"
                 "    <task>\n      <name>p1 &amp; more</name>\n      <size>3</size>\n      <mode>annotation</mode>\n"
                 "      <overlap>0</overlap>\n      <labels>\n        <label>\n          <name>crop</name>\n"
                 "          <attributes>\n          </attributes>\n        </label>\n      </labels>\n"
                 "      <subsets>train\nval</subsets>\n    </task>\n  </meta>\n"
                 "  <image id=\"0\" name=\"1_0.png\" subset=\"train\" width=\"1000\" height=\"500\">\n  </image>\n"
                 "  <image id=\"1\" name=\"2_0.png\" subset=\"train\" width=\"1000\" height=\"500\">\n"
                 "    <box label=\"crop\" source=\"manual\" occluded=\"0\" xtl=\"250.00\" ytl=\"50.00\" xbr=\"750.00\" "
                 "ybr=\"450.00\" z_order=\"0\">\n    </box>\n  </image>\n"
                 "  <image id=\"2\" name=\"3_0.png\" subset=\"val\" width=\"1000\" height=\"500\">\n"
                 "    <box label=\"crop\" source=\"manual\" occluded=\"0\" xtl=\"0.00\" ytl=\"0.00\" xbr=\"500.00\" "
                 "ybr=\"500.00\" z_order=\"0\">\n    </box>\n  </image>\n</annotations>\n"s);
    }

    void cvatClassesSurvive()
    {
        std::vector<ReleaseGroup> groups = hardGroups();
        groups.push_back(importedGroup(9, {{"x", {0.0105, 0, 0.5, 1}}}, {"whole image"}));
        const Written written(ExportFormat::Cvat, groups);
        std::vector<std::string> expected = kHardClasses;
        expected.emplace_back("x");
        QCOMPARE(pythonOver(written, "names = json.load(open('classes.json'))\n"
                                     "root = tree.parse('annotations.xml').getroot()\n"
                                     "boxes = root.findall('image/box')\n"
                                     "print(json.dumps([names[b.get('label')] for b in boxes]))\n"),
                 jsonList(expected));
        QVERIFY(written.sink.at("annotations.xml").find("xtl=\"10.50\"") != std::string::npos);
        QVERIFY(written.sink.at("annotations.xml").find("<tag label=\"whole image\" source=\"manual\">") !=
                std::string::npos);
    }

    // ---- imagefolder -----------------------------------------------------------------------------------------------

    void imageFolder()
    {
        const Written written(ExportFormat::ImageFolder, splitGroups());
        QCOMPARE(written.sink.paths(),
                 (std::vector<std::string>{"README.md", "train/1_0.png", "train/2_0.png", "train/metadata.jsonl",
                                           "val/3_0.png", "val/metadata.jsonl"}));
        QCOMPARE(written.sink.at("train/metadata.jsonl"),
                 "{\"file_name\": \"1_0.png\", \"group_id\": \"p1_group_20250705T100000_batch001_img001\", "
                 "\"action\": \"approve\", \"width\": 1000, \"height\": 500, "
                 "\"objects\": {\"bbox\": [], \"categories\": []}}\n"
                 "{\"file_name\": \"2_0.png\", \"group_id\": \"p1_group_20250705T100000_batch001_img002\", "
                 "\"action\": \"crop\", \"width\": 1000, \"height\": 500, "
                 "\"objects\": {\"bbox\": [[250.0, 50.0, 500.0, 400.0]], \"categories\": [\"crop\"]}}\n"s);
        const std::string& card = written.sink.at("README.md");
        QVERIFY(card.starts_with("---\npretty_name: \"p1 & more\"\nconfigs:\n"));
        QVERIFY(card.find("  - split: validation\n    path: val/**\n") != std::string::npos);
        QVERIFY(card.find("  - name: train\n    num_examples: 2\n") != std::string::npos);
        QVERIFY(card.find("    \"crop\"\n") != std::string::npos);
    }

    /// Readers refuse splits whose columns have different types, and a column without a value has none.
    void imageFolderKeepsSidesWithoutBoxesApart()
    {
        std::vector<ReleaseGroup> groups = splitGroups();
        groups.push_back(GroupMaker{.side = ReleaseSide::Test}.make(4));
        const Written written(ExportFormat::ImageFolder, groups);
        QVERIFY(written.sink.at("README.md")
                    .find("- config_name: default\n  data_files:\n  - split: train\n"
                          "    path: train/**\n  - split: validation\n    path: val/**\n"
                          "- config_name: test\n  data_files:\n  - split: test\n"
                          "    path: test/**\ndataset_info:\n") != std::string::npos);
    }

    void imageFolderWithAppliedCropsHasNoObjects()
    {
        const Written written(ExportFormat::ImageFolder, splitGroups(), CropMode::Applied);
        QVERIFY(written.sink.at("train/metadata.jsonl").find("objects") == std::string::npos);
        QVERIFY(written.sink.at("train/metadata.jsonl").find("\"width\": 500, \"height\": 400}") != std::string::npos);
        QVERIFY(written.sink.at("README.md").find("objects") == std::string::npos);
    }

    // ---- webdataset ------------------------------------------------------------------------------------------------

    void webDataset()
    {
        std::vector<ReleaseGroup> groups = splitGroups();
        groups[1].images.front().name = "two.dots.png";
        MemorySink sink;
        FakeMedia media;
        FormatContext context = contextFor(ExportFormat::WebDataset, sink, &media);
        context.request.batchSize = 1;
        writeAll(std::move(context), groups);
        QCOMPARE(sink.paths(), (std::vector<std::string>{"train-000000.tar", "train-000001.tar", "val-000000.tar"}));
        const TempFolder folder;
        sink.saveTo(folder);
        const std::string listed = runPython("import os, sys, tarfile\n"
                                             "os.chdir(sys.argv[1])\n"
                                             "for name in sorted(os.listdir('.')):\n"
                                             "    with tarfile.open(name) as archive:\n"
                                             "        for entry in archive:\n"
                                             "            text = archive.extractfile(entry).read().decode()\n"
                                             "            print(name, entry.name, text.strip())\n",
                                             {folder.path()});
        QCOMPARE(
            listed,
            "train-000000.tar 1_0.png 1_0.png 1000x500\n"
            "train-000000.tar 1_0.json {\"file_name\": \"1_0.png\", \"group_id\": "
            "\"p1_group_20250705T100000_batch001_img001\", \"action\": \"approve\", \"width\": 1000, \"height\": 500, "
            "\"classes\": [], \"objects\": []}\n"
            "train-000001.tar two%2Edots.png two.dots.png 1000x500\n"
            "train-000001.tar two%2Edots.json {\"file_name\": \"two.dots.png\", \"group_id\": "
            "\"p1_group_20250705T100000_batch001_img002\", \"action\": \"crop\", \"width\": 1000, \"height\": 500, "
            "\"classes\": [], \"objects\": [{\"class\": \"crop\", \"bbox\": [250, 50, 500, 400]}]}\n"
            "val-000000.tar 3_0.png 3_0.png 1000x500\n"
            "val-000000.tar 3_0.json {\"file_name\": \"3_0.png\", \"group_id\": "
            "\"p1_group_20250705T100000_batch001_img003\", \"action\": \"crop\", \"width\": 1000, \"height\": 500, "
            "\"classes\": [], \"objects\": [{\"class\": \"crop\", \"bbox\": [0, 0, 500, 500]}]}\n"s);
    }

    // ---- all -------------------------------------------------------------------------------------------------------

    void theSameGroupsGiveTheSameBytes_data()
    {
        QTest::addColumn<int>("format");
        for (const ExportFormatInfo& info : allExportFormats()) {
            if (info.hasImages && info.format != ExportFormat::Delivery)
                QTest::newRow(std::string(info.name).c_str()) << static_cast<int>(info.format);
        }
    }
    void theSameGroupsGiveTheSameBytes()
    {
        QFETCH(int, format);
        const auto info = exportFormatInfo(static_cast<ExportFormat>(format));
        const CropMode crops = info.hasBoxes ? CropMode::Boxes : CropMode::Applied;
        const Written first(info.format, splitGroups(), crops);
        const Written second(info.format, splitGroups(), crops);
        QVERIFY(first.sink.files() == second.sink.files());
        const Written empty(info.format, {}, crops);
        QVERIFY(!empty.sink.files().empty());
    }

    void aStoppedExportSaysSo_data() { theSameGroupsGiveTheSameBytes_data(); }
    void aStoppedExportSaysSo()
    {
        QFETCH(int, format);
        const auto info = exportFormatInfo(static_cast<ExportFormat>(format));
        if (info.format == ExportFormat::YoloClassification)
            return; // there the media stop
        MemorySink sink;
        FakeMedia media;
        std::stop_source source;
        FormatContext context = contextFor(info.format, sink, &media);
        context.stop = source.get_token();
        const auto writer = must(makeFormatWriter(std::move(context)));
        must(writer->begin());
        source.request_stop();
        PS_CHECK_ERROR(ErrorCode::Cancelled, writer->add(GroupMaker{}.make(2)));
    }
};

QTEST_GUILESS_MAIN(TestImageFormats)
#include "tst_image_formats.moc"
