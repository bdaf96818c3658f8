// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/dataset_scope.h"
#include "tests/core/exchange/dataset_samples.h"
#include "tests/support/checks.h"

#include <QObject>

using namespace ps;
using namespace ps::test;
using Lines = std::vector<std::string>;

class TestForeignReader : public QObject
{
    Q_OBJECT

private:
    static Gathered readSample(ImportFormat format)
    {
        const TempFolder folder;
        fill(folder, sampleDataset(format));
        return gather(folder, format);
    }

private Q_SLOTS:
    void everySampleIsRecognised()
    {
        for (const ImportFormat format : sampledFormats()) {
            const TempFolder folder;
            fill(folder, sampleDataset(format));
            const auto found = must(recogniseDataset(folder.handle()->get()));
            QVERIFY2(found == format, std::to_string(static_cast<int>(format)).c_str());
        }
    }

    void aDatasetInOneFolderIsRecognisedAndRead()
    {
        for (const ImportFormat format : sampledFormats()) {
            const TempFolder folder;
            for (const auto& [path, content] : sampleDataset(format))
                folder.write("my set/" + path, content);
            const auto found = must(recogniseDataset(folder.handle()->get()));
            QVERIFY2(found == format, std::to_string(static_cast<int>(format)).c_str());
            const Gathered gathered = gather(folder, format);
            QCOMPARE(gathered.problems(), Lines{});
            for (const ImportedImage& image : gathered.images)
                QVERIFY(image.path.starts_with("my set/"));
        }
    }

    void nothingIsRecognisedInOrdinaryFolders()
    {
        const TempFolder folder;
        QVERIFY(!must(recogniseDataset(folder.handle()->get())));
        folder.write("a.jpg", "x");
        folder.write("letter.txt", "x");
        QVERIFY(!must(recogniseDataset(folder.handle()->get())));
    }

    void cocoIsRead()
    {
        const Gathered gathered = readSample(ImportFormat::Coco);
        QCOMPARE(gathered.problems(), Lines{});
        QCOMPARE(gathered.lines(), (Lines{"images/train/a.jpg train crop@10,5,43,25 1/2@0,0,100,50",
                                          "images/train/b.jpg train", "images/val/c.jpg val"}));
        QCOMPARE(gathered.images[0].origin.line, std::int64_t{4});
    }

    void yoloIsRead()
    {
        const Gathered gathered = readSample(ImportFormat::Yolo);
        QCOMPARE(gathered.problems(), Lines{});
        QCOMPARE(gathered.lines(),
                 (Lines{"images/train/a.jpg train crop@[0.0, 0.25, 1.0, 0.75] it's@[0.0, 0.0, 0.5, 0.5] "
                        "a:b@[0.5, 0.5, 1.0, 1.0]",
                        "images/train/b.png train", "images/val/c.jpg val"}));
        QCOMPARE(gathered.images[0].boxes[2].confidence, std::optional(0.9));
    }

    void vocIsReadWithPixelsFromOne()
    {
        const Gathered gathered = readSample(ImportFormat::Voc);
        QCOMPARE(gathered.problems(), Lines{});
        QCOMPARE(gathered.lines(),
                 (Lines{"JPEGImages/a.jpg train crop@10,5,43,25 a & b@0,0,100,50", "JPEGImages/b.jpg val"}));
    }

    void vocWithAnEdgeAtZeroCountsFromZero()
    {
        auto files = sampleDataset(ImportFormat::Voc);
        std::string& text = files["Annotations/a.xml"];
        text.replace(text.find("<xmin>1</xmin>"), 14, "<xmin>0</xmin>");
        const TempFolder folder;
        fill(folder, files);
        QCOMPARE(gather(folder, ImportFormat::Voc).lines()[0],
                 "JPEGImages/a.jpg train crop@11,6,43,25 a & b@0,1,100,50");
    }

    void cvatIsRead()
    {
        const Gathered gathered = readSample(ImportFormat::Cvat);
        QCOMPARE(gathered.problems(), Lines{});
        QCOMPARE(gathered.lines(), (Lines{"images/train/a.jpg train crop@10,5,43,25 =a < b", "images/val/b.jpg val"}));
    }

