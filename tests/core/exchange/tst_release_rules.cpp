// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/exchange/release_helpers.h"
#include "tests/support/images.h"

#include <QTest>

using namespace ps;
using namespace ps::test;

namespace {

using Counts = std::map<std::string, std::int64_t>;

/// Photographs of 64 x 48 pixels in rows that say the same, all kept; then `statements` are run as another program would.
ProjectFixture photographs(int count, const std::vector<std::string>& statements, const std::string& folder = "")
{
    ProjectFixture fixture;
    for (int i = 0; i < count; ++i)
        fixture.addFile(joinPath(folder, "p" + std::to_string(i) + ".png"),
                        encodedAs(ImageFormat::Png, noiseRaster({64, 48})));
    {
        const auto session = fixture.open();
        for (int i = 0; i < count; ++i)
            decideGroup(*session, "p" + std::to_string(i) + ".png", approve());
    }
    const Connection database = must(Connection::open(fixture.databasePath(), OpenMode::ReadWrite));
    must(database.execute("PRAGMA ignore_check_constraints=ON")); // some rows make no sense
    must(database.execute("UPDATE ai_decisions SET image_width=64, image_height=48"));
    for (const std::string& statement : statements)
        must(database.execute(statement.c_str()));
    return fixture;
}

std::string setRow(int number, const std::string& values)
{
    return "UPDATE ai_decisions SET " + values + " WHERE images LIKE '%p" + std::to_string(number) + ".png%'";
}

/// The checks that find made-up rows odd are not what is tested.
ExportRequest openRequest(ExportFormat format)
{
    ExportRequest request = requestFor(format);
    for (const CheckInfo& check : allChecks())
        request.checkRules[std::string(check.id)] = CheckRule::Allow;
    return request;
}

std::string importOf(int id, const std::string& format, bool isStanding)
{
    return "INSERT INTO ps_imports VALUES (" + std::to_string(id) + ", 1, '2025-01-01T00:00:00Z', '" + format +
           "', 'x', 'x', '{}', 1, 0, 0, 0, 0, 0, NULL, " + (isStanding ? "1" : "0") + ")";
}

std::string lineAbout(int number, int importId, bool isPlaceholder, const std::string& outcome)
{
    return "INSERT INTO ps_import_lines SELECT " + std::to_string(importId) + ", 'f', " + std::to_string(number) +
           ", '', '" + outcome + "', group_id, " + (isPlaceholder ? "1" : "0") +
           ", '' FROM ai_decisions WHERE images LIKE '%p" + std::to_string(number) + ".png%'";
}

constexpr const char* kPartCrop = "user_action='crop', final_crop_coords='[0.25, 0.25, 0.75, 0.75]'";

} // namespace

