// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/decisions/group_id.h"
#include "core/library/filename.h"
#include "core/library/image_measures_table.h"
#include "core/library/project_index.h"
#include "tests/support/checks.h"
#include "tests/support/project_fixture.h"
#include "tests/support/python.h"

#include <QTest>

#include <filesystem>
#include <map>
#include <numeric>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

std::string namesText(const std::vector<std::string>& names)
{
    Json::Array list;
    for (const std::string& name : names)
        list.emplace_back(name);
    return dumpJson(Json(std::move(list)));
}

std::string insertRow(const std::string& groupId, const std::string& images, const std::string& directory)
{
    return "INSERT INTO ai_decisions (group_id, timestamp, project_id, directory, images, user_selected_index, "
           "user_action, image_width, "
           "image_height) VALUES ('" +
           groupId + "', '2025-10-21T17:04:44Z', 'p1', " + (directory == "NULL" ? "NULL" : "'" + directory + "'") +
           ", '" + images + "', 0, 'approve', 9, 9)";
}

struct CatalogueContent {
    std::vector<CatalogueItem> items;
    std::vector<SkippedEntry> skipped;
};

CatalogueContent readBack(const Catalogue& catalogue)
{
    CatalogueContent content;
    content.skipped = must(catalogue.skippedEntries());
    std::vector<std::int64_t> ordinals(static_cast<std::size_t>(must(catalogue.counts()).entries()));
    std::iota(ordinals.begin(), ordinals.end(), std::int64_t{0});
    for (GroupEntry& entry : must(catalogue.entriesAt(ordinals))) {
        CatalogueItem& item = content.items.emplace_back();
        item.images = must(catalogue.images(entry.ordinal));
        item.fingerprint = must(catalogue.fingerprint(entry.groupId));
        item.entry = std::move(entry);
    }
    return content;
}

CatalogueContent index(const ProjectFixture& fixture, bool perFolder = false)
{
    const Workspace workspace = must(Workspace::open(fixture.folder().pathOf("ws")));
    const ProjectFolders folders = must(ProjectFolders::open(workspace, fixture.imagesPath()));
    IndexOptions options;
    options.perFolder = perFolder;
    const Catalogue catalogue = must(Catalogue::openInMemory());
    must(indexProject(folders, must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), options, catalogue,
                      {}));
    return readBack(catalogue);
}

/// group id -> first image of the group it was matched to, or the reason why to none.
std::map<std::string, std::string> matches(const CatalogueContent& content)
{
    std::map<std::string, std::string> result;
    for (const CatalogueItem& item : content.items) {
        if (!item.fingerprint.empty())
            result[item.entry.groupId] = item.entry.canBeDecided() ? item.images.front().path
                                                                   : item.entry.unmatchedReason;
    }
    return result;
}

std::string namesOfGroup(int number)
{
    return namesText({ProjectFixture::imageName(number, "1", 0), ProjectFixture::imageName(number, "2", 1)});
}

} // namespace

