// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/finalize.h"
#include "core/base/sha256.h"
#include "core/decisions/ledger.h"
#include "core/library/sidecar.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/project_fixture.h"
#include "tests/support/python.h"
#include "tests/support/small_disk.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

const Crop kBox{0.1, 0.2, 0.8, 0.9};
const PixelBox kPixels{200, 200, 1600, 900};

std::string stamp(int number)
{
    return ProjectFixture::stamp(number);
}

/// "__selected/a.png" -> content, of everything beneath a folder.
std::map<std::string, std::string> filesIn(const std::string& folder)
{
    std::map<std::string, std::string> files;
    if (!std::filesystem::exists(folder))
        return files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            files[entry.path().lexically_relative(folder).string()] = must(readFile(entry.path().string(), 1'000'000));
    }
    return files;
}

std::vector<std::string> namesIn(const std::string& folder)
{
    std::vector<std::string> names;
    for (const auto& [name, content] : filesIn(folder))
        names.push_back(name);
    return names;
}

std::string image(int number, const std::string& stage, std::size_t slot)
{
    return ProjectFixture::imageName(number, stage, slot);
}

std::string stemOf(const std::string& name)
{
    return name.substr(0, name.size() - 4);
}

bool isSound(const ProjectFixture& fixture)
{
    return must(verifyLedger(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), {})).isSound();
}

std::string cropStates(const ProjectFixture& fixture)
{
    return runSqlElsewhere(fixture.databasePath(), {}, "SELECT state, CAST(file AS TEXT) FROM ps_crops ORDER BY group_id");
}

/// One group for each route, with companions, an undecided group and a single.
void makeEveryRoute(const ProjectFixture& fixture, ProjectSession* session = nullptr)
{
    if (!session) {
        for (int number = 1; number <= 6; ++number) {
            fixture.addGroup(number, {"1", "1.5", "2"});
            for (const auto& [stage, slot] : {std::pair{"1", 0}, {"1.5", 1}, {"2", 2}}) {
                const std::string stem = stemOf(image(number, stage, static_cast<std::size_t>(slot)));
                fixture.addFile(stem + ".yaml", "yaml of " + stem);
                if (slot == 1)
                    fixture.addFile(stem + ".caption", "caption of " + stem);
            }
        }
        fixture.addSingle("single.jpg");
        fixture.addFile("notes.txt", "belongs to nobody");
        return;
    }
    decideGroup(*session, stamp(1), approve(1));
    decideGroup(*session, stamp(2), acceptSuggestion(kBox, 1));
    decideGroup(*session, stamp(3), crop({}, 1));
    decideGroup(*session, stamp(4), crop(kBox, 1));
    decideGroup(*session, stamp(5), reject());
    decideGroup(*session, "single.jpg", approve());
}

} // namespace