    void labelMeIsRead()
    {
        const Gathered gathered = readSample(ImportFormat::LabelMe);
        QCOMPARE(gathered.problems(), Lines{});
        QCOMPARE(gathered.lines(), (Lines{"a.jpg crop@10,5,43,25 =night"}));
    }

    void imageFolderIsRead()
    {
        const Gathered gathered = readSample(ImportFormat::ImageFolder);
        QCOMPARE(gathered.problems(), Lines{});
        QCOMPARE(gathered.lines(), (Lines{"train/a.jpg train crop@10,5,43,25", "train/b.jpg train =approve"}));
        QCOMPARE(dumpJson(gathered.images[0].attributes), "{\"note\": 1}");
    }

    void webDatasetIsRead()
    {
        const Gathered gathered = readSample(ImportFormat::WebDataset);
        QCOMPARE(gathered.problems(), Lines{});
        QCOMPARE(gathered.lines(),
                 (Lines{"train-000000/k1.jpg train crop@10,5,43,25", "train-000000/k2.png train =approve"}));
        QCOMPARE(gathered.images[0].name, "a.b.jpg");
    }

    void classFoldersAreRead()
    {
        QCOMPARE(readSample(ImportFormat::YoloClassification).lines(),
                 (Lines{"train/1%2F2/b.jpg train =1/2", "train/crop/a.jpg train =crop", "val/crop/c.jpg val =crop"}));
        QCOMPARE(readSample(ImportFormat::ClassFolders).lines(), (Lines{"BMW/a.jpg =BMW", "bmw/b.jpg =bmw"}));
    }

    void linesOfDecisionsAreRead()
    {
        const Gathered gathered = readSample(ImportFormat::Jsonl);
        QCOMPARE(gathered.problems(), Lines{});
        QCOMPARE(gathered.decisions.size(), std::size_t{1});
        const ImportedDecision& decision = gathered.decisions[0];
        QCOMPARE(decision.groupId, "g1");
        QVERIFY(decision.action == Action::Crop);
        QCOMPARE(decision.selectedIndex, std::optional(1));
        QCOMPARE(cropText(decision.crop.value_or(Crop())), "[0.1, 0.2, 0.3, 0.4]");
    }

