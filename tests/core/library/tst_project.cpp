// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/decisions/row.h"
#include "core/decisions/schema.h"
#include "core/library/project.h"
#include "tests/support/census.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_clock.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

} // namespace

class TestProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        m_folder->write("ws/photos/a.png", "a");
        m_folder->write("elsewhere/b.png", "b");
        m_workspace.emplace(must(Workspace::open(m_folder->pathOf("ws"))));
    }

    // design.md 2; formats/decisions_v3.md 3.4, 8, 9.1
    void theLayoutIsTheDocumentedOne()
    {
        const std::string root = m_workspace->rootPath();
        QCOMPARE(m_workspace->databasePath("p1"), root + "/data/training/ai_training_decisions/p1.db");
        QCOMPARE(m_workspace->predictionsPath("p1"),
                 root + "/data/training/ai_training_decisions/p1_ai_predictions_temp.db");
        QCOMPARE(m_workspace->snapshotFolder("p1"), root + "/data/backups/p1");
        QCOMPARE(m_workspace->reportFolder(), root + "/data/daily_summaries");
        QCOMPARE(std::string(parentPath(m_workspace->lockPath("p1"))), root + "/data/projects");
    }

    void openingAWorkspaceMakesNothing()
    {
        const Census before = takeCensus(m_folder->path());
        QVERIFY(must(m_workspace->projectIds()).empty());
        PS_CHECK_ERROR(ErrorCode::NotFound, ProjectManifest::read(*m_workspace, "p1"));
        PS_CHECK_ERROR(ErrorCode::NotFound, Workspace::open(m_folder->pathOf("absent")));
        QVERIFY(!Workspace::open(m_folder->pathOf("elsewhere/b.png")));
        QCOMPARE(differences(before, takeCensus(m_folder->path())), ""s);
    }

    void thePathOfAWorkspaceIsFreeOfLinks()
    {
        m_folder->makeSymlink("link", m_folder->pathOf("ws"));
        QCOMPARE(must(Workspace::open(m_folder->pathOf("link/../link/photos/.."))).rootPath(), m_workspace->rootPath());
    }

    void aWorkspaceIsFoundFromBelow()
    {
        QVERIFY(!Workspace::findAbove(m_folder->pathOf("ws/photos")));
        create("p1", "ws/photos");
        m_folder->write("ws/photos/1/2/3/4/x.png", "x");
        QVERIFY(Workspace::findAbove(m_folder->pathOf("ws")) == m_workspace->rootPath());
        QVERIFY(Workspace::findAbove(m_folder->pathOf("ws/photos/1/2/3/4")) == m_workspace->rootPath());
        m_folder->write("ws/photos/1/2/3/4/5/x.png", "x");
        QVERIFY(!Workspace::findAbove(m_folder->pathOf("ws/photos/1/2/3/4/5"))); // six levels up
        QVERIFY(!Workspace::findAbove(m_folder->pathOf("elsewhere")));
        QVERIFY(!Workspace::findAbove(m_folder->pathOf("absent")));
    }

    void aNewProjectHasEverythingTheScriptsLookFor()
    {
        const ProjectManifest manifest = create("p1", "ws/photos");
        QCOMPARE(m_folder->read("ws/data/schema/ai_training_decisions_v3.sql"), std::string(decisionSchemaSql()));
        QVERIFY(must(readDecisionTable(must(Connection::open(m_workspace->databasePath("p1"), OpenMode::ReadOnly))))
                    .isComplete());
        QCOMPARE(must(m_workspace->projectIds()), std::vector<std::string>{"p1"});
        QCOMPARE(must(manifest.imagesPath(*m_workspace)), m_workspace->rootPath() + "/photos");
        const Json stored = must(parseJson(m_folder->read("ws/data/projects/p1.project.json")));
        for (const char* member : {"schemaVersion", "projectId", "title", "status", "createdAt", "startedAt",
                                   "finishedAt", "removeFileOnFinish", "paths", "counts", "metrics", "steps", "notes"})
            QVERIFY2(stored.contains(member), member);
        QCOMPARE(stored["schemaVersion"].toInteger(), std::int64_t{1});
        QCOMPARE(stored["projectId"].toString(), "p1"s);
        QCOMPARE(stored["status"].toString(), "active"s);
        QVERIFY(stored["finishedAt"].isNull() && stored.contains("finishedAt"));
        QCOMPARE(stored["startedAt"].toString(), "2026-03-01T10:00:00.000000Z"s);
        QCOMPARE(stored["paths"]["root"].toString(), "../../photos"s); // relative: the workspace can be moved
        QCOMPARE(stored["steps"].items().size(), std::size_t{5});
        QCOMPARE(stored["steps"].items()[0]["name"].toString(), "select_versions"s);
    }

    void nothingThatExistsIsOverwritten()
    {
        create("p1", "ws/photos");
        m_folder->write("ws/data/schema/ai_training_decisions_v3.sql", "their own");
        const Census before = takeCensus(m_folder->path());
        PS_CHECK_ERROR(ErrorCode::AlreadyExists,
                       createProject(*m_workspace, "p1", m_folder->pathOf("ws/photos"), m_clock.now()));
        QCOMPARE(differences(before, takeCensus(m_folder->path())), ""s);
        create("p2", "ws/photos");
        QCOMPARE(m_folder->read("ws/data/schema/ai_training_decisions_v3.sql"), "their own"s);

        m_folder->write("ws/data/training/ai_training_decisions/p3.db", "of the scripts");
        PS_CHECK_ERROR(ErrorCode::AlreadyExists,
                       createProject(*m_workspace, "p3", m_folder->pathOf("ws/photos"), m_clock.now()));
        QCOMPARE(m_folder->read("ws/data/training/ai_training_decisions/p3.db"), "of the scripts"s);
        QVERIFY(!std::filesystem::exists(m_folder->pathOf("ws/data/projects/p3.project.json")));
    }

    void badIdsAndMissingFoldersMakeNothing()
    {
        const Census before = takeCensus(m_folder->path());
        for (const char* id : {"", "a/b", "..", "a b", "p\n"})
            PS_CHECK_ERROR(ErrorCode::InvalidInput,
                           createProject(*m_workspace, id, m_folder->pathOf("ws/photos"), m_clock.now()));
        PS_CHECK_ERROR(ErrorCode::NotFound,
                       createProject(*m_workspace, "p1", m_folder->pathOf("absent"), m_clock.now()));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, ProjectManifest::read(*m_workspace, "../p1"));
        QCOMPARE(differences(before, takeCensus(m_folder->path())), ""s);
    }

    void imagesMayLieAnywhere_data()
    {
        QTest::addColumn<QByteArray>("images");
        QTest::addColumn<QByteArray>("stored");
        QTest::newRow("in the workspace") << QByteArray("ws/photos") << QByteArray("../../photos");
        QTest::newRow("the workspace itself") << QByteArray("ws") << QByteArray("../..");
        QTest::newRow("outside") << QByteArray("elsewhere") << QByteArray("ABSOLUTE/elsewhere");
    }
    void imagesMayLieAnywhere()
    {
        QFETCH(const QByteArray, images);
        QFETCH(const QByteArray, stored);
        const std::string imagesPath = m_folder->pathOf(images.toStdString());
        create("p1", images.toStdString());
        const ProjectManifest manifest = must(ProjectManifest::read(*m_workspace, "p1"));
        QVERIFY(std::filesystem::equivalent(must(manifest.imagesPath(*m_workspace)), imagesPath));
        std::string root =
            must(parseJson(m_folder->read("ws/data/projects/p1.project.json")))["paths"]["root"].toString();
        if (startsWith(root, "/"))
            root = "ABSOLUTE/" + std::string(fileName(root));
        QCOMPARE(root, stored.toStdString());
    }

    void foldersOfAnyBytesAreKept()
    {
        m_folder->write("ws/caf\xE9/a.png", "x");
        create("p1", "ws/caf\xE9");
        const ProjectManifest manifest = must(ProjectManifest::read(*m_workspace, "p1"));
        QCOMPARE(must(manifest.imagesPath(*m_workspace)), m_workspace->rootPath() + "/caf\xE9");
    }

    void olderManifestsAreUnderstood_data()
    {
        QTest::addColumn<QByteArray>("root");
        QTest::addColumn<QByteArray>("images");
        QTest::newRow("relative to data/projects") << QByteArray("../../content") << QByteArray("WS/content");
        QTest::newRow("placeholder") << QByteArray("PROJECT_ROOT/content/mojo1") << QByteArray("WS/content/mojo1");
        QTest::newRow("absolute") << QByteArray("/somewhere/else") << QByteArray("/somewhere/else");
    }
    void olderManifestsAreUnderstood()
    {
        QFETCH(const QByteArray, root);
        QFETCH(const QByteArray, images);
        m_folder->write("ws/data/projects/old.project.json",
                        json("{'title': 'An old one', 'status': 'completed', 'source': 'imported_from_timesheet', "
                             "'paths': {'root': '" +
                             root.toStdString() + "'}}"));
        const ProjectManifest manifest = must(ProjectManifest::read(*m_workspace, "old"));
        QCOMPARE(manifest.title(), "An old one"s);
        QCOMPARE(manifest.status(), "completed"s);
        QVERIFY(!manifest.isArchived());
        std::string found = must(manifest.imagesPath(*m_workspace));
        if (startsWith(found, m_workspace->rootPath()))
            found = "WS" + found.substr(m_workspace->rootPath().size());
        QCOMPARE(found, images.toStdString());
    }

    void manifestsWithoutAFolderSaySo()
    {
        m_folder->write("ws/data/projects/old.project.json", "{}");
        const ProjectManifest manifest = must(ProjectManifest::read(*m_workspace, "old"));
        PS_CHECK_ERROR(ErrorCode::NotFound, manifest.imagesPath(*m_workspace));
        QCOMPARE(manifest.title(), "old"s);
    }

    void damagedManifestsAreDamage()
    {
        for (const char* text : {"", "{", "[]", "null", "{\"title\": }"}) {
            m_folder->write("ws/data/projects/bad.project.json", text);
            const auto manifest = ProjectManifest::read(*m_workspace, "bad");
            PS_CHECK_ERROR(ErrorCode::Corrupt, manifest);
            QVERIFY(manifest.error().context.find("bad.project.json") != std::string::npos);
        }
    }

    void savingKeepsWhatOthersWroteByteForByte()
    {
        // Written by json.dump(indent=2), with members that nobody here knows, in an order of its own.
        const std::string text = json(
            "{\n  'zebra': [\n    1,\n    2.5,\n    {\n      'deep': null\n    }\n  ],\n  'title': 'T',\n"
            "  'counts': {\n    'custom': 7,\n    'initialImages': null\n  },\n  'caf\\u00e9': '\\ud83d\\ude00',\n"
            "  'paths': {\n    'root': '../../photos'\n  },\n  'big': 123456789012345678901234567890,\n  'status': "
            "'active'\n}");
        m_folder->write("ws/data/projects/p1.project.json", text);
        ProjectManifest manifest = must(ProjectManifest::read(*m_workspace, "p1"));
        PS_CHECK_OK(manifest.save(*m_workspace));
        QCOMPARE(m_folder->read("ws/data/projects/p1.project.json"), text);
        QCOMPARE(m_folder->read("ws/data/projects/p1.project.json.bak"), text);

        manifest.setTitle("New");
        manifest.setStatus("archived");
        manifest.setInitialImageCount(12);
        manifest.setTimeGapMinutes(2.5);
        manifest.setGroupedPerFolder(true);
        PS_CHECK_OK(manifest.save(*m_workspace));
        std::string expected = text;
        const auto replace = [&expected](const std::string& from, const std::string& to) {
            expected.replace(expected.find(json(from)), from.size(), json(to));
        };
        replace("'title': 'T'", "'title': 'New'");
        replace("'initialImages': null", "'initialImages': 12");
        replace(
            "'status': 'active'\n",
            "'status': 'archived',\n  'proofsheet': {\n    'timeGapMinutes': 2.5,\n    'groupPerFolder': true\n  }\n");
        QCOMPARE(m_folder->read("ws/data/projects/p1.project.json"), expected);
        QCOMPARE(m_folder->read("ws/data/projects/p1.project.json.bak"), text);

        const ProjectManifest again = must(ProjectManifest::read(*m_workspace, "p1"));
        QVERIFY(again.isArchived() && again.isGroupedPerFolder() && again.timeGapMinutes() == 2.5);
        QCOMPARE(again.title(), "New"s);
    }

    void aProjectIdIsItsFileName()
    {
        for (const char* name : {"b.project.json", "a.project.json", "a.project.json.bak", "bad id.project.json",
                                 ".project.json", "notes.json"})
            m_folder->write(joinPath("ws/data/projects", name), "{}");
        QCOMPARE(must(m_workspace->projectIds()), (std::vector<std::string>{"a", "b"}));
    }

private:
    ProjectManifest create(const std::string& id, const std::string& images) const
    {
        return must(createProject(*m_workspace, id, m_folder->pathOf(images), m_clock.now()));
    }

    std::optional<TempFolder> m_folder;
    std::optional<Workspace> m_workspace;
    test::TestClock m_clock;
};

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"
