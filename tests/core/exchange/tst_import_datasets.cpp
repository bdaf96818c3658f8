// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/history.h"
#include "tests/core/exchange/bitmaps.h"
#include "tests/core/exchange/import_fixture.h"
#include "tests/support/census.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

Census imagesOf(const ImportFixture& fixture)
{
    return takeCensus(fixture.folder().pathOf("ws/p1"));
}

ImportOptions intoP1(const ImportFixture& fixture, const std::string& source)
{
    ImportOptions options = fixture.options(fixture.folder().pathOf(source));
    options.projectId = "p1";
    return options;
}

/// A release with one group of a.bmp and b.bmp, of which b.bmp was approved; the project has a.bmp.
void makeRelease(const ImportFixture& fixture)
{
    fixture.makeProject("p1");
    fixture.folder().write("ws/p1/20250101_000001_stage1_a.bmp", bmpOf(photographOf(1)));
    fixture.folder().write("rel/train/20250101_000001_stage1_a.bmp", bmpOf(photographOf(1)));
    fixture.folder().write("rel/train/20250101_000001_stage2_b.bmp", bmpOf(photographOf(2)));
    fixture.folder().write("rel/train/metadata.jsonl", "{\"file_name\": \"20250101_000001_stage1_a.bmp\"}\n"
                                                       "{\"file_name\": \"20250101_000001_stage2_b.bmp\"}\n");
    fixture.folder().write("rel/release.json",
                           "{\"schema\": \"proofsheet release 1\", \"format\": \"imagefolder\", \"request\": {}, "
                           "\"items_file\": \"release_items.jsonl\"}");
    std::string items;
    for (const char* slot : {"0", "1"})
        items += "{\"name\": \"20250101_000001_stage"s + (*slot == '0' ? "1_a" : "2_b") +
                 ".bmp\", \"group_id\": \"g1\", \"action\": \"approve\", \"selected_index\": 1, \"slot\": " + slot +
                 "}\n";
    fixture.folder().write("rel/release_items.jsonl", items);
}

} // namespace

class TestImportDatasets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classesBecomeLabels();
    void theSameImageIsNotCopiedAgain();
    void aFailureLeavesNothing();
    void groupsMayHaveImagesOfTheProject();
    void groupsOfTheProjectStayAsTheyAre();
    void groupsThatAPersonMadeStayAsTheyAre();
};

void TestImportDatasets::classesBecomeLabels()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    fixture.folder().write("animals/cat/1.png", "a cat");
    fixture.folder().write("animals/cat/2.png", "another cat");
    fixture.folder().write("animals/dog/1.png", "a dog of the same name");
    const auto plan = fixture.planOf(intoP1(fixture, "animals"));
    QVERIFY(plan->format() == ImportFormat::ClassFolders);
    QCOMPARE(countsText(*plan), "added 3"s);
    QVERIFY(imagesOf(fixture).empty()); // a plan touches nothing
    must(fixture.apply(*plan));
    const Census images = imagesOf(fixture);
    QCOMPARE(images.size(), std::size_t{4});
    QVERIFY(images.contains("animals/1.png") && images.contains("animals/1_2.png") && images.contains("animals/2.png"));
    QCOMPARE(fixture.ask("p1",
                         "SELECT group_concat(class_name || count) FROM (SELECT class_name, count(*) AS count FROM "
                         "ps_labels WHERE source='import' GROUP BY class_name ORDER BY class_name)"),
             "cat2,dog1"s);
    QCOMPARE(fixture.rows("p1").size(), std::size_t{0});
    {
        const auto session = fixture.open("p1");
        must(undo(*session));
    }
    QCOMPARE(fixture.ask("p1", "SELECT count(*) FROM ps_labels"), "0"s);
    QCOMPARE(imagesOf(fixture).size(), std::size_t{4}); // files are not data of a step
    {
        const auto session = fixture.open("p1");
        must(redo(*session));
    }
    QCOMPARE(fixture.ask("p1", "SELECT count(*) FROM ps_labels"), "3"s);
}

void TestImportDatasets::theSameImageIsNotCopiedAgain()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    fixture.folder().write("animals/cat/1.png", "a cat");
    fixture.folder().write("animals/dog/2.png", "a dog");
    must(fixture.apply(*fixture.planOf(intoP1(fixture, "animals"))));
    const Census images = imagesOf(fixture);
    const std::string ledger = fixture.ask("p1", "SELECT max(seq) FROM ps_ledger");
    const auto again = fixture.planOf(intoP1(fixture, "animals"));
    QCOMPARE(countsText(*again), "skipped 2"s);
    QVERIFY(must(fixture.apply(*again)).importIds.empty());
    QCOMPARE(differences(images, imagesOf(fixture)), ""s);
    QCOMPARE(fixture.ask("p1", "SELECT max(seq) FROM ps_ledger"), ledger);
}