class TestFinalize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // formats/decisions_v3.md 3.5 and design.md 4.6
    void everyRouteEndsInItsFolder_data()
    {
        QTest::addColumn<QByteArray>("images");
        QTest::addColumn<QByteArray>("staging"); // where the __ folders are
        QTest::newRow("images in the workspace") << QByteArray("ws/photos") << QByteArray("ws");
        QTest::newRow("the workspace is the folder of the images") << QByteArray("ws") << QByteArray("ws");
        QTest::newRow("images outside") << QByteArray("outside/photos") << QByteArray("outside");
    }
    void everyRouteEndsInItsFolder()
    {
        QFETCH(const QByteArray, images);
        QFETCH(const QByteArray, staging);
        const ProjectFixture fixture(images.toStdString());
        makeEveryRoute(fixture);
        const auto session = fixture.open();
        makeEveryRoute(fixture, session.get());
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        const Census before = fixture.census();
        QCOMPARE(differences(before, fixture.census()), ""s); // planning touches nothing
        QCOMPARE(dumpJson(summaryJson(plan.summary)),
                 "{\"groups\": 6, \"routes\": {\"selected\": 2, \"crop_auto\": 1, \"crop\": 1, \"cropped\": 1, \"rejected\": 1}, "
                 "\"losers_staged\": 8, \"rejected_staged\": 3, \"companions_moved\": 20, \"sidecars_written\": 2, \"undecided\": 1, "
                 "\"already_finalized\": 0, \"skipped\": []}"s);
        const FinalizeOutcome outcome = must(finalize(*session, plan, {}, {}));
        QVERIFY(outcome.report.failed.empty());
        QCOMPARE(outcome.report.doneGroups, std::int64_t{6});

        const std::string root = fixture.folder().pathOf(staging.toStdString()) + "/";
        const auto winner = [](int number) { return stemOf(image(number, "1.5", 1)); };
        QCOMPARE(namesIn(root + "__selected"), (std::vector<std::string>{winner(1) + ".caption", winner(1) + ".png", winner(1) + ".yaml", "single.jpg"}));
        QCOMPARE(namesIn(root + "__crop_auto"), (std::vector<std::string>{winner(2) + ".caption", winner(2) + ".decision", winner(2) + ".png", winner(2) + ".yaml"}));
        QCOMPARE(namesIn(root + "__crop"), (std::vector<std::string>{winner(3) + ".caption", winner(3) + ".decision", winner(3) + ".png", winner(3) + ".yaml"}));
        QCOMPARE(namesIn(root + "__cropped"), std::vector<std::string>{winner(4) + ".png"}); // no sidecar
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/data/originals/p1")),
                 (std::vector<std::string>{winner(4) + ".caption", winner(4) + ".png", winner(4) + ".yaml"}));
        QCOMPARE(namesIn(root + "__delete_staging").size(), std::size_t{(8 + 8) + (3 + 3 + 1)});

        // The contents: a cut of the very pixels, an untouched original, sidecars of the form S6.
        const std::string original = before.at(std::filesystem::relative(fixture.pathInImages(winner(4) + ".png"), fixture.folder().path()).string());
        QCOMPARE(fixture.census().at("ws/data/originals/p1/" + winner(4) + ".png"), original);
        QCOMPARE(filesIn(root + "__cropped").begin()->second, fakeCut(kPixels, "image " + winner(4) + ".png"));
        const auto rowOf = [&](int number) { return groupWith(*session, stamp(number)).entry.groupId; };
        QCOMPARE(filesIn(root + "__crop_auto").at(winner(2) + ".decision"), Sidecar::make(rowOf(2), "p1", kBox).text());
        QCOMPARE(filesIn(root + "__crop").at(winner(3) + ".decision"), Sidecar::make(rowOf(3), "p1", {}).text());
        QCOMPARE(cropStates(fixture), "[[\"verified\", \"" + session->folders().stagingFolder(kCroppedFolder) + "/" + winner(4) + ".png\"]]");

        // What nobody decided stays where it is.
        std::vector<std::string> left;
        for (const std::string& name : namesIn(fixture.imagesPath())) {
            if (!name.starts_with("__") && !name.starts_with("data/"))
                left.push_back(name);
        }
        QCOMPARE(left.size(), std::size_t{3 + 3 + 1 + 1});
        for (const std::string& name : left)
            QVERIFY2(name.starts_with(stamp(6)) || name == "notes.txt", name.c_str());

        // And the lists know it.
        QCOMPARE(must(session->counts()).finalized, std::int64_t{6});
        QVERIFY(groupWith(*session, stamp(1)).entry.isFinalized && !groupWith(*session, stamp(6)).entry.isFinalized);
        QCOMPARE(groupWith(*session, stamp(1)).images[1].currentPath, session->folders().stagingFolder(kSelectedFolder) + "/" + winner(1) + ".png");
        QVERIFY(isSound(fixture));
    }

    void undoPutsEveryFileBackAndRedoMovesItAgain_data()
    {
        everyRouteEndsInItsFolder_data();
    }
    void undoPutsEveryFileBackAndRedoMovesItAgain()
    {
        QFETCH(const QByteArray, images);
        const ProjectFixture fixture(images.toStdString());
        makeEveryRoute(fixture);
        auto session = fixture.open();
        makeEveryRoute(fixture, session.get());
        const Census before = fixture.census();
        const auto rows = rowTexts(fixture.databasePath());
        const std::string crops = cropStates(fixture);
        finalizeAll(*session);
        const Census after = fixture.census();
        const std::string cropsAfter = cropStates(fixture);
        for (int round = 0; round < 2; ++round) {
            const auto undone = undo(*session);
            PS_CHECK_OK(undone);
            QVERIFY(undone->failed.empty());
            QCOMPARE(differences(before, fixture.census()), ""s); // no left-over folder either
            QVERIFY(rowTexts(fixture.databasePath()) == rows);
            QCOMPARE(cropStates(fixture), crops);
            QCOMPARE(must(session->counts()).finalized, std::int64_t{0});
            QCOMPARE(groupWith(*session, stamp(1)).images[1].currentPath, groupWith(*session, stamp(1)).images[1].path);
            session.reset();
            session = fixture.open(); // it survives a restart
            PS_CHECK_OK(redo(*session));
            QCOMPARE(differences(after, fixture.census()), ""s);
            QCOMPARE(cropStates(fixture), cropsAfter);
            QCOMPARE(must(session->counts()).finalized, std::int64_t{6});
        }
        QVERIFY(isSound(fixture));
    }

    void finalizedGroupsKeepTheirPlaceInTheLists()
    {
        const ProjectFixture fixture;
        makeEveryRoute(fixture);
        auto session = fixture.open();
        makeEveryRoute(fixture, session.get());
        const auto keys = [&] {
            std::vector<std::string> list;
            for (const GroupEntry& entry : must(session->page(0, 100)))
                list.push_back(entry.key + " " + entry.groupId + " " + std::to_string(static_cast<int>(entry.state)));
            return list;
        };
        const auto before = keys();
        finalizeAll(*session);
        QVERIFY(keys() == before);
        must(session->refresh({}, {})); // grouping runs over originals that were moved, too
        QVERIFY(keys() == before);
        session.reset();
        std::filesystem::remove_all(fixture.folder().pathOf("cache"));
        session = fixture.open();
        QVERIFY(keys() == before);
        QCOMPARE(must(session->counts()).finalized, std::int64_t{6});
        QVERIFY(groupWith(*session, stamp(4)).images[1].currentPath.starts_with("data/originals/p1/"));
    }

    void finalizingAgainTakesOnlyWhatIsNew()
    {
        const ProjectFixture fixture;
        makeEveryRoute(fixture);
        const auto session = fixture.open();
        makeEveryRoute(fixture, session.get());
        finalizeAll(*session);
        const Census after = fixture.census();
        QVERIFY(!finalizeAll(*session).planId);
        QCOMPARE(differences(after, fixture.census()), ""s);
        const auto receipt = decideGroup(*session, stamp(6), approve(0));
        QVERIFY2(receipt.groupId.find("_batch002_") != std::string::npos, receipt.groupId.c_str());
        const FinalizeOutcome outcome = finalizeAll(*session);
        QVERIFY(outcome.planId && outcome.report.doneGroups == 1);
        QVERIFY(std::filesystem::exists(fixture.folder().pathOf("ws/__selected/" + image(6, "1", 0))));
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(after, fixture.census()), ""s);
    }

    void nothingDecidedIsNothingToDo()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open();
        const Census before = fixture.census();
        const FinalizeOutcome outcome = finalizeAll(*session);
        QVERIFY(!outcome.planId);
        QCOMPARE(differences(before, fixture.census()), ""s);
        PS_CHECK_ERROR(ErrorCode::Refused, undo(*session)); // and no step either
    }

    void viewersPlanButDoNotMove()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        { decideGroup(*fixture.open(), stamp(1), approve()); }
        const auto viewer = fixture.open(false);
        const Census before = fixture.census();
        const FinalizePlan plan = must(prepareFinalize(*viewer, false, {}));
        QCOMPARE(plan.summary.groupCount(), std::int64_t{1});
        auto session = must(ProjectSession::open(fixture.options(false)));
        PS_CHECK_ERROR(ErrorCode::ReadOnly, finalize(*session, plan, {}, {}));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }

    // ---- names -----------------------------------------------------------------------------------------------------

    void aNameThatIsTakenGetsARecordedSuffixWithItsCompanions()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const std::string stem = stemOf(image(1, "2", 1));
        fixture.addFile(stem + ".yaml", "mine");
        fixture.folder().write("ws/__crop/" + stem + ".png", "another picture");
        fixture.folder().write("ws/__delete_staging/" + image(1, "1", 0), "another loser");
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), crop({}, 1));
        const Census before = fixture.census();
        finalizeAll(*session);
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__crop")), (std::vector<std::string>{stem + ".png", stem + "_2.decision", stem + "_2.png", stem + "_2.yaml"}));
        QCOMPARE(fixture.folder().read("ws/__crop/" + stem + ".png"), "another picture"s);
        QCOMPARE(fixture.folder().read("ws/__delete_staging/" + stemOf(image(1, "1", 0)) + "_2.png"), "image " + image(1, "1", 0));
        QCOMPARE(groupWith(*session, stamp(1)).images[1].currentPath, "__crop/" + stem + "_2.png");
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }

    void aSidecarOrCompanionInTheWayMovesTheWholeUnitAside()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        const std::string one = stemOf(image(1, "2", 1));
        const std::string two = stemOf(image(2, "2", 1));
        fixture.addFile(two + ".yaml", "mine");
        fixture.folder().write("ws/__crop/" + one + ".decision", "of somebody else");
        fixture.folder().write("ws/__selected/" + two + ".yaml", "of somebody else");
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), crop({}, 1));
        decideGroup(*session, stamp(2), approve(1));
        finalizeAll(*session);
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__crop")), (std::vector<std::string>{one + ".decision", one + "_2.decision", one + "_2.png"}));
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__selected")), (std::vector<std::string>{two + ".yaml", two + "_2.png", two + "_2.yaml"}));
        QCOMPARE(fixture.folder().read("ws/__crop/" + one + ".decision"), "of somebody else"s);
    }

    void theSameBytesUnderTheNameAreDoneAndComeBackOnUndo()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const std::string name = image(1, "2", 1);
        fixture.folder().write("ws/__selected/" + name, "image " + name); // copied there by somebody
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve(1));
        const Census before = fixture.census();
        finalizeAll(*session);
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__selected")), std::vector<std::string>{name});
        QVERIFY(!std::filesystem::exists(fixture.pathInImages(name)));
        const Census after = fixture.census();
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s); // theirs stays, ours is back
        QVERIFY(prepareFinalize(*session, false, {})->summary.skipped.empty()); // with its time
        PS_CHECK_OK(redo(*session));
        QCOMPARE(differences(after, fixture.census()), ""s);
    }

    void otherBytesAreNeverBroughtBackInPlaceOfAnImage()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const std::string name = image(1, "2", 1);
        fixture.folder().write("ws/__selected/" + name, "image " + name);
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve(1));
        finalizeAll(*session);
        fixture.folder().write("ws/__selected/" + name, "something else now");
        const Census after = fixture.census();
        PS_CHECK_ERROR(ErrorCode::Conflict, undo(*session));
        QCOMPARE(differences(after, fixture.census()), ""s);
        std::filesystem::remove(fixture.folder().pathOf("ws/__selected/" + name));
        QVERIFY(!undo(*session));
        fixture.folder().write("ws/__selected/" + name, "image " + name);
        PS_CHECK_OK(undo(*session)); // the control
        QCOMPARE(must(readFile(fixture.pathInImages(name), 1000)), "image " + name);
    }

    void twoGroupsWithTheSameNamesBothFindAPlace()
    {
        const ProjectFixture fixture;
        for (const char* folder : {"a", "b"}) {
            fixture.addGroup(1, {"1", "2"}, folder);
            fixture.addFile(joinPath(folder, stamp(1) + "00.decision"), "group-level sidecar of "s + folder); // S1, of the first image
        }
        ProjectManifest manifest = must(ProjectManifest::read(must(Workspace::open(fixture.folder().pathOf("ws"))), "p1"));
        manifest.setGroupedPerFolder(true);
        must(manifest.save(must(Workspace::open(fixture.folder().pathOf("ws")))));
        const auto session = fixture.open();
        QCOMPARE(must(session->counts()).groups, std::int64_t{2});
        const Census before = fixture.census();
        for (std::int64_t ordinal = 0; ordinal < 2; ++ordinal)
            must(decide(*session, must(makeRequest(*session, must(session->groupAt(ordinal)), approve(1)))));
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        for (const SkippedGroup& skipped : plan.summary.skipped)
            QFAIL(skipped.reason.c_str());
        must(finalize(*session, plan, {}, {}));
        QVERIFY(contentCounts(fixture.census()) == contentCounts(before)); // nothing lost, nothing doubled
        QVERIFY(takeCensus(fixture.imagesPath()).size() == 2);             // the two folders, empty
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__selected")).size(), std::size_t{2});
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }

    // ---- companions and sidecars -----------------------------------------------------------------------------------

    void aCompanionOfTwoGoesWithTheLastOfThem()
    {
        const ProjectFixture fixture;
        fixture.addFile("X.png", "png");
        fixture.addFile("X.jpg", "jpg");
        fixture.addFile("X.yaml", "shared");
        const auto session = fixture.open();
        const auto ordinalOf = [&](const std::string& name) { return *must(session->find(name, 0)); };
        const auto decideSingle = [&](const std::string& name) { must(decide(*session, must(makeRequest(*session, must(session->groupAt(ordinalOf(name))), approve())))); };
        decideSingle("X.png");
        finalizeAll(*session);
        QVERIFY(std::filesystem::exists(fixture.pathInImages("X.yaml"))); // X.jpg still needs it
        decideSingle("X.jpg");
        finalizeAll(*session);
        QVERIFY(!std::filesystem::exists(fixture.pathInImages("X.yaml")));
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__selected")), (std::vector<std::string>{"X.jpg", "X.png", "X.yaml"}));
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
        QVERIFY(std::filesystem::exists(fixture.pathInImages("X.yaml")) && std::filesystem::exists(fixture.pathInImages("X.png")));
    }

    void anEarlierSidecarIsArchivedAndItsUnknownMembersLiveOn()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const std::string stem = stemOf(image(1, "2", 1));
        fixture.addFile(stem + ".decision", "{\"group_id\": \"old\", \"note\": \"theirs\"}");
        const auto session = fixture.open();
        const auto receipt = decideGroup(*session, stamp(1), crop({}, 1));
        const Census before = fixture.census();
        finalizeAll(*session);
        const Json written = must(parseJson(fixture.folder().read("ws/__crop/" + stem + ".decision")));
        QCOMPARE(written["group_id"].toString(), receipt.groupId);
        QCOMPARE(written["note"].toString(), "theirs"s);
        QCOMPARE(fixture.folder().read("ws/data/sidecars/p1/" + stem + ".decision"), "{\"group_id\": \"old\", \"note\": \"theirs\"}"s);
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }

    // ---- trouble ---------------------------------------------------------------------------------------------------

    void missingAndChangedFilesSkipOnlyTheirGroup()
    {
        const ProjectFixture fixture;
        for (int number = 1; number <= 4; ++number)
            fixture.addGroup(number, {"1", "2"});
        const auto session = fixture.open();
        for (int number = 1; number <= 4; ++number)
            decideGroup(*session, stamp(number), approve(1));
        std::filesystem::rename(fixture.pathInImages(image(1, "1", 0)), fixture.folder().pathOf("hidden.png")); // a loser is gone
        fixture.addFile(image(2, "2", 1), "touched up since");                                                 // a winner is another
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        QCOMPARE(plan.summary.skipped.size(), std::size_t{2});
        QVERIFY2(plan.summary.skipped[0].reason.find(image(1, "1", 0)) != std::string::npos, plan.summary.skipped[0].reason.c_str());
        QVERIFY2(plan.summary.skipped[1].reason.find(image(2, "2", 1)) != std::string::npos, plan.summary.skipped[1].reason.c_str());
        const FinalizeOutcome outcome = must(finalize(*session, plan, {}, {}));
        QCOMPARE(outcome.report.doneGroups, std::int64_t{2});
        QVERIFY(std::filesystem::exists(fixture.pathInImages(image(1, "2", 1))));
        QVERIFY(std::filesystem::exists(fixture.pathInImages(image(2, "1", 0))));

        std::filesystem::rename(fixture.folder().pathOf("hidden.png"), fixture.pathInImages(image(1, "1", 0)));
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{1}); // retried
        const FinalizePlan accepted = must(prepareFinalize(*session, true, {}));
        QVERIFY(accepted.summary.skipped.empty() && accepted.summary.groupCount() == 1);
        must(finalize(*session, accepted, {}, {}));
        QCOMPARE(fixture.folder().read("ws/__selected/" + image(2, "2", 1)), "touched up since"s);
    }

    void aFileThatVanishesAfterPlanningPutsItsGroupBack()
    {
        const ProjectFixture fixture;
        for (int number = 1; number <= 3; ++number) {
            fixture.addGroup(number, {"1", "1.5", "2"});
            fixture.addFile(stemOf(image(number, "1", 0)) + ".yaml", "y" + std::to_string(number));
        }
        const auto session = fixture.open();
        for (int number = 1; number <= 3; ++number)
            decideGroup(*session, stamp(number), approve(2));
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        std::filesystem::rename(fixture.pathInImages(image(2, "2", 2)), fixture.folder().pathOf("hidden.png")); // moves last
        const Census before = fixture.census();
        const FinalizeOutcome outcome = must(finalize(*session, plan, {}, {}));
        QCOMPARE(outcome.report.doneGroups, std::int64_t{2});
        QCOMPARE(outcome.report.failed.size(), std::size_t{1});
        QCOMPARE(outcome.report.failed[0].groupKey, groupWith(*session, stamp(2)).entry.key);
        QVERIFY2(outcome.report.failed[0].reason.find(image(2, "2", 2)) != std::string::npos, outcome.report.failed[0].reason.c_str());
        for (const auto& [path, what] : before) {
            if (path.find(stamp(2)) != std::string::npos)
                QVERIFY2(fixture.census().contains(path), path.c_str()); // all of it is where it was
        }
        QVERIFY(!groupWith(*session, stamp(2)).entry.isFinalized);
        std::filesystem::rename(fixture.folder().pathOf("hidden.png"), fixture.pathInImages(image(2, "2", 2)));
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{1});
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
    }

    void aNameTakenAfterPlanningPutsItsGroupBack()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve(1));
        decideGroup(*session, stamp(2), crop(kBox, 1));
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        fixture.folder().write("ws/__selected/" + image(1, "2", 1), "just arrived");
        fixture.folder().write("ws/__cropped/" + image(2, "2", 1), "just arrived, too");
        const Census before = fixture.census();
        const FinalizeOutcome outcome = must(finalize(*session, plan, {}, {}));
        QCOMPARE(outcome.report.failed.size(), std::size_t{2});
        QVERIFY(contentCounts(fixture.census()) == contentCounts(before));
        QCOMPARE(fixture.folder().read("ws/__selected/" + image(1, "2", 1)), "just arrived"s);
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{2}); // under another name
        QCOMPARE(fixture.folder().read("ws/__selected/" + stemOf(image(1, "2", 1)) + "_2.png"), "image " + image(1, "2", 1));
    }

    void aCutThatFailsLeavesItsGroupWhereItIs()
    {
        ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        bool isFailing = true;
        const CropCutter works = fixture.tools().cut;
        fixture.tools().cut = [&](const Place& source, PixelBox box, int output) -> Result<void> {
            if (!isFailing)
                return works(source, box, output);
            discard(writeAll(output, "half a picture"), "as when the worker dies in the middle");
            return Error{ErrorCode::WorkerCrashed, "the worker died", source.path, 0};
        };
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), crop(kBox, 1));
        decideGroup(*session, stamp(2), approve(1));
        const Census before = fixture.census();
        const FinalizeOutcome outcome = finalizeAll(*session);
        QCOMPARE(outcome.report.failed.size(), std::size_t{1});
        QCOMPARE(outcome.report.doneGroups, std::int64_t{1});
        QVERIFY(filesIn(fixture.folder().pathOf("ws/__cropped")).empty());
        QVERIFY(contentCounts(fixture.census()) == contentCounts(before));
        QCOMPARE(cropStates(fixture), "[[\"pending\", null]]"s);
        isFailing = false;
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{1});
        QVERIFY(cropStates(fixture).starts_with("[[\"verified\""));
    }

    void stoppingIsSafeBetweenGroups()
    {
        const ProjectFixture fixture;
        for (int number = 1; number <= 6; ++number)
            fixture.addGroup(number, {"1", "2"});
        const auto session = fixture.open();
        for (int number = 1; number <= 6; ++number)
            decideGroup(*session, stamp(number), approve(1));
        const Census before = fixture.census();
        std::stop_source stop;
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        const FinalizeOutcome outcome = must(finalize(*session, plan, stop.get_token(), [&](const ExecutionProgress& progress) {
            if (progress.doneGroups == 2)
                stop.request_stop();
        }));
        QVERIFY(outcome.report.isCancelled);
        QCOMPARE(outcome.report.doneGroups, std::int64_t{2});
        QCOMPARE(must(session->counts()).finalized, std::int64_t{2});
        QVERIFY(contentCounts(fixture.census()) == contentCounts(before));
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{4});
        PS_CHECK_OK(undo(*session));
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
        PS_CHECK_ERROR(ErrorCode::Cancelled, prepareFinalize(*session, false, stop.get_token()));
    }

    void undoIsRefusedWhenAFileIsNotAsItWasLeft()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        fixture.addGroup(2, {"1", "2"});
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve(1));
        decideGroup(*session, stamp(2), crop(kBox, 1));
        finalizeAll(*session);
        const std::string winner = fixture.folder().pathOf("ws/__selected/" + image(1, "2", 1));
        std::filesystem::rename(winner, winner + ".away");
        Census changed = fixture.census();
        PS_CHECK_ERROR(ErrorCode::NotFound, undo(*session));
        QCOMPARE(differences(changed, fixture.census()), ""s);
        std::filesystem::rename(winner + ".away", winner);
        fixture.addFile(image(2, "1", 0), "a new file under the old name");
        changed = fixture.census();
        PS_CHECK_ERROR(ErrorCode::AlreadyExists, undo(*session));
        QCOMPARE(differences(changed, fixture.census()), ""s);
        std::filesystem::remove(fixture.pathInImages(image(2, "1", 0)));
        fixture.folder().write("ws/__cropped/" + image(2, "2", 1), "retouched by hand");
        changed = fixture.census();
        PS_CHECK_ERROR(ErrorCode::Conflict, undo(*session));
        QCOMPARE(differences(changed, fixture.census()), ""s);
        QCOMPARE(must(nextUndo(*session))->kind, std::string(ledger_kind::kFinalize));
    }

    void rowsOfScriptsAreFinalizedAndFrozen()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        runSqlElsewhere(fixture.databasePath(), {"INSERT INTO ai_decisions (group_id, timestamp, project_id, directory, images, user_selected_index, user_action, "
                                                 "image_width, image_height) VALUES ('theirs', 't', 'p1', 'photos', '[\"" + image(1, "1", 0) + "\", \"" +
                                                 image(1, "2", 1) + "\"]', 1, 'approve', 9, 9)"});
        auto session = fixture.open();
        const Census before = fixture.census();
        QCOMPARE(finalizeAll(*session).report.doneGroups, std::int64_t{1});
        session.reset();
        std::filesystem::remove_all(fixture.folder().pathOf("cache"));
        session = fixture.open();
        QCOMPARE(groupWith(*session, stamp(1)).entry.groupId, "theirs"s);
        QVERIFY(groupWith(*session, stamp(1)).entry.isFinalized);
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }

    void aNewFileUnderAnOldNameIsReported()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "2"});
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), approve(1));
        finalizeAll(*session);
        fixture.addFile(image(1, "2", 1), "generated again");
        const RefreshReport report = must(session->refresh({}, {}));
        QCOMPARE(report.skipped.size(), std::size_t{1});
        QVERIFY(report.skipped[0].reason == SkippedEntry::Reason::NameOfFinalized);
        QCOMPARE(groupWith(*session, stamp(1)).images[1].currentPath, "__selected/" + image(1, "2", 1));
    }

    void originalsGoToAnotherFileSystemWhole()
    {
        const OtherFileSystem other;
        QVERIFY2(!other.path().empty(), "no second file system: neither /dev/shm is one nor may a tmpfs be mounted");
        const ProjectFixture fixture(other.path() + "/photos"); // originals go to the workspace, which is elsewhere
        fixture.addGroup(1, {"1", "2"});
        fixture.addFile(stemOf(image(1, "2", 1)) + ".yaml", "companion");
        const auto session = fixture.open();
        decideGroup(*session, stamp(1), crop(kBox, 1));
        const Census before = fixture.census();
        QVERIFY(finalizeAll(*session).report.failed.empty());
        QCOMPARE(fixture.folder().read("ws/data/originals/p1/" + image(1, "2", 1)), "image " + image(1, "2", 1));
        QCOMPARE(filesIn(other.path() + "/__cropped").begin()->second, fakeCut(kPixels, "image " + image(1, "2", 1)));
        const Census after = fixture.census();
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
        PS_CHECK_OK(redo(*session));
        QCOMPARE(differences(after, fixture.census()), ""s);
    }

    void aStoreThatFailsInTheMiddleIsReportedAndResumed()
    {
        const ProjectFixture fixture;
        for (int number = 1; number <= 30; ++number)
            fixture.addGroup(number, {"1", "2"});
        auto session = fixture.open();
        for (int number = 1; number <= 30; ++number)
            decideGroup(*session, stamp(number), approve(1));
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        // From now on nothing can be recorded as done.
        runSqlElsewhere(fixture.databasePath(), {"CREATE TRIGGER broken BEFORE UPDATE OF state ON ps_operations WHEN NEW.state='done' BEGIN SELECT RAISE(ABORT, 'no'); END"});
        QVERIFY(!finalize(*session, plan, {}, {}));
        session.reset();
        runSqlElsewhere(fixture.databasePath(), {"DROP TRIGGER broken"});
        session = fixture.open(); // rolls forward
        QCOMPARE(must(session->counts()).finalized, std::int64_t{30});
        QCOMPARE(namesIn(fixture.folder().pathOf("ws/__selected")).size(), std::size_t{30});
    }

    void hundredsOfGroupsReportTheirProgress()
    {
        const ProjectFixture fixture;
        for (int number = 0; number < 200; ++number)
            fixture.addGroup(number, {"1", "2"});
        const auto session = fixture.open();
        for (int number = 0; number < 200; ++number)
            decideGroup(*session, stamp(number), number % 3 == 0 ? reject() : approve(1));
        const Census before = fixture.census();
        std::vector<std::int64_t> seen;
        const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
        must(finalize(*session, plan, {}, [&](const ExecutionProgress& progress) {
            seen.push_back(progress.doneGroups);
            QVERIFY(progress.totalGroups == 200);
        }));
        QVERIFY(std::ranges::is_sorted(seen) && seen.back() == 200 && seen.size() >= 200);
        QVERIFY(contentCounts(fixture.census()) == contentCounts(before));
        PS_CHECK_OK(undo(*session));
        QCOMPARE(differences(before, fixture.census()), ""s);
    }
};

QTEST_GUILESS_MAIN(TestFinalize)
#include "tst_finalize.moc"
