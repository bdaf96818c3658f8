// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/ledger.h"
#include "core/library/staging.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/project_fixture.h"
#include "tests/support/python.h"

#include <QTest>

#include <filesystem>
#include <set>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

std::string stamp(int number)
{
    return ProjectFixture::stamp(number);
}

std::string image(int number, const std::string& stage, std::size_t slot)
{
    return ProjectFixture::imageName(number, stage, slot);
}

} // namespace

class TestStaging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_session.reset();
        m_fixture.emplace();
        m_fixture->addGroup(1, {"1", "2"});
        m_fixture->addGroup(2, {"1", "2"});
        m_fixture->addGroup(3, {"1", "2"});
        m_fixture->addFile(image(1, "1", 0).substr(0, image(1, "1", 0).size() - 4) + ".yaml", "companion");
        m_session = m_fixture->open();
        decideGroup(*m_session, stamp(1), approve(1)); // one loser with a companion
        decideGroup(*m_session, stamp(2), reject());   // two images
        m_decided = m_fixture->census();
        finalizeAll(*m_session);
        m_finalized = m_fixture->census();
    }

    void cleanup() { m_session.reset(); }

    void theListSaysWhatLiesThere()
    {
        m_fixture->folder().write("ws/__delete_staging/by_hand.png", "of somebody");
        const StagingContent content = must(listStaging(*m_session));
        QCOMPARE(content.files.size(), std::size_t{4});
        QCOMPARE(content.foreignFiles, std::int64_t{1});
        std::int64_t bytes = 0;
        std::set<std::string> paths;
        for (const StagedFile& file : content.files) {
            QVERIFY(!file.isMissing && file.originalPath.starts_with("photos/") &&
                    file.path.starts_with("__delete_staging/"));
            QCOMPARE(file.sizeBytes, static_cast<std::int64_t>(
                                         std::filesystem::file_size(m_fixture->folder().pathOf("ws/" + file.path))));
            bytes += file.sizeBytes;
            paths.insert(file.originalPath);
        }
        QCOMPARE(content.totalBytes, bytes);
        QVERIFY(paths.contains("photos/" + image(1, "1", 0)) && paths.contains("photos/" + image(2, "2", 1)));
        std::filesystem::remove(m_fixture->folder().pathOf("ws/__delete_staging/" + image(1, "1", 0)));
        int missing = 0;
        for (const StagedFile& file : must(listStaging(*m_session)).files)
            missing += file.isMissing ? 1 : 0;
        QCOMPARE(missing, 1);
    }

    void anEmptyStagingIsNoError()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open();
        QVERIFY(must(listStaging(*session)).files.empty());
        PS_CHECK_ERROR(ErrorCode::Refused, restoreStaging(*session, {}));
        QCOMPARE(must(purgeStaging(*session)).deletedFiles, std::int64_t{0});
        const auto viewer = fixture.open(false);
        QVERIFY(must(listStaging(*viewer)).files.empty());
        PS_CHECK_ERROR(ErrorCode::ReadOnly, purgeStaging(*viewer));
    }

    void allIsRestoredAndTheRestoreUndone()
    {
        const auto outcome = restoreStaging(*m_session, {});
        PS_CHECK_OK(outcome);
        QCOMPARE(outcome->restoredFiles, std::int64_t{4});
        QVERIFY(outcome->failed.empty());
        const Census restored = m_fixture->census();
        for (const auto& [stage, slot] : {std::pair{"1", 0}, {"2", 1}})
            QVERIFY(std::filesystem::exists(m_fixture->pathInImages(image(2, stage, static_cast<std::size_t>(slot)))));
        QVERIFY(std::filesystem::exists(
            m_fixture->folder().pathOf("ws/__selected/" + image(1, "2", 1)))); // the winner stays
        QVERIFY(must(listStaging(*m_session)).files.empty());
        QVERIFY(!groupWith(*m_session, stamp(2)).entry.isFinalized);
        PS_CHECK_OK(undo(*m_session));
        QCOMPARE(differences(m_finalized, m_fixture->census()), ""s);
        PS_CHECK_OK(redo(*m_session));
        QCOMPARE(differences(restored, m_fixture->census()), ""s);
        PS_CHECK_OK(undo(*m_session));
        PS_CHECK_OK(undo(*m_session));
        QCOMPARE(differences(m_decided, m_fixture->census()), ""s);
    }

    void oneGroupIsRestoredAlone()
    {
        const std::string key = groupWith(*m_session, stamp(2)).entry.key;
        QCOMPARE(must(restoreStaging(*m_session, {key})).restoredFiles, std::int64_t{2});
        QCOMPARE(must(listStaging(*m_session)).files.size(), std::size_t{2});
        PS_CHECK_ERROR(ErrorCode::Refused, restoreStaging(*m_session, {key}));
        finalizeAll(*m_session); // the rejected group goes again
        QCOMPARE(must(listStaging(*m_session)).files.size(), std::size_t{4});
    }

    void aRestoreIsRefusedWhenANameIsTakenOrAFileChanged()
    {
        m_fixture->addFile(image(2, "1", 0), "a new one");
        Census before = m_fixture->census();
        QVERIFY(!restoreStaging(*m_session, {}));
        QCOMPARE(differences(before, m_fixture->census()), ""s);
        std::filesystem::remove(m_fixture->pathInImages(image(2, "1", 0)));
        m_fixture->folder().write("ws/__delete_staging/" + image(2, "1", 0), "altered");
        before = m_fixture->census();
        PS_CHECK_ERROR(ErrorCode::Conflict, restoreStaging(*m_session, {}));
        QCOMPARE(differences(before, m_fixture->census()), ""s);
    }

    void aPurgeDeletesWhatABackupKnowsAndNothingElse()
    {
        m_fixture->folder().write("ws/__delete_staging/by_hand.png", "of somebody");
        const auto outcome = purgeStaging(*m_session);
        PS_CHECK_OK(outcome);
        QCOMPARE(outcome->deletedFiles, std::int64_t{4});
        QVERIFY(outcome->refused.empty() && outcome->freedBytes > 0);
        Census expected = m_finalized;
        std::erase_if(expected, [](const auto& entry) { return entry.first.starts_with("ws/__delete_staging/"); });
        Census after = m_fixture->census();
        after.erase("ws/__delete_staging/by_hand.png");
        QCOMPARE(differences(expected, after), ""s);
        QVERIFY(must(listStaging(*m_session)).files.empty());
        const auto rows = rowTexts(m_fixture->databasePath());
        QCOMPARE(rows.size(), std::size_t{2}); // decisions stay
        // The ledger names every file that went.
        const std::string detail = runSqlElsewhere(m_fixture->databasePath(), {},
                                                   "SELECT detail FROM ps_ledger WHERE kind='purge'");
        for (const std::string& name : {image(1, "1", 0), image(2, "1", 0), image(2, "2", 1)})
            QVERIFY2(detail.find(name) != std::string::npos, detail.c_str());
        QVERIFY(
            must(verifyLedger(must(Connection::open(m_fixture->databasePath(), OpenMode::ReadOnly)), {})).isSound());
    }

    void afterAPurgeUndoIsRefusedAndSaysWhy()
    {
        must(purgeStaging(*m_session));
        const Census purged = m_fixture->census();
        const auto undone = undo(*m_session);
        PS_CHECK_ERROR(ErrorCode::Refused, undone);
        QVERIFY2(undone.error().message.find("for good") != std::string::npos, undone.error().message.c_str());
        QCOMPARE(differences(purged, m_fixture->census()), ""s);
        PS_CHECK_ERROR(ErrorCode::Refused, tryDecideGroup(*m_session, stamp(1), reject()));
        QCOMPARE(differences(purged, m_fixture->census()), ""s);
        PS_CHECK_OK(tryDecideGroup(*m_session, stamp(3), approve())); // other groups go on
        PS_CHECK_OK(undo(*m_session));
    }

    void afterAPurgeTheGroupIsStillListed()
    {
        must(purgeStaging(*m_session));
        must(m_session->refresh({}, {}));
        const GroupDetail rejected = groupWith(*m_session, stamp(2));
        QVERIFY(rejected.row.has_value() && rejected.images.size() == 2);
        QVERIFY(rejected.entry.isFinalized);
        QVERIFY(!finalizeAll(*m_session).planId); // and there is nothing to finalize any more
    }

    void withoutABackupNothingIsDeleted()
    {
        std::filesystem::remove_all(m_fixture->folder().pathOf("ws/data/backups/p1"));
        m_fixture->folder().write("ws/data/backups/p1", "a file where the folder should be");
        const Census before = m_fixture->census();
        QVERIFY(!purgeStaging(*m_session));
        QCOMPARE(differences(before, m_fixture->census()), ""s);
        std::filesystem::remove(m_fixture->folder().pathOf("ws/data/backups/p1"));
        QCOMPARE(must(purgeStaging(*m_session)).deletedFiles, std::int64_t{4}); // the control
    }

    void aFileThatABackupDoesNotKnowIsRefused()
    {
        // A clock far in the future has left a snapshot that stays "the newest" for ever.
        const std::string shelf = m_fixture->folder().pathOf("ws/data/backups/p1/");
        std::string oldest;
        for (const auto& entry : std::filesystem::directory_iterator(shelf))
            oldest = oldest.empty() || entry.path().string() < oldest ? entry.path().string() : oldest;
        std::filesystem::copy_file(oldest, shelf + "p1_29990101T000000Z.db"); // made before the finalize
        const Census before = m_fixture->census();
        const auto outcome = purgeStaging(*m_session);
        PS_CHECK_OK(outcome);
        QCOMPARE(outcome->deletedFiles, std::int64_t{0});
        QCOMPARE(outcome->refused.size(), std::size_t{4});
        QCOMPARE(differences(before, m_fixture->census()), ""s);
    }

    void aChangedFileIsNotDeleted()
    {
        m_fixture->folder().write("ws/__delete_staging/" + image(2, "1", 0), "rescued and retouched");
        const auto outcome = purgeStaging(*m_session);
        PS_CHECK_OK(outcome);
        QCOMPARE(outcome->deletedFiles, std::int64_t{3});
        QCOMPARE(outcome->refused.size(), std::size_t{1});
        QVERIFY2(outcome->refused[0].reason.find(image(2, "1", 0)) != std::string::npos,
                 outcome->refused[0].reason.c_str());
        QCOMPARE(m_fixture->folder().read("ws/__delete_staging/" + image(2, "1", 0)), "rescued and retouched"s);
    }

    void aMissingFileIsNotCountedAsDeleted()
    {
        std::filesystem::remove(m_fixture->folder().pathOf("ws/__delete_staging/" + image(2, "1", 0)));
        const auto outcome = purgeStaging(*m_session);
        PS_CHECK_OK(outcome);
        QCOMPARE(outcome->deletedFiles, std::int64_t{3});
    }

private:
    std::optional<ProjectFixture> m_fixture;
    std::unique_ptr<ProjectSession> m_session;
    Census m_decided;
    Census m_finalized;
};

QTEST_GUILESS_MAIN(TestStaging)
#include "tst_staging.moc"