    /// The same datasets as other tools lay them out.
    void otherLayoutsAreRead_data()
    {
        QTest::addColumn<QByteArray>("files"); // path, '|', content, '\n' ...
        QTest::addColumn<int>("format");
        QTest::addColumn<QByteArray>("line");
        const auto add = [](const char* name, ImportFormat format, const char* files, const char* line) {
            QTest::newRow(name) << QByteArray(files) << int(format) << QByteArray(line);
        };
        add("yolo by side", ImportFormat::Yolo,
            "data.yaml|names: [a]\nvalid/images/x.jpg|\nvalid/labels/x.txt|0 0.5 0.5 1 1",
            "valid/images/x.jpg val a@[0.0, 0.0, 1.0, 1.0]");
        add("yolo with a list of classes", ImportFormat::Yolo,
            "labels/classes.txt|a\nimages/x.jpg|\nlabels/x.txt|0 0.5 0.5 1 1", "images/x.jpg a@[0.0, 0.0, 1.0, 1.0]");
        add("yolo without names", ImportFormat::Yolo, "images/x.jpg|\nlabels/x.txt|3 0.5 0.5 1 1",
            "images/x.jpg 3@[0.0, 0.0, 1.0, 1.0]");
        const char* coco = "{\"images\": [{\"id\": \"i\", \"file_name\": \"x.jpg\", \"width\": 10, \"height\": 10}],"
                           " \"annotations\": [{\"image_id\": \"i\", \"category_id\": 1, \"bbox\": [1, 2, 3, 4]}],"
                           " \"categories\": [{\"id\": 1, \"name\": \"a\"}]}";
        add("coco of 2017", ImportFormat::Coco,
            (std::string("annotations/instances_val2017.json|") + coco + "\nval2017/x.jpg|").c_str(),
            "val2017/x.jpg val a@1,2,4,6");
        add("coco beside its images", ImportFormat::Coco,
            (std::string("train/_annotations.coco.json|") + coco + "\ntrain/x.jpg|").c_str(),
            "train/x.jpg train a@1,2,4,6");
        add("voc beside its images", ImportFormat::Voc,
            "x.jpg|\nx.xml|<annotation><filename>x.jpg</filename><size><width>10</width><height>10</height></size>"
            "<object><name>a</name><bndbox><xmin>2</xmin><ymin>3</ymin><xmax>4</xmax><ymax>6</ymax></bndbox></object>"
            "</annotation>",
            "x.jpg a@1,2,4,6");
        add("labels beside the folder of the images", ImportFormat::LabelMe,
            "images/x.jpg|\nmarks/x.json|{\"version\": \"5\", \"shapes\": [{\"label\": \"a\", \"shape_type\": "
            "\"rectangle\","
            " \"points\": [[1, 2], [4, 6]]}], \"imagePath\": \"..\\\\images\\\\x.jpg\", \"imageWidth\": 10, "
            "\"imageHeight\": 10}",
            "images/x.jpg a@1,2,4,6");
    }
    void otherLayoutsAreRead()
    {
        QFETCH(const QByteArray, files);
        QFETCH(const int, format);
        QFETCH(const QByteArray, line);
        const TempFolder folder;
        for (const std::string& file : split(files.toStdString(), '\n')) {
            const std::size_t bar = file.find('|');
            folder.write(file.substr(0, bar), file.substr(bar + 1));
        }
        QVERIFY(must(recogniseDataset(folder.handle()->get())) == static_cast<ImportFormat>(format));
        const Gathered gathered = gather(folder, static_cast<ImportFormat>(format));
        QCOMPARE(gathered.problems(), Lines{});
        QCOMPARE(gathered.lines(), Lines{line.toStdString()});
    }

    // ---- our own releases ------------------------------------------------------------------------------------------

    static std::string manifest(const std::string& format, const std::string& request = "{}")
    {
        return "{\"schema\": \"proofsheet release 1\", \"name\": \"r\", \"format\": \"" + format +
               "\", \"request\": " + request + ", \"items_file\": \"release_items.jsonl\", \"files\": []}" + "\n";
    }

    void ourOwnReleaseGivesBackTheExactCropAndTheDecision()
    {
        const TempFolder folder;
        fill(folder, sampleDataset(ImportFormat::Yolo));
        folder.write("release.json", manifest("yolo"));
        folder.write(
            "release_items.jsonl",
            "{\"group_id\": \"g1\", \"group_key\": \"g_1\", \"name\": \"a.jpg\", \"sha256\": \"00\", \"action\": "
            "\"crop\","
            " \"selected_index\": 1, \"crop\": [0.0001, 0.25, 1.0, 0.75], \"side\": \"train\"}"
            "\n"
            "{\"group_id\": \"g2\", \"name\": \"b.png\", \"action\": \"approve\", \"crop\": null, \"side\": null}"
            "\n"
            "{\"group_id\": \"g2\", \"name\": \"c.jpg\", \"action\": \"approve\", \"slot\": 1, \"selected_index\": "
            "0}\n");
        QVERIFY(must(recogniseDataset(folder.handle()->get())) == ImportFormat::Yolo);
        const Gathered gathered = gather(folder, ImportFormat::Yolo);
        QCOMPARE(gathered.problems(), Lines{});
        const ImportedImage& first = gathered.image("images/train/a.jpg");
        QCOMPARE(cropText(first.boxes[0].box), "[0.0001, 0.25, 1.0, 0.75]");
        QVERIFY(first.action == Action::Crop);
        QCOMPARE(first.groupId, "g1");
        QCOMPARE(first.attributes["selected_index"].toInteger(), std::int64_t{1});
        const ImportedImage& second = gathered.image("images/train/b.png");
        QVERIFY(second.action == Action::Approve && !second.side && second.boxes.empty());
        const ImportedImage& loser = gathered.image("images/val/c.jpg");
        QVERIFY(!loser.action && loser.attributes["role"].toString() == "loser" && loser.groupId == "g2");
    }

