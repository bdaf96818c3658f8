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
        QCOMPARE(dumpJson(gathered.images[0].attributes), R"({"note": 1})");
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
};

QTEST_APPLESS_MAIN(TestForeignReader)
#include "tst_foreign_reader.moc"
