// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/history.h"
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

} // namespace

class TestImportDatasets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classesBecomeLabels();
    void theSameImageIsNotCopiedAgain();
    void aFailureLeavesNothing();
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

QTEST_GUILESS_MAIN(TestImportDatasets)
#include "tst_import_datasets.moc"