    void anAppliedCropIsNoBox()
    {
        const TempFolder folder;
        fill(folder, sampleDataset(ImportFormat::ImageFolder));
        folder.write("release.json", manifest("imagefolder", "{\"crops\": \"applied\"}"));
        folder.write("release_items.jsonl", "{\"group_id\": \"g\", \"name\": \"b.jpg\", \"action\": \"crop\", "
                                            "\"crop\": [0, 0, 0.5, 0.5], \"side\": \"train\"}");
        const Gathered gathered = gather(folder, ImportFormat::ImageFolder);
        QVERIFY(gathered.image("train/b.jpg").boxes.empty());
        QCOMPARE(dumpJson(gathered.image("train/b.jpg").attributes["applied_crop"]), "[0, 0, 0.5, 0.5]");
    }

    void aBadManifestOrItemIsListed()
    {
        const TempFolder folder;
        fill(folder, sampleDataset(ImportFormat::Yolo));
        folder.write("release.json", manifest("yolo"));
        folder.write("release_items.jsonl", "{\"name\": \"a.jpg\"}\nnothing\n{}\n");
        QCOMPARE(
            gather(folder, ImportFormat::Yolo).problems(),
            (Lines{"release_items.jsonl:2 expected a value at byte 0", "release_items.jsonl:3 no item of a release"}));
    }

    void linesOfOurJsonlGiveBackTheWholeRow()
    {
        const TempFolder folder;
        folder.write("release.json", manifest("jsonl"));
        folder.write("batch_0001.jsonl",
                     "{\"group_id\": \"g1\", \"timestamp\": \"2025-10-21T17:04:44Z\", \"project_id\": \"p\", "
                     "\"images\": [\"a.png\","
                     " \"b.png\"], \"ai_confidence\": 0.5, \"user_selected_index\": 0, \"user_action\": \"crop\","
                     " \"final_crop_coords\": [0.1, 0.2, 0.3, 0.4], \"extra\": {\"blob\": \"00ff\"}, \"odd\": null,"
                     " \"group_key\": \"g_1\", \"side\": \"val\", \"selected_image\": \"a.png\"}");
        const Gathered gathered = gather(folder, ImportFormat::Jsonl);
        QCOMPARE(gathered.problems(), Lines{});
        QVERIFY(gathered.decisions[0].row.has_value());
        const DecisionRow& row = *gathered.decisions[0].row;
        QCOMPARE(row.cells().size(), std::size_t{10});
        QCOMPARE(row.text("images").value_or(""), "[\"a.png\", \"b.png\"]");
        QCOMPARE(row.text("final_crop_coords").value_or(""), "[0.1, 0.2, 0.3, 0.4]");
        QVERIFY(row.value("extra") == SqlValue(SqlBlob{std::string("\0\xff", 2)}));
        QVERIFY(!row.has("side") && row.isNull("odd"));
    }

    void ourLosslessCsvGivesBackTheWholeRow()
    {
        const TempFolder folder;
        folder.write("release.json", manifest("csv"));
        folder.write(
            "decisions.csv",
            "\"group_id\",\"timestamp\",\"images\",\"ai_confidence\",\"user_selected_index\",\"user_action\","
            "\"note\",\"empty\",\"group_key\",\"side\"\r\n"
            "\"g1\",\"2025-10-21T17:04:44Z\",\"[\"\"a.png\"\"]\",0.5,0,\"approve\",\"7, \"\"x\"\"\nline\",,\"k\",\r\n");
        const Gathered gathered = gather(folder, ImportFormat::Csv);
        QCOMPARE(gathered.problems(), Lines{});
        QVERIFY(gathered.decisions[0].row.has_value());
        const DecisionRow& row = *gathered.decisions[0].row;
        QCOMPARE(row.cells().size(), std::size_t{8});
        QVERIFY(row.value("note") == SqlValue(std::string("7, \"x\"\nline")));
        QVERIFY(row.value("ai_confidence") == SqlValue(0.5));
        QVERIFY(row.value("user_selected_index") == SqlValue(std::int64_t{0}));
        QVERIFY(row.isNull("empty"));
    }

