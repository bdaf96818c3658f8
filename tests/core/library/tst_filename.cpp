// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/filename.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

// formats/decisions_v3.md 4.1
class TestFilename : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNameTellsTimeAndStage_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("timestamp");
        QTest::addColumn<bool>("isRealTime");
        QTest::addColumn<double>("stage");
        const auto row = [](const char* name, const char* timestamp, bool isRealTime, double stage) {
            QTest::newRow(name) << QByteArray(name) << QByteArray(timestamp) << isRealTime << stage;
        };
        row("20250705_230713_stage1_generated.png", "20250705_230713", true, 1);
        row("20250705_230713_stage1.5_face_swapped.png", "20250705_230713", true, 1.5);
        row("20250705_230713_stage2_upscaled.png", "20250705_230713", true, 2);
        row("20250705_230713_stage3_enhanced.png", "20250705_230713", true, 3);
        row("20250705_230713_STAGE2_UPSCALED.PNG", "20250705_230713", true, 2);
        row("20250705_230713_stage2_final.png", "20250705_230713", true, 2); // renamed: still stage 2
        row("20250705_230713_stage10.png", "20250705_230713", true, 10);
        row("20250705_230713_stage2.png", "20250705_230713", true, 2); // the suffix is no fraction
        row("20250705_230713_stage_3.png", "20250705_230713", true, 0);
        row("20250705_230713_backstage_stage3.png", "20250705_230713", true, 3);
        row("20250705_230713.png", "20250705_230713", true, 0);
        row("20250705_230713x.png", "20250705_230713", true, 0);
        row("20259999_999999_stage1.png", "20259999_999999", false, 1);
        row("20250229_120000_stage1.png", "20250229_120000", false, 1);
        row("20240229_235959_stage1.png", "20240229_235959", true, 1);
        row("20250705-230713_stage1.png", "", false, 1);
        row("2025070_230713_stage1.png", "", false, 1);
        row("x20250705_230713_stage1.png", "", false, 1);
        row("IMG_0001.JPG", "", false, 0);
        row("stage3_enhanced.png", "", false, 3);
        row("", "", false, 0);
        row("caf\xE9.png", "", false, 0);
    }
    void theNameTellsTimeAndStage()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, timestamp);
        QFETCH(const bool, isRealTime);
        QFETCH(const double, stage);
        const ImageName parsed = parseImageName(name.toStdString());
        QCOMPARE(parsed.timestamp, timestamp.toStdString());
        QCOMPARE(parsed.timeSeconds.has_value(), isRealTime);
        QCOMPARE(parsed.stage, stage);
    }

    void timesAreSecondsThatCanBeSubtracted()
    {
        const auto seconds = [](const char* name) { return *parseImageName(name).timeSeconds; };
        QCOMPARE(seconds("19700101_000001.png"), std::int64_t{1});
        QCOMPARE(seconds("20250706_000000.png") - seconds("20250705_235959.png"), std::int64_t{1});
        QCOMPARE(seconds("20250301_000000.png") - seconds("20250228_000000.png"), std::int64_t{86'400});
    }

    void imagesAreToldByTheirSuffixInAnyCase_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("isImage");
        const auto row = [](const char* name, bool isImage) { QTest::newRow(name) << QByteArray(name) << isImage; };
        for (const char* name : {"a.png", "a.PNG", "a.jpg", "a.JpEg", "a.webp", "a.tif", "a.TIFF", "a.bmp", "=a.png",
                                 "a b.c.png", "caf\xE9.png"})
            row(name, true);
        for (const char* name :
             {"a", "a.yaml", "a.png.txt", ".png", "a.", "png", "a.png ", "a.decision", "a.gif.gz", ""})
            row(name, false);
    }
    void imagesAreToldByTheirSuffixInAnyCase()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const bool, isImage);
        QCOMPARE(isImageFile(name.toStdString()), isImage);
    }

    void stemAndSuffixAreThoseOfPython_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("stem");
        QTest::addColumn<QByteArray>("suffix");
        const auto row = [](const char* name, const char* stem, const char* suffix) {
            QTest::newRow(name) << QByteArray(name) << QByteArray(stem) << QByteArray(suffix);
        };
        row("a.png", "a", ".png"); // measured with pathlib of Python 3.11
        row("a.tar.gz", "a.tar", ".gz");
        row(".hidden", ".hidden", "");
        row(".hidden.png", ".hidden", ".png");
        row("a.", "a.", "");
        row("a", "a", "");
        row("..a", ".", ".a");
        row("20250705_230713_stage1.5_face_swapped.png", "20250705_230713_stage1.5_face_swapped", ".png");
    }
    void stemAndSuffixAreThoseOfPython()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, stem);
        QFETCH(const QByteArray, suffix);
        const std::string text = name.toStdString();
        QCOMPARE(std::string(fileStem(text)), stem.toStdString());
        QCOMPARE(std::string(fileSuffix(text)), suffix.toStdString());
    }

    void peopleSeeTheStage()
    {
        QCOMPARE(stageText("20250705_230713_stage3_enhanced.png"), "stage3_enhanced"s);
        QCOMPARE(stageText("IMG_0001.JPG"), "IMG_0001"s);
        QCOMPARE(std::string(groupStem("20250705_230713_stage3_enhanced")), "20250705_230713"s);
        QCOMPARE(std::string(groupStem("photo")), "photo"s);
    }

    void namesAreOrderedAsPythonOrdersThem()
    {
        // By code point: U+FF21 comes before U+1F600 in Python, and the escapes of raw bytes (U+DC80...) before both.
        const std::vector<std::string> ordered{"",  "A",        "a",    "a\x01",        "a1",
                                               "b", "\xC3\xA9", "\xE9", "\xEF\xBC\xA1", "\xF0\x9F\x98\x80"};
        for (std::size_t i = 0; i < ordered.size(); ++i) {
            for (std::size_t j = 0; j < ordered.size(); ++j)
                QVERIFY2(pythonLess(ordered[i], ordered[j]) == (i < j),
                         (std::to_string(i) + " " + std::to_string(j)).c_str());
        }
    }

    void theOrderIsTotal()
    {
        SeededRandom random(101);
        for (int i = 0; i < 20'000; ++i) {
            const std::string a = random.bytes(random.below(5));
            const std::string b = random.bytes(random.below(5));
            const std::string c = random.bytes(random.below(5));
            QVERIFY2(!(pythonLess(a, b) && pythonLess(b, a)), random.note().c_str());
            QVERIFY2(!(pythonLess(a, b) && pythonLess(b, c)) || pythonLess(a, c), random.note().c_str());
            QVERIFY2(a == b || pythonLess(a, b) || pythonLess(b, a), random.note().c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestFilename)
#include "tst_filename.moc"
