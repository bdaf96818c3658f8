// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/delivery_writer.h"

#include "tests/core/exchange/media_helpers.h"
#include "tests/core/exchange/sink_helpers.h"

#include <QObject>

using namespace ps;
using namespace ps::test;

namespace {

ReleaseGroup groupOf(const TempFolder& originals, const std::string& path, const std::string& name)
{
    ReleaseGroup group;
    group.groupId = "g " + path;
    group.action = Action::Approve;
    group.row.set("directory", SqlValue("/Users/somebody/" + std::string(parentPath(path)))); // of no account
    group.images.push_back(releaseImage(originals, path));
    group.images.back().name = name;
    group.images.back().folder = parentPath(path);
    return group;
}

/// What a delivery of these groups holds, and what it counts.
struct Delivered {
    std::vector<std::string> paths;
    FormatWriter::Counts counts;
};
Delivered deliver(ImageService& service, const TempFolder& folder, const std::vector<ReleaseGroup>& groups,
                  const std::string& allowList = {})
{
    const auto sink = folderSinkIn(folder);
    std::vector<ReleaseFile> files;
    recordFiles(*sink, files);
    ReleaseMedia media(service, CropMode::Applied, false);
    FormatContext context;
    context.request.format = ExportFormat::Delivery;
    context.request.allowList = allowList;
    context.sink = sink.get();
    context.media = &media;
    const auto writer = must(makeDeliveryWriter(context));
    must(writer->begin());
    for (const ReleaseGroup& group : groups)
        must(writer->add(group));
    must(writer->finish());
    must(sink->finish());
    Delivered delivered{{}, writer->counts()};
    for (const ReleaseFile& file : files)
        delivered.paths.push_back(file.path);
    return delivered;
}

} // namespace

class TestDelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_service.reset(); }
    void theListIsReadAsPeopleWriteIt();
    void theListRefusesWhatIsNeverDelivered_data();
    void theListRefusesWhatIsNeverDelivered();
    void winnersGoOutWithTheirCompanions();
    void suffixesOfSeveralParts();
    void twinsShareTheirCompanion();
    void foldersBecomePortable();
    void losersStay();
    void imagesThatTheListDoesNotNameAreCounted();

private:
    TempFolder m_originals;
    std::unique_ptr<ImageService> m_service;
};

void TestDelivery::initTestCase()
{
    m_service = startImageService();
    const std::string png = encodedAs(ImageFormat::Png, patternRaster({16, 12}));
    for (const char* path : {"shoot/a.png", "shoot/b.png", "shoot/c.png", "Shoot/d.png", "odd: folder?/e.png"})
        m_originals.write(path, png);
    m_originals.write("shoot/twin.png", png);
    m_originals.write("shoot/twin.jpg", encodedAs(ImageFormat::Jpeg, patternRaster({16, 12})));
    m_originals.write("shoot/photo.tif", encodedAs(ImageFormat::Tiff, patternRaster({16, 12})));
    for (const char* path : {"shoot/a.yaml", "shoot/a.caption", "shoot/a.decision", "shoot/a.json", "shoot/a.txtvim",
                             "shoot/a.db", "shoot/b.yaml", "shoot/c.YAML", "shoot/c.tags.txt", "shoot/twin.yaml",
                             "shoot/ab.yaml", "shoot/a", "Shoot/d.caption"})
        m_originals.write(path, path);
}

void TestDelivery::theListIsReadAsPeopleWriteIt()
{
    const AllowList usual = must(AllowList::parse(""));
    QCOMPARE(usual.suffixes().size(), 8U);
    QVERIFY(usual.takes("a.PNG") && usual.takes("a.b.caption") && !usual.takes("a.tif") && !usual.takes("png"));
    QVERIFY(!usual.takes(".png") && !usual.takes(".hidden.png") && !usual.takes("a.apng"));
    const AllowList mine = must(AllowList::parse(" .PNG; tar.gz,\tcaption,png,, "));
    QCOMPARE(mine.suffixes(), (std::vector<std::string>{"caption", "tar.gz", "png"}));
    QVERIFY(mine.takes("a.tar.gz") && !mine.takes("a.gz"));
    QCOMPARE(std::string(mine.refusalOf("a")), std::string("no_extension"));
    QCOMPARE(std::string(mine.refusalOf(".DS_Store")), std::string("hidden"));
    QCOMPARE(std::string(mine.refusalOf("mojo.project.json")), std::string("banned_ext"));
    QCOMPARE(std::string(mine.refusalOf("triplet_culler_log.csv")), std::string("banned_name"));
    QCOMPARE(std::string(mine.refusalOf("a.txtvim")), std::string("not_allowed"));
}

