// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/group_id.h"
#include "core/library/catalogue.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/python.h"

#include <QTest>

#include <cstdlib>
#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// `groupCount` groups of three images and `singleCount` singles; every third group has a row.
struct CatalogueContent {
    std::vector<CatalogueItem> items;
    std::vector<SkippedEntry> skipped;
};

Result<void> fill(const Catalogue& catalogue, const CatalogueContent& content)
{
    return catalogue.fill(content.items, content.skipped);
}

CatalogueContent makeContent(int groupCount, int singleCount)
{
    CatalogueContent content;
    for (int i = 0; i < groupCount + singleCount; ++i) {
        CatalogueItem group;
        const int imageCount = i < groupCount ? 3 : 1;
        std::vector<std::string> paths;
        for (int slot = 0; slot < imageCount; ++slot) {
            GroupImage image;
            image.path = "photos/Group" + std::to_string(i) + "_\xE9_" + std::to_string(slot) + ".png";
            image.currentPath = image.path;
            image.stage = slot + 1;
            image.identity = {1, static_cast<std::uint64_t>(i * 10 + slot), 100 + slot, 5000};
            paths.push_back(image.path);
            group.images.push_back(image);
        }
        group.entry.ordinal = i;
        group.entry.key = makeGroupKey(paths);
        group.entry.kind = imageCount == 1 ? GroupKind::Single : GroupKind::Group;
        group.entry.directory = "photos";
        group.entry.imageCount = imageCount;
        if (i % 3 == 0) {
            group.entry.state = GroupState::Approved;
            group.entry.groupId = "id" + std::to_string(i);
            group.fingerprint = "fp" + std::to_string(i);
        }
        group.name = fileName(paths.front());
        content.items.push_back(std::move(group));
    }
    CatalogueItem stray;
    stray.entry.ordinal = groupCount + singleCount;
    stray.entry.kind = GroupKind::UnmatchedRow;
    stray.entry.directory = "photos/old";
    stray.entry.state = GroupState::Rejected;
    stray.entry.groupId = "stray";
    stray.entry.unmatchedReason = "no image matches";
    stray.name = "lost.png";
    stray.fingerprint = "fp";
    content.items.push_back(stray);
    content.skipped.push_back({"photos/caf\xE9", SkippedEntry::Reason::SymbolicLink});
    return content;
}

DecisionRow rowWith(const std::string& groupId, const std::string& action, SqlValue finalCrop = {},
                    SqlValue accepted = {}, std::int64_t selected = 0)
{
    return DecisionRow({{"group_id", groupId},
                        {"user_action", action},
                        {"final_crop_coords", std::move(finalCrop)},
                        {"ai_crop_accepted", std::move(accepted)},
                        {"user_selected_index", selected}});
}

Result<void> applyRow(const Catalogue& catalogue, const std::string& key, const std::string& groupId,
                      const std::optional<DecisionRow>& row)
{
    const std::vector<RowChange> changes{{groupId, key, row}};
    return catalogue.applyRows(changes, "ada");
}

std::int64_t inState(const GroupCounts& counts, GroupState state)
{
    return counts.byState[static_cast<std::size_t>(state)];
}

} // namespace

class TestCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        m_path = m_folder->pathOf("cache/deep/c.db");
    }

    void aNewOneIsEmptyAndNotBuilt()
    {
        const Catalogue catalogue = must(Catalogue::open(m_path));
        QVERIFY(!must(catalogue.isBuilt()));
        QCOMPARE(must(catalogue.counts()).total(), std::int64_t{0});
        QVERIFY(must(catalogue.page(0, 10)).empty());
        QVERIFY(!must(catalogue.findByKey("g_0000000000000000")));
        QVERIFY(!must(catalogue.findByGroupId("")));
        QVERIFY(!must(catalogue.find("x", 0)));
        QVERIFY(!must(catalogue.nextInState(GroupState::Undecided, 0)));
        QCOMPARE(must(catalogue.meta("x")), ""s);
    }

    void whatWasPutInComesBackAfterReopening()
    {
        const CatalogueContent content = makeContent(10, 4);
        {
            const Catalogue catalogue = must(Catalogue::open(m_path));
            PS_CHECK_OK(fill(catalogue, content));
            PS_CHECK_OK(catalogue.setMeta("signature", "caf\xE9"));
        }
        const Catalogue catalogue = must(Catalogue::open(m_path));
        QVERIFY(must(catalogue.isBuilt()));
        QCOMPARE(must(catalogue.meta("signature")), "caf\xE9"s);
        const GroupCounts counts = must(catalogue.counts());
        QCOMPARE(counts.groups, std::int64_t{10});
        QCOMPARE(counts.singles, std::int64_t{4});
        QCOMPARE(counts.total(), std::int64_t{14});
        QCOMPARE(counts.decided(), std::int64_t{5});
        QCOMPARE(inState(counts, GroupState::Approved), std::int64_t{5});
        const auto images = must(catalogue.images(2));
        QCOMPARE(images.size(), std::size_t{3});
        for (std::size_t slot = 0; slot < 3; ++slot) {
            QCOMPARE(images[slot].path, content.items[2].images[slot].path);
            QVERIFY(images[slot].identity == content.items[2].images[slot].identity);
            QVERIFY(images[slot].size.isEmpty() && images[slot].problem.empty() && !images[slot].isMissing);
        }
        QCOMPARE(must(catalogue.unmatchedRows(10)).front().reason, "no image matches"s);
        const auto skipped = must(catalogue.skippedEntries());
        QVERIFY(skipped.size() == 1 && skipped[0].path == "photos/caf\xE9" &&
                skipped[0].reason == SkippedEntry::Reason::SymbolicLink);
        QCOMPARE(must(catalogue.fingerprint("id3")), "fp3"s);
        QCOMPARE(must(catalogue.fingerprint("absent")), ""s);
        std::vector<std::string> ids;
        must(catalogue.forEachFingerprint([&](std::string_view id, std::string_view) {
            ids.emplace_back(id);
            return Result<void>();
        }));
        QVERIFY((ids == std::vector<std::string>{"id0", "id12", "id3", "id6", "id9", "stray"}));
    }

    void pagesAreInOrderAndMeetEachOther()
    {
        const Catalogue catalogue = must(Catalogue::open(m_path));
        must(fill(catalogue, makeContent(37, 5)));
        std::vector<std::int64_t> seen;
        for (std::int64_t first = 0; first < 42; first += 10) {
            for (const GroupEntry& entry : must(catalogue.page(first, 10))) {
                seen.push_back(entry.ordinal);
                QVERIFY(!entry.cover.path.empty()); // the picture that stands for it
            }
        }
        QCOMPARE(seen.size(), std::size_t{42});
        QVERIFY(std::ranges::is_sorted(seen) && seen.back() == 41);
        QVERIFY(must(catalogue.page(42, 10)).empty());
        QVERIFY(must(catalogue.page(5, 0)).empty());
    }

    void groupsAreFoundByKeyIdAndText()
    {
        const Catalogue catalogue = must(Catalogue::open(m_path));
        const CatalogueContent content = makeContent(20, 0);
        must(fill(catalogue, content));
        QCOMPARE(must(catalogue.findByKey(content.items[7].entry.key))->ordinal, std::int64_t{7});
        QCOMPARE(must(catalogue.findByGroupId("id9"))->ordinal, std::int64_t{9});
        QVERIFY(must(catalogue.find("group13_", 0)) == 13);                 // whatever the case
        QVERIFY(must(catalogue.find(content.items[4].entry.key, 10)) == 4); // wraps round
        QVERIFY(must(catalogue.find("id6", 0)) == 6);
        QVERIFY(must(catalogue.find("_\xE9_", 5)) == 5);
        QVERIFY(must(catalogue.find("Group1", 2)) == 10);
        QVERIFY(!must(catalogue.find("nothing like it", 0)));
        QVERIFY(!must(catalogue.find("%", 0))); // no wildcard
        QVERIFY(!must(catalogue.find("Group_3", 0)));
    }

    void theNextInAStateWrapsRound()
    {
        const Catalogue catalogue = must(Catalogue::open(m_path));
        must(fill(catalogue, makeContent(9, 0))); // approved: 0 3 6
        QVERIFY(must(catalogue.nextInState(GroupState::Approved, 0)) == 3);
        QVERIFY(must(catalogue.nextInState(GroupState::Approved, 6)) == 0);
        QVERIFY(must(catalogue.previousInState(GroupState::Approved, 3)) == 0);
        QVERIFY(must(catalogue.previousInState(GroupState::Approved, 0)) == 6);
        QVERIFY(must(catalogue.nextInState(GroupState::Undecided, -1)) == 1);
        QVERIFY(!must(catalogue.nextInState(GroupState::Rejected, 0)));
    }

    void aCommittedRowChangesStateAndCounts()
    {
        const Catalogue catalogue = must(Catalogue::open(m_path));
        const CatalogueContent content = makeContent(6, 0);
        must(fill(catalogue, content));
        const std::string key = content.items[1].entry.key;
        const auto state = [&] { return must(catalogue.findByKey(key))->state; };
        must(applyRow(catalogue, key, "new", rowWith("new", "approve", {}, {}, 2)));
        QVERIFY(state() == GroupState::Approved);
        QCOMPARE(must(catalogue.findByGroupId("new"))->ordinal, std::int64_t{1});
        QCOMPARE(must(catalogue.page(1, 1)).front().cover.path, content.items[1].images[2].path); // the selected one
        must(applyRow(catalogue, key, "new", rowWith("new", "crop")));
        QVERIFY(state() == GroupState::CropLater);
        must(applyRow(catalogue, key, "new", rowWith("new", "crop", "[0.1, 0.1, 0.9, 0.9]"s)));
        QVERIFY(state() == GroupState::Cropped);
        must(applyRow(catalogue, key, "new", rowWith("new", "approve", {}, std::int64_t{1})));
        QVERIFY(state() == GroupState::CropAccepted);
        must(applyRow(catalogue, key, "new", rowWith("new", "reject")));
        QVERIFY(state() == GroupState::Rejected);
        const std::string rejected = must(catalogue.fingerprint("new"));
        QCOMPARE(rejected, rowFingerprint(rowWith("new", "reject")));
        must(applyRow(catalogue, "", "new", rowWith("new", "approve"))); // without its key
        QVERIFY(state() == GroupState::Approved);
        must(applyRow(catalogue, key, "new", rowWith("new", "skip")));
        QVERIFY(state() == GroupState::Undecided);
        must(applyRow(catalogue, key, "new", {}));
        QVERIFY(state() == GroupState::Undecided);
        QVERIFY(!must(catalogue.findByGroupId("new")));
        QCOMPARE(must(catalogue.fingerprint("new")), ""s);
        QCOMPARE(must(catalogue.counts()).decided(), std::int64_t{2});
    }

    void aRowOfNoGroupIsUnmatched()
    {
        const Catalogue catalogue = must(Catalogue::open(m_path));
        must(fill(catalogue, makeContent(1, 0)));
        must(applyRow(catalogue, "", "lost", rowWith("lost", "approve")));
        const auto unmatched = must(catalogue.unmatchedRows(10));
        QCOMPARE(unmatched.size(), std::size_t{2});
        QCOMPARE(must(catalogue.unmatchedRows(1)).size(), std::size_t{1});
        QCOMPARE(must(catalogue.counts()).unmatchedRows, std::int64_t{2});
        QCOMPARE(must(catalogue.counts()).total(), std::int64_t{1});
        must(applyRow(catalogue, "", "lost", rowWith("lost", "reject"))); // still one
        QCOMPARE(must(catalogue.counts()).unmatchedRows, std::int64_t{2});
        QCOMPARE(must(catalogue.counts()).entriesIn(GroupState::Rejected), std::int64_t{2}); // and the stray one
        QCOMPARE(must(catalogue.counts()).in(GroupState::Rejected), std::int64_t{0});
        // Positions stay without holes when one goes.
        must(applyRow(catalogue, "", "stray", {}));
        const std::vector<std::int64_t> ordinals{2, 1};
        const auto left = must(catalogue.entriesAt(ordinals));
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(left.front().groupId, "lost"s);
        QVERIFY(left.front().state == GroupState::Rejected && !left.front().canBeDecided());
    }

    void aRowWithoutAGroupIsListedButNeverVisited()
    {
        const Catalogue catalogue = must(Catalogue::open(m_path));
        must(fill(catalogue, makeContent(3, 0)));
        const std::vector<std::int64_t> last{3};
        const GroupEntry stray = must(catalogue.entriesAt(last)).front();
        QVERIFY(stray.kind == GroupKind::UnmatchedRow);
        QCOMPARE(stray.cover.path, "photos/old/lost.png"s);
        QVERIFY(stray.cover.isMissing);
        QCOMPARE(stray.unmatchedReason, "no image matches"s);
        QVERIFY(!must(catalogue.findByGroupId("stray")));
        QVERIFY(!must(catalogue.nextInState(GroupState::Rejected, 0)));
        QVERIFY(!must(catalogue.previousInState(GroupState::Rejected, 99)));
        QCOMPARE(must(catalogue.page(0, 10)).size(), std::size_t{3});
        QCOMPARE(must(catalogue.fingerprint("stray")), "fp"s);
        // Once its images are there, the row is that of a group.
        must(applyRow(catalogue, makeContent(3, 0).items[1].entry.key, "stray", rowWith("stray", "reject")));
        QCOMPARE(must(catalogue.counts()).unmatchedRows, std::int64_t{0});
        QCOMPARE(must(catalogue.findByGroupId("stray"))->ordinal, std::int64_t{1});
        QCOMPARE(must(catalogue.findByGroupId("stray"))->annotator, "ada"s);
    }

    void theCropQueueHasBothKinds()
    {
        const Catalogue catalogue = must(Catalogue::open(m_path));
        const CatalogueContent content = makeContent(10, 0);
        must(fill(catalogue, content));
        QVERIFY(!must(catalogue.nextOpenCrop(0, true)));
        must(applyRow(catalogue, content.items[2].entry.key, "a", rowWith("a", "crop")));
        must(applyRow(catalogue, content.items[5].entry.key, "b", rowWith("b", "approve", {}, std::int64_t{1})));
        must(applyRow(catalogue, content.items[8].entry.key, "c", rowWith("c", "crop")));
        std::vector<std::int64_t> forward;
        std::int64_t at = 0;
        for (int i = 0; i < 4; ++i)
            forward.push_back(at = *must(catalogue.nextOpenCrop(at, true)));
        QVERIFY((forward == std::vector<std::int64_t>{2, 5, 8, 2}));
        std::vector<std::int64_t> backward;
        for (int i = 0; i < 4; ++i)
            backward.push_back(at = *must(catalogue.nextOpenCrop(at, false)));
        QVERIFY((backward == std::vector<std::int64_t>{8, 5, 2, 8}));
    }

    void measuresAreOfOneStateOfAFile()
    {
        const Catalogue catalogue = must(Catalogue::open(m_path));
        CatalogueContent content = makeContent(2, 0);
        must(fill(catalogue, content));
        const GroupImage& image = content.items[0].images[1];
        must(catalogue.setMeasure(image.path, image.identity, {640, 480}, ""));
        must(catalogue.setMeasure(content.items[1].images[0].path, content.items[1].images[0].identity, {},
                                  "truncated"));
        QVERIFY((must(catalogue.images(0))[1].size == ImageSize{640, 480}));
        QCOMPARE(must(catalogue.images(1))[0].problem, "truncated"s);
    }

    void theNextOneTakesThePlace()
    {
        const Catalogue before = must(Catalogue::open(m_path));
        must(fill(before, makeContent(3, 0)));
        for (int round = 0; round < 3; ++round) {
            const Catalogue next = must(Catalogue::makeNext(m_path));
            must(fill(next, makeContent(5 + round, 0)));
            // Until then the old one is what everybody sees.
            QCOMPARE(must(must(Catalogue::open(m_path)).counts()).groups, std::int64_t{round == 0 ? 3 : 4 + round});
            must(next.publish(m_path));
            QCOMPARE(must(must(Catalogue::open(m_path)).counts()).groups, std::int64_t{5 + round});
            must(next.setMeta("written", "after"));
            QCOMPARE(must(must(Catalogue::open(m_path)).meta("written")), "after"s);
        }
        QCOMPARE(must(before.counts()).groups, std::int64_t{3}); // for those who hold it
        std::size_t files = 0;
        for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(m_folder->pathOf("cache/deep")))
            ++files;
        QCOMPARE(files, std::size_t{2}); // the link and the file
        const Catalogue forgotten = must(Catalogue::makeNext(m_path));
        forgotten.discardFile();
        must(Catalogue::openAnew(m_path));
        QVERIFY(!must(must(Catalogue::open(m_path)).isBuilt()));
    }

    void placesFollowTheFiles()
    {
        const Catalogue catalogue = must(Catalogue::open(m_path));
        const CatalogueContent content = makeContent(3, 0);
        must(fill(catalogue, content));
        const std::string key = content.items[1].entry.key;
        must(catalogue.applyPlaces(key, {{content.items[1].images[0].path, "__selected/caf\xE9.png"}}, true));
        QVERIFY(must(catalogue.findByKey(key))->isFinalized);
        QCOMPARE(must(catalogue.images(1))[0].currentPath, "__selected/caf\xE9.png"s);
        QCOMPARE(must(catalogue.images(1))[0].path, content.items[1].images[0].path);
        QCOMPARE(must(catalogue.images(1))[1].currentPath, content.items[1].images[1].path);
        QCOMPARE(must(catalogue.counts()).finalized, std::int64_t{1});
    }

    void aDamagedOneIsMadeAnew_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("garbage") << 0;
        QTest::newRow("empty") << 1;
        QTest::newRow("cut short") << 2;
        QTest::newRow("of another version") << 3;
        QTest::newRow("a page zeroed") << 4;
        QTest::newRow("another program's database") << 5;
    }
    void aDamagedOneIsMadeAnew()
    {
        QFETCH(const int, kind);
        {
            const Catalogue catalogue = must(Catalogue::open(m_path));
            must(fill(catalogue, makeContent(500, 0)));
        }
        const auto size = std::filesystem::file_size(m_path);
        QVERIFY(size > 40'000);
        switch (kind) {
        case 0: m_folder->write("cache/deep/c.db", std::string(5000, 'x')); break;
        case 1: m_folder->write("cache/deep/c.db", ""); break;
        case 2: std::filesystem::resize_file(m_path, size / 2); break;
        case 3: runSqlElsewhere(m_path, {"UPDATE meta SET value='999' WHERE key='version'"}); break;
        case 4: {
            const UniqueFd file = openReadWrite(m_path);
            for (off_t at = 4096; at < static_cast<off_t>(size); at += 4096)
                QCOMPARE(::pwrite(file.get(), std::string(4096, '\0').data(), 4096, at), ssize_t{4096});
            break;
        }
        default:
            std::filesystem::remove(m_path);
            runSqlElsewhere(m_path, {"CREATE TABLE meta (a, b)", "CREATE TABLE groups (x)"});
        }
        const Catalogue catalogue = must(Catalogue::open(m_path));
        QVERIFY(!must(catalogue.isBuilt()));
        PS_CHECK_OK(fill(catalogue, makeContent(3, 0)));
        QCOMPARE(must(catalogue.counts()).groups, std::int64_t{3});
    }

    void twoObjectsMayUseOneFile()
    {
        const Catalogue writer = must(Catalogue::open(m_path));
        const Catalogue reader = must(Catalogue::open(m_path));
        must(fill(writer, makeContent(4, 0)));
        QCOMPARE(must(reader.counts()).groups, std::int64_t{4});
    }

    void withoutAPlaceThereIsMemory()
    {
        const Catalogue catalogue = must(Catalogue::openInMemory());
        must(fill(catalogue, makeContent(4, 0)));
        QCOMPARE(must(catalogue.counts()).groups, std::int64_t{4});
        m_folder->write("blocked", "a file");
        QVERIFY(!Catalogue::open(m_folder->pathOf("blocked/c.db")));
        QCOMPARE(m_folder->read("blocked"), "a file"s);
    }

    void theCacheFolderIsTheUsers()
    {
        const std::string path = Catalogue::defaultPath("/a/b.db");
        QVERIFY(path.starts_with(std::getenv("XDG_CACHE_HOME")));
        QVERIFY(path.ends_with(".db"));
        QVERIFY(Catalogue::defaultPath("/a/c.db") != path);
    }

    void thousandsAreListedWithoutReadingAll()
    {
        // Key-set paging: the plan of the page query searches the primary key, whatever the place.
        const Catalogue catalogue = must(Catalogue::open(m_path));
        must(fill(catalogue, makeContent(2000, 0)));
        Statement plan = must(catalogue.connection().prepare(
            "EXPLAIN QUERY PLAN SELECT * FROM groups WHERE ordinal >= 1500 ORDER BY ordinal LIMIT 10"));
        std::string text;
        while (must(plan.step()))
            text += std::string(plan.text(3)) + "\n";
        QVERIFY2(text.find("SEARCH") != std::string::npos && text.find("TEMP B-TREE") == std::string::npos,
                 text.c_str());
        QCOMPARE(must(catalogue.page(1990, 50)).size(), std::size_t{10});
    }

private:
    std::optional<TempFolder> m_folder;
    std::string m_path;
};

QTEST_GUILESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