/// Which rows go out as what, for rows that this program did not write.
class TestReleaseRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_images = startImageService(); }

    void aCropIsWhatItsCoordinatesSay_data()
    {
        QTest::addColumn<ExportFormat>("format");
        QTest::addColumn<CropMode>("crops");
        QTest::addColumn<Counts>("byAction");
        QTest::addColumn<Counts>("excluded");
        QTest::addColumn<Counts>("byClass");
        const Counts byCrop{{"approve", 3}, {"crop", 2}};
        QTest::newRow("yolo") << ExportFormat::Yolo << CropMode::Boxes << byCrop << Counts() << Counts{{"crop", 2}};
        QTest::newRow("coco, cut") << ExportFormat::Coco << CropMode::Applied << byCrop << Counts() << Counts();
        QTest::newRow("yolo-cls") << ExportFormat::YoloClassification << CropMode::Applied << byCrop << Counts()
                                  << byCrop;
        QTest::newRow("delivery") << ExportFormat::Delivery << CropMode::Applied << byCrop << Counts() << byCrop;
        QTest::newRow("crops") << ExportFormat::Crops << CropMode::Boxes << Counts{{"crop", 1}}
                               << Counts{{"no crop", 3}, {"invalid row", 1}} << Counts();
        QTest::newRow("jsonl") << ExportFormat::Jsonl << CropMode::Boxes << Counts{{"approve", 2}, {"crop", 3}}
                               << Counts() << Counts();
    }
    void aCropIsWhatItsCoordinatesSay()
    {
        QFETCH(const ExportFormat, format);
        QFETCH(const CropMode, crops);
        QFETCH(const Counts, byAction);
        QFETCH(const Counts, excluded);
        QFETCH(const Counts, byClass);
        const ProjectFixture fixture = photographs(
            5, {setRow(0, "user_action='crop', final_crop_coords='[0.0, 0.0, 1.0, 1.0]'"),
                setRow(1, "final_crop_coords='[0.25, 0.25, 0.75, 0.75]'"), // of an approval
                setRow(2, "user_action='crop', final_crop_coords='[0.001, 0.0, 1.0, 1.0]'"),
                setRow(3, std::string(kPartCrop) + ", image_width=0, image_height=0")});
        const auto session = fixture.open();
        ExportRequest request = openRequest(format);
        request.crops = crops;
        const auto receipt = must(
            exportRelease(*session, *m_images, request, exportTo(fixture.folder().pathOf("r")), {}));
        QCOMPARE(receipt.preview.byAction, byAction);
        QCOMPARE(receipt.preview.excluded, excluded);
        QCOMPARE(receipt.written.byClass, byClass);
        QCOMPARE(receipt.preview.byClass, byClass);
        QCOMPARE(receipt.preview.inView, accountedFor(receipt.preview));
        if (format == ExportFormat::Crops)
            QCOMPARE(receipt.written.lines, receipt.preview.exported);
        if (format == ExportFormat::Yolo) {
            QCOMPARE(fixture.folder().read("r/labels/train/p0.txt"), std::string());
            QVERIFY(!fixture.folder().read("r/labels/train/p1.txt").empty());
        }
        if (format == ExportFormat::Coco) // cut, whatever the word in the row is
            QCOMPARE(must(headerOf(fixture.folder().read("r/images/train/p1.png"))).upright(), (ImageSize{32, 24}));
    }

    void onlyLinesThatMadeARowSayWhereItCameFrom()
    {
        const ProjectFixture fixture = photographs(
            6, {setRow(0, kPartCrop), setRow(1, kPartCrop), setRow(2, kPartCrop), setRow(3, kPartCrop),
                setRow(4, kPartCrop), setRow(5, kPartCrop + std::string(", group_id='p1_group_20250705_230713'")),
                importOf(1, "human", true), importOf(2, "human", false), importOf(3, "backfill", true),
                importOf(4, "backfill", false), lineAbout(0, 1, true, "added"), lineAbout(1, 1, true, "skipped"),
                lineAbout(2, 2, true, "added"), lineAbout(3, 3, false, "added"), lineAbout(4, 4, false, "added"),
                lineAbout(1, 3, false, "skipped")});
        const auto session = fixture.open();
        const auto receipt = must(exportRelease(*session, *m_images, openRequest(ExportFormat::Crops),
                                                exportTo(fixture.folder().pathOf("r")), {}));
        QCOMPARE(receipt.preview.excluded, (Counts{{"placeholder crop", 1}}));
        std::map<std::string, std::string> provenance;
        for (const std::string& line : split(fixture.folder().read("r/crops.jsonl"), '\n')) {
            if (!line.empty())
                provenance[must(parseJson(line))["image"].toString()] = must(parseJson(line))["provenance"].toString();
        }
        const std::map<std::string, std::string> expected{{"p1.png", "human"},
                                                          {"p2.png", "human"},
                                                          {"p3.png", "backfilled"},
                                                          {"p4.png", "human"},
                                                          {"p5.png", "backfilled"}};
        QCOMPARE(provenance, expected);
    }

    void previewsCountWhatIsWritten_data()
    {
        QTest::addColumn<ExportFormat>("format");
        for (const ExportFormatInfo& info : allExportFormats())
            QTest::newRow(std::string(info.name).c_str()) << info.format;
    }
    void previewsCountWhatIsWritten()
    {
        QFETCH(const ExportFormat, format);
        const ProjectFixture fixture = photographs(
            2, {setRow(0, kPartCrop), "INSERT INTO ps_labels SELECT group_key, 0, 'label', 'import' FROM ps_groups",
                "INSERT INTO ps_boxes SELECT group_key, 0, 'import', 0, 'inside', 0.3, 0.3, 0.6, 0.6, NULL, 'import' "
                "FROM ps_groups",
                "INSERT INTO ps_boxes SELECT group_key, 0, 'import', 1, 'outside', 0.0, 0.0, 0.1, 0.1, NULL, 'import' "
                "FROM ps_groups"});
        const auto session = fixture.open();
        ExportRequest request = openRequest(format);
        for (const CropMode crops : {CropMode::Boxes, CropMode::Applied}) {
            request.crops = crops;
            const std::string target = fixture.folder().pathOf(crops == CropMode::Boxes ? "boxes" : "cut");
            const auto receipt = must(exportRelease(*session, *m_images, request, exportTo(target), {}));
            QCOMPARE(receipt.preview.byClass, receipt.written.byClass);
            if (exportFormatInfo(format).hasBoxes) { // the control
                const std::int64_t outside = crops == CropMode::Boxes ? 2 : 1;
                QCOMPARE(receipt.written.byClass.at("outside"), outside);
            }
        }
    }

    void foldersOfSomebodysMachineStayThere()
    {
        const ProjectFixture fixture = photographs(
            1, {"UPDATE ai_decisions SET directory='/Users/somebody/ws/photos/sub'"}, "sub");
        const auto session = fixture.open();
        must(exportRelease(*session, *m_images, openRequest(ExportFormat::Delivery),
                           exportTo(fixture.folder().pathOf("r")), {}));
        QVERIFY(takeCensus(fixture.folder().pathOf("r")).contains("sub/p0.png"));
        for (const auto& [path, what] : takeCensus(fixture.folder().pathOf("r")))
            QVERIFY(path.find("somebody") == std::string::npos);
        // Rows as they are hold it all the same, and say so.
        for (const auto& [format, isTold] :
             {std::pair(ExportFormat::Jsonl, true), std::pair(ExportFormat::Yolo, false)}) {
            const auto preview = must(previewRelease(*session, *m_images, requestFor(format), exportTo(""), {}));
            const auto check = std::ranges::find(preview.checks, "directory_absolute",
                                                 &ReleasePreview::CheckResult::check);
            QVERIFY(check != preview.checks.end());
            QCOMPARE(check->rule == CheckRule::Warn, isTold);
        }
    }

private:
    std::unique_ptr<ImageService> m_images;
};

QTEST_GUILESS_MAIN(TestReleaseRules)
#include "tst_release_rules.moc"