    void preferencesAndCropsAreRead()
    {
        const TempFolder folder;
        folder.write("release.json", manifest("preferences"));
        folder.write("samples.jsonl",
                     "{\"group_id\": \"g1\", \"project_id\": \"p\", \"side\": null, \"provenance\": \"human\","
                     " \"directory\": \"d\", \"images\": [\"a.png\", \"b.png\"], \"selected_index\": 1}");
        folder.write("pairs.jsonl", "{\"group_id\": \"g1\", \"chosen\": \"b.png\", \"rejected\": \"a.png\"}");
        const Gathered samples = gather(folder, ImportFormat::Jsonl);
        QCOMPARE(samples.problems(), Lines{});
        QCOMPARE(samples.decisions.size(), std::size_t{1});
        QCOMPARE(samples.decisions[0].selectedIndex, std::optional(1));
        QCOMPARE(samples.decisions[0].notes, Lines{"provenance: human"});

        const TempFolder others;
        others.write("pairs.jsonl",
                     "{\"group_id\": \"g1\", \"chosen\": \"b.png\", \"rejected\": \"a.png\", \"tied\": null}"
                     "\n"
                     "{\"group_id\": \"g1\", \"chosen\": null, \"rejected\": null, \"tied\": [\"a\", \"b\"]}");
        others.write("crops.jsonl",
                     "{\"group_id\": \"g2\", \"image\": \"a.png\", \"action\": \"crop\", \"image_width\": 100,"
                     " \"image_height\": 50, \"final_crop_coords\": [0.1, 0.1, 0.5, 0.5]}");
        const Gathered pairs = gather(others, ImportFormat::Jsonl);
        QCOMPARE(pairs.problems(), Lines{"pairs.jsonl:2 a tie is no decision"});
        QCOMPARE(pairs.decisions.size(), std::size_t{2});
        QCOMPARE(pairs.decisions[0].images, Lines{"a.png"});
        QVERIFY(pairs.decisions[0].crop.has_value() && pairs.decisions[0].selectedIndex == 0);
        QCOMPARE(pairs.decisions[1].images, (Lines{"b.png", "a.png"}));
    }

    void ourWebDatasetSamplesAreRead()
    {
        const TempFolder folder;
        folder.write("val-000001/k.jpg", "x");
        folder.write(
            "val-000001/k.json",
            "{\"file_name\": \"k.x.jpg\", \"group_id\": \"g\", \"action\": \"crop\", \"width\": 100, \"height\": 50,"
            " \"classes\": [\"night\"], \"objects\": [{\"class\": \"crop\", \"bbox\": [10, 5, 33, 20]}]}");
        const Gathered gathered = gather(folder, ImportFormat::WebDataset);
        QCOMPARE(gathered.problems(), Lines{});
        QCOMPARE(gathered.lines(), Lines{"val-000001/k.jpg val crop@10,5,43,25 =night"});
        QCOMPARE(gathered.images[0].name, "k.x.jpg");
    }

    void metadataMayBeCsv()
    {
        const TempFolder folder;
        folder.write("train/1.jpg", "x");
        folder.write("train/metadata.csv",
                     "file_name,width,height,objects,label\r\n1.jpg,100,50,\"{\"\"bbox\"\": [[10, 5, 33,"
                     " 20]], \"\"categories\"\": [\"\"crop\"\"]}\",7\r\n");
        QVERIFY(must(recogniseDataset(folder.handle()->get())) == ImportFormat::ImageFolder);
        const Gathered gathered = gather(folder, ImportFormat::ImageFolder);
        QCOMPARE(gathered.problems(), Lines{});
        QCOMPARE(gathered.lines(), Lines{"train/1.jpg train crop@10,5,43,25 =7"});
    }
};

QTEST_APPLESS_MAIN(TestForeignReader)
#include "tst_foreign_reader.moc"