void TestDelivery::theListRefusesWhatIsNeverDelivered_data()
{
    QTest::addColumn<QByteArray>("list");
    for (const char* list : {"png,db", "decision", "project.json", "png sqlite", "my.manifest.json", "cropped", "p*g",
                             "..", "a/b", ",,", "\xff"})
        QTest::addRow("%s", list) << QByteArray(list);
}

void TestDelivery::theListRefusesWhatIsNeverDelivered()
{
    QFETCH(QByteArray, list);
    PS_CHECK_ERROR(ErrorCode::InvalidInput, AllowList::parse(list.toStdString()));
}

void TestDelivery::winnersGoOutWithTheirCompanions()
{
    const TempFolder folder;
    const Delivered delivered = deliver(*m_service, folder,
                                        {groupOf(m_originals, "shoot/a.png", "a.png"),
                                         groupOf(m_originals, "shoot/b.png", "b_2.png"),
                                         groupOf(m_originals, "shoot/c.png", "c.png")});
    QCOMPARE(delivered.paths,
             (std::vector<std::string>{"shoot/a.png", "shoot/a.caption", "shoot/a.yaml", "shoot/b_2.png",
                                       "shoot/b_2.yaml", "shoot/c.png", "shoot/c.YAML"}));
    QCOMPARE(folder.read("shoot/b_2.yaml"), std::string("shoot/b.yaml"));
    const auto& details = delivered.counts.details;
    QCOMPARE(delivered.counts.images, std::int64_t{3});
    QCOMPARE(details.at("finalImages"), std::int64_t{3});
    QCOMPARE(details.at("extension:png"), std::int64_t{3});
    QCOMPARE(details.at("extension:yaml"), std::int64_t{3});
    QCOMPARE(details.at("extension:caption"), std::int64_t{1});
    QCOMPARE(details.at("without:caption"), std::int64_t{2}); // two images have none although one has
    QVERIFY(!details.contains("without:yaml"));
    QCOMPARE(details.at("excluded:banned_ext"), std::int64_t{3}); // sidecar, JSON, database
    QCOMPARE(details.at("excluded:not_allowed"), std::int64_t{1});
    QCOMPARE(delivered.counts.byClass.at("approve"), std::int64_t{3});
}

void TestDelivery::suffixesOfSeveralParts()
{
    const TempFolder folder;
    const Delivered delivered = deliver(*m_service, folder, {groupOf(m_originals, "shoot/c.png", "c.png")},
                                        "png,tags.txt");
    QCOMPARE(delivered.paths, (std::vector<std::string>{"shoot/c.png", "shoot/c.tags.txt"}));
    QCOMPARE(delivered.counts.details.at("extension:tags.txt"), std::int64_t{1});
}

void TestDelivery::twinsShareTheirCompanion()
{
    const TempFolder folder;
    const Delivered delivered = deliver(
        *m_service, folder,
        {groupOf(m_originals, "shoot/twin.jpg", "twin.jpg"), groupOf(m_originals, "shoot/twin.png", "twin.png")});
    QCOMPARE(delivered.paths, (std::vector<std::string>{"shoot/twin.jpg", "shoot/twin.yaml", "shoot/twin.png"}));
    QVERIFY(!delivered.counts.details.contains("without:yaml"));
}

void TestDelivery::foldersBecomePortable()
{
    const TempFolder folder;
    ReleaseGroup outside = groupOf(m_originals, "shoot/b.png", "b.png");
    outside.images.back().folder = "../outside/CON";
    const Delivered delivered = deliver(*m_service, folder,
                                        {groupOf(m_originals, "shoot/a.png", "a.png"),
                                         groupOf(m_originals, "Shoot/d.png", "d.png"),
                                         groupOf(m_originals, "odd: folder?/e.png", "e.png"), outside},
                                        "png");
    QCOMPARE(delivered.paths,
             (std::vector<std::string>{"shoot/a.png", "shoot/d.png", "odd_ folder_/e.png", "outside/_CON/b.png"}));
}

void TestDelivery::losersStay()
{
    const TempFolder folder;
    ReleaseGroup group = groupOf(m_originals, "shoot/a.png", "a.png");
    group.images.push_back(releaseImage(m_originals, "shoot/b.png"));
    group.images.back().role = ImageRole::Loser;
    QCOMPARE(deliver(*m_service, folder, {group}, "png").paths, (std::vector<std::string>{"shoot/a.png"}));
}

void TestDelivery::imagesThatTheListDoesNotNameAreCounted()
{
    const TempFolder folder;
    const Delivered delivered = deliver(*m_service, folder, {groupOf(m_originals, "shoot/photo.tif", "photo.tif")});
    QVERIFY(delivered.paths.empty());
    QCOMPARE(delivered.counts.images, std::int64_t{0});
    QCOMPARE(delivered.counts.details.at("excludedImages:not_allowed"), std::int64_t{1});
}

QTEST_GUILESS_MAIN(TestDelivery)
#include "tst_delivery.moc"
