// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/exchange/crop_rows.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

const std::string kFirstBox = "100.0,200.0,500.0,600.0";
const std::string kWithinFirst = "10.0,20.0,310.0,220.0"; ///< of the 400 x 400 that it leaves

std::string selectionRow(const std::string& chosen, const std::string& others)
{
    return "20251004_213737,group_8,mojo1/" + chosen + ",\"[" + others + "]\",2025-10-08T13:00:00Z\r\n";
}

std::string cropOfRow(const ImportFixture& fixture, const std::string& groupId)
{
    return fixture.ask("mojo1",
                       "SELECT coalesce(final_crop_coords, 'none') FROM ai_decisions WHERE group_id='" + groupId + "'");
}

std::string imagesOfRow(const ImportFixture& fixture)
{
    return fixture.ask("mojo1",
                       "SELECT images || user_selected_index || coalesce(ai_selected_index, '-') || user_action || "
                       "coalesce(final_crop_coords, '-') FROM ai_decisions");
}

} // namespace

class TestImportConflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void repeatsLeaveAnotherCropAlone();
    void repeatsLeaveAChangedCropAlone();
    void repeatsGoOnWhereTheRowIs();
    void repeatsAreOfOneImage();
    void theSameBoxInFractionsIsNoRepeat();
    void placeholdersLeaveRowsAlone();
    void selectionsBringTheOtherImages();
    void selectionsWidenNoRowOfAPerson();
    void aProjectThatChangedIsReadAgain();
};

void TestImportConflicts::repeatsLeaveAnotherCropAlone()
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    fixture.change("mojo1", decidedRow("own", "[\"a.png\"]", "crop", "'[0.3, 0.25, 0.5, 0.75]'") +
                                decidedRow("kept", "[\"b.png\"]", "approve"));
    const auto plan = fixture.plan("log.csv", kCropHeader + cropRow(kFirstBox) + cropRow(kWithinFirst) +
                                                  cropRow(kFirstBox, "1000,800", "mojo1/b.png") +
                                                  cropRow(kWithinFirst, "1000,800", "mojo1/b.png"));
    QCOMPARE(countsText(*plan), "conflict 4"s);
    must(fixture.apply(*plan));
    QCOMPARE(cropOfRow(fixture, "own"), "[0.3, 0.25, 0.5, 0.75]"s);
    QCOMPARE(cropOfRow(fixture, "kept"), "none"s);
}

void TestImportConflicts::repeatsLeaveAChangedCropAlone()
{
    const ImportFixture fixture;
    const std::string log = kCropHeader + cropRow(kFirstBox);
    must(fixture.apply(*fixture.plan("log.csv", log)));
    // The control: as the import left it, the next line goes on from there.
    QCOMPARE(firstNote(*fixture.plan("log.csv", log + cropRow(kWithinFirst)), 1).substr(0, 9), "corrected"s);
    fixture.change("mojo1", "UPDATE ai_decisions SET final_crop_coords='[0.2, 0.25, 0.5, 0.75]'");
    const auto plan = fixture.plan("log.csv", log + cropRow(kWithinFirst));
    QCOMPARE(firstNote(*plan, 0), "skipped: imported before"s);
    QCOMPARE(firstNote(*plan, 1), "conflict: superseded: the crop here is not what line 2 left"s);
    must(fixture.apply(*plan));
    QCOMPARE(fixture.ask("mojo1", "SELECT final_crop_coords FROM ai_decisions"), "[0.2, 0.25, 0.5, 0.75]"s);
    // A crop that was made an approval since is changed just as little.
    fixture.change("mojo1", "UPDATE ai_decisions SET final_crop_coords=NULL, crop_timestamp=NULL, "
                            "user_action='approve'");
    QCOMPARE(firstNote(*fixture.plan("more.csv", log + cropRow(kWithinFirst)), 1).substr(0, 8), "conflict"s);
}