void TestImportDatasets::aFailureLeavesNothing()
{
    const ImportFixture fixture;
    fixture.makeProject("p1");
    fixture.folder().write("animals/cat/1.png", "a cat");
    fixture.folder().write("animals/dog/2.png", "a dog");
    const auto plan = fixture.planOf(intoP1(fixture, "animals"));
    fixture.folder().write("animals/dog/2.png", "a wolf"); // changed since it was read
    PS_CHECK_ERROR(ErrorCode::Conflict, fixture.apply(*plan));
    QVERIFY(imagesOf(fixture).empty());
    // The control: as it was, it comes in.
    fixture.folder().write("animals/dog/2.png", "a dog");
    must(fixture.apply(*plan));
    QCOMPARE(imagesOf(fixture).size(), std::size_t{3});
}

void TestImportDatasets::groupsMayHaveImagesOfTheProject()
{
    const ImportFixture fixture;
    makeRelease(fixture);
    const auto plan = fixture.planOf(intoP1(fixture, "rel"));
    QVERIFY2(countsText(*plan) == "added 1, skipped 1", dumpJson(must(plan->report())).c_str());
    must(fixture.apply(*plan));
    QCOMPARE(fixture.ask("p1", "SELECT images || user_selected_index || user_action FROM ai_decisions"),
             "[\"20250101_000001_stage1_a.bmp\", \"20250101_000001_stage2_b.bmp\"]1approve"s);
    QCOMPARE(fixture.ask("p1", "SELECT members ->> '$[0].path' || ' ' || (members ->> '$[1].path') FROM ps_groups "
                               "WHERE group_id='g1'"),
             "p1/20250101_000001_stage1_a.bmp p1/rel/20250101_000001_stage2_b.bmp"s);
    const auto session = fixture.open("p1");
    const auto groups = must(session->page(0, 10));
    QCOMPARE(groups.size(), std::size_t{1});
    QCOMPARE(groups[0].groupId, "g1"s);
    QCOMPARE(groups[0].imageCount, 2);
    QCOMPARE(countsText(*fixture.planOf(intoP1(fixture, "rel"))), "skipped 2"s);
}

void TestImportDatasets::groupsOfTheProjectStayAsTheyAre()
{
    const ImportFixture fixture;
    makeRelease(fixture);
    fixture.change("p1", "INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, "
                         "user_action, image_width, image_height) VALUES ('own', '2025-10-08T00:00:00Z', 'p1', "
                         "'[\"20250101_000001_stage1_a.bmp\"]', 0, 'approve', 600, 450)");
    const auto rows = fixture.rows("p1");
    const auto plan = fixture.planOf(intoP1(fixture, "rel"));
    QCOMPARE(countsText(*plan), "skipped 1, conflict 1"s);
    must(fixture.apply(*plan));
    QCOMPARE(fixture.rows("p1"), rows);
    QVERIFY(imagesOf(fixture).contains("rel/20250101_000001_stage2_b.bmp"));
    QCOMPARE(fixture.ask("p1", "SELECT count(*) FROM ps_groups WHERE group_id='own'"), "0"s);
    QCOMPARE(fixture.ask("p1", "SELECT group_concat(members ->> '$[0].path') || count(*) FROM ps_groups"),
             "p1/rel/20250101_000001_stage2_b.bmp1"s);
}

void TestImportDatasets::groupsThatAPersonMadeStayAsTheyAre()
{
    const ImportFixture fixture;
    makeRelease(fixture);
    {
        const auto session = fixture.open("p1"); // makes our tables
    }
    fixture.change("p1", "INSERT INTO ps_groups VALUES ('g_0123456789abcdef', NULL, '[{\"path\": "
                         "\"p1/20250101_000001_stage1_a.bmp\", \"size\": 1, \"modified_ns\": 1}]', 'split')");
    must(fixture.apply(*fixture.planOf(intoP1(fixture, "rel"))));
    QCOMPARE(fixture.ask("p1", "SELECT count(*) FROM ai_decisions"), "1"s);
    QCOMPARE(fixture.ask("p1",
                         "SELECT group_concat(members ->> '$[0].path' || json_array_length(members)) FROM (SELECT "
                         "* FROM ps_groups ORDER BY origin)"),
             "p1/rel/20250101_000001_stage2_b.bmp1,p1/20250101_000001_stage1_a.bmp1"s);
}

QTEST_GUILESS_MAIN(TestImportDatasets)
#include "tst_import_datasets.moc"