// design.md 2: "A v3 row belongs to the group whose file names equal its images, then by directory."
class TestProjectIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groupsThenLeftoversInOrder()
    {
        const ProjectFixture fixture;
        fixture.addSingle("photo.jpg");
        fixture.addGroup(2, {"1", "1.5", "2", "3"});
        fixture.addGroup(1, {"1", "2"}, "sub");
        fixture.addGroup(3, {"3"});
        fixture.addGroup(4, {"0", "1", "1.5", "2", "3"});
        fixture.addFile("notes.txt", "x");
        const CatalogueContent content = index(fixture);
        std::string text;
        for (const auto& group : content.items) {
            if (!group.entry.canBeDecided())
                continue;
            static const char* const kinds[] = {"group", "single", "oversize"};
            text += std::to_string(group.entry.ordinal) + " " + kinds[static_cast<int>(group.entry.kind)] + " " +
                    std::to_string(group.entry.imageCount) + " " + group.entry.directory + "\n";
        }
        QCOMPARE(
            text,
            "0 group 2 photos/sub\n1 group 4 photos\n2 oversize 5 photos\n3 single 1 photos\n4 single 1 photos\n"s);
        std::vector<std::string> paths;
        for (const GroupImage& image : content.items[1].images) {
            paths.push_back(image.path);
            QCOMPARE(image.currentPath, image.path);
        }
        QCOMPARE(content.items[1].entry.key, makeGroupKey(paths));
        QCOMPARE(content.items[1].images[1].stage, 1.5);
    }

    void rowsAreMatchedByTheirNames()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        fixture.addSingle("caf\xE9.png");
        runSqlElsewhere(
            fixture.databasePath(),
            {insertRow("one", namesOfGroup(1), "photos"), insertRow("elsewhere", namesOfGroup(2), "/Users/x/anything"),
             insertRow("single", namesText({"caf\xE9.png"}), "NULL"),
             insertRow("lost", namesText({"gone.png", "lost.png"}), "photos"),
             insertRow("half", namesText({ProjectFixture::imageName(1, "1", 0)}), "photos"),
             insertRow("reversed",
                       namesText({ProjectFixture::imageName(2, "2", 1), ProjectFixture::imageName(2, "1", 0)}),
                       "photos"),
             insertRow("broken", "not json", "photos")});
        const CatalogueContent content = index(fixture);
        const auto found = matches(content);
        QCOMPARE(found.at("one"), "photos/" + ProjectFixture::imageName(1, "1", 0));
        QCOMPARE(found.at("elsewhere"), "photos/" + ProjectFixture::imageName(2, "1", 0));
        QCOMPARE(found.at("single"), "photos/caf\xE9.png"s);
        for (const char* id : {"lost", "half", "reversed"})
            QCOMPARE(found.at(id), "no image matches"s);
        QVERIFY(!found.at("broken").empty());
        QVERIFY(content.items[0].entry.state == GroupState::Approved && content.items[0].entry.groupId == "one");
        QCOMPARE(found.size(), std::size_t{7});
    }

    void theSameNamesInTwoFoldersAreToldApartByTheFolder_data()
    {
        QTest::addColumn<bool>("isDeepFirst");
        QTest::newRow("rows in one order") << false;
        QTest::newRow("and in the other") << true;
    }
    void theSameNamesInTwoFoldersAreToldApartByTheFolder()
    {
        QFETCH(const bool, isDeepFirst);
        const ProjectFixture fixture;
        for (const char* folder : {"batch", "a/batch", "b/batch", "other"})
            fixture.addGroup(1, {"1", "2"}, folder);
        std::vector<std::string> inserts{
            insertRow("deep", namesOfGroup(1), "photos/a/batch"), insertRow("flat", namesOfGroup(1), "photos/batch"),
            insertRow("absolute", namesOfGroup(1), "/home/x/ws/photos/b/batch"),
            insertRow("nowhere", namesOfGroup(1), "third"), insertRow("relative", namesOfGroup(1), "other")};
        if (isDeepFirst)
            std::ranges::reverse(inserts);
        runSqlElsewhere(fixture.databasePath(), inserts);
        const auto found = matches(index(fixture, true));
        const std::string name = ProjectFixture::imageName(1, "1", 0);
        QCOMPARE(found.at("deep"), "photos/a/batch/" + name);
        QCOMPARE(found.at("flat"), "photos/batch/" + name);
        QCOMPARE(found.at("absolute"), "photos/b/batch/" + name);
        QCOMPARE(found.at("relative"), "photos/other/" + name);
        QVERIFY2(found.at("nowhere").find("directory") != std::string::npos, found.at("nowhere").c_str());
    }

    void theVerySameFolderComesBeforeOneThatEndsAlike_data() { theSameNamesInTwoFoldersAreToldApartByTheFolder_data(); }
    void theVerySameFolderComesBeforeOneThatEndsAlike()
    {
        QFETCH(const bool, isDeepFirst);
        const ProjectFixture fixture("ws");
        for (const char* folder : {"batch", "x/batch", "y/x/batch"})
            fixture.addGroup(1, {"1", "2"}, folder);
        std::vector<std::string> inserts{insertRow("deep", namesOfGroup(1), "x/batch"),
                                         insertRow("flat", namesOfGroup(1), "batch"),
                                         insertRow("absolute", namesOfGroup(1), "/home/me/ws/y/x/batch")};
        if (isDeepFirst)
            std::ranges::reverse(inserts);
        runSqlElsewhere(fixture.databasePath(), inserts);
        const auto found = matches(index(fixture, true));
        const std::string name = ProjectFixture::imageName(1, "1", 0);
        QCOMPARE(found.at("deep"), "x/batch/" + name);
        QCOMPARE(found.at("flat"), "batch/" + name);
        QCOMPARE(found.at("absolute"), "y/x/batch/" + name);
    }

    void oneGroupHasOneRow()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        runSqlElsewhere(fixture.databasePath(), {insertRow("first", namesOfGroup(1), "photos"),
                                                 insertRow("second", namesOfGroup(1), "photos")});
        const auto found = matches(index(fixture));
        QCOMPARE(found.at("first"), "photos/" + ProjectFixture::imageName(1, "1", 0));
        QCOMPARE(found.at("second"), "another row decides the same group"s);
    }

    void theFolderWithTheImagesMayBeTheWorkspace()
    {
        const ProjectFixture fixture("ws");
        fixture.addGroup(1, {"1", "2"});
        fixture.addFile("data/originals/p1/old.png", "x");
        fixture.addFile("__selected/s.png", "x");
        runSqlElsewhere(fixture.databasePath(), {insertRow("root", namesOfGroup(1), "")});
        const CatalogueContent content = index(fixture);
        QCOMPARE(content.items.size(), std::size_t{1});
        QCOMPARE(content.items[0].entry.directory, ""s);
        QCOMPARE(matches(content).at("root"), ProjectFixture::imageName(1, "1", 0));
    }

    void imagesOutsideHavePathsThatLeadThere()
    {
        const ProjectFixture fixture("outside/photos");
        fixture.addGroup(1, {"1", "2"});
        const CatalogueContent content = index(fixture);
        QCOMPARE(content.items[0].images[0].path, "../outside/photos/" + ProjectFixture::imageName(1, "1", 0));
        QCOMPARE(content.items[0].entry.directory, "../outside/photos"s);
    }

    void whatCouldNotBeTakenIsListed()
    {
        const ProjectFixture fixture;
        fixture.folder().makeSymlink("ws/photos/link.png", "/etc/passwd");
        fixture.folder().makeFifo("ws/photos/pipe.png");
        const CatalogueContent content = index(fixture);
        QCOMPARE(content.skipped.size(), std::size_t{2});
        for (const SkippedEntry& entry : content.skipped)
            QVERIFY(startsWith(entry.path, "photos/"));
    }

    void itStopsWhenAskedTo()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const Workspace workspace = must(Workspace::open(fixture.folder().pathOf("ws")));
        const ProjectFolders folders = must(ProjectFolders::open(workspace, fixture.imagesPath()));
        std::stop_source stop;
        stop.request_stop();
        const Catalogue catalogue = must(Catalogue::openInMemory());
        PS_CHECK_ERROR(ErrorCode::Cancelled,
                       indexProject(folders, must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), {},
                                    catalogue, stop.get_token()));
    }

    void measuresGoAlong()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        const Workspace workspace = must(Workspace::open(fixture.folder().pathOf("ws")));
        const ProjectFolders folders = must(ProjectFolders::open(workspace, fixture.imagesPath()));
        const Connection database = must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly));
        const Catalogue before = must(Catalogue::openInMemory());
        must(indexProject(folders, database, {}, before, {}));
        const GroupImage first = must(before.images(0))[0];
        const GroupImage gone = must(before.images(1))[1];
        ImageInfo info;
        info.size = {640, 480};
        info.identity = first.identity;
        ImageMeasures measures;
        measures.sharpness = 7.5;
        must(putImageSurvey(before.connection(), first.path, info, measures));
        must(before.setMeasure(gone.path, gone.identity, {64, 48}, ""));
        std::filesystem::remove(fixture.folder().pathOf("ws/" + gone.path));
        IndexOptions options;
        options.previous = &before;
        const Catalogue after = must(Catalogue::openInMemory());
        must(indexProject(folders, database, options, after, {}));
        QVERIFY((must(after.images(0))[0].size == ImageSize{640, 480}));
        QCOMPARE(must(after.page(0, 1)).front().sharpness.value_or(0), 7.5);
        QCOMPARE(must(after.connection().queryInteger("SELECT count(*) FROM measures")), std::int64_t{1});
    }

    void foldersTellWhetherSomethingChanged()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"}, "sub");
        const std::string photos = fixture.folder().pathOf("ws/photos");
        const auto makeOld = [&] { // a time stamp of just now proves nothing
            for (const std::string& folder : {photos + "/sub", photos})
                std::filesystem::last_write_time(folder,
                                                 std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
        };
        const Workspace workspace = must(Workspace::open(fixture.folder().pathOf("ws")));
        const ProjectFolders folders = must(ProjectFolders::open(workspace, fixture.imagesPath()));
        const Connection database = must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly));
        const Catalogue catalogue = must(Catalogue::openInMemory());
        QVERIFY(!must(areFoldersAsScanned(folders, catalogue, {}))); // never scanned
        must(indexProject(folders, database, {}, catalogue, {}));
        QVERIFY(!must(areFoldersAsScanned(folders, catalogue, {}))); // too young to tell
        makeOld();
        must(indexProject(folders, database, {}, catalogue, {}));
        QVERIFY(must(areFoldersAsScanned(folders, catalogue, {})));
        fixture.addFile("sub/new.png", "x");
        QVERIFY(!must(areFoldersAsScanned(folders, catalogue, {})));
        makeOld();
        must(indexProject(folders, database, {}, catalogue, {}));
        QVERIFY(must(areFoldersAsScanned(folders, catalogue, {})));
        std::filesystem::remove_all(photos + "/sub");
        QVERIFY(!must(areFoldersAsScanned(folders, catalogue, {})));
    }
};

QTEST_GUILESS_MAIN(TestProjectIndex)
#include "tst_project_index.moc"