void TestImportConflicts::repeatsGoOnWhereTheRowIs()
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    fixture.change("mojo1", decidedRow("own", "[\"a.png\"]", "crop", "'[0.1, 0.25, 0.5, 0.75]'") +
                                decidedRow("whole", "[\"b.png\"]", "approve"));
    const auto plan = fixture.plan("log.csv", kCropHeader + cropRow(kFirstBox) + cropRow(kWithinFirst) +
                                                  cropRow("0.0,0.0,1000.0,800.0", "1000,800", "mojo1/b.png") +
                                                  cropRow(kWithinFirst, "1000,800", "mojo1/b.png"));
    QCOMPARE(countsText(*plan), "corrected 2, skipped 2"s);
    must(fixture.apply(*plan));
    QCOMPARE(cropOfRow(fixture, "own"), cropText(fromPixels({110, 220, 410, 420}, {1000, 800})));
    QCOMPARE(cropOfRow(fixture, "whole"), cropText(fromPixels({10, 20, 310, 220}, {1000, 800})));
}

void TestImportConflicts::repeatsAreOfOneImage()
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    fixture.change("mojo1", decidedRow("own", "[\"a.png\", \"b.png\"]", "crop"));
    const auto plan = fixture.plan("log.csv", kCropHeader + cropRow(kFirstBox) +
                                                  cropRow(kWithinFirst, "1000,800", "mojo1/b.png") +
                                                  cropRow("5.0,5.0,105.0,105.0"));
    QCOMPARE(firstNote(*plan, 0).substr(0, 6), "filled"s);
    QCOMPARE(firstNote(*plan, 1), "conflict: another image is selected here: a.png"s);
    QCOMPARE(firstNote(*plan, 2).substr(0, 9), "corrected"s);
    must(fixture.apply(*plan));
    // From 100, 200, whatever b.png has.
    QCOMPARE(cropOfRow(fixture, "own"), cropText(fromPixels({105, 205, 205, 305}, {1000, 800})));
}

void TestImportConflicts::theSameBoxInFractionsIsNoRepeat()
{
    const ImportFixture fixture;
    const auto plan = fixture.plan("log.csv", kCropHeader + cropRow(kFirstBox, "999,777") +
                                                  cropRow("0.1001,0.2574,0.5005,0.7722", "999,777") +
                                                  cropRow("101.0,200.0,500.0,600.0", "999,777"));
    QCOMPARE(firstNote(*plan, 1), "skipped: says the same as line 2"s);
    QCOMPARE(firstNote(*plan, 2).substr(0, 8), "conflict"s); // the control: a pixel beside it is another box
}

void TestImportConflicts::placeholdersLeaveRowsAlone()
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    fixture.change("mojo1", decidedRow("own", "[\"a.png\"]", "crop", "'[0.3, 0.25, 0.5, 0.75]'") +
                                decidedRow("kept", "[\"b.png\"]", "approve"));
    std::string log;
    for (const char* name : {"a", "b", "c"})
        log += "mojo1_extraction,/Users/x/mojo1,/Users/x/mojo1/"s + name +
               ".png,2.0,0.0,0.0,1.0,1.0,2025-07-07T00:00:00+00:00\r\n";
    const auto rows = fixture.rows("mojo1");
    const auto plan = fixture.plan("log.csv", log);
    QCOMPARE(firstNote(*plan, 0), "skipped: a placeholder; the row here stays as it is"s);
    QCOMPARE(firstNote(*plan, 1), "skipped: a placeholder; the row here stays as it is"s);
    QCOMPARE(firstNote(*plan, 2), "quarantined: needs dimensions"s); // the control: there is no such row
    must(fixture.apply(*plan));
    QCOMPARE(fixture.rows("mojo1"), rows);
    QCOMPARE(fixture.ask("mojo1", "SELECT count(*) FROM ps_import_lines WHERE group_id IS NOT NULL"), "0"s);
    QCOMPARE(fixture.ask("mojo1", "SELECT count(*) FROM ps_import_lines WHERE is_placeholder=1"), "3"s);
}

void TestImportConflicts::selectionsBringTheOtherImages()
{
    const std::string crops = kCropHeader + cropRow(kFirstBox, "1000,800", "mojo1/20250101_000002_stage2_x.png");
    const std::string selections = selectionRow("20250101_000002_stage2_x.png",
                                                "\"\"/x/mojo1/20250101_000001_stage1_x.png\"\", "
                                                "\"\"/x/mojo1/20250101_000003_stage3_x.png\"\"");
    const std::string wanted = "[\"20250101_000001_stage1_x.png\", \"20250101_000002_stage2_x.png\", "
                               "\"20250101_000003_stage3_x.png\"]1-crop[0.1, 0.25, 0.5, 0.75]";
    { // in one import, the crops first as the names of the files have it
        const ImportFixture fixture;
        fixture.folder().write("logs/select_crop_log.csv", crops);
        fixture.folder().write("logs/selection_only_log.csv", selections);
        const auto plan = fixture.planOf(fixture.options(fixture.folder().pathOf("logs")));
        QCOMPARE(countsText(*plan), "added 1, filled 1"s);
        must(fixture.apply(*plan));
        QCOMPARE(imagesOfRow(fixture), wanted);
        const auto again = fixture.planOf(fixture.options(fixture.folder().pathOf("logs")));
        QCOMPARE(countsText(*again), "skipped 2"s);
    }
    { // one after the other, with an index to be kept right
        const ImportFixture fixture;
        must(fixture.apply(*fixture.plan("crops.csv", crops)));
        fixture.change("mojo1", "UPDATE ai_decisions SET ai_selected_index=0");
        const auto plan = fixture.plan("selections.csv", selections);
        QCOMPARE(countsText(*plan), "filled 1"s);
        must(fixture.apply(*plan));
        std::string withIndex = wanted;
        withIndex.replace(withIndex.find("1-crop"), 6, "11crop");
        QCOMPARE(imagesOfRow(fixture), withIndex);
    }
    { // a crop line behind it is still compared with the crop that is there
        const ImportFixture fixture;
        fixture.folder().write("logs/a.csv", crops);
        fixture.folder().write("logs/b.csv", selections);
        fixture.folder().write("logs/c.csv", kCropHeader + cropRow("1.0,2.0,903.0,704.0", "1000,800",
                                                                   "mojo1/20250101_000002_stage2_x.png"));
        QCOMPARE(countsText(*fixture.planOf(fixture.options(fixture.folder().pathOf("logs")))),
                 "added 1, filled 1, conflict 1"s);
    }
}

void TestImportConflicts::selectionsWidenNoRowOfAPerson()
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    fixture.change("mojo1", decidedRow("own", "[\"a.png\"]", "approve"));
    const auto rows = fixture.rows("mojo1");
    const auto plan = fixture.plan("log.csv", selectionRow("a.png", "\"\"b.png\"\"") + selectionRow("a.png", ""));
    QCOMPARE(firstNote(*plan, 0), "conflict: more images in the source"s);
    QCOMPARE(firstNote(*plan, 1), "skipped: the same selection"s);
    must(fixture.apply(*plan));
    QCOMPARE(fixture.rows("mojo1"), rows);
}

void TestImportConflicts::aProjectThatChangedIsReadAgain()
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    std::string log = kCropHeader;
    for (int i = 0; i < 6'000; ++i)
        log += cropRow(kFirstBox, "1000,800", "mojo1/" + std::to_string(i) + ".png");
    ImportOptions options = fixture.options(fixture.folder().write("log.csv", log));
    std::stop_source stop;
    options.onProgress = [&](std::int64_t, std::int64_t) { stop.request_stop(); };
    PS_CHECK_ERROR(ErrorCode::Cancelled,
                   ImportPlan::make(fixture.workspace(), fixture.images(), options, stop.get_token()));
    // Somebody decides about an image that the interrupted attempt had passed.
    fixture.change("mojo1", decidedRow("own", "[\"3.png\"]", "crop", "'[0.1, 0.25, 0.5, 0.75]'"));
    options.onProgress = {};
    const auto plan = must(ImportPlan::make(fixture.workspace(), fixture.images(), options, {}));
    QCOMPARE(countsText(*plan), "added 5999, skipped 1"s);
    QCOMPARE(itemAt(*plan, 3).groupId, "own"s);
}

QTEST_GUILESS_MAIN(TestImportConflicts)
#include "tst_import_conflicts.moc"
